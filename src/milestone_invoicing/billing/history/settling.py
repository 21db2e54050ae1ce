"""How money settles the instalments of an invoice and takes early discounts; it knows no days.

Cash pays what is due first. What is no cash settles in the same order, and beyond what is open it
takes the place of discounts and of cash, which then is left over.
"""

from collections.abc import Mapping

import attrs

from milestone_invoicing.billing.history.claim import Claim, still_offered, to_certify
from milestone_invoicing.billing.history.ledger import (
    CREDITED,
    DISCOUNTS,
    PAID,
    WITHHELD,
    WRITTEN_OFF,
    Ledger,
)
from milestone_invoicing.money.waterfall import waterfall


@attrs.define
class Today:
    """What is offered on a day, and which discounts its cash took, which more of it may undo.

    Attributes:
        offered: the discounts, by instalment; None is the whole.
        own: the places of instalments whose own discount was taken.
        whole: what each place got of the discount of the whole.
    """

    offered: dict[int | None, int] = attrs.field(factory=dict[int | None, int])
    own: list[int] = attrs.field(factory=list[int])
    whole: dict[int, int] = attrs.field(factory=dict[int, int])


@attrs.define
class Settling:
    """The money of one claim that settles its instalments, one amount after the other.

    Attributes:
        claim: what the invoice claims.
        ledger: what the instalments got.
        granted: the discounts that were taken, as they were offered.
        excess: the cash that settled nothing, less refunds.
    """

    claim: Claim
    ledger: Ledger
    granted: dict[int | None, int] = attrs.field(factory=dict[int | None, int])
    excess: int = 0

    def pay(self, cash: int, today: Today) -> None:
        """Lay out cash together with that of the day before it, and take what discounts it reaches.

        Cash that nothing else needs makes up for what was taken of instalments today.
        """
        if not (cash or today.offered or self.granted):
            return
        ledger, discounts = self.ledger, self.ledger.columns[DISCOUNTS]
        for place, part in today.whole.items():
            ledger.reopen(DISCOUNTS, place, min(part, discounts[place]))
        if self.claim.discounts_apart:
            cash -= self._pay_discounted(cash, today)
        for place, part in waterfall(cash, ((place, discounts[place]) for place in today.own)):
            ledger.exchange(DISCOUNTS, PAID, place, part)
            cash -= part
        # What was to be certified, and is paid instead, comes last.
        self.excess += cash - self._fill(PAID, cash)
        today.whole = self._take_reached_discount(None, today)
        if self.claim.discounts_apart:
            for place in self._open_terms():
                today.own += self._take_reached_discount(place, today)

    def settle(self, column: int, minor: int) -> None:
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

    def recover(self, minor: int) -> None:
        """Let cash take the place of what was written off; beyond that it is like any other."""
        written_off = self.ledger.columns[WRITTEN_OFF]
        lost = ((place, written_off[place]) for place in self.ledger.places())
        for place, part in waterfall(minor, lost):
            self.ledger.exchange(WRITTEN_OFF, PAID, place, part)
            minor -= part
        self.pay(minor, Today())

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

    def _pay_discounted(self, cash: int, today: Today) -> int:
        """Pay instalments up to what their own discounts and certificates leave, and say how much.

        Their discounts are taken, if the cash reaches that. Without such discounts nobody asks what
        of an instalment is to be certified: cash fills them all.
        """
        ledger, before = self.ledger, cash
        for place in ledger.open_places():
            discount = self._still_offered(today.offered, place)
            wanted = max(ledger.left[place] - self._to_certify(place), 0)
            reached = 0 < wanted <= cash + discount
            part = max(wanted - discount, 0) if reached else min(wanted, cash)
            ledger.settle(PAID, place, part)
            cash -= part
            if reached and wanted > part:
                self._take_discount(place, wanted - part, today.offered)
                today.own.append(place)
        return before - cash

    def _take_reached_discount(self, place: int | None, today: Today) -> dict[int, int]:
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
        if 0 < wanted <= self._still_offered(today.offered, place):
            taken = self._take_discount(place, wanted, today.offered)
        rest = ledger.left_of(place)
        less = ledger.totals[WITHHELD] and ledger.got(DISCOUNTS, place)
        if less and 0 < rest <= self._still_offered(self.granted, place):
            for each, part in self._take_discount(place, rest, self.granted).items():
                taken[each] = taken.get(each, 0) + part
        return taken

    def _take_discount(
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

    def _still_offered(self, offered: Mapping[int | None, int], place: int | None) -> int:
        """Return what of a discount may still be taken, beside what is credited of its amount."""
        discount = offered.get(_number(place), 0)
        if not discount:
            return 0
        amount, credited = self.ledger.amount_of(place), self.ledger.got(CREDITED, place)
        return still_offered(discount, amount, credited) - self.ledger.got(DISCOUNTS, place)

    def _to_certify(self, place: int | None) -> int:
        """Return what the client has still to pay to the state of an instalment, or of all."""
        claim, ledger = self.claim, self.ledger
        if place is None:
            settled = ledger.totals[CREDITED], ledger.totals[WITHHELD]
            return to_certify(claim.withheld.minor, claim.payable.minor, *settled)
        if place >= ledger.held:
            return 0
        settled = ledger.got(CREDITED, place), ledger.got(WITHHELD, place)
        return to_certify(claim.withheld_by_terms[place], ledger.amounts[place], *settled)


def _number(place: int | None) -> int | None:
    """Return the number of an instalment, as offers have it."""
    return None if place is None else place + 1
