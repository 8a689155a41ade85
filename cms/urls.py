"""Addresses of the portal; Wagtail's pages come last and answer for everything else."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import RedirectView
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.documents import urls as document_urls

from cms.health import healthz, readyz
from cms.media import media
from cms.serving import serve

handler400 = "cms.errors.bad_request"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/login/", RedirectView.as_view(pattern_name="login", query_string=True)),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    # A token would keep every page out of the page cache, and a language is nothing to forge.
    path("i18n/setlang/", csrf_exempt(set_language), name="set_language"),
    path("", include("home.urls")),
    path("", include("courses.urls")),
]
if settings.SERVE_MEDIA:
    urlpatterns.append(path("media/<path:path>", media, name="media"))
urlpatterns += [
    re_path(wagtail_urls.serve_pattern, serve),
    path("", include(wagtail_urls)),
]
