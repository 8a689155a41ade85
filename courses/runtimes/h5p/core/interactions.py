"""One question of a result: what was asked, what the learner said, what is right, in words.

Sources: xAPI 1.0.3, part 2, 2.4.4.1 (interaction activities); H5P's additions as its content types
send them (``https://h5p.org/x-api/alternatives``; matching of H5P.DragQuestion).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from courses.runtimes.h5p.core.readable import in_any_language, typed_text

ITEMS = 200
"""How many choices, answers or pairs of one question are read."""

SEPARATOR, PAIR = "[,]", "[.]"
PREFIX = re.compile(r"^(?:\{(?:case_matters|order_matters|lang)=[A-Za-z-]{1,20}\})+")
ALTERNATIVES = ("https://h5p.org/x-api/alternatives", "http://h5p.org/x-api/alternatives")
TARGET_FIRST = frozenset({"H5P.DragQuestion"})
"""These write a pair as target[.]source, though xAPI says source[.]target."""


class InteractionKind(StrEnum):
    """The kinds a teacher's report tells apart."""

    CHOICE = "choice"
    TRUE_FALSE = "true-false"
    FILL_IN = "fill-in"
    LONG_FILL_IN = "long-fill-in"
    MATCHING = "matching"
    SEQUENCING = "sequencing"
    COMPOUND = "compound"
    OTHER = "other"


KNOWN = frozenset(kind.value for kind in InteractionKind) | {"performance", "likert", "numeric"}


@dataclass(frozen=True, slots=True)
class Interaction:
    """``given`` and ``right`` are lines of plain text, an answer or a pair each.

    For true-false a line is ``true`` or ``false``; a pair reads ``left — right``; several accepted
    answers of one gap are joined by `` / ``.
    """

    kind: InteractionKind
    given: tuple[str, ...]
    right: tuple[str, ...]


def read_interaction(
    definition: Mapping[str, Any], response: Any, library: str = ""
) -> Interaction:
    """``definition`` of the activity, ``response`` of the result, machine name of the library."""
    kind = _kind(definition.get("interactionType"))
    said = response[:20_000] if isinstance(response, str) else ""
    patterns = _texts(definition.get("correctResponsesPattern"))
    if kind is InteractionKind.CHOICE:
        names = _components(definition.get("choices"))
        return Interaction(kind, _named(said, names), _any_named(patterns, names))
    if kind is InteractionKind.SEQUENCING:
        names = _components(definition.get("choices"))
        return Interaction(kind, _named(said, names), _any_named(patterns[:1], names))
    if kind is InteractionKind.MATCHING:
        sides = (_components(definition.get("source")), _components(definition.get("target")))
        target_first = library in TARGET_FIRST
        right = patterns[0] if patterns else ""
        return Interaction(
            kind, _pairs(said, *sides, target_first), _pairs(right, *sides, target_first)
        )
    if kind is InteractionKind.FILL_IN:
        return Interaction(kind, _gaps(said), _accepted(definition, patterns))
    if kind is InteractionKind.COMPOUND:
        return Interaction(kind, (), ())
    right_texts = tuple(filter(None, (typed_text(_bare(text)) for text in patterns)))
    return Interaction(kind, tuple(filter(None, [typed_text(_bare(said))])), right_texts)


def _kind(value: Any) -> InteractionKind:
    try:
        return InteractionKind(value)
    except ValueError:
        return InteractionKind.OTHER


def _components(value: Any) -> dict[str, str]:
    """Descriptions by id, of ``choices``, ``source`` or ``target``."""
    found = {}
    for one in value[:ITEMS] if isinstance(value, list) else ():
        if isinstance(one, Mapping) and isinstance(one.get("id"), str | int):
            found[str(one["id"])] = in_any_language(one.get("description"))
    return found


def _named(text: str, names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names.get(part) or typed_text(part) for part in _parts(text))


def _any_named(patterns: list[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """The right choices: one pattern with all of them, or several with one each."""
    parts = dict.fromkeys(part for text in patterns for part in _parts(text))
    return tuple(names.get(part) or typed_text(part) for part in parts)


def _pairs(
    text: str, source: Mapping[str, str], target: Mapping[str, str], target_first: bool
) -> tuple[str, ...]:
    lines = []
    for part in _parts(text):
        first, _, second = part.partition(PAIR)
        turned = first in target and second in source
        straight = first in source and second in target
        if turned and (target_first or not straight):
            first, second = second, first
        left = source.get(first) or typed_text(first)
        right = target.get(second) or typed_text(second)
        lines.append(f"{left} — {right}")
    return tuple(lines)


def _gaps(text: str) -> tuple[str, ...]:
    """What was typed gap by gap; a gap in the middle that was left empty stays an empty line."""
    gaps = [typed_text(part) for part in _bare(text).split(SEPARATOR)[:ITEMS]]
    return tuple(gaps) if any(gaps) else ()


def _accepted(definition: Mapping[str, Any], patterns: list[str]) -> tuple[str, ...]:
    extensions = definition.get("extensions")
    known = extensions if isinstance(extensions, Mapping) else {}
    for key in ALTERNATIVES:
        gaps = known.get(key)
        if isinstance(gaps, list) and gaps:
            return tuple(" / ".join(filter(None, map(typed_text, _texts(g)))) for g in gaps[:ITEMS])
    ways = [_gaps(text) for text in patterns]
    if len({len(way) for way in ways}) != 1:
        return ways[0] if ways else ()
    return tuple(" / ".join(dict.fromkeys(filter(None, gap))) for gap in zip(*ways, strict=True))


def _parts(text: str) -> list[str]:
    return [part for part in _bare(text).split(SEPARATOR) if part][:ITEMS]


def _bare(text: str) -> str:
    """Without ``{case_matters=false}`` and its like."""
    return PREFIX.sub("", text)


def _texts(value: Any) -> list[str]:
    entries = [value] if isinstance(value, str) else value
    return [one for one in entries if isinstance(one, str)] if isinstance(entries, list) else []
