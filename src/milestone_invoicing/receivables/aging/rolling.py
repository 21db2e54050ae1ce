"""What happened to what was owed between two days: billed, paid, credited, moved to a bucket."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Final, TypeAlias

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_type, tuple_of
from milestone_invoicing.billing import Invoice
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.money import Currency, Money
from milestone_invoicing.money.waterfall import matched
from milestone_invoicing.receivables.aging.buckets import AgingBuckets
from milestone_invoicing.receivables.aging.layout import RETAINED, UNDATED, AgeBy, column_names
from milestone_invoicing.receivables.aging.one_pass import KeyOf, column_of, key_function
from milestone_invoicing.receivables.aging.report import AgingReport
from milestone_invoicing.receivables.payments.on_account import OnAccount
from milestone_invoicing.receivables.rows import RowKey, row_order
from milestone_invoicing.timing.order import require_stretch

_Move: TypeAlias = tuple[str, str]
_Amounts: TypeAlias = dict[str | _Move, int]

# Where open money may come from besides a column, and where it may go.
_BILLED, _REOPENED, _SETTLED, _VOIDED = "billed", "reopened", "settled", "voided"


@attrs.frozen
class BucketMove(Answer):
    """So much that was in one column is in another, or came from outside, or is gone.

    Attributes:
        source: a column of the day before; ``billed`` or ``reopened`` if it was not open then.
        target: a column of the day after; ``settled`` or ``voided`` if it is not open any more.
        amount: above zero.
    """

    source: str
    target: str
    amount: Money


@attrs.frozen
class RollForwardRow(Answer):
    """How the balance of one client, owner or project in one currency went from day to day.

    opening + billed - credit_notes - voided - received + refunded - discount - withheld
    - written_off + set_off = closing

    Attributes:
        key: of the client, or whatever the rows go by; None for what has none.
        currency: of all amounts.
        opening: the balance on the day before, credits taken off.
        billed: what invoices issued since claim.
        credit_notes: what credit notes issued since give back.
        voided: what voids took back.
        received: cash, less what bounced, recoveries and money on account included.
        refunded: cash that went back.
        discount: what early discounts took off.
        withheld: what clients paid to the state.
        written_off: what is given up, less what was recovered.
        set_off: what credit notes were applied by, less what invoices were credited by; zero where
            both are among the invoices, and in one row.
        closing: the balance on the day after.
        moves: what of the open and retained money was in which column, and is now.
    """

    key: str | None
    currency: Currency
    opening: Money
    billed: Money
    credit_notes: Money
    voided: Money
    received: Money
    refunded: Money
    discount: Money
    withheld: Money
    written_off: Money
    set_off: Money
    closing: Money
    moves: tuple[BucketMove, ...]

    def moved(self, source: str, target: str) -> Money:
        """Return how much moved from one column to another; zero if nothing did.

        Raises:
            WrongTypeError: the name of a column is no text.

        Example:
            >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
            >>> invoice = Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line])
            >>> (row,) = roll_forward([invoice], before=date(2026, 5, 1), after=date(2026, 5, 2))
            >>> str(row.moved("current", "1-30"))
            'EUR 1000.00'
        """
        require_type(source, str, "the name of a column")
        require_type(target, str, "the name of a column")
        found = (
            move.amount for move in self.moves if (move.source, move.target) == (source, target)
        )
        return Money.total(found, currency=self.currency)


def roll_forward(
    invoices: Iterable[Invoice],
    *,
    before: date,
    after: date,
    buckets: AgingBuckets | None = None,
    by: AgeBy | KeyOf = AgeBy.CLIENT,
    on_account: Iterable[OnAccount] = (),
) -> tuple[RollForwardRow, ...]:
    """Return what happened to what was owed after one day, up to another one included.

    Each unit that was open on the day before is followed to where it is on the day after: in its
    column or another one, settled or voided. What settles an invoice takes its instalments in the
    order in which money fills them. Rows go by currency code and key, where the key of an invoice
    is that of the day after; rows of two stretches that meet continue one another.

    Aging reports hold sums and cannot tell this: it takes the invoices with their facts.

    Args:
        invoices: with their facts, credit notes among them.
        before: the day of the opening balance.
        after: the day of the closing balance.
        buckets: the default is current, 1-30, 31-60, 61-90, 91+.
        by: what a row sums up, as for ``age``.
        on_account: money of clients that is not applied to anything, or was not.

    Raises:
        PeriodError: *after* is before *before*.
        DuplicateNumberError: two invoices have one number.
        WrongTypeError, BlankTextError: an argument or a key is of another type, or blank.
        DateTypeError: a day is not a plain date.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> paid = invoice.record(Payment(Money.of(400, "EUR"), on=date(2026, 6, 9)))
        >>> (row,) = roll_forward([paid], before=date(2026, 5, 31), after=date(2026, 6, 30))
        >>> str(row.opening), str(row.received), str(row.closing)
        ('EUR 1000.00', 'EUR 400.00', 'EUR 600.00')
        >>> [f"{each.source} -> {each.target}: {each.amount}" for each in row.moves]
        ['1-30 -> 31-60: EUR 600.00', '1-30 -> settled: EUR 400.00']

    Source: the roll-forward of receivables that auditors ask for; the moves are a convention of
    this library.
    """
    require_stretch(before, after, names=("before", "after"))
    require_type(buckets, (AgingBuckets, type(None)), "buckets")
    columns = buckets or AgingBuckets()
    days = AgingReport(before, columns), AgingReport(after, columns)
    key_of = key_function(by, after)
    found: dict[RowKey, _Amounts] = {}
    for invoice in books_of(invoices):
        amounts = found.setdefault((key_of(invoice), invoice.currency), {})
        _add(amounts, _balances(invoice, before, after))
        _add(amounts, _moves(invoice, days))
    for money in tuple_of(on_account, OnAccount, "on_account"):
        amounts = found.setdefault((key_of(money), money.amount.currency), {})
        _add(amounts, _came(money, before, after))
    kept = (at for at in found if any(found[at].values()))
    keys = sorted(kept, key=lambda at: row_order(*at))
    return tuple(_row(*key, found[key], _columns(columns)) for key in keys)


def _add(amounts: _Amounts, more: Mapping[str, int] | Mapping[_Move, int]) -> None:
    for name, minor in more.items():
        amounts[name] = amounts.get(name, 0) + minor


def _balances(invoice: Invoice, before: date, after: date) -> dict[str, int]:
    """Return the balances of both days in minor units, and all that lies between them."""
    first, last = invoice.reading(before), invoice.reading(after)
    claimed = last.payable - first.payable
    known = invoice.is_issued(before)
    change = {name: getattr(last, name) - getattr(first, name) for name in _SETTLING}
    return {
        **{name: change[name] for name in _SETTLING[:-2]},
        "opening": first.balance,
        "billed": max(claimed, 0) if not known else 0,
        "credit_notes": max(-claimed, 0) if not known else 0,
        "voided": -claimed if known else 0,
        "set_off": change["applied"] - change["credited"],
        "closing": last.balance,
    }


_SETTLING: Final = (
    "received",
    "refunded",
    "discount",
    "withheld",
    "written_off",
    "applied",
    "credited",
)


def _came(money: OnAccount, before: date, after: date) -> dict[str, int]:
    """Return the same of money on account; what is applied is received where it is applied."""
    first, last = (money.unapplied(as_of=day).minor for day in (before, after))
    refunded = money.refunded(as_of=after).minor - money.refunded(as_of=before).minor
    return {
        "opening": -first,
        "received": last - first + refunded,
        "refunded": refunded,
        "closing": -last,
    }


def _moves(invoice: Invoice, days: tuple[AgingReport, AgingReport]) -> dict[_Move, int]:
    """Return where what was open on the first day is on the second one.

    What settled it came off the first instalments; what bounced goes back there.
    """
    first, last = (list(_standing(invoice, report)) for report in days)
    settled = sum(minor for _, minor in first) - sum(minor for _, minor in last)
    if not invoice.is_issued(days[0].as_of):
        billed = invoice.reading(days[1].as_of).payable
        first, settled = [(_BILLED, max(billed, 0))], settled + max(billed, 0)
    gone = _VOIDED if invoice.is_void_on(days[1].as_of) else _SETTLED
    moved: dict[_Move, int] = {}
    sources = chain([(_REOPENED, max(-settled, 0))], first)
    targets = chain([(gone, max(settled, 0))], last)
    for source, target, minor in matched(sources, targets):
        moved[source, target] = moved.get((source, target), 0) + minor
    return moved


def _standing(invoice: Invoice, report: AgingReport) -> Iterator[tuple[str, int]]:
    """Yield what is open or retained, in the order in which money settles it, and its column."""
    reading, names = invoice.reading(report.as_of), report.columns
    cash, waiting, held = (
        reading.cash_by_item,
        reading.certify_by_item,
        reading.retained_by_item,
    )
    for place in reading.by_agreed_date:
        yield names[column_of(reading.due_days[place], report)], cash[place]
        yield UNDATED, waiting[place]
        yield RETAINED, held[place]


def _columns(buckets: AgingBuckets) -> Sequence[str]:
    """Return the names of all places that money may be in, as moves are ordered."""
    return (_BILLED, _REOPENED, *column_names(buckets), _SETTLED, _VOIDED)


def _row(
    key: str | None, currency: Currency, amounts: _Amounts, columns: Sequence[str]
) -> RollForwardRow:
    moves = [
        BucketMove(source, target, Money(amounts[source, target], currency))
        for source in columns
        for target in columns
        if amounts.get((source, target))
    ]
    boxed = {name: Money(amounts.get(name, 0), currency) for name in _BOXED}
    return RollForwardRow(key=key, currency=currency, moves=tuple(moves), **boxed)


_BOXED: Final = tuple(field.name for field in attrs.fields(RollForwardRow))[2:-1]
