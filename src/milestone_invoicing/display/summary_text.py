"""A summary of receivables as aligned text: one line per client or owner, and the totals."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from milestone_invoicing._checks import require_type
from milestone_invoicing.display.formats import format_date, format_number
from milestone_invoicing.display.labels import Names, row_name, word
from milestone_invoicing.display.money_format import format_money
from milestone_invoicing.display.tables import text_table
from milestone_invoicing.money import Money
from milestone_invoicing.receivables import ReceivablesSummary, SummaryRow

_Columns: TypeAlias = Mapping[str, Callable[[SummaryRow], Money]]

_ALWAYS: Final[_Columns] = {
    "Overdue": lambda row: row.overdue,
    "This week": lambda row: row.due_this_week,
    "Up to 30 days": lambda row: row.due_in_30_days,
    "Later": lambda row: row.due_later,
}
# Columns that most summaries have no amount in; they are shown where one has.
_SELDOM: Final[_Columns] = {"Undated": lambda row: row.undated}
_OPEN: Final[_Columns] = {"Open": lambda row: row.open}
_HELD: Final[_Columns] = {"Retained": lambda row: row.retained}
_CREDIT: Final[_Columns] = {"Unapplied": lambda row: -row.unapplied}
_BALANCE: Final[_Columns] = {"Balance": lambda row: row.balance}
_BESIDE: Final[_Columns] = {
    "Due next month": lambda row: row.due_next_month,
    "Disputed": lambda row: row.disputed,
    "Promised": lambda row: row.promised,
    "Ready to invoice": lambda row: row.ready,
}


def summary_text(
    summary: ReceivablesSummary,
    *,
    locale: str,
    names: Names | None = None,
    by_owner: bool = False,
) -> str:
    """Return a summary as aligned text, with the sum of each currency below.

    What is open is the sum of the columns before it. Those behind it are shown where they have an
    amount; unapplied money is negative, and open, retained and unapplied then sum to the balance.

    Args:
        summary: the summary.
        locale: of numbers, dates and labels.
        names: what to call the clients, or the owners, by key; without a name the key is shown.
            Under None stands what to call what nobody looks after.
        by_owner: show owners instead of clients.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> summary = receivables_summary([invoice], as_of=date(2026, 5, 1))
        >>> print(summary_text(summary, locale="en", names={"acme": "Acme"}))
        May 1, 2026  Overdue  This week  Up to 30 days  Later       Open  Overdue invoices
        -----------  -------  ---------  -------------  -----  ---------  ----------------
        Acme           €0.00  €1,000.00          €0.00  €0.00  €1,000.00                 0
        -----------  -------  ---------  -------------  -----  ---------  ----------------
        Total EUR      €0.00  €1,000.00          €0.00  €0.00  €1,000.00                 0
    """
    require_type(summary, ReceivablesSummary, "the summary")
    require_type(names, (Mapping, type(None)), "names")
    require_type(by_owner, bool, "by_owner")
    rows = summary.owners if by_owner else summary.clients
    columns = _columns(rows)
    titles = (
        format_date(summary.as_of, locale=locale),
        *(word(title, locale) for title in columns),
        word("Overdue invoices", locale),
    )
    return text_table(
        titles,
        [(row_name(row.key, names, locale), *_cells(row, columns, locale)) for row in rows],
        totals=[
            (f"{word('Total', locale)} {row.currency}", *_cells(row, columns, locale))
            for row in summary.totals
        ],
    )


def _columns(rows: Sequence[SummaryRow]) -> _Columns:
    """Return the columns that are shown, by title: the sum of what is open, and what is beside."""
    credit = _used(_CREDIT, rows)
    balance = _BALANCE if credit else {}
    dated = {**_ALWAYS, **_used(_SELDOM, rows), **_OPEN}
    return {**dated, **_used(_HELD, rows), **credit, **balance, **_used(_BESIDE, rows)}


def _used(columns: _Columns, rows: Sequence[SummaryRow]) -> _Columns:
    """Return those of the columns in which a row has an amount."""
    return {title: amount for title, amount in columns.items() if any(map(amount, rows))}


def _cells(row: SummaryRow, columns: _Columns, locale: str) -> list[str]:
    amounts = [format_money(amount(row), locale=locale) for amount in columns.values()]
    return [*amounts, format_number(row.overdue_invoices, locale=locale)]
