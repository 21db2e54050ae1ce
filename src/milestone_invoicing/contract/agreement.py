"""What is agreed on a day: milestones and their amounts, before and after each change order."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias, assert_never

import attrs

from milestone_invoicing._checks import require_type
from milestone_invoicing.contract.change_orders import (
    AddMilestone,
    Change,
    ChangeOrder,
    ChangeTotal,
    DropMilestone,
    Redate,
    Reprice,
    Reterm,
    Retrigger,
    TotalPolicy,
)
from milestone_invoicing.contract.milestones import Milestone
from milestone_invoicing.contract.shares import Weight
from milestone_invoicing.errors import (
    BelowInvoicedError,
    ChangeOrderError,
    DependencyError,
    DuplicateKeyError,
    UnknownMilestoneError,
)
from milestone_invoicing.money import Money, Percent, Remainder, Weighting, allocate
from milestone_invoicing.money.money import require_one_currency

Amounts: TypeAlias = Mapping[str, Money]


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
        """Check that keys are unique, and that dependencies lead somewhere and in no circle."""
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

    @property
    def known_on(self) -> date:
        """The first day on which it was known."""
        return self.order.recorded_on or self.order.on


def applied(
    before: Agreement,
    order: ChangeOrder,
    billed: Amounts,
    remainder: Remainder,
    closed: frozenset[str] = frozenset(),
) -> AppliedOrder:
    """Return *order* with what it makes of *before*, its changes made one after the other.

    Args:
        before: what was agreed until then.
        order: the order.
        billed: what is billed net, by key.
        remainder: who gets the units left over when a total is divided anew.
        closed: keys of milestones that are cancelled, and take no part in a new total.

    Raises:
        BelowInvoicedError: a milestone or the total would fall below what is billed; carries what
            to credit first.
        ChangeOrderError: a change that cannot be made.
        UnknownMilestoneError: no milestone has the key of a change or of *billed*.
        DuplicateKeyError: a milestone is added under a key that is there.
        CurrencyMismatchError: an amount is in another currency.
    """
    for key, amount in billed.items():
        before.place(key)
        require_type(amount, Money, f"what is billed of {key!r}")
        worth = before.amounts[before.place(key)]
        require_one_currency(worth, amount)
        if not 0 <= amount.minor <= worth.minor:
            raise ChangeOrderError(
                f"this cannot be billed of milestone {key!r}",
                expected=f"an amount from {worth - worth} to {worth}",
                got=amount,
            )
    after = before
    for change in order.changes:
        after = _changed(after, change, billed, remainder, closed)
    kept = tuple((key, amount) for key, amount in billed.items() if amount.minor)
    return AppliedOrder(order, kept, after)


def _changed(
    before: Agreement,
    change: Change,
    billed: Amounts,
    remainder: Remainder,
    closed: frozenset[str],
) -> Agreement:
    match change:
        case AddMilestone():
            return _added(before, change)
        case DropMilestone(key):
            return _dropped(before, key, billed)
        case Reprice(key, amount):
            return _repriced(before, key, amount, billed)
        case ChangeTotal():
            return _divided_anew(before, change, billed, remainder, closed)
        case Redate(key, due_on):
            return _redefined(before, key, due_on=due_on)
        case Reterm(key, terms):
            return _redefined(before, key, terms=terms)
        case Retrigger(key, trigger):
            return _redefined(before, key, trigger=trigger)
        case _:
            assert_never(change)


def _redefined(before: Agreement, key: str, **changed: object) -> Agreement:
    """Return the agreement with one milestone that says something else."""
    milestones = list(before.milestones)
    place = before.place(key)
    milestones[place] = attrs.evolve(milestones[place], **changed)  # type: ignore[arg-type]  # checked by the change
    return Agreement(tuple(milestones), before.amounts)


def _added(before: Agreement, change: AddMilestone) -> Agreement:
    place = len(before.milestones) if change.before is None else before.place(change.before)
    amount: Money = change.milestone.share  # type: ignore[assignment]  # AddMilestone checks it
    require_one_currency(before.amounts[0], amount)
    return Agreement(
        (*before.milestones[:place], change.milestone, *before.milestones[place:]),
        (*before.amounts[:place], amount, *before.amounts[place:]),
    )


def _dropped(before: Agreement, key: str, billed: Amounts) -> Agreement:
    place = before.place(key)
    _require_billed_fits(key, before.amounts[place] - before.amounts[place], billed)
    if len(before.milestones) == 1:
        raise ChangeOrderError(
            "the last milestone cannot be dropped",
            expected="a contract with a milestone",
            got=key,
            hint="record Cancelled(reason, on=...) for it",
        )
    left = tuple(
        attrs.evolve(other, depends_on=[each for each in other.depends_on if each != key])
        for other in before.milestones
        if other.key != key
    )
    return Agreement(left, before.amounts[:place] + before.amounts[place + 1 :])


def _repriced(before: Agreement, key: str, amount: Money, billed: Amounts) -> Agreement:
    place = before.place(key)
    require_one_currency(before.amounts[0], amount)
    _require_billed_fits(key, amount, billed)
    amounts = (*before.amounts[:place], amount, *before.amounts[place + 1 :])
    return _redefined(Agreement(before.milestones, amounts), key, share=amount)


def _require_billed_fits(key: str, amount: Money, billed: Amounts) -> None:
    credit = billed.get(key, amount) - amount
    if credit.minor > 0:
        raise BelowInvoicedError(
            f"milestone {key!r} would be worth less than is billed of it",
            expected=f"at least {billed[key]}",
            got=amount,
            hint=f"credit {credit} first",
            credit=credit,
        )


def _divided_anew(
    before: Agreement,
    change: ChangeTotal,
    billed: Amounts,
    remainder: Remainder,
    closed: frozenset[str],
) -> Agreement:
    """Return the agreement under a new total; fixed amounts and cancelled milestones stand."""
    require_one_currency(before.amounts[0], change.total)
    fixed = [
        isinstance(milestone.share, Money) or milestone.key in closed
        for milestone in before.milestones
    ]
    moved = [place for place, stands in enumerate(fixed) if not stands]
    zero = Money.zero(change.total.currency)
    left = change.total - Money.total(
        (before.amounts[place] for place, stands in enumerate(fixed) if stands),
        currency=zero.currency,
    )
    taken = [billed.get(before.milestones[place].key, zero) for place in moved]
    if change.policy is TotalPolicy.REDIVIDE:
        left -= Money.total(taken, currency=zero.currency)
        pairs = zip(moved, taken, strict=True)
        weights: list[Weighting] = [(before.amounts[place] - part).minor for place, part in pairs]
        stands = taken
    else:
        weights, stands = _entitlements(before, moved), [zero] * len(moved)
    _require_room(change, left, Money.total(taken, currency=zero.currency), weights)
    amounts = list(before.amounts)
    parts = allocate(left, weights, remainder=remainder) if any(weights) else [zero] * len(moved)
    for place, part, stood in zip(moved, parts, stands, strict=True):
        amounts[place] = stood + part
        _require_billed_fits(before.milestones[place].key, amounts[place], billed)
    return Agreement(before.milestones, tuple(amounts))


def _entitlements(before: Agreement, places: Sequence[int]) -> list[Weighting]:
    """Return by what the milestones divide a total: their shares if these are alike, or amounts."""
    shares = [before.milestones[place].share for place in places]
    percents = [share for share in shares if isinstance(share, Percent)]
    weights = [share.n for share in shares if isinstance(share, Weight)]
    for alike in (percents, weights):
        if len(alike) == len(shares):
            return list(alike)
    return [before.amounts[place].minor for place in places]


def _require_room(
    change: ChangeTotal, left: Money, taken: Money, weights: Sequence[Weighting]
) -> None:
    if left.minor < 0:
        raise BelowInvoicedError(
            "the new total is less than what is fixed and billed",
            expected=f"at least {change.total - left}",
            got=change.total,
            hint=f"credit {-left} first" if taken >= -left else "change fixed amounts first",
            credit=min(-left, taken),
        )
    if left and not any(weights):
        raise ChangeOrderError(
            f"no milestone is left to take {left} of the new total",
            expected="a milestone without a fixed amount that is not billed in full",
            got=change.total,
            hint="add a milestone with AddMilestone(...)",
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
