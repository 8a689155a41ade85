"""What the people of the demonstration have done, at believable moments."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from courses.api import (
    Enrolment,
    Evidence,
    Verb,
    answer,
    answer_question,
    enrol,
    hand_in,
    place_of,
    quiz_of,
    record,
    start_attempt,
    with_progress,
)
from home.demo.content import contents
from home.demo.loader.answers import form_for
from home.demo.loader.courses import course_of

A_STEP = timedelta(minutes=3)
A_QUESTION = timedelta(seconds=40)
BETWEEN_LESSONS = timedelta(minutes=15)
TEACHER_ANSWERS_AT = time(10, 20)
EVENINGS = (time(15, 10), time(16, 25), time(17, 40), time(18, 5), time(19, 15))
"""When a learner sits down; each has an hour of their own."""


def live_stories(accounts: Mapping[str, Any], *, at: datetime) -> None:
    """Let everybody enrol, learn, answer and be answered during the weeks before ``at``."""
    for index, story in enumerate(contents("people")["stories"]):
        learner = accounts[story["learner"]]
        actor = accounts[story.get("enrolled_by", story["learner"])]
        course = course_of(story["course"])
        hour = EVENINGS[index % len(EVENINGS)]
        enrolled_at = days_before(at, story["enrolled"], hour) - A_STEP
        enrolment = enrol(learner=learner, course=course, actor=actor, at=enrolled_at)
        Story(
            data=story,
            place=place_of(with_progress(Enrolment.objects.filter(pk=enrolment.pk)).get()),
            teacher=course.teacher.user,
            hour=hour,
            luck=index,
            at=at,
        ).live()


def days_before(at: datetime, days: float, hour: time) -> datetime:
    """The local ``hour`` of the day that lies whole ``days`` before the moment ``at``."""
    day = timezone.localdate(at) - timedelta(days=round(days))
    return timezone.make_aware(datetime.combine(day, hour))
