"""The fold: from a learner's log and the course's revisions to the learner's state.

:func:`replay` is the definition; :func:`advance` continues a kept state and must agree with it
(R16). Both walk the same stream: entries in the order of ``seq``, with the publishing of each
revision between the last entry made under the one before and the first made under it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from courses.lessons.rules import Outline, Rule, RuleKind
from courses.progress.rules.facts import (
    Done,
    Evidence,
    Finished,
    LearnerState,
    Score,
    StepFacts,
    Verb,
    union,
)
from courses.progress.rules.measuring import count_steps


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One event as the fold reads it; ``step_uid`` is ``None`` for the whole course."""

    uid: str
    seq: int
    step_uid: str | None
    revision_n: int
    verb: Verb
    payload: Mapping[str, Any]
    evidence: Evidence
    epoch: int
    effective_at: datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """A published revision: its number, its moment and its outline."""

    n: int
    published_at: datetime
    outline: Outline


def replay(
    entries: Sequence[LogEntry], revisions: Sequence[Revision], *, enrolled_revision_n: int
) -> LearnerState:
    """The state of a learner from the whole log, by the definition.

    ``entries`` are all events in the order of ``seq``; ``revisions`` all from the one that was
    current at enrolment to the current one, in order.
    """
    retracted = {entry.payload["event"] for entry in entries if entry.verb is Verb.RETRACTED}
    start = LearnerState(revision_n=enrolled_revision_n)
    valid = [
        replace(entry, verb=Verb.RETRACTED) if entry.uid in retracted else entry
        for entry in entries
    ]
    return advance(start, valid, revisions, enrolled_revision_n=enrolled_revision_n)


def advance(
    state: LearnerState,
    entries: Iterable[LogEntry],
    revisions: Sequence[Revision],
    *,
    enrolled_revision_n: int,
) -> LearnerState:
    """Continue ``state`` with newer ``entries`` and the ``revisions`` published since.

    ``revisions`` must hold the state's own revision and every later one, in order. A retraction
    among the entries cannot be continued from a state: use :func:`replay`.
    """
    later = [revision for revision in revisions if revision.n > state.revision_n]
    outline = next(revision.outline for revision in revisions if revision.n == state.revision_n)
    for entry in entries:
        while later and later[0].n <= entry.revision_n:
            revision = later.pop(0)
            outline = revision.outline
            state = _enter_revision(state, revision, enrolled_revision_n)
        state = _apply(state, entry, outline)
        state = _finish_if_all_is_done(
            state,
            outline,
            enrolled_revision_n,
            at=entry.effective_at,
            by_revision=False,
        )
    for revision in later:
        state = _enter_revision(state, revision, enrolled_revision_n)
    return state


def _enter_revision(
    state: LearnerState, revision: Revision, enrolled_revision_n: int
) -> LearnerState:
    """Publishing: what is known already may satisfy a changed rule or finish the course (R7)."""
    state = replace(state, revision_n=revision.n)
    for step in revision.outline.steps:
        facts = state.steps.get(step.uid)
        if facts is None or facts.done is not None:
            continue
        evidence = satisfied(step.rule, facts)
        if evidence is not None:
            done = Done(revision.published_at, evidence, state.seq, revision.n)
            state = state.with_step(step.uid, replace(facts, done=done))
    return _finish_if_all_is_done(
        state,
        revision.outline,
        enrolled_revision_n,
        at=revision.published_at,
        by_revision=True,
    )


def _apply(state: LearnerState, entry: LogEntry, outline: Outline) -> LearnerState:
    state = replace(state, seq=entry.seq, epoch=max(state.epoch, entry.epoch))
    if entry.verb is Verb.RETRACTED:
        return state
    if entry.verb is Verb.RESET:
        return _reset(state, entry)
    if entry.step_uid is None or entry.epoch < state.floor_of(entry.step_uid):
        return state
    if state.started_revision_n is None:
        state = replace(state, started_revision_n=entry.revision_n)
    facts = _join(state.steps.get(entry.step_uid), entry)
    step = outline.step_by_uid.get(entry.step_uid)
    if step is not None and facts.done is None:
        evidence = satisfied(step.rule, facts)
        if evidence is not None:
            facts = replace(facts, done=Done(entry.effective_at, evidence, entry.seq))
    return state.with_step(entry.step_uid, facts)


