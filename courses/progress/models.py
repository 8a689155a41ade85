"""The log, its projection, and the latch of a finished course."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.enrolments.models import Enrolment
from courses.lessons.models import Step


class Event(models.Model):
    """One thing that happened to a learner's place; appended, never changed.

    ``uid`` is made by whoever produced the event, so that sending it twice is one event; ``seq``
    is gap-free per place. ``effective_at`` is when it happened by the server's clock (R12). The
    database refuses an update of a row.

    ``device_id`` is a random number that a browser keeps, ``session_id`` that of the page it came
    from, ``client_seq`` counts the events of that page: two tabs and two devices can be told apart,
    and nobody is named. ``watched_seconds`` is how much watching the event claims.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="events")
    uid = models.UUIDField()
    seq = models.PositiveIntegerField()
    step = models.ForeignKey(Step, on_delete=models.PROTECT, null=True, related_name="+")
    revision_n = models.PositiveIntegerField()
    verb = models.CharField(max_length=20)
    payload = models.JSONField(default=dict)
    evidence = models.CharField(max_length=16)
    epoch = models.PositiveIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    client_time = models.DateTimeField(null=True)
    effective_at = models.DateTimeField()
    received_at = models.DateTimeField()
    clock_is_suspect = models.BooleanField(default=False)
    device_id = models.UUIDField(null=True)
    session_id = models.UUIDField(null=True)
    client_seq = models.PositiveIntegerField(null=True)
    watched_seconds = models.FloatField(null=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["enrolment", "seq"]
        indexes = [
            models.Index(
                fields=["enrolment", "session_id"],
                condition=Q(watched_seconds__isnull=False),
                name="opora_courses_watched_sitting",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "uid"], name="opora_courses_an_event_happens_once"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "seq"], name="opora_courses_events_have_one_order"
            ),
            models.CheckConstraint(
                condition=Q(effective_at__lte=F("received_at")),
                name="opora_courses_no_event_comes_from_the_future",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}/{self.seq} {self.verb}"


class CourseState(models.Model):
    """The fold of a place's events up to ``as_of_seq`` over the revisions up to ``revision_n``.

    A projection: :func:`courses.progress.rules.replay` gives the same at any time.
    """

    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.PROTECT, primary_key=True, related_name="state"
    )
    revision_n = models.PositiveIntegerField()
    as_of_seq = models.PositiveIntegerField()
    facts = models.JSONField()
    done = models.PositiveIntegerField()
    required = models.PositiveIntegerField()
    last_activity_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("state of progress")
        verbose_name_plural = _("states of progress")
        constraints = [
            models.CheckConstraint(
                condition=Q(done__lte=F("required")),
                name="opora_courses_no_more_is_done_than_required",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.done}/{self.required}"


class Completion(models.Model):
    """The course was finished: once per place and epoch, whatever happens later (R6).

    ``by_revision`` says that publishing ``revision_n`` finished it, not an event.
    """

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="completions")
    epoch = models.PositiveIntegerField()
    revision_n = models.PositiveIntegerField()
    first_seq = models.PositiveIntegerField()
    by_revision = models.BooleanField(default=False)
    effective_at = models.DateTimeField(_("finished at"))

    class Meta:
        verbose_name = _("completion")
        verbose_name_plural = _("completions")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "epoch"], name="opora_courses_one_completion_per_epoch"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.effective_at:%Y-%m-%d}"
