"""The data model of SCORM 2004: a row for every element of the 4th edition.

``good`` may be set, ``wrong`` is a type mismatch, ``out`` is out of range.
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

V = Version.SCORM_2004_4TH
KEYWORD, READ, WRITE, BOTH = Access.KEYWORD, Access.READ, Access.WRITE, Access.BOTH
ROW = {
    "cmi.objectives.0.id": "o",
    "cmi.interactions.0.id": "q",
    "cmi.interactions.0.type": "other",
    "cmi.interactions.0.objectives.0.id": "o",
    "cmi.interactions.0.correct_responses.0.pattern": "a",
    "cmi.comments_from_learner.0.comment": "c",
    "adl.data.0.store": "s",
}
COMPLETION = ("completed", "incomplete", "not attempted", "unknown")
SPANS = ("PT0S", "PT1H5M", "P1Y2M3DT4H5M6.78S", "PT10.5S", "P1D", "PT36000S")
NO_SPANS = ("", "P", "PT", "1H", "PT1.555S", "PT1.5H", "00:10:00", "P1W", "-PT1S", "PT1S ")
MOMENTS = (
    "2026", "2026-05", "2026-05-17", "2026-05-17T10", "2026-05-17T10:20", "2026-05-17T10:20:30",
    "2026-05-17T10:20:30.5", "2026-05-17T10:20:30.50Z", "2026-05-17T10:20:30.50+03:00",
    "2026-05-17T10:20:30Z", "2026-05-17T10:20:30.123Z", "2028-02-29",
)  # fmt: skip
NO_MOMENTS = ("", "26", "2026-13", "2026-02-30", "2026-05-17 10:20", "1969", "2039", "10:20:30")
REALS = ("0", "-5", "3.1415926", "100000")
NO_REALS = ("", "many", "1,5", "1e5", "NaN", "Infinity", "٣")
IDS_GOOD = ("q1", "urn:adl:question:1", "http://example.com/q?1", "Вопрос", "x" * 4000)
IDS_BAD = ("", "  ", "urn:", "urn:x", "x" * 4001, "a\nb")


class Row(NamedTuple):
    name: str
    access: Access
    good: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    out: tuple[str, ...] = ()


def measure(name: str) -> Row:
    return Row(name, BOTH, ("0", "0.5", "1", "1.0"), NO_REALS, ("-0.1", "1.1"))


def scaled(name: str) -> Row:
    return Row(name, BOTH, ("-1", "0", "0.75", "1"), NO_REALS, ("-1.1", "1.0001", "80"))


def real(name: str) -> Row:
    return Row(name, BOTH, REALS, NO_REALS)


def level(name: str) -> Row:
    return Row(name, BOTH, ("0", "1.5", "100"), NO_REALS, ("-1",))


def localized(name: str, most: int, bad: str) -> Row:
    good = ("", "text", "{lang=ru}текст", "{lang=}x", "{lang=en-US}" + "x" * most, "{x} y")
    return Row(name, BOTH, good, (bad, "{lang=12345}x", "{lang=ru-}x"))


ROWS = [
    Row("cmi._version", KEYWORD),
    Row("cmi.comments_from_learner._children", KEYWORD),
    Row("cmi.comments_from_learner._count", KEYWORD),
    localized("cmi.comments_from_learner.0.comment", 4000, "x" * 4001),
    Row("cmi.comments_from_learner.0.location", BOTH, ("", "x" * 250), ("x" * 251,)),
    Row("cmi.comments_from_learner.0.timestamp", BOTH, MOMENTS, NO_MOMENTS),
    Row("cmi.comments_from_lms._children", KEYWORD),
    Row("cmi.comments_from_lms._count", KEYWORD),
    Row("cmi.comments_from_lms.0.comment", READ),
    Row("cmi.comments_from_lms.0.location", READ),
    Row("cmi.comments_from_lms.0.timestamp", READ),
    Row("cmi.completion_status", BOTH, COMPLETION, ("passed", "Completed", "")),
    Row("cmi.completion_threshold", READ),
    Row("cmi.credit", READ),
    Row("cmi.entry", READ),
    Row("cmi.exit", WRITE, ("time-out", "suspend", "logout", "normal", ""), ("quit",)),
    Row("cmi.interactions._children", KEYWORD),
    Row("cmi.interactions._count", KEYWORD),
    Row("cmi.interactions.0.id", BOTH, IDS_GOOD, IDS_BAD),
    Row(
        "cmi.interactions.0.type",
        BOTH,
        (
            "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance",
            "sequencing", "likert", "numeric", "other",
        ),
        ("essay", "", "Choice"),
    ),
    Row("cmi.interactions.0.objectives._count", KEYWORD),
    Row("cmi.interactions.0.objectives.0.id", BOTH, IDS_GOOD, IDS_BAD),
    Row("cmi.interactions.0.timestamp", BOTH, MOMENTS, NO_MOMENTS),
    Row("cmi.interactions.0.correct_responses._count", KEYWORD),
    Row("cmi.interactions.0.correct_responses.0.pattern", BOTH, ("", "a"), ("x" * 4097,)),
    real("cmi.interactions.0.weighting"),
    Row("cmi.interactions.0.learner_response", BOTH, ("", "a"), ("x" * 64001,)),
    Row(
        "cmi.interactions.0.result",
        BOTH,
        ("correct", "incorrect", "unanticipated", "neutral", "0.5", "-2", "wrong"),
        ("right", ""),
    ),
    Row("cmi.interactions.0.latency", BOTH, SPANS, NO_SPANS),
    localized("cmi.interactions.0.description", 250, "x" * 4001),
    Row("cmi.launch_data", READ),
    Row("cmi.learner_id", READ),
    Row("cmi.learner_name", READ),
    Row("cmi.learner_preference._children", KEYWORD),
    level("cmi.learner_preference.audio_level"),
    Row("cmi.learner_preference.language", BOTH, ("", "ru", "en-GB"), ("русский", "e", "ru_RU")),
    level("cmi.learner_preference.delivery_speed"),
    Row("cmi.learner_preference.audio_captioning", BOTH, ("-1", "0", "1"), ("2", "on", "")),
    Row("cmi.location", BOTH, ("", "x" * 1000), ("x" * 4001,)),
    Row("cmi.max_time_allowed", READ),
    Row("cmi.mode", READ),
    Row("cmi.objectives._children", KEYWORD),
    Row("cmi.objectives._count", KEYWORD),
    Row("cmi.objectives.0.id", BOTH, IDS_GOOD, IDS_BAD),
    Row("cmi.objectives.0.score._children", KEYWORD),
    scaled("cmi.objectives.0.score.scaled"),
    real("cmi.objectives.0.score.raw"),
    real("cmi.objectives.0.score.min"),
    real("cmi.objectives.0.score.max"),
    Row("cmi.objectives.0.success_status", BOTH, ("passed", "failed", "unknown"), ("done", "")),
    Row("cmi.objectives.0.completion_status", BOTH, COMPLETION, ("done", "")),
    measure("cmi.objectives.0.progress_measure"),
    localized("cmi.objectives.0.description", 250, "x" * 4001),
    measure("cmi.progress_measure"),
    Row("cmi.scaled_passing_score", READ),
    Row("cmi.score._children", KEYWORD),
    scaled("cmi.score.scaled"),
    real("cmi.score.raw"),
    real("cmi.score.min"),
    real("cmi.score.max"),
    Row("cmi.session_time", WRITE, SPANS, NO_SPANS),
    Row("cmi.success_status", BOTH, ("passed", "failed", "unknown"), ("completed", "")),
    Row("cmi.suspend_data", BOTH, ("", "x" * 64000), ("x" * 64001,)),
    Row("cmi.time_limit_action", READ),
    Row("cmi.total_time", READ),
    Row(
        "adl.nav.request",
        BOTH,
        (
            "continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll",
            "_none_", "{target=S1}choice", "{target=S1}jump",
        ),
        ("next", "choice", "{target=}choice", "{target=S1}continue", ""),
    ),
    Row("adl.nav.request_valid.continue", READ),
    Row("adl.nav.request_valid.previous", READ),
    Row("adl.data._children", KEYWORD),
    Row("adl.data._count", KEYWORD),
    Row("adl.data.0.id", READ),
    Row("adl.data.0.store", BOTH, ("", "x" * 64000), ("x" * 64001,)),
]  # fmt: skip
IDS = [row.name for row in ROWS]


def generic(name: str) -> str:
    return name.replace(".0.", ".n.")


def code_of_set(name: str, text: str) -> int:
    known = {key: value for key, value in ROW.items() if key != name}
    verdict = judge_set(V, name, text, known=known)
    return verdict.code if isinstance(verdict, Rejection) else 0


def test_the_rows_are_the_data_model() -> None:
    assert [generic(row.name) for row in ROWS] == list(elements_of(V))


def test_earlier_editions_have_no_shared_data() -> None:
    third = set(elements_of(Version.SCORM_2004_3RD))

    assert third == {name for name in elements_of(V) if not name.startswith("adl.data")}
    assert set(elements_of(Version.SCORM_2004_2ND)) == third


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_access(row: Row) -> None:
    assert elements_of(V)[generic(row.name)].access is row.access


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_setting(row: Row) -> None:
    if row.access in (KEYWORD, READ):
        assert code_of_set(row.name, "1") == 404
        return
    assert row.good
    for texts, code in ((row.good, 0), (row.wrong, 406), (row.out, 407)):
        assert {text[:40]: code_of_set(row.name, text) for text in texts} == {
            text[:40]: code for text in texts
        }


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_reading(row: Row) -> None:
    known = {**ROW, **({row.name: row.good[-1]} if row.access is BOTH else {})}
    expected = 405 if row.access is WRITE else 0
    if row.name.startswith("cmi.comments_from_lms.0"):
        expected = 301  # There is no such comment.

    assert judge_get(V, row.name, known=known) == expected


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("cmi.suspend_data", 403),
        ("cmi.location", 403),
        ("cmi.score.scaled", 403),
        ("cmi.completion_status", 0),
        ("cmi.learner_preference.audio_level", 0),
        ("cmi.objectives.0.progress_measure", 403),
        ("cmi.objectives.3.id", 301),
        ("cmi.location._children", 301),
        ("cmi.location._count", 301),
        ("cmi.core.lesson_status", 401),
        ("mood", 401),
    ],
)
def test_what_has_no_value_cannot_be_read(name: str, code: int) -> None:
    assert judge_get(V, name, known=ROW) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("cmi.mood", 401),
        ("cmi.core.lesson_status", 401),
        ("mood", 401),
        ("", 401),
        ("cmi.objectives.2.id", 351),
        ("cmi.interactions.0.objectives.2.id", 351),
        ("cmi.interactions.0.correct_responses.2.pattern", 351),
        ("cmi.interactions.1.type", 408),
        ("cmi.interactions.1.learner_response", 408),
        ("cmi.objectives.1.success_status", 408),
    ],
)
def test_what_is_unknown_out_of_order_or_too_early_is_refused(name: str, code: int) -> None:
    assert code_of_set(name, "unknown") == code


def test_an_answer_needs_the_type_of_its_question_first() -> None:
    known = {"cmi.interactions.0.id": "q"}

    for part in ("learner_response", "correct_responses.0.pattern"):
        verdict = judge_set(V, f"cmi.interactions.0.{part}", "a", known=known)
        assert verdict.code == 408


def test_an_objective_keeps_its_id_and_shares_it_with_none() -> None:
    known = {"cmi.objectives.0.id": "o"}

    assert judge_set(V, "cmi.objectives.0.id", "o", known=known) == Accepted("o")
    assert judge_set(V, "cmi.objectives.0.id", "p", known=known).code == 351
    assert judge_set(V, "cmi.objectives.1.id", "o", known=known).code == 351


@pytest.mark.parametrize(
    ("kind", "text", "fits"),
    [
        ("true-false", "true", True),
        ("true-false", "t", False),
        ("choice", "a", True),
        ("choice", "a[,]b", True),
        ("choice", "", True),
        ("choice", "a[,]a", False),
        ("choice", "[,]".join(f"c{n}" for n in range(37)), False),
        ("fill-in", "{lang=ru}слово", True),
        ("fill-in", "one[,]{lang=en}two", True),
        ("fill-in", "{lang=1}x", False),
        ("fill-in", "x" * 251, False),
        ("long-fill-in", "{lang=ru}" + "x" * 4000, True),
        ("matching", "1[.]a[,]2[.]b", True),
        ("matching", "1[.]a[,]2", False),
        ("matching", "1.a", False),
        ("performance", "step[.]value[,][.]5", True),
        ("performance", "step", False),
        ("sequencing", "a[,]b[,]a", True),
        ("sequencing", "a b", False),
        ("likert", "agree", True),
        ("likert", "a[,]b c", False),
        ("numeric", "-3.5", True),
        ("numeric", "three", False),
        ("other", "anything [,] at all", True),
    ],
)
def test_an_answer_has_the_form_of_its_question(kind: str, text: str, fits: bool) -> None:
    """What has another form is taken, since a teacher wants to read it, but noted."""
    known = {"cmi.interactions.0.id": "q", "cmi.interactions.0.type": kind}
    name = "cmi.interactions.0.learner_response"

    assert judge_set(V, name, text, known=known) == Accepted(text, is_wide=not fits)
    strict = judge_set(V, name, text, known=known, is_strict=True)
    assert strict == (Accepted(text) if fits else Rejection(name, text[:255], 406))


@pytest.mark.parametrize(
    ("kind", "text", "fits"),
    [
        ("fill-in", "{case_matters=true}{order_matters=false}{lang=ru}а[,]б", True),
        ("fill-in", "{order_matters=maybe}а", False),
        ("long-fill-in", "{case_matters=false}text", True),
        ("performance", "{order_matters=false}a[.]1", True),
        ("numeric", "1[:]5", True),
        ("numeric", "[:]5", True),
        ("numeric", "1[:]", True),
        ("numeric", "[:]", True),
        ("numeric", "5[:]1", False),
        ("numeric", "1[:]2[:]3", False),
        ("numeric", "5", True),
        ("true-false", "false", True),
    ],
)
def test_a_right_answer_may_say_how_it_is_compared(kind: str, text: str, fits: bool) -> None:
    known = {"cmi.interactions.0.id": "q", "cmi.interactions.0.type": kind}
    name = "cmi.interactions.0.correct_responses.0.pattern"
    strict = judge_set(V, name, text, known=known, is_strict=True)

    assert isinstance(strict, Accepted) is fits
