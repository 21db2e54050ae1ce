"""The sums of a report as one flat text of bytes: rows of minor units; it knows no columns.

A report may have a million cells, and is sent from one process to another. Eight bytes each, in one
piece, are a hundredth of the time and a tenth of the room of rows that hold amounts. Sums that do
not fit into eight bytes are kept as a tuple of ints instead; both forms say the same.
"""

from array import array
from collections.abc import Iterable, Sequence
from itertools import chain
from struct import Struct
from typing import Final, TypeAlias

Cells: TypeAlias = bytes | tuple[int, ...]

_SIZE: Final = 8
_BIG_END_FIRST: Final = array("q", [1]).tobytes()[0] == 0


def packed(rows: Iterable[Sequence[int]], width: int) -> Cells:
    """Return rows of *width* ints each, row by row, in the one form that these numbers have."""
    flat = array("q")
    coming = iter(rows)
    for row in coming:
        try:
            flat.extend(row)
        except OverflowError:
            before = flat[: len(flat) // width * width]
            return (*before, *row, *chain.from_iterable(coming))
    if _BIG_END_FIRST:  # pragma: no cover  # few machines are so, and none that runs these tests
        flat.byteswap()
    return flat.tobytes()


def unpacked(cells: Cells, width: int) -> Iterable[tuple[int, ...]]:
    """Return the rows of *width* ints each."""
    if isinstance(cells, bytes):
        return Struct(f"<{width}q").iter_unpack(cells)
    return (cells[start : start + width] for start in range(0, len(cells), width))


def count(cells: Cells) -> int:
    """Return how many there are; a part of one counts as none."""
    return len(cells) // _SIZE if isinstance(cells, bytes) else len(cells)
