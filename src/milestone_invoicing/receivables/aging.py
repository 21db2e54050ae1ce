"""Who owes how much, and how long past due: amounts by client, currency and bucket of days."""

from collections.abc import Iterable, Iterator
from datetime import date
from operator import add
from typing import TypeAlias

import attrs

from milestone_invoicing._checks import (
    require_date,
    require_optional_date,
    require_text,
    require_type,
    tuple_of,
)
from milestone_invoicing.billing import Invoice
from milestone_invoicing.errors import (
    BucketsError,
    NumberRangeError,
    ReportMismatchError,
    Words,
    WrongTypeError,
)
from milestone_invoicing.money import Currency, Money
from milestone_invoicing.money.money import require_one_currency
from milestone_invoicing.receivables.buckets import AgingBuckets
from milestone_invoicing.receivables.settlement import due_items, settle

# Sums of minor units by client and currency, one per column; None stands for all clients.
_Cells: TypeAlias = dict[tuple[str | None, Currency], list[int]]


@attrs.frozen
class OpenItem:
    """Something that is open, from any source.

    Args:
        reference: of the source, for people.
        party: the key of the client.
        due_on: its due date; None waits for an event and stands in the undated column.
        open: what is open; a negative amount is a credit and stands in the unapplied column.
        issued_on: its date, from which it is visible; None is always visible.

    Raises:
        BlankTextError: the party is blank.
        WrongTypeError, DateTypeError: a part is of another type.

    Example:
        >>> item = OpenItem("17", "acme", date(2026, 5, 1), Money.of(100, "EUR"))
        >>> age([item], as_of=date(2026, 5, 1)).rows[0].current == item.open
        True

    Source: the open-item method of receivables ledgers.
    """

    reference: str
    party: str
    due_on: date | None
    open: Money
    issued_on: date | None = None

    def __attrs_post_init__(self) -> None:
        """Check each part."""
        require_type(self.reference, str, "the reference of an open item")
        require_text(self.party, "the party of an open item")
        require_optional_date(self.due_on, "due_on")
        require_type(self.open, Money, "the open amount")
        require_optional_date(self.issued_on, "issued_on")


def _buckets(values: Iterable[Money]) -> tuple[Money, ...]:
    return tuple_of(values, Money, "the buckets of a row")


@attrs.frozen
class AgingRow:
    """What one client owes in one currency.

    current + buckets + undated + retained + unapplied = balance.

    Attributes:
        party: the key of the client; None for all.
        currency: of all amounts.
        current: not overdue, due today included.
        buckets: overdue amounts, one per bucket.
        undated: open without a due date.
        retained: held on invoices and not released.
        unapplied: credits not applied to anything; zero or negative.

    Raises:
        CurrencyMismatchError: an amount is in another currency than the row.
        NumberRangeError: an amount has the wrong sign for its column.
        WrongTypeError, BlankTextError: a part is of another type, or the key is blank.
    """

    party: str | None
    currency: Currency
    current: Money
    buckets: tuple[Money, ...] = attrs.field(converter=_buckets)
    undated: Money
    retained: Money
    unapplied: Money

    def __attrs_post_init__(self) -> None:
        """Check that each amount is of the row's currency, and of the sign of its column."""
        if self.party is not None:
            require_text(self.party, "the party of a row")
        require_type(self.currency, Currency, "the currency of a row")
        zero = Money.zero(self.currency)
        for amount in self._cells:
            require_one_currency(zero, amount)
        owed = min(self.current, *self.buckets, self.undated, self.retained)
        if owed < zero or self.unapplied > zero:
            raise NumberRangeError(
                "an amount has the wrong sign for its column",
                expected="unapplied credits of zero or less, all others of zero or more",
                got=min(owed, -self.unapplied),
            )

    @property
    def overdue(self) -> Money:
        """The sum of the buckets."""
        return Money.total(self.buckets, currency=self.currency)

    @property
    def balance(self) -> Money:
        """The sum of all columns."""
        return Money.total(self._cells, currency=self.currency)

    @property
    def _cells(self) -> tuple[Money, ...]:
        return (self.current, *self.buckets, self.undated, self.retained, self.unapplied)


