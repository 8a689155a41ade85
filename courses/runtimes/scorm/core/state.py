"""The state of one item for one learner, and the fold of commits into it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from courses.runtimes.scorm.core.changes import changed, digests, with_changes
from courses.runtimes.scorm.core.commits import Committed
from courses.runtimes.scorm.core.manifest import Item, ItemKind, Version
from courses.runtimes.scorm.core.rows import (
    InteractionRow,
    ObjectiveRow,
    interaction_rows,
    merged,
    objective_rows,
)
from courses.runtimes.scorm.core.scores import Score

_SCORES = ("cmi.core.score.", "cmi.score.")


class Judgement(StrEnum):
    """Whether what was shown was good enough; ``UNKNOWN`` where nobody says."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """What became of a commit. Only ``TAKEN`` changes the state."""

    TAKEN = "taken"
    REPEATED = "repeated"
    """The newest one of its session has come again: all is well, answer as the first time."""
    STALE = "stale"
    """A newer one of its session was here before: refuse it."""
    UNNUMBERED = "unnumbered"
    """It has no number, so nothing can be said of its order: refuse it."""


@dataclass(frozen=True, slots=True)
class Session:
    """One life of the API object: its newest commit and the time it has told, in hundredths.

    ``seen`` are the digests of what it was given or has told last, while it is open.
    """

    sequence: int = 0
    hundredths: int = 0
    seen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScoState:
    """What is known of an item.

    Facts that never fall back: ``completed``; ``judgement``, where passed stays passed; ``best``;
    ``progress`` (0 to 1); the time. ``last`` is the newest score. ``entry``, ``values`` (texts by
    element) and what stands in the rows are for the SCO's next launch and the teacher.
    ``is_closed`` and ``exit`` tell how the newest commit left.
    """

    launches: int = 0
    entry: str = ""
    completed: bool = False
    judgement: Judgement = Judgement.UNKNOWN
    best: Score | None = None
    last: Score | None = None
    progress: Decimal | None = None
    exit: str = ""
    is_closed: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    interactions: tuple[InteractionRow, ...] = ()
    objectives: tuple[ObjectiveRow, ...] = ()
    sessions: Mapping[str, Session] = field(default_factory=dict)

    @property
    def hundredths(self) -> int:
        """``total_time`` in hundredths of a second: the sum over its sessions."""
        return sum(session.hundredths for session in self.sessions.values())


@dataclass(frozen=True, slots=True)
class Folded:
    state: ScoState
    outcome: Outcome


def opened(state: ScoState, *, session: str, item: Item, version: Version) -> ScoState:
    """The state when the item is launched in a new ``session``.

    An asset is done by being opened. A SCO finds everything again that it has left behind; only
    one of 2004 that is complete and was left normally begins a new attempt with nothing (RTE
    2.1.1). The facts stay in any case.
    """
    if session in state.sessions:
        return state
    left_behind = state.values and (not state.is_closed or state.exit in ("suspend", "logout"))
    values = state.values
    if left_behind:
        entry = "resume"
    elif not version.is_2004:
        entry = "" if values else "ab-initio"
    elif values and not state.completed:
        entry = "resume"
    else:
        entry, values = "ab-initio", {}
    known = Session(seen=digests(values))
    return replace(
        state,
        launches=state.launches + 1,
        entry=entry,
        values=values,
        completed=state.completed or item.kind is ItemKind.ASSET,
        sessions={**state.sessions, session: known},
    )


def folded(
    state: ScoState, committed: Committed, *, session: str, item: Item, for_credit: bool = True
) -> Folded:
    """The state after a commit. Without credit (a preview, a review) the facts do not move."""
    known = state.sessions.get(session, Session())
    if committed.sequence is None:
        return Folded(state, Outcome.UNNUMBERED)
    if committed.sequence <= known.sequence:
        is_same = committed.sequence == known.sequence
        return Folded(state, Outcome.REPEATED if is_same else Outcome.STALE)
    fresh = changed(committed.texts, known.seen, committed.version)
    told = _Told.of(committed, item)
    after = replace(
        state,
        exit=told.exit,
        is_closed=committed.is_last,
        values=with_changes(state.values, committed.texts, fresh),
        interactions=merged(
            state.interactions,
            [row for row in interaction_rows(committed) if f"interactions:{row.id}" in fresh],
        ),
        objectives=merged(
            state.objectives,
            [row for row in objective_rows(committed) if f"objectives:{row.id}" in fresh],
        ),
        sessions={
            **state.sessions,
            session: Session(
                sequence=committed.sequence,
                hundredths=max(known.hundredths, told.hundredths),
                seen={} if committed.is_last else digests(committed.texts),
            ),
        },
    )
    if for_credit:
        has_new_score = any(name.startswith(_SCORES) for name in fresh)
        after = _with_facts(after, told, has_new_score=has_new_score)
    return Folded(after, Outcome.TAKEN)


def _with_facts(state: ScoState, told: "_Told", *, has_new_score: bool) -> ScoState:
    passed = Judgement.PASSED in (state.judgement, told.judgement)
    judgement = told.judgement if told.judgement is not Judgement.UNKNOWN else state.judgement
    has_score = told.score.share is not None
    progress = max((p for p in (state.progress, told.progress) if p is not None), default=None)
    return replace(
        state,
        completed=state.completed or told.completed,
        judgement=Judgement.PASSED if passed else judgement,
        best=told.score if told.score.is_above(state.best) else state.best,
        last=told.score if has_score and has_new_score else state.last,
        progress=progress,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What one commit says of the facts, by the rules of its standard."""

    completed: bool
    judgement: Judgement
    score: Score
    progress: Decimal | None
    hundredths: int
    exit: str

    @classmethod
    def of(cls, committed: Committed, item: Item) -> "_Told":
        return (
            _told_2004(committed, item) if committed.version.is_2004 else _told_12(committed, item)
        )


