"""What lines, allowances and charges add up to, in plain fractions and apart from all totals.

It is the second path: it takes quantities, prices and percentages as they are given, and shares no
step with the arithmetic of documents.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from milestone_invoicing.billing.document.adjustment import Adjustment
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax, TaxCategory
from milestone_invoicing.money import Money, Percent

_UNTAXED: Final = Tax(TaxCategory.E, Percent(0))


def half_up(exact: Fraction) -> int:
    """Return the nearest whole number, a half away from zero."""
    size = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return size if exact >= 0 else -size


class Entry(NamedTuple):
    """What goes into one tax group: a line, an allowance (negative) or a charge, in minor units."""

    tax: Tax | None
    net: int
    discountable: bool = True
    given_tax: int | None = None


class Parts(NamedTuple):
    """What a document is made of, in minor units; *exact* are its lines before any rounding."""

    exact: tuple[Fraction, ...]
    computed: tuple[int, ...]
    nets: tuple[int, ...]
    allowances: tuple[int, ...]
    charges: tuple[int, ...]
    entries: tuple[Entry, ...]


def parts_of(
    lines: Sequence[Line],
    allowances: Sequence[Adjustment],
    charges: Sequence[Adjustment],
    stated_nets: Sequence[Money],
) -> Parts:
    """Return the parts; lines count as their net amount is stated, or else as it is computed."""
    computed = tuple(line_net(line) for line in lines)
    nets = tuple(net.minor for net in stated_nets) or computed
    whole = sum(computed)
    off = tuple(amount_of(each, whole) for each in allowances)
    on = tuple(amount_of(each, whole) for each in charges)
    entries = (
        *(
            Entry(
                line.tax.group,
                net,
                line.discountable,
                None if line.tax_amount is None else line.tax_amount.minor,
            )
            for line, net in zip(lines, nets, strict=True)
        ),
        *(_entry(each, -amount) for each, amount in zip(allowances, off, strict=True)),
        *(_entry(each, amount) for each, amount in zip(charges, on, strict=True)),
    )
    return Parts(tuple(map(exact_net, lines)), computed, nets, off, on, entries)


def _entry(each: Adjustment, amount: int) -> Entry:
    return Entry(each.tax and each.tax.group, amount, each.discountable)


def line_net(line: Line) -> int:
    """Return quantity x price / base quantity, half up once, less allowances, plus charges."""
    return line_gross(line) + _adjusted(line)


def exact_net(line: Line) -> Fraction:
    """Return the same without rounding the first step; allowances and charges are amounts."""
    return _exact_gross(line) + _adjusted(line)


def line_gross(line: Line) -> int:
    """Return quantity x price / base quantity, half up."""
    return half_up(_exact_gross(line))


def _exact_gross(line: Line) -> Fraction:
    return Fraction(line.quantity) * price_of(line) / Fraction(line.base_quantity)


def _adjusted(line: Line) -> int:
    gross = line_gross(line)
    off = sum(amount_of(each, gross) for each in line.allowances)
    return sum(amount_of(each, gross) for each in line.charges) - off


def price_of(line: Line) -> Fraction:
    """Return the price in minor units."""
    if isinstance(line.price, Money):
        return Fraction(line.price.minor)
    return line.price.value * Fraction(10**line.currency.digits)


def amount_of(each: Adjustment, whole: int) -> int:
    """Return an allowance or charge; a percentage of its base, or of *whole*, half up."""
    if isinstance(each.amount, Money):
        return each.amount.minor
    base = whole if each.base is None else each.base.minor
    return half_up(each.amount.fraction * base)


def tax_of(base: int, tax: Tax) -> int:
    """Return base x rate, half up; nothing without a rate."""
    return 0 if tax.rate is None else half_up(base * tax.rate.fraction)


def bases_of(entries: Iterable[Entry]) -> dict[Tax, int]:
    """Return the sum of each tax group."""
    bases: dict[Tax, int] = {}
    for entry in entries:
        if entry.tax is not None:
            bases[entry.tax] = bases.get(entry.tax, 0) + entry.net
    return bases


def untaxed_part(entries: Iterable[Entry], percent: Percent | None) -> tuple[Entry, ...]:
    """Return the entries that move what an early discount always leaves untaxed.

    Each taxed group gives up the growth of the running total's part, in order of its tax.
    """
    if percent is None:
        return ()
    of = bases_of(each for each in entries if each.discountable and each.given_tax is None)
    taxed = {tax: tax.rate.fraction for tax in of if tax.rate is not None and tax.has_rate}
    moved: list[Entry] = []
    before = Fraction(0)
    for tax in sorted(taxed, key=lambda tax: (tax.category_code, taxed[tax])):
        after = before + of[tax] * percent.fraction
        part, before = half_up(after) - half_up(before), after
        if part:
            moved += (Entry(tax, -part), Entry(_UNTAXED, part))
    return tuple(moved)
