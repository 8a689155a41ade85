"""Each kind of question as parameters of the H5P content type that can show it, and back."""

import html
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from courses.runtimes.h5p.core.names import LibraryName
from courses.runtimes.h5p.core.questionset_quiz import Item, Option, Pair, QuizQuestion
from courses.runtimes.h5p.core.questionset_words import words
from courses.runtimes.h5p.core.readable import plain_text

LIBRARIES: Mapping[str, LibraryName] = {
    "choice": LibraryName("H5P.MultiChoice", 1, 16),
    "true_false": LibraryName("H5P.TrueFalse", 1, 8),
    "blanks": LibraryName("H5P.Blanks", 1, 14),
    "drag": LibraryName("H5P.DragText", 1, 10),
}
ALIKE = str.maketrans({"*": "∗", "/": "∕", ":": "∶", "\\": "∖"})
"""Characters that mean something inside the gaps of Blanks and DragText, and their doubles."""

UNLIKE = str.maketrans({"∗": "*", "∕": "/", "∶": ":", "∖": "\\"})
GAP = re.compile(r"\*([^*\n]+)\*")
NUMBERED = re.compile(r"([0-9]{1,3})\. *\*([^*\n]+)\*")
RETRY = {"enableRetry": True, "enableSolutionsButton": True}

Coder = Callable[[QuizQuestion, str], tuple[LibraryName, dict[str, Any]]]
DecodedQuestion = QuizQuestion


def _write_choice(question: QuizQuestion, language: str) -> tuple[LibraryName, dict[str, Any]]:
    answers = [
        {
            "text": _block("div", option.text),
            "correct": option.correct,
            "tipsAndFeedback": {
                "tip": "",
                "chosenFeedback": _block("div", option.explanation),
                "notChosenFeedback": "",
            },
        }
        for option in question.options
    ]
    behaviour = {
        **RETRY,
        "enableCheckButton": True,
        "type": "single" if question.kind == "single" else "multi",
        "singlePoint": False,
        "randomAnswers": True,
        "showSolutionsRequiresInput": True,
    }
    return LIBRARIES["choice"], {
        "question": _block("p", question.text),
        "answers": answers,
        "overallFeedback": _feedback(question),
        "behaviour": behaviour,
        "UI": words("choice", language),
    }


def _write_true_false(question: QuizQuestion, language: str) -> tuple[LibraryName, dict[str, Any]]:
    by_id = {option.id: option for option in question.options}
    is_true = "true" in by_id and by_id["true"].correct
    right, wrong = ("true", "false") if is_true else ("false", "true")
    said = {id_: option.explanation for id_, option in by_id.items()}
    return LIBRARIES["true_false"], {
        "question": _block("p", question.text),
        "correct": right,
        "behaviour": {
            **RETRY,
            "enableCheckButton": True,
            "feedbackOnCorrect": said.get(right) or question.explanation,
            "feedbackOnWrong": said.get(wrong, ""),
        },
        "l10n": words("true_false", language),
    }


def _write_blanks(question: QuizQuestion, language: str) -> tuple[LibraryName, dict[str, Any]]:
    if question.kind == "number":
        answers = dict.fromkeys([question.answer, question.answer.replace(".", ",")])
    else:
        answers = dict.fromkeys(question.answers)
    gap = "/".join(answer.translate(ALIKE) for answer in answers if answer.strip()) or " "
    tip = f":{question.hint.translate(ALIKE)}" if question.hint else ""
    said = " ".join(filter(None, [f"*{gap}{tip}*", question.unit]))
    text = f"<p>{_escaped(question.text.translate(ALIKE))}</p><p>{_escaped(said)}</p>"
    return LIBRARIES["blanks"], {
        **words("blanks", language),
        "questions": [text],
        "overallFeedback": _feedback(question),
        "behaviour": {
            **RETRY,
            "enableCheckButton": True,
            "caseSensitive": False,
            "acceptSpellingErrors": False,
        },
    }


def _write_drag(question: QuizQuestion, language: str) -> tuple[LibraryName, dict[str, Any]]:
    if question.kind == "order":
        rows = [(f"{place}.", item.text) for place, item in enumerate(question.items, start=1)]
    else:
        rows = [(pair.left.translate(ALIKE), pair.right) for pair in question.pairs]
    lines = [f"{_line(left)} *{_line(right).translate(ALIKE)}*" for left, right in rows]
    return LIBRARIES["drag"], {
        "taskDescription": _block("p", question.text),
        "textField": _escaped("\n".join(lines)),
        "overallFeedback": _feedback(question),
        "behaviour": {**RETRY, "enableCheckButton": True, "instantFeedback": False},
        **words("drag", language),
    }


CODERS: Mapping[str, Coder] = {
    "single": _write_choice,
    "multiple": _write_choice,
    "true_false": _write_true_false,
    "number": _write_blanks,
    "short_text": _write_blanks,
    "match": _write_drag,
    "order": _write_drag,
}


def decode(library: object, params: Mapping[str, Any]) -> DecodedQuestion | None:
    """The question in the parameters of any content type above, of any version; else ``None``.

    Nothing of ours is looked at: ids are counted, points are 1.
    """
    name = LibraryName.parse(library)
    reader = READERS.get(name.name) if name else None
    return reader(params) if reader else None


