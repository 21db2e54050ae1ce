"""How a date steps over months and to month ends; it knows no rules and no clock.

Steps clamp: a day that the month does not have becomes its last day. Years 1 to 9999 are
what a date can hold; a step beyond raises.
"""

from calendar import monthrange
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from milestone_invoicing._checks import require_date
from milestone_invoicing.errors import DateRangeError


def add_days(start: date, days: int) -> date:
    """Return the day *days* after *start* (before it, where negative).

    Units: calendar days; zero stays on *start*.

    Raises:
        DateTypeError: *start* is not a plain date.
        DateRangeError: the result lies outside years 1 to 9999.

    Example:
        >>> add_days(date(2028, 2, 28), 1)
        datetime.date(2028, 2, 29)

    Source: the proleptic Gregorian calendar of ``datetime``.
    """
    require_date(start, "the day")
    try:
        return start + timedelta(days=days)
    except OverflowError:
        raise _out_of_range(start, "days", days) from None


def add_months(start: date, months: int) -> date:
    """Return the same day *months* later, or the last day of a shorter month.

    Units: calendar months; zero stays on *start*.

    Raises:
        DateTypeError: *start* is not a plain date.
        DateRangeError: the result lies outside years 1 to 9999.

    Example:
        >>> add_months(date(2027, 1, 31), 1), add_months(date(2027, 1, 31), 2)
        (datetime.date(2027, 2, 28), datetime.date(2027, 3, 31))

    Source: ``dateutil.relativedelta``, which clamps.
    """
    require_date(start, "the day")
    try:
        return start + relativedelta(months=months)
    except (OverflowError, ValueError):
        raise _out_of_range(start, "months", months) from None


def end_of_month(day: date) -> date:
    """Return the last day of the month of *day*.

    Example:
        >>> end_of_month(date(2028, 2, 1))
        datetime.date(2028, 2, 29)

    Source: the proleptic Gregorian calendar of ``datetime``.
    """
    return day.replace(day=monthrange(day.year, day.month)[1])


def _out_of_range(start: date, unit: str, distance: int) -> DateRangeError:
    """Return the error; the distance may be too long to print, so only ``got`` shows it."""
    return DateRangeError(
        f"a step of {unit} from {start} leads to no date",
        expected="a step that stays within the years 1 to 9999",
        got=distance,
    )
