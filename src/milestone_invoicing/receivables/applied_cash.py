"""Which cash settled which instalment, and on which day; it knows no averages and no clients."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from milestone_invoicing.billing import Invoice
from milestone_invoicing.billing.history.account import MOVING
from milestone_invoicing.billing.history.filling import paid_by_day
from milestone_invoicing.money.waterfall import waterfall


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
    claim, filling = reading.claim, reading.filling
    if claim is None or not any(filling.paid):
        return []
    moving = (fact for fact in reading.facts if isinstance(fact, MOVING))
    days = {max(fact.on, claim.issued_on) for fact in moving}
    # Where all that settled it is of one day, that is how it stands.
    of_one_day = [(day, filling.paid) for day in days] if len(days) == 1 else None
    cash: list[AppliedCash] = []
    before = (0,) * len(filling.parts)
    for day, paid in of_one_day or paid_by_day(claim, reading.facts):
        for place, (was, now) in enumerate(zip(before, paid, strict=True)):
            if now > was:
                cash.append(AppliedCash(day, place, now - was, filling.parts[place].due_on))
            elif now < was:
                cash = _pushed_out(cash, place, was - now)
        before = paid
    return cash


def _pushed_out(cash: Sequence[AppliedCash], place: int, minor: int) -> list[AppliedCash]:
    """Return the cash without what something else took the place of, the last that came first."""
    left = [each.minor for each in cash]
    last_first = (index for index in reversed(range(len(cash))) if cash[index].place == place)
    for index, taken in waterfall(minor, ((index, left[index]) for index in last_first)):
        left[index] -= taken
    return [each._replace(minor=rest) for each, rest in zip(cash, left, strict=True) if rest]
