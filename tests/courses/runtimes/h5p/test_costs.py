"""What playing H5P costs the database: the same for a first attempt and after many."""

import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.runtimes.launches.models import Attempt
from courses.runtimes.launches.operations import open_launch
from tests.courses.runtimes.h5p.test_playing import Frame, report

MOST_QUERIES = 15
PAST_ATTEMPTS = 30
SAVEPOINTS = ("SAVEPOINT", "RELEASE SAVEPOINT")
"""Not counted: they ask for nothing, and in a test there is one more."""
PLACE, STEP, LEARNER = "place-of-masha-1", uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture(autouse=True)
def _content_origin(settings) -> None:
    settings.OPORA_CONTENT_ORIGIN = "https://content.example"
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example"


@pytest.fixture
def frame(bring) -> Callable[[], Frame]:
    """``frame()``: Masha opens a new attempt at the same package."""
    package = bring().package

    def make() -> Frame:
        opened = open_launch(
            place=PLACE,
            step=STEP,
            epoch=1,
            learner_key=LEARNER,
            package=package,
            again=True,
            at=timezone.now(),
        )
        return Frame(opened.token)

    return make


def queries_of(frame: Frame, run: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert frame.post("results", report(run=run)).json() == {"taken": True}
    return sum(not query["sql"].startswith(SAVEPOINTS) for query in asked)


def test_a_result_costs_the_same_few_queries_however_often_was_played(frame) -> None:
    playing = frame()
    first = queries_of(playing, "first")
    for number in range(PAST_ATTEMPTS):
        playing.post("results", report(run=f"run {number}"))

    later = queries_of(frame(), "last")

    assert later == first <= MOST_QUERIES
    assert Attempt.objects.filter(finished_at__isnull=False).count() == PAST_ATTEMPTS + 2


def test_trying_again_inside_the_content_costs_the_same_too(frame) -> None:
    playing = frame()
    playing.post("results", report(run="first"))
    second = queries_of(playing, "second")
    for number in range(PAST_ATTEMPTS):
        playing.post("results", report(run=f"run {number}"))

    assert queries_of(playing, "last") == second <= MOST_QUERIES
