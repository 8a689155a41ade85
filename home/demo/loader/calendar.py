"""Days and hours of the demonstration, counted back from the moment it is loaded."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from django.utils import timezone


def days_before(at: datetime, days: float, hour: time) -> datetime:
    """The local ``hour`` of the day that lies ``days``, rounded, before ``at``; in UTC."""
    day = timezone.localdate(at) - timedelta(days=round(days))
    return timezone.make_aware(datetime.combine(day, hour)).astimezone(UTC)


def days_of_sittings(
    count: int, *, first: float, last: float, fixed: Mapping[int, float]
) -> list[float]:
    """How many days ago each of ``count`` sittings was, spread evenly from ``first`` to ``last``.

    ``fixed`` gives the days of some sittings by their index from 0; the others keep between them.
    """
    known = dict(sorted({0: first, count - 1: last, **fixed}.items()))
    days = list(known.values())[:1]
    for (start, from_day), (end, to_day) in pairwise(known.items()):
        step = (to_day - from_day) / (end - start)
        days += [from_day + step * (index - start) for index in range(start + 1, end + 1)]
    return days
