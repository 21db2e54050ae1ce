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
from milestone_invoicing.contract.shares import Weight, resolve_shares
from milestone_invoicing.errors import (
    BelowInvoicedError,
    ChangeOrderError,
    DependencyError,
    DuplicateKeyError,
    SharesError,
    UnknownMilestoneError,
    Words,
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
                f"so much cannot be billed of milestone {key!r}",
                expected=f"an amount from {worth - worth} to {worth}",
                got=amount,
                hint="billed_net(schedule, invoices, as_of=...) works out what is",
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
    stands = Money.total(
        (before.amounts[place] for place, fixed_amount in enumerate(fixed) if fixed_amount),
        currency=change.total.currency,
    )
    left = change.total - stands
    if left.minor < 0:
        raise ChangeOrderError(
            "the new total is less than what is fixed or cancelled",
            expected=f"at least {stands}",
            got=change.total,
            hint="change fixed amounts first",
        )
    if change.policy is TotalPolicy.REDIVIDE:
        parts = _redivided(before, change, moved, left, billed=billed, remainder=remainder)
    else:
        parts = _caught_up(before, change, moved, left, remainder)
    amounts = list(before.amounts)
    for place, part in zip(moved, parts, strict=True):
        amounts[place] = part
    after = Agreement(before.milestones, tuple(amounts))
    _require_all_fit(after, billed)
    return after


def _redivided(
    before: Agreement,
    change: ChangeTotal,
    moved: Sequence[int],
    left: Money,
    *,
    billed: Amounts,
    remainder: Remainder,
) -> list[Money]:
    """Return what is billed of each, and its part of what then is left, by what each had left."""
    zero = Money.zero(left.currency)
    taken = [billed.get(before.milestones[place].key, zero) for place in moved]
    left -= Money.total(taken, currency=left.currency)
    if left.minor < 0:
        raise BelowInvoicedError(
            "the new total is less than what is fixed and billed",
            expected=f"at least {change.total - left}",
            got=change.total,
            hint=f"credit {-left} first",
            credit=-left,
        )
    lefts = [(before.amounts[p] - part).minor for p, part in zip(moved, taken, strict=True)]
    parts = _divided(left, lefts, change, remainder)
    return [part + more for part, more in zip(taken, parts, strict=True)]


def _caught_up(
    before: Agreement,
    change: ChangeTotal,
    moved: Sequence[int],
    left: Money,
    remainder: Remainder,
) -> list[Money]:
    """Return the shares of the new total where they still fit beside what is fixed.

    Where they do not, since fixed amounts were added to percents of the whole, what is left is
    divided by shares of one kind, else by the amounts.
    """
    shares = [
        milestone.share if place in moved else amount
        for place, (milestone, amount) in enumerate(
            zip(before.milestones, before.amounts, strict=True)
        )
    ]
    try:
        resolved = resolve_shares(change.total, shares, remainder)
    except SharesError:
        return _divided(left, _entitlements(before, moved), change, remainder)
    return [resolved[place] for place in moved]


def _divided(
    left: Money, weights: Sequence[Weighting], change: ChangeTotal, remainder: Remainder
) -> list[Money]:
    """Return the parts of what is left of a new total; zeros of nothing."""
    if any(weight not in {0, Percent(0)} for weight in weights):
        return list(allocate(left, weights, remainder=remainder))
    if left:
        raise ChangeOrderError(
            f"no milestone is left to take {left} of the new total",
            expected="a milestone that is not fixed, cancelled or billed in full",
            got=change.total,
            hint="add one with AddMilestone(...), or divide by TotalPolicy.CATCH_UP",
        )
    return [left] * len(weights)


def _entitlements(before: Agreement, places: Sequence[int]) -> list[Weighting]:
    """Return by what milestones divide what is left: their shares if alike, or their amounts."""
    shares = [before.milestones[place].share for place in places]
    percents = [share for share in shares if isinstance(share, Percent)]
    weights = [share.n for share in shares if isinstance(share, Weight)]
    for alike in (percents, weights):
        if len(alike) == len(shares):
            return list(alike)
    return [before.amounts[place].minor for place in places]


def _require_all_fit(after: Agreement, billed: Amounts) -> None:
    """Refuse amounts below what is billed, with all that has to be credited."""
    short = {
        key: billed[key] - amount
        for key, amount in after.by_key.items()
        if key in billed and billed[key] > amount
    }
    if short:
        credit = Money.total(short.values(), currency=after.total.currency)
        raise BelowInvoicedError(
            f"{' and '.join(map(repr, short))} would be worth less than is billed",
            expected="no milestone below what is billed of it",
            got=after.total,
            hint=f"credit {credit} first",
            credit=credit,
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
