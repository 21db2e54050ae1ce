"""Figures of collection as aligned text: one line per group, currency and period."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from milestone_invoicing._checks import require_type, tuple_of
from milestone_invoicing.contract import PaymentTerms
from milestone_invoicing.display.formats import format_number, format_percent, period_text
from milestone_invoicing.display.labels import Names, row_name, word
from milestone_invoicing.display.money_format import format_money
from milestone_invoicing.display.tables import text_table
from milestone_invoicing.display.terms_text import describe
from milestone_invoicing.money import Money, Percent
from milestone_invoicing.receivables import CollectionMetrics

_AMOUNTS: Final = {
    "Billed": "billed",
    "Collected": "collected",
    "Receivables": "closing",
    "Overdue": "overdue",
}
# Most books hold nothing back; the column is shown where one does.
_SELDOM: Final = {"Retained": "retained"}
_FIGURES: Final = {
    "DSO": "days_sales_outstanding",
    "Best DSO": "best_possible_dso",
    "Count-back DSO": "count_back_dso",
    "CEI": "collection_effectiveness",
    "Days to pay": "weighted_days_to_pay",
    "Days beyond terms": "days_beyond_terms",
    "Days late": "average_days_late",
}
_NONE: Final = "-"


def metrics_text(
    metrics: Iterable[CollectionMetrics],
    *,
    locale: str,
    names: Names | None = None,
    digits: int = 1,
) -> str:
    """Return figures of collection as aligned text, a line each, in the order given.

    Figures of several periods have the period in front. A figure that would divide by nothing is
    ``-``. The opening receivables are those at the end of the period before, and the average days
    delinquent are DSO less the best possible one; they have no column.

    Args:
        metrics: what ``collection_metrics`` or ``collection_series`` returns.
        locale: of numbers, dates and labels.
        names: what to call the groups, by key; without a name the key is shown.
        digits: decimals of days, from 0 to 4,000, half up; percentages show at most two.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        NumberTypeError, NumberRangeError: *digits* is none of these.
        WrongTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> bill = Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> bill = bill.record(Payment(Money.of(400, "EUR"), on=date(2026, 5, 8)))
        >>> may = Period.through(date(2026, 5, 1), date(2026, 5, 31))
        >>> told = metrics_text(collection_metrics([bill], period=may), locale="en_GB")
        >>> for line in told.splitlines():
        ...     print(line[:74])
        1 May 2026 - 31 May 2026     Billed  Collected  Receivables  Overdue   DSO
        ------------------------  ---------  ---------  -----------  -------  ----
        Total EUR                 €1,000.00    €400.00      €600.00  €600.00  18.6

    Source: convention of this library.
    """
    found = tuple_of(metrics, CollectionMetrics, "metrics")
    require_type(names, (Mapping, type(None)), "names")
    seldom = {
        title: field
        for title, field in _SELDOM.items()
        if any(getattr(each, field) for each in found)
    }
    columns = _AMOUNTS | seldom | _FIGURES
    lines = [
        [name, *(_cell(getattr(each, field), locale, digits) for field in columns.values())]
        for name, each in zip(_names(found, names, locale), found, strict=True)
    ]
    titles = [word(title, locale) for title in columns]
    periods = [period_text(each.period, locale) for each in found]
    if len(set(periods)) == 1:
        return text_table([periods[0], *titles], lines)
    dated = [[period, *line] for period, line in zip(periods, lines, strict=True)]
    return text_table([word("Period", locale), "", *titles], dated, left=(0, 1))


def _names(found: Sequence[CollectionMetrics], names: Names | None, locale: str) -> list[str]:
    """Return what each line is called: its group, or the currency of which it is the total."""
    if all(each.key is None for each in found):
        return [f"{word('Total', locale)} {each.currency}" for each in found]
    return [_name(each, names, locale) for each in found]


def _name(found: CollectionMetrics, names: Names | None, locale: str) -> str:
    if isinstance(found.key, PaymentTerms) and found.key not in (names or {}):
        return describe(found.key, locale=locale)
    return row_name(found.key, names, locale)


def _cell(figure: Money | Percent | Fraction | None, locale: str, digits: int) -> str:
    match figure:
        case None:
            return _NONE
        case Money():
            return format_money(figure, locale=locale)
        case Percent():
            return format_percent(figure, locale=locale)
        case _:
            return format_number(figure, locale=locale, digits=digits)
