"""How hours bought ahead are used up, roll over and expire; it knows no fees and no invoices."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_int, require_type, tuple_of
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.billing.methods.amounts import (
    require_currency_of_all,
    require_not_below_zero,
    tax_or_outside,
)
from milestone_invoicing.billing.methods.days import begun_by, billed_by
from milestone_invoicing.billing.methods.hours import TimeEntry
from milestone_invoicing.billing.methods.lots import Lots, beyond, drawn, held, kept
from milestone_invoicing.errors import (
    ArgumentsError,
    NumberRangeError,
    PeriodError,
    UnitMismatchError,
)
from milestone_invoicing.money import Money, Price
from milestone_invoicing.money.exact import decimal_value, fraction_text
from milestone_invoicing.timing import Period, Recurring
from milestone_invoicing.timing.recurrence_rules import RECURRING


def _hours(value: int | Decimal | str) -> Decimal:
    return decimal_value(value, "a quantity of prepaid hours")


def _optional_hours(value: int | Decimal | str | None) -> Decimal | None:
    return None if value is None else _hours(value)


@attrs.frozen
class PrepaidHours:
    """A bundle of hours that is bought ahead for every period.

    Args:
        hours: how many a period, or other units, exact; above zero.
        every: the days on which the periods begin; each lasts up to the next.
        rate: the price of one hour beyond the bundle, a Price or Money; never negative. None: each
            time entry at its own rate.
        valid_for: how many periods the hours may be used in, their own counted in: 1 is no
            roll-over, None is without end.
        cap: how many hours roll over into a next period at most, in all; None is no limit.
        unit: of the hours, in words or as a code; that of the time entries.

    Raises:
        NumberRangeError: hours of zero or less, a cap below zero, or *valid_for* below one.
        NegativePriceError: the rate is below zero.
        ArgumentsError: a cap on hours that do not roll over.
        NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError: a quantity is no
            exact and sensible decimal number.
        WrongTypeError: a part is of another type.

    Example:
        >>> bundle = PrepaidHours(10, Recurrence.monthly(date(2026, 5, 1)), valid_for=3, cap=15)
        >>> str(bundle.hours), bundle.unit
        ('10', 'hour')

    Source: prepaid support agreements; convention of this library.
    """

    hours: Decimal = attrs.field(converter=_hours)
    every: Recurring
    rate: Price | Money | None = attrs.field(default=None, kw_only=True)
    valid_for: int | None = attrs.field(default=1, kw_only=True)
    cap: Decimal | None = attrs.field(default=None, converter=_optional_hours, kw_only=True)
    unit: str = attrs.field(default="hour", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part, then whether they fit together."""
        if self.hours <= 0:
            raise NumberRangeError("a bundle has no hours", expected="above zero", got=self.hours)
        require_type(self.every, RECURRING, "the recurrence of prepaid hours")
        if self.rate is not None:
            require_not_below_zero(
                self.rate, "the rate of hours beyond", "leave the minus sign out"
            )
        if self.valid_for is not None:
            require_int(self.valid_for, "the periods that hours are valid for", at_least=1)
        require_type(self.unit, str, "the unit of prepaid hours")
        self._check_cap()

    def _check_cap(self) -> None:
        if self.cap is None:
            return
        if self.cap < 0:
            raise NumberRangeError(
                "fewer hours than none roll over", expected="zero or more", got=self.cap
            )
        if self.valid_for == 1:
            raise ArgumentsError(
                "hours that do not roll over have a cap",
                expected="valid_for above 1, or no cap",
                got=self.cap,
            )


@attrs.frozen
class HoursDrawn(Answer):
    """What became of prepaid hours in one period: opening + bought = used + expired + closing.

    Attributes:
        period: which one.
        opening: hours that rolled over into it.
        bought: the hours of its own bundle.
        used: of both; below zero where more time was taken back than worked.
        expired: after its last day: hours past their periods, or above the cap.
        closing: what rolls over into the next period, or is left while this one lasts.
        overage: hours worked beyond what there was.
        lines: what bills the overage, for each time entry that went beyond.
    """

    period: Period
    opening: Decimal
    bought: Decimal
    used: Decimal
    expired: Decimal
    closing: Decimal
    overage: Decimal
    lines: tuple[Line, ...]


