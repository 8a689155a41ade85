"""The teacher's table: learners by name, lessons by module, one sign where they meet."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from courses.catalogue.models import Course
from courses.catalogue.querysets import CourseQuerySet
from courses.enrolments.models import Enrolment
from courses.lessons.queries import outline_by_id
from courses.lessons.rules import Outline
from courses.people.api import name_of, name_order
from courses.progress.queries.places import admission_of, state_of
from courses.progress.rules import (
    Mark,
    Standing,
    StoredFacts,
    is_required_for,
    mark_of,
    needs_help,
    state_to_json,
)

ROWS_ON_A_PAGE = 100
SILENCE = timedelta(days=7)
STANDINGS_KEPT = 1024
DONE_MARKS = frozenset({Mark.DONE, Mark.CHECKED})

WaitingWorks = Mapping[int, Collection[str]]
"""The uids of steps whose work waits for the teacher's answer, by enrolment id."""


class Chosen(StrEnum):
    """Which learners of a course a table shows."""

    ALL = "all"
    SILENT = "silent"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Row:
    """One learner: a mark for each lesson of the outline, in order.

    ``edition`` is the number of the revision that the learner keeps to, ``None`` for the latest.
    """

    enrolment_uid: str
    name: str
    edition: int | None
    marks: tuple[Mark, ...]
    last_activity_at: datetime | None
    is_finished: bool

    @property
    def done(self) -> int:
        return sum(mark in DONE_MARKS for mark in self.marks)

    @property
    def required(self) -> int:
        return sum(mark is not Mark.NOT_REQUIRED for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Table:
    """A page of the table; ``page`` counts from 1, ``total`` counts the learners of all pages."""

    outline: Outline
    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int

    @property
    def page_numbers(self) -> list[int]:
        """The pages to offer: the first, the last, and those near this one."""
        near = range(self.page - 2, self.page + 3)
        return sorted({1, self.pages, *(number for number in near if 1 <= number <= self.pages)})

    @property
    def done(self) -> tuple[int, ...]:
        """For each lesson, how many of the rows here have done it."""
        columns = zip(*(row.marks for row in self.rows), strict=True)
        return tuple(sum(mark in DONE_MARKS for mark in marks) for marks in columns)


def progress_table(
    course: Course, *, waiting: WaitingWorks, chosen: Chosen, page: int, at: datetime
) -> Table:
    """A page of ``ROWS_ON_A_PAGE`` learners by name; a ``page`` outside the table is the nearest.

    At most three queries, whatever the number of learners and lessons.
    """
    places = _places(course)
    if chosen is Chosen.SILENT:
        places = places.filter(silent_since(at - SILENCE))
    if chosen is Chosen.HELP:
        places = places.filter(pk__in=_in_need(course, waiting))
    total = places.count()
    pages = max(1, -(-total // ROWS_ON_A_PAGE))
    page = min(max(1, page), pages)
    shown = places[(page - 1) * ROWS_ON_A_PAGE : page * ROWS_ON_A_PAGE]
    return Table(
        outline=outline_by_id(course.current_revision_id),
        rows=tuple(_rows(shown, course, waiting)),
        total=total,
        page=page,
        pages=pages,
    )


def every_row(course: Course, *, waiting: WaitingWorks) -> Iterator[Row]:
    """All learners of the course by name, for a file."""
    return _rows(_places(course), course, waiting)


def silent_since(moment: datetime, path: str = "") -> Q:
    """A filter for places that are not finished and where nothing happened since ``moment``.

    ``path`` leads to the enrolment, with its underscores, e.g. ``"enrolments__"``.
    """
    never = {f"{path}state__last_activity_at__isnull": True, f"{path}enrolled_at__lt": moment}
    long_ago = Q(**{f"{path}state__last_activity_at__lt": moment})
    return Q(**{f"{path}state__finished_at__isnull": True}) & (long_ago | Q(**never))


def courses_with_counts(user, *, at: datetime) -> CourseQuerySet:
    """The courses that ``user`` teaches, with numbers of ``learners``, ``finished``, ``silent``."""
    active = Q(enrolments__isnull=False, enrolments__withdrawn_at__isnull=True)
    finished = Q(enrolments__state__finished_at__isnull=False)
    silent = silent_since(at - SILENCE, "enrolments__")
    return (
        Course.objects.taught_by(user)
        .select_related("topic")
        .annotate(
            learners=Count("enrolments", filter=active),
            finished=Count("enrolments", filter=active & finished),
            silent=Count("enrolments", filter=active & silent),
        )
        .order_by("title")
    )


def _places(course: Course) -> QuerySet[Enrolment]:
    places = Enrolment.objects.active().filter(course=course)
    places = places.select_related("state", "pinned_revision").defer("pinned_revision__outline")
    return places.order_by(*name_order("learner"), "pk")


def _rows(places: QuerySet[Enrolment], course: Course, waiting: WaitingWorks) -> Iterator[Row]:
    for enrolment in places.select_related("learner__opora_child"):
        state, pinned = getattr(enrolment, "state", None), enrolment.pinned_revision
        yield Row(
            enrolment_uid=enrolment.uid,
            name=name_of(enrolment.learner),
            edition=pinned.n if pinned is not None else None,
            marks=_marks(enrolment, course, waiting),
            last_activity_at=state.last_activity_at if state is not None else None,
            is_finished=state is not None and state.finished_at is not None,
        )


def _in_need(course: Course, waiting: WaitingWorks) -> list[int]:
    """The ids of the places that have a lesson marked as needing help."""
    return [
        enrolment.pk
        for enrolment in _places(course).order_by()
        if needs_help(
            _stored(enrolment, course)[0],
            steps=outline_by_id(_revision_of(enrolment, course)).step_by_uid,
            waiting=waiting.get(enrolment.pk, ()),
        )
    ]


def _revision_of(enrolment: Enrolment, course: Course) -> UUID | None:
    return enrolment.pinned_revision_id or course.current_revision_id


def _marks(enrolment: Enrolment, course: Course, waiting: WaitingWorks) -> tuple[Mark, ...]:
    facts, standing = _stored(enrolment, course)
    waits = waiting.get(enrolment.pk, ())
    columns = _columns(course.current_revision_id, _revision_of(enrolment, course), standing)
    if standing.finished_revision_n is not None:
        # What a finished learner has not done came later and is not asked.
        columns = tuple((steps, _done_of(required, facts)) for steps, required in columns)
    return tuple(
        mark_of(facts, steps=steps, required=required, waiting=waits) for steps, required in columns
    )


def _done_of(required: tuple[str, ...], facts: StoredFacts) -> tuple[str, ...]:
    return tuple(uid for uid in required if uid in facts and "done" in facts[uid])


def _stored(enrolment: Enrolment, course: Course) -> tuple[StoredFacts, Standing]:
    """The kept facts as they are stored, brought up to the learner's revision where they lag."""
    kept, admission = getattr(enrolment, "state", None), admission_of(enrolment)
    if kept is None:
        return {}, Standing(admission, None, None)
    data = kept.facts
    # Given, so that nobody asks the database for each learner's course.
    enrolment.course = course
    if kept.revision_n != enrolment.revision_n:
        data = state_to_json(state_of(enrolment))
    finished = data["finished"]
    standing = Standing(
        admission=admission,
        started_revision_n=data["started_revision_n"],
        finished_revision_n=finished["revision_n"] if finished else None,
    )
    return data["steps"], standing


@lru_cache(maxsize=STANDINGS_KEPT)
def _columns(
    shown_id: UUID | None, own_id: UUID | None, standing: Standing
) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """For each lesson of the table the uids of all its steps, and of those required.

    ``shown_id`` is the revision whose lessons are the columns, ``own_id`` the one that who stands
    so works by: a lesson that it does not have has no steps.
    """
    own = {lesson.uid: lesson.steps for lesson in outline_by_id(own_id).lessons}
    columns = [own.get(lesson.uid, ()) for lesson in outline_by_id(shown_id).lessons]
    return tuple(
        (
            tuple(step.uid for step in steps),
            tuple(step.uid for step in steps if is_required_for(step, standing)),
        )
        for steps in columns
    )
