"""What a fee for a period comes to, by which days are used; it knows no hours and no invoices."""

from bisect import bisect_right
from datetime import date
from enum import unique
from typing import Final

import attrs

from milestone_invoicing._checks import (
    require_optional_date,
    require_text,
    require_type,
)
from milestone_invoicing._worded import Worded
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.billing.methods.amounts import (
    amount_line,
    require_not_below_zero,
    tax_or_outside,
)
from milestone_invoicing.billing.methods.days import begun_by, overlap
from milestone_invoicing.errors import ArgumentsError, PeriodError
from milestone_invoicing.money import Money, Rounding, round_ratio
from milestone_invoicing.timing import (
    Period,
    Recurrence,
    RecurrenceRule,
    RecurrenceUnit,
    Recurring,
)
from milestone_invoicing.timing.months import add_days, month_series
from milestone_invoicing.timing.recurrence_rules import RECURRING, first_day_of

_THIRTY: Final = 30


@unique
class Proration(Worded):
    """What the used part of a period costs.

    ACTUAL_DAYS: the fee x days used / days of the period. THIRTY_DAYS: each month counts 30 days,
    whatever its length: a 31st day is free, and the last day of a short month counts for those that
    it lacks. NONE: a started period is charged whole.
    """

    ACTUAL_DAYS = "actual days"
    THIRTY_DAYS = "thirty days"
    NONE = "none"


