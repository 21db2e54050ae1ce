"""How a stock of numbers is drawn down, the oldest first, and what of it lapses; it knows no days.

A stock is a list of lots, oldest first: when each was bought, by a rising number, and what is left.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeAlias

Lots: TypeAlias = list[tuple[int, Fraction]]


def held(lots: Lots) -> Fraction:
    """Return what all lots hold together.

    Example:
        >>> held([(0, Fraction(3)), (1, Fraction(10))])
        Fraction(13, 1)
    """
    return sum((quantity for _, quantity in lots), Fraction(0))


def drawn(lots: Lots, quantity: Fraction) -> Lots:
    """Return what is left after *quantity* is drawn; below zero it joins the youngest lot.

    What goes beyond all that is held is not drawn; ``beyond`` says how much that is.

    Example:
        >>> drawn([(0, Fraction(3)), (1, Fraction(10))], Fraction(5))
        [(1, Fraction(8, 1))]
    """
    if quantity < 0:
        bought, there = lots[-1]
        return [*lots[:-1], (bought, there - quantity)]
    for index, (bought, there) in enumerate(lots):
        if there > quantity:
            return [(bought, there - quantity), *lots[index + 1 :]]
        quantity -= there
    return []


def kept(lots: Lots, *, since: int, cap: Fraction | None) -> Lots:
    """Return the lots bought at *since* or later, at most *cap* in all: the oldest lapse first.

    Example:
        >>> kept([(0, Fraction(3)), (1, Fraction(8)), (2, Fraction(4))], since=1, cap=Fraction(10))
        [(1, Fraction(6, 1)), (2, Fraction(4, 1))]
    """
    young = [lot for lot in lots if lot[0] >= since]
    return young if cap is None else drawn(young, max(held(young) - cap, Fraction(0)))


def beyond(quantities: Sequence[Fraction], limit: Fraction) -> list[Fraction]:
    """Return what of each quantity, in their order, goes beyond *limit* in all.

    Each part is a difference of running totals, so that a quantity below zero first takes back
    what went beyond; the parts sum to what all together are beyond the limit.

    Example:
        >>> [int(part) for part in beyond([Fraction(6), Fraction(7), Fraction(-1)], Fraction(10))]
        [0, 3, -1]
    """
    parts: list[Fraction] = []
    total = over = Fraction(0)
    for quantity in quantities:
        total += quantity
        now = max(total - limit, Fraction(0))
        parts.append(now - over)
        over = now
    return parts
