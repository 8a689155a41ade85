"""Many requests at once: nothing that was told is lost, and one end is one end."""

import pytest

from courses.runtimes.launches.models import Attempt, Interaction
from courses.runtimes.scorm.models import ScoState
from courses.runtimes.signals import attempt_moved
from tests.courses.races import at_once
from tests.courses.runtimes.scorm.conftest import answered, told
from tests.samples.scorm import one_sco_12, three_scos_12

pytestmark = pytest.mark.django_db(transaction=True)


def test_three_parallel_launches_are_one_attempt(a_package, learner_of) -> None:
    package = a_package(one_sco_12())

    learners = at_once(lambda _n: learner_of(package), times=3)

    assert {learner.attempt.pk for learner in learners} == {Attempt.objects.get().pk}


def test_four_parallel_commits_of_one_learner_lose_nothing(a_package, learner_of) -> None:
    learner = learner_of(a_package(one_sco_12()))
    sessions = [learner.open()["session"] for _page in range(4)]

    def answer(n: int) -> int:
        commit = told(1, session_time="0000:00:10") | answered(0, is_right=True, name=f"q{n}")
        return learner.post(f"commit/{sessions[n]}", commit).status_code

    assert at_once(answer, times=4) == [200] * 4
    assert set(Interaction.objects.values_list("key", flat=True)) == {f"SUM q{n}" for n in range(4)}
    assert learner.attempt.seconds == 40


def test_parts_that_are_told_of_at_once_do_not_hide_each_other(a_package, learner_of) -> None:
    learner = learner_of(a_package(three_scos_12()))
    done = told(1, is_last=True, lesson_status="completed")
    learner.commit(learner.open("S1")["session"], done)
    learner.commit(learner.open("S2")["session"], told(1, lesson_status="incomplete"))
    sessions = [learner.open("S2")["session"], learner.open("A1")["session"]]

    at_once(lambda n: learner.post(f"commit/{sessions[n]}", done).status_code, times=2)
    learner.commit(learner.open("S3")["session"], done)

    assert ScoState.objects.count() == 4
    assert learner.attempt.completed


def test_20_parallel_ends_are_one_end(a_package, learner_of) -> None:
    learner = learner_of(a_package(one_sco_12()))
    session = learner.open()["session"]
    heard = []

    def hear(report, **_named):
        heard.append(report.is_finished)

    attempt_moved.connect(hear)
    end = told(1, is_last=True, lesson_status="completed", score__raw="100")
    try:
        codes = at_once(lambda _n: learner.post(f"commit/{session}", end).status_code)
    finally:
        attempt_moved.disconnect(hear)

    assert codes == [200] * 20
    assert heard == [True]
    assert Attempt.objects.get().moves == 1
