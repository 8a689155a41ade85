"""The rules of progress one by one, where the golden cases do not reach."""

from datetime import timedelta

import pytest

from courses.lessons.rules import AddedPolicy, Rule, RuleKind
from courses.progress.models import Completion, CourseState
from courses.progress.rules import Evidence, Score, StepReason, Verb
from courses.progress.rules.facts import union
from tests.courses.conftest import NOON, course_of, lesson_of, text_step

pytestmark = pytest.mark.django_db


def facts(masha, title: str):
    return masha.place.state.steps[masha.uid(title)]


def test_the_first_moment_of_completion_stays(journey):
    masha = journey("a", "b")
    masha.see("a")
    first = facts(masha, "a").done
    masha.see("a")
    masha.tick("a")
    assert facts(masha, "a").done == first


def test_a_reset_step_of_a_finished_course_opens_it_again_and_a_second_finish_is_kept(journey):
    masha = journey("a", "b")
    masha.see("a", "b")
    masha.reset("b")
    assert masha.numbers == (1, 2, 50)
    assert masha.place.state.finished is None
    masha.see("b")
    assert masha.place.state.finished is not None
    assert list(Completion.objects.order_by("epoch").values_list("epoch", flat=True)) == [0, 1]


def test_the_order_of_answers_does_not_undo_an_acceptance(journey):
    masha = journey(text_step("task", kind="task", rule=Rule(RuleKind.ACCEPTED)), "b")
    for accepted in (False, True, False):
        masha.record("task", Verb.GRADED, Evidence.TEACHER, accepted=accepted, number=1)
    assert facts(masha, "task").accepted
    assert masha.numbers == (1, 2, 50)


def test_attempts_are_distinct(journey):
    masha = journey(text_step("q", kind="quiz", rule=Rule(RuleKind.PASSED, 60)))
    for attempt in ("first", "first", "second"):
        masha.record("q", Verb.ANSWERED, Evidence.MACHINE_SERVER, attempt=attempt, question="1")
    assert facts(masha, "q").attempts == {"first", "second"}
    assert not masha.is_done("q")


@pytest.mark.parametrize(
    ("earned", "possible", "percent", "reached"),
    [
        (3, 5, 60, True),
        (599, 1000, 60, False),
        (2, 3, 67, False),
        (2, 3, 66, True),
        (0, 1, 0, True),
    ],
)
def test_a_score_reaches_its_share_exactly(earned, possible, percent, reached):
    assert Score(earned, possible).is_at_least(percent) is reached


@pytest.mark.parametrize(
    ("intervals", "more", "joined"),
    [
        ((), [[0, 5]], ((0, 5),)),
        (((0, 5),), [[5, 9]], ((0, 9),)),
        (((0, 9),), [[2, 5]], ((0, 9),)),
        (((5, 9),), [[0, 2]], ((0, 2), (5, 9))),
        (((0, 2), (5, 9)), [[1, 6]], ((0, 9),)),
        (((0, 5),), [[0, 5], [0, 5]], ((0, 5),)),
    ],
)
def test_what_was_watched_twice_counts_once(intervals, more, joined):
    assert union(intervals, more) == joined


@pytest.mark.parametrize(("watched", "is_done"), [(89.9, False), (90, True)])
def test_a_recording_is_done_when_90_percent_of_it_was_watched(journey, watched, is_done):
    film = text_step("film", kind="video", rule=Rule(RuleKind.WATCHED, 90, 100))
    masha = journey(film, "b")
    masha.record("film", Verb.PROGRESSED, Evidence.MACHINE_CLIENT, intervals=[[0, watched]])
    assert masha.is_done("film") is is_done


def test_who_cannot_watch_may_say_that_it_is_done(journey):
    masha = journey(text_step("film", kind="video", rule=Rule(RuleKind.WATCHED, 90, 100)), "b")
    masha.record("film", Verb.DECLARED_DONE, Evidence.SELF)
    assert facts(masha, "film").done.evidence is Evidence.SELF


def test_seeing_is_not_declaring_but_declaring_is_seeing(journey):
    declared = text_step("list", kind="checklist", rule=Rule(RuleKind.DECLARED))
    masha = journey(declared, "b")
    masha.see("list")
    assert not masha.is_done("list")
    masha.record("list", Verb.DECLARED_DONE, Evidence.SELF)
    masha.record("b", Verb.DECLARED_DONE, Evidence.SELF)
    assert masha.numbers == (2, 2, 100)


