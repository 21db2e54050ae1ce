"""How prices with tax become lines: the tax is taken out once per group, never line by line."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial

import attrs

from milestone_invoicing._checks import tuple_of
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.errors import NoLinesError, TaxError
from milestone_invoicing.money import Money, Rounding, round_ratio
from milestone_invoicing.money.money import require_one_currency
from milestone_invoicing.money.running_totals import running_parts


def without_tax(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return *lines* whose prices include tax as lines without it, each with its tax amount.

    The tax is taken out of the sum of each tax group, rounded half up once, so that the document
    asks for exactly the sum of the prices however many lines there are. Each line has its part of
    it by running totals over the group; what is left is its net amount, as a price for the whole
    quantity (of one, where the quantity is zero). Lines without a rate stay as they are.

    Args:
        lines: one or more, of one currency; prices, allowances and charges with tax.

    Raises:
        NoLinesError: no lines.
        TaxError: a line has a tax amount already.
        CurrencyMismatchError: lines in different currencies.
        WrongTypeError: an item is no line.

    Example:
        >>> shelf = Line("Shelf", 3, Money.of("9.99", "EUR"), tax=Tax.standard(21))
        >>> lines = without_tax([shelf, shelf])
        >>> [f"{line.net} + {line.tax_amount}" for line in lines]
        ['EUR 24.77 + EUR 5.20', 'EUR 24.77 + EUR 5.20']
        >>> str(totals(Invoice(None, None, Party("acme", "Acme"), lines)).payable)
        'EUR 59.94'

    Source: Directive 2006/112/EC, Article 78; per group and by running totals is a convention of
    this library.
    """
    known = tuple_of(lines, Line, "lines")
    if not known:
        raise NoLinesError("there are no lines", expected="at least one Line", got=known)
    for line in known:
        require_one_currency(known[0].net, line.net)
        if line.tax_amount is not None:
            raise TaxError(
                "a line has its tax amount already",
                expected="a price with tax, and tax_amount=None",
                got=line.tax_amount,
            )
    taxes = dict(_taxes(known))
    return tuple(_net_line(line, taxes.get(place)) for place, line in enumerate(known))


def _taxes(lines: tuple[Line, ...]) -> Iterator[tuple[int, int]]:
    """Yield the place of each line with a rate, and the tax in its price."""
    places: dict[Tax, list[int]] = {}
    for place, line in enumerate(lines):
        if line.tax.has_rate:
            places.setdefault(line.tax, []).append(place)
    for tax, own in places.items():
        grosses = (lines[place].net_minor for place in own)
        yield from zip(own, running_parts(grosses, partial(_inside, tax)), strict=True)


def _inside(tax: Tax, gross: int) -> int:
    """Return the tax in an amount with tax, half up."""
    above, below = tax.rate.fraction.as_integer_ratio() if tax.rate else (0, 1)
    return round_ratio(gross * above, above + below, Rounding.HALF_UP)


def _net_line(line: Line, tax: int | None) -> Line:
    if tax is None:
        return line
    net = line.net_minor - tax
    # abs() and minus of a Decimal would round to the context's precision.
    many = line.quantity.copy_abs() if line.quantity else Decimal(1)
    return attrs.evolve(
        line,
        quantity=many if net > 0 or (net == 0 and line.quantity >= 0) else many.copy_negate(),
        price=Money(abs(net), line.currency),
        base_quantity=many,
        allowances=(),
        charges=(),
        tax_amount=Money(tax, line.currency),
    )
