"""The steps that a ``relativedelta`` of dateutil means; it knows no rule.

``dateutil`` is loaded when one is first converted.
"""

from datetime import date
from typing import TYPE_CHECKING, Final

from milestone_invoicing._checks import require_int, require_type
from milestone_invoicing.errors import DateRangeError, DueRuleError
from milestone_invoicing.timing.due_steps import (
    AddDays,
    AddMonths,
    DayOfMonth,
    DueStep,
    FixedDate,
)

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

_MONTHS: Final = 12
_LAST_DAY: Final = 31
_DISTANCES_IN_TIME: Final = ("hours", "minutes", "seconds", "microseconds")
_TIMES: Final = ("hour", "minute", "second", "microsecond")


def steps_of(delta: "relativedelta") -> tuple[DueStep, ...]:
    """Return the steps that lead to the same date as *delta* from every day.

    Raises:
        WrongTypeError: *delta* is no ``relativedelta``.
        DueRuleError: no steps do.
        NumberTypeError, NumberTooLargeError: its days are no int of 64 bits.
        DateRangeError: its year, month and day make no date.

    Source: ``dateutil.relativedelta``, which goes to the day of the month, then adds days.
    """
    from dateutil import relativedelta as dateutil  # noqa: PLC0415  # most rules need none

    require_type(delta, dateutil.relativedelta, "the distance")
    unheld = _unheld(delta)
    if unheld:
        raise DueRuleError(
            "a due rule has no step for a part of this distance",
            expected="years, months, weeks, days and day, or a whole date",
            got=delta,
            hint=f"leave out {unheld}",
        )
    require_int(delta.days, "the days of a distance")
    if delta.year is not None:
        return (FixedDate(_fixed_date(delta)),)
    months = delta.years * _MONTHS + delta.months
    steps: list[DueStep] = []
    if delta.day is not None:
        steps.append(DayOfMonth(min(delta.day, _LAST_DAY), months))
    elif months:
        steps.append(AddMonths(months))
    return (*steps, AddDays(delta.days)) if delta.days else tuple(steps)


def _unheld(delta: "relativedelta") -> str:
    """Return the names of the parts that no step says, in the order of dateutil."""
    parts = vars(delta)
    of_date = ("year", "month", "day")
    is_date = all(parts[name] is not None for name in of_date)
    wrong = [name for name in ("leapdays", *_DISTANCES_IN_TIME) if parts[name]]
    if is_date:
        wrong = [name for name in wrong if name != "leapdays"]
    else:
        wrong += [name for name in ("year", "month") if parts[name] is not None]
    # A zero is a part that dateutil leaves out without a word.
    wrong += [name for name in of_date if parts[name] is not None and parts[name] < 1]
    wrong += [name for name in ("weekday", *_TIMES) if parts[name] is not None]
    return ", ".join(dict.fromkeys(wrong))


def _fixed_date(delta: "relativedelta") -> date:
    """Return the date to which *delta* leads from every day."""
    try:
        return date.min + delta
    except (ValueError, OverflowError):
        raise DateRangeError(
            "a distance leads to no date",
            expected="a year, month and day within the years 1 to 9999",
            got=delta,
        ) from None