def _reset(state: LearnerState, entry: LogEntry) -> LearnerState:
    """Begin a new epoch for a step or for the whole course; what was known of it is history."""
    state = replace(state, finished=None)
    if entry.step_uid is None:
        return replace(state, floor=entry.epoch, floors={}, steps={})
    return replace(
        state,
        floors={**state.floors, entry.step_uid: entry.epoch},
        steps={uid: facts for uid, facts in state.steps.items() if uid != entry.step_uid},
    )


def _join(facts: StepFacts | None, entry: LogEntry) -> StepFacts:
    """Join one event into the facts of its step (R1)."""
    if facts is None:
        facts = StepFacts(entry.seq, entry.seq, entry.effective_at)
    facts = replace(facts, last_seq=entry.seq, last_at=entry.effective_at)
    payload = entry.payload
    match entry.verb:
        case Verb.VIEWED:
            return replace(facts, viewed=True)
        case Verb.DECLARED_DONE:
            return replace(facts, viewed=True, declared=True)
        case Verb.PROGRESSED:
            return replace(
                facts,
                watched=union(facts.watched, payload.get("intervals", [])),
                position=payload.get("position", facts.position),
            )
        case Verb.ANSWERED:
            return replace(facts, attempts=facts.attempts | {payload["attempt"]})
        case Verb.SUBMITTED:
            return replace(facts, submitted=max(facts.submitted, payload["number"]))
        case Verb.GRADED:
            return _join_grade(facts, payload)
        case Verb.OVERRIDDEN | Verb.COMPLETED_ON_PAPER:
            return replace(facts, overridden=True)
        case _:
            return facts


def _join_grade(facts: StepFacts, payload: Mapping[str, Any]) -> StepFacts:
    """A quiz attempt's score, or a teacher's word on a handed-in task."""
    if "accepted" in payload:
        return replace(facts, accepted=bool(facts.accepted or payload["accepted"]))
    score = Score(payload["earned"], payload["possible"])
    return replace(
        facts,
        attempts=facts.attempts | {payload["attempt"]},
        last=score,
        best=score if score.is_above(facts.best) else facts.best,
    )


def satisfied(rule: Rule, facts: StepFacts) -> Evidence | None:
    """Who vouches that ``facts`` complete a step under ``rule``; ``None`` while nobody does."""
    if facts.overridden:
        return Evidence.TEACHER
    match rule.kind:
        case RuleKind.VIEWED if facts.viewed:
            return Evidence.SEEN
        case RuleKind.DECLARED if facts.declared:
            return Evidence.SELF
        case RuleKind.WATCHED:
            if rule.seconds and facts.watched_seconds * 100 >= rule.percent * rule.seconds:
                return Evidence.MACHINE_CLIENT
            return Evidence.SELF if facts.declared else None
        case RuleKind.PASSED if facts.best is not None and facts.best.is_at_least(rule.percent):
            return Evidence.MACHINE_SERVER
        case RuleKind.ATTEMPTED if facts.best is not None:
            return Evidence.MACHINE_SERVER
        case RuleKind.SUBMITTED if facts.submitted:
            return Evidence.SELF
        case RuleKind.ACCEPTED if facts.accepted:
            return Evidence.TEACHER
        case _:
            return None


def _finish_if_all_is_done(
    state: LearnerState,
    outline: Outline,
    enrolled_revision_n: int,
    *,
    at: datetime,
    by_revision: bool,
) -> LearnerState:
    """Latch the course once every required step is done, and there is at least one (R5, R6)."""
    if state.finished is not None:
        return state
    counts = count_steps(outline.steps, state, enrolled_revision_n=enrolled_revision_n)
    if not counts.required or counts.done < counts.required:
        return state
    return replace(state, finished=Finished(at, state.revision_n, state.seq, by_revision))
