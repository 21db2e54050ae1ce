"""Which steps a relativedelta of dateutil means, and which it does not."""

import re
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import FR, relativedelta

from milestone_invoicing import AddDays, AddMonths, DayOfMonth, DueRule, DueStep, FixedDate
from milestone_invoicing.errors import (
    DateRangeError,
    DueBeforeStartError,
    DueRuleError,
    NumberTooLargeError,
    NumberTypeError,
    WrongTypeError,
)

HELD: list[tuple[relativedelta, tuple[DueStep, ...]]] = [
    (relativedelta(), ()),
    (relativedelta(days=30), (AddDays(30),)),
    (relativedelta(weeks=2), (AddDays(14),)),
    (relativedelta(weeks=2, days=-14), ()),
    (relativedelta(hours=48), (AddDays(2),)),
    (relativedelta(months=1), (AddMonths(1),)),
    (relativedelta(years=1), (AddMonths(12),)),
    (relativedelta(years=1, months=-1), (AddMonths(11),)),
    (relativedelta(months=1, days=10), (AddMonths(1), AddDays(10))),
    (relativedelta(months=1, day=31), (DayOfMonth(31, 1),)),
    (relativedelta(day=31), (DayOfMonth(31),)),
    (relativedelta(day=40), (DayOfMonth(31),)),
    (relativedelta(day=1), (DayOfMonth(1),)),
    (relativedelta(day=1, months=1, days=-1), (DayOfMonth(1, 1), AddDays(-1))),
    (relativedelta(year=2026, month=12, day=31), (FixedDate(date(2026, 12, 31)),)),
    (relativedelta(year=2026, month=2, day=31, days=1), (FixedDate(date(2026, 3, 1)),)),
    (relativedelta(year=2026, month=11, day=31, months=1), (FixedDate(date(2026, 12, 31)),)),
    (relativedelta(year=2028, yearday=100), (FixedDate(date(2028, 4, 9)),)),
]


@pytest.mark.parametrize(
    ("delta", "steps"), HELD, ids=[f"{delta} = {steps}" for delta, steps in HELD]
)
def test_a_distance_becomes_steps(delta: relativedelta, steps: tuple[DueStep, ...]):
    assert DueRule.from_relativedelta(delta) == DueRule(steps)
    start = date(2026, 1, 31)
    assert DueRule(steps, may_precede=True).due_on(start) == start + delta


def test_a_distance_back_is_refused_unless_it_may_lead_back():
    back = relativedelta(days=-10)
    with pytest.raises(DueBeforeStartError, match=r"^a due rule leads back in time: expected 2026"):
        DueRule.from_relativedelta(back).due_on(date(2026, 5, 11))
    rule = DueRule.from_relativedelta(back, may_precede=True)
    assert rule == DueRule([AddDays(-10)], may_precede=True)
    assert rule.due_on(date(2026, 5, 11)) == date(2026, 5, 1)


UNHELD: list[tuple[relativedelta, str]] = [
    (relativedelta(hours=1), "hours"),
    (relativedelta(minutes=1), "minutes"),
    (relativedelta(seconds=1), "seconds"),
    (relativedelta(microseconds=-1), "microseconds"),
    (relativedelta(hour=0), "hour"),
    (relativedelta(minute=0), "minute"),
    (relativedelta(second=1), "second"),
    (relativedelta(microsecond=0), "microsecond"),
    (relativedelta(weekday=FR), "weekday"),
    (relativedelta(days=1, weekday=FR(-1)), "weekday"),
    (relativedelta(leapdays=1), "leapdays"),
    (relativedelta(month=2), "month"),
    (relativedelta(year=2026), "year"),
    (relativedelta(year=2026, month=2), "year, month"),
    (relativedelta(month=12, day=31), "month"),
    (relativedelta(nlyearday=100), "month"),
    (relativedelta(yearday=100), "leapdays, month"),
    (relativedelta(day=0), "day"),
    (relativedelta(day=-1), "day"),
    (relativedelta(year=0, month=1, day=1), "year"),
    (relativedelta(year=2026, month=0, day=1), "month"),
    (relativedelta(year=2026, month=1, day=1, hours=5), "hours"),
    (relativedelta(hours=1, weekday=FR, hour=0), "hours, weekday, hour"),
]


@pytest.mark.parametrize(
    ("delta", "parts"), UNHELD, ids=[f"{delta}: {parts}" for delta, parts in UNHELD]
)
def test_what_no_step_says_is_refused(delta: relativedelta, parts: str):
    message = (
        "a due rule has no step for a part of this distance: "
        f"expected years, months, weeks, days and day, or a whole date, got {delta!r}; "
        f"leave out {parts}"
    )
    with pytest.raises(DueRuleError, match=f"^{re.escape(message)}$"):
        DueRule.from_relativedelta(delta)


@pytest.mark.parametrize(
    ("delta", "error", "message"),
    [
        (
            timedelta(30),
            WrongTypeError,
            ("the distance is of the wrong type: expected relativedelta, got "
            "datetime.timedelta(days=30)"),
        ),
        (
            None,
            WrongTypeError,
            "the distance is of the wrong type: expected relativedelta, got None",
        ),
        (
            relativedelta(days=1.5),
            NumberTypeError,
            "the days of a distance is not a whole number: expected int, got 1.5",
        ),
        (
            relativedelta(weeks=2.0),
            NumberTypeError,
            "the days of a distance is not a whole number: expected int, got 14.0",
        ),
        (
            relativedelta(days=2**70),
            NumberTooLargeError,
            ("the days of a distance is absurdly large: expected a 64-bit int, got "
            "1180591620717411303424"),
        ),
        (
            relativedelta(year=20_000, month=1, day=1),
            DateRangeError,
            ("a distance leads to no date: expected a year, month and day within the years 1 to "
            "9999, got relativedelta(year=20000, month=1, day=1)"),
        ),
        (
            relativedelta(year=2026, month=13, day=1),
            DateRangeError,
            ("a distance leads to no date: expected a year, month and day within the years 1 to "
            "9999, got relativedelta(year=2026, month=13, day=1)"),
        ),
        (
            relativedelta(year=9999, month=12, day=31, days=1),
            DateRangeError,
            ("a distance leads to no date: expected a year, month and day within the years 1 to "
            "9999, got relativedelta(days=+1, year=9999, month=12, day=31)"),
        ),
    ],
    ids=[
        "a timedelta", "None", "half a day", "days as a float", "absurdly many days", "year 20000",
        "month 13", "beyond the last date",
    ],
)  # fmt: skip
def test_refusals(delta, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        DueRule.from_relativedelta(delta)


def test_may_precede_is_a_bool():
    with pytest.raises(WrongTypeError, match=r"^may_precede is of the wrong type: expected bool"):
        DueRule.from_relativedelta(relativedelta(), may_precede=1)
