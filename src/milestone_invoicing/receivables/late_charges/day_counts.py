"""How long a year the days of interest are a part of; it knows no rates and no invoices."""

from calendar import isleap
from collections.abc import Callable
from datetime import date
from enum import unique
from fractions import Fraction
from typing import Final

from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing._worded import Worded
from milestone_invoicing.errors import NumberRangeError
from milestone_invoicing.money import Money, Percent, Rounding

_DAYS_OF_A_MONTH: Final = 30


@unique
class DayCount(Worded):
    """What part of a year some days are; the first day is excluded, the last included.

    ACTUAL_365: each day is 1/365, in leap years too. ACTUAL_360: each day is 1/360. ACTUAL_ACTUAL:
    each day is 1/365, and in a leap year 1/366; a day belongs to the year of its own date.
    THIRTY_360: every month is 1/12 and every day of it 1/360; the 31st adds nothing, and the last
    day of February counts by its date (30E/360).

    All four are differences of one number per day, so the parts of a stretch sum to the whole.
    """

    ACTUAL_365 = "actual/365"
    ACTUAL_360 = "actual/360"
    ACTUAL_ACTUAL = "actual/actual"
    THIRTY_360 = "30/360"

    def years(self, since: date, until: date) -> Fraction:
        """Return the exact part of a year after *since* up to *until*, that day included.

        Raises:
            DateTypeError: a day is not a plain date.
            NumberRangeError: *until* comes before *since*.

        Example:
            >>> due, paid = date(2027, 12, 31), date(2028, 1, 30)
            >>> for count in DayCount:
            ...     print(count, count.years(due, paid))
            actual/365 6/73
            actual/360 1/12
            actual/actual 5/61
            30/360 1/12

        Source: actual/365 fixed, actual/360 and 30E/360 of the ISDA definitions, section 4.16; by
        that section actual/actual counts the first day and not the last.
        """
        require_date(since, "since")
        require_date(until, "until")
        if until < since:
            raise NumberRangeError(
                "interest ends before it starts", expected=f"{since} or later", got=until
            )
        reached = _REACHED[self]
        return reached(until) - reached(since)


def _actual(days: int) -> Callable[[date], Fraction]:
    return lambda day: Fraction(day.toordinal(), days)


def _by_calendar_year(day: date) -> Fraction:
    return day.year + Fraction(day.timetuple().tm_yday, 366 if isleap(day.year) else 365)


def _by_equal_months(day: date) -> Fraction:
    months = day.year * 12 + day.month
    return Fraction(months * _DAYS_OF_A_MONTH + min(day.day, _DAYS_OF_A_MONTH), 360)


_REACHED: Final = {
    DayCount.ACTUAL_365: _actual(365),
    DayCount.ACTUAL_360: _actual(360),
    DayCount.ACTUAL_ACTUAL: _by_calendar_year,
    DayCount.THIRTY_360: _by_equal_months,
}


def simple_interest(
    amount: Money,
    percent: Percent,
    *,
    since: date,
    until: date,
    rounding: Rounding,
    day_count: DayCount = DayCount.ACTUAL_365,
) -> Money:
    """Return the interest of one amount at one yearly rate over some days, rounded once.

    The day *since* bears none, the day *until* does: so they are the due date and the day of the
    payment. Interest bears no interest. A negative amount has the negated interest.

    Args:
        amount: what bears the interest.
        percent: for a year.
        since: the day after which interest runs.
        until: the last day of interest.
        rounding: how to reach whole minor units.
        day_count: what part of a year the days are.

    Raises:
        NumberRangeError: *until* comes before *since*.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> str(
        ...     simple_interest(
        ...         Money.of(5000, "EUR"),
        ...         Percent("12.25"),
        ...         since=date(2026, 5, 31),
        ...         until=date(2026, 9, 9),
        ...         rounding=Rounding.HALF_UP,
        ...     )
        ... )
        'EUR 169.49'

    Source: amount x rate x days / days of a year; convention of this library.
    """
    require_type(amount, Money, "the amount")
    require_type(percent, Percent, "the yearly percentage")
    require_type(day_count, DayCount, "the day count")
    require_type(rounding, Rounding, "rounding")
    years = day_count.years(since, until)
    return amount.times(percent.fraction * years, rounding=rounding)
