"""What a milestone is and what makes it billable; it holds what was agreed, never what happened."""

from collections.abc import Iterable
from datetime import date
from enum import unique
from typing import Final, TypeAlias

import attrs

from milestone_invoicing._checks import (
    require_date,
    require_int,
    require_optional_date,
    require_text,
    require_type,
    tuple_of,
)
from milestone_invoicing._worded import Worded
from milestone_invoicing.contract.shares import Share, require_share
from milestone_invoicing.contract.terms import PaymentTerms
from milestone_invoicing.errors import NumberRangeError
from milestone_invoicing.money import Percent
from milestone_invoicing.timing.months import add_days


@unique
class Trigger(Worded):
    """What has to happen before a milestone may be invoiced.

    ON_SIGNING: the contract is signed. ON_START: work has begun. ON_DELIVERY: it is delivered.
    ON_APPROVAL: it is approved, by all approvers if any are named. MANUAL: somebody cleared it.
    """

    ON_SIGNING = "on signing"
    ON_START = "on start"
    ON_DELIVERY = "on delivery"
    ON_APPROVAL = "on approval"
    MANUAL = "manual"


ON_SIGNING: Final = Trigger.ON_SIGNING
ON_START: Final = Trigger.ON_START
ON_DELIVERY: Final = Trigger.ON_DELIVERY
ON_APPROVAL: Final = Trigger.ON_APPROVAL
MANUAL: Final = Trigger.MANUAL


@attrs.frozen
class OnDate:
    """A milestone that may be invoiced from a date on, that day included.

    Raises:
        DateTypeError: not a plain date.

    Example:
        >>> str(OnDate(date(2026, 9, 1)))
        'on 2026-09-01'
    """

    date: date

    def __attrs_post_init__(self) -> None:
        """Check the date."""
        require_date(self.date, "the date of OnDate")

    def __str__(self) -> str:
        """Return the trigger in words."""
        return f"on {self.date}"


@attrs.frozen
class AtProgress:
    """A milestone that may be invoiced when reported progress reaches a percentage.

    Reaching it exactly counts. A standing delivery counts as 100 %.

    Raises:
        WrongTypeError: not a Percent.
        NumberRangeError: not above 0 % and at most 100 %.

    Example:
        >>> str(AtProgress(Percent(50)))
        'at 50% progress'
    """

    percent: Percent

    def __attrs_post_init__(self) -> None:
        """Check the percentage."""
        require_type(self.percent, Percent, "the progress")
        if not 0 < self.percent.fraction <= 1:
            raise NumberRangeError(
                "the progress is never reached or always",
                expected="above 0% and at most 100%",
                got=self.percent,
            )

    def __str__(self) -> str:
        """Return the trigger in words."""
        return f"at {self.percent} progress"


AnyTrigger: TypeAlias = Trigger | OnDate | AtProgress
ANY_TRIGGER: Final = (Trigger, OnDate, AtProgress)


@attrs.frozen
class AcceptedAfter:
    """Silence as approval: a delivery that nobody answers for so many days counts as approved.

    The day of the delivery is not counted, and the last day is: with 14 days, a delivery of the
    4th is approved on the 18th. What is said on that last day is still in time, so a rejection of
    the 18th stops the acceptance; later ones are refused.

    Args:
        days: one or more.

    Raises:
        NumberTypeError, NumberTooLargeError: not an int, or an absurd one.
        NumberRangeError: less than one day.

    Example:
        >>> str(AcceptedAfter(14).accepted_on(date(2026, 5, 4)))
        '2026-05-18'

    Source: deemed acceptance, as contracts for software and design agree it; the last day is
    counted in as in Regulation (EEC, Euratom) 1182/71, article 3.
    """

    days: int

    def __attrs_post_init__(self) -> None:
        """Check the number of days."""
        require_int(self.days, "the days of silence", at_least=1)

    def __str__(self) -> str:
        """Return ``accepted after 14 days of silence``."""
        return f"accepted after {days_in_words(self.days)} of silence"

    def accepted_on(self, delivered_on: date) -> date | None:
        """Return the day on which silence approves a delivery; None if the calendar ends before.

        Raises:
            DateTypeError: *delivered_on* is not a plain date.
        """
        require_date(delivered_on, "delivered_on")
        if self.days > (date.max - delivered_on).days:
            return None
        return add_days(delivered_on, self.days)


