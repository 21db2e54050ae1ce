"""A slow second path to what an invoice is on a day: each minor unit of it is one item of a list.

Written from the rules alone. It knows no early discounts, and of payment plans only such as divide
exactly what was open and are followed by nothing but payments.
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import attrs

from milestone_invoicing import (
    Applied,
    Credited,
    Disputed,
    DisputeResolved,
    DueAmount,
    DueDateExtended,
    EventOccurred,
    Fact,
    Invoice,
    Payment,
    PlanAgreed,
    Recovered,
    Refunded,
    RetainageReleased,
    Reversed,
    Voided,
    Withheld,
    WrittenOff,
)

HELD = 1_000  # its place is behind those of the terms; what is released of it comes after it
WAYS = {Credited: "credited", Withheld: "withheld", WrittenOff: "written_off"}
MOVING = (Payment, Refunded, Recovered, RetainageReleased, EventOccurred, *WAYS)


@attrs.define
class Unit:
    """One minor unit: of which instalment it is, how it is settled, and as how many-th that was."""

    place: int
    way: str = "open"
    arrived: int = 0


def standing_slowly(facts: Sequence[Fact], day: date) -> list[Fact]:
    """Return the facts that stand on a day: each reversal crosses out the last one like it."""
    found: list[Fact] = []
    for fact in sorted(facts, key=lambda each: each.on):
        if fact.on > day:
            continue
        if isinstance(fact, Reversed):
            place = max(n for n, each in enumerate(found) if each == fact.fact)
            del found[place]
        else:
            found.append(fact)
    return found


def events_by(facts: Sequence[Fact], day: date) -> dict[str, date]:
    """Return when each event came, as known on a day."""
    return {
        each.event: each.on for each in facts if isinstance(each, EventOccurred) and each.on <= day
    }


def sums(facts: Sequence[Fact], *kinds: type) -> int:
    """Return what the facts of some kinds moved."""
    return sum(each.amount.minor for each in facts if isinstance(each, kinds))


class Slow:
    """An invoice on a day, unit by unit."""

    dues: Sequence[date | None]

    def __init__(self, invoice: Invoice, day: date, facts: Sequence[Fact] | None = None) -> None:
        self.invoice, self.day = invoice, day
        self.facts = standing_slowly(invoice.facts if facts is None else facts, day)
        is_issued = invoice.number is not None and invoice.issued_on is not None
        is_issued = is_issued and invoice.issued_on <= day
        self.claims = is_issued and not any(isinstance(each, Voided) for each in self.facts)
        self.payable = invoice.payable.minor if self.claims else 0
        self.received = sums(self.facts, Payment, Recovered)
        self.refunded = sums(self.facts, Refunded)
        self.units: list[Unit] = []
        self.released: dict[int, date] = {}
        self.excess = 0
        self.arrivals = 0
        if self.claims and self.payable >= 0:
            self.open_instalments()
            self.lay_out(self.facts)

    def open_instalments(self) -> None:
        """Lay the units of the terms and of what is held side by side."""
        held = self.invoice.held.minor if self.invoice.held else 0
        for place, part in enumerate(self.terms_after({})):
            self.units += [Unit(place) for _ in range(part.amount.minor)]
        self.units += [Unit(HELD) for _ in range(held)]

    def terms_after(self, events: dict[str, date]) -> Sequence[DueAmount]:
        """Return the instalments of the terms once some events came."""
        held = self.invoice.held or self.invoice.payable * 0
        return self.invoice.terms.due(
            self.invoice.payable - held,
            self.invoice.issued_on,
            untaxed=self.invoice.totals.tax_exclusive,
            events=events,
        )

    def lay_out(self, facts: Sequence[Fact]) -> None:
        """Lay out the money day by day; what came before the issue, on its day."""

        def day_of(fact: Fact) -> date:
            return max(fact.on, self.invoice.issued_on)

        moving = [each for each in facts if isinstance(each, MOVING)]
        for day, found in groupby(sorted(moving, key=day_of), day_of):
            self.lay_out_day(day, list(found))

    def lay_out_day(self, day: date, facts: list[Fact]) -> None:
        """Lay out the money of one day: what goes back of its own cash never was for the bill."""
        self.dues = [part.due_on for part in self.terms_after(events_by(self.facts, day))]
        cash = sums(facts, Payment) - sums(facts, Refunded)
        self.excess += min(cash, 0)
        for fact in facts:
            if isinstance(fact, Payment):
                part = min(fact.amount.minor, max(cash, 0))
                cash -= part
                self.pay(part)
            elif isinstance(fact, Recovered):
                self.recover(fact.amount.minor)
            elif isinstance(fact, RetainageReleased):
                self.release(fact)
            elif type(fact) in WAYS:
                self.settle(WAYS[type(fact)], fact.amount.minor)

    def due(self, unit: Unit) -> tuple[bool, date, int]:
        """Return by what units are sorted: by due date, those without one last, then by place."""
        known = self.dues[unit.place] if unit.place < HELD else self.released.get(unit.place)
        return known is None, known or date.max, unit.place

    def those(self, way: str) -> list[Unit]:
        """Return the units that are settled in a way, by due date, then as they were settled."""
        found = [each for each in self.units if each.way == way]
        return sorted(found, key=lambda each: (self.due(each), each.arrived))

    def fill(self, way: str, count: int) -> int:
        """Settle so many open units, what is due first, and return for how many there is none."""
        filled = self.those("open")[:count]
        for unit in filled:
            self.arrivals += 1
            unit.way, unit.arrived = way, self.arrivals
        return count - len(filled)

    def pay(self, count: int) -> None:
        """Let cash fill what is due first, and be left over beyond that."""
        self.excess += self.fill("paid", count)

    def settle(self, way: str, count: int) -> None:
        """Fill what is due first, and beyond that take the place of the cash that is due last."""
        beyond = self.fill(way, count)
        for unit in self.those("paid")[::-1][:beyond]:
            unit.way = way
            self.excess += 1

    def recover(self, count: int) -> None:
        """Let cash take the place of what was written off first; the rest is like any cash."""
        lost = self.those("written_off")[:count]
        for unit in lost:
            unit.way = "paid"
        self.pay(count - len(lost))

    def release(self, fact: RetainageReleased) -> None:
        """Give units of what is held a place of their own: what is open, then what came last."""
        place = HELD + 1 + len(self.released)
        self.released[place] = fact.due_on
        held = [each for each in self.units if each.place == HELD]
        held.sort(key=lambda each: (each.way == "open", each.arrived), reverse=True)
        for unit in held[: fact.amount.minor]:
            unit.place = place

    # --- what is asked ----------------------------------------------------------------------------

    def got(self, way: str, place: int | None = None) -> int:
        """Return how many units are settled in a way."""
        return sum(each.way == way and place in {None, each.place} for each in self.units)

    @property
    def retained(self) -> int:
        return sum(each.way == "open" and each.place == HELD for each in self.units)

    @property
    def open(self) -> int:
        return self.got("open") - self.retained

    @property
    def unapplied(self) -> int:
        if not self.claims:
            return self.received - self.refunded
        if self.payable < 0:
            return -self.payable + self.received - self.refunded - self.applied
        return self.excess

    @property
    def applied(self) -> int:
        return 0 if self.claims and self.payable >= 0 else sums(self.facts, Applied)

    @property
    def to_certify(self) -> int:
        withheld = self.invoice.totals.withheld.minor
        if not self.claims or not withheld or self.payable <= 0:
            return 0
        left = self.payable - self.got("credited")
        part = (2 * withheld * left + self.payable) // (2 * self.payable)
        return min(max(part - self.got("withheld"), 0), self.open)

    @property
    def disputed(self) -> int:
        disputes: list[Disputed] = []
        for fact in self.facts:
            if isinstance(fact, DisputeResolved):
                disputes = []
            elif isinstance(fact, Disputed):
                disputes.append(fact)
        if any(each.amount is None for each in disputes):
            return self.open
        return min(sums(disputes, Disputed), self.open)

    def is_held(self, place: int) -> bool:
        """Say whether a place is that of what is held."""
        return place == HELD

    @property
    def places(self) -> list[int]:
        """The places of the instalments: of the terms, as released, then what is still held."""
        if not self.claims or self.payable < 0:
            return []
        held = [HELD] if any(each.place == HELD for each in self.units) else []
        return [*range(len(self.terms_after({}))), *self.released, *held]

    def dated(self, day: date) -> list[date | None]:
        """Return the due dates of the instalments as agreed, as known on a day."""
        parts = self.terms_after(events_by(self.facts, day))
        releases = [each for each in self.facts if isinstance(each, RetainageReleased)]
        known = [each.due_on if each.on <= day else None for each in releases]
        return [part.due_on for part in parts] + known + [None] * (HELD in self.places)

    def extended(self) -> list[date | None]:
        """Return the due dates as extended: the last that reaches one has the word."""
        due = self.dated(self.day)
        for fact in self.facts:
            if isinstance(fact, DueDateExtended):
                for place, known in enumerate(self.dated(fact.on)):
                    chosen = fact.installment is None or fact.installment == place + 1
                    if chosen and known is not None and known < fact.until:
                        due[place] = fact.until
        return due

    def certified_by_item(self) -> list[int]:
        """Return what of each instalment waits for a certificate, taken from what is due last."""
        due, certified = self.extended(), [0] * len(self.places)
        free = [0 if place == HELD else self.got("open", place) for place in self.places]
        for _ in range(self.to_certify):
            last = max(
                (n for n in range(len(free)) if free[n] > certified[n]),
                key=lambda n: (due[n] is None, due[n] or date.max, n),
            )
            certified[last] += 1
        return certified

    def planned(self) -> list[tuple[date | None, int, int]] | None:
        """Return due date, amount and cash of each instalment under a simple plan; or None."""
        places = [n for n, each in enumerate(self.facts) if isinstance(each, PlanAgreed)]
        if not places or not self.claims:
            return None
        plan, before = self.facts[places[-1]], self.facts[: places[-1]]
        after = [each for each in self.facts[places[-1] :] if isinstance(each, MOVING)]
        then = Slow(self.invoice, self.day, before)
        simple = all(isinstance(each, Payment) for each in after) and not self.invoice.held
        simple = simple and all(each.on < plan.on for each in before if isinstance(each, Refunded))
        if (
            not simple
            or then.open != plan.total.minor
            or then.got("paid") != self.payable - then.open
        ):
            return None
        cash, got = sums(after, Payment), [0] * len(plan.installments)
        in_order = sorted(range(len(got)), key=lambda n: (plan.installments[n].due_on, n))
        for _ in range(cash):
            free = [n for n in in_order if got[n] < plan.installments[n].amount.minor]
            if free:
                got[free[0]] += 1
        first = [(due, then.got("paid", n)) for n, due in enumerate(self.dated(self.day))]
        return [(due, paid, paid) for due, paid in first] + [
            (part.due_on, part.amount.minor, paid)
            for part, paid in zip(plan.installments, got, strict=True)
        ]


def changes(invoice: Invoice) -> set[date]:
    """Return the days on which an invoice may be another than the day before."""
    return {each.on for each in invoice.facts} | {invoice.issued_on}
