"""The steps of due rules: from one date to the next, each a value; no step knows the others.

Every step is monotone: from a later day it never leads to an earlier one. So is every rule.
``untdid_4279`` is the code that UN/CEFACT's list of payment terms types has for a step.
"""

from collections.abc import Iterable
from datetime import date
from enum import unique
from typing import ClassVar, Final, TypeAlias

import attrs

from milestone_invoicing._checks import items_of, require_date, require_int, require_type, tuple_of
from milestone_invoicing._worded import Worded
from milestone_invoicing.errors import NumberRangeError, PeriodError
from milestone_invoicing.timing.business_days import BusinessCalendar, RollConvention
from milestone_invoicing.timing.months import (
    add_days,
    add_months,
    day_of_month,
    end_of_month,
    month_length,
)
from milestone_invoicing.timing.periods import Closure, Period, Season, days_left_open

_LAST_DAY: Final = 31


@unique
class SameDay(Worded):
    """What a step does on a day that is one of those it looks for: STAY on it, or MOVE on."""

    STAY = "stay"
    MOVE = "move"


def _require_day_of_month(day: int, name: str) -> None:
    require_int(day, name, at_least=1)
    if day > _LAST_DAY:
        raise NumberRangeError(f"{name} is too large", expected="1 to 31", got=day)


