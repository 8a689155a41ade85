"""The portal's addresses, and the floor: a page that does nothing for a signed-in person."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


@login_required
def floor(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - an empty view
    return HttpResponse("")


urlpatterns = [path("bench/floor/", floor), path("", include("cms.urls"))]
