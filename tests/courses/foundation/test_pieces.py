"""Which piece of a file a browser asks for (RFC 9110, 14)."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.foundation.pieces import PIECE_BYTES, asked_piece, pieces

TAG = '"abc"'


def piece(asked: str, size: int = 100, if_range: str | None = None) -> tuple[int, int] | None:
    return asked_piece(asked, size=size, etag=TAG, if_range=if_range)


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ("", (0, 99)),
        ("bytes=0-", (0, 99)),
        ("bytes=10-19", (10, 19)),
        ("bytes = 10 - 19", (10, 19)),
        ("bytes=10-1000", (10, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-1000", (0, 99)),
        ("bytes=100-", None),
        ("bytes=100-200", None),
        ("bytes=-0", None),
        # Not understood, so the whole file is sent.
        ("bytes=-", (0, 99)),
        ("bytes=20-10", (0, 99)),
        ("bytes=200-100", (0, 99)),
        ("bytes=0-1,5-6", (0, 99)),
        ("pages=1-2", (0, 99)),
        (f"bytes={'9' * 5_000}-", (0, 99)),
    ],
)
def test_a_piece_is_what_the_standard_says(asked: str, sent: tuple[int, int] | None) -> None:
    assert piece(asked) == sent


@pytest.mark.parametrize("asked", ["bytes=0-", "bytes=0-0", "bytes=-1"])
def test_an_empty_file_has_no_pieces(asked: str) -> None:
    assert piece(asked, size=0) is None


@pytest.mark.parametrize("tag", ['"old"', "abc", 'W/"abc"', "Sat, 21 Nov 2026 09:00:00 GMT"])
def test_a_piece_of_a_file_that_has_changed_is_the_whole_file(tag: str) -> None:
    assert piece("bytes=1-2", if_range=tag) == (0, 99)
    assert piece("bytes=1-2", if_range=TAG) == (1, 2)


@given(st.text(max_size=40) | st.from_regex(r"bytes=[0-9]*-[0-9]*"), st.integers(0, 10**12))
def test_a_piece_always_lies_inside_the_file(asked: str, size: int) -> None:
    sent = piece(asked, size)

    assert sent is None or sent == (0, size - 1) or 0 <= sent[0] <= sent[1] < size


@given(st.integers(0, 3 * PIECE_BYTES), st.integers(0, 3 * PIECE_BYTES))
def test_pieces_together_are_the_bytes_asked_for(first: int, length: int) -> None:
    content = bytes(range(256)) * 600
    file = io.BytesIO(content)

    assert b"".join(pieces(file, first, length)) == content[first : first + length]
    assert file.closed
