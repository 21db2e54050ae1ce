"""How time becomes the lines of a bill, and what goes beyond a maximum; it knows no invoices."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import attrs

from milestone_invoicing._checks import require_date, require_text, require_type, tuple_of
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.billing.methods.amounts import (
    require_currency_of_all,
    require_not_below_zero,
    tax_or_outside,
)
from milestone_invoicing.billing.methods.days import billed_by
from milestone_invoicing.errors import NumberRangeError
from milestone_invoicing.money import Money, Price
from milestone_invoicing.money.exact import decimal_value


def _quantity(value: int | Decimal | str) -> Decimal:
    return decimal_value(value, "a quantity of time")


@attrs.frozen
class TimeEntry:
    """Time that somebody worked on a day.

    Args:
        on: the day.
        quantity: how many hours, or other units, exact; below zero takes time back.
        rate: the price of one unit, a Price or Money; never negative.
        description: what was done.
        unit: of the quantity, in words or as a code.

    Raises:
        DateTypeError: *on* is not a plain date.
        NegativePriceError: the rate is below zero.
        NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError: the quantity is no
            exact and sensible decimal number.
        BlankTextError: the description is blank.
        WrongTypeError: a part is of another type.

    Example:
        >>> str(TimeEntry(date(2026, 5, 4), "7.5", Price(90, "EUR"), "Design").quantity)
        '7.5'

    Source: time and materials contracts; convention of this library.
    """

    on: date
    quantity: Decimal = attrs.field(converter=_quantity)
    rate: Price | Money
    description: str
    unit: str = attrs.field(default="hour", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part."""
        require_date(self.on, "the day of a time entry")
        require_not_below_zero(
            self.rate, "the rate of a time entry", "give the quantity the minus sign"
        )
        require_text(self.description, "the description of a time entry")
        require_type(self.unit, str, "the unit of a time entry")


def time_lines(
    entries: Iterable[TimeEntry],
    *,
    milestone: str,
    as_of: date,
    left: Money | None = None,
    tax: Tax | None = None,
    beyond: str = "beyond the agreed maximum",
) -> tuple[Line, ...]:
    """Return the lines that bill time: one for each entry, by day, and one for what is too much.

    Each line is rounded half up once. With *left* the lines sum to at most that: what goes beyond
    it is taken off in a line of its own, so that the reader sees all the time and the maximum.
    Entries after *as_of* wait for a later bill; those of one day keep their order.

    Args:
        entries: the time not yet billed.
        milestone: the key of the milestone that it is for.
        as_of: the last day that is billed.
        left: what may still be billed of the milestone, net, such as ``not_yet_invoiced`` of
            ``milestone_billing``; None: there is no maximum.
        tax: of each line; None is outside the scope of tax.
        beyond: the words for the last line.

    Raises:
        NumberRangeError: *left* is below zero.
        CurrencyMismatchError: entries, or *left*, are in different currencies.
        BlankTextError: the key, or the words for the last line, are blank.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> rate = Price("92.50", "EUR")
        >>> entries = [
        ...     TimeEntry(date(2026, 5, 4), 8, rate, "Design"),
        ...     TimeEntry(date(2026, 5, 5), "7.5", rate, "Design"),
        ... ]
        >>> for line in time_lines(
        ...     entries, milestone="ux", as_of=date(2026, 5, 31), left=Money.of(1200, "EUR")
        ... ):
        ...     print(line.description, line.net)
        2026-05-04 Design EUR 740.00
        2026-05-05 Design EUR 693.75
        beyond the agreed maximum EUR -233.75

    Source: time and materials with a not-to-exceed price; convention of this library.
    """
    require_text(milestone, "the key of the milestone")
    require_text(beyond, "the words for what is too much")
    known = tuple_of(entries, TimeEntry, "entries")
    tax = tax_or_outside(tax)
    lines = tuple(_line(entry, milestone, tax) for entry in billed_by(known, as_of))
    _check_currencies(known, left)
    if left is None or not lines:
        return lines
    excess = Money.total((line.net for line in lines), currency=left.currency) - left
    if excess.minor <= 0:
        return lines
    return (*lines, Line(beyond, -1, excess, tax=tax, milestone=milestone))


def _line(entry: TimeEntry, milestone: str, tax: Tax) -> Line:
    return Line(
        f"{entry.on} {entry.description}",
        entry.quantity,
        entry.rate,
        unit=entry.unit,
        tax=tax,
        milestone=milestone,
    )


def _check_currencies(entries: tuple[TimeEntry, ...], left: Money | None) -> None:
    require_type(left, (Money, type(None)), "left")
    if left is not None and left.minor < 0:
        raise NumberRangeError(
            "less than nothing is left", expected=f"{left - left} or more", got=left
        )
    rates = [entry.rate for entry in entries]
    require_currency_of_all(rates if left is None else [left, *rates])
