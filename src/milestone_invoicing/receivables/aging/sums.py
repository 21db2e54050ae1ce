"""Running sums of minor units, by key, currency and column; it knows no dates and no items."""

from array import array
from collections.abc import Iterator, Sequence
from typing import Final

from milestone_invoicing.money import Currency
from milestone_invoicing.money.currency import currency_order
from milestone_invoicing.receivables.rows import RowKey, key_order

_MOST_HELD: Final = 1000
NOT_YET: Final = (KeyError, IndexError, OverflowError)
"""A key or currency without a row yet, a row without that currency, a sum of more than 8 bytes."""


class RunningSums:
    """The only state there is while items are aged, and only there.

    Each key has one flat row: the columns of the first currency, then those of the next one, and so
    on. It is an array of eight bytes a cell, as far as currencies came, and becomes a list once a
    sum does not fit. Where a currency starts is found by its identity, since hashing one takes
    longer than all the rest; currencies are held, so that no identity is given away twice.

    Attributes:
        rows: the cells of each key.
        offsets: where the columns of a currency start in a row, by its identity.
    """

    def __init__(self, width: int) -> None:
        """Start with no rows; a currency has *width* columns."""
        self.rows: dict[str | None, array[int] | list[int]] = {}
        self.offsets: dict[int, int] = {}
        self._width = width
        self._starts: dict[Currency, int] = {}
        self._held: list[Currency] = []

    def add(self, key: str | None, currency: Currency, column: int, minor: int) -> None:
        """Add so many minor units to a cell, which need not be there yet."""
        try:
            self.rows[key][self.offsets[id(currency)] + column] += minor
        except NOT_YET:
            self._grow(key, currency, column, minor)

    def _grow(self, key: str | None, currency: Currency, column: int, minor: int) -> None:
        place = self._offset_of(currency) + column
        row = self.rows.setdefault(key, array("q"))
        row.extend([0] * (len(self._starts) * self._width - len(row)))
        try:
            row[place] += minor
        except OverflowError:
            self.rows[key] = grown = list(row)
            grown[place] += minor

    def _offset_of(self, currency: Currency) -> int:
        """Return where the columns of a currency start, and remember its identity."""
        if len(self._held) >= _MOST_HELD:  # many equal currencies that are not one object
            self._held.clear()
            self.offsets.clear()
        self._held.append(currency)
        offset = self._starts.setdefault(currency, len(self._starts) * self._width)
        self.offsets[id(currency)] = offset
        return offset

    def in_order(self) -> Iterator[tuple[RowKey, Sequence[int]]]:
        """Yield the columns of each key and currency that has any amount, as rows are ordered."""
        keys = sorted(self.rows, key=key_order)
        for currency in sorted(self._starts, key=currency_order):
            start = self._starts[currency]
            for key in keys:
                part = self.rows[key][start : start + self._width]
                if any(part):
                    yield (key, currency), part
