"""The words of a recording and their moments, read from a file of captions.

The format is WebVTT (https://www.w3.org/TR/webvtt1/). A file comes from outside: whatever is not
a cue with words is left out, and nothing is refused.
"""

import re
from dataclasses import dataclass
from html import unescape

MOST_CUES = 3_000
BLANK_LINES = re.compile(r"\n[ \t]*\n")
BEGINNING = re.compile(r"[ \t]*(?:(\d{1,4}):)?(\d{2}):(\d{2})\.(\d{3})[ \t]+-->")
TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said from ``seconds`` of the recording on."""

    seconds: float
    words: str

    @property
    def clock(self) -> str:
        """``"1:05"``, as players show a moment; ``"1:00:05"`` from the first hour on."""
        minutes, seconds = divmod(int(self.seconds), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def cues_of(text: str) -> tuple[Cue, ...]:
    """The cues of a WebVTT text in the order of their moments, at most ``MOST_CUES``."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    found = [cue for block in BLANK_LINES.split(lines) if (cue := _cue(block.strip("\n")))]
    return tuple(sorted(found, key=lambda cue: cue.seconds)[:MOST_CUES])


def _cue(block: str) -> Cue | None:
    """The cue of a block; its moment is in the first line, or in the second below a name."""
    lines = block.split("\n")
    for number, line in enumerate(lines[:2], start=1):
        if moment := BEGINNING.match(line):
            hours, minutes, seconds, thousandths = (int(part or 0) for part in moment.groups())
            said = TAG.sub("", " ".join(lines[number:]))
            words = " ".join(unescape(said).split())
            at = 3600 * hours + 60 * minutes + seconds + thousandths / 1000
            return Cue(at, words) if words else None
    return None
