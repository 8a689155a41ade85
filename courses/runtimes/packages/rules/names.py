"""Names of files in an archive: how they are written, and which of them could do harm."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from courses.runtimes.packages.rules.problems import Problem

LONGEST_NAME = 500
NESTED = frozenset(
    {"7z", "apk", "arj", "bz2", "cab", "gz", "h5p", "iso", "jar", "lz", "lz4", "lzma", "rar"}
    | {"tar", "tbz", "tgz", "txz", "war", "xz", "z", "zip", "zst"}
)
"""Endings of archives. Office documents are archives too, but nothing here ever unpacks them."""

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
DRIVE = re.compile(r"[A-Za-z]:")
TWO_RUSSIAN_LETTERS = re.compile(rb"[\x80-\xaf\xe0-\xf1]{2}")


def decoded(raw: bytes, *, is_utf8: bool) -> str | None:
    """The name that an archive keeps as ``raw``; ``None`` where UTF-8 was promised and is broken.

    Without the promise the standard says code page 437, but macOS writes UTF-8 and Windows in
    Russian code page 866; the latter shows by two letters of it in a row.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        if is_utf8:
            return None
    return raw.decode("cp866" if TWO_RUSSIAN_LETTERS.search(raw) else "cp437")


def name_problems(name: str) -> Iterator[Problem]:
    """Why a file must not be called so; ``name`` may be a folder's, with its ``/`` at the end."""
    if CONTROL.search(name):
        yield Problem("control_character", shown(name))
    if "\\" in name:
        yield Problem("backslash", shown(name))
    if DRIVE.match(name):
        yield Problem("drive_letter", shown(name))
    if name.startswith("/"):
        yield Problem("absolute_path", shown(name))
    parts = name.removeprefix("/").removesuffix("/").split("/")
    if ".." in parts:
        yield Problem("parent_path", shown(name))
    if "" in parts or "." in parts or len(name) > LONGEST_NAME:
        yield Problem("odd_name", shown(name))


def is_nested_archive(name: str) -> bool:
    """Whether the ending promises an archive in the archive."""
    return name.rpartition(".")[2].lower() in NESTED


def collisions(names: Iterable[str]) -> Iterator[Problem]:
    """Names that are there twice, or would be one and the same file on some computers.

    A file that others treat as a folder is one of those.
    """
    first_by_key: dict[str, str] = {}
    for name in names:
        key = _key(name)
        if key not in first_by_key:
            first_by_key[key] = name
            continue
        first = first_by_key[key]
        if first.endswith("/") and name.endswith("/"):
            continue
        if first == name:
            yield Problem("repeated_name", shown(name))
        else:
            yield Problem("case_collision", shown(name), {"other": shown(first)})
    for key, name in first_by_key.items():
        parent = key.rpartition("/")[0]
        while parent:
            file = first_by_key.get(parent, "/")
            if not file.endswith("/"):
                yield Problem("case_collision", shown(name), {"other": shown(file)})
            parent = parent.rpartition("/")[0]


def _key(name: str) -> str:
    """What file systems that forgive case and the way of writing ``й`` take the name for."""
    return unicodedata.normalize("NFC", name.removesuffix("/")).casefold()


def shown(name: str) -> str:
    """The name for a person to read: control characters as ``\\x00``, not too long."""
    short = name if len(name) <= 200 else f"{name[:120]}…{name[-60:]}"
    return CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", short)