def _read_choice(params: Mapping[str, Any]) -> DecodedQuestion | None:
    options = []
    for place, answer in enumerate(_entries(params.get("answers")), start=1):
        feedback = _mapping(answer.get("tipsAndFeedback")).get("chosenFeedback")
        text, explanation = plain_text(answer.get("text")), plain_text(feedback)
        options.append(Option(f"place-{place}", text, answer.get("correct") is True, explanation))
    kind = _mapping(params.get("behaviour")).get("type")
    is_multiple = kind == "multi" or (kind != "single" and sum(o.correct for o in options) > 1)
    return QuizQuestion(
        kind="multiple" if is_multiple else "single",
        text=plain_text(params.get("question")),
        explanation=_said(params),
        options=tuple(options),
    )


def _read_true_false(params: Mapping[str, Any]) -> DecodedQuestion | None:
    is_true = params.get("correct") in ("true", True)
    behaviour = _mapping(params.get("behaviour"))
    right = plain_text(behaviour.get("feedbackOnCorrect"))
    wrong = plain_text(behaviour.get("feedbackOnWrong"))
    return QuizQuestion(
        kind="true_false",
        text=plain_text(params.get("question")),
        options=(
            Option("true", "true", is_true, right if is_true else wrong),
            Option("false", "false", not is_true, wrong if is_true else right),
        ),
    )


def _read_blanks(params: Mapping[str, Any]) -> DecodedQuestion | None:
    """One text with one gap is a question; more gaps are no question of a quiz."""
    texts = params.get("questions")
    if not isinstance(texts, list) or len(texts) != 1:
        return None
    text = plain_text(texts[0])
    gaps = GAP.findall(text)
    if len(gaps) != 1:
        return None
    solution, _, tip = gaps[0].partition(":")
    answers = tuple(part.strip().translate(UNLIKE) for part in solution.split("/") if part.strip())
    before, after = GAP.split(text)[0].strip(), GAP.split(text)[-1].strip()
    hint = tip.strip().translate(UNLIKE)
    asked = before.translate(UNLIKE)
    number = _number(answers)
    if number and len(after) <= 20:
        return QuizQuestion(
            kind="number",
            text=asked,
            hint=hint,
            explanation=_said(params),
            answer=number,
            unit=after,
        )
    asked = " … ".join(filter(None, [before, after])).translate(UNLIKE) if after else asked
    return QuizQuestion(
        kind="short_text", text=asked, hint=hint, explanation=_said(params), answers=answers
    )


def _read_drag(params: Mapping[str, Any]) -> DecodedQuestion | None:
    """Lines of ``left *right*``; numbered ones are an order. Gaps in running text are no match."""
    raw = params.get("textField")
    lines = html.unescape(raw).splitlines() if isinstance(raw, str) else []
    lines = [line.strip() for line in lines if line.strip()]
    text, explanation = plain_text(params.get("taskDescription")), _said(params)
    numbered = [NUMBERED.fullmatch(line) for line in lines]
    if lines and all(m and m[1] == str(n) for n, m in enumerate(numbered, start=1)):
        items = [Item(f"place-{n}", _answer(m[2])) for n, m in enumerate(numbered, start=1) if m]
        return QuizQuestion(kind="order", text=text, explanation=explanation, items=tuple(items))
    pairs = []
    for place, line in enumerate(lines, start=1):
        parts = GAP.split(line)
        if len(parts) != 3 or parts[2].strip() or not parts[0].strip():
            return None
        left = parts[0].strip().translate(UNLIKE)
        pairs.append(Pair(f"place-{place}", left, _answer(parts[1])))
    if not pairs:
        return None
    return QuizQuestion(kind="match", text=text, explanation=explanation, pairs=tuple(pairs))


READERS: Mapping[str, Callable[[Mapping[str, Any]], DecodedQuestion | None]] = {
    "H5P.MultiChoice": _read_choice,
    "H5P.TrueFalse": _read_true_false,
    "H5P.Blanks": _read_blanks,
    "H5P.DragText": _read_drag,
}


def _answer(gap: str) -> str:
    """A gap of DragText may end in ``:tip``."""
    return gap.partition(":")[0].strip().translate(UNLIKE)


def _number(answers: tuple[str, ...]) -> str:
    """The number, where all answers are ways of writing the same one; else ``""``."""
    try:
        values = {Decimal(answer.replace(",", ".").replace("−", "-")) for answer in answers}
    except InvalidOperation:
        return ""
    value = values.pop() if len(values) == 1 else None
    return f"{value:f}" if value is not None and value.is_finite() and abs(value) < 10**30 else ""


def _feedback(question: QuizQuestion) -> list[dict[str, Any]]:
    """The explanation is for those who got everything right: it may tell the answer."""
    if not question.explanation:
        return [{"from": 0, "to": 100}]
    return [{"from": 0, "to": 99}, {"from": 100, "to": 100, "feedback": question.explanation}]


def _said(params: Mapping[str, Any]) -> str:
    """The feedback for full marks."""
    for part in _entries(params.get("overallFeedback")):
        if part.get("to") == 100 and isinstance(part.get("feedback"), str):
            return plain_text(part["feedback"])
    return ""


def _block(tag: str, text: str) -> str:
    return f"<{tag}>{_escaped(text)}</{tag}>" if text else ""


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _line(text: str) -> str:
    return " ".join(text.split())


def _entries(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
