"""Days that come back: every week, every month on the 31st, so many times or until a date."""

from collections.abc import Sequence
from datetime import date
from enum import unique
from itertools import islice
from typing import Final, Self

import attrs

from milestone_invoicing._checks import (
    require_date,
    require_int,
    require_optional_date,
    require_type,
)
from milestone_invoicing._worded import Worded
from milestone_invoicing.errors import DateRangeError, NumberRangeError, RecurrenceError, Words
from milestone_invoicing.timing.months import day_of_month, month_series
from milestone_invoicing.timing.periods import Period
from milestone_invoicing.timing.regular_rules import regular_days, rule_of_months, rule_of_weeks
from milestone_invoicing.timing.rule_parts import read_rule
from milestone_invoicing.timing.short_months import ShortMonths, require_said

_LAST_DAY: Final = 31
_WEEK: Final = 7
_MONTHS: Final = 12
_QUARTER: Final = 3


@unique
class RecurrenceUnit(Worded):
    """What a recurrence counts: weeks or months."""

    WEEKS = "weeks"
    MONTHS = "months"


@attrs.frozen
class Recurrence:
    """Days at a regular distance, such as the billing days of a retainer.

    Each is counted from the first, never from the one before: monthly from the 31st gives the
    last day of every shorter month, and the 31st again where there is one.

    Args:
        start: the first day.
        every: how many units lie between two days, one or more.
        unit: weeks or months.
        day: for months, the day of the month aimed at, 31 for the last; by default that of *start*.
        times: how many days in all; None is endless, unless there is *until*.
        until: the last day that may still be one of them.

    Raises:
        DateTypeError: a date is not a plain date.
        NumberTypeError, NumberRangeError: a number is not an int, or out of its range.
        WrongTypeError: *unit* is no ``RecurrenceUnit``.
        RecurrenceError: *start* is not on *day*, *day* goes with weeks, or both *times* and
            *until* are given, or *until* is before *start*.

    Example:
        >>> monthly = Recurrence.monthly(date(2026, 1, 31), times=3)
        >>> [str(day) for day in monthly.dates()]
        ['2026-01-31', '2026-02-28', '2026-03-31']

    Source: convention of this library; a rule of RFC 5545 on day 31 leaves the short months out,
    see ``from_rrule``.
    """

    start: date
    every: int = 1
    unit: RecurrenceUnit = RecurrenceUnit.MONTHS
    day: int | None = attrs.field(default=None, kw_only=True)
    times: int | None = attrs.field(default=None, kw_only=True)
    until: date | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part, then whether they fit together."""
        require_date(self.start, "the start of a recurrence")
        require_int(self.every, "the distance of a recurrence", at_least=1)
        require_type(self.unit, RecurrenceUnit, "the unit of a recurrence")
        self._check_day()
        self._check_end()

    def _check_day(self) -> None:
        if self.day is None:
            return
        require_int(self.day, "the day of the month", at_least=1)
        if self.day > _LAST_DAY:
            raise NumberRangeError(
                "the day of the month is too large", expected="1 to 31", got=self.day
            )
        if self.unit is not RecurrenceUnit.MONTHS:
            raise RecurrenceError(
                "a recurrence over weeks has no day of the month", expected="None", got=self.day
            )
        expected = day_of_month(self.start, self.day)
        if self.start != expected:
            raise RecurrenceError(
                f"a recurrence on day {self.day} starts on another day",
                expected=f"{expected}, or that day of another month",
                got=self.start,
            )

    def _check_end(self) -> None:
        require_optional_date(self.until, "until")
        if self.times is not None:
            require_int(self.times, "times", at_least=1)
            if self.until is not None:
                raise RecurrenceError(
                    "a recurrence has two ends",
                    expected="a number of times or a last date",
                    got=Words(f"{self.times} times and until {self.until}"),
                )
        if self.until is not None and self.until < self.start:
            raise RecurrenceError(
                "a recurrence ends before it starts",
                expected=f"{self.start} or later",
                got=self.until,
            )

    @classmethod
    def weekly(cls, start: date, *, times: int | None = None, until: date | None = None) -> Self:
        """Return the days a week apart.

        Raises:
            As the constructor.

        Example:
            >>> str(Recurrence.weekly(date(2026, 5, 4), times=2).dates()[-1])
            '2026-05-11'
        """
        return cls(start, 1, RecurrenceUnit.WEEKS, times=times, until=until)

    @classmethod
    def two_weekly(
        cls, start: date, *, times: int | None = None, until: date | None = None
    ) -> Self:
        """Return the days two weeks apart.

        Raises:
            As the constructor.

        Example:
            >>> str(Recurrence.two_weekly(date(2026, 5, 4), times=2).dates()[-1])
            '2026-05-18'
        """
        return cls(start, 2, RecurrenceUnit.WEEKS, times=times, until=until)

    @classmethod
    def monthly(
        cls,
        start: date,
        *,
        day: int | None = None,
        times: int | None = None,
        until: date | None = None,
    ) -> Self:
        """Return the days a month apart.

        Raises:
            As the constructor.

        Example:
            >>> ends = Recurrence.monthly(date(2026, 2, 28), day=31, times=2)
            >>> str(ends.dates()[-1])
            '2026-03-31'
        """
        return cls(start, 1, day=day, times=times, until=until)

    @classmethod
    def quarterly(
        cls,
        start: date,
        *,
        day: int | None = None,
        times: int | None = None,
        until: date | None = None,
    ) -> Self:
        """Return the days three months apart.

        Raises:
            As the constructor.

        Example:
            >>> str(Recurrence.quarterly(date(2025, 11, 30), times=2).dates()[-1])
            '2026-02-28'
        """
        return cls(start, _QUARTER, day=day, times=times, until=until)

    @classmethod
    def yearly(
        cls,
        start: date,
        *,
        day: int | None = None,
        times: int | None = None,
        until: date | None = None,
    ) -> Self:
        """Return the days a year apart.

        Raises:
            As the constructor.

        Example:
            >>> str(Recurrence.yearly(date(2024, 2, 29), times=2).dates()[-1])
            '2025-02-28'
        """
        return cls(start, _MONTHS, day=day, times=times, until=until)

    @classmethod
    def from_rrule(cls, rule: str, *, start: date, short_months: ShortMonths | None = None) -> Self:
        """Return the days of a rule of RFC 5545, where they lie at one distance.

        That is one weekday or one day of the month, every so many weeks, months or years. COUNT
        and UNTIL become *times* and *until*; without them it is endless.

        Args:
            rule: such as ``FREQ=MONTHLY;BYMONTHDAY=31``.
            start: the day from which the rule counts. It is one of the days only if the rule has
                it, as ``dateutil`` reads it; the recurrence starts on the first that is.
            short_months: what months without the day of the rule do, if there are any. SKIP is
                no recurrence of this kind, but ``RecurrenceRule`` knows it.

        Raises:
            RecurrenceError: no rule of whole days, one of which *short_months* has to be said, one
                without a day by its UNTIL, or one that only ``RecurrenceRule`` holds.
            DateTypeError: *start* is not a plain date.
            BlankTextError, TextTooLongError, WrongTypeError: the rule is no text or too long, or
                *short_months* no member.
            DateRangeError: the first day lies after year 9999.

        Example:
            >>> ends = Recurrence.from_rrule(
            ...     "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2",
            ...     start=date(2026, 1, 31),
            ...     short_months=ShortMonths.LAST_DAY,
            ... )
            >>> [str(day) for day in ends.dates()]
            ['2026-01-31', '2026-02-28']

        Source: RFC 5545, section 3.3.10.
        """
        require_date(start, "the start of a rule")
        parts = read_rule(rule).from_start(start)
        require_said(parts, start, short_months)
        found = regular_days(parts, start, short_months)
        return cls(
            found.first,
            found.every,
            RecurrenceUnit.WEEKS if found.day is None else RecurrenceUnit.MONTHS,
            day=None if found.day == found.first.day else found.day,
            times=parts.count,
            until=parts.until,
        )

    def to_rrule(self) -> str:
        """Return the rule of RFC 5545 that has these days, counted from *start*.

        Where months lack the day it says their last one in a way that every engine reads alike.

        Example:
            >>> Recurrence.quarterly(date(2026, 1, 30), times=4).to_rrule()
            'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=30;COUNT=4'
            >>> Recurrence.monthly(date(2026, 1, 30)).to_rrule()
            'FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1'

        Source: RFC 5545, section 3.3.10.
        """
        if self.unit is RecurrenceUnit.WEEKS:
            parts = rule_of_weeks(self.start, self.every)
        else:
            parts = rule_of_months(self.start, self.every, self.day or self.start.day)
        return str(attrs.evolve(parts, count=self.times, until=self.until))

    def dates(self) -> tuple[date, ...]:
        """Return all the days, in order.

        Raises:
            RecurrenceError: it is endless.
            DateRangeError: they go beyond year 9999.

        Example:
            >>> len(Recurrence.weekly(date(2026, 1, 1), until=date(2026, 12, 31)).dates())
            53
        """
        if self.times is None and self.until is None:
            raise RecurrenceError(
                "an endless recurrence has no last day",
                expected="a recurrence with times or until",
                got=self,
                hint="ask for a stretch of it with between(first, last)",
            )
        found = tuple(self._up_to(date.max))
        if self.times is not None and len(found) < self.times:
            raise self._beyond(found[-1])
        return found

    def between(self, first: date, last: date) -> tuple[date, ...]:
        """Return the days from *first* to *last*, both counted in; none where they cross.

        Raises:
            DateTypeError: a date is not a plain date.

        Example:
            >>> endless = Recurrence.monthly(date(2026, 1, 31))
            >>> [str(day) for day in endless.between(date(2027, 2, 1), date(2027, 3, 31))]
            ['2027-02-28', '2027-03-31']
        """
        require_date(first, "first")
        require_date(last, "last")
        return tuple(day for day in self._up_to(last) if day >= first)

    def next_after(self, day: date) -> date | None:
        """Return the first of its days after *day*; None if there is none.

        Raises:
            DateTypeError: *day* is not a plain date.

        Example:
            >>> str(Recurrence.monthly(date(2026, 1, 31)).next_after(date(2026, 2, 28)))
            '2026-03-31'
        """
        require_date(day, "the day")
        return next((found for found in self._up_to(self._soon_after(day)) if found > day), None)

    def periods(self) -> tuple[Period, ...]:
        """Return the stretch that each of the days begins: up to where the next would be.

        Raises:
            RecurrenceError: it is endless.
            DateRangeError: they go beyond year 9999.

        Example:
            >>> [str(p) for p in Recurrence.monthly(date(2026, 1, 31), times=2).periods()]
            ['2026-01-31 to 2026-02-27', '2026-02-28 to 2026-03-30']
        """
        starts = self.dates()
        more = attrs.evolve(self, times=len(starts) + 1, until=None)._up_to(date.max)  # noqa: SLF001  # of this class
        if len(more) == len(starts):
            raise self._beyond(starts[-1])
        return tuple(map(Period, starts, more[1:]))

    def period_of(self, day: date) -> Period | None:
        """Return the stretch in which *day* lies; None if none of the days begins one.

        Raises:
            DateTypeError: *day* is not a plain date.
            DateRangeError: its end lies after year 9999.

        Example:
            >>> str(Recurrence.monthly(date(2026, 1, 31)).period_of(date(2026, 3, 1)))
            '2026-02-28 to 2026-03-30'
        """
        require_date(day, "the day")
        started = len(self._up_to(day))
        if not started:
            return None
        upto = attrs.evolve(self, times=started, until=None).periods()[-1]
        return upto if day in upto else None

    def _beyond(self, last: date) -> DateRangeError:
        return DateRangeError(
            "a recurrence goes beyond the last date",
            expected="days within the years 1 to 9999",
            got=Words(f"a day after {last}"),
        )

    def _soon_after(self, day: date) -> date:
        """Return a day so far after *day* that a distance lies between, if there is one."""
        try:
            return day_of_month(max(day, self.start), _LAST_DAY, self.every)
        except DateRangeError:
            return date.max

    def _up_to(self, last: date) -> Sequence[date]:
        """Return the days in order, none after *last*, within the bounds of the recurrence."""
        last = last if self.until is None else min(last, self.until)
        if last < self.start:
            return ()
        return self._weeks(last) if self.unit is RecurrenceUnit.WEEKS else self._months(last)

    def _weeks(self, last: date) -> Sequence[date]:
        days = range(self.start.toordinal(), last.toordinal() + 1, _WEEK * self.every)
        return [date.fromordinal(day) for day in islice(days, self.times)]

    def _months(self, last: date) -> Sequence[date]:
        wanted = self.start.day if self.day is None else self.day
        months = (last.year - self.start.year) * _MONTHS + last.month - self.start.month
        if last.day < wanted and last < day_of_month(last, wanted):
            months -= 1
        count = months // self.every + 1
        count = count if self.times is None else min(count, self.times)
        return month_series(self.start, wanted, self.every, count)
