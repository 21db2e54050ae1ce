"""What is agreed on a day: milestones and their amounts, before and after each change order."""

from collections.abc import Mapping, Sequence
from datetime import date

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

    @property
    def total(self) -> Money:
        """The sum of the amounts, which is the contract sum to date."""
        return Money.total(self.amounts, currency=self.amounts[0].currency)

    @property
    def by_key(self) -> dict[str, Money]:
        """The amounts, by the keys of their milestones."""
        keys = (milestone.key for milestone in self.milestones)
        return dict(zip(keys, self.amounts, strict=True))

    def place(self, key: str) -> int:
        """Return where the milestone of that key stands.

        Raises:
            UnknownMilestoneError: no milestone has it.
        """
        require_type(key, str, "the key of a milestone")
        for index, milestone in enumerate(self.milestones):
            if milestone.key == key:
                return index
        keys = ", ".join(milestone.key for milestone in self.milestones)
        raise UnknownMilestoneError("no milestone has this key", expected=f"one of {keys}", got=key)


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
    while waiting:
        free = [key for key, needed in waiting.items() if not needed & waiting.keys()]
        if not free:
            raise DependencyError(
                "milestones depend on each other in a circle",
                expected="an order in which each comes after those it depends on",
                got=_circle(waiting),
            )
        for key in free:
            del waiting[key]


def _circle(waiting: Mapping[str, set[str]]) -> str:
    """Return one circle of *waiting*, of which each milestone needs another, as ``a -> b -> a``."""
    path: list[str] = []
    key = next(iter(waiting))
    while key not in path:
        path.append(key)
        # In the order of the schedule: that of a set would change from run to run.
        key = next(other for other in waiting if other in waiting[key])
    return " -> ".join([*path[path.index(key) :], key])
