"""What bills keep back, and what of that is still held; it knows no rule about how much.

A bill either holds a part of its payable, or leaves it off by a line that names no milestone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from milestone_invoicing.billing.document.apportioning import line_taxes, parts_by_weight
from milestone_invoicing.billing.document.entries import UNTAXED
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.billing.history.filling import fill
from milestone_invoicing.billing.history.invoice_facts import Applied, Refunded, minor_sum
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.contract.terms.discounts import always_reduced
from milestone_invoicing.facts import of_kind, standing


class Kept(NamedTuple):
    """What one document keeps back, in minor units.

    Attributes:
        bill: the document.
        retained: what it keeps back, less what credit notes took of it; below zero on a note that
            takes back what its invoice left off.
        held: what of that is neither released nor settled on the document itself.
    """

    bill: Invoice
    retained: int
    held: int


def kept_of(bills: Sequence[Invoice], day: date) -> list[Kept]:
    """Return what each of *bills* keeps back on a day; none of them is void."""
    notes = credit_notes_among(bills)
    return [kept_by(bill, notes.get(bill.number, ()), day) for bill in bills]


def credit_notes_among(bills: Iterable[Invoice]) -> dict[str | None, list[Invoice]]:
    """Return the credit notes among *bills*, by the number of what they credit."""
    notes: dict[str | None, list[Invoice]] = {}
    for note in bills:
        if note.kind.is_credit_note:
            for number in dict.fromkeys(note.preceding):
                notes.setdefault(number, []).append(note)
    return notes


def kept_by(bill: Invoice, bills: Iterable[Invoice], day: date) -> Kept:
    """Return what *bill* keeps back on a day, with the credit notes among *bills* taken off.

    None of them is void.
    """
    held, left_off = ever_held(bill, bills, day), _left_off(bill)
    return Kept(bill, held + left_off, still_held(bill, held, day) + left_off)


def retained_by(bill: Invoice, bills: Iterable[Invoice]) -> int:
    """Return what *bill* ever kept back, with the credit notes among *bills* taken off."""
    return ever_held(bill, bills) + _left_off(bill)


def _left_off(bill: Invoice) -> int:
    left = 0
    for line in bill.lines:
        if line.retainage and leaves_off(bill, line):
            left -= line.net_minor
    return left


def still_held(bill: Invoice, retained: int, day: date) -> int:
    """Return what of the part that a bill held is neither released nor settled on a day."""
    if not retained or bill.claim is None:
        return retained
    money = bill.reading(day)
    # A reading has no instalments of what is void or not issued on the day.
    as_read = money.claim is not None and not money.is_credit
    filling = money.filling if as_read else fill(bill.claim, money.facts)
    return min(retained, filling.retained)


def ever_held(bill: Invoice, bills: Iterable[Invoice], day: date = date.max) -> int:
    """Return what of a bill was ever held, once its credit notes are set against it.

    They take what is due first, and what is held last, as they fill its instalments. What of a note
    was set against another bill, or paid out, takes nothing of this one.
    """
    if bill.held is None or bill.held.minor <= 0:
        return 0
    left = bill.totals.payable_minor
    for note in bills:
        if credits_of(note, bill):
            left -= _may_take(note, bill, day)
    return max(min(bill.held.minor, left), 0)


def _may_take(note: Invoice, bill: Invoice, day: date) -> int:
    """Return what a note took of the bill that it credits, or may still take, in minor units."""
    facts = standing(note.facts, day)
    others = [fact for fact in of_kind(facts, Applied) if fact.invoice != bill.number]
    gone = minor_sum(others, Applied) + minor_sum(facts, Refunded)
    return max(-note.payable.minor - gone, 0)


def credits_of(note: Invoice, bill: Invoice) -> bool:
    """Say whether *note* is a credit note of *bill*."""
    return note.kind.is_credit_note and bill.number in note.preceding


def leaves_off(bill: Invoice, line: Line) -> bool:
    """Say whether a line of retainage leaves it off, or is on a note and takes that back.

    The lines of a document without work, which releases what others left off, are of one sum: a
    release gives back what was released too much at another tax.
    """
    net = line.net_minor
    if all(each.milestone is None for each in bill.lines):
        net = sum(each.net_minor for each in bill.lines if each.retainage)
    return (net < 0) is not bill.kind.is_credit_note


def left_off_by_tax(bills: Iterable[Invoice]) -> dict[Tax, tuple[int, int]]:
    """Return what bills left off and none released yet, net and tax by tax, in minor units.

    The tax is that with which it was left off. What an early discount always leaves untaxed of it
    stands by itself, even where it is nothing.
    """
    left: dict[Tax, tuple[int, int]] = {}
    for bill in bills:
        is_reduced = always_reduced(bill.terms.discounts) is not None
        if is_reduced and any(line.retainage for line in bill.lines):
            left.setdefault(UNTAXED, (0, 0))
        for line, taxed in line_taxes(bill.entries, bill.totals.breakdown):
            if line.retainage:
                net, before = left.get(line.tax, (0, 0))
                left[line.tax] = net - line.net_minor, before - taxed
    return left


def billed_releases(bills: Iterable[Invoice]) -> int:
    """Return what bills claim of what others left off, in minor units, less what was credited."""
    return sum(
        line.net_minor
        for bill in bills
        for line in bill.lines
        if line.retainage and not leaves_off(bill, line)
    )


def by_milestone(
    kept: Iterable[Kept], released: int, first: Collection[str | None]
) -> dict[str | None, int]:
    """Return what is held of each milestone, by what each document bills of it.

    What was *released* on bills of its own is taken off the milestones *first*, then off others.
    """
    held: dict[str | None, int] = {}
    for each in kept:
        for key, part in shares_of(each.bill, each.held):
            held[key] = held.get(key, 0) + part
    return less_released(held, released, first)


def less_released(
    parts: Mapping[str | None, int], released: int, first: Collection[str | None]
) -> dict[str | None, int]:
    """Return the parts of milestones less what was released, of *first* before others."""
    held = dict(parts)
    for key in sorted(held, key=lambda key: key not in first):
        # What is less than nothing of one is taken off those after it, like what was released.
        part = min(held[key], released)
        held[key] -= part
        released -= part
    return held


def shares_of(bill: Invoice, amount: int) -> Iterator[tuple[str | None, int]]:
    """Yield the part of an amount that goes with each milestone, by running totals.

    What a bill to date shows and takes off again of another milestone has no part.
    """
    work: dict[str, int] = {}
    for line in bill.lines:
        if line.milestone is not None:
            work[line.milestone] = work.get(line.milestone, 0) + line.net_minor
    rest = amount
    for key, part in zip(work, parts_by_weight(amount, work.values()), strict=True):
        rest -= part
        yield key, part
    yield None, rest
