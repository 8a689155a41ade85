"""The teacher's rooms: who is where, who needs help, and what the teacher can do about it."""

import csv
import io
import time
from datetime import timedelta

import pytest
from django.urls import reverse

from courses.attempts.models import QuizAttempt
from courses.enrolments.models import Enrolment
from courses.enrolments.operations import withdraw
from courses.lessons.queries import outline_by_id
from courses.lessons.rules import AddedPolicy
from courses.people.api import Teacher
from courses.progress.models import CourseState
from courses.progress.operations import mark_done, record
from courses.progress.rules import Evidence, Mark, Verb
from courses.submissions.models import TaskSubmission
from courses.submissions.operations import hand_in
from courses.views.export import as_text
from tests.courses.conftest import NOON, course_of, lesson_of, publish, step_uid, text_step
from tests.courses.views.every_kind import quiz_step, task_step
from tests.courses.views.rooms import main_of, queries_of, reader, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TEACHING = "/teaching/"
BUDGET = 12
State = TaskSubmission.State


def see(place, title: str, *, at=NOON) -> None:
    tell(place, title, Verb.VIEWED, {}, at=at)


def tell(place, title: str, verb: Verb, payload: dict, *, at=NOON) -> None:
    record(
        enrolment=place,
        step_uid=step_uid(place.course, title),
        verb=verb,
        payload=payload,
        evidence=Evidence.SEEN,
        at=at,
    )


def table_of(course, query: str = "") -> str:
    return reverse("courses:teaching_course", args=[course.public_id]) + query


def learner_of(place) -> str:
    return reverse("courses:teaching_learner", args=[place.course.public_id, place.uid])


def work_address(work) -> str:
    return reverse("courses:teaching_submission", args=[work.uid])


def rows_of(response) -> dict[str, list[str]]:
    """The marks of each learner's row, by name; the last is the count."""
    return {
        row.select_one("th").get_text(strip=True): [
            cell.get_text(strip=True) for cell in row.select("td")
        ]
        for row in main_of(response).select("tbody tr")
    }


@pytest.fixture
def olga(teacher):
    return teacher.user


@pytest.fixture
def enrolled(a_place, child):
    """``enrolled(course, "masha")``: the place of a child of that name."""
    return lambda course, name, **when: a_place(course, child(name).user, **when)


@pytest.fixture
def three_lessons(a_course):
    titles = ("One", "Two", "Three")
    return a_course(draft=course_of(*(lesson_of([text_step(t)], title=t) for t in titles)))


@pytest.fixture
def with_task(a_course):
    return a_course(task_step(kind="accepted"))


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


def test_rows_are_by_name_and_cells_say_where_each_lesson_stands(
    three_lessons, enrolled, olga
) -> None:
    boris, anya = enrolled(three_lessons, "boris"), enrolled(three_lessons, "anya")
    see(boris, "One")
    see(boris, "Two")
    mark_done(
        enrolment=anya,
        step_uid=step_uid(three_lessons, "Three"),
        reason="showed it in class",
        actor=olga,
        at=NOON,
    )
    rows = rows_of(reader(olga).get(table_of(three_lessons)))
    assert list(rows) == ["Anya", "Boris"]
    assert rows["Anya"] == ["not started", "not started", "checked by the teacher", "1/3"]
    assert rows["Boris"] == ["done", "done", "not started", "2/3"]


def test_a_lesson_half_done_is_started_and_an_optional_one_is_not_required(
    a_course, enrolled, olga
) -> None:
    halves = lesson_of([text_step("a"), text_step("b")], title="Halves")
    extra = lesson_of([text_step("c", required=False)], title="Extra")
    place = enrolled(a_course(draft=course_of(halves, extra)), "anya")
    see(place, "a")
    rows = rows_of(reader(olga).get(table_of(place.course)))
    assert rows["Anya"] == ["started", "not required", "0/1"]


def test_help_is_needed_where_a_work_waits_and_where_a_quiz_failed_twice(
    a_course, enrolled, olga
) -> None:
    course = a_course(
        draft=course_of(
            lesson_of([task_step(kind="accepted")], title="Task"),
            lesson_of([quiz_step("single")], title="Quiz"),
        )
    )
    waits, stuck = enrolled(course, "anya"), enrolled(course, "boris")
    enrolled(course, "vera")
    work_of(waits)
    for attempt in ("first", "second"):
        tell(stuck, "quiz", Verb.GRADED, {"attempt": attempt, "earned": 0, "possible": 100})
    rows = rows_of(reader(olga).get(table_of(course)))
    assert rows["Anya"][:2] == ["needs help", "not started"]
    assert rows["Boris"][:2] == ["not started", "needs help"]
    assert list(rows_of(reader(olga).get(table_of(course, "?show=help")))) == ["Anya", "Boris"]


