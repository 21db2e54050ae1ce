"""How units are laid out in order, up to a limit each; it knows no money, only integers.

The first place is filled before the second gets any: a payment and the debts that it settles, a
credit and the instalments that it takes.
"""

from collections.abc import Iterable, Iterator
from typing import TypeVar

_Place = TypeVar("_Place")
_Source = TypeVar("_Source")


def waterfall(units: int, limits: Iterable[tuple[_Place, int]]) -> Iterator[tuple[_Place, int]]:
    """Yield what each place gets of *units*, in the order of *limits*, until nothing is left.

    A place that gets nothing is not named. Limits are read one by one, each after the part before
    it was handed out, and none after the last unit is. The parts sum to *units*, or to all limits
    if these are less.

    Args:
        units: how many there are; of none or fewer nothing is laid out.
        limits: each place, and the most that it takes; zero or less is nothing.

    Example:
        >>> list(waterfall(100, [("a", 60), ("b", 0), ("c", 30), ("d", 50), ("e", 9)]))
        [('a', 60), ('c', 30), ('d', 10)]

    Source: the payment waterfall of credit agreements.
    """
    if units <= 0:
        return
    for place, limit in limits:
        if limit >= units:
            yield place, units
            return
        if limit > 0:
            yield place, limit
            units -= limit


def matched(
    sources: Iterable[tuple[_Source, int]], targets: Iterable[tuple[_Place, int]]
) -> Iterator[tuple[_Source, _Place, int]]:
    """Yield what goes from each source to each target, both in order, until one side is used up.

    Nobody who gives or gets nothing is named. Each side is read once.

    Args:
        sources: who gives, and how many units; zero or more.
        targets: who gets, and how many units there is room for; zero or more.

    Example:
        >>> list(matched([("a", 60), ("b", 50)], [("x", 20), ("y", 70), ("z", 20)]))
        [('a', 'x', 20), ('a', 'y', 40), ('b', 'y', 30), ('b', 'z', 20)]

    Source: the first-in, first-out matching of stocks and lots.
    """
    coming = iter(targets)
    rest: tuple[_Place, int] | None = next(coming, None)
    for source, units in sources:
        left = units
        while left and rest:
            target, room = rest
            part = min(left, room)
            if part:
                yield source, target, part
            left -= part
            rest = (target, room - part) if part < room else next(coming, None)
