"""What every template gets: the chrome, the reader's view settings, the absolute address."""

from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from courses.foundation.generations import generation_of
from courses.foundation.sites import site_of
from home.queries import Chrome, chrome_of
from home.views.view_settings import view_settings_of

MOST_SITES = 20


def chrome(request: HttpRequest) -> dict[str, object]:
    """Context processor: what stands round the page, how the reader wants it, its addresses."""
    return {
        "chrome": SimpleLazyObject(lambda: kept_chrome(request)),
        "look": view_settings_of(request),
        "site_url": settings.SITE_URL,
        "canonical_url": settings.SITE_URL + request.path,
        "content_language": settings.LANGUAGE_CODE,
    }


def kept_chrome(request: HttpRequest) -> Chrome:
    """The chrome of the request's site, made once in a generation of the content."""
    return _chrome(generation_of(request), site_of(request))


@lru_cache(maxsize=MOST_SITES)
def _chrome(_generation: str, site: Site | None) -> Chrome:
    return chrome_of(site)