def test_a_loosened_rule_completes_at_once_who_has_done_enough(journey):
    masha = journey(text_step("a", rule=Rule(RuleKind.DECLARED)), "b")
    masha.see("a")
    published_at = masha.publish("a", "b")
    done = facts(masha, "a").done
    assert (done.at, done.revision_n) == (published_at, 2)
    assert masha.numbers == (1, 2, 50)


def test_required_for_new_asks_who_had_not_begun(journey):
    begun, fresh = journey("a", "b"), journey("a", "b")
    begun.see("a")
    for masha in (begun, fresh):
        masha.publish("a", "b", "c", policy=AddedPolicy.REQUIRED_FOR_NEW)
    assert begun.numbers == (1, 2, 50)
    assert fresh.numbers == (0, 3, 0)
    fresh.see("a")
    assert fresh.numbers == (1, 3, 33)


def test_who_enrols_later_is_asked_everything(journey, a_place, child):
    masha = journey("a")
    masha.publish("a", "b")
    assert masha.numbers == (0, 1, 0)
    later = type(masha)(masha.course, a_place(masha.course, child("later").user))
    assert later.numbers == (0, 2, 0)


def test_weights_move_the_percentage_and_not_the_counts(journey):
    masha = journey(text_step("a", weight=3), "b")
    masha.see("a")
    assert masha.numbers == (1, 2, 75)


def test_going_on_means_the_next_unfinished_required_step_from_the_last_touched_one_on(journey):
    masha = journey("a", "b", text_step("c", required=False), "d")
    at = NOON + timedelta(hours=1)

    def next_title() -> str:
        return masha.place.resume(at).title

    assert next_title() == "a"
    masha.see("b")
    assert next_title() == "d"
    masha.see("d")
    assert next_title() == "a"
    masha.see("a")
    assert next_title() == "a", "all is done: the last touched one"


def test_what_was_left_in_the_middle_is_where_to_go_on(journey):
    film = text_step("film", kind="video", rule=Rule(RuleKind.WATCHED, 90, 100))
    masha = journey("a", film, "b")
    masha.see("a")
    masha.record("film", Verb.PROGRESSED, Evidence.MACHINE_CLIENT, intervals=[[0, 40]])
    assert masha.place.resume(NOON).title == "film"


def test_going_on_skips_what_is_not_open_yet(journey):
    later = NOON + timedelta(days=7)
    masha = journey(
        draft=course_of(
            lesson_of([text_step("a")], title="1"),
            lesson_of([text_step("b")], title="2", available_from=later),
            lesson_of([text_step("c")], title="3"),
        )
    )
    masha.see("a")
    assert masha.place.resume(NOON).title == "c"
    assert masha.place.resume(later).title == "b"


def test_going_on_after_the_last_touched_step_was_removed(journey):
    masha = journey("a", "b", "c")
    masha.see("a", "c")
    masha.publish("a", "b")
    assert masha.place.resume(NOON).title == "b"


def test_every_number_explains_itself(journey):
    masha = journey("done", "ticked", "begun", "nothing", text_step("extra", required=False))
    masha.see("done", "extra")
    masha.tick("ticked")
    masha.publish(
        "done",
        "ticked",
        text_step("begun", rule=Rule(RuleKind.DECLARED)),
        "nothing",
        text_step("extra", required=False),
        text_step("free", required=False),
        "new",
    )
    masha.see("begun")
    said = {one.title: masha.place.reason(one) for one in masha.place.outline.steps}
    assert said == {
        "done": StepReason.DONE,
        "ticked": StepReason.OVERRIDE,
        "begun": StepReason.STARTED,
        "nothing": StepReason.NOT_STARTED,
        "extra": StepReason.OPTIONAL_DONE,
        "free": StepReason.OPTIONAL,
        "new": StepReason.NEW,
    }


def test_the_last_activity_is_the_learners_and_never_goes_back(journey):
    masha = journey("a", "b")
    masha.send(masha.raw("a"), at=NOON + timedelta(hours=2))
    earlier = (NOON + timedelta(hours=1)).timestamp() * 1000
    masha.send(masha.raw("a", time=earlier), at=NOON + timedelta(hours=3))
    masha.tick("b")
    assert CourseState.objects.get().last_activity_at == NOON + timedelta(hours=2)
