"""A step that plays a package: its frame, what it reports, another attempt."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.lessons.rules import RuleKind, ScorePolicy
from courses.progress.models import Completion, Event
from courses.progress.operations import reset
from courses.progress.rules import Evidence
from courses.runtimes.launches.errors import LaunchExpired
from courses.runtimes.models import Attempt
from tests.courses.conftest import NOON
from tests.courses.views.every_kind import captured_queries, queries_of
from tests.courses.views.packages import package_step, play, points, ready_package

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

ORIGIN = "http://content.test"


@pytest.fixture(autouse=True)
def origin(settings) -> None:
    settings.OPORA_CONTENT_ORIGIN = ORIGIN


@pytest.fixture
def cards(person):
    return ready_package(person("editor"))


def launched(masha, title: str = "cards") -> str:
    """The token with which the frame of the step opens."""
    answer = masha.client.get(masha.address(title, "launch"))
    assert answer["Location"].startswith(f"{ORIGIN}/h5p/")
    return answer["Location"].rstrip("/").rpartition("/")[2]


def evidence(masha, title: str = "cards") -> Evidence:
    return masha.place.state.steps[masha.uid(title)].done.evidence


def test_a_step_with_a_package_plays_it_in_a_closed_frame(learner, cards) -> None:
    masha = learner(package_step(cards), "after")
    frame = masha.open("cards").page.select_one("iframe")
    assert frame["src"] == masha.address("cards", "launch")
    assert frame["title"] == "cards"
    assert "allow-same-origin" not in frame["sandbox"]
    assert "allow-top-navigation" not in frame["sandbox"]


def test_scorm_keeps_an_origin_of_its_own_in_its_frame(learner, person) -> None:
    masha = learner(package_step(ready_package(person("editor"), kind="scorm")))
    frame = masha.open("cards").page.select_one("iframe")
    assert "allow-same-origin" in frame["sandbox"]


def test_what_the_package_reports_completes_the_step_and_the_course_at_once(learner, cards) -> None:
    masha = learner(package_step(cards))
    play(launched(masha), score=points(7))
    assert masha.is_done("cards")
    assert evidence(masha) is Evidence.MACHINE_CLIENT
    assert Completion.objects.filter(enrolment=masha.enrolment).count() == 1


def test_a_result_that_comes_twenty_times_is_one_event(learner, cards) -> None:
    masha = learner(package_step(cards), "after")
    token = launched(masha)
    for _time in range(20):
        play(token, score=points(7))
    assert Attempt.objects.count() == 1
    assert Event.objects.filter(enrolment=masha.enrolment, verb="graded").count() == 1


def test_a_failed_attempt_is_tried_again_until_the_mark_is_reached(learner, cards) -> None:
    masha = learner(package_step(cards, completion=RuleKind.PASSED, percent=60), "after")
    play(launched(masha), score=points(4), passed=False)
    assert not masha.is_done("cards")

    screen = masha.open("cards").submit("again-form")
    assert screen.address == masha.address("cards")
    play(launched(masha), "two", score=points(9), passed=True)
    assert masha.is_done("cards")
    assert [attempt.number for attempt in Attempt.objects.all()] == [1, 2]


def test_the_first_attempt_counts_where_the_editor_wants_it(learner, cards) -> None:
    first = package_step(cards, completion=RuleKind.PASSED, policy=ScorePolicy.FIRST)
    masha = learner(first, "after")
    token = launched(masha)
    play(token, score=points(4))
    play(token, "two", score=points(9))
    assert not masha.is_done("cards")


def test_an_attempt_from_before_the_teachers_reset_changes_nothing(learner, cards, olga) -> None:
    masha = learner(package_step(cards), "after")
    early = launched(masha)
    reset(
        enrolment=masha.enrolment,
        step_uid=masha.uid("cards"),
        reason="Try once more",
        actor=olga,
        at=NOON,
    )
    play(early)
    assert not masha.is_done("cards")

    play(launched(masha), "two")
    assert masha.is_done("cards")


def test_content_that_never_reports_is_finished_by_the_childs_own_word(learner, person) -> None:
    silent = ready_package(person("editor"), reports_results=False)
    masha = learner(package_step(silent), "after")
    screen = masha.open("cards").submit("step-form")
    assert screen.address == masha.address("after")
    assert evidence(masha) is Evidence.SELF


def test_content_that_reports_is_not_finished_by_a_word(learner, cards) -> None:
    masha = learner(package_step(cards), "after")
    masha.client.post(masha.address("cards", "declare"))
    assert not masha.is_done("cards")


def test_a_package_that_was_taken_away_is_said_and_the_way_goes_on(learner, cards) -> None:
    masha = learner(package_step(cards), "after")
    cards.current = None
    cards.save()
    screen = masha.open("cards")
    assert "Материал ещё не готов" in screen.text
    assert screen.page.select_one("iframe") is None
    assert screen.press().address == masha.address("after")


def test_a_launch_of_a_step_that_plays_nothing_leads_back_to_the_course(learner) -> None:
    masha = learner("text", "after")
    answer = masha.client.get(masha.address("text", "launch"))
    assert answer["Location"] == reverse("courses:resume", args=[masha.enrolment.uid])


def test_a_step_with_a_package_costs_no_more_than_another(learner, cards) -> None:
    masha = learner(package_step(cards), "after")
    play(launched(masha), score=points(7))
    masha.open("cards")
    with captured_queries() as captured:
        masha.open("cards")
    assert len(queries_of(captured)) <= 8


def test_a_frame_that_is_left_open_plays_no_longer_after_signing_out(learner, cards) -> None:
    masha = learner(package_step(cards))
    token = launched(masha)
    masha.client.logout()
    minute = timezone.now() + timedelta(minutes=1)
    with pytest.raises(LaunchExpired):
        play(token, at=minute)
    assert not masha.is_done("cards")
