"""What of a milestone was voided, or credited to be billed again, and is not billed again yet."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from milestone_invoicing.billing.invoice import CreditEffect, Invoice
from milestone_invoicing.billing.invoice_facts import Voided
from milestone_invoicing.facts import of_kind, standing
from milestone_invoicing.money import Money


def voids_among(bills: Iterable[Invoice], as_of: date) -> dict[str, date]:
    """Return the numbers of those that are void on a day, each with the day of its void.

    A credit note of a void takes nothing back any more: it counts as void with it.
    """
    known = tuple(bills)
    voids = {
        str(bill.number): void.on
        for bill in known
        for void in of_kind(standing(bill.facts, as_of), Voided)
    }
    for note in known:
        days = [voids[number] for number in note.preceding if number in voids]
        if note.kind.is_credit_note and note.issued_on is not None and days:
            day = max(min(days), note.issued_on)
            if day <= as_of:
                voids.setdefault(str(note.number), day)
    return voids


def taken_back(bills: Iterable[Invoice], as_of: date) -> dict[str, date]:
    """Return the numbers that a bill names to bill again: of voids, and of notes for that."""
    known = tuple(bills)
    notes = {
        str(bill.number): bill.issued_on
        for bill in known
        if bill.effect is CreditEffect.REBILL
        if bill.number is not None and bill.issued_on is not None and bill.issued_on <= as_of
    }
    return {**voids_among(known, as_of), **notes}


def bills_again(bill: Invoice, back: Mapping[str, date]) -> bool:
    """Say whether it names what was taken back when it was issued, or is taken back for a draft.

    A bill that merely follows up another, such as the final one of several, bills nothing again
    when that other one is voided later. A credit note bills nothing.
    """
    if bill.kind.is_credit_note:
        return False
    named = [back[number] for number in bill.preceding if number in back]
    return any(bill.is_draft or not bill.issued_on or day <= bill.issued_on for day in named)


def waiting(issued: Sequence[Invoice], voids: Mapping[str, date], key: str) -> int:
    """Return the minor units that were taken back and are not billed again, in order of events.

    A void adds what its bill took, and takes what its credit note gave. A bill that names a void or
    such a note takes from what waits, but not more than waits: what it bills beyond that is a first
    bill like any other.
    """
    back = taken_back(issued, date.max)
    events: list[tuple[date, int, int, int, int]] = []
    for place, bill in enumerate(issued):
        net, turn = bill.net_of(key).minor, _turn(bill, issued, back)
        opens = bill.effect is CreditEffect.REBILL
        voided_on = voids.get(str(bill.number))
        # What is void on the day of its issue is dealt with before the others of that turn.
        own = place - len(issued) if voided_on == bill.issued_on else 0
        if bill.issued_on is not None and (opens or bills_again(bill, back)):
            events.append((bill.issued_on, turn, own, int(opens), -net))
        # Only a note to be billed again had given anything that its void could take.
        if voided_on is not None and (opens or not bill.kind.is_credit_note):
            # On one day a note gives before its void takes.
            events.append((voided_on, turn, own, 1 + opens, net))
    waits = 0
    for *_, change in sorted(events):
        waits = max(waits + change, 0)
    return waits


def _turn(bill: Invoice, issued: Sequence[Invoice], back: Mapping[str, date]) -> int:
    """Return how many bills that were taken back stand before *bill*, each named by the next.

    That is its place among the events of one day.
    """
    turn, named = 0, {number for number in bill.preceding if number in back}
    while named and turn <= len(issued):
        turn += 1
        before = [other for other in issued if other.number in named]
        named = {number for other in before for number in other.preceding if number in back}
    return turn


def net_sum(invoices: Iterable[Invoice], key: str, zero: Money) -> Money:
    """Return what they bill of the milestone *key*, net."""
    return Money.total((invoice.net_of(key) for invoice in invoices), currency=zero.currency)
