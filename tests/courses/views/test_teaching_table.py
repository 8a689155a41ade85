"""The teacher's table: a sign where a learner and a lesson meet, quick at any size."""

import csv
import io
import time
from datetime import timedelta

import pytest
from django.urls import reverse

from courses.enrolments.models import Enrolment
from courses.lessons.queries import outline_by_id
from courses.lessons.rules import AddedPolicy
from courses.progress.models import CourseState
from courses.progress.operations import mark_done
from courses.progress.rules import Mark, Verb
from courses.submissions.operations import hand_in
from courses.views.export import as_text
from tests.courses.conftest import NOON, course_of, lesson_of, publish, step_uid, text_step
from tests.courses.views.every_kind import quiz_step, task_step
from tests.courses.views.rooms import main_of, queries_of, reader, see, tell, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

BUDGET = 12


def table_of(course, query: str = "") -> str:
    return reverse("courses:teaching_course", args=[course.public_id]) + query


def rows_of(response) -> dict[str, list[str]]:
    """The marks of each learner's row, by name; the last is the count."""
    return {
        row.select_one("th").get_text(strip=True): [
            cell.get_text(strip=True) for cell in row.select("td")
        ]
        for row in main_of(response).select("tbody tr")
    }


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
    task = outline_by_id(course.current_revision_id).steps[0]
    hand_in(enrolment=waits, step=task, text="A rule", file=None, at=NOON)
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


def test_a_table_of_thirty_by_forty_is_quick_and_within_the_budget(a_course, person, olga) -> None:
    lessons = (
        lesson_of([text_step(f"{n}-{k}") for k in range(5)], title=f"Lesson {n}") for n in range(40)
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


def test_every_mark_has_a_word_in_the_legend(three_lessons, enrolled, olga) -> None:
    enrolled(three_lessons, "anya")
    legend = main_of(reader(olga).get(table_of(three_lessons))).select(".legend li")
    assert len(legend) == len(Mark)
    assert all(item.get_text(strip=True) for item in legend)
