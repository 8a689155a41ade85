"""What a teacher sees of attempts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from courses.runtimes.api import attempts_of, item_analysis
from courses.runtimes.packages.models import Package
from tests.courses.runtimes.launches.conftest import (
    NOON,
    PLACE,
    STEP,
    answer,
    opened,
    points,
    report,
)

pytestmark = pytest.mark.django_db


def test_attempts_come_in_order_with_their_answers_in_two_queries(
    package: Package, django_assert_num_queries: Any
) -> None:
    token = opened(package).token
    for number in range(5):
        report(token, f"run {number}", answers=(answer("b", number=2), answer("a", number=1)))

    with django_assert_num_queries(2):
        attempts = attempts_of(PLACE, STEP)
        shown = [
            (one.number, one.version.package.title, [row.key for row in one.interactions.all()])
            for one in attempts
        ]

    assert shown == [(number, "Cards", ["a", "b"]) for number in range(1, 6)]


def test_a_group_is_told_by_each_learners_first_finished_attempt(
    package: Package, django_assert_num_queries: Any
) -> None:
    for place, first in (("masha", "sun"), ("petya", "moon"), ("kolya", "moon")):
        token = opened(package, place=place).token
        right = {"sun": True, "moon": False}
        report(token, "one", answers=(answer("a", first, is_right=right[first]),))
        report(token, "two", answers=(answer("a", "sun", is_right=True),))
    opened(package, place="vera")

    with django_assert_num_queries(2):
        (tally,) = item_analysis(STEP, places=["masha", "petya", "vera", "kolya"])

    assert (tally.answered, tally.usual_mistake, tally.mistaken) == (3, "moon", 2)
    assert tally.facility == pytest.approx(1 / 3)


def test_learners_of_others_are_left_out(package: Package) -> None:
    for place in ("masha", "stranger"):
        report(opened(package, place=place).token, answers=(answer("a", is_right=True),))

    (tally,) = item_analysis(STEP, places=["masha"])

    assert tally.answered == 1


def test_of_several_packages_that_the_step_has_had_the_last_opened_one_is_told(
    package: Package, a_package: Callable[..., Package]
) -> None:
    report(opened(package).token, answers=(answer("old", is_right=True),))
    later = opened(a_package("Memory"), at=NOON + timedelta(days=1))
    report(later.token, answers=(answer("new", score=points(5)),))

    assert [tally.key for tally in item_analysis(STEP, places=[PLACE])] == ["new"]


def test_where_nobody_has_finished_there_is_nothing_to_tell(package: Package) -> None:
    opened(package)

    assert item_analysis(STEP, places=[PLACE]) == []
