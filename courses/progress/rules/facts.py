"""What is known of a learner: facts per step, joined from events (progress rule R1).

Joining is a maximum, a union or a count of distinct ids, so that the order, repetition and
interleaving of events do not matter. Only ``position`` and ``last`` take the latest.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Self


class Verb(StrEnum):
    VIEWED = "viewed"
    PROGRESSED = "progressed"
    ANSWERED = "answered"
    SUBMITTED = "submitted"
    GRADED = "graded"
    DECLARED_DONE = "declared_done"
    COMPLETED_ON_PAPER = "completed_on_paper"
    OVERRIDDEN = "overridden"
    RESET = "reset"
    RETRACTED = "retracted"


class Evidence(StrEnum):
    """Who vouches for a fact."""

    SEEN = "seen"
    SELF = "self"
    MACHINE_CLIENT = "machine_client"
    MACHINE_SERVER = "machine_server"
    TEACHER = "teacher"


@dataclass(frozen=True, slots=True)
class Score:
    """``earned`` of ``possible`` points, both whole and ``possible`` ≥ 1."""

    earned: int
    possible: int

    def is_at_least(self, percent: int) -> bool:
        """Whether the share reaches ``percent`` (0–100); whole numbers, no rounding."""
        return self.earned * 100 >= percent * self.possible

    def is_above(self, other: "Score | None") -> bool:
        return other is None or self.earned * other.possible > other.earned * self.possible


@dataclass(frozen=True, slots=True)
class Done:
    """The latch of a step: once completed in an epoch it stays so (R3).

    ``revision_n`` is set where not an event but the publishing of that revision completed it.
    """

    at: datetime
    evidence: Evidence
    seq: int
    revision_n: int | None = None


@dataclass(frozen=True, slots=True)
class StepFacts:
    """``watched`` is a sorted tuple of disjoint intervals in seconds from the recording's start."""

    first_seq: int
    last_seq: int
    last_at: datetime
    viewed: bool = False
    declared: bool = False
    watched: tuple[tuple[float, float], ...] = ()
    position: float | None = None
    attempts: frozenset[str] = frozenset()
    best: Score | None = None
    last: Score | None = None
    submitted: int = 0
    accepted: bool | None = None
    overridden: bool = False
    done: Done | None = None

    @property
    def watched_seconds(self) -> float:
        return sum(end - start for start, end in self.watched)


@dataclass(frozen=True, slots=True)
class Finished:
    """The latch of the course (R6): in which revision, by which event, at which moment."""

    at: datetime
    revision_n: int
    seq: int
    by_revision: bool


@dataclass(frozen=True, slots=True)
class LearnerState:
    """The fold of a learner's events up to ``seq`` over the revisions up to ``revision_n``.

    ``floors`` maps a step uid to the epoch of its last reset, ``floor`` is that of the whole
    course: events of an older epoch are history and do not count.
    """

    revision_n: int
    seq: int = 0
    epoch: int = 0
    floor: int = 0
    floors: dict[str, int] = field(default_factory=dict)
    started_revision_n: int | None = None
    steps: dict[str, StepFacts] = field(default_factory=dict)
    finished: Finished | None = None

    def floor_of(self, step_uid: str) -> int:
        """The epoch below which what happened to the step is history (R3)."""
        return max(self.floor, self.floors.get(step_uid, 0))

    def with_step(self, uid: str, facts: StepFacts) -> Self:
        return replace(self, steps={**self.steps, uid: facts})


def union(
    intervals: tuple[tuple[float, float], ...], more: list[list[float]]
) -> tuple[tuple[float, float], ...]:
    """The union of two sets of intervals, sorted and disjoint."""
    joined: list[tuple[float, float]] = []
    for start, end in sorted([*intervals, *((a, b) for a, b in more)]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def state_to_json(state: LearnerState) -> dict[str, Any]:
    """The stored form; empty facts are left out, since a table reads thousands of rows."""
    return {
        "floor": state.floor,
        "floors": state.floors,
        "started_revision_n": state.started_revision_n,
        "steps": {uid: _facts_to_json(facts) for uid, facts in state.steps.items()},
        "finished": _finished_to_json(state.finished),
    }


def state_from_json(data: dict[str, Any], *, revision_n: int, seq: int, epoch: int) -> LearnerState:
    """The inverse of :func:`state_to_json`; the numbers are kept in columns of their own."""
    finished = data["finished"]
    return LearnerState(
        revision_n=revision_n,
        seq=seq,
        epoch=epoch,
        floor=data["floor"],
        floors=dict(data["floors"]),
        started_revision_n=data["started_revision_n"],
        steps={uid: _facts_from_json(facts) for uid, facts in data["steps"].items()},
        finished=None
        if finished is None
        else Finished(
            at=datetime.fromisoformat(finished["at"]),
            revision_n=finished["revision_n"],
            seq=finished["seq"],
            by_revision=finished["by_revision"],
        ),
    )


def _finished_to_json(finished: Finished | None) -> dict[str, Any] | None:
    if finished is None:
        return None
    return {
        "at": finished.at.isoformat(),
        "revision_n": finished.revision_n,
        "seq": finished.seq,
        "by_revision": finished.by_revision,
    }


def _facts_to_json(facts: StepFacts) -> dict[str, Any]:
    data: dict[str, Any] = {
        "first_seq": facts.first_seq,
        "last_seq": facts.last_seq,
        "last_at": facts.last_at.isoformat(),
        "viewed": facts.viewed,
        "declared": facts.declared,
        "watched": [list(interval) for interval in facts.watched],
        "position": facts.position,
        "attempts": sorted(facts.attempts),
        "best": facts.best and [facts.best.earned, facts.best.possible],
        "last": facts.last and [facts.last.earned, facts.last.possible],
        "submitted": facts.submitted,
        "accepted": facts.accepted,
        "overridden": facts.overridden,
        "done": facts.done
        and [facts.done.at.isoformat(), facts.done.evidence, facts.done.seq, facts.done.revision_n],
    }
    return {
        name: value
        for name, value in data.items()
        if value is not None and value != [] and (value is not False or name == "accepted")
    }


def _facts_from_json(data: dict[str, Any]) -> StepFacts:
    done = data.get("done")
    return StepFacts(
        first_seq=data["first_seq"],
        last_seq=data["last_seq"],
        last_at=datetime.fromisoformat(data["last_at"]),
        viewed=data.get("viewed", False),
        declared=data.get("declared", False),
        watched=tuple((start, end) for start, end in data.get("watched", ())),
        position=data.get("position"),
        attempts=frozenset(data.get("attempts", ())),
        best=Score(*data["best"]) if "best" in data else None,
        last=Score(*data["last"]) if "last" in data else None,
        submitted=data.get("submitted", 0),
        accepted=data.get("accepted"),
        overridden=data.get("overridden", False),
        done=None
        if done is None
        else Done(datetime.fromisoformat(done[0]), Evidence(done[1]), done[2], done[3]),
    )
