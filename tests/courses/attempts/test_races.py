"""Many requests at once: one attempt, one answer, one grade."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from courses.attempts.models import QuizAnswer, QuizAttempt
from courses.progress.models import Completion, Event

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 20


def at_once(act: Callable[[int], object]) -> list:
    """What ``act`` returns in 20 threads that begin together."""
    ready = Barrier(AT_ONCE)

    def run(n: int):
        try:
            ready.wait()
            return act(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(run, range(AT_ONCE)))


def test_20_parallel_final_answers_are_one_answer_and_one_grade(place):
    masha = place("single", "number")
    attempt = masha.start()
    masha.answer(attempt, "single")

    answers = at_once(lambda n: masha.answer(attempt, "number", wrongly=n % 2 == 0))

    assert len({answer.pk for answer in answers}) == 1
    assert QuizAnswer.objects.filter(question_id="q-number").count() == 1
    assert Event.objects.filter(verb="graded").count() == 1
    assert Completion.objects.count() == 0
    attempt.refresh_from_db()
    assert attempt.earned == 100 + answers[0].earned


def test_20_parallel_starts_are_one_attempt(place):
    masha = place("single")

    attempts = at_once(lambda _n: masha.start())

    assert {attempt.pk for attempt in attempts} == {QuizAttempt.objects.get().pk}