def hours_drawn(
    bundle: PrepaidHours, entries: Iterable[TimeEntry], *, as_of: date, tax: Tax | None = None
) -> tuple[HoursDrawn, ...]:
    """Return what became of prepaid hours, for each period begun by a day.

    Time draws the hours of its period down by day, entries of one day in their order, and the
    oldest hours first. What goes beyond is overage, whether or not hours are left in a later
    period; time taken back lessens it first. Hours expire after the last day of a period, so that
    on *as_of* itself its own are still there; above the cap the oldest expire. No quantity is
    rounded; each line of overage is, half up once.

    Args:
        bundle: what is agreed.
        entries: all time worked under it so far, billed or not.
        as_of: the last day whose time counts.
        tax: of each line of overage; None is outside the scope of tax.

    Raises:
        PeriodError: time before the first period, or after the last one.
        UnitMismatchError: time in another unit than the bundle.
        CurrencyMismatchError: overage in different currencies.
        DateRangeError: a period ends after year 9999.
        NumberTooLargeError: a sum of hours has too many digits.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> bundle = PrepaidHours(10, Recurrence.monthly(date(2026, 5, 1)), valid_for=2)
        >>> rate = Price(90, "EUR")
        >>> entries = [
        ...     TimeEntry(date(2026, 5, 4), 6, rate, "Support"),
        ...     TimeEntry(date(2026, 6, 9), "15.5", rate, "Migration"),
        ... ]
        >>> may, june = hours_drawn(bundle, entries, as_of=date(2026, 6, 30))
        >>> str(may.closing), str(june.opening), str(june.used), str(june.overage)
        ('4', '4', '14', '1.5')
        >>> [f"{line.description}: {line.net}" for line in june.lines]
        ['2026-06-09 Migration: EUR 135.00']

    Source: convention of this library.
    """
    require_type(bundle, PrepaidHours, "the prepaid hours")
    tax = tax_or_outside(tax)
    known = tuple_of(entries, TimeEntry, "entries")
    _check_entries(bundle, known)
    billed, hours = billed_by(known, as_of), Fraction(bundle.hours)
    periods = begun_by(bundle.every, as_of)
    lots: Lots = []
    rows: list[HoursDrawn] = []
    for index, worked in enumerate(_by_period(billed, periods)):
        opening, stock = lots, [*lots, (index, hours)]
        quantities = [Fraction(entry.quantity) for entry in worked]
        over = beyond(quantities, held(stock))
        left = lots = drawn(stock, sum(quantities, Fraction(0)))
        if periods[index].end <= as_of:
            lots = _rolled_over(bundle, left, index)
        lines = _lines(bundle, zip(worked, over, strict=True), tax)
        rows.append(
            _row(periods[index], (opening, stock, left, lots), sum(over, Fraction(0)), lines)
        )
    return tuple(rows)


def _row(
    period: Period, stocks: tuple[Lots, ...], overage: Fraction, lines: tuple[Line, ...]
) -> HoursDrawn:
    """Return one period; *stocks* are what rolled over, with the bundle, after use, at the end."""
    opening, bought, left, closing = (held(lots) for lots in stocks)
    return HoursDrawn(
        period=period,
        opening=_decimal(opening),
        bought=_decimal(bought - opening),
        used=_decimal(bought - left),
        expired=_decimal(left - closing),
        closing=_decimal(closing),
        overage=_decimal(overage),
        lines=lines,
    )


def _decimal(hours: Fraction) -> Decimal:
    """Return *hours* as a Decimal, exact whatever the decimal context."""
    return _hours(fraction_text(hours))


def _rolled_over(bundle: PrepaidHours, lots: Lots, index: int) -> Lots:
    """Return what of *lots* is still there in the period after the one at *index*."""
    since = 0 if bundle.valid_for is None else index + 2 - bundle.valid_for
    return kept(lots, since=since, cap=None if bundle.cap is None else Fraction(bundle.cap))


def _lines(
    bundle: PrepaidHours, beyond_bundle: Iterable[tuple[TimeEntry, Fraction]], tax: Tax
) -> tuple[Line, ...]:
    return tuple(
        Line(
            f"{entry.on} {entry.description}",
            _decimal(hours),
            entry.rate if bundle.rate is None else bundle.rate,
            unit=bundle.unit,
            tax=tax,
        )
        for entry, hours in beyond_bundle
        if hours
    )


def _by_period(
    entries: Iterable[TimeEntry], periods: Sequence[Period]
) -> tuple[list[TimeEntry], ...]:
    """Return the entries of each period; one that lies in none is refused."""
    found: tuple[list[TimeEntry], ...] = tuple([] for _ in periods)
    starts = [period.start for period in periods]
    for entry in entries:
        index = bisect_right(starts, entry.on) - 1
        if index < 0 or entry.on not in periods[index]:
            raise PeriodError(
                "time was worked outside the periods of prepaid hours",
                expected="a day of one of them",
                got=entry.on,
                hint="bill it with time_lines",
            )
        found[index].append(entry)
    return found


def _check_entries(bundle: PrepaidHours, entries: Iterable[TimeEntry]) -> None:
    for entry in entries:
        if entry.unit != bundle.unit:
            raise UnitMismatchError(
                "time is in another unit than the prepaid hours",
                expected=repr(bundle.unit),
                got=entry.unit,
            )
    if bundle.rate is None:
        require_currency_of_all(entry.rate for entry in entries)
