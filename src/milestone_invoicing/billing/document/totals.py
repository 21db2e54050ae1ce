"""What lines add up to: net, tax per group, and what is payable; it knows no dates or facts.

Tax is per (category, rate) group, on the sum of the group, never per line; each group is rounded
half up once. Lines that carry a tax amount of their own add that to their group instead.

All sums are of plain ints in minor units. Totals box them into Money when they are asked for: most
callers ask for one or two.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Final, TypeAlias

import attrs

from milestone_invoicing._answers import Answer, maker
from milestone_invoicing.billing.document.adjustment import Adjustment
from milestone_invoicing.billing.document.breakdown import (
    Prepaid,
    TaxCurrency,
    TaxSubtotal,
)
from milestone_invoicing.billing.document.entries import UNTAXED, entries_of
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.money import Currency, Money, Percent, TaxedAmount
from milestone_invoicing.money.money import made, require_one_currency

# A group in minor units: its tax, its base, its tax amount.
_Group: TypeAlias = tuple[Tax, int, int]


@attrs.frozen
class Totals(Answer):
    """The totals of a document, in the order of EN 16931 (BG-22).

    Each is a property that returns Money; the fields are minor units. ``withheld`` and
    ``net_to_pay`` are no part of EN 16931 and change none of its totals.
    """

    currency: Currency
    line_minor: int
    allowance_minor: int
    charge_minor: int
    groups: tuple[_Group, ...]
    tax_minor: int
    prepaid_minor: int
    rounding_minor: int
    withheld_minor: int
    exemptions: tuple[Tax, ...]
    tax_currency: TaxCurrency | None

    @property
    def line_total(self) -> Money:
        """The sum of the net amounts of the lines (BT-106)."""
        return made(self.line_minor, self.currency)

    @property
    def allowance_total(self) -> Money:
        """The sum of the allowances of the whole document (BT-107)."""
        return made(self.allowance_minor, self.currency)

    @property
    def charge_total(self) -> Money:
        """The sum of the charges of the whole document (BT-108)."""
        return made(self.charge_minor, self.currency)

    @property
    def tax_exclusive(self) -> Money:
        """The total without tax (BT-109): lines, less allowances, plus charges."""
        return made(self.tax_exclusive_minor, self.currency)

    @property
    def tax_exclusive_minor(self) -> int:
        """The total without tax in minor units."""
        return self.line_minor - self.allowance_minor + self.charge_minor

    @cached_property
    def breakdown(self) -> tuple[TaxSubtotal, ...]:
        """The tax groups, by category and rate (BG-23)."""
        return tuple(self._subtotal(*group) for group in self.groups)

    def _subtotal(self, tax: Tax, base: int, amount: int) -> TaxSubtotal:
        exempt = [each for each in self.exemptions if each.group == tax]
        return TaxSubtotal(
            tax,
            Money(base, self.currency),
            Money(amount, self.currency),
            reasons=sorted({each.reason for each in exempt} - {""}),
            codes=sorted({each.code for each in exempt} - {""}),
        )

    @property
    def tax(self) -> Money:
        """The total tax (BT-110): the sum of the groups."""
        return made(self.tax_minor, self.currency)

    @property
    def accounting_tax(self) -> Money | None:
        """The total tax in the seller's accounting currency (BT-111), rounded half up once."""
        return None if self.tax_currency is None else self.tax_currency.converted(self.tax)

    @property
    def tax_inclusive(self) -> Money:
        """The total with tax (BT-112)."""
        return made(self.tax_exclusive_minor + self.tax_minor, self.currency)

    @property
    def prepaid(self) -> Money:
        """Deposits deducted, with tax (BT-113)."""
        return made(self.prepaid_minor, self.currency)

    @property
    def rounding(self) -> Money:
        """What is added to round the payable (BT-114)."""
        return made(self.rounding_minor, self.currency)

    @property
    def payable(self) -> Money:
        """The amount due for payment (BT-115): with tax, less what is prepaid, plus rounding."""
        return made(self.payable_minor, self.currency)

    @property
    def payable_minor(self) -> int:
        """The amount due for payment in minor units."""
        with_tax = self.tax_exclusive_minor + self.tax_minor
        return with_tax - self.prepaid_minor + self.rounding_minor

    @property
    def withheld(self) -> Money:
        """What the buyer keeps for the tax office; still payable, by a certificate."""
        return made(self.withheld_minor, self.currency)

    @property
    def net_to_pay(self) -> Money:
        """What is left to pay to the seller: the payable, less what is withheld."""
        return made(self.payable_minor - self.withheld_minor, self.currency)

    def __neg__(self) -> "Totals":
        """Return the totals of the mirrored document: a credit note for all of it."""
        return attrs.evolve(
            self,
            line_minor=-self.line_minor,
            allowance_minor=-self.allowance_minor,
            charge_minor=-self.charge_minor,
            groups=tuple((tax, -base, -amount) for tax, base, amount in self.groups),
            tax_minor=-self.tax_minor,
            prepaid_minor=-self.prepaid_minor,
            rounding_minor=-self.rounding_minor,
            withheld_minor=-self.withheld_minor,
        )


