"""Answers to questions: their form by the type of the question, and what a teacher reads of them.

2004 joins parts with ``[,]``, pairs with ``[.]``, ranges with ``[:]``, and puts ``{lang=…}``,
``{case_matters=…}`` and ``{order_matters=…}`` in front (RTE 4.2.9.1); 1.2 uses ``,`` and ``.``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

from courses.runtimes.scorm.core.formats import (
    decimal_of,
    language,
    long_identifier,
    short_identifier,
)

_PREFIX = re.compile(r"\{(lang|case_matters|order_matters)=([^}]*)\}")
_FROM_TOOLS = re.compile(r"^urn:scormdriver:", re.IGNORECASE)
MOST_READABLE = 1000
"""Characters of an answer as a teacher reads it."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How a type of question writes its answers.

    ``most`` parts between ``[,]`` (``None`` for a type that has none), each one ``part``; ``pairs``
    are two of them around ``[.]``. ``prefixes`` are allowed in front.
    """

    part: Callable[[str], object]
    most: int | None = None
    pairs: bool = False
    prefixes: frozenset[str] = frozenset()
    distinct: bool = False


def _anything(text: str) -> str | None:
    return text if len(text) <= 4000 else None


def _step(text: str) -> str | None:
    return text if len(text) <= 250 else None


def _truth(text: str) -> str | None:
    return text if text in ("true", "false") else None


_FORMS = {
    "true-false": _Form(_truth),
    "choice": _Form(long_identifier, 36, distinct=True),
    "fill-in": _Form(_step, 10, prefixes=frozenset({"lang"})),
    "long-fill-in": _Form(_anything, prefixes=frozenset({"lang"})),
    "matching": _Form(short_identifier, 36, pairs=True),
    "performance": _Form(_step, 250, pairs=True),
    "sequencing": _Form(short_identifier, 36),
    "likert": _Form(short_identifier),
    "numeric": _Form(decimal_of),
    "other": _Form(_anything),
}
_PATTERN_PREFIXES = {
    "fill-in": frozenset({"lang", "case_matters", "order_matters"}),
    "long-fill-in": frozenset({"lang", "case_matters"}),
    "performance": frozenset({"order_matters"}),
}


def is_response_2004(kind: str, text: str, *, is_pattern: bool = False) -> bool:
    """Whether ``text`` answers a question of ``kind``; with ``is_pattern``, is a right answer."""
    form = _FORMS[kind]
    allowed = _PATTERN_PREFIXES.get(kind, form.prefixes) if is_pattern else form.prefixes
    rest = _without_prefixes(text, allowed)
    if rest is None:
        return False
    if kind == "numeric" and is_pattern and "[:]" in rest:
        ends = [part.strip() for part in rest.split("[:]")]
        numbers = [decimal_of(end) for end in ends if end]
        if len(ends) != 2 or None in numbers:
            return False
        return len(numbers) < 2 or numbers[0] <= numbers[1]  # type: ignore[operator]
    parts = [rest] if form.most is None else rest.split("[,]")
    if form.most is not None and len(parts) > form.most:
        return False
    if kind in ("choice", "sequencing") and rest == "":
        return True
    if form.distinct and len(set(parts)) < len(parts):
        return False
    return all(_is_part(form, part) for part in parts)


def _is_part(form: _Form, part: str) -> bool:
    if form.pairs:
        ends = part.split("[.]")
        if len(ends) != 2:
            return False
        if form.part is _step:
            return any(ends) and all(_step(end) is not None for end in ends)
        return all(form.part(end) is not None for end in ends)
    if "lang" in form.prefixes:
        rest = _without_prefixes(part, form.prefixes)
        return rest is not None and form.part(rest) is not None
    return form.part(part) is not None


def _without_prefixes(text: str, allowed: frozenset[str]) -> str | None:
    """The text behind its prefixes; ``None`` for a prefix with a value that it cannot have."""
    while allowed and (match := _PREFIX.match(text)) and match[1] in allowed:
        if match[1] == "lang":
            if language(match[2]) is None:
                return None
        elif match[2] not in ("true", "false"):
            return None
        text = text[match.end() :]
    return text


_SINGLE = r"[0-9A-Za-z]"
_WORDS_12 = {
    "true-false": re.compile(r"[01tfTF].*", re.DOTALL),
    "choice": re.compile(rf"\{{?{_SINGLE}(?:,{_SINGLE})*\}}?"),
    "matching": re.compile(rf"\{{?{_SINGLE}\.{_SINGLE}(?:,{_SINGLE}\.{_SINGLE})*\}}?"),
    "sequencing": re.compile(rf"{_SINGLE}(?:,{_SINGLE})*"),
    "likert": re.compile(rf"{_SINGLE}?"),
}


def is_response_12(kind: str, text: str) -> bool:
    """The same for 1.2, by the letter (RTE 3.4.2.7): single signs between commas."""
    if len(text) > 255:
        return False
    if kind == "numeric":
        return decimal_of(text) is not None
    pattern = _WORDS_12.get(kind)
    return pattern is None or pattern.fullmatch(text) is not None


def readable(kind: str, text: str, *, is_2004: bool) -> str:
    """An answer without its signs: commas between parts, arrows in pairs, dashes in ranges."""
    while match := _PREFIX.match(text):
        text = text[match.end() :]
    if kind in ("long-fill-in", "other") or (kind == "fill-in" and not is_2004):
        return _plain(text)
    between, inside = ("[,]", "[.]") if is_2004 else (",", ".")
    if not is_2004 and kind in ("choice", "matching", "sequencing"):
        text = text.strip().removeprefix("{").removesuffix("}")
    if kind == "numeric":
        low, sign, high = text.partition("[:]" if is_2004 else ":")
        return _plain(f"{low or '…'} – {high or '…'}" if sign and low != high else low or high)
    if kind == "true-false":
        return {"t": "true", "1": "true", "f": "false", "0": "false"}.get(text.lower(), text)[:20]
    parts = text.split(between) if kind != "likert" else [text]
    if kind in ("matching", "performance"):
        pairs = (part.partition(inside) for part in parts)
        shown = [f"{_name(left)} → {_name(right)}" if sign else _name(left)
                 for left, sign, right in pairs]  # fmt: skip
        return _plain("; ".join(shown))
    return _plain(", ".join(_name(part) for part in parts))


def _name(text: str) -> str:
    """An identifier as its author wrote it: without the tool's prefix and the escapes of URIs."""
    while match := _PREFIX.match(text):
        text = text[match.end() :]
    stripped = _FROM_TOOLS.sub("", text.strip())
    return unquote(stripped).replace("_", " ") if stripped != text.strip() else unquote(stripped)


def _plain(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(shown.split())[:MOST_READABLE]
