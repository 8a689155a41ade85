"""The data model of SCORM 1.2: a row for every element.

``good`` may be set, ``bad`` is an incorrect type. Read-only elements and keywords refuse whatever
is set; what may only be written cannot be read.
"""

from typing import NamedTuple

import pytest

from courses.runtimes.scorm.core import (
    Accepted,
    Access,
    Rejection,
    Version,
    elements_of,
    judge_get,
    judge_set,
)

V = Version.SCORM_12
KEYWORD, READ, WRITE, BOTH = Access.KEYWORD, Access.READ, Access.WRITE, Access.BOTH
ROW = {
    "cmi.objectives.0.id": "o",
    "cmi.interactions.0.id": "q",
    "cmi.interactions.0.objectives.0.id": "o",
    "cmi.interactions.0.correct_responses.0.pattern": "a",
}
SCORES = ("0", "100", "77.5", "")
NO_SCORES = ("-1", "100.1", "many", "1,5")


class Row(NamedTuple):
    name: str
    access: Access
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()


ROWS = [
    Row("cmi._version", KEYWORD),
    Row("cmi.core._children", KEYWORD),
    Row("cmi.core.student_id", READ),
    Row("cmi.core.student_name", READ),
    Row("cmi.core.lesson_location", BOTH, ("", "page 3", "я" * 255), ("x" * 4097,)),
    Row("cmi.core.credit", READ),
    Row(
        "cmi.core.lesson_status",
        BOTH,
        ("passed", "completed", "failed", "incomplete", "browsed"),
        ("not attempted", "Passed", "done", ""),
    ),
    Row("cmi.core.entry", READ),
    Row("cmi.core.score._children", KEYWORD),
    Row("cmi.core.score.raw", BOTH, SCORES, NO_SCORES),
    Row("cmi.core.score.min", BOTH, SCORES, NO_SCORES),
    Row("cmi.core.score.max", BOTH, SCORES, NO_SCORES),
    Row("cmi.core.total_time", READ),
    Row("cmi.core.lesson_mode", READ),
    Row("cmi.core.exit", WRITE, ("time-out", "suspend", "logout", ""), ("normal", "Suspend")),
    Row(
        "cmi.core.session_time",
        WRITE,
        ("00:00:00", "0001:02:03", "10:20:30.4", "10:20:30.45", "9999:59:59.99"),
        ("1:2:3", "00:00", "PT1H", "00:00:00.123", "-1:00:00", "", "١٢:00:00"),
    ),
    Row("cmi.suspend_data", BOTH, ("", "x" * 4096, "x" * 64000), ("x" * 64001,)),
    Row("cmi.launch_data", READ),
    Row("cmi.comments", BOTH, ("", "x" * 4096), ("x" * 4097,)),
    Row("cmi.comments_from_lms", READ),
    Row("cmi.objectives._children", KEYWORD),
    Row("cmi.objectives._count", KEYWORD),
    Row("cmi.objectives.0.id", BOTH, ("obj-1", "obj_1", "цель 1"), ("", " ", "x" * 256, "a\nb")),
    Row("cmi.objectives.0.score._children", KEYWORD),
    Row("cmi.objectives.0.score.raw", BOTH, SCORES, NO_SCORES),
    Row("cmi.objectives.0.score.min", BOTH, SCORES, NO_SCORES),
    Row("cmi.objectives.0.score.max", BOTH, SCORES, NO_SCORES),
    Row("cmi.objectives.0.status", BOTH, ("passed", "not attempted"), ("done", "")),
    Row("cmi.student_data._children", KEYWORD),
    Row("cmi.student_data.mastery_score", READ),
    Row("cmi.student_data.max_time_allowed", READ),
    Row("cmi.student_data.time_limit_action", READ),
    Row("cmi.student_preference._children", KEYWORD),
    Row("cmi.student_preference.audio", BOTH, ("-1", "100"), ("-2", "101", "1.5", "loud")),
    Row("cmi.student_preference.language", BOTH, ("ru", ""), ("x" * 256,)),
    Row("cmi.student_preference.speed", BOTH, ("-100", "100"), ("-101", "101", "0.5")),
    Row("cmi.student_preference.text", BOTH, ("-1", "0", "1"), ("2", "-2", "0.5")),
    Row("cmi.interactions._children", KEYWORD),
    Row("cmi.interactions._count", KEYWORD),
    Row("cmi.interactions.0.id", WRITE, ("q1", "Вопрос 1"), ("", "x" * 256)),
    Row("cmi.interactions.0.objectives._count", KEYWORD),
    Row("cmi.interactions.0.objectives.0.id", WRITE, ("o1",), ("",)),
    Row("cmi.interactions.0.time", WRITE, ("23:59:59", "00:00:00.5"), ("24:00:00", "12:00")),
    Row(
        "cmi.interactions.0.type",
        WRITE,
        (
            "true-false", "choice", "fill-in", "matching", "performance", "sequencing", "likert",
            "numeric",
        ),
        ("other", "long-fill-in", ""),
    ),
    Row("cmi.interactions.0.correct_responses._count", KEYWORD),
    Row("cmi.interactions.0.correct_responses.0.pattern", WRITE, ("a", "a,b"), ("x" * 4097,)),
    Row("cmi.interactions.0.weighting", WRITE, ("-100", "1.5", "100"), ("101", "heavy")),
    Row("cmi.interactions.0.student_response", WRITE, ("a", ""), ("x" * 4097,)),
    Row(
        "cmi.interactions.0.result",
        WRITE,
        ("correct", "wrong", "unanticipated", "neutral", "0.5", "incorrect"),
        ("right", ""),
    ),
    Row("cmi.interactions.0.latency", WRITE, ("00:00:05.5",), ("5", "5s", "")),
]  # fmt: skip
IDS = [row.name for row in ROWS]


