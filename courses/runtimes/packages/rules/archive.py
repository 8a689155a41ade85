"""Reading the files of an archive that was found harmless, as little at a time as is asked for."""

import io
import zlib
from collections.abc import Callable, Collection, Sequence
from typing import Any, BinaryIO, cast

from courses.runtimes.packages.rules.directory import Entry
from courses.runtimes.packages.rules.intake import DEFLATED, inspect
from courses.runtimes.packages.rules.problems import Problem

READ_AT_ONCE = 64 * 1024


class UnsafeArchive(Exception):
    """An archive that is not unpacked any further; ``problems`` say why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = list(problems)


class Archive:
    """The files of a ZIP archive; there is no such object for one with problems.

    ``on_read`` is told how many bytes were unpacked so far, of all files together. The archive's
    ``file`` has to stay open; it is read by one thread at a time.

    Raises:
        UnsafeArchive: by the directory, the archive must not be unpacked.
    """

    def __init__(self, file: BinaryIO, on_read: Callable[[int], None] | None = None) -> None:
        entries, problems = inspect(file)
        if problems:
            raise UnsafeArchive(problems)
        self._file = file
        self._entries = {entry.name or "": (entry, at) for entry, at in entries}
        self._on_read = on_read
        self._bytes_read = 0

    def names(self) -> Collection[str]:
        """Names of files, as ``content/images/sun.png``; folders have none of their own."""
        return self._entries.keys()

    def size(self, name: str) -> int:
        """Bytes, unpacked.

        Raises:
            KeyError: there is no such file.
        """
        return self._entries[name][0].size

    @property
    def total_size(self) -> int:
        """Bytes of all files, unpacked."""
        return sum(entry.size for entry, _at in self._entries.values())

    def open(self, name: str) -> BinaryIO:
        """The file to read from its beginning to its end.

        Reading it raises :class:`UnsafeArchive` where the content is not what the directory says:
        longer or shorter, or damaged.

        Raises:
            KeyError: there is no such file.
        """
        entry, at = self._entries[name]
        unpacked = _Unpacked(self._file, entry, at, self._count)
        return cast(BinaryIO, io.BufferedReader(unpacked, READ_AT_ONCE))

    def _count(self, bytes_read: int) -> None:
        self._bytes_read += bytes_read
        if self._on_read is not None:
            self._on_read(self._bytes_read)


class _Unpacked(io.RawIOBase):
    """One file's bytes, counted while they are unpacked: never more than were declared."""

    def __init__(
        self, file: BinaryIO, entry: Entry, at: int, on_read: Callable[[int], None]
    ) -> None:
        self._file = file
        self._entry = entry
        self._at = at
        self._packed_left = entry.packed
        self._left = entry.size
        self._crc = 0
        self._on_read = on_read
        is_deflated = entry.method == DEFLATED
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS) if is_deflated else None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Unpack into ``buffer``; 0 at the end, after the whole file was checked."""
        data = self._next(len(buffer))
        if len(data) > self._left:
            raise self._broken()
        if not data:
            self._check()
            return 0
        self._left -= len(data)
        self._crc = zlib.crc32(data, self._crc)
        self._on_read(len(data))
        buffer[: len(data)] = data
        return len(data)

    def _next(self, most: int) -> bytes:
        if self._inflater is None:
            return self._take(most)
        while not self._inflater.eof:
            waiting = self._inflater.unconsumed_tail
            packed = waiting or self._take(READ_AT_ONCE)
            try:
                data = self._inflater.decompress(packed, most)
            except zlib.error as error:
                raise self._broken() from error
            if data or not packed:
                return data
        return b""

    def _take(self, most: int) -> bytes:
        """The next packed bytes. Other files of the archive may be read in between."""
        self._file.seek(self._at)
        data = self._file.read(min(most, self._packed_left))
        self._at += len(data)
        self._packed_left -= len(data)
        return data

    def _check(self) -> None:
        is_whole = self._inflater is None or self._inflater.eof
        if self._left or self._crc != self._entry.crc or not is_whole or self._packed_left:
            raise self._broken()

    def _broken(self) -> UnsafeArchive:
        return UnsafeArchive([Problem("damaged_file", self._entry.name or "")])
