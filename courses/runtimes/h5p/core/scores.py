"""Scores that a browser reports, taken only where they can be true."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LARGEST = 1_000_000
"""No content is worth more points."""

SLACK = 0.02
"""How far ``scaled`` may be from raw and max: content types round as they like."""


@dataclass(frozen=True, slots=True)
class Score:
    """``least`` ≤ ``raw`` ≤ ``most``, ``least`` < ``most``; ``share`` is 0–1."""

    raw: float
    least: float
    most: float

    @property
    def share(self) -> float:
        return (self.raw - self.least) / (self.most - self.least)

    @property
    def hundredths(self) -> tuple[int, int]:
        """(earned, possible) in hundredths of a point, the earned rounded down."""
        possible = round(100 * (self.most - self.least))
        return min(possible, math.floor(100 * (self.raw - self.least) + 1e-6)), possible


def read_score(value: Any) -> Score | None:
    """From ``{"raw": 2, "min": 0, "max": 3, "scaled": 0.6667}``; ``None`` where it cannot be true.

    ``min`` is 0 unless it is said. Without raw and max, ``scaled`` alone counts of 1. A score out
    of nothing (max 0) is none.
    """
    if not isinstance(value, Mapping):
        return None
    numbers = {
        key: value[key] for key in ("raw", "min", "max", "scaled") if value.get(key) is not None
    }
    if not all(map(_is_sane, numbers.values())):
        return None
    raw, least, most = numbers.get("raw"), numbers.get("min", 0), numbers.get("max")
    scaled = numbers.get("scaled")
    if scaled is not None and not -1 <= scaled <= 1:
        return None
    if raw is None and most is None:
        return Score(scaled, 0, 1) if scaled is not None and scaled >= 0 else None
    if raw is None or most is None or not least <= raw <= most or least == most:
        return None
    share = (raw - least) / (most - least)
    if (
        scaled is not None
        and min(abs(scaled - share), abs(scaled * most - raw) / abs(most or 1)) > SLACK
    ):
        return None
    return Score(raw, least, most)


def is_worthless(value: Any) -> bool:
    """Whether nothing could be earned, as of a part that only shows something."""
    return isinstance(value, Mapping) and not value.get("max") and not value.get("raw")


def _is_sane(number: Any) -> bool:
    """``NaN`` is in no range, so it needs no question of its own."""
    return (
        isinstance(number, int | float) and not isinstance(number, bool) and abs(number) <= LARGEST
    )
