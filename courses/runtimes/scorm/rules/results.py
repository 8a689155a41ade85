"""What the states of a package's items come to, in the words of attempts."""

import hashlib
import math
from collections.abc import Iterator, Mapping

from courses.runtimes.launches.rules import Answer, Result, Score, plausible_score
from courses.runtimes.scorm.core import (
    InteractionRow,
    Judgement,
    Manifest,
    ScoState,
    rolled_up,
)

KEY_LENGTH = 250
MOST_ANSWERS = 1_000
MOST_SECONDS = 366 * 24 * 3600
"""A year: who says more has no clock."""


def result_of(manifest: Manifest, states: Mapping[str, ScoState], *, has_left: bool) -> Result:
    """The facts of the package so far.

    They are final when the learner ``has_left`` an item and nothing is open any more: each item
    that counts is complete, or failed.
    """
    facts = rolled_up(manifest, states)
    points = facts.score.points if facts.score is not None else None
    return Result(
        is_final=has_left and (facts.completed or _is_all_ended(manifest, states)),
        completed=facts.completed,
        passed=facts.passed,
        score=Score(points.earned, points.possible) if points is not None else None,
        seconds=min(MOST_SECONDS, facts.hundredths // 100),
        answers=tuple(_answers(manifest, states)),
    )


def _is_all_ended(manifest: Manifest, states: Mapping[str, ScoState]) -> bool:
    return all(
        state.completed or state.judgement is Judgement.FAILED
        for state in (states.get(item.identifier, ScoState()) for item in manifest.counted)
    )


def _answers(manifest: Manifest, states: Mapping[str, ScoState]) -> Iterator[Answer]:
    number = 0
    for item in manifest.launchable:
        for row in states.get(item.identifier, ScoState()).interactions:
            number += 1
            if number > MOST_ANSWERS:
                return
            yield _answer(item.identifier, row, number)


def _answer(item: str, row: InteractionRow, number: int) -> Answer:
    return Answer(
        key=_key(item, row.id),
        number=number,
        kind=row.kind[:16] or "other",
        # 1.2 has no words for the question; its id often has some.
        text=row.text or row.id,
        response=row.response,
        right=row.right,
        is_right=row.is_right,
        score=_score(row),
        seconds=None if row.seconds is None else min(MOST_SECONDS, row.seconds),
    )


def _key(item: str, interaction: str) -> str:
    """A name for the question in the whole package, short enough for its column."""
    key = f"{item} {interaction}"
    if len(key) <= KEY_LENGTH:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"{key[: KEY_LENGTH - 33]}#{digest}"


def _score(row: InteractionRow) -> Score | None:
    """The weighting as points: all of it, none of it, or the number that the SCO has told."""
    possible = _number(row.weighting)
    earned = {True: possible, False: 0.0, None: _number(row.result)}[row.is_right]
    if possible is None or earned is None:
        return None
    return plausible_score(earned, 0, possible)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
