"""When something is due: a rule is a tuple of steps over dates; it knows no amounts."""

from collections.abc import Iterable
from datetime import date
from typing import Final, TypeAlias

import attrs

from milestone_invoicing._checks import require_date, require_int, require_type, tuple_of
from milestone_invoicing.errors import DueBeforeStartError, NumberRangeError
from milestone_invoicing.timing.business_days import BusinessCalendar, RollConvention
from milestone_invoicing.timing.months import add_days, add_months, end_of_month

_LAST_DAY: Final = 31


@attrs.frozen
class AddDays:
    """So many calendar days later; a negative number is earlier.

    Raises:
        NumberTypeError: *days* is not an int.

    Example:
        >>> AddDays(30).apply(date(2026, 1, 31))
        datetime.date(2026, 3, 2)

    Source: net days, as invoices state them.
    """

    days: int

    def __attrs_post_init__(self) -> None:
        """Check the number."""
        require_int(self.days, "days")

    def apply(self, day: date) -> date:
        """Return the date this step reaches from *day*.

        Raises:
            DateTypeError: *day* is not a plain date.
            DateRangeError: the result lies outside years 1 to 9999.
        """
        return add_days(day, self.days)


@attrs.frozen
class AddMonths:
    """The same day so many months later, or the last day of a shorter month.

    Raises:
        NumberTypeError: *months* is not an int.

    Example:
        >>> AddMonths(1).apply(date(2026, 6, 30))
        datetime.date(2026, 7, 30)

    Source: convention of this library; month steps clamp.
    """

    months: int

    def __attrs_post_init__(self) -> None:
        """Check the number."""
        require_int(self.months, "months")

    def apply(self, day: date) -> date:
        """Return the date this step reaches from *day*.

        Raises:
            DateTypeError: *day* is not a plain date.
            DateRangeError: the result lies outside years 1 to 9999.
        """
        return add_months(day, self.months)


@attrs.frozen
class EndOfMonth:
    """The last day of the month that lies so many months ahead; with none ahead a month end stays.

    Raises:
        NumberTypeError: *months* is not an int.

    Example:
        >>> EndOfMonth(months=1).apply(date(2026, 6, 30))
        datetime.date(2026, 7, 31)

    Source: "end of month" terms (EOM, fin de mois).
    """

    months: int = 0

    def __attrs_post_init__(self) -> None:
        """Check the number."""
        require_int(self.months, "months")

    def apply(self, day: date) -> date:
        """Return the date this step reaches from *day*.

        Raises:
            DateTypeError: *day* is not a plain date.
            DateRangeError: the result lies outside years 1 to 9999.
        """
        return end_of_month(add_months(day, self.months))


@attrs.frozen
class DayOfMonth:
    """A given day of the month that lies so many months ahead, clamped to its last day.

    Raises:
        NumberTypeError: a number is not an int.
        NumberRangeError: *day* is not 1 to 31.

    Example:
        >>> DayOfMonth(31, months=1).apply(date(2026, 1, 15))
        datetime.date(2026, 2, 28)

    Source: "the 10th of the month following" and its kin.
    """

    day: int
    months: int = 0

    def __attrs_post_init__(self) -> None:
        """Check the numbers."""
        require_int(self.day, "the day of the month", at_least=1)
        if self.day > _LAST_DAY:
            raise NumberRangeError(
                "the day of the month is too large", expected="1 to 31", got=self.day
            )
        require_int(self.months, "months")

    def apply(self, day: date) -> date:
        """Return the date this step reaches from *day*.

        Raises:
            DateTypeError: *day* is not a plain date.
            DateRangeError: the result lies outside years 1 to 9999.
        """
        last = end_of_month(add_months(day, self.months))
        return last.replace(day=min(self.day, last.day))


@attrs.frozen
class RollToBusinessDay:
    """The business day to which a convention takes a weekend day or a holiday.

    Raises:
        WrongTypeError: not a calendar and a convention.

    Example:
        >>> RollToBusinessDay(BusinessCalendar()).apply(date(2026, 5, 31))
        datetime.date(2026, 6, 1)

    Source: business day conventions, see ``RollConvention``.
    """

    calendar: BusinessCalendar
    convention: RollConvention = RollConvention.FOLLOWING

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        require_type(self.calendar, BusinessCalendar, "the calendar")
        require_type(self.convention, RollConvention, "the convention")

    def apply(self, day: date) -> date:
        """Return the date this step reaches from *day*.

        Raises:
            DateTypeError: *day* is not a plain date.
            DateRangeError: the result lies outside years 1 to 9999.
        """
        return self.calendar.roll(day, self.convention)


DueStep: TypeAlias = AddDays | AddMonths | EndOfMonth | DayOfMonth | RollToBusinessDay
_STEPS: Final = (AddDays, AddMonths, EndOfMonth, DayOfMonth, RollToBusinessDay)


def _steps(values: Iterable[DueStep]) -> tuple[DueStep, ...]:
    return tuple_of(values, _STEPS, "steps")


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

    Example:
        >>> rule = DueRule((AddDays(30), EndOfMonth()))
        >>> rule.due_on(date(2026, 5, 11))
        datetime.date(2026, 6, 30)

    Source: convention of this library.
    """

    steps: tuple[DueStep, ...] = attrs.field(default=(), converter=_steps)
    may_precede: bool = False

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        require_type(self.may_precede, bool, "may_precede")

    def due_on(self, start: date) -> date:
        """Return the day this rule reaches from *start*; the start itself is allowed.

        Raises:
            DateTypeError: *start* is not a plain date.
            DateRangeError: a step leaves the years 1 to 9999.
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
