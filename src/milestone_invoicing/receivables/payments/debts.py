"""How much cash an invoice takes on a day without being overfilled; it knows no payment of many."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from milestone_invoicing.billing import Invoice, Payment, TaxCategory, Voided
from milestone_invoicing.billing.history.claim import Claim
from milestone_invoicing.billing.history.fact_checks import days_from
from milestone_invoicing.billing.history.filling import fill, left_over
from milestone_invoicing.billing.history.invoice_facts import InvoiceFact
from milestone_invoicing.errors import PaymentError
from milestone_invoicing.facts import Fact, standing
from milestone_invoicing.money import Money
from milestone_invoicing.money.money import require_one_currency
from milestone_invoicing.receivables.discounts import still_available
from milestone_invoicing.receivables.settlement import (
    DueItem,
    cash_to_come,
    due_items,
    items_by_terms,
)
from milestone_invoicing.timing.order import undated_last


class Debt(NamedTuple):
    """What is open of an invoice on a day, in minor units, and the cash that it takes.

    Attributes:
        number: of the invoice.
        issued_on: its issue date.
        is_charge: whether it bills nothing but costs and interest of late payment.
        open: what is open on the day.
        parts: the day on which an instalment is due, and the cash that it takes; by due date,
            undated last. Together they take no more than the invoice has room for.
    """

    number: str
    issued_on: date
    is_charge: bool
    open: int
    parts: tuple[tuple[date | None, int], ...]

    @property
    def cash(self) -> int:
        """The cash that all of it takes."""
        return sum(cash for _, cash in self.parts)


def debt_of(invoice: Invoice, day: date, *, take_discounts: bool) -> Debt | None:
    """Return what cash *invoice* takes on a day; None for what is never paid.

    That is a draft, a void, a credit note, and what is issued later. What is held takes none.

    Args:
        invoice: the invoice, with its facts; those after *day* may leave less room.
        day: the value day of the cash.
        take_discounts: whether an instalment takes only the cash that settles it by an early
            discount, and beside the tax that the client withholds, or all that is open.
    """
    items = due_items(invoice, as_of=day)
    if not items or invoice.claim is None or invoice.number is None:
        return None
    parts = _parts(invoice, invoice.claim, items, day, take_discounts=take_discounts)
    is_charge = all(
        line.tax.category is TaxCategory.O and not line.discountable for line in invoice.lines
    )
    left = sum(item.open.minor for item in items)
    return Debt(invoice.number, invoice.claim.issued_on, is_charge, left, tuple(parts))


def require_one_client(invoices: Sequence[Invoice], amount: Money) -> None:
    """Refuse invoices of several clients, or in another currency than an amount."""
    for invoice in invoices:
        if invoice.buyer.key != invoices[0].buyer.key:
            raise PaymentError(
                "one payment or plan is of one client",
                expected=f"invoices of {invoices[0].buyer.key!r}",
                got=invoice.buyer.key,
            )
        require_one_currency(amount, invoice.payable)


def _parts(
    invoice: Invoice, claim: Claim, items: Sequence[DueItem], day: date, *, take_discounts: bool
) -> Iterator[tuple[date | None, int]]:
    """Yield the instalments with something open, and the cash that each takes, by due date."""
    wanted = {item.installment: item.open.minor for item in items if item.open}
    if take_discounts:
        wanted = {item.installment: item.cash.minor for item in items if item.cash}
    if take_discounts and wanted:
        _leave_off(wanted, invoice, claim, day)
    room = _without_excess(claim, invoice.facts, day, sum(wanted.values()))
    due = {item.installment: item.due_on for item in items}
    for number in sorted(wanted, key=lambda number: (undated_last(due[number]), number)):
        part = min(wanted[number], room)
        room -= part
        yield due[number], part


def _leave_off(wanted: dict[int, int], invoice: Invoice, claim: Claim, day: date) -> None:
    """Take from what the instalments want what early discounts leave off when all are paid.

    A discount of an instalment is taken from it, one of the whole from the last ones back.
    """
    stands = standing(invoice.facts, day)
    found = claim.offers(stands)
    if not found:
        return
    available = still_available(claim, items_by_terms(invoice, day), found, day)
    total = sum(wanted.values())
    saved = total - _settling(invoice, claim, day, total, available)
    for number in [*(each for each in available if each), *reversed(wanted)]:
        most = available[number].minor if number in available else saved
        part = min(wanted.get(number, 0), most, saved)
        saved -= part
        if part:
            wanted[number] -= part


def _settling(
    invoice: Invoice, claim: Claim, day: date, total: int, available: Mapping[int | None, Money]
) -> int:
    """Return the cash that settles all that is to come as cash, given the discounts left.

    Without any cash no discount is taken, though no more may be open than it leaves off.
    """
    cash = total - sum(each.minor for each in available.values())
    while cash < total:
        stands = standing(_with_cash(claim, invoice.facts, day, cash), day)
        left = cash_to_come(claim, stands, fill(claim, stands).open)
        if not left:
            break
        cash = min(cash + left, total)
    return cash


def _with_cash(
    claim: Claim, facts: Sequence[InvoiceFact], day: date, minor: int
) -> tuple[InvoiceFact, ...]:
    return (*facts, *([Payment(Money(minor, claim.currency), on=day)] if minor else ()))


def _without_excess(claim: Claim, facts: Sequence[InvoiceFact], day: date, minor: int) -> int:
    """Return as much of some cash as leaves no cash too much, that day or later.

    What was recorded before, dated later, keeps its place: a payment, a credit, a void.
    """
    if not claim.order_matters and all(fact.on <= day for fact in facts):
        return minor
    before = {on: _taken(claim, stands, on) for on, stands in days_from(facts, day)}

    def with_cash(cash: int) -> tuple[int, int]:
        """Return what of the cash is too much, and the least that is open with it."""
        told = days_from(_with_cash(claim, facts, day, cash), day)
        taken = [(before[on][0], *_taken(claim, stands, on)) for on, stands in told]
        return max(now - was for was, now, _ in taken), min(left for _, _, left in taken)

    low = high = minor
    while low and (over := with_cash(low)[0]) > 0:
        low, high = max(low - over, 0), low
    # A discount that less cash does not take any more leaves room for some of it again.
    if low < high and with_cash(low)[1]:
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if with_cash(middle)[0] > 0 else (middle, high)
    return low


def _taken(claim: Claim, stands: Sequence[Fact], day: date) -> tuple[int, int]:
    """Return the cash that nothing open takes, left over or set against what is held; and what is.

    A void has nothing open.
    """
    filling = fill(claim, stands)
    held = zip(filling.parts, filling.left, strict=True)
    early = sum(part.amount.minor - left for part, left in held if part.held)
    void = any(isinstance(fact, Voided) for fact in stands)
    return left_over(claim, stands, day) + early, 0 if void else filling.open
