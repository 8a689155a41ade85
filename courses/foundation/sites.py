"""The Wagtail site of a request, found once in a generation of the content."""

from functools import lru_cache

from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site
from wagtail.models.sites import get_site_for_hostname

from courses.foundation.generations import generation_of

HOSTS_KEPT = 100
WAGTAILS_PLACE = "_wagtail_site"
"""Where Wagtail keeps the site on a request."""


def site_of(request: HttpRequest) -> Site | None:
    """The site by the request's host, or ``None``; Wagtail does not look for it again either."""
    if not hasattr(request, WAGTAILS_PLACE):
        hostname, _port = split_domain_port(request.get_host())
        site = _site(generation_of(request), hostname, request.get_port())
        setattr(request, WAGTAILS_PLACE, site)
    return getattr(request, WAGTAILS_PLACE)


@lru_cache(maxsize=HOSTS_KEPT)
def _site(_generation: str, hostname: str, port: str) -> Site | None:
    try:
        return get_site_for_hostname(hostname, port)
    except Site.DoesNotExist:
        return None
