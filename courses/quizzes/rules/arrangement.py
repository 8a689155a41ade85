"""Questions answered by arranging: matching pairs, putting into order.

What has to be arranged is always shown in an order of the attempt's own, and three or more things
never in the right one. Equal texts are interchangeable: nobody can tell them apart.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, TypeVar

from courses.quizzes.rules.questions import (
    BadResponse,
    Grade,
    LearnerView,
    Question,
    Response,
    Review,
    ReviewedAnswer,
    ShownOption,
    ShownRow,
    has_duplicates,
    one_value,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pair:
    id: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Question):
    """A response is ``{"pairs": {pair id of the left side: pair id of the right side}}``.

    Several left sides may share one right side, which is then offered once.
    """

    kind: ClassVar[str] = "match"

    pairs: tuple[Pair, ...]

    def problems(self) -> list[str]:
        found = []
        if len(self.pairs) < 2:
            found.append("too_few_pairs")
        if not all(pair.left.strip() and pair.right.strip() for pair in self.pairs):
            found.append("empty_pair")
        if has_duplicates(pair.left for pair in self.pairs):
            found.append("duplicate_options")
        if len(self.pairs) > 1 and len(self._right_sides()) < 2:
            found.append("one_right_side")
        return found

    def learner_view(self, seed: str, *, shuffle: bool = False) -> LearnerView:
        lefts = list(self.pairs)
        if shuffle:
            lefts.sort(key=partial(self._left, seed))
        rights = _unlike(
            sorted(self._right_sides(), key=partial(self._right, seed)),
            [pair.right for pair in lefts],
            text=lambda pair: pair.right,
        )
        return LearnerView(
            self.id,
            self.kind,
            self.text,
            self.hint,
            options=tuple(ShownOption(self._right(seed, p), p.right) for p in rights),
            rows=tuple(ShownRow(f"match-{self._left(seed, p)}", p.left) for p in lefts),
        )

    def read_response(self, seed: str, data: Mapping[str, Sequence[str]]) -> Response:
        right_ids = {self._right(seed, pair): pair.id for pair in self._right_sides()}
        chosen = {
            pair.id: one_value(data, f"match-{self._left(seed, pair)}") for pair in self.pairs
        }
        _refuse_gaps(list(chosen.values()))
        if not set(chosen.values()) <= set(right_ids):
            raise BadResponse("unknown_option")
        return {"pairs": {left: right_ids[token] for left, token in chosen.items()}}

    def grade(self, response: Response) -> Grade:
        rows = self._reviewed(response)
        return Grade.share(sum(row.is_right for row in rows), len(rows))

    def given(self, response: Response) -> tuple[str, ...]:
        return tuple(f"{row.text} — {row.given}" for row in self._reviewed(response))

    def review(self, response: Response) -> Review:
        return Review(self.grade(response), self.explanation, answers=self._reviewed(response))

    def _reviewed(self, response: Response) -> tuple[ReviewedAnswer, ...]:
        rights = {pair.id: pair.right for pair in self.pairs}
        given = {left: rights.get(right, "") for left, right in response["pairs"].items()}
        return tuple(
            ReviewedAnswer(
                pair.left,
                given.get(pair.id, ""),
                pair.right,
                given.get(pair.id) == pair.right,
            )
            for pair in self.pairs
        )

    def _right_sides(self) -> list[Pair]:
        """The first pair of each different right side, in no order that matters."""
        return list({pair.right: pair for pair in reversed(self.pairs)}.values())

    def _left(self, seed: str, pair: Pair) -> str:
        return self.token(seed, pair.id, "left")

    def _right(self, seed: str, pair: Pair) -> str:
        return self.token(seed, pair.id, "right")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Question):
    """``items`` stand in the right order. A response is ``{"order": [item id, …]}``."""

    kind: ClassVar[str] = "order"

    items: tuple[Item, ...]

    def problems(self) -> list[str]:
        found = []
        texts = [item.text for item in self.items]
        if len(texts) < 2:
            found.append("too_few_items")
        if not all(text.strip() for text in texts):
            found.append("empty_option")
        if has_duplicates(texts):
            found.append("duplicate_options")
        return found

    def learner_view(self, seed: str, *, shuffle: bool = False) -> LearnerView:
        del shuffle
        shown = _unlike(
            sorted(self.items, key=lambda item: self.token(seed, item.id)),
            [item.text for item in self.items],
            text=lambda item: item.text,
        )
        return LearnerView(
            self.id,
            self.kind,
            self.text,
            self.hint,
            options=tuple(ShownOption(place, place) for place in self._places()),
            rows=tuple(ShownRow(f"order-{self.token(seed, i.id)}", i.text) for i in shown),
        )

    def read_response(self, seed: str, data: Mapping[str, Sequence[str]]) -> Response:
        chosen = {
            item.id: one_value(data, f"order-{self.token(seed, item.id)}") for item in self.items
        }
        _refuse_gaps(list(chosen.values()))
        places = self._places()
        if not set(chosen.values()) <= set(places):
            raise BadResponse("unknown_option")
        if len(set(chosen.values())) < len(chosen):
            raise BadResponse("repeated_position")
        return {"order": sorted(chosen, key=lambda item_id: places.index(chosen[item_id]))}

    def grade(self, response: Response) -> Grade:
        rows = self._reviewed(response)
        return Grade.share(sum(row.is_right for row in rows), len(rows))

    def given(self, response: Response) -> tuple[str, ...]:
        return tuple(row.given for row in self._reviewed(response))

    def review(self, response: Response) -> Review:
        return Review(self.grade(response), self.explanation, answers=self._reviewed(response))

    def _reviewed(self, response: Response) -> tuple[ReviewedAnswer, ...]:
        texts = {item.id: item.text for item in self.items}
        given = [texts.get(item_id, "") for item_id in response["order"]]
        given += [""] * (len(self.items) - len(given))
        return tuple(
            ReviewedAnswer(place, said, item.text, said == item.text)
            for place, said, item in zip(self._places(), given, self.items, strict=False)
        )

    def _places(self) -> list[str]:
        return [str(place) for place in range(1, len(self.items) + 1)]


def _unlike(shown: list[T], right_texts: list[str], *, text: Callable[[T], str]) -> list[T]:
    """``shown``, turned by one place if it happens to stand in the right order.

    Not where there are two: an order that is never right would tell the right one.
    """
    if len(shown) > 2 and [text(one) for one in shown] == right_texts:
        return shown[1:] + shown[:1]
    return shown


def _refuse_gaps(values: list[str]) -> None:
    if not any(values):
        raise BadResponse("empty")
    if not all(values):
        raise BadResponse("incomplete")
