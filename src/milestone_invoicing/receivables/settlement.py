"""What has come in for an invoice and what that leaves open, with the parts it was due in."""

from collections.abc import Sequence
from datetime import date

import attrs

from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing import DueDateExtended, Invoice, Payment, Voided
from milestone_invoicing.billing.fact_checks import events_among
from milestone_invoicing.facts import Fact, of_kind, standing
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.filling import Filling, fill


@attrs.frozen
class Settlement:
    """Where the money of one invoice is, with tax; nothing is counted twice.

    payable = paid + discount + open, and received = paid + unapplied, as long as the payable is not
    negative; a negative payable is money the client is owed, and stands in ``unapplied``.

    Attributes:
        payable: what the invoice claims; zero for a draft and a void.
        paid: what of the money received is applied to it.
        discount: what early discounts took off.
        open: what may still be collected, never below zero.
        unapplied: what is left over for the client, never below zero.
    """

    payable: Money
    paid: Money
    discount: Money
    open: Money
    unapplied: Money


@attrs.frozen
class DueItem:
    """One instalment of an invoice as it stands on a day.

    Attributes:
        installment: its number, counting from 1 in definition order.
        agreed_on: the due date first agreed; None while it waits for its event.
        due_on: the due date as extended; None while it waits.
        amount: what it is in all: paid, discount and open.
        paid: what of it is paid.
        discount: what an early discount took off.
        open: what of it is open.
        extension: the extension that moved the date; None if none did.
        after: the event that it waits for, or waited for.
    """

    installment: int
    agreed_on: date | None
    due_on: date | None
    amount: Money
    paid: Money
    discount: Money
    open: Money
    extension: DueDateExtended | None = None
    after: str | None = None


def settle(invoice: Invoice, as_of: date) -> Settlement:
    """Return where the money of *invoice* is on a day; payments before the issue date count."""
    facts = standing(invoice.facts, as_of)
    payments = of_kind(facts, Payment)
    zero = Money.zero(invoice.currency)
    received = Money.total((fact.amount for fact in payments), currency=invoice.currency)
    payable = invoice.payable if _claims(invoice, facts, as_of) else zero
    paid, discount = min(received, max(payable, zero)), zero
    if payments and _is_laid_out(invoice) and payable.minor > 0:
        filling = fill(invoice, facts)
        paid = Money(sum(filling.paid), zero.currency)
        discount = Money(sum(filling.discounts), zero.currency)
    return Settlement(
        payable=payable,
        paid=paid,
        discount=discount,
        open=max(payable, zero) - paid - discount,
        unapplied=received - paid + max(-payable, zero),
    )


def _claims(invoice: Invoice, facts: Sequence[Fact], as_of: date) -> bool:
    return invoice.is_issued(as_of) and not of_kind(facts, Voided)


def _is_laid_out(invoice: Invoice) -> bool:
    """Say whether the order of payments decides what is settled: with discounts or events."""
    terms = invoice.terms
    return bool(terms.discounts) or any(part.discounts or part.after for part in terms.installments)


def due_items(invoice: Invoice, *, as_of: date) -> tuple[DueItem, ...]:
    """Return the instalments of *invoice* on a day, in definition order, as extended and paid.

    The cash of a day fills the instalments by due date as agreed, definition order on ties, those
    that wait for an event last; so neither an extension nor an event moves money already applied.
    An early discount is taken on the day on which the cash reaches the discounted amount, and is
    then what the client left off. An extension counts from its own day on, that day included, and
    so does an event. A draft, a void and a bill of a negative amount have no items; a bill of zero
    has one, on its issue date.

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
    facts = standing(invoice.facts, as_of)
    if not _claims(invoice, facts, as_of) or invoice.payable.minor < 0:
        return ()
    extensions = of_kind(facts, DueDateExtended)
    filling = fill(invoice, facts)
    return tuple(
        _item(number, filling, _extension(invoice, number, extensions, facts))
        for number in range(1, len(filling.parts) + 1)
    )


def _extension(
    invoice: Invoice,
    number: int,
    extensions: Sequence[DueDateExtended],
    facts: Sequence[Fact],
) -> DueDateExtended | None:
    """Return the last extension that reaches an instalment, which has the word.

    It reaches what had an earlier due date on its own day; what waited for its event then had none.
    """
    reached = None
    for extension in extensions:
        known = events_among(fact for fact in facts if fact.on <= extension.on)
        due_on = invoice.due_amounts(known)[number - 1].due_on
        if extension.installment in {None, number} and due_on and extension.until > due_on:
            reached = extension
    return reached


def _item(number: int, filling: Filling, extension: DueDateExtended | None) -> DueItem:
    """Return one instalment as filled and extended."""
    part = filling.parts[number - 1]
    paid = Money(filling.paid[number - 1], part.amount.currency)
    discount = Money(filling.discounts[number - 1], part.amount.currency)
    return DueItem(
        installment=number,
        agreed_on=part.due_on,
        due_on=extension.until if extension else part.due_on,
        amount=part.amount,
        paid=paid,
        discount=discount,
        open=part.amount - paid - discount,
        extension=extension,
        after=part.after,
    )
