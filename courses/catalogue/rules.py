"""Decisions of the catalogue without a database: ages, enrolment windows, signs."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ADULT_AGE = 18


@dataclass(frozen=True, slots=True)
class AgeBand:
    """A facet of the catalogue: ages ``first``–``last`` inclusive, in whole years."""

    code: str
    first: int
    last: int


AGE_BANDS = (
    AgeBand("6-8", 6, 8),
    AgeBand("9-11", 9, 11),
    AgeBand("12-14", 12, 14),
    AgeBand("15-17", 15, 17),
)


class Window(StrEnum):
    """Where a day stands to a course's enrolment window."""

    SOON = "soon"
    OPEN = "open"
    CLOSED = "closed"


def enrolment_window(*, opens_on: date | None, closes_on: date | None, today: date) -> Window:
    """The state on the day ``today`` (municipality's calendar); both ends are open days.

    A missing end means no limit on that side.
    """
    if opens_on is not None and today < opens_on:
        return Window.SOON
    if closes_on is not None and today > closes_on:
        return Window.CLOSED
    return Window.OPEN


def nearest_age_band(code: str, filled: set[str]) -> str | None:
    """The band with courses nearest to an empty one, the younger first; ``None`` if all are empty.

    ``filled`` holds the codes of the bands that have courses.
    """
    codes = [band.code for band in AGE_BANDS]
    if code not in codes:
        return None
    here = codes.index(code)
    candidates = [other for other in codes if other in filled]
    return min(candidates, key=lambda other: abs(codes.index(other) - here), default=None)


def find_fact_problems(
    *,
    is_for_children: bool,
    age_from: int | None,
    age_to: int | None,
    opens_on: date | None,
    closes_on: date | None,
) -> list[tuple[str, str]]:
    """``(field, code)`` of each contradiction in what a course says of itself."""
    problems = []
    if is_for_children and (age_from is None or age_to is None):
        problems.append(("age_from" if age_from is None else "age_to", "age_missing"))
    if age_from is not None and age_to is not None and age_from > age_to:
        problems.append(("age_to", "ages_crossed"))
    if opens_on is not None and closes_on is not None and closes_on < opens_on:
        problems.append(("enrolment_closes_on", "dates_crossed"))
    return problems
