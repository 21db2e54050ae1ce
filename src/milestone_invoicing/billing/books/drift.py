"""How far the tax of single documents is from that of their sum; it changes no document."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing.billing.books.entered import EnteredBills
from milestone_invoicing.billing.books.groups import sums_by_tax
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.money import Currency, Money, Rounding


@attrs.frozen
class GroupDrift(Answer):
    """Net and tax of one tax group over many documents, and the tax of that net in one.

    Attributes:
        tax: category and rate; None for all groups together.
        documents: how many bill it, or take it off.
        stated: how many of them state a tax amount on a line, or take a deposit off as prepaid;
            their tax is a part of another document's, and not the rate times their own net.
        net: their sum, less what is prepaid.
        billed: the sum of their own taxes, less what is prepaid.
        whole: the rate times *net*, rounded half up once; of all groups together, the sum.
    """

    tax: Tax | None
    documents: int
    stated: int
    net: Money
    billed: Money
    whole: Money

    @property
    def drift(self) -> Money:
        """What is billed more than the tax of the whole; below zero, less."""
        return self.billed - self.whole


@attrs.frozen
class TaxDrift(Answer):
    """The drift of the tax of a set of invoices on a day.

    Attributes:
        as_of: the day.
        groups: by currency, category and rate.
        totals: one for each currency, all groups together; none of nothing.
    """

    as_of: date
    groups: tuple[GroupDrift, ...]
    totals: tuple[GroupDrift, ...]


def tax_drift(invoices: Iterable[Invoice], *, as_of: date) -> TaxDrift:
    """Return how far the taxes of single documents add up to another tax than that of their sum.

    The tax of a document is the rate times its own net amount, so several documents drift from
    the tax of the whole by single units. That is right as it is: the drift is reported, and no
    document takes it up.

    What counts is issued on *as_of* and not void; credit notes count, unless their invoice is
    void. What is prepaid is taken off, so that a deposit counts once, whichever way a bill shows
    it.

    Rounding: the whole half up, once for each group. Where no document states a tax amount
    (*stated* is zero), a drift is at most half a unit for each document and half a unit more.
    Else it may be more, by as much as the stated amounts are off the rate times their net.

    Args:
        invoices: those of a contract, say.
        as_of: the day.

    Raises:
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of("333.33", "EUR"), tax=Tax.standard("2.5"))
        >>> invoices = [
        ...     Invoice(number, date(2026, 5, 1), Party("acme", "Acme"), [line]) for number in "123"
        ... ]
        >>> (group,) = tax_drift(invoices, as_of=date(2026, 5, 1)).groups
        >>> str(group.net), str(group.billed), str(group.whole), str(group.drift)
        ('EUR 999.99', 'EUR 24.99', 'EUR 25.00', 'EUR -0.01')

    Source: EN 16931 BR-CO-17 for each document; the sum is a convention of this library.
    """
    bills = EnteredBills.on(invoices, as_of).counted
    found: dict[_Group, list[_Part]] = {}
    for bill in bills:
        for tax, part in _parts_of(bill).items():
            found.setdefault((bill.currency, tax), []).append(part)
    rows = {key: _row(key, found[key]) for key in sorted(found, key=_group_order)}
    currencies = dict.fromkeys(currency for currency, _ in rows)
    return TaxDrift(
        as_of=as_of,
        groups=tuple(rows.values()),
        totals=tuple(_total(each, rows, bills) for each in currencies),
    )


_Group: TypeAlias = tuple[Currency, Tax]
_Part: TypeAlias = tuple[int, int, bool]  # net, tax, and whether a tax amount is stated


def _group_order(group: _Group) -> tuple[object, ...]:
    currency, tax = group
    return currency.code, currency.minor_units, tax.order


def _parts_of(bill: Invoice) -> dict[Tax, _Part]:
    """Return what one document adds to each group."""
    stated = _stated_taxes(bill)
    taken = (-group for each in bill.prepaid for group in each.groups)
    sums = sums_by_tax([*bill.totals.breakdown, *taken])
    return {tax: (*sums[tax], tax in stated) for tax in sums}


def _stated_taxes(bill: Invoice) -> set[Tax]:
    """Return the taxes of which a document states amounts instead of computing them."""
    lines = {line.tax.group for line in bill.lines if line.tax_amount is not None}
    return lines | {group.tax for each in bill.prepaid for group in each.groups}


def _row(group: _Group, parts: Sequence[_Part]) -> GroupDrift:
    currency, tax = group
    net = Money(sum(net for net, _, _ in parts), currency)
    return GroupDrift(
        tax=tax,
        documents=len(parts),
        stated=sum(stated for _, _, stated in parts),
        net=net,
        billed=Money(sum(taxed for _, taxed, _ in parts), currency),
        whole=net.times(tax.rate or 0, rounding=Rounding.HALF_UP),
    )


def _total(
    currency: Currency, rows: Mapping[_Group, GroupDrift], bills: Iterable[Invoice]
) -> GroupDrift:
    own = [row for (of, _), row in rows.items() if of == currency]
    counted = [bill for bill in bills if bill.currency == currency]
    return GroupDrift(
        tax=None,
        documents=len(counted),
        stated=sum(bool(_stated_taxes(bill)) for bill in counted),
        net=Money.total((row.net for row in own), currency=currency),
        billed=Money.total((row.billed for row in own), currency=currency),
        whole=Money.total((row.whole for row in own), currency=currency),
    )
