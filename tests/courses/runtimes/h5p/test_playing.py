"""What a frame sends: states are kept for one attempt, and a result ends it once."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from courses.runtimes.h5p.core import LibraryName
from courses.runtimes.h5p.models import H5PState
from courses.runtimes.h5p.rules import read_report
from courses.runtimes.launches.models import Attempt
from courses.runtimes.launches.operations import open_launch, open_preview
from courses.runtimes.launches.rules import Score
from tests.courses.runtimes.h5p.making import PARAMS, choice_package

MAIN = LibraryName("Made.Choice", 1, 0)
VERBS = "http://adlnet.gov/expapi/verbs/"


def statement(verb: str = "answered", *, library: str = "Made.Choice-1.0", **changes) -> dict:
    """What content says of itself, as core builds it."""
    found: dict[str, Any] = {
        "actor": {"name": "learner"},
        "verb": {"id": VERBS + verb},
        "object": {
            "id": "https://portal.example/packages/x",
            "definition": {
                "interactionType": "choice",
                "description": {"en-US": "Which is a bridge?"},
                "choices": [
                    {"id": "0", "description": {"en-US": "Ford"}},
                    {"id": "1", "description": {"en-US": "Arch"}},
                ],
                "correctResponsesPattern": ["1"],
            },
        },
        "context": {
            "contextActivities": {"category": [{"id": f"http://h5p.org/libraries/{library}"}]}
        },
        "result": {
            "score": {"raw": 1, "min": 0, "max": 1, "scaled": 1},
            "success": True,
            "completion": True,
            "response": "1",
            "duration": "PT12.5S",
        },
    }
    return {**found, **changes}


def report(*statements: dict, results: Any = None, run: str = "run") -> dict[str, Any]:
    said = list(statements) or [statement()]
    return {"run": run, "statements": said, "results": results or {"statement": said[0]}}


class Frame:
    """A frame that plays: ``post`` sends as the script of the frame does."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.browser = Client(headers={"host": "content.example"}, raise_request_exception=True)

    def get(self):
        return self.browser.get(f"/h5p/{self.token}/")

    def data(self) -> dict[str, Any]:
        page = self.get().content.decode()
        start = page.index(">", page.index('id="frame-data"')) + 1
        return json.loads(page[start : page.index("</script>", start)])

    def post(self, name: str, value: Any):
        body = value if isinstance(value, bytes) else json.dumps(value)
        return self.browser.post(f"/h5p/{self.token}/{name}", body, content_type="text/plain")

    def keep(self, data: str | None, part: str = "0", name: str = "state", **more: Any):
        return self.post("state", {"part": part, "name": name, "data": data, **more})


@pytest.fixture(autouse=True)
def _content_origin(settings) -> None:
    settings.OPORA_CONTENT_ORIGIN = "https://content.example"
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example"


@pytest.fixture
def opened(bring):
    """``opened(version)``: a frame of the learner in the same step, each time."""
    step, learner = uuid.uuid4(), uuid.uuid4()

    def make(version=None, *, again: bool = False) -> Frame:
        version = version or bring()
        launched = open_launch(
            place="place-of-masha-1",
            step=step,
            epoch=1,
            learner_key=learner,
            package=version.package,
            again=again,
            at=timezone.now(),
        )
        return Frame(launched.token)

    return make


def states_in(frame: Frame) -> Any:
    return frame.data()["integration"]["contents"]["cid-1"]["contentUserData"]


# -- The page -----------------------------------------------------------------


def test_the_page_plays_without_an_origin_and_is_never_kept(opened) -> None:
    response = opened().get()

    assert response.status_code == 200
    assert "sandbox allow-scripts" in response.headers["Content-Security-Policy"]
    assert "allow-same-origin" not in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_the_page_knows_nothing_of_who_is_playing(opened) -> None:
    page = opened().get().content.decode()

    assert "masha" not in page.lower()
    assert "place-of" not in page


