"""What can happen to the work of a milestone, as dated facts; it knows no order of events."""

from typing import Final, TypeAlias

import attrs

from milestone_invoicing._checks import require_text, require_type
from milestone_invoicing.errors import NumberRangeError
from milestone_invoicing.facts import Fact, Reversed
from milestone_invoicing.money import Money, Percent


@attrs.frozen
class Started(Fact):
    """Work on the milestone began.

    Raises:
        DateTypeError: a date is not a plain date.
    """


@attrs.frozen
class ProgressReported(Fact):
    """So much of the milestone is done in all, from 0 % to 100 %; a later report replaces it.

    All done is not yet delivered: that takes a ``Delivered``.

    Raises:
        WrongTypeError: *done* is not a Percent.
        NumberRangeError: *done* is not from 0 % to 100 %.
        DateTypeError: a date is not a plain date.

    Example:
        >>> str(ProgressReported(Percent(40), on=date(2026, 5, 4)).done)
        '40%'
    """

    done: Percent

    def _check(self) -> None:
        require_type(self.done, Percent, "done")
        if not 0 <= self.done.fraction <= 1:
            raise NumberRangeError(
                "reported progress is out of range", expected="0% to 100%", got=self.done
            )


@attrs.frozen
class MaterialsStored(Fact):
    """Materials for the milestone are there and not yet built in; a later report replaces it.

    Materials that were built in are part of the work: report zero, and the progress. A delivery
    builds all of them in.

    Args:
        amount: what they are worth, net, zero or more.

    Raises:
        WrongTypeError: *amount* is not Money.
        NumberRangeError: *amount* is below zero.
        DateTypeError: a date is not a plain date.

    Example:
        >>> str(MaterialsStored(Money.of(8000, "USD"), on=date(2026, 5, 4)).amount)
        'USD 8000.00'

    Source: AIA G703, column F, materials presently stored.
    """

    amount: Money

    def _check(self) -> None:
        require_type(self.amount, Money, "the amount of stored materials")
        if self.amount.minor < 0:
            raise NumberRangeError(
                "stored materials are worth less than nothing",
                expected="zero or more",
                got=self.amount,
            )


@attrs.frozen
class Delivered(Fact):
    """The milestone's work was handed over.

    Raises:
        DateTypeError: a date is not a plain date.
    """


@attrs.frozen
class Approved(Fact):
    """Somebody approved the delivery.

    Args:
        by: who; one of the milestone's approvers where it names any.

    Raises:
        BlankTextError: *by* is blank.
        DateTypeError: a date is not a plain date.

    Example:
        >>> Approved("client", on=date(2026, 5, 6)).by
        'client'
    """

    by: str

    def _check(self) -> None:
        require_text(self.by, "by")


@attrs.frozen
class Rejected(Fact):
    """Somebody refused the delivery; it counts as not delivered, and approvals lapse.

    Raises:
        BlankTextError: *by* or *reason* is blank.
        DateTypeError: a date is not a plain date.
    """

    by: str
    reason: str

    def _check(self) -> None:
        require_text(self.by, "by")
        require_text(self.reason, "reason")


@attrs.frozen
class Cleared(Fact):
    """Somebody cleared a milestone with the MANUAL trigger for invoicing.

    Raises:
        BlankTextError: *by* is blank.
        DateTypeError: a date is not a plain date.
    """

    by: str

    def _check(self) -> None:
        require_text(self.by, "by")


@attrs.frozen
class Cancelled(Fact):
    """What is not invoiced of the milestone never will be.

    Raises:
        BlankTextError: *reason* is blank.
        DateTypeError: a date is not a plain date.
    """

    reason: str

    def _check(self) -> None:
        require_text(self.reason, "reason")


WorkFact: TypeAlias = (
    Started
    | ProgressReported
    | MaterialsStored
    | Delivered
    | Approved
    | Rejected
    | Cleared
    | Cancelled
    | Reversed
)
WORK_FACTS: Final = (
    Started,
    ProgressReported,
    MaterialsStored,
    Delivered,
    Approved,
    Rejected,
    Cleared,
    Cancelled,
    Reversed,
)
