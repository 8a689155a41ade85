"""Measuring: what counts for a learner, how much of it is done, and why (R4, R7, R8, R18, R19)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from courses.lessons.rules import AddedPolicy, LessonRef, Outline, StepRef
from courses.progress.rules.facts import LearnerState


@dataclass(frozen=True, slots=True)
class Admission:
    """What was fixed for good when the place was given.

    ``revision_n`` was the current revision; ``age`` are the learner's whole years, ``None`` for an
    adult: a birthday in the middle of a course moves no number.
    """

    revision_n: int
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands to the course's revisions; numbers, ``None`` for not yet."""

    admission: Admission
    started_revision_n: int | None
    finished_revision_n: int | None


def is_for(step: StepRef, admission: Admission) -> bool:
    """Whether the step is for learners like this one at all."""
    return step.ages is None or step.ages.include(admission.age)


def is_required_for(step: StepRef, standing: Standing) -> bool:
    """Whether the course asks this learner for the step (R4, R7).

    A step added after enrolment never counts for who had finished before it came. Otherwise the
    editor's policy decides: ``required_for_new`` asks who had not begun, and
    ``required_for_all_unfinished`` everybody.
    """
    if not step.required or not is_for(step, standing.admission):
        return False
    if step.policy is AddedPolicy.INITIAL or step.added_in <= standing.admission.revision_n:
        return True
    finished = standing.finished_revision_n
    if finished is not None and finished < step.added_in:
        return False
    if step.policy is AddedPolicy.REQUIRED_FOR_ALL_UNFINISHED:
        return True
    if step.policy is AddedPolicy.REQUIRED_FOR_NEW:
        started = standing.started_revision_n
        return started is None or started >= step.added_in
    return False


def counts_for(step: StepRef, standing: Standing, *, is_done: bool) -> bool:
    """Whether the step counts in the learner's number.

    To finish is to have done all that was required. So what a finished learner has not done came
    later, or came back, and is never asked (R7).
    """
    if standing.finished_revision_n is not None and not is_done:
        return False
    return is_required_for(step, standing)


@dataclass(frozen=True, slots=True)
class Counts:
    """Done of required, in steps and in weights; ``0 <= done <= required`` by construction."""

    done: int
    required: int
    done_weight: int
    required_weight: int

    @property
    def percent(self) -> int | None:
        """Whole per cent of the weight, or ``None`` when the course asks for nothing."""
        return percent(done=self.done_weight, required=self.required_weight)


NEWS_LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class AddedSteps:
    """``steps`` that the course began to ask of everybody at the moment ``at``."""

    steps: int
    at: datetime


def lately_added(
    steps: Iterable[StepRef], standing: Standing, published_at: Mapping[int, datetime], at: datetime
) -> AddedSteps | None:
    """Why the share of an unfinished learner fell in the last 14 days, if it did (R7).

    ``published_at`` maps the number of a revision to its moment.
    """
    if standing.finished_revision_n is not None:
        return None
    moments = [
        published_at[step.added_in]
        for step in steps
        if step.policy is AddedPolicy.REQUIRED_FOR_ALL_UNFINISHED
        and step.added_in > standing.admission.revision_n
        and is_required_for(step, standing)
    ]
    fresh = [moment for moment in moments if at - NEWS_LASTS < moment <= at]
    return AddedSteps(len(fresh), max(fresh)) if fresh else None


def percent(*, done: int, required: int) -> int | None:
    """R4: ``None`` without required weight; 100 only when all is done; at least 1 once begun."""
    if required == 0:
        return None
    if done == required:
        return 100
    return max(1 if done else 0, min(99, 100 * done // required))


def standing_of(state: LearnerState, admission: Admission) -> Standing:
    return Standing(
        admission=admission,
        started_revision_n=state.started_revision_n,
        finished_revision_n=state.finished.revision_n if state.finished else None,
    )


def is_done(step: StepRef, state: LearnerState) -> bool:
    facts = state.steps.get(step.uid)
    return facts is not None and facts.done is not None


def count_steps(steps: Iterable[StepRef], state: LearnerState, admission: Admission) -> Counts:
    """Intersect what is required of the learner with what is done."""
    standing = standing_of(state, admission)
    done = required = done_weight = required_weight = 0
    for step in steps:
        is_ready = is_done(step, state)
        if not counts_for(step, standing, is_done=is_ready):
            continue
        required += 1
        required_weight += step.weight
        if is_ready:
            done += 1
            done_weight += step.weight
    return Counts(done, required, done_weight, required_weight)


def count_lesson(lesson: LessonRef, state: LearnerState, admission: Admission) -> Counts:
    return count_steps(lesson.steps, state, admission)


class StepReason(StrEnum):
    """Why a step counts, or does not, in a learner's number (R19)."""

    DONE = "done"
    OVERRIDE = "override"
    IMPORTED = "imported"
    STARTED = "started"
    NOT_STARTED = "not_started"
    OPTIONAL = "optional"
    OPTIONAL_DONE = "optional_done"
    NEW = "new"
    NOT_FOR_AGE = "not_for_age"


def reason_of(step: StepRef, state: LearnerState, standing: Standing) -> StepReason:
    """The reason code shown beside the step in "why this number?"."""
    facts = state.steps.get(step.uid)
    is_ready = is_done(step, state)
    if not counts_for(step, standing, is_done=is_ready):
        if is_ready:
            return StepReason.OPTIONAL_DONE
        return _why_optional(step, standing)
    if facts is None:
        return StepReason.NOT_STARTED
    if not is_ready:
        return StepReason.STARTED
    if facts.overridden:
        return StepReason.OVERRIDE
    return StepReason.IMPORTED if facts.imported else StepReason.DONE


def _why_optional(step: StepRef, standing: Standing) -> StepReason:
    if not is_for(step, standing.admission):
        return StepReason.NOT_FOR_AGE
    has_finished = standing.finished_revision_n is not None
    is_new = step.added_in > standing.admission.revision_n or has_finished
    return StepReason.NEW if step.required and is_new else StepReason.OPTIONAL


def is_open(lesson: LessonRef, state: LearnerState, at: datetime) -> bool:
    """Whether the learner may read the lesson at ``at``: its day has come, or it was begun (R8)."""
    if lesson.available_from is None or at >= lesson.available_from:
        return True
    return any(step.uid in state.steps for step in lesson.steps)


def resume_step(
    outline: Outline,
    state: LearnerState,
    admission: Admission,
    *,
    at: datetime,
    within: LessonRef | None = None,
) -> StepRef:
    """Where the learner goes on (R18); ``within`` keeps to one lesson.

    The first required unfinished open step from the last touched one on; else from the beginning;
    else the last touched one that exists; else the first. Never a step that is gone.
    """
    steps = within.steps if within is not None else outline.steps
    standing = standing_of(state, admission)

    def waits(step: StepRef) -> bool:
        if is_done(step, state) or not counts_for(step, standing, is_done=False):
            return False
        return is_open(outline.lesson_by_step[step.uid], state, at)

    touched = max(
        (index for index, step in enumerate(steps) if step.uid in state.steps),
        key=lambda index: state.steps[steps[index].uid].last_seq,
        default=None,
    )
    in_order = steps if touched is None else (*steps[touched:], *steps[:touched])
    waiting = next((step for step in in_order if waits(step)), None)
    if waiting is not None:
        return waiting
    return steps[touched] if touched is not None else steps[0]
