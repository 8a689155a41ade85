"""Journeys speak the words of the tests of courses."""

from tests.courses.conftest import a_course, a_place, child, guardian_of, person, teacher
from tests.courses.runtimes.conftest import a_package, elena, uploaded

__all__ = [
    "a_course",
    "a_package",
    "a_place",
    "child",
    "elena",
    "guardian_of",
    "person",
    "teacher",
    "uploaded",
]
