"""Into which week or month a day of a forecast falls, or where outside; it knows no money."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import unique
from typing import TypeAlias

from milestone_invoicing._worded import Worded
from milestone_invoicing.timing import Period
from milestone_invoicing.timing.months import end_of_month, end_of_week


@unique
class ForecastPeriod(Worded):
    """How long the periods of a forecast are: weeks from Monday to Sunday, or calendar months."""

    WEEK = "week"
    MONTH = "month"


@unique
class Outside(Worded):
    """Where money of a forecast stands that falls into none of its periods.

    OVERDUE: its day is past. BEYOND: it comes after the last day. UNDATED: it has no day yet.
    """

    OVERDUE = "overdue"
    BEYOND = "beyond"
    UNDATED = "undated"


Slot: TypeAlias = Period | Outside


def slots_of(as_of: date, until: date, unit: ForecastPeriod) -> tuple[Slot, ...]:
    """Return overdue, the periods from one day to another, beyond and undated, in this order."""
    return (Outside.OVERDUE, *_periods(as_of, until, unit), Outside.BEYOND, Outside.UNDATED)


def _periods(start: date, until: date, unit: ForecastPeriod) -> Iterator[Period]:
    """Yield the weeks or months; the first begins on *start*, the last ends with *until*."""
    while True:
        last = _last_day(start, until, unit)
        yield Period.through(start, last)
        if last == until:
            return
        start = last + timedelta(1)


def _last_day(day: date, until: date, unit: ForecastPeriod) -> date:
    """Return the last day of the week or month of *day*, or *until* if that is within it."""
    if unit is ForecastPeriod.MONTH:
        return min(end_of_month(day), until)
    # The last week of the calendar has no Sunday.
    same_week = day.isocalendar()[:2] == until.isocalendar()[:2]
    return until if same_week else end_of_week(day)


def slot_of(day: date | None, slots: Sequence[Slot]) -> Slot:
    """Return where a day falls among the slots of a forecast, which are all and in order."""
    if day is None:
        return Outside.UNDATED
    place = bisect_right(slots, day, 1, len(slots) - 2, key=_first_day) - 1
    found = slots[place]
    return Outside.BEYOND if isinstance(found, Period) and day >= found.end else found


def _first_day(slot: Slot) -> date:
    """Return the first day of a period; all that is overdue comes before the first."""
    return slot.start if isinstance(slot, Period) else date.min


def is_slot(slot: object, as_of: date, until: date, unit: ForecastPeriod) -> bool:
    """Say whether a value is one of the slots of a forecast, without making them all."""
    if not isinstance(slot, Period):
        return isinstance(slot, Outside)
    first = slot.start
    begins = first == as_of or (as_of < first <= until and _begins(first, unit))
    return begins and slot == Period.through(first, _last_day(first, until, unit))


def _begins(day: date, unit: ForecastPeriod) -> bool:
    """Say whether a week or month begins on a day."""
    return day.day == 1 if unit is ForecastPeriod.MONTH else not day.weekday()
