"""Wagtail's views of the courses: their tree of pages, quizzes as files, opening anew."""

from courses.pages.viewsets.courses import COURSE_TREE, CourseListViewSet, ProgrammeViewSet
from courses.pages.viewsets.quizzes import LessonQuizzesViewSet
from courses.pages.viewsets.reopening import ReopenViewSet

__all__ = [
    "COURSE_TREE",
    "CourseListViewSet",
    "LessonQuizzesViewSet",
    "ProgrammeViewSet",
    "ReopenViewSet",
]
