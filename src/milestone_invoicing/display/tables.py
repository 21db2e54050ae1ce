"""How rows of text stand in aligned columns; it knows nothing of what they say."""

from collections.abc import Sequence
from itertools import chain
from typing import Final
from unicodedata import category, east_asian_width

_GAP: Final = "  "
# Accents and vowel signs, enclosing marks, and signs that only direct, such as a change of sides.
_WITHOUT_WIDTH: Final = frozenset({"Mn", "Me", "Cf"})
_WIDE: Final = frozenset({"F", "W"})


def text_table(
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    totals: Sequence[Sequence[str]] = (),
    left: Sequence[int] = (0,),
) -> str:
    """Return titles, a rule, the rows, and the totals under another rule, without a last newline.

    Args:
        titles: one per column.
        rows: as many cells each.
        totals: further rows below a rule.
        left: the columns that are aligned left; numbers go right.
    """
    cells = [[one_line(cell) for cell in row] for row in (titles, *rows, *totals)]
    widths = _widths(cells)
    lines = [_line(row, widths, left) for row in cells]
    rule = _GAP.join("-" * width for width in widths)
    head, body, foot = lines[:1], lines[1 : len(rows) + 1], lines[len(rows) + 1 :]
    return "\n".join(chain(head, [rule], body, [rule] if foot else [], foot))


def aligned(rows: Sequence[Sequence[str]], *, left: Sequence[int] = (0,)) -> str:
    """Return rows in aligned columns, without titles or rules."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = _widths(cells)
    return "\n".join(_line(row, widths, left) for row in cells)


def display_width(text: str) -> int:
    """Return how many columns *text* takes: wide East Asian signs take two, accents none."""
    return sum(
        1 + (east_asian_width(sign) in _WIDE)
        for sign in text
        if category(sign) not in _WITHOUT_WIDTH
    )


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(display_width, column)) for column in zip(*rows, strict=True)]


def _line(row: Sequence[str], widths: Sequence[int], left: Sequence[int]) -> str:
    padded = (
        _padded(cell, width, to_left=index in left)
        for index, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return _GAP.join(padded).rstrip()


def _padded(cell: str, width: int, *, to_left: bool) -> str:
    space = " " * (width - display_width(cell))
    return cell + space if to_left else space + cell


def one_line(cell: str) -> str:
    """Return a cell without line breaks, tabs and control codes, which would break the columns."""
    line = " ".join(cell.splitlines())
    return "".join(" " if category(sign) == "Cc" else sign for sign in line)
