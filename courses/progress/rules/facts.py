"""What is known of a learner: facts per step, joined from events (progress rule R1).

Joining is a maximum, a union or a count of distinct ids, so that the order, repetition and
interleaving of events do not matter. Only ``position`` and ``last`` take the latest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from courses.progress.rules.scores import VERDICTS, Run, Score


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
    IMPORTED = "imported"
    PINNED = "pinned"
    REOPENED = "reopened"


class Evidence(StrEnum):
    """Who vouches for a fact."""

    SEEN = "seen"
    SELF = "self"
    MACHINE_CLIENT = "machine_client"
    MACHINE_SERVER = "machine_server"
    TEACHER = "teacher"


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
    """What is known of one step.

    ``watched`` is a sorted tuple of disjoint intervals in seconds from the recording's start;
    ``attempts``, ``best`` and ``last`` are of a quiz, ``runs`` by attempt uid and ``completed`` of
    a package. ``completed``: some report said so, and did not say "failed" in the same breath (R2).
    ``imported`` is who vouches for what was learned elsewhere.
    """

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
    runs: Mapping[str, Run] = field(default_factory=dict)
    completed: bool = False
    submitted: int = 0
    accepted: bool | None = None
    overridden: bool = False
    imported: Evidence | None = None
    done: Done | None = None

    @property
    def watched_seconds(self) -> float:
        return sum(end - start for start, end in self.watched)

    @property
    def passed(self) -> bool | None:
        """Whether the package called any attempt passed; ``None`` while it called none anything."""
        return max((run.passed for run in self.runs.values()), key=VERDICTS.index, default=None)

    @property
    def has_ended(self) -> bool:
        """Whether any attempt at the package came to its end, with whatever result."""
        return any(run.has_ended for run in self.runs.values())


@dataclass(frozen=True, slots=True)
class Finished:
    """The latch of the course (R6): in which revision, by which event, at which moment.

    ``epoch`` is the one it was finished in: resetting a step that does not count begins another
    one, and the course stays finished.
    """

    at: datetime
    revision_n: int
    seq: int
    by_revision: bool
    epoch: int


@dataclass(frozen=True, slots=True)
class Reopened:
    """A finished course was opened again for the learner (R7), and why: they read it."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class LearnerState:
    """The fold of a learner's events up to ``seq`` over the revisions up to ``revision_n``.

    ``floors`` maps a step uid to the epoch of its last reset, ``floor`` is that of the whole
    course: events of an older epoch are history and do not count. ``pinned_n`` is the revision
    that the place keeps to, ``None`` where it follows the latest.
    """

    revision_n: int
    seq: int = 0
    epoch: int = 0
    floor: int = 0
    floors: dict[str, int] = field(default_factory=dict)
    started_revision_n: int | None = None
    steps: dict[str, StepFacts] = field(default_factory=dict)
    finished: Finished | None = None
    reopened: Reopened | None = None
    pinned_n: int | None = None

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
