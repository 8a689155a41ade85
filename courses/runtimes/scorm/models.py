"""Tables of SCORM."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.runtimes.launches.models import Attempt
from courses.runtimes.packages.models import PackageVersion


class ScormContent(models.Model):
    """What a version of a package plays: ``manifest`` is its ``imsmanifest.xml`` as we read it."""

    version = models.OneToOneField(PackageVersion, on_delete=models.CASCADE, related_name="scorm")
    manifest = models.JSONField()

    class Meta:
        verbose_name = _("SCORM content")
        verbose_name_plural = _("SCORM contents")

    def __str__(self) -> str:
        return str(self.version_id)


class ScoState(models.Model):
    """What one item of the manifest has told of an attempt.

    ``state`` is the fold of its commits, ``sequence`` the number of the newest one: an older one
    that comes late is refused.
    """

    personal = {"state"}

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="sco_states")
    item = models.CharField(max_length=250)
    state = models.JSONField()
    session = models.CharField(max_length=64, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("SCORM state")
        verbose_name_plural = _("SCORM states")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "item"], name="opora_runtimes_one_state_per_item"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.item}"
