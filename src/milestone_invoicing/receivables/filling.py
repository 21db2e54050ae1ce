"""Which instalments the cash of an invoice fills, day by day, and which early discounts that takes.

What a day's cash filled stays filled: what happens later moves nothing. So the cash of each day
goes to the instalments in the order of their due dates as known on that day, those that wait for
an event last; and a discount is taken on the day on which the cash reaches the discounted amount.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import attrs

from milestone_invoicing.billing import EventOccurred, Invoice, Payment
from milestone_invoicing.billing.fact_checks import events_among
from milestone_invoicing.contract import DiscountOffer, DueAmount
from milestone_invoicing.facts import Fact, of_kind


@attrs.frozen
class Filling:
    """What the instalments of an invoice got, in minor units, by definition order.

    Attributes:
        parts: the instalments, with the dates that events gave them.
        paid: the cash that each got.
        discounts: the discount that each got; amount = paid + discount + open.
    """

    parts: tuple[DueAmount, ...]
    paid: tuple[int, ...]
    discounts: tuple[int, ...]


def fill(invoice: Invoice, facts: Iterable[Fact]) -> Filling:
    """Return what the instalments of an issued *invoice* got by *facts* that stand.

    Cash beyond all instalments fills nothing. An instalment with a discount of its own is filled
    up to its discounted amount first; cash of that day that nothing else needs makes up for the
    discount again, since then it was not deducted.
    """
    known = tuple(facts)
    cash: Counter[date] = Counter()
    for payment in of_kind(known, Payment):
        cash[payment.on] += payment.amount.minor
    for event in of_kind(known, EventOccurred):
        cash[event.on] += 0
    account = _Account([part.amount.minor for part in invoice.installments])
    for day in sorted(cash):
        events = events_among(fact for fact in known if fact.on <= day)
        order = _due_order(invoice.due_amounts(events))
        account.take(cash[day], order, _offers(invoice, events, day))
    parts = invoice.due_amounts(events_among(known))
    return Filling(parts, tuple(account.paid), tuple(account.discounts))


def offers(invoice: Invoice, events: Mapping[str, date]) -> tuple[DiscountOffer, ...]:
    """Return what paying an issued *invoice* early would take off, given the dates of *events*."""
    terms = invoice.terms
    none = not terms.discounts and not any(part.discounts for part in terms.installments)
    if none or invoice.issued_on is None:
        return ()
    return terms.offers(
        invoice.payable,
        invoice.issued_on,
        reducible=invoice.reducible,
        untaxed=invoice.totals.tax_exclusive,
        events=events,
    )


def best_offers(found: Iterable[DiscountOffer], day: date) -> dict[int | None, DiscountOffer]:
    """Return the best offer that still holds on *day*, by instalment; None is the whole."""
    best: dict[int | None, DiscountOffer] = {}
    for offer in found:
        if day <= offer.until:
            best.setdefault(offer.installment, offer)
    return best


def _offers(invoice: Invoice, events: Mapping[str, date], day: date) -> dict[int | None, int]:
    """Return the discounts to be had on *day*, in minor units, by instalment."""
    best = best_offers(offers(invoice, events), day)
    return {number: offer.discount.minor for number, offer in best.items()}


def _due_order(parts: Sequence[DueAmount]) -> list[int]:
    """Return the places of *parts* by due date; without one, last."""
    return sorted(
        range(len(parts)),
        key=lambda index: (parts[index].due_on is None, parts[index].due_on or date.max),
    )


@attrs.define
class _Account:
    """The instalments of one invoice while its cash is laid out; never leaves this module."""

    amounts: list[int]
    paid: list[int] = attrs.field(init=False)
    discounts: list[int] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.paid = [0] * len(self.amounts)
        self.discounts = [0] * len(self.amounts)

    def open(self, index: int) -> int:
        return self.amounts[index] - self.paid[index] - self.discounts[index]

    def take(self, cash: int, order: Sequence[int], offered: Mapping[int | None, int]) -> None:
        """Lay out the cash of one day, and take the discounts that it reaches."""
        taken: list[int] = []
        for index in order:
            discount = offered.get(index + 1, 0)
            wanted = self.open(index)
            reached = 0 < wanted <= cash + discount
            part = max(wanted - discount, 0) if reached else min(wanted, cash)
            self.paid[index] += part
            cash -= part
            if reached and wanted > part:
                self.discounts[index] += wanted - part
                taken.append(index)
        for index in taken:
            back = min(cash, self.discounts[index])
            self._exchange(index, back)
            cash -= back
        left = sum(map(self.open, order))
        if 0 < left <= offered.get(None, 0):
            for index in order:
                self.discounts[index] += self.open(index)

    def _exchange(self, index: int, amount: int) -> None:
        """Put cash in the place of so much discount."""
        self.paid[index] += amount
        self.discounts[index] -= amount
