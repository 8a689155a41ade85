"""Decisions about age, without a database."""

from datetime import date

UNDER_TWELVE = 12


def age_in_years(*, birth_year: int, birth_month: int, on: date) -> int:
    """Whole years on the day ``on``, counted from the end of the birth month.

    Only year and month are known, so a child is never taken for older than they are: the birthday
    counts as passed once its month is over.
    """
    birthday_has_passed = on.month > birth_month
    return on.year - birth_year - (0 if birthday_has_passed else 1)
