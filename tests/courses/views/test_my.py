"""The learner's home and the page that explains a number."""

from datetime import timedelta

import pytest
from django.urls import reverse

from courses.enrolments.operations import withdraw
from courses.progress.operations import mark_done, reset
from courses.submissions.models import TaskSubmission
from courses.submissions.operations import answer, hand_in
from tests.courses.conftest import NOON, course_of, lesson_of, step_uid, text_step
from tests.courses.views.every_kind import later_lesson, task_step
from tests.courses.views.rooms import main_of, queries_of, reader, see, show, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

MY = "/my/"


def why_of(place) -> str:
    return reverse("courses:why", args=[place.uid])


@pytest.fixture
def masha(child):
    return child("masha").user


def test_one_card_leads_on_with_the_lesson_and_the_minutes_left(a_course, a_place, masha) -> None:
    course = a_course(draft=course_of(lesson_of([text_step("a"), text_step("b")], title="Arches")))
    place = a_place(course, masha)
    see(place, "a")
    response = reader(masha).get(MY)
    (link,) = main_of(response).select("a.button--primary")
    assert link["href"] == reverse("courses:resume", args=[place.uid])
    assert "1. Arches" in words(response)
    assert "5 minutes left" in words(response)
    assert "0 of 1 lesson done" in words(response)


def test_what_was_touched_last_is_offered_first(a_course, a_place, masha) -> None:
    first = a_place(a_course("a", "b", title="Bridges"), masha)
    second = a_place(a_course("c", "d", title="Tunnels"), masha)
    see(second, "c")
    see(first, "a", at=NOON + timedelta(seconds=30))
    response = reader(masha).get(MY)
    assert main_of(response).select_one("article .eyebrow").get_text(strip=True) == "Bridges"
    assert [one.get_text(strip=True) for one in main_of(response).select("li .card__title")] == [
        "Tunnels"
    ]


def test_a_finished_course_leads_to_its_completion(a_course, a_place, masha) -> None:
    place = a_place(a_course("a"), masha)
    see(place, "a")
    response = reader(masha).get(MY)
    (card,) = main_of(response).select("li.card")
    assert card.select_one("a")["href"] == reverse("courses:finished", args=[place.uid])
    assert "finished on 21 November 2026" in words(response)


def test_a_lesson_whose_day_has_not_come_says_its_day(a_course, a_place, masha) -> None:
    draft = course_of(lesson_of([text_step("a")], title="Now"), later_lesson())
    place = a_place(a_course(draft=draft), masha)
    see(place, "a")
    response = reader(masha).get(MY)
    assert "The next lesson opens on 30 November" in words(response)
    assert main_of(response).select("a.button--primary") == []


def test_without_courses_there_is_one_action(masha) -> None:
    response = reader(masha).get(MY)
    assert len(main_of(response).select("a.button--primary")) == 1
    assert "No courses yet" in words(response)


def test_a_given_back_place_is_gone_from_home(a_course, a_place, masha) -> None:
    place = a_place(a_course("a"), masha)
    withdraw(enrolment=place, actor=masha, at=NOON)
    assert "Bridges" not in words(reader(masha).get(MY))


def test_signing_out_is_a_big_button(masha) -> None:
    form = main_of(reader(masha).get(MY)).select_one("form")
    assert form["action"] == reverse("logout")
    assert form.select_one("button.log-out") is not None


def test_the_teachers_answer_waits_at_home(a_course, a_place, masha, teacher) -> None:
    course = a_course(task_step(kind="accepted"))
    place = a_place(course, masha)
    from courses.lessons.queries import outline_by_id

    step = outline_by_id(course.current_revision_id).steps[0]
    work = hand_in(enrolment=place, step=step, text="A rule", file=None, at=NOON)
    answer(submission=work, accepted=False, comment="Say why", actor=teacher.user, at=NOON)
    response = reader(masha).get(MY)
    assert "Say why" in words(response)
    mend = main_of(response).find("a", string="Improve the work")
    assert mend["href"] == reverse("courses:step", args=[place.uid, step.uid])
    assert TaskSubmission.objects.get().state == TaskSubmission.State.RETURNED


def test_adults_find_their_rooms(person, child, guardian_of, teacher) -> None:
    guardian_of(child("masha"), teacher.user.username)
    links = [a["href"] for a in main_of(reader(teacher.user).get(MY)).select("nav a")]
    assert links == [reverse("courses:family"), reverse("courses:teaching")]


def test_a_home_with_many_courses_takes_no_more_queries(a_course, a_place, masha) -> None:
    show(a_course("a"))
    a_place(a_course("b", title="One"), masha)
    few = queries_of(reader(masha), MY)
    for number in range(5):
        a_place(a_course("c", title=f"Course {number}"), masha)
    assert queries_of(reader(masha), MY) <= few


def test_every_counted_step_says_what_it_wants_when_it_was_done_and_who_vouches(
    a_course, a_place, masha
) -> None:
    place = a_place(a_course("a", "b", text_step("c", required=False)), masha)
    see(place, "a")
    response = reader(masha).get(why_of(place))
    assert "1 of 2 obligatory steps done." in words(response)
    rows = [" ".join(row.get_text(" ").split()) for row in main_of(response).select(".counted li")]
    assert rows[0].startswith("a To do: read to the end · 21 November 2026 done")
    assert rows[0].endswith("seen")
    assert rows[1].endswith("not started")
    assert rows[2].endswith("optional, does not count")


def test_the_teachers_reason_stands_beside_the_mark(a_course, a_place, masha, teacher) -> None:
    place = a_place(a_course("a", "b"), masha)
    actor = teacher.user
    mark_done(
        enrolment=place,
        step_uid=step_uid(place.course, "a"),
        reason="did it on paper",
        actor=actor,
        at=NOON,
    )
    reset(
        enrolment=place,
        step_uid=step_uid(place.course, "b"),
        reason="the file was broken",
        actor=actor,
        at=NOON,
    )
    text = words(reader(masha).get(why_of(place)))
    assert "marked this on 21 November: did it on paper" in text
    assert "began this anew on 21 November: the file was broken" in text


def test_the_why_is_for_the_family_and_the_teacher_and_nobody_else(
    a_course, a_place, child, guardian_of, person, teacher
) -> None:
    sonya = child("sonya")
    place = a_place(a_course("a"), sonya.user)
    address = why_of(place)
    for user in (sonya.user, guardian_of(sonya), teacher.user):
        assert reader(user).get(address).status_code == 200
    assert reader(person("stranger")).get(address).status_code == 404
