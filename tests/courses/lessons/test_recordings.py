"""The length of a recording is read from the file's own header."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.lessons.rules import recording_seconds


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def large_box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4sQ", 1, kind, 16 + len(content)) + content


def mvhd(*, scale: int, duration: int, version: int = 0) -> bytes:
    """A movie header: version and flags, two dates, the time scale, the duration, and the rest."""
    dates = bytes(16 if version else 8)
    length = struct.pack(">Q" if version else ">I", duration)
    start = bytes([version, 0, 0, 0])
    return box(b"mvhd", start + dates + struct.pack(">I", scale) + length + bytes(80))


def movie(header: bytes) -> bytes:
    return box(b"ftyp", b"isom" + bytes(4)) + box(b"moov", header + box(b"trak", bytes(40)))


def seconds_of(content: bytes) -> int | None:
    return recording_seconds(io.BytesIO(content))


@pytest.mark.parametrize("version", [0, 1])
@pytest.mark.parametrize(
    ("scale", "duration", "seconds"),
    [(1000, 90_000, 90), (1000, 90_001, 91), (600, 1, 1), (90_000, 90_000 * 3600, 3600)],
)
def test_seconds_are_rounded_up(version, scale, duration, seconds):
    assert seconds_of(movie(mvhd(scale=scale, duration=duration, version=version))) == seconds


def test_a_header_after_the_pictures_is_found_also_past_a_very_large_box():
    header = mvhd(scale=1000, duration=4000)
    content = box(b"ftyp", bytes(8)) + large_box(b"mdat", bytes(5000)) + box(b"moov", header)
    assert seconds_of(content) == 4


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"abc",
        b"RIFF" + bytes(100),
        bytes(100),
        box(b"ftyp", bytes(8)),
        movie(box(b"mvhd", bytes(10))),
        movie(mvhd(scale=0, duration=10)),
        movie(mvhd(scale=1000, duration=0)),
        movie(mvhd(scale=1000, duration=4000))[:40],
    ],
)
def test_a_file_that_does_not_say_its_length_has_none(content):
    assert seconds_of(content) is None


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reading(content):
    found = seconds_of(content)
    assert found is None or found > 0
