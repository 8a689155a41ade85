"""Tables of enrolments."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Course, CourseRevision
from courses.enrolments.querysets import EnrolmentQuerySet
from courses.foundation.ids import public_id


class Enrolment(models.Model):
    """A learner's place on a course.

    ``uid`` stands in addresses. ``learner_key`` is a random name for the learner's events: erasing
    the key makes them anonymous (R20). ``enrolled_revision_n`` is the revision that was current
    when the place was given, ``learner_age`` a child's whole years on that day, which say what
    steps are for them; ``epoch`` counts resets (R3). With a ``pinned_revision`` the learner works
    by it whatever is published later.
    """

    personal = {"learner", "learner_age"}

    class Mode(models.TextChoices):
        FOLLOW_LATEST = "follow_latest", _("follows the latest edition")
        PINNED = "pinned", _("keeps to one edition")

    uid = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("learner"),
        on_delete=models.PROTECT,
        related_name="opora_enrolments",
    )
    learner_key = models.UUIDField(default=uuid.uuid4, editable=False)
    course = models.ForeignKey(
        Course, verbose_name=_("course"), on_delete=models.PROTECT, related_name="enrolments"
    )
    enrolled_at = models.DateTimeField(_("enrolled at"))
    enrolled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("enrolled by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    enrolled_revision_n = models.PositiveIntegerField()
    learner_age = models.PositiveSmallIntegerField(_("age at enrolment"), null=True, blank=True)
    pinned_revision = models.ForeignKey(
        CourseRevision,
        verbose_name=_("edition kept to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    epoch = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["pk"]
        permissions = [
            ("pin_enrolment", _("Can keep a learner to one edition of a course")),
            ("import_results", _("Can count what was learned elsewhere")),
            ("reopen_completions", _("Can open finished courses again")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course"],
                condition=Q(withdrawn_at__isnull=True),
                name="opora_courses_one_active_enrolment",
            )
        ]

    def __str__(self) -> str:
        return self.uid

    @property
    def mode(self) -> Mode:
        """Whether the place follows the latest edition of the course."""
        return self.Mode.FOLLOW_LATEST if self.pinned_revision_id is None else self.Mode.PINNED

    @property
    def revision_id(self) -> uuid.UUID | None:
        """The revision that the learner works by: ``None`` before the course was published."""
        return self.pinned_revision_id or self.course.current_revision_id

    @property
    def revision_n(self) -> int:
        """The number of that revision."""
        pinned = self.pinned_revision
        return self.course.revision_n if pinned is None else pinned.n
