"""Who may enter a view: said once at each view, so that a test finds a view that forgot.

A declaration is the first gate only. What a person sees behind it is decided by querysets that
start from the person; somebody else's object is not found.
"""

import logging
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

log = logging.getLogger(__name__)

View = Callable[..., HttpResponseBase]


class Access(StrEnum):
    OPEN = "open"
    SIGNED_IN = "signed_in"


def access_of(view: View) -> Access | None:
    """What the view declares, or ``None`` where it forgot to."""
    return getattr(view, "opora_access", None)


def declare(access: Access) -> Callable[[View], View]:
    """Mark a view that keeps its own gate, as one for machines does."""

    def mark(view: View) -> View:
        view.opora_access = access  # type: ignore[attr-defined]
        return view

    return mark


def open_to_all(view: View) -> View:
    """Anybody may enter."""
    return declare(Access.OPEN)(view)


def refuse_zero_characters(request: HttpRequest) -> None:
    """No form of ours sends the zero character, and PostgreSQL keeps none.

    Raises:
        BadRequest: the request holds one.
    """
    if any("\0" in value for _name, values in request.POST.lists() for value in values):
        raise BadRequest("zero character")


def signed_in(view: View) -> View:
    """Visitors are sent to sign in and come back; the answer is kept in no cache.

    What a signed-in person asks for and does not find may be somebody else's, so it is logged.
    Where htmx asked for a part of a page, the browser is sent as a whole and comes back to the
    page that asked.
    """

    @declare(Access.SIGNED_IN)
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            refuse_zero_characters(request)
            try:
                return view(request, *args, **kwargs)
            except Http404:
                log.warning("Not found for account %s: %s", request.user.pk, request.path)
                raise
        asked_from = urlsplit(request.headers.get("HX-Current-URL", "")).path
        if request.headers.get("HX-Request") and asked_from:
            to_login = redirect_to_login(asked_from)
            return HttpResponse(status=401, headers={"HX-Redirect": to_login["Location"]})
        # A form that was sent cannot be repeated: the page it stood on asks anew.
        is_page = request.method in {"GET", "HEAD"}
        came_from = urlsplit(request.headers.get("Referer", "")).path
        return redirect_to_login(request.get_full_path() if is_page else came_from or "/")

    return guarded
