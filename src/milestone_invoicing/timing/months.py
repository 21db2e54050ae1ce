"""How a date steps over days and months, and where weeks and months end; it knows no rules.

Steps clamp: a day that the month does not have becomes its last day. Years 1 to 9999 are
what a date can hold; a step beyond raises.
"""

from calendar import isleap
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Final

from milestone_invoicing._checks import require_date
from milestone_invoicing.errors import DateRangeError

_MONTHS: Final = 12
_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY: Final = 2
_SUNDAY: Final = 6
_SHORTEST: Final = 28  # days that every month has


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

    Source: convention of this library, as ``dateutil.relativedelta`` clamps.
    """
    require_date(start, "the day")
    return _ahead(start, months, start.day)


def day_of_month(start: date, day: int, months: int = 0) -> date:
    """Return *day* of the month that lies *months* after that of *start*, or its last day.

    Units: *day* counts from 1, and 31 is the last day of every month.

    Raises:
        DateTypeError: *start* is not a plain date.
        DateRangeError: the result lies outside years 1 to 9999.

    Example:
        >>> day_of_month(date(2027, 1, 15), 31, 1)
        datetime.date(2027, 2, 28)

    Source: convention of this library.
    """
    require_date(start, "the day")
    return _ahead(start, months, day)


def month_series(start: date, day: int, every: int, count: int) -> list[date]:
    """Return *day*, or the last one, of *count* months from that of *start* on, *every* months.

    The caller sees to it that no month lies after year 9999.

    Example:
        >>> [str(each) for each in month_series(date(2027, 1, 1), 31, 1, 3)]
        ['2027-01-31', '2027-02-28', '2027-03-31']
    """
    first = start.year * _MONTHS + start.month - 1
    months = range(first, first + count * every, every)
    if day <= _SHORTEST:
        return [date(month // _MONTHS, month % _MONTHS + 1, day) for month in months]
    # As month_length and min, without their calls, which take longer than making the dates.
    dates: list[date] = []
    for month in months:
        year, index = divmod(month, _MONTHS)
        length = _LENGTHS[index]
        if index == 1 and isleap(year):
            length += 1
        dates.append(date(year, index + 1, day if day < length else length))  # noqa: FURB136  # min() is a call, and due dates are made of this step
    return dates


def end_of_month(day: date) -> date:
    """Return the last day of the month of *day*.

    Raises:
        DateTypeError: *day* is not a plain date.

    Example:
        >>> end_of_month(date(2028, 2, 1))
        datetime.date(2028, 2, 29)

    Source: the proleptic Gregorian calendar of ``datetime``.
    """
    require_date(day, "the day")
    year, month = day.year, day.month
    return date(year, month, month_length(year, month))


def end_of_week(day: date) -> date:
    """Return the Sunday of the week of *day*, which may be the day itself.

    Raises:
        DateTypeError: *day* is not a plain date.
        DateRangeError: that Sunday lies after year 9999.

    Example:
        >>> end_of_week(date(2026, 5, 1)), end_of_week(date(2026, 5, 3))
        (datetime.date(2026, 5, 3), datetime.date(2026, 5, 3))

    Source: ISO 8601, whose weeks run from Monday to Sunday.
    """
    require_date(day, "the day")
    return add_days(day, _SUNDAY - day.weekday())


def month_length(year: int, month: int) -> int:
    """Return how many days a month has.

    Example:
        >>> month_length(2028, 2), month_length(2100, 2)
        (29, 28)
    """
    return 29 if month == _FEBRUARY and isleap(year) else _LENGTHS[month - 1]


def _ahead(start: date, months: int, day: int) -> date:
    year, index = divmod(start.year * _MONTHS + start.month - 1 + months, _MONTHS)
    if not MINYEAR <= year <= MAXYEAR:
        raise _out_of_range(start, "months", months)
    # As month_length, without its call: due dates are made of this step.
    length = 29 if index == 1 and isleap(year) else _LENGTHS[index]
    return date(year, index + 1, day if day < length else length)  # noqa: FURB136  # min() is a call, and due dates are made of this step


def _out_of_range(start: date, unit: str, distance: int) -> DateRangeError:
    """Return the error; the distance may be too long to print, so only ``got`` shows it."""
    return DateRangeError(
        f"a step of {unit} from {start} leads to no date",
        expected="a step that stays within the years 1 to 9999",
        got=distance,
    )
