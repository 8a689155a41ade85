"""Tables of submissions."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.enrolments.models import Enrolment
from courses.foundation.conf import conf
from courses.foundation.ids import public_id
from courses.lessons.models import Step, StepVersion


def private_storage():
    """Where learners' files are kept; never served directly."""
    named = conf.OPORA_PRIVATE_STORAGE
    return storages[named if named in settings.STORAGES else "default"]


def submission_path(submission: "TaskSubmission", filename: str) -> str:
    """Where the file is kept: random names, only the ending is the learner's."""
    ending = filename.rpartition(".")[2].lower()[:5]
    return f"submissions/{submission.uid}.{ending}"


class TaskSubmission(models.Model):
    """One handing-in of a task by a learner, numbered from 1 per place and step."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("handed in")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned for another go")

    personal = {"text", "file", "file_name"}

    uid = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="submissions")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="+")
    step_version = models.ForeignKey(StepVersion, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    file = models.FileField(storage=private_storage, upload_to=submission_path, blank=True)
    file_name = models.CharField(max_length=150, blank=True)
    submitted_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUBMITTED)
    comment = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("handed-in work")
        verbose_name_plural = _("handed-in works")
        ordering = ["enrolment", "step", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "step", "number"],
                name="opora_courses_submissions_are_numbered",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "step"],
                condition=models.Q(state="submitted"),
                name="opora_courses_one_submission_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid} · {self.state}"

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for the teacher's answer."""
        return self.state == self.State.SUBMITTED
