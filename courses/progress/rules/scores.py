"""Points, what a package reported of each run through it, and what several runs come to (R1, R2).

A run is reported once or often, in any order: reports are joined upwards, so that a late or a
repeated one takes nothing away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Any

from courses.lessons.rules import ScorePolicy

VERDICTS = (None, False, True)
"""From knowing nothing upwards."""


@dataclass(frozen=True, slots=True)
class Score:
    """``earned`` of ``possible`` points, both whole and ``possible`` ≥ 1."""

    earned: int
    possible: int

    @property
    def share(self) -> Fraction:
        return Fraction(self.earned, self.possible)

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down."""
        return 100 * self.earned // self.possible

    def is_at_least(self, percent: int) -> bool:
        """Whether the share reaches ``percent`` (0–100); whole numbers, no rounding."""
        return self.earned * 100 >= percent * self.possible


def higher(one: Score | None, other: Score | None) -> Score | None:
    """The better score; of two equal shares, the one of more points, so that order is nothing."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda score: (score.share, score.possible))


@dataclass(frozen=True, slots=True)
class Run:
    """All that was reported of one attempt at a package; ``number`` counts from 1.

    ``has_ended`` once the package said that the attempt is completed, passed or failed;
    ``passed`` is ``None`` while it gave no verdict, ``score`` while it gave no points.
    """

    number: int
    has_ended: bool = False
    passed: bool | None = None
    score: Score | None = None

    def joined(self, other: "Run") -> "Run":
        """Both reports together (R1)."""
        return Run(
            number=min(self.number, other.number),
            has_ended=self.has_ended or other.has_ended,
            passed=max(self.passed, other.passed, key=VERDICTS.index),
            score=higher(self.score, other.score),
        )

    @property
    def worth(self) -> Score | None:
        """The score; where the package gives none, its verdict as all or nothing."""
        if self.score is not None or self.passed is None:
            return self.score
        return Score(int(self.passed), 1)


def run_of(report: Mapping[str, Any]) -> Run:
    """The run that a report tells of: ``{"number", "completed", "passed", "earned", "possible"}``.

    Points that make no sense (none possible, below zero, more than possible) are no score.
    """
    earned, possible = report["earned"], report["possible"]
    has_score = earned is not None and possible is not None and 0 <= earned <= possible != 0
    return Run(
        number=report["number"],
        has_ended=report["completed"] or report["passed"] is not None,
        passed=report["passed"],
        score=Score(earned, possible) if has_score else None,
    )


def scores_in_turn(runs: Iterable[Run], policy: ScorePolicy) -> list[Score]:
    """What the runs came to under ``policy`` after each of them that was worth something.

    In the order of their numbers, whatever the order of reports. The last one is what they come
    to now; any of them may have completed the step, for a lower result later takes nothing back
    (R3).
    """
    in_order = sorted(runs, key=lambda run: run.number)
    worths = [run.worth for run in in_order if run.worth is not None]
    match policy:
        case ScorePolicy.FIRST:
            return worths[:1]
        case ScorePolicy.LAST:
            return worths
        case ScorePolicy.AVERAGE:
            sums = accumulate(worth.share for worth in worths)
            means = (total / count for count, total in enumerate(sums, start=1))
            return [Score(mean.numerator, mean.denominator) for mean in means]
        case ScorePolicy.HIGHEST:
            return list(accumulate(worths, lambda best, one: higher(best, one) or one))
