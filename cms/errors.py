"""Answers to requests that Django itself refuses."""

from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 for a body over the limits, else 400; a sentence for people, JSON for machines."""
    too_big = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    status = 413 if too_big else 400
    message = (
        _("This is more than the portal can take at once. Send a smaller file or a shorter text.")
        if too_big
        else _("The portal could not read this request. Go back, reload the page and try again.")
    )
    if request.headers.get("Content-Type", "").startswith("application/json"):
        return JsonResponse({"error": message}, status=status)
    if isinstance(exception, DisallowedHost):
        # A page of the site would ask under which name it was called, and be refused again.
        return HttpResponse(message, status=status, content_type="text/plain; charset=utf-8")
    return render(request, "400.html", {"message": message, "too_big": too_big}, status=status)
