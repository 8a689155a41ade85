"""The page that SCOs play in, and what hostile ones may send."""

import itertools
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.runtimes.scorm import views
from courses.runtimes.scorm.models import ScoState, SequencingState
from tests.courses.conftest import NOON
from tests.courses.runtimes.scorm.conftest import Learner, told, told_2004
from tests.samples.scorm import (
    one_sco_12,
    one_sco_2004_3rd,
    scripts_in_titles,
    sequenced_2004,
    three_scos_12,
)

pytestmark = pytest.mark.django_db


def test_the_page_holds_what_the_player_needs(masha) -> None:
    response = masha(one_sco_12()).look()

    data = response.context["data"]
    assert response.status_code == 200
    assert data["library"].endswith("vendor/scorm-again/scorm12.min.js")
    assert data["items"] == [{"id": "SUM", "title": "Sum", "status": "new", "open": True}]
    assert data["first"] == "SUM"
    assert data["site"] == "https://portal.example"
    assert data["sequencing"] is None


def test_a_package_of_2004_gets_its_own_library_and_its_sequencing(masha) -> None:
    data = masha(sequenced_2004()).look().context["data"]

    assert data["library"].endswith("scorm2004.min.js")
    assert [one["id"] for one in data["sequencing"]["activityTree"]["children"]] == [
        "LESSON",
        "TEST",
    ]


def test_one_part_needs_no_menu_and_several_have_one(a_package, learner_of) -> None:
    one = learner_of(a_package(one_sco_12())).look().content.decode()

    assert "<nav" not in one


def test_the_menu_shows_parts_and_headings_but_none_that_are_hidden(masha) -> None:
    page = masha(three_scos_12()).look().content.decode()

    assert 'data-item="S1"' in page
    assert '<span class="heading">Going on</span>' in page
    assert 'data-item="S3"' not in page


def test_titles_are_words_and_no_markup(masha) -> None:
    page = masha(scripts_in_titles()).look().content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<svg onload" not in page


def test_the_page_keeps_no_cookie_and_may_be_framed_by_the_site_alone(masha) -> None:
    response = masha(one_sco_12()).look()

    policy = response.headers["Content-Security-Policy"]
    assert not response.cookies
    assert "frame-ancestors 'self' https://portal.example" in policy
    assert "connect-src 'self' data: blob:" in policy
    assert policy.endswith(
        "sandbox allow-scripts allow-forms allow-same-origin allow-modals allow-downloads"
    )
    assert response.headers["Cache-Control"] == "no-store"


def test_a_part_opens_at_its_signed_address_with_what_its_manifest_adds(masha) -> None:
    learner = masha(sequenced_2004())

    address = learner.open("TEST")["address"]

    path = address.removeprefix("https://content.example")
    assert path.startswith("/f/")
    assert path.endswith("/test.html?level=1&mode=test#top")
    assert b"Test" in learner.browser.get(path.partition("?")[0]).content


def test_a_beacon_is_taken_like_any_commit(masha) -> None:
    learner = masha(one_sco_12())
    session = learner.open()["session"]

    body = json.dumps(told(1, lesson_location="3"))
    answer = learner.post(f"commit/{session}", body, kind="text/plain;charset=UTF-8")

    assert answer.json()["result"] == "true"
    assert ScoState.objects.get().state["values"]["cmi.core.lesson_location"] == "3"


def test_a_commit_that_comes_twice_is_taken_once(masha) -> None:
    learner = masha(one_sco_12())
    session = learner.open()["session"]
    once = told(1, session_time="0000:01:00")

    answers = [learner.commit(session, once) for _time in range(2)]

    assert [answer["result"] for answer in answers] == ["true", "true"]
    assert learner.attempt.seconds == 60


@pytest.mark.parametrize(
    ("content", "item", "tell", "error_code"),
    [(one_sco_12, "SUM", told, 101), (one_sco_2004_3rd, "SUM", told_2004, 391)],
)
def test_a_commit_that_was_overtaken_is_refused_in_the_words_of_its_standard(
    masha, content, item, tell, error_code
) -> None:
    learner = masha(content())
    session = learner.open(item)["session"]
    learner.commit(session, tell(2))

    answer = learner.post(f"commit/{session}", tell(1))

    assert answer.status_code == 409
    assert answer.json()["result"] == "false"
    assert answer.json()["errorCode"] == error_code
    assert answer.json()["code"] == "stale"
    assert answer.json()["sentence"]


