"""Whether an archive may be unpacked, decided from its directory alone."""

import stat
from collections.abc import Collection, Iterator, Sequence
from typing import BinaryIO

from courses.runtimes.packages.rules.directory import (
    ENCRYPTED,
    MOST_ENTRIES,
    PATCHED,
    BrokenArchive,
    Entry,
    NotAnArchive,
    data_offset,
    read_end,
    read_entries,
)
from courses.runtimes.packages.rules.names import (
    collisions,
    is_nested_archive,
    name_problems,
    shown,
)
from courses.runtimes.packages.rules.problems import Problem, shortened

STORED, DEFLATED, AES = 0, 8, 99
UNIX, MACOS = 3, 19
MEGABYTE = 1024 * 1024

MOST_BYTES = 500 * MEGABYTE
"""Of all files, unpacked."""
MOST_RATIO = 100
"""How many times larger a file may become; what people make rarely passes 30."""
SMALL_FILE = MEGABYTE
"""A file below this, however it is packed, harms nobody."""
SMALL_ARCHIVE = 10 * MEGABYTE


def find_problems(file: BinaryIO) -> list[Problem]:
    """All that keeps the archive ``file`` from being unpacked, worst first; empty if it may be."""
    _entries, problems = inspect(file)
    return problems


def inspect(file: BinaryIO) -> tuple[list[tuple[Entry, int]], list[Problem]]:
    """The files of the archive with the place of their bytes, and its problems.

    Not one byte is unpacked. Memory and time are bounded by the first :data:`MOST_ENTRIES` lines
    of the directory, however long it is; of more than those nothing else is looked at.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    try:
        end = read_end(file)
        if end.entries > MOST_ENTRIES:
            counts = {"count": end.entries, "limit": MOST_ENTRIES}
            problems.append(Problem("too_many_files", details=counts))
        entries.extend(read_entries(file, end))
    except NotAnArchive:
        return [], [Problem("not_an_archive")]
    except BrokenArchive as broken:
        return [], [*problems, _broken(str(broken))]
    entries = entries[:MOST_ENTRIES]
    if entries and min(entry.offset for entry in entries) > 0:
        problems.append(_broken("bytes before the first file"))
    problems += _problems_of_all(entries)
    problems += shortened(_problems_of_each(entries))
    places, broken_entries = _placed(file, entries, end.offset)
    problems += shortened(broken_entries)
    return places, problems


def _broken(reason: str) -> Problem:
    return Problem("broken_archive", details={"reason": reason})


def _problems_of_all(entries: Sequence[Entry]) -> Iterator[Problem]:
    size = sum(entry.size for entry in entries)
    packed = sum(entry.packed for entry in entries)
    if size > MOST_BYTES:
        megabytes = {"size": size // MEGABYTE, "limit": MOST_BYTES // MEGABYTE}
        yield Problem("too_big_unpacked", details=megabytes)
    if size > SMALL_ARCHIVE and size > MOST_RATIO * packed:
        yield Problem("too_packed", details={"limit": MOST_RATIO})


def _problems_of_each(entries: Sequence[Entry]) -> Iterator[Problem]:
    for entry in entries:
        if entry.name is None:
            yield Problem("odd_name", shown(entry.raw_name.decode("latin-1")))
            continue
        yield from name_problems(entry.name)
        yield from _problems_of_content(entry, shown(entry.name))
    # Some exporters write a picture as often as content shows it: copies are no contradiction.
    different = {(entry.name, entry.crc, entry.size) for entry in entries}
    yield from collisions(sorted(name for name, _crc, _size in different if name is not None))


def _problems_of_content(entry: Entry, name: str) -> Iterator[Problem]:
    kind = stat.S_IFMT(entry.attributes >> 16) if entry.system in (UNIX, MACOS) else 0
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        yield Problem("special_file", name)
    if entry.flags & ENCRYPTED or entry.method == AES:
        yield Problem("encrypted", name)
    elif entry.method not in (STORED, DEFLATED) or entry.flags & PATCHED:
        yield Problem("unknown_method", name)
    if is_nested_archive(name):
        yield Problem("nested_archive", name)
    if entry.size > SMALL_FILE and entry.size > MOST_RATIO * entry.packed:
        yield Problem("too_packed_file", name, {"limit": MOST_RATIO})


def _placed(
    file: BinaryIO, entries: Sequence[Entry], directory_at: int
) -> tuple[list[tuple[Entry, int]], list[Problem]]:
    """The files with the place of their bytes; those that have none of their own are problems."""
    places: list[tuple[Entry, int]] = []
    problems: list[Problem] = []
    free_from = 0
    for entry in sorted(entries, key=lambda entry: entry.offset):
        at = data_offset(file, entry) if free_from <= entry.offset < directory_at else None
        is_stored_as_told = entry.method != STORED or entry.packed == entry.size
        is_empty_folder = not entry.is_folder or entry.size == 0
        if at is None or at + entry.packed > directory_at or not is_stored_as_told:
            problems.append(Problem("broken_entry", _shown(entry)))
            continue
        free_from = at + entry.packed
        if not is_empty_folder:
            problems.append(Problem("broken_entry", _shown(entry)))
        elif not entry.is_folder:
            places.append((entry, at))
    return places, problems


def _shown(entry: Entry) -> str:
    return shown(entry.name if entry.name is not None else entry.raw_name.decode("latin-1"))


def kind_of(names: Collection[str]) -> str | None:
    """``h5p`` or ``scorm`` by the file that says so; ``None`` for neither.

    A SCORM package may lie in one folder, as it does where somebody has packed the folder.
    """
    if "h5p.json" in names:
        return "h5p"
    for name in names:
        folder, _, last = name.rpartition("/")
        if last.lower() == "imsmanifest.xml" and "/" not in folder:
            return "scorm"
    return None
