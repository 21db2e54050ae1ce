"""Between rules of RFC 5545 and days at one distance; it knows no recurrence and gives no days."""

from datetime import date
from typing import Final

import attrs

from milestone_invoicing.errors import RecurrenceError, Words
from milestone_invoicing.timing.months import add_days, day_of_month
from milestone_invoicing.timing.rule_parts import DAILY, MONTHLY, WEEKLY, YEARLY, RuleParts
from milestone_invoicing.timing.short_months import ShortMonths, readings_differ, to_last_days

_WEEK: Final = 7
_MONTHS: Final = 12
_LAST_DAY: Final = 31
_SHORTEST: Final = 28
_NOT_REGULAR: Final = "RecurrenceRule(rule, start) holds it"


@attrs.frozen
class Regular:
    """Days at one distance from the first: so many weeks, or on a day of so many months."""

    first: date
    every: int
    day: int | None  # of the month; None for weeks


def regular_days(parts: RuleParts, start: date, short_months: ShortMonths | None) -> Regular:
    """Return the days of a rule that has them at one distance, the first on *start* or after it.

    Args:
        parts: with those that the start decides.
        start: from which the distances count.
        short_months: said, where it matters.

    Raises:
        RecurrenceError: the days lie at different distances, or some months have none.
        DateRangeError: the first lies after year 9999.
    """
    if short_months is ShortMonths.SKIP and readings_differ(parts, start):
        raise RecurrenceError(
            "a recurrence leaves no month out",
            expected="short_months=ShortMonths.LAST_DAY",
            got=Words(parts),
            hint=_NOT_REGULAR,
        )
    found = _weeks(parts, start) or _months(parts, start)
    if found is None:
        raise RecurrenceError(
            "a rule has its days at more than one distance",
            expected="a weekday or a day of the month, so many weeks, months or years apart",
            got=Words(parts),
            hint=_NOT_REGULAR,
        )
    return found


def _weeks(parts: RuleParts, start: date) -> Regular | None:
    if parts.months or parts.month_days or parts.positions:
        return None
    if parts.freq == DAILY and not parts.weekdays and parts.interval % _WEEK == 0:
        return Regular(start, parts.interval // _WEEK, None)
    weekdays = [weekday for _, weekday in parts.weekdays]
    if parts.freq != WEEKLY or len(weekdays) > 1:
        return None
    weekday = weekdays[0]
    ahead = (weekday - parts.week_start) % _WEEK - (start.weekday() - parts.week_start) % _WEEK
    first = add_days(start, ahead if ahead >= 0 else ahead + _WEEK * parts.interval)
    return Regular(first, parts.interval, None)


def _months(parts: RuleParts, start: date) -> Regular | None:
    day, distance = _day_of_month(parts), _distance(parts, start)
    if day is None or distance is None:
        return None
    every, ahead = distance
    if ahead < 0 or day_of_month(start, day, ahead) < start:
        ahead += every
    return Regular(day_of_month(start, day, ahead), every, day)


def _day_of_month(parts: RuleParts) -> int | None:
    """Return the day of the month that a rule has, the last one where a month lacks it."""
    if parts.weeks or parts.year_days or parts.weekdays or not parts.month_days:
        return None
    if not parts.positions and len(parts.month_days) == 1:
        (day,) = parts.month_days
        return _LAST_DAY if day == -1 else day if day > 0 else None
    up_to = tuple(range(_SHORTEST, _SHORTEST + len(parts.month_days)))
    by_month = parts.freq == MONTHLY or len(parts.months) == 1
    is_last = parts.positions == (-1,) and parts.month_days == up_to
    return up_to[-1] if is_last and by_month else None


def _distance(parts: RuleParts, start: date) -> tuple[int, int] | None:
    """Return how many months lie between two days, and how far ahead the first may be."""
    months = parts.months or range(1, _MONTHS + 1)
    if parts.freq == MONTHLY and not parts.months:
        return parts.interval, 0
    if parts.freq == YEARLY and len(months) == 1:
        return _MONTHS * parts.interval, months[0] - start.month
    every = _MONTHS // len(months)
    evenly = tuple(months) == tuple(range(months[0], months[0] + _MONTHS, every))
    if parts.freq not in {MONTHLY, YEARLY} or parts.interval > 1 or not evenly:
        return None
    return every, (months[0] - start.month) % every


def rule_of_weeks(first: date, every: int) -> RuleParts:
    """Return the rule of a weekday, so many weeks apart."""
    return RuleParts(WEEKLY, every, weekdays=((0, first.weekday()),))


def rule_of_months(first: date, every: int, day: int) -> RuleParts:
    """Return the rule of a day of the month, or the last one, so many months apart.

    Example:
        >>> str(rule_of_months(date(2026, 1, 31), 1, 31))
        'FREQ=MONTHLY;BYMONTHDAY=-1'
    """
    years, left = divmod(every, _MONTHS)
    yearly = RuleParts(YEARLY, years, months=(first.month,), month_days=(day,))
    monthly = RuleParts(MONTHLY, every, month_days=(day,))
    return to_last_days(monthly if left else yearly, first)
