"""A learner's attempts at a quiz, and the graded answers in them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.attempts.querysets import QuizAttemptQuerySet
from courses.attempts.rules import new_seed
from courses.foundation.ids import PUBLIC_ID_LENGTH, public_id


class QuizAttempt(models.Model):
    """One run of a learner through a quiz, graded on the version of the step it was started on.

    ``earned`` and ``possible`` are in hundredths of a point; ``seed`` orders the options and makes
    their tokens: it never leaves the server. ``epoch`` is the enrolment's epoch at the start: a
    reset by a teacher leaves the attempts of older epochs behind.
    """

    uid = models.CharField(
        max_length=PUBLIC_ID_LENGTH, unique=True, default=public_id, editable=False
    )
    enrolment = models.ForeignKey(
        "opora_courses.Enrolment",
        on_delete=models.PROTECT,
        related_name="quiz_attempts",
    )
    step = models.ForeignKey(
        "opora_courses.Step", on_delete=models.PROTECT, related_name="quiz_attempts"
    )
    step_version = models.ForeignKey(
        "opora_courses.StepVersion",
        on_delete=models.PROTECT,
        related_name="quiz_attempts",
    )
    epoch = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField()
    seed = models.CharField(max_length=64, default=new_seed, editable=False)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    earned = models.PositiveIntegerField(default=0)
    possible = models.PositiveIntegerField()
    passed = models.BooleanField(null=True, blank=True)

    objects = QuizAttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("quiz attempt")
        verbose_name_plural = _("quiz attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "step", "epoch"],
                condition=Q(finished_at__isnull=True),
                name="opora_courses_one_open_quiz_attempt",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "step", "number"],
                name="opora_courses_quiz_attempts_are_numbered",
            ),
            models.CheckConstraint(
                condition=Q(earned__lte=F("possible")),
                name="opora_courses_quiz_attempt_earns_at_most_all",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, passed__isnull=True)
                | Q(finished_at__isnull=False, passed__isnull=False),
                name="opora_courses_finished_quiz_attempt_has_a_verdict",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uid}: attempt {self.number}"


class QuizAnswer(models.Model):
    """The first, and only, answer to one question in an attempt; ``earned`` in hundredths."""

    personal = {"response"}

    attempt = models.ForeignKey(QuizAttempt, on_delete=models.PROTECT, related_name="answers")
    question_id = models.CharField(max_length=64)
    response = models.JSONField()
    earned = models.PositiveIntegerField()
    possible = models.PositiveIntegerField()
    answered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("quiz answer")
        verbose_name_plural = _("quiz answers")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "question_id"],
                name="opora_courses_one_answer_to_a_question",
            ),
            models.CheckConstraint(
                condition=Q(earned__lte=F("possible")),
                name="opora_courses_quiz_answer_earns_at_most_all",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.question_id}"
