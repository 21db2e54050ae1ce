"""When to remind whom, as data: steps that fit together; it knows no invoice."""

from collections.abc import Iterable
from itertools import combinations, pairwise

import attrs

from milestone_invoicing._checks import require_int, require_type, tuple_of
from milestone_invoicing.errors import ReminderPolicyError
from milestone_invoicing.receivables.reminders.steps import (
    Audience,
    ReminderAnchor,
    ReminderStep,
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
