"""How it went."""

from dataclasses import dataclass
from typing import Any

HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Score:
    """``earned`` of ``possible`` in hundredths of a point, ``possible`` ≥ 1."""

    earned: int
    possible: int

    def as_dict(self) -> dict[str, Any]:
        """Points, and the share of them with four places; nothing is below zero."""
        return {
            "scaled": round(self.earned / self.possible, 4),
            "raw": self.earned / HUNDREDTHS,
            "min": 0,
            "max": self.possible / HUNDREDTHS,
        }


@dataclass(frozen=True, slots=True)
class Result:
    """What is not known is ``None`` and is not told; ``seconds`` is the time it took."""

    score: Score | None = None
    success: bool | None = None
    completion: bool | None = None
    response: str | None = None
    seconds: int | None = None

    def as_dict(self) -> dict[str, Any]:
        told = {
            "score": self.score.as_dict() if self.score is not None else None,
            "success": self.success,
            "completion": self.completion,
            "response": self.response,
            "duration": duration(self.seconds) if self.seconds is not None else None,
        }
        return {name: value for name, value in told.items() if value is not None}


def duration(seconds: int) -> str:
    """ISO 8601: ``PT1H2M3S``; zero is ``PT0S``."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    parts = [(hours, "H"), (minutes, "M"), (rest, "S")]
    return "PT" + ("".join(f"{n}{unit}" for n, unit in parts if n) or "0S")
