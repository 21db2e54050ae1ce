"""Calendars and conventions around one month end, with the boundary days on both sides."""

import re
from datetime import date, datetime, timedelta

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
MODIFIED_FOLLOWING = RollConvention.MODIFIED_FOLLOWING
PRECEDING = RollConvention.PRECEDING
MODIFIED_PRECEDING = RollConvention.MODIFIED_PRECEDING
UNADJUSTED = RollConvention.UNADJUSTED

WEEKENDS = BusinessCalendar()
WHIT_MONDAY = BusinessCalendar(holidays=[date(2026, 5, 25)])
# 2026-05-29 is a Friday, 2026-06-01 a Monday, 2026-08-01 a Saturday, 2026-11-01 a Sunday.
ROLLS = [
    (WEEKENDS, "2026-05-29", FOLLOWING, "2026-05-29"),
    (WEEKENDS, "2026-05-30", FOLLOWING, "2026-06-01"),
    (WEEKENDS, "2026-05-31", FOLLOWING, "2026-06-01"),
    (WEEKENDS, "2026-06-01", FOLLOWING, "2026-06-01"),
    (WEEKENDS, "2026-05-29", MODIFIED_FOLLOWING, "2026-05-29"),
    (WEEKENDS, "2026-05-30", MODIFIED_FOLLOWING, "2026-05-29"),
    (WEEKENDS, "2026-05-23", MODIFIED_FOLLOWING, "2026-05-25"),
    (WEEKENDS, "2026-05-30", PRECEDING, "2026-05-29"),
    (WEEKENDS, "2026-06-01", PRECEDING, "2026-06-01"),
    (WEEKENDS, "2026-08-01", PRECEDING, "2026-07-31"),
    (WEEKENDS, "2026-08-01", MODIFIED_PRECEDING, "2026-08-03"),
    (WEEKENDS, "2026-08-08", MODIFIED_PRECEDING, "2026-08-07"),
    (WEEKENDS, "2026-11-01", MODIFIED_PRECEDING, "2026-11-02"),
    (WEEKENDS, "2026-01-31", MODIFIED_FOLLOWING, "2026-01-30"),
    (WEEKENDS, "2026-05-30", UNADJUSTED, "2026-05-30"),
    (WHIT_MONDAY, "2026-05-25", FOLLOWING, "2026-05-26"),
    (WHIT_MONDAY, "2026-05-23", FOLLOWING, "2026-05-26"),
    (WHIT_MONDAY, "2026-05-25", PRECEDING, "2026-05-22"),
]


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("calendar", "start", "convention", "expected"),
    ROLLS,
    ids=[f"{c.value}({s}) = {e}{' with holiday' * (k is WHIT_MONDAY)}" for k, s, c, e in ROLLS],
)
def test_roll(calendar: BusinessCalendar, start: str, convention: RollConvention, expected: str):
    assert calendar.roll(day(start), convention) == day(expected)


@pytest.mark.parametrize(
    ("calendar", "text", "expected"),
    [
        (WEEKENDS, "2026-05-29", True),
        (WEEKENDS, "2026-05-30", False),
        (WEEKENDS, "2026-05-31", False),
        (WEEKENDS, "2026-06-01", True),
        (WHIT_MONDAY, "2026-05-25", False),
        (WHIT_MONDAY, "2026-05-26", True),
        (BusinessCalendar(weekend=[4, 5]), "2026-05-29", False),
        (BusinessCalendar(weekend=[4, 5]), "2026-05-31", True),
        (BusinessCalendar(weekend=[]), "2026-05-31", True),
        (BusinessCalendar(weekend=[0]), "2026-06-01", False),
    ],
    ids=[
        "Friday", "Saturday", "Sunday", "Monday", "Whit Monday", "Whit Tuesday",
        "Friday off", "Sunday on", "no weekend", "Monday off",
    ],
)  # fmt: skip
def test_business_days(calendar: BusinessCalendar, text: str, expected: bool):
    assert calendar.is_business_day(day(text)) is expected


@pytest.mark.parametrize(
    ("convention", "expected"),
    [(MODIFIED_FOLLOWING, "2026-01-30"), (MODIFIED_PRECEDING, "2026-03-02")],
)
def test_a_month_without_a_business_day_is_left_against_the_first_direction(convention, expected):
    february = [date(2026, 2, 1) + timedelta(n) for n in range(28)]
    assert BusinessCalendar(holidays=february).roll(date(2026, 2, 10), convention) == day(expected)


def test_the_same_month_of_another_year_is_another_month():
    closed = [date(2026, 5, 29) + timedelta(n) for n in range(360)]
    rolled = BusinessCalendar(holidays=closed).roll(date(2026, 5, 29), MODIFIED_FOLLOWING)
    assert rolled == date(2026, 5, 28)


