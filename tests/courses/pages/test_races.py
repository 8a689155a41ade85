"""Many editors at once."""

import pytest

from courses.catalogue.models import Course
from courses.pages.models import CoursePage
from courses.pages.operations import publish_course
from tests.courses.conftest import NOON
from tests.courses.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
EDITORS = 8


def test_lessons_published_by_many_editors_at_once_are_all_there(tree):
    course = tree("a")
    course.publish()
    lessons = [course.add_lesson(f"Lesson {n}", f"step {n}") for n in range(EDITORS)]

    at_once(lambda n: course.publish(lessons[n]), EDITORS)

    assert course.titles == ["a", *(f"step {n}" for n in range(EDITORS))]
    numbers = list(course.course.revisions.order_by("n").values_list("n", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_course_published_by_many_editors_at_once_is_one_course(tree):
    made = tree("a")
    CoursePage.objects.get().get_descendants(inclusive=True).update(live=True)

    at_once(lambda _n: publish_course(page=CoursePage.objects.get(), actor=None, at=NOON), EDITORS)

    assert made.course == Course.objects.get()
    assert made.revisions == 1