def test_script_in_a_title_stays_text(bring, opened) -> None:
    files = choice_package()
    files["h5p.json"]["title"] = "</title><script>alert(1)</script>"

    assert "<script>alert" not in opened(bring(files)).get().content.decode()


def test_script_in_content_cannot_leave_the_data_of_the_page(bring, opened) -> None:
    answers = ["</script><script>alert(1)</script>", "<!--"]
    version = bring(choice_package({**PARAMS, "answers": answers}))

    page = opened(version).get().content.decode()

    assert "<script>alert" not in page
    assert "<!--" not in page


def test_an_unknown_or_old_token_gets_a_sentence(db) -> None:
    stranger = Frame("x" * 32)

    page, answer = stranger.get(), stranger.post("state", {})

    assert (page.status_code, answer.status_code) == (410, 410)
    told = json.loads(answer.content)
    assert told["code"] == "launch_expired"
    assert told["sentence"] in page.content.decode()


def test_a_site_without_the_player_says_what_is_missing(opened, settings, tmp_path) -> None:
    storage = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": storage}}

    page = opened().get()

    assert page.status_code == 503
    assert "npm ci" in page.content.decode()


def test_few_queries_open_a_frame(opened, django_assert_max_num_queries) -> None:
    frame = opened()
    frame.get()

    with django_assert_max_num_queries(6):
        frame.get()


# -- States -------------------------------------------------------------------


def test_a_state_comes_back_at_the_next_launch(opened, bring) -> None:
    version = bring()
    opened(version).keep('{"chosen":1}')

    assert states_in(opened(version)) == [{"state": '{"chosen":1}'}]


def test_parts_of_content_have_states_of_their_own(opened, bring) -> None:
    version = bring()
    frame = opened(version)
    frame.keep("1")
    frame.keep("2", part="0f5e1c6e-1111-4222-8333-444455556666", name="answers")

    assert states_in(opened(version)) == {
        "0": {"state": "1"},
        "0f5e1c6e-1111-4222-8333-444455556666": {"answers": "2"},
    }


def test_the_later_of_two_that_cross_on_their_way_stays(opened) -> None:
    frame = opened()
    frame.keep("newer", page="p", sequence=2)
    frame.keep("older", page="p", sequence=1)

    assert H5PState.objects.get().data == "newer"


def test_a_state_that_was_taken_back_is_gone(opened) -> None:
    frame = opened()
    frame.keep("1")
    frame.keep(None)

    assert not H5PState.objects.exists()


def test_a_new_attempt_begins_with_nothing(opened, bring) -> None:
    version = bring()
    first = opened(version)
    first.keep('{"chosen":1}')
    first.post("results", report())

    assert states_in(opened(version, again=True)) == [{"state": "false"}]


def test_a_state_of_other_content_is_not_shown(opened, bring) -> None:
    version = bring()
    opened(version).keep("1")
    H5PState.objects.update(content_hash="of other content")

    assert states_in(opened(version)) == [{"state": "false"}]


def test_a_state_has_bounds(opened, settings) -> None:
    settings.OPORA_H5P_STATE_BYTES = 10
    frame = opened()

    too_large = frame.keep("я" * 6)
    assert too_large.status_code == 413
    assert json.loads(too_large.content)["code"] == "too_large"
    assert frame.keep("я" * 5).status_code == 200


def test_states_of_one_attempt_have_a_limit(opened, monkeypatch) -> None:
    monkeypatch.setattr("courses.runtimes.h5p.operations.playing.MOST_STATES", 2)
    frame = opened()

    answers = [frame.keep("1", name=name).status_code for name in ("a", "b", "c", "a")]
    assert answers == [200, 200, 413, 200]


def test_a_preview_keeps_nothing(bring) -> None:
    frame = Frame(open_preview(version=bring(), at=timezone.now()).token)

    bridge = frame.data()["bridge"]
    assert (bridge["state"], bridge["report"]) == ("", "")
    assert frame.keep("1").status_code == 403
    assert frame.post("results", report()).status_code == 403
    assert not H5PState.objects.exists()
    assert not Attempt.objects.exists()


