"""How much cash an invoice takes on a day without being overfilled; it knows no payment of many."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import attrs

from milestone_invoicing.billing import Invoice, Payment, TaxCategory
from milestone_invoicing.billing.history.claim import Claim
from milestone_invoicing.billing.history.reading import Reading
from milestone_invoicing.errors import PaymentError
from milestone_invoicing.money import Money
from milestone_invoicing.money.money import require_one_currency
from milestone_invoicing.money.waterfall import waterfall
from milestone_invoicing.receivables.discounts import still_available


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
    reading = invoice.reading(day)
    if not reading.due_days or reading.claim is None or invoice.number is None:
        return None
    is_charge = all(
        line.tax.category is TaxCategory.O and not line.discountable for line in invoice.lines
    )
    parts = tuple(_parts(reading, reading.claim, take_discounts=take_discounts))
    return Debt(invoice.number, reading.claim.issued_on, is_charge, reading.open, parts)


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
    reading: Reading, claim: Claim, *, take_discounts: bool
) -> Iterator[tuple[date | None, int]]:
    """Yield the instalments with something open, and the cash that each takes, by due date."""
    minors = reading.cash_by_item if take_discounts else reading.open_by_item
    wanted = {place: minor for place, minor in enumerate(minors) if minor}
    if take_discounts and wanted:
        _leave_off(wanted, reading, claim)
    room = _without_excess(reading, claim, sum(wanted.values()))
    places = [place for place in reading.by_due_date if place in wanted]
    parts = dict(waterfall(room, ((place, wanted[place]) for place in places)))
    for place in places:
        yield reading.due_days[place], parts.get(place, 0)


def _leave_off(wanted: dict[int, int], reading: Reading, claim: Claim) -> None:
    """Take from what the instalments want what early discounts leave off when all are paid.

    A discount of an instalment is taken from it, one of the whole from the last ones back.
    """
    found = claim.offers(reading.facts)
    if not found:
        return
    available = still_available(reading, claim, found)
    total = sum(wanted.values())
    saved = total - _settling(reading, total, sum(available.values()))
    of_items = [number - 1 for number in available if number is not None]
    limits = (
        (place, min(wanted.get(place, 0), available.get(place + 1, saved)))
        for place in (*of_items, *reversed(wanted))
    )
    for place, part in waterfall(saved, limits):
        wanted[place] -= part


def _settling(reading: Reading, total: int, available: int) -> int:
    """Return the cash that settles all that is to come as cash, given the discounts left.

    Without any cash no discount is taken, though no more may be open than it leaves off.
    """
    cash = total - available
    while cash < total:
        left = _with_cash(reading, cash).to_come
        if not left:
            break
        cash = min(cash + left, total)
    return cash


def _with_cash(reading: Reading, minor: int) -> Reading:
    """Return the invoice as it would be on the day if so much more came on it."""
    cash = [Payment(Money(minor, reading.currency), on=reading.as_of)] if minor else []
    return attrs.evolve(reading, recorded=(*reading.recorded, *cash))


def _without_excess(reading: Reading, claim: Claim, minor: int) -> int:
    """Return as much of some cash as leaves no cash too much, that day or later.

    What was recorded before, dated later, keeps its place: a payment, a credit, a void.
    """
    later = sorted({fact.on for fact in reading.recorded if fact.on > reading.as_of})
    if not claim.order_matters and not later:
        return minor

    def by_day(told: Reading) -> list[Reading]:
        return [told, *(attrs.evolve(told, as_of=on) for on in later)]

    before = [_excess(then) for then in by_day(reading)]

    def with_cash(cash: int) -> tuple[int, int]:
        """Return what of the cash is too much, and the least that is open with it."""
        then = by_day(_with_cash(reading, cash))
        over = max(_excess(now) - was for now, was in zip(then, before, strict=True))
        return over, min(each.open for each in then)

    low = high = minor
    while low and (over := with_cash(low)[0]) > 0:
        low, high = max(low - over, 0), low
    # A discount that less cash does not take any more leaves room for some of it again.
    if low < high and with_cash(low)[1]:
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if with_cash(middle)[0] > 0 else (middle, high)
    return low


def _excess(reading: Reading) -> int:
    """Return the cash that nothing open takes: left over, or set against what is held."""
    filling = reading.filling
    held = zip(filling.parts, filling.left, strict=True)
    return reading.unapplied + sum(part.amount.minor - left for part, left in held if part.held)
