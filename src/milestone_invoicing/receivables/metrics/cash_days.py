"""Which cash settled which instalment, and on which day; it knows no averages and no clients."""

from collections.abc import Iterator
from datetime import date

from milestone_invoicing.billing import Invoice, Voided
from milestone_invoicing.billing.history.filling import paid_by_day
from milestone_invoicing.facts import of_kind, standing


def applied_cash(invoice: Invoice, as_of: date) -> Iterator[tuple[int, date, date | None]]:
    """Yield minor units of cash applied by a day, when they were, and the due date first agreed.

    What came before the issue date is applied on that date. Cash whose place a credit takes is
    left over, so it is not applied: the last that came goes first. Reversed payments never came.
    """
    claim, facts = invoice.claim, standing(invoice.facts, as_of)
    if claim is None or not invoice.is_issued(as_of) or of_kind(facts, Voided):
        return
    if claim.payable.minor <= 0:
        return
    parts = claim.parts(facts)
    came: list[list[tuple[date, int]]] = [[] for _ in parts]
    before = (0,) * len(parts)
    for day, paid in paid_by_day(claim, facts):
        for pile, had, has in zip(came, before, paid, strict=True):
            _move(pile, day, has - had)
        before = paid
    for part, pile in zip(parts, came, strict=True):
        for day, minor in pile:
            yield minor, day, part.due_on


def _move(pile: list[tuple[date, int]], day: date, change: int) -> None:
    """Put cash of a day on a pile, or take what is gone off its top."""
    if change > 0:
        pile.append((day, change))
    while change < 0:
        on, minor = pile.pop()
        change += minor
        if change > 0:
            pile.append((on, change))
