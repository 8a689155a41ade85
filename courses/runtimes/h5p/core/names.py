"""Names of libraries: ``H5P.MultiChoice 1.16`` in content, ``H5P.MultiChoice-1.16`` on disk."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

MACHINE_NAME = re.compile(r"[A-Za-z0-9_.\-]{1,255}", re.ASCII)
VERSIONED = re.compile(r"([A-Za-z0-9_.\-]{1,255})[ \-]([0-9]{1,5})\.([0-9]{1,5})", re.ASCII)
NUMBER = re.compile(r"[0-9]{1,5}", re.ASCII)


class LibraryName(NamedTuple):
    """A library without its patch: this is what content and other libraries ask for."""

    name: str
    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.name} {self.major}.{self.minor}"

    @property
    def folder(self) -> str:
        """``Name-1.2``: where an exported package keeps it."""
        return f"{self.name}-{self.major}.{self.minor}"

    @classmethod
    def parse(cls, text: object) -> "LibraryName | None":
        """From ``Name 1.2`` or ``Name-1.2``; ``None`` where it is neither."""
        match = VERSIONED.fullmatch(text) if isinstance(text, str) else None
        return cls(match[1], int(match[2]), int(match[3])) if match else None

    @classmethod
    def read(cls, data: object) -> "LibraryName | None":
        """From ``{"machineName": "Name", "majorVersion": 1, "minorVersion": "2"}``."""
        if not isinstance(data, Mapping):
            return None
        name = data.get("machineName")
        major, minor = (
            version_number(data.get("majorVersion")),
            version_number(data.get("minorVersion")),
        )
        if not is_machine_name(name) or major is None or minor is None:
            return None
        return cls(str(name), major, minor)

    def as_dependency(self) -> dict[str, Any]:
        """The entry of a list of dependencies in ``h5p.json`` or ``library.json``."""
        return {"machineName": self.name, "majorVersion": self.major, "minorVersion": self.minor}


def is_machine_name(value: object) -> bool:
    return isinstance(value, str) and MACHINE_NAME.fullmatch(value) is not None


def version_number(value: object) -> int | None:
    """0–99999 from a whole number or its digits; packages have both. Anything else is ``None``."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if 0 <= value <= 99_999 else None
    if isinstance(value, str) and NUMBER.fullmatch(value.strip()):
        return int(value)
    return None
