"""What is read from a file of captions, whatever it holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.lessons.rules.captions import MOST_CUES, Cue, cues_of

FILM = """WEBVTT - Words of a film

NOTE
Made by hand --> not a cue

STYLE
::cue { color: red }

1
00:00.000 --> 00:04.500 line:80% align:start
A password is a key
to your room.

00:01:05.250 --> 00:01:10.000
<v Masha><i>Fish &amp; guitar</i> <00:01:06.000>&lt;now&gt;
"""


def test_each_phrase_has_its_moment_and_plain_words() -> None:
    assert cues_of(FILM) == (
        Cue(0.0, "A password is a key to your room."),
        Cue(65.25, "Fish & guitar <now>"),
    )


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_may_end_as_in_any_system(end: str) -> None:
    assert cues_of(FILM.replace("\n", end)) == cues_of(FILM)


def test_phrases_come_in_the_order_of_their_moments() -> None:
    text = "WEBVTT\n\n00:09.000 --> 00:10.000\nlater\n\n00:01.000 --> 00:02.000\nfirst\n"

    assert [cue.words for cue in cues_of(text)] == ["first", "later"]


def test_a_phrase_without_words_is_left_out() -> None:
    assert cues_of("WEBVTT\n\n00:01.000 --> 00:02.000\n<i> </i>\n") == ()


def test_an_endless_file_ends() -> None:
    one = "00:01.000 --> 00:02.000\nword\n\n"

    assert len(cues_of("WEBVTT\n\n" + one * (MOST_CUES + 5))) == MOST_CUES


@pytest.mark.parametrize(
    ("seconds", "clock"), [(0.9, "0:00"), (65.25, "1:05"), (600, "10:00"), (3605, "1:00:05")]
)
def test_a_moment_is_shown_as_players_show_it(seconds: float, clock: str) -> None:
    assert Cue(seconds, "word").clock == clock


PIECES = st.sampled_from(
    ["WEBVTT", "\n", "\n\n", "\r", "00:01.000", "99:99:99.999", " --> ", "<v ", ">", "&#0;", "a"]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)))
def test_no_file_is_refused_and_no_markup_of_it_is_kept(text: str) -> None:
    for cue in cues_of(text):
        assert cue.words
        assert cue.seconds >= 0
        assert "\n" not in cue.words
