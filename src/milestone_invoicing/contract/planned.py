"""What bills that are planned keep back and take off, one after the other; it knows no invoices."""

from collections.abc import Sequence

from milestone_invoicing.contract.deposits import Deposit, Recoupment
from milestone_invoicing.contract.retainage import Retainage, RetainageScope
from milestone_invoicing.money import Money, Rounding, round_ratio


def planned_retention(rule: Retainage, amounts: Sequence[Money]) -> tuple[Money, ...]:
    """Return what a rule retains of bills that are all of a contract, each above zero.

    A rule for each milestone is looked at as if each bill were for one.
    """
    zero = Money.zero(amounts[0].currency)
    whole = sum(amounts, zero)
    kept: list[Money] = []
    running = to_date = zero
    for amount in amounts:
        running += amount
        if rule.scope is RetainageScope.MILESTONE:
            part = rule.on(amount, zero, of=amount).total
        else:
            # Where the rule gives back, bills retain nothing until that is used up.
            part = max(rule.on(running, zero, of=whole).total - to_date, zero)
        kept.append(min(part, amount))
        to_date += kept[-1]
    return tuple(kept)


def planned_recoupment(
    deposit: Deposit, amount: Money, bills: Sequence[Money], rooms: Sequence[Money]
) -> tuple[Money, ...]:
    """Return what bills that are all of a contract take off for a deposit of *amount*.

    None takes off more than its room. What is left after the last, no bill takes off.
    """
    whole = sum(bill.minor for bill in bills)
    running = taken = 0
    parts: list[int] = []
    for place, (bill, room) in enumerate(zip(bills, rooms, strict=True), start=1):
        running += bill.minor
        most = min(room.minor, amount.minor - taken)
        if place < len(bills):
            if deposit.recoup is Recoupment.AT_END:
                most = 0
            if deposit.recoup is Recoupment.PRO_RATA:
                to_date = round_ratio(amount.minor * running, whole, Rounding.HALF_UP)
                most = min(most, to_date - taken)
            if deposit.cap is not None:
                most = min(most, bill.times(deposit.cap, rounding=Rounding.HALF_UP).minor)
        parts.append(max(most, 0))
        taken += parts[-1]
    return tuple(Money(part, amount.currency) for part in parts)
