"""Measuring: what counts for a learner, how much of it is done, and why (R4, R7, R8, R18, R19)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from courses.lessons.rules import AddedPolicy, LessonRef, Outline, StepRef
from courses.progress.rules.facts import LearnerState


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands to the course's revisions; numbers, ``None`` for not yet."""

    enrolled_revision_n: int
    started_revision_n: int | None
    finished_revision_n: int | None


def is_required_for(step: StepRef, standing: Standing) -> bool:
    """Whether the step counts for this learner (R7).

    A step added after enrolment never counts for who had finished before it came. Otherwise the
    editor's policy decides: ``required_for_new`` asks who had not begun, and
    ``required_for_all_unfinished`` everybody.
    """
    if not step.required:
        return False
    if step.policy is AddedPolicy.INITIAL or step.added_in <= standing.enrolled_revision_n:
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
        and step.added_in > standing.enrolled_revision_n
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


def standing_of(state: LearnerState, *, enrolled_revision_n: int) -> Standing:
    return Standing(
        enrolled_revision_n=enrolled_revision_n,
        started_revision_n=state.started_revision_n,
        finished_revision_n=state.finished.revision_n if state.finished else None,
    )


def count_steps(
    steps: Iterable[StepRef], state: LearnerState, *, enrolled_revision_n: int
) -> Counts:
    """Intersect what is required of the learner with what is done."""
    standing = standing_of(state, enrolled_revision_n=enrolled_revision_n)
    done = required = done_weight = required_weight = 0
    for step in steps:
        if not is_required_for(step, standing):
            continue
        required += 1
        required_weight += step.weight
        facts = state.steps.get(step.uid)
        if facts is not None and facts.done is not None:
            done += 1
            done_weight += step.weight
    return Counts(done, required, done_weight, required_weight)


def count_lesson(lesson: LessonRef, state: LearnerState, *, enrolled_revision_n: int) -> Counts:
    return count_steps(lesson.steps, state, enrolled_revision_n=enrolled_revision_n)


class StepReason(StrEnum):
    """Why a step counts, or does not, in a learner's number (R19)."""

    DONE = "done"
    OVERRIDE = "override"
    STARTED = "started"
    NOT_STARTED = "not_started"
    OPTIONAL = "optional"
    OPTIONAL_DONE = "optional_done"
    NEW = "new"


def reason_of(step: StepRef, state: LearnerState, standing: Standing) -> StepReason:
    """The reason code shown beside the step in "why this number?"."""
    facts = state.steps.get(step.uid)
    is_done = facts is not None and facts.done is not None
    if not is_required_for(step, standing):
        if is_done:
            return StepReason.OPTIONAL_DONE
        is_new = step.required and step.added_in > standing.enrolled_revision_n
        return StepReason.NEW if is_new else StepReason.OPTIONAL
    if facts is None:
        return StepReason.NOT_STARTED
    if is_done:
        return StepReason.OVERRIDE if facts.overridden else StepReason.DONE
    return StepReason.STARTED


def is_open(lesson: LessonRef, state: LearnerState, at: datetime) -> bool:
    """Whether the learner may read the lesson at ``at``: its day has come, or it was begun (R8)."""
    if lesson.available_from is None or at >= lesson.available_from:
        return True
    return any(step.uid in state.steps for step in lesson.steps)


def resume_step(
    outline: Outline,
    state: LearnerState,
    *,
    enrolled_revision_n: int,
    at: datetime,
    within: LessonRef | None = None,
) -> StepRef:
    """Where the learner goes on (R18); ``within`` keeps to one lesson.

    The first required unfinished open step from the last touched one on; else from the beginning;
    else the last touched one that exists; else the first. Never a step that is gone.
    """
    steps = within.steps if within is not None else outline.steps
    standing = standing_of(state, enrolled_revision_n=enrolled_revision_n)

    def waits(step: StepRef) -> bool:
        facts = state.steps.get(step.uid)
        unfinished = facts is None or facts.done is None
        lesson = outline.lesson_by_step[step.uid]
        return unfinished and is_required_for(step, standing) and is_open(lesson, state, at)

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
