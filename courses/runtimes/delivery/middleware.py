"""One process, two origins: the host of a request says which."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost, ImproperlyConfigured
from django.core.handlers.exception import convert_exception_to_response
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve, set_urlconf
from django.utils import translation

from courses.foundation.conf import conf
from courses.runtimes.delivery.queries import faults_of_origin, site_origin
from courses.runtimes.delivery.rules import (
    CLOSED_PERMISSIONS,
    OriginFault,
    content_policy,
    is_host_of,
)
from courses.runtimes.delivery.views import not_found

CONTENT_URLS = "courses.runtimes.content_urls"

Handler = Callable[[HttpRequest], HttpResponseBase]


class ContentOriginMiddleware:
    """Answers requests to the content origin wholly, and lets through those to the site.

    On the content origin there are no sessions, no cookies and none of the site's addresses but
    those of probes; on the site there are none of the content origin's. Its place is after the
    middleware of static files and of HTTPS, before any other.

    Raises:
        ImproperlyConfigured: packages would play where they can do harm.
    """

    def __init__(self, get_response: Handler) -> None:
        refuse_unsafe_origin()
        self._site = get_response
        self._content: Handler = convert_exception_to_response(_answer)  # type: ignore[assignment]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_for_content(request):
            return self._site(request)
        request.COOKIES = {}
        set_urlconf(CONTENT_URLS)
        try:
            with translation.override(settings.LANGUAGE_CODE):
                response = self._content(request)
        finally:
            set_urlconf(None)
        return _closed(response)


def refuse_unsafe_origin() -> None:
    """Stop a process that would serve packages from the site's own host, or unencrypted.

    Raises:
        ImproperlyConfigured: see there; a developer's own process goes on.
    """
    faults = set(faults_of_origin()) - {OriginFault.KINDRED}
    if faults and not settings.DEBUG:
        raise ImproperlyConfigured(
            f"OPORA_CONTENT_ORIGIN is not safe ({', '.join(sorted(faults))}): "
            "`manage.py check` says what to do."
        )


def _is_for_content(request: HttpRequest) -> bool:
    try:
        host = request.get_host()
    except DisallowedHost:
        return False  # The site refuses it in its own words.
    return (
        is_host_of(host, conf.OPORA_CONTENT_ORIGIN)
        and request.path_info not in conf.OPORA_PROBE_PATHS
    )


def _answer(request: HttpRequest) -> HttpResponseBase:
    try:
        match = resolve(request.path_info, CONTENT_URLS)
        request.resolver_match = match
        return match.func(request, *match.args, **match.kwargs)
    except Http404 as missing:
        return not_found(request, missing)


def _closed(response: HttpResponseBase) -> HttpResponseBase:
    """With the headers that the view has not set itself, and without cookies."""
    response.cookies.clear()
    headers = response.headers
    if not response.streaming:
        headers.setdefault("Content-Length", str(len(response.content)))  # type: ignore[attr-defined]
    headers.setdefault("Content-Security-Policy", content_policy(site_origin()))
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "no-referrer")
    headers.setdefault("Permissions-Policy", CLOSED_PERMISSIONS)
    # To a frame without an origin even its own files come from elsewhere.
    headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
    headers.setdefault("Cache-Control", "no-store")
    headers.setdefault("X-Robots-Tag", "noindex")
    return response
