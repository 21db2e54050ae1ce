"""What is owed by key, currency and column on a day, and how such reports add up."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from operator import add
from typing import Self

import attrs

from milestone_invoicing._checks import require_date, require_text, require_type, tuple_of
from milestone_invoicing.errors import (
    BucketsError,
    NumberRangeError,
    ReportMismatchError,
    Words,
)
from milestone_invoicing.money import Currency, Money
from milestone_invoicing.money.money import require_one_currency
from milestone_invoicing.money.rounding import rounded
from milestone_invoicing.receivables.aging.buckets import AgingBuckets
from milestone_invoicing.receivables.aging.cells import Column, fits, packed, unpacked
from milestone_invoicing.receivables.aging.exchange import ExchangeRates
from milestone_invoicing.receivables.aging.layout import (
    BEHIND_BUCKETS,
    AgeBy,
    AgingBasis,
    column_names,
)
from milestone_invoicing.receivables.rows import RowKey, row_order


def _buckets(values: Iterable[Money]) -> tuple[Money, ...]:
    return tuple_of(values, Money, "the buckets of a row")


@attrs.frozen
class AgingRow:
    """What one client, owner or project owes in one currency.

    current + buckets + undated + disputed + retained + unapplied = balance.

    Attributes:
        key: of the client, or whatever the report goes by; None for all, and for what has none.
        currency: of all amounts.
        current: not overdue.
        buckets: overdue amounts, one per bucket.
        undated: open without a due date.
        disputed: open and disputed, where that stands apart; zero otherwise.
        retained: held on invoices and not released.
        unapplied: credits not applied to anything; zero or negative.

    Raises:
        CurrencyMismatchError: an amount is in another currency than the row.
        NumberRangeError: an amount has the wrong sign for its column.
        WrongTypeError, BlankTextError: a part is of another type, or the key is blank.
    """

    key: str | None
    currency: Currency
    current: Money
    buckets: tuple[Money, ...] = attrs.field(converter=_buckets)
    undated: Money
    disputed: Money
    retained: Money
    unapplied: Money

    def __attrs_post_init__(self) -> None:
        """Check that each amount is of the row's currency, and of the sign of its column."""
        if self.key is not None:
            require_text(self.key, "the key of a row")
        require_type(self.currency, Currency, "the currency of a row")
        zero = Money.zero(self.currency)
        for amount in self.cells:
            require_one_currency(zero, amount)
        owed = min(self.cells[:-1])
        if owed < zero or self.unapplied > zero:
            raise NumberRangeError(
                "an amount has the wrong sign for its column",
                expected="unapplied credits of zero or less, all others of zero or more",
                got=owed if owed < zero else self.unapplied,
            )

    @property
    def overdue(self) -> Money:
        """The sum of the buckets."""
        return Money.total(self.buckets, currency=self.currency)

    @property
    def balance(self) -> Money:
        """The sum of all columns."""
        return Money.total(self.cells, currency=self.currency)

    @property
    def cells(self) -> tuple[Money, ...]:
        """The amounts of all columns, in their order."""
        behind = (self.undated, self.disputed, self.retained, self.unapplied)
        return (self.current, *self.buckets, *behind)


def _columns(values: Iterable[Column]) -> tuple[Column, ...]:
    return tuple_of(values, (bytes, tuple), "the cells of a report")


def _keys(values: Iterable[RowKey]) -> tuple[RowKey, ...]:
    return tuple_of(values, tuple, "the keys of a report")


