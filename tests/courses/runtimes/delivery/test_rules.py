"""Keys, encodings and memory of the content origin."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.runtimes.delivery.rules import (
    Recent,
    asset_key,
    chosen_encoding,
    content_policy,
    digest_in,
    is_host_of,
    media_type,
    pays_to_pack,
)

SECRETS = st.text(min_size=1)
DIGESTS = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(DIGESTS, SECRETS)
def test_a_key_holds_its_digest(digest: str, secret: str) -> None:
    assert digest_in(asset_key(digest, secret), [secret]) == digest


@given(DIGESTS, SECRETS, SECRETS)
def test_a_key_of_another_secret_is_none(digest: str, secret: str, other: str) -> None:
    if secret != other:
        assert digest_in(asset_key(digest, secret), [other]) is None


@given(DIGESTS, st.integers(0, 64), st.characters(codec="utf-8"))
def test_a_key_with_one_letter_changed_is_none(digest: str, at: int, letter: str) -> None:
    key = asset_key(digest, "secret")
    changed = key[:at] + letter + key[at + 1 :]

    assert digest_in(changed, ["secret"]) == (digest if changed == key else None)


@given(st.text(max_size=100))
def test_any_text_that_is_no_key_is_none(text: str) -> None:
    assert digest_in(text, ["secret"]) is None


def test_a_key_fits_into_a_line_and_is_signed_with_128_bits() -> None:
    key = asset_key(hashlib.sha256().hexdigest(), "secret")

    assert (len(key), len(key) - 43) == (65, 22)


def test_there_is_no_key_for_what_is_no_digest() -> None:
    for text in ("", "abc", "00" * 31, "xy" * 32):
        with pytest.raises(ValueError, match=r"sha256|hexadecimal"):
            asset_key(text, "secret")


@given(st.text(max_size=60))
def test_any_header_of_encodings_is_understood_somehow(header: str) -> None:
    assert chosen_encoding(header) in (None, "br", "gzip")


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("gzip;q=0", None),
        ("gzip; q=0.000", None),
        ("br;q=0.1, gzip;q=1.0", "br"),
        ("x-gzip", None),
        ("*", None),
    ],
)
def test_an_encoding_that_the_browser_refuses_is_not_sent(header: str, chosen: str | None) -> None:
    assert chosen_encoding(header) == chosen


def test_what_was_not_asked_for_longest_leaves_first() -> None:
    recent: Recent[str, int] = Recent(10)
    recent.keep("a", 1, 4)
    recent.keep("b", 2, 4)
    recent.get("a")
    recent.keep("c", 3, 4)

    assert [recent.get(key) for key in "abc"] == [1, None, 3]


def test_one_value_too_many_for_the_budget_is_not_kept_and_takes_no_place() -> None:
    recent: Recent[str, int] = Recent(10)
    recent.keep("a", 1, 4)
    recent.keep("b", 2, 11)

    assert [recent.get(key) for key in "ab"] == [1, None]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 6)), max_size=50))
def test_memory_never_exceeds_its_budget(kept: list[tuple[int, int]]) -> None:
    recent: Recent[int, int] = Recent(10)
    costs: dict[int, int] = {}
    for key, cost in kept:
        if recent.get(key) is None:
            costs[key] = cost
        recent.keep(key, cost, cost)

    assert sum(costs[key] for key in costs if recent.get(key) is not None) <= 10


def test_a_policy_opens_itself_only_for_what_an_editor_has_opted_in_to() -> None:
    policy = content_policy(
        "https://portal.example",
        also={"frame-src": ["https://video.example"]},
        sandbox="allow-scripts",
    )

    assert "frame-src 'self' data: blob: https://video.example" in policy
    assert policy.endswith("; sandbox allow-scripts")
    assert "connect-src 'self' data: blob:;" in policy


@pytest.mark.parametrize(
    ("host", "origin", "same"),
    [
        ("content.example", "https://content.example", True),
        ("content.example:80", "http://content.example", True),
        ("content.example:80", "https://content.example", False),
        ("127.0.0.1:8000", "http://127.0.0.1:8000", True),
        ("127.0.0.1", "http://127.0.0.1:8000", False),
        ("anything", "", False),
        ("", "", False),
    ],
)
def test_a_host_is_that_of_an_origin(host: str, origin: str, same: bool) -> None:
    assert is_host_of(host, origin) is same


def test_only_words_of_some_length_are_worth_compressing() -> None:
    assert pays_to_pack(media_type("a.js"), 5_000)
    assert pays_to_pack(media_type("a.WASM"), 5_000)
    assert not pays_to_pack(media_type("a.js"), 500)
    assert not pays_to_pack(media_type("a.mp4"), 5_000)
    assert not pays_to_pack(media_type("a.js"), 50_000_000)
