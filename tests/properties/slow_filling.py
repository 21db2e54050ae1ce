"""Filling worked out slowly: all money anew for each question, on instalments that never change.

What is released later is an instalment from the first day on, and each day asks anew which of them
are due in which order, and what is offered.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from milestone_invoicing import (
    Credited,
    EventOccurred,
    Payment,
    Recovered,
    Refunded,
    RetainageReleased,
    Withheld,
    WrittenOff,
)
from milestone_invoicing.billing.history.claim import (
    Claim,
    best_offers,
    still_offered,
    to_certify,
)
from milestone_invoicing.billing.history.invoice_facts import MONEY_FACTS, minor_sum
from milestone_invoicing.billing.history.planning import due_order
from milestone_invoicing.facts import Fact

COLUMNS = ("paid", "discounts", "credited", "withheld", "written_off")
Offered = Mapping[int | None, int]


class SlowFilling:
    """What the instalments of a claim got by facts that stand, and what each had after each day."""

    def __init__(self, claim: Claim, facts: Sequence[Fact]) -> None:
        self.claim, self.facts = claim, tuple(facts)
        self.parts = claim.parts(self.facts)
        self.columns = {name: [0] * len(self.parts) for name in COLUMNS}
        self.granted: dict[int | None, int] = {}
        self.excess = 0
        self.own: list[int] = []
        self.whole: dict[int, int] = {}
        self.paid_by_day = {day: tuple(self.columns["paid"]) for day in self._lay_out()}

    def left(self, place: int) -> int:
        return self.parts[place].amount.minor - self.got(place)

    def got(self, place: int) -> int:
        return sum(column[place] for column in self.columns.values())

    @property
    def outstanding(self) -> int:
        return sum(map(self.left, range(len(self.parts))))

    @property
    def retained(self) -> int:
        return sum(self.left(place) for place, part in enumerate(self.parts) if part.held)

    def total(self, name: str) -> int:
        return sum(self.columns[name])

    def _lay_out(self) -> Iterator[date]:
        days: dict[date, list[Fact]] = {}
        for fact in self.facts:
            if isinstance(fact, (*MONEY_FACTS, EventOccurred)):
                days.setdefault(max(fact.on, self.claim.issued_on), []).append(fact)
        first = len(self.claim.by_terms)
        for day in sorted(days):
            self._lay_out_day(day, days[day], first)
            first += sum(isinstance(fact, RetainageReleased) for fact in days[day])
            yield day

    def _lay_out_day(self, day: date, facts: Sequence[Fact], first: int) -> None:
        parts = self.claim.parts(self.facts, day)
        order = due_order(parts, range(first, len(parts)))
        best = best_offers(self.claim.offers(self.facts, day), day)
        offered = {number: offer.discount.minor for number, offer in best.items()}
        cash, back = minor_sum(facts, Payment), minor_sum(facts, Refunded)
        room = max(cash - back, 0)
        self.excess -= max(back - cash, 0)
        self.own, self.whole = [], {}
        self._take(0, order, offered)
        for fact in facts:
            match fact:
                case Payment():
                    part = min(fact.amount.minor, room)
                    room -= part
                    self._take(part, order, offered)
                case Credited() | Withheld() | WrittenOff():
                    self._settle(type(fact), fact.amount.minor, order)
                    if not isinstance(fact, WrittenOff):
                        self._take(0, order, offered)
                case Recovered():
                    self._recover(fact.amount.minor, order)
                case RetainageReleased():
                    first += 1
                    order = due_order(parts, range(first, len(parts)))

    def _take(self, cash: int, order: Sequence[int], offered: Offered) -> None:
        discounts = self.columns["discounts"]
        for place, part in self.whole.items():
            discounts[place] -= min(part, discounts[place])
        for place in order:
            discount = self._most(offered.get(place + 1, 0), [place])
            wanted = max(self.left(place) - self._to_certify(place + 1), 0)
            reached = 0 < wanted <= cash + discount
            part = max(wanted - discount, 0) if reached else min(wanted, cash)
            cash -= self._add("paid", place, part)
            if reached and wanted > part:
                self._leave_off(place + 1, [place], wanted - part, offered)
                self.own.append(place)
        for place in self.own:
            cash -= self._exchange("discounts", "paid", place, min(cash, discounts[place]))
        for place in order:
            cash -= self._add("paid", place, min(self.left(place), cash))
        self.excess += cash
        terms = [place for place in order if place < len(self.claim.by_terms)]
        self.whole = self._reached(None, terms, offered)
        for place in terms if self.claim.discounts_apart else ():
            self.own += self._reached(place + 1, [place], offered)

    def _reached(
        self, number: int | None, places: Sequence[int], offered: Offered
    ) -> dict[int, int]:
        before = list(self.columns["discounts"])
        left, certain = sum(map(self.left, places)), self._to_certify(number)
        wanted = left if left < certain else left - certain
        if 0 < wanted <= self._most(offered.get(number, 0), places):
            self._leave_off(number, places, wanted, offered)
        rest = sum(map(self.left, places))
        less = self.total("withheld") and any(self.columns["discounts"][each] for each in places)
        if less and 0 < rest <= self._most(self.granted.get(number, 0), places):
            self._leave_off(number, places, rest, self.granted)
        after = self.columns["discounts"]
        return {each: after[each] - before[each] for each in places if after[each] > before[each]}

    def _leave_off(
        self, number: int | None, places: Sequence[int], minor: int, offered: Offered
    ) -> None:
        self.granted[number] = max(offered[number], self.granted.get(number, 0))
        for place in places:
            minor -= self._add("discounts", place, min(self.left(place), minor))

    def _most(self, discount: int, places: Sequence[int]) -> int:
        if not discount:
            return 0
        amount = sum(self.parts[place].amount.minor for place in places)
        credited, taken = (
            sum(self.columns[name][place] for place in places) for name in ("credited", "discounts")
        )
        return still_offered(discount, amount, credited) - taken

    def _to_certify(self, number: int | None) -> int:
        claim = self.claim
        if number is None:
            whole = claim.withheld.minor, claim.payable.minor
            return to_certify(*whole, self.total("credited"), self.total("withheld"))
        place = number - 1
        if place >= len(claim.by_terms) or not claim.discounts_apart:
            return 0
        part = claim.withheld_by_terms[place], self.parts[place].amount.minor
        settled = self.columns["credited"][place], self.columns["withheld"][place]
        return to_certify(*part, *settled)

    def _settle(self, kind: type[Fact], minor: int, order: Sequence[int]) -> None:
        name = {Credited: "credited", Withheld: "withheld", WrittenOff: "written_off"}[kind]
        for place in order if kind is Withheld else ():
            most = min(self.left(place), self._to_certify(place + 1), minor)
            minor -= self._add(name, place, most)
        for place in order:
            minor -= self._add(name, place, min(self.left(place), minor))
        for place in reversed(order):
            discount = min(self.columns["discounts"][place], minor)
            minor -= self._exchange("discounts", name, place, discount)
            cash = self._exchange("paid", name, place, min(self.columns["paid"][place], minor))
            self.excess += cash
            minor -= cash

    def _recover(self, minor: int, order: Sequence[int]) -> None:
        for place in order:
            part = min(self.columns["written_off"][place], minor)
            minor -= self._exchange("written_off", "paid", place, part)
        today, self.own, self.whole = (self.own, self.whole), [], {}
        self._take(minor, order, {})
        self.own, self.whole = today

    def _add(self, name: str, place: int, minor: int) -> int:
        self.columns[name][place] += minor
        return minor

    def _exchange(self, source: str, target: str, place: int, minor: int) -> int:
        self.columns[source][place] -= minor
        return self._add(target, place, minor)
