"""Pages for what went wrong: what happened and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The page waited too long, or signing in elsewhere changed its token: nothing was changed."""
    return render(request, "403_csrf.html", status=403)
