"""Sums and the pass mark, by integers only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.rules import Score, passes


@pytest.mark.parametrize(
    ("earned", "possible", "percent", "is_passed"),
    [
        (70, 100, 70, True),
        (69, 100, 70, False),
        (200, 300, 67, False),
        (201, 300, 67, True),
        (0, 100, 0, True),
        (100, 100, 100, True),
        (9_999, 10_000, 100, False),
        (0, 0, 0, False),
        (0, 0, 60, False),
    ],
)
def test_the_mark_is_reached_exactly_or_not(earned, possible, percent, is_passed):
    assert passes(Score(earned, possible), percent) is is_passed


def test_points_weigh_the_questions():
    assert Score.total([(100, 1), (50, 3), (33, 1)]) == Score(283, 500)


def test_two_thirds_of_a_point_are_not_lost_in_the_sum():
    assert Score.total([(66, 1)] * 3).earned == 198


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 100)), min_size=1))
def test_a_score_stays_within_bounds(answers):
    score = Score.total(answers)

    assert 0 <= score.earned <= score.possible
    assert score.percent is not None
    assert 0 <= score.percent <= 100


@pytest.mark.parametrize(
    ("score", "percent"), [(Score(199, 300), 66), (Score(0, 0), None), (Score(300, 300), 100)]
)
def test_percent_is_rounded_down(score, percent):
    assert score.percent == percent
