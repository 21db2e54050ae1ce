"""A forecast of cash as aligned text: a line per week or month, and one per currency."""

from collections.abc import Iterator
from typing import Final

from milestone_invoicing._checks import require_type
from milestone_invoicing.display.formats import format_date, period_text
from milestone_invoicing.display.labels import label, word
from milestone_invoicing.display.money_format import format_money
from milestone_invoicing.display.tables import text_table
from milestone_invoicing.receivables import CashForecast, ForecastRow, Outside
from milestone_invoicing.timing import Period

_COLUMNS: Final = {
    "Not yet invoiced": "scheduled",
    "Invoiced": "invoiced",
    "Promised": "promised",
    "Expected": "expected",
}


def forecast_text(forecast: CashForecast, *, locale: str) -> str:
    """Return a forecast of cash as aligned text, with the sum of each currency below.

    All weeks or months have a line. What is overdue, comes after the last day or has no day has one
    where there is any.

    Args:
        forecast: the forecast.
        locale: of numbers, dates and labels.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError: not a CashForecast.

    Example:
        >>> line = Line("Audit", 1, Money.of(900, "EUR"))
        >>> invoice = Invoice("1", date(2026, 5, 4), Party("acme", "Acme"), [line])
        >>> day, until = date(2026, 5, 27), date(2026, 6, 7)
        >>> print(
        ...     forecast_text(cash_forecast([], [invoice], as_of=day, until=until), locale="en_GB")
        ... )
        27 May 2026                Not yet invoiced  Invoiced  Promised  Expected
        -------------------------  ----------------  --------  --------  --------
        overdue                               €0.00   €900.00     €0.00   €900.00
        27 May 2026 - 31 May 2026             €0.00     €0.00     €0.00     €0.00
        1 Jun 2026 - 7 Jun 2026               €0.00     €0.00     €0.00     €0.00
        -------------------------  ----------------  --------  --------  --------
        Total EUR                             €0.00   €900.00     €0.00   €900.00

    Source: convention of this library.
    """
    require_type(forecast, CashForecast, "the forecast")
    titles = (
        format_date(forecast.as_of, locale=locale),
        *(word(title, locale) for title in _COLUMNS),
    )
    return text_table(
        titles,
        list(_rows(forecast, locale)),
        totals=[
            (f"{word('Total', locale)} {row.currency}", *_cells(row, locale))
            for row in forecast.totals
        ],
    )


def _rows(forecast: CashForecast, locale: str) -> Iterator[list[str]]:
    """Yield the periods, and what is outside of them where it has an amount."""
    for row in forecast.rows:
        match row.slot:
            case Period():
                yield [period_text(row.slot, locale), *_cells(row, locale)]
            case Outside() if any(getattr(row, field) for field in _COLUMNS.values()):
                yield [label(row.slot, locale=locale), *_cells(row, locale)]
            case _:
                pass


def _cells(row: ForecastRow, locale: str) -> list[str]:
    return [format_money(getattr(row, field), locale=locale) for field in _COLUMNS.values()]
