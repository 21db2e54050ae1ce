"""Which days, periods and entries a bill takes; it knows no prices and no lines."""

from abc import abstractmethod
from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

from milestone_invoicing._checks import require_date
from milestone_invoicing.timing import Period, Recurring


class Dated(Protocol):
    """What happened on a day."""

    @property
    @abstractmethod
    def on(self) -> date:
        """The day."""


_D = TypeVar("_D", bound=Dated)


def billed_by(entries: Iterable[_D], as_of: date) -> list[_D]:
    """Return the entries up to *as_of*, that day counted in, by day; those of one day as given.

    Raises:
        DateTypeError: *as_of* is not a plain date.
    """
    require_date(as_of, "as_of")
    return sorted((entry for entry in entries if entry.on <= as_of), key=lambda entry: entry.on)


def begun_by(every: Recurring, last: date) -> tuple[Period, ...]:
    """Return the periods of *every* that begin on or before *last*, in order.

    Raises:
        DateRangeError: the end of one lies after year 9999.

    Example:
        >>> from milestone_invoicing.timing import Recurrence
        >>> [str(p) for p in begun_by(Recurrence.monthly(date(2026, 5, 1)), date(2026, 5, 31))]
        ['2026-05-01 to 2026-05-31']
    """
    starts = every.between(every.start, last)
    last_begun = every.period_of(starts[-1]) if starts else None
    return () if last_begun is None else (*map(Period, starts, starts[1:]), last_begun)


def overlap(one: Period, other: Period) -> Period | None:
    """Return the days that both have; None if there are none.

    Example:
        >>> may, later = Period(date(2026, 5, 1), date(2026, 6, 1)), date(2026, 7, 1)
        >>> str(overlap(may, Period(date(2026, 5, 20), later)))
        '2026-05-20 to 2026-05-31'
    """
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Period(start, end) if start < end else None
