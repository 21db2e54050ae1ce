"""An aging report as aligned text: one line per client and currency, and one per currency."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from milestone_invoicing._checks import require_type
from milestone_invoicing.display.formats import format_date, format_money
from milestone_invoicing.display.labels import word
from milestone_invoicing.display.tables import text_table
from milestone_invoicing.money import Money
from milestone_invoicing.receivables import AgingReport, AgingRow

_T = TypeVar("_T")


def aging_text(report: AgingReport, *, locale: str, names: Mapping[str, str] | None = None) -> str:
    """Return an aging report as aligned text, with the sum of each currency below.

    The columns for undated amounts and unapplied credits are shown where there are any.

    Args:
        report: the report.
        locale: of numbers, dates and labels.
        names: what to call the clients, by key; without a name the key is shown.

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
    names = names or {}
    totals = report.totals
    shown = [bool(any(row.undated for row in totals)), any(row.unapplied for row in totals)]
    titles = (
        format_date(report.as_of, locale=locale),
        word("Current", locale),
        *report.buckets.labels,
        *_shown((word("Undated", locale), word("Unapplied", locale)), shown),
        word("Balance", locale),
    )
    return text_table(
        titles,
        [
            (names.get(row.party or "", row.party or ""), *_cells(row, shown, locale))
            for row in report.rows
        ],
        totals=[
            (f"{word('Total', locale)} {row.currency}", *_cells(row, shown, locale))
            for row in totals
        ],
    )


def _cells(row: AgingRow, shown: Sequence[bool], locale: str) -> list[str]:
    extra = _shown((row.undated, row.unapplied), shown)
    amounts: list[Money] = [row.current, *row.buckets, *extra, row.balance]
    return [format_money(amount, locale=locale) for amount in amounts]


def _shown(pair: tuple[_T, _T], shown: Sequence[bool]) -> list[_T]:
    """Return those of undated and unapplied that some client has."""
    return [value for value, show in zip(pair, shown, strict=True) if show]
