"""The fold: from a learner's log and the course's revisions to the learner's state.

:func:`replay` is the definition; :func:`advance` continues a kept state and must agree with it
(R16). Both walk the same stream: entries in the order of ``seq``, with the publishing of each
revision between the last entry made under the one before and the first made under it. A place
that is pinned enters no revision but the one it is pinned to, until it follows the latest again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from courses.lessons.rules import Outline, Rule, RuleKind, ScorePolicy
from courses.progress.rules.facts import (
    Done,
    Evidence,
    Finished,
    LearnerState,
    Reopened,
    StepFacts,
    Verb,
    union,
)
from courses.progress.rules.measuring import (
    Admission,
    count_steps,
    counts_for,
    is_done,
    standing_of,
)
from courses.progress.rules.scores import Score, higher, run_of, scores_in_turn


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
    entries: Sequence[LogEntry], revisions: Sequence[Revision], admission: Admission
) -> LearnerState:
    """The state of a learner from the whole log, by the definition.

    ``entries`` are all events in the order of ``seq``; ``revisions`` all from the one that was
    current at enrolment to the current one, in order.
    """
    retracted = {entry.payload["event"] for entry in entries if entry.verb is Verb.RETRACTED}
    start = LearnerState(revision_n=admission.revision_n)
    valid = [
        replace(entry, verb=Verb.RETRACTED) if entry.uid in retracted else entry
        for entry in entries
    ]
    return advance(start, valid, revisions, admission)


def advance(
    state: LearnerState,
    entries: Iterable[LogEntry],
    revisions: Sequence[Revision],
    admission: Admission,
) -> LearnerState:
    """Continue ``state`` with newer ``entries`` and the ``revisions`` published since.

    ``revisions`` must hold the state's own revision, every later one, and those that entries pin
    the place to, in order. A retraction among the entries cannot be continued from a state: use
    :func:`replay`.
    """
    by_n = {revision.n: revision for revision in revisions}
    for entry in entries:
        state = _follow(state, revisions, entry.revision_n, admission)
        if entry.verb is Verb.PINNED:
            state = _pin(state, entry, by_n, admission)
            continue
        outline = by_n[state.revision_n].outline
        state = _apply(state, entry, outline, admission)
        state = _finish_if_all_is_done(
            state, outline, admission, at=entry.effective_at, by_revision=False
        )
    return _follow(state, revisions, revisions[-1].n, admission)


def _follow(
    state: LearnerState, revisions: Sequence[Revision], until: int, admission: Admission
) -> LearnerState:
    """Enter the revisions up to number ``until``; a place that is pinned stays where it is."""
    if state.pinned_n is not None or state.revision_n >= until:
        return state
    for revision in revisions:
        if state.revision_n < revision.n <= until:
            state = _enter_revision(state, revision, admission, at=revision.published_at)
    return state


def _pin(
    state: LearnerState, entry: LogEntry, by_n: Mapping[int, Revision], admission: Admission
) -> LearnerState:
    """Keep to the revision that the entry names or, where it names none, follow the latest."""
    named = entry.payload["revision"]
    state = replace(state, seq=entry.seq, epoch=max(state.epoch, entry.epoch), pinned_n=named)
    target = by_n[entry.revision_n if named is None else named]
    if target.n == state.revision_n:
        return state
    return _enter_revision(state, target, admission, at=entry.effective_at)


def _enter_revision(
    state: LearnerState, revision: Revision, admission: Admission, *, at: datetime
) -> LearnerState:
    """What is known already may satisfy a changed rule or finish the course (R7)."""
    state = replace(state, revision_n=revision.n)
    for step in revision.outline.steps:
        facts = state.steps.get(step.uid)
        if facts is None or facts.done is not None:
            continue
        evidence = satisfied(step.rule, facts)
        if evidence is not None:
            done = Done(at, evidence, state.seq, revision.n)
            state = state.with_step(step.uid, replace(facts, done=done))
    return _finish_if_all_is_done(state, revision.outline, admission, at=at, by_revision=True)


def _apply(
    state: LearnerState, entry: LogEntry, outline: Outline, admission: Admission
) -> LearnerState:
    state = replace(state, seq=entry.seq, epoch=max(state.epoch, entry.epoch))
    if entry.verb is Verb.RETRACTED:
        return state
    if entry.verb is Verb.RESET:
        return _reset(state, entry, outline, admission)
    if entry.verb is Verb.REOPENED:
        reopened = Reopened(entry.effective_at, entry.payload["reason"])
        return replace(state, finished=None, reopened=reopened)
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


def _reset(
    state: LearnerState, entry: LogEntry, outline: Outline, admission: Admission
) -> LearnerState:
    """Begin a new epoch for a step or for the whole course; what was known of it is history.

    A finished course is open again, unless the step did not count.
    """
    if entry.step_uid is None:
        return replace(state, finished=None, floor=entry.epoch, floors={}, steps={})
    step = outline.step_by_uid.get(entry.step_uid)
    standing = standing_of(state, admission)
    counted = step is not None and counts_for(step, standing, is_done=is_done(step, state))
    return replace(
        state,
        finished=None if counted else state.finished,
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
        case Verb.IMPORTED:
            by_teacher = Evidence.TEACHER in (entry.evidence, facts.imported)
            return replace(facts, imported=Evidence.TEACHER if by_teacher else entry.evidence)
        case _:
            return facts


def _join_grade(facts: StepFacts, payload: Mapping[str, Any]) -> StepFacts:
    """A teacher's word on a handed-in task, a package's report, or a quiz attempt's score."""
    if "accepted" in payload:
        return replace(facts, accepted=bool(facts.accepted or payload["accepted"]))
    if "completed" in payload:
        return _join_report(facts, payload)
    score = Score(payload["earned"], payload["possible"])
    return replace(
        facts,
        attempts=facts.attempts | {payload["attempt"]},
        last=score,
        best=higher(score, facts.best),
    )


