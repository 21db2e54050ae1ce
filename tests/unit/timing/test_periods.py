"""Periods and seasons: the days they hold, with the days before and after; and the refusals."""

import re
from datetime import date, datetime, timedelta

import pytest

from milestone_invoicing import Period, Season
from milestone_invoicing.errors import (
    DateRangeError,
    DateTypeError,
    NumberRangeError,
    NumberTypeError,
    PeriodError,
)
from milestone_invoicing.timing.periods import days_left_open

MAY = Period(date(2026, 5, 1), date(2026, 6, 1))
FIRST_OF_MAY = Period(date(2026, 5, 1), date(2026, 5, 2))
AUGUST = Season(8, 1, 8, 31)
WINTER = Season(12, 24, 1, 2)
CHRISTMAS = Season(12, 25, 12, 25)
UP_TO_LEAP_DAY = Season(2, 10, 2, 29)
FROM_LEAP_DAY = Season(2, 29, 3, 3)
LEAP_DAY = Season(2, 29, 2, 29)
ALL_BUT_LEAP_DAY = Season(3, 1, 2, 28)


def day(text: str) -> date:
    return date.fromisoformat(text)


HELD = [
    (MAY, "2026-04-30", False),
    (MAY, "2026-05-01", True),
    (MAY, "2026-05-31", True),
    (MAY, "2026-06-01", False),
    (MAY, "2025-05-15", False),
    (FIRST_OF_MAY, "2026-05-01", True),
    (FIRST_OF_MAY, "2026-05-02", False),
    (AUGUST, "2026-07-31", False),
    (AUGUST, "2026-08-01", True),
    (AUGUST, "2031-08-31", True),
    (AUGUST, "2026-09-01", False),
    (AUGUST, "0001-08-01", True),
    (WINTER, "2026-12-23", False),
    (WINTER, "2026-12-24", True),
    (WINTER, "2026-12-31", True),
    (WINTER, "2027-01-01", True),
    (WINTER, "2027-01-02", True),
    (WINTER, "2027-01-03", False),
    (WINTER, "2027-06-30", False),
    (WINTER, "9999-12-31", True),
    (CHRISTMAS, "2026-12-24", False),
    (CHRISTMAS, "2026-12-25", True),
    (CHRISTMAS, "2026-12-26", False),
    (UP_TO_LEAP_DAY, "2027-02-28", True),
    (UP_TO_LEAP_DAY, "2027-03-01", False),
    (UP_TO_LEAP_DAY, "2028-02-29", True),
    (UP_TO_LEAP_DAY, "2028-03-01", False),
    (FROM_LEAP_DAY, "2027-02-28", False),
    (FROM_LEAP_DAY, "2027-03-01", True),
    (FROM_LEAP_DAY, "2028-02-28", False),
    (FROM_LEAP_DAY, "2028-02-29", True),
    (LEAP_DAY, "2027-02-28", False),
    (LEAP_DAY, "2027-03-01", False),
    (LEAP_DAY, "2028-02-29", True),
    (ALL_BUT_LEAP_DAY, "2028-02-28", True),
    (ALL_BUT_LEAP_DAY, "2028-02-29", False),
    (ALL_BUT_LEAP_DAY, "2028-03-01", True),
]
OPENINGS = [
    (MAY, "2026-04-30", "2026-04-30"),
    (MAY, "2026-05-01", "2026-06-01"),
    (MAY, "2026-05-31", "2026-06-01"),
    (MAY, "2026-06-01", "2026-06-01"),
    (AUGUST, "2026-07-31", "2026-07-31"),
    (AUGUST, "2026-08-01", "2026-09-01"),
    (AUGUST, "2026-08-31", "2026-09-01"),
    (AUGUST, "2026-09-01", "2026-09-01"),
    (WINTER, "2026-12-23", "2026-12-23"),
    (WINTER, "2026-12-24", "2027-01-03"),
    (WINTER, "2027-01-02", "2027-01-03"),
    (UP_TO_LEAP_DAY, "2027-02-10", "2027-03-01"),
    (UP_TO_LEAP_DAY, "2028-02-28", "2028-03-01"),
    (ALL_BUT_LEAP_DAY, "2028-03-01", "2032-02-29"),
    (ALL_BUT_LEAP_DAY, "2096-03-01", "2104-02-29"),
]
LENGTHS = [
    (FIRST_OF_MAY, 1, "2026-05-01"),
    (MAY, 31, "2026-05-31"),
    (Period(date(2028, 2, 1), date(2028, 3, 1)), 29, "2028-02-29"),
    (Period(date(2026, 1, 1), date(2027, 1, 1)), 365, "2026-12-31"),
    (Period(date.min, date.max), 3_652_058, "9999-12-30"),
]


