"""What a change order makes of an agreement: each change in turn, and no amount below its bills."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias, assert_never

import attrs

from milestone_invoicing._checks import require_type
from milestone_invoicing.contract.agreement import Agreement, AppliedOrder, with_checked
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
from milestone_invoicing.contract.shares import Share, Weight, resolve_shares
from milestone_invoicing.errors import BelowInvoicedError, ChangeOrderError, SharesError
from milestone_invoicing.money import Money, Percent, Remainder, Weighting, allocate
from milestone_invoicing.money.money import require_one_currency

Amounts: TypeAlias = Mapping[str, Money]


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


def concerned(order: ChangeOrder, before: Agreement, after: Agreement) -> Iterable[str]:
    """Return the keys of all that an order may define or price anew, as they stand after it."""
    keys: dict[str, None] = {}
    for change in order.changes:
        match change:
            case ChangeTotal():
                return dict.fromkeys((*after.places, *before.places))
            case AddMilestone():
                keys[change.milestone.key] = None
            case DropMilestone(key):
                waiting = (each.key for each in before.milestones if key in each.depends_on)
                keys |= dict.fromkeys((key, *waiting))
            case _:
                keys[change.key] = None
    return sorted(keys, key=lambda key: after.places.get(key, -1))


def _redefined(before: Agreement, key: str, **changed: object) -> Agreement:
    """Return the agreement with one milestone that says something else."""
    place = before.place(key)
    milestone = attrs.evolve(before.milestones[place], **changed)  # type: ignore[arg-type]  # checked by the change
    milestones = (*before.milestones[:place], milestone, *before.milestones[place + 1 :])
    return with_checked(before, milestones=milestones, places=before.places)


def _added(before: Agreement, change: AddMilestone) -> Agreement:
    place = len(before.milestones) if change.before is None else before.place(change.before)
    amount: Money = change.milestone.share  # type: ignore[assignment]  # AddMilestone checks it
    require_one_currency(before.amounts[0], amount)
    milestones = (*before.milestones[:place], change.milestone, *before.milestones[place:])
    amounts = (*before.amounts[:place], amount, *before.amounts[place:])
    key, needed = change.milestone.key, change.milestone.depends_on
    if key in before.places or not all(other in before.places for other in needed):
        return Agreement(milestones, amounts)  # which says what is wrong
    after = with_checked(before, milestones=milestones, amounts=amounts)
    if change.before is not None:
        return after
    return with_checked(after, places=MappingProxyType(before.places | {key: place}))


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
        if key in other.depends_on
        else other
        for other in before.milestones[:place] + before.milestones[place + 1 :]
    )
    amounts = before.amounts[:place] + before.amounts[place + 1 :]
    return with_checked(before, milestones=left, amounts=amounts)


def _repriced(before: Agreement, key: str, amount: Money, billed: Amounts) -> Agreement:
    place = before.place(key)
    require_one_currency(before.amounts[0], amount)
    _require_billed_fits(key, amount, billed)
    amounts = (*before.amounts[:place], amount, *before.amounts[place + 1 :])
    priced = with_checked(before, amounts=amounts, places=before.places)
    return _redefined(priced, key, share=amount)


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
    after = with_checked(before, amounts=tuple(amounts), places=before.places)
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
    shares: list[Share] = list(before.amounts)
    for place in moved:
        shares[place] = before.milestones[place].share
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
        billed_in_full = weights and change.policy is TotalPolicy.REDIVIDE
        other = ", or divide by TotalPolicy.CATCH_UP" if billed_in_full else ""
        raise ChangeOrderError(
            f"no milestone is left to take {left} of the new total",
            expected="a milestone that is not fixed, cancelled or billed in full",
            got=change.total,
            hint=f"add one with AddMilestone(...){other}",
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
