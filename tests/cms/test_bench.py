"""``make bench`` measures everything it promises; here in its quick form."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from cms.bench.report import Row
from cms.bench.sizes import SIZES
from tests.database import for_another_process

CASES = {
    "floor",
    "front page",
    "catalogue",
    "course page, visitor",
    "course page, learner",
    "lesson page",
    "quiz answer",
    "child's home",
    "guardian's home",
    "teacher's table 30 × 40",
    "one progress event",
    "publish 50 steps, 30 inside",
}
MOST_QUERIES = {
    "course page, learner": 8,
    "lesson page": 8,
    "one progress event": 6,
    "teacher's table 30 × 40": 12,
}


@pytest.fixture(scope="module")
def rows(tmp_path_factory) -> list[Row]:
    """The rows of a quick measurement on the database that the tests run on."""
    output = tmp_path_factory.mktemp("bench") / "bench.json"
    server = for_another_process().get("OPORA_TEST_DATABASE_URL", "")
    address = {"postgres": server} if server else {}
    call_command(
        "bench",
        quick=True,
        database=connection.vendor,
        output=output,
        stdout=StringIO(),
        **address,
    )
    return json.loads(output.read_text())


def test_every_case_is_measured_for_every_number_of_clients(rows):
    measured = {(row["case"], row["clients"]) for row in rows}
    asked = {case for case in CASES if not case.startswith("publish")}
    assert measured >= {(case, count) for case in asked for count in SIZES["quick"].clients}
    assert {case for case, _clients in measured} >= CASES


def test_a_row_says_everything(rows):
    for row in rows:
        assert set(row) == set(Row.__annotations__)
        assert row["rps"] > 0
        assert 0 < row["p50_ms"] <= row["p95_ms"]


@pytest.mark.parametrize("case", MOST_QUERIES)
def test_a_case_keeps_to_its_queries(rows, case):
    assert max(row["queries"] for row in rows if row["case"] == case) <= MOST_QUERIES[case]


def test_nothing_is_left_behind(rows, settings):
    assert rows
    assert not list(settings.VAR_DIR.glob("opora-bench-*"))