_totals: Final = maker(Totals)


def totals_of(  # one keyword per part of a document
    lines: Sequence[Line],
    untaxed_percent: Percent | None = None,
    *,
    allowances: Sequence[Adjustment] = (),
    charges: Sequence[Adjustment] = (),
    prepaid: Sequence[Prepaid] = (),
    rounding_amount: Money | None = None,
    withheld: Sequence[Adjustment] = (),
    tax_currency: TaxCurrency | None = None,
) -> Totals:
    """Return the totals of the parts of a document, all of one currency.

    Args:
        lines: one or more.
        untaxed_percent: the part of what is discountable that is left without tax, since an early
            discount always reduces the tax base: an allowance in each taxed group, and one charge
            that is exempt. Lines that state their tax are reduced too, at their rate; those that
            take off an earlier document with its own tax are not.
        allowances: of the whole document, each with its tax, or a percentage without one.
        charges: of the whole document, in the same way.
        prepaid: what is deducted; it changes no tax.
        rounding_amount: what is added to the payable.
        withheld: what the buyer keeps; a percentage is of the total without tax, less that of what
            is prepaid, and of nothing where that has not the sign of the payable.
        tax_currency: the seller's accounting currency.

    Raises:
        CurrencyMismatchError: two amounts are in different currencies.
        ArgumentsError: an allowance or charge of the document without a tax, or a percentage of
            lines of other taxes with one.

    Example:
        >>> lines = [Line("Design", 1, Money.of("0.02", "EUR"), tax=Tax.standard(21))] * 3
        >>> str(totals_of(lines).tax)  # per line it would be nothing at all
        'EUR 0.01'

    Source: EN 16931 BR-CO-10 to BR-CO-18.
    """
    currency = lines[0].currency
    parts = entries_of(lines, allowances, charges, untaxed_percent)
    plain = not (allowances or charges or parts.moved)
    groups, exemptions = _grouped(lines if plain else parts.together, currency)
    off = on = net = tax = 0
    for _, base, amount in groups:
        net += base
        tax += amount
    if not plain:
        moved = sum(entry.net_minor for entry in parts.moved if entry.tax is UNTAXED)
        off = moved - sum(entry.net_minor for entry in parts.allowances)
        on = moved + sum(entry.net_minor for entry in parts.charges)
    found = _totals(
        currency,
        net + off - on,
        off,
        on,
        groups,
        tax,
        _prepaid_sum(prepaid, currency) if prepaid else 0,
        0 if rounding_amount is None else _minor(rounding_amount, currency),
        0,
        exemptions,
        tax_currency,
    )
    if not withheld:
        return found
    due = withholding_base(found, prepaid)
    kept = sum(each.amount_on(due).minor for each in withheld)
    return attrs.evolve(found, withheld_minor=kept)


def discountable_of(entries: Sequence[Line]) -> TaxedAmount:
    """Return net and tax of what early discounts reduce of all that is billed.

    The tax is per group and once rounded; lines that take an earlier document off are left out.
    """
    work = [entry for entry in entries if entry.discountable and entry.deducts is None]
    return _net_and_tax(work, entries[0].currency)


