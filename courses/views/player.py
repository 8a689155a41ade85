"""The lesson player: one step a screen, forward and back, and the end of a lesson."""

import uuid
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from courses.lessons.components import value_of
from courses.lessons.models import StepVersion
from courses.lessons.rules import LessonRef, RuleKind, StepRef
from courses.progress.errors import LessonClosed, StepGone
from courses.progress.operations import record
from courses.progress.queries import Place
from courses.progress.rules import Evidence, Verb
from courses.views.places import for_learner
from courses.views.playing import package_screen
from courses.views.screens import Entered, frame, is_done, row_of, step_address, step_screen

EVENTS = uuid.UUID("5d3f5c0e-7c6b-5e8f-9d0a-1c9b8f5f7a61")
"""The namespace of the ids of events that the player's buttons record."""


def opened(place: Place, step_uid: str, at: datetime) -> StepRef:
    """The step that the learner wants.

    Raises:
        StepGone, LessonClosed: see each.
    """
    step = place.outline.step_by_uid.get(step_uid)
    if step is None:
        raise StepGone
    if not place.is_open(place.outline.lesson_by_step[step_uid], at):
        raise LessonClosed
    return step


@for_learner
@require_safe
def resume(request: HttpRequest, place: Place) -> HttpResponse:  # noqa: ARG001
    """Go on where the learner stopped."""
    return redirect(step_address(place, place.resume(timezone.now())))


@for_learner
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, place: Place, step_uid: str) -> HttpResponse:
    """Show a step; sent as a form, it is seen, and the next one follows."""
    at = timezone.now()
    shown = opened(place, step_uid, at)
    if request.method != "POST":
        return step_screen(request, place, shown)
    place = _note(place, shown, Verb.VIEWED, Evidence.SEEN, at)
    return redirect(_address_after(place, shown))


@for_learner
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, place: Place, step_uid: str) -> HttpResponse:
    """The learner says "done"; a checklist wants every item ticked."""
    at = timezone.now()
    shown = opened(place, step_uid, at)
    if request.method != "POST" or not _may_declare(place, shown):
        return redirect(step_address(place, shown))
    if shown.kind == "checklist":
        ticked = frozenset(request.POST.getlist("item"))
        version = StepVersion.objects.get(pk=shown.version)
        if any(str(item) not in ticked for item in range(len(value_of(version)["items"]))):
            return step_screen(request, place, shown, entered=Entered(ticked=ticked))
    place = _note(place, shown, Verb.DECLARED_DONE, Evidence.SELF, at)
    return redirect(_address_after(place, shown))


def _may_declare(place: Place, step: StepRef) -> bool:
    if step.kind != "package":
        return step.rule.kind in {RuleKind.DECLARED, RuleKind.WATCHED}
    version = StepVersion.objects.get(pk=step.version)
    return package_screen(place, step, version).may_declare


def _note(place: Place, step: StepRef, verb: Verb, evidence: Evidence, at: datetime) -> Place:
    """Record what a button said: pressed twice, or in two tabs, it is one event.

    A step that was changed in earnest is seen anew.
    """
    enrolment = place.enrolment
    name = f"{enrolment.uid}/{step.uid}/{enrolment.epoch}/{verb}"
    if step.update is not None:
        name += f"/{step.update.revision_n}"
    return record(
        enrolment=enrolment,
        step_uid=step.uid,
        verb=verb,
        payload={},
        evidence=evidence,
        at=at,
        uid=str(uuid.uuid5(EVENTS, name)),
    )


def _address_after(place: Place, step: StepRef) -> str:
    """The next step of the lesson; after its last one, the end of the lesson or of the course."""
    lesson = place.outline.lesson_by_step[step.uid]
    number = lesson.steps.index(step) + 1
    if number < len(lesson.steps):
        return step_address(place, lesson.steps[number])
    if lesson is place.outline.lessons[-1] and place.state.finished is not None:
        return reverse("courses:finished", args=[place.enrolment.uid])
    return reverse("courses:lesson_end", args=[place.enrolment.uid, lesson.uid])


@for_learner
@require_safe
def lesson_end(request: HttpRequest, place: Place, lesson_uid: str) -> HttpResponse:
    """What the learner can do after the lesson, or what is left to do in it."""
    at = timezone.now()
    lesson = next((one for one in place.outline.lessons if one.uid == lesson_uid), None)
    if lesson is None:
        raise StepGone
    if not place.is_open(lesson, at):
        raise LessonClosed
    unfinished = [one for one in lesson.steps if place.is_required(one) and not is_done(place, one)]
    rows = [row_of(place, one) for one in unfinished]
    context = {
        **frame(request, place, lesson),
        "left": [row for row in rows if row.state != "waits"],
        "with_teacher": [row for row in rows if row.state == "waits"],
        "is_finished": place.state.finished is not None,
        "practice_address": step_address(place, _to_practise(lesson)),
        **_what_follows(place, lesson, at),
    }
    return render(request, "courses/player/lesson_end.html", context)


def _to_practise(lesson: LessonRef) -> StepRef:
    return next((one for one in lesson.steps if one.kind == "quiz"), lesson.steps[0])


def _what_follows(place: Place, lesson: LessonRef, at: datetime) -> dict[str, object]:
    """The lesson after this one; after the last one, the first that is not finished."""
    lessons = place.outline.lessons
    number = lessons.index(lesson) + 1
    if number < len(lessons):
        following = lessons[number]
        is_open = place.is_open(following, at)
        address = step_address(place, place.resume(at, within=following)) if is_open else ""
        return {"following": following, "following_address": address}
    waiting = place.resume(at)
    unfinished = place.outline.lesson_by_step[waiting.uid]
    if unfinished is lesson or is_done(place, waiting):
        return {"following": None, "following_address": ""}
    return {"following": unfinished, "following_address": step_address(place, waiting)}
