"""Whole pages kept for visitors who are not signed in.

A key holds the generation of the content (:mod:`courses.foundation.generations`): publishing
anything forgets every kept page at once, in every process that shares the cache.
"""

from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from courses.foundation.generations import generation_of

VIEW_SETTINGS_COOKIE = "opora_view"
LONGEST_QUERY = 200

Handler = Callable[[HttpRequest], HttpResponse]


def _key(request: HttpRequest) -> str:
    parts = (
        generation_of(request),
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        request.LANGUAGE_CODE,
        request.COOKIES.get(VIEW_SETTINGS_COOKIE, "")[:LONGEST_QUERY],
    )
    return "opora.page." + sha256(repr(parts).encode()).hexdigest()


def _may_read(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
        and not request.path_info.startswith("/admin/")
        and not request.headers.get("HX-Request")
    )


def _may_keep(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method == "GET"
        # With this cookie a page can carry a form's token and yet set no cookie of its own.
        and settings.CSRF_COOKIE_NAME not in request.COOKIES
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.headers.get("Content-Type", "").startswith("text/html")
        and "no-store" not in response.headers.get("Cache-Control", "")
    )


class PageCacheMiddleware:
    """Answers visitors from the cache, and keeps what may be shown to every visitor."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _may_read(request):
            return self.get_response(request)
        key = _key(request)
        if kept := cache.get(key):
            return HttpResponse(kept["body"], headers=kept["headers"])
        response = self.get_response(request)
        if _may_keep(request, response):
            page = {"body": response.content, "headers": dict(response.headers)}
            cache.set(key, page, settings.OPORA_PAGE_CACHE_SECONDS)
        return response
