"""The teacher's rooms: who is where, who needs help, and what the teacher can do about it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from courses.attempts.models import QuizAttempt
from courses.enrolments.operations import withdraw
from courses.lessons.queries import outline_by_id
from courses.people.api import Teacher
from courses.submissions.models import TaskSubmission
from courses.submissions.operations import hand_in
from tests.courses.conftest import NOON, course_of, lesson_of, publish, step_uid, text_step
from tests.courses.views.every_kind import quiz_step, task_step
from tests.courses.views.rooms import main_of, reader, see, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TEACHING = "/teaching/"
State = TaskSubmission.State


def table_of(course, query: str = "") -> str:
    return reverse("courses:teaching_course", args=[course.public_id]) + query


def learner_of(place) -> str:
    return reverse("courses:teaching_learner", args=[place.course.public_id, place.uid])


def cells_of(teacher, place) -> list[str]:
    """The only row of the course's table."""
    (row,) = main_of(reader(teacher).get(table_of(place.course))).select("tbody tr")
    return [cell.get_text(strip=True) for cell in row.select("td")]


def work_address(work) -> str:
    return reverse("courses:teaching_submission", args=[work.uid])


@pytest.fixture
def with_task(a_course):
    return a_course(task_step(kind="accepted"))


def answer_to(work, **form: str) -> dict[str, str]:
    """The form of a work as the teacher has it open now."""
    work.refresh_from_db()
    return {"seen": work.submitted_at.isoformat(), **form}


def work_of(place, text: str = "A rule") -> TaskSubmission:
    step = outline_by_id(place.course.current_revision_id).steps[0]
    return hand_in(enrolment=place, step=step, text=text, file=None, at=NOON)


def test_courses_say_how_many_learn_finished_and_are_silent(three_lessons, enrolled, olga) -> None:
    ahead = enrolled(three_lessons, "anya")
    for title in ("One", "Two", "Three"):
        see(ahead, title)
    enrolled(three_lessons, "boris", at=NOON - timedelta(days=20))
    gone = enrolled(three_lessons, "vera")
    withdraw(enrolment=gone, actor=gone.learner, at=NOON)
    card = main_of(reader(olga).get(TEACHING)).select_one(".card")
    numbers = [one.get_text(strip=True) for one in card.select("dd")]
    assert numbers == ["2", "1", "1"]


def test_a_learners_page_shows_times_evidence_scores_and_works(a_course, enrolled, olga) -> None:
    place = enrolled(a_course(text_step("a"), quiz_step("single"), task_step()), "anya")
    see(place, "a")
    quiz = outline_by_id(place.course.current_revision_id).steps[1]
    QuizAttempt.objects.create(
        enrolment=place,
        step_id=quiz.uid,
        step_version_id=quiz.version,
        number=1,
        started_at=NOON,
        finished_at=NOON,
        earned=50,
        possible=100,
        passed=False,
    )
    task = outline_by_id(place.course.current_revision_id).steps[2]
    hand_in(enrolment=place, step=task, text="A rule", file=None, at=NOON)
    text = words(reader(olga).get(learner_of(place)))
    assert "21 November 2026, 12:00" in text
    assert "Attempts: 1) 50 %" in text
    assert "Work 1 of 21 November" in text


def test_the_teacher_marks_a_step_and_the_reason_is_kept(three_lessons, enrolled, olga) -> None:
    place = enrolled(three_lessons, "anya")
    data = {"action": "mark", "step": step_uid(three_lessons, "One"), "reason": "on paper"}
    response = reader(olga).post(learner_of(place), data, follow=True)
    assert "marked this on 21 November: on paper" in words(response)
    assert cells_of(olga, place)[0] == "checked by the teacher"


def test_the_teacher_begins_a_step_anew(three_lessons, enrolled, olga) -> None:
    place = enrolled(three_lessons, "anya")
    see(place, "One")
    data = {"action": "reset", "step": step_uid(three_lessons, "One"), "reason": "broken file"}
    reader(olga).post(learner_of(place), data)
    assert cells_of(olga, place)[0] == "not started"


def test_the_teacher_counts_what_was_learned_elsewhere(three_lessons, enrolled, olga) -> None:
    place = enrolled(three_lessons, "anya")
    data = {"action": "import", "step": step_uid(three_lessons, "One"), "reason": "seen it"}
    response = reader(olga).post(learner_of(place), data, follow=True)
    assert "Say where it was learned" in words(response)
    data["source"] = "School No. 5"
    text = words(reader(olga).post(learner_of(place), data, follow=True))
    assert "counted this on 21 November as learned elsewhere (School No. 5): seen it" in text
    assert "learned elsewhere" in text
    assert cells_of(olga, place)[0] == "checked by the teacher"


def test_the_teacher_keeps_a_learner_to_an_edition_and_lets_them_go_on(
    three_lessons, enrolled, olga
) -> None:
    place = enrolled(three_lessons, "anya")
    page = words(
        reader(olga).post(learner_of(place), {"action": "pin", "reason": "nearly"}, follow=True)
    )
    assert "keeps to edition 1 of the course" in page
    publish(three_lessons, course_of(lesson_of([text_step("other")], title="Other")))
    (row,) = main_of(reader(olga).get(table_of(place.course))).select("tbody tr")
    assert "edition 1" in row.get_text()
    text = words(reader(olga).get(learner_of(place)))
    assert "Works by edition 1 of the course" in text
    assert "One" in text
    data = {"action": "unpin", "reason": "time to move on"}
    assert "follows the latest edition" in words(
        reader(olga).post(learner_of(place), data, follow=True)
    )
    assert "One" not in words(reader(olga).get(learner_of(place)))


