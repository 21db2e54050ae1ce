"""Ages invoices and open items in one pass; only the sums are kept."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

import attrs

from milestone_invoicing._checks import (
    is_a,
    items_of,
    require_date,
    require_text,
    require_type,
    tuple_of,
)
from milestone_invoicing.billing import Invoice
from milestone_invoicing.billing.history.reading import Reading
from milestone_invoicing.errors import WrongTypeError
from milestone_invoicing.money import Currency
from milestone_invoicing.receivables.aging.buckets import AgingBuckets, buckets_or_usual
from milestone_invoicing.receivables.aging.cells import packed
from milestone_invoicing.receivables.aging.layout import (
    BEHIND_BUCKETS,
    DISPUTED,
    RETAINED,
    UNAPPLIED,
    UNDATED,
    AgeBy,
    AgingBasis,
)
from milestone_invoicing.receivables.aging.open_items import OpenItem
from milestone_invoicing.receivables.aging.report import AgingReport
from milestone_invoicing.receivables.aging.sums import NOT_YET, RunningSums
from milestone_invoicing.receivables.ownership import owner_of
from milestone_invoicing.receivables.payments.on_account import OnAccount
from milestone_invoicing.receivables.rows import RowKey

OwedItem: TypeAlias = Invoice | OpenItem
AgedItem: TypeAlias = Invoice | OpenItem | OnAccount
_Columns: TypeAlias = dict[date | str | None, int]
KeyOf: TypeAlias = Callable[[AgedItem], str | None]


def age(
    items: Iterable[OwedItem],
    *,
    as_of: date,
    buckets: AgingBuckets | None = None,
    by: AgeBy | KeyOf = AgeBy.CLIENT,
    basis: AgingBasis = AgingBasis.DUE_DATE,
    disputed_apart: bool = False,
    on_account: Iterable[OnAccount] = (),
) -> AgingReport:
    """Return what each client owes on a day, by how long it is past due.

    Instalments are aged singly, by the due date as extended. Due today is current, the day after
    is one day overdue. Each open amount stands in exactly one column; what is retained stands in
    its own, credits, overpayments and money on account in another, negative, and currencies stay
    apart. What only lacks the certificate of a withheld tax is open, but no cash that could be
    late: it is undated, and taken from what is due last. Drafts, and what was issued after *as_of*,
    are left out; a payment that came before its invoice is a credit until then. An item given twice
    counts twice: nothing but the report is kept.

    Args:
        items: invoices or open items, in any order and number; read once.
        as_of: the day.
        buckets: the default is current, 1-30, 31-60, 61-90, 91+.
        by: what a row sums up, or a function from an item to the key of its row, which may be None.
        basis: the date from which days count.
        disputed_apart: whether what is disputed stands in its own column, by whatever date. What
            is disputed of an invoice is then taken from the instalments due last, and from what
            waits for its certificate only beyond the cash.
        on_account: money of clients that is not applied to anything.

    Raises:
        WrongTypeError: an item is neither an Invoice nor an OpenItem, *items* is one, or an
            argument or a key is of another type.
        BlankTextError: a key is blank.
        DateTypeError: *as_of* is not a plain date.

    Example:
        >>> item = OpenItem("17", "acme", date(2026, 5, 1), Money.of(100, "EUR"))
        >>> report = age([item], as_of=date(2026, 5, 31))
        >>> [str(amount) for amount in report.rows[0].buckets]
        ['EUR 100.00', 'EUR 0.00', 'EUR 0.00', 'EUR 0.00']

    Source: the usual aged receivables report; the edges are a convention of this library.
    """
    require_date(as_of, "as_of")
    require_type(items, Iterable, "what is to be aged")
    items = items_of(items, "what is to be aged", but=(str, bytes, dict), expected="Iterable")
    key_of = key_function(by, as_of)
    empty = AgingReport(
        as_of,
        buckets_or_usual(buckets),
        by=by if isinstance(by, AgeBy) else None,
        basis=basis,
        disputed_apart=disputed_apart,
    )
    sums = RunningSums(empty.width)
    _add_items(items, sums, empty, key_of)
    for money in tuple_of(on_account, OnAccount, "on_account"):
        left = money.unapplied(as_of=as_of)
        if left:
            sums.add(key_of(money), left.currency, empty.columns.index(UNAPPLIED), -left.minor)
    return _reported(empty, sums)


def _add_items(  # noqa: C901, PLR0912, PLR0915  # one loop, since each call in it takes a tenth more time
    items: Iterable[OwedItem], sums: RunningSums, empty: AgingReport, key_of: KeyOf
) -> None:
    """Add each item to its cells.

    This loop is most of the time that aging takes: for open items it is written out, and columns
    are remembered by their date, of which there are few.
    """
    as_of, apart, by_due = empty.as_of, empty.disputed_apart, empty.basis is AgingBasis.DUE_DATE
    by_client = empty.by is AgeBy.CLIENT
    undated, disputed, retained, unapplied = map(empty.columns.index, BEHIND_BUCKETS)
    columns: _Columns = {
        None: undated,
        DISPUTED: disputed,
        RETAINED: retained,
        UNAPPLIED: unapplied,
    }
    rows, offsets, add = sums.rows, sums.offsets, sums.add
    for item in items:
        if type(item) is OpenItem or is_a(item, OpenItem):
            issued_on, amount = item.issued_on, item.open
            minor = amount.minor
            if issued_on is not None and issued_on > as_of:
                continue
            if minor <= 0:
                if not minor:
                    continue
                column = unapplied
            elif item.retained:
                column = retained
            elif apart and item.disputed:
                column = disputed
            else:
                day = item.due_on if by_due else issued_on
                try:
                    column = columns[day]
                except KeyError:
                    column = columns[day] = column_of(day, empty)
            key = item.party if by_client else key_of(item)
            try:
                rows[key][offsets[id(amount.currency)] + column] += minor
            except NOT_YET:
                add(key, amount.currency, column, minor)
        elif is_a(item, Invoice):
            key = item.buyer.key if by_client else key_of(item)
            _add_invoice(item.reading(as_of), key, sums, empty, columns)
        else:
            raise WrongTypeError(
                "what is to be aged is of the wrong type", expected="Invoice or OpenItem", got=item
            )


def _add_invoice(
    reading: Reading, key: str | None, sums: RunningSums, empty: AgingReport, columns: _Columns
) -> None:
    """Add what stands of an invoice on the day."""
    disputed = reading.disputed if empty.disputed_apart else 0
    for day, minor in _dated(reading, empty.basis, disputed):
        if minor:
            if day not in columns:
                columns[day] = column_of(day, empty)
            sums.add(key, reading.currency, columns[day], minor)
    others = ((DISPUTED, disputed), (RETAINED, reading.retained), (UNAPPLIED, -reading.unapplied))
    for name, minor in others:
        if minor:
            sums.add(key, reading.currency, columns[name], minor)


def _dated(reading: Reading, basis: AgingBasis, disputed: int) -> Iterable[tuple[date | None, int]]:
    """Return what is open and not disputed apart, and since when it is aged.

    What only lacks the certificate of a withheld tax has no due date.
    """
    if basis is AgingBasis.ISSUE_DATE:
        issued_on = reading.issued.issued_on if reading.issued else None
        return ((issued_on, reading.open - disputed),)
    cash = reading.undisputed_by_item if disputed else reading.cash_by_item
    dated = zip(reading.due_days, cash, strict=True)
    if not reading.to_certify:
        return dated
    uncertified = reading.undisputed_to_certify if disputed else reading.to_certify
    return (*dated, (None, uncertified))


def column_of(day: date | None, empty: AgingReport) -> int:
    """Return the column of what is open by a due date, or from an issue date."""
    if day is None:
        return empty.columns.index(UNDATED)
    return empty.buckets.column((empty.as_of - day).days)


def key_function(by: AgeBy | KeyOf, as_of: date) -> KeyOf:
    """Return the function from an item to the key of its row, as of a day.

    Raises:
        WrongTypeError: neither a key of ours nor a function.
    """
    if not isinstance(by, AgeBy) and not callable(by):
        raise WrongTypeError(
            "by is of the wrong type",
            expected="AgeBy or a function",
            got=by,
            hint="write by=AgeBy.OWNER, or a function from an invoice to a text",
        )
    match by:
        case AgeBy.CLIENT:
            return _client
        case AgeBy.OWNER:
            return lambda item: _owner(item, as_of)
        case AgeBy.PROJECT:
            return lambda item: None if isinstance(item, OnAccount) else item.project
        case AgeBy.CURRENCY:
            return lambda item: _currency(item).code
        case _:
            return lambda item: _checked(by(item))


def _client(item: AgedItem) -> str:
    return item.buyer.key if isinstance(item, Invoice) else item.party


def _owner(item: AgedItem, as_of: date) -> str | None:
    if isinstance(item, Invoice):
        return owner_of(item, as_of=as_of)
    return item.owner if isinstance(item, OpenItem) else None


def _currency(item: AgedItem) -> Currency:
    if isinstance(item, Invoice):
        return item.currency
    return item.open.currency if isinstance(item, OpenItem) else item.amount.currency


def _checked(key: object) -> str | None:
    """Return the key of a row that somebody's own function gave, if it is one."""
    if key is None:
        return None
    require_type(key, str, "the key of a row")
    require_text(key, "the key of a row")
    return str(key)


def _reported(empty: AgingReport, sums: RunningSums) -> AgingReport:
    """Return the report of these sums, by currency and key."""
    keys: list[RowKey] = []

    def parts() -> Iterator[Sequence[int]]:
        for key, part in sums.in_order():
            keys.append(key)
            yield part

    cells = packed(parts(), empty.width)
    return attrs.evolve(empty, keys=keys, cells=cells)
