"""Quizzes as files: H5P Question Sets that other programs read and write."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, BinaryIO
from uuid import uuid4

import nh3

from courses.quizzes.errors import NotAQuizFile
from courses.runtimes.api import NoQuestionSet, UnsafeArchive, quiz_in, quiz_package
from courses.runtimes.h5p.core import Item, Option, Pair, Quiz, QuizQuestion

Raw = dict[str, Any]

INTRO_TAGS = {"a", "b", "br", "em", "i", "li", "ol", "p", "strong", "ul"}
INTRO_ATTRIBUTES = {"a": {"href", "linktype", "id"}}
"""Wagtail's own links name a page by its type and id."""


def export_quiz(content: Mapping[str, Any]) -> bytes:
    """The quiz of a step's raw value as a ``.h5p`` file; :func:`import_quiz` gives it back."""
    return quiz_package(
        Quiz(
            title=content.get("title") or "",
            intro=content.get("intro") or "",
            questions=tuple(_written(question) for question in content.get("questions") or ()),
            pass_percent=_number(content.get("pass_percent"), 60),
            attempts_allowed=content.get("attempts_allowed"),
            feedback="end" if content.get("feedback") == "end" else "each",
            shuffle=content.get("shuffle") is True,
        )
    )


def import_quiz(file: BinaryIO) -> tuple[Raw, Sequence[str]]:
    """The raw value of a quiz step, and the H5P libraries of the questions that were left out.

    Raises:
        NotAQuizFile: the file holds no question set.
    """
    try:
        quiz, problems = quiz_in(file)
    except (UnsafeArchive, NoQuestionSet) as refused:
        raise NotAQuizFile from refused
    raw = {
        "title": quiz.title[:120],
        "required": True,
        "weight": 1,
        "intro": nh3.clean(quiz.intro, tags=INTRO_TAGS, attributes=INTRO_ATTRIBUTES, link_rel=None),
        "questions": [_read(question) for question in quiz.questions],
        "pass_percent": quiz.pass_percent,
        "attempts_allowed": quiz.attempts_allowed,
        "feedback": quiz.feedback,
        "shuffle": quiz.shuffle,
        "completion": "passed",
    }
    return raw, [str(problem.details.get("library", "")) for problem in problems]


def _written(child: Mapping[str, Any]) -> QuizQuestion:
    kind, value = child["type"], child["value"]
    return QuizQuestion(
        kind=kind,
        id=child["id"],
        text=value.get("text") or "",
        hint=value.get("hint") or "",
        explanation=value.get("explanation") or "",
        points=_number(value.get("points"), 1),
        **PARTS_WRITTEN[kind](value),
    )


def _options_written(value: Mapping[str, Any]) -> Raw:
    return {
        "options": tuple(
            Option(
                one["id"],
                one["value"].get("text") or "",
                one["value"].get("correct") is True,
                one["value"].get("explanation") or "",
            )
            for one in value.get("options") or ()
        )
    }


def _truth_written(value: Mapping[str, Any]) -> Raw:
    is_true = value.get("answer") is True
    return {
        "options": (
            Option("true", "", is_true, value.get("explanation_if_true") or ""),
            Option("false", "", not is_true, value.get("explanation_if_false") or ""),
        )
    }


def _pairs_written(value: Mapping[str, Any]) -> Raw:
    return {
        "pairs": tuple(
            Pair(one["id"], one["value"].get("left") or "", one["value"].get("right") or "")
            for one in value.get("pairs") or ()
        )
    }


def _items_written(value: Mapping[str, Any]) -> Raw:
    items = value.get("items") or ()
    return {"items": tuple(Item(one["id"], one["value"]) for one in items)}


def _number_written(value: Mapping[str, Any]) -> Raw:
    return {
        "answer": str(value.get("answer") or "0"),
        "tolerance": str(value.get("tolerance") or "0"),
        "unit": value.get("unit") or "",
    }


def _answers_written(value: Mapping[str, Any]) -> Raw:
    return {"answers": tuple(one["value"] for one in value.get("answers") or ())}


PARTS_WRITTEN: Mapping[str, Callable[[Mapping[str, Any]], Raw]] = {
    "single": _options_written,
    "multiple": _options_written,
    "true_false": _truth_written,
    "match": _pairs_written,
    "order": _items_written,
    "number": _number_written,
    "short_text": _answers_written,
}


def _read(question: QuizQuestion) -> Raw:
    value = {
        "text": question.text,
        "hint": question.hint,
        "explanation": question.explanation,
        "points": question.points,
        **PARTS_READ[question.kind](question),
    }
    return {"type": question.kind, "id": question.id or str(uuid4()), "value": value}


def _listed(values: Sequence[tuple[str, Any]]) -> list[Raw]:
    return [{"type": "item", "id": id_ or str(uuid4()), "value": value} for id_, value in values]


def _options_read(question: QuizQuestion) -> Raw:
    return {
        "options": _listed(
            [
                (
                    one.id,
                    {"text": one.text, "correct": one.correct, "explanation": one.explanation},
                )
                for one in question.options
            ]
        )
    }


def _truth_read(question: QuizQuestion) -> Raw:
    by_id = {one.id: one for one in question.options}
    return {
        "answer": by_id["true"].correct,
        "explanation_if_true": by_id["true"].explanation,
        "explanation_if_false": by_id["false"].explanation,
    }


def _pairs_read(question: QuizQuestion) -> Raw:
    pairs = [(one.id, {"left": one.left, "right": one.right}) for one in question.pairs]
    return {"pairs": _listed(pairs)}


def _items_read(question: QuizQuestion) -> Raw:
    return {"items": _listed([(one.id, one.text) for one in question.items])}


def _number_read(question: QuizQuestion) -> Raw:
    return {
        "answer": question.answer,
        "tolerance": question.tolerance,
        "unit": question.unit,
    }


def _answers_read(question: QuizQuestion) -> Raw:
    return {"answers": _listed([("", answer) for answer in question.answers])}


PARTS_READ: Mapping[str, Callable[[QuizQuestion], Raw]] = {
    "single": _options_read,
    "multiple": _options_read,
    "true_false": _truth_read,
    "match": _pairs_read,
    "order": _items_read,
    "number": _number_read,
    "short_text": _answers_read,
}


def _number(value: Any, default: int) -> int:
    return value if isinstance(value, int) else default
