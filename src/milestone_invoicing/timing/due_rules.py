"""When something is due: a rule is a tuple of steps over dates; it knows no amounts."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self

import attrs

from milestone_invoicing._checks import require_date, require_type, tuple_of
from milestone_invoicing.errors import DueBeforeStartError, DueRuleError
from milestone_invoicing.timing.due_steps import DUE_STEPS, DueStep, FixedDate
from milestone_invoicing.timing.relativedeltas import steps_of

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta


def _steps(values: Iterable[DueStep]) -> tuple[DueStep, ...]:
    return tuple_of(values, DUE_STEPS, "steps")


@attrs.frozen
class DueRule:
    """Steps that lead from a date to the day something is due; no step leads to the date itself.

    "30 days end of month" has two readings, and both can be written:
    ``DueRule((AddDays(30), EndOfMonth()))`` and ``DueRule((EndOfMonth(), AddDays(30)))``.

    Args:
        steps: applied in this order.
        may_precede: whether the result may lie before the start.

    Raises:
        WrongTypeError: *steps* is no collection, a step is none of the step types, or
            *may_precede* is no bool.
        DueRuleError: a step stands before a fixed date, which would not change it.

    Example:
        >>> rule = DueRule((AddDays(30), EndOfMonth()))
        >>> rule.due_on(date(2026, 5, 11))
        datetime.date(2026, 6, 30)

    Source: convention of this library.
    """

    steps: tuple[DueStep, ...] = attrs.field(default=(), converter=_steps)
    may_precede: bool = False

    def __attrs_post_init__(self) -> None:
        """Check the types, and that no step is without effect."""
        require_type(self.may_precede, bool, "may_precede")
        for step in self.steps[1:]:
            if isinstance(step, FixedDate):
                raise DueRuleError(
                    "steps before a fixed date change nothing",
                    expected="the fixed date as the first step",
                    got=self.steps,
                )

    @classmethod
    def from_relativedelta(cls, delta: "relativedelta", *, may_precede: bool = False) -> Self:
        """Return the rule that is due on ``date + delta``, for each date.

        Years, months, weeks, days and a *day* of the month become steps; a *year*, *month* and
        *day* together are a fixed date.

        Args:
            delta: of ``dateutil.relativedelta``.
            may_precede: whether the result may lie before the start.

        Raises:
            WrongTypeError: *delta* is no ``relativedelta``, or *may_precede* no bool.
            DueRuleError: it has a time or a weekday, a month or year alone, or a part of zero,
                which ``dateutil`` leaves out.
            NumberTypeError, NumberTooLargeError: its days are no int of 64 bits.
            DateRangeError: its year, month and day make no date.

        Example:
            >>> from dateutil.relativedelta import relativedelta
            >>> DueRule.from_relativedelta(relativedelta(months=1, day=31)).steps
            (DayOfMonth(day=31, months=1),)

        Source: ``dateutil.relativedelta``.
        """
        return cls(steps_of(delta), may_precede)

    @property
    def untdid_4279(self) -> str | None:
        """The code of this rule in UNTDID 4279: of its last step that has one, or 10 (instant)."""
        if not self.steps:
            return "10"
        codes = [step.untdid_4279 for step in self.steps if step.untdid_4279]
        return codes[-1] if codes else None

    def due_on(self, start: date) -> date:
        """Return the day this rule reaches from *start*; the start itself is allowed.

        Raises:
            DateTypeError: *start* is not a plain date.
            DateRangeError: a step leaves the years 1 to 9999.
            CalendarRangeError: a step needs a year that its calendar does not know.
            DueBeforeStartError: the result lies before *start*, and may not.
        """
        require_date(start, "the start date")
        day = start
        for step in self.steps:
            day = step.apply(day)
        if day < start and not self.may_precede:
            raise DueBeforeStartError(
                "a due rule leads back in time",
                expected=f"{start} or later",
                got=day,
                hint="allow it with DueRule(..., may_precede=True)",
            )
        return day

    def explain(self, start: date) -> tuple[tuple[DueStep, date], ...]:
        """Return each step taken with the date it reached; the last is ``due_on(start)``.

        A rule without steps took none: it is due on *start*.

        Raises: as ``due_on``.

        Example:
            >>> rule = DueRule((EndOfMonth(), AddDays(30)))
            >>> [str(day) for _, day in rule.explain(date(2026, 5, 11))]
            ['2026-05-31', '2026-06-30']
        """
        self.due_on(start)
        reached: list[tuple[DueStep, date]] = []
        day = start
        for step in self.steps:
            day = step.apply(day)
            reached.append((step, day))
        return tuple(reached)
