"""What a course page shows to one reader, and where a lesson page sends a learner."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from courses.catalogue.models import Audience, Course
from courses.catalogue.rules import Window
from courses.enrolments.models import Enrolment
from courses.lessons.queries import outline_by_id
from courses.lessons.rules import LessonRef, Outline
from courses.pages.queries.drafts import preview_outline
from courses.people.api import ChildProfile, age_of, children_in_care_of
from courses.progress.queries import Place, place_of, with_progress


class Action(StrEnum):
    """The one thing to do on a course page; its button says it."""

    SIGN_IN = "sign_in"
    START = "start"
    CONTINUE = "continue"
    FINISHED = "finished"
    SOON = "soon"
    CLOSED = "closed"
    TOO_YOUNG = "too_young"
    NOTHING = "nothing"


class LessonState(StrEnum):
    NOT_STARTED = "not_started"
    STARTED = "started"
    DONE = "done"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson in the programme; ``address`` is ``None`` where the reader cannot open it.

    ``is_updated`` while a step that the learner knows was changed in earnest since.
    """

    lesson: LessonRef
    state: LessonState
    address: str | None
    is_updated: bool = False


@dataclass(frozen=True, slots=True)
class ModuleRow:
    title: str
    lessons: tuple[LessonRow, ...]


@dataclass(frozen=True, slots=True)
class ChildChoice:
    """A child in the reader's care and whether they have a place on the course."""

    child: ChildProfile
    is_enrolled: bool


@dataclass(frozen=True, slots=True)
class CourseView:
    """What a course page shows to one reader."""

    course: Course | None
    outline: Outline | None
    place: Place | None
    action: Action
    next_lesson: int | None
    """The number, from 1, of the lesson where the learner goes on."""
    modules: tuple[ModuleRow, ...]
    children: tuple[ChildChoice, ...]

    @property
    def revision_id(self) -> UUID | None:
        """The revision that the programme is of: the learner's own, else the current one."""
        if self.place is not None:
            return self.place.enrolment.revision_id
        return self.course.current_revision_id if self.course is not None else None

    @property
    def lesson_total(self) -> int:
        return len(self.outline.lessons) if self.outline else 0


def course_view(
    page,
    user,
    *,
    at: datetime,
    is_preview: bool,
    lesson_addresses: Callable[[], Mapping[str, str]],
) -> CourseView:
    """What ``page`` shows to ``user`` at the aware moment ``at``.

    ``lesson_addresses`` is asked for the addresses of the lesson pages, by lesson uid, only where
    a reader without a place may open them.
    """
    if is_preview:
        outline = preview_outline(page)
        return CourseView(None, outline, None, Action.NOTHING, None, _rows(outline), ())
    place = own_place(page.course_id, user)
    if place is not None:
        finished = place.state.finished is not None
        return CourseView(
            course=place.enrolment.course,
            outline=place.outline,
            place=place,
            action=Action.FINISHED if finished else Action.CONTINUE,
            next_lesson=_number_of(place.outline, place.resume(at).uid),
            modules=_learner_rows(place, at),
            children=(),
        )
    course = page.course
    if course is None or course.current_revision_id is None:
        return CourseView(course, None, None, Action.NOTHING, None, (), ())
    outline = outline_by_id(course.current_revision_id)
    addresses = lesson_addresses() if course.is_open_reading else {}
    return CourseView(
        course=course,
        outline=outline,
        place=None,
        action=_action_for(course, user, at),
        next_lesson=None,
        modules=_rows(outline, addresses),
        children=_children_to_enrol(course, user, at),
    )


def own_place(course_id: int | None, user) -> Place | None:
    """The reader's own place on the course, with outline and state: one query when warm."""
    if course_id is None or not user.is_authenticated:
        return None
    places = Enrolment.objects.of_learner(user).active().filter(course_id=course_id)
    # There is one at most, and sorting it would cost as much as fetching it.
    enrolment = next(iter(with_progress(places).order_by()), None)
    return place_of(enrolment) if enrolment is not None else None


def _action_for(course: Course, user, at: datetime) -> Action:
    window = course.window(timezone.localdate(at))
    if window is Window.SOON:
        return Action.SOON
    if window is Window.CLOSED:
        return Action.CLOSED
    if not user.is_authenticated:
        return Action.SIGN_IN
    age = age_of(user, at=at)
    if age is not None and age < course.age_mark:
        return Action.TOO_YOUNG
    return Action.START


def _children_to_enrol(course: Course, user, at: datetime) -> tuple[ChildChoice, ...]:
    """The reader's children, on a course for children that can be begun."""
    if not user.is_authenticated or course.audience != Audience.CHILD:
        return ()
    children = list(children_in_care_of(user, at=at))
    if not children:
        return ()
    enrolled = set(
        Enrolment.objects.active()
        .filter(course=course, learner__in=[child.user_id for child in children])
        .values_list("learner_id", flat=True)
    )
    return tuple(ChildChoice(child, child.user_id in enrolled) for child in children)


def _number_of(outline: Outline, step_uid: str) -> int:
    return outline.lessons.index(outline.lesson_by_step[step_uid]) + 1


def _rows(outline: Outline, addresses: Mapping[str, str] | None = None) -> tuple[ModuleRow, ...]:
    known = addresses or {}
    return tuple(
        ModuleRow(
            title=module.title,
            lessons=tuple(
                LessonRow(lesson, LessonState.NOT_STARTED, known.get(lesson.uid))
                for lesson in module.lessons
            ),
        )
        for module in outline.modules
    )


def _learner_rows(place: Place, at: datetime) -> tuple[ModuleRow, ...]:
    # Reversed once: for each lesson of a long course it would cost more than all the rest.
    sample = place.outline.steps[0].uid
    address = reverse("courses:step", args=[place.enrolment.uid, sample])

    def row(lesson: LessonRef) -> LessonRow:
        if not place.is_open(lesson, at):
            return LessonRow(lesson, LessonState.CLOSED, None)
        step = place.resume(at, within=lesson)
        return LessonRow(
            lesson,
            _state_of(place, lesson),
            address.replace(sample, step.uid),
            is_updated=any(place.is_updated(one) for one in lesson.steps),
        )

    return tuple(
        ModuleRow(module.title, tuple(row(lesson) for lesson in module.lessons))
        for module in place.outline.modules
    )


def _state_of(place: Place, lesson: LessonRef) -> LessonState:
    if place.is_lesson_done(lesson):
        return LessonState.DONE
    started = place.is_lesson_started(lesson)
    return LessonState.STARTED if started else LessonState.NOT_STARTED


def player_address(page, user, *, course: Course | None) -> str | None:
    """Where a learner of the course goes on with this lesson; ``None`` for everybody else."""
    if course is None:
        return None
    place = own_place(course.pk, user)
    if place is None:
        return None
    lesson = next((lesson for lesson in place.outline.lessons if lesson.uid == page.uid), None)
    if lesson is None or not place.is_open(lesson, timezone.now()):
        return reverse("courses:resume", args=[place.enrolment.uid])
    step = place.resume(timezone.now(), within=lesson)
    return reverse("courses:step", args=[place.enrolment.uid, step.uid])
