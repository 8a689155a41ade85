"""What only the teacher of the course may say, and that a reason goes with it."""

from collections.abc import Callable
from typing import Any

import pytest

from courses.progress.errors import LessonClosed, NotTheTeacher, ReasonMissing, StepGone
from courses.progress.models import Event
from courses.progress.operations import mark_done, record, reset, retract
from courses.progress.rules import Evidence, Verb
from tests.courses.conftest import NOON, course_of, lesson_of, text_step

pytestmark = pytest.mark.django_db


def say(masha, word: str, *, actor=None, reason: str = "because"):
    """The teacher's ``word`` on step "a", or on the first event."""
    if word == "retract":
        what = {"event_uid": str(Event.objects.earliest("seq").uid)}
    else:
        what = {"step_uid": masha.uid("a")}
    acts: dict[str, Callable[..., Any]] = {
        "tick": mark_done,
        "reset": reset,
        "retract": retract,
    }
    actor = actor or masha.teacher
    return acts[word](enrolment=masha.enrolment, reason=reason, actor=actor, at=NOON, **what)


WORDS = pytest.mark.parametrize("word", ["tick", "reset", "retract"])


@WORDS
@pytest.mark.parametrize("who", ["the learner", "a guardian", "another teacher"])
def test_nobody_but_the_teacher_of_the_course(journey, guardian_of, person, word, who):
    masha = journey("a", "b")
    masha.see("b")
    actors = {
        "the learner": lambda: masha.enrolment.learner,
        "a guardian": lambda: guardian_of(masha.enrolment.learner.opora_child),
        "another teacher": lambda: person("boris"),
    }
    with pytest.raises(NotTheTeacher):
        say(masha, word, actor=actors[who]())
    assert Event.objects.count() == 1
    assert masha.place.enrolment.epoch == 0


@WORDS
@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_reason_is_asked_for(journey, word, reason):
    masha = journey("a", "b")
    masha.see("b")
    with pytest.raises(ReasonMissing):
        say(masha, word, reason=reason)
    assert Event.objects.count() == 1


@WORDS
def test_the_reason_and_who_gave_it_are_kept(journey, word):
    masha = journey("a", "b")
    masha.see("b")
    say(masha, word, reason="  A mistake of ours ")
    event = Event.objects.latest("seq")
    assert event.payload["reason"] == "A mistake of ours"
    assert (event.actor, event.evidence) == (masha.teacher, Evidence.TEACHER)


@pytest.mark.parametrize("word", ["tick", "reset"])
def test_a_step_that_is_gone_is_neither_ticked_nor_reset(journey, word):
    masha = journey("a", "b")
    masha.publish("b")
    with pytest.raises(StepGone):
        say(masha, word)
    assert masha.place.enrolment.epoch == 0


def test_what_the_server_says_twice_under_one_id_is_one_event(journey):
    masha = journey("a", "b")
    uid = "018f0000-0000-7000-8000-000000000001"

    def see():
        return record(
            enrolment=masha.enrolment,
            step_uid=masha.uid("a"),
            verb=Verb.VIEWED,
            payload={},
            evidence=Evidence.SEEN,
            at=NOON,
            uid=uid,
        )

    assert see().state == see().state
    assert Event.objects.count() == 1


def test_nothing_is_recorded_in_a_lesson_that_is_not_open(journey):
    later = NOON.replace(year=2027)
    masha = journey(draft=course_of(lesson_of([text_step("a")], available_from=later)))
    with pytest.raises(LessonClosed):
        masha.see("a")
    assert not Event.objects.exists()
