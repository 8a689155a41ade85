"""The directory of a ZIP archive, read without unpacking (APPNOTE.TXT 6.3.10, section 4).

Of an archive that can be read in two ways one reader sees harmless files and another one harm, so
whatever is not written plainly is broken here: bytes before the first or after the last record,
parts on other disks, sizes that contradict each other, files that share bytes.
"""

import os
import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from courses.runtimes.packages.rules.names import decoded

MOST_ENTRIES = 5_000
MOST_DIRECTORY_BYTES = 16 * 1024 * 1024
"""5,000 entries with long names and many extra fields take less than 2 MB."""

END = struct.Struct("<4s4H2LH")
END_SIGNATURE = b"PK\x05\x06"
LONGEST_COMMENT = 0xFFFF
LOCATOR64 = struct.Struct("<4sLQL")
LOCATOR64_SIGNATURE = b"PK\x06\x07"
END64 = struct.Struct("<4sQ2H2L4Q")
END64_SIGNATURE = b"PK\x06\x06"
ENTRY = struct.Struct("<4s6H3L5H2L")
ENTRY_SIGNATURE = b"PK\x01\x02"
LOCAL = struct.Struct("<4s5H3L2H")
LOCAL_SIGNATURE = b"PK\x03\x04"
EXTRA = struct.Struct("<2H")
ZIP64_EXTRA = 0x0001
IN_ZIP64_16 = 0xFFFF
IN_ZIP64_32 = 0xFFFFFFFF

UTF8_NAME = 1 << 11
SIZES_FOLLOW = 1 << 3
PATCHED = 1 << 5
ENCRYPTED = 1 << 0 | 1 << 6 | 1 << 13
"""Encrypted, strongly encrypted, with a masked header."""


class NotAnArchive(Exception):
    """The file does not end as a ZIP archive does."""


class BrokenArchive(Exception):
    """The directory cannot be read, or can be read in more than one way."""


class End(NamedTuple):
    """What the end of the archive tells: where the directory is, in bytes, and how long."""

    entries: int
    offset: int
    size: int


class Entry(NamedTuple):
    """A line of the directory. ``name`` is ``None`` where its bytes are no text.

    ``offset`` is where its own header begins; sizes are in bytes as they are declared.
    """

    name: str | None
    raw_name: bytes
    system: int
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    attributes: int
    offset: int

    @property
    def is_folder(self) -> bool:
        return self.raw_name.endswith(b"/")


def read_end(file: BinaryIO) -> End:
    """Find the end of the archive.

    Raises:
        NotAnArchive: there is none.
        BrokenArchive: it contradicts itself or the length of the file.
    """
    length = file.seek(0, os.SEEK_END)
    tail_length = min(length, END.size + LONGEST_COMMENT)
    file.seek(length - tail_length)
    tail = file.read(tail_length)
    at = tail.rfind(END_SIGNATURE, 0, len(tail) - END.size + len(END_SIGNATURE))
    if at < 0:
        raise NotAnArchive
    _, disk, first_disk, here, entries, size, offset, comment = END.unpack_from(tail, at)
    end_at = length - tail_length + at
    if end_at + END.size + comment != length:
        raise BrokenArchive("bytes after the end")
    end64 = _read_end64(file, end_at)
    if end64 is not None:
        end64_at, found = end64
        told = ((entries, IN_ZIP64_16), (offset, IN_ZIP64_32), (size, IN_ZIP64_32))
        if any(n not in (real, mark) for (n, mark), real in zip(told, found, strict=True)):
            raise BrokenArchive("two different ends")
        end, directory_end = found, end64_at
    else:
        end, directory_end = End(entries, offset, size), end_at
    if disk or first_disk or here != entries:
        raise BrokenArchive("a part of several disks")
    if end.offset + end.size != directory_end:
        raise BrokenArchive("the directory is not where the end says")
    return end


