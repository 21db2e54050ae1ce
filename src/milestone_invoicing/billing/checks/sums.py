"""What lines, allowances and charges add up to, in plain fractions and apart from all totals.

It is the second path: it takes quantities, prices and percentages as they are given, and shares no
step with the arithmetic of documents.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from milestone_invoicing.billing.document.adjustment import Adjustment
from milestone_invoicing.billing.document.entries import UNTAXED
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax, TaxCategory
from milestone_invoicing.money import Currency, Money, Percent

_UNTAXED: Final = Tax(TaxCategory.E, Percent(0))


def half_up(exact: Fraction) -> int:
    """Return the nearest whole number, a half away from zero."""
    size = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return size if exact >= 0 else -size


class Entry(NamedTuple):
    """What goes into one tax group: a line, an allowance (negative) or a charge, in minor units.

    It is reducible if an early discount that always reduces the tax reduces it; retainage comes
    last then.
    """

    tax: Tax | None
    net: int
    reducible: bool = True
    given_tax: int | None = None
    retainage: bool = False


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
    reduced = any(line.retainage and line.tax == UNTAXED for line in lines)
    of_lines = [_of_line(*each, reduced=reduced) for each in zip(lines, computed, strict=True)]
    entries = (
        *(_of_line(*each, reduced=reduced) for each in zip(lines, nets, strict=True)),
        *(part for each in allowances for part in _of_document(each, -1, whole, of_lines)),
        *(part for each in charges for part in _of_document(each, 1, whole, of_lines)),
    )
    return Parts(tuple(map(exact_net, lines)), computed, nets, off, on, entries)


def _of_line(line: Line, net: int, *, reduced: bool) -> Entry:
    """Return a line as an entry, where retainage may stand *reduced*, beside its untaxed part."""
    given = None if line.tax_amount is None else line.tax_amount.minor
    of_other = line.deducts is not None or (line.retainage and reduced)
    reducible = line.discountable and not (of_other and given is not None)
    return Entry(line.tax.group, net, reducible, given, line.retainage)


def _of_document(
    each: Adjustment, sign: int, whole: int, of_lines: Iterable[Entry]
) -> Iterator[Entry]:
    """Yield an allowance or charge; a percentage of all lines goes to the tax of each of them."""
    if each.tax is not None or each.base is not None or isinstance(each.amount, Money):
        tax = each.tax and each.tax.group
        yield Entry(tax, sign * amount_of(each, whole), each.discountable)
        return
    bases, exact = bases_of(of_lines), Fraction(0)
    for tax in sorted(bases, key=_by_code_and_rate):
        before, exact = half_up(exact), exact + bases[tax] * each.amount.fraction
        yield Entry(tax, sign * (half_up(exact) - before), each.discountable)


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


def discount_pair(
    entries: Iterable[Entry], percent: Percent | None, currency: Currency
) -> tuple[tuple[Adjustment, ...], tuple[Adjustment, ...]]:
    """Return what an early discount always leaves untaxed: allowances by tax, and a charge.

    Each taxed group gives up the growth of the running total's part, in order of its tax.
    """
    reduced = [each for each in entries if each.reducible]
    exact, off = Fraction(0), dict[Tax, int]()
    for retainage in (False, True):
        of = bases_of(each for each in reduced if each.retainage is retainage)
        for tax in sorted(filter(lambda tax: tax.has_rate, of), key=_by_code_and_rate):
            before, exact = half_up(exact), exact + of[tax] * (percent.fraction if percent else 0)
            off[tax] = off.get(tax, 0) + half_up(exact) - before
    parts = [Adjustment(Money(part, currency), "discount", tax=tax) for tax, part in off.items()]
    charge = Adjustment(Money(half_up(exact), currency), "discount", tax=_UNTAXED)
    given_up = tuple(part for part in parts if part.amount)
    return given_up, (charge,) if given_up else ()


def _by_code_and_rate(tax: Tax) -> tuple[str, bool, Fraction]:
    return tax.category_code, tax.rate is not None, tax.rate.fraction if tax.rate else Fraction(0)
