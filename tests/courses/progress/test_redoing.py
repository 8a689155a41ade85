"""Large changes of steps: what is kept, what is shown, and who does a step again (R7)."""

import pytest

from courses.lessons.rules import Change, CourseDraft
from courses.progress.models import Completion, Event
from courses.progress.operations import recompute_course
from courses.progress.queries import explanation_of
from tests.courses.conftest import course_of, lesson_of, text_step

pytestmark = pytest.mark.django_db


def rewritten(key: str, **changes):
    """The same step with other words in it."""
    step = text_step(key, **changes)
    return text_step(key, content={**step.content, "body": "<p>All new</p>"}, **changes)


def draft(*steps, change: Change) -> CourseDraft:
    ready = [text_step(step) if isinstance(step, str) else step for step in steps]
    return course_of(lesson_of(ready, change=change, reason="The law has changed"))


def change(masha, *steps, how: Change):
    return masha.publish(draft=draft(*steps, change=how))


def test_a_large_change_keeps_what_was_done_and_shows_updated_until_seen_again(journey):
    masha = journey("a", "b", "c")
    masha.see("a")
    change(masha, rewritten("a"), "b", rewritten("c"), how=Change.MAJOR)
    updated = {step.title: masha.place.is_updated(step) for step in masha.place.outline.steps}
    assert updated == {"a": True, "b": False, "c": False}
    assert masha.numbers == (1, 3, 33)
    assert explanation_of(masha.place).lessons[0].steps[0].is_updated
    masha.see("a")
    assert not masha.place.is_updated(masha.place.outline.steps[0])


def test_a_small_change_shows_nothing(journey):
    masha = journey("a", "b")
    masha.see("a")
    change(masha, rewritten("a"), "b", how=Change.MINOR)
    assert not any(masha.place.is_updated(step) for step in masha.place.outline.steps)


def test_a_later_publishing_does_not_repeat_the_change(journey):
    masha = journey("a", "b")
    change(masha, rewritten("a"), "b", how=Change.MAJOR)
    masha.see("a")
    change(masha, rewritten("a"), "b", "c", how=Change.MAJOR)
    assert not masha.place.is_updated(masha.place.outline.steps[0])
    assert masha.place.outline.steps[0].update.revision_n == 2


def test_who_has_not_finished_does_a_changed_step_again(journey):
    masha = journey("a", "b", "c")
    masha.see("a", "b")
    published_at = change(masha, rewritten("a"), "b", "c", how=Change.REDO_UNFINISHED)
    assert masha.numbers == (1, 3, 33)
    event = Event.objects.latest("seq")
    assert (event.verb, event.effective_at) == ("reset", published_at)
    word = explanation_of(masha.place).lessons[0].steps[0].word
    assert (word.reason, word.by) == ("The law has changed", "")
    masha.see("a")
    assert masha.is_done("a")


@pytest.mark.parametrize(
    ("how", "numbers"), [(Change.REDO_UNFINISHED, (2, 2, 100)), (Change.REDO_ALL, (1, 2, 50))]
)
def test_who_has_finished_is_asked_only_where_everybody_is(journey, how, numbers):
    masha = journey("a", "b")
    masha.see("a", "b")
    change(masha, rewritten("a"), "b", how=how)
    assert masha.numbers == numbers
    masha.see("a")
    assert Completion.objects.count() == (2 if how is Change.REDO_ALL else 1)


def test_recomputing_again_resets_nothing_that_was_done_in_the_new_step(journey):
    masha = journey("a", "b", "c")
    masha.see("a")
    change(masha, rewritten("a"), "b", "c", how=Change.REDO_UNFINISHED)
    masha.see("a")
    for _time in range(2):
        recompute_course(course_id=masha.course.pk)
    assert masha.is_done("a")
    assert Event.objects.filter(verb="reset").count() == 1


def test_what_is_done_first_in_the_new_step_is_not_reset(journey):
    masha = journey("a", "b", "c")
    change(masha, rewritten("a"), "b", "c", how=Change.REDO_UNFINISHED)
    masha.see("a")
    recompute_course(course_id=masha.course.pk)
    assert masha.is_done("a")


def test_an_offline_event_of_before_the_reset_does_not_count(journey):
    masha = journey("a", "b")
    masha.see("a")
    offline = masha.raw("a", epoch=0)
    change(masha, rewritten("a"), "b", how=Change.REDO_UNFINISHED)
    masha.send(offline)
    assert not masha.is_done("a")


def test_several_steps_are_asked_again_at_once(journey):
    masha = journey("a", "b", "c")
    masha.see("a", "b")
    change(masha, rewritten("a"), rewritten("b"), "c", how=Change.REDO_UNFINISHED)
    assert masha.numbers == (0, 3, 0)
    assert masha.place.enrolment.epoch == 1


def test_a_pinned_place_is_asked_when_it_follows_again(journey):
    masha = journey("a", "b")
    masha.see("a")
    masha.pin(1)
    change(masha, rewritten("a"), "b", how=Change.REDO_UNFINISHED)
    assert masha.is_done("a")
    masha.unpin()
    assert not masha.is_done("a")


def test_everybody_inside_is_asked_whatever_their_number(journey, a_place, child, monkeypatch):
    monkeypatch.setattr("courses.progress.operations.recomputing.RECOMPUTE_BATCH", 2)
    masha = journey("a", "b")
    others = [
        type(masha)(masha.course, a_place(masha.course, child(f"n{n}").user)) for n in range(4)
    ]
    for one in others:
        one.see("a")
    change(masha, rewritten("a"), "b", how=Change.REDO_UNFINISHED)
    assert [one.is_done("a") for one in others] == [False] * 4
    for one in others:
        one.refuse_drift()
