"""Item analysis: how easy a question is, whether it tells who has understood, what goes wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.runtimes.launches.rules import Answer, Score, tallied


def answer(key: str, is_right: bool, response: str = "", number: int = 1) -> Answer:
    return Answer(key, number, "choice", text=f"{key}?", response=response, is_right=is_right)


def test_facility_is_the_mean_share_of_the_points() -> None:
    half = Answer("a", 1, "choice", score=Score(50, 100))
    (tally,) = tallied([[answer("a", True)], [answer("a", False)], [half]])
    assert tally.facility == pytest.approx(0.5)
    assert tally.answered == 3


def test_the_usual_mistake_is_the_wrong_answer_given_most_often() -> None:
    group = [
        [answer("a", False, "123456")],
        [answer("a", False, "qwerty")],
        [answer("a", False, "qwerty")],
        [answer("a", True, "fox-7-snow")],
        [answer("a", True, "fox-7-snow")],
        [answer("a", True, "fox-7-snow")],
    ]
    (tally,) = tallied(group)
    assert (tally.usual_mistake, tally.mistaken) == ("qwerty", 2)


def test_a_question_that_the_strong_answer_right_and_the_weak_wrong_tells_them_apart() -> None:
    strong = [[answer("a", True), answer("b", True), answer("c", True)]] * 3
    weak = [[answer("a", False), answer("b", False), answer("c", False)]] * 3
    assert [tally.discrimination for tally in tallied(strong + weak)] == [1.0, 1.0, 1.0]


def test_a_question_that_only_the_weak_answer_right_is_below_zero() -> None:
    strong = [[answer("odd", False), answer("b", True), answer("c", True)]] * 3
    weak = [[answer("odd", True), answer("b", False), answer("c", False)]] * 3
    odd = next(tally for tally in tallied(strong + weak) if tally.key == "odd")
    assert odd.discrimination == -1.0


@pytest.mark.parametrize("learners", [4, 5])
def test_few_answers_tell_nothing_about_discrimination(learners) -> None:
    group = [[answer("a", n % 2 == 0), answer("b", n % 2 == 0)] for n in range(learners)]
    expected = [None, None] if learners < 5 else [1.0, 1.0]
    assert [tally.discrimination for tally in tallied(group)] == expected


def test_where_all_answer_alike_nothing_is_told_apart() -> None:
    group = [[answer("a", True), answer("b", n % 2 == 0)] for n in range(6)]
    easy = next(tally for tally in tallied(group) if tally.key == "a")
    assert easy.discrimination is None


def test_an_answer_without_a_verdict_is_left_out() -> None:
    assert tallied([[Answer("essay", 1, "long-fill-in", response="My day")]]) == []


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), unique_by=lambda pair: pair[0]),
        max_size=12,
    )
)
def test_the_figures_stay_in_their_bounds(group) -> None:
    for tally in tallied([[answer(key, right) for key, right in one] for one in group]):
        assert 0 <= tally.facility <= 1
        assert tally.discrimination is None or -1 <= tally.discrimination <= 1
        assert 1 <= tally.answered <= len(group)
