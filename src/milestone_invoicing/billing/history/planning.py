"""When what is open is due by a payment plan; it moves no money, it divides anew what is there.

A plan stands beside the instalments: those keep what had filled them when it was agreed, and the
plan's own take the rest. So whatever settles an invoice, in all, is the same with or without it.
"""

from collections.abc import Sequence
from typing import Any, Final

import attrs

from milestone_invoicing.billing.history.account import MOVING
from milestone_invoicing.billing.history.balance import Balance
from milestone_invoicing.billing.history.claim import Claim
from milestone_invoicing.billing.history.collection_facts import PlanAgreed
from milestone_invoicing.billing.history.filling import Filling
from milestone_invoicing.billing.history.invoice_facts import RetainageReleased
from milestone_invoicing.billing.history.ledger import (
    COLUMNS,
    CREDITED,
    DISCOUNTS,
    PAID,
    WITHHELD,
    WRITTEN_OFF,
)
from milestone_invoicing.contract import DueAmount, EventOccurred
from milestone_invoicing.facts import Fact
from milestone_invoicing.money import Money
from milestone_invoicing.money.waterfall import waterfall
from milestone_invoicing.timing.order import undated_last

# A discount is what cash leaves open, so it comes behind all else that a fact moves.
_COLUMNS: Final = (PAID, CREDITED, WITHHELD, WRITTEN_OFF, DISCOUNTS)
_DATING: Final = (EventOccurred, RetainageReleased)


def plan_in_force(facts: Sequence[Fact]) -> tuple[PlanAgreed, tuple[Fact, ...]] | None:
    """Return the last plan among *facts* that stand, and the facts before it; None without one."""
    for place in range(len(facts) - 1, -1, -1):
        plan = facts[place]
        if isinstance(plan, PlanAgreed):
            return plan, tuple(facts[:place])
    return None


def covered_by(claim: Claim, before: Sequence[Fact]) -> tuple[DueAmount, ...]:
    """Return the instalments that a plan divides anew: all that is not held when it is agreed."""
    return tuple(part for part in claim.parts(before) if not part.held)


def under_plan(
    claim: Claim, filling: Filling, plan: PlanAgreed, facts: Sequence[Fact], place: int
) -> Filling:
    """Return *filling* with the instalments of a plan behind all others.

    Each instalment keeps what had settled it by the facts before the plan, which is at *place*, and
    is as large as that. What moves since then settles the plan, and what is released since, by due
    date as known on its day; what is held comes last. Where the plan is no longer as large as what
    was open, since something was recorded late or taken back, it keeps its amounts: what it leaves
    out stays open by the earlier dates, and what it has too much was paid before.
    """
    balance = Balance.of(claim, facts[:place])
    then = Filling.of(balance.account)
    covered = len(covered_by(claim, facts[:place]))
    slots = _Slots(_amounts(filling, then, covered, plan))
    slots.keep(then, covered)
    before, held = slots.sums, covered
    dating = {fact.on for fact in facts[place:] if isinstance(fact, _DATING)}
    order: list[int] = []
    for fact in facts[place:]:
        if fact is plan or isinstance(fact, MOVING):
            balance.record(fact)
            held += isinstance(fact, RetainageReleased)
            if not order or fact.on in dating:
                known = claim.parts(facts, fact.on)
                order = due_order((*known, *plan.installments), range(held, len(known)))
            now = [balance.account.ledger.totals[column] for column in _COLUMNS]
            slots.settle([after - was for after, was in zip(now, before, strict=True)], order)
            before = now
    parts = zip((*filling.parts, *plan.installments), slots.amounts, strict=True)
    columns: dict[str, Any] = {
        COLUMNS[column]: tuple(got) for column, got in zip(_COLUMNS, slots.columns, strict=True)
    }
    sized = (attrs.evolve(part, amount=Money(minor, claim.currency)) for part, minor in parts)
    left = tuple(map(slots.room, range(len(slots.amounts))))
    held_left = sum(left[place] for place, part in enumerate(filling.parts) if part.held)
    return attrs.evolve(filling, parts=tuple(sized), left=left, retained=held_left, **columns)


def due_order(parts: Sequence[DueAmount], held: range) -> list[int]:
    """Return the places of *parts* by due date; without one, last.

    Those that are *held* stand behind all others. What is released first comes last of all, since
    money that comes before a release settles what is held beyond it.
    """
    due = (place for place in range(len(parts)) if place not in held)
    by_date = sorted(due, key=lambda place: undated_last(parts[place].due_on))
    return [*by_date, *reversed(held)]


def _amounts(filling: Filling, then: Filling, covered: int, plan: PlanAgreed) -> list[int]:
    """Return how large the instalments are: those covered, those released since or held, the plan.

    What the plan leaves out is first what was settled by *then*, then what was due first.
    """
    parts = plan.installments
    first = len(filling.parts)
    order = due_order(then.parts[:covered], range(0))
    total = sum(part.amount.minor for part in then.parts[:covered])
    left = max(total - plan.total.minor, 0)
    amounts = [part.amount.minor for part in filling.parts] + [0] * len(parts)
    amounts[:covered] = [0] * covered
    settled = [(place, then.parts[place].amount.minor - then.left[place]) for place in order]
    most = [*settled, *((place, then.left[place]) for place in order)]
    by_date = due_order(parts, range(0))
    planned = [(first + place, parts[place].amount.minor) for place in by_date]
    for divided, limits in ((left, most), (total - left, planned)):
        for place, part in waterfall(divided, limits):
            amounts[place] += part
    return amounts


@attrs.define
class _Slots:
    """What each instalment gets of each column, while it is worked out; stays in this module."""

    amounts: list[int]
    columns: list[list[int]] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.columns = [[0] * len(self.amounts) for _ in _COLUMNS]

    @property
    def sums(self) -> list[int]:
        """What is in each column."""
        return [sum(column) for column in self.columns]

    def keep(self, then: Filling, covered: int) -> None:
        """Leave the instalments what had settled them, as far as the plan leaves it out."""
        for kind, column in zip(_COLUMNS, self.columns, strict=True):
            for place, minor in enumerate(getattr(then, COLUMNS[kind])[:covered]):
                column[place] += min(minor, self.room(place))

    def settle(self, moved: Sequence[int], order: Sequence[int]) -> None:
        """Let as much of each column go as has gone, then fill up by what has come.

        What goes is the last that came, but what is recovered was written off first.
        """
        for kind, column, minor in zip(_COLUMNS, self.columns, moved, strict=True):
            going = order if kind == WRITTEN_OFF else reversed(order)
            for place, part in waterfall(-minor, ((place, column[place]) for place in going)):
                column[place] -= part
        for column, minor in zip(self.columns, moved, strict=True):
            for place, part in waterfall(minor, ((place, self.room(place)) for place in order)):
                column[place] += part

    def room(self, place: int) -> int:
        """Return what of a place is not settled."""
        return self.amounts[place] - sum(column[place] for column in self.columns)
