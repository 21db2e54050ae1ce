"""Sets of plain dates from any collection that says which it holds; it knows no calendar."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeVar

from milestone_invoicing._checks import items_of, require_date
from milestone_invoicing.errors import WrongTypeError

_T = TypeVar("_T")


def unordered(values: Iterable[_T], name: str) -> Iterator[_T]:
    """Return the items of any collection, a set too: their order means nothing here.

    Raises:
        WrongTypeError: *values* is no collection, or a text.
    """
    return items_of(values, name, but=(str, bytes), expected="a set or tuple")


def dates_of(values: Iterable[date], name: str, one: str) -> frozenset[date]:
    """Return the dates of a collection that lists all it has.

    A collection that works its days out year by year, as those of the ``holidays`` package do,
    lists only the years it was asked about, or none.

    Raises:
        WrongTypeError: *values* is no collection, a text, or one that works its days out.
        DateTypeError: an item is not a plain date.
    """
    if hasattr(values, "expand") and hasattr(values, "years"):
        raise WrongTypeError(
            f"{name} lists its days only as they are asked for",
            expected="a set or tuple of dates",
            got=values,
            hint="read it with BusinessCalendar.from_container(container, first_year, last_year)",
        )
    days: set[date] = set()
    for day in unordered(values, name):
        require_date(day, one)
        days.add(day)
    return frozenset(days)


def sorted_text(values: frozenset[int] | frozenset[date]) -> str:
    """Return the same text whatever the order of the set, which the hash seed decides.

    Example:
        >>> sorted_text(frozenset({6, 5}))
        'frozenset([5, 6])'
    """
    return f"frozenset({sorted(values)})"
