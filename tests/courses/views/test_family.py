"""The guardian's home: words instead of marks, each child on an address of its own."""

from datetime import timedelta

import pytest
from django.urls import reverse

from courses.lessons.queries import outline_by_id
from courses.people.api import end_guardianship
from courses.submissions.operations import answer, hand_in
from tests.courses.conftest import NOON, course_of, lesson_of, text_step
from tests.courses.views.every_kind import task_step
from tests.courses.views.rooms import main_of, queries_of, reader, see, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

FAMILY = "/family/"


def address_of(child) -> str:
    return reverse("courses:child", args=[child.uid])


def lesson(title: str, **family):
    return lesson_of([text_step(title)], title=title, **family)


@pytest.fixture
def masha(child):
    return child("masha")


@pytest.fixture
def mother(masha, guardian_of):
    return guardian_of(masha)


@pytest.fixture
def place(a_course, a_place, masha):
    long_ago = NOON - timedelta(days=30)
    draft = course_of(
        lesson("Old", can_now="saw", ask_at_home="What is a saw?"),
        lesson("Arches", can_now="draw an arch", ask_at_home="Where is an arch?"),
        lesson("Cables", can_now="hang a cable", ask_at_home="What holds a bridge?"),
        lesson("Next", can_now="paint"),
    )
    return a_place(a_course(draft=draft), masha.user, at=long_ago)


def test_the_week_is_told_by_what_the_child_can_do_now(place, masha, mother) -> None:
    see(place, "Old", at=NOON - timedelta(days=8))
    see(place, "Arches", at=NOON - timedelta(days=2))
    see(place, "Cables")
    response = reader(mother).get(address_of(masha))
    week = " ".join(main_of(response).select_one(".week").get_text(" ").split())
    assert week == "This week Masha can now: hang a cable draw an arch"


def test_the_question_for_home_is_of_the_latest_lesson(place, masha, mother) -> None:
    see(place, "Cables", at=NOON - timedelta(days=9))
    see(place, "Arches", at=NOON - timedelta(days=8))
    response = reader(mother).get(address_of(masha))
    assert "Where is an arch?" in main_of(response).select_one(".ask").get_text()
    assert "A map of the river" in main_of(response).select_one(".ask").get_text()


def test_a_week_without_lessons_gets_one_kind_line(place, masha, mother) -> None:
    text = words(reader(mother).get(address_of(masha)))
    assert "A quiet week without lessons. That is fine too." in text


def test_courses_are_counts_with_the_next_lesson_and_the_way_to_why(place, masha, mother) -> None:
    see(place, "Old")
    response = reader(mother).get(address_of(masha))
    course = main_of(response).select_one(".family-course")
    text = " ".join(course.get_text(" ").split())
    assert "1 of 4 lessons done" in text
    assert "Next: Arches" in text
    assert course.select_one("a")["href"] == reverse("courses:why", args=[place.uid])


def test_the_teachers_comment_on_a_work_is_shown(a_course, a_place, masha, mother, teacher) -> None:
    course = a_course(task_step(kind="accepted"))
    place = a_place(course, masha.user)
    step = outline_by_id(course.current_revision_id).steps[0]
    work = hand_in(enrolment=place, step=step, text="A rule", file=None, at=NOON)
    answer(submission=work, accepted=True, comment="Clear and short", actor=teacher.user, at=NOON)
    assert "Clear and short" in words(reader(mother).get(address_of(masha)))


def test_an_only_child_is_shown_at_once(masha, mother) -> None:
    assert reader(mother).get(FAMILY)["Location"] == address_of(masha)


def test_several_children_are_names_and_what_is_new(
    place, masha, mother, child, guardian_of
) -> None:
    guardian_of(child("petya"), mother.username)
    see(place, "Arches")
    response = reader(mother).get(FAMILY)
    cards = [" ".join(one.get_text(" ").split()) for one in main_of(response).select("li.card")]
    assert cards == ["Masha 1 new lesson this week", "Petya Nothing new this week"]


def test_one_childs_page_says_nothing_of_another_but_the_name(
    a_course, a_place, place, masha, mother, child, guardian_of
) -> None:
    petya = child("petya")
    guardian_of(petya, mother.username)
    a_place(a_course("x", title="Secret tunnels"), petya.user)
    see(place, "Arches")
    response = reader(mother).get(address_of(petya))
    tabs = main_of(response).select(".tabs a")
    assert [tab["href"] for tab in tabs] == [address_of(masha), address_of(petya)]
    assert "there is something new" in tabs[0].get_text()
    assert "Bridges" not in words(response)
    assert "Secret tunnels" in words(response)


def test_another_familys_child_is_not_found(masha, guardian_of, child) -> None:
    stranger = guardian_of(child("petya"))
    assert reader(stranger).get(address_of(masha)).status_code == 404


def test_access_ends_with_the_guardianship(masha, mother) -> None:
    end_guardianship(guardian=mother, child=masha, at=NOON)
    assert reader(mother).get(address_of(masha)).status_code == 404


def test_a_child_is_led_to_its_own_home(masha) -> None:
    assert reader(masha.user).get(FAMILY)["Location"] == reverse("courses:my")


def test_ones_own_courses_are_the_second_half_of_the_page(a_course, a_place, masha, mother) -> None:
    own = a_place(a_course("p", title="For parents"), mother)
    section = main_of(reader(mother).get(address_of(masha))).select_one(".own-courses")
    assert "For parents" in section.get_text()
    assert section.select_one("a")["href"] == reverse("courses:resume", args=[own.uid])


def test_nobody_linked_yet_is_told_what_to_do(person) -> None:
    assert "No children are linked yet" in words(reader(person("anna")).get(FAMILY))


def test_marks_and_scores_of_a_child_are_not_shown(place, masha, mother) -> None:
    see(place, "Arches")
    text = words(reader(mother).get(address_of(masha))).lower()
    assert "score" not in text
    assert "rank" not in text


def test_many_courses_and_children_take_no_more_queries(
    a_course, a_place, place, masha, mother, child, guardian_of
) -> None:
    petya = child("petya")
    guardian_of(petya, mother.username)
    few = queries_of(reader(mother), address_of(masha))
    guardian_of(child("sonya"), mother.username)
    for number in range(4):
        course = a_course("c", title=f"Course {number}")
        a_place(course, masha.user)
        a_place(course, petya.user)
    assert queries_of(reader(mother), address_of(masha)) <= few