@attrs.frozen
class Retainer:
    """A fee that comes back with every period, for as long as it is agreed.

    Args:
        description: what it is for.
        fee: of one whole period, net of tax; never negative.
        every: the days on which the periods begin; each lasts up to the next.
        first: the first day of use; None: the first day of the first period.
        last: the last day of use, counted in; None: as long as there are periods.
        proration: what a period costs that is used in part.

    Raises:
        NegativePriceError: the fee is below zero.
        PeriodError: *first* or *last* lies in none of the periods, or *last* before *first*.
        ArgumentsError: months of thirty days with periods of weeks, or by a rule of RFC 5545.
        BlankTextError: the description is blank.
        DateTypeError: *first* or *last* is not a plain date.
        DateRangeError: the period of *first* or *last* ends after year 9999.
        WrongTypeError: a part is of another type.

    Example:
        >>> monthly = Recurrence.monthly(date(2026, 5, 1))
        >>> str(Retainer("Support", Money.of(900, "EUR"), monthly).proration)
        'actual days'

    Source: retainer agreements; convention of this library.
    """

    description: str
    fee: Money
    every: Recurring
    first: date | None = attrs.field(default=None, kw_only=True)
    last: date | None = attrs.field(default=None, kw_only=True)
    proration: Proration = attrs.field(default=Proration.ACTUAL_DAYS, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part, then whether they fit together."""
        require_text(self.description, "the description of a retainer")
        require_type(self.fee, Money, "the fee of a retainer")
        require_not_below_zero(self.fee, "the fee of a retainer", "credit what was billed of it")
        require_type(self.every, RECURRING, "the recurrence of a retainer")
        require_type(self.proration, Proration, "the proration of a retainer")
        is_rule = isinstance(self.every, RecurrenceRule)
        by_weeks = isinstance(self.every, Recurrence) and self.every.unit is RecurrenceUnit.WEEKS
        if (is_rule or by_weeks) and self.proration is Proration.THIRTY_DAYS:
            raise ArgumentsError(
                f"{'rules' if is_rule else 'weeks'} have no months of thirty days",
                expected="another proration, or periods of months",
                got=self.proration,
            )
        self._check_days()

    def _check_days(self) -> None:
        require_optional_date(self.first, "the first day of a retainer")
        require_optional_date(self.last, "the last day of a retainer")
        if self.last is not None and self.last < self._start:
            raise PeriodError(
                "a retainer ends before it begins",
                expected=f"{self._start} or later",
                got=self.last,
            )
        for day in (self._start, self.last or self._start):
            if self.every.period_of(day) is None:
                raise PeriodError(
                    "a retainer begins or ends outside its periods",
                    expected="a day of one of them",
                    got=day,
                )

    @property
    def _start(self) -> date:
        return first_day_of(self.every) if self.first is None else self.first


def use_of(retainer: Retainer) -> Period:
    """Return all days of use, the end left out, as far as there are periods."""
    end = date.max if retainer.last is None else add_days(retainer.last, 1)
    return Period(retainer._start, end)  # noqa: SLF001  # of this module


def retainer_lines(retainer: Retainer, days: Period, *, tax: Tax | None = None) -> tuple[Line, ...]:
    """Return what a retainer costs on *days*: one line for each period with a day among them.

    A period used whole costs the fee. Else its cost to date, from its first day of use on, is
    rounded half up once, and a line is the cost to its last day less the cost to the day before it.
    So however days are cut into bills, the bills sum to the same. The line says how many days of
    how many it counts. Where a started period is charged whole, it is by the bill that has its
    first day of use, and later bills have no line of it.

    Args:
        retainer: what is agreed.
        days: the days to bill: a whole period ahead or afterwards, or any others.
        tax: of each line; None is outside the scope of tax.

    Raises:
        DateRangeError: a period ends after year 9999.
        WrongTypeError: an argument of another type.

    Example:
        >>> every = Recurrence.monthly(date(2026, 5, 1))
        >>> support = Retainer("Support", Money.of(900, "EUR"), every, first=date(2026, 5, 10))
        >>> until_june = Period.through(date(2026, 5, 1), date(2026, 6, 30))
        >>> for line in retainer_lines(support, until_june):
        ...     print(line.description, line.net)
        Support 2026-05-10 - 2026-05-31 (22/31) EUR 638.71
        Support 2026-06-01 - 2026-06-30 EUR 900.00

    Source: convention of this library.
    """
    require_type(retainer, Retainer, "the retainer")
    require_type(days, Period, "the days to bill")
    tax = tax_or_outside(tax)
    use = use_of(retainer)
    asked = overlap(days, use)
    if asked is None:
        return ()
    parts = ((period, overlap(period, asked)) for period in begun_by(retainer.every, asked.last))
    lines = (_line(retainer, period, part, use, tax) for period, part in parts if part is not None)
    return tuple(line for line in lines if line is not None)


def _line(retainer: Retainer, period: Period, part: Period, use: Period, tax: Tax) -> Line | None:
    """Return what *part* of a *period* costs; None where an earlier bill has the period whole."""
    used = Period(max(period.start, use.start), min(period.end, use.end))
    if retainer.proration is Proration.NONE:
        begins = part.start == used.start
        whole = amount_line(_words(retainer, used), retainer.fee, tax, period=used)
        return whole if begins else None
    days = (used.start, part.start, part.end, period.end)
    unused, before, after, of = (_counted(retainer, period, day) for day in days)
    to_date = [_share(retainer.fee, day - unused, of) for day in (before, after)]
    share = "" if part == period else f" ({after - before}/{of})"
    words = _words(retainer, part) + share
    return amount_line(words, to_date[1] - to_date[0], tax, period=part)


def _words(retainer: Retainer, days: Period) -> str:
    return f"{retainer.description} {days.start} - {days.last}"


def _share(fee: Money, days: int, of: int) -> Money:
    return Money(round_ratio(fee.minor * days, of, Rounding.HALF_UP), fee.currency)


def _counted(retainer: Retainer, period: Period, day: date) -> int:
    """Return how many days count from the start of *period* up to *day*, that day left out."""
    every = retainer.every
    if isinstance(every, RecurrenceRule) or retainer.proration is not Proration.THIRTY_DAYS:
        return (day - period.start).days
    wanted = every.start.day if every.day is None else every.day
    months = month_series(period.start, wanted, 1, every.every + 1)
    begun = bisect_right(months, day) - 1
    return _THIRTY * begun + (day - months[begun]).days