def test_one_failed_try_is_no_cry_for_help(a_course, enrolled, olga) -> None:
    place = enrolled(a_course(quiz_step("single")), "anya")
    tell(place, "quiz", Verb.GRADED, {"attempt": "first", "earned": 0, "possible": 100})
    assert rows_of(reader(olga).get(table_of(place.course)))["Anya"][0] == "started"


def test_the_silent_are_those_unfinished_for_seven_days(three_lessons, enrolled, olga) -> None:
    long_ago = NOON - timedelta(days=9)
    silent = enrolled(three_lessons, "anya", at=long_ago)
    see(silent, "One", at=NOON - timedelta(days=8))
    enrolled(three_lessons, "boris", at=long_ago)
    lively = enrolled(three_lessons, "vera", at=long_ago)
    see(lively, "One", at=NOON - timedelta(days=6))
    rows = rows_of(reader(olga).get(table_of(three_lessons, "?show=silent")))
    assert list(rows) == ["Anya", "Boris"]


def test_columns_are_grouped_by_module_and_counted_below(three_lessons, enrolled, olga) -> None:
    see(enrolled(three_lessons, "anya"), "One")
    see(enrolled(three_lessons, "boris"), "One")
    table = main_of(reader(olga).get(table_of(three_lessons))).select_one("table")
    group = table.select_one("th[scope=colgroup]")
    assert (group["colspan"], group.get_text(strip=True)) == ("3", "Module")
    assert len(table.select("th[scope=col]")) == 5
    assert [cell.get_text(strip=True) for cell in table.select("tfoot td")] == ["2", "0", "0", ""]
    assert table.select_one("caption") is not None


def test_a_row_behind_the_newest_revision_is_brought_up_for_the_page(
    a_course, enrolled, olga
) -> None:
    a, b = (lesson_of([text_step(key)], title=key.upper()) for key in "ab")
    course = a_course(draft=course_of(a, b))
    place = enrolled(course, "anya")
    see(place, "a")
    kept = CourseState.objects.get(enrolment=place)
    publish(course, course_of(a), policy=AddedPolicy.REQUIRED_FOR_ALL_UNFINISHED)
    kept.save()
    assert rows_of(reader(olga).get(table_of(course)))["Anya"] == ["done", "1/1"]


def test_an_empty_table_says_so(three_lessons, olga) -> None:
    assert "Nobody is on this course yet." in words(reader(olga).get(table_of(three_lessons)))


@pytest.mark.parametrize("page", ["0", "-3", "99999999999", "x", "²", "2"])
def test_any_page_number_shows_a_page(three_lessons, enrolled, olga, page) -> None:
    enrolled(three_lessons, "anya")
    response = reader(olga).get(table_of(three_lessons, f"?page={page}"))
    assert list(rows_of(response)) == ["Anya"]


def test_a_hundred_rows_stand_on_a_page(a_course, person, olga) -> None:
    course = a_course("a")
    fill(course, person, 105)
    first = reader(olga).get(table_of(course))
    assert len(rows_of(first)) == 100
    assert len(main_of(first).select(".pagination li")) == 2
    assert len(rows_of(reader(olga).get(table_of(course, "?page=2")))) == 5


def fill(course, person, learners: int) -> None:
    """That many learners on the course who have seen every step of it."""
    step_uids = [step.uid for step in outline_by_id(course.current_revision_id).steps]
    at = NOON.isoformat()
    done = {"first_seq": 1, "last_seq": 1, "last_at": at, "done": [at, "seen", 1, None]}
    facts = {
        "floor": 0,
        "floors": {},
        "started_revision_n": 1,
        "steps": dict.fromkeys(step_uids, done),
        "finished": None,
    }
    places = Enrolment.objects.bulk_create(
        Enrolment(
            learner=person(f"learner-{number:04}"),
            course=course,
            enrolled_at=NOON,
            enrolled_by=person("olga"),
            enrolled_revision_n=1,
        )
        for number in range(learners)
    )
    CourseState.objects.bulk_create(
        CourseState(
            enrolment=place,
            revision_n=1,
            as_of_seq=1,
            facts=facts,
            done=len(step_uids),
            required=len(step_uids),
            last_activity_at=NOON,
        )
        for place in places
    )


