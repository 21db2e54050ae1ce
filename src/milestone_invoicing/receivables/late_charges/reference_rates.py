"""What a reference rate was on a day, from a table that the caller gives; no margins, no debts."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import unique
from fractions import Fraction
from itertools import count, pairwise, takewhile
from typing import Final, TypeAlias

import attrs

from milestone_invoicing._checks import items_of, require_date, require_type, tuple_of
from milestone_invoicing._worded import Worded
from milestone_invoicing.errors import RatesError, UnknownRateError, WrongTypeError
from milestone_invoicing.money import Percent
from milestone_invoicing.money.percent import as_percent
from milestone_invoicing.timing.months import add_days, add_months

Points: TypeAlias = Percent | int | str | Decimal | Fraction
"""A percentage, or a number that is taken as one."""

_HALF_YEAR: Final = 6  # months
_FIRST_MONTHS: Final = (1, 7)


@unique
class FixingDay(Worded):
    """Whose rate holds for a whole half-year.

    FIRST_DAY: that of 1 January or 1 July (directive 2011/7/EU, article 2). DAY_BEFORE: that of the
    31 December or 30 June before (United Kingdom).
    """

    FIRST_DAY = "first day"
    DAY_BEFORE = "day before"


def _steps(values: Iterable[tuple[date, Points]]) -> tuple[tuple[date, Percent], ...]:
    pairs = tuple_of(values, tuple, "the rates")
    for pair in pairs:
        if len(pair) != len(("day", "percent")):
            raise WrongTypeError("a rate is no pair", expected="(first day, percent)", got=pair)
        require_date(pair[0], "the first day of a rate")
    return tuple((first, as_percent(percent)) for first, percent in pairs)


@attrs.frozen
class ReferenceRates:
    """A reference rate by the day from which it is in force, known until a day.

    Args:
        steps: pairs of a first day and a yearly percentage, days rising; a number is taken as a
            percentage, which may be below zero. Each holds until the day before the next.
        until: the last day that the table knows. A later day is refused, and not guessed.

    Raises:
        RatesError: no rates, days that do not rise, or a last day before the last of them.
        NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError, ZeroDivisorError:
            a percentage is no exact and sensible number.
        WrongTypeError, DateTypeError: a part is of another type.

    Example:
        >>> rates = ReferenceRates(
        ...     [(date(2025, 1, 1), "4.75"), (date(2025, 2, 6), "4.5")], until=date(2025, 6, 30)
        ... )
        >>> str(rates.on(date(2025, 2, 5))), str(rates.on(date(2025, 2, 6)))
        ('4.75%', '4.5%')

    Source: convention of this library, which ships no rates.
    """

    steps: tuple[tuple[date, Percent], ...] = attrs.field(converter=_steps)
    until: date = attrs.field(kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check that the days rise."""
        require_date(self.until, "until")
        days = [first for first, _ in self.steps]
        if not days or any(one >= next_one for one, next_one in pairwise(days)):
            raise RatesError(
                "the days of the rates do not rise",
                expected="rising days",
                got=tuple(map(str, days)),
            )
        if self.until < days[-1]:
            raise RatesError(
                "the table ends before its last rate",
                expected=f"{days[-1]} or later",
                got=self.until,
            )

    @classmethod
    def half_yearly(cls, first: date, percents: Iterable[Points]) -> "ReferenceRates":
        """Return the table of half-years that follow one another, one percentage for each.

        Args:
            first: 1 January or 1 July, the first day of the first half-year.
            percents: yearly, in order.

        Raises:
            RatesError: *first* begins no half-year, or there are no percentages.
            DateTypeError: *first* is not a plain date.
            DateRangeError: the last half-year ends after year 9999.
            NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError,
                ZeroDivisorError: a percentage is no exact and sensible number.
            WrongTypeError: the percentages are no collection.

        Example:
            >>> rates = ReferenceRates.half_yearly(date(2026, 1, 1), ["2.15", "2.40"])
            >>> str(rates.on(date(2026, 6, 30))), str(rates.on(date(2026, 7, 1))), str(rates.until)
            ('2.15%', '2.4%', '2026-12-31')

        Source: the tables that states publish twice a year.
        """
        require_date(first, "the first day")
        known = [as_percent(each) for each in items_of(percents, "the percentages")]
        steps = [(_later(first, index), percent) for index, percent in enumerate(known)]
        table = cls(steps, until=add_days(_later(first, len(known)), -1))
        table.require_half_yearly()
        return table

    def per_half_year(self, fixing: FixingDay) -> "ReferenceRates":
        """Return the table in which each half-year has the rate of one day, for all of it.

        It begins and ends with the first and the last half-year whose fixing day this table knows.

        Raises:
            RatesError: this table knows no fixing day.
            WrongTypeError: *fixing* is no FixingDay.
            DateRangeError: a day lies outside the years 1 to 9999.

        Example:
            >>> changes = [(date(2024, 8, 1), "5.00"), (date(2024, 11, 7), "4.75")]
            >>> bank_rate = ReferenceRates(changes, until=date(2025, 1, 31))
            >>> table = bank_rate.per_half_year(FixingDay.DAY_BEFORE)
            >>> [(str(first), str(percent)) for first, percent in table.steps], str(table.until)
            ([('2025-01-01', '4.75%')], '2025-06-30')

        Source: directive 2011/7/EU, article 2 (7); the Late Payment of Commercial Debts (Rate of
        Interest) (No. 3) Order 2002.
        """
        require_type(fixing, FixingDay, "the fixing day")
        known = self.steps[0][0]
        before = 1 if fixing is FixingDay.DAY_BEFORE else 0
        start = date(known.year, 1, 1)
        halves = takewhile(
            lambda first: add_days(first, -before) <= self.until,
            (_later(start, index) for index in count()),
        )
        fixed = [first for first in halves if add_days(first, -before) >= known]
        if not fixed:
            raise RatesError(
                "the table knows no day on which a half-year is fixed",
                expected="a table with such a day",
                got=f"{known} to {self.until}",
            )
        percents = [self.on(add_days(first, -before)) for first in fixed]
        return ReferenceRates.half_yearly(fixed[0], percents)

    def on(self, day: date) -> Percent:
        """Return the rate in force on *day*.

        Raises:
            UnknownRateError: the table does not know that day.
            DateTypeError: *day* is not a plain date.
        """
        require_date(day, "the day")
        place = bisect_right(self.steps, day, key=lambda step: step[0])
        if not place or day > self.until:
            raise UnknownRateError(
                "no reference rate is known for a day",
                expected=f"{self.steps[0][0]} to {self.until}",
                got=day,
                hint="give the table more rates",
            )
        return self.steps[place - 1][1]

    def require_half_yearly(self) -> None:
        """Refuse a table in which a rate changes within a half-year.

        Raises:
            RatesError: a rate begins on another day than 1 January or 1 July.
        """
        for first, _ in self.steps:
            if first.day != 1 or first.month not in _FIRST_MONTHS:
                raise RatesError(
                    "a rate does not begin with a half-year",
                    expected="1 January or 1 July",
                    got=first,
                    hint="call .per_half_year(...) on a table of changes",
                )


def _later(first: date, half_years: int) -> date:
    return add_months(first, half_years * _HALF_YEAR)
