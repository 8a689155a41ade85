"""Sending a piece of a file where a browser asks for one (RFC 9110, 14)."""

import re
from collections.abc import Iterator
from typing import IO

PIECE_BYTES = 64 * 1024
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


def asked_piece(
    asked: str, *, size: int, etag: str, if_range: str | None = None
) -> tuple[int, int] | None:
    """The first and last byte to send, both included; ``None`` where the piece does not exist.

    ``asked`` and ``if_range`` are the headers ``Range`` and ``If-Range``. Several pieces at once,
    and a piece of a file that has changed since, are answered with the whole file, as RFC 9110
    (14.2, 13.1.5) allows.
    """
    whole = (0, size - 1)
    match = RANGE.fullmatch(asked.replace(" ", ""))
    if match is None or not any(match.groups()):
        return whole
    if if_range is not None and if_range != etag:
        return whole
    first, last = match.groups()
    if not first:
        length = int(last)
        return (max(0, size - length), size - 1) if length and size else None
    if last and int(last) < int(first):
        return whole
    if int(first) >= size:
        return None
    return int(first), min(int(last), size - 1) if last else size - 1


def pieces(file: IO[bytes], first: int, length: int) -> Iterator[bytes]:
    """``length`` bytes of the file from ``first`` on, a piece at a time; closes it at the end."""
    with file:
        file.seek(first)
        while length > 0 and (piece := file.read(min(PIECE_BYTES, length))):
            length -= len(piece)
            yield piece
