"""``make bench`` measures everything it promises; here in its quick form."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from cms.bench.played import CASES as OF_PACKAGES
from cms.bench.report import Row
from cms.bench.sizes import MORE, SIZES
from tests.database import for_another_process

COLD, WARM = "H5P, cold start", "H5P, warm start"
MOST_FETCHES = 12
MOST_PEAK_MB = 100
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
    "import of 2 MB, H5P",
    "import of 2 MB, SCORM",
    COLD,
    WARM,
    *OF_PACKAGES,
    *(f"{case}, {MORE}" for case in OF_PACKAGES),
}
BY_ONE = ("publish", "import", "H5P, ")
"""Beginnings of the names of cases that are not asked by many clients at once."""
MOST_QUERIES = {
    "course page, learner": 8,
    "lesson page": 8,
    "one progress event": 6,
    "teacher's table 30 × 40": 12,
    "file of a package": 0,
    "H5P result": 15,
    "SCORM commit": 18,
}


# The same code asks either database; preparing it twice would be a third of the suite's time.
pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="Measured on SQLite; `make bench` measures both."
)


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
    asked = {case for case in CASES if not case.startswith(BY_ONE)}
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


@pytest.mark.parametrize("case", OF_PACKAGES)
def test_with_ten_times_as_much_a_case_keeps_to_the_same_queries(rows, case):
    grown = [row["queries"] for row in rows if row["case"] == f"{case}, {MORE}"]
    assert max(grown) <= MOST_QUERIES[case]


def test_an_h5p_step_starts_with_few_requests_and_again_with_one(rows):
    cold, warm = (next(row for row in rows if row["case"] == name) for name in (COLD, WARM))
    assert 5 <= cold["fetches"] <= MOST_FETCHES
    assert warm["fetches"] == 1
    assert warm["bytes"] < cold["bytes"] / 2


def test_an_import_takes_little_memory(rows):
    assert all(row["peak_mb"] < MOST_PEAK_MB for row in rows if row["case"].startswith("import"))


def test_nothing_is_left_behind(rows, settings):
    assert rows
    assert not list(settings.VAR_DIR.glob("opora-bench-*"))
