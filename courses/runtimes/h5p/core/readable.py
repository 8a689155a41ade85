"""Words for people out of what xAPI carries."""

import html
import re
from collections.abc import Mapping
from typing import Any

import nh3

LENGTH = 2_000
"""Descriptions and answers are cut there, in characters."""

TAGLESS = nh3.Cleaner(tags=set())
BREAKS = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr|/td)\b[^>]{0,100}>", re.IGNORECASE)
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
DURATION = re.compile(
    r"P(?:(?P<weeks>\d{1,6}(?:\.\d{1,9})?)W)?"
    r"(?:(?P<years>\d{1,3}(?:\.\d{1,9})?)Y)?(?:(?P<months>\d{1,4}(?:\.\d{1,9})?)M)?"
    r"(?:(?P<days>\d{1,6}(?:\.\d{1,9})?)D)?"
    r"(?P<time>T(?:(?P<hours>\d{1,7}(?:\.\d{1,9})?)H)?(?:(?P<minutes>\d{1,9}(?:\.\d{1,9})?)M)?"
    r"(?:(?P<seconds>\d{1,10}(?:\.\d{1,18})?)S)?)?",
    re.ASCII,
)
SECONDS: Mapping[str, int] = {
    "weeks": 604_800,
    "years": 31_536_000,
    "months": 2_592_000,
    "days": 86_400,
    "hours": 3_600,
    "minutes": 60,
    "seconds": 1,
}
LONGEST = 10 * SECONDS["years"]


def plain_text(value: Any) -> str:
    """``value`` without tags and entities, on one line, at most 2,000 characters."""
    if not isinstance(value, str):
        return ""
    broken = BREAKS.sub(" ", UNSTORABLE.sub(" ", value[: 4 * LENGTH]))
    text = html.unescape(TAGLESS.clean(broken))
    return " ".join(UNSTORABLE.sub(" ", text).split())[:LENGTH]


def typed_text(value: str) -> str:
    """What a learner typed: not HTML, so nothing of it is taken for a tag; lines are kept."""
    return UNSTORABLE.sub(" ", value[:LENGTH]).strip()


def in_any_language(value: Any) -> str:
    """The text of an xAPI language map; H5P calls every language ``en-US``."""
    if isinstance(value, Mapping):
        value = next((text for text in value.values() if isinstance(text, str) and text), "")
    return plain_text(value)


def seconds(value: Any) -> float | None:
    """An ISO 8601 duration in seconds, rounded to hundredths, at most ten years; else ``None``.

    A year counts 365 days, a month 30.
    """
    match = DURATION.fullmatch(value) if isinstance(value, str) and len(value) < 100 else None
    if match is None or match["time"] == "T":
        return None
    parts = {name: match[name] for name in SECONDS if match[name] is not None}
    total = sum(SECONDS[name] * float(number) for name, number in parts.items())
    return round(total, 2) if parts and total <= LONGEST else None