def _join_report(facts: StepFacts, report: Mapping[str, Any]) -> StepFacts:
    run, known = run_of(report), facts.runs.get(report["attempt"])
    return replace(
        facts,
        runs={**facts.runs, report["attempt"]: known.joined(run) if known else run},
        completed=facts.completed or (report["completed"] and report["passed"] is not False),
    )


def satisfied(rule: Rule, facts: StepFacts) -> Evidence | None:
    """Who vouches that ``facts`` complete a step under ``rule``; ``None`` while nobody does."""
    if facts.overridden:
        return Evidence.TEACHER
    if facts.imported:
        return facts.imported
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
        case RuleKind.PASSED if _is_passed_by_a_package(rule, facts):
            return Evidence.MACHINE_CLIENT
        case RuleKind.ATTEMPTED if facts.has_ended:
            return Evidence.MACHINE_CLIENT
        case RuleKind.COMPLETED:
            # Some packages never report: the learner's own word is the way out (R14).
            if facts.completed:
                return Evidence.MACHINE_CLIENT
            return Evidence.SELF if facts.declared else None
        case RuleKind.SUBMITTED if facts.submitted:
            return Evidence.SELF
        case RuleKind.ACCEPTED if facts.accepted:
            return Evidence.TEACHER
        case _:
            return None


def _is_passed_by_a_package(rule: Rule, facts: StepFacts) -> bool:
    scores = scores_in_turn(facts.runs.values(), rule.policy or ScorePolicy.HIGHEST)
    return any(score.is_at_least(rule.percent) for score in scores)


def _finish_if_all_is_done(
    state: LearnerState, outline: Outline, admission: Admission, *, at: datetime, by_revision: bool
) -> LearnerState:
    """Latch the course once every required step is done, and there is at least one (R5, R6)."""
    if state.finished is not None:
        return state
    counts = count_steps(outline.steps, state, admission)
    if not counts.required or counts.done < counts.required:
        return state
    finished = Finished(at, state.revision_n, state.seq, by_revision, state.epoch)
    return replace(state, finished=finished)