@attrs.frozen
class AgingReport:
    """What all clients owe on a day; reports of disjoint items add up with ``+``.

    Without rows it is the report of nothing, which changes no sum. ``age`` makes reports, and
    ``of_rows`` makes one of rows; both know how the cells are kept.

    Attributes:
        as_of: the day.
        buckets: the buckets of days overdue.
        keys: the key and currency of each row, by currency code and key.
        cells: each column, over all rows, in minor units: eight bytes each, little end first; no
            bytes where all are zero, and a tuple of ints where one needs more.
        by: whose amounts a row sums up; None if by a key of one's own.
        basis: the date from which days count.
        disputed_apart: whether disputed amounts stand in their own column.
        rates: by which amounts were converted; None if they were not.

    Raises:
        BucketsError: the cells are not as many as the rows and their columns.
        WrongTypeError, DateTypeError: a part is of another type.
    """

    as_of: date
    buckets: AgingBuckets
    keys: tuple[RowKey, ...] = attrs.field(default=(), converter=_keys)
    cells: tuple[Column, ...] = attrs.field(default=(), converter=_columns, repr=False)
    by: AgeBy | None = attrs.field(default=AgeBy.CLIENT, kw_only=True)
    basis: AgingBasis = attrs.field(default=AgingBasis.DUE_DATE, kw_only=True)
    disputed_apart: bool = attrs.field(default=False, kw_only=True)
    rates: ExchangeRates | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part, so that no sum leaves a column out."""
        require_date(self.as_of, "as_of")
        require_type(self.buckets, AgingBuckets, "buckets")
        require_type(self.by, (AgeBy, type(None)), "by")
        require_type(self.basis, AgingBasis, "basis")
        require_type(self.disputed_apart, bool, "disputed_apart")
        require_type(self.rates, (ExchangeRates, type(None)), "rates")
        rows, width = len(self.keys), self.width if self.keys else 0
        if len(self.cells) != width or not all(fits(column, rows) for column in self.cells):
            raise BucketsError(
                "the cells of a report do not fit its rows",
                expected=f"{width} columns of {rows} rows",
                got=Words(f"{len(self.cells)} columns"),
                hint="make reports with age, or with AgingReport.of_rows",
            )

    @classmethod
    def of_rows(cls, rows: Iterable[AgingRow], *, as_of: date, buckets: AgingBuckets) -> Self:
        """Return the report of rows by client; rows of one key and currency are summed.

        Raises:
            BucketsError: a row has more or fewer buckets than *buckets* says.
            WrongTypeError, DateTypeError: an argument of another type.

        Example:
            >>> item = OpenItem("17", "acme", date(2026, 5, 1), Money.of(100, "EUR"))
            >>> one = age([item], as_of=date(2026, 5, 29))
            >>> one == AgingReport.of_rows(one.rows, as_of=one.as_of, buckets=one.buckets)
            True
        """
        empty = cls(as_of, buckets)
        sums: dict[RowKey, tuple[int, ...]] = {}
        for row in tuple_of(rows, AgingRow, "rows"):
            if len(row.cells) != empty.width:
                raise BucketsError(
                    "a row has other buckets than its report",
                    expected=f"{len(buckets.labels)} amounts",
                    got=len(row.buckets),
                )
            _add(sums, (row.key, row.currency), tuple(cell.minor for cell in row.cells))
        return empty.with_sums(sums)

    @property
    def width(self) -> int:
        """How many columns a row has."""
        return len(self.columns)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in their order: current, the buckets, and four others.

        Example:
            >>> AgingReport(date(2026, 5, 31), AgingBuckets((30,))).columns
            ('current', '1-30', '31+', 'undated', 'disputed', 'retained', 'unapplied')
        """
        return column_names(self.buckets)

    @cached_property
    def rows(self) -> tuple[AgingRow, ...]:
        """One per key and currency that has anything open or unapplied.

        They go by currency code, then key; without a key first.
        """
        return tuple(_row(key, currency, minors) for (key, currency), minors in self._sums())

    @property
    def totals(self) -> tuple[AgingRow, ...]:
        """One row per currency, the sum of its keys, by currency code."""
        sums: dict[RowKey, tuple[int, ...]] = {}
        for (_, currency), minors in self._sums():
            _add(sums, (None, currency), minors)
        return self.with_sums(sums).rows

    def _sums(self) -> Iterator[tuple[RowKey, tuple[int, ...]]]:
        return zip(self.keys, unpacked(self.cells, len(self.keys)), strict=True)

    def with_sums(self, sums: dict[RowKey, tuple[int, ...]]) -> Self:
        """Return a report of the same question with other sums; they are packed here."""
        keys = sorted(sums, key=lambda at: row_order(*at))
        cells = packed((sums[key] for key in keys), self.width)
        return attrs.evolve(self, keys=tuple(keys), cells=cells)

    def converted(self, rates: ExchangeRates) -> Self:
        """Return the report in one currency: each cell converted and rounded, then summed.

        So a total is the sum of what is printed above it, which may differ by some minor units
        from the converted total. Add reports up first, and convert last.

        Args:
            rates: of each currency in the report; the report carries them, for people to see.

        Raises:
            UnknownRateError: there is no rate of a currency.
            ReportMismatchError: the report is converted already.
            WrongTypeError: not rates.

        Example:
            >>> item = OpenItem("17", "acme", date(2026, 5, 1), Money.of(100, "USD"))
            >>> report = age([item], as_of=date(2026, 5, 29))
            >>> rates = ExchangeRates("EUR", {"USD": "0.92"}, date(2026, 5, 29))
            >>> str(report.converted(rates).rows[0].balance)
            'EUR 92.00'
        """
        require_type(rates, ExchangeRates, "the rates")
        if self.rates is not None:
            raise ReportMismatchError(
                "an aging report is converted already",
                expected="the report as it was before",
                got=Words(str(self.rates)),
            )
        sums: dict[RowKey, tuple[int, ...]] = {}
        for (key, currency), minors in self._sums():
            above, below = rates.factor(currency)
            cells = tuple(rounded(minor * above, below, rates.rounding) for minor in minors)
            _add(sums, (key, rates.to), cells)
        return attrs.evolve(self.with_sums(sums), rates=rates)

    @property
    def _question(self) -> dict[str, object]:
        """All that two reports have in common that add up, in words."""
        return {
            "on": self.as_of,
            "buckets": self.buckets,
            "by": self.by or "an own key",
            "from the": self.basis,
            "disputed": "apart" if self.disputed_apart else "among the others",
            "in": self.rates or "their own currencies",
        }

    def __radd__(self, other: object) -> "AgingReport":
        """Let ``sum()`` start from its own zero."""
        return self if type(other) is int and other == 0 else NotImplemented

    def __add__(self, other: "AgingReport") -> Self:
        """Return the report of the items of both.

        The order of adding does not matter.

        Raises:
            ReportMismatchError: they do not answer one question: days, buckets or rates differ, or
                what their rows and columns are.
        """
        if not isinstance(other, AgingReport):
            return NotImplemented
        mine, theirs = self._question, other._question
        differing = [name for name in mine if mine[name] != theirs[name]]
        if differing:
            raise ReportMismatchError(
                "aging reports of different questions do not add up",
                expected=", ".join(f"{name} {mine[name]}" for name in differing),
                got=Words(", ".join(f"{name} {theirs[name]}" for name in differing)),
            )
        sums = dict(self._sums())
        for key, minors in other._sums():
            _add(sums, key, minors)
        return self.with_sums(sums)


def _add(sums: dict[RowKey, tuple[int, ...]], key: RowKey, minors: tuple[int, ...]) -> None:
    sums[key] = tuple(map(add, sums[key], minors)) if key in sums else minors


def _row(key: str | None, currency: Currency, minors: Iterable[int]) -> AgingRow:
    """Box the sums of a row."""
    amounts = tuple(Money(minor, currency) for minor in minors)
    current, *buckets = amounts[: -len(BEHIND_BUCKETS)]
    return AgingRow(key, currency, current, tuple(buckets), *amounts[-len(BEHIND_BUCKETS) :])
