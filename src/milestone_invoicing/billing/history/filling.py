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
from functools import cached_property

import attrs

from milestone_invoicing.billing.history.account import MOVING, Account
from milestone_invoicing.billing.history.balance import lapsing, left_over
from milestone_invoicing.billing.history.claim import Claim, best_offers, still_offered
from milestone_invoicing.billing.history.invoice_facts import RetainageReleased
from milestone_invoicing.billing.history.ledger import PAID
from milestone_invoicing.contract import DueAmount
from milestone_invoicing.facts import Fact

__all__ = [
    "MOVING",
    "Filling",
    "best_offers",
    "fill",
    "lapsing",
    "left_by_day",
    "left_over",
    "paid_by_day",
    "still_offered",
]


@attrs.frozen
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
        excess: the cash that filled nothing, less refunds; below zero where refunds exceed it.
    """

    parts: tuple[DueAmount, ...]
    paid: tuple[int, ...]
    discounts: tuple[int, ...]
    credited: tuple[int, ...]
    withheld: tuple[int, ...]
    written_off: tuple[int, ...]
    excess: int

    @classmethod
    def of(cls, account: Account) -> "Filling":
        """Return what the instalments got so far."""
        paid, *others = map(account.ledger.by_parts, account.ledger.columns)
        discounts, credited, withheld, written_off = others
        return cls(
            account.parts, paid, discounts, credited, withheld, written_off, account.settling.excess
        )

    @cached_property
    def left(self) -> tuple[int, ...]:
        """What is left of each instalment."""
        columns = (self.paid, self.discounts, self.credited, self.withheld, self.written_off)
        return tuple(
            part.amount.minor - sum(got)
            for part, got in zip(self.parts, zip(*columns, strict=True), strict=True)
        )

    @cached_property
    def retained(self) -> int:
        """What is left of all that is held."""
        return sum(left for part, left in zip(self.parts, self.left, strict=True) if part.held)

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
        none = (0,) * len(claim.agreed)
        return Filling(claim.agreed, none, none, none, none, none, 0)
    account = Account.opened(claim)
    for _ in account.lay_out(moving):
        pass
    return Filling.of(account)


def left_by_day(claim: Claim, facts: Iterable[Fact]) -> Iterator[tuple[date, int]]:
    """Yield each day on which money moved, and what then was outstanding.

    In one pass, where none of *facts* is taken back: then no later one changes an earlier day.
    """
    account = Account.opened(claim)
    for day in account.lay_out(facts):
        yield day, account.ledger.outstanding


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