@pytest.mark.parametrize(
    ("closure", "asked", "expected"),
    HELD,
    ids=[f"{c} {'holds' if e else 'leaves out'} {d}" for c, d, e in HELD],
)
def test_a_closure_holds_its_days_and_no_other(closure, asked: str, expected: bool):
    assert (day(asked) in closure) is expected


@pytest.mark.parametrize(
    ("closure", "start", "expected"), OPENINGS, ids=[f"{c} | {s} = {e}" for c, s, e in OPENINGS]
)
def test_first_day_after(closure, start: str, expected: str):
    assert closure.first_day_after(day(start)) == day(expected)


@pytest.mark.parametrize(
    ("period", "days", "last"), LENGTHS, ids=[f"{p} = {n} days" for p, n, _ in LENGTHS]
)
def test_a_period_counts_its_days_and_knows_the_last(period: Period, days: int, last: str):
    assert (period.days, period.last) == (days, day(last))


def test_a_period_through_a_day_counts_it_in():
    assert Period.through(date(2026, 5, 1), date(2026, 5, 31)) == MAY
    assert Period.through(date(2026, 5, 1), date(2026, 5, 1)) == FIRST_OF_MAY
    up_to_the_end = Period.through(date(9999, 12, 1), date.max - timedelta(1))
    assert up_to_the_end == Period(date(9999, 12, 1), date.max)


def test_closures_print_their_first_and_last_day():
    assert str(MAY) == "2026-05-01 to 2026-05-31"
    assert str(FIRST_OF_MAY) == "2026-05-01 to 2026-05-01"
    assert str(AUGUST) == "08-01 to 08-31 of every year"
    assert str(WINTER) == "12-24 to 01-02 of every year"


@pytest.mark.parametrize(
    ("closures", "expected"),
    [
        ([], True),
        ([MAY, Period(date.min, date.max)], True),
        ([AUGUST, WINTER], True),
        ([ALL_BUT_LEAP_DAY], True),
        ([ALL_BUT_LEAP_DAY, LEAP_DAY], False),
        ([Season(1, 1, 6, 30), Season(7, 1, 12, 30)], True),
        ([Season(1, 2, 6, 30), Season(7, 1, 12, 31)], True),
        ([Season(1, 1, 6, 30), MAY, Season(7, 1, 12, 31)], False),
        ([Season(10, 1, 3, 31), Season(3, 1, 10, 1)], False),
    ],
    ids=[
        "nothing closes", "periods end", "two seasons", "29 February is left",
        "29 February goes too", "31 December is left", "1 January is left", "two halves",
        "two that overlap",
    ],
)  # fmt: skip
def test_seasons_together_leave_a_day_open_or_none(closures, expected: bool):
    assert days_left_open(closures) is expected


@pytest.mark.parametrize(
    "season",
    [Season(1, 2, 12, 31), Season(1, 1, 12, 30), Season(8, 3, 8, 1), Season(12, 31, 1, 1)],
    ids=str,
)
def test_a_season_with_one_open_day_or_more_is_a_season(season: Season):
    assert days_left_open([season])


