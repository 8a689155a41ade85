"""A screen of the player: the bars, the list of steps, the step itself and its main button."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from courses.catalogue.models import Audience
from courses.foundation.conf import conf
from courses.lessons.components import SAME_FOR_EVERYONE, render_step, value_of
from courses.lessons.models import StepVersion
from courses.lessons.rules import LessonRef, RuleKind, StepRef
from courses.people.api import age_of
from courses.people.rules import UNDER_TWELVE
from courses.progress.queries import Place
from courses.submissions.models import TaskSubmission
from courses.submissions.queries import last_submissions
from courses.submissions.rules import ALLOWED_TYPES, MAX_TEXT
from courses.views.playing import package_screen
from courses.views.presence import course_address
from courses.views.questions import Refused, quiz_screen
from courses.views.sittings import sitting_token

PAUSE = timedelta(minutes=30)
"""After a pause this long a learner is told where they stopped."""

KIND_TITLES = {
    "text": gettext_lazy("Text"),
    "image": gettext_lazy("Picture"),
    "video": gettext_lazy("Video"),
    "audio": gettext_lazy("Audio"),
    "file": gettext_lazy("File"),
    "callout": gettext_lazy("Worth knowing"),
    "checklist": gettext_lazy("Checklist"),
    "quiz": gettext_lazy("Check yourself"),
    "package": gettext_lazy("Try it yourself"),
    "task": gettext_lazy("Task"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A step in the list beside the content; ``state`` is a code of the tag ``state``.

    ``is_updated`` until the learner has been to a step that was changed in earnest.
    """

    title: str
    kind: str
    state: str
    address: str
    is_current: bool
    is_optional: bool
    is_updated: bool


@dataclass(frozen=True, slots=True)
class Primary:
    """The one main button: a link to ``address``, or it submits the form of the id ``form``."""

    label: str
    form: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """What a form that was refused held, and why it was."""

    ticked: frozenset[str] = frozenset()
    answers: Refused | None = None
    text: str = ""
    error: str = ""


NOTHING = Entered()


def title_of(step: StepRef) -> str:
    return step.title or str(KIND_TITLES[step.kind])


def step_address(place: Place, step: StepRef) -> str:
    return reverse("courses:step", args=[place.enrolment.uid, step.uid])


def step_screen(
    request: HttpRequest, place: Place, step: StepRef, *, entered: Entered = NOTHING
) -> HttpResponse:
    """The page of ``step``; with something ``entered`` that was refused, its answer is a 422."""
    at = timezone.now()
    lesson = place.outline.lesson_by_step[step.uid]
    age = age_of(place.enrolment.learner, at=at)
    is_young = age is not None and age < UNDER_TWELVE
    facts = place.facts(step)
    context = {
        **frame(request, place, lesson, current=step),
        "step": step,
        "title": title_of(step),
        "facts": facts,
        "done": facts.done if facts else None,
        "stopped": _stopped(place, lesson, step, at),
        "first_address": step_address(place, lesson.steps[0]),
        "watched_percent": watched_percent(place, step),
        "is_young": is_young,
        "is_in_place": bool(request.headers.get("HX-Request")),
        "sitting": sitting_token(place.enrolment.uid, at),
        **_content(request, place, step, entered, is_young=is_young),
    }
    status = 200 if entered is NOTHING else 422
    return render(request, "courses/player/step.html", context, status=status)


def frame(
    request: HttpRequest, place: Place, lesson: LessonRef, *, current: StepRef | None = None
) -> dict[str, Any]:
    """What the bars and the list of steps show; without a ``current`` step, at the lesson's end."""
    course = place.enrolment.course
    address = course_address(request, course)
    number = lesson.steps.index(current) + 1 if current is not None else len(lesson.steps)
    back = address
    if current is None:
        back = step_address(place, lesson.steps[-1])
    elif number > 1:
        back = step_address(place, lesson.steps[number - 2])
    return {
        "enrolment": place.enrolment,
        "course": course,
        "lesson": lesson,
        "lesson_number": place.lesson_number(lesson),
        "is_child": course.audience == Audience.CHILD,
        "rail": [row_of(place, step, current) for step in lesson.steps],
        "number": number,
        "total": len(lesson.steps),
        "course_address": address,
        "back_address": back,
    }


def row_of(place: Place, step: StepRef, current: StepRef | None = None) -> Row:
    return Row(
        title=title_of(step),
        kind=step.kind,
        state=state_code(place, step),
        address=step_address(place, step),
        is_current=step is current,
        is_optional=not place.is_required(step),
        is_updated=place.is_updated(step),
    )