def reducible_of(entries: Sequence[Line], prepaid: Sequence[Prepaid] = ()) -> TaxedAmount:
    """Return the same without what is deducted, by lines or as prepaid, net and tax exactly.

    What is deducted had its discount on its own bill.
    """
    currency = entries[0].currency
    left = [entry for entry in entries if entry.discountable or entry.deducts is not None]
    found = _net_and_tax(left, currency)
    groups = [group for each in prepaid for group in each.groups]
    return TaxedAmount(
        found.net - Money.total((group.base for group in groups), currency=currency),
        found.tax - Money.total((group.amount for group in groups), currency=currency),
    )


def _net_and_tax(entries: Sequence[Line], currency: Currency) -> TaxedAmount:
    groups, _ = _grouped(entries, currency)
    return TaxedAmount(
        Money(sum(base for _, base, _ in groups), currency),
        Money(sum(amount for _, _, amount in groups), currency),
    )


def _grouped(
    entries: Sequence[Line], currency: Currency
) -> tuple[tuple[_Group, ...], tuple[Tax, ...]]:
    """Return the tax groups by category and rate, and the taxes that say why there is none."""
    sums, taxes, stated = _sums(entries, currency)
    groups: list[_Group] = []
    reasoned: list[Tax] = []
    last = None
    for tax in sorted(taxes, key=_ORDER):  # the order of the lines does not matter
        base, group, order = sums[id(tax)], tax.group, tax.order
        if order == last:
            base += groups.pop()[1]
        groups.append((group, base, tax.on(base)))
        last = order
        if group is not tax:
            reasoned.append(tax)
    if stated:
        groups = _with_stated(groups, stated)
    return tuple(groups), _in_order(reasoned) if reasoned else ()


def _sums(
    entries: Sequence[Line], currency: Currency
) -> tuple[dict[int, int], list[Tax], list[tuple[Line, Money]]]:
    """Return nets by the identity of their tax, these taxes, and the lines that state theirs."""
    # Lines share their taxes, so they are told apart by identity: hashing one costs more than all
    # the rest of this loop. Equal ones that are not the same meet where they are sorted.
    sums: dict[int, int] = {}
    taxes: list[Tax] = []
    stated: list[tuple[Line, Money]] = []
    for entry in entries:
        key, net, plain = entry.posting
        if plain is not currency:
            require_one_currency(Money(0, currency), entry.net)
            if entry.tax_amount is not None:
                stated.append((entry, entry.tax_amount))
                net = 0
        if key in sums:
            sums[key] += net
        else:
            sums[key] = net
            taxes.append(entry.tax)
    return sums, taxes, stated


_ORDER: Final = attrgetter("order")


def _in_order(taxes: Iterable[Tax]) -> tuple[Tax, ...]:
    """Return taxes once each, so that the order of the lines does not matter."""
    return tuple(sorted(set(taxes), key=lambda tax: (tax.order, tax.reason, tax.code)))


def _with_stated(groups: Iterable[_Group], stated: Iterable[tuple[Line, Money]]) -> list[_Group]:
    """Return *groups* with the base and tax of lines that state their tax amount."""
    found = {group[0]: group for group in groups}
    for line, amount in stated:
        tax, base, taxed = found[line.tax.group]
        found[tax] = (tax, base + line.net_minor, taxed + amount.minor)
    return list(found.values())


def _minor(amount: Money, currency: Currency) -> int:
    require_one_currency(Money(0, currency), amount)
    return amount.minor


def _prepaid_sum(prepaid: Iterable[Prepaid], currency: Currency) -> int:
    return sum(_minor(each.gross, currency) for each in prepaid)


def withholding_base(totals: Totals, prepaid: Iterable[Prepaid]) -> Money:
    """Return what a percentage withheld is of: the total without tax, less that of what is prepaid.

    The client withheld its part of a deposit when it paid that. A deposit of another tax may leave
    less than nothing without tax of a payable; then nothing more is withheld of it.
    """
    net = totals.tax_exclusive
    base = net - Money.total(
        (group.base for each in prepaid for group in each.groups), currency=net.currency
    )
    return base if base.minor * totals.payable_minor > 0 else Money.zero(net.currency)
