"""Questions answered by typing: a number, a short text.

A response is ``{"typed": "…"}``, as the learner wrote it.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from courses.quizzes.rules.questions import (
    BadResponse,
    Grade,
    LearnerView,
    Question,
    Response,
    Review,
    ReviewedAnswer,
    typed_text,
)

NUMBER = re.compile(r"([+-]?)([0-9]+(?: [0-9]{3})*)(?:[.,]([0-9]+))?\.?")
DASHES = re.compile(r"\s*[-‐‑‒–—―−]\s*")
QUOTES = dict.fromkeys(map(ord, "«»„“”‟\"'`‘’‚‹›"))
STRESS = dict.fromkeys((0x0300, 0x0301))


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed(Question):
    """What number and short_text share."""

    def learner_view(self, seed: str, *, shuffle: bool = False) -> LearnerView:
        del seed, shuffle
        return LearnerView(self.id, self.kind, self.text, self.hint)

    def read_response(self, seed: str, data: Mapping[str, Sequence[str]]) -> Response:
        del seed
        return {"typed": typed_text(data)}

    def given(self, response: Response) -> tuple[str, ...]:
        return (response["typed"],)

    def review_as(self, response: Response, answer: str) -> Review:
        grade = self.grade(response)
        row = ReviewedAnswer("", response["typed"], answer, grade.is_right)
        return Review(grade, self.explanation, answers=(row,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Typed):
    """Right within ``answer ± tolerance``, both ends included; ``None`` is no number."""

    kind: ClassVar[str] = "number"

    answer: Decimal | None
    tolerance: Decimal | None = Decimal(0)
    unit: str = ""
    decimal_mark: str = "."

    def problems(self) -> list[str]:
        found = []
        if self.answer is None or self.tolerance is None:
            found.append("not_a_number")
        if self.tolerance is not None and self.tolerance < 0:
            found.append("negative_tolerance")
        return found

    def learner_view(self, seed: str, *, shuffle: bool = False) -> LearnerView:
        del seed, shuffle
        return LearnerView(self.id, self.kind, self.text, self.hint, unit=self.unit)

    def read_response(self, seed: str, data: Mapping[str, Sequence[str]]) -> Response:
        response = Typed.read_response(self, seed, data)
        if read_number(response["typed"], unit=self.unit) is None:
            raise BadResponse("not_a_number")
        return response

    def grade(self, response: Response) -> Grade:
        said = read_number(response["typed"], unit=self.unit)
        if said is None or self.answer is None or self.tolerance is None:
            return Grade(0, False)
        is_right = abs(said - Fraction(self.answer)) <= Fraction(self.tolerance)
        return Grade(100 if is_right else 0, is_right)

    def review(self, response: Response) -> Review:
        return self.review_as(response, self._in_words())

    def _in_words(self) -> str:
        """``12,5 ± 0,1 м``."""
        numbers = [self.answer] + ([self.tolerance] if self.tolerance else [])
        written = [f"{number:f}" for number in numbers if number is not None]
        return f"{' ± '.join(written).replace('.', self.decimal_mark)} {self.unit}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortText(Typed):
    """Right when it reads like one of ``answers``: see :func:`normalised`."""

    kind: ClassVar[str] = "short_text"

    answers: tuple[str, ...]

    def problems(self) -> list[str]:
        return [] if any(map(normalised, self.answers)) else ["no_accepted_answers"]

    def grade(self, response: Response) -> Grade:
        said = normalised(response["typed"])
        is_right = bool(said) and said in map(normalised, self.answers)
        return Grade(100 if is_right else 0, is_right)

    def review(self, response: Response) -> Review:
        return self.review_as(response, " / ".join(filter(normalised, self.answers)))


def read_number(text: str, *, unit: str = "") -> Fraction | None:
    """The exact number in ``text``, or ``None``.

    A decimal comma or point, spaces between thousands, any dash for a minus, and ``unit`` after
    the number are understood: ``"−1 250,5 м"``. Exponents, fractions and other units are not.
    """
    text = " ".join(DASHES.sub("-", text).casefold().split())
    unit = normalised(unit)
    if unit:
        text = text.removesuffix(".").removesuffix(unit).rstrip()
    match = NUMBER.fullmatch(text)
    if match is None:
        return None
    sign, whole, decimals = match.groups(default="")
    return Fraction(f"{sign}{whole.replace(' ', '')}.{decimals or 0}")


def normalised(text: str) -> str:
    """``text`` without what does not matter in a short answer.

    Letter case, ё for е, kinds of dashes and the spaces round them, quotes, stress marks,
    invisible characters, repeated spaces and punctuation at the end.
    """
    text = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    text = text.translate(QUOTES).translate(STRESS)
    text = "".join(" " if c.isspace() else c for c in text if unicodedata.category(c) != "Cf")
    text = " ".join(DASHES.sub("-", text).split())
    return text.rstrip(" .,;:!?…") or text
