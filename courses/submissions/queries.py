"""Reads of handed-in works."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from courses.catalogue.models import Course
from courses.enrolments.models import Enrolment
from courses.submissions.models import TaskSubmission


def submissions_visible_to(user, at: datetime) -> QuerySet[TaskSubmission]:
    """Works whose text and files ``user`` may read: the learner, guardians, the teacher."""
    places = Enrolment.objects.visible_to(user, at)
    return TaskSubmission.objects.filter(enrolment__in=places.values("pk"))


def works_taught_by(user) -> QuerySet[TaskSubmission]:
    """Works handed in on the courses whose teacher signs in as ``user``."""
    works = TaskSubmission.objects.filter(enrolment__course__teacher__user=user)
    return works.select_related(
        "enrolment__learner__opora_child", "enrolment__course", "step_version", "reviewed_by"
    )


def waiting_for(user) -> QuerySet[TaskSubmission]:
    """Works that wait for the teacher ``user``'s answer, the oldest first."""
    waiting = works_taught_by(user).filter(state=TaskSubmission.State.SUBMITTED)
    return waiting.order_by("submitted_at")


def last_submissions(enrolment: Enrolment, step_uid: str) -> list[TaskSubmission]:
    """All works handed in for one task, the newest first."""
    works = TaskSubmission.objects.filter(enrolment=enrolment, step_id=step_uid)
    return list(works.select_related("reviewed_by").order_by("-number"))


def works_of(enrolment: Enrolment) -> list[TaskSubmission]:
    """All works that a learner handed in at a place, the newest first."""
    works = TaskSubmission.objects.filter(enrolment=enrolment)
    return list(works.select_related("reviewed_by").order_by("-submitted_at"))


def comments_on(
    enrolments: Iterable[Enrolment], *, most: int, since: datetime | None = None
) -> list[TaskSubmission]:
    """The works of these places that a teacher answered with a comment, the latest answer first.

    With ``since``, only those answered from that moment on.
    """
    works = TaskSubmission.objects.filter(enrolment__in=enrolments).exclude(comment="")
    if since is not None:
        works = works.filter(reviewed_at__gte=since)
    return list(works.select_related("reviewed_by", "enrolment").order_by("-reviewed_at")[:most])


def waiting_steps(course: Course) -> dict[int, set[str]]:
    """The uids of the steps whose work waits for the teacher, by enrolment id."""
    waiting: dict[int, set[str]] = defaultdict(set)
    works = TaskSubmission.objects.filter(
        state=TaskSubmission.State.SUBMITTED, enrolment__course=course
    )
    for enrolment_id, step_uid in works.values_list("enrolment_id", "step_id"):
        waiting[enrolment_id].add(str(step_uid))
    return waiting
