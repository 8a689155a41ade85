"""Statements are kept once, for good, without names."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from courses.runtimes.packages.models import Package
from courses.runtimes.xapi.builders import statement_id
from courses.runtimes.xapi.models import Statement
from courses.runtimes.xapi.operations import keep
from tests.courses.runtimes.launches.conftest import (
    MASHA,
    NOON,
    a_package,
    answer,
    opened,
    package,
    points,
    report,
)
from tests.courses.runtimes.xapi.conftest import check_statement
from tests.courses.runtimes.xapi.test_builders import Result, told

__all__ = ["a_package", "package"]

pytestmark = pytest.mark.django_db


def test_a_statement_told_twice_is_kept_once() -> None:
    statements = told(None, Result(completed=True, passed=True))
    keep(statements, at=NOON)

    keep(statements, at=NOON + timedelta(days=1))

    assert Statement.objects.count() == len(statements) == 3
    assert {row.stored_at for row in Statement.objects.all()} == {NOON}


def test_nothing_to_tell_asks_the_database_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        keep([], at=NOON)


def test_what_is_looked_for_stands_in_columns() -> None:
    (statement,) = told(Result(), Result(completed=True))
    keep([statement], at=NOON + timedelta(seconds=1))

    row = Statement.objects.get()

    assert (row.id, row.actor, row.verb) == (statement.id, MASHA, statement.verb.iri)
    assert row.activity == row.body["object"]["id"]
    assert row.registration == UUID(row.body["context"]["registration"])
    assert (row.happened_at, row.stored_at) == (NOON, NOON + timedelta(seconds=1))


def test_a_kept_statement_is_never_changed() -> None:
    keep(told(Result(), Result(completed=True)), at=NOON)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Statement.objects.update(verb="http://adlnet.gov/expapi/verbs/failed")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Statement.objects.update(body={})


def test_a_persons_statements_can_be_erased() -> None:
    keep(told(Result(), Result(completed=True)), at=NOON)

    Statement.objects.filter(actor=MASHA).delete()

    assert not Statement.objects.exists()


def test_each_move_of_an_attempt_is_told_once(package: Package, settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example"
    launched = opened(package)
    for _ in range(2):
        report(
            launched.token,
            passed=True,
            score=points(7),
            answers=(answer("a", "sun", is_right=True), answer("b", "fox", number=2)),
            at=NOON + timedelta(minutes=1),
        )

    kept = Statement.objects.all()

    verbs = sorted(row.verb.rpartition("/")[2] for row in kept)
    assert verbs == ["answered", "answered", "attempted", "completed", "passed", "scored"]
    assert {row.actor for row in kept} == {MASHA}
    assert {row.registration for row in kept} == {statement_id("attempt", launched.attempt.uid)}
    for row in kept:
        check_statement(row.body)


def test_an_answer_that_is_changed_back_is_told_each_time(package: Package) -> None:
    token = opened(package).token
    for minute, response in enumerate(["sun", "moon", "sun", "sun"]):
        report(
            token,
            is_final=False,
            completed=False,
            answers=(answer("a", response),),
            at=NOON + timedelta(minutes=minute),
        )

    answered = Statement.objects.filter(verb__endswith="answered").order_by("happened_at")

    assert [row.body["result"]["response"] for row in answered] == ["sun", "moon", "sun"]
