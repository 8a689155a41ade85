"""Giving and taking back places."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from courses.catalogue.models import Course
from courses.catalogue.rules import Window
from courses.enrolments.errors import (
    CourseNotPublished,
    EnrolmentClosed,
    EnrolmentNotOpenYet,
    NotYours,
    TooYoung,
)
from courses.enrolments.models import Enrolment
from courses.people.api import age_of, may_act_for


@transaction.atomic
def enrol(*, learner, course: Course, actor, at: datetime) -> Enrolment:
    """Give ``learner`` a place on ``course``; asking twice returns the same place.

    ``actor`` is who asked: the learner, or a guardian. ``at`` is the aware moment of the request;
    the enrolment window is judged by its day in the municipality's zone.

    Raises:
        NotYours: the actor may not act for this learner.
        CourseNotPublished: the course has no published revision or is hidden.
        EnrolmentNotOpenYet, EnrolmentClosed: ``at`` lies outside the enrolment window.
        TooYoung: the child is younger than the course's age mark.
    """
    if not may_act_for(actor, learner, at=at):
        raise NotYours
    course = Course.objects.filter(pk=course.pk).lock().select_related("current_revision").get()
    held = Enrolment.objects.active().filter(learner=learner, course=course).first()
    if held is not None:
        return held
    if course.current_revision is None or not course.is_public:
        raise CourseNotPublished
    _refuse_outside_the_window(course, at)
    age = age_of(learner, at=at)
    if age is not None and age < course.age_mark:
        raise TooYoung(age_mark=course.age_mark)
    return Enrolment.objects.create(
        learner=learner,
        course=course,
        enrolled_at=at,
        enrolled_by=actor,
        enrolled_revision_n=course.current_revision.n,
        learner_age=age,
    )


def _refuse_outside_the_window(course: Course, at: datetime) -> None:
    window = course.window(timezone.localdate(at))
    opens_on, closes_on = course.enrolment_opens_on, course.enrolment_closes_on
    if window is Window.SOON and opens_on is not None:
        raise EnrolmentNotOpenYet(opens_on=date_format(opens_on, "DATE_FORMAT"))
    if window is Window.CLOSED and closes_on is not None:
        raise EnrolmentClosed(closes_on=date_format(closes_on, "DATE_FORMAT"))


@transaction.atomic
def withdraw(*, enrolment: Enrolment, actor, at: datetime) -> Enrolment:
    """Give the place back; records stay. Asking twice keeps the first moment.

    Raises:
        NotYours: the actor is neither the learner nor their guardian.
    """
    if not may_act_for(actor, enrolment.learner, at=at):
        raise NotYours
    Enrolment.objects.active().filter(pk=enrolment.pk).update(withdrawn_at=at)
    enrolment.refresh_from_db()
    return enrolment