def test_a_session_that_the_server_never_opened_is_refused(masha) -> None:
    learner = masha(one_sco_12())
    learner.open()

    assert learner.post("commit/0-made-up", told(1)).status_code == 409
    assert learner.post("commit/7-made-up", told(1)).status_code == 400


def test_a_session_of_another_attempt_is_refused(a_package, learner_of) -> None:
    package = a_package(one_sco_12())
    first = learner_of(package)
    session = first.open()["session"]
    first.commit(session, told(1, is_last=True, lesson_status="failed"))

    second = learner_of(package, again=True)

    assert second.post(f"commit/{session}", told(2)).status_code == 409


def test_after_its_hours_a_launch_takes_nothing_and_says_what_to_do(masha, monkeypatch) -> None:
    learner = masha(one_sco_12())
    session = learner.open()["session"]
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON + timedelta(hours=13))

    answer = learner.post(f"commit/{session}", told(1))

    assert learner.look().status_code == 403
    assert answer.status_code == 403
    assert answer.json()["code"] == "launch_expired"
    assert answer.json()["sentence"]


def test_a_token_that_was_made_up_opens_nothing(player) -> None:
    nobody = Learner("made-up", player)

    assert nobody.look().status_code == 403
    assert nobody.post("open", {"item": "SUM"}).status_code == 403
    assert nobody.post("commit/0-x", told(1)).status_code == 403


def test_too_long_a_commit_is_refused_unread(masha, monkeypatch) -> None:
    monkeypatch.setattr(views, "MOST_BYTES", 1_000)
    learner = masha(one_sco_12())
    session = learner.open()["session"]

    answer = learner.post(f"commit/{session}", told(1) | {"cmi.suspend_data": "x" * 1_000})

    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"
    assert ScoState.objects.get().state.get("values") is None


def test_commits_are_posted_and_pages_are_read(masha) -> None:
    learner = masha(one_sco_12())

    assert learner.browser.get(f"/scorm/{learner.token}/open").status_code == 405
    assert learner.browser.post(f"/scorm/{learner.token}/").status_code == 405


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'"text"',
        b"{",
        b'{"commitSequence": NaN}',
        b"[" * 100_000,
        b'{"commitSequence": ' + b"9" * 5_000 + b"}",
        b"cmi.core.lesson_status=passed",
        b"{}",
        b'{"commitSequence": 0}',
        b'{"commitSequence": true}',
        b'{"commitSequence": "1"}',
        b'{"commitSequence": 1, "sequencing": 5}',
        b'{"commitSequence": 1, "sequencing": "\\u0000"}',
        b'{"commitSequence": 1, "sequencing": "\\ud800"}',
    ],
)
def test_what_is_no_commit_is_a_sentence(masha, body) -> None:
    learner = masha(one_sco_12())
    session = learner.open()["session"]

    answer = learner.post(f"commit/{session}", body)

    assert answer.status_code == 400
    assert answer.json()["sentence"]
    assert not SequencingState.objects.exists()


@pytest.mark.parametrize("item", [None, 5, [], {}, "", "GONE", "x" * 100_000, "\0", "\ud800"])
def test_a_part_that_is_none_is_a_sentence(masha, item) -> None:
    answer = masha(one_sco_12()).post("open", json.dumps({"item": item}))

    assert answer.status_code in (400, 404)
    assert answer.json()["sentence"]


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=10,
)
NAMES = st.sampled_from(
    [
        "cmi.core.lesson_status",
        "cmi.core.score.raw",
        "cmi.core.session_time",
        "cmi.suspend_data",
        "cmi.interactions.0.id",
        "cmi.interactions.0.type",
        "cmi.interactions.0.student_response",
        "cmi.interactions.0.result",
        "cmi.interactions.0.weighting",
        "cmi.interactions.0.latency",
        "cmi.objectives.0.id",
        "cmi",
        "runtimeData",
        "globalObjectives",
        "isLast",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(data=st.dictionaries(NAMES, JSON, max_size=8))
def test_whatever_a_sco_commits_is_no_fault_of_ours(commit: Callable, data: Any) -> None:
    answer = commit(data)

    assert answer.status_code == 200, answer.content


@pytest.fixture
def commit(masha) -> Callable[[Any], Any]:
    """``commit({"cmi.suspend_data": 5})``: the next commit of one session."""
    learner = masha(one_sco_12())
    session = learner.open()["session"]
    numbers = itertools.count(1)
    return lambda data: learner.post(f"commit/{session}", data | {"commitSequence": next(numbers)})