def _told_12(committed: Committed, item: Item) -> _Told:
    """1.2 has one status for both facts; a mastery score decides over the SCO (RTE 3.4.4).

    The standard lets it decide at Finish. It decides here too once the SCO has ended itself, since
    the last commit of a closed page may be lost, and not when the SCO is only suspended.
    """
    values = committed.values
    status = values.get("cmi.core.lesson_status")
    exit_ = str(values.get("cmi.core.exit", ""))
    score = Score(
        raw=_decimal(committed, "cmi.core.score.raw"),
        min=_decimal(committed, "cmi.core.score.min"),
        max=_decimal(committed, "cmi.core.score.max"),
    )
    has_ended = status in ("completed", "passed", "failed")
    judgement = Judgement(str(status)) if status in ("passed", "failed") else Judgement.UNKNOWN
    decides = has_ended or (committed.is_last and exit_ != "suspend")
    if item.mastery_score is not None and score.raw is not None and decides:
        is_passed = score.raw >= item.mastery_score
        judgement = Judgement.PASSED if is_passed else Judgement.FAILED
        has_ended = True
    time = values.get("cmi.core.session_time", 0)
    return _Told(has_ended, judgement, score, None, _hundredths(time), exit_)


def _told_2004(committed: Committed, item: Item) -> _Told:
    """2004 has two statuses; thresholds of the manifest decide over the SCO where it has told
    the measure (RTE 4.2.4.1, 4.2.22.1)."""
    values = committed.values
    progress = _decimal(committed, "cmi.progress_measure")
    score = Score(
        raw=_decimal(committed, "cmi.score.raw"),
        min=_decimal(committed, "cmi.score.min"),
        max=_decimal(committed, "cmi.score.max"),
        scaled=_decimal(committed, "cmi.score.scaled"),
    )
    completed = values.get("cmi.completion_status") == "completed"
    threshold = item.completion_threshold
    if threshold is not None and threshold.by_measure and progress is not None:
        completed = progress >= threshold.minimum
    judgement = Judgement(str(values.get("cmi.success_status", "unknown")))
    passing = passing_score(item)
    if passing is not None and score.scaled is not None:
        judgement = Judgement.PASSED if score.scaled >= passing else Judgement.FAILED
    time = values.get("cmi.session_time", 0)
    exit_ = str(values.get("cmi.exit", ""))
    return _Told(completed, judgement, score, progress, _hundredths(time), exit_)


def passing_score(item: Item) -> Decimal | None:
    """The scaled score that the manifest asks for in 2004."""
    return next((one.passing for one in item.objectives if one.is_primary), None)


def _decimal(committed: Committed, name: str) -> Decimal | None:
    value = committed.values.get(name)
    return value if isinstance(value, Decimal) else None


def _hundredths(value: object) -> int:
    return value if isinstance(value, int) else 0
