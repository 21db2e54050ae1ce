"""Stretches of days: from one date up to another, or the same days of every year."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, Self, TypeAlias

import attrs

from milestone_invoicing._checks import require_date, require_int
from milestone_invoicing.errors import NumberRangeError, PeriodError, Words
from milestone_invoicing.timing.months import add_days, month_length

_MONTHS: Final = 12
_LEAP_YEAR: Final = 2000
_LEAP_DAYS: Final = 366
_LEAP_DAY_ONE: Final = date(_LEAP_YEAR, 1, 1).toordinal()


@attrs.frozen
class Period:
    """The days from *start* up to *end*, the end left out; at least one day.

    Args:
        start: the first day.
        end: the day after the last one.

    Raises:
        DateTypeError: a date is not a plain date.
        PeriodError: *end* is not after *start*.

    Example:
        >>> may = Period(date(2026, 5, 1), date(2026, 6, 1))
        >>> may.days, date(2026, 5, 31) in may, date(2026, 6, 1) in may
        (31, True, False)

    Source: convention of this library; half-open, so that periods meet without a gap or overlap.
    """

    start: date
    end: date

    def __attrs_post_init__(self) -> None:
        """Check the dates and their order."""
        require_date(self.start, "the start of a period")
        require_date(self.end, "the end of a period")
        if self.end <= self.start:
            raise PeriodError(
                "a period has no day",
                expected=f"an end after {self.start}",
                got=self.end,
                hint="Period.through(first, last) counts the last day in",
            )

    @classmethod
    def through(cls, first: date, last: date) -> Self:
        """Return the days from *first* to *last*, both counted in.

        Raises:
            DateTypeError: a date is not a plain date.
            PeriodError: *last* is before *first*.
            DateRangeError: *last* is the last day that a date can hold.

        Example:
            >>> Period.through(date(2026, 5, 1), date(2026, 5, 31)).days
            31
        """
        require_date(last, "the last day of a period")
        return cls(first, add_days(last, 1))

    def __str__(self) -> str:
        """Return ``2026-05-01 to 2026-05-31``, both counted in."""
        return f"{self.start} to {self.last}"

    @property
    def last(self) -> date:
        """The last day of it."""
        return self.end - timedelta(1)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    def __contains__(self, day: date) -> bool:
        """Say whether *day* is one of its days.

        Raises:
            DateTypeError: *day* is not a plain date.
        """
        require_date(day, "the day")
        return self.start <= day < self.end

    def first_day_after(self, day: date) -> date:
        """Return *day*, or where it lies in the period the first day after it.

        Raises:
            DateTypeError: *day* is not a plain date.
        """
        return self.end if day in self else day


@attrs.frozen
class Season:
    """The same days of every year, the first and the last counted in; it may span the new year.

    Args:
        first_month: the month of its first day, 1 to 12.
        first_day: the first day, as far as any year has it.
        last_month: the month of its last day.
        last_day: the last day; in a year that lacks 29 February, that of 28 February.

    Raises:
        NumberTypeError, NumberRangeError: a number is no int, or the year has no such day.

    Example:
        >>> winter = Season(12, 24, 1, 2)
        >>> date(2026, 12, 31) in winter, date(2027, 1, 2) in winter, date(2027, 1, 3) in winter
        (True, True, False)

    Source: convention of this library.
    """

    first_month: int
    first_day: int
    last_month: int
    last_day: int

    def __attrs_post_init__(self) -> None:
        """Check that both days are days of a leap year."""
        _require_day_of_year(self.first_month, self.first_day)
        _require_day_of_year(self.last_month, self.last_day)
        if not days_left_open([self]):
            raise PeriodError(
                "a season never ends",
                expected="a year with a day outside the season",
                got=Words(str(self)),
            )

    def __str__(self) -> str:
        """Return ``08-01 to 08-31 of every year``."""
        first = f"{self.first_month:02}-{self.first_day:02}"
        return f"{first} to {self.last_month:02}-{self.last_day:02} of every year"

    @property
    def _first(self) -> tuple[int, int]:
        return self.first_month, self.first_day

    @property
    def _last(self) -> tuple[int, int]:
        return self.last_month, self.last_day

    def __contains__(self, day: date) -> bool:
        """Say whether *day* is one of its days.

        Raises:
            DateTypeError: *day* is not a plain date.
        """
        require_date(day, "the day")
        asked = (day.month, day.day)
        if self._first <= self._last:
            return self._first <= asked <= self._last
        return asked >= self._first or asked <= self._last

    def first_day_after(self, day: date) -> date:
        """Return *day*, or where it lies in the season the first day after it.

        Raises:
            DateTypeError: *day* is not a plain date.
            DateRangeError: that day lies after year 9999.
        """
        while day in self:
            day = add_days(day, 1)
        return day


Closure: TypeAlias = Period | Season


def days_left_open(closures: Iterable[Closure]) -> bool:
    """Say whether the seasons among *closures* leave a day of a leap year open.

    Periods end by themselves; seasons come back, and together may leave no day at all.
    """
    seasons = [closure for closure in closures if isinstance(closure, Season)]
    year = (date.fromordinal(_LEAP_DAY_ONE + day) for day in range(_LEAP_DAYS))
    return any(not any(day in season for season in seasons) for day in year)


def _require_day_of_year(month: int, day: int) -> None:
    require_int(month, "the month of a season", at_least=1)
    require_int(day, "the day of a season", at_least=1)
    if month > _MONTHS:
        raise NumberRangeError("the month of a season is too large", expected="1 to 12", got=month)
    longest = month_length(_LEAP_YEAR, month)
    if day > longest:
        raise NumberRangeError(
            f"month {month} has no such day", expected=f"1 to {longest}", got=day
        )
