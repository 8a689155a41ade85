"""A quiz as the question set codec sees it: plain questions, independent of whoever keeps them."""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

MARK = "opora:1:"
"""Starts a text in which something is kept for our own reading."""

UNPACKED = 1_000_000
"""The most bytes that a kept text may unpack to."""

KINDS = ("single", "multiple", "true_false", "match", "order", "number", "short_text")


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    text: str
    correct: bool = False
    explanation: str = ""


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
class QuizQuestion:
    """One question; all texts are plain.

    ``kind`` is one of :data:`KINDS`, and each kind uses its own part: ``options`` the first three
    (of true_false the ids are ``true`` and ``false``), ``pairs`` match, ``items`` order (they stand
    in the right order), ``answer`` (a decimal number as text, with a point), ``tolerance`` and
    ``unit`` number, ``answers`` short_text.
    """

    kind: str
    id: str = ""
    text: str
    hint: str = ""
    explanation: str = ""
    points: int = 1
    options: tuple[Option, ...] = ()
    pairs: tuple[Pair, ...] = ()
    items: tuple[Item, ...] = ()
    answer: str = ""
    tolerance: str = "0"
    unit: str = ""
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """``pass_percent`` 0–100; ``attempts_allowed`` ``None`` for any number.

    ``intro`` is HTML as its author wrote it: whoever shows it filters it. ``feedback`` is ``each``
    (after every answer) or ``end``.
    """

    title: str = ""
    intro: str = ""
    language: str = "ru"
    questions: tuple[QuizQuestion, ...] = ()
    pass_percent: int = 60
    attempts_allowed: int | None = None
    feedback: str = "each"
    shuffle: bool = False


def pack(value: Mapping[str, Any]) -> str:
    """``value`` as a text of letters and digits that passes any escaping unharmed."""
    data = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return MARK + base64.urlsafe_b64encode(zlib.compress(data, 9)).decode()


def unpack(text: object) -> dict[str, Any]:
    """What :func:`pack` has kept, or nothing where the text is another's or broken."""
    if not isinstance(text, str) or not text.startswith(MARK):
        return {}
    try:
        packed = base64.urlsafe_b64decode(text.removeprefix(MARK))
        unpacker = zlib.decompressobj()
        value = json.loads(unpacker.decompress(packed, UNPACKED))
    except (binascii.Error, ValueError, zlib.error, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def question_as_data(question: QuizQuestion) -> dict[str, Any]:
    """Without what is as by default."""
    plain = QuizQuestion(kind="", text="")
    kept = {name.name for name in fields(question)}
    data = {key: value for key, value in asdict(question).items() if key in kept}
    return {
        key: [list(one.values()) if isinstance(one, dict) else one for one in value]
        if isinstance(value, tuple | list)
        else value
        for key, value in data.items()
        if value != getattr(plain, key)
    }


def question_from_data(data: Mapping[str, Any]) -> QuizQuestion | None:
    """The question of :func:`question_as_data`; ``None`` where it is not one."""
    try:
        parts = {
            "options": tuple(Option(*one) for one in data.get("options", ())),
            "pairs": tuple(Pair(*one) for one in data.get("pairs", ())),
            "items": tuple(Item(*one) for one in data.get("items", ())),
            "answers": tuple(data.get("answers", ())),
        }
        question = QuizQuestion(**{"text": "", **data, **parts})
    except TypeError:
        return None
    return question if _is_whole(question) else None


def _is_whole(question: QuizQuestion) -> bool:
    """Whether each value has the type it is written down with."""
    texts: list[object] = [question.id, question.text, question.hint, question.explanation]
    texts += [question.answer, question.tolerance, question.unit, *question.answers]
    texts += [text for one in question.options for text in (one.id, one.text, one.explanation)]
    texts += [text for one in question.pairs for text in (one.id, one.left, one.right)]
    texts += [text for one in question.items for text in (one.id, one.text)]
    return (
        question.kind in KINDS
        and all(isinstance(text, str) for text in texts)
        and all(isinstance(one.correct, bool) for one in question.options)
        and type(question.points) is int
    )
