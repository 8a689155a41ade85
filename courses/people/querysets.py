from datetime import datetime

from django.db import models
from django.db.models import Q


class GuardianshipQuerySet(models.QuerySet):
    def in_force(self, at: datetime) -> "GuardianshipQuerySet":
        """Links that hold at the aware moment ``at``: begun and not ended."""
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at), started_at__lte=at)


class ChildProfileQuerySet(models.QuerySet):
    def in_care_of(self, user, at: datetime) -> "ChildProfileQuerySet":
        """Children whose guardian ``user`` is at the aware moment ``at``."""
        return self.filter(
            Q(guardianships__ended_at__isnull=True) | Q(guardianships__ended_at__gt=at),
            guardianships__guardian=user,
            guardianships__started_at__lte=at,
        )
