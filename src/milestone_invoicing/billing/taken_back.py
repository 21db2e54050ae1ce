"""What of a milestone was voided, or credited to be billed again, and is not billed again yet."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

from milestone_invoicing.billing.document.kinds import CreditEffect
from milestone_invoicing.billing.history.invoice_facts import Voided
from milestone_invoicing.billing.invoice import Invoice


def voids_among(bills: Iterable[Invoice], as_of: date) -> dict[str, date]:
    """Return the numbers of those that are void on a day, each with the day of its void.

    A credit note of a void takes nothing back any more: it counts as void with it.
    """
    known = tuple(bills)
    voids = {
        str(bill.number): void.on
        for bill in known
        # Most bills were never void, and need no reading of the day to say so.
        if ever_void(bill) and (void := bill.reading(as_of).void)
    }
    for note in known if voids else ():
        days = [voids[number] for number in note.preceding if number in voids]
        if note.kind.is_credit_note and note.issued_on is not None and days:
            day = max(min(days), note.issued_on)
            if day <= as_of:
                voids.setdefault(str(note.number), day)
    return voids


def ever_void(bill: Invoice) -> bool:
    """Say whether a bill was ever void, whether that stands or not."""
    return bool(bill.facts) and any(isinstance(fact, Voided) for fact in bill.facts)


def not_void(bills: Iterable[Invoice], as_of: date) -> tuple[Invoice, ...]:
    """Return those that are not void on a day, nor a credit note of a void."""
    known = tuple(bills)
    voids = voids_among(known, as_of)
    return tuple(bill for bill in known if bill.number not in voids) if voids else known


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
    bill like any other. Whichever order the bills are given in, one day has one order: what is
    taken back of earlier bills, then each bill that is itself taken back on the day, after those
    that it names, and then all that stand.
    """
    turns = _turns(issued, taken_back(issued, date.max), voids)
    waits = 0
    for *_, change in sorted(_events(issued, voids, turns, key)):
        waits = max(waits + change, 0)
    return waits


_Turn: TypeAlias = tuple[int, int]
_FIRST: Final[_Turn] = (0, 0)


def _events(
    issued: Sequence[Invoice], voids: Mapping[str, date], turns: Mapping[str, _Turn], key: str
) -> Iterator[tuple[date, _Turn, int, int]]:
    """Yield what adds to what waits or takes from it: day, turn on it, step of that, and change."""
    for bill in issued:
        number, net = str(bill.number), bill.net_of(key).minor
        start, end = bill.issued_on, voids.get(number)
        if start is None or (end == start and bill.kind.is_credit_note):
            continue  # a note that is void on its day gives nothing
        own = turns.get(number, _FIRST)
        if bill.effect is CreditEffect.REBILL:
            yield start, own, 1, -net
        elif number in turns:
            yield start, own, 0, -net
        if end is not None and (bill.effect in {None, CreditEffect.REBILL}):
            yield end, own if end == start else _FIRST, 1 + bill.kind.is_credit_note, net


def _turns(
    issued: Sequence[Invoice], back: Mapping[str, date], voids: Mapping[str, date]
) -> dict[str, _Turn]:
    """Return the turn of each bill that bills again, and of each note on it, on its own day.

    A bill that stands comes last. Of two that name each other neither comes first: both take before
    either is taken back.
    """
    known = {str(bill.number): bill for bill in issued}
    again = {number: bill for number, bill in known.items() if bills_again(bill, back)}
    of_same_day = {
        number: credited
        for number, note in known.items()
        if note.effect is CreditEffect.REBILL and voids.get(number) != note.issued_on
        for credited in note.preceding
        if credited in again and again[credited].issued_on == note.issued_on
    }
    undone = {number for number, bill in again.items() if voids.get(number) == bill.issued_on}
    undone |= set(of_same_day.values())
    places = {number: place for place, number in enumerate(known)}
    turns: dict[str, _Turn] = {}
    for number in again:
        depth = _depth(number, undone, of_same_day, known)
        turns[number] = (len(known) + 2, 0)
        if number in undone:
            turns[number] = (depth, places[number]) if depth <= len(known) else (len(known) + 1, 0)
    return turns | {note: turns[credited] for note, credited in of_same_day.items()}


def _depth(
    number: str,
    undone: Collection[str],
    of_same_day: Mapping[str, str],
    known: Mapping[str, Invoice],
) -> int:
    """Return how many bills of its day have to be undone before one, itself counted in.

    It is more than there are where they name each other in a circle.
    """
    day, depth, named = known[number].issued_on, 0, {number}
    while named and depth <= len(known):
        depth += 1
        before = {of_same_day.get(each, each) for one in named for each in known[one].preceding}
        named = {one for one in before if one in undone and known[one].issued_on == day}
    return depth
