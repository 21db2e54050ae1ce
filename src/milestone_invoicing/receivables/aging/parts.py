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
from milestone_invoicing.facts import standing
from milestone_invoicing.receivables.aging.layout import DISPUTED, RETAINED, UNAPPLIED
from milestone_invoicing.receivables.collection import disputed_and_open
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
    nobody disputes, and settles the first ones. What only lacks a certificate has no due date.
    """
    plain = _plainly(invoice, as_of)
    if plain is not None:
        return plain
    items = sorted(
        due_items(invoice, as_of=as_of),
        key=lambda item: (item.held, undated_last(item.agreed_on)),
    )
    settlement, facts = settle(invoice, as_of), standing(invoice.facts, as_of)
    disputed = disputed_and_open(settlement, facts) if disputed_apart else 0
    unapplied = settlement.unapplied.minor
    parts = [*_split(items, disputed)]
    return [*parts, Part(Standing.UNAPPLIED, None, -unapplied)] if unapplied else parts


def _plainly(invoice: Invoice, as_of: date) -> Sequence[Part] | None:
    """Return the parts of an invoice with one instalment to which nothing but cash happened.

    Most invoices are such, and this takes a tenth of the time; what it cannot tell is None.
    """
    claim = invoice.claim
    if claim is None or claim.issued_on > as_of or claim.order_matters or claim.withheld:
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


def _split(items: Sequence[DueItem], disputed: int) -> Iterator[Part]:
    """Yield what is open, disputed from the end on, and retained.

    What only lacks the certificate of a withheld tax has no due date. Cash is disputed before it.
    """
    cash = sum(item.cash.minor for item in items)
    certain = cash - min(disputed, cash)
    uncertified = sum(item.to_certify.minor for item in items) - (disputed - cash + certain)
    for item in items:
        undisputed = min(item.cash.minor, certain)
        waiting = min(item.to_certify.minor, uncertified)
        certain, uncertified = certain - undisputed, uncertified - waiting
        for kind, due_on, minor in (
            (Standing.OPEN, item.due_on, undisputed),
            (Standing.OPEN, None, waiting),
            (Standing.DISPUTED, item.due_on, item.open.minor - undisputed - waiting),
            (Standing.RETAINED, None, item.retained.minor),
        ):
            if minor:
                yield Part(kind, due_on, minor)