@pytest.mark.parametrize("action", ["pin", "unpin"])
def test_an_edition_is_chosen_with_a_reason(three_lessons, enrolled, olga, action) -> None:
    place = enrolled(three_lessons, "anya")
    data = {"action": action, "reason": ""}
    assert "Say in a few words why" in words(
        reader(olga).post(learner_of(place), data, follow=True)
    )


@pytest.mark.parametrize("seen", ["", "yesterday", "2026-11-21T08:59:00+00:00"])
def test_a_text_that_was_replaced_while_the_form_was_open_is_read_again(
    with_task, enrolled, olga, seen
) -> None:
    place = enrolled(with_task, "anya")
    work = work_of(place, "Another text")
    form = {"seen": seen, "action": "accept", "comment": "Clear"}
    response = reader(olga).post(work_address(work), form)
    assert response.status_code == 422
    assert "replaced this work while you were reading it" in words(response)
    assert "Another text" in words(response)
    work.refresh_from_db()
    assert work.state == State.SUBMITTED


@pytest.mark.parametrize("action", ["mark", "reset"])
def test_without_a_reason_nothing_is_marked(three_lessons, enrolled, olga, action) -> None:
    place = enrolled(three_lessons, "anya")
    data = {"action": action, "step": step_uid(three_lessons, "One"), "reason": "  "}
    response = reader(olga).post(learner_of(place), data, follow=True)
    assert "Say in a few words why" in words(response)
    assert not place.events.exists()


@pytest.mark.parametrize("step", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_a_step_that_is_gone_is_a_sentence(three_lessons, enrolled, olga, step) -> None:
    place = enrolled(three_lessons, "anya")
    data = {"action": "mark", "step": step, "reason": "why not"}
    response = reader(olga).post(learner_of(place), data, follow=True)
    assert "This step is no longer in the course." in words(response)


def test_a_work_is_accepted_with_a_comment_and_the_next_one_opens(
    with_task, enrolled, olga
) -> None:
    first, second = work_of(enrolled(with_task, "anya")), work_of(enrolled(with_task, "boris"))
    response = reader(olga).post(
        work_address(first), answer_to(first, action="accept", comment="Clear")
    )
    assert response["Location"] == work_address(second)
    first.refresh_from_db()
    assert (first.state, first.comment) == (State.ACCEPTED, "Clear")
    response = reader(olga).post(work_address(second), answer_to(second, action="accept"))
    assert response["Location"] == table_of(with_task)


def test_a_work_is_returned_only_with_a_word(with_task, enrolled, olga) -> None:
    work = work_of(enrolled(with_task, "anya"))
    response = reader(olga).post(work_address(work), answer_to(work, action="return", comment=" "))
    assert response.status_code == 422
    assert "what to improve" in main_of(response).select_one("#comment-error").get_text()
    reader(olga).post(work_address(work), answer_to(work, action="return", comment="Say why"))
    work.refresh_from_db()
    assert (work.state, work.comment) == (State.RETURNED, "Say why")


def test_a_work_answered_in_another_tab_keeps_the_first_answer(with_task, enrolled, olga) -> None:
    work = work_of(enrolled(with_task, "anya"))
    reader(olga).post(work_address(work), answer_to(work, action="accept", comment="Clear"))
    response = reader(olga).post(work_address(work), answer_to(work, action="return", comment="No"))
    assert response.status_code == 422
    assert "was answered already" in words(response)
    work.refresh_from_db()
    assert work.comment == "Clear"


def test_a_work_shows_the_task_the_text_and_what_was_before(with_task, enrolled, olga) -> None:
    place = enrolled(with_task, "anya")
    first = work_of(place, "Too short")
    reader(olga).post(work_address(first), answer_to(first, action="return", comment="Say why"))
    second = work_of(place, "<b>Longer</b>\nwith a reason")
    response = reader(olga).get(work_address(second))
    text = words(response)
    assert "Напиши правило." in text
    assert "<b>Longer</b>" in text
    assert "Earlier Work 1 of 21 November" in text
    assert "Too short" in text
    assert "Say why" in text


def test_waiting_works_lead_the_room(with_task, enrolled, olga) -> None:
    work = work_of(enrolled(with_task, "anya"))
    response = reader(olga).get(TEACHING)
    assert "1 work waits for an answer" in words(response)
    assert main_of(response).select_one(".works a")["href"] == work_address(work)


def test_an_answer_to_a_step_that_is_gone_is_a_sentence(with_task, enrolled, olga) -> None:
    work = work_of(enrolled(with_task, "anya"))
    publish(with_task, course_of(lesson_of([text_step("other")], title="Other")))
    response = reader(olga).post(
        work_address(work), answer_to(work, action="accept", comment="Clear")
    )
    assert response.status_code == 422
    assert "no longer in the course" in words(response)


def test_a_person_who_teaches_nothing_has_no_such_room(person) -> None:
    assert reader(person("anna")).get(TEACHING).status_code == 404


def test_a_teacher_without_courses_is_told_what_to_do(person) -> None:
    Teacher.objects.create(name="New", user=person("new"))
    assert "An editor does that" in words(reader(person("new")).get(TEACHING))


def test_another_teachers_course_learner_and_work_are_not_found(
    with_task, enrolled, person
) -> None:
    place = enrolled(with_task, "anya")
    work = work_of(place)
    Teacher.objects.create(name="Other", user=person("other"))
    other = reader(person("other"))
    for address in (table_of(with_task), learner_of(place), work_address(work)):
        assert other.get(address).status_code == 404
    assert other.post(work_address(work), answer_to(work, action="accept")).status_code == 404
    assert other.post(learner_of(place), {"action": "mark"}).status_code == 404
