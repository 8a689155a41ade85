"""Tables of launches."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.foundation.ids import PUBLIC_ID_LENGTH, public_id
from courses.foundation.querysets import LockableQuerySet
from courses.runtimes.packages.models import Package, PackageVersion


class Attempt(models.Model):
    """One run of a learner through a package.

    ``place`` and ``step`` are names given by whoever opened the launch; ``learner_key`` is the
    learner's random name. An attempt keeps the version that it was started on. ``run`` names the
    playing that finished it: what is reported of the same run belongs to the same attempt.
    ``earned`` of ``possible`` are hundredths of a point, the best that the attempt has seen;
    ``seconds`` is the time spent; ``moves`` counts the reports that went out.
    """

    personal = {"learner_key"}

    uid = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, default=public_id, editable=False
    )
    place = models.CharField(max_length=PUBLIC_ID_LENGTH)
    step = models.UUIDField()
    epoch = models.PositiveIntegerField()
    learner_key = models.UUIDField(default=uuid.uuid4)
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="attempts")
    version = models.ForeignKey(PackageVersion, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    run = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField(default=0)
    completed = models.BooleanField(default=False)
    passed = models.BooleanField(null=True)
    earned = models.PositiveIntegerField(null=True)
    possible = models.PositiveIntegerField(null=True)
    moves = models.PositiveIntegerField(default=0)

    objects = LockableQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt at interactive content")
        verbose_name_plural = _("attempts at interactive content")
        ordering = ["place", "step", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "step", "epoch", "package"],
                condition=Q(finished_at__isnull=True),
                name="opora_runtimes_one_open_attempt",
            ),
            models.UniqueConstraint(
                fields=["place", "step", "number"], name="opora_runtimes_attempts_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(earned__isnull=True, possible__isnull=True)
                | Q(earned__lte=F("possible"), possible__gte=1),
                name="opora_runtimes_attempt_earns_at_most_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid}: {self.number}"


class Launch(models.Model):
    """A token for one attempt; without an attempt it is a preview, of which nothing is kept.

    A preview may show an attempt, ``shown``, as its learner has left it. Only the hash of the token
    is stored.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    attempt = models.ForeignKey(
        Attempt, on_delete=models.CASCADE, null=True, related_name="launches"
    )
    shown = models.ForeignKey(Attempt, on_delete=models.CASCADE, null=True, related_name="+")
    version = models.ForeignKey(PackageVersion, on_delete=models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("launch of interactive content")
        verbose_name_plural = _("launches of interactive content")

    def __str__(self) -> str:
        return self.token_hash[:8]


class Interaction(models.Model):
    """One question of an attempt as it was last answered.

    ``key`` names the question in the version, ``text``, ``response`` and ``right`` are readable.
    ``is_right`` is ``None`` where the package does not say; ``earned`` of ``possible`` are
    hundredths of a point.
    """

    personal = {"response"}

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="interactions")
    key = models.CharField(max_length=250)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    text = models.TextField(blank=True)
    response = models.TextField(blank=True)
    right = models.TextField(blank=True)
    is_right = models.BooleanField(null=True)
    earned = models.PositiveIntegerField(null=True)
    possible = models.PositiveIntegerField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer in interactive content")
        verbose_name_plural = _("answers in interactive content")
        ordering = ["attempt", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "key"], name="opora_runtimes_one_row_per_question"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.key}"
