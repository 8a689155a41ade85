"""Statements are valid by both standards, tell no names, and have the id of what they tell."""

import json
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.runtimes.launches.builders import Played, statements_of
from courses.runtimes.launches.rules import Answer, Result, Score
from courses.runtimes.xapi.builders import (
    Account,
    Activity,
    ActivityType,
    Context,
    InteractionType,
    Statement,
    Verb,
    statement_id,
)
from courses.runtimes.xapi.builders.result import duration
from tests.courses.runtimes.xapi.conftest import DURATION, INTERACTIONS, VERBS, check_statement

SITE = "https://portal.example"
NOON = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
MASHA = UUID("5f8b0c1e-0000-4000-8000-00000000000a")

SCORES = st.none() | st.tuples(st.integers(0, 10**8), st.integers(1, 10**8)).map(
    lambda pair: Score(min(pair), max(pair))
)
VERDICTS = st.none() | st.booleans()
ANSWERS = st.builds(
    Answer,
    key=st.text(max_size=250),
    number=st.integers(0, 99),
    kind=st.sampled_from([*sorted(INTERACTIONS), "compound", ""]),
    text=st.text(max_size=50),
    response=st.text(max_size=50),
    right=st.text(max_size=50),
    is_right=VERDICTS,
    score=SCORES,
    seconds=st.none() | st.integers(0, 10**7),
)
RESULTS = st.builds(
    Result,
    is_final=st.booleans(),
    completed=st.booleans(),
    passed=VERDICTS,
    score=SCORES,
    seconds=st.integers(0, 10**7),
)


def played(**changes: object) -> Played:
    said: dict = {
        "uid": "attempt-of-masha",
        "learner": MASHA,
        "step": UUID(int=1),
        "package": "package-of-cards",
        "title": "Cards",
        "version": 3,
        "opened_at": NOON,
    }
    return Played(**(said | changes))


def told(known: Result | None, now: Result, answers: tuple[Answer, ...] = ()) -> list[Statement]:
    return list(statements_of(played(), site=SITE, known=known, now=now, answers=answers, at=NOON))


def verbs(statements: list[Statement]) -> list[str]:
    return [statement.verb.value for statement in statements]


@given(st.none() | RESULTS, RESULTS, st.lists(ANSWERS, max_size=3))
def test_whatever_a_package_reports_becomes_valid_statements(
    known: Result | None, now: Result, answers: list[Answer]
) -> None:
    statements = told(known, now, tuple(answers))

    for statement in statements:
        check_statement(json.loads(json.dumps(statement.as_dict())))
        assert len(statement.object.iri) <= 500
        assert statement.verb.value in VERBS


def test_a_whole_attempt_is_told_in_order() -> None:
    now = Result(is_final=True, completed=True, passed=True, score=Score(700, 1000), seconds=75)

    statements = told(None, now, (Answer("a", 1, "choice"),))

    assert verbs(statements) == ["attempted", "answered", "scored", "completed", "passed"]
    assert statements[3].as_dict()["result"] == {
        "score": {"scaled": 0.7, "raw": 7.0, "min": 0, "max": 10.0},
        "completion": True,
        "duration": "PT1M15S",
    }


def test_what_was_told_before_is_not_told_again() -> None:
    known = Result(is_final=True, completed=True, passed=True, score=Score(700, 1000))

    assert told(known, known) == []
    assert verbs(told(Result(passed=False), Result(passed=True))) == ["passed"]
    assert verbs(told(Result(), Result(passed=False))) == ["failed"]


def test_the_same_event_has_the_same_id_and_another_event_another() -> None:
    now = Result(completed=True, passed=True, score=Score(1, 2))
    answers = (Answer("a", 1, "choice"), Answer("b", 2, "choice"))

    first, second = told(None, now, answers), told(None, now, answers)

    ids = [statement.id for statement in first]
    assert ids == [statement.id for statement in second]
    assert len(set(ids)) == len(ids)
    assert {one.version for one in ids} == {5}


