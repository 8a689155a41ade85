"""What a package may report of an attempt, how reports join, and what a group's answers tell."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import StatisticsError, correlation, fmean

HUNDREDTHS = 100
MAX_POINTS = 1_000_000
"""More points than this are an error of the package, not a score."""

RUN_LENGTH = 64
KEY_LENGTH = 250
KIND_LENGTH = 16
TEXT_LENGTH = 10_000
MOST_NUMBER = 1_000_000
MOST_SECONDS = 366 * 24 * 3600
"""A year: who says more has no clock."""


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


def fitting(result: Result) -> Result:
    """The result with values that every database takes, and one answer to each question."""
    answers = {answer.key: answer for answer in map(_fitting_answer, result.answers)}
    return replace(
        result,
        score=_fitting_score(result.score),
        seconds=_fitting_seconds(result.seconds),
        answers=tuple(answers.values()),
    )


def _fitting_answer(answer: Answer) -> Answer:
    return replace(
        answer,
        key=fitting_text(answer.key, KEY_LENGTH),
        number=max(0, min(answer.number, MOST_NUMBER)),
        kind=fitting_text(answer.kind, KIND_LENGTH),
        text=fitting_text(answer.text, TEXT_LENGTH),
        response=fitting_text(answer.response, TEXT_LENGTH),
        right=fitting_text(answer.right, TEXT_LENGTH),
        score=_fitting_score(answer.score),
        seconds=None if answer.seconds is None else _fitting_seconds(answer.seconds),
    )


def _fitting_score(score: Score | None) -> Score | None:
    if score is None or not 0 <= score.earned <= score.possible:
        return None
    return score if 1 <= score.possible <= MAX_POINTS * HUNDREDTHS else None


def fitting_text(text: str, length: int) -> str:
    """The text up to ``length``, without zero characters and halves of characters."""
    return text.replace("\0", "").encode(errors="replace").decode()[:length]


def _fitting_seconds(seconds: int) -> int:
    return max(0, min(seconds, MOST_SECONDS))


def plausible_score(raw: float, minimum: float, maximum: float) -> Score | None:
    """The score above the ``minimum``; ``None`` for numbers that cannot be one."""
    if not minimum <= raw <= maximum or not minimum < maximum or maximum - minimum > MAX_POINTS:
        return None
    possible = round((maximum - minimum) * HUNDREDTHS)
    return Score(round((raw - minimum) * HUNDREDTHS), possible) if possible >= 1 else None


@dataclass(frozen=True, slots=True)
class Tally:
    """How the learners of a group answered one question, by each learner's first finished attempt.

    ``facility`` is the mean share of its points, 0.0–1.0. ``discrimination`` is the correlation,
    -1.0–1.0, of the share with that of all other questions together: near 0, or below, the
    question tells nothing about who has understood; ``None`` while too few have answered or all
    alike. ``usual_mistake`` is the wrong answer given most often, by ``mistaken`` learners.
    """

    key: str
    number: int
    text: str
    right: str
    answered: int
    facility: float
    discrimination: float | None
    usual_mistake: str
    mistaken: int


FEWEST_FOR_DISCRIMINATION = 5


def tallied(attempts: Sequence[Sequence[Answer]]) -> list[Tally]:
    """Item analysis of a group; ``attempts`` holds the answers of one attempt per learner.

    Facility and discrimination as classical test theory has them (corrected item-total
    correlation). Answers without a verdict and without points are left out.
    """
    shares = [{answer.key: share_of(answer) for answer in answers} for answers in attempts]
    told = [{key: share for key, share in one.items() if share is not None} for one in shares]
    by_key: dict[str, list[Answer]] = {}
    for answers in attempts:
        for answer in answers:
            if share_of(answer) is not None:
                by_key.setdefault(answer.key, []).append(answer)
    return sorted(
        (_tally(key, answers, told) for key, answers in by_key.items()),
        key=lambda tally: (tally.number, tally.key),
    )


def share_of(answer: Answer) -> float | None:
    """The share of the question's points, 0.0–1.0; ``None`` where nothing says it."""
    if answer.score is not None:
        return answer.score.earned / answer.score.possible
    return None if answer.is_right is None else float(answer.is_right)


def _tally(key: str, answers: list[Answer], told: list[dict[str, float]]) -> Tally:
    own = [one[key] for one in told if key in one]
    rest = [sum(one.values()) - one[key] for one in told if key in one]
    mistakes = Counter(
        answer.response for answer in answers if answer.response and share_of(answer) != 1
    )
    mistake, mistaken = min(mistakes.items(), key=lambda pair: (-pair[1], pair[0]), default=("", 0))
    first = answers[0]
    return Tally(
        key=key,
        number=first.number,
        text=first.text,
        right=first.right,
        answered=len(own),
        facility=fmean(own),
        discrimination=_correlation(own, rest),
        usual_mistake=mistake,
        mistaken=mistaken,
    )


def _correlation(own: list[float], rest: list[float]) -> float | None:
    if len(own) < FEWEST_FOR_DISCRIMINATION:
        return None
    try:
        return max(-1.0, min(1.0, correlation(own, rest)))
    except StatisticsError:
        # All answered alike, or nothing else was asked.
        return None
