"""The sums of a report, column by column, as bytes: it knows no columns and no amounts.

A report may have a million cells, and is sent from one process to another. Eight bytes each, in one
piece, are a hundredth of the time and a tenth of the room of rows that hold amounts. A column of
nothing but zeros is no bytes at all; one with a sum that does not fit into eight bytes is a tuple
of ints. So the same numbers always have the same form.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from struct import Struct
from typing import Final, TypeAlias

Column: TypeAlias = bytes | tuple[int, ...]

_SIZE: Final = 8
_BIG_END_FIRST: Final = array("q", [1]).tobytes()[0] == 0


def packed(rows: Iterable[Sequence[int]], width: int) -> tuple[Column, ...]:
    """Return rows of *width* ints each as columns; no rows have no columns."""
    flat: array[int] | list[int] = array("q")
    for row in rows:
        try:
            flat.extend(row)
        except OverflowError:
            flat = [*flat[: len(flat) // width * width], *row]
    return tuple(_column(flat[place::width]) for place in range(width)) if flat else ()


def _column(minors: Sequence[int]) -> Column:
    if not any(minors):
        return b""
    try:
        column = array("q", minors)
    except OverflowError:
        return tuple(minors)
    if _BIG_END_FIRST:  # pragma: no cover  # few machines are so, and none that runs these tests
        column.byteswap()
    return column.tobytes()


def unpacked(columns: Sequence[Column], rows: int) -> Iterator[tuple[int, ...]]:
    """Return so many rows."""
    return zip(*(_minors(column, rows) for column in columns), strict=True)


def _minors(column: Column, rows: int) -> Iterable[int]:
    if isinstance(column, tuple):
        return column
    return Struct(f"<{rows}q").unpack(column) if column else repeat(0, rows)


def fits(column: Column, rows: int) -> bool:
    """Say whether a column has so many rows."""
    if isinstance(column, tuple):
        return len(column) == rows
    return len(column) in {0, rows * _SIZE}
