"""The learner's own place as every view of the player gets it."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from courses.enrolments.models import Enrolment
from courses.progress.errors import LessonClosed, StepGone
from courses.progress.queries import Place, place_of, with_progress
from courses.views.access import View, signed_in
from courses.views.presence import course_address

SHOWN_PARTS = ("course__topic", "course__teacher", "learner__opora_child")


def own_place(user, enrolment_uid: str) -> Place:
    """The place of the learner ``user``: one query when warm.

    Raises:
        Http404: it is somebody else's, or was given back.
    """
    places = with_progress(Enrolment.objects.of_learner(user).active())
    return place_of(get_object_or_404(places.select_related(*SHOWN_PARTS), uid=enrolment_uid))


def for_learner(view: Callable[..., HttpResponseBase]) -> View:
    """Call ``view(request, place, …)`` with the signed-in learner's own place.

    Whatever the view refuses because the course has changed leads to a page that exists, with a
    sentence that says why.
    """

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, enrolment_uid: str, **uids) -> HttpResponseBase:
        place = own_place(request.user, enrolment_uid)
        try:
            return view(request, place, **{name: str(uid) for name, uid in uids.items()})
        except StepGone as refusal:
            messages.info(request, str(refusal))
            return whole_page(request, reverse("courses:resume", args=[enrolment_uid]))
        except LessonClosed as refusal:
            messages.info(request, str(refusal))
            return whole_page(request, course_address(request, place.enrolment.course))

    return guarded


def whole_page(request: HttpRequest, address: str) -> HttpResponse:
    """A redirect of the browser itself, also where htmx asked for a part of the page."""
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(address)
    return redirect(address)
