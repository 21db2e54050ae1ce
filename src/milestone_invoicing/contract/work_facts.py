"""What can happen to the work of a milestone, as dated facts; it knows no order of events."""

from typing import Final, TypeAlias

import attrs

from milestone_invoicing._checks import require_text, require_type
from milestone_invoicing.errors import NumberRangeError
from milestone_invoicing.facts import Fact, Reversed
from milestone_invoicing.money import Percent


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
    Started | ProgressReported | Delivered | Approved | Rejected | Cleared | Cancelled | Reversed
)
WORK_FACTS: Final = (
    Started,
    ProgressReported,
    Delivered,
    Approved,
    Rejected,
    Cleared,
    Cancelled,
    Reversed,
)
