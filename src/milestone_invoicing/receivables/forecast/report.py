"""What a cash forecast says, row by row, and how forecasts add up; it knows no invoices."""

from collections.abc import Sequence
from datetime import date
from operator import add
from typing import TypeAlias

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_type
from milestone_invoicing.errors import ReportMismatchError, Words
from milestone_invoicing.money import Currency, Money
from milestone_invoicing.money.currency import currency_order
from milestone_invoicing.receivables.forecast.slots import (
    ForecastPeriod,
    Slot,
    is_slot,
    slots_of,
)
from milestone_invoicing.timing.order import require_stretch

# The minor units of scheduled, invoiced, promised and expected.
Cells: TypeAlias = dict[tuple[Currency, Slot | None], list[int]]


@attrs.frozen
class ForecastRow(Answer):
    """The cash of one period and currency, or of what falls into no period.

    Each unit of money stands once among *scheduled*, *invoiced* and *promised* of all rows, and
    once in their *expected*.

    Attributes:
        slot: a period, ``Outside`` or, in a total, None.
        currency: of all amounts.
        scheduled: not billed yet, by the terms of its planned bill.
        invoiced: billed and not promised, by due date as extended.
        promised: by the day that the client promised.
        expected: all three, by the day on which they will come as this client pays.
    """

    slot: Slot | None
    currency: Currency
    scheduled: Money
    invoiced: Money
    promised: Money
    expected: Money

    @property
    def due(self) -> Money:
        """What comes in it if all is paid on its day: scheduled + invoiced + promised."""
        return self.scheduled + self.invoiced + self.promised


@attrs.frozen
class CashForecast:
    """What cash comes when; forecasts of different contracts and invoices add up with ``+``.

    Attributes:
        as_of: the day on which it is made, and the first one of it.
        until: the last day of it.
        unit: of its periods.
        rows: by currency code; for each currency what is overdue, the periods in order, what comes
            beyond the last day, and what has no day.

    Raises:
        PeriodError: *until* is before *as_of*.
        ReportMismatchError: a row is of no period of it.
        WrongTypeError, DateTypeError: a part is of another type.
    """

    as_of: date
    until: date
    unit: ForecastPeriod
    rows: tuple[ForecastRow, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Check each part, so that no sum leaves a row out."""
        require_stretch(self.as_of, self.until, names=("as_of", "until"))
        require_type(self.unit, ForecastPeriod, "the period of a forecast")
        require_type(self.rows, tuple, "the rows of a forecast")
        for index, row in enumerate(self.rows):
            require_type(row, ForecastRow, f"rows[{index}]")
            if not is_slot(row.slot, self.as_of, self.until, self.unit):
                raise ReportMismatchError(
                    "a row is of no period of its forecast",
                    expected=f"overdue, a {self.unit} from {self.as_of} on, beyond or undated",
                    got=Words(str(row.slot)),
                )

    @property
    def totals(self) -> tuple[ForecastRow, ...]:
        """One row per currency, the sum of its rows."""
        sums: dict[Currency, list[int]] = {}
        for row in self.rows:
            sums[row.currency] = list(map(add, sums.get(row.currency, [0] * 4), _minors(row)))
        return tuple(_row(None, currency, minors) for currency, minors in sums.items())

    def __add__(self, other: "CashForecast") -> "CashForecast":
        """Return the forecast of what is in both.

        Raises:
            ReportMismatchError: the days or the periods differ.
        """
        if not isinstance(other, CashForecast):
            return NotImplemented
        if (self.as_of, self.until, self.unit) != (other.as_of, other.until, other.unit):
            raise ReportMismatchError(
                "forecasts of different days or periods do not add up",
                expected=f"{self.as_of} to {self.until} by {self.unit}",
                got=Words(f"{other.as_of} to {other.until} by {other.unit}"),
            )
        cells: Cells = {}
        for row in (*self.rows, *other.rows):
            key = row.currency, row.slot
            cells[key] = list(map(add, cells.get(key, [0] * 4), _minors(row)))
        slots = slots_of(self.as_of, self.until, self.unit)
        return attrs.evolve(self, rows=rows_of(cells, slots))

    def __radd__(self, other: object) -> "CashForecast":
        """Let ``sum()`` start from its own zero."""
        return self if type(other) is int and other == 0 else NotImplemented


def rows_of(cells: Cells, slots: Sequence[Slot]) -> tuple[ForecastRow, ...]:
    """Box the cells: all slots of each currency that is there."""
    found = {currency for currency, _ in cells}
    return tuple(
        _row(slot, currency, cells.get((currency, slot), [0] * 4))
        for currency in sorted(found, key=currency_order)
        for slot in slots
    )


def _row(slot: Slot | None, currency: Currency, minors: Sequence[int]) -> ForecastRow:
    return ForecastRow(slot, currency, *(Money(minor, currency) for minor in minors))


def _minors(row: ForecastRow) -> list[int]:
    amounts = (row.scheduled, row.invoiced, row.promised, row.expected)
    return [amount.minor for amount in amounts]
