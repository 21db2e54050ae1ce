"""What makes no recurrence, and what a recurrence cannot answer; and what its parts default to."""

import re
from datetime import date, datetime

import pytest

from milestone_invoicing import Recurrence, RecurrenceUnit
from milestone_invoicing.errors import (
    DateRangeError,
    DateTypeError,
    NumberRangeError,
    NumberTooLargeError,
    NumberTypeError,
    RecurrenceError,
    WrongTypeError,
)

START = date(2026, 1, 31)
WEEKS, MONTHS = RecurrenceUnit.WEEKS, RecurrenceUnit.MONTHS
MONTH_ENDS = Recurrence.monthly(START)
NOON = datetime(2026, 5, 4, 12)
A_DATE = "is not a plain date: expected datetime.date, got"
GOT_NOON = "2026-05-04 12:00:00; call .date() on a datetime"
BEYOND = (
    "a recurrence goes beyond the last date: "
    "expected days within the years 1 to 9999, got a day after"
)


def another_day(wanted: int, expected: str, got: str) -> str:
    return (
        f"a recurrence on day {wanted} starts on another day: "
        f"expected {expected}, or that day of another month, got {got}"
    )


REFUSALS = {
    "a text to start on": (
        lambda: Recurrence("2026-01-31"),
        DateTypeError,
        f"the start of a recurrence {A_DATE} '2026-01-31'",
    ),
    "a datetime to start on": (
        lambda: Recurrence.weekly(NOON),
        DateTypeError,
        f"the start of a recurrence {A_DATE} {GOT_NOON}",
    ),
    "every 0 months": (
        lambda: Recurrence(START, 0),
        NumberRangeError,
        "the distance of a recurrence is too small: expected 1 or more, got 0",
    ),
    "every half month": (
        lambda: Recurrence(START, 0.5),
        NumberTypeError,
        "the distance of a recurrence is not a whole number: expected int, got 0.5",
    ),
    "every 2**63 months": (
        lambda: Recurrence(START, 2**63),
        NumberTooLargeError,
        ("the distance of a recurrence is absurdly large: "
        "expected a 64-bit int, got 9223372036854775808"),
    ),
    "a text for a unit": (
        lambda: Recurrence(START, 1, "weeks"),
        WrongTypeError,
        "the unit of a recurrence is of the wrong type: expected RecurrenceUnit, got 'weeks'",
    ),
    "day True": (
        lambda: Recurrence.monthly(date(2026, 1, 1), day=True),
        NumberTypeError,
        "the day of the month is not a whole number: expected int, got True",
    ),
    "day 0": (
        lambda: Recurrence.monthly(START, day=0),
        NumberRangeError,
        "the day of the month is too small: expected 1 or more, got 0",
    ),
    "day 32": (
        lambda: Recurrence.monthly(START, day=32),
        NumberRangeError,
        "the day of the month is too large: expected 1 to 31, got 32",
    ),
    "a day of weeks": (
        lambda: Recurrence(START, 1, WEEKS, day=31),
        RecurrenceError,
        "a recurrence over weeks has no day of the month: expected None, got 31",
    ),
    "the day before the last": (
        lambda: Recurrence.monthly(date(2026, 2, 27), day=31),
        RecurrenceError,
        another_day(31, "2026-02-28", "2026-02-27"),
    ),
    "the day after": (
        lambda: Recurrence.quarterly(date(2026, 5, 16), day=15),
        RecurrenceError,
        another_day(15, "2026-05-15", "2026-05-16"),
    ),
    "28 February of a leap year for its last day": (
        lambda: Recurrence.yearly(date(2028, 2, 28), day=29),
        RecurrenceError,
        another_day(29, "2028-02-29", "2028-02-28"),
    ),
    "0 times": (
        lambda: Recurrence.weekly(START, times=0),
        NumberRangeError,
        "times is too small: expected 1 or more, got 0",
    ),
    "1.0 times": (
        lambda: Recurrence.monthly(START, times=1.0),
        NumberTypeError,
        "times is not a whole number: expected int, got 1.0",
    ),
    "two ends": (
        lambda: Recurrence.monthly(START, times=3, until=date(2026, 12, 31)),
        RecurrenceError,
        ("a recurrence has two ends: expected a number of times or a last date, "
        "got 3 times and until 2026-12-31"),
    ),
    "until a text": (
        lambda: Recurrence.two_weekly(START, until="2026-12-31"),
        DateTypeError,
        f"until {A_DATE} '2026-12-31'",
    ),
    "until the day before the start": (
        lambda: Recurrence.two_weekly(START, until=date(2026, 1, 30)),
        RecurrenceError,
        "a recurrence ends before it starts: expected 2026-01-31 or later, got 2026-01-30",
    ),
    "a month too many": (
        lambda: Recurrence.monthly(date(9999, 11, 30), times=3).dates(),
        DateRangeError,
        f"{BEYOND} 9999-12-30",
    ),
    "a week too many": (
        lambda: Recurrence.weekly(date(9999, 12, 24), times=3).dates(),
        DateRangeError,
        f"{BEYOND} 9999-12-31",
    ),
    "a Saturday too many": (
        lambda: Recurrence.weekly(date(9999, 12, 18), times=3).dates(),
        DateRangeError,
        f"{BEYOND} 9999-12-25",
    ),
    "far too many times": (
        lambda: Recurrence.monthly(START, times=2**62).dates(),
        DateRangeError,
        f"{BEYOND} 9999-12-31",
    ),
    "a distance beyond all dates": (
        lambda: Recurrence(START, 2**62, times=2).dates(),
        DateRangeError,
        f"{BEYOND} 2026-01-31",
    ),
    "between a datetime and a day": (
        lambda: MONTH_ENDS.between(NOON, START), DateTypeError, f"first {A_DATE} {GOT_NOON}",
    ),
    "between a day and a text": (
        lambda: MONTH_ENDS.between(START, "2026"), DateTypeError, f"last {A_DATE} '2026'",
    ),
    "next after a datetime": (
        lambda: MONTH_ENDS.next_after(NOON), DateTypeError, f"the day {A_DATE} {GOT_NOON}",
    ),
    "the period of a datetime": (
        lambda: MONTH_ENDS.period_of(NOON), DateTypeError, f"the day {A_DATE} {GOT_NOON}",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("build", "error", "message"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(build, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        build()


ENDS_TOO_LATE = {
    "times": (lambda: Recurrence.monthly(date(9999, 12, 1), times=1).periods(), "9999-12-01"),
    "until": (
        lambda: Recurrence.monthly(date(9999, 11, 1), until=date.max).periods(), "9999-12-01"),
    "a week": (lambda: Recurrence.weekly(date(9999, 12, 31), times=1).periods(), "9999-12-31"),
    "too many days": (
        lambda: Recurrence.weekly(date(9999, 12, 24), times=3).periods(), "9999-12-31"),
    "the period of its first day": (
        lambda: Recurrence.monthly(date(9999, 11, 1)).period_of(date(9999, 12, 1)), "9999-12-01"),
    "the period of the last date": (
        lambda: Recurrence.weekly(date(9999, 12, 1)).period_of(date.max), "9999-12-29"),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "last"), ENDS_TOO_LATE.values(), ids=ENDS_TOO_LATE)
def test_a_period_that_ends_after_the_last_date_is_refused(ask, last: str):
    with pytest.raises(DateRangeError, match=f"^{re.escape(BEYOND)} {last}$"):
        ask()


def test_a_week_from_a_saturday_ends_with_the_last_date():
    # 9999-12-18 and 9999-12-25 are Saturdays, and the week after ends beyond the calendar.
    assert date(9999, 12, 18).isoweekday() == 6
    expected = (date(9999, 12, 18), date(9999, 12, 25))
    assert Recurrence.weekly(date(9999, 12, 18), times=2).dates() == expected
    assert Recurrence.weekly(date(9999, 12, 18), until=date.max).dates() == expected


@pytest.mark.parametrize("ask", [Recurrence.dates, Recurrence.periods])
@pytest.mark.parametrize("endless", [MONTH_ENDS, Recurrence.weekly(START)], ids=["months", "weeks"])
def test_an_endless_recurrence_is_not_listed(ask, endless: Recurrence):
    with pytest.raises(
        RecurrenceError,
        match=r"^an endless recurrence has no last day: "
        r"expected a recurrence with times or until, got Recurrence\(start=.*; "
        r"ask for a stretch of it with between\(first, last\)$",
    ) as caught:
        ask(endless)
    assert caught.value.got == endless


def test_a_recurrence_is_monthly_and_endless_unless_told_otherwise():
    plain = Recurrence(START)
    assert plain == Recurrence(START, 1, MONTHS, day=None, times=None, until=None)
    assert Recurrence.monthly(START) == plain


@pytest.mark.parametrize(
    ("named", "written"),
    [
        (Recurrence.weekly(START, times=2), Recurrence(START, 1, WEEKS, times=2)),
        (Recurrence.two_weekly(START, times=2), Recurrence(START, 2, WEEKS, times=2)),
        (Recurrence.monthly(START, day=31, times=2), Recurrence(START, 1, day=31, times=2)),
        (Recurrence.quarterly(START, day=31, times=2), Recurrence(START, 3, day=31, times=2)),
        (Recurrence.yearly(START, day=31, times=2), Recurrence(START, 12, day=31, times=2)),
        (Recurrence.monthly(START, until=START), Recurrence(START, until=START)),
        (Recurrence.quarterly(START, until=START), Recurrence(START, 3, until=START)),
        (Recurrence.yearly(START, until=START), Recurrence(START, 12, until=START)),
        (Recurrence.weekly(START, until=START), Recurrence(START, 1, WEEKS, until=START)),
        (Recurrence.two_weekly(START, until=START), Recurrence(START, 2, WEEKS, until=START)),
    ],
    ids=lambda recurrence: f"{recurrence.every} {recurrence.unit}",
)
def test_a_named_recurrence_is_the_one_written_out(named: Recurrence, written: Recurrence):
    assert named == written


def test_a_unit_prints_as_its_word():
    assert [str(unit) for unit in RecurrenceUnit] == ["weeks", "months"]


@pytest.mark.parametrize("last", [1, 31])
def test_the_first_and_the_last_day_of_a_month_may_be_named(last: int):
    assert Recurrence.monthly(date(2026, 1, last), day=last).day == last