def test_a_calendar_with_one_business_day_a_week_finds_it():
    only_wednesday = BusinessCalendar(weekend=[0, 1, 3, 4, 5, 6])
    assert only_wednesday.roll(date(2026, 5, 28), FOLLOWING) == date(2026, 6, 3)


def test_a_calendar_prints_its_days_in_order():
    calendar = BusinessCalendar([6, 5], [date(2026, 12, 26), date(2026, 12, 25)])
    assert repr(calendar) == (
        "BusinessCalendar(weekend=frozenset([5, 6]), "
        "holidays=frozenset([datetime.date(2026, 12, 25), datetime.date(2026, 12, 26)]), "
        "extra_working_days=frozenset([]), first_year=None, last_year=None)"
    )


@pytest.mark.parametrize("convention", RollConvention)
def test_a_convention_is_stored_under_its_name(convention: RollConvention):
    assert convention.value == convention.name.lower()


@pytest.mark.parametrize(
    "holidays",
    [
        {date(2026, 12, 25)},
        frozenset({date(2026, 12, 25)}),
        [date(2026, 12, 25)] * 2,
        iter([date(2026, 12, 25)]),
        {date(2026, 12, 25): "Christmas"},
    ],
    ids=["set", "frozenset", "list with a duplicate", "iterator", "keys of a dict"],
)
def test_holidays_come_from_any_collection(holidays):
    assert BusinessCalendar(holidays=holidays).holidays == frozenset({date(2026, 12, 25)})


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (
            lambda: BusinessCalendar(weekend=[7]),
            NumberRangeError,
            "a weekday is too large: expected 0 (Monday) to 6 (Sunday), got 7",
        ),
        (
            lambda: BusinessCalendar(weekend=[-1]),
            NumberRangeError,
            "a weekday is too small: expected 0 or more, got -1",
        ),
        (
            lambda: BusinessCalendar(weekend=[1, True]),
            NumberTypeError,
            "a weekday is not a whole number: expected int, got True",
        ),
        (
            lambda: BusinessCalendar(weekend=["Sunday"]),
            NumberTypeError,
            "a weekday is not a whole number: expected int, got 'Sunday'",
        ),
        (
            lambda: BusinessCalendar(weekend=range(7)),
            NumberRangeError,
            "no weekday is left for business: expected at most 6 free weekdays, got 7",
        ),
        (
            lambda: BusinessCalendar(weekend=5),
            WrongTypeError,
            "weekend is not a collection: expected a set or tuple, got 5",
        ),
        (
            lambda: BusinessCalendar(weekend="56"),
            WrongTypeError,
            "weekend is not a collection: expected a set or tuple, got '56'",
        ),
        (
            lambda: BusinessCalendar(holidays=None),
            WrongTypeError,
            "holidays is not a collection: expected a set or tuple, got None",
        ),
        (
            lambda: BusinessCalendar(holidays=[datetime(2026, 12, 25)]),
            DateTypeError,
            ("a holiday is not a plain date: expected datetime.date, got 2026-12-25 00:00:00; "
            "call .date() on a datetime"),
        ),
        (
            lambda: BusinessCalendar(holidays=[["2026-12-25"]]),
            DateTypeError,
            "a holiday is not a plain date: expected datetime.date, got ['2026-12-25']",
        ),
        (
            lambda: WEEKENDS.roll("2026-05-30", FOLLOWING),
            DateTypeError,
            "the day is not a plain date: expected datetime.date, got '2026-05-30'",
        ),
        (
            lambda: WEEKENDS.roll("2026-05-30", UNADJUSTED),
            DateTypeError,
            "the day is not a plain date: expected datetime.date, got '2026-05-30'",
        ),
        (
            lambda: WEEKENDS.roll(date(2026, 5, 30), "following"),
            WrongTypeError,
            "the convention is of the wrong type: expected RollConvention, got 'following'",
        ),
        (
            lambda: WEEKENDS.is_business_day(datetime(2026, 5, 30)),
            DateTypeError,
            ("the day is not a plain date: expected datetime.date, got 2026-05-30 00:00:00; "
            "call .date() on a datetime"),
        ),
        (
            lambda: BusinessCalendar(holidays=[date.max]).roll(date.max, FOLLOWING),
            DateRangeError,
            ("a step of days from 9999-12-31 leads to no date: "
            "expected a step that stays within the years 1 to 9999, got 1"),
        ),
        (
            lambda: BusinessCalendar(holidays=[date.min]).roll(date.min, PRECEDING),
            DateRangeError,
            ("a step of days from 0001-01-01 leads to no date: "
            "expected a step that stays within the years 1 to 9999, got -1"),
        ),
    ],
    ids=[
        "weekday 7", "weekday -1", "weekday True", "weekday Sunday", "all seven", "weekend 5",
        "weekend text", "holidays None", "datetime", "list in list", "roll text", "leave text",
        "no convention", "ask a datetime", "year 10000", "year 0",
    ],
)  # fmt: skip
def test_refusals(build, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        build()
