"""A learner in front of a course, at noon."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.utils.translation import override

from courses.catalogue.models import Course
from courses.lessons.rules import StepDraft
from tests.courses.conftest import NOON, course_of, lesson_of, text_step
from tests.courses.views.every_kind import Learner


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The time of the tests that ask for it, a minute after noon; ``clock.shift(…)`` moves it."""
    with time_machine.travel(NOON.replace(minute=1), tick=False) as traveller:
        yield traveller


@pytest.fixture
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def learner(a_course, a_place, clock) -> Callable[..., Learner]:
    """``learner("a", "b")``: a child of ten at the start of a course of these steps."""

    def make(*steps: StepDraft | str, course: Course | None = None, **changes) -> Learner:
        return Learner(a_place(course or a_course(*steps, **changes)))

    return make


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