def state_code(place: Place, step: StepRef) -> str:
    """The code, for the tag ``state``, of where the learner stands with a step."""
    facts = place.facts(step)
    if facts is None:
        return "new"
    if facts.done is not None:
        return "done"
    if step.kind == "task" and facts.submitted:
        return "waits" if facts.accepted is None else "returned"
    return "started"


def watched_percent(place: Place, step: StepRef) -> int | None:
    """How much of a recording was watched, 0–100; ``None`` where nobody asks."""
    if step.rule.kind is not RuleKind.WATCHED or not step.rule.seconds:
        return None
    facts = place.facts(step)
    seconds = facts.watched_seconds if facts else 0
    return min(100, int(100 * seconds / step.rule.seconds))


def _stopped(place: Place, lesson: LessonRef, step: StepRef, at: datetime) -> str:
    """The day the learner stopped here, in words; empty unless they return after a pause."""
    moments = [facts.last_at for one in lesson.steps if (facts := place.facts(one))]
    if not moments or at - max(moments) < PAUSE or step is lesson.steps[0]:
        return ""
    if place.is_lesson_done(lesson) or place.resume(at, within=lesson) is not step:
        return ""
    today, day = timezone.localdate(at), timezone.localdate(max(moments))
    if day == today:
        return pgettext("you stopped here", "today")
    if day == today - timedelta(days=1):
        return pgettext("you stopped here", "yesterday")
    return date_format(day, "j E" if day.year == today.year else "j E Y")


def _content(
    request: HttpRequest, place: Place, step: StepRef, entered: Entered, *, is_young: bool
) -> dict[str, Any]:
    """The step itself and its main button."""
    go_on = Primary(pgettext("player", "Next"), form="go-on")
    done = Primary(pgettext("button", "Done"), form="step-form")
    if step.kind in SAME_FOR_EVERYONE:
        is_asked = step.rule.kind is RuleKind.DECLARED and not is_done(place, step)
        body = render_step(step, course_id=place.enrolment.course_id)
        return {"body": body, "primary": done if is_asked else go_on}
    version = StepVersion.objects.get(pk=step.version)
    if step.kind == "checklist":
        return _checklist(place, step, version, entered, go_on=go_on, done=done)
    if step.kind == "task":
        return _task(place, step, version, entered, go_on=go_on)
    if step.kind == "package":
        return {"screen": package_screen(place, step, version), "primary": go_on}
    screen = quiz_screen(
        place,
        step,
        version,
        just_answered=request.GET.get("answered", ""),
        one_by_one=is_young,
        refused=entered.answers,
    )
    primaries = {
        "start": Primary(pgettext("quiz", "Start"), form="step-form"),
        "questions": Primary(pgettext("quiz", "Check"), form="step-form"),
        "answered": Primary(pgettext("player", "Next"), address=step_address(place, step)),
        "failed": Primary(pgettext("quiz", "Once more"), form="step-form"),
        "over": go_on,
    }
    return {
        "quiz": screen,
        "value": value_of(version),
        "primary": primaries[screen.stage],
        "error": entered.error,
    }


def is_done(place: Place, step: StepRef) -> bool:
    facts = place.facts(step)
    return facts is not None and facts.done is not None


def _checklist(
    place: Place,
    step: StepRef,
    version: StepVersion,
    entered: Entered,
    *,
    go_on: Primary,
    done: Primary,
) -> dict[str, Any]:
    value, all_ticked = value_of(version), is_done(place, step)
    items = [
        (str(number), text, all_ticked or str(number) in entered.ticked)
        for number, text in enumerate(value["items"])
    ]
    left = sum(1 for _number, _text, is_ticked in items if not is_ticked)
    return {
        "value": value,
        "items": items,
        "left": left if entered is not NOTHING else 0,
        "primary": go_on if all_ticked else done,
    }


def _task(
    place: Place, step: StepRef, version: StepVersion, entered: Entered, *, go_on: Primary
) -> dict[str, Any]:
    works = last_submissions(place.enrolment, step.uid)
    last = works[0] if works else None
    waits = last is not None and last.state == TaskSubmission.State.SUBMITTED
    is_accepted = last is not None and last.state == TaskSubmission.State.ACCEPTED
    is_asked = not (waits or is_accepted)
    return {
        "value": value_of(version),
        "work": last,
        "earlier": works[1:],
        "may_hand_in": not is_accepted,
        "is_waiting": waits,
        "text": entered.text or (last.text if last and not is_accepted else ""),
        "error": entered.error,
        "text_limit": MAX_TEXT,
        "file_limit": conf.OPORA_TASK_FILE_MAX_BYTES,
        "endings": ",".join(sorted(ALLOWED_TYPES)),
        "primary": Primary(_("Hand in"), form="step-form") if is_asked else go_on,
    }
