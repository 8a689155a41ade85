"""Regular expressions that come from packages: used only where they cannot hang."""

import re
import warnings
from functools import lru_cache
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

LENGTH = 500
FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "u": 0}


@lru_cache(maxsize=256)
def read_pattern(source: str) -> re.Pattern[str] | None:
    """The pattern in ``/…/flags``, as PHP writes it, or in plain form.

    ``None`` where it is too long, no expression, or repeats what repeats already: ``(a+)+`` takes
    ages on some texts.
    """
    if len(source) > LENGTH:
        return None
    flags = 0
    if len(source) > 1 and not source[0].isalnum() and source[0] not in "\\([^.*":
        body, closing, letters = source[1:].rpartition(source[0])
        if closing and set(letters) <= set(FLAGS):
            source = body
            for letter in letters:
                flags |= FLAGS[letter]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed = parser.parse(source, flags)
            if _repeats(parsed, 0):
                return None
            return re.compile(source, flags)
    except (re.error, OverflowError, RecursionError, ValueError):
        return None


def _repeats(parsed: Any, outer: int) -> bool:
    """Whether an unbounded repeat lies inside another one, at any depth."""
    for operation, argument in parsed:
        inner = outer
        if operation in (constants.MAX_REPEAT, constants.MIN_REPEAT):
            inner += argument[1] > 20
            if inner > 1:
                return True
        if any(_repeats(part, inner) for part in _parts(argument)):
            return True
    return False


def _parts(argument: Any) -> list[Any]:
    """The sub-patterns in the argument of an operation."""
    if isinstance(argument, parser.SubPattern):
        return [argument]
    if isinstance(argument, list | tuple):
        return [part for one in argument for part in _parts(one)]
    return []