def test_a_teacher_sees_what_was_left_and_changes_nothing(opened, bring) -> None:
    version = bring()
    opened(version).keep('{"chosen":1}')
    attempt = Attempt.objects.get()

    frame = Frame(open_preview(version=version, of=attempt, at=timezone.now()).token)

    assert states_in(frame) == [{"state": '{"chosen":1}'}]
    assert frame.data()["integration"]["saveFreq"]
    assert frame.data()["bridge"]["state"] == ""
    assert frame.keep("2").status_code == 403
    assert frame.post("results", report()).status_code == 403
    assert H5PState.objects.get().data == '{"chosen":1}'


# -- Results ------------------------------------------------------------------


def test_a_result_ends_the_attempt_with_its_score_and_answers(opened) -> None:
    answer = opened().post("results", report())

    assert json.loads(answer.content) == {"taken": True}
    attempt = Attempt.objects.get()
    assert attempt.finished_at is not None
    assert (attempt.completed, attempt.passed) == (True, True)
    assert (attempt.earned, attempt.possible, attempt.seconds) == (100, 100, 12)
    row = attempt.interactions.get()
    assert (row.key, row.kind, row.text) == ("0", "choice", "Which is a bridge?")
    assert (row.response, row.right, row.is_right) == ("Arch", "Arch", True)


def test_answered_completed_passed_and_mastered_count_once(opened) -> None:
    frame = opened()
    said = [statement(verb) for verb in ("answered", "completed", "passed", "mastered")]
    frame.post("results", report(*said))
    for one in said:
        frame.post("results", report(one))

    assert Attempt.objects.get().moves == 1


def test_trying_again_inside_the_content_is_a_new_attempt(opened) -> None:
    frame = opened()
    wrong = statement(result={"score": {"raw": 0, "min": 0, "max": 1}, "success": False})
    frame.post("results", report(wrong, run="first"))
    frame.post("results", report(run="second"))
    frame.post("results", report(run="second"))

    scores = Attempt.objects.order_by("number").values_list("number", "earned", "run")
    assert list(scores) == [(1, 0, "first"), (2, 100, "second")]


def test_a_state_left_in_the_second_playing_belongs_to_it(opened, bring) -> None:
    version = bring()
    frame = opened(version)
    frame.post("results", report(run="first"))
    assert opened(version).data()["bridge"]["ended"] is True

    frame.keep("1", run="second")

    bridge = opened(version).data()["bridge"]
    assert (bridge["run"], bridge["ended"], bridge["resumed"]) == ("second", False, True)


def test_a_failed_playing_completes_nothing(opened) -> None:
    opened().post("results", report(statement("failed")))

    attempt = Attempt.objects.get()
    assert attempt.finished_at is not None
    assert (attempt.completed, attempt.passed) == (False, False)


@pytest.mark.parametrize(
    "said",
    [
        statement("progressed"),
        statement("interacted"),
        statement(library="Made.Other-1.0"),
        statement(library="Made.Choice-2.0"),
        statement(context={}),
        statement(
            context={
                **statement()["context"],
                "contextActivities": {
                    **statement()["context"]["contextActivities"],
                    "parent": [{"id": "https://portal.example/packages/x"}],
                },
            }
        ),
        {**statement(), "verb": {"id": "https://else.example/completed"}},
        {},
    ],
)
def test_what_is_no_end_of_the_whole_ends_nothing(opened, said) -> None:
    answer = opened().post("results", report(said))

    assert json.loads(answer.content) == {"taken": False}
    assert Attempt.objects.get().finished_at is None


@pytest.mark.parametrize(
    "score",
    [
        {"raw": 5, "min": 0, "max": 1},
        {"raw": -1, "min": 0, "max": 1},
        {"raw": 1e308, "max": 1e308},
        {"raw": "1", "max": "1"},
        {"raw": 1, "max": 1, "scaled": 0.2},
        [1, 2],
    ],
)
def test_a_score_that_cannot_be_true_is_left_out_and_the_rest_counts(opened, score) -> None:
    opened().post("results", report(statement(result={"score": score, "completion": True})))

    attempt = Attempt.objects.get()
    assert attempt.completed
    assert attempt.earned is None


