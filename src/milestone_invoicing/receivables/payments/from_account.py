"""How money on account is set against an invoice, recorded on both; it looks for no invoices."""

from collections.abc import Sequence
from datetime import date

from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing import Applied, Invoice, Payment
from milestone_invoicing.billing.account.books import Books, books_of, record
from milestone_invoicing.billing.history.amounts import require_optional_amount
from milestone_invoicing.errors import PaymentError, Words
from milestone_invoicing.money import Money
from milestone_invoicing.money.money import require_one_currency
from milestone_invoicing.receivables.payments.debts import debt_of
from milestone_invoicing.receivables.payments.on_account import OnAccount, left_by_day


def apply_on_account(
    money: OnAccount,
    invoices: Sequence[Invoice],
    number: str,
    *,
    on: date,
    amount: Money | None = None,
) -> tuple[OnAccount, Books]:
    """Return money on account with a part set against an invoice, and the invoices with it.

    The money records ``Applied``, the invoice a ``Payment`` with the reference of the money; both
    are dated *on*, so that the money stands in one place on each day. For an early discount that
    day counts, not the one on which the money came.

    Args:
        money: of the client.
        invoices: the invoice among them.
        number: of the invoice.
        on: the day of applying, that of the money or later.
        amount: by default as much as the money has left and the invoice takes, on that day and on
            every later one of which there are records; of an invoice with an early discount, what
            settles it. At most what is left, and open.

    Raises:
        PaymentError: nothing is left or open, or not so much; or the money is of another client.
        UnknownInvoiceError: no invoice has the number.
        DuplicateNumberError: two invoices have one number.
        CurrencyMismatchError: invoice or amount are in another currency than the money.
        NumberRangeError: the amount is not above zero.
        BlankTextError, WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(300, "EUR"))
        >>> invoice = Invoice("1", date(2026, 5, 11), Party("acme", "Acme"), [line])
        >>> money = OnAccount("acme", Money.of(500, "EUR"), date(2026, 5, 4), "bank 17")
        >>> money, (paid,) = apply_on_account(money, [invoice], "1", on=date(2026, 5, 11))
        >>> str(money.unapplied(as_of=date(2026, 5, 11))), paid.facts[0].reference
        ('EUR 200.00', 'bank 17')

    Source: convention of this library.
    """
    require_type(money, OnAccount, "money on account")
    known = books_of(invoices)
    require_date(on, "on")
    require_optional_amount(amount, "what is applied")
    invoice = known.numbered(number)
    _require_own(money, invoice)
    left, room = _least_unapplied(money, on), _room(invoice, on, take_discounts=amount is None)
    most = min(left, room)
    part = most if amount is None else amount
    require_one_currency(most, part)
    if part > most or not part:
        raise PaymentError(
            f"not so much can be set against {number!r} on {on}",
            expected=f"at most {most}" if most else "money that is left, and an open invoice",
            got=Words(
                f"{part if amount else 'all'}, with {left} left of the money and {room} open"
            ),
        )
    applied = Applied(part, number, on=on)
    payment = Payment(part, "on account", money.reference or None, on=on)
    return money.record(applied), record(known, number, payment)


def _require_own(money: OnAccount, invoice: Invoice) -> None:
    if invoice.buyer.key != money.party:
        raise PaymentError(
            "money of one client is set against an invoice of another",
            expected=f"an invoice of {money.party!r}",
            got=invoice.buyer.key,
        )
    require_one_currency(money.amount, invoice.payable)


def _least_unapplied(money: OnAccount, on: date) -> Money:
    """Return what is unapplied on a day and on each later one of which there are records."""
    later = [left for day, left in left_by_day(money) if day > on]
    return Money(min([money.unapplied(as_of=on).minor, *later]), money.amount.currency)


def _room(invoice: Invoice, on: date, *, take_discounts: bool) -> Money:
    debt = debt_of(invoice, on, take_discounts=take_discounts)
    return Money(debt.cash if debt else 0, invoice.currency)
