"""What a browser may send, and what becomes of everything else."""

import json
import math
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.enrolments.models import Enrolment
from courses.lessons.rules import Rule, RuleKind
from courses.progress.models import Event
from courses.progress.operations import take_in
from courses.progress.rules import (
    EventDraft,
    Evidence,
    Rejection,
    read_batch,
    read_device,
    read_event,
)
from tests.courses.conftest import NOON, course_of, lesson_of, text_step
from tests.courses.progress.conftest import sitting_of

HUGE = 10**400
A_UID = "018f0000-0000-7000-8000-000000000001"
GOOD = {"id": A_UID, "step": A_UID, "verb": "progressed", "intervals": [[0, 9.5]], "position": 3}


def changed(**fields):
    return {**GOOD, **fields}


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        "viewed",
        7,
        {},
        changed(id=None),
        changed(id="1"),
        changed(id=1),
        changed(id=[A_UID]),
        changed(step="../../etc/passwd"),
        changed(step={}),
        changed(verb="danced"),
        changed(verb=None),
        changed(verb=["viewed"]),
        changed(verb={"viewed": 1}),
        changed(intervals=None),
        changed(intervals={}),
        changed(intervals="0-9"),
        changed(intervals=[[0]]),
        changed(intervals=[[0, 1, 2]]),
        changed(intervals=[0, 9]),
        changed(intervals=[[9, 0]]),
        changed(intervals=[[5, 5]]),
        changed(intervals=[[-1, 5]]),
        changed(intervals=[["0", "9"]]),
        changed(intervals=[[False, True]]),
        changed(intervals=[[0, math.nan]]),
        changed(intervals=[[math.nan, 3]]),
        changed(intervals=[[0, math.inf]]),
        changed(intervals=[[0, HUGE]]),
        changed(intervals=[[0, 86_401]]),
        changed(intervals=[[n, n + 1] for n in range(101)]),
        changed(position=math.nan),
        changed(position=-1),
        changed(position=HUGE),
        changed(position="3"),
        changed(position=True),
        changed(epoch=-1),
        changed(epoch=1.5),
        changed(epoch=HUGE),
        changed(epoch="0"),
        changed(epoch=True),
        changed(n=-1),
        changed(n="1"),
        changed(n=HUGE),
    ],
)
def test_a_malformed_event_is_refused(raw):
    assert read_event(raw) is Rejection.MALFORMED


@pytest.mark.parametrize(
    "verb",
    [
        "answered",
        "submitted",
        "graded",
        "completed_on_paper",
        "overridden",
        "reset",
        "retracted",
        "imported",
        "pinned",
        "reopened",
    ],
)
def test_a_browser_may_not_say_what_only_the_server_or_a_teacher_says(verb):
    assert read_event(changed(verb=verb)) is Rejection.NOT_ALLOWED


@pytest.mark.parametrize(
    ("verb", "evidence"),
    [
        ("viewed", Evidence.SEEN),
        ("declared_done", Evidence.SELF),
        ("progressed", Evidence.MACHINE_CLIENT),
    ],
)
def test_who_vouches_is_decided_by_the_server(verb, evidence):
    draft = read_event(changed(verb=verb, evidence="teacher"))
    assert isinstance(draft, EventDraft)
    assert draft.evidence is evidence


def test_only_what_is_known_is_kept_of_an_event():
    draft = read_event(changed(name="Masha", earned=100))
    assert draft.payload == {"intervals": [[0, 9.5]], "position": 3}


@pytest.mark.parametrize(
    "time", [HUGE, -HUGE, math.nan, math.inf, "yesterday", None, True, [], 1e18]
)
def test_a_moment_that_is_none_leaves_the_servers(time):
    assert read_event(changed(time=time)).client_time is None


@pytest.mark.parametrize(
    "data", [None, [], "x", 3, {}, {"events": None}, {"events": {}}, {"events": [GOOD] * 201}]
)
def test_a_batch_is_a_list_of_at_most_200(data):
    assert read_batch(data) is None


def test_an_empty_batch_and_one_of_200_are_read():
    assert read_batch({"events": []}) == []
    assert read_batch({"events": [GOOD] * 200}) == [GOOD] * 200


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.just(HUGE),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            name: st.just(GOOD.get(name)) | anything
            for name in ("id", "step", "verb", "intervals", "position", "epoch", "time", "n")
        },
    )
    | anything
)
def test_whatever_is_sent_is_read_or_refused(raw):
    read = read_event(raw)
    assert isinstance(read, EventDraft | Rejection)
    if isinstance(read, EventDraft):
        json.dumps(dict(read.payload), allow_nan=False)


def test_the_good_events_of_a_batch_are_kept_whatever_the_others_are(journey):
    masha = journey("a", "b")
    closed_lesson = lesson_of(
        [text_step("c")], title="Later", available_from=NOON + timedelta(days=30)
    )
    masha.publish(draft=course_of(lesson_of([text_step("a"), text_step("b")]), closed_lesson))
    good, stranger = masha.raw("a"), masha.raw("a") | {"step": str(uuid.uuid4())}

    outcomes = masha.send(
        good, "junk", stranger, masha.raw("b", "graded"), masha.raw("c"), good, {"id": "x"}
    )

    assert [(outcome.status, outcome.code) for outcome in outcomes] == [
        ("accepted", ""),
        ("rejected", "malformed"),
        ("rejected", "step_gone"),
        ("rejected", "not_allowed"),
        ("rejected", "lesson_closed"),
        ("duplicate", ""),
        ("rejected", "malformed"),
    ]
    assert outcomes[6].uid == "x"
    assert masha.numbers == (1, 2, 50)


