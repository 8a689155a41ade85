"""The teacher reads a learner's attempts at a package, and how all have answered it."""

import pytest
from django.urls import reverse

from courses.runtimes.launches.rules import Answer
from tests.courses.views.every_kind import captured_queries, queries_of
from tests.courses.views.packages import package_step, play, points, ready_package
from tests.courses.views.rooms import reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def origin(settings) -> None:
    settings.OPORA_CONTENT_ORIGIN = "http://content.test"


@pytest.fixture
def course(a_course, person):
    return a_course(package_step(ready_package(person("editor"))), "after")


def attempts_address(course, learner, title: str) -> str:
    uids = [course.public_id, learner.enrolment.uid, learner.uid(title)]
    return reverse("courses:teaching_attempts", args=uids)


def asked(key: str, is_right: bool, response: str) -> Answer:
    return Answer(
        key,
        1,
        "choice",
        text=f"Which {key}?",
        response=response,
        right="four words",
        is_right=is_right,
        seconds=75,
    )


def played(learner, course, *answers: Answer, **result):
    """A learner who has played the package of the course to its end."""
    masha = learner(course=course)
    location = masha.client.get(masha.address("cards", "launch"))["Location"]
    token = location.rstrip("/").rpartition("/")[2]
    play(token, answers=answers, **result)
    return masha


def test_an_attempt_shows_each_question_with_both_answers(learner, course, olga) -> None:
    masha = played(
        learner, course, asked("password", False, "123456"), score=points(4), seconds=130
    )
    address = reverse(
        "courses:teaching_attempts",
        args=[course.public_id, masha.enrolment.uid, masha.uid("cards")],
    )
    text = reader(olga).get(address).content.decode()
    for shown in ("Attempt 1", "40 %", "2 min", "Which password?", "123456", "four words", "wrong"):
        assert shown in text, shown


def test_the_learners_page_leads_to_the_attempts(learner, course, olga) -> None:
    masha = played(learner, course, score=points(10))
    page = reader(olga).get(
        reverse("courses:teaching_learner", args=[course.public_id, masha.enrolment.uid])
    )
    address = reverse(
        "courses:teaching_attempts",
        args=[course.public_id, masha.enrolment.uid, masha.uid("cards")],
    )
    assert address in page.content.decode()


def test_what_a_child_wrote_is_shown_as_it_is_and_runs_nowhere(learner, course, olga) -> None:
    masha = played(learner, course, asked("name", True, "<script>alert(1)</script>"))
    address = reverse(
        "courses:teaching_attempts",
        args=[course.public_id, masha.enrolment.uid, masha.uid("cards")],
    )
    text = reader(olga).get(address).content.decode()
    assert "<script>alert(1)</script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_all_answers_of_the_group_are_told_in_as_many_queries_for_any_number(
    learner, course, olga
) -> None:
    masha = played(learner, course, asked("password", True, "four words"))
    address = reverse("courses:teaching_items", args=[course.public_id, masha.uid("cards")])
    client = reader(olga)
    client.get(address)
    with captured_queries() as one:
        client.get(address)
    for response in ("123456", "qwerty", "qwerty"):
        played(learner, course, asked("password", False, response))
    with captured_queries() as many:
        text = client.get(address).content.decode()
    assert len(queries_of(many)) == len(queries_of(one))
    assert "Which password?" in text
    assert "25 %" in text
    assert "qwerty" in text


def test_a_step_that_plays_nothing_has_no_attempts(learner, course, olga) -> None:
    masha = learner(course=course)
    address = reverse(
        "courses:teaching_attempts",
        args=[course.public_id, masha.enrolment.uid, masha.uid("after")],
    )
    assert reader(olga).get(address).status_code == 404
