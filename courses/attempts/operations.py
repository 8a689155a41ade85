"""Starting an attempt and answering its questions."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from courses.attempts.errors import (
    AttemptLeftBehind,
    AttemptsExhausted,
    BadAnswer,
    UnknownQuestion,
)
from courses.attempts.models import QuizAnswer, QuizAttempt
from courses.attempts.queries import first_counted_epoch, localised_quiz, tries_of
from courses.attempts.rules import event_uid
from courses.enrolments.models import Enrolment
from courses.lessons.models import StepVersion
from courses.progress.errors import LessonClosed, StepGone
from courses.progress.operations import record
from courses.progress.queries import Place, place_of, with_progress
from courses.progress.rules import Evidence, Verb
from courses.quizzes.rules import BadResponse, Quiz, Score, passes


@transaction.atomic
def start_attempt(*, enrolment: Enrolment, step_uid: str, actor, at: datetime) -> QuizAttempt:
    """Begin an attempt at the quiz as it is published now; an open attempt is returned as it is.

    So two tabs see the same attempt. ``actor`` is the learner.

    Raises:
        Enrolment.DoesNotExist: the actor has no such active place.
        StepGone, LessonClosed: the quiz is not there, or not yet.
        AttemptsExhausted: no attempts are left.
    """
    place = _locked_place(enrolment, actor)
    step = place.outline.step_by_uid.get(step_uid)
    if step is None or step.kind != "quiz":
        raise StepGone
    if not place.is_open(place.outline.lesson_by_step[step_uid], at):
        raise LessonClosed
    attempts = list(QuizAttempt.objects.of_quiz(enrolment, step_uid))
    epoch = first_counted_epoch(place, step_uid)
    counted = [attempt for attempt in attempts if attempt.epoch >= epoch]
    still_open = next((attempt for attempt in counted if attempt.finished_at is None), None)
    if still_open is not None:
        return still_open
    quiz = localised_quiz(StepVersion.objects.get(pk=step.version))
    tries = tries_of(counted, quiz)
    if not tries.may_start:
        raise AttemptsExhausted(allowed=tries.allowed)
    return QuizAttempt.objects.create(
        enrolment=place.enrolment,
        step_id=step_uid,
        step_version_id=step.version,
        epoch=place.enrolment.epoch,
        number=attempts[-1].number + 1 if attempts else 1,
        started_at=at,
        possible=quiz.possible,
    )


@transaction.atomic
def answer_question(
    *,
    attempt: QuizAttempt,
    question_id: str,
    data: Mapping[str, Sequence[str]],
    actor,
    at: datetime,
) -> QuizAnswer:
    """Grade the form ``data`` as the answer to one question; the last answer ends the attempt.

    The first answer counts: a double click, or another tab, gets the result of the first. It is
    graded on the version that the attempt was started on, whatever was published since.

    Raises:
        Enrolment.DoesNotExist: the actor has no such active place.
        AttemptLeftBehind: a teacher's reset came in between.
        UnknownQuestion: this attempt does not ask it.
        BadAnswer: the form is empty, incomplete or not one of ours; nothing is kept.
        StepGone, LessonClosed: from :func:`courses.progress.operations.record`.
    """
    place = _locked_place(attempt.enrolment, actor)
    attempt = QuizAttempt.objects.select_related("step_version").get(pk=attempt.pk)
    answers = {answer.question_id: answer for answer in attempt.answers.all()}
    if question_id in answers:
        return answers[question_id]
    if attempt.epoch < first_counted_epoch(place, str(attempt.step_id)):
        raise AttemptLeftBehind
    quiz = localised_quiz(attempt.step_version)
    question = quiz.question(question_id)
    if question is None:
        raise UnknownQuestion
    try:
        response = question.read_response(attempt.seed, data)
    except BadResponse as refused:
        raise BadAnswer(refused.code) from refused
    score = Score.total([(question.grade(response).earned, question.points)])
    answer = QuizAnswer.objects.create(
        attempt=attempt,
        question_id=question_id,
        response=response,
        earned=score.earned,
        possible=score.possible,
        answered_at=at,
    )
    _record(
        attempt,
        Verb.ANSWERED,
        {"question": question_id, "version": attempt.step_version_id},
        place=place,
        what=question_id,
        at=at,
    )
    given = [*answers.values(), answer]
    if len(given) == len(quiz.questions):
        _finish(attempt, quiz, given, place, at)
    return answer


def _finish(
    attempt: QuizAttempt, quiz: Quiz, answers: Sequence[QuizAnswer], place: Place, at: datetime
) -> None:
    score = Score(
        sum(answer.earned for answer in answers), sum(answer.possible for answer in answers)
    )
    attempt.earned, attempt.possible = score.earned, score.possible
    attempt.passed = passes(score, quiz.pass_percent)
    attempt.finished_at = at
    attempt.save(update_fields=["earned", "possible", "passed", "finished_at"])
    _record(
        attempt,
        Verb.GRADED,
        {"earned": score.earned, "possible": score.possible, "number": attempt.number},
        place=place,
        what="graded",
        at=at,
    )


def _record(
    attempt: QuizAttempt, verb: Verb, payload: dict, *, place: Place, what: str, at: datetime
) -> None:
    record(
        enrolment=place.enrolment,
        step_uid=str(attempt.step_id),
        verb=verb,
        payload={"attempt": attempt.uid, **payload},
        evidence=Evidence.MACHINE_SERVER,
        at=at,
        uid=event_uid(attempt.uid, what),
    )


def _locked_place(enrolment: Enrolment, actor) -> Place:
    """The actor's own active place, locked until the transaction ends."""
    places = Enrolment.objects.of_learner(actor).active().filter(pk=enrolment.pk)
    return place_of(with_progress(places.lock()).get())