def test_questions_of_the_content_become_rows() -> None:
    def child(sub: str, **result: Any) -> dict[str, Any]:
        one = statement(result=result)
        extensions = {"http://h5p.org/x-api/h5p-subContentId": sub}
        one["object"] = {
            "id": f"https://portal.example/packages/x?subContentId={sub}",
            "definition": {**one["object"]["definition"], "extensions": extensions},
        }
        return {"statement": one}

    results = {
        "statement": statement(),
        "children": [
            child("a", response="1", success=True),
            child("b", response="0", success=False),
            child("a", response="0"),
        ],
    }

    result = read_report(report(results=results), main=MAIN)

    rows = [(one.number, one.key, one.response, one.is_right) for one in result.answers]
    assert rows == [
        (1, "a", "Arch", True),
        (2, "b", "Ford", False),
        (3, "a#2", "Ford", None),
    ]


def test_what_the_statement_leaves_open_comes_from_the_results() -> None:
    said = statement("completed", result={"completion": True})

    result = read_report(report(said, results={"statement": statement()}), main=MAIN)

    assert result.score == Score(100, 100)
    assert result.passed is True


def test_results_of_another_library_are_not_believed() -> None:
    foreign = {"statement": statement(library="Made.Other-1.0", result={"response": "0"})}

    result = read_report(report(results=foreign), main=MAIN)

    assert [one.response for one in result.answers] == ["Arch"]


# -- Hostile bodies -----------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=12,
)


@pytest.mark.parametrize("name", ["state", "results"])
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"not json", 400),
        (b"\xff\xfe", 400),
        (b"[]", 400),
        (b'"text"', 400),
        (b"[" * 100_000, 400),
        (b'{"run": NaN}', 400),
        (b'{"run": "' + b"x" * 65 + b'"}', 400),
        (b'{"run": "\\u0000"}', 400),
        (b'{"run": 7}', 400),
        (b'{"a": "' + b"x" * 2_100_000 + b'"}', 413),
    ],
)
def test_a_body_that_cannot_be_read_gets_a_sentence(opened, name, body, status) -> None:
    answer = opened().post(name, body)

    assert answer.status_code == status
    assert set(json.loads(answer.content)) == {"code", "sentence"}
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("data", ["\0", "\ud800", "a\udfffb"])
def test_text_that_no_database_takes_is_refused(opened, data) -> None:
    assert opened().keep(data).status_code == 400


@pytest.mark.parametrize("odd", ["\0", "\ud800x", "x" * 100_000, "<script>", {"a": 1}, None, 1e999])
def test_odd_values_inside_a_statement_never_break_anything(opened, odd) -> None:
    said = statement()
    said["result"]["response"] = odd
    said["object"]["definition"]["description"] = {"en-US": odd}
    said["object"]["definition"]["extensions"] = {"http://h5p.org/x-api/h5p-subContentId": odd}
    body = json.dumps(report(results={"statement": said, "children": [{"statement": said}]}))

    answer = opened().post("results", body.replace("Infinity", "1e999").encode())

    assert answer.status_code == 200


@pytest.mark.django_db
@profile(max_examples=40)
@given(value=JSON, rest=JSON)
def test_no_report_however_odd_is_an_error_of_the_server(value, rest) -> None:
    for body in (value, {"statements": value, "results": rest}, {"statements": [value]}):
        if isinstance(body, dict):
            read_report(body, main=MAIN)


def test_only_a_post_reports(opened) -> None:
    frame = opened()

    assert frame.browser.get(f"/h5p/{frame.token}/results").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_twenty_reports_at_once_are_one_result(opened) -> None:
    frame = opened()

    def send(_place: int) -> int:
        try:
            return Frame(frame.token).post("results", report()).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(send, range(20)))

    assert set(codes) == {200}
    assert Attempt.objects.get().moves == 1
