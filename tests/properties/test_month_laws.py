"""Month arithmetic of our own against two oracles: dateutil's relativedelta and calendar."""

from calendar import monthrange
from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st

from milestone_invoicing.errors import DateRangeError
from milestone_invoicing.timing.months import (
    add_months,
    day_of_month,
    end_of_month,
    month_length,
    month_series,
)

each_day = st.integers(1, 31)
# Far enough to leave the calendar on either side, and near enough to stay in it.
distances = st.integers(-40, 40) | st.integers(-130_000, 130_000)


def by_relativedelta(start: date, **fields: int) -> date | None:
    """Return what dateutil makes of it; None where it finds no date."""
    try:
        return start + relativedelta(**fields)
    except (ValueError, OverflowError):
        return None


@given(st.dates(), distances)
@example(date(9999, 12, 31), 1)
@example(date(9999, 1, 31), 11)
@example(date(1, 1, 1), -1)
@example(date(1, 12, 31), -11)
@example(date(1900, 1, 31), 1)
@example(date(2000, 1, 31), 1)
def test_a_month_step_is_the_one_of_dateutil(start: date, months: int):
    expected = by_relativedelta(start, months=months)
    if expected is None:
        with pytest.raises(DateRangeError, match=f"a step of months from {start} leads to no date"):
            add_months(start, months)
    else:
        assert add_months(start, months) == expected


@given(st.dates(), each_day, distances)
@example(date(9999, 12, 1), 31, 0)
@example(date(1, 1, 31), 1, 0)
@example(date(2100, 1, 31), 29, 1)
@example(date(2400, 1, 31), 30, 1)
def test_a_day_of_a_month_is_the_one_of_dateutil(start: date, day: int, months: int):
    expected = by_relativedelta(start, months=months, day=day)
    if expected is None:
        with pytest.raises(DateRangeError, match=f"a step of months from {start} leads to no date"):
            day_of_month(start, day, months)
    else:
        assert day_of_month(start, day, months) == expected


@given(st.dates())
@example(date.max)
@example(date.min)
def test_a_month_end_is_the_one_of_dateutil(day: date):
    assert end_of_month(day) == day + relativedelta(day=31)


@given(st.dates(), each_day, st.integers(1, 30), st.integers(0, 40))
@example(date(1999, 11, 30), 29, 1, 5)
@example(date(2099, 11, 30), 31, 1, 5)
@example(date(9999, 12, 1), 31, 1, 1)
@example(date(1, 1, 31), 28, 1, 3)
def test_a_series_of_months_is_the_one_of_dateutil(start: date, day: int, every: int, most: int):
    left = (9999 - start.year) * 12 + 12 - start.month
    count = min(most, left // every + 1)
    expected = [start + relativedelta(months=n * every, day=day) for n in range(count)]
    assert month_series(start, day, every, count) == expected


def test_every_month_of_the_calendar_has_its_length():
    lengths = {
        (year, month): month_length(year, month)
        for year in range(1, 10_000)
        for month in range(1, 13)
    }
    assert lengths == {(year, month): monthrange(year, month)[1] for year, month in lengths}


def test_one_series_holds_every_month_end_of_the_calendar():
    ends = month_series(date.min, 31, 1, 9999 * 12)
    assert ends == [
        date(year, month, monthrange(year, month)[1])
        for year in range(1, 10_000)
        for month in range(1, 13)
    ]
