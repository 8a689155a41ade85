"""Walking through a lesson without scripts: forward, back, away and back again."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from courses.enrolments.operations import withdraw
from courses.lessons.rules import Rule, RuleKind
from courses.progress.models import Event
from courses.progress.operations import reset
from courses.progress.rules import Evidence
from tests.courses.conftest import NOON, course_of, draft_of_steps, lesson_of, publish, text_step
from tests.courses.views.every_kind import (
    Learner,
    captured_queries,
    checklist_step,
    every_kind,
    later_lesson,
    queries_of,
    step,
    task_step,
)

pytestmark = pytest.mark.django_db


def test_a_child_reaches_the_last_step_of_every_kind_without_scripts(learner) -> None:
    masha = learner(draft=every_kind())
    screen = masha.open("text")
    for title in ("image", "video", "audio", "file", "callout", "checklist"):
        screen = screen.press()
        assert screen.address == masha.address(title)
    screen = screen.press(item=["0", "1"])
    assert screen.address == masha.address("quiz")
    screen = screen.press()
    screen = screen.press(**screen.choice("Лиса"))
    assert screen.verdict == "right"
    screen = screen.press().press()
    assert screen.address == masha.address("task")
    screen = screen.press(text="Пароль знают только родители.").press()

    assert "video" in screen.text  # is left: nobody said that it was watched
    screen = screen.press()
    screen = screen.submit("step-form")
    assert masha.is_done("video")
    end = screen.follow(reverse("courses:lesson_end", args=[masha.enrolment.uid, _first(masha)]))
    assert "tell a bridge from a ford" in end.text
    last = end.press()
    assert last.address == masha.address("last")

    finished = last.press()
    assert finished.address == reverse("courses:finished", args=[masha.enrolment.uid])
    assert "count bridges" in finished.text


def _first(learner: Learner) -> str:
    return learner.place.outline.lessons[0].uid


def test_seeing_a_step_is_recorded_once_however_often_next_is_pressed(learner) -> None:
    masha = learner("a", "b")

    responses = [masha.client.post(masha.address("a")) for _press in range(3)]

    assert {response["Location"] for response in responses} == {masha.address("b")}
    assert Event.objects.count() == 1
    assert masha.place.state.steps[masha.uid("a")].done.evidence is Evidence.SEEN


def test_opening_a_step_records_nothing(learner) -> None:
    masha = learner("a")

    assert masha.open("a").response.status_code == 200
    assert not Event.objects.exists()


def test_another_device_goes_on_at_the_first_unfinished_step(learner) -> None:
    masha = learner("a", "b", "c")
    masha.client.post(masha.address("a"))

    assert Learner(masha.enrolment, Client()).resume() == masha.address("b")


def test_after_a_pause_a_strip_says_when_the_learner_stopped(learner, clock) -> None:
    masha = learner("a", "b")
    masha.client.post(masha.address("a"))
    assert not masha.open("b").page.select(".strip")

    clock.shift(timedelta(days=1))

    strip = masha.open("b").page.select_one(".strip")
    assert strip is not None
    assert strip.a is not None
    assert strip.a["href"] == masha.address("a")
    assert not masha.open("a").page.select(".strip")


def test_a_step_that_is_gone_leads_to_one_that_exists_with_a_sentence(learner) -> None:
    masha = learner("a", "b")
    gone = masha.address("a")
    publish(masha.enrolment.course, draft_of_steps("b"))

    for answer in (masha.client.get(gone, follow=True), masha.client.post(gone, follow=True)):
        assert answer.request["PATH_INFO"] == masha.address("b")
        assert b"notice" in answer.content


def test_a_closed_lesson_leads_to_the_course_with_a_sentence(learner) -> None:
    masha = learner(draft=course_of(lesson_of([text_step("a")]), later_lesson()))

    for answer in (
        masha.client.get(masha.address("secret")),
        masha.client.post(masha.address("secret")),
    ):
        assert answer.status_code == 302
        assert answer["Location"] != masha.address("secret")
    assert not Event.objects.exists()


def test_the_end_of_a_lesson_says_when_the_next_one_opens(learner) -> None:
    masha = learner(draft=course_of(lesson_of([text_step("a")]), later_lesson()))

    end = masha.open("a").press()

    assert "30 ноября" in end.text
    assert "secret" not in end.text


def test_a_lesson_with_steps_left_lists_them_instead_of_praising(learner) -> None:
    masha = learner("a", "b")
    masha.client.post(masha.address("b"))

    end = masha.open("b").press()

    assert end.page.select(".finish") == []
    assert end.primary["href"] == masha.address("a")


def test_a_work_that_is_with_the_teacher_is_not_left_to_the_learner(learner) -> None:
    masha = learner("a", task_step(kind="accepted"))
    masha.client.post(masha.address("a"))
    end = masha.open("task").press(text="Моё правило").press()

    assert end.page.select(".finish") == []
    assert end.primary["href"] != masha.address("task")


def test_a_checklist_wants_every_item_and_keeps_those_that_are_ticked(learner) -> None:
    masha = learner(checklist_step(), "b")

    refused = masha.open("checklist").press(item=["1"])

    assert refused.response.status_code == 422
    assert [box["value"] for box in refused.page.select("[name=item][checked]")] == ["1"]
    assert not masha.is_done("checklist")
    assert refused.press(item=["0", "1"]).address == masha.address("b")
    assert masha.place.state.steps[masha.uid("checklist")].done.evidence is Evidence.SELF


def test_saying_done_changes_nothing_where_seeing_or_a_quiz_decides(learner) -> None:
    masha = learner("a", "b")

    answer = masha.client.post(masha.address("a", "declare"))

    assert answer["Location"] == masha.address("a")
    assert not Event.objects.exists()


def test_a_step_that_asks_for_done_is_not_done_by_going_on(learner) -> None:
    masha = learner(step("text", "promise", Rule(RuleKind.DECLARED), body="<p>x</p>"), "b")

    masha.client.post(masha.address("promise"))
    assert not masha.is_done("promise")

    assert masha.open("promise").press().address == masha.address("b")
    assert masha.is_done("promise")


def test_after_a_reset_by_the_teacher_a_step_can_be_done_anew(learner) -> None:
    masha = learner("a")
    masha.client.post(masha.address("a"))
    teacher = masha.enrolment.course.teacher.user
    reset(enrolment=masha.enrolment, step_uid=None, reason="again", actor=teacher, at=NOON)

    masha.client.post(masha.address("a"))

    assert masha.is_done("a")


def test_the_page_of_a_finished_course_is_for_those_who_finished(learner) -> None:
    masha = learner("a")
    finished = reverse("courses:finished", args=[masha.enrolment.uid])
    assert masha.client.get(finished)["Location"] == reverse(
        "courses:resume", args=[masha.enrolment.uid]
    )

    masha.client.post(masha.address("a"))

    page = masha.client.get(finished).content.decode()
    assert "tell a bridge from a ford" in page
    assert "21 ноября 2026" in page
    assert masha.enrolment.learner.opora_child.display_name in page


@pytest.mark.parametrize(
    "name", ["resume", "step", "declare", "quiz", "task", "finished", "lesson_end"]
)
def test_nobody_else_finds_the_place(learner, child, person, guardian_of, name) -> None:
    masha = learner("a")
    lesson = [_first(masha)] if name == "lesson_end" else []
    of_step = [masha.uid("a")] if name in {"step", "declare", "quiz", "task"} else []
    address = reverse(f"courses:{name}", args=[masha.enrolment.uid, *of_step, *lesson])
    others = [
        child("petya").user,
        guardian_of(masha.enrolment.learner.opora_child),
        masha.enrolment.course.teacher.user,
        get_user_model().objects.create_superuser("root", password="opora-test"),
    ]

    for other in others:
        client = Client()
        client.force_login(other)
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    visitor = Client().get(address)
    assert visitor.status_code == 302
    assert visitor["Location"].startswith("/accounts/login/")


def test_a_place_that_was_given_back_is_not_found(learner) -> None:
    masha = learner("a")
    person = masha.enrolment.learner
    withdraw(enrolment=masha.enrolment, actor=person, at=NOON)

    assert masha.client.get(masha.address("a")).status_code == 404


@pytest.mark.parametrize(("lessons", "learners"), [(1, 1), (12, 6)])
def test_a_lesson_page_reads_the_database_four_times_at_most(
    a_course, a_place, clock, lessons, learners
) -> None:
    draft = course_of(
        *(
            lesson_of([text_step(f"s{n}"), text_step(f"t{n}")], title=f"L{n}")
            for n in range(lessons)
        )
    )
    course = a_course(draft=draft)
    everyone = [Learner(a_place(course)) for _one in range(learners)]
    masha = everyone[0]
    masha.client.post(masha.address("s0"))
    masha.open("t0")
    address = masha.address("t0")

    with captured_queries() as captured:
        assert masha.client.get(address).status_code == 200

    assert len(queries_of(captured)) <= 4, "\n".join(queries_of(captured))


@pytest.mark.parametrize("title", ["text", "video", "checklist", "quiz", "task"])
def test_every_kind_of_step_stays_within_seven_reads(learner, title) -> None:
    masha = learner(draft=every_kind())
    screen = masha.open(title)
    if title == "quiz":
        screen = screen.press()
        screen.press(**screen.choice("123456"))
    if title == "task":
        screen.press(text="Моё правило")
    masha.open(title)
    address = masha.address(title)

    with captured_queries() as captured:
        assert masha.client.get(address).status_code == 200

    assert len(queries_of(captured)) <= 7, "\n".join(queries_of(captured))