def test_a_table_of_thirty_by_forty_is_quick_and_within_the_budget(
    a_course, person, olga
) -> None:
    lessons = (
        lesson_of([text_step(f"{n}-{k}") for k in range(5)], title=f"Lesson {n}")
        for n in range(40)
    )
    course = a_course(draft=course_of(*lessons))
    fill(course, person, 3)
    few = queries_of(reader(olga), table_of(course))
    Enrolment.objects.filter(course=course).update(withdrawn_at=NOON)
    fill(course, person, 30)
    assert queries_of(reader(olga), table_of(course)) == few <= BUDGET

    client, spent = reader(olga), []
    for _ in range(5):
        began = time.process_time()
        client.get(table_of(course))
        spent.append(time.process_time() - began)
    assert min(spent) < 0.3


def test_the_table_as_a_file_runs_no_formula(a_course, enrolled, olga) -> None:
    place = enrolled(a_course(draft=course_of(lesson_of([text_step("a")], title="=1+1"))), "anya")
    see(place, "a")
    address = reverse("courses:teaching_export", args=[place.course.public_id])
    response = reader(olga).get(address)
    text = response.content.decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text), delimiter=";")
    assert head[1] == "'=1+1"
    assert row == ["Anya", "done", "1", "1", "2026-11-21"]
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_would_be_a_formula_becomes_text(start) -> None:
    assert as_text(f"{start}cmd") == f"'{start}cmd"
    assert as_text("Anya") == "Anya"


def test_a_learners_page_shows_times_evidence_scores_and_works(
    a_course, enrolled, olga
) -> None:
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
    assert rows_of(reader(olga).get(table_of(three_lessons)))["Anya"][0] == "checked by the teacher"


def test_the_teacher_begins_a_step_anew(three_lessons, enrolled, olga) -> None:
    place = enrolled(three_lessons, "anya")
    see(place, "One")
    data = {"action": "reset", "step": step_uid(three_lessons, "One"), "reason": "broken file"}
    reader(olga).post(learner_of(place), data)
    assert rows_of(reader(olga).get(table_of(three_lessons)))["Anya"][0] == "not started"


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
    response = reader(olga).post(work_address(first), {"action": "accept", "comment": "Clear"})
    assert response["Location"] == work_address(second)
    first.refresh_from_db()
    assert (first.state, first.comment) == (State.ACCEPTED, "Clear")
    response = reader(olga).post(work_address(second), {"action": "accept"})
    assert response["Location"] == table_of(with_task)


def test_a_work_is_returned_only_with_a_word(with_task, enrolled, olga) -> None:
    work = work_of(enrolled(with_task, "anya"))
    response = reader(olga).post(work_address(work), {"action": "return", "comment": " "})
    assert response.status_code == 422
    assert "what to improve" in main_of(response).select_one("#comment-error").get_text()
    reader(olga).post(work_address(work), {"action": "return", "comment": "Say why"})
    work.refresh_from_db()
    assert (work.state, work.comment) == (State.RETURNED, "Say why")


def test_a_work_answered_in_another_tab_keeps_the_first_answer(with_task, enrolled, olga) -> None:
    work = work_of(enrolled(with_task, "anya"))
    reader(olga).post(work_address(work), {"action": "accept", "comment": "Clear"})
    response = reader(olga).post(work_address(work), {"action": "return", "comment": "No"})
    assert response.status_code == 422
    assert "was answered already" in words(response)
    work.refresh_from_db()
    assert work.comment == "Clear"


def test_a_work_shows_the_task_the_text_and_what_was_before(with_task, enrolled, olga) -> None:
    place = enrolled(with_task, "anya")
    first = work_of(place, "Too short")
    reader(olga).post(work_address(first), {"action": "return", "comment": "Say why"})
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
    response = reader(olga).post(work_address(work), {"action": "accept", "comment": "Clear"})
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
    assert other.post(work_address(work), {"action": "accept"}).status_code == 404
    assert other.post(learner_of(place), {"action": "mark"}).status_code == 404


def test_every_mark_has_a_word_in_the_legend(three_lessons, enrolled, olga) -> None:
    enrolled(three_lessons, "anya")
    legend = main_of(reader(olga).get(table_of(three_lessons))).select(".legend li")
    assert len(legend) == len(Mark)
    assert all(item.get_text(strip=True) for item in legend)
