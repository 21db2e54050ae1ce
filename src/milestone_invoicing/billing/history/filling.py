"""Which instalments the money of an invoice fills, and which early discounts that takes.

What a day's money filled stays filled: what happens later moves nothing. So the money of each day
goes to the instalments in the order of their due dates as known on that day, those without a date
last; and a discount is taken on the day on which the cash, with what the client pays to the state,
reaches the discounted amount. What is credited, withheld or written off fills them in the same
order. Of one day it all counts as it was recorded, cash or not; only for a discount the cash of a
day counts together. Where a payment that is recorded late leaves something no room, that takes the
place of cash, which then is left over.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from operator import sub

import attrs

from milestone_invoicing.billing.history.account import MOVING, Account
from milestone_invoicing.billing.history.claim import Claim
from milestone_invoicing.billing.history.invoice_facts import (
    Payment,
    RetainageReleased,
    minor_sum,
)
from milestone_invoicing.billing.history.ledger import PAID
from milestone_invoicing.contract import DueAmount
from milestone_invoicing.facts import Fact
from milestone_invoicing.money.waterfall import waterfall


@attrs.define
class Filling:
    """What the instalments of an invoice got, in minor units, by definition order.

    For each, amount = paid + discount + credited + withheld + written off + what is left of it.

    Attributes:
        parts: the instalments, with the dates that events and releases gave them.
        paid: the cash that each got, recoveries included.
        discounts: the discount that each got.
        credited: what each got by credit notes.
        withheld: what the client paid to the state.
        written_off: what is written off, less what was recovered.
        left: what is left of each.
        retained: what is left of all that is held.
        excess: the cash that filled nothing, less refunds; below zero where refunds exceed it.
    """

    parts: tuple[DueAmount, ...]
    paid: tuple[int, ...]
    discounts: tuple[int, ...]
    credited: tuple[int, ...]
    withheld: tuple[int, ...]
    written_off: tuple[int, ...]
    left: tuple[int, ...]
    retained: int
    excess: int

    @classmethod
    def of(cls, account: Account) -> "Filling":
        """Return what the instalments got so far."""
        ledger = account.ledger
        paid, discounts, credited, withheld, written_off = map(ledger.by_parts, ledger.columns)
        return cls(
            account.parts,
            paid,
            discounts,
            credited,
            withheld,
            written_off,
            ledger.by_parts(ledger.left),
            account.retained,
            account.settling.excess,
        )

    @property
    def open(self) -> int:
        """What is left of all that is not held."""
        return sum(self.left) - self.retained


def fill(claim: Claim, facts: Iterable[Fact]) -> Filling:
    """Return what the instalments of *claim* got by *facts* that stand, in their order.

    An instalment with a discount of its own is filled up to its discounted amount first; cash of
    that day that nothing else needs makes up for the discount again, since then it was not
    deducted. A credit takes its part of a discount with it, rounded half up.
    """
    moving = [fact for fact in facts if isinstance(fact, MOVING)]
    if not moving:
        return _filled_by_cash(claim, 0)
    if not (claim.order_matters or any(type(fact) is not Payment for fact in moving)):
        return _filled_by_cash(claim, minor_sum(moving, Payment))
    account = Account.opened(claim)
    for _ in account.lay_out(moving):
        pass
    return Filling.of(account)


def _filled_by_cash(claim: Claim, cash: int) -> Filling:
    """Return what so much cash fills where no day matters, which is so of most invoices."""
    parts = claim.agreed if claim.held.minor else claim.by_terms
    none = (0,) * len(parts)
    paid, left = none, tuple([part.amount.minor for part in parts])
    if cash:
        limits = ((place, left[place]) for place in claim.due_order)
        got = dict(waterfall(cash, limits))
        paid = tuple([got.get(place, 0) for place in range(len(parts))])
        left = tuple(map(sub, left, paid))
    retained = claim.held.minor
    return Filling(parts, paid, none, none, none, none, left, retained, cash - sum(paid))


def paid_by_day(claim: Claim, facts: Iterable[Fact]) -> Iterator[tuple[date, tuple[int, ...]]]:
    """Yield each day on which money moved, and the cash that each instalment then had.

    Cash that came before the issue is laid out on its day. What is released later is a part
    already, with the cash that settled it while it was held.
    """
    known = tuple(facts)
    releases = [fact for fact in known if isinstance(fact, RetainageReleased)]
    account = Account.opened(claim)
    for day in account.lay_out(known):
        ledger, later = account.ledger, releases[len(account.released) :]
        if later:
            ledger = ledger.copied()
            for fact in later:
                ledger.release(fact.amount.minor, fact.due_on)
        yield day, ledger.by_parts(ledger.columns[PAID])
