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

    ``state`` is the fold of its commits, as :func:`core.state_to_json` writes it.
    """

    personal = {"state"}

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="sco_states")
    item = models.CharField(max_length=250)
    state = models.JSONField()
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


class SequencingState(models.Model):
    """Where the sequencer of a 2004 package stands in an attempt.

    ``state`` is its own JSON, read by nobody but the player's page, which made it; it holds the
    global objectives too.
    """

    personal = {"state"}

    attempt = models.OneToOneField(
        Attempt, on_delete=models.CASCADE, related_name="sequencing_state"
    )
    state = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("state of SCORM sequencing")
        verbose_name_plural = _("states of SCORM sequencing")

    def __str__(self) -> str:
        return str(self.attempt_id)
