"""The path from an event to a learner's number."""

from datetime import timedelta

import pytest

from courses.enrolments.models import Enrolment
from courses.progress.models import Completion
from courses.progress.operations import record, replayed
from courses.progress.queries import place_of, with_progress
from courses.progress.rules import Evidence, Verb, state_to_json
from tests.courses.conftest import NOON, step_uid


def see(place, course, title, at=NOON):
    return record(
        enrolment=place,
        step_uid=step_uid(course, title),
        verb=Verb.VIEWED,
        payload={},
        evidence=Evidence.SEEN,
        at=at,
    )


def test_seeing_all_steps_finishes_the_course_once(a_course, a_place):
    course = a_course("a", "b")
    place = a_place(course)

    see(place, course, "a")
    after = see(place, course, "b", at=NOON + timedelta(hours=1))
    see(place, course, "b", at=NOON + timedelta(hours=2))

    assert (after.counts.done, after.counts.required, after.counts.percent) == (2, 2, 100)
    completion = Completion.objects.get()
    assert completion.effective_at == NOON + timedelta(hours=1)
    kept = with_progress(Enrolment.objects.all()).get()
    assert state_to_json(place_of(kept).state) == state_to_json(replayed(kept))


@pytest.mark.parametrize("events", [1, 20])
def test_a_batch_takes_four_queries_however_long_it_and_the_log_are(
    journey, events, django_assert_max_num_queries
):
    masha = journey(*(f"step {n}" for n in range(60)))
    masha.send(*(masha.raw(f"step {n}") for n in range(30)))
    batch = [masha.raw(f"step {n}") for n in range(30, 30 + events)]
    begin_and_end_of_a_savepoint = 2
    with django_assert_max_num_queries(4 + begin_and_end_of_a_savepoint):
        masha.send(*batch)
    assert masha.numbers[0] == 30 + events
