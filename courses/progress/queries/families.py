"""What a child has learned, in the words that its lessons give the family."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from courses.lessons.rules import LessonRef
from courses.progress.queries.places import Place

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Learned:
    """A finished lesson; ``at`` is the moment its last required step was done."""

    lesson: LessonRef
    course_title: str
    at: datetime


def learned_in(places: Iterable[Place]) -> list[Learned]:
    """All finished lessons of the places, the latest first."""
    learned = [
        Learned(lesson, place.enrolment.course.title, finished_at)
        for place in places
        for lesson in place.outline.lessons
        if (finished_at := place.lesson_finished_at(lesson)) is not None
    ]
    return sorted(learned, key=lambda one: one.at, reverse=True)


def of_the_week(learned: Sequence[Learned], at: datetime) -> list[Learned]:
    """What was finished in the seven days before ``at``, the latest first."""
    return [one for one in learned if one.at > at - WEEK]
