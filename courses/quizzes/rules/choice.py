"""Questions answered by choosing: single, multiple, true or false.

A response is ``{"chosen": [option id, …]}`` in the author's order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from courses.quizzes.rules.questions import (
    BadResponse,
    Grade,
    LearnerView,
    Note,
    Question,
    Response,
    Review,
    ReviewedOption,
    ShownOption,
    all_values,
    has_duplicates,
    one_value,
)


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    text: str
    correct: bool
    explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Question):
    """What single, multiple and true_false share."""

    options: tuple[Option, ...]

    @property
    def correct_ids(self) -> set[str]:
        return {option.id for option in self.options if option.correct}

    def problems(self) -> list[str]:
        found = []
        texts = [option.text for option in self.options]
        if len(texts) < 2:
            found.append("too_few_options")
        if not all(text.strip() for text in texts):
            found.append("empty_option")
        if has_duplicates(texts):
            found.append("duplicate_options")
        if not self.correct_ids:
            found.append("no_right_answer")
        return found

    def learner_view(self, seed: str, *, shuffle: bool = False) -> LearnerView:
        shown = [ShownOption(self.token(seed, option.id), option.text) for option in self.options]
        if shuffle:
            shown.sort(key=lambda option: option.token)
        return LearnerView(self.id, self.kind, self.text, self.hint, options=tuple(shown))

    def read_response(self, seed: str, data: Mapping[str, Sequence[str]]) -> Response:
        chosen = self.chosen_tokens(data)
        if not chosen:
            raise BadResponse("empty")
        tokens = {option.id: self.token(seed, option.id) for option in self.options}
        if not chosen <= set(tokens.values()):
            raise BadResponse("unknown_option")
        return {"chosen": [id_ for id_, token in tokens.items() if token in chosen]}

    def chosen_tokens(self, data: Mapping[str, Sequence[str]]) -> set[str]:
        """The one chosen token, if any."""
        return {one_value(data, "answer")} - {""}

    def grade(self, response: Response) -> Grade:
        is_right = bool(self.correct_ids) and set(response["chosen"]) == self.correct_ids
        return Grade(100 if is_right else 0, is_right)

    def given(self, response: Response) -> tuple[str, ...]:
        return tuple(option.text for option in self.options if option.id in response["chosen"])

    def notes(self, response: Response) -> tuple[Note, ...]:
        return tuple(
            Note(option.text, option.explanation)
            for option in self.options
            if option.id in response["chosen"] and option.explanation
        )

    def review(self, response: Response) -> Review:
        rows = tuple(
            ReviewedOption(
                option.text,
                option.id in response["chosen"],
                option.correct,
                option.explanation,
            )
            for option in self.options
        )
        return Review(self.grade(response), self.explanation, options=rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Single(Choice):
    kind: ClassVar[str] = "single"

    def problems(self) -> list[str]:
        found = Choice.problems(self)
        if len(self.correct_ids) > 1:
            found.append("many_right_answers")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiple(Choice):
    kind: ClassVar[str] = "multiple"

    def chosen_tokens(self, data: Mapping[str, Sequence[str]]) -> set[str]:
        """Every chosen token."""
        return set(all_values(data, "answer")) - {""}

    def grade(self, response: Response) -> Grade:
        """Each wrong choice takes away what a right one gives."""
        chosen, correct = set(response["chosen"]), self.correct_ids
        return Grade.share(len(chosen & correct) - len(chosen - correct), len(correct))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalse(Choice):
    """Two options, ``true`` and ``false``, always in this order."""

    kind: ClassVar[str] = "true_false"

    def learner_view(self, seed: str, *, shuffle: bool = False) -> LearnerView:
        del shuffle
        return Choice.learner_view(self, seed)
