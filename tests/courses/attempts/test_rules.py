"""How often a quiz may be tried, and when right answers may be told."""

import pytest

from courses.attempts.rules import Tries, event_uid, new_seed


@pytest.mark.parametrize(
    ("verdicts", "allowed", "left", "may_start", "may_tell"),
    [
        ([], None, None, True, False),
        ([], 1, 1, True, False),
        ([None], 2, 1, False, False),
        ([None], None, None, False, False),
        ([None], 1, 0, False, False),
        ([False], None, None, True, False),
        ([False], 2, 1, True, False),
        ([False, False], 2, 0, False, True),
        ([True], None, None, True, True),
        ([True], 3, 2, True, True),
        ([True, None], 3, 1, False, False),
        ([True, False], 3, 1, True, True),
        ([False, False, False], 2, 0, False, True),
    ],
)
def test_tries_are_counted_and_answers_told_when_nothing_is_left_to_win(
    verdicts, allowed, left, may_start, may_tell
):
    tries = Tries(verdicts, allowed)

    assert (tries.left, tries.may_start, tries.answers_may_be_told) == (left, may_start, may_tell)


def test_the_event_of_one_thing_has_one_id():
    assert event_uid("a", "graded") == event_uid("a", "graded")
    assert len({event_uid("a", "graded"), event_uid("b", "graded"), event_uid("a", "q")}) == 3


def test_seeds_are_not_guessed():
    assert len({new_seed() for _ in range(100)}) == 100