@attrs.frozen
class AddDays:
    """So many calendar days later; a negative number is earlier.

    Raises:
        NumberTypeError: *days* is not an int.

    Example:
        >>> AddDays(30).apply(date(2026, 1, 31))
        datetime.date(2026, 3, 2)

    Source: net days, as invoices state them; UNTDID 4279 code 1, basic.
    """

    days: int
    untdid_4279: ClassVar[str] = "1"

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

    Source: convention of this library, month steps clamp; UNTDID 4279 code 1, basic.
    """

    months: int
    untdid_4279: ClassVar[str] = "1"

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
    """The last day of the month that lies so many months ahead.

    Args:
        months: how many months ahead; negative is before.
        same_day: whether a month end stays, or moves on as if it were the first of the next month.

    Raises:
        NumberTypeError: *months* is not an int.
        WrongTypeError: *same_day* is no ``SameDay``.

    Example:
        >>> str(EndOfMonth(months=1).apply(date(2026, 6, 30)))
        '2026-07-31'
        >>> str(EndOfMonth(same_day=SameDay.MOVE).apply(date(2026, 6, 30)))
        '2026-07-31'

    Source: "end of month" terms (EOM, fin de mois); UNTDID 4279 code 2, end of month.
    """

    months: int = 0
    same_day: SameDay = SameDay.STAY
    untdid_4279: ClassVar[str] = "2"

    def __attrs_post_init__(self) -> None:
        """Check the number and the choice."""
        require_int(self.months, "months")
        require_type(self.same_day, SameDay, "same_day")

    def apply(self, day: date) -> date:
        """Return the date this step reaches from *day*.

        Raises:
            DateTypeError: *day* is not a plain date.
            DateRangeError: the result lies outside years 1 to 9999.
        """
        moves = self.same_day is SameDay.MOVE and day == end_of_month(day)
        return day_of_month(day, _LAST_DAY, self.months + moves)


@attrs.frozen
class DayOfMonth:
    """A given day of the month that lies so many months ahead, clamped to its last day.

    Raises:
        NumberTypeError: a number is not an int.
        NumberRangeError: *day* is not 1 to 31.

    Example:
        >>> DayOfMonth(31, months=1).apply(date(2026, 1, 15))
        datetime.date(2026, 2, 28)

    Source: "the 10th of the month following" and its kin; UNTDID 4279 code 3, fixed date.
    """

    day: int
    months: int = 0
    untdid_4279: ClassVar[str] = "3"

    def __attrs_post_init__(self) -> None:
        """Check the numbers."""
        _require_day_of_month(self.day, "the day of the month")
        require_int(self.months, "months")

    def apply(self, day: date) -> date:
        """Return the date this step reaches from *day*.

        Raises:
            DateTypeError: *day* is not a plain date.
            DateRangeError: the result lies outside years 1 to 9999.
        """
        return day_of_month(day, self.day, self.months)


@attrs.frozen
class FixedDate:
    """A date of the calendar, whatever day it counts from.

    A rule has it as its first step, as nothing before it would change anything. A rule that
    starts after it leads back in time, and is refused unless it may.

    Raises:
        DateTypeError: *due_date* is not a plain date.

    Example:
        >>> str(FixedDate(date(2026, 12, 31)).apply(date(2026, 5, 1)))
        '2026-12-31'

    Source: "payable by 31 December 2026"; EN 16931 BT-9, payment due date; UNTDID 4279 code 3,
    fixed date.
    """

    due_date: date
    untdid_4279: ClassVar[str] = "3"

    def __attrs_post_init__(self) -> None:
        """Check the date."""
        require_date(self.due_date, "the fixed date")

    def apply(self, day: date) -> date:
        """Return the date this step reaches from *day*: its own.

        Raises:
            DateTypeError: *day* is not a plain date.
        """
        require_date(day, "the day")
        return self.due_date


def _days_of_month(days: Iterable[int]) -> tuple[int, ...]:
    """Check before equal values merge, then sort: their order means nothing."""
    checked: list[int] = []
    for day in items_of(
        days, "days", but=(str, bytes), expected="a list or tuple of days of the month"
    ):
        _require_day_of_month(day, "a day of the month")
        checked.append(day)
    if not checked or len(set(checked)) < len(checked):
        raise NumberRangeError(
            "the days of the month are not a choice",
            expected="one day or more, each once",
            got=tuple(checked),
        )
    return tuple(sorted(checked))


@attrs.frozen
class NextDayOfMonth:
    """The first of some days of the month, on the day itself or after it.

    A day that a month lacks is its last day: the 31st is every month end.

    Args:
        days: one or more days of the month, 1 to 31.
        same_day: whether one of these days stays, or moves on to the next of them.

    Raises:
        WrongTypeError: *days* is no collection, or *same_day* no ``SameDay``.
        NumberTypeError, NumberRangeError: a day is not an int from 1 to 31, stands twice, or
            there is none.

    Example:
        >>> str(NextDayOfMonth((5, 20)).apply(date(2026, 5, 20)))
        '2026-05-20'
        >>> str(NextDayOfMonth((5, 20), SameDay.MOVE).apply(date(2026, 5, 20)))
        '2026-06-05'

    Source: fixed payment days, as payers with a run of payments have; UNTDID 4279 code 3,
    fixed date.
    """

    days: tuple[int, ...] = attrs.field(converter=_days_of_month)
    same_day: SameDay = SameDay.STAY
    untdid_4279: ClassVar[str] = "3"

    def __attrs_post_init__(self) -> None:
        """Check the choice."""
        require_type(self.same_day, SameDay, "same_day")

    def apply(self, day: date) -> date:
        """Return the date this step reaches from *day*.

        Raises:
            DateTypeError: *day* is not a plain date.
            DateRangeError: the result lies outside years 1 to 9999.
        """
        for number in self.days:
            found = day_of_month(day, number)
            if found > day or (found == day and self.same_day is SameDay.STAY):
                return found
        return day_of_month(day, self.days[0], 1)


@attrs.frozen
class Proximo:
    """A day of the next month; of the month after it, for what comes after the cutoff day.

    Args:
        due_day: the day of the month it is due, clamped to its last day.
        cutoff_day: the last day of the month that still counts for the next; zero is the month
            end, and -3 three days before it.

    Raises:
        NumberTypeError: a number is not an int.
        NumberRangeError: *due_day* is not 1 to 31, or *cutoff_day* not -30 to 31.

    Example:
        >>> str(Proximo(20, 15).apply(date(2026, 5, 15)))
        '2026-06-20'
        >>> str(Proximo(20, 15).apply(date(2026, 5, 16)))
        '2026-07-20'

    Source: "prox" terms of trade; UNTDID 4279 code 9, proximo.
    """

    due_day: int
    cutoff_day: int
    untdid_4279: ClassVar[str] = "9"

    def __attrs_post_init__(self) -> None:
        """Check the days."""
        _require_day_of_month(self.due_day, "the due day")
        require_int(self.cutoff_day, "the cutoff day", at_least=1 - _LAST_DAY)
        if self.cutoff_day > _LAST_DAY:
            raise NumberRangeError(
                "the cutoff day is too large", expected="-30 to 31", got=self.cutoff_day
            )

    def apply(self, day: date) -> date:
        """Return the date this step reaches from *day*.

        Raises:
            DateTypeError: *day* is not a plain date.
            DateRangeError: the result lies outside years 1 to 9999.
        """
        require_date(day, "the day")
        last = 0 if self.cutoff_day > 0 else month_length(day.year, day.month)
        return day_of_month(day, self.due_day, 1 if day.day <= last + self.cutoff_day else 2)


@attrs.frozen
class RollToBusinessDay:
    """The business day to which a convention takes a weekend day or a holiday.

    Raises:
        WrongTypeError: not a calendar and a convention.

    Example:
        >>> RollToBusinessDay(BusinessCalendar()).apply(date(2026, 5, 31))
        datetime.date(2026, 6, 1)

    Source: business day conventions, see ``RollConvention``; UNTDID 4279 has no code for it.
    """

    calendar: BusinessCalendar
    convention: RollConvention = RollConvention.FOLLOWING
    untdid_4279: ClassVar[str | None] = None

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        require_type(self.calendar, BusinessCalendar, "the calendar")
        require_type(self.convention, RollConvention, "the convention")

    def apply(self, day: date) -> date:
        """Return the date this step reaches from *day*.

        Raises:
            DateTypeError: *day* is not a plain date.
            DateRangeError: the result lies outside years 1 to 9999.
            CalendarRangeError: a day that decides lies outside the years of the calendar.
        """
        return self.calendar.roll(day, self.convention)


def _closures(values: Iterable[Closure]) -> tuple[Closure, ...]:
    return tuple_of(values, (Period, Season), "periods")


@attrs.frozen
class SkipClosedPeriods:
    """The first open day: from a day in a closed period the day after it, until none holds it.

    Args:
        periods: when the client pays nothing, a ``Period`` once or a ``Season`` every year; they
            may meet and overlap.

    Raises:
        WrongTypeError: *periods* is no collection of periods and seasons.
        PeriodError: the seasons leave no day of the year open.

    Example:
        >>> august = SkipClosedPeriods((Season(8, 1, 8, 31),))
        >>> str(august.apply(date(2026, 8, 15)))
        '2026-09-01'

    Source: convention of this library; UNTDID 4279 has no code for it.
    """

    periods: tuple[Closure, ...] = attrs.field(converter=_closures)
    untdid_4279: ClassVar[str | None] = None

    def __attrs_post_init__(self) -> None:
        """Check that a day is left."""
        if not days_left_open(self.periods):
            raise PeriodError(
                "the seasons leave no day open",
                expected="a year with a day outside all seasons",
                got=self.periods,
            )

    def apply(self, day: date) -> date:
        """Return the date this step reaches from *day*.

        Raises:
            DateTypeError: *day* is not a plain date.
            DateRangeError: the result lies outside years 1 to 9999.
        """
        require_date(day, "the day")
        closed = True
        while closed:
            opened = day
            for period in self.periods:
                opened = period.first_day_after(opened)
            closed, day = opened != day, opened
        return day


DueStep: TypeAlias = (
    AddDays
    | AddMonths
    | EndOfMonth
    | DayOfMonth
    | FixedDate
    | NextDayOfMonth
    | Proximo
    | RollToBusinessDay
    | SkipClosedPeriods
)
DUE_STEPS: Final = (
    AddDays,
    AddMonths,
    EndOfMonth,
    DayOfMonth,
    FixedDate,
    NextDayOfMonth,
    Proximo,
    RollToBusinessDay,
    SkipClosedPeriods,
)