def test_a_better_score_later_is_a_statement_of_its_own() -> None:
    first, second = Result(score=Score(1, 2)), Result(score=Score(2, 2))

    (one,), (two,) = told(Result(), first), told(first, second)

    assert (one.verb, two.verb) == (Verb.SCORED, Verb.SCORED)
    assert one.id != two.id


def test_a_statement_says_who_by_a_random_name_only() -> None:
    (statement,) = told(Result(), Result(completed=True))

    assert statement.as_dict()["actor"] == {
        "objectType": "Agent",
        "account": {"homePage": SITE, "name": str(MASHA)},
    }


def test_a_question_is_an_activity_inside_the_package_with_its_right_answer() -> None:
    answer = Answer("a", 1, "choice", "Which bridge?", "beam", "arch", is_right=False, seconds=5)

    (statement,) = told(Result(), Result(), (answer,))

    about = statement.as_dict()
    assert about["object"]["definition"] == {
        "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
        "name": {"und": "Which bridge?"},
        "interactionType": "choice",
        "correctResponsesPattern": ["arch"],
    }
    assert about["result"] == {"success": False, "response": "beam", "duration": "PT5S"}
    above = about["context"]["contextActivities"]
    assert [one["id"] for one in above["parent"]] == [
        f"{SITE}/xapi/activities/packages/package-of-cards"
    ]
    assert [one["id"] for one in above["grouping"]] == [
        f"{SITE}/xapi/activities/steps/{UUID(int=1)}"
    ]
    assert about["context"]["revision"] == "3"


def test_all_statements_of_an_attempt_have_its_registration_and_another_attempt_another() -> None:
    now = Result(completed=True, passed=True)
    other = statements_of(played(uid="second"), site=SITE, known=None, now=now, answers=(), at=NOON)

    registrations = {one.context.registration for one in told(None, now)}

    assert len(registrations) == 1
    assert registrations.isdisjoint(one.context.registration for one in other)


def test_a_kind_that_xapi_does_not_know_is_other() -> None:
    assert InteractionType.of("compound") is InteractionType.OTHER
    assert InteractionType.of("matching") is InteractionType.MATCHING


def test_a_moment_is_told_in_utc() -> None:
    statement = Statement(
        id=statement_id("x"),
        actor=Account(SITE, MASHA),
        verb=Verb.COMPLETED,
        object=Activity(f"{SITE}/a", ActivityType.PACKAGE),
        context=Context(registration=UUID(int=1)),
        at=NOON.astimezone(timezone(timedelta(hours=3))),
    )

    assert statement.as_dict()["timestamp"] == "2026-11-21T09:00:00.000Z"


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "PT0S"), (59, "PT59S"), (3600, "PT1H"), (3725, "PT1H2M5S")]
)
def test_a_duration_is_written_as_iso_8601_has_it(seconds: int, text: str) -> None:
    assert duration(seconds) == text


@given(st.integers(0, 10**9))
def test_any_duration_is_valid(seconds: int) -> None:
    assert DURATION.fullmatch(duration(seconds))


def test_the_reading_of_the_standards_sees_a_broken_statement() -> None:
    (statement,) = told(Result(), Result(completed=True, score=Score(1, 2)))[1:]
    for break_it in (
        lambda told: told.pop("actor"),
        lambda told: told.update(extra=1),
        lambda told: told["actor"].update(name="Masha"),
        lambda told: told["verb"].update(id="completed"),
        lambda told: told["result"]["score"].update(scaled=1.5),
        lambda told: told["result"].update(success=None),
        lambda told: told["context"].update(contextActivities={"parent": {}}),
        lambda told: told.update(timestamp="2026-11-21T09:00:00"),
    ):
        broken = statement.as_dict()
        check_statement(broken)
        break_it(broken)
        with pytest.raises(AssertionError):
            check_statement(broken)
