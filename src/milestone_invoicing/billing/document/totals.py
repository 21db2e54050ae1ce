"""What lines add up to: net, tax per group, and what is payable; it knows no dates or facts.

Tax is per (category, rate) group, on the sum of the group, never per line; each group is rounded
half up once. Lines that carry a tax amount of their own add that to their group instead.

All sums are of plain ints in minor units. Totals box them into Money when they are asked for: most
callers ask for one or two.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

import attrs

from milestone_invoicing.billing.document.adjustment import Adjustment
from milestone_invoicing.billing.document.breakdown import (
    Prepaid,
    TaxCurrency,
    TaxSubtotal,
)
from milestone_invoicing.billing.document.entries import entries_of
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.money import Currency, Money, Percent, TaxedAmount
from milestone_invoicing.money.money import require_one_currency

# A group in minor units: its tax, its base, its tax amount.
_Group: TypeAlias = tuple[Tax, int, int]


@attrs.frozen
class Totals:
    """The totals of a document, in the order of EN 16931 (BG-22).

    Each is a property that returns Money; the fields are minor units. ``withheld`` and
    ``net_to_pay`` are no part of EN 16931 and change none of its totals.
    """

    currency: Currency
    line_minor: int
    allowance_minor: int
    charge_minor: int
    groups: tuple[_Group, ...]
    prepaid_minor: int
    rounding_minor: int
    withheld_minor: int
    exemptions: tuple[Tax, ...]
    tax_currency: TaxCurrency | None

    @property
    def line_total(self) -> Money:
        """The sum of the net amounts of the lines (BT-106)."""
        return Money(self.line_minor, self.currency)

    @property
    def allowance_total(self) -> Money:
        """The sum of the allowances of the whole document (BT-107)."""
        return Money(self.allowance_minor, self.currency)

    @property
    def charge_total(self) -> Money:
        """The sum of the charges of the whole document (BT-108)."""
        return Money(self.charge_minor, self.currency)

    @property
    def tax_exclusive(self) -> Money:
        """The total without tax (BT-109): lines, less allowances, plus charges."""
        return Money(self.tax_exclusive_minor, self.currency)

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
        return Money(self.tax_minor, self.currency)

    @property
    def tax_minor(self) -> int:
        """The total tax in minor units."""
        return sum([amount for _, _, amount in self.groups])

    @property
    def accounting_tax(self) -> Money | None:
        """The total tax in the seller's accounting currency (BT-111), rounded half up once."""
        return None if self.tax_currency is None else self.tax_currency.converted(self.tax)

    @property
    def tax_inclusive(self) -> Money:
        """The total with tax (BT-112)."""
        return Money(self.tax_exclusive_minor + self.tax_minor, self.currency)

    @property
    def prepaid(self) -> Money:
        """Deposits deducted, with tax (BT-113)."""
        return Money(self.prepaid_minor, self.currency)

    @property
    def rounding(self) -> Money:
        """What is added to round the payable (BT-114)."""
        return Money(self.rounding_minor, self.currency)

    @property
    def payable(self) -> Money:
        """The amount due for payment (BT-115): with tax, less what is prepaid, plus rounding."""
        return Money(self.payable_minor, self.currency)

    @property
    def payable_minor(self) -> int:
        """The amount due for payment in minor units."""
        with_tax = self.tax_exclusive_minor + self.tax_minor
        return with_tax - self.prepaid_minor + self.rounding_minor

    @property
    def withheld(self) -> Money:
        """What the buyer keeps for the tax office; still payable, by a certificate."""
        return Money(self.withheld_minor, self.currency)

    @property
    def net_to_pay(self) -> Money:
        """What is left to pay to the seller: the payable, less what is withheld."""
        return Money(self.payable_minor - self.withheld_minor, self.currency)

    def __neg__(self) -> "Totals":
        """Return the totals of the mirrored document: a credit note for all of it."""
        return attrs.evolve(
            self,
            line_minor=-self.line_minor,
            allowance_minor=-self.allowance_minor,
            charge_minor=-self.charge_minor,
            groups=tuple((tax, -base, -amount) for tax, base, amount in self.groups),
            prepaid_minor=-self.prepaid_minor,
            rounding_minor=-self.rounding_minor,
            withheld_minor=-self.withheld_minor,
        )


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
            discount always reduces the tax base. It stands in a group of its own, exempt. Lines
            with a tax amount of their own are not reduced.
        allowances: of the whole document, each with its tax.
        charges: of the whole document, each with its tax.
        prepaid: what is deducted; it changes no tax.
        rounding_amount: what is added to the payable.
        withheld: what the buyer keeps; a percentage is of the total without tax.
        tax_currency: the seller's accounting currency.

    Raises:
        CurrencyMismatchError: two amounts are in different currencies.
        ArgumentsError: an allowance or charge of the document without a tax.

    Example:
        >>> lines = [Line("Design", 1, Money.of("0.02", "EUR"), tax=Tax.standard(21))] * 3
        >>> str(totals_of(lines).tax)  # per line it would be nothing at all
        'EUR 0.01'

    Source: EN 16931 BR-CO-10 to BR-CO-18.
    """
    currency = lines[0].currency
    entries = entries_of(lines, allowances, charges, untaxed_percent)
    bases, stated, exemptions = _bases(entries, currency)
    groups = _groups(bases, stated)
    off = on = 0
    if allowances or charges:
        first, end = len(lines) + len(allowances), len(lines) + len(allowances) + len(charges)
        off = -sum(entry.net_minor for entry in entries[len(lines) : first])
        on = sum(entry.net_minor for entry in entries[first:end])
    net = sum([base for _, base, _ in groups])
    return Totals(
        currency,
        net + off - on,
        off,
        on,
        groups,
        _prepaid_sum(prepaid, currency) if prepaid else 0,
        0 if rounding_amount is None else _minor(rounding_amount, currency),
        _withheld_sum(withheld, net, currency) if withheld else 0,
        exemptions,
        tax_currency,
    )


def reducible_of(entries: Sequence[Line]) -> TaxedAmount:
    """Return net and tax of what is discountable, the tax per group and once rounded."""
    currency = entries[0].currency
    bases, stated, _ = _bases([entry for entry in entries if entry.discountable], currency)
    groups = _groups(bases, stated)
    return TaxedAmount(
        Money(sum(base for _, base, _ in groups), currency),
        Money(sum(amount for _, _, amount in groups), currency),
    )


def _bases(
    entries: Iterable[Line], currency: Currency
) -> tuple[dict[Tax, int], list[_Group], tuple[Tax, ...]]:
    """Return the base of each group, what lines with a tax amount add, and taxes with reasons."""
    # Lines share their taxes, so they are told apart by identity: hashing one costs more than all
    # the rest of this loop. Equal ones that are not the same are brought together after it.
    sums: dict[int, int] = {}
    taxes: dict[int, Tax] = {}
    stated: list[_Group] = []
    for entry in entries:
        tax, net, own, amount = entry.posting
        if own is not currency:
            require_one_currency(Money(0, currency), entry.net)
        if amount is not None:
            stated.append((tax.group, net, amount.minor))
            net = 0
        try:
            sums[id(tax)] += net
        except KeyError:  # the first of its tax: testing each line for that costs more
            sums[id(tax)] = net
            taxes[id(tax)] = tax
    bases: dict[Tax, int] = {}
    reasoned: list[Tax] = []
    for place, tax in taxes.items():
        group = tax.group
        bases[group] = bases.get(group, 0) + sums[place]
        if group is not tax:
            reasoned.append(tax)
    return bases, stated, _in_order(reasoned) if reasoned else ()


def _in_order(taxes: Iterable[Tax]) -> tuple[Tax, ...]:
    """Return taxes once each, so that the order of the lines does not matter."""
    return tuple(sorted(set(taxes), key=lambda tax: (tax.order, tax.reason, tax.code)))


def _groups(bases: Mapping[Tax, int], stated: Sequence[_Group]) -> tuple[_Group, ...]:
    """Return the tax groups: by rate on *bases*, and as given by lines with a tax amount.

    They are in order of category and rate, so that the order of the lines does not matter.
    """
    groups = [(tax, base, tax.on(base)) for tax, base in bases.items()]
    if stated:
        groups = _with_stated(groups, stated)
    if len(groups) > 1:
        groups.sort(key=_group_order)
    return tuple(groups)


def _with_stated(groups: Iterable[_Group], stated: Iterable[_Group]) -> list[_Group]:
    """Return *groups* with the base and tax of lines that state their tax amount."""
    found = {group[0]: group for group in groups}
    for tax, net, taxed in stated:
        _, base, amount = found[tax]
        found[tax] = (tax, base + net, amount + taxed)
    return list(found.values())


def _group_order(group: _Group) -> tuple[str, int, Fraction]:
    return group[0].order


def _minor(amount: Money, currency: Currency) -> int:
    require_one_currency(Money(0, currency), amount)
    return amount.minor


def _prepaid_sum(prepaid: Iterable[Prepaid], currency: Currency) -> int:
    return sum(_minor(each.gross, currency) for each in prepaid)


def _withheld_sum(withheld: Iterable[Adjustment], net: int, currency: Currency) -> int:
    whole = Money(net, currency)
    return sum(each.amount_on(whole).minor for each in withheld)