def _read_end64(file: BinaryIO, end_at: int) -> tuple[int, End] | None:
    """Where the end record of a large archive is and what it tells; ``None`` without one."""
    if end_at < LOCATOR64.size:
        return None
    file.seek(end_at - LOCATOR64.size)
    signature, disk, at, disks = LOCATOR64.unpack(file.read(LOCATOR64.size))
    if signature != LOCATOR64_SIGNATURE:
        return None
    if disk or disks > 1 or at + END64.size > end_at - LOCATOR64.size:
        raise BrokenArchive("the locator points nowhere")
    file.seek(at)
    values = END64.unpack(file.read(END64.size))
    signature, length, _, _, disk, first_disk, here, entries, size, offset = values
    if signature != END64_SIGNATURE or disk or first_disk or here != entries:
        raise BrokenArchive("the end record is damaged")
    if at + 12 + length != end_at - LOCATOR64.size:
        raise BrokenArchive("the end record has a wrong length")
    return at, End(entries, offset, size)


def read_entries(file: BinaryIO, end: End) -> Iterator[Entry]:
    """The lines of the directory, at most :data:`MOST_ENTRIES` and one.

    Raises:
        BrokenArchive: a line is damaged, or there are not as many as the end says.
    """
    if end.size > MOST_DIRECTORY_BYTES:
        raise BrokenArchive("the directory is too long")
    file.seek(end.offset)
    directory = file.read(end.size)
    at = 0
    for _ in range(min(end.entries, MOST_ENTRIES + 1)):
        entry, at = _read_entry(directory, at)
        yield entry
    if end.entries <= MOST_ENTRIES and at != end.size:
        raise BrokenArchive("the directory has another length")


def _read_entry(directory: bytes, at: int) -> tuple[Entry, int]:
    """The line that begins at ``at``, and where the next one does."""
    if at + ENTRY.size > len(directory):
        raise BrokenArchive("the directory breaks off")
    values = ENTRY.unpack_from(directory, at)
    signature, made_by, _, flags, method, _, _, crc, packed, size, *rest = values
    name_length, extra_length, comment_length, disk, _, attributes, offset = rest
    name_at = at + ENTRY.size
    extra_at = name_at + name_length
    next_at = extra_at + extra_length + comment_length
    if signature != ENTRY_SIGNATURE or disk or next_at > len(directory):
        raise BrokenArchive("a line of the directory is damaged")
    raw_name = directory[name_at:extra_at]
    extra = directory[extra_at : extra_at + extra_length]
    size, packed, offset = _with_zip64(extra, size, packed, offset)
    name = decoded(raw_name, is_utf8=bool(flags & UTF8_NAME))
    system = made_by >> 8
    entry = Entry(name, raw_name, system, flags, method, crc, packed, size, attributes, offset)
    return entry, next_at


def _with_zip64(extra: bytes, *numbers: int) -> list[int]:
    """The numbers, each that is marked so taken from the extra field of large archives."""
    if IN_ZIP64_32 not in numbers:
        return list(numbers)
    at = 0
    while at + EXTRA.size <= len(extra):
        kind, length = EXTRA.unpack_from(extra, at)
        at += EXTRA.size
        if kind == ZIP64_EXTRA:
            marked = numbers.count(IN_ZIP64_32)
            if length < 8 * marked or at + length > len(extra):
                break
            large = iter(struct.unpack_from(f"<{marked}Q", extra, at))
            return [next(large) if number == IN_ZIP64_32 else number for number in numbers]
        at += length
    raise BrokenArchive("a size is missing")


def data_offset(file: BinaryIO, entry: Entry) -> int | None:
    """Where the packed bytes begin; ``None`` when the header there tells another file."""
    file.seek(entry.offset)
    header = file.read(LOCAL.size)
    if len(header) < LOCAL.size:
        return None
    signature, _, flags, method, _, _, crc, packed, size, name_length, extra_length = LOCAL.unpack(
        header
    )
    if signature != LOCAL_SIGNATURE or method != entry.method:
        return None
    if (flags ^ entry.flags) & ENCRYPTED or file.read(name_length) != entry.raw_name:
        return None
    follow = bool(flags & SIZES_FOLLOW)
    if not (crc == entry.crc or follow):
        return None
    for told, real in ((packed, entry.packed), (size, entry.size)):
        if told not in (real, IN_ZIP64_32) and not (follow and told == 0):
            return None
    return entry.offset + LOCAL.size + name_length + extra_length
