"""What a document sums up: its lines, and as lines of their own all else that has a tax group."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import attrs

from milestone_invoicing.billing.document.adjustment import Adjustment
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.errors import ArgumentsError, Words
from milestone_invoicing.money import Money, Percent, Rounding, round_ratio
from milestone_invoicing.money.running_totals import running_parts

# What an early discount leaves without tax, on every bill that offers one of that kind.
UNTAXED: Final = Tax.exempt("Discount for early payment")


class Entries(NamedTuple):
    """What a document sums up, all of it as lines; what is moved sums to nothing."""

    lines: Sequence[Line]
    allowances: Sequence[Line] = ()
    charges: Sequence[Line] = ()
    moved: Sequence[Line] = ()

    @property
    def together(self) -> tuple[Line, ...]:
        """All of them in this order."""
        return (*self.lines, *self.allowances, *self.charges, *self.moved)


def entries_of(
    lines: Sequence[Line],
    allowances: Sequence[Adjustment],
    charges: Sequence[Adjustment],
    untaxed_percent: Percent | None = None,
) -> Entries:
    """Return *lines*, and the allowances and charges of the whole document as lines.

    So whatever is divided over a document, such as its tax, is divided over these too. Where an
    early discount always reduces the tax, a part of what is discountable moves from its tax group
    to the exempt one: two entries for each line, which sum to nothing and belong where it belongs.

    Raises:
        ArgumentsError: an allowance or charge in money has no tax, or a percentage of lines with
            several taxes has one.
        CurrencyMismatchError: two amounts are in different currencies.
    """
    found = Entries(lines)
    if allowances or charges:
        off = (_entry(each, tax, -part) for each, tax, part in _taxed(allowances, lines))
        on = (_entry(each, tax, part) for each, tax, part in _taxed(charges, lines))
        found = Entries(lines, tuple(off), tuple(on))
    if untaxed_percent is None:
        return found
    return found._replace(moved=tuple(_moved(found.together, untaxed_percent)))


def with_taxes(several: Sequence[Adjustment], lines: Sequence[Line]) -> Iterator[Adjustment]:
    """Yield allowances or charges of a whole document with one tax each, as the standard has them.

    A percentage without a tax is spread: it becomes an amount of money for each tax of the lines.

    Raises: as ``entries_of``.
    """
    for each, tax, part in _taxed(several, lines):
        yield each if each.tax is not None else attrs.evolve(each, amount=part, tax=tax)


def _taxed(
    several: Iterable[Adjustment], lines: Sequence[Line]
) -> Iterator[tuple[Adjustment, Tax, Money]]:
    """Yield allowances or charges, each with a tax of its own and so much of it."""
    whole = Money(sum(line.net_minor for line in lines), lines[0].currency)
    for each in several:
        tax = each.tax
        of_all = isinstance(each.amount, Percent) and each.base is None
        if of_all and tax is None:
            yield from _spread(each, lines)
            continue
        if tax is None:
            raise ArgumentsError(
                "an allowance or charge of a whole document has no tax",
                expected="tax=Tax..., as its lines have",
                got=Words(each.reason),
            )
        if of_all and any(line.net_minor and line.tax.group != tax.group for line in lines):
            raise ArgumentsError(
                "a percentage of lines of other taxes goes to one tax",
                expected="tax=None, which spreads it over the taxes of the lines, or its base=",
                got=Words(f"{each.reason} {each.amount}, with {tax}"),
            )
        yield each, tax, each.amount_on(whole)


def _spread(each: Adjustment, lines: Sequence[Line]) -> Iterator[tuple[Adjustment, Tax, Money]]:
    """Yield a percentage of all lines tax by tax, by running totals, so that the parts make it."""
    nets: dict[Tax, int] = {}
    for line in lines:
        nets[line.tax.group] = nets.get(line.tax.group, 0) + line.net_minor
    currency, taxes = lines[0].currency, sorted(nets, key=lambda tax: tax.order)
    parts = running_parts(
        (nets[tax] for tax in taxes), lambda net: each.amount_on(Money(net, currency)).minor
    )
    for tax, part in zip(taxes, parts, strict=True):
        if part:
            yield each, tax, Money(part, currency)


def _entry(each: Adjustment, tax: Tax, amount: Money) -> Line:
    sign = 1 if amount.minor >= 0 else -1
    return Line(each.reason, sign, abs(amount), tax=tax, discountable=each.discountable)


def _moved(entries: Sequence[Line], percent: Percent) -> Iterator[Line]:
    """Yield what moves out of each taxed group and into the exempt one, by running totals.

    Retainage comes last, so that what moves of the work is the same without it.
    """
    above, below = percent.fraction.as_integer_ratio()
    reduced = sorted((entry for entry in entries if _is_reduced(entry, entries)), key=_turn)
    parts = running_parts(
        (entry.net_minor for entry in reduced),
        lambda net: round_ratio(net * above, below, Rounding.HALF_UP),
    )
    for entry, part in zip(reduced, parts, strict=True):
        if part:
            yield _part_of(entry, -part, entry.tax)
            yield _part_of(entry, part, UNTAXED)


def _is_reduced(entry: Line, entries: Sequence[Line]) -> bool:
    """Say whether an early discount that always reduces the tax reduces that of an entry.

    What takes an earlier document off with its own tax has been reduced there; so has retainage
    beside which stands what is untaxed of it.
    """
    is_of_other = entry.deducts is not None or (
        entry.retainage and any(each.retainage and each.tax == UNTAXED for each in entries)
    )
    is_reduced_there = is_of_other and entry.tax_amount is not None
    return entry.discountable and entry.tax.has_rate and not is_reduced_there


def _turn(entry: Line) -> tuple[object, ...]:
    return entry.retainage, entry.tax.order


def _part_of(entry: Line, minor: int, tax: Tax) -> Line:
    return Line(
        entry.description,
        1 if minor > 0 else -1,
        Money(abs(minor), entry.currency),
        tax=tax,
        milestone=entry.milestone,
        discountable=False,
        retainage=entry.retainage,
    )


def discount_pair(moved: Iterable[Line]) -> tuple[tuple[Adjustment, ...], tuple[Adjustment, ...]]:
    """Return what moves as the standard shows it: an allowance in each group, and one charge."""
    sums: dict[Tax, Money] = {}
    for line in moved:
        sums[line.tax] = sums[line.tax] + line.net if line.tax in sums else line.net
    charges = [_of_discount(sums.pop(UNTAXED), UNTAXED)] if sums else []
    allowances = [_of_discount(-amount, tax) for tax, amount in sums.items() if amount]
    return tuple(allowances), tuple(charges)


def _of_discount(amount: Money, tax: Tax) -> Adjustment:
    return Adjustment(amount, UNTAXED.reason, tax=tax, discountable=False)
