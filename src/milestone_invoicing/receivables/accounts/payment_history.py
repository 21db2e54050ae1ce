"""When the invoices of a client were paid, payment by payment; it knows no averages."""

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date
from milestone_invoicing.billing import Invoice, Party
from milestone_invoicing.billing.document.party import key_of
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.accounts.clients import account_of
from milestone_invoicing.receivables.applied_cash import applied_cash
from milestone_invoicing.receivables.timeliness import Lateness


@attrs.frozen
class CashApplied(Answer):
    """Cash of one day that paid one instalment, or a part of it.

    Attributes:
        on: the day it counts for the invoice: that of the payment, or of the issue if that is
            later.
        installment: its number, counting from 1, as ``due_items`` has it.
        amount: above zero.
        due_on: the due date first agreed; None where the instalment has none yet.
        days_to_pay: from the issue to *on*.
        days_late: from *due_on* to *on*, negative if it came early; None without a due date.
    """

    on: date
    installment: int
    amount: Money
    due_on: date | None
    days_to_pay: int
    days_late: int | None


@attrs.frozen
class InvoiceHistory(Answer):
    """How an invoice was paid up to a day.

    Attributes:
        number, issued_on: of the invoice.
        due_on: the last due date first agreed; None while an instalment has none.
        payable: what it claims.
        payments: the cash applied to it, by day and instalment.
        open: what is open.
        days_overdue: of what is open, as ``invoice_status`` says.
    """

    number: str
    issued_on: date
    due_on: date | None
    payable: Money
    payments: tuple[CashApplied, ...]
    open: Money
    days_overdue: int

    @property
    def paid(self) -> Money:
        """The sum of its payments."""
        return Money.total((each.amount for each in self.payments), currency=self.payable.currency)


def payment_history(
    party: Party | str, invoices: Iterable[Invoice], *, as_of: date
) -> tuple[InvoiceHistory, ...]:
    """Return how each invoice of a client was paid up to a day, by issue date and number.

    Only cash that stands: what bounced is not there, and cash that fills two instalments is two
    entries. Credits, discounts, withholdings and write-offs are no payments. What a payment that
    was recorded late pushed out is not there either. Credit notes, voids, drafts and invoices of
    zero are left out.

    Args:
        party: the client, or its key, which is not its name.
        invoices: in any order; those of other clients are left out.
        as_of: the day.

    Raises:
        UnknownClientError: there are invoices, and all of other clients.
        DuplicateNumberError: two invoices have one number.
        WrongTypeError, BlankTextError, DateTypeError: an argument of another type.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice(
        ...     "1", date(2026, 5, 1), Party("acme", "Acme"), [line], terms=PaymentTerms.net(30)
        ... )
        >>> invoice = invoice.record(Payment(Money.of(400, "EUR"), on=date(2026, 6, 4)))
        >>> (history,) = payment_history("acme", [invoice], as_of=date(2026, 6, 30))
        >>> [(str(each.amount), each.days_to_pay, each.days_late) for each in history.payments]
        [('EUR 400.00', 34, 4)]
        >>> str(history.open), history.days_overdue
        ('EUR 600.00', 30)

    Source: days to pay are of the field; the order of filling is this library's convention.
    """
    key = key_of(party)
    require_date(as_of, "as_of")
    known, _ = account_of(key, invoices)
    return tuple(found for each in known for found in _history(each, as_of))


def _history(invoice: Invoice, as_of: date) -> Iterator[InvoiceHistory]:
    """Yield the history of an invoice that claims something on a day."""
    reading = invoice.reading(as_of)
    claim = reading.claim
    if claim is None or reading.payable <= 0:
        return
    parts = reading.filling.parts
    days = [part.due_on for part in parts if part.due_on]
    payments = [
        CashApplied(
            on=each.on,
            installment=each.place + 1,
            amount=Money(each.minor, reading.currency),
            due_on=each.due_on,
            days_to_pay=(each.on - claim.issued_on).days,
            days_late=None if each.due_on is None else (each.on - each.due_on).days,
        )
        for each in applied_cash(invoice, as_of)
    ]
    yield InvoiceHistory(
        number=str(invoice.number),
        issued_on=claim.issued_on,
        due_on=max(days) if len(days) == len(parts) else None,
        payable=claim.payable,
        payments=tuple(payments),
        open=Money(reading.open, reading.currency),
        days_overdue=Lateness(reading).days_overdue,
    )
