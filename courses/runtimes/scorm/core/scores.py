"""Scores: as a SCO told them, as a share, and as points in whole hundredths."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDREDTHS = 100
FULL = 100 * HUNDREDTHS
"""Out of how many hundredths a scaled score is told: as points of 100."""
MOST_POINTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Points:
    """``earned`` of ``possible`` in whole hundredths of a point; 0 ≤ earned ≤ possible, ≥ 1."""

    earned: int
    possible: int


@dataclass(frozen=True, slots=True)
class Score:
    """What a SCO said. ``scaled`` is -1 to 1 (2004); ``raw`` lies between ``min`` and ``max``.

    Where it says nothing, a raw score counts from 0 to 100, as 1.2 has it.
    """

    raw: Decimal | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    scaled: Decimal | None = None

    @property
    def share(self) -> Decimal | None:
        """The part of the full score, -1 to 1; ``None`` when nothing makes sense of it."""
        if self.scaled is not None:
            return max(Decimal(-1), min(Decimal(1), self.scaled))
        span = self._span
        if self.raw is None or span is None:
            return None
        return max(Decimal(0), min(Decimal(1), (self.raw - (self.min or 0)) / span))

    @property
    def points(self) -> Points | None:
        share = self.share
        if share is None:
            return None
        span = self._span if self.raw is not None else None
        possible = FULL if span is None else max(1, _whole(span * HUNDREDTHS))
        return Points(_whole(max(Decimal(0), share) * possible), possible)

    @property
    def _span(self) -> Decimal | None:
        span = (Decimal(100) if self.max is None else self.max) - (self.min or 0)
        return span if 0 < span <= MOST_POINTS else None

    def is_above(self, other: "Score | None") -> bool:
        if other is None or other.share is None:
            return self.share is not None
        return self.share is not None and self.share > other.share


def _whole(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


def mean(weighted: list[tuple[Score, Decimal]]) -> Score | None:
    """The mean of the shares by their weights; one score alone stays as it was told."""
    counted = [(score, weight) for score, weight in weighted if score.share is not None]
    if len(counted) == 1:
        return counted[0][0]
    total = sum((weight for _, weight in counted), Decimal(0))
    if not total:
        return None
    sums = sum(((score.share or Decimal(0)) * weight for score, weight in counted), Decimal(0))
    return Score(scaled=(sums / total).quantize(Decimal("0.0001"), ROUND_HALF_UP))
