"""Reading an archive through a small door, so that the core never touches a disk."""

import json
import math
import re
from collections.abc import Collection
from typing import Any, BinaryIO, NoReturn, Protocol

from courses.runtimes.h5p.core.problems import Problem

JSON_BYTES = 16 * 1024 * 1024
"""The largest JSON file that is read; real ``content.json`` files reach about 2 MB."""

JSON_DEPTH = 200
"""How deeply values may be nested; a branching Course Presentation reaches about 40."""

CONTENT_ENDINGS = frozenset(
    [
        "json",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "bmp",
        "tif",
        "tiff",
        "eot",
        "ttf",
        "woff",
        "woff2",
        "otf",
        "webm",
        "mp4",
        "ogg",
        "mp3",
        "m4a",
        "wav",
        "txt",
        "pdf",
        "rtf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "odt",
        "ods",
        "odp",
        "csv",
        "diff",
        "patch",
        "swf",
        "md",
        "textile",
        "vtt",
        "webvtt",
        "gltf",
        "glb",
    ]
)
"""What content may consist of: the list of H5P core."""

LIBRARY_ENDINGS = CONTENT_ENDINGS | {"js", "css", "svg", "xml"}
"""What a library may consist of."""

HIDDEN = re.compile(r"(?:^|[/\\])[._]")
ODD_ESCAPE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
"""NUL and halves of surrogate pairs: no database and no UTF-8 takes them."""


class Files(Protocol):
    """The files of one archive; names use ``/`` and end without one."""

    def names(self) -> Collection[str]: ...

    def size(self, name: str) -> int:
        """Bytes, unpacked."""

    def open(self, name: str) -> BinaryIO: ...


class Unreadable(Exception):
    """A JSON file that cannot be used; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def is_hidden(name: str) -> bool:
    """Whether a part of the path starts with ``.`` or ``_``: H5P leaves such entries unread."""
    return HIDDEN.search(name) is not None


def ending(name: str) -> str:
    """What follows the last point of the file's own name, in lower case; ``""`` without one."""
    return name.rpartition("/")[2].rpartition(".")[2].lower() if "." in name else ""


def read_json(files: Files, name: str) -> Any:
    """The value in the JSON file ``name``; a byte order mark is passed over.

    Raises:
        Unreadable: too large, no JSON, not UTF-8, or nested deeper than :data:`JSON_DEPTH`.
    """
    if files.size(name) > JSON_BYTES:
        raise Unreadable(Problem("too_big_json", name, {"limit": JSON_BYTES}))
    with files.open(name) as stream:
        data = stream.read(JSON_BYTES + 1)
    if len(data) > JSON_BYTES:
        raise Unreadable(Problem("too_big_json", name, {"limit": JSON_BYTES}))
    try:
        text = data.decode("utf-8-sig")
        value = json.loads(text, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Unreadable(Problem("bad_json", name, {"reason": _reason(error)})) from error
    if is_deeper(value, JSON_DEPTH):
        raise Unreadable(Problem("bad_json", name, {"reason": "too deep"}))
    return storable(value) if ODD_ESCAPE.search(text) or "\0" in text else value


def storable(value: Any) -> Any:
    """``value`` without the characters that cannot be stored; nested at most JSON_DEPTH levels."""
    if isinstance(value, str):
        return UNSTORABLE.sub("", value)
    if isinstance(value, list):
        return [storable(one) for one in value]
    if isinstance(value, dict):
        return {UNSTORABLE.sub("", key): storable(one) for key, one in value.items()}
    return value


def is_deeper(value: Any, limit: int) -> bool:
    """Whether lists and objects in ``value`` are nested more than ``limit`` levels."""
    level = [value]
    for _ in range(limit + 1):
        level = [child for one in level for child in _children(one)]
        if not level:
            return False
    return True


def _children(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _no_constant(name: str) -> NoReturn:
    """``NaN`` and ``Infinity`` are no JSON, though Python reads them."""
    raise ValueError(f"{name} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:40]} is too large a number")
    return number


def _reason(error: Exception) -> str:
    return "too deep" if isinstance(error, RecursionError) else str(error)[:200]
