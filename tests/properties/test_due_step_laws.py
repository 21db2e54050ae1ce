"""The steps that look for a day, against searches so slow that nothing in them can be wrong."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st

from milestone_invoicing import (
    BusinessCalendar,
    EndOfMonth,
    NextDayOfMonth,
    Period,
    Proximo,
    SameDay,
    Season,
    SkipClosedPeriods,
)
from milestone_invoicing.errors import CalendarRangeError
from milestone_invoicing.timing.periods import Closure
from tests.properties.agreements import days
from tests.properties.dates import (
    LEAP_YEAR,
    ONE_DAY,
    closures,
    each_same_day,
    payment_days,
    periods,
    seasons,
)

YEARS = (2026, 2028)
all_days = days() | st.dates(date(1, 1, 1), date(9990, 12, 31))


def is_month_end(day: date) -> bool:
    return (day + ONE_DAY).day == 1


def is_payment_day(day: date, wanted: set[int]) -> bool:
    """Say whether it is one of the days, or the last for one that the month lacks."""
    return day.day in wanted or (is_month_end(day) and any(day.day < each for each in wanted))


def days_of(season: Season) -> set[tuple[int, int]]:
    """Walk through a leap year from the first day to the last, over the new year if need be."""
    first = LEAP_YEAR.index(date(2000, season.first_month, season.first_day))
    held: set[tuple[int, int]] = set()
    for day in LEAP_YEAR[first:] + LEAP_YEAR[:first]:
        held.add((day.month, day.day))
        if (day.month, day.day) == (season.last_month, season.last_day):
            break
    return held


def holds(closure: Closure, day: date) -> bool:
    if isinstance(closure, Period):
        return closure.start <= day and not closure.end <= day
    return (day.month, day.day) in days_of(closure)


@given(all_days, payment_days(), each_same_day)
@example(date(2028, 2, 29), {29, 31}, SameDay.MOVE)
@example(date(2027, 2, 28), {28, 31}, SameDay.MOVE)
@example(date(2026, 12, 31), {31}, SameDay.MOVE)
def test_the_next_day_of_some_is_the_first_a_search_meets(
    start: date, wanted: set[int], same_day: SameDay
):
    found = start if same_day is SameDay.STAY else start + ONE_DAY
    while not is_payment_day(found, wanted):
        found += ONE_DAY
    assert NextDayOfMonth(wanted, same_day).apply(start) == found


@given(all_days, payment_days(), st.randoms(use_true_random=False))
def test_payment_days_forget_their_order(start: date, wanted: set[int], random):
    shuffled = sorted(wanted)
    random.shuffle(shuffled)
    assert NextDayOfMonth(shuffled) == NextDayOfMonth(wanted)
    assert hash(NextDayOfMonth(shuffled)) == hash(NextDayOfMonth(wanted))


@given(all_days, each_same_day)
def test_a_month_end_is_the_next_31st(start: date, same_day: SameDay):
    assert EndOfMonth(0, same_day).apply(start) == NextDayOfMonth([31], same_day).apply(start)


@given(all_days, st.integers(-3, 3))
@example(date(2028, 2, 29), 0)
@example(date(2026, 12, 31), -1)
def test_a_month_end_that_moves_is_that_of_the_day_after(start: date, months: int):
    assert EndOfMonth(months, SameDay.MOVE).apply(start) == EndOfMonth(months).apply(
        start + ONE_DAY if is_month_end(start) else start
    )


@given(all_days, st.integers(1, 31), st.integers(-30, 31))
@example(date(2028, 2, 26), 31, -3)
@example(date(2028, 2, 27), 31, -3)
@example(date(2026, 2, 1), 20, -30)
@example(date(2026, 2, 28), 20, 31)
def test_proximo_is_the_next_month_up_to_the_cutoff_and_the_one_after_it_later(
    start: date, due_day: int, cutoff_day: int
):
    if cutoff_day > 0:
        late = start.day > cutoff_day
    else:
        month_end = date(start.year, start.month, monthrange(start.year, start.month)[1])
        late = start > month_end - timedelta(-cutoff_day)
    expected = start + relativedelta(months=2 if late else 1, day=due_day)
    assert Proximo(due_day, cutoff_day).apply(start) == expected


@given(all_days, closures())
@example(date(2026, 12, 24), [Period(date(2027, 1, 3), date(2027, 1, 9)), Season(12, 24, 1, 2)])
@example(date(2027, 1, 3), [Season(1, 5, 1, 6), Period(date(2027, 1, 3), date(2027, 1, 5))])
def test_closed_periods_are_walked_through_day_by_day(start: date, closed: list[Closure]):
    opened = start
    while any(holds(closure, opened) for closure in closed):
        opened += ONE_DAY
    assert SkipClosedPeriods(closed).apply(start) == opened


@given(all_days, closures())
def test_an_open_day_stays_open(start: date, closed: list[Closure]):
    step = SkipClosedPeriods(closed)
    opened = step.apply(start)
    assert step.apply(opened) == opened


@given(all_days, closures(), st.randoms(use_true_random=False))
def test_the_order_of_closed_periods_means_nothing(start: date, closed: list[Closure], random):
    shuffled = list(closed)
    random.shuffle(shuffled)
    assert SkipClosedPeriods(shuffled).apply(start) == SkipClosedPeriods(closed).apply(start)


@given(seasons(), all_days)
@example(Season(2, 29, 2, 29), date(2028, 2, 29))
@example(Season(12, 31, 1, 1), date(2028, 12, 31))
def test_a_season_holds_the_days_between_its_ends_every_year(season: Season, day: date):
    assert (day in season) == ((day.month, day.day) in days_of(season))


@given(seasons(), st.integers(1, 9999))
def test_a_season_holds_its_ends_in_every_year_that_has_them(season: Season, year: int):
    ends = [(season.first_month, season.first_day), (season.last_month, season.last_day)]
    for month, day in ends:
        if day <= monthrange(year, month)[1]:
            assert date(year, month, day) in season


@given(periods(), days())
def test_a_period_holds_as_many_days_as_it_says(period: Period, day: date):
    held = [period.start + timedelta(n) for n in range(period.days)]
    assert (day in period) == (day in held)
    assert held[-1] == period.last
    assert Period.through(period.start, period.last) == period


@given(st.sets(days()), st.sets(st.integers(0, 6), max_size=6), days())
@example(set(), set(), date(2025, 12, 31))
@example({date(2026, 1, 1)}, set(), date(2026, 1, 1))
@example({date(2028, 12, 31)}, set(), date(2028, 12, 31))
@example(set(), set(), date(2029, 1, 1))
def test_a_calendar_from_a_container_is_the_plain_one_inside_its_years(
    holidays: set[date], weekend: set[int], day: date
):
    read = BusinessCalendar.from_container(holidays, *YEARS, weekend=weekend)
    if YEARS[0] <= day.year <= YEARS[1]:
        assert read.is_business_day(day) == BusinessCalendar(weekend, holidays).is_business_day(day)
    else:
        with pytest.raises(CalendarRangeError, match=f"^{day} lies outside the years"):
            read.is_business_day(day)
