"""Which instalments the money of an invoice fills, and which early discounts that takes.

What a day's money filled stays filled: what happens later moves nothing. So the money of each day
goes to the instalments in the order of their due dates as known on that day, those without a date
last; and a discount is taken on the day on which the cash, with what the client pays to the state,
reaches the discounted amount. What is credited, withheld or written off fills them in the same
order. Of one day it all counts as it was recorded, cash or not; only for a discount the cash of a
day counts together. Where a payment that is recorded late leaves something no room, that takes the
place of cash, which then is left over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final

import attrs

from milestone_invoicing.billing.history.claim import Claim, to_certify
from milestone_invoicing.billing.history.invoice_facts import (
    MONEY_FACTS,
    Applied,
    Credited,
    Payment,
    Recovered,
    Refunded,
    RetainageReleased,
    Voided,
    Withheld,
    WrittenOff,
    minor_sum,
)
from milestone_invoicing.contract import DiscountOffer, DueAmount, EventOccurred
from milestone_invoicing.facts import Fact, of_kind
from milestone_invoicing.money import Rounding, round_ratio
from milestone_invoicing.timing.order import undated_last

MOVING: Final = (*MONEY_FACTS, EventOccurred)
"""What moves money, or the order in which it fills."""


@attrs.frozen
class Filling:
    """What the instalments of an invoice got, in minor units, by definition order.

    For each, amount = paid + discount + credited + withheld + written off + what is left of it.

    Attributes:
        parts: the instalments, with the dates that events and releases gave them.
        paid: the cash that each got, recoveries included.
        discounts: the discount that each got.
        credited: what credit notes took off each.
        withheld: what the client paid to the state.
        written_off: what is given up, less what was recovered.
        excess: the cash that filled nothing, less refunds; below zero where refunds exceed it.
    """

    parts: tuple[DueAmount, ...]
    paid: tuple[int, ...]
    discounts: tuple[int, ...]
    credited: tuple[int, ...]
    withheld: tuple[int, ...]
    written_off: tuple[int, ...]
    excess: int

    @cached_property
    def left(self) -> tuple[int, ...]:
        """What is left of each instalment."""
        columns = (self.paid, self.discounts, self.credited, self.withheld, self.written_off)
        taken = map(sum, zip(*columns, strict=True))
        return tuple(part.amount.minor - got for part, got in zip(self.parts, taken, strict=True))

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
    known = tuple(facts)
    account = _Account.of(claim, known)
    for _ in _days_laid_out(account, claim, known):
        pass
    return Filling(
        claim.parts(known),
        tuple(account.paid),
        tuple(account.discounts),
        tuple(account.credited),
        tuple(account.withheld),
        tuple(account.written_off),
        account.excess,
    )


def left_by_day(claim: Claim, facts: Iterable[Fact]) -> Iterator[tuple[date, int]]:
    """Yield each day on which money moved, and what then was outstanding.

    In one pass, where none of *facts* is taken back: then no later one changes an earlier day.
    """
    known = tuple(facts)
    account = _Account.of(claim, known)
    for day in _days_laid_out(account, claim, known):
        yield day, sum(map(account.open, range(len(account.amounts))))


def paid_by_day(claim: Claim, facts: Iterable[Fact]) -> Iterator[tuple[date, tuple[int, ...]]]:
    """Yield each day on which money moved, and the cash that each instalment then had.

    Cash that came before the issue is laid out on its day.
    """
    known = tuple(facts)
    account = _Account.of(claim, known)
    for day in _days_laid_out(account, claim, known):
        yield day, tuple(account.paid)


def _days_laid_out(account: "_Account", claim: Claim, known: Sequence[Fact]) -> Iterator[date]:
    """Lay out the money day by day, and yield each day once it is done."""
    days: dict[date, list[Fact]] = {}
    for fact in known:
        if isinstance(fact, MOVING):
            # Money that came before there was a claim is laid out on the day of the issue.
            days.setdefault(max(fact.on, claim.issued_on), []).append(fact)
    # Asked anew each day only where a fact may have moved a date.
    moving = any(isinstance(fact, (EventOccurred, RetainageReleased)) for fact in known)
    parts = claim.parts(known)
    held = account.own
    for day in sorted(days):
        parts = claim.parts(known, day) if moving else parts
        since, held = held, held + len(of_kind(days[day], RetainageReleased))
        orders = [due_order(parts, range(first, len(parts))) for first in range(since, held + 1)]
        offered = {
            number: offer.discount.minor
            for number, offer in best_offers(claim.offers(known, day), day).items()
        }
        _lay_out(account, days[day], orders, offered)
        yield day


def left_over(claim: Claim, facts: Sequence[Fact], day: date) -> int:
    """Return what is left over for the client on a day, in minor units, by *facts* that stand.

    It is what nothing takes: all cash while nothing is claimed, cash beyond what is, and what a
    credit note grants, less the discount that lapses with it. It is below zero where more went back
    than came.
    """
    cash = minor_sum(facts, Payment) - minor_sum(facts, Refunded)
    if day < claim.issued_on or of_kind(facts, Voided):
        return cash
    if claim.payable.minor < 0:
        return _granted(claim, facts) - lapsing(claim, facts)
    return fill(claim, facts).excess


def lapsing(claim: Claim, facts: Sequence[Fact]) -> int:
    """Return what of a credit note is a discount that lapses, in minor units.

    It is the last of it: what is set against its own invoice beyond the rest takes its place.
    """
    return min(claim.lapsed.minor, max(_granted(claim, facts), 0))


def _granted(claim: Claim, facts: Sequence[Fact]) -> int:
    """Return what a credit note grants, and is neither set against an invoice nor gone back."""
    cash = minor_sum(facts, Payment) - minor_sum(facts, Refunded)
    return cash - claim.payable.minor - minor_sum(facts, Applied)


def best_offers(found: Iterable[DiscountOffer], day: date) -> dict[int | None, DiscountOffer]:
    """Return the best offer that still holds on *day*, by instalment; None is the whole."""
    best: dict[int | None, DiscountOffer] = {}
    for offer in found:
        if day <= offer.until:
            best.setdefault(offer.installment, offer)
    return best


def still_offered(discount: int, amount: int, credited: int) -> int:
    """Return what of a discount on *amount* is left once so much of that is credited."""
    return round_ratio(discount * (amount - credited), amount, Rounding.HALF_UP)


def due_order(parts: Sequence[DueAmount], held: range) -> list[int]:
    """Return the places of *parts* by due date; without one, last.

    Those that are *held* stand behind all others. What is released first comes last of all, since
    money that comes before a release settles what is held beyond it.
    """
    due = (place for place in range(len(parts)) if place not in held)
    by_date = sorted(due, key=lambda place: undated_last(parts[place].due_on))
    return [*by_date, *reversed(held)]


def _lay_out(
    account: "_Account",
    facts: Sequence[Fact],
    orders: Sequence[Sequence[int]],
    offered: Mapping[int | None, int],
) -> None:
    """Lay out the money of one day as it was recorded.

    The first of *orders* holds from the start of the day, whatever events dated on it, and each
    other one from a release on.
    """
    settling = {
        Credited: account.credited,
        Withheld: account.withheld,
        WrittenOff: account.written_off,
    }
    back, cash = minor_sum(facts, Refunded), minor_sum(facts, Payment)
    # What goes back on the day it came, or before the issue, never was for the instalments.
    stays = max(cash - back, 0)
    order, *later = orders
    today = _TakenToday()
    account.take(0, order, offered, today)
    for fact in facts:
        if isinstance(fact, Payment):
            part = min(fact.amount.minor, stays)
            stays -= part
            account.take(part, order, offered, today)
        elif isinstance(fact, (Credited, Withheld, WrittenOff)):
            account.settle(settling[type(fact)], fact.amount.minor, order)
            if not isinstance(fact, WrittenOff):
                account.take(0, order, offered, today)
        elif isinstance(fact, Recovered):
            account.recover(fact.amount.minor, order)
        elif isinstance(fact, RetainageReleased):
            order = later.pop(0)
    account.excess -= max(back - cash, 0)


@attrs.define
class _TakenToday:
    """The discounts that the cash of one day took so far, which more of that day may undo.

    Attributes:
        own: the places of instalments whose own discount was taken.
        whole: what each place got of the discount of the whole.
    """

    own: list[int] = attrs.field(factory=list[int])
    whole: dict[int, int] = attrs.field(factory=dict[int, int])


@attrs.define
class _Account:
    """The instalments of one invoice while its money is laid out; never leaves this module.

    Those from ``own`` on are retainage, which no discount is about. ``granted`` are the discounts
    that were taken, as they were offered.
    """

    claim: Claim
    amounts: list[int]
    paid: list[int] = attrs.field(init=False)
    discounts: list[int] = attrs.field(init=False)
    credited: list[int] = attrs.field(init=False)
    withheld: list[int] = attrs.field(init=False)
    written_off: list[int] = attrs.field(init=False)
    granted: dict[int | None, int] = attrs.field(init=False, factory=dict[int | None, int])
    excess: int = 0

    def __attrs_post_init__(self) -> None:
        for name in ("paid", "discounts", "credited", "withheld", "written_off"):
            setattr(self, name, [0] * len(self.amounts))

    @classmethod
    def of(cls, claim: Claim, facts: Sequence[Fact]) -> "_Account":
        return cls(claim, [part.amount.minor for part in claim.parts(facts)])

    @property
    def own(self) -> int:
        return len(self.claim.by_terms)

    def open(self, index: int) -> int:
        columns = (self.paid, self.discounts, self.credited, self.withheld, self.written_off)
        return self.amounts[index] - sum(column[index] for column in columns)

    def take(
        self,
        cash: int,
        order: Sequence[int],
        offered: Mapping[int | None, int],
        today: _TakenToday,
    ) -> None:
        """Lay out cash together with that of the day before it, and take what discounts it reaches.

        Cash that nothing else needs makes up for what was taken of instalments today.
        """
        for index, part in today.whole.items():
            self.discounts[index] -= min(part, self.discounts[index])
        for index in order:
            discount = self._most(offered.get(index + 1, 0), [index])
            wanted = max(self.open(index) - self._to_certify(index + 1), 0)
            reached = 0 < wanted <= cash + discount
            part = max(wanted - discount, 0) if reached else min(wanted, cash)
            self.paid[index] += part
            cash -= part
            if reached and wanted > part:
                self._leave_off(index + 1, [index], wanted - part, offered)
                today.own.append(index)
        for index in today.own:
            back = min(cash, self.discounts[index])
            _exchange(self.discounts, self.paid, index, back)
            cash -= back
        for index in order:  # what was to be certified, and is paid instead
            part = min(self.open(index), cash)
            self.paid[index] += part
            cash -= part
        self.excess += cash
        by_terms = [index for index in order if index < self.own]
        today.whole = self._take_reached(None, by_terms, offered)
        for index in by_terms if self.claim.discounts_apart else ():
            today.own += self._take_reached(index + 1, [index], offered)

    def _take_reached(
        self, number: int | None, places: Sequence[int], offered: Mapping[int | None, int]
    ) -> dict[int, int]:
        """Take the discount of an instalment, or of the whole, if no more than that is left.

        What is to be certified is not left, unless cash came for a part of it. Where the
        certificate is of less, since it is of the discounted amount, the discount is more. Says
        what each place got.
        """
        before = {index: self.discounts[index] for index in places}
        left = sum(map(self.open, places))
        to_certify = self._to_certify(number)
        wanted = left if left < to_certify else left - to_certify
        if 0 < wanted <= self._most(offered.get(number, 0), places):
            self._leave_off(number, places, wanted, offered)
        rest = sum(map(self.open, places))
        less = any(self.withheld) and any(self.discounts[index] for index in places)
        if less and 0 < rest <= self._most(self.granted.get(number, 0), places):
            self._leave_off(number, places, rest, self.granted)
        parts = {index: self.discounts[index] - before[index] for index in places}
        return {index: part for index, part in parts.items() if part}

    def _leave_off(
        self,
        number: int | None,
        places: Sequence[int],
        amount: int,
        offered: Mapping[int | None, int],
    ) -> None:
        """Take a discount, on what is due first of it."""
        self.granted[number] = max(offered[number], self.granted.get(number, 0))
        for index in places:
            part = min(self.open(index), amount)
            self.discounts[index] += part
            amount -= part

    def _most(self, discount: int, places: Sequence[int]) -> int:
        """Return what of a discount may still be taken, beside what is credited of its amount."""
        if not discount:
            return 0
        amount = sum(self.amounts[index] for index in places)
        credited = sum(self.credited[index] for index in places)
        taken = sum(self.discounts[index] for index in places)
        return still_offered(discount, amount, credited) - taken

    def _to_certify(self, number: int | None) -> int:
        """Return what the client pays to the state of an instalment, or of the whole.

        Of an instalment only where they have discounts of their own: else cash fills them all.
        """
        if number is None:
            whole = (self.claim.withheld.minor, self.claim.payable.minor)
            return to_certify(*whole, sum(self.credited), sum(self.withheld))
        index = number - 1
        if index >= self.own or not self.claim.discounts_apart:
            return 0
        part = (self.claim.withheld_by_terms[index], self.amounts[index])
        return to_certify(*part, self.credited[index], self.withheld[index])

    def settle(self, column: list[int], amount: int, order: Sequence[int]) -> None:
        """Let what is no cash fill the instalments, and take the place of cash beyond that."""
        for index in order if column is self.withheld else ():
            part = min(self.open(index), self._to_certify(index + 1), amount)
            column[index] += part
            amount -= part
        for index in order:
            part = min(self.open(index), amount)
            column[index] += part
            amount -= part
        for index in reversed(order):
            given_up = min(self.discounts[index], amount)
            _exchange(self.discounts, column, index, given_up)
            paid = min(self.paid[index], amount - given_up)
            _exchange(self.paid, column, index, paid)
            self.excess += paid
            amount -= given_up + paid

    def recover(self, amount: int, order: Sequence[int]) -> None:
        """Let cash take the place of what was written off; beyond that it is like any other."""
        for index in order:
            part = min(self.written_off[index], amount)
            _exchange(self.written_off, self.paid, index, part)
            amount -= part
        self.take(amount, order, {}, _TakenToday())


def _exchange(source: list[int], target: list[int], index: int, amount: int) -> None:
    """Move an amount of one instalment from one column to another."""
    source[index] -= amount
    target[index] += amount
