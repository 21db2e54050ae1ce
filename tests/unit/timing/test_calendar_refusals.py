"""What makes no calendar, and what a calendar of some years cannot answer."""

import re
from datetime import date, datetime

import pytest

from milestone_invoicing import BusinessCalendar, RollConvention
from milestone_invoicing.errors import (
    DateRangeError,
    DateTypeError,
    NumberRangeError,
    NumberTypeError,
    WrongTypeError,
)

FOLLOWING = RollConvention.FOLLOWING
HOLIDAYS = [date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1), date(2027, 12, 31)]
KNOWN = BusinessCalendar(holidays=HOLIDAYS, first_year=2026, last_year=2027)


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (
            lambda: BusinessCalendar.from_container(2026, 2026, 2027),
            WrongTypeError,
            "the container holds no dates: expected a container of dates, got 2026",
        ),
        (
            lambda: BusinessCalendar.from_container(None, 2026.0, 2027),
            WrongTypeError,
            "the container holds no dates: expected a container of dates, got None",
        ),
        (
            lambda: BusinessCalendar.from_container("2026-12-25", 2026, 2027),
            WrongTypeError,
            "the container holds no dates: expected a container of dates, got '2026-12-25'",
        ),
        (
            lambda: BusinessCalendar.from_container(b"2026-12-25", 2026, 2027),
            WrongTypeError,
            "the container holds no dates: expected a container of dates, got b'2026-12-25'",
        ),
        (
            lambda: BusinessCalendar.from_container("", 0, 0),
            WrongTypeError,
            "the container holds no dates: expected a container of dates, got ''",
        ),
        (
            lambda: BusinessCalendar.from_container([], 2026.0, 2027),
            NumberTypeError,
            "the first year is not a whole number: expected int, got 2026.0",
        ),
        (
            lambda: BusinessCalendar.from_container([], 2026, True),
            NumberTypeError,
            "the last year is not a whole number: expected int, got True",
        ),
        (
            lambda: BusinessCalendar.from_container([], 0, 2027),
            NumberRangeError,
            "the first year is too small: expected 1 or more, got 0",
        ),
        (
            lambda: BusinessCalendar.from_container([], 2027, 2026),
            NumberRangeError,
            "the last year is before the first: expected 2027 or later, got 2026",
        ),
        (
            lambda: BusinessCalendar.from_container([], 2026, 10_000),
            NumberRangeError,
            "a year is too large: expected at most 9999, got 10000",
        ),
        (
            lambda: BusinessCalendar.from_container([], 2026, 2026, weekend=[7]),
            NumberRangeError,
            "a weekday is too large: expected 0 (Monday) to 6 (Sunday), got 7",
        ),
        (
            lambda: BusinessCalendar(first_year="2026"),
            NumberTypeError,
            "the first year is not a whole number: expected int, got '2026'",
        ),
        (
            lambda: BusinessCalendar(first_year=2027, last_year=2026),
            NumberRangeError,
            "the last year is before the first: expected 2027 or later, got 2026",
        ),
        (
            lambda: BusinessCalendar(last_year=0),
            NumberRangeError,
            "the last year is too small: expected 1 or more, got 0",
        ),
        (
            lambda: BusinessCalendar(last_year=10_000),
            NumberRangeError,
            "a year is too large: expected at most 9999, got 10000",
        ),
        (
            lambda: BusinessCalendar(first_year=10_000),
            NumberRangeError,
            "a year is too large: expected at most 9999, got 10000",
        ),
        (
            lambda: BusinessCalendar(first_year=20_000, last_year=10_000),
            NumberRangeError,
            "a year is too large: expected at most 9999, got 20000",
        ),
        (
            lambda: BusinessCalendar(first_year=0),
            NumberRangeError,
            "the first year is too small: expected 1 or more, got 0",
        ),
        (
            lambda: BusinessCalendar.from_container([], 2026, 0),
            NumberRangeError,
            "the last year is too small: expected 1 or more, got 0",
        ),
        (
            lambda: BusinessCalendar(b"56"),
            WrongTypeError,
            "weekend is not a collection: expected a set or tuple, got b'56'",
        ),
        (
            lambda: BusinessCalendar("56"),
            WrongTypeError,
            "weekend is not a collection: expected a set or tuple, got '56'",
        ),
        (
            lambda: BusinessCalendar(holidays=b"2026"),
            WrongTypeError,
            "holidays is not a collection: expected a set or tuple, got b'2026'",
        ),
        (
            lambda: BusinessCalendar(holidays="2026"),
            WrongTypeError,
            "holidays is not a collection: expected a set or tuple, got '2026'",
        ),
        (
            lambda: KNOWN.is_business_day(datetime(2026, 5, 4)),
            DateTypeError,
            ("the day is not a plain date: expected datetime.date, got 2026-05-04 00:00:00; "
            "call .date() on a datetime"),
        ),
        (
            lambda: BusinessCalendar(holidays=[date.max], last_year=9999).roll(date.max, FOLLOWING),
            DateRangeError,
            ("a step of days from 9999-12-31 leads to no date: "
            "expected a step that stays within the years 1 to 9999, got 1"),
        ),
    ],
    ids=[
        "a number for a container", "no container", "a text for a container",
        "bytes for a container", "an empty text for a container", "half a year", "year True",
        "year 0", "years the wrong way round", "year 10000", "weekday 7", "a text",
        "first after last", "last year 0", "last year 10000", "first year 10000",
        "both years too large", "first year 0", "read until year 0", "bytes for a weekend",
        "a text for a weekend", "bytes for holidays", "a text for holidays", "a datetime",
        "no day left",
    ],
)  # fmt: skip
def test_refusals(build, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        build()
