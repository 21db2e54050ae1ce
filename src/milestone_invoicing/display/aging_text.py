"""An aging report as aligned text: one line per client and currency, and one per currency."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from milestone_invoicing._checks import require_type
from milestone_invoicing.display.formats import format_date
from milestone_invoicing.display.labels import Names, row_name, word
from milestone_invoicing.display.money_format import format_money
from milestone_invoicing.display.tables import text_table
from milestone_invoicing.money import Money
from milestone_invoicing.money.exact import fraction_text
from milestone_invoicing.receivables import AgingReport, AgingRow

# Columns that most reports have no amount in; they are shown where one has.
_SELDOM: Final[dict[str, Callable[[AgingRow], Money]]] = {
    "Undated": lambda row: row.undated,
    "Disputed": lambda row: row.disputed,
    "Retained": lambda row: row.retained,
    "Unapplied": lambda row: row.unapplied,
}


def aging_text(report: AgingReport, *, locale: str, names: Names | None = None) -> str:
    """Return an aging report as aligned text, with the sum of each currency below.

    Columns for undated, disputed and retained amounts and unapplied credits are shown where there
    are any. A converted report ends with the rates and their day.

    Args:
        report: the report.
        locale: of numbers, dates and labels.
        names: what to call the clients, or whatever the rows go by, by key; without a name the key
            is shown. Under None stands what to call what has no key, such as invoices that nobody
            looks after.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError: an argument of another type.

    Example:
        >>> item = OpenItem("17", "acme", date(2026, 5, 1), Money.of(100, "EUR"))
        >>> report = age([item], as_of=date(2026, 6, 1), buckets=AgingBuckets((30, 60)))
        >>> print(aging_text(report, locale="en", names={"acme": "Acme Ltd"}))
        Jun 1, 2026  Current   1-30    31-60    61+  Balance
        -----------  -------  -----  -------  -----  -------
        Acme Ltd       €0.00  €0.00  €100.00  €0.00  €100.00
        -----------  -------  -----  -------  -----  -------
        Total EUR      €0.00  €0.00  €100.00  €0.00  €100.00
    """
    require_type(report, AgingReport, "the report")
    require_type(names, (Mapping, type(None)), "names")
    seldom = [title for title, amount in _SELDOM.items() if any(map(amount, report.rows))]
    titles = (
        format_date(report.as_of, locale=locale),
        word("Current", locale),
        *report.buckets.labels,
        *(word(title, locale) for title in seldom),
        word("Balance", locale),
    )
    table = text_table(
        titles,
        [(row_name(row.key, names, locale), *_cells(row, seldom, locale)) for row in report.rows],
        totals=[
            (f"{word('Total', locale)} {row.currency}", *_cells(row, seldom, locale))
            for row in report.totals
        ],
    )
    return "\n".join((table, *_rates(report, locale)))


def _rates(report: AgingReport, locale: str) -> Iterator[str]:
    """Yield the day of the rates by which a report was converted, and each of them."""
    if report.rates:
        yield format_date(report.rates.on, locale=locale)
        for currency, rate in report.rates.rates:
            yield f"1 {currency} = {fraction_text(rate)} {report.rates.to}"


def _cells(row: AgingRow, seldom: Sequence[str], locale: str) -> list[str]:
    extra = (_SELDOM[title](row) for title in seldom)
    amounts = (row.current, *row.buckets, *extra, row.balance)
    return [format_money(amount, locale=locale) for amount in amounts]
