"""What every template gets: the chrome, the reader's view settings, the absolute address."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from home.queries import Chrome, chrome_of
from home.receivers import CHROME_KEY
from home.views.view_settings import view_settings_of

CHROME_SECONDS = 600
MOST_HOSTS = 50


def chrome(request: HttpRequest) -> dict[str, object]:
    """Context processor: what stands round the page, how the reader wants it, its addresses."""
    return {
        "chrome": SimpleLazyObject(lambda: _kept_chrome(request)),
        "look": view_settings_of(request),
        "site_url": settings.SITE_URL,
        "canonical_url": settings.SITE_URL + request.path,
        "content_language": settings.LANGUAGE_CODE,
    }


def _kept_chrome(request: HttpRequest) -> Chrome:
    """The chrome for the request's host; kept for all hosts under one key, so one call drops it."""
    kept: dict[str, Chrome] = cache.get(CHROME_KEY) or {}
    host = request.get_host()
    if host not in kept:
        found = chrome_of(Site.find_for_request(request))
        kept = {host: found} if len(kept) >= MOST_HOSTS else {**kept, host: found}
        cache.set(CHROME_KEY, kept, CHROME_SECONDS)
    return kept[host]
