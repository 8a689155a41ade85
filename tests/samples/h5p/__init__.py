"""Tiny H5P content types of our own, and archives made of them.

``Opora.Choice`` is a question with a score and a state, ``Opora.Kit`` (of the demonstration) what
it stands on, ``Opora.Marker`` an add-on. ``archive`` builds any archive, sound or broken.
"""

import io
import json
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from home.demo.h5p import LIBRARIES as DEMO_LIBRARIES
from home.demo.h5p import game_package

HERE = Path(__file__).parent / "libraries"
CHOICE, MARKER = HERE / "Opora.Choice-1.0", HERE / "Opora.Marker-1.0"
KIT = DEMO_LIBRARIES / "Opora.Kit-1.0"
QUESTION: Mapping[str, Any] = {
    "question": "<p>Какие из этих сведений можно показать всем?</p>",
    "answers": [
        {"text": "Любимая книга", "correct": True},
        {"text": "Домашний адрес", "correct": False},
        {"text": "Любимый цвет", "correct": True},
    ],
}
H5P: Mapping[str, Any] = {
    "title": "Что можно показать",
    "language": "ru",
    "mainLibrary": "Opora.Choice",
    "embedTypes": ["iframe"],
    "license": "U",
    "preloadedDependencies": [
        {"machineName": "Opora.Choice", "majorVersion": "1", "minorVersion": "0"},
        {"machineName": "Opora.Kit", "majorVersion": 1, "minorVersion": 0},
    ],
}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360f8cfc00000000301010018dd8db00000000049454e44ae426082"
)
"""The smallest PNG."""


class ZipFiles:
    """The core's ``Files`` over the bytes of an archive."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))

    def names(self) -> Collection[str]:
        return self._zip.namelist()

    def size(self, name: str) -> int:
        return self._zip.getinfo(name).file_size

    def open(self, name: str) -> BinaryIO:
        return io.BytesIO(self._zip.read(name))


def tree(*folders: Path) -> dict[str, bytes]:
    """The files of libraries as entries of an archive: ``{"Opora.Kit-1.0/task.js": b"…"}``."""
    return {
        path.relative_to(folder.parent).as_posix(): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def entries(
    params: Mapping[str, Any] = QUESTION, h5p: Mapping[str, Any] | None = None
) -> dict[str, bytes]:
    """Entries of a package with content and libraries; ``h5p`` are keys of ``h5p.json``."""
    return {
        "h5p.json": json.dumps({**H5P, **(h5p or {})}, ensure_ascii=False).encode(),
        "content/content.json": json.dumps(params, ensure_ascii=False).encode(),
        **tree(KIT, CHOICE),
    }


def archive(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def choice_package(params: Mapping[str, Any] = QUESTION, **h5p: Any) -> bytes:
    """A question with its libraries."""
    return archive(entries(params, h5p))


def content_only_package(params: Mapping[str, Any] = QUESTION) -> bytes:
    """The same content without libraries, as some tools export it."""
    return archive({k: v for k, v in entries(params).items() if not k.startswith("Opora.")})


def libraries_package(*folders: Path) -> bytes:
    """Libraries without content; all of the samples by default."""
    return archive(tree(*(folders or (KIT, CHOICE, MARKER))))


def sort_cards_package() -> bytes:
    return game_package("sort_cards")


def password_builder_package() -> bytes:
    return game_package("password_builder")
