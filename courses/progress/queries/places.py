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
from courses.lessons.rules import AddedPolicy, LessonRef, Outline, ScorePolicy, StepRef
from courses.progress.models import CourseState, Event
from courses.progress.rules import (
    NEWS_LASTS,
    AddedSteps,
    Admission,
    Counts,
    Evidence,
    LearnerState,
    LogEntry,
    Reopened,
    Revision,
    Score,
    Standing,
    StepFacts,
    StepReason,
    Verb,
    advance,
    count_lesson,
    count_steps,
    counts_for,
    is_done,
    is_open,
    lately_added,
    reason_of,
    resume_step,
    scores_in_turn,
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


def admission_of(enrolment: Enrolment) -> Admission:
    return Admission(enrolment.enrolled_revision_n, enrolment.learner_age)


def with_progress(places: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """The places with all that :func:`place_of` reads, in the same query."""
    return places.select_related("course__current_revision", "pinned_revision", "state").defer(
        "course__current_revision__outline", "pinned_revision__outline"
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
    """The learner's state under their revision, whether or not the kept one is up to date (R15)."""
    kept = _kept_state(enrolment)
    if kept is None:
        state = LearnerState(revision_n=enrolment.enrolled_revision_n, epoch=enrolment.epoch)
    else:
        state = state_from_json(
            kept.facts, revision_n=kept.revision_n, seq=kept.as_of_seq, epoch=enrolment.epoch
        )
    if state.revision_n == enrolment.revision_n:
        return state
    revisions = revisions_since(enrolment, state.revision_n)
    return advance(state, [], revisions, admission_of(enrolment))


def _kept_state(enrolment: Enrolment) -> CourseState | None:
    try:
        return enrolment.state
    except CourseState.DoesNotExist:
        return None


@dataclass(frozen=True)
class Place:
    """A learner's place with its outline and state: what every page about it reads.

    The outline is that of the revision that the learner works by: the latest, or a pinned one.
    """

    enrolment: Enrolment
    outline: Outline
    state: LearnerState

    @cached_property
    def admission(self) -> Admission:
        return admission_of(self.enrolment)

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.state, self.admission)

    def added_lately(self, at: datetime) -> AddedSteps | None:
        """What made the learner's share fall in the 14 days before ``at`` (R7)."""
        everybody = AddedPolicy.REQUIRED_FOR_ALL_UNFINISHED
        if not any(step.policy is everybody for step in self.outline.steps):
            return None
        return lately_added(self.outline.steps, self.standing, self._published_at, at)

    @property
    def _published_at(self) -> dict[int, datetime]:
        """The moment of each of the course's revisions, by number."""
        course = self.enrolment.course
        numbers = revision_numbers(course.pk, course.current_revision_id)
        return {n: moment for n, moment, _pk in numbers}

    def reopened_lately(self, at: datetime) -> Reopened | None:
        """Why the finished course was opened again, until it is finished or 14 days have passed."""
        reopened = self.state.reopened
        if reopened is None or self.state.finished is not None:
            return None
        return reopened if at - NEWS_LASTS < reopened.at else None

    def is_updated(self, step: StepRef) -> bool:
        """Whether the step was changed in earnest since the learner did anything there (R7)."""
        facts = self.facts(step)
        if facts is None or step.update is None:
            return False
        return facts.last_at < self._published_at[step.update.revision_n]

    @cached_property
    def counts(self) -> Counts:
        """Steps done of those required."""
        return count_steps(self.outline.steps, self.state, self.admission)

    @cached_property
    def lesson_counts(self) -> tuple[int, int]:
        """Lessons done of those that require something."""
        counted = [self.count(lesson) for lesson in self.outline.lessons]
        asked = [counts for counts in counted if counts.required]
        return sum(counts.done == counts.required for counts in asked), len(asked)

    def count(self, lesson: LessonRef) -> Counts:
        return count_lesson(lesson, self.state, self.admission)

    def facts(self, step: StepRef) -> StepFacts | None:
        return self.state.steps.get(step.uid)

    def score(self, step: StepRef) -> Score | None:
        """What the attempts at a package came to by the policy of its step."""
        facts = self.facts(step)
        if facts is None:
            return None
        policy = step.rule.policy or ScorePolicy.HIGHEST
        return next(reversed(scores_in_turn(facts.runs.values(), policy)), None)

    def is_done(self, step: StepRef) -> bool:
        return is_done(step, self.state)

    def is_required(self, step: StepRef) -> bool:
        """Whether the step counts in the learner's number."""
        return counts_for(step, self.standing, is_done=self.is_done(step))

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
        return resume_step(self.outline, self.state, self.admission, at=at, within=within)

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
        outline=outline_by_id(enrolment.revision_id),
        state=state_of(enrolment),
    )


def places_of(enrolments: Iterable[Enrolment]) -> list[Place]:
    return [place_of(enrolment) for enrolment in enrolments]
