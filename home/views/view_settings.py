"""The version for the visually impaired: chosen once, kept across pages by a cookie."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from home.rules import SPECIAL_LOOK, USUAL_LOOK, ViewSettings

COOKIE = "opora_view"
YEAR_SECONDS = 365 * 24 * 3600


def view_settings_of(request: HttpRequest) -> ViewSettings:
    return ViewSettings.from_cookie(request.COOKIES.get(COOKIE, ""))


# A token would keep every page out of the page cache, and a look is nothing to forge.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def view_settings(request: HttpRequest) -> HttpResponse:
    """GET: the form. POST: any of scheme, size, spacing, images; or ``look`` special or usual."""
    way_back = _way_back(request)
    if request.method != "POST":
        return render(request, "home/view_settings.html", {"way_back": way_back})
    match request.POST.get("look"):
        case "special":
            chosen = SPECIAL_LOOK
        case "usual":
            chosen = USUAL_LOOK
        case _:
            chosen = view_settings_of(request).changed(request.POST.dict())
    response = HttpResponseRedirect(way_back, status=303)
    if chosen == USUAL_LOOK:
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        response.set_cookie(
            COOKIE,
            chosen.as_cookie(),
            max_age=YEAR_SECONDS,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


def _way_back(request: HttpRequest) -> str:
    wished = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wished, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wished if safe else "/"
