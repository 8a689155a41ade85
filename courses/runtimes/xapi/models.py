"""The store of statements: append-only, with columns for what is queried."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Statement(models.Model):
    """One statement. ``id`` is a uuid5 of what it tells, so that telling twice is one row.

    ``actor`` is the learner's random name, ``activity`` and ``verb`` are IRIs, ``registration`` is
    the attempt. ``body`` is the whole statement; it holds no name and no e-mail address.
    """

    personal = {"actor", "body"}

    id = models.UUIDField(primary_key=True)
    actor = models.UUIDField(db_index=True)
    verb = models.CharField(max_length=250)
    activity = models.CharField(max_length=500, db_index=True)
    registration = models.UUIDField(null=True, db_index=True)
    happened_at = models.DateTimeField()
    stored_at = models.DateTimeField(db_index=True)
    body = models.JSONField()

    class Meta:
        verbose_name = _("xAPI statement")
        verbose_name_plural = _("xAPI statements")

    def __str__(self) -> str:
        return str(self.id)
