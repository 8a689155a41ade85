"""What holds for every history when it goes through the database."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings

from courses.progress.models import Completion, CourseState, Event
from courses.progress.operations import reopen_completions
from courses.progress.rules import Verb
from tests.courses.conftest import NOON
from tests.courses.progress.conftest import Journey, sitting_of
from tests.courses.progress.histories import (
    Act,
    Edit,
    Happening,
    Pin,
    Reopening,
    Reset,
    Retraction,
    draft_of,
    edits,
    histories,
)

pytestmark = pytest.mark.django_db
BROWSER_VERBS = {Verb.VIEWED, Verb.DECLARED_DONE, Verb.PROGRESSED}
few = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


@few
@given(edits(), histories(20))
def test_what_is_kept_equals_a_replay_of_the_log(a_course, a_place, first, history):
    course = a_course(draft=draft_of(first))
    masha = Journey(course, a_place(course))
    for act in history:
        live(masha, act)
        masha.refuse_drift()
        refuse_impossible_rows(masha)


def live(masha: Journey, act: Act) -> None:
    titles = {step.title for step in masha.place.outline.steps}
    match act:
        case Edit():
            edition = masha.course.revisions.count() + 1
            masha.publish(draft=draft_of(act, edition), policy=act.policy)
        case Reset() if act.title is None or act.title in titles:
            masha.reset(act.title)
        case Retraction():
            events = Event.objects.filter(enrolment=masha.enrolment).order_by("seq")
            events = events.exclude(verb=Verb.PINNED)
            if events:
                masha.retract(str(events[act.index % len(events)].uid))
        case Pin(None):
            masha.unpin()
        case Pin(index) if index is not None:
            masha.pin(index % masha.course.revisions.count() + 1)
        case Reopening():
            reopen_completions(
                course=masha.course, reason="more", actor=masha.head, at=next(masha.clock)
            )
        case Happening() if act.title in titles and act.verb in BROWSER_VERBS:
            send_twice(masha, act)
        case Happening() if act.title in titles:
            masha.record(act.title, act.verb, act.evidence, **act.payload)


def send_twice(masha: Journey, act: Happening) -> None:
    """A batch that is sent again changes nothing."""
    epoch = max(0, masha.place.enrolment.epoch - act.late)
    event = masha.raw(act.title, act.verb, epoch=epoch, **act.payload)
    opened = sitting_of(NOON - timedelta(hours=1), timedelta(0))
    first = masha.send(event, sitting=opened)
    after = masha.place.state
    again = masha.send(event, sitting=opened)
    assert [outcome.status for outcome in (*first, *again)] == ["accepted", "duplicate"]
    assert masha.place.state == after


def said_by(*command: str) -> str:
    said = StringIO()
    call_command(*command, stdout=said)
    return said.getvalue()


def refuse_impossible_rows(masha: Journey) -> None:
    place = masha.place
    events = Event.objects.filter(enrolment=masha.enrolment)
    seqs = list(events.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))
    kept = CourseState.objects.filter(enrolment=masha.enrolment).first()
    if kept is None:
        assert not seqs
        return
    finished = place.state.finished
    assert (kept.done, kept.required) == (place.counts.done, place.counts.required)
    assert (kept.as_of_seq, kept.revision_n) == (len(seqs), place.state.revision_n)
    assert kept.finished_at == (finished.at if finished else None)
    completions = Completion.objects.filter(enrolment=masha.enrolment)
    if finished is not None:
        assert completions.filter(epoch=finished.epoch).count() == 1
    assert said_by("recompute_progress", "--check").endswith("differ from their logs.\n")
    assert completions.count() == len(set(completions.values_list("epoch", flat=True)))
