"""What a package may report of an attempt, and how reports join."""

from dataclasses import dataclass, replace

HUNDREDTHS = 100
MAX_POINTS = 1_000_000
"""More points than this are an error of the package, not a score."""


@dataclass(frozen=True, slots=True)
class Score:
    """``earned`` of ``possible`` in whole hundredths of a point, ``possible`` ≥ 1."""

    earned: int
    possible: int

    def is_above(self, other: "Score | None") -> bool:
        return other is None or self.earned * other.possible > other.earned * self.possible


@dataclass(frozen=True, slots=True)
class Answer:
    """One question as it was answered; the fields are those of ``Interaction``."""

    key: str
    number: int
    kind: str
    text: str = ""
    response: str = ""
    right: str = ""
    is_right: bool | None = None
    score: Score | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A report on an attempt. ``is_final`` ends it; ``seconds`` is the time spent so far."""

    is_final: bool = False
    completed: bool = False
    passed: bool | None = None
    score: Score | None = None
    seconds: int = 0
    answers: tuple[Answer, ...] = ()


def joined(known: Result, more: Result) -> Result:
    """Both reports as one (progress rule R1): nothing that was reached is lost.

    Answers are not joined: the newer one to a question replaces the older.
    """
    passed = known.passed if more.passed is None else bool(known.passed or more.passed)
    better = more.score is not None and more.score.is_above(known.score)
    return replace(
        known,
        is_final=known.is_final or more.is_final,
        completed=known.completed or more.completed,
        passed=passed,
        score=more.score if better else known.score,
        seconds=max(known.seconds, more.seconds),
    )


def plausible_score(raw: float, minimum: float, maximum: float) -> Score | None:
    """The score above the ``minimum``; ``None`` for numbers that cannot be one."""
    if not minimum <= raw <= maximum or not minimum < maximum or maximum - minimum > MAX_POINTS:
        return None
    possible = round((maximum - minimum) * HUNDREDTHS)
    return Score(round((raw - minimum) * HUNDREDTHS), possible) if possible >= 1 else None
