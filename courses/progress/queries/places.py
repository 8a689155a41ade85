"""A learner's place with its outline and state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from math import ceil
from uuid import UUID

from django.db.models import QuerySet

from courses.catalogue.models import CourseRevision
from courses.enrolments.models import Enrolment
from courses.lessons.queries import outline_by_id
from courses.lessons.rules import AddedPolicy, LessonRef, Outline, StepRef
from courses.progress.models import CourseState, Event
from courses.progress.rules import (
    AddedSteps,
    Counts,
    Evidence,
    LearnerState,
    LogEntry,
    Revision,
    Standing,
    StepFacts,
    StepReason,
    Verb,
    advance,
    count_lesson,
    count_steps,
    is_open,
    is_required_for,
    lately_added,
    reason_of,
    resume_step,
    standing_of,
    state_from_json,
)

HISTORIES_KEPT = 256


@lru_cache(maxsize=HISTORIES_KEPT)
def revision_numbers(course_id: int, current_id: UUID) -> tuple[tuple[int, datetime, UUID], ...]:
    """``(n, published_at, id)`` of a course's revisions in order.

    ``current_id`` is in the key: publishing makes another key, so nothing kept is ever stale.
    """
    last = CourseRevision.objects.values_list("n", flat=True).get(pk=current_id)
    revisions = CourseRevision.objects.filter(course_id=course_id, n__lte=last)
    return tuple(revisions.order_by("n").values_list("n", "published_at", "pk"))


def revisions_since(enrolment: Enrolment, n: int) -> list[Revision]:
    """The course's revisions from number ``n`` to the current one, with their outlines."""
    numbers = revision_numbers(enrolment.course_id, enrolment.course.current_revision_id)
    return [
        Revision(number, published_at, outline_by_id(pk))
        for number, published_at, pk in numbers
        if number >= n
    ]


def with_progress(places: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """The places with all that :func:`place_of` reads, in the same query."""
    return places.select_related("course__current_revision", "state").defer(
        "course__current_revision__outline"
    )


def log_of(enrolment: Enrolment) -> list[LogEntry]:
    """All events of a place in order, as the fold reads them."""
    events = Event.objects.filter(enrolment=enrolment).order_by("seq")
    return [entry_of(event) for event in events]


def entry_of(event: Event) -> LogEntry:
    return LogEntry(
        uid=str(event.uid),
        seq=event.seq,
        step_uid=str(event.step_id) if event.step_id else None,
        revision_n=event.revision_n,
        verb=Verb(event.verb),
        payload=event.payload,
        evidence=Evidence(event.evidence),
        epoch=event.epoch,
        # As the database gives it back, so that a kept state and a replay write the same text.
        effective_at=event.effective_at.astimezone(UTC),
    )


def state_of(enrolment: Enrolment) -> LearnerState:
    """The learner's state under the current revision, whether or not the kept one is up to date."""
    kept = _kept_state(enrolment)
    start = enrolment.enrolled_revision_n
    if kept is None:
        state = LearnerState(revision_n=start, epoch=enrolment.epoch)
    else:
        state = state_from_json(
            kept.facts, revision_n=kept.revision_n, seq=kept.as_of_seq, epoch=enrolment.epoch
        )
    if state.revision_n == enrolment.course.revision_n:
        return state
    revisions = revisions_since(enrolment, state.revision_n)
    return advance(state, [], revisions, enrolled_revision_n=start)


def _kept_state(enrolment: Enrolment) -> CourseState | None:
    try:
        return enrolment.state
    except CourseState.DoesNotExist:
        return None


@dataclass(frozen=True)
class Place:
    """A learner's place with the current outline and state: what every page about it reads."""

    enrolment: Enrolment
    outline: Outline
    state: LearnerState

    @property
    def _since(self) -> int:
        return self.enrolment.enrolled_revision_n

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.state, enrolled_revision_n=self._since)

    def added_lately(self, at: datetime) -> AddedSteps | None:
        """What made the learner's share fall in the 14 days before ``at`` (R7)."""
        everybody = AddedPolicy.REQUIRED_FOR_ALL_UNFINISHED
        if not any(step.policy is everybody for step in self.outline.steps):
            return None
        course = self.enrolment.course
        numbers = revision_numbers(course.pk, course.current_revision_id)
        published_at = {n: moment for n, moment, _pk in numbers}
        return lately_added(self.outline.steps, self.standing, published_at, at)

    @property
    def counts(self) -> Counts:
        """Steps done of those required."""
        return count_steps(self.outline.steps, self.state, enrolled_revision_n=self._since)

    @property
    def lesson_counts(self) -> tuple[int, int]:
        """Lessons done of those that require something."""
        counted = [self.count(lesson) for lesson in self.outline.lessons]
        asked = [counts for counts in counted if counts.required]
        return sum(counts.done == counts.required for counts in asked), len(asked)

    def count(self, lesson: LessonRef) -> Counts:
        return count_lesson(lesson, self.state, enrolled_revision_n=self._since)

    def facts(self, step: StepRef) -> StepFacts | None:
        return self.state.steps.get(step.uid)

    def is_done(self, step: StepRef) -> bool:
        facts = self.facts(step)
        return facts is not None and facts.done is not None

    def is_required(self, step: StepRef) -> bool:
        return is_required_for(step, self.standing)

    def is_lesson_done(self, lesson: LessonRef) -> bool:
        counts = self.count(lesson)
        return bool(counts.required) and counts.done == counts.required

    def is_lesson_started(self, lesson: LessonRef) -> bool:
        return any(step.uid in self.state.steps for step in lesson.steps)

    def is_open(self, lesson: LessonRef, at: datetime) -> bool:
        return is_open(lesson, self.state, at)

    def reason(self, step: StepRef) -> StepReason:
        return reason_of(step, self.state, self.standing)

    def resume(self, at: datetime, within: LessonRef | None = None) -> StepRef:
        return resume_step(
            self.outline, self.state, enrolled_revision_n=self._since, at=at, within=within
        )

    def minutes_left(self, lesson: LessonRef) -> int:
        """Whole minutes of the lesson that its unfinished required steps still take, at least 1."""
        counts = self.count(lesson)
        if not counts.required:
            return lesson.minutes
        share_left = (counts.required - counts.done) / counts.required
        return max(1, ceil(lesson.minutes * share_left))

    def lesson_number(self, lesson: LessonRef) -> int:
        """The place of the lesson in the course, from 1."""
        return self.outline.lessons.index(lesson) + 1

    def lesson_finished_at(self, lesson: LessonRef) -> datetime | None:
        """The moment the lesson's last required step was done; ``None`` while it is not."""
        if not self.is_lesson_done(lesson):
            return None
        moments = [
            facts.done.at
            for step in lesson.steps
            if self.is_required(step) and (facts := self.facts(step)) and facts.done
        ]
        return max(moments)


def place_of(enrolment: Enrolment) -> Place:
    """The place of an enrolment read through :func:`with_progress`: no further query when warm."""
    return Place(
        enrolment=enrolment,
        outline=outline_by_id(enrolment.course.current_revision_id),
        state=state_of(enrolment),
    )


def places_of(enrolments: Iterable[Enrolment]) -> list[Place]:
    return [place_of(enrolment) for enrolment in enrolments]
