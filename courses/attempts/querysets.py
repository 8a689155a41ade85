from django.db import models


class QuizAttemptQuerySet(models.QuerySet):
    def of_quiz(self, enrolment, step_uid: str) -> "QuizAttemptQuerySet":
        """All attempts of a place at one quiz, the first one first."""
        return self.filter(enrolment=enrolment, step_id=step_uid).order_by("number")
