"""Which courses a catalogue offers to whom."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from courses.catalogue.models import Course

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.fixture
def offered(a_course):
    """``offered("A", age_mark=12)``: a published course with these facts."""

    def make(title: str, **facts) -> Course:
        course = a_course("a", title=title)
        Course.objects.filter(pk=course.pk).update(**facts)
        course.refresh_from_db()
        return course

    return make


def titles(courses) -> list[str]:
    return list(courses.order_by("title").values_list("title", flat=True))


def test_only_published_courses_are_offered(offered):
    offered("Hidden", is_public=False)
    offered("Unfinished", current_revision=None)
    offered("Whole")
    assert titles(Course.objects.published()) == ["Whole"]


def test_a_window_is_open_on_both_of_its_days(offered):
    offered("Opens today", enrolment_opens_on=TODAY)
    offered("Closes today", enrolment_closes_on=TODAY)
    offered("Tomorrow", enrolment_opens_on=date(2026, 11, 22))
    offered("Yesterday", enrolment_closes_on=date(2026, 11, 20))
    assert titles(Course.objects.open_for_enrolment(TODAY)) == ["Closes today", "Opens today"]


@pytest.mark.parametrize(
    ("first", "last", "is_found"), [(6, 8, False), (9, 9, True), (12, 14, True), (13, 17, False)]
)
def test_a_course_is_found_by_every_band_its_ages_meet(offered, first, last, is_found):
    offered("Nine to twelve")
    offered("For parents", audience="parent", age_from=None, age_to=None)
    assert titles(Course.objects.for_ages(first, last)) == ["Nine to twelve"] * is_found


@pytest.mark.parametrize(
    ("age", "found"), [(11, ["6+"]), (12, ["12+", "6+"]), (None, ["12+", "6+"])]
)
def test_a_child_is_offered_no_course_above_their_age(offered, age, found):
    offered("6+", age_mark=6)
    offered("12+", age_mark=12)
    assert titles(Course.objects.fit_for(age)) == found


def test_a_teacher_finds_their_own_courses(offered, person):
    course = offered("Mine")
    assert titles(Course.objects.taught_by(course.teacher.user)) == ["Mine"]
    assert titles(Course.objects.taught_by(person("boris"))) == []


def test_the_database_refuses_crossed_ages(offered):
    course = offered("Crossed")
    with pytest.raises(IntegrityError), transaction.atomic():
        Course.objects.filter(pk=course.pk).update(age_from=13)
