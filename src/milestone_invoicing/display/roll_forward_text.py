"""What happened to balances as aligned text: a line per client and currency, or each move."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from milestone_invoicing._checks import require_type, tuple_of
from milestone_invoicing.display.labels import Names, row_name, word
from milestone_invoicing.display.money_format import format_money
from milestone_invoicing.display.tables import text_table
from milestone_invoicing.money import Currency, Money
from milestone_invoicing.receivables import RollForwardRow

# Each column, the field it prints, and by which sign it moves the balance.
_COLUMNS: Final = {
    "Opening balance": ("opening", 1),
    "Billed": ("billed", 1),
    "Credit notes": ("credit_notes", -1),
    "Voided": ("voided", -1),
    "Received": ("received", -1),
    "Refunded": ("refunded", 1),
    "Discount": ("discount", -1),
    "Withheld": ("withheld", -1),
    "Written off": ("written_off", -1),
    "Set off": ("set_off", 1),
    "Closing balance": ("closing", 1),
}
_ALWAYS: Final = {"Opening balance", "Billed", "Received", "Closing balance"}
_PLACES: Final = {
    "billed": "Billed",
    "current": "Current",
    "reopened": "Reopened",
    "retained": "Retained",
    "settled": "Settled",
    "undated": "Undated",
    "voided": "Voided",
}


def roll_forward_text(
    rows: Iterable[RollForwardRow],
    *,
    locale: str,
    names: Names | None = None,
    moves: bool = False,
) -> str:
    """Return what happened to balances as aligned text, or where the open money went.

    Amounts have the sign by which they move the balance, so that each line adds up to its closing
    balance. Beside what was billed and received, columns are shown where there is any amount. Below
    stands the sum of each currency that has several lines. The rows do not know their days: say
    them above the table.

    Args:
        rows: what ``roll_forward`` returns.
        locale: of numbers and labels.
        names: what to call the clients, or whatever the rows go by, by key; without a name the key
            is shown.
        moves: list what moved from which column to which, instead.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice("1", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> paid = invoice.record(Payment(Money.of(400, "EUR"), on=date(2026, 6, 9)))
        >>> rows = roll_forward([paid], before=date(2026, 5, 31), after=date(2026, 6, 30))
        >>> print(roll_forward_text(rows, locale="en", names={"acme": "Acme"}))
              Opening balance  Billed  Received  Closing balance
        ----  ---------------  ------  --------  ---------------
        Acme        €1,000.00   €0.00  -€400.00          €600.00
        >>> print(roll_forward_text(rows, locale="en", names={"acme": "Acme"}, moves=True))
              From  To        Amount
        ----  ----  -------  -------
        Acme  1-30  31-60    €600.00
        Acme  1-30  Settled  €400.00

    Source: the roll-forward of receivables that auditors ask for.
    """
    found = tuple_of(rows, RollForwardRow, "rows")
    require_type(names, (Mapping, type(None)), "names")
    require_type(moves, bool, "moves")
    return _moves(found, names, locale) if moves else _balances(found, names, locale)


def _balances(rows: Sequence[RollForwardRow], names: Names | None, locale: str) -> str:
    columns = [
        column
        for title, column in _COLUMNS.items()
        if title in _ALWAYS or any(getattr(row, column[0]) for row in rows)
    ]
    titles = [title for title, column in _COLUMNS.items() if column in columns]
    lines = [
        [row_name(row.key, names, locale), *_cells(_amounts([row], columns, row.currency), locale)]
        for row in rows
    ]
    totals = [
        [
            f"{word('Total', locale)} {currency}",
            *_cells(_amounts(several, columns, currency), locale),
        ]
        for currency, several in _by_currency(rows)
        if len(several) > 1
    ]
    return text_table(["", *(word(title, locale) for title in titles)], lines, totals=totals)


def _by_currency(
    rows: Sequence[RollForwardRow],
) -> Iterator[tuple[Currency, Sequence[RollForwardRow]]]:
    for currency in dict.fromkeys(row.currency for row in rows):
        yield currency, [row for row in rows if row.currency == currency]


def _amounts(
    rows: Sequence[RollForwardRow], columns: Sequence[tuple[str, int]], currency: Currency
) -> Iterator[Money]:
    """Yield the sum of each column, with the sign by which it moves the balance."""
    for field, sign in columns:
        yield Money.total((getattr(row, field) for row in rows), currency=currency) * sign


def _cells(amounts: Iterable[Money], locale: str) -> list[str]:
    return [format_money(amount, locale=locale) for amount in amounts]


def _moves(rows: Sequence[RollForwardRow], names: Names | None, locale: str) -> str:
    lines = [
        [
            row_name(row.key, names, locale),
            _place(move.source, locale),
            _place(move.target, locale),
            format_money(move.amount, locale=locale),
        ]
        for row in rows
        for move in row.moves
    ]
    titles = ["", *(word(title, locale) for title in ("From", "To", "Amount"))]
    return text_table(titles, lines, left=(0, 1, 2))


def _place(name: str, locale: str) -> str:
    """Return what a column is called; a bucket is called by its days."""
    return word(_PLACES[name], locale) if name in _PLACES else name
