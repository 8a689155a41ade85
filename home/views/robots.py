"""What search engines may read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

# Rooms of signed-in people; a crawler would only meet the sign-in page there.
CLOSED_ROOMS = ("/admin/", "/accounts/", "/my/", "/family/", "/teaching/", "/learn/")


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {room}" for room in CLOSED_ROOMS),
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
