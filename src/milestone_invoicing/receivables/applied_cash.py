"""Which cash settled which instalment, and on which day; it knows no averages and no clients."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from milestone_invoicing.billing import Invoice
from milestone_invoicing.billing.history.claim import Claim
from milestone_invoicing.billing.history.filling import paid_by_day
from milestone_invoicing.facts import Fact


class AppliedCash(NamedTuple):
    """Cash of one day that settled one instalment, or a part of it.

    Attributes:
        on: the day it counts for the invoice, from its issue date on.
        place: of the instalment in the claim, counting from zero.
        minor: how much, in minor units, above zero.
        due_on: the due date first agreed; None where the instalment has none yet.
    """

    on: date
    place: int
    minor: int
    due_on: date | None


def applied_cash(invoice: Invoice, as_of: date) -> Sequence[AppliedCash]:
    """Return the cash that is applied on a day, by day and instalment.

    What came before the issue date is applied on that date. Cash whose place a credit takes is
    left over, so it is not applied: the last that came goes first. Reversed payments never came.
    A draft, a void and what claims nothing take no cash.
    """
    reading = invoice.reading(as_of)
    if reading.claim is None or reading.payable <= 0:
        return []
    return _laid_out(reading.claim, reading.facts)


def _laid_out(claim: Claim, facts: Sequence[Fact]) -> list[AppliedCash]:
    """Return what filled the instalments of a claim and still does."""
    dues = [part.due_on for part in claim.parts(facts)]
    cash: list[AppliedCash] = []
    before = (0,) * len(dues)
    for day, paid in paid_by_day(claim, facts):
        for place, (was, now) in enumerate(zip(before, paid, strict=True)):
            if now > was:
                cash.append(AppliedCash(day, place, now - was, dues[place]))
            elif now < was:
                cash = _pushed_out(cash, place, was - now)
        before = paid
    return cash


def _pushed_out(cash: Sequence[AppliedCash], place: int, minor: int) -> list[AppliedCash]:
    """Return the cash without what something else took the place of, the last that came first."""
    kept: list[AppliedCash] = []
    for each in reversed(cash):
        taken = min(each.minor, minor) if each.place == place else 0
        minor -= taken
        if each.minor > taken:
            kept.append(each._replace(minor=each.minor - taken))
    return kept[::-1]
