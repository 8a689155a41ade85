from datetime import datetime

from django.db.models import Q

from courses.foundation.querysets import LockableQuerySet
from courses.people.api import people_seen_by


class EnrolmentQuerySet(LockableQuerySet):
    def active(self) -> "EnrolmentQuerySet":
        """Places that were not given back."""
        return self.filter(withdrawn_at__isnull=True)

    def of_learner(self, user) -> "EnrolmentQuerySet":
        """The learner's own places, for everything that changes their records."""
        return self.filter(learner=user)

    def taught_by(self, user) -> "EnrolmentQuerySet":
        """Places on the courses whose teacher signs in as ``user``."""
        return self.filter(course__teacher__user=user)

    def visible_to(self, user, at: datetime) -> "EnrolmentQuerySet":
        """Places whose records ``user`` may read at the moment ``at``.

        The learner, their guardians, and the teacher of the course; nobody else.
        """
        return self.filter(
            people_seen_by(user, path="learner", at=at) | Q(course__teacher__user=user)
        )
