"""What has come in for an invoice and what that leaves open, with the parts it was due in."""

from collections.abc import Sequence
from datetime import date

import attrs

from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing import DueDateExtended, Invoice, Payment
from milestone_invoicing.billing.billed import is_void
from milestone_invoicing.contract import DueAmount
from milestone_invoicing.facts import of_kind, standing
from milestone_invoicing.money import Money


@attrs.frozen
class Settlement:
    """Where the money of one invoice is, with tax; nothing is counted twice.

    payable = paid + open, and received = paid + unapplied, as long as the payable is not negative;
    a negative payable is money the client is owed, and stands in ``unapplied``.

    Attributes:
        payable: what the invoice claims; zero for a draft and a void.
        paid: what of the money received is applied to it.
        open: what may still be collected, never below zero.
        unapplied: what is left over for the client, never below zero.
    """

    payable: Money
    paid: Money
    open: Money
    unapplied: Money


@attrs.frozen
class DueItem:
    """One instalment of an invoice as it stands on a day.

    Attributes:
        installment: its number, counting from 1 in definition order.
        agreed_on: the due date first agreed.
        due_on: the due date as extended.
        amount: what it is in all.
        paid: what of it is paid.
        open: what of it is open.
        extension: the extension that moved the date; None if none did.
    """

    installment: int
    agreed_on: date
    due_on: date
    amount: Money
    paid: Money
    open: Money
    extension: DueDateExtended | None = None


def settle(invoice: Invoice, as_of: date) -> Settlement:
    """Return where the money of *invoice* is on a day; payments before the issue date count."""
    zero = Money.zero(invoice.currency)
    payments = of_kind(standing(invoice.facts, as_of), Payment)
    received = Money.total((fact.amount for fact in payments), currency=invoice.currency)
    payable = invoice.payable if _claims(invoice, as_of) else zero
    paid = min(received, max(payable, zero))
    return Settlement(
        payable=payable,
        paid=paid,
        open=max(payable, zero) - paid,
        unapplied=received - paid + max(-payable, zero),
    )


def _claims(invoice: Invoice, as_of: date) -> bool:
    return invoice.is_issued(as_of) and not is_void(invoice, as_of)


def due_items(invoice: Invoice, *, as_of: date) -> tuple[DueItem, ...]:
    """Return the instalments of *invoice* as extended and paid on a day, in definition order.

    All amounts are with tax; their open amounts sum to what is open of the invoice. Payments fill
    them by the due date first agreed (definition order on ties), so that an extension never moves
    money that is applied. An extension counts from its own day on, that day included. A draft, a
    void and a bill of a negative amount have none; a bill of zero has one, on its issue date.

    Raises:
        WrongTypeError: not an Invoice.
        DateTypeError: *as_of* is not a plain date.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice(
        ...     "1",
        ...     date(2026, 5, 1),
        ...     Party("acme", "Acme"),
        ...     [line],
        ...     terms=PaymentTerms.monthly(2, first_days=14),
        ... )
        >>> paid = invoice.record(Payment(Money.of(600, "EUR"), on=date(2026, 5, 9)))
        >>> [
        ...     (str(item.due_on), str(item.open))
        ...     for item in due_items(paid, as_of=date(2026, 5, 10))
        ... ]
        [('2026-05-15', 'EUR 0.00'), ('2026-06-15', 'EUR 400.00')]

    Source: convention of this library.
    """
    require_type(invoice, Invoice, "the invoice")
    require_date(as_of, "as_of")
    if not _claims(invoice, as_of) or invoice.payable.minor < 0:
        return ()
    parts = invoice.installments
    extensions = of_kind(standing(invoice.facts, as_of), DueDateExtended)
    paid = _filled(parts, settle(invoice, as_of).paid)
    return tuple(
        _item(number, part, paid[number - 1], extensions)
        for number, part in enumerate(parts, start=1)
    )


def _item(
    number: int, part: DueAmount, paid: Money, extensions: Sequence[DueDateExtended]
) -> DueItem:
    """Return one instalment; the last extension that reaches it has the word."""
    extension = None
    for fact in extensions:
        if fact.installment in {None, number} and fact.until > part.due_on:
            extension = fact
    due_on = extension.until if extension else part.due_on
    return DueItem(number, part.due_on, due_on, part.amount, paid, part.amount - paid, extension)


def _filled(parts: Sequence[DueAmount], paid: Money) -> list[Money]:
    """Return what of *paid* each part gets, the one first agreed to be due coming first."""
    filled = [Money.zero(paid.currency)] * len(parts)
    for index in sorted(range(len(parts)), key=lambda index: parts[index].due_on):
        filled[index] = min(paid, parts[index].amount)
        paid -= filled[index]
    return filled
