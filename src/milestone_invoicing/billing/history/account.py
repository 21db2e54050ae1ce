"""How money settles the instalments of an invoice day by day, and takes early discounts.

It knows what each day's facts settle and in which order, not whether they can have happened.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final

import attrs

from milestone_invoicing.billing.history.claim import (
    Claim,
    best_offers,
    still_offered,
    to_certify,
)
from milestone_invoicing.billing.history.invoice_facts import (
    MONEY_FACTS,
    Credited,
    Payment,
    Recovered,
    Refunded,
    RetainageReleased,
    Withheld,
    WrittenOff,
    minor_sum,
)
from milestone_invoicing.billing.history.ledger import (
    CREDITED,
    DISCOUNTS,
    PAID,
    WITHHELD,
    WRITTEN_OFF,
    Ledger,
)
from milestone_invoicing.contract import DueAmount, EventOccurred
from milestone_invoicing.contract.events import events_among
from milestone_invoicing.facts import Fact
from milestone_invoicing.money import Money
from milestone_invoicing.money.waterfall import waterfall

MOVING: Final = (*MONEY_FACTS, EventOccurred)
"""What moves money, or the order in which it fills."""


@attrs.define
class _Today:
    """What is offered on a day, and which discounts its cash took, which more of it may undo.

    Attributes:
        offered: the discounts, by instalment; None is the whole.
        received: the cash of the day.
        refunded: what of cash went back on the day.
        to_come: what of its cash is not laid out yet, less what went back.
        own: the places of instalments whose own discount was taken.
        whole: what each place got of the discount of the whole.
    """

    offered: Mapping[int | None, int] = attrs.field(factory=dict[int | None, int])
    received: int = 0
    refunded: int = 0
    to_come: int = 0
    own: list[int] = attrs.field(factory=list[int])
    whole: dict[int, int] = attrs.field(factory=dict[int, int])


@attrs.define
class Account:
    """The money of one invoice as it is laid out; it is advanced, and leaves this room as a value.

    Attributes:
        claim: what the invoice claims.
        ledger: what the instalments got.
        due: those of the terms, dated by the events so far.
        released: what was released of what is held.
        events: the days of the events so far.
        granted: the discounts that were taken, as they were offered.
        excess: the cash that filled nothing, less refunds.
        day: the day that was laid out last.
    """

    claim: Claim
    ledger: Ledger
    due: tuple[DueAmount, ...]
    released: list[DueAmount] = attrs.field(factory=list[DueAmount])
    events: dict[str, date] = attrs.field(factory=dict[str, date])
    granted: dict[int | None, int] = attrs.field(factory=dict[int | None, int])
    excess: int = 0
    day: date | None = None
    _today: _Today = attrs.field(factory=_Today)

    @classmethod
    def opened(cls, claim: Claim) -> "Account":
        """Return the account of a claim on which nothing happened."""
        due = claim.by_terms
        amounts, dues = [part.amount.minor for part in due], [part.due_on for part in due]
        return cls(claim, Ledger.opened(amounts, dues, claim.held.minor), due)

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
        """Lay out one more fact, of the last day or a later one, if that changes nothing before it.

        An event dates a day from its start, and what goes back on the day it came never was for
        the instalments: then nothing is done, and the day has to be laid out anew.
        """
        day, today = max(fact.on, self.claim.issued_on), self._today
        if day != self.day:
            self._begin(day, (fact,))
        elif isinstance(fact, EventOccurred):
            return False
        elif isinstance(fact, Payment):
            if today.refunded:
                return False
            today.received += fact.amount.minor
            today.to_come += fact.amount.minor
        elif isinstance(fact, Refunded):
            if today.received:
                return False
            today.refunded += fact.amount.minor
            self.excess -= fact.amount.minor
        self._move(fact)
        return True

    def _begin(self, day: date, facts: Sequence[Fact]) -> None:
        """Begin a day by its events, by what goes back of its cash, and by what is offered."""
        came = events_among(facts)
        if came:
            self.events.update(came)
            self.due = self.claim.due_after(self.events)
            self.ledger.date_terms([part.due_on for part in self.due])
        best = best_offers(self.claim.offers_after(self.events), day)
        offered = {number: offer.discount.minor for number, offer in best.items()}
        received, refunded = minor_sum(facts, Payment), minor_sum(facts, Refunded)
        to_come = max(received - refunded, 0)
        self.day, self._today = day, _Today(offered, received, refunded, to_come)
        self.excess -= max(refunded - received, 0)
        self._take(0, self._today)

    def _move(self, fact: Fact) -> None:
        """Lay out what one fact of the day moves, as it was recorded."""
        today = self._today
        match fact:
            case Payment():
                part = min(fact.amount.minor, today.to_come)
                today.to_come -= part
                self._take(part, today)
            case Credited() | Withheld():
                column = CREDITED if isinstance(fact, Credited) else WITHHELD
                self._settle(column, fact.amount.minor)
                self._take(0, today)
            case WrittenOff():
                self._settle(WRITTEN_OFF, fact.amount.minor)
            case Recovered():
                self._recover(fact.amount.minor)
            case RetainageReleased():
                self.released.append(DueAmount(fact.due_on, fact.amount))
                self.ledger.release(fact.amount.minor, fact.due_on)
            case _:
                pass

    def _take(self, cash: int, today: _Today) -> None:
        """Lay out cash together with that of the day before it, and take what discounts it reaches.

        Cash that nothing else needs makes up for what was taken of instalments today.
        """
        ledger, discounts = self.ledger, self.ledger.columns[DISCOUNTS]
        for place, part in today.whole.items():
            ledger.reopen(DISCOUNTS, place, min(part, discounts[place]))
        if self.claim.discounts_apart:
            cash -= self._pay_apart(cash, today)
        for place, part in waterfall(cash, ((place, discounts[place]) for place in today.own)):
            ledger.exchange(DISCOUNTS, PAID, place, part)
            cash -= part
        # What was to be certified, and is paid instead, comes last.
        self.excess += cash - self._fill(PAID, cash)
        today.whole = self._take_reached(None, today)
        if self.claim.discounts_apart:
            for place in self._open_terms():
                today.own += self._take_reached(place, today)

    def _fill(self, column: int, minor: int) -> int:
        """Settle what is open, by due date, and return how much that took."""
        left, filled = self.ledger.left, 0
        open_ = ((place, left[place]) for place in self.ledger.open_places())
        for place, part in waterfall(minor, open_):
            self.ledger.settle(column, place, part)
            filled += part
        return filled

    def _open_terms(self) -> list[int]:
        """Return the places of the terms with something left, by due date."""
        return [place for place in self.ledger.open_places() if place < self.ledger.held]

    def _pay_apart(self, cash: int, today: _Today) -> int:
        """Pay instalments up to what their own discounts and certificates leave, and say how much.

        Their discounts are taken, if the cash reaches that.
        """
        ledger, before = self.ledger, cash
        for place in ledger.open_places():
            discount = self._most(today.offered, place)
            wanted = max(ledger.left[place] - self._to_certify(place), 0)
            reached = 0 < wanted <= cash + discount
            part = max(wanted - discount, 0) if reached else min(wanted, cash)
            ledger.settle(PAID, place, part)
            cash -= part
            if reached and wanted > part:
                self._leave_off(place, wanted - part, today.offered)
                today.own.append(place)
        return before - cash

    def _take_reached(self, place: int | None, today: _Today) -> dict[int, int]:
        """Take the discount of an instalment, or of the whole, if no more than that is left.

        What is to be certified is not left, unless cash came for a part of it. Where the
        certificate is of less, since it is of the discounted amount, the discount is more. Says
        what each place got.
        """
        taken: dict[int, int] = {}
        if not (today.offered or self.granted):
            return taken
        ledger = self.ledger
        left, to_certify = ledger.left_of(place), self._to_certify(place)
        wanted = left if left < to_certify else left - to_certify
        if 0 < wanted <= self._most(today.offered, place):
            taken = self._leave_off(place, wanted, today.offered)
        rest = ledger.left_of(place)
        less = ledger.totals[WITHHELD] and ledger.got(DISCOUNTS, place)
        if less and 0 < rest <= self._most(self.granted, place):
            for each, part in self._leave_off(place, rest, self.granted).items():
                taken[each] = taken.get(each, 0) + part
        return taken

    def _leave_off(
        self, place: int | None, minor: int, offered: Mapping[int | None, int]
    ) -> dict[int, int]:
        """Take a discount, on what is due first of it, and say what each place got."""
        number = _number(place)
        self.granted[number] = max(offered[number], self.granted.get(number, 0))
        places = self._open_terms() if place is None else [place]
        taken = dict(waterfall(minor, ((each, self.ledger.left[each]) for each in places)))
        for each, part in taken.items():
            self.ledger.settle(DISCOUNTS, each, part)
        return taken

    def _most(self, offered: Mapping[int | None, int], place: int | None) -> int:
        """Return what of a discount may still be taken, beside what is credited of its amount."""
        discount = offered.get(_number(place), 0)
        if not discount:
            return 0
        amount, credited = self.ledger.amount_of(place), self.ledger.got(CREDITED, place)
        return still_offered(discount, amount, credited) - self.ledger.got(DISCOUNTS, place)

    def _to_certify(self, place: int | None) -> int:
        """Return what the client pays to the state of an instalment, or of the whole.

        Of an instalment only where they have discounts of their own: else cash fills them all.
        """
        claim, ledger = self.claim, self.ledger
        if place is None:
            settled = ledger.totals[CREDITED], ledger.totals[WITHHELD]
            return to_certify(claim.withheld.minor, claim.payable.minor, *settled)
        if place >= ledger.held or not claim.discounts_apart:
            return 0
        settled = ledger.got(CREDITED, place), ledger.got(WITHHELD, place)
        return to_certify(claim.withheld_by_terms[place], ledger.amounts[place], *settled)

    def _settle(self, column: int, minor: int) -> None:
        """Let what is no cash fill the instalments, and take the place of cash beyond that."""
        ledger = self.ledger
        if column == WITHHELD and self.claim.discounts_apart:
            open_ = ((place, ledger.left[place]) for place in ledger.open_places())
            most = ((place, min(left, self._to_certify(place))) for place, left in open_)
            for place, part in waterfall(minor, most):
                ledger.settle(column, place, part)
                minor -= part
        minor -= self._fill(column, minor)
        settled = (
            ((source, place), ledger.columns[source][place])
            for place in ledger.last_first()
            for source in (DISCOUNTS, PAID)
        )
        for (source, place), part in waterfall(minor, settled):
            ledger.exchange(source, column, place, part)
            self.excess += part if source == PAID else 0

    def _recover(self, minor: int) -> None:
        """Let cash take the place of what was written off; beyond that it is like any other."""
        written_off = self.ledger.columns[WRITTEN_OFF]
        lost = ((place, written_off[place]) for place in self.ledger.places())
        for place, part in waterfall(minor, lost):
            self.ledger.exchange(WRITTEN_OFF, PAID, place, part)
            minor -= part
        self._take(minor, _Today())


def _number(place: int | None) -> int | None:
    """Return the number of an instalment, as offers have it."""
    return None if place is None else place + 1
