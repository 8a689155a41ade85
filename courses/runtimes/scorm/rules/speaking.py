"""What a package's scripts give away: whether they speak to us at all, and go on where one was."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

ENDINGS = (".js", ".mjs", ".htm", ".html", ".xhtml")
MOST_BYTES = 5 * 1024 * 1024
"""Of one file; names stand in small ones or, packed by a program, in one that is not larger."""
REPORTS = re.compile(rb"LMSInitialize|API_1484_11")
RESUMES = re.compile(rb"cmi\.suspend_data|cmi\.core\.lesson_location|cmi\.location")


@dataclass(frozen=True, slots=True)
class Speaking:
    """``True`` where the name of it stands somewhere; ``None``: nobody knows."""

    reports: bool | None = None
    resumes: bool | None = None


def may_speak(name: str, size: int) -> bool:
    """Whether the file may hold scripts."""
    return name.lower().endswith(ENDINGS) and size <= MOST_BYTES


def speaking(sources: Iterable[bytes]) -> Speaking:
    """What stands in the ``sources``; they are read until all is found."""
    reports: bool | None = None
    resumes: bool | None = None
    for source in sources:
        reports = reports or bool(REPORTS.search(source)) or None
        resumes = resumes or bool(RESUMES.search(source)) or None
        if reports and resumes:
            break
    return Speaking(reports, resumes)
