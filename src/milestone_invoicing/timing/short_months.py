"""What a rule means in months that lack its day; it reads no text and gives no days."""

from datetime import date
from enum import unique
from typing import Final

import attrs

from milestone_invoicing._checks import require_type
from milestone_invoicing._worded import Worded
from milestone_invoicing.errors import RecurrenceError, Words
from milestone_invoicing.timing.rule_parts import MONTHLY, YEARLY, RuleParts

_SHORTEST: Final = 28
_LONGEST: Final = 31


@unique
class ShortMonths(Worded):
    """What a rule on the 31st means in shorter months.

    LAST_DAY: their last day, as ``Recurrence`` counts. SKIP: no day, as RFC 5545 has it.
    """

    LAST_DAY = "last day"
    SKIP = "skip"


def require_short_months(value: object) -> None:
    """Refuse all but a member of ``ShortMonths`` or None."""
    require_type(value, (ShortMonths, type(None)), "short_months")


def require_said(parts: RuleParts, start: date, short_months: ShortMonths | None) -> None:
    """Refuse a rule that the two readings of short months take for different days.

    Raises:
        RecurrenceError: they do, and *short_months* does not say which is meant.
        WrongTypeError: *short_months* is no ``ShortMonths``.
    """
    require_short_months(short_months)
    if short_months is None and readings_differ(parts, start):
        raise RecurrenceError(
            "a rule has a day that some months lack, and people read it in two ways",
            expected="short_months=ShortMonths.LAST_DAY or ShortMonths.SKIP",
            got=Words(parts),
        )


def readings_differ(parts: RuleParts, start: date) -> bool:
    """Say whether it matters to a rule what is done where a month lacks its day.

    Example:
        >>> from milestone_invoicing.timing.rule_parts import read_rule
        >>> start = date(2026, 1, 31)
        >>> readings_differ(read_rule("FREQ=MONTHLY;BYMONTHDAY=31"), start)
        True
        >>> readings_differ(read_rule("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"), start)
        False
    """
    return any(
        {_in_month(day, length) for day in parts.month_days}
        != {day for each in parts.month_days if 1 <= (day := _from_first(each, length)) <= length}
        for length in parts.month_lengths(start)
    )


def _from_first(day: int, length: int) -> int:
    """Return a day of the month that may count back from its end, counted from the first."""
    return day if day > 0 else length + 1 + day


def _in_month(day: int, length: int) -> int:
    return min(max(_from_first(day, length), 1), length)


def to_last_days(parts: RuleParts, start: date) -> RuleParts:
    """Return a rule that says of itself to take the last day where a month lacks its day.

    Raises:
        RecurrenceError: RFC 5545 has no such rule.

    Example:
        >>> from milestone_invoicing.timing.rule_parts import read_rule
        >>> str(to_last_days(read_rule("FREQ=MONTHLY;BYMONTHDAY=30"), date(2026, 1, 30)))
        'FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1'

    Source: RFC 5545, section 3.3.10, in whose rules -1 is the last day of a month.
    """
    if not readings_differ(parts, start):
        return parts
    lacking = {day for day in parts.month_days if abs(day) > _SHORTEST}
    if lacking == {_LONGEST}:
        days = {-1 if day == _LONGEST else day for day in parts.month_days}
        return attrs.evolve(parts, month_days=tuple(sorted(days)))
    monthly = _by_months(parts)
    alone = lacking == {*parts.month_days} and len(lacking) == 1 and min(lacking) > 0
    if not alone or parts.positions or parts.weekdays or monthly is None:
        raise RecurrenceError(
            "no rule says the last day of short months for these days",
            expected="day 31, or one other day alone",
            got=Words(parts),
            hint="short_months=ShortMonths.SKIP leaves such months out",
        )
    return attrs.evolve(
        monthly, month_days=tuple(range(_SHORTEST, max(lacking) + 1)), positions=(-1,)
    )


def _by_months(parts: RuleParts) -> RuleParts | None:
    """Return a rule whose positions are those in a month; None if there is none."""
    if parts.freq == MONTHLY or (parts.freq == YEARLY and len(parts.months) == 1):
        return parts
    if parts.freq == YEARLY and parts.interval == 1:
        return attrs.evolve(parts, freq=MONTHLY)
    return None
