"""What an invoice adds to the figures of a period, retainage apart; it knows no averages.

Credit notes count against what is billed and what is open, as far as they are not applied.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

import attrs

from milestone_invoicing.billing import Invoice, Voided
from milestone_invoicing.billing.history.account import MOVING
from milestone_invoicing.billing.history.claim import Claim
from milestone_invoicing.billing.history.reading import Reading
from milestone_invoicing.facts import Reversed
from milestone_invoicing.receivables.applied_cash import AppliedCash, applied_cash
from milestone_invoicing.timing import Period

_CHANGING: Final = (Voided, Reversed)


class Balances(NamedTuple):
    """What one invoice adds to the figures of a period, in minor units.

    Attributes:
        opening: what was open on the day before it; before the first day there is nothing.
        closing: what is open on its last day.
        overdue: the cash that is past its due date then, as extended; the day itself is in time.
        retained: what is held and not released then.
        collected: the cash applied at its end, less what was applied before it.
        billed: the days until its end on which what is billed changed, and by how much.
        cash: what was applied in it; days since the issue; days since due, None without a day.
    """

    opening: int
    closing: int
    overdue: int
    retained: int
    collected: int
    billed: tuple[tuple[date, int], ...]
    cash: tuple[tuple[int, int, int | None], ...]

    @classmethod
    def of(cls, invoice: Invoice, period: Period) -> "Balances | None":
        """Return what an invoice adds; None for one that claims nothing by the end."""
        last, first = period.last, period.start
        now = invoice.reading(last)
        claim = now.issued
        if claim is None or not now.is_issued:
            return None
        opening = closing = receivable(now)
        collected, cash = 0, list[AppliedCash]()
        # It stands as it stood before, unless something is dated in between.
        if first <= claim.issued_on or any(first <= fact.on <= last for fact in now.recorded):
            opening, collected = 0, now.paid
            if claim.issued_on < first:
                before = attrs.evolve(now, as_of=first - timedelta(1))
                opening, collected = receivable(before), now.paid - before.paid
            cash = [each for each in applied_cash(invoice, last) if first <= each.on]
        return cls(
            opening=opening,
            closing=closing,
            overdue=sum(
                cash
                for due_on, cash in zip(now.due_days, now.cash_by_item, strict=True)
                if due_on is not None and due_on < last
            ),
            retained=now.retained,
            collected=collected,
            billed=tuple(_billings(now, claim)),
            cash=tuple(
                (
                    each.minor,
                    (each.on - claim.issued_on).days,
                    None if each.due_on is None else (each.on - each.due_on).days,
                )
                for each in cash
            ),
        )


def receivable(reading: Reading) -> int:
    """Return what is open on a day; of a credit note what is left of it, below zero."""
    if reading.claim is None or not reading.is_credit:
        return reading.open
    held = sum(-part.amount.minor for part in reading.claim.parts(reading.facts) if part.held)
    return -max(reading.unapplied - held, 0)


def _billings(now: Reading, claim: Claim) -> Iterator[tuple[date, int]]:
    """Yield the days up to that of a reading on which what is billed changed, and by how much.

    That is on the issue date; a void takes back from its own day, and what is held counts from
    the day of its release, or from that on which cash comes for it before.
    """
    changing = (*_CHANGING, *(MOVING if claim.held else ()))
    days = {max(fact.on, claim.issued_on) for fact in now.recorded if isinstance(fact, changing)}
    before = 0
    for day in sorted({claim.issued_on, *days}):
        if day > now.as_of:
            return
        after = _billed(attrs.evolve(now, as_of=day) if days else now)
        if after != before:
            yield day, after - before
        before = after


def _billed(reading: Reading) -> int:
    """Return what is claimed and not held, and what is paid of that."""
    claim, filling = reading.claim, reading.filling
    if claim is None or not claim.held:
        return reading.payable
    due = sum(part.amount.minor for part in claim.parts(reading.facts) if not part.held)
    paid = zip(filling.parts, filling.paid, strict=True)
    return due + sum(minor for part, minor in paid if part.held)
