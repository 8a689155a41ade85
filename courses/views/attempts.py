"""The teacher looks closely: a learner's attempts at a package, and how all have answered it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.catalogue.models import Course
from courses.enrolments.models import Enrolment
from courses.lessons.queries import outline_by_id
from courses.lessons.rules import StepRef
from courses.people.api import name_of
from courses.runtimes.api import (
    Attempt,
    attempts_of,
    frame_address,
    item_analysis,
    open_preview,
)
from courses.views.access import signed_in
from courses.views.teaching import taught_course


@signed_in
@require_safe
def attempts(
    request: HttpRequest, course_id: str, enrolment_uid: str, step_uid: UUID
) -> HttpResponse:
    """Every attempt of one learner: score, time, each question with both answers."""
    course = taught_course(request.user, course_id)
    places = Enrolment.objects.taught_by(request.user).filter(course=course)
    enrolment = get_object_or_404(places.select_related("learner__opora_child"), uid=enrolment_uid)
    context = {
        "course": course,
        "enrolment": enrolment,
        "step": _package_step(course, step_uid),
        "name": name_of(enrolment.learner),
        "attempts": attempts_of(enrolment.uid, step_uid),
    }
    return render(request, "courses/teaching/attempts.html", context)


@signed_in
@require_safe
def left_work(
    request: HttpRequest, course_id: str, enrolment_uid: str, attempt_uid: str
) -> HttpResponse:
    """The content as the learner has left it, for a frame: to look at, not to change."""
    course = taught_course(request.user, course_id)
    places = Enrolment.objects.taught_by(request.user).filter(course=course)
    enrolment = get_object_or_404(places, uid=enrolment_uid)
    attempt = get_object_or_404(
        Attempt.objects.select_related("version__package"), place=enrolment.uid, uid=attempt_uid
    )
    launch = open_preview(version=attempt.version, of=attempt, at=timezone.now())
    return redirect(frame_address(attempt.version.package.kind, launch.token))


@signed_in
@require_safe
def items(request: HttpRequest, course_id: str, step_uid: UUID) -> HttpResponse:
    """How the learners of the course have answered each question of a package."""
    course = taught_course(request.user, course_id)
    places = Enrolment.objects.taught_by(request.user).filter(course=course).active()
    context = {
        "course": course,
        "step": _package_step(course, step_uid),
        "tallies": item_analysis(step_uid, places=places.values_list("uid", flat=True)),
    }
    return render(request, "courses/teaching/items.html", context)


def _package_step(course: Course, step_uid: UUID) -> StepRef:
    """The step of the course's current revision.

    Raises:
        Http404: there is none, or it plays nothing.
    """
    if course.current_revision_id is None:
        raise Http404
    step = outline_by_id(course.current_revision_id).step_by_uid.get(str(step_uid))
    if step is None or step.kind != "package":
        raise Http404
    return step
