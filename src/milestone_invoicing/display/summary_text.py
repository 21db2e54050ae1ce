"""A summary of receivables as aligned text: one line per client or owner, and the totals."""

from collections.abc import Mapping, Sequence
from typing import Final

from milestone_invoicing._checks import require_type
from milestone_invoicing.display.formats import format_date, format_number
from milestone_invoicing.display.labels import word
from milestone_invoicing.display.money_format import format_money
from milestone_invoicing.display.tables import text_table
from milestone_invoicing.receivables import ReceivablesSummary, SummaryRow

_ALWAYS: Final = {
    "Overdue": "overdue",
    "This week": "due_this_week",
    "Up to 30 days": "due_in_30_days",
    "Later": "due_later",
}
# Columns that most summaries have no amount in; they are shown where one has.
_SELDOM: Final = {"Undated": "undated"}
_BESIDE: Final = {
    "Retained": "retained",
    "Unapplied": "unapplied",
    "Due next month": "due_next_month",
    "Disputed": "disputed",
    "Promised": "promised",
    "Ready to invoice": "ready",
}


def summary_text(
    summary: ReceivablesSummary,
    *,
    locale: str,
    names: Mapping[str, str] | None = None,
    by_owner: bool = False,
) -> str:
    """Return a summary as aligned text, with the sum of each currency below.

    What is open is the sum of the columns before it. Those behind it are shown where they have an
    amount.

    Args:
        summary: the summary.
        locale: of numbers, dates and labels.
        names: what to call the clients, or the owners, by key; without a name the key is shown.
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
    parts = _ALWAYS | _used(_SELDOM, rows)
    columns = [*parts.items(), ("Open", "open"), *_used(_BESIDE, rows).items()]
    titles = (
        format_date(summary.as_of, locale=locale),
        *(word(title, locale) for title, _ in columns),
        word("Overdue invoices", locale),
    )
    fields = [field for _, field in columns]
    return text_table(
        titles,
        [(_name(row, names or {}, locale), *_cells(row, fields, locale)) for row in rows],
        totals=[
            (f"{word('Total', locale)} {row.currency}", *_cells(row, fields, locale))
            for row in summary.totals
        ],
    )


def _used(columns: Mapping[str, str], rows: Sequence[SummaryRow]) -> dict[str, str]:
    """Return those of the columns in which a row has an amount."""
    return {
        title: field for title, field in columns.items() if any(getattr(row, field) for row in rows)
    }


def _name(row: SummaryRow, names: Mapping[str, str], locale: str) -> str:
    if row.key is None:
        return word("nobody", locale)
    name = names.get(row.key, row.key)
    require_type(name, str, f"the name of {row.key!r}")
    return name


def _cells(row: SummaryRow, fields: Sequence[str], locale: str) -> list[str]:
    amounts = [format_money(getattr(row, field), locale=locale) for field in fields]
    return [*amounts, format_number(row.overdue_invoices, locale=locale)]
