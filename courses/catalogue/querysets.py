from datetime import date

from django.db.models import Q

from courses.foundation.querysets import LockableQuerySet


class CourseQuerySet(LockableQuerySet):
    def published(self) -> "CourseQuerySet":
        """Courses that have something to learn and are shown to the public."""
        return self.filter(current_revision__isnull=False, is_public=True)

    def open_for_enrolment(self, today: date) -> "CourseQuerySet":
        """Courses whose enrolment window contains the day ``today``."""
        return self.filter(
            Q(enrolment_opens_on__isnull=True) | Q(enrolment_opens_on__lte=today),
            Q(enrolment_closes_on__isnull=True) | Q(enrolment_closes_on__gte=today),
        )

    def for_ages(self, first: int, last: int) -> "CourseQuerySet":
        """Children's courses whose age range meets ``first``–``last`` (whole years)."""
        return self.filter(audience="child", age_from__lte=last, age_to__gte=first)

    def fit_for(self, age: int | None) -> "CourseQuerySet":
        """Courses whose age mark a person of ``age`` may see; ``None`` is an adult."""
        return self if age is None else self.filter(age_mark__lte=age)

    def taught_by(self, user) -> "CourseQuerySet":
        """Courses whose teacher signs in as ``user``."""
        return self.filter(teacher__user=user)
