"""What a change order asks for, as values; what it makes of a contract is worked out elsewhere."""

from collections.abc import Iterable
from datetime import date
from enum import unique
from typing import Final, TypeAlias

import attrs

from milestone_invoicing._checks import (
    require_date,
    require_optional_date,
    require_text,
    require_type,
    tuple_of,
)
from milestone_invoicing._worded import Worded
from milestone_invoicing.contract.milestones import ANY_TRIGGER, AnyTrigger, Milestone
from milestone_invoicing.contract.terms import PaymentTerms
from milestone_invoicing.errors import ChangeOrderError
from milestone_invoicing.money import Money


@unique
class TotalPolicy(Worded):
    """Who gets what a new total brings or takes.

    REDIVIDE: what is billed stands; what is left of the new total is divided among the milestones
    by what each had left. CATCH_UP: each milestone is worth its part of the new total, as if that
    had been agreed from the start; what was billed too little is caught up with the next bill.
    Milestones with a fixed amount keep it under both.
    """

    REDIVIDE = "redivide"
    CATCH_UP = "catch up"


@attrs.frozen
class AddMilestone:
    """A milestone that is new, with a fixed amount; the total rises by it.

    Args:
        milestone: its share is a ``Money``.
        before: the key of the milestone it stands before; None puts it last.

    Raises:
        ChangeOrderError: the share is no fixed amount.
        WrongTypeError: a part is of another type.

    Example:
        >>> AddMilestone(Milestone("extra", "Extra", Money.of(500, "EUR"))).milestone.key
        'extra'

    Source: additive change orders; convention of this library.
    """

    milestone: Milestone
    before: str | None = None

    def __attrs_post_init__(self) -> None:
        """Check the parts."""
        require_type(self.milestone, Milestone, "the milestone to add")
        require_type(self.before, (str, type(None)), "before")
        if not isinstance(self.milestone.share, Money):
            raise ChangeOrderError(
                f"milestone {self.milestone.key!r} is added without an amount",
                expected="a share of fixed Money",
                got=self.milestone.share,
                hint="change the total too, if others are to give something up",
            )


@attrs.frozen
class DropMilestone:
    """A milestone that goes, of which nothing is billed; the total falls by its amount.

    Raises:
        WrongTypeError: the key is no text.

    Example:
        >>> DropMilestone("extra").key
        'extra'
    """

    key: str

    def __attrs_post_init__(self) -> None:
        """Check the key."""
        require_type(self.key, str, "the key of a milestone")


@attrs.frozen
class Reprice:
    """A milestone that is worth another amount from now on; the total follows.

    Args:
        key: of the milestone.
        amount: net, zero or more; not below what is billed.

    Raises:
        ChangeOrderError: the amount is below zero.
        WrongTypeError: a part is of another type.

    Example:
        >>> str(Reprice("extra", Money.of(450, "EUR")).amount)
        'EUR 450.00'
    """

    key: str
    amount: Money

    def __attrs_post_init__(self) -> None:
        """Check the parts."""
        require_type(self.key, str, "the key of a milestone")
        require_type(self.amount, Money, "the new amount")
        if self.amount.minor < 0:
            raise ChangeOrderError(
                f"milestone {self.key!r} would be worth less than nothing",
                expected="zero or more",
                got=self.amount,
            )


@attrs.frozen
class Redate:
    """A milestone that is due to be delivered on another day, or on none.

    Raises:
        WrongTypeError: the key is no text.
        DateTypeError: the day is not a plain date.
    """

    key: str
    due_on: date | None

    def __attrs_post_init__(self) -> None:
        """Check the parts."""
        require_type(self.key, str, "the key of a milestone")
        require_optional_date(self.due_on, "the new due_on")


@attrs.frozen
class Reterm:
    """A milestone with other payment terms, or with those of the schedule.

    Raises:
        WrongTypeError: a part is of another type.
    """

    key: str
    terms: PaymentTerms | None

    def __attrs_post_init__(self) -> None:
        """Check the parts."""
        require_type(self.key, str, "the key of a milestone")
        require_type(self.terms, (PaymentTerms, type(None)), "the new terms")


@attrs.frozen
class Retrigger:
    """A milestone that may be invoiced on another event.

    Raises:
        WrongTypeError: a part is of another type.
    """

    key: str
    trigger: AnyTrigger

    def __attrs_post_init__(self) -> None:
        """Check the parts."""
        require_type(self.key, str, "the key of a milestone")
        require_type(self.trigger, ANY_TRIGGER, "the new trigger")


@attrs.frozen
class ChangeTotal:
    """Another total for the contract, net of tax, without saying which milestone it concerns.

    Args:
        total: the new total.
        policy: who gets what it brings or takes.

    Raises:
        ChangeOrderError: the total is below zero.
        WrongTypeError: a part is of another type.

    Example:
        >>> ChangeTotal(Money.of(12_000, "EUR")).policy
        <TotalPolicy.REDIVIDE: 'redivide'>
    """

    total: Money
    policy: TotalPolicy = TotalPolicy.REDIVIDE

    def __attrs_post_init__(self) -> None:
        """Check the parts."""
        require_type(self.total, Money, "the new total")
        require_type(self.policy, TotalPolicy, "the policy")
        if self.total.minor < 0:
            raise ChangeOrderError(
                "a contract's total is below zero", expected="zero or more", got=self.total
            )


Change: TypeAlias = (
    AddMilestone | DropMilestone | Reprice | Redate | Reterm | Retrigger | ChangeTotal
)
_CHANGES: Final = (AddMilestone, DropMilestone, Reprice, Redate, Reterm, Retrigger, ChangeTotal)


def _changes(values: Iterable[Change]) -> tuple[Change, ...]:
    return tuple_of(values, _CHANGES, "changes")


@attrs.frozen
class ChangeOrder:
    """Changes to a contract that both sides agreed on, made one after the other.

    Args:
        number: its number, unique in the contract.
        changes: one or more.
        on: the day from which they count, that day included.
        reason: why, for people.
        recorded_on: the day it became known; None means *on*.

    Raises:
        ChangeOrderError: no changes.
        BlankTextError: the number or the reason is blank.
        DateTypeError: a date is not a plain date.
        WrongTypeError: a part is of another type.

    Example:
        >>> order = ChangeOrder(
        ...     "CO-1",
        ...     [Reprice("design", Money.of(900, "EUR"))],
        ...     on=date(2026, 6, 1),
        ...     reason="a second language",
        ... )
        >>> str(order)
        'change order CO-1 of 2026-06-01: a second language'

    Source: change orders of construction and software contracts; convention of this library.
    """

    number: str
    changes: tuple[Change, ...] = attrs.field(converter=_changes)
    on: date = attrs.field(kw_only=True)
    reason: str = attrs.field(kw_only=True)
    recorded_on: date | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part."""
        require_text(self.number, "the number of a change order")
        require_date(self.on, "on")
        require_text(self.reason, "reason")
        require_optional_date(self.recorded_on, "recorded_on")
        if not self.changes:
            raise ChangeOrderError(
                "a change order changes nothing", expected="at least one change", got=self.changes
            )

    def __str__(self) -> str:
        """Return ``change order CO-1 of 2026-06-01: reason``."""
        return f"change order {self.number} of {self.on}: {self.reason}"
