"""What differs between two states of a contract, line by line, for whoever has to agree to it."""

from datetime import date

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_type
from milestone_invoicing.contract.agreement import Agreement, agreed_for
from milestone_invoicing.contract.milestones import Milestone
from milestone_invoicing.contract.schedule import Schedule
from milestone_invoicing.money import Money
from milestone_invoicing.money.money import require_one_currency

# What of a milestone a client agrees to; keys and references are the seller's own.
_TOLD = (
    "title",
    "deliverable",
    "trigger",
    "due_on",
    "depends_on",
    "approvers",
    "accepted_after",
    "terms",
)


@attrs.frozen
class MilestoneChange(Answer):
    """One milestone before and after; both are there where only its amount or words changed.

    Attributes:
        key: of the milestone.
        before: as it was agreed; None if it is new.
        after: as it is agreed now; None if it was dropped.
        amount_before: net; zero if it is new.
        amount_after: net; zero if it was dropped.
        changed: the names of its fields that differ, such as ``due_on``; none of what is new or
            was dropped.
    """

    key: str
    before: Milestone | None
    after: Milestone | None
    amount_before: Money
    amount_after: Money
    changed: tuple[str, ...]

    @property
    def difference(self) -> Money:
        """What is more, or less where negative."""
        return self.amount_after - self.amount_before


def compare(before: Schedule, after: Schedule) -> tuple[MilestoneChange, ...]:
    """Return what changes from one state of a contract to another, by its last change orders.

    Order: as the milestones stand in *after*, then those that are gone. What stays as it is, is
    left out; the differences sum to that of the totals.

    Raises:
        CurrencyMismatchError: the two are in different currencies.
        WrongTypeError: one is no Schedule.

    Example:
        >>> before = Schedule(Money.of(900, "EUR"), [Milestone("a", "Audit", REST)])
        >>> order = ChangeOrder(
        ...     "CO-1", [Reprice("a", Money.of(950, "EUR"))], on=date(2026, 6, 1), reason="scope"
        ... )
        >>> (change,) = compare(before, before.apply(order, billed={}))
        >>> str(change.difference)
        'EUR 50.00'

    Source: convention of this library.
    """
    require_type(before, Schedule, "the schedule before")
    require_type(after, Schedule, "the schedule after")
    require_one_currency(before.total, after.total)
    old, new = before.agreed_on(date.max), after.agreed_on(date.max)
    keys = dict.fromkeys((*new.places, *old.places))
    # Most stays as it is, and is the same object: it is left out before anything is made of it.
    changes = (
        _change(key, old, new) for key in keys if agreed_for(old, key) != agreed_for(new, key)
    )
    return tuple(
        change
        for change in changes
        if change.changed or change.difference or change.before is None or change.after is None
    )


def _change(key: str, old: Agreement, new: Agreement) -> MilestoneChange:
    zero = Money.zero(old.amounts[0].currency)
    (before, worth), (after, worth_now) = agreed_for(old, key), agreed_for(new, key)
    return MilestoneChange(
        key=key,
        before=before,
        after=after,
        amount_before=worth or zero,
        amount_after=worth_now or zero,
        changed=tuple(
            name
            for name in _TOLD
            if before and after and getattr(before, name) != getattr(after, name)
        ),
    )
