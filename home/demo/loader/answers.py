"""The form that a learner would send to answer a question, right or wrong."""

from collections.abc import Mapping
from typing import Any

Form = dict[str, list[str]]

NOT_KNOWN = "не знаю"


def form_for(question: Any, seed: str, *, right: bool) -> Form:
    """The answer to ``question`` in the attempt with the secret ``seed``.

    A wrong answer earns nothing, so that the score of an attempt is the share of right ones.
    """
    match question.kind:
        case "single" | "multiple" | "true_false":
            return _choice(question, seed, right)
        case "match":
            return _match(question, seed, right)
        case "order":
            return _order(question, seed, right)
        case "number":
            wrong = question.answer + question.tolerance + 1
            return {"answer": [str(question.answer if right else wrong)]}
        case _:
            return {"answer": [question.answers[0] if right else NOT_KNOWN]}


def _choice(question: Any, seed: str, right: bool) -> Form:
    chosen = [option for option in question.options if option.correct == right]
    if not right:
        chosen = chosen[:1]
    return {"answer": [question.token(seed, option.id) for option in chosen]}


def _match(question: Any, seed: str, right: bool) -> Form:
    view = question.learner_view(seed)
    tokens = {option.text: option.token for option in view.options}
    answers: Mapping[str, str] = {pair.left: pair.right for pair in question.pairs}
    said = [answers[row.text] for row in view.rows]
    if not right:
        said = said[1:] + said[:1]
    return {row.name: [tokens[text]] for row, text in zip(view.rows, said, strict=True)}


def _order(question: Any, seed: str, right: bool) -> Form:
    view = question.learner_view(seed)
    lines = [item.text for item in question.items]
    shift = 0 if right else 1
    return {row.name: [str((lines.index(row.text) + shift) % len(lines) + 1)] for row in view.rows}
