"""Questions as the editor's blocks store them."""

from typing import Any

from courses.quizzes.rules import Quiz, read_question, read_quiz

SECRET = "ТАЙНА"
"""Stands in every explanation, so that a leak can be seen."""


def listed(values: list[Any]) -> list[dict[str, Any]]:
    """A raw ListBlock."""
    return [{"type": "item", "id": f"id-{n}", "value": value} for n, value in enumerate(values, 1)]


def options(*texts: str) -> list[dict[str, Any]]:
    """Raw options; those that start with ``+`` are right."""
    return listed(
        [
            {
                "text": text.removeprefix("+"),
                "correct": text.startswith("+"),
                "explanation": f"{SECRET} {text}",
            }
            for text in texts
        ]
    )


VALUES: dict[str, dict[str, Any]] = {
    "single": {"options": options("123456", "+Лиса-7-Гитара-Снег!", "qwerty")},
    "multiple": {"options": options("+адрес", "+телефон", "+школа", "любимый цвет")},
    "true_false": {
        "answer": False,
        "explanation_if_true": f"{SECRET} копии остаются",
        "explanation_if_false": f"{SECRET} копии и правда остаются",
    },
    "match": {
        "pairs": listed(
            [
                {"left": "фишинг", "right": "обман"},
                {"left": "геометка", "right": "место на фото"},
                {"left": "спам", "right": "ненужная рассылка"},
            ]
        )
    },
    "order": {"items": listed(["не отвечать", "сохранить", "рассказать", "заблокировать"])},
    "number": {"answer": "12.5", "tolerance": "0.1", "unit": "м"},
    "short_text": {"answers": listed(["Ёжик в тумане", "ёжик"])},
}
KINDS = sorted(VALUES)


def question(kind: str, **changes: Any) -> Any:
    """A ``Question`` of ``kind`` from its raw value, with some fields changed."""
    value = {
        "text": "О чём вопрос?",
        "hint": "Подумай",
        "explanation": f"{SECRET} объяснение",
        "points": 1,
        **VALUES[kind],
        **changes,
    }
    return read_question(f"q-{kind}", kind, value)


def right_response(asked: Any) -> dict[str, Any]:
    """The response that deserves everything."""
    match asked.kind:
        case "match":
            return {"pairs": {pair.id: pair.id for pair in asked.pairs}}
        case "order":
            return {"order": [item.id for item in asked.items]}
        case "number":
            return {"typed": "12,5"}
        case "short_text":
            return {"typed": "ежик"}
        case _:
            return {"chosen": [o.id for o in asked.options if o.correct]}


def form(asked: Any, response: dict[str, Any], seed: str) -> dict[str, list[str]]:
    """The form that a page of this attempt would send for ``response``."""
    match asked.kind:
        case "match":
            return {
                f"match-{asked.token(seed, left, 'left')}": [asked.token(seed, right, "right")]
                for left, right in response["pairs"].items()
            }
        case "order":
            return {
                f"order-{asked.token(seed, item)}": [str(place)]
                for place, item in enumerate(response["order"], 1)
            }
        case "number" | "short_text":
            return {"answer": [response["typed"]]}
        case _:
            return {"answer": [asked.token(seed, chosen) for chosen in response["chosen"]]}


WRONG: dict[str, dict[str, Any]] = {
    "single": {"chosen": ["id-1"]},
    "multiple": {"chosen": ["id-1", "id-4"]},
    "true_false": {"chosen": ["true"]},
    "match": {"pairs": {"id-1": "id-2", "id-2": "id-1", "id-3": "id-3"}},
    "order": {"order": ["id-2", "id-1", "id-3", "id-4"]},
    "number": {"typed": "7"},
    "short_text": {"typed": "ёж"},
}
"""A response of each kind that is not, or not wholly, right."""


def right_form(asked: Any, seed: str) -> dict[str, list[str]]:
    return form(asked, right_response(asked), seed)


def wrong_form(asked: Any, seed: str) -> dict[str, list[str]]:
    return form(asked, WRONG[asked.kind], seed)


def whole_quiz() -> Quiz:
    """One question of each kind."""
    return read_quiz(
        {
            "title": "",
            "pass_percent": 70,
            "attempts_allowed": 3,
            "feedback": "each",
            "shuffle": False,
            "questions": [
                {"type": kind, "id": f"q-{kind}", "value": {"text": "О чём?", **VALUES[kind]}}
                for kind in KINDS
            ],
        }
    )