def test_nobody_can_watch_more_than_the_page_was_open_at_double_speed(journey):
    masha = journey("film")
    opened = sitting_of(NOON, timedelta(0))
    received = NOON + timedelta(seconds=60)
    honest = masha.raw("film", "progressed", intervals=[[0, 135]])
    forged = masha.raw("film", "progressed", intervals=[[0, 136]])

    outcomes = masha.send(honest, forged, sitting=opened, at=received)

    assert [outcome.code for outcome in outcomes] == ["", "too_fast"]


@pytest.mark.parametrize("whose", ["a stranger's", "a parent's", "one given back"])
def test_events_for_a_place_that_is_not_ones_own_are_not_taken(journey, whose, child, guardian_of):
    petya = child("petya")
    his = journey("a", learner=petya.user)
    senders = {
        "a stranger's": lambda: child("masha").user,
        "a parent's": lambda: guardian_of(petya),
        "one given back": lambda: petya.user,
    }
    sender = senders[whose]()
    if whose == "one given back":
        Enrolment.objects.update(withdrawn_at=NOON)

    with pytest.raises(Enrolment.DoesNotExist):
        take_in(
            learner=sender,
            enrolment_uid=his.enrolment.uid,
            raw_events=[his.raw("a")],
            sitting=sitting_of(NOON, timedelta(0)),
            at=NOON,
        )
    assert not Event.objects.exists()


def test_a_moment_before_the_enrolment_counts_as_the_enrolment(journey):
    masha = journey("a")
    yesterday = sitting_of(NOON - timedelta(days=1), timedelta(0))
    claimed = (NOON - timedelta(hours=5)).timestamp() * 1000
    masha.send(masha.raw("a", time=claimed), sitting=yesterday, at=NOON + timedelta(minutes=1))
    assert Event.objects.get().effective_at == NOON


@pytest.mark.parametrize(
    ("minutes", "is_suspect"), [(0, False), (5, False), (-5, False), (6, True), (-6, True)]
)
def test_a_clock_more_than_5_minutes_off_is_suspect(journey, minutes, is_suspect):
    masha = journey("a")
    masha.send(masha.raw("a"), sitting=sitting_of(NOON, timedelta(minutes=minutes)))
    assert Event.objects.get().clock_is_suspect is is_suspect


def test_nor_in_many_batches_of_one_sitting(journey):
    masha = journey(text_step("film", kind="video", rule=Rule(RuleKind.WATCHED, 90, 1_000)))
    one_page, received = sitting_of(NOON), NOON + timedelta(minutes=1)
    codes = []
    for start in range(0, 1_000, 100):
        piece = masha.raw("film", "progressed", intervals=[[start, start + 100]])
        codes += [one.code for one in masha.send(piece, sitting=one_page, at=received)]
    assert codes == ["", *["too_fast"] * 9]
    assert not masha.is_done("film")


def test_two_tabs_may_each_play_as_long_as_they_are_open(journey):
    masha = journey(text_step("film", kind="video", rule=Rule(RuleKind.WATCHED, 90, 1_000)))
    for start in (0, 100):
        piece = masha.raw("film", "progressed", intervals=[[start, start + 100]])
        (outcome,) = masha.send(piece, sitting=sitting_of(NOON), at=NOON + timedelta(minutes=1))
        assert outcome.status == "accepted"


def test_a_watching_that_was_sent_before_is_claimed_once(journey):
    masha = journey("film", "b")
    page, at = sitting_of(NOON), NOON + timedelta(minutes=1)
    piece = masha.raw("film", "progressed", intervals=[[0, 100]])
    for _time in range(3):
        masha.send(piece, sitting=page, at=at)
    more = masha.raw("film", "progressed", intervals=[[100, 130]])
    assert masha.send(more, masha.raw("b"), sitting=page, at=at)[0].status == "accepted"


def test_devices_pages_and_their_order_are_kept_and_nobody_is_named(journey):
    masha = journey("a", "b")
    phone, laptop = uuid.uuid4(), uuid.uuid4()
    tabs = [replace(sitting_of(NOON), device=device) for device in (phone, phone, laptop)]
    for tab in tabs:
        masha.send(masha.raw("a", n=1), masha.raw("b", n=2), sitting=tab)
    events = Event.objects.order_by("seq")
    assert list(events.values_list("device_id", "client_seq")) == [
        (device, n) for device in (phone, phone, laptop) for n in (1, 2)
    ]
    assert [event.session_id for event in events] == [tab.uid for tab in tabs for _event in "ab"]
    masha.see("a")
    by_server = Event.objects.latest("seq")
    assert (by_server.device_id, by_server.session_id, by_server.client_seq) == (None, None, None)


@pytest.mark.parametrize("device", [None, "masha@example.org", 7, {}, "0" * 400])
def test_what_is_no_random_number_of_a_device_is_not_kept(device):
    assert read_device(device) is None


def test_a_batch_cannot_claim_in_pieces_what_it_may_not_claim_whole(journey):
    masha = journey(text_step("film", kind="video", rule=Rule(RuleKind.WATCHED, 90, 1_000)))
    pieces = [
        masha.raw("film", "progressed", intervals=[[start, start + 100]])
        for start in range(0, 1_000, 100)
    ]

    outcomes = masha.send(
        *pieces, sitting=sitting_of(NOON, timedelta(0)), at=NOON + timedelta(minutes=1)
    )

    assert [outcome.status for outcome in outcomes[:2]] == ["accepted", "rejected"]
    assert not masha.is_done("film")
