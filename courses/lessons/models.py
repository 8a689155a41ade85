"""Tables of lessons."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.catalogue.models import Course


class Step(models.Model):
    """The identity of a step; ``uid`` is never reused, a copy gets its own and ``derived_from``.

    ``lesson_uid`` and ``block_id`` say where the editor's block stands: copying a page in Wagtail
    keeps block ids, so a block id alone does not name a step.
    """

    uid = models.UUIDField(primary_key=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="steps")
    derived_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    lesson_uid = models.UUIDField(editable=False)
    block_id = models.UUIDField(editable=False)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "lesson_uid", "block_id"],
                name="opora_courses_one_step_per_block",
            )
        ]

    def __str__(self) -> str:
        return str(self.uid)


class StepVersion(models.Model):
    """What a step said when it was published: the raw StreamField value of its block.

    Immutable: an attempt, a cached rendering and a revision may hold on to it for ever.
    """

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="versions")
    kind = models.CharField(_("kind"), max_length=20)
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("step version")
        verbose_name_plural = _("step versions")
        constraints = [
            models.UniqueConstraint(
                fields=["step", "digest"], name="opora_courses_one_version_per_content"
            )
        ]

    def __str__(self) -> str:
        return f"{self.step_id} · {self.kind}"
