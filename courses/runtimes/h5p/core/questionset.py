"""A quiz as parameters of H5P.QuestionSet 1.20, and back.

single and multiple become H5P.MultiChoice, true_false H5P.TrueFalse, number and short_text
H5P.Blanks, match and order H5P.DragText. What H5P has no place for (points, ids, tolerance, hints)
is kept packed in ``metadata.authorComments`` of each question, the one text of metadata that H5P
core, Lumi and Moodle carry through unread. Beside it stands a digest of the question as H5P shows
it: where somebody has changed the question with another tool, the digest differs and what they
wrote counts.
"""

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from courses.runtimes.h5p.core.filtering import UUID
from courses.runtimes.h5p.core.names import LibraryName
from courses.runtimes.h5p.core.problems import Problem
from courses.runtimes.h5p.core.questionset_forms import CODERS, LIBRARIES, DecodedQuestion, decode
from courses.runtimes.h5p.core.questionset_quiz import (
    Quiz,
    QuizQuestion,
    pack,
    question_as_data,
    question_from_data,
    unpack,
)
from courses.runtimes.h5p.core.questionset_words import words
from courses.runtimes.h5p.core.readable import plain_text

QUESTION_SET = LibraryName("H5P.QuestionSet", 1, 20)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """What :func:`write_package` needs; the libraries themselves are the receiving site's."""

    main: LibraryName
    dependencies: tuple[LibraryName, ...]
    params: dict[str, Any]
    metadata: dict[str, Any]


def question_set(quiz: Quiz) -> QuestionSet:
    """``quiz`` as a question set; the same quiz gives the same parameters.

    Raises:
        KeyError: a question of an unknown kind.
    """
    questions = [_write_question(question, quiz.language) for question in quiz.questions]
    used = {
        name for name in LIBRARIES.values() if any(q["library"] == str(name) for q in questions)
    }
    params: dict[str, Any] = {
        "introPage": {
            "showIntroPage": bool(quiz.intro),
            "title": "",
            "introduction": quiz.intro,
            **words("intro", quiz.language),
        },
        "progressType": "dots",
        "passPercentage": quiz.pass_percent,
        "questions": questions,
        "disableBackwardsNavigation": False,
        "randomQuestions": quiz.shuffle,
        "endGame": {
            "showResultPage": True,
            "showSolutionButton": True,
            "showRetryButton": quiz.attempts_allowed != 1,
            "overallFeedback": [{"from": 0, "to": 100}],
            "showAnimations": False,
            "skippable": False,
            **words("end", quiz.language),
        },
        "override": {"checkButton": quiz.feedback != "end"},
        "texts": words("set", quiz.language),
    }
    kept = {"attempts_allowed": quiz.attempts_allowed, "feedback": quiz.feedback}
    metadata = {"license": "U", "authorComments": pack(kept)}
    return QuestionSet(QUESTION_SET, (QUESTION_SET, *sorted(used)), params, metadata)


def read_question_set(
    params: Mapping[str, Any], metadata: Mapping[str, Any]
) -> tuple[Quiz, tuple[Problem, ...]]:
    """The quiz in the parameters of a question set of any origin; ``metadata`` is its ``h5p.json``.

    Questions of other kinds are left out, each with a problem ``question_left_out``. Never raises.
    """
    kept = unpack(metadata.get("authorComments"))
    entries = params.get("questions")
    questions, problems = [], []
    for place, entry in enumerate(entries if isinstance(entries, list) else []):
        question = _read_question(entry) if isinstance(entry, Mapping) else None
        if question is None:
            library = str(_mapping(entry).get("library", ""))[:200]
            problems.append(
                Problem("question_left_out", f"questions[{place}]", {"library": library})
            )
        else:
            questions.append(question)
    quiz = Quiz(
        title=plain_text(metadata.get("title")),
        intro=_introduction(params),
        language=str(metadata.get("language") or "und")[:32],
        questions=tuple(questions),
        pass_percent=_percent(params.get("passPercentage")),
        attempts_allowed=_attempts(params, kept),
        feedback="end" if _mapping(params.get("override")).get("checkButton") is False else "each",
        shuffle=params.get("randomQuestions") is True,
    )
    return quiz, tuple(problems)


def _write_question(question: QuizQuestion, language: str) -> dict[str, Any]:
    library, params = CODERS[question.kind](question, language)
    shown = decode(str(library), params)
    kept = {"question": question_as_data(question), "digest": _digest(shown)}
    return {
        "library": str(library),
        "params": params,
        "subContentId": question.id if UUID.fullmatch(question.id) else _id_of(question),
        "metadata": {
            "title": question.text[:255],
            "license": "U",
            "authorComments": pack(kept),
        },
    }


def _read_question(entry: Mapping[str, Any]) -> QuizQuestion | None:
    shown = decode(entry.get("library"), _mapping(entry.get("params")))
    if shown is None:
        return None
    sub_content_id = str(entry.get("subContentId") or "")[:64]
    kept = unpack(_mapping(entry.get("metadata")).get("authorComments"))
    original = question_from_data(_mapping(kept.get("question")))
    if original is None:
        return replace(shown, id=sub_content_id)
    if kept.get("digest") == _digest(shown):
        return original
    hint = shown.hint or original.hint
    return replace(shown, id=original.id or sub_content_id, points=original.points, hint=hint)


def _digest(shown: DecodedQuestion | None) -> str:
    data = question_as_data(shown) if shown is not None else {}
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _id_of(question: QuizQuestion) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"opora-question:{question.id}:{question.text}"))


def _attempts(params: Mapping[str, Any], kept: Mapping[str, Any]) -> int | None:
    """Whether one may try again is what H5P knows; how often, what we have kept."""
    if _mapping(params.get("endGame")).get("showRetryButton") is False:
        return 1
    attempts = kept.get("attempts_allowed")
    return attempts if type(attempts) is int and attempts > 1 else None


def _introduction(params: Mapping[str, Any]) -> str:
    page = _mapping(params.get("introPage"))
    introduction = page.get("introduction")
    is_shown = page.get("showIntroPage") is True
    return introduction if is_shown and isinstance(introduction, str) else ""


def _percent(value: Any) -> int:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return max(0, min(100, round(value))) if is_number and value == value else 60


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
