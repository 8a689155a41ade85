"""Starting an attempt and answering: every rule of the operations, on the real database."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from courses.attempts.errors import (
    AttemptLeftBehind,
    AttemptsExhausted,
    BadAnswer,
    UnknownQuestion,
)
from courses.attempts.models import QuizAnswer, QuizAttempt
from courses.attempts.operations import answer_question
from courses.enrolments.models import Enrolment
from courses.enrolments.operations import withdraw
from courses.progress.errors import LessonClosed, StepGone
from courses.progress.models import Event
from courses.progress.operations import reset
from tests.courses.attempts.conftest import NO_QUIZ, QUIZ, TEXT, draft_of_quiz
from tests.courses.conftest import NOON

pytestmark = pytest.mark.django_db


def events(*verbs):
    return list(Event.objects.filter(verb__in=verbs).order_by("seq"))


def test_an_attempt_holds_the_published_version_and_a_secret_of_its_own(place):
    masha = place("single", "number", changes={"points": 3})

    attempt = masha.start()

    assert (attempt.number, attempt.possible, attempt.finished_at) == (1, 600, None)
    assert str(attempt.step_id) == QUIZ
    assert attempt.step_version_id == masha.now.outline.step_by_uid[QUIZ].version
    assert len(attempt.seed) == 32
    assert events("answered", "graded") == []


def test_two_tabs_see_the_same_attempt(place):
    masha = place("single")

    assert masha.start() == masha.start()


def test_the_next_attempt_has_the_next_number_and_another_seed(place):
    masha = place("single")
    first = masha.try_all(wrongly=True)

    second = masha.start()

    assert second.number == 2
    assert second.seed != first.seed


@pytest.mark.parametrize("wrongly", [False, True])
def test_when_all_attempts_are_used_another_one_is_refused(place, wrongly):
    masha = place("single", attempts_allowed=2)
    masha.try_all(wrongly=wrongly)
    masha.try_all(wrongly=wrongly)

    with pytest.raises(AttemptsExhausted) as refused:
        masha.start()

    assert refused.value.code == "attempts_exhausted"
    assert "(2)" in str(refused.value)
    assert "teacher" in str(refused.value)


def test_an_open_attempt_is_returned_though_it_is_the_last_one(place):
    masha = place("single", attempts_allowed=1)

    assert masha.start() == masha.start()


def test_a_quiz_that_is_not_there_cannot_be_started(place):
    masha = place("single")
    masha.publish(NO_QUIZ)

    with pytest.raises(StepGone):
        masha.start()


def test_a_step_that_is_no_quiz_cannot_be_started(place):
    with pytest.raises(StepGone):
        place("single").start(step_uid=TEXT)


def test_a_quiz_of_a_lesson_that_is_not_open_yet_cannot_be_started(place):
    opens_at = NOON + timedelta(days=1)
    masha = place("single", available_from=opens_at)

    with pytest.raises(LessonClosed):
        masha.start(at=opens_at - timedelta(seconds=1))
    assert masha.start(at=opens_at)


@pytest.mark.parametrize("name", ["sibling", "olga"])
def test_nobody_else_starts_or_answers_not_even_the_teacher(place, person, name):
    masha = place("single")
    attempt = masha.start()
    other = person(name)

    with pytest.raises(Enrolment.DoesNotExist):
        masha.start(actor=other)
    with pytest.raises(Enrolment.DoesNotExist):
        masha.answer(attempt, "single", actor=other)
    assert not QuizAnswer.objects.exists()


def test_a_place_given_back_takes_no_answers(place):
    masha = place("single")
    attempt = masha.start()
    withdraw(enrolment=masha.enrolment, actor=masha.enrolment.learner, at=NOON)

    with pytest.raises(Enrolment.DoesNotExist):
        masha.answer(attempt, "single")


def test_an_answer_is_graded_and_recorded(place):
    masha = place("multiple", "number", changes={"points": 2})
    attempt = masha.start()

    answer = masha.answer(attempt, "multiple", wrongly=True)

    assert (answer.earned, answer.possible) == (0, 200)
    assert answer.response == {"chosen": ["id-1", "id-4"]}
    (event,) = events("answered", "graded")
    assert event.payload == {
        "attempt": attempt.uid,
        "question": "q-multiple",
        "version": attempt.step_version_id,
    }
    assert (event.verb, event.evidence) == ("answered", "machine_server")


def test_a_double_click_gets_the_first_result_though_the_second_differs(place):
    masha = place("single", "number")
    attempt = masha.start()
    first = masha.answer(attempt, "single", wrongly=True)

    again = masha.answer(attempt, "single")

    assert again == first
    assert again.earned == 0
    assert QuizAnswer.objects.count() == len(events("answered")) == 1


def test_a_double_click_on_the_last_answer_finishes_once(place):
    masha = place("single")
    attempt = masha.start()

    assert masha.answer(attempt, "single") == masha.answer(attempt, "single", {})
    assert len(events("graded")) == 1


def test_the_last_answer_finishes_the_attempt_and_completes_the_step(place):
    masha = place("single", "number", "order")

    attempt = masha.try_all()

    assert (attempt.earned, attempt.possible, attempt.passed) == (300, 300, True)
    assert attempt.finished_at is not None
    (graded,) = events("graded")
    assert graded.payload == {
        "attempt": attempt.uid,
        "earned": 300,
        "possible": 300,
        "number": 1,
    }
    assert graded.evidence == "machine_server"
    assert masha.facts.done is not None
    assert masha.facts.done.evidence == "machine_server"


def test_before_the_last_answer_nothing_is_graded(place):
    masha = place("single", "number")
    attempt = masha.start()
    masha.answer(attempt, "single")

    attempt.refresh_from_db()
    assert (attempt.finished_at, attempt.passed, attempt.earned) == (None, None, 0)
    assert masha.facts.best is None


def test_a_failed_attempt_is_an_attempt_not_a_completion(place):
    masha = place("single", "number")

    attempt = masha.try_all(wrongly=True)

    assert attempt.passed is False
    assert masha.facts.attempts == {attempt.uid}
    assert masha.facts.done is None


@pytest.mark.parametrize(("mark", "passed"), [(50, True), (51, False)])
def test_the_pass_mark_is_reached_exactly_or_not(place, mark, passed):
    masha = place("single", "number", pass_percent=mark)
    attempt = masha.start()
    masha.answer(attempt, "single")
    masha.answer(attempt, "number", wrongly=True)

    attempt.refresh_from_db()
    assert attempt.passed is passed


def test_questions_may_be_answered_in_any_order(place):
    masha = place("single", "number")
    attempt = masha.start()
    masha.answer(attempt, "number")
    masha.answer(attempt, "single")

    attempt.refresh_from_db()
    assert attempt.passed is True


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("single", {}, "empty"),
        ("single", {"answer": ["id-2"]}, "unknown_option"),
        ("number", {"answer": ["двенадцать"]}, "not_a_number"),
        ("number", {"answer": ["9" * 1_000_000]}, "too_long"),
        ("short_text", {"answer": ["\0"]}, "unreadable"),
        ("short_text", {"answer": ["да", "нет"]}, "one_answer_only"),
    ],
)
def test_an_answer_that_cannot_be_read_is_refused_in_words_and_nothing_is_kept(
    place, kind, data, code
):
    masha = place(kind)
    attempt = masha.start()

    with pytest.raises(BadAnswer) as refused:
        masha.answer(attempt, kind, data)

    assert refused.value.code == code
    assert str(refused.value).endswith(".")
    assert "%" not in str(refused.value)
    assert not QuizAnswer.objects.exists()
    assert events("answered") == []


def test_a_question_of_another_quiz_is_unknown(place):
    masha = place("single")
    attempt = masha.start()

    with pytest.raises(UnknownQuestion):
        answer_question(
            attempt=attempt,
            question_id="q-1",
            data={},
            actor=masha.enrolment.learner,
            at=NOON,
        )


def test_publish_during_an_open_attempt(place):
    masha = place("single", "number")
    attempt = masha.start()
    masha.answer(attempt, "single")
    masha.publish(draft_of_quiz("single", "number", "order", changes={"answer": "99", "points": 5}))

    masha.answer(attempt, "number")

    attempt.refresh_from_db()
    assert (attempt.earned, attempt.possible, attempt.passed) == (200, 200, True)
    assert masha.start().possible == 1500


def test_an_attempt_at_a_quiz_that_was_taken_away_is_refused_and_nothing_is_kept(place):
    masha = place("single")
    attempt = masha.start()
    masha.publish(NO_QUIZ)

    with pytest.raises(StepGone):
        masha.answer(attempt, "single")
    assert not QuizAnswer.objects.exists()


def test_a_reset_gives_the_attempts_back_and_leaves_the_open_one_behind(place, teacher):
    masha = place("single", attempts_allowed=1)
    before = masha.start()
    reset(enrolment=masha.enrolment, step_uid=QUIZ, reason="ещё раз", actor=teacher.user, at=NOON)

    with pytest.raises(AttemptLeftBehind):
        masha.answer(before, "single")
    after = masha.start()

    assert after != before
    assert (after.number, after.epoch) == (2, 1)
    masha.answer(after, "single")
    assert masha.facts.done is not None


def test_a_reset_of_another_step_leaves_the_attempt_alone(place, teacher):
    masha = place("single", attempts_allowed=1)
    attempt = masha.start()
    reset(enrolment=masha.enrolment, step_uid=TEXT, reason="ещё раз", actor=teacher.user, at=NOON)

    assert masha.start() == attempt
    masha.answer(attempt, "single")
    assert masha.facts.done is not None
    with pytest.raises(AttemptsExhausted):
        masha.start()


@pytest.mark.parametrize(
    "broken",
    [
        {"number": 2},
        {"number": 1, "finished_at": NOON, "passed": True},
        {"number": 2, "finished_at": NOON},
        {"number": 2, "passed": True, "epoch": 1},
        {"number": 2, "epoch": 1, "earned": 101},
    ],
    ids=["two open", "one number twice", "no verdict", "open with a verdict", "too much earned"],
)
def test_the_database_refuses_an_attempt_that_cannot_be(place, broken):
    first = place("single").start()
    values = {"earned": 0, "possible": 100, "started_at": NOON, **broken}

    with pytest.raises(IntegrityError), transaction.atomic():
        QuizAttempt.objects.create(
            enrolment=first.enrolment,
            step_id=first.step_id,
            step_version_id=first.step_version_id,
            **values,
        )


def test_the_database_refuses_a_second_answer_and_more_than_everything(place):
    masha = place("single", "number")
    attempt = masha.start()
    answer = masha.answer(attempt, "single")

    for values in ({"question_id": "q-single", "earned": 0}, {"question_id": "q", "earned": 101}):
        with pytest.raises(IntegrityError), transaction.atomic():
            QuizAnswer.objects.create(
                attempt=attempt, response={}, possible=100, answered_at=NOON, **values
            )
    assert list(QuizAnswer.objects.all()) == [answer]


def test_records_are_not_deleted_with_what_they_hang_on(place):
    masha = place("single", "number")
    attempt = masha.start()
    masha.answer(attempt, "single")

    for row in (attempt, attempt.step_version, attempt.step, attempt.enrolment):
        with pytest.raises(ProtectedError):
            row.delete()
