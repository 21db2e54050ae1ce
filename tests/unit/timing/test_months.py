"""Steps of days and months, row by row; the equations of the ids are the tests."""

import re
from datetime import date, datetime

import pytest

from milestone_invoicing.errors import DateRangeError, DateTypeError
from milestone_invoicing.timing.months import (
    add_days,
    add_months,
    day_of_month,
    end_of_month,
    end_of_week,
    month_length,
    month_series,
)

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
DAYS_OF_MONTHS = [
    ("2026-01-15", 1, 0, "2026-01-01"),
    ("2026-01-15", 31, 0, "2026-01-31"),
    ("2026-02-28", 28, 12, "2027-02-28"),
    ("2026-02-15", 29, 0, "2026-02-28"),
    ("2028-02-15", 29, 0, "2028-02-29"),
    ("2028-02-15", 30, 0, "2028-02-29"),
    ("2026-12-31", 30, 2, "2027-02-28"),
    ("2026-12-31", 31, 1, "2027-01-31"),
    ("2026-01-31", 31, -1, "2025-12-31"),
    ("2026-03-31", 31, -1, "2026-02-28"),
    ("2026-04-30", 31, 0, "2026-04-30"),
    ("0001-01-15", 31, 0, "0001-01-31"),
    ("9999-12-01", 31, 0, "9999-12-31"),
]
SERIES = [
    ("2027-01-01", 31, 1, 3, "2027-01-31 2027-02-28 2027-03-31"),
    ("2027-12-31", 30, 1, 4, "2027-12-30 2028-01-30 2028-02-29 2028-03-30"),
    ("2027-01-29", 29, 1, 2, "2027-01-29 2027-02-28"),
    ("2028-01-29", 29, 1, 3, "2028-01-29 2028-02-29 2028-03-29"),
    ("2027-01-28", 28, 1, 2, "2027-01-28 2027-02-28"),
    ("2026-11-05", 5, 3, 3, "2026-11-05 2027-02-05 2027-05-05"),
    ("2026-11-30", 31, 3, 3, "2026-11-30 2027-02-28 2027-05-31"),
    ("2096-02-29", 29, 48, 3, "2096-02-29 2100-02-28 2104-02-29"),
    ("9999-11-30", 31, 1, 2, "9999-11-30 9999-12-31"),
    ("9999-11-30", 1, 1, 2, "9999-11-01 9999-12-01"),
    ("2026-01-31", 31, 1, 0, ""),
    ("2026-01-28", 28, 1, 0, ""),
]
LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
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
    ("start", "wanted", "months", "expected"),
    DAYS_OF_MONTHS,
    ids=[f"day {n} of {s} + {m} m = {e}" for s, n, m, e in DAYS_OF_MONTHS],
)
def test_day_of_month(start: str, wanted: int, months: int, expected: str):
    assert day_of_month(day(start), wanted, months) == day(expected)


def test_a_day_of_the_month_is_of_the_same_month_unless_another_is_asked_for():
    assert day_of_month(date(2026, 5, 11), 20) == date(2026, 5, 20)


@pytest.mark.parametrize(
    ("start", "wanted", "every", "count", "expected"),
    SERIES,
    ids=[f"{c} times day {n} every {m} m from {s} = {e or 'none'}" for s, n, m, c, e in SERIES],
)
def test_month_series(start: str, wanted: int, every: int, count: int, expected: str):
    assert month_series(day(start), wanted, every, count) == [*map(day, expected.split())]


@pytest.mark.parametrize("month", range(1, 13))
def test_a_month_has_its_days(month: int):
    assert month_length(2026, month) == LENGTHS[month - 1]


@pytest.mark.parametrize(
    ("year", "days"),
    [(2027, 28), (2028, 29), (2100, 28), (2000, 29), (1, 28), (4, 29), (9999, 28)],
    ids=str,
)
def test_february_has_a_day_more_in_leap_years(year: int, days: int):
    assert month_length(year, 2) == days
    assert month_length(year, 1) == month_length(year, 3) == 31


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
        (add_months, date(9998, 12, 31), 13, "a step of months from 9998-12-31 leads to no date: "),
        (add_months, date(2026, 1, 1), TOO_FAR, "1 to 9999, got an int of 16610 bits"),
        (add_months, date(2026, 1, 1), -TOO_FAR, "1 to 9999, got an int of 16610 bits"),
    ],
    ids=[
        "9999-12-31 + 1 d",
        "0001-01-01 - 1 d",
        "0001-01-01 + 10**5000 d",
        "9999-12-01 + 1 m",
        "0001-01-31 - 1 m",
        "9998-12-31 + 13 m",
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


@pytest.mark.parametrize(
    ("start", "months"),
    [("9999-12-31", 1), ("0001-01-01", -1)],
    ids=["a month too late", "a month too early"],
)
def test_a_day_of_a_month_out_of_the_calendar_is_refused(start: str, months: int):
    with pytest.raises(
        DateRangeError,
        match=f"^a step of months from {start} leads to no date: "
        f"expected a step that stays within the years 1 to 9999, got {months}$",
    ):
        day_of_month(day(start), 1, months)


@pytest.mark.parametrize(
    ("within", "sunday"),
    [
        ("2026-05-03", "2026-05-03"),
        ("2026-05-04", "2026-05-10"),
        ("2026-05-09", "2026-05-10"),
        ("2026-12-31", "2027-01-03"),
        ("9999-12-26", "9999-12-26"),
    ],
)
def test_end_of_week(within: str, sunday: str):
    assert end_of_week(day(within)) == day(sunday)


def test_the_last_week_of_the_calendar_has_no_sunday():
    with pytest.raises(DateRangeError, match="a step of days from 9999-12-27 leads to no date"):
        end_of_week(date(9999, 12, 27))


@pytest.mark.parametrize("step", [end_of_month, end_of_week, lambda start: day_of_month(start, 1)])
@pytest.mark.parametrize("start", [datetime(2026, 5, 4), "2026-05-04"], ids=repr)
def test_a_day_of_the_month_of_no_plain_date_is_refused(step, start: object):
    with pytest.raises(
        DateTypeError, match=r"the day is not a plain date: expected datetime\.date"
    ):
        step(start)
