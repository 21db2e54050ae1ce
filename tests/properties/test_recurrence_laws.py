"""The laws of recurrences: counted from the start, without drift, each stretch meets the next."""

import contextlib
from datetime import date, timedelta
from itertools import count, pairwise

import attrs
from dateutil.relativedelta import relativedelta
from hypothesis import assume, example, given
from hypothesis import strategies as st

from milestone_invoicing import Period, Recurrence, RecurrenceUnit
from milestone_invoicing.errors import DateRangeError
from tests.properties.agreements import days
from tests.properties.dates import ONE_DAY, recurrences

WEEKS = RecurrenceUnit.WEEKS
ENOUGH = 60  # weeks: more than 400 days
times = st.integers(1, 40)
near = st.integers(-400, 400).map(timedelta)  # of a start
last_starts = st.dates(date(9996, 1, 1)) | st.dates(date(9999, 11, 20))


def listed(endless: Recurrence, times: int) -> tuple[date, ...]:
    return attrs.evolve(endless, times=times).dates()


def counted(endless: Recurrence, number: int) -> date:
    """Return the day after so many steps from the start, as dateutil counts."""
    if endless.unit is WEEKS:
        return endless.start + relativedelta(weeks=number * endless.every)
    day = endless.start.day if endless.day is None else endless.day
    return endless.start + relativedelta(months=number * endless.every, day=day)


@given(recurrences(days()), times)
@example(Recurrence(date(2028, 1, 31)), 14)
@example(Recurrence(date(2028, 2, 29), 12), 9)
@example(Recurrence(date(2026, 2, 28), day=31), 14)
@example(Recurrence(date(2026, 12, 31), 1, WEEKS), 3)
def test_each_day_is_counted_from_the_start(endless: Recurrence, times: int):
    assert listed(endless, times) == tuple(counted(endless, n) for n in range(times))


@given(recurrences(days()), times)
def test_days_begin_with_the_start_and_rise(endless: Recurrence, times: int):
    dates = listed(endless, times)
    assert (dates[0], len(dates)) == (endless.start, times)
    assert list(dates) == sorted(set(dates))
    assert all(type(day) is date for day in dates)


@given(recurrences(days()), times)
def test_days_of_weeks_lie_whole_weeks_apart(endless: Recurrence, times: int):
    assume(endless.unit is WEEKS)
    dates = listed(endless, times)
    gaps = {later - day for day, later in pairwise(dates)}
    assert gaps <= {timedelta(7 * endless.every)}


@given(recurrences(days()), times)
def test_times_and_until_agree(endless: Recurrence, times: int):
    *dates, beyond = listed(endless, times + 1)
    for until in (dates[-1], beyond - ONE_DAY):
        assert list(attrs.evolve(endless, until=until).dates()) == dates
    assert [*attrs.evolve(endless, until=beyond).dates()] == [*dates, beyond]


@given(recurrences(days()), times, near, near)
@example(Recurrence(date(2026, 1, 31)), 3, timedelta(28), timedelta(28))
def test_what_lies_between_two_days_are_the_days_from_one_to_the_other(
    endless: Recurrence, times: int, one: timedelta, other: timedelta
):
    first, last = endless.start + one, endless.start + other

    def within(dates: tuple[date, ...]) -> tuple[date, ...]:
        return tuple(day for day in dates if first <= day <= last)

    bounded = attrs.evolve(endless, times=times)
    assert endless.between(first, last) == within(listed(endless, ENOUGH))
    assert bounded.between(first, last) == within(bounded.dates())


@given(recurrences(days()), times, near)
@example(Recurrence(date(2026, 1, 31)), 2, timedelta(28))
@example(Recurrence(date(2026, 1, 31), 14), 2, timedelta(0))
def test_the_next_day_is_the_least_of_the_later_ones(
    endless: Recurrence, times: int, wait: timedelta
):
    asked = endless.start + wait
    bounded = attrs.evolve(endless, times=times)
    until = attrs.evolve(endless, until=bounded.dates()[-1])
    assert endless.next_after(asked) == min(d for d in listed(endless, ENOUGH) if d > asked)
    later = min((day for day in bounded.dates() if day > asked), default=None)
    assert bounded.next_after(asked) == until.next_after(asked) == later


@given(recurrences(days()), times)
def test_periods_start_on_the_days_and_meet(endless: Recurrence, times: int):
    bounded = attrs.evolve(endless, times=times)
    periods = bounded.periods()
    assert tuple(period.start for period in periods) == bounded.dates()
    assert tuple(period.end for period in periods) == listed(endless, times + 1)[1:]
    until = attrs.evolve(endless, until=periods[-1].last)
    assert until.periods() == periods


@given(recurrences(days()), times, near)
@example(Recurrence(date(2026, 1, 31)), 1, timedelta(27))
@example(Recurrence(date(2026, 1, 31)), 1, timedelta(28))
@example(Recurrence(date(2026, 1, 31)), 1, timedelta(-1))
def test_the_period_of_a_day_is_the_one_that_holds_it(
    endless: Recurrence, times: int, wait: timedelta
):
    asked = endless.start + wait
    bounded = attrs.evolve(endless, times=times)
    holding = [period for period in bounded.periods() if asked in period]
    assert [period for period in [bounded.period_of(asked)] if period is not None] == holding
    assert (endless.period_of(asked) is None) == (asked < endless.start)


@given(recurrences(last_starts), times)
@example(Recurrence(date(9999, 12, 25), 1, WEEKS), 2)  # a Saturday, and so is 10000-01-01
@example(Recurrence(date(9999, 12, 31), 1, WEEKS), 2)
@example(Recurrence(date(9999, 12, 31)), 2)
def test_the_end_of_the_calendar_gives_days_or_our_error(endless: Recurrence, times: int):
    left = endless.between(endless.start, date.max)
    expected: list[date] = []
    with contextlib.suppress(OverflowError, ValueError):  # dateutil has no date to return
        for number in count():
            expected.append(counted(endless, number))  # noqa: PERF401  # what was found until the error counts
    assert list(left) == expected
    bounded = attrs.evolve(endless, times=times)
    dates: tuple[date, ...] = ()
    with contextlib.suppress(DateRangeError):
        dates = bounded.dates()
    assert dates == (left[:times] if times <= len(left) else ())


@given(recurrences(last_starts), st.dates(date(9995, 1, 1)))
@example(Recurrence(date(9999, 12, 11), 1, WEEKS), date(9999, 12, 24))
@example(Recurrence(date(9999, 12, 31)), date.max)
def test_at_the_end_of_the_calendar_there_is_a_next_day_or_none(endless: Recurrence, asked: date):
    later = [day for day in endless.between(endless.start, date.max) if day > asked]
    assert endless.next_after(asked) == (later[0] if later else None)


@given(recurrences(last_starts), st.dates(date(9995, 1, 1)))
@example(Recurrence(date(9999, 12, 25), 1, WEEKS), date.max)
@example(Recurrence(date(9999, 12, 1)), date.max)
def test_at_the_end_of_the_calendar_there_is_a_period_none_or_our_error(
    endless: Recurrence, asked: date
):
    starts = endless.between(endless.start, date.max)
    found: Period | None = None
    try:
        found = endless.period_of(asked)
    except DateRangeError:
        assert asked >= starts[-1]
    else:
        assert (found is None) == (asked < endless.start)
    assert found is None or asked in found
