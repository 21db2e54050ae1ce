"""What of one invoice may be asked for on a day, and who was reminded of what; no policies."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import attrs

from milestone_invoicing.billing import FollowedUp, Invoice, Reminded, Sent
from milestone_invoicing.facts import Fact, Reason, Reversed, in_order, of_kind, standing
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.collection import collection_on
from milestone_invoicing.receivables.settlement import DueItem, due_items, items_after, settle
from milestone_invoicing.receivables.status_axes import Flag

_PAUSES: Final = frozenset({Flag.PROMISED, Flag.HANDED_OVER})


@attrs.frozen
class Chase:
    """An invoice of which something may be asked for on a day.

    Attributes:
        invoice: the invoice.
        as_of: the day.
        issued_on: of the invoice.
        due_on: the due date of the oldest open instalment.
        amount: what is asked for: open, due by then, and not disputed.
        open: all that is open of the invoice.
        reminded: the reminders that stand, each with the due date that it was about.
        followed_up: the last day on which somebody followed up.
        reasons: what was said about the money.
    """

    invoice: Invoice
    as_of: date
    issued_on: date
    due_on: date
    amount: Money
    open: Money
    reminded: tuple[tuple[Reminded, date | None], ...]
    followed_up: date | None
    reasons: tuple[Reason, ...]


def chase_of(invoice: Invoice, as_of: date) -> Chase | None:
    """Return what of *invoice* may be asked for on a day; None if nothing is.

    That is so where it was sent before that day, and something of it is open, has a due date and
    is not disputed, while no promise runs and nobody else collects it. On the day on which it is
    sent it speaks for itself.
    """
    issued_on, facts = invoice.issued_on, standing(invoice.facts, as_of)
    sent = of_kind(facts, Sent)
    if issued_on is None or not invoice.is_issued(as_of) or not sent or sent[0].on == as_of:
        return None
    items = _dated(due_items(invoice, as_of=as_of))
    if not items:
        return None
    due_on, _ = items[0]
    settlement = settle(invoice, as_of)
    collection = collection_on(invoice, facts, settlement, as_of)
    amount = min(_due_by(items, max(due_on, as_of)), collection.to_chase)
    if not amount or collection.flags & _PAUSES:
        return None
    return Chase(
        invoice=invoice,
        as_of=as_of,
        issued_on=issued_on,
        due_on=due_on,
        amount=amount,
        open=settlement.open,
        reminded=tuple(_reminded(invoice, facts)),
        followed_up=max((each.on for each in of_kind(facts, FollowedUp)), default=None),
        reasons=collection.reasons,
    )


def _dated(items: Sequence[DueItem]) -> list[tuple[date, Money]]:
    """Return what is open and has a due date, the oldest first."""
    dated = [(item.due_on, item.open) for item in items if item.open and item.due_on]
    return sorted(dated, key=lambda each: each[0])


def _due_by(items: Sequence[tuple[date, Money]], day: date) -> Money:
    due = [amount for due_on, amount in items if due_on <= day]
    return Money.total(due, currency=due[0].currency)


def _reminded(invoice: Invoice, facts: Sequence[Fact]) -> Iterator[tuple[Reminded, date | None]]:
    """Yield each reminder with the due date of what was the oldest open instalment then.

    On its own day what was recorded before it counts, so that a payment in the afternoon does not
    change what the letter of the morning was about.
    """
    reminders = of_kind(facts, Reminded)
    about = dict(_about(invoice)) if reminders else {}
    for fact in reminders:
        yield fact, about[fact]


def _about(invoice: Invoice) -> Iterator[tuple[Reminded, date | None]]:
    """Yield all reminders with the due date that they were about; other facts are asked once."""
    before: list[Fact] = []
    found: tuple[date | None, int] = (None, -1)
    for fact in in_order(invoice.facts):
        if isinstance(fact, Reminded):
            if found[1] < len(before):
                found = (_oldest(invoice, standing(before, fact.on)), len(before))
            yield fact, found[0]
        elif not (isinstance(fact, Reversed) and isinstance(fact.fact, Reminded)):
            before.append(fact)


def _oldest(invoice: Invoice, facts: Sequence[Fact]) -> date | None:
    items = tuple(items_after(invoice.claim, facts)) if invoice.claim else ()
    return next((due_on for due_on, _ in _dated(items)), None)
