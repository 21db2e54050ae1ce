"""What of an invoice is open by which date, disputed, held or left over; it knows no buckets."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from typing import Final, NamedTuple

from milestone_invoicing.billing import (
    Assigned,
    FollowedUp,
    Invoice,
    LateCharged,
    Payment,
    Promised,
    Reminded,
    Sent,
)
from milestone_invoicing.billing.history.collection_facts import disputed_of
from milestone_invoicing.facts import standing
from milestone_invoicing.receivables.aging.layout import DISPUTED, RETAINED, UNAPPLIED
from milestone_invoicing.receivables.settlement import DueItem, due_items, settle
from milestone_invoicing.timing.order import undated_last


class Standing(Enum):
    """How money stands with the client; what is not open has a column of its own."""

    OPEN = "open"
    DISPUTED = DISPUTED
    RETAINED = RETAINED
    UNAPPLIED = UNAPPLIED


class Part(NamedTuple):
    """So many minor units that stand in one way, by one due date."""

    standing: Standing
    due_on: date | None
    minor: int


# Facts besides which nothing but cash has moved, and no date.
_PLAIN: Final = frozenset({Payment, Sent, Reminded, FollowedUp, Assigned, Promised, LateCharged})


def parts_of(invoice: Invoice, as_of: date, *, disputed_apart: bool) -> Sequence[Part]:
    """Return what stands of *invoice* on a day, in the order in which money settles it.

    What is disputed is taken from the instalments that are due last: what comes in is first what
    nobody disputes, and settles the first ones.
    """
    plain = _plainly(invoice, as_of)
    if plain is not None:
        return plain
    items = sorted(
        due_items(invoice, as_of=as_of),
        key=lambda item: (item.held, undated_last(item.agreed_on)),
    )
    disputed = _disputed(invoice, as_of, items) if disputed_apart else 0
    unapplied = settle(invoice, as_of).unapplied.minor
    parts = [*_split(items, disputed)]
    return [*parts, Part(Standing.UNAPPLIED, None, -unapplied)] if unapplied else parts


def _plainly(invoice: Invoice, as_of: date) -> Sequence[Part] | None:
    """Return the parts of an invoice with one instalment to which nothing but cash happened.

    Most invoices are such, and this takes a tenth of the time; what it cannot tell is None.
    """
    claim = invoice.claim
    if claim is None or claim.issued_on > as_of or claim.order_matters:
        return None
    parts = claim.by_terms
    left = claim.payable.minor
    if len(parts) != 1 or left < 0:
        return None
    for fact in invoice.facts:
        if type(fact) not in _PLAIN:
            return None
        if type(fact) is Payment and fact.on <= as_of:
            left -= fact.amount.minor
    if left > 0:
        return (Part(Standing.OPEN, parts[0].due_on, left),)
    return (Part(Standing.UNAPPLIED, None, left),) if left else ()


def _disputed(invoice: Invoice, as_of: date, items: Sequence[DueItem]) -> int:
    facts = standing(invoice.facts, as_of)
    outstanding = sum(item.open.minor + item.retained.minor for item in items)
    return min(disputed_of(outstanding, facts), sum(item.open.minor for item in items))


def _split(items: Sequence[DueItem], disputed: int) -> Iterator[Part]:
    """Yield what is open, disputed from the end on, and retained."""
    clear = sum(item.open.minor for item in items) - disputed
    for item in items:
        undisputed = min(item.open.minor, clear)
        clear -= undisputed
        if undisputed:
            yield Part(Standing.OPEN, item.due_on, undisputed)
        if item.open.minor - undisputed:
            yield Part(Standing.DISPUTED, item.due_on, item.open.minor - undisputed)
        if item.retained:
            yield Part(Standing.RETAINED, None, item.retained.minor)
