"""What playing SCORM costs the database: the same for a first attempt and after many."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.runtimes.launches.models import Attempt
from tests.courses.runtimes.scorm.conftest import Learner, answered, told
from tests.samples.scorm import one_sco_12

MOST_QUERIES = 15
PAST_ATTEMPTS = 15
SAVEPOINTS = ("SAVEPOINT", "RELEASE SAVEPOINT")
"""Not counted: they ask for nothing, and in a test there is one more."""


@pytest.fixture
def masha_again(a_package, learner_of) -> Callable[[], Learner]:
    """``masha_again()``: Masha opens a new attempt at the same package."""
    package = a_package(one_sco_12())
    return lambda: learner_of(package, again=True)


def play(learner: Learner) -> tuple[int, int]:
    """From the beginning to the end: queries of a commit in the middle, and of the last one."""
    session = learner.open()["session"]
    middle = told(1, lesson_status="incomplete") | answered(0, is_right=True)
    last = told(2, is_last=True, lesson_status="completed", score__raw="90")
    counts = []
    for commit in (middle, last):
        with CaptureQueriesContext(connection) as asked:
            learner.commit(session, commit)
        counts.append(sum(not query["sql"].startswith(SAVEPOINTS) for query in asked))
    return counts[0], counts[1]


def test_a_commit_costs_the_same_few_queries_however_often_was_played(masha_again) -> None:
    first = play(masha_again())
    for _attempt in range(PAST_ATTEMPTS):
        play(masha_again())

    assert play(masha_again()) == first
    assert max(first) <= MOST_QUERIES
    assert Attempt.objects.filter(finished_at__isnull=False).count() == PAST_ATTEMPTS + 2
