"""What a container of holidays says about some years; it knows no calendar.

A container answers ``day in container``. One that says more about itself is believed: which years
it knows, which days are its weekend, and which of those are worked. The names are those of the
``holidays`` package: ``expand``, ``years``, ``start_year``, ``end_year``, ``is_weekend``,
``weekend_workdays``; and ``holidays`` of a sum, for its parts.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date
from typing import Final, cast

import attrs

from milestone_invoicing._checks import require_date
from milestone_invoicing.errors import CalendarRangeError, Words, WrongTypeError
from milestone_invoicing.timing.date_sets import dates_of, unordered

_WEEKDAYS: Final = frozenset(range(7))
_SATURDAY_AND_SUNDAY: Final = frozenset({5, 6})


@attrs.frozen
class ReadDays:
    """The days of some years: free weekdays, further free days, and days worked all the same."""

    weekend: frozenset[int]
    holidays: frozenset[date]
    worked: frozenset[date]


def read_container(container: Container[date], first_year: int, last_year: int) -> ReadDays:
    """Return what *container* says about each day of some years; each is asked for once.

    A weekend that moved to other weekdays within the years is told by the weekdays that are
    free in all of them, and by the days that are free beside these.

    Raises:
        WrongTypeError: *container* does not contain the days that it lists.
        DateTypeError: it lists something else than plain dates.
        CalendarRangeError: it does not know one of the years.
    """
    _require_listed(container)
    _require_known(container, range(first_year, last_year + 1))
    first, last = date(first_year, 1, 1).toordinal(), date(last_year, 12, 31).toordinal()
    days = [date.fromordinal(day) for day in range(first, last + 1)]
    holidays = {day for day in days if day in container}
    weekend = _SATURDAY_AND_SUNDAY
    is_weekend = getattr(container, "is_weekend", None)
    if callable(is_weekend):
        free = {day for day in days if is_weekend(day)}
        weekend = _WEEKDAYS - {day.weekday() for day in days if day not in free}
        holidays |= {day for day in free if day.weekday() not in weekend}
    # Only now: such a container learns of them as it works out the holidays.
    worked = dates_of(getattr(container, "weekend_workdays", ()), "weekend_workdays", "a workday")
    return ReadDays(weekend, frozenset(holidays), worked & {*days})


def _require_listed(container: Container[date]) -> None:
    """Refuse what would answer for no date: a list of times or texts, a table, an index."""
    listed: list[object] = []
    days = cast("Iterable[object]", container) if isinstance(container, Iterable) else ()
    for day in unordered(days, "the container"):
        require_date(day, "a day of the container")
        listed.append(day)
    if listed and listed[0] not in cast("Container[object]", container):
        raise WrongTypeError(
            "the container does not contain the days that it lists",
            expected="a container that answers for its own days",
            got=container,
            hint="give it as a set",
        )


def _require_known(container: object, asked: Sequence[int]) -> None:
    """Refuse years of which a container says that it has no holidays of them."""
    unknown = [year for year in asked if not all(_knows(part, year) for part in _parts(container))]
    if unknown:
        raise CalendarRangeError(
            "the container does not know the holidays of some years",
            expected=f"one that knows {asked[0]} to {asked[-1]}",
            got=Words(f"none of {', '.join(map(str, unknown))}"),
            hint="build it with these years, or ask for fewer",
        )


def _parts(container: object) -> Iterator[object]:
    """Yield a container, and if it is a sum of others, these."""
    yield container
    parts: object = getattr(container, "holidays", ())
    for part in cast("Sequence[object]", parts) if isinstance(parts, Sequence) else ():
        yield from _parts(part)


def _knows(container: object, year: int) -> bool:
    expands: object = getattr(container, "expand", True)
    years: Container[object] = (year,) if expands else getattr(container, "years", (year,))
    first: int = getattr(container, "start_year", year)
    last: int = getattr(container, "end_year", year)
    return first <= year <= last and year in years