NO_DAY = (
    "a period has no day: expected an end after 2026-05-01, got {}; "
    "Period.through(first, last) counts the last day in"
)
NOON = "got 2026-05-04 12:00:00; call .date() on a datetime"
ENDLESS = "a season never ends: expected a year with a day outside the season, got {} of every year"


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (
            lambda: Period(date(2026, 5, 1), date(2026, 5, 1)),
            PeriodError,
            NO_DAY.format("2026-05-01"),
        ),
        (
            lambda: Period(date(2026, 5, 1), date(2026, 4, 30)),
            PeriodError,
            NO_DAY.format("2026-04-30"),
        ),
        (
            lambda: Period.through(date(2026, 5, 1), date(2026, 4, 30)),
            PeriodError,
            NO_DAY.format("2026-05-01"),
        ),
        (
            lambda: Period("2026-05-01", date(2026, 5, 1)),
            DateTypeError,
            "the start of a period is not a plain date: expected datetime.date, got '2026-05-01'",
        ),
        (
            lambda: Period(date(2026, 5, 1), datetime(2026, 5, 4, 12)),
            DateTypeError,
            f"the end of a period is not a plain date: expected datetime.date, {NOON}",
        ),
        (
            lambda: Period.through(date(2026, 5, 1), datetime(2026, 5, 4, 12)),
            DateTypeError,
            f"the last day of a period is not a plain date: expected datetime.date, {NOON}",
        ),
        (
            lambda: Period.through(date(2026, 5, 1), date.max),
            DateRangeError,
            ("a step of days from 9999-12-31 leads to no date: "
            "expected a step that stays within the years 1 to 9999, got 1"),
        ),
        (
            lambda: datetime(2026, 5, 4, 12) in MAY,
            DateTypeError,
            f"the day is not a plain date: expected datetime.date, {NOON}",
        ),
        (
            lambda: MAY.first_day_after("2026-05-04"),
            DateTypeError,
            "the day is not a plain date: expected datetime.date, got '2026-05-04'",
        ),
        (
            lambda: Season("1", 1, 1, 1),
            NumberTypeError,
            "the month of a season is not a whole number: expected int, got '1'",
        ),
        (
            lambda: Season(1, 1.0, 1, 1),
            NumberTypeError,
            "the day of a season is not a whole number: expected int, got 1.0",
        ),
        (
            lambda: Season(0, 1, 1, 1),
            NumberRangeError,
            "the month of a season is too small: expected 1 or more, got 0",
        ),
        (
            lambda: Season(1, 1, 13, 1),
            NumberRangeError,
            "the month of a season is too large: expected 1 to 12, got 13",
        ),
        (
            lambda: Season(1, 1, 1, 0),
            NumberRangeError,
            "the day of a season is too small: expected 1 or more, got 0",
        ),
        (
            lambda: Season(2, 30, 3, 1),
            NumberRangeError,
            "month 2 has no such day: expected 1 to 29, got 30",
        ),
        (
            lambda: Season(4, 1, 4, 31),
            NumberRangeError,
            "month 4 has no such day: expected 1 to 30, got 31",
        ),
        (lambda: Season(1, 1, 12, 31), PeriodError, ENDLESS.format("01-01 to 12-31")),
        (lambda: Season(3, 1, 2, 29), PeriodError, ENDLESS.format("03-01 to 02-29")),
        (lambda: Season(8, 2, 8, 1), PeriodError, ENDLESS.format("08-02 to 08-01")),
        (
            lambda: datetime(2026, 5, 4, 12) in WINTER,
            DateTypeError,
            f"the day is not a plain date: expected datetime.date, {NOON}",
        ),
        (
            lambda: WINTER.first_day_after("2026-05-04"),
            DateTypeError,
            "the day is not a plain date: expected datetime.date, got '2026-05-04'",
        ),
        (
            lambda: WINTER.first_day_after(date(9999, 12, 24)),
            DateRangeError,
            ("a step of days from 9999-12-31 leads to no date: "
            "expected a step that stays within the years 1 to 9999, got 1"),
        ),
    ],
    ids=[
        "an end on the start", "an end before the start", "through the day before", "text start",
        "datetime end", "through a datetime", "through the last date", "asked for a datetime",
        "opens after a text", "text month", "float day", "month 0", "month 13", "day 0",
        "30 February", "31 April", "all year", "all year from March", "all year from August",
        "season asked for a datetime", "season opens after a text", "no day left",
    ],
)  # fmt: skip
def test_refusals(build, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        build()
