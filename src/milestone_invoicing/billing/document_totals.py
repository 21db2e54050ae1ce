"""What lines add up to: net, tax per group, and what is payable; it knows no dates or facts.

Tax is per (category, rate) group, on the sum of the group, never per line; each group is rounded
half up once.
"""

from collections.abc import Sequence
from typing import Final

import attrs

from milestone_invoicing.billing.line import Line
from milestone_invoicing.billing.tax import Tax, TaxCategory
from milestone_invoicing.money import Money, Percent, Rounding, TaxedAmount

_EXEMPT: Final = Tax(TaxCategory.E, Percent(0))


@attrs.frozen
class TaxSubtotal:
    """One group of the tax breakdown (BG-23).

    Attributes:
        tax: category (BT-118) and rate (BT-119).
        base: the sum of its lines' net amounts (BT-116).
        amount: base x rate, rounded half up (BT-117); zero where there is no rate.
    """

    tax: Tax
    base: Money
    amount: Money


@attrs.frozen
class Totals:
    """The totals of a document, in the order of EN 16931 (BG-22).

    Attributes:
        line_total: sum of line net amounts (BT-106).
        tax_exclusive: total without tax (BT-109).
        breakdown: the tax groups, by category and rate (BG-23).
        tax: total tax, the sum of the groups (BT-110).
        tax_inclusive: total with tax (BT-112).
        payable: amount due for payment (BT-115).
    """

    line_total: Money
    tax_exclusive: Money
    breakdown: tuple[TaxSubtotal, ...]
    tax: Money
    tax_inclusive: Money
    payable: Money


def totals_of(lines: Sequence[Line], untaxed_percent: Percent | None = None) -> Totals:
    """Return the totals of one or more *lines* of one currency.

    Args:
        lines: the lines.
        untaxed_percent: the part of what is discountable that is left without tax, since an early
            discount always reduces the tax base. It stands in a group of its own, exempt.

    Raises:
        CurrencyMismatchError: two lines are in different currencies.

    Example:
        >>> lines = [Line("Design", 1, Money.of("0.02", "EUR"), tax=Tax.standard(21))] * 3
        >>> str(totals_of(lines).tax)  # per line it would be nothing at all
        'EUR 0.01'

    Source: EN 16931 BR-CO-10, BR-CO-13, BR-CO-14, BR-CO-15, BR-CO-16, BR-CO-17.
    """
    currency = lines[0].net.currency
    bases = _bases(lines)
    if untaxed_percent is not None:
        _leave_untaxed(bases, lines, untaxed_percent)
    breakdown = tuple(_subtotal(tax, bases[tax]) for tax in sorted(bases, key=_group_order))
    net = Money.total(bases.values(), currency=currency)
    tax = Money.total((group.amount for group in breakdown), currency=currency)
    return Totals(
        line_total=net,
        tax_exclusive=net,
        breakdown=breakdown,
        tax=tax,
        tax_inclusive=net + tax,
        payable=net + tax,
    )


def reducible_of(lines: Sequence[Line]) -> TaxedAmount:
    """Return net and tax of the discountable among *lines*, the tax per group and once rounded."""
    bases = _bases([line for line in lines if line.discountable])
    zero = Money.zero(lines[0].net.currency)
    net, tax = zero, zero
    for group, base in bases.items():
        net += base
        tax += _subtotal(group, base).amount
    return TaxedAmount(net, tax)


def _bases(lines: Sequence[Line]) -> dict[Tax, Money]:
    """Return the sum of the net amounts of each tax group."""
    bases: dict[Tax, Money] = {}
    for line in lines:
        bases[line.tax] = bases[line.tax] + line.net if line.tax in bases else line.net
    return bases


def _leave_untaxed(bases: dict[Tax, Money], lines: Sequence[Line], percent: Percent) -> None:
    """Move a part of each taxed group to the exempt one, by running totals over the groups."""
    reducible = _bases([line for line in lines if line.discountable])
    running = before = Money.zero(lines[0].net.currency)
    for tax in sorted(reducible, key=_group_order):
        if tax.rate is None or not tax.rate.fraction:
            continue
        running += reducible[tax]
        after = running.times(percent, rounding=Rounding.HALF_UP)
        part, before = after - before, after
        if part:
            bases[tax] -= part
            bases[_EXEMPT] = bases[_EXEMPT] + part if _EXEMPT in bases else part


def _subtotal(tax: Tax, base: Money) -> TaxSubtotal:
    rate = tax.rate
    amount = base.times(rate, rounding=Rounding.HALF_UP) if rate else Money.zero(base.currency)
    return TaxSubtotal(tax, base, amount)


def _group_order(tax: Tax) -> tuple[object, ...]:
    """Order groups by category, then by rate, so that the order of lines does not matter."""
    return tax.category.value, tax.rate.fraction if tax.rate else 0
