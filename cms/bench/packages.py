"""Packages of any weight, made from the demonstration's sources and brought in as by an editor."""

import io
import json
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryFile
from typing import BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from courses.runtimes.api import Package, import_version, upload
from courses.runtimes.h5p.core import LibraryName, OutgoingFile, write_package
from home.demo.h5p import HERE, KIT, LIBRARIES, library_files
from home.demo.scorm import packed

GAME = "sort_cards"
MAIN = LibraryName("Opora.SortCards", 1, 0)
PICTURE = "images/0.png"
PICTURE_BYTES = 40_000
FILM_BYTES = 1_000_000
KINDS = ("h5p", "scorm")
ENDINGS = {"h5p": "h5p", "scorm": "zip"}


def write(kind: str, out: BinaryIO, *, seed: int, films: int = 0) -> None:
    """One picture and ``films`` of a megabyte around a game or a lesson; a seed is always the same.

    The media are noise, which nothing can pack.
    """
    (_write_h5p if kind == "h5p" else _write_scorm)(out, seed, films)


def _write_h5p(out: BinaryIO, seed: int, films: int) -> None:
    game = json.loads((HERE / f"{GAME}.json").read_text("utf-8"))
    write_package(
        out,
        title=f"{game['title']} {seed}",
        language=game["language"],
        main=MAIN,
        dependencies=[KIT],
        params=game["params"],
        content_files=[
            OutgoingFile(path, partial(_noise, f"{seed}/{path}", size))
            for path, size in _media(films)
        ],
        libraries=library_files([LIBRARIES / one.folder for one in (KIT, MAIN)]),
    )


def _write_scorm(out: BinaryIO, seed: int, films: int) -> None:
    lesson = io.BytesIO(packed())
    with zipfile.ZipFile(lesson) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name), zipfile.ZIP_DEFLATED)
        for path, size in _media(films):
            target.writestr(path, _noise(f"{seed}/{path}", size).read(), zipfile.ZIP_STORED)


def _media(films: int) -> Iterator[tuple[str, int]]:
    yield PICTURE, PICTURE_BYTES
    for number in range(films):
        yield f"videos/{number}.mp4", FILM_BYTES


def _noise(seed: str, size: int) -> BinaryIO:
    return io.BytesIO(Random(seed).randbytes(size))  # noqa: S311 - not a secret


def bring(kind: str, file: BinaryIO, name: str) -> Package:
    """The ready package of the archive.

    Raises:
        ValueError: it was refused; the problems are named.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    sent = UploadedFile(file, f"{name}.{ENDINGS[kind]}", "application/zip", size)
    at = timezone.now()
    waiting = upload(file=sent, actor=None, at=at)
    version = import_version(version_id=waiting.pk, at=at)
    if version is None or version.problems:
        raise ValueError(f"{name}: {version and version.problems}")
    return version.package


def brought(kind: str, seed: int) -> Package:
    """A package of its own, without films."""
    with TemporaryFile() as file:
        write(kind, file, seed=seed)
        return bring(kind, file, f"{kind} {seed}")


def written(kind: str, path: Path, *, seed: int, films: int) -> None:
    with path.open("wb") as file:
        write(kind, file, seed=seed, films=films)
