"""What each day's facts move on an invoice; it knows not whether they can have happened."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

import attrs

from milestone_invoicing.billing.history.claim import Claim, best_offers
from milestone_invoicing.billing.history.invoice_facts import (
    MONEY_FACTS,
    Credited,
    Payment,
    Recovered,
    Refunded,
    RetainageReleased,
    Withheld,
    WrittenOff,
)
from milestone_invoicing.billing.history.ledger import CREDITED, WITHHELD, WRITTEN_OFF, Ledger
from milestone_invoicing.billing.history.settling import Settling, Today
from milestone_invoicing.contract import DueAmount, EventOccurred
from milestone_invoicing.facts import Fact
from milestone_invoicing.money import Money

MOVING: Final = (*MONEY_FACTS, EventOccurred)
"""What moves money, or the order in which it fills."""


@attrs.define
class _CashOfDay:
    """The cash of one day, in minor units.

    Attributes:
        received: what came in.
        refunded: what went back.
        to_come: what came in and did not go back, as far as it is not laid out yet.
    """

    received: int = 0
    refunded: int = 0
    to_come: int = 0

    def takes(self, fact: Fact) -> bool:
        """Count one more fact of the day, if that changes nothing that was laid out before it.

        An event dates a day from its start, and what goes back on the day it came never was for
        the instalments.
        """
        if isinstance(fact, Payment) and not self.refunded:
            self.received += fact.amount.minor
            self.to_come += fact.amount.minor
        elif isinstance(fact, Refunded) and not self.received:
            self.refunded += fact.amount.minor
        else:
            return not isinstance(fact, (Payment, Refunded, EventOccurred))
        return True


@attrs.define
class Account:
    """The money of one invoice as it is laid out; it is advanced, and leaves this room as a value.

    Attributes:
        settling: what its money settled.
        due: the instalments of the terms, dated by the events so far.
        released: what was released of what is held.
        events: the days of the events so far.
        day: the day that was laid out last.
    """

    settling: Settling
    due: tuple[DueAmount, ...]
    released: list[DueAmount] = attrs.field(factory=list[DueAmount])
    events: dict[str, date] = attrs.field(factory=dict[str, date])
    day: date | None = None
    _today: Today = attrs.field(init=False)
    _cash: _CashOfDay = attrs.field(init=False)

    @classmethod
    def opened(cls, claim: Claim) -> "Account":
        """Return the account of a claim on which nothing happened."""
        due = claim.by_terms
        amounts, dues = [part.amount.minor for part in due], [part.due_on for part in due]
        return cls(Settling(claim, Ledger.opened(amounts, dues, claim.held.minor)), due)

    @property
    def claim(self) -> Claim:
        """What the invoice claims."""
        return self.settling.claim

    @property
    def ledger(self) -> Ledger:
        """What the instalments got."""
        return self.settling.ledger

    @property
    def parts(self) -> tuple[DueAmount, ...]:
        """The instalments with the dates known so far: by the terms, released, then held."""
        if not (self.events or self.released):
            return self.claim.agreed
        held = self.ledger.amounts[self.ledger.held]
        rest = [DueAmount(None, Money(held, self.claim.currency), held=True)] if held else []
        return (*self.due, *self.released, *rest)

    @property
    def retained(self) -> int:
        """What is left of all that is held."""
        return self.ledger.left[self.ledger.held]

    @property
    def open(self) -> int:
        """What is left of all that is not held."""
        return self.ledger.outstanding - self.retained

    def lay_out(self, facts: Iterable[Fact]) -> Iterator[date]:
        """Lay out the money of *facts* day by day, and yield each day once it is done."""
        issued_on = self.claim.issued_on

        def day_of(fact: Fact) -> date:
            """Money that came before there was a claim is laid out on the day of the issue."""
            return max(fact.on, issued_on)

        moving = [fact for fact in facts if isinstance(fact, MOVING)]
        moving.sort(key=day_of)
        for day, found in groupby(moving, day_of):
            of_day = tuple(found)
            self._begin(day, of_day)
            for fact in of_day:
                self._move(fact)
            yield day

    def record(self, fact: Fact) -> bool:
        """Lay out one more fact, of the last day or of a later one, and say whether that is so.

        It is not where the fact changes what its day laid out before: all is to be laid out anew.
        """
        day = max(fact.on, self.claim.issued_on)
        if day != self.day:
            self._begin(day, (fact,))
        elif not self._cash.takes(fact):
            return False
        elif isinstance(fact, Refunded):
            self.settling.excess -= fact.amount.minor
        self._move(fact)
        return True

    def _begin(self, day: date, facts: Sequence[Fact]) -> None:
        """Begin a day by its events, by what goes back of its cash, and by what is offered."""
        cash, today, came = _CashOfDay(), Today(), False
        for fact in facts:
            if isinstance(fact, Payment):
                cash.received += fact.amount.minor
            elif isinstance(fact, Refunded):
                cash.refunded += fact.amount.minor
            elif isinstance(fact, EventOccurred):
                self.events[fact.event], came = fact.on, True
        if came:
            self.due = self.claim.due_after(self.events)
            self.ledger.date_terms([part.due_on for part in self.due])
        for number, offer in best_offers(self.claim.offers_after(self.events), day).items():
            today.offered[number] = offer.discount.minor
        cash.to_come = max(cash.received - cash.refunded, 0)
        self.settling.excess -= max(cash.refunded - cash.received, 0)
        self.day, self._today, self._cash = day, today, cash
        self.settling.pay(0, today)

    def _move(self, fact: Fact) -> None:
        """Lay out what one fact of the day moves, as it was recorded."""
        settling, today = self.settling, self._today
        match fact:
            case Payment():
                part = min(fact.amount.minor, self._cash.to_come)
                self._cash.to_come -= part
                settling.pay(part, today)
            case Credited() | Withheld():
                column = CREDITED if isinstance(fact, Credited) else WITHHELD
                settling.settle(column, fact.amount.minor)
                settling.pay(0, today)
            case WrittenOff():
                settling.settle(WRITTEN_OFF, fact.amount.minor)
            case Recovered():
                settling.recover(fact.amount.minor)
            case RetainageReleased():
                self.released.append(DueAmount(fact.due_on, fact.amount))
                self.ledger.release(fact.amount.minor, fact.due_on)
            case _:
                pass
