"""Many requests at once about one place: nothing is lost, nothing counts twice."""

from datetime import timedelta

import pytest

from courses.lessons.rules import AddedPolicy
from courses.progress.models import Completion, CourseState, Event
from courses.progress.operations import recompute_course
from tests.courses.conftest import NOON
from tests.courses.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TITLES = [f"step {n}" for n in range(12)]
LATER = NOON + timedelta(hours=1)


def seqs() -> list[int]:
    return list(Event.objects.order_by("seq").values_list("seq", flat=True))


def test_the_first_events_of_a_place_may_come_from_many_tabs(journey):
    masha = journey(*TITLES)
    events = [masha.raw(title) for title in TITLES]

    at_once(lambda tab: masha.send(events[tab], at=LATER), len(events))

    assert seqs() == list(range(1, 13))
    assert masha.numbers == (12, 12, 100)
    assert CourseState.objects.count() == Completion.objects.count() == 1


def test_one_event_sent_by_20_tabs_is_one_event(journey):
    masha = journey("a", "b")
    event = masha.raw("a")

    outcomes = at_once(lambda _tab: masha.send(event, at=LATER)[0])

    assert sorted(outcome.status for outcome in outcomes) == ["accepted"] + ["duplicate"] * 19
    assert {outcome.seq for outcome in outcomes} == {1}


def test_publishing_while_events_come_loses_nothing(journey):
    masha = journey(*TITLES)
    events = [masha.raw(title) for title in TITLES]

    def act(n: int) -> None:
        if n % 4:
            masha.send(events[n], at=LATER)
        else:
            masha.publish(*TITLES, f"new {n}", policy=AddedPolicy.REQUIRED_FOR_ALL_UNFINISHED)

    at_once(act, len(TITLES))

    assert seqs() == list(range(1, 10))
    assert Event.objects.order_by("seq").values_list("revision_n", flat=True)
    assert masha.course.revisions.count() == 4
    assert masha.numbers == (9, 13, 69)
    masha.refuse_drift()


def test_a_recompute_never_takes_an_event_back(journey):
    masha = journey(*TITLES)
    events = [masha.raw(title) for title in TITLES]
    masha.publish(*TITLES, "new")
    CourseState.objects.update(revision_n=1)

    def act(n: int) -> None:
        if n % 2:
            masha.send(events[n], at=LATER)
        else:
            recompute_course(course_id=masha.course.pk)

    at_once(act, len(TITLES))

    kept = CourseState.objects.get()
    assert (kept.as_of_seq, kept.done, kept.required, kept.revision_n) == (6, 6, 12, 2)
