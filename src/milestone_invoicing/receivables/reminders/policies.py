"""When to remind whom, as data: steps and policies; it knows no invoice."""

from collections.abc import Iterable
from datetime import date
from enum import unique
from itertools import combinations, pairwise

import attrs

from milestone_invoicing._checks import require_int, require_type, tuple_of
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
        if not isinstance(self.after, DueRule):
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

        Example:
            >>> step = ReminderStep(30, Audience.FINANCE, level=6, least=Money.of(1000, "EUR"))
            >>> [step.applies_to(Money.of(amount, "EUR")) for amount in ("999.99", 1000)]
            [False, True]
        """
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


def _steps(values: Iterable[ReminderStep]) -> tuple[ReminderStep, ...]:
    return tuple_of(values, ReminderStep, "the steps of a policy")


@attrs.frozen
class ReminderPolicy:
    """The steps of reminding, level by level.

    Args:
        steps: by rising level.
        one_at_a_time: after days on which nothing was sent, send the next level instead of the
            highest that is reached, so that nobody gets the last warning first.
        days_apart: reminders of one invoice are at least so many days apart, whatever their level.

    Raises:
        ReminderPolicyError: there are no steps, levels do not rise, a higher level comes earlier,
            the first step counts from the last reminder or one does after a step that repeats, or
            a step takes the place of another on all days.
        NumberRangeError: *days_apart* is below 1.
        NumberTypeError, WrongTypeError: a part is of another type.

    Example:
        >>> for step in ReminderPolicy.standard().steps:
        ...     print(step)
        level 1 to owner, 2 days before the due date
        level 2 to client, on the due date
        level 3 to client, 3 days after the due date
        level 4 to client, 7 days after the due date
        level 5 to client, 14 days after the due date
        level 6 to finance, 30 days after the due date

    Source: the dunning levels of ledger software; the details are this library's convention.
    """

    steps: tuple[ReminderStep, ...] = attrs.field(converter=_steps)
    one_at_a_time: bool = attrs.field(default=False, kw_only=True)
    days_apart: int = attrs.field(default=1, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part, and that the steps fit together."""
        require_type(self.one_at_a_time, bool, "one_at_a_time")
        require_int(self.days_apart, "days_apart", at_least=1)
        if not self.steps:
            raise ReminderPolicyError(
                "a policy has no steps", expected="at least one ReminderStep", got=()
            )
        if self.steps[0].anchor is ReminderAnchor.LAST_REMINDER:
            raise ReminderPolicyError(
                "the first step has no reminder to count from",
                expected="a step from the due date or issue date",
                got=self.steps[0],
            )
        for earlier, later in pairwise(self.steps):
            _require_next(earlier, later)
        for earlier, later in combinations(self.steps, 2):
            _require_apart(earlier, later)

    @classmethod
    def standard(cls) -> "ReminderPolicy":
        """Return a policy for most: the owner first, then the client four times, then finance.

        The owner hears of it 2 days before the due date, the client on that day and 3, 7 and 14
        days after it, and finance after 30 days.

        Example:
            >>> ReminderPolicy.standard().steps[-1].audience
            <Audience.FINANCE: 'finance'>

        Source: convention of this library.
        """
        first = (ReminderStep(-2, Audience.OWNER, level=1),)
        client = (
            ReminderStep(days, Audience.CLIENT, level=level)
            for level, days in enumerate((0, 3, 7, 14), 2)
        )
        return cls((*first, *client, ReminderStep(30, Audience.FINANCE, level=6)))

    @classmethod
    def to_client(cls, *days: int) -> "ReminderPolicy":
        """Return a policy that reminds the client so many days after the due date, from level 1.

        Raises:
            ReminderPolicyError: there are no days, or they do not rise.
            NumberTypeError: a number of days is no int.

        Example:
            >>> print(ReminderPolicy.to_client(10, 20, 30).steps[-1])
            level 3 to client, 30 days after the due date

        Source: convention of this library.
        """
        steps = (
            ReminderStep(each, Audience.CLIENT, level=level) for level, each in enumerate(days, 1)
        )
        return cls(tuple(steps))


def starts(step: ReminderStep, anchor: date) -> int:
    """Return the ordinal of the first day of a step; no date may be able to hold it.

    Raises:
        DueBeforeStartError, DateRangeError, CalendarRangeError: its rule leads to no day.
    """
    if isinstance(step.after, DueRule):
        return step.after.due_on(anchor).toordinal()
    return anchor.toordinal() + step.after


def root_of(policy: ReminderPolicy, step: ReminderStep) -> ReminderAnchor:
    """Return what a step of a policy counts from in the end: the issue date or the due date."""
    upwards = reversed(policy.steps[: policy.steps.index(step) + 1])
    anchors = (each.anchor for each in upwards)
    return next(each for each in anchors if each is not ReminderAnchor.LAST_REMINDER)


def is_last_for_its_audience(policy: ReminderPolicy, step: ReminderStep) -> bool:
    """Whether whoever gets a step of a policy hears nothing of the due date after it."""
    later = policy.steps[policy.steps.index(step) + 1 :]
    return step.repeat_every is None and all(each.audience is not step.audience for each in later)


def restarts_for(policy: ReminderPolicy, audience: Audience) -> bool:
    """Whether somebody hears of each due date, and not of the issue date alone."""
    roots = (root_of(policy, each) for each in policy.steps if each.audience is audience)
    return ReminderAnchor.DUE_DATE in roots


def _require_next(earlier: ReminderStep, later: ReminderStep) -> None:
    """Refuse a step that stands too early, or whose day the one before it moves on and on."""
    if later.level <= earlier.level:
        raise ReminderPolicyError(
            "the levels of a policy do not rise", expected=f"above {earlier.level}", got=later.level
        )
    if earlier.repeat_every is not None and later.anchor is ReminderAnchor.LAST_REMINDER:
        raise ReminderPolicyError(
            "a step counts from the last reminder of one that repeats",
            expected="a step from the due date or issue date",
            got=later,
        )


def _require_apart(earlier: ReminderStep, later: ReminderStep) -> None:
    """Refuse a higher level that comes earlier, or always in place of the lower one."""
    if earlier.anchor is not later.anchor or later.anchor is ReminderAnchor.LAST_REMINDER:
        return
    one, other = earlier.after, later.after
    if isinstance(one, int) and isinstance(other, int) and other < one:
        raise ReminderPolicyError(
            "a higher level comes earlier", expected=f"{one} days or more", got=later
        )
    conditions = (later.least, later.quiet_days)
    if one == other and conditions in {((), None), (earlier.least, earlier.quiet_days)}:
        raise ReminderPolicyError(
            "a step always takes the place of another",
            expected="another day, or a condition of its own",
            got=later,
        )