def generic(name: str) -> str:
    return name.replace(".0.", ".n.")


def code_of_set(name: str, text: str, **options: bool) -> int:
    known = {key: value for key, value in ROW.items() if key != name}
    verdict = judge_set(V, name, text, known=known, **options)
    return verdict.code if isinstance(verdict, Rejection) else 0


def test_the_rows_are_the_data_model() -> None:
    assert [generic(row.name) for row in ROWS] == list(elements_of(V))


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_access(row: Row) -> None:
    assert elements_of(V)[generic(row.name)].access is row.access


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_setting(row: Row) -> None:
    refusal = {KEYWORD: 402, READ: 403}.get(row.access)

    if refusal:
        assert code_of_set(row.name, "1") == refusal
    else:
        assert row.good
        assert {text[:40]: code_of_set(row.name, text) for text in row.good} == {
            text[:40]: 0 for text in row.good
        }
        assert {text[:40]: code_of_set(row.name, text) for text in row.bad} == {
            text[:40]: 405 for text in row.bad
        }


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_reading(row: Row) -> None:
    assert judge_get(V, row.name, known=ROW) == (404 if row.access is WRITE else 0)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("cmi.core.mood", 401),
        ("cmi.completion_status", 401),
        ("cmi.objectives.0.success_status", 401),
        ("cmi.objectives", 401),
        ("cmi", 201),
        ("", 201),
        ("student_name", 201),
        ("cmi.objectives.99.id", 201),
        ("cmi.interactions.0.objectives.5.id", 201),
        ("cmi.objectives.-1.id", 401),
        ("cmi.objectives.00.id", 401),
        ("cmi.objectives.٣.id", 401),
        ("cmi.core.score.raw\n", 401),
        ("cmi." + "x" * 300, 401),
    ],
)
def test_what_is_not_an_element_or_out_of_order_is_refused(name: str, code: int) -> None:
    assert code_of_set(name, "1") == code


def test_rows_are_made_one_after_another() -> None:
    assert code_of_set("cmi.objectives.1.id", "o2") == 0
    assert code_of_set("cmi.objectives.2.id", "o3") == 201


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("cmi.core.lesson_status._children", 202),
        ("cmi.core.score.raw._children", 202),
        ("cmi.core.lesson_status._count", 203),
        ("cmi.suspend_data._count", 203),
        ("cmi.objectives.7.id", 201),
        ("cmi.mood", 401),
        ("mood", 201),
    ],
)
def test_what_cannot_be_read(name: str, code: int) -> None:
    assert judge_get(V, name, known=ROW) == code


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cmi.suspend_data", "x" * 4097),
        ("cmi.core.lesson_location", "x" * 256),
        ("cmi.interactions.0.student_response", "x" * 256),
        ("cmi.interactions.0.result", "incorrect"),
    ],
)
def test_what_only_leniency_takes_is_noted_and_refused_by_the_letter(name: str, text: str) -> None:
    assert judge_set(V, name, text, known=ROW).is_wide
    assert code_of_set(name, text, is_strict=True) == 405


@pytest.mark.parametrize(
    ("kind", "text", "fits"),
    [
        ("true-false", "t", True),
        ("true-false", "true", True),
        ("true-false", "0", True),
        ("true-false", "yes", False),
        ("choice", "a,b", True),
        ("choice", "{a,b}", True),
        ("choice", "first answer", False),
        ("matching", "1.a,2.b", True),
        ("matching", "1-a", False),
        ("sequencing", "a,c,b", True),
        ("sequencing", "abc", False),
        ("numeric", "3.14", True),
        ("numeric", "three", False),
        ("likert", "", True),
        ("likert", "agree", False),
        ("fill-in", "any words", True),
        ("performance", "anything", True),
    ],
)
def test_an_answer_has_the_form_of_its_question(kind: str, text: str, fits: bool) -> None:
    """Real packages put words where the standard wants letters: taken, but noted."""
    known = {"cmi.interactions.0.id": "q", "cmi.interactions.0.type": kind}
    name = "cmi.interactions.0.student_response"

    assert judge_set(V, name, text, known=known) == Accepted(text, is_wide=not fits)
    strict = judge_set(V, name, text, known=known, is_strict=True)
    assert isinstance(strict, Accepted) is fits
