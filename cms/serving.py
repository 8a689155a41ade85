"""Wagtail's pages, each found once in a generation of the content and then kept in memory."""

from copy import copy
from functools import lru_cache

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail import views
from wagtail.models import Page, Site

from courses.foundation.generations import generation_of
from courses.foundation.sites import site_of

PAGES_KEPT = 1_000


def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """The page at ``path``; an address below a page, which it serves itself, is left to Wagtail."""
    site = site_of(request)
    if site is not None:
        try:
            page = _page(generation_of(request), site, path)
        except Page.DoesNotExist:
            pass
        else:
            # Where Wagtail puts what it finds. What a request learns of the page stays with it.
            route = copy(page).route(request, [])
            request._wagtail_route_for_request = route  # type: ignore[attr-defined]
    return views.serve(request, path)


@lru_cache(maxsize=PAGES_KEPT)
def _page(_generation: str, site: Site, path: str) -> Page:
    """The live page with what limits its readers.

    Raises:
        Page.DoesNotExist: this is not kept, so a new page is found at once.
    """
    page = Page.objects.live().get(url_path=site.root_page.url_path + path).specific
    list(page.get_view_restrictions())
    return page
