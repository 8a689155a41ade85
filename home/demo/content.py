"""The words and files of the demonstration, as they lie beside this module."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
MEDIA = FOLDER / "media"
COURSES = ("safe_internet", "choose_a_club")


@cache
def contents(name: str) -> dict[str, Any]:
    """The file ``<name>.toml`` of the demonstration; its own header says what is in it."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def course_contents() -> list[dict[str, Any]]:
    """Both courses: facts, modules, lessons, steps."""
    return [contents(f"courses/{name}") for name in COURSES]
