"""The statement of a client: what it owed, what moved that, what it owes, and what is open."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_type
from milestone_invoicing.billing import Invoice, Party
from milestone_invoicing.billing.document.party import key_of
from milestone_invoicing.facts import Fact
from milestone_invoicing.money import Currency, Money
from milestone_invoicing.money.currency import currency_order
from milestone_invoicing.receivables.accounts.clients import account_of
from milestone_invoicing.receivables.accounts.movements import MovementKind, Step, steps_of
from milestone_invoicing.receivables.aging.buckets import AgingBuckets
from milestone_invoicing.receivables.aging.one_pass import age
from milestone_invoicing.receivables.aging.open_items import OpenItem
from milestone_invoicing.receivables.aging.report import AgingReport
from milestone_invoicing.receivables.payments.on_account import OnAccount
from milestone_invoicing.timing.months import add_days
from milestone_invoicing.timing.order import require_stretch, undated_last


@attrs.frozen
class Movement(Answer):
    """Something that moved what a client owes, or moved money inside its account.

    Attributes:
        on: its day.
        kind: what it is.
        number: of the invoice or credit note; None for money on account.
        reference: what people find it by: of the bank line, the other document, the reason.
        amount: by how much more the client owes; zero for what moves inside.
        applied: of what moves inside, what was set against the invoice, negative where that was
            taken back; zero for all others.
        balance: what the client owes after it; negative is money the client has to come.
        fact: what was recorded; None for an issue, for money that came on account, and for
            discounts and write-offs, which follow from all facts of the day.
    """

    on: date
    kind: MovementKind
    number: str | None
    reference: str
    amount: Money
    applied: Money
    balance: Money
    fact: Fact | None = None


@attrs.frozen
class StatementAccount(Answer):
    """What a client owes in one currency: opening + amounts of movements = closing.

    Attributes:
        currency: of all amounts.
        opening: the balance at the end of the day before the first.
        movements: in order.
        closing: the balance at the end of the last day: what is outstanding, less what is
            unapplied; retained money included.
        retained: what of it is held and not released.
        open_items: what is open on the last day, by due date, and what is unapplied, negative;
            what only lacks the certificate of a withheld tax has no due date. With *retained* they
            sum to the closing balance.
    """

    currency: Currency
    opening: Money
    movements: tuple[Movement, ...]
    closing: Money
    retained: Money
    open_items: tuple[OpenItem, ...]


@attrs.frozen
class Statement(Answer):
    """The statement of one client.

    Attributes:
        party: the key of the client.
        since, until: the first and the last day.
        accounts: one per currency in which anything is dated up to the last day, by code.
        aging: what is open on the last day by how long it is past due; its rows sum to the closing
            balances.
    """

    party: str
    since: date
    until: date
    accounts: tuple[StatementAccount, ...]
    aging: AgingReport


def statement(
    party: Party | str,
    invoices: Iterable[Invoice],
    *,
    since: date,
    until: date,
    on_account: Iterable[OnAccount] = (),
    buckets: AgingBuckets | None = None,
) -> Statement:
    """Return the statement of a client from *since* to *until*, both days included.

    It is balance forward and open items in one: movements between two balances, and what is open on
    the last day. A balance is what is outstanding, less what is unapplied, so that it is on each
    day what ``invoice_status`` and ``OnAccount.unapplied`` say; two statements that meet add up to
    the one over both. Order: by day, of one day new documents first, then by number.

    A credit note takes its amount off the balance when it is issued, and money on account when it
    comes. Set against an invoice they move nothing any more: both records, made on one day, are one
    movement of zero. A record whose other side is missing moves the balance by its own amount.
    A write-off lowers the balance; a recovery first brings that back. What is dated later, and
    drafts, are invisible; a void takes its claim off on its own day.

    Args:
        party: the client, or its key, which is not its name.
        invoices: in any order; those of other clients are left out.
        since: the first day.
        until: the last day.
        on_account: money not applied, or not at first; that of other clients is left out.
        buckets: of the aging; the default is that of ``age``.

    Raises:
        PeriodError: *until* is before *since*.
        DateRangeError: *since* is the first day of year 1, which has no day before it.
        UnknownClientError: there are invoices or money, and all of other clients.
        DuplicateNumberError: two invoices have one number.
        WrongTypeError, BlankTextError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice("2026-01", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> paid = invoice.record(Payment(Money.of(400, "EUR"), on=date(2026, 5, 9)))
        >>> told = statement("acme", [paid], since=date(2026, 5, 1), until=date(2026, 5, 31))
        >>> [(str(each.kind), str(each.balance)) for each in told.accounts[0].movements]
        [('invoice', 'EUR 1000.00'), ('payment', 'EUR 600.00')]

    Source: the statement of account of receivables ledgers; the details are this library's
    convention.
    """
    key = key_of(party)
    require_stretch(since, until)
    require_type(buckets, (AgingBuckets, type(None)), "buckets")
    before = add_days(since, -1)
    bills, money = account_of(key, invoices, on_account)
    accounts: list[StatementAccount] = []
    for currency in _currencies(bills, money, until):
        own = [each for each in bills if each.currency == currency]
        cash = [each for each in money if each.amount.currency == currency]
        opening = _balance(own, cash, before, currency)
        account = StatementAccount(
            currency=currency,
            opening=opening,
            movements=tuple(_movements(steps_of(own, cash, since, until), opening)),
            closing=_balance(own, cash, until, currency),
            retained=Money(sum(each.reading(until).retained for each in own), currency),
            open_items=_open_items(own, cash, until),
        )
        accounts.append(account)
    aging = age(bills, as_of=until, buckets=buckets, on_account=money)
    return Statement(key, since, until, tuple(accounts), aging)


def _currencies(
    bills: Iterable[Invoice], money: Iterable[OnAccount], until: date
) -> list[Currency]:
    """Return the currencies in which anything is dated up to a day."""
    billed = {
        each.currency
        for each in bills
        if each.is_issued(until) or any(fact.on <= until for fact in each.facts)
    }
    came = {each.amount.currency for each in money if each.on <= until}
    return sorted(billed | came, key=currency_order)


def _balance(
    bills: Iterable[Invoice], money: Iterable[OnAccount], day: date, currency: Currency
) -> Money:
    """Return what is outstanding less what is unapplied at the end of a day."""
    owed = sum(each.reading(day).balance for each in bills)
    given = sum(each.unapplied(as_of=day).minor for each in money)
    return Money(owed - given, currency)


def _movements(steps: Sequence[Step], opening: Money) -> Iterator[Movement]:
    balance = opening
    for step in steps:
        amount, applied = (Money(n, opening.currency) for n in (step.minor, step.applied))
        balance += amount
        yield Movement(
            on=step.on,
            kind=step.kind,
            number=step.number or None,
            reference=step.reference,
            amount=amount,
            applied=applied,
            balance=balance,
            fact=step.fact,
        )


def _open_items(
    bills: Iterable[Invoice], money: Iterable[OnAccount], day: date
) -> tuple[OpenItem, ...]:
    items = [item for each in bills for item in _items(each, day)]
    items += _unapplied_money(money, day)
    by_day = sorted(items, key=lambda item: undated_last(item.due_on))
    return tuple(item for item in by_day if item.open)


def _items(invoice: Invoice, day: date) -> Iterator[OpenItem]:
    number, issued_on = str(invoice.number), invoice.issued_on
    # A payment that came before its invoice is there before its issue date.
    seen = issued_on if invoice.is_issued(day) else None
    reading = invoice.reading(day)
    parts = zip(reading.due_days, reading.cash_by_item, strict=True)
    for due_on, minor in (*parts, (None, reading.to_certify), (None, -reading.unapplied)):
        yield OpenItem(number, invoice.buyer.key, due_on, Money(minor, invoice.currency), seen)


def _unapplied_money(money: Iterable[OnAccount], day: date) -> list[OpenItem]:
    return [
        OpenItem(each.reference, each.party, None, -each.unapplied(as_of=day), each.on)
        for each in money
    ]
