"""Who owes how much, and how long past due: amounts by client, currency and bucket of days."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from operator import add
from typing import TypeAlias

import attrs

from milestone_invoicing._checks import (
    require_date,
    require_int,
    require_optional_date,
    require_text,
    require_type,
    tuple_of,
)
from milestone_invoicing.billing import Invoice
from milestone_invoicing.errors import BucketsError, ReportMismatchError, WrongTypeError
from milestone_invoicing.money import Currency, Money
from milestone_invoicing.receivables.settlement import due_items, settle

# Sums of minor units by client and currency, one per column; None stands for all clients.
_Cells: TypeAlias = dict[tuple[str | None, Currency], list[int]]


def _edges(values: Iterable[int]) -> tuple[int, ...]:
    return tuple_of(values, int, "edges")


@attrs.frozen
class AgingBuckets:
    """The buckets of days overdue: current, then up to and with each edge, then beyond.

    Args:
        edges: the last day of each bucket, rising; (30, 60, 90) gives current, 1-30, 31-60,
            61-90 and 91+. Due today (zero days overdue) is current.

    Raises:
        BucketsError: no edges, or edges that do not rise from one or more.
        NumberTypeError: an edge is not an int.

    Example:
        >>> AgingBuckets().labels
        ('1-30', '31-60', '61-90', '91+')

    Source: the usual columns of an aged receivables report.
    """

    edges: tuple[int, ...] = attrs.field(default=(30, 60, 90), converter=_edges)

    def __attrs_post_init__(self) -> None:
        """Check that the edges rise."""
        for edge in self.edges:
            require_int(edge, "an edge of a bucket")
        if not self.edges or any(
            a >= b for a, b in zip((0, *self.edges), self.edges, strict=False)
        ):
            raise BucketsError(
                "bucket edges do not rise", expected="days such as (30, 60, 90)", got=self.edges
            )

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the overdue buckets, in days."""
        starts = (1, *(edge + 1 for edge in self.edges))
        closed = [f"{a}-{b}" for a, b in zip(starts, self.edges, strict=False)]
        return (*closed, f"{starts[-1]}+")

    def column(self, days_overdue: int) -> int:
        """Return 0 for current, 1 for the first bucket, and so on."""
        return 0 if days_overdue <= 0 else 1 + bisect_left(self.edges, days_overdue)


@attrs.frozen
class OpenItem:
    """Something that is open, from any source.

    Args:
        reference: of the source, for people.
        party: the key of the client.
        due_on: its due date; None waits for an event and stands in the undated column.
        open: what is open; a negative amount is a credit and stands in the unapplied column.
        issued_on: its date; after the day asked about it is invisible.

    Raises:
        BlankTextError: the party is blank.
        WrongTypeError, DateTypeError: a part is of another type.
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


@attrs.frozen
class AgingRow:
    """What one client owes in one currency.

    current + buckets + undated + unapplied = balance.

    Attributes:
        party: the key of the client; None for all.
        currency: of all amounts.
        current: not overdue, due today included.
        buckets: overdue amounts, one per bucket.
        undated: open without a due date.
        unapplied: credits not applied to anything; zero or negative.
    """

    party: str | None
    currency: Currency
    current: Money
    buckets: tuple[Money, ...]
    undated: Money
    unapplied: Money

    @property
    def overdue(self) -> Money:
        """The sum of the buckets."""
        return Money.total(self.buckets, currency=self.currency)

    @property
    def balance(self) -> Money:
        """The sum of all columns."""
        return self.current + self.overdue + self.undated + self.unapplied

    @property
    def _cells(self) -> tuple[Money, ...]:
        return (self.current, *self.buckets, self.undated, self.unapplied)


@attrs.frozen
class AgingReport:
    """What all clients owe on a day; reports of disjoint items add up with ``+``.

    Attributes:
        as_of: the day.
        buckets: the buckets of days overdue.
        rows: one per client and currency that has an item, by currency code and client.
    """

    as_of: date
    buckets: AgingBuckets
    rows: tuple[AgingRow, ...] = ()

    @property
    def totals(self) -> tuple[AgingRow, ...]:
        """One row per currency, the sum of its clients, by currency code."""
        cells: _Cells = {}
        for row in self.rows:
            _accumulate(cells, (None, row.currency), row)
        return _rows(cells)

    def __add__(self, other: "AgingReport") -> "AgingReport":
        """Return the report of the items of both.

        Raises:
            ReportMismatchError: the days or the buckets differ.
        """
        if not isinstance(other, AgingReport):
            return NotImplemented
        if (self.as_of, self.buckets) != (other.as_of, other.buckets):
            raise ReportMismatchError(
                "aging reports of different days or buckets do not add up",
                expected=f"{self.as_of} by {self.buckets.edges}",
                got=f"{other.as_of} by {other.buckets.edges}",
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
    is one day overdue. Each open amount stands in exactly one column; credits and overpayments
    stand in their own, negative, and currencies stay apart. Drafts, and what was issued after
    *as_of*, are left out.

    Args:
        items: invoices or open items, in any order and number; read once.
        as_of: the day.
        buckets: the default is current, 1-30, 31-60, 61-90, 91+.

    Raises:
        WrongTypeError: an item is neither an Invoice nor an OpenItem.
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
    buckets = buckets or AgingBuckets()
    width = len(buckets.edges) + 4
    cells: _Cells = {}
    for item in items:
        for party, column, amount in _aged(item, as_of, buckets):
            row = cells.setdefault((party, amount.currency), [0] * width)
            row[column] += amount.minor
    return AgingReport(as_of, buckets, _rows(cells))


def _aged(item: Agable, as_of: date, buckets: AgingBuckets) -> Iterator[tuple[str, int, Money]]:
    """Yield the client, column and amount of each part of *item*."""
    if isinstance(item, OpenItem):
        if item.issued_on is None or item.issued_on <= as_of:
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
        if part.open.minor:
            yield party, _column(part.due_on, part.open, as_of, buckets), part.open
    unapplied = -settle(invoice, as_of).unapplied
    if unapplied.minor:
        yield party, _column(None, unapplied, as_of, buckets), unapplied


def _column(due_on: date | None, amount: Money, as_of: date, buckets: AgingBuckets) -> int:
    """Return the column of an amount: current, the buckets, undated, unapplied."""
    if amount.minor < 0:
        return len(buckets.edges) + 3
    if due_on is None:
        return len(buckets.edges) + 2
    return buckets.column((as_of - due_on).days)


def _accumulate(
    cells: _Cells,
    key: tuple[str | None, Currency],
    row: AgingRow,
) -> None:
    minors = [cell.minor for cell in row._cells]  # noqa: SLF001  # of this module
    cells[key] = list(map(add, cells[key], minors)) if key in cells else minors


def _rows(cells: _Cells) -> tuple[AgingRow, ...]:
    """Box the sums, by currency code and client."""
    rows: list[AgingRow] = []
    for party, currency in sorted(cells, key=lambda key: (key[1].code, key[0] or "")):
        current, *overdue, undated, unapplied = (
            Money(minor, currency) for minor in cells[party, currency]
        )
        rows.append(AgingRow(party, currency, current, tuple(overdue), undated, unapplied))
    return tuple(rows)
