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
from courses.progress.queries.places import state_of
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
    """One learner: a mark for each lesson of the outline, in order."""

    enrolment_uid: str
    name: str
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
    places = Enrolment.objects.active().filter(course=course).select_related("state")
    return places.order_by(*name_order("learner"), "pk")


def _rows(places: QuerySet[Enrolment], course: Course, waiting: WaitingWorks) -> Iterator[Row]:
    for enrolment in places.select_related("state", "learner__opora_child"):
        state = getattr(enrolment, "state", None)
        yield Row(
            enrolment_uid=enrolment.uid,
            name=name_of(enrolment.learner),
            marks=_marks(enrolment, course, waiting),
            last_activity_at=state.last_activity_at if state is not None else None,
            is_finished=state is not None and state.finished_at is not None,
        )


def _in_need(course: Course, waiting: WaitingWorks) -> list[int]:
    """The ids of the places that have a lesson marked as needing help."""
    steps = outline_by_id(course.current_revision_id).step_by_uid
    return [
        enrolment.pk
        for enrolment in _places(course).order_by()
        if needs_help(
            _stored(enrolment, course)[0], steps=steps, waiting=waiting.get(enrolment.pk, ())
        )
    ]


def _marks(enrolment: Enrolment, course: Course, waiting: WaitingWorks) -> tuple[Mark, ...]:
    facts, standing = _stored(enrolment, course)
    waits = waiting.get(enrolment.pk, ())
    return tuple(
        mark_of(facts, steps=steps, required=required, waiting=waits)
        for steps, required in _columns(course.current_revision_id, standing)
    )


def _stored(enrolment: Enrolment, course: Course) -> tuple[StoredFacts, Standing]:
    """The kept facts as they are stored, brought up to the current revision where they lag."""
    kept = getattr(enrolment, "state", None)
    if kept is None:
        return {}, Standing(enrolment.enrolled_revision_n, None, None)
    data = kept.facts
    current = course.current_revision
    if current is not None and kept.revision_n != current.n:
        enrolment.course = course
        data = state_to_json(state_of(enrolment))
    finished = data["finished"]
    standing = Standing(
        enrolled_revision_n=enrolment.enrolled_revision_n,
        started_revision_n=data["started_revision_n"],
        finished_revision_n=finished["revision_n"] if finished else None,
    )
    return data["steps"], standing


@lru_cache(maxsize=STANDINGS_KEPT)
def _columns(
    revision_id: UUID, standing: Standing
) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """For each lesson the uids of all its steps, and of those required of who stands so."""
    return tuple(
        (
            tuple(step.uid for step in lesson.steps),
            tuple(step.uid for step in lesson.steps if is_required_for(step, standing)),
        )
        for lesson in outline_by_id(revision_id).lessons
    )
