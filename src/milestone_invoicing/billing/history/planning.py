"""When what is open is due by a payment plan; it moves no money, it divides anew what is there.

A plan stands beside the instalments: those keep what had filled them when it was agreed, and the
plan's own take the rest. So whatever fills an instalment, in all, is the same with or without it.
"""

from collections.abc import Sequence
from typing import Any, Final

import attrs

from milestone_invoicing.billing.history.claim import Claim
from milestone_invoicing.billing.history.collection_facts import PlanAgreed
from milestone_invoicing.billing.history.filling import Filling, due_order, fill
from milestone_invoicing.contract import DueAmount
from milestone_invoicing.facts import Fact
from milestone_invoicing.money import Money

_COLUMNS: Final = ("paid", "discounts", "credited", "withheld", "written_off")


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


def under_plan(claim: Claim, filling: Filling, plan: PlanAgreed, before: Sequence[Fact]) -> Filling:
    """Return *filling* with the instalments of a plan behind all others.

    Each instalment keeps what had settled it by the facts *before* the plan, and is as large as
    that. What moved since then settles the plan, by due date. Where the plan is no longer as
    large as what was open, since something was recorded late or taken back, it keeps its amounts:
    what it leaves out stays open by the earlier dates, and what it has too much was paid before.
    """
    then = fill(claim, before)
    covered = len(covered_by(claim, before))
    order = due_order(then.parts, covered)[:covered]
    behind = [covered + place for place in due_order(plan.installments, len(plan.installments))]
    slots = _Slots.of(filling, covered, len(plan.installments))
    for place, capacity in _kept(then, order, covered, plan.total.minor).items():
        slots.capacities[place] = capacity
        slots.take_as_before(place, then)
    for place, part in enumerate(plan.installments):
        slots.capacities[covered + place] = part.amount.minor
    for place in (*order, *behind):
        slots.take(place)
    return _with_plan(filling, covered, plan, slots)


def _kept(then: Filling, order: Sequence[int], covered: int, planned: int) -> dict[int, int]:
    """Return what of each instalment is not in the plan: what was settled first, then the rest."""
    left = max(sum(part.amount.minor for part in then.parts[:covered]) - planned, 0)
    kept = dict.fromkeys(order, 0)
    settled = {place: then.parts[place].amount.minor - then.left[place] for place in order}
    for amounts in (settled, {place: then.left[place] for place in order}):
        for place in order:
            part = min(amounts[place], left)
            kept[place] += part
            left -= part
    return kept


@attrs.define
class _Slots:
    """What each instalment gets of each column, while it is divided; never leaves this module.

    The columns are those of a filling, and last what is open.
    """

    pools: list[int]
    columns: list[list[int]]
    capacities: list[int]

    @classmethod
    def of(cls, filling: Filling, covered: int, planned: int) -> "_Slots":
        pools = [sum(getattr(filling, name)[:covered]) for name in _COLUMNS]
        pools.append(sum(filling.left[:covered]))
        width = covered + planned
        return cls(pools, [[0] * width for _ in pools], [0] * width)

    def take_as_before(self, place: int, then: Filling) -> None:
        """Leave an instalment what had settled it, as far as that is still there."""
        for column, name in enumerate(_COLUMNS):
            self._move(column, place, getattr(then, name)[place])

    def take(self, place: int) -> None:
        """Fill up an instalment: by what settles, then by what is open."""
        for column in range(len(self.pools)):
            self._move(column, place, self.capacities[place])

    def _move(self, column: int, place: int, wanted: int) -> None:
        part = min(wanted, self.pools[column], self.capacities[place])
        self.pools[column] -= part
        self.columns[column][place] += part
        self.capacities[place] -= part


def _with_plan(filling: Filling, covered: int, plan: PlanAgreed, slots: _Slots) -> Filling:
    """Return *filling* with the divided columns, the instalments of the plan behind all others."""
    amounts = [
        Money(minor, plan.total.currency) for minor in map(sum, zip(*slots.columns, strict=True))
    ]
    own = zip(filling.parts[:covered], amounts, strict=False)
    planned = zip(plan.installments, amounts[covered:], strict=True)
    parts = (
        *(attrs.evolve(part, amount=amount) for part, amount in own),
        *filling.parts[covered:],
        *(attrs.evolve(part, amount=amount) for part, amount in planned),
    )
    divided: dict[str, Any] = {
        name: (*column[:covered], *getattr(filling, name)[covered:], *column[covered:])
        for name, column in zip(_COLUMNS, slots.columns, strict=False)
    }
    return attrs.evolve(filling, parts=parts, **divided)
