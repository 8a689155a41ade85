"""What learners did with packages, for those who teach them."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from courses.runtimes.launches.models import Attempt, Interaction
from courses.runtimes.launches.rules import Answer, Score, Tally, tallied


def attempts_of(place: str, step: UUID) -> list[Attempt]:
    """The attempts in one step of one place by number, with versions and answers: two queries."""
    attempts = Attempt.objects.filter(place=place, step=step).order_by("number")
    return list(attempts.select_related("version__package").prefetch_related("interactions"))


def item_analysis(step: UUID, *, places: Iterable[str]) -> list[Tally]:
    """How the learners of ``places`` answered each question of the step: two queries.

    Of the package that was opened last, where the step has had several; by the first attempt at it
    that each learner has finished: later ones know the answers.
    """
    finished = Attempt.objects.filter(place__in=places, step=step, finished_at__isnull=False)
    attempts = list(finished.order_by("place", "number").only("place", "package_id", "opened_at"))
    if not attempts:
        return []
    package_id = max(attempts, key=attrgetter("opened_at")).package_id
    at_package = (one for one in attempts if one.package_id == package_id)
    first = [next(own).pk for _place, own in groupby(at_package, attrgetter("place"))]
    rows = Interaction.objects.filter(attempt__in=first).order_by("attempt", "number")
    by_attempt = groupby(rows, attrgetter("attempt_id"))
    return tallied([[answer_of(row) for row in own] for _attempt, own in by_attempt])


def answer_of(row: Interaction) -> Answer:
    """The answer as it was reported."""
    score = None
    if row.earned is not None and row.possible is not None:
        score = Score(row.earned, row.possible)
    return Answer(
        key=row.key,
        number=row.number,
        kind=row.kind,
        text=row.text,
        response=row.response,
        right=row.right,
        is_right=row.is_right,
        score=score,
        seconds=row.seconds,
    )
