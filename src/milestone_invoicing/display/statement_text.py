"""The statement of a client as aligned text: movements between balances, or what is open, aged."""

from collections.abc import Iterator

from milestone_invoicing._checks import require_text, require_type
from milestone_invoicing.billing import Payment
from milestone_invoicing.display.aging_text import aging_text
from milestone_invoicing.display.formats import format_date, format_number
from milestone_invoicing.display.labels import label, word
from milestone_invoicing.display.money_format import format_money
from milestone_invoicing.display.tables import one_line, text_table
from milestone_invoicing.receivables import (
    Movement,
    MovementKind,
    OpenItem,
    Statement,
    StatementAccount,
)


def statement_text(
    statement: Statement, *, locale: str, name: str | None = None, open_items: bool = False
) -> str:
    """Return a statement as aligned text: balance forward, or what is open on its last day.

    A movement inside the account moves no balance; what it set against the invoice stands in
    brackets. Retained money is shown where there is any; it is part of the balance.

    Args:
        statement: the statement.
        locale: of numbers, dates and labels.
        name: what to call the client; without it, the key is shown.
        open_items: list what is open, with the days overdue and the aging, instead of movements.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        BlankTextError: the name is blank.
        WrongTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice("2026-01", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> paid = invoice.record(Payment(Money.of(400, "EUR"), on=date(2026, 5, 9)))
        >>> told = statement("acme", [paid], since=date(2026, 5, 4), until=date(2026, 5, 31))
        >>> print(statement_text(told, locale="en", name="Acme"))
        Statement Acme
        <BLANKLINE>
        Date          Movement         Number   Reference    Amount    Balance
        ------------  ---------------  -------  ---------  --------  ---------
        May 4, 2026   Opening balance                                €1,000.00
        May 9, 2026   payment          2026-01             -€400.00    €600.00
        ------------  ---------------  -------  ---------  --------  ---------
        May 31, 2026  Closing balance                                  €600.00
    """
    require_type(statement, Statement, "the statement")
    require_type(name, (str, type(None)), "the name of the client")
    if name is not None:
        require_text(name, "the name of the client")
    called = statement.party if name is None else name
    require_type(open_items, bool, "open_items")
    title = f"{word('Statement', locale)} {one_line(called)}"
    form = _open_items if open_items else _movements
    parts = [title, *(form(statement, account, locale) for account in statement.accounts)]
    if open_items and statement.aging.rows:
        names = {statement.party: called}
        parts.append(aging_text(statement.aging, locale=locale, names=names))
    return "\n\n".join(parts)


def _movements(statement: Statement, account: StatementAccount, locale: str) -> str:
    titles = ("Date", "Movement", "Number", "Reference", "Amount", "Balance")
    opening = (
        format_date(statement.since, locale=locale),
        word("Opening balance", locale),
        *("", "", ""),
        format_money(account.opening, locale=locale),
    )
    return text_table(
        [word(title, locale) for title in titles],
        [opening, *(_row(each, locale) for each in account.movements)],
        totals=tuple(_closing(statement, account, locale)),
        left=(0, 1, 2, 3),
    )


def _row(movement: Movement, locale: str) -> tuple[str, ...]:
    kind = label(movement.kind, locale=locale)
    if movement.applied:
        kind += f" ({format_money(movement.applied, locale=locale)})"
    return (
        format_date(movement.on, locale=locale),
        kind,
        movement.number or "",
        _reference(movement, locale),
        format_money(movement.amount, locale=locale),
        format_money(movement.balance, locale=locale),
    )


def _reference(movement: Movement, locale: str) -> str:
    """Return what a movement is found by.

    A payment from money on account without a reference has no words but the library's own.
    """
    used = MovementKind.ON_ACCOUNT_APPLIED
    match movement.fact:
        case Payment(method=MovementKind.ON_ACCOUNT.value, reference=None):
            return "" if movement.kind is used else label(used, locale=locale)
        case _:
            return movement.reference


def _closing(
    statement: Statement, account: StatementAccount, locale: str
) -> Iterator[tuple[str, ...]]:
    """Yield the closing balance, and what of it is retained."""
    day = format_date(statement.until, locale=locale)
    balance = format_money(account.closing, locale=locale)
    yield day, word("Closing balance", locale), "", "", "", balance
    if account.retained:
        yield (
            "",
            word("Retained", locale),
            "",
            "",
            "",
            format_money(account.retained, locale=locale),
        )


def _open_items(statement: Statement, account: StatementAccount, locale: str) -> str:
    titles = ("Number", "Issued on", "Due", "Days overdue", "Open")
    rows = [_item(each, statement, locale) for each in account.open_items]
    totals = [("", "", "", word("Balance", locale), format_money(account.closing, locale=locale))]
    if account.retained:
        retained = format_money(account.retained, locale=locale)
        totals.insert(0, ("", "", "", word("Retained", locale), retained))
    return text_table([word(each, locale) for each in titles], rows, totals=totals, left=(0, 1, 2))


def _item(item: OpenItem, statement: Statement, locale: str) -> tuple[str, ...]:
    late = (statement.until - item.due_on).days if item.due_on else 0
    return (
        item.reference,
        format_date(item.issued_on, locale=locale) if item.issued_on else "",
        format_date(item.due_on, locale=locale) if item.due_on else "",
        format_number(late, locale=locale) if late > 0 else "",
        format_money(item.open, locale=locale),
    )
