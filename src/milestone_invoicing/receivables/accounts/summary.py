"""What a dashboard shows of receivables on a day: what is owed, late and next, and by whom."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from operator import add
from typing import Final

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date, require_text, require_type, tuple_of
from milestone_invoicing.billing import Invoice
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.billing.history.reading import Reading
from milestone_invoicing.money import Currency, Money
from milestone_invoicing.money.money import boxed
from milestone_invoicing.receivables.collection import running_promise
from milestone_invoicing.receivables.ownership import owner_in
from milestone_invoicing.receivables.payments.on_account import OnAccount
from milestone_invoicing.receivables.rows import row_order
from milestone_invoicing.receivables.worklists import ReadyMilestone
from milestone_invoicing.timing import Period
from milestone_invoicing.timing.months import add_days, day_of_month, end_of_week

_SOON: Final = 30


@attrs.frozen
class SummaryRow(Answer):
    """What one client owes in one currency, or all that one owner looks after; with tax.

    open = overdue + due this week + due in 30 days + due later + undated. All other amounts are no
    parts of that sum: they are other money, or the same money cut in another way.

    Attributes:
        key: of the client, or the owner; None for the sum of all, or for what nobody looks after.
        currency: of all amounts.
        invoices: how many have anything outstanding.
        overdue_invoices: how many of them have anything overdue.
        overdue: due before the day.
        due_this_week: due on the day or later, up to the Sunday of its week.
        due_in_30_days: due after that Sunday, up to 30 days after the day.
        due_later: due after that.
        undated: open without a due date, such as what only lacks the certificate of a withheld tax.
        retained: held and not released; not open.
        unapplied: overpaid, credited or on account, and set against nothing; for the client.
        due_next_month: due in the calendar month after that of the day.
        disputed: what of the open amounts is disputed.
        promised: what of the cash is promised by a promise that is not broken.
        ready: what may be invoiced, without tax, as far as it was given.
    """

    key: str | None
    currency: Currency
    invoices: int
    overdue_invoices: int
    overdue: Money
    due_this_week: Money
    due_in_30_days: Money
    due_later: Money
    undated: Money
    retained: Money
    unapplied: Money
    due_next_month: Money
    disputed: Money
    promised: Money
    ready: Money

    @property
    def open(self) -> Money:
        """What may be collected by the terms, disputed amounts included."""
        dated = self.overdue + self.due_this_week + self.due_in_30_days + self.due_later
        return dated + self.undated

    @property
    def outstanding(self) -> Money:
        """What is open or retained."""
        return self.open + self.retained

    @property
    def balance(self) -> Money:
        """What is outstanding, less what is unapplied."""
        return self.outstanding - self.unapplied


# The columns of a row, whose first two fields say whose it is.
_SUMS: Final = tuple(field.name for field in attrs.fields(SummaryRow))[2:]
_NOTHING: Final = (0,) * len(_SUMS)
_INVOICES, _LATE, _OVERDUE, _THIS_WEEK, _SOON_DUE, _LATER, _UNDATED, *_OTHERS = range(len(_SUMS))
_RETAINED, _UNAPPLIED, _NEXT_MONTH, _DISPUTED, _PROMISED, _READY = _OTHERS


@attrs.frozen
class ReceivablesSummary(Answer):
    """What all clients owe on a day.

    Attributes:
        as_of: the day.
        week: from the day to the Sunday of its week, which may be the day itself.
        soon: the days after it, up to 30 days after the day.
        next_month: the calendar month after that of the day.
        totals: one row per currency, the sum of its clients and the sum of its owners.
        clients: one row per client and currency with any figure, by currency code and key.
        owners: one row per owner and currency, nobody first.
    """

    as_of: date
    week: Period
    soon: Period
    next_month: Period
    totals: tuple[SummaryRow, ...]
    clients: tuple[SummaryRow, ...]
    owners: tuple[SummaryRow, ...]


def receivables_summary(
    invoices: Iterable[Invoice],
    *,
    as_of: date,
    on_account: Iterable[OnAccount] = (),
    ready: Mapping[str, Iterable[ReadyMilestone]] | None = None,
) -> ReceivablesSummary:
    """Return what is owed, late and due next on a day: in all, by client and by owner.

    Instalments count by their due date as extended; due today is due this week, the day after it is
    overdue. Weeks end on Sunday: asked on a Sunday, that day alone is left of the week. Each client
    and each owner has a row in each currency; what nobody looks after has a row of its own. Drafts,
    voids and what is dated later are left out.

    Args:
        invoices: in any order.
        as_of: the day.
        on_account: money not applied, or not all of it; nobody looks after it.
        ready: what may be invoiced, as ``ready_to_invoice`` says, by the key of the client; nobody
            looks after it.

    Raises:
        DuplicateNumberError: two invoices have one number.
        DateRangeError: *as_of* lies so late that the next month has no end.
        WrongTypeError, BlankTextError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice(
        ...     "1", date(2026, 5, 1), Party("acme", "Acme"), [line], terms=PaymentTerms.net(30)
        ... )
        >>> for day in (date(2026, 5, 28), date(2026, 6, 1)):
        ...     (row,) = receivables_summary([invoice], as_of=day).totals
        ...     print(row.outstanding, row.overdue, row.due_this_week)
        EUR 1000.00 EUR 0.00 EUR 1000.00
        EUR 1000.00 EUR 1000.00 EUR 0.00

    Source: convention of this library; weeks end on Sunday by ISO 8601.
    """
    require_date(as_of, "as_of")
    days = _Days.of(as_of)
    found = _Cells()
    for invoice in books_of(invoices):
        reading = invoice.reading(as_of)
        owner = owner_in(invoice, reading)
        _add(found.of(invoice.buyer.key, owner, reading.currency), reading, days)
    for money in tuple_of(on_account, OnAccount, "the money on account"):
        sums = found.of(money.party, None, money.amount.currency)
        sums[_UNAPPLIED] += money.unapplied(as_of=as_of).minor
    for party, milestone in _ready({} if ready is None else ready):
        found.of(party, None, milestone.amount.currency)[_READY] += milestone.amount.minor
    return ReceivablesSummary(
        as_of=as_of,
        week=days.week,
        soon=days.soon,
        next_month=days.next_month,
        totals=found.rows(None),
        clients=found.rows("client"),
        owners=found.rows("owner"),
    )


@attrs.frozen
class _Days:
    """The day asked about, and the stretches after it that have a column.

    There are few due dates, so the columns of each are remembered in ``columns``.
    """

    as_of: date
    week: Period
    soon: Period
    next_month: Period
    columns: dict[date | None, tuple[int, ...]] = attrs.field(
        factory=dict[date | None, tuple[int, ...]]
    )

    @classmethod
    def of(cls, as_of: date) -> "_Days":
        sunday = end_of_week(as_of)
        return cls(
            as_of,
            Period.through(as_of, sunday),
            Period(add_days(sunday, 1), add_days(as_of, _SOON + 1)),
            Period(day_of_month(as_of, 1, 1), day_of_month(as_of, 1, 2)),
        )

    def columns_of(self, due_on: date | None) -> Iterator[int]:
        """Yield the columns of what is due on a day."""
        if due_on is None:
            yield _UNDATED
            return
        late, this_week = due_on < self.as_of, due_on in self.week
        later = _SOON_DUE if due_on in self.soon else _LATER
        yield _OVERDUE if late else _THIS_WEEK if this_week else later
        if due_on in self.next_month:
            yield _NEXT_MONTH


class _Cells(dict[tuple[str, str | None, Currency], list[int]]):
    """The sums by client, owner and currency, while they are added up; stays in this module."""

    def of(self, party: str, owner: str | None, currency: Currency) -> list[int]:
        """Return the sums of one client, owner and currency, which may be new."""
        key = (party, owner, currency)
        return self.get(key) or self.setdefault(key, [0] * len(_SUMS))

    def rows(self, by: str | None) -> tuple[SummaryRow, ...]:
        """Return one row per currency and client, or owner, or per currency alone."""
        sums: dict[tuple[str | None, Currency], list[int]] = {}
        for (party, owner, currency), cells in self.items():
            at = ({"client": party, "owner": owner}.get(str(by)), currency)
            sums[at] = [*map(add, sums.get(at, _NOTHING), cells)]
        kept = [at for at, cells in sums.items() if any(cells)]
        return tuple(_row(*at, sums[at]) for at in sorted(kept, key=lambda at: row_order(*at)))


def _row(key: str | None, currency: Currency, sums: Sequence[int]) -> SummaryRow:
    invoices, late, *minors = sums
    return SummaryRow(key, currency, invoices, late, *boxed(minors, currency))


def _add(sums: list[int], reading: Reading, days: _Days) -> None:
    """Add the figures of one invoice.

    What came for a bill that is not issued yet is the client's until then.
    """
    overdue = sums[_OVERDUE]
    for due_on, minor in zip(reading.due_days, reading.cash_by_item, strict=True):
        if minor:
            if due_on not in days.columns:
                days.columns[due_on] = tuple(days.columns_of(due_on))
            for column in days.columns[due_on]:
                sums[column] += minor
    sums[_INVOICES] += reading.outstanding > 0
    sums[_LATE] += sums[_OVERDUE] > overdue
    sums[_UNDATED] += reading.to_certify
    sums[_RETAINED] += reading.retained
    sums[_UNAPPLIED] += reading.unapplied
    sums[_DISPUTED] += reading.disputed
    promise = running_promise(reading)
    if promise is not None:
        sums[_PROMISED] += min(promise.left.minor, reading.to_come)


def _ready(
    ready: Mapping[str, Iterable[ReadyMilestone]],
) -> Iterator[tuple[str, ReadyMilestone]]:
    """Yield the key of the client and each milestone that is ready."""
    require_type(ready, Mapping, "what is ready")
    for party, milestones in ready.items():
        require_text(party, "the key of a client")
        for each in tuple_of(milestones, ReadyMilestone, "what is ready"):
            yield party, each
