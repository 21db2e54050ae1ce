"""Steps of days and months, row by row; the equations of the ids are the tests."""

import re
from datetime import date, datetime

import pytest

from milestone_invoicing.errors import DateRangeError, DateTypeError
from milestone_invoicing.timing.months import add_days, add_months, end_of_month

DAYS = [
    ("2026-01-31", 0, "2026-01-31"),
    ("2026-01-31", 1, "2026-02-01"),
    ("2026-01-31", 30, "2026-03-02"),
    ("2028-02-28", 1, "2028-02-29"),
    ("2027-02-28", 1, "2027-03-01"),
    ("2026-03-01", -1, "2026-02-28"),
    ("0001-01-02", -1, "0001-01-01"),
    ("9999-12-30", 1, "9999-12-31"),
]
MONTHS = [
    ("2027-01-31", 0, "2027-01-31"),
    ("2027-01-31", 1, "2027-02-28"),
    ("2027-01-31", 2, "2027-03-31"),
    ("2027-01-30", 1, "2027-02-28"),
    ("2027-01-29", 1, "2027-02-28"),
    ("2027-01-28", 1, "2027-02-28"),
    ("2028-01-31", 1, "2028-02-29"),
    ("2028-01-29", 1, "2028-02-29"),
    ("2028-02-29", 12, "2029-02-28"),
    ("2028-02-29", 48, "2032-02-29"),
    ("2026-06-30", 1, "2026-07-30"),
    ("2026-11-30", 3, "2027-02-28"),
    ("2026-12-15", 1, "2027-01-15"),
    ("2026-03-31", -1, "2026-02-28"),
    ("2026-01-15", -1, "2025-12-15"),
    ("2096-02-29", 48, "2100-02-28"),
    ("0001-02-01", -1, "0001-01-01"),
    ("9999-11-30", 1, "9999-12-30"),
]
MONTH_ENDS = [
    ("2026-02-01", "2026-02-28"),
    ("2028-02-01", "2028-02-29"),
    ("2100-02-28", "2100-02-28"),
    ("2000-02-28", "2000-02-29"),
    ("2026-04-30", "2026-04-30"),
    ("2026-12-31", "2026-12-31"),
    ("9999-12-01", "9999-12-31"),
]
TOO_FAR = 10**5000  # more digits than the interpreter prints


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "days", "expected"), DAYS, ids=[f"{s} + {n} d = {e}" for s, n, e in DAYS]
)
def test_add_days(start: str, days: int, expected: str):
    assert add_days(day(start), days) == day(expected)


@pytest.mark.parametrize(
    ("start", "months", "expected"), MONTHS, ids=[f"{s} + {n} m = {e}" for s, n, e in MONTHS]
)
def test_add_months(start: str, months: int, expected: str):
    assert add_months(day(start), months) == day(expected)


@pytest.mark.parametrize(
    ("within", "expected"), MONTH_ENDS, ids=[f"end({s}) = {e}" for s, e in MONTH_ENDS]
)
def test_end_of_month(within: str, expected: str):
    assert end_of_month(day(within)) == day(expected)


@pytest.mark.parametrize(
    ("step", "start", "distance", "message"),
    [
        (
            add_days,
            date.max,
            1,
            (
                "a step of days from 9999-12-31 leads to no date: "
                "expected a step that stays within the years 1 to 9999, got 1"
            ),
        ),
        (add_days, date.min, -1, "a step of days from 0001-01-01 leads to no date: "),
        (add_days, date.min, TOO_FAR, "1 to 9999, got an int of 16610 bits"),
        (add_months, date(9999, 12, 1), 1, "a step of months from 9999-12-01 leads to no date: "),
        (add_months, date(1, 1, 31), -1, "a step of months from 0001-01-31 leads to no date: "),
        (add_months, date(2026, 1, 1), TOO_FAR, "1 to 9999, got an int of 16610 bits"),
        (add_months, date(2026, 1, 1), -TOO_FAR, "1 to 9999, got an int of 16610 bits"),
    ],
    ids=[
        "9999-12-31 + 1 d",
        "0001-01-01 - 1 d",
        "0001-01-01 + 10**5000 d",
        "9999-12-01 + 1 m",
        "0001-01-31 - 1 m",
        "2026-01-01 + 10**5000 m",
        "2026-01-01 - 10**5000 m",
    ],
)
def test_a_step_out_of_the_calendar_is_refused(step, start: date, distance: int, message: str):
    with pytest.raises(DateRangeError, match=re.escape(message)) as caught:
        step(start, distance)
    assert caught.value.got == distance


@pytest.mark.parametrize("step", [add_days, add_months])
@pytest.mark.parametrize("start", [datetime(2026, 5, 4), "2026-05-04"], ids=repr)
def test_a_step_from_no_plain_date_is_refused(step, start: object):
    with pytest.raises(
        DateTypeError, match=r"the day is not a plain date: expected datetime\.date"
    ):
        step(start, 1)
