"""Results of a package: nothing reached is lost, nothing is told twice."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.runtimes.api import AttemptReport, attempt_moved
from courses.runtimes.launches.models import Attempt, Interaction
from courses.runtimes.launches.operations import launch_by, take_result
from courses.runtimes.launches.rules import (
    MOST_SECONDS,
    Answer,
    Result,
    Score,
    fitting,
    joined,
    plausible_score,
)
from courses.runtimes.packages.models import Package
from courses.runtimes.xapi.models import Statement
from tests.courses.races import at_once
from tests.courses.runtimes.launches.conftest import NOON, answer, opened, points, report

pytestmark = pytest.mark.django_db


def test_a_result_is_kept_and_told(package: Package, reports: list[AttemptReport]) -> None:
    launched = opened(package)

    attempt = report(launched.token, passed=True, score=points(7), seconds=90)

    attempt.refresh_from_db()
    assert (attempt.completed, attempt.passed, attempt.finished_at) == (True, True, NOON)
    assert (attempt.earned, attempt.possible, attempt.seconds) == (700, 1000, 90)
    (told,) = reports
    assert (told.attempt, told.number, told.move) == (attempt.uid, 1, 1)
    assert (told.completed, told.passed, told.earned, told.possible) == (True, True, 700, 1000)
    assert told.is_finished


def test_the_same_result_again_changes_nothing(
    package: Package, reports: list[AttemptReport]
) -> None:
    token = opened(package).token
    for _ in range(3):
        report(token, score=points(7), answers=(answer("a", "sun"),))

    assert len(reports) == 1
    assert Attempt.objects.get().moves == 1


def test_a_lower_result_of_the_same_run_takes_nothing_away(package: Package) -> None:
    token = opened(package).token
    report(token, passed=True, score=points(7), seconds=90)

    report(token, passed=False, completed=False, score=points(3), seconds=10)

    attempt = Attempt.objects.get()
    assert (attempt.completed, attempt.passed, attempt.earned) == (True, True, 700)
    assert attempt.seconds == 90


def test_time_and_answers_before_the_end_are_kept_and_are_no_news(
    package: Package, reports: list[AttemptReport]
) -> None:
    token = opened(package).token
    begun: dict[str, Any] = {"is_final": False, "completed": False}
    report(token, seconds=10, **begun)
    report(token, seconds=20, answers=(answer("a", "sun"),), **begun)

    assert len(reports) == 1
    assert Attempt.objects.get().seconds == 20
    assert Interaction.objects.get().response == "sun"
    report(token)
    assert [told.move for told in reports] == [1, 2]


def test_another_run_after_the_end_is_another_attempt(
    package: Package, reports: list[AttemptReport]
) -> None:
    token = opened(package).token
    report(token, "one", score=points(4))

    second = report(token, "two", score=points(9))

    assert [attempt.earned for attempt in Attempt.objects.order_by("number")] == [400, 900]
    assert launch_by(token, at=NOON).attempt == second
    assert [told.number for told in reports] == [1, 2]


def test_what_another_run_says_before_its_end_leaves_the_finished_attempt_as_it_is(
    package: Package,
) -> None:
    token = opened(package).token
    report(token, "one", answers=(answer("a", "sun"),))

    report(token, "two", is_final=False, answers=(answer("a", "moon"),), seconds=500)

    assert Interaction.objects.get().response == "sun"
    assert Attempt.objects.get().seconds == 0


def test_a_late_word_of_an_older_run_belongs_to_its_own_attempt(package: Package) -> None:
    token = opened(package).token
    report(token, "one", score=points(4))
    report(token, "two", score=points(9))

    report(token, "one", score=points(6))

    assert [attempt.earned for attempt in Attempt.objects.order_by("number")] == [600, 900]


def test_an_old_page_finishes_the_attempt_that_is_open_now(package: Package) -> None:
    old = opened(package).token
    report(old, "one")
    new = opened(package, again=True)

    report(old, "two", score=points(5))

    new.attempt.refresh_from_db()
    assert new.attempt.earned == 500
    assert Attempt.objects.count() == 2


def test_a_run_without_a_name_is_always_the_same_run(package: Package) -> None:
    token = opened(package).token
    report(token, "", score=points(4))
    report(token, "", score=points(9))

    assert Attempt.objects.get().earned == 900


def test_an_answer_is_kept_as_it_was_last_given(package: Package) -> None:
    token = opened(package).token
    open_still: dict[str, Any] = {"is_final": False, "completed": False}
    first, second = answer("a", "moon", is_right=False), answer("b", "fox")
    report(token, answers=(first, second), **open_still)

    report(token, answers=(answer("a", "sun", is_right=True, score=points(1, 1)),), **open_still)

    kept = {row.key: (row.response, row.is_right, row.earned) for row in Interaction.objects.all()}
    assert kept == {"a": ("sun", True, 100), "b": ("fox", None, None)}


def test_many_answers_cost_few_queries(
    package: Package, django_assert_max_num_queries: Any
) -> None:
    launch = launch_by(opened(package).token, at=NOON)
    answers = tuple(answer(f"question {n}", "sun", number=n) for n in range(200))

    with django_assert_max_num_queries(15):
        result = Result(is_final=True, completed=True, answers=answers)
        take_result(launch=launch, run="one", result=result, at=NOON)

    assert Interaction.objects.count() == 200


HOSTILE = Answer(
    key="k" * 900 + "\0",
    number=-(10**12),
    kind="x" * 50,
    text="\0\ud800" + "т" * 100_000,
    response="\udfff",
    right="\0",
    score=Score(10**15, 10**15),
    seconds=10**15,
)


def test_a_hostile_result_is_kept_as_far_as_it_makes_sense(package: Package) -> None:
    token = opened(package).token

    attempt = report(
        token,
        "r\0\ud800" * 100,
        score=Score(10**15, 10**15),
        seconds=10**15,
        answers=(HOSTILE, HOSTILE),
    )

    attempt.refresh_from_db()
    assert (attempt.earned, attempt.seconds, len(attempt.run)) == (None, MOST_SECONDS, 64)
    row = Interaction.objects.get()
    assert (len(row.key), row.number, len(row.kind), row.earned) == (250, 0, 16, None)
    assert row.text.startswith("?тт")


def test_a_result_for_an_erased_attempt_changes_nothing(package: Package) -> None:
    launched = opened(package)
    launch = launch_by(launched.token, at=NOON)
    Attempt.objects.all().delete()

    with pytest.raises(Exception, match=r"\w+ .*\."):
        take_result(launch=launch, run="one", result=Result(is_final=True), at=NOON)
    assert not Attempt.objects.exists()


def test_a_result_that_the_world_refuses_is_not_kept_either(package: Package) -> None:
    def refuse(**_signal: object) -> None:
        raise ZeroDivisionError

    token = opened(package).token
    attempt_moved.connect(refuse)
    try:
        with pytest.raises(ZeroDivisionError):
            report(token, answers=(answer("a", "sun"),))
    finally:
        attempt_moved.disconnect(refuse)

    assert Attempt.objects.get().finished_at is None
    assert not Interaction.objects.exists()
    assert not Statement.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("has_finished_before", [False, True])
def test_twenty_parallel_ends_are_one_end_told_once(
    package: Package, reports: list[AttemptReport], has_finished_before: bool
) -> None:
    token = opened(package).token
    if has_finished_before:
        report(token, "zero")
        reports.clear()

    at_once(lambda _n: report(token, "one", score=points(7)))

    assert len(reports) == 1
    finished = Attempt.objects.filter(finished_at__isnull=False, run="one")
    assert [(one.number, one.moves) for one in finished] == [(1 + has_finished_before, 1)]
    assert Attempt.objects.count() == 1 + has_finished_before


@pytest.mark.django_db(transaction=True)
def test_four_parallel_results_lose_nothing(package: Package) -> None:
    token = opened(package).token
    still_open: dict[str, Any] = {"is_final": False, "completed": False}

    at_once(
        lambda n: report(token, answers=(answer(f"q{n}", "sun"),), score=points(n), **still_open),
        times=4,
    )

    attempt = Attempt.objects.get()
    assert attempt.earned == 300
    assert {row.key for row in attempt.interactions.all()} == {"q0", "q1", "q2", "q3"}


@pytest.mark.django_db(transaction=True)
def test_new_runs_and_new_attempts_at_once_stay_one_open_attempt_and_lose_no_end(
    package: Package,
) -> None:
    token = opened(package).token
    report(token, "zero")

    def act(n: int) -> None:
        if n % 2:
            opened(package, again=True)
        else:
            report(token, f"run {n}")

    at_once(act, times=12)

    runs = set(Attempt.objects.exclude(run="").values_list("run", flat=True))
    assert runs == {"zero", *(f"run {n}" for n in range(0, 12, 2))}
    assert Attempt.objects.filter(finished_at=None).count() <= 1


SCORES = st.none() | st.tuples(st.integers(0, 500), st.integers(1, 500)).map(
    lambda pair: Score(min(pair), max(pair))
)
RESULTS = st.builds(
    Result,
    is_final=st.booleans(),
    completed=st.booleans(),
    passed=st.none() | st.booleans(),
    score=SCORES,
    seconds=st.integers(0, 100),
)


@given(st.permutations(range(4)), st.lists(RESULTS, min_size=4, max_size=4))
def test_reports_come_to_the_same_in_any_order_and_however_often(
    order: list[int], results: list[Result]
) -> None:
    straight, mixed = Result(), Result()
    for result in results:
        straight = joined(straight, result)
    for at in [*order, *order]:
        mixed = joined(mixed, results[at])

    assert (straight.is_final, straight.completed, straight.passed, straight.seconds) == (
        mixed.is_final,
        mixed.completed,
        mixed.passed,
        mixed.seconds,
    )
    shares = [one.score and one.score.earned / one.score.possible for one in (straight, mixed)]
    assert shares[0] == shares[1]


NUMBERS = st.floats() | st.integers(-(10**9), 10**9).map(float)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_any_numbers_of_a_package_are_a_score_or_none(raw: float, low: float, high: float) -> None:
    score = plausible_score(raw, low, high)

    assert score is None or (0 <= score.earned <= score.possible and score.possible >= 1)


@given(
    st.builds(
        Answer,
        key=st.text(max_size=300),
        number=st.integers(),
        kind=st.text(max_size=20),
        text=st.text(),
        seconds=st.none() | st.integers(),
    )
)
def test_any_answer_fits_the_table(given_answer: Answer) -> None:
    (kept,) = fitting(Result(answers=(given_answer,))).answers

    assert len(kept.key) <= 250
    assert "\0" not in kept.key + kept.text
    assert 0 <= kept.number < 2**31
    assert kept.seconds is None or 0 <= kept.seconds < 2**31
    assert fitting(Result(answers=(kept,))).answers == (kept,)
