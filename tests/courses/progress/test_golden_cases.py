"""The golden cases of progress, each by its name."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from courses.enrolments.models import Enrolment
from courses.lessons.models import Step
from courses.lessons.rules import AddedPolicy, Rule, RuleKind
from courses.progress.models import Completion, Event
from courses.progress.rules import AddedSteps, Evidence, Score, StepReason
from tests.courses.attempts.conftest import LearnersPlace, draft_of_quiz
from tests.courses.conftest import NOON, course_of, lesson_of, text_step
from tests.courses.progress.conftest import sitting_of
from tests.courses.races import at_once

pytestmark = pytest.mark.django_db


def named(count: int) -> list[str]:
    return [f"step {n}" for n in range(count)]


def quiz(key: str, pass_percent: int = 60):
    return text_step(key, kind="quiz", rule=Rule(RuleKind.PASSED, pass_percent))


def recording(key: str, seconds: int = 100):
    return text_step(key, kind="video", rule=Rule(RuleKind.WATCHED, 90, seconds))


def test_8_required_3_done(journey):
    masha = journey(*named(8))
    masha.see("step 0", "step 5", "step 2")
    assert masha.numbers == (3, 8, 37)
    assert masha.completion is None


def test_200_required_199_done(journey):
    masha = journey(*named(200))
    masha.send(*(masha.raw(title) for title in named(199)))
    assert masha.numbers == (199, 200, 99)
    assert masha.completion is None


def test_300_required_1_done(journey):
    masha = journey(*named(300))
    masha.see("step 150")
    assert masha.numbers == (1, 300, 1)


def test_3_of_4_done_the_4th_is_unpublished(journey):
    masha = journey("a", "b", "c", "d")
    masha.see("a", "b", "c")

    published_at = masha.publish("a", "b", "c")
    masha.publish("a", "b", "c", "e")

    assert masha.numbers == (3, 3, 100)
    completion = Completion.objects.get()
    assert completion.by_revision
    assert completion.revision_n == 2
    assert completion.effective_at == published_at


def test_4_of_4_complete_add_required_default(journey):
    masha = journey("a", "b", "c", "d")
    masha.see("a", "b", "c", "d")

    masha.publish("a", "b", "c", "d", "e")

    assert masha.numbers == (4, 4, 100)
    assert Completion.objects.get().revision_n == 1
    new = masha.place.outline.step_by_uid[masha.uid("e")]
    assert masha.place.reason(new) is StepReason.NEW
    assert not masha.place.is_required(new)


@pytest.mark.parametrize("policy", sorted(set(AddedPolicy) - {AddedPolicy.INITIAL}))
def test_4_of_4_complete_stays_complete_whatever_is_added(journey, policy):
    masha = journey("a", "b")
    masha.see("a", "b")
    masha.publish("a", "b", "c", policy=policy)
    assert masha.numbers == (2, 2, 100)


def test_2_of_4_done_add_2_required_for_all_unfinished(journey):
    masha = journey("a", "b", "c", "d")
    masha.see("a", "b")

    published_at = masha.publish(
        "a", "b", "c", "d", "e", "f", policy=AddedPolicy.REQUIRED_FOR_ALL_UNFINISHED
    )

    assert masha.numbers == (2, 6, 33)
    assert masha.place.added_lately(published_at) == AddedSteps(2, published_at)


def test_done_step_deleted_3_of_4(journey):
    masha = journey("a", "b", "c", "d")
    masha.see("a", "b", "c")
    masha.publish("b", "c", "d")
    assert masha.numbers == (2, 3, 66)


def test_delete_then_restore_same_uid(journey):
    masha = journey("a", "b", "c")
    masha.see("a", "b")
    before = masha.numbers, masha.place.state.steps, masha.uid("a")

    masha.publish("b", "c")
    masha.publish("a", "b", "c", policy=AddedPolicy.REQUIRED_FOR_ALL_UNFINISHED)

    assert (masha.numbers, masha.place.state.steps, masha.uid("a")) == before


def test_module_moved_to_another_module_of_the_course(journey):
    first, second = lesson_of([text_step("a")], title="1"), lesson_of([text_step("b")], title="2")
    masha = journey(draft=course_of(first, second))
    masha.see("a")
    uids = masha.uid("a"), masha.uid("b")

    masha.publish(draft=course_of(second, first))

    assert masha.numbers == (1, 2, 50)
    assert (masha.uid("a"), masha.uid("b")) == uids


def test_step_copied_to_another_course(journey):
    masha = journey("a", "b")
    masha.see("a")

    there = journey("a", learner=masha.enrolment.learner)

    assert there.numbers == (0, 1, 0)
    assert there.uid("a") != masha.uid("a")
    assert str(Step.objects.get(uid=there.uid("a")).derived_from_id) == masha.uid("a")


def test_all_steps_optional(journey):
    masha = journey("a", text_step("b", required=False))
    masha.see("b")

    masha.publish("c", text_step("b", required=False))

    assert not masha.place.is_required(masha.place.outline.step_by_uid[masha.uid("c")])
    assert masha.numbers == (0, 0, None)
    assert masha.completion is None


def test_score_90_pass_60_retry_40(journey):
    masha = journey(quiz("q"), "a")
    masha.grade("q", attempt="first", earned=90)
    masha.grade("q", attempt="second", earned=40)

    facts = masha.place.state.steps[masha.uid("q")]
    assert facts.done is not None
    assert (facts.best, facts.last) == (Score(90, 100), Score(40, 100))
    assert len(facts.attempts) == 2
    assert masha.numbers == (1, 2, 50)


def test_failed_quiz_rule_pass(journey):
    masha = journey(quiz("q"))
    masha.grade("q", attempt="first", earned=59)

    facts = masha.place.state.steps[masha.uid("q")]
    assert facts.attempts == {"first"}
    assert facts.done is None
    assert masha.completion is None


def test_failed_quiz_rule_attempt_is_enough(journey):
    masha = journey(text_step("q", kind="quiz", rule=Rule(RuleKind.ATTEMPTED)))
    masha.grade("q", attempt="first", earned=0)
    assert masha.numbers == (1, 1, 100)


def test_the_same_batch_sent_3_times(journey):
    masha = journey("a", "b", "c")
    batch = [masha.raw("a"), masha.raw("b")]

    answers = [masha.send(*batch) for _time in range(3)]

    assert [[outcome.status for outcome in answer] for answer in answers] == [
        ["accepted", "accepted"],
        ["duplicate", "duplicate"],
        ["duplicate", "duplicate"],
    ]
    assert [outcome.seq for outcome in answers[2]] == [outcome.seq for outcome in answers[0]]
    assert Event.objects.count() == 2
    assert masha.numbers == (2, 3, 66)


def test_two_tabs_a_finishes_step_2_b_sends_older_progressed_50_percent(journey):
    masha = journey("1", recording("2"))
    opened = sitting_of(NOON - timedelta(minutes=10), timedelta(0))
    tab_a = masha.raw("2", "progressed", intervals=[[0, 95]], position=95)
    tab_b = masha.raw("2", "progressed", intervals=[[0, 50]], position=50)

    masha.send(tab_a, sitting=opened)
    masha.send(tab_b, sitting=opened)

    assert masha.is_done("2")
    assert masha.place.state.steps[masha.uid("2")].watched == ((0, 95),)


def test_offline_replay_arrives_after_teachers_reset(journey):
    masha = journey("a", "b")
    masha.see("a")
    offline = masha.raw("b", epoch=masha.enrolment.epoch)
    masha.reset()

    outcome = masha.send(offline)[0]

    assert outcome.status == "accepted"
    assert Event.objects.get(uid=outcome.uid).epoch == 0
    assert masha.numbers == (0, 2, 0)
    assert masha.place.state.steps == {}


def test_offline_replay_of_another_step_after_a_reset_of_one_counts(journey):
    masha = journey("a", "b")
    offline = [masha.raw("a", epoch=0), masha.raw("b", epoch=0)]
    masha.see("a")
    masha.reset("a")
    masha.send(*offline)
    assert (masha.is_done("a"), masha.is_done("b")) == (False, True)


@pytest.mark.parametrize("years", [10, -10])
def test_client_clock_plus_or_minus_10_years(journey, years):
    masha = journey("a")
    wrong = timedelta(days=365.25 * years)
    opened, received = NOON + timedelta(minutes=3), NOON + timedelta(minutes=9)
    measured = sitting_of(opened, -wrong)
    done_at = received - timedelta(minutes=2)

    masha.send(
        masha.raw("a", time=(done_at + wrong).timestamp() * 1000), sitting=measured, at=received
    )

    event = Event.objects.get()
    assert event.clock_is_suspect
    assert event.effective_at == done_at
    assert event.received_at == received


@pytest.mark.parametrize(("years", "clamped_to"), [(10, "received"), (-10, "opened")])
def test_client_clock_10_years_off_that_was_not_measured(journey, years, clamped_to):
    masha = journey("a")
    moments = {"opened": NOON + timedelta(minutes=3), "received": NOON + timedelta(minutes=9)}
    claimed = NOON + timedelta(days=365.25 * years)

    masha.send(
        masha.raw("a", time=claimed.timestamp() * 1000),
        sitting=sitting_of(moments["opened"], timedelta(0)),
        at=moments["received"],
    )

    assert Event.objects.get().effective_at == moments[clamped_to]


def test_100_permutations_of_one_event_list(journey):
    titles = ["a", "b"]
    steps = [*titles, recording("film"), quiz("q", 60)]
    masha = journey(*steps)
    opened = sitting_of(NOON - timedelta(hours=1), timedelta(0))
    told: list[tuple[str, str, dict[str, Any]]] = [
        ("a", "viewed", {}),
        ("a", "viewed", {}),
        ("b", "declared_done", {}),
        ("film", "progressed", {"intervals": [[0, 40]]}),
        ("film", "progressed", {"intervals": [[30, 70], [80, 90.5]]}),
        ("film", "progressed", {"intervals": [[60, 85]]}),
    ]
    order = random.Random(20)  # noqa: S311
    found = []
    for _permutation in range(100):
        order.shuffle(told)
        masha.send(*(masha.raw(*event[:2], **event[2]) for event in told), sitting=opened)
        found.append((what_is_known(masha.place), masha.numbers))
        masha.reset()

    assert found.count(found[0]) == 100
    assert found[0][1] == (3, 4, 75)


def what_is_known(place):
    """The facts of each step that R1 joins: without the order in which they came."""
    return {
        uid: (facts.viewed, facts.declared, facts.watched, facts.best, facts.done is not None)
        for uid, facts in place.state.steps.items()
    }


@pytest.mark.django_db(transaction=True)
def test_20_parallel_final_events(journey):
    masha = journey("a", "b")
    masha.see("a")
    final = [masha.raw("b") for _tab in range(20)]

    outcomes = at_once(lambda tab: masha.send(final[tab], at=NOON + timedelta(hours=1))[0])

    assert {outcome.status for outcome in outcomes} == {"accepted"}
    assert sorted(outcome.seq for outcome in outcomes) == list(range(2, 22))
    assert Completion.objects.count() == 1
    assert masha.numbers == (2, 2, 100)


def test_publish_during_an_open_attempt(journey):
    masha = journey(draft=draft_of_quiz("single", pass_percent=100))
    here = LearnersPlace(masha.course, masha.enrolment)
    attempt = here.start()

    masha.publish(draft=draft_of_quiz("multiple", "number", pass_percent=100))
    here.answer(attempt, "single")

    attempt.refresh_from_db()
    assert attempt.passed
    assert masha.is_done("quiz")


def test_rule_changed_view_to_pass_80_after_completion(journey):
    masha = journey("a", "b")
    masha.see("a")
    masha.publish(text_step("a", rule=Rule(RuleKind.PASSED, 80)), "b")
    assert masha.is_done("a")
    assert masha.numbers == (1, 2, 50)


def test_drip_date_added_after_the_child_opened_the_lesson(journey):
    masha = journey("a", "b")
    masha.see("a")
    next_year = NOON + timedelta(days=365)

    masha.publish(
        draft=course_of(
            lesson_of([text_step("a"), text_step("b")], available_from=next_year),
            lesson_of([text_step("c")], title="Other", available_from=next_year),
        )
    )

    begun, other = masha.place.outline.lessons
    assert masha.place.is_open(begun, NOON)
    assert not masha.place.is_open(other, NOON)
    masha.see("b")
    assert masha.send(masha.raw("c"))[0].code == "lesson_closed"


def test_guardian_of_child_a_requests_child_b(journey, child, guardian_of, client, caplog):
    masha, petya = child("masha"), child("petya")
    mother = guardian_of(masha)
    hers, his = journey("a", learner=masha.user), journey("b", learner=petya.user)
    client.force_login(mother)

    answers = [
        client.get(reverse(f"courses:{name}", args=[uid])).status_code
        for name, uid in [
            ("child", masha.uid),
            ("child", petya.uid),
            ("why", hers.enrolment.uid),
            ("why", his.enrolment.uid),
        ]
    ]

    assert answers == [200, 404, 200, 404]
    assert petya.uid in caplog.text
    assert his.enrolment.uid in caplog.text
    assert list(Enrolment.objects.visible_to(mother, NOON)) == [hers.enrolment]


def test_a_retracted_event_no_longer_counts(journey):
    masha = journey("a", "b")
    event = masha.send(masha.raw("a"))[0]
    masha.retract(event.uid)
    assert masha.numbers == (0, 2, 0)
    assert Event.objects.filter(uid=event.uid).exists()


def test_the_teachers_tick_is_a_way_out_of_every_rule(journey):
    masha = journey(quiz("q"), recording("film"))
    masha.tick("q")
    masha.tick("film")
    assert masha.numbers == (2, 2, 100)
    assert masha.place.state.steps[masha.uid("q")].done.evidence is Evidence.TEACHER
