"""Strategies for stretches of days, for the steps that look for a day, and for recurrences."""

from datetime import date, timedelta

from hypothesis import strategies as st

from milestone_invoicing import (
    FixedDate,
    NextDayOfMonth,
    Period,
    Proximo,
    Recurrence,
    RecurrenceUnit,
    SameDay,
    Season,
    SkipClosedPeriods,
)
from milestone_invoicing.timing.months import end_of_month
from milestone_invoicing.timing.periods import Closure

LEAP_YEAR = [date(2000, 1, 1) + timedelta(n) for n in range(366)]
ONE_DAY = timedelta(1)

each_same_day = st.sampled_from(SameDay)


def fixed_dates() -> st.SearchStrategy[FixedDate]:
    """Return dates of any year, those of a few years often among them."""
    return st.builds(FixedDate, st.dates() | st.dates(date(2024, 1, 1), date(2029, 12, 31)))


def periods() -> st.SearchStrategy[Period]:
    """Return periods of up to two months that start in a few years."""
    starts = st.dates(date(2024, 1, 1), date(2029, 12, 31))
    lengths = st.integers(1, 60).map(timedelta)
    return st.builds(lambda start, length: Period(start, start + length), starts, lengths)


def seasons() -> st.SearchStrategy[Season]:
    """Return seasons of up to 101 days; three of them leave a day open, as any year has more."""

    def season(first: int, length: int) -> Season:
        one, other = LEAP_YEAR[first], LEAP_YEAR[(first + length) % len(LEAP_YEAR)]
        return Season(one.month, one.day, other.month, other.day)

    ends_of_february = st.sampled_from([Season(2, 29, 2, 29), Season(3, 1, 3, 1)])
    return st.builds(season, st.integers(0, 365), st.integers(0, 100)) | ends_of_february


def closures() -> st.SearchStrategy[list[Closure]]:
    """Return up to three periods and seasons; they meet and overlap as they like."""
    return st.lists(periods() | seasons(), max_size=3)


def payment_days() -> st.SearchStrategy[set[int]]:
    """Return some days of the month, the last ones often among them."""
    return st.sets(st.integers(1, 31) | st.integers(28, 31), min_size=1, max_size=4)


def searching_steps() -> st.SearchStrategy[object]:
    """Return steps that look for a day; none of them leads back."""
    return st.one_of(
        st.builds(NextDayOfMonth, payment_days(), each_same_day),
        st.builds(Proximo, st.integers(1, 31), st.integers(-30, 31)),
        st.builds(SkipClosedPeriods, closures()),
    )


@st.composite
def recurrences(draw: st.DrawFn, starts: st.SearchStrategy[date]) -> Recurrence:
    """Return endless recurrences; those from a month end may aim at any later day of the month."""
    start = draw(starts)
    every, unit = draw(st.integers(1, 14)), draw(st.sampled_from(RecurrenceUnit))
    if unit is RecurrenceUnit.WEEKS:
        return Recurrence(start, every, unit)
    last = 31 if start == end_of_month(start) else start.day
    day = draw(st.none() | st.integers(start.day, last))
    return Recurrence(start, every, unit, day=day)
