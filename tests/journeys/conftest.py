"""Journeys speak the words of the tests of courses."""

from tests.courses.conftest import a_course, a_place, child, guardian_of, person, teacher

__all__ = ["a_course", "a_place", "child", "guardian_of", "person", "teacher"]
