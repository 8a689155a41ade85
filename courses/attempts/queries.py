"""Reads of attempts: what the page of a quiz may show, and not a word more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import get_format
from django.utils.translation import pgettext

from courses.attempts.models import QuizAnswer, QuizAttempt
from courses.attempts.rules import Tries
from courses.enrolments.models import Enrolment
from courses.lessons.models import StepVersion
from courses.lessons.rules import StepRef
from courses.progress.queries import Place
from courses.quizzes.rules import (
    Feedback,
    LearnerView,
    Question,
    Quiz,
    Review,
    Score,
    Wording,
    read_quiz,
)


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question that has been answered.

    ``given`` tells back what the learner said, a line each. ``feedback`` is ``None`` while it has
    to wait for the end, and ``review``, with the right answer, while there is something to win
    by knowing it.
    """

    id: str
    number: int
    kind: str
    text: str
    given: tuple[str, ...]
    feedback: Feedback | None
    review: Review | None


@dataclass(frozen=True, slots=True)
class QuizPage:
    """A learner's quiz as a page may show it.

    ``attempt`` is the open attempt, else the last finished one, else ``None``. ``waiting`` are the
    questions still to answer, in order; ``answered`` the others, in order. ``number`` is that of
    the next question, from 1. ``attempts_left`` counts those that may still be started, ``None``
    for any number. ``score`` is ``None`` until the attempt is finished.
    """

    attempt: QuizAttempt | None
    total: int
    pass_percent: int
    feedback_comes: str
    waiting: tuple[LearnerView, ...]
    answered: tuple[AnsweredQuestion, ...]
    attempts_left: int | None
    may_start: bool
    score: Score | None

    @property
    def is_open(self) -> bool:
        return self.attempt is not None and self.attempt.finished_at is None

    @property
    def is_finished(self) -> bool:
        return self.attempt is not None and self.attempt.finished_at is not None

    @property
    def question(self) -> LearnerView | None:
        """The next question to answer."""
        return self.waiting[0] if self.waiting else None

    @property
    def number(self) -> int | None:
        return self.total - len(self.waiting) + 1 if self.waiting else None

    def answered_to(self, question_id: str) -> AnsweredQuestion | None:
        """What became of one answered question."""
        return next((one for one in self.answered if one.id == question_id), None)


def quiz_page(*, place: Place, step: StepRef, version: StepVersion) -> QuizPage:
    """The quiz ``step`` of a place; ``version`` is the published one. At most three queries."""
    published = localised_quiz(version)
    epoch = first_counted_epoch(place, step.uid)
    attempts = [
        attempt
        for attempt in QuizAttempt.objects.of_quiz(place.enrolment, step.uid)
        if attempt.epoch >= epoch
    ]
    tries = tries_of(attempts, published)
    if not attempts:
        return _page(None, published, tries, answers=())
    attempt = next((one for one in attempts if one.finished_at is None), attempts[-1])
    own_version = attempt.step_version_id == version.pk
    quiz = published if own_version else localised_quiz(attempt.step_version)
    return _page(attempt, quiz, tries, answers=attempt.answers.all())


def _page(
    attempt: QuizAttempt | None, quiz: Quiz, tries: Tries, *, answers: Iterable[QuizAnswer]
) -> QuizPage:
    given = {answer.question_id: answer for answer in answers}
    is_finished = attempt is not None and attempt.finished_at is not None
    waiting = [question for question in quiz.questions if question.id not in given]
    return QuizPage(
        attempt=attempt,
        total=len(quiz.questions),
        pass_percent=quiz.pass_percent,
        feedback_comes=quiz.feedback,
        waiting=tuple(
            question.learner_view(attempt.seed, shuffle=quiz.shuffle)
            for question in waiting
            if attempt is not None
        ),
        answered=tuple(
            _answered(
                question,
                number,
                given[question.id],
                tell_verdict=is_finished or quiz.feedback == "each",
                tell_all=is_finished and tries.answers_may_be_told,
            )
            for number, question in enumerate(quiz.questions, start=1)
            if question.id in given
        ),
        attempts_left=tries.left,
        may_start=tries.may_start,
        score=Score(attempt.earned, attempt.possible) if attempt and is_finished else None,
    )


def _answered(
    question: Question, number: int, answer: QuizAnswer, *, tell_verdict: bool, tell_all: bool
) -> AnsweredQuestion:
    return AnsweredQuestion(
        id=question.id,
        number=number,
        kind=question.kind,
        text=question.text,
        given=question.given(answer.response),
        feedback=question.feedback(answer.response) if tell_verdict else None,
        review=question.review(answer.response) if tell_all else None,
    )


def finished_attempts(enrolment: Enrolment) -> list[QuizAttempt]:
    """All finished attempts of a place at its quizzes, in order, also of left epochs."""
    attempts = QuizAttempt.objects.filter(enrolment=enrolment, finished_at__isnull=False)
    return list(attempts.order_by("step_id", "number"))


def tries_of(attempts: Sequence[QuizAttempt], quiz: Quiz) -> Tries:
    """The attempts that count, against what the published quiz allows."""
    return Tries([attempt.passed for attempt in attempts], quiz.attempts_allowed)


def first_counted_epoch(place: Place, step_uid: str) -> int:
    """Attempts of an older epoch were left behind by a teacher's reset (R3)."""
    return place.state.floor_of(step_uid)


def localised_quiz(version: StepVersion) -> Quiz:
    """The quiz of a version, with the words that it says by itself in the reader's language."""
    wording = Wording(
        true=pgettext("answer to a statement", "True"),
        false=pgettext("answer to a statement", "False"),
        decimal_mark=get_format("DECIMAL_SEPARATOR"),
    )
    return read_quiz(version.content, wording)
