"""When what is open is due by a payment plan; it moves no money, it divides anew what is there.

A plan stands beside the instalments: those keep what had filled them when it was agreed, and the
plan's own take the rest. So whatever settles an invoice, in all, is the same with or without it.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import attrs

from milestone_invoicing.billing.history.claim import Claim
from milestone_invoicing.billing.history.collection_facts import PlanAgreed
from milestone_invoicing.billing.history.filling import MOVING, Filling, due_order, fill
from milestone_invoicing.billing.history.invoice_facts import RetainageReleased
from milestone_invoicing.contract import DueAmount
from milestone_invoicing.facts import Fact
from milestone_invoicing.money import Money

# A discount is what cash leaves open, so it comes behind all else that a fact moves.
_COLUMNS: Final = ("paid", "credited", "withheld", "written_off", "discounts")


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
    then = fill(claim, facts[:place])
    covered = len(covered_by(claim, facts[:place]))
    slots = _Slots(_amounts(filling, then, covered, plan))
    slots.keep(then, covered)
    before, held = slots.sums, covered
    for number in range(place, len(facts)):
        fact = facts[number]
        if number == place or isinstance(fact, MOVING):
            held += isinstance(fact, RetainageReleased)
            known = claim.parts(facts, fact.on)
            order = due_order((*known, *plan.installments), range(held, len(known)))
            now = _sums(fill(claim, facts[: number + 1]))
            slots.settle([after - was for after, was in zip(now, before, strict=True)], order)
            before = now
    parts = zip((*filling.parts, *plan.installments), slots.amounts, strict=True)
    columns: dict[str, Any] = {
        name: tuple(column) for name, column in zip(_COLUMNS, slots.columns, strict=True)
    }
    sized = (attrs.evolve(part, amount=Money(minor, claim.currency)) for part, minor in parts)
    return attrs.evolve(filling, parts=tuple(sized), **columns)


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
    _divide(left, [*settled, *((place, then.left[place]) for place in order)], amounts)
    by_date = due_order(parts, range(0))
    planned = [(first + place, parts[place].amount.minor) for place in by_date]
    _divide(total - left, planned, amounts)
    return amounts


def _divide(minor: int, most: Iterable[tuple[int, int]], parts: list[int]) -> None:
    """Add an amount to the *parts* at some places, in their order, and to each at most so much."""
    for place, limit in most:
        part = min(limit, minor)
        parts[place] += part
        minor -= part


def _sums(filling: Filling) -> list[int]:
    return [sum(getattr(filling, name)) for name in _COLUMNS]


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
        for name, column in zip(_COLUMNS, self.columns, strict=True):
            got = getattr(then, name)[:covered]
            most = ((place, min(minor, self._room(place))) for place, minor in enumerate(got))
            _divide(sum(got), most, column)

    def settle(self, moved: Sequence[int], order: Sequence[int]) -> None:
        """Let as much of each column go as has gone, then fill up by what has come.

        What goes is the last that came, but what is recovered was written off first.
        """
        for name, column, minor in zip(_COLUMNS, self.columns, moved, strict=True):
            going = order if name == "written_off" else reversed(order)
            gone = [0] * len(column)
            _divide(max(-minor, 0), ((place, column[place]) for place in going), gone)
            column[:] = map(int.__sub__, column, gone)
        for column, minor in zip(self.columns, moved, strict=True):
            _divide(max(minor, 0), ((place, self._room(place)) for place in order), column)

    def _room(self, place: int) -> int:
        return self.amounts[place] - sum(column[place] for column in self.columns)
