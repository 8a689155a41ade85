"""Tables of enrolments."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Course
from courses.enrolments.querysets import EnrolmentQuerySet
from courses.foundation.ids import public_id


class Enrolment(models.Model):
    """A learner's place on a course.

    ``uid`` stands in addresses. ``learner_key`` is a random name for the learner's events: erasing
    the key makes them anonymous (R20). ``enrolled_revision_n`` is the revision that was current
    when the place was given; ``epoch`` counts resets (R3).
    """

    personal = {"learner"}

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
    epoch = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course"],
                condition=Q(withdrawn_at__isnull=True),
                name="opora_courses_one_active_enrolment",
            )
        ]

    def __str__(self) -> str:
        return self.uid
