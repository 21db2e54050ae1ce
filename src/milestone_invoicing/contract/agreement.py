"""What is agreed on a day: milestones and their amounts, before and after each change order."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from operator import attrgetter, itemgetter
from types import MappingProxyType
from typing import Final, NamedTuple, Self, TypeVar

import attrs

from milestone_invoicing._checks import require_type
from milestone_invoicing.contract.change_orders import ChangeOrder
from milestone_invoicing.contract.milestones import Milestone
from milestone_invoicing.errors import (
    ChangeOrderError,
    DependencyError,
    DuplicateKeyError,
    UnknownMilestoneError,
    Words,
)
from milestone_invoicing.money import Money

_V = TypeVar("_V")


def with_checked(value: _V, **parts: object) -> _V:
    """Return a value with other parts, which are checked already, and what follows from them.

    Only its fields are copied, and nothing is checked: one fact or change costs what it is about.
    """
    made = copy(value)
    for name, part in parts.items():
        object.__setattr__(made, name, part)
    return made


@attrs.frozen
class Agreement:
    """What a contract says on a day.

    Attributes:
        milestones: in the order of the contract.
        amounts: what each is worth, net, in the same order.
    """

    milestones: tuple[Milestone, ...]
    amounts: tuple[Money, ...]

    def __attrs_post_init__(self) -> None:
        """Check that each milestone has its amount and a key of its own, and dependencies."""
        require_type(self.milestones, tuple, "the milestones of an agreement")
        require_type(self.amounts, tuple, "the amounts of an agreement")
        if not self.milestones or len(self.milestones) != len(self.amounts):
            raise ChangeOrderError(
                "an agreement has not one amount for each milestone",
                expected="as many amounts as milestones, and at least one",
                got=Words(f"{len(self.milestones)} and {len(self.amounts)}"),
            )
        _check_keys(self.milestones)
        _check_dependencies(self.milestones)

    @cached_property
    def total(self) -> Money:
        """The sum of the amounts, which is the contract sum to date."""
        return Money.total(self.amounts, currency=self.amounts[0].currency)

    @cached_property
    def by_key(self) -> Mapping[str, Money]:
        """The amounts, by the keys of their milestones, in their order."""
        return MappingProxyType(dict(zip(self.places, self.amounts, strict=True)))

    @cached_property
    def places(self) -> MappingProxyType[str, int]:
        """Where each milestone stands, by its key, in their order."""
        keys = (milestone.key for milestone in self.milestones)
        return MappingProxyType({key: place for place, key in enumerate(keys)})

    def place(self, key: str) -> int:
        """Return where the milestone of that key stands.

        Raises:
            UnknownMilestoneError: no milestone has it.
        """
        require_type(key, str, "the key of a milestone")
        if key not in self.places:
            raise unknown_milestone(key, self.places)
        return self.places[key]


def agreed_for(agreed: Agreement, key: str) -> tuple[Milestone, Money] | tuple[None, None]:
    """Return the milestone of that key and its amount; None if none has it."""
    place = agreed.places.get(key)
    return (None, None) if place is None else (agreed.milestones[place], agreed.amounts[place])


def unknown_milestone(key: str, keys: Iterable[str]) -> UnknownMilestoneError:
    """Return the error for a key that is none of *keys*."""
    expected = f"one of {', '.join(keys)}"
    return UnknownMilestoneError("no milestone has this key", expected=expected, got=key)


@attrs.frozen
class AppliedOrder:
    """A change order and what it made of the contract; kept, so that no later replay drifts.

    Attributes:
        order: the change order.
        billed: what was billed before it, net, of each milestone that had any.
        after: what is agreed from its day on.
    """

    order: ChangeOrder
    billed: tuple[tuple[str, Money], ...]
    after: Agreement

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        require_type(self.order, ChangeOrder, "the change order")
        require_type(self.billed, tuple, "what was billed")
        require_type(self.after, Agreement, "the agreement")

    @property
    def known_on(self) -> date:
        """The first day on which it was known."""
        return self.order.recorded_on or self.order.on


class Definition(NamedTuple):
    """What a milestone is, and is worth, by a change order.

    Attributes:
        order: which one, counted from one; zero for what was first agreed.
        on: the day from which it is so.
        milestone: None where the order drops it.
        amount: net; None where the order drops it.
        waits_since: the day from which it has had its trigger without a break.
    """

    order: int
    on: date
    milestone: Milestone | None
    amount: Money | None
    waits_since: date

    def followed_by(self, made: Self) -> Self:
        """Return the next definition, with since when its trigger is what it is."""
        if self.milestone is None or made.milestone is None:
            return made
        same = self.milestone.trigger == made.milestone.trigger
        return made._replace(waits_since=self.waits_since) if same else made


_BY_DAY: Final = attrgetter("on")
_BY_ORDER: Final = attrgetter("order")


def defined_on(definitions: Sequence[Definition], day: date) -> Milestone:
    """Return what a milestone is on a day; where it is none then, the nearest that it was."""
    known = definitions[: bisect_right(definitions, day, key=_BY_DAY)] or definitions[:1]
    return next(each.milestone for each in reversed(known) if each.milestone is not None)


@attrs.frozen(eq=False)
class Agreements:
    """What was agreed from which day on; each milestone is found by its key.

    Attributes:
        steps: first from the earliest date, then by each order.
        by_key: the definitions of each milestone that was ever agreed, one wherever it differs
            from the one before, also by later orders than those of *steps*.
        awaited: the events that the contract waits for, whatever the terms of its milestones.
        orders: the change orders, by number.
    """

    steps: tuple[tuple[date, Agreement], ...]
    by_key: dict[str, tuple[Definition, ...]]
    awaited: Sequence[str]
    orders: dict[str, AppliedOrder] = attrs.field(factory=dict[str, AppliedOrder])

    @classmethod
    def first(cls, original: Agreement, awaited: Sequence[str]) -> Self:
        """Return what was first agreed, without a change order."""
        by_key: dict[str, tuple[Definition, ...]] = {
            milestone.key: (Definition(0, date.min, milestone, amount, date.min),)
            for milestone, amount in zip(original.milestones, original.amounts, strict=True)
        }
        return cls(((date.min, original),), by_key, awaited)

    @property
    def last(self) -> Agreement:
        """What is agreed by the last order."""
        return self.steps[-1][1]

    def after(self, applied: AppliedOrder, keys: Iterable[str]) -> Self:
        """Return what is agreed with one more order, which defines no others than *keys* anew.

        Raises:
            ChangeOrderError: another order has its number, or comes later.
        """
        order = applied.order
        if order.number in self.orders:
            raise ChangeOrderError(
                "two change orders have one number", expected="unique numbers", got=order.number
            )
        last = next(reversed(self.orders.values()), None)
        if last is not None:
            _require_after(applied, last.order.on, order.on, "dated")
            hint = "say when it was recorded with recorded_on="
            _require_after(applied, last.known_on, applied.known_on, "known", hint)
        by_key = dict(self.by_key)
        for key in keys:
            milestone, amount = agreed_for(applied.after, key)
            known = by_key.get(key, ())
            made = Definition(len(self.steps), order.on, milestone, amount, order.on)
            if not known:
                by_key[key] = (made,)
            elif (milestone, amount) != (known[-1].milestone, known[-1].amount):
                by_key[key] = (*known, known[-1].followed_by(made))
        steps = (*self.steps, (order.on, applied.after))
        return type(self)(steps, by_key, self.awaited, {**self.orders, order.number: applied})

    def until(self, orders: int) -> Self:
        """Return what was agreed by the first so many change orders."""
        return attrs.evolve(self, steps=self.steps[: orders + 1])

    def on(self, day: date) -> Agreement:
        """Return what is agreed on a day, that of an order included."""
        return self.steps[bisect_right(self.steps, day, key=itemgetter(0)) - 1][1]

    def definitions(self, key: str) -> tuple[Definition, ...]:
        """Return the definitions of the milestone of that key.

        Raises:
            UnknownMilestoneError: no milestone has it on any day.
        """
        require_type(key, str, "the key of a milestone")
        if key not in self.by_key:
            raise unknown_milestone(key, self.by_key)
        found = self.by_key[key]
        if found[-1].order < len(self.steps):
            return found
        return found[: bisect_left(found, len(self.steps), key=_BY_ORDER)]

    def milestone(self, key: str, day: date) -> Milestone:
        """Return what the milestone of that key is on a day, or the nearest that it was.

        Raises:
            UnknownMilestoneError: no milestone has it on any day.
        """
        return defined_on(self.definitions(key), day)

    def waits_since(self, key: str, day: date) -> date:
        """Return since when the milestone of that key has had the trigger it has on a day."""
        definitions = self.definitions(key)
        until = definitions[: bisect_right(definitions, day, key=_BY_DAY)]
        return until[-1].waits_since if until and until[-1].milestone is not None else date.min

    def later(self, key: str, day: date) -> tuple[Definition, ...]:
        """Return the definitions of the milestone of that key after a day."""
        definitions = self.definitions(key)
        return definitions[bisect_right(definitions, day, key=_BY_DAY) :]

    @cached_property
    def events(self) -> dict[str, None]:
        """The events that the contract waits for, in the order in which they came."""
        made = (
            (each.order, self.steps[each.order][1].places[key], each.milestone.terms)
            for key in self.by_key
            for each in self.definitions(key)
            if each.milestone is not None and each.milestone.terms is not None
        )
        own = (terms.events for _, _, terms in sorted(made, key=itemgetter(0, 1)))
        return dict.fromkeys((*self.awaited, *chain.from_iterable(own)))


def _require_after(
    order: AppliedOrder, before: date, after: date, what: str, hint: str = ""
) -> None:
    if after < before:
        raise ChangeOrderError(
            f"change order {order.order.number} is {what} before the one it builds on",
            expected=f"{before} or later",
            got=after,
            hint=hint,
        )


def _check_keys(milestones: Sequence[Milestone]) -> None:
    seen: set[str] = set()
    for milestone in milestones:
        if milestone.key in seen:
            raise DuplicateKeyError(
                "two milestones have one key", expected="unique keys", got=milestone.key
            )
        seen.add(milestone.key)


def _check_dependencies(milestones: Sequence[Milestone]) -> None:
    """Refuse unknown keys and circles, by taking away milestones whose predecessors are gone."""
    waiting = {milestone.key: set(milestone.depends_on) for milestone in milestones}
    for key, needed in waiting.items():
        unknown = sorted(needed - waiting.keys())
        if unknown:
            raise DependencyError(
                f"milestone {key!r} depends on a key that is not there",
                expected=f"one of {', '.join(waiting)}",
                got=unknown[0],
            )
    order = TopologicalSorter(waiting)
    try:
        order.prepare()
    except CycleError:
        while free := order.get_ready():
            order.done(*free)
            for key in free:
                del waiting[key]
        raise DependencyError(
            "milestones depend on each other in a circle",
            expected="an order in which each comes after those it depends on",
            got=_circle(waiting),
        ) from None


def _circle(waiting: Mapping[str, set[str]]) -> str:
    """Return one circle of *waiting*, of which each milestone needs another, as ``a -> b -> a``."""
    path: list[str] = []
    key = next(iter(waiting))
    while key not in path:
        path.append(key)
        # In the order of the schedule: that of a set would change from run to run.
        key = next(other for other in waiting if other in waiting[key])
    return " -> ".join([*path[path.index(key) :], key])
