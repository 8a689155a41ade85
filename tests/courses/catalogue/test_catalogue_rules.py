"""Ages, windows and contradictions of a course, without a database."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.catalogue.rules import (
    AGE_BANDS,
    Window,
    enrolment_window,
    find_fact_problems,
    nearest_age_band,
)

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
dates = st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "window"),
    [
        (None, None, Window.OPEN),
        (TODAY, TODAY, Window.OPEN),
        (TODAY + DAY, None, Window.SOON),
        (None, TODAY - DAY, Window.CLOSED),
        (TODAY - DAY, TODAY + DAY, Window.OPEN),
        (TODAY + DAY, TODAY + DAY, Window.SOON),
    ],
)
def test_both_ends_of_the_window_are_open_days(opens_on, closes_on, window):
    assert enrolment_window(opens_on=opens_on, closes_on=closes_on, today=TODAY) is window


@given(dates, dates, st.dates(date(2026, 1, 1), date(2027, 1, 1)))
def test_a_window_opens_once_and_closes_once(opens_on, closes_on, day):
    order = [Window.SOON, Window.OPEN, Window.CLOSED]
    windows = [
        order.index(enrolment_window(opens_on=opens_on, closes_on=closes_on, today=day + n * DAY))
        for n in range(5)
    ]
    if opens_on is None or closes_on is None or opens_on <= closes_on:
        assert windows == sorted(windows)


def facts(**changes):
    whole: dict[str, Any] = {
        "is_for_children": True,
        "age_from": 9,
        "age_to": 12,
        "opens_on": TODAY,
        "closes_on": TODAY,
    }
    return find_fact_problems(**whole | changes)


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({}, []),
        ({"age_from": None}, [("age_from", "age_missing")]),
        ({"age_to": None}, [("age_to", "age_missing")]),
        ({"age_from": None, "age_to": None, "is_for_children": False}, []),
        ({"age_from": 13}, [("age_to", "ages_crossed")]),
        ({"age_from": 12}, []),
        ({"closes_on": TODAY - DAY}, [("enrolment_closes_on", "dates_crossed")]),
        ({"closes_on": None}, []),
        (
            {"age_from": 13, "closes_on": TODAY - DAY},
            [("age_to", "ages_crossed"), ("enrolment_closes_on", "dates_crossed")],
        ),
    ],
)
def test_contradictions_are_named_all_at_once(changes, problems):
    assert facts(**changes) == problems


def test_age_bands_leave_no_age_out_and_do_not_overlap():
    ages = [age for band in AGE_BANDS for age in range(band.first, band.last + 1)]
    assert ages == list(range(6, 18))


@pytest.mark.parametrize(
    ("code", "filled", "nearest"),
    [
        ("9-11", {"6-8", "12-14"}, "6-8"),
        ("15-17", {"6-8", "12-14"}, "12-14"),
        ("6-8", {"15-17"}, "15-17"),
        ("6-8", set(), None),
        ("nonsense", {"6-8"}, None),
    ],
)
def test_the_nearest_band_with_courses_is_offered_the_younger_first(code, filled, nearest):
    assert nearest_age_band(code, filled) == nearest
