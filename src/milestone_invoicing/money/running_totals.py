"""How parts follow from a running total that is rounded; it knows no money, only integers.

Each part is what the rounded total grows by. So no unit is lost or made, however many parts there
are, and the parts so far always sum to the rounded total of what has come so far.
"""

from collections.abc import Callable, Iterable, Iterator


def running_parts(weights: Iterable[int], total_of: Callable[[int], int]) -> Iterator[int]:
    """Yield for each weight what the total of all weights so far grows by with it.

    Args:
        weights: of the parts, in their order, of either sign: what goes back takes its part along.
        total_of: the rounded total of so much weight; of none it is zero.

    Example:
        >>> def total(weight: int) -> int:
        ...     return round_ratio(100 * weight, 6, Rounding.HALF_UP)
        >>> list(running_parts([1, 1, 4], total))
        [17, 16, 67]

    Source: cumulative rounding, as ``Remainder.CUMULATIVE`` divides.
    """
    so_far = before = 0
    for weight in weights:
        so_far += weight
        after = total_of(so_far)
        yield after - before
        before = after