@attrs.frozen
class AgingReport:
    """What all clients owe on a day; reports of disjoint items add up with ``+``.

    Without rows it is the report of nothing, which changes no sum.

    Attributes:
        as_of: the day.
        buckets: the buckets of days overdue.
        rows: one per client and currency that has anything open or unapplied, by currency code
            and client.

    Raises:
        BucketsError: a row has more or fewer buckets than *buckets* says.
        WrongTypeError, DateTypeError: a part is of another type.
    """

    as_of: date
    buckets: AgingBuckets
    rows: tuple[AgingRow, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Check each part, so that no sum leaves a column out."""
        require_date(self.as_of, "as_of")
        require_type(self.buckets, AgingBuckets, "buckets")
        require_type(self.rows, tuple, "rows")
        for index, row in enumerate(self.rows):
            require_type(row, AgingRow, f"rows[{index}]")
            if len(row.buckets) != len(self.buckets.labels):
                raise BucketsError(
                    "a row has other buckets than its report",
                    expected=f"{len(self.buckets.labels)} amounts",
                    got=len(row.buckets),
                )

    @property
    def totals(self) -> tuple[AgingRow, ...]:
        """One row per currency, the sum of its clients, by currency code."""
        cells: _Cells = {}
        for row in self.rows:
            _accumulate(cells, (None, row.currency), row)
        return _rows(cells)

    def __radd__(self, other: object) -> "AgingReport":
        """Let ``sum()`` start from its own zero."""
        return self if type(other) is int and other == 0 else NotImplemented

    def __add__(self, other: "AgingReport") -> "AgingReport":
        """Return the report of the items of both.

        The order of adding does not matter.

        Raises:
            ReportMismatchError: the days or the buckets differ.
        """
        if not isinstance(other, AgingReport):
            return NotImplemented
        if (self.as_of, self.buckets) != (other.as_of, other.buckets):
            raise ReportMismatchError(
                "aging reports of different days or buckets do not add up",
                expected=f"{self.as_of} by {self.buckets.edges}",
                got=Words(f"{other.as_of} by {other.buckets.edges}"),
            )
        cells: _Cells = {}
        for row in (*self.rows, *other.rows):
            _accumulate(cells, (row.party, row.currency), row)
        return AgingReport(self.as_of, self.buckets, _rows(cells))


Agable: TypeAlias = Invoice | OpenItem


def age(
    items: Iterable[Agable], *, as_of: date, buckets: AgingBuckets | None = None
) -> AgingReport:
    """Return what each client owes on a day, by how long it is past due.

    Instalments are aged singly, by the due date as extended. Due today is current, the day after
    is one day overdue. Each open amount stands in exactly one column; what is retained stands in
    its own, credits and overpayments in another, negative, and currencies stay apart. Drafts, and
    what was issued after *as_of*, are left out; a payment that came before its invoice is a credit
    until then. An item given twice counts twice: nothing but the report is kept.

    Args:
        items: invoices or open items, in any order and number; read once.
        as_of: the day.
        buckets: the default is current, 1-30, 31-60, 61-90, 91+.

    Raises:
        WrongTypeError: an item is neither an Invoice nor an OpenItem, or *items* is one.
        DateTypeError: *as_of* is not a plain date.

    Example:
        >>> item = OpenItem("17", "acme", date(2026, 5, 1), Money.of(100, "EUR"))
        >>> report = age([item], as_of=date(2026, 5, 31))
        >>> [str(amount) for amount in report.rows[0].buckets]
        ['EUR 100.00', 'EUR 0.00', 'EUR 0.00', 'EUR 0.00']

    Source: the usual aged receivables report; the edges are a convention of this library.
    """
    require_date(as_of, "as_of")
    require_type(buckets, (AgingBuckets, type(None)), "buckets")
    require_type(items, Iterable, "what is to be aged")
    buckets = buckets or AgingBuckets()
    width = len(buckets.edges) + 5
    cells: _Cells = {}
    for item in items:
        for party, column, amount in _aged(item, as_of, buckets):
            row = cells.setdefault((party, amount.currency), [0] * width)
            row[column] += amount.minor
    return AgingReport(as_of, buckets, _rows(cells))


def _aged(item: Agable, as_of: date, buckets: AgingBuckets) -> Iterator[tuple[str, int, Money]]:
    """Yield the client, column and amount of each part of *item*."""
    if isinstance(item, OpenItem):
        if item.open.minor and (item.issued_on is None or item.issued_on <= as_of):
            yield item.party, _column(item.due_on, item.open, as_of, buckets), item.open
    elif isinstance(item, Invoice):
        yield from _aged_invoice(item, as_of, buckets)
    else:
        raise WrongTypeError(
            "what is to be aged is of the wrong type", expected="Invoice or OpenItem", got=item
        )


def _aged_invoice(
    invoice: Invoice, as_of: date, buckets: AgingBuckets
) -> Iterator[tuple[str, int, Money]]:
    party = invoice.buyer.key
    for part in due_items(invoice, as_of=as_of):
        if part.open:
            yield party, _column(part.due_on, part.open, as_of, buckets), part.open
        if part.retained:
            yield party, len(buckets.edges) + 3, part.retained
    unapplied = -settle(invoice, as_of).unapplied
    if unapplied.minor:
        yield party, _column(None, unapplied, as_of, buckets), unapplied


def _column(due_on: date | None, amount: Money, as_of: date, buckets: AgingBuckets) -> int:
    """Return the column of an amount: current, the buckets, undated; unapplied stands last."""
    if amount.minor < 0:
        return len(buckets.edges) + 4
    if due_on is None:
        return len(buckets.edges) + 2
    return buckets.column((as_of - due_on).days)


def _accumulate(cells: _Cells, key: tuple[str | None, Currency], row: AgingRow) -> None:
    minors = [cell.minor for cell in row._cells]  # noqa: SLF001  # of this module
    cells[key] = list(map(add, cells[key], minors)) if key in cells else minors


def _rows(cells: _Cells) -> tuple[AgingRow, ...]:
    """Box the sums, by currency code and client."""
    rows: list[AgingRow] = []
    for party, currency in sorted(cells, key=_row_order):
        current, *overdue, undated, retained, unapplied = (
            Money(minor, currency) for minor in cells[party, currency]
        )
        row = AgingRow(party, currency, current, tuple(overdue), undated, retained, unapplied)
        rows.append(row)
    return tuple(rows)


def _row_order(key: tuple[str | None, Currency]) -> tuple[str, int, str]:
    """Order rows by currency and client; own currencies may share a code, not their digits."""
    party, currency = key
    return currency.code, currency.digits, party or ""
