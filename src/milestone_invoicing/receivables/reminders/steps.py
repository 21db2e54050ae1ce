"""One step of reminding: who is reminded, how urgently, from which day on; it knows no policy."""

from collections.abc import Iterable
from datetime import date
from enum import unique
from itertools import combinations

import attrs

from milestone_invoicing._checks import is_a, require_int, require_type, tuple_of
from milestone_invoicing._worded import Worded
from milestone_invoicing.errors import (
    CurrencyMismatchError,
    NumberRangeError,
    ReminderPolicyError,
)
from milestone_invoicing.money import Money
from milestone_invoicing.timing import DueRule


@unique
class Audience(Worded):
    """Who gets a reminder; the value is what ``Reminded`` keeps of it.

    CLIENT is who pays. All others are on the seller's side: OWNER looks after the invoice, FINANCE
    and MANAGEMENT are whom it is escalated to.
    """

    OWNER = "owner"
    CLIENT = "client"
    FINANCE = "finance"
    MANAGEMENT = "management"


@unique
class ReminderAnchor(Worded):
    """The day from which a step counts: due date, issue date, or that of the last reminder."""

    DUE_DATE = "due date"
    ISSUE_DATE = "issue date"
    LAST_REMINDER = "last reminder"


def _least(values: Money | Iterable[Money]) -> tuple[Money, ...]:
    found = (values,) if isinstance(values, Money) else values
    return tuple_of(found, Money, "the least amounts of a step")


@attrs.frozen
class ReminderStep:
    """One step of a policy: who is reminded, how urgently, from which day on.

    Args:
        after: days after the anchor, negative before it; or a rule that leads from the anchor to
            the first day.
        audience: who is reminded.
        level: how urgent it is, from 1 up. A reminder that went out is recorded with it, so keep
            the levels of a policy that is in use; they may leave room, such as 10, 20, 30.
        anchor: the day from which *after* counts.
        least: amounts to chase from which on the step applies, one for each currency; an amount
            on the edge is enough. Without any it always applies.
        quiet_days: for so many days after somebody followed up the step waits, the last of them
            included; 0 is the day of the follow-up alone. None: it does not ask.
        repeat_every: once sent, it is sent again every so many days, until a later step comes.

    Raises:
        NumberRangeError: *level* or *repeat_every* is below 1, *quiet_days* is below zero, a least
            amount is not above zero, or a step comes less than a day after the last reminder.
        NumberTypeError, NumberTooLargeError: a number is no sensible int.
        ReminderPolicyError: two least amounts are in one currency.
        WrongTypeError: a part is of another type.

    Example:
        >>> str(ReminderStep(30, Audience.FINANCE, level=6, least=Money.of(1000, "EUR")))
        'level 6 to finance, 30 days after the due date'

    Source: the dunning levels of ledger software; the details are this library's convention.
    """

    after: int | DueRule
    audience: Audience
    level: int = attrs.field(kw_only=True)
    anchor: ReminderAnchor = attrs.field(default=ReminderAnchor.DUE_DATE, kw_only=True)
    least: tuple[Money, ...] = attrs.field(default=(), converter=_least, kw_only=True)
    quiet_days: int | None = attrs.field(default=None, kw_only=True)
    repeat_every: int | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part."""
        require_type(self.audience, Audience, "the audience of a step")
        require_int(self.level, "the level of a step", at_least=1)
        require_type(self.anchor, ReminderAnchor, "the anchor of a step")
        if not is_a(self.after, DueRule):
            least = 1 if self.anchor is ReminderAnchor.LAST_REMINDER else None
            require_int(self.after, "the days of a step", at_least=least)
        if self.quiet_days is not None:
            require_int(self.quiet_days, "quiet_days", at_least=0)
        if self.repeat_every is not None:
            require_int(self.repeat_every, "repeat_every", at_least=1)
        self._check_least()

    def _check_least(self) -> None:
        for amount in self.least:
            if amount.minor <= 0:
                raise NumberRangeError(
                    "a least amount is not above zero", expected="more than zero", got=amount
                )
        for one, other in combinations(self.least, 2):
            if one.currency == other.currency:
                raise ReminderPolicyError(
                    "a step has two least amounts of one currency",
                    expected="one for each currency",
                    got=other,
                )

    def __str__(self) -> str:
        """Return level, audience and day: ``level 2 to client, 3 days after the due date``."""
        return f"level {self.level} to {self.audience}, {self._when}"

    @property
    def _when(self) -> str:
        if isinstance(self.after, DueRule):
            return f"by a rule from the {self.anchor}"
        if not self.after:
            return f"on the {self.anchor}"
        side, days = ("after", self.after) if self.after > 0 else ("before", -self.after)
        return f"{days} {'day' if days == 1 else 'days'} {side} the {self.anchor}"

    def applies_to(self, amount: Money) -> bool:
        """Whether so much to chase is enough.

        Raises:
            CurrencyMismatchError: the step has least amounts, and none in this currency.
            WrongTypeError: *amount* is not Money.

        Example:
            >>> step = ReminderStep(30, Audience.FINANCE, level=6, least=Money.of(1000, "EUR"))
            >>> [step.applies_to(Money.of(amount, "EUR")) for amount in ("999.99", 1000)]
            [False, True]
        """
        require_type(amount, Money, "the amount to chase")
        if not self.least:
            return True
        for least in self.least:
            if least.currency == amount.currency:
                return least <= amount
        raise CurrencyMismatchError(
            f"{self} has no least amount in the currency of the invoice",
            expected=" or ".join(least.currency.code for least in self.least),
            got=amount,
            hint="give the step one more in least=",
            left=self.least[0].currency.code,
            right=amount.currency.code,
        )


def starts(step: ReminderStep, anchor: date) -> int:
    """Return the ordinal of the first day of a step; no date may be able to hold it.

    Raises:
        DueBeforeStartError, DateRangeError, CalendarRangeError: its rule leads to no day.
    """
    if isinstance(step.after, DueRule):
        return step.after.due_on(anchor).toordinal()
    return anchor.toordinal() + step.after
