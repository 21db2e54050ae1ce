"""What was billed when and what of it is open, with tax and retainage apart; it knows no averages.

Credit notes count against what is billed and what is open, as far as they are not applied.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from milestone_invoicing.billing import Invoice, Voided
from milestone_invoicing.billing.history.claim import Claim
from milestone_invoicing.billing.history.filling import MOVING, fill
from milestone_invoicing.facts import Fact, Reversed, of_kind, standing
from milestone_invoicing.receivables.settlement import due_items, settle

_CHANGING: Final = (Voided, Reversed)


def billings(invoice: Invoice, until: date) -> Iterator[tuple[date, int]]:
    """Yield the days up to and with one on which what is billed changed, and by how much.

    That is on the issue date; a void takes back from its own day, and what is held counts from
    the day of its release, or from that on which cash comes for it before.
    """
    claim = invoice.claim
    if claim is None:
        return
    changing = (*_CHANGING, *(MOVING if claim.held else ()))
    days = {max(fact.on, claim.issued_on) for fact in invoice.facts if isinstance(fact, changing)}
    before = 0
    for day in sorted({claim.issued_on, *days}):
        after = _billed(claim, standing(invoice.facts, day))
        if day <= until and after != before:
            yield day, after - before
        before = after


def _billed(claim: Claim, facts: tuple[Fact, ...]) -> int:
    """Return what is claimed by *facts* and not held, and what is paid of that."""
    if of_kind(facts, Voided):
        return 0
    due = sum(part.amount.minor for part in claim.parts(facts) if not part.held)
    if not claim.held or claim.payable.minor < 0:
        return due
    filling = fill(claim, facts)
    paid = zip(filling.parts, filling.paid, strict=True)
    return due + sum(minor for part, minor in paid if part.held)


def receivable(invoice: Invoice, as_of: date) -> int:
    """Return what is open on a day; of a credit note what is left of it, below zero."""
    money = settle(invoice, as_of)
    if money.payable.minor >= 0 or invoice.claim is None:
        return money.open.minor
    parts = invoice.claim.parts(standing(invoice.facts, as_of))
    held = sum(-part.amount.minor for part in parts if part.held)
    return -max(money.unapplied.minor - held, 0)


def overdue(invoice: Invoice, as_of: date) -> int:
    """Return the cash that is past its due date, as extended; the day itself is in time."""
    return sum(
        item.cash.minor
        for item in due_items(invoice, as_of=as_of)
        if item.due_on is not None and item.due_on < as_of
    )


def retained(invoice: Invoice, as_of: date) -> int:
    """Return what is held and not released."""
    return settle(invoice, as_of).retained.minor
