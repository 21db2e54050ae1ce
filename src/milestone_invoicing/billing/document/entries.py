"""What a document sums up: its lines, and as lines of their own all else that has a tax group."""

from collections.abc import Iterator, Sequence
from typing import Final

from milestone_invoicing.billing.document.adjustment import Adjustment
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.errors import ArgumentsError, Words
from milestone_invoicing.money import Money, Percent, Rounding, round_ratio

# What an early discount leaves without tax, on every bill that offers one of that kind.
UNTAXED: Final = Tax.exempt("Discount for early payment")


def entries_of(
    lines: Sequence[Line],
    allowances: Sequence[Adjustment],
    charges: Sequence[Adjustment],
    untaxed_percent: Percent | None = None,
) -> Sequence[Line]:
    """Return *lines*, then the allowances and charges of the whole document as lines.

    So whatever is divided over a document, such as its tax, is divided over these too. Where an
    early discount always reduces the tax, a part of what is discountable moves from its tax group
    to the exempt one: two entries for each line, which sum to nothing and belong where it belongs.

    Raises:
        ArgumentsError: an allowance or charge has no tax.
        CurrencyMismatchError: two amounts are in different currencies.
    """
    entries = lines
    if allowances or charges:
        whole = Money(sum(line.net_minor for line in lines), lines[0].currency)
        entries = (
            *lines,
            *(_entry(each, each.amount_on(whole), -1) for each in allowances),
            *(_entry(each, each.amount_on(whole), 1) for each in charges),
        )
    return entries if untaxed_percent is None else (*entries, *_moved(entries, untaxed_percent))


def _entry(each: Adjustment, amount: Money, sign: int) -> Line:
    if each.tax is None:
        raise ArgumentsError(
            "an allowance or charge of a whole document has no tax",
            expected="tax=Tax..., as its lines have",
            got=Words(each.reason),
        )
    return Line(
        each.reason,
        sign if amount.minor >= 0 else -sign,
        abs(amount),
        tax=each.tax,
        discountable=each.discountable,
    )


def _moved(entries: Sequence[Line], percent: Percent) -> Iterator[Line]:
    """Yield what moves out of each taxed group and into the exempt one, by running totals."""
    above, below = percent.fraction.as_integer_ratio()
    taxed = [each for each in entries if each.tax.has_rate and each.tax_amount is None]
    running = before = 0
    for entry in sorted(taxed, key=lambda each: each.tax.order):
        if entry.discountable:
            running += entry.net_minor
            after = round_ratio(running * above, below, Rounding.HALF_UP)
            part, before = after - before, after
            if part:
                yield _part_of(entry, -part, entry.tax)
                yield _part_of(entry, part, UNTAXED)


def _part_of(entry: Line, minor: int, tax: Tax) -> Line:
    return Line(
        entry.description,
        1 if minor > 0 else -1,
        Money(abs(minor), entry.currency),
        tax=tax,
        milestone=entry.milestone,
        discountable=False,
    )
