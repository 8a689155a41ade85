"""What the kinds of question share: what goes in, what comes out, and the opaque tokens."""

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters (PostgreSQL's JSON refuses NUL) and halves of surrogate pairs."""

TYPED_LENGTH = 200
"""The longest typed answer, in characters."""

Response = dict[str, Any]
"""A JSON-able answer in the question's own ids; each kind documents its shape."""


class BadResponse(Exception):
    """The answer cannot be read, so nothing is graded; ``code`` says why.

    Codes: ``empty``, ``incomplete``, ``one_answer_only``, ``unknown_option``,
    ``repeated_position``, ``not_a_number``, ``too_long``, ``unreadable``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Wording:
    """The few words that a question says by itself, in the language of the reader."""

    true: str = "true"
    false: str = "false"
    decimal_mark: str = "."


@dataclass(frozen=True, slots=True)
class ShownOption:
    """One option as a page may show it."""

    token: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One line of a match or an order: the form field ``name``, answered by one of the options."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class LearnerView:
    """All that a page may know about a question before the attempt is finished.

    single, multiple, true_false: ``options`` for the field ``answer``; match, order: ``rows``,
    each a choice among ``options``; number, short_text: the typed field ``answer``, followed by
    ``unit``.
    """

    id: str
    kind: str
    text: str
    hint: str
    options: tuple[ShownOption, ...] = ()
    rows: tuple[ShownRow, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """``earned`` is 0–100 percent of the question."""

    earned: int
    is_right: bool

    @classmethod
    def share(cls, right: int, total: int) -> "Grade":
        """``right`` of ``total`` parts, rounded down; less than none is none."""
        if total <= 0:
            return cls(0, False)
        return cls(max(0, 100 * right // total), right == total)

    @property
    def verdict(self) -> str:
        """``right``, ``partly`` or ``wrong``."""
        if self.is_right:
            return "right"
        return "partly" if self.earned else "wrong"


@dataclass(frozen=True, slots=True)
class Note:
    """The explanation that belongs to an option the learner has chosen."""

    text: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """What may be said straight after an answer, while other attempts lie ahead.

    ``explanation`` is the question's own, and empty unless the answer is right: it may tell the
    right answer.
    """

    grade: Grade
    notes: tuple[Note, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class ReviewedOption:
    """One option, for single, multiple and true_false."""

    text: str
    is_chosen: bool
    is_correct: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class ReviewedAnswer:
    """One line of any other kind: ``text`` asks, ``given`` was said, ``answer`` is right."""

    text: str
    given: str
    answer: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Review:
    """Everything about an answer, the right one included."""

    grade: Grade
    explanation: str
    options: tuple[ReviewedOption, ...] = ()
    answers: tuple[ReviewedAnswer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(ABC):
    """One question of a quiz; ``points`` ≥ 1 is its weight in the score."""

    kind: ClassVar[str]

    id: str
    text: str
    hint: str = ""
    explanation: str = ""
    points: int = 1

    @abstractmethod
    def problems(self) -> list[str]:
        """Codes of all that keeps the question from being asked."""

    @abstractmethod
    def learner_view(self, seed: str, *, shuffle: bool = False) -> LearnerView:
        """The question as a page may show it; ``seed`` is the attempt's secret."""

    @abstractmethod
    def read_response(self, seed: str, data: Mapping[str, Sequence[str]]) -> Response:
        """The submitted form ``data`` as a response; the same ``seed`` as in the view.

        Raises:
            BadResponse: the form was not filled in, or not by our page.
        """

    @abstractmethod
    def grade(self, response: Response) -> Grade: ...

    @abstractmethod
    def given(self, response: Response) -> tuple[str, ...]:
        """What the learner said, in words, a line each."""

    def feedback(self, response: Response) -> Feedback:
        """What may be said while the attempt is open."""
        grade = self.grade(response)
        return Feedback(grade, self.notes(response), self.explanation if grade.is_right else "")

    def notes(self, response: Response) -> tuple[Note, ...]:
        """Explanations of the chosen options; kinds without options have none."""
        del response
        return ()

    @abstractmethod
    def review(self, response: Response) -> Review:
        """All that may be said when nothing is left to guess."""

    def token(self, seed: str, item_id: str, side: str = "") -> str:
        """An opaque name of an option in one attempt: 16 hexadecimal digits.

        It cannot be traced back to the option without ``seed``, so neither it nor the order of
        tokens tells what is right.
        """
        message = "\0".join((self.id, side, item_id)).encode("utf-8", "surrogatepass")
        key = hashlib.blake2b(seed.encode(), digest_size=32).digest()
        return hashlib.blake2b(message, key=key, digest_size=8).hexdigest()


def one_value(data: Mapping[str, Sequence[str]], name: str) -> str:
    """The single value of the form field ``name``, stripped; ``""`` where it is missing.

    Raises:
        BadResponse: several values, or something that is no text.
    """
    values = all_values(data, name)
    if len(values) > 1:
        raise BadResponse("one_answer_only")
    return values[0].strip() if values else ""


def all_values(data: Mapping[str, Sequence[str]], name: str) -> list[str]:
    """Every value of the form field ``name``.

    Raises:
        BadResponse: the field holds something that is no list of texts, or unstorable characters.
    """
    values = data.get(name, [])
    if not isinstance(values, list | tuple) or not all(isinstance(value, str) for value in values):
        raise BadResponse("unreadable")
    if any(map(UNSTORABLE.search, values)):
        raise BadResponse("unreadable")
    return list(values)


def typed_text(data: Mapping[str, Sequence[str]]) -> str:
    """The typed ``answer``, 1 to 200 characters.

    Raises:
        BadResponse: empty, too long, or not to be stored.
    """
    text = one_value(data, "answer")
    if not text:
        raise BadResponse("empty")
    if len(text) > TYPED_LENGTH:
        raise BadResponse("too_long")
    return text


def has_duplicates(texts: Iterable[str]) -> bool:
    """Whether two texts look the same to a reader: letter case and spaces aside, empty ones too."""
    seen = [" ".join(text.split()).casefold() for text in texts if text.strip()]
    return len(set(seen)) < len(seen)
