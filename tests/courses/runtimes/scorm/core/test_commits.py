"""What is read out of the JSON that scorm-again sends."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.runtimes.scorm.core import Rejection, Version, read_commit

OLD, NEW = Version.SCORM_12, Version.SCORM_2004_4TH

# As scorm-again 3.4 rendered them.
NESTED_12: dict[str, Any] = {
    "cmi": {
        "suspend_data": "abc",
        "launch_data": "LD",
        "comments": "hi",
        "comments_from_lms": "",
        "core": {
            "student_id": "7",
            "student_name": "",
            "lesson_location": "",
            "credit": "",
            "lesson_status": "incomplete",
            "entry": "resume",
            "lesson_mode": "normal",
            "exit": "suspend",
            "session_time": "00:10:00.5",
            "score": {"raw": "80", "min": "", "max": "100"},
            "total_time": "01:10:00.5",
        },
        "objectives": {
            "0": {"id": "o1", "status": "", "score": {"raw": "5", "min": "", "max": "100"}}
        },
        "student_data": {"mastery_score": "", "max_time_allowed": "", "time_limit_action": ""},
        "student_preference": {"audio": "", "language": "", "speed": "", "text": ""},
        "interactions": {
            "0": {
                "id": "q1",
                "time": "",
                "type": "choice",
                "weighting": "",
                "student_response": "a,b",
                "result": "wrong",
                "latency": "00:00:10",
                "objectives": {"0": {"id": "o1"}},
                "correct_responses": {"0": {"pattern": "a"}},
            }
        },
    },
    "isLast": True,
    "commitSequence": 2,
}
FLAT_2004: dict[str, Any] = {
    "cmi.comments_from_learner.0.comment": "{lang=ru}hi",
    "cmi.comments_from_lms": {},
    "cmi.completion_status": "completed",
    "cmi.completion_threshold": "0.5",
    "cmi.credit": "credit",
    "cmi.entry": "resume",
    "cmi.exit": "suspend",
    "cmi.interactions.0.id": "q1",
    "cmi.interactions.0.type": "choice",
    "cmi.interactions.0.objectives.0.id": "o1",
    "cmi.interactions.0.timestamp": "2024-05-01T10:00:00",
    "cmi.interactions.0.weighting": "1",
    "cmi.interactions.0.learner_response": "a[,]c",
    "cmi.interactions.0.latency": "PT5S",
    "cmi.interactions.0.correct_responses.0.pattern": "a[,]b",
    "cmi.learner_preference.audio_level": "1",
    "cmi.max_time_allowed": "",
    "cmi.objectives.0.id": "o1",
    "cmi.objectives.0.score.scaled": "",
    "cmi.progress_measure": "0.6",
    "cmi.score.scaled": "0.8",
    "cmi.score.raw": "",
    "cmi.session_time": "PT10M0.5S",
    "cmi.success_status": "passed",
    "cmi.suspend_data": "abc",
    "cmi.total_time": "PT1H10M0.5S",
    "commitSequence": 1,
}


def flat(data: Any, prefix: str = "") -> dict[str, Any]:
    if not isinstance(data, dict):
        return {prefix: data}
    return {
        name: value
        for key, inner in data.items()
        for name, value in flat(inner, f"{prefix}.{key}" if prefix else key).items()
    }


def test_a_nested_commit_of_1_2() -> None:
    committed = read_commit(OLD, NESTED_12)

    assert (committed.sequence, committed.is_last) == (2, True)
    assert committed.rejected == ()
    assert committed.values["cmi.core.score.raw"] == Decimal(80)
    assert committed.values["cmi.core.session_time"] == 60050
    assert committed.values["cmi.interactions.0.latency"] == 1000
    assert committed.values["cmi.core.lesson_status"] == "incomplete"
    assert committed.texts["cmi.core.session_time"] == "00:10:00.5"


def test_a_flat_commit_of_2004() -> None:
    committed = read_commit(NEW, FLAT_2004)

    assert (committed.sequence, committed.is_last) == (1, False)
    assert committed.rejected == ()
    assert committed.values["cmi.score.scaled"] == Decimal("0.8")
    assert committed.values["cmi.session_time"] == 60050
    assert committed.values["cmi.interactions.0.learner_response"] == "a[,]c"


def test_nested_flat_and_structured_commits_say_the_same() -> None:
    plain = read_commit(OLD, NESTED_12)
    envelope = {"isLast": True, "commitSequence": 2, "successStatus": "unknown"}
    runtime = {"cmi": NESTED_12["cmi"]}

    assert read_commit(OLD, flat(NESTED_12)) == plain
    assert read_commit(OLD, {**envelope, "runtimeData": runtime}) == plain
    assert read_commit(OLD, {**envelope, "runtimeData": flat(runtime)}) == plain


def test_what_only_we_may_say_is_passed_over() -> None:
    committed = read_commit(OLD, NESTED_12)

    for name in ("cmi.core.total_time", "cmi.core.student_id", "cmi.core.entry", "cmi.launch_data"):
        assert name not in committed.values


def test_an_empty_value_is_none_except_in_texts() -> None:
    committed = read_commit(OLD, NESTED_12)

    assert committed.values["cmi.core.lesson_location"] == ""
    assert "cmi.core.score.min" not in committed.values
    assert "cmi.interactions.0.time" not in committed.values


def test_the_default_that_a_sco_may_not_set_is_not_a_fault() -> None:
    """Before a SCO speaks, the player repeats "not attempted"."""
    committed = read_commit(OLD, {"cmi.core.lesson_status": "not attempted", "commitSequence": 1})

    assert (committed.values, committed.rejected) == ({}, ())


def test_each_bad_value_is_rejected_alone_with_its_code() -> None:
    committed = read_commit(
        NEW,
        {
            "cmi.score.scaled": "2",
            "cmi.success_status": "perhaps",
            "cmi.mood": "good",
            "cmi.location": "3",
            "cmi.interactions.4.id": "q",
            "commitSequence": 1,
        },
    )

    assert committed.values == {"cmi.location": "3"}
    assert set(committed.rejected) == {
        Rejection("cmi.score.scaled", "2", 407),
        Rejection("cmi.success_status", "perhaps", 406),
        Rejection("cmi.mood", "good", 401),
        Rejection("cmi.interactions.4.id", "q", 351),
    }


def test_long_suspend_data_of_1_2_is_taken_but_noted() -> None:
    data = {"cmi.suspend_data": "x" * 5000, "commitSequence": 1}

    assert read_commit(OLD, data).wide == ("cmi.suspend_data",)
    assert read_commit(OLD, data, is_strict=True).rejected[0].code == 405


def test_rows_are_read_in_order_whatever_the_order_of_keys() -> None:
    """A database may give the keys of JSON back in another order."""
    rows = {f"cmi.interactions.{n}.id": f"q{n}" for n in range(12)}
    answers = {f"cmi.interactions.{n}.learner_response": "a" for n in range(12)}
    types = {f"cmi.interactions.{n}.type": "likert" for n in range(12)}
    data = dict(sorted({**rows, **answers, **types}.items(), reverse=True))

    committed = read_commit(NEW, data)

    assert committed.rejected == ()
    assert len(committed.values) == 36


def test_a_collection_has_a_thousand_rows_at_most() -> None:
    committed = read_commit(NEW, {f"cmi.interactions.{n}.id": f"q{n}" for n in range(1002)})

    assert len(committed.values) == 1000
    assert [rejection.code for rejection in committed.rejected] == [351, 351]


def test_numbers_and_booleans_of_json_are_read_as_their_texts() -> None:
    committed = read_commit(
        NEW, {"cmi": {"score": {"raw": 5, "scaled": 0.5}, "location": True, "exit": None}}
    )

    assert committed.values == {
        "cmi.score.raw": Decimal(5),
        "cmi.score.scaled": Decimal("0.5"),
        "cmi.location": "true",
    }


@pytest.mark.parametrize("sequence", [None, 0, -1, "1", 1.0, True, 2**31, [], {}])
def test_a_number_that_is_none_is_none(sequence: object) -> None:
    assert read_commit(OLD, {"commitSequence": sequence}).sequence is None


@pytest.mark.parametrize("last", [None, 0, 1, "true", []])
def test_only_true_is_the_last_one(last: object) -> None:
    assert read_commit(OLD, {"isLast": last}).is_last is False


@pytest.mark.parametrize("data", [None, [], "cmi", 5, True, ["cmi.core.exit=suspend"]])
def test_what_is_no_object_is_rejected_whole(data: object) -> None:
    committed = read_commit(OLD, data)

    assert (committed.values, committed.sequence) == ({}, None)
    assert [rejection.code for rejection in committed.rejected] == [101]


def test_the_sequencers_objectives_are_kept_flat() -> None:
    snapshot = {
        "done": {"id": "done", "satisfiedStatus": True, "normalizedMeasure": 0.5, "deep": {"a": 1}},
        "bad": 5,
    }

    committed = read_commit(NEW, {"runtimeData": {}, "globalObjectives": snapshot})

    assert committed.global_objectives == {
        "done": {"id": "done", "satisfiedStatus": True, "normalizedMeasure": 0.5}
    }


def test_a_text_that_no_database_can_hold_is_made_one() -> None:
    committed = read_commit(OLD, {"cmi.suspend_data": "a\x00b\ud800c"})

    assert committed.values["cmi.suspend_data"] == "ab?c"


def test_a_flood_is_read_to_a_bound() -> None:
    data = {f"cmi.{n}": "x" for n in range(25_000)}

    assert len(read_commit(OLD, data).rejected) <= 20_000


NAMES = st.one_of(
    st.sampled_from(sorted(FLAT_2004) + sorted(flat(NESTED_12))),
    st.text(max_size=12),
    st.sampled_from(["cmi", "adl", "core", "interactions", "objectives", "0", "1", "id", "type"]),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["PT5S", "00:00:01", "passed", "completed", "{lang=ru}", "[,]", "[.]", "-1"]),
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=25,
)


@given(st.sampled_from(Version), JSON, st.booleans())
def test_no_json_however_hostile_raises(version: Version, data: object, is_strict: bool) -> None:
    committed = read_commit(version, data, is_strict=is_strict)

    assert set(committed.values) == set(committed.texts)
    json.dumps(dict(committed.global_objectives))
    "".join(committed.texts.values()).encode()
