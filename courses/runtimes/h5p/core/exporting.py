"""Writing a ``.h5p`` archive: the same content gives the same bytes."""

import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from courses.runtimes.h5p.core.files import is_hidden
from courses.runtimes.h5p.core.libraries import safe_path
from courses.runtimes.h5p.core.names import LibraryName

DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say."""

CHUNK = 64 * 1024
STORED = frozenset(
    [
        "png",
        "jpg",
        "jpeg",
        "gif",
        "webp",
        "mp4",
        "webm",
        "ogg",
        "mp3",
        "m4a",
        "woff",
        "woff2",
        "pdf",
    ]
)
"""Packed already: packing them again costs time and saves nothing."""


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file of the archive at ``path``; ``open`` gives its bytes when its turn comes."""

    path: str
    open: Callable[[], BinaryIO]


def write_package(
    out: BinaryIO,
    *,
    title: str,
    language: str,
    main: LibraryName,
    dependencies: Sequence[LibraryName],
    params: Mapping[str, Any],
    metadata: Mapping[str, Any] | None = None,
    content_files: Iterable[OutgoingFile] = (),
    libraries: Iterable[OutgoingFile] = (),
) -> None:
    """Write the archive to ``out``; entries are sorted and their dates fixed.

    Paths of ``content_files`` are inside ``content/``; those of ``libraries`` start with the
    library's folder. ``metadata`` are further keys of ``h5p.json``: license, authors,
    authorComments.

    Raises:
        ValueError: a path that leads elsewhere, is hidden, or comes twice.
    """
    dependencies = list(dict.fromkeys([*dependencies, main]))
    h5p = {
        **(metadata or {}),
        "title": title or main.name,
        "language": language or "und",
        "mainLibrary": main.name,
        "embedTypes": ["iframe"],
        "preloadedDependencies": [name.as_dependency() for name in dependencies],
    }
    h5p.setdefault("license", "U")
    entries: dict[str, Callable[[], BinaryIO] | bytes] = {
        "h5p.json": _json(h5p),
        "content/content.json": _json(params),
    }
    for prefix, files in (("content/", content_files), ("", libraries)):
        for file in files:
            path = prefix + file.path
            if safe_path(path) != path or is_hidden(path) or path in entries:
                raise ValueError(f"no such path in a package: {path}")
            entries[path] = file.open
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(entries, key=lambda path: (path != "h5p.json", path)):
            _write(archive, path, entries[path])


def _write(archive: zipfile.ZipFile, path: str, content: Callable[[], BinaryIO] | bytes) -> None:
    info = zipfile.ZipInfo(path, DATE)
    is_packed = path.rpartition(".")[2].lower() in STORED
    info.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o644 << 16
    if isinstance(content, bytes):
        archive.writestr(info, content)
        return
    with content() as source, archive.open(info, "w", force_zip64=False) as target:
        while chunk := source.read(CHUNK):
            target.write(chunk)


def _json(value: Mapping[str, Any]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1)
    return text.encode("utf-8", "replace")
