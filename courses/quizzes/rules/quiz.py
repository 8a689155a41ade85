"""A quiz as it was published, its faults, and its score."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from courses.quizzes.rules.arrangement import Item, Match, Order, Pair
from courses.quizzes.rules.choice import Multiple, Option, Single, TrueFalse
from courses.quizzes.rules.questions import Question, Wording
from courses.quizzes.rules.typed import Number, ShortText

Raw = Mapping[str, Any]
Common = dict[str, Any]
PLAIN = Wording()


@dataclass(frozen=True, slots=True)
class Quiz:
    """``attempts_allowed`` is ``None`` for any number; ``feedback`` is ``each`` or ``end``."""

    pass_percent: int
    attempts_allowed: int | None
    feedback: str
    shuffle: bool
    questions: tuple[Question, ...]

    def question(self, question_id: str) -> Question | None:
        """The question of this id, if the quiz has it."""
        return next((one for one in self.questions if one.id == question_id), None)

    @property
    def possible(self) -> int:
        """The full score, in hundredths of a point."""
        return sum(100 * question.points for question in self.questions)


class Problem(NamedTuple):
    """A fault of a question; ``number`` counts from 1, and 0 is the quiz itself."""

    number: int
    code: str


@dataclass(frozen=True, slots=True)
class Score:
    """Both in hundredths of a point, so that no share of a point is ever rounded."""

    earned: int
    possible: int

    @classmethod
    def total(cls, earned_percents: Iterable[tuple[int, int]]) -> "Score":
        """The sum over pairs of (percent earned 0–100, points)."""
        pairs = list(earned_percents)
        return cls(
            sum(percent * points for percent, points in pairs),
            sum(100 * points for _, points in pairs),
        )

    @property
    def percent(self) -> int | None:
        """0–100, rounded down; ``None`` when nothing was asked."""
        return 100 * self.earned // self.possible if self.possible else None


def passes(score: Score, pass_percent: int) -> bool:
    """Whether ``score`` reaches the mark; a quiz that asks nothing is never passed."""
    return score.possible > 0 and 100 * score.earned >= pass_percent * score.possible


def find_problems(quiz: Quiz) -> list[Problem]:
    """Everything that keeps ``quiz`` from being published, all at once."""
    found = []
    if not quiz.questions:
        found.append(Problem(0, "no_questions"))
    if not 0 <= quiz.pass_percent <= 100:
        found.append(Problem(0, "bad_pass_percent"))
    if quiz.attempts_allowed is not None and quiz.attempts_allowed < 1:
        found.append(Problem(0, "bad_attempts_allowed"))
    for number, question in enumerate(quiz.questions, start=1):
        if not question.text.strip():
            found.append(Problem(number, "no_text"))
        if question.points < 1:
            found.append(Problem(number, "bad_points"))
        found.extend(Problem(number, code) for code in question.problems())
    return found


def read_quiz(content: Raw, wording: Wording = PLAIN) -> Quiz:
    """The quiz in the raw value of a quiz block, as a step's version keeps it.

    ``wording`` is for the questions that say something by themselves.

    Raises:
        ValueError: a question of a kind that this version of the software does not know.
    """
    return Quiz(
        pass_percent=_integer(content.get("pass_percent"), default=60),
        attempts_allowed=_integer(content.get("attempts_allowed"), default=None),
        feedback="end" if content.get("feedback") == "end" else "each",
        shuffle=content.get("shuffle") is True,
        questions=tuple(
            read_question(id_, kind, value, wording)
            for id_, kind, value in _children(content.get("questions"))
        ),
    )


def read_question(question_id: str, kind: str, value: Raw, wording: Wording = PLAIN) -> Question:
    """One question from the raw value of its block.

    Raises:
        ValueError: an unknown kind.
    """
    if kind not in READERS:
        raise ValueError(f"unknown kind of question: {kind}")
    common = {
        "id": question_id,
        "text": _text(value.get("text")),
        "hint": _text(value.get("hint")),
        "explanation": _text(value.get("explanation")),
        "points": _integer(value.get("points"), default=1),
    }
    return READERS[kind](common, value, wording)


def _single(common: Common, value: Raw, _wording: Wording) -> Question:
    return Single(**common, options=_options(value))


def _multiple(common: Common, value: Raw, _wording: Wording) -> Question:
    return Multiple(**common, options=_options(value))


def _true_false(common: Common, value: Raw, wording: Wording) -> Question:
    is_true = value.get("answer") is True
    options = (
        Option("true", wording.true, is_true, _text(value.get("explanation_if_true"))),
        Option("false", wording.false, not is_true, _text(value.get("explanation_if_false"))),
    )
    return TrueFalse(**common, options=options)


def _match(common: Common, value: Raw, _wording: Wording) -> Question:
    pairs = tuple(
        Pair(id_, _text(pair.get("left")), _text(pair.get("right")))
        for id_, _kind, pair in _children(value.get("pairs"))
    )
    return Match(**common, pairs=pairs)


def _order(common: Common, value: Raw, _wording: Wording) -> Question:
    items = tuple(Item(id_, _text(text)) for id_, _kind, text in _children(value.get("items")))
    return Order(**common, items=items)


def _number(common: Common, value: Raw, wording: Wording) -> Question:
    tolerance = value.get("tolerance")
    return Number(
        **common,
        answer=_decimal(value.get("answer")),
        tolerance=Decimal(0) if tolerance in (None, "") else _decimal(tolerance),
        unit=_text(value.get("unit")),
        decimal_mark=wording.decimal_mark,
    )


def _short_text(common: Common, value: Raw, _wording: Wording) -> Question:
    answers = tuple(_text(text) for _id, _kind, text in _children(value.get("answers")))
    return ShortText(**common, answers=answers)


READERS: dict[str, Callable[[Common, Raw, Wording], Question]] = {
    "single": _single,
    "multiple": _multiple,
    "true_false": _true_false,
    "match": _match,
    "order": _order,
    "number": _number,
    "short_text": _short_text,
}


def _options(value: Raw) -> tuple[Option, ...]:
    return tuple(
        Option(
            id_,
            _text(option.get("text")),
            option.get("correct") is True,
            _text(option.get("explanation")),
        )
        for id_, _kind, option in _children(value.get("options"))
    )


def _children(raw: Any) -> Iterator[tuple[str, str, Any]]:
    """(id, type, value) of each child of a raw StreamBlock or ListBlock.

    A missing or repeated id is made from the child's place: a version never changes, so the place
    is as lasting as an id.
    """
    seen: set[str] = set()
    for place, child in enumerate(raw or [], start=1):
        id_ = child.get("id") or f"place-{place}"
        if id_ in seen:
            id_ = f"{id_}-place-{place}"
        seen.add(id_)
        yield id_, child["type"], child["value"]


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _integer(value: Any, *, default: int | None) -> Any:
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def _decimal(value: Any) -> Decimal | None:
    """A finite number of at most 50 digits either side of the point, from text or JSON."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= 50 else None
