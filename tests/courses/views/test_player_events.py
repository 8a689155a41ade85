"""The intake of events: what a browser reports, what a forger may not, what is never lost."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.enrolments.operations import withdraw
from courses.progress.models import Event
from courses.progress.rules import Evidence
from courses.views.sittings import sitting_token
from tests.courses.conftest import NOON, draft_of_steps, publish
from tests.courses.views.every_kind import Learner, captured_queries, queries_of, video_step

pytestmark = pytest.mark.django_db


def address_of(learner: Learner) -> str:
    return reverse("courses:events", args=[learner.enrolment.uid])


def watched(learner: Learner, *intervals: list[float], **changes: Any) -> dict[str, Any]:
    event = {
        "id": str(uuid.uuid4()),
        "step": learner.uid("video"),
        "verb": "progressed",
        "epoch": 0,
        "time": int(timezone.now().timestamp() * 1000),
        "intervals": list(intervals),
        "position": intervals[-1][1] if intervals else 0,
    }
    return event | changes


def batch_of(learner: Learner, *events: Any, **changes: Any) -> dict[str, Any]:
    batch = {
        "sent_at": int(timezone.now().timestamp() * 1000),
        "sitting": sitting_token(learner.enrolment.uid, timezone.now() - timedelta(minutes=5)),
        "events": list(events),
    }
    return batch | changes


def send(learner: Learner, *events: Any, client: Client | None = None, **changes: Any) -> Any:
    return (client or learner.client).post(
        address_of(learner),
        json.dumps(batch_of(learner, *events, **changes)),
        content_type="application/json",
    )


def test_two_tabs_of_one_browser_and_a_phone_are_told_apart(learner) -> None:
    masha = learner(video_step())
    laptop, phone = str(uuid.uuid4()), str(uuid.uuid4())
    for device in (laptop, laptop, phone):
        answer = send(masha, watched(masha, [0, 10], n=1), device=device)
        assert answer.json()["results"][0]["status"] == "accepted"
    events = list(Event.objects.order_by("seq"))
    assert [str(event.device_id) for event in events] == [laptop, laptop, phone]
    assert len({event.session_id for event in events}) == 3
    assert [event.client_seq for event in events] == [1, 1, 1]


def test_no_event_is_lost_for_a_device_that_calls_itself_something(learner) -> None:
    masha = learner(video_step())
    answer = send(masha, watched(masha, [0, 10]), device="masha@example.org")
    assert answer.json()["results"][0]["status"] == "accepted"
    assert Event.objects.get().device_id is None


def test_ninety_percent_watched_in_pieces_finish_the_step(learner) -> None:
    masha = learner(video_step())

    first = send(masha, watched(masha, [0, 20], [10, 25]))
    second = send(masha, watched(masha, [24, 37]))

    assert first.json()["steps"] == {masha.uid("video"): {"done": False, "watched": 62}}
    assert second.json()["steps"] == {masha.uid("video"): {"done": True, "watched": 92}}
    assert second.json()["counts"] == {"done": 1, "required": 1}
    assert masha.place.state.steps[masha.uid("video")].done.evidence is Evidence.MACHINE_CLIENT


def test_a_batch_sent_twice_is_one_and_the_good_events_of_a_bad_batch_are_kept(learner) -> None:
    masha = learner(video_step())
    good = watched(masha, [0, 5])
    events = [good, "nonsense", watched(masha, [3, 1]), good]

    answers = [send(masha, *events).json()["results"] for _time in range(2)]

    assert [result["status"] for result in answers[0]] == [
        "accepted",
        "rejected",
        "rejected",
        "duplicate",
    ]
    assert answers[1][0]["status"] == "duplicate"
    assert answers[0][0]["seq"] == answers[1][0]["seq"] == 1
    assert Event.objects.count() == 1


@pytest.mark.parametrize("verb", ["graded", "overridden", "reset", "submitted", "answered", "x"])
def test_a_browser_cannot_say_what_only_the_server_or_a_teacher_says(learner, verb) -> None:
    masha = learner(video_step())

    result = send(masha, watched(masha, [0, 1], verb=verb)).json()["results"][0]

    assert result["status"] == "rejected"
    assert not Event.objects.exists()


def test_more_cannot_be_watched_than_the_page_was_open(learner) -> None:
    masha = learner(video_step())
    fresh = sitting_token(masha.enrolment.uid, timezone.now())

    answer = send(masha, watched(masha, [0, 40]), sitting=fresh).json()

    assert answer["results"][0]["code"] == "too_fast"


def test_an_event_for_a_step_that_is_gone_is_refused_with_a_code(learner) -> None:
    masha = learner(video_step(), "b")
    event = watched(masha, [0, 5])
    publish(masha.enrolment.course, draft_of_steps("b"))

    assert send(masha, event).json()["results"][0]["code"] == "step_gone"


def test_the_place_of_somebody_else_is_not_found(learner, child) -> None:
    masha = learner(video_step())
    stranger = Client()
    stranger.force_login(child("petya").user)

    answer = send(masha, watched(masha, [0, 5]), client=stranger)

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
    assert not Event.objects.exists()


def test_a_place_that_was_given_back_takes_no_events(learner) -> None:
    masha = learner(video_step())
    event = watched(masha, [0, 5])
    withdraw(enrolment=masha.enrolment, actor=masha.enrolment.learner, at=NOON)

    assert send(masha, event).status_code == 404


def test_after_the_session_has_ended_a_machine_is_told_where_to_sign_in(learner) -> None:
    masha = learner(video_step())
    masha.client.logout()

    answer = send(masha, watched(masha, [0, 5]))

    assert answer.status_code == 401
    assert answer.json()["code"] == "signed_out"
    assert answer.json()["sign_in"] == "/accounts/login/"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"text"',
        b'{"events": 5}',
        b'{"events": {}}',
        b'{"events": [], "sitting": 1e999}',
        b"[" * 100_000,
        b'{"events": [' + b"0," * 200 + b"0]}",
    ],
)
def test_broken_json_is_a_sentence_and_a_400(learner, body) -> None:
    masha = learner(video_step())

    answer = masha.client.post(address_of(masha), body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["code"] in {"malformed", "sitting"}
    assert answer.json()["detail"].endswith(".")


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x"])
def test_ten_megabytes_are_refused_before_they_are_read(learner, kind) -> None:
    masha = learner(video_step())

    answer = masha.client.post(address_of(masha), b"x" * 10_000_000, content_type=kind)

    assert answer.status_code == 413
    assert answer.json()["code"] == "too_big"


def test_a_broken_form_is_a_400(learner) -> None:
    masha = learner(video_step())

    answer = masha.client.post(address_of(masha), b"x", content_type="multipart/form-data")

    assert answer.status_code == 400
    assert answer.json()["code"] == "malformed"


def test_another_method_is_a_405(learner) -> None:
    masha = learner(video_step())

    answer = masha.client.get(address_of(masha))

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert answer.json()["code"] == "method"


def test_a_page_of_another_site_cannot_send_events_and_gets_json(learner) -> None:
    masha = learner(video_step())
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(masha.enrolment.learner)

    answer = send(masha, watched(masha, [0, 5]), client=strict)

    assert answer.status_code == 403
    assert answer.json()["code"] == "csrf"


def test_a_beacon_brings_the_batch_and_the_token_in_a_form(learner) -> None:
    masha = learner(video_step())
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(masha.enrolment.learner)
    strict.get(masha.address("video"))
    batch = batch_of(masha, watched(masha, [0, 5]))

    answer = strict.post(
        address_of(masha),
        {"csrfmiddlewaretoken": strict.cookies["csrftoken"].value, "batch": json.dumps(batch)},
    )

    assert answer.json()["results"][0]["status"] == "accepted"


@pytest.mark.parametrize("token", [None, 5, [], "", "forged", "a:b:c"])
def test_a_forged_sitting_is_a_400(learner, token) -> None:
    masha = learner(video_step())

    answer = send(masha, watched(masha, [0, 5]), sitting=token)

    assert answer.status_code == 400
    assert answer.json()["code"] == "sitting"


def test_the_sitting_of_another_place_is_a_400(learner, a_course, a_place, child) -> None:
    masha = learner(video_step())
    elsewhere = a_place(a_course("a", title="Other"), masha.enrolment.learner)
    token = sitting_token(elsewhere.uid, NOON)

    assert send(masha, watched(masha, [0, 5]), sitting=token).status_code == 400


def test_what_waited_for_the_network_longer_than_a_day_is_still_taken(learner, clock) -> None:
    masha = learner(video_step())
    token, event = sitting_token(masha.enrolment.uid, timezone.now()), watched(masha, [0, 30])
    clock.shift(timedelta(days=6))

    answer = send(masha, event, sitting=token)

    assert answer.json()["results"][0]["status"] == "accepted"
    assert timezone.now() - Event.objects.get().effective_at <= timedelta(days=1)


@pytest.mark.parametrize("sent_at", [None, "now", True, 1e300, -1e300, float("nan")])
def test_a_clock_that_makes_no_sense_is_left_aside(learner, sent_at) -> None:
    masha = learner(video_step())

    answer = send(masha, watched(masha, [0, 5]), sent_at=sent_at)

    assert answer.json()["results"][0]["status"] == "accepted"
    assert Event.objects.get().effective_at <= timezone.now()


@pytest.mark.parametrize("step", [None, 5, ["a"], {}, "no uuid", str(uuid.uuid4())])
def test_a_forged_step_is_refused_and_nothing_breaks(learner, step) -> None:
    masha = learner(video_step())

    answer = send(masha, watched(masha, [0, 5], step=step))

    assert answer.status_code == 200
    assert answer.json()["results"][0]["status"] == "rejected"


def test_the_token_is_signed_for_this_purpose_only(learner) -> None:
    masha = learner(video_step())
    other_salt = signing.dumps([masha.enrolment.uid, 0], salt="opora.other")

    assert send(masha, watched(masha, [0, 5]), sitting=other_salt).status_code == 400


def test_one_event_costs_six_statements_at_most(learner) -> None:
    masha = learner(video_step(), "b")
    send(masha, watched(masha, [0, 5]))
    event = watched(masha, [5, 10])

    with captured_queries() as captured:
        assert send(masha, event).json()["results"][0]["status"] == "accepted"

    assert len(queries_of(captured)) <= 6, "\n".join(queries_of(captured))
