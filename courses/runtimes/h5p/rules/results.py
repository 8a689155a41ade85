"""What the frame reports of one playing, as a result of the attempt."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from typing import Any

from courses.runtimes.h5p.core import LibraryName, QuestionResult, read_results
from courses.runtimes.h5p.core import Score as ReadScore
from courses.runtimes.launches.rules import Answer, Result, Score, joined

MOST_STATEMENTS = 20
PASSING = frozenset({"passed", "mastered"})
WHOLE = "0"
"""What H5P calls the content itself among its parts."""
ODD = re.compile(r"[^\x21-\x7e]")
MOST_TEXT = 10_000
"""Characters of one question's text, answer or right answer that are kept."""


def read_report(report: Mapping[str, Any], *, main: LibraryName) -> Result | None:
    """The result in ``{"statements": […], "results": …}``; ``None`` where it ends nothing.

    ``statements`` are what the content said in one breath, such as answered, completed and passed;
    together they are one result. ``results`` is its ``getXAPIData()``, if it has any. A statement
    decides whether the playing has ended; what it leaves open, and the answers, come from the
    results. A failed playing has ended, but completes nothing.
    """
    statements = report.get("statements")
    if not isinstance(statements, list):
        return None
    told = read_results(report.get("results"), main=main).root
    if told is not None and told.library != main:
        told = None
    results = [_result(one, told, main) for one in statements[:MOST_STATEMENTS]]
    ends = [result for result in results if result is not None]
    return reduce(joined, ends) if ends else None


def _result(statement: Any, told: QuestionResult | None, main: LibraryName) -> Result | None:
    said = read_results({"statement": statement}, main=main)
    if said.root is None or not said.outcome:
        return None
    told = told or said.root
    score = said.root.score or told.score
    has_failed = said.outcome == "failed"
    success = said.root.success if said.root.success is not None else told.success
    if has_failed or said.root.verb in PASSING:
        success = not has_failed
    return Result(
        is_final=True,
        completed=not has_failed,
        passed=success,
        score=_score(score),
        seconds=int(said.root.seconds or told.seconds or 0),
        answers=tuple(_answers(told)),
    )


def _answers(root: QuestionResult) -> Iterator[Answer]:
    """A row for each question that was answered or scored; what only holds questions is none."""
    keys = _Keys()
    questions = [one for one in root.walk() if not one.children]
    for number, one in enumerate(filter(_says_something, questions), start=1):
        yield Answer(
            key=keys.of(one),
            number=number,
            kind=one.kind.value,
            text=(one.text or one.title)[:MOST_TEXT],
            response=_lines(one.given),
            right=_lines(one.right),
            is_right=one.success,
            score=_score(one.score),
            seconds=None if one.seconds is None else int(one.seconds),
        )


def _says_something(question: QuestionResult) -> bool:
    return bool(question.given or question.right) or question.score is not None


class _Keys:
    """Names of questions that stay the same from report to report, each used once."""

    def __init__(self) -> None:
        self._used: dict[str, int] = {}

    def of(self, question: QuestionResult) -> str:
        name = ODD.sub("_", question.sub_content_id) or WHOLE
        self._used[name] = self._used.get(name, 0) + 1
        return name if self._used[name] == 1 else f"{name}#{self._used[name]}"


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)[:MOST_TEXT]


def _score(score: ReadScore | None) -> Score | None:
    if score is None:
        return None
    earned, possible = score.hundredths
    return Score(earned, possible) if possible >= 1 else None
