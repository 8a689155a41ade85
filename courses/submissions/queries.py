"""Reads of handed-in works."""

from datetime import datetime

from django.db.models import QuerySet

from courses.enrolments.models import Enrolment
from courses.submissions.models import TaskSubmission


def submissions_visible_to(user, at: datetime) -> QuerySet[TaskSubmission]:
    """Works whose text and files ``user`` may read: the learner, guardians, the teacher."""
    places = Enrolment.objects.visible_to(user, at)
    return TaskSubmission.objects.filter(enrolment__in=places.values("pk"))


def waiting_for(user) -> QuerySet[TaskSubmission]:
    """Works that wait for the teacher ``user``'s answer, the oldest first."""
    return (
        TaskSubmission.objects.filter(
            state=TaskSubmission.State.SUBMITTED, enrolment__course__teacher__user=user
        )
        .select_related("enrolment__learner__opora_child", "enrolment__course", "step_version")
        .order_by("submitted_at")
    )


def last_submissions(enrolment: Enrolment, step_uid: str) -> list[TaskSubmission]:
    """All works handed in for one task, the newest first."""
    works = TaskSubmission.objects.filter(enrolment=enrolment, step_id=step_uid)
    return list(works.select_related("reviewed_by").order_by("-number"))
