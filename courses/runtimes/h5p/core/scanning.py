"""What a content type can do, read off its scripts without running them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

CHARACTERS = 4_000_000
"""How much of each script is read."""

SCORED = re.compile(r"\btriggerXAPI(?:Scored|Completed)\s*\(")
NAMED = re.compile(
    r"\b(?:triggerXAPI|createXAPIEventTemplate)\s*\(\s*['\"`](?:answered|completed|passed|mastered)\b"
)
CALLED = re.compile(r"\(\s*['\"`](?:answered|completed)['\"`]")
CONSTRUCTED = re.compile(r"\bcreateXAPIEventTemplate\s*\(\s*[^'\"`\s)]")
ASSIGNED = re.compile(r"\bsetVerb\s*\(\s*['\"`](?:answered|completed)\b")
STATE = re.compile(r"\bgetCurrentState\b")
DATA = re.compile(r"\bgetXAPIData\b")
EVENTS = re.compile(r"\b(?:XAPIEvent|setScoredResult)\b|\btriggerXAPI\s*\(\s*[^'\"`\s)]")


@dataclass(frozen=True, slots=True)
class Capabilities:
    """``None`` is unknown: the scripts do something of the kind, though not plainly this."""

    reports_results: bool | None
    resumes: bool | None


def capabilities(scripts: Iterable[str]) -> Capabilities:
    """From the sources of a library's preloaded scripts; without a script nothing is known.

    Results are reported where a script sends a scored, answered or completed statement itself;
    ``getXAPIData`` alone serves a parent. States resume where ``getCurrentState`` is there.
    """
    sources = [source[:CHARACTERS] for source in scripts]
    if not sources:
        return Capabilities(None, None)
    return Capabilities(_reports(sources), any(map(STATE.search, sources)))


def _reports(sources: list[str]) -> bool | None:
    if _any(sources, SCORED, NAMED, ASSIGNED):
        return True
    if _any(sources, CONSTRUCTED) and _any(sources, CALLED):
        return True
    return None if _any(sources, CONSTRUCTED, DATA, EVENTS) else False


def _any(sources: list[str], *patterns: re.Pattern[str]) -> bool:
    return any(pattern.search(source) for pattern in patterns for source in sources)
