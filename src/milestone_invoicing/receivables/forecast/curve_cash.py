"""When the cash of planned bills comes: the deposit first, what is retained last; it knows no work.

All amounts are net. A deposit that is agreed with tax counts as it stands, since no rate is known.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeAlias

import attrs

from milestone_invoicing.contract import PaymentTerms, RetainageMode, RetainageScope, Schedule
from milestone_invoicing.contract.planned import planned_recoupment, planned_retention
from milestone_invoicing.errors import PaymentTermsError
from milestone_invoicing.money import Money
from milestone_invoicing.timing.months import add_days

_Cash: TypeAlias = tuple[date, Money]


@attrs.frozen
class CurveBill:
    """A bill of a way to bill.

    Attributes:
        day: on which it is billed.
        amount: net, before a deposit is taken off and a part is retained.
        terms: by which it is paid.
        ended_on: when what it bills is done.
    """

    day: date
    amount: Money
    terms: PaymentTerms
    ended_on: date


@attrs.frozen
class Payer:
    """How the client pays.

    Attributes:
        terms: of the deposit, and of what is billed on release.
        delay_days: so many days after its due date each part is paid.
        signed_on: when the deposit is billed.
        end: when all work is done.
        released_on: when a fact releases what is retained.
    """

    terms: PaymentTerms
    delay_days: int
    signed_on: date
    end: date
    released_on: date | None

    def paid(self, amount: Money, day: date, terms: PaymentTerms, of: Money) -> Iterator[_Cash]:
        """Yield when so much of a bill *of* so much is paid, billed on a day."""
        for part in terms.due(amount, day, untaxed=of) if amount else ():
            if part.due_on is None:
                raise PaymentTermsError(
                    "an instalment waits for an event, so that its cash has no day",
                    expected="terms that count from the bill",
                    got=part.after,
                    hint="pass terms=",
                )
            yield add_days(part.due_on, self.delay_days), part.amount


def curve_cash(schedule: Schedule, bills: Sequence[CurveBill], payer: Payer) -> list[_Cash]:
    """Return when the cash of all bills of a contract comes; what is retained may have no day.

    What of a deposit no bill takes off goes back on the day of the last bill.
    """
    work = sorted((each for each in bills if each.amount), key=lambda each: each.day)
    amounts = [each.amount for each in work]
    zero = Money.zero(schedule.total.currency)
    kept = taken = tuple(zero for _ in work)
    if schedule.retainage is not None and work:
        kept = planned_retention(schedule.retainage, amounts)
    cash: list[_Cash] = []
    if schedule.deposit is not None and work:
        ahead = min(schedule.deposit.amount_of(schedule.total), sum(amounts, zero))
        rooms = [amount - part for amount, part in zip(amounts, kept, strict=True)]
        taken = planned_recoupment(schedule.deposit, ahead, amounts, rooms)
        cash += payer.paid(ahead, payer.signed_on, payer.terms, ahead)
        back = ahead - sum(taken, zero)
        cash += [(work[-1].day, -back)] if back else []
    for bill, *less in zip(work, kept, taken, strict=True):
        cash += payer.paid(bill.amount - sum(less, zero), bill.day, bill.terms, bill.amount)
    return [*cash, *_released(schedule, work, kept, payer)]


def _released(
    schedule: Schedule, bills: Sequence[CurveBill], kept: Sequence[Money], payer: Payer
) -> Iterator[_Cash]:
    """Yield when what is retained is paid; what is left off is billed then, what is held was."""
    rule = schedule.retainage
    if rule is None:
        return
    terms = payer.terms if rule.mode is RetainageMode.UNBILLED else PaymentTerms()
    for bill, part in zip(bills, kept, strict=True):
        ended_on = bill.ended_on if rule.scope is RetainageScope.MILESTONE else payer.end
        on = rule.released_on(ended_on) or payer.released_on
        if on is not None:
            yield from payer.paid(part, max(on, bill.day), terms, part)