def days_in_words(number: int) -> str:
    """Return ``1 day`` or ``14 days``."""
    return f"{number} day{'' if number == 1 else 's'}"


@unique
class DependencyPolicy(Worded):
    """What follows while a milestone that comes first is neither approved nor cancelled.

    FLAG: it is said, and nothing is held back. REFUSE: what comes after it is not ready to invoice.
    Work and facts are never held back: they are recorded as they were.
    """

    FLAG = "flag"
    REFUSE = "refuse"


def _depends_on(values: Iterable[str]) -> tuple[str, ...]:
    return tuple_of(values, str, "depends_on")


def _approvers(values: Iterable[str]) -> tuple[str, ...]:
    return tuple_of(values, str, "approvers")


def _refs(values: Iterable[str]) -> tuple[str, ...]:
    return tuple_of(values, str, "refs")


@attrs.frozen
class Milestone:
    """A stage of the work, what it is worth, and when it may be invoiced.

    Args:
        key: a short name, unique in its schedule, that invoices and facts refer to.
        title: the name people read.
        share: a Percent of the total, a fixed Money, or a Weight (``REST``) of what these leave.
            A share of zero is a gate without a price.
        deliverable: what is handed over, in words.
        trigger: what has to happen before it may be invoiced; approval by default.
        due_on: the last day to deliver in time; the day after is late.
        depends_on: keys of milestones that come first; ``Schedule.dependencies`` says whether they
            hold back the invoice of this one.
        approvers: who has to approve; with any named, all of them. Without, one approval does.
        accepted_after: from when on silence is an approval, for all who have not spoken; None
            means never.
        owner: who looks after it.
        terms: payment terms of its invoices, instead of the schedule's.
        refs: references of other systems, in words.

    Raises:
        BlankTextError: key, title or an approver is blank.
        WrongTypeError: a part is of another type.
        DateTypeError: *due_on* is not a plain date.
        SharesError: the share is below zero.

    Example:
        >>> Milestone("design", "Design", Percent(40)).trigger
        <Trigger.ON_APPROVAL: 'on approval'>

    Source: schedules of values and milestone billing plans; the names are a convention of this
    library.
    """

    key: str
    title: str
    share: Share
    deliverable: str = attrs.field(default="", kw_only=True)
    trigger: AnyTrigger = attrs.field(default=ON_APPROVAL, kw_only=True)
    due_on: date | None = attrs.field(default=None, kw_only=True)
    depends_on: tuple[str, ...] = attrs.field(default=(), converter=_depends_on, kw_only=True)
    approvers: tuple[str, ...] = attrs.field(default=(), converter=_approvers, kw_only=True)
    accepted_after: AcceptedAfter | None = attrs.field(default=None, kw_only=True)
    owner: str | None = attrs.field(default=None, kw_only=True)
    terms: PaymentTerms | None = attrs.field(default=None, kw_only=True)
    refs: tuple[str, ...] = attrs.field(default=(), converter=_refs, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part."""
        require_text(self.key, "the key of a milestone")
        name = f"of milestone {self.key!r}"
        require_text(self.title, f"the title {name}")
        require_share(self.share, f"the share {name}")
        require_type(self.deliverable, str, f"the deliverable {name}")
        require_type(self.trigger, ANY_TRIGGER, f"the trigger {name}")
        require_optional_date(self.due_on, f"due_on {name}")
        for approver in self.approvers:
            require_text(approver, f"an approver {name}")
        require_type(self.accepted_after, (AcceptedAfter, type(None)), f"accepted_after {name}")
        require_type(self.owner, (str, type(None)), f"the owner {name}")
        require_type(self.terms, (PaymentTerms, type(None)), f"the terms {name}")
