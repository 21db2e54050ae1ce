"""What an invoice's status is on a day: three axes, one label, flags, and when it will change."""

from datetime import date
from typing import Final

import attrs

from milestone_invoicing._answers import Answer, maker
from milestone_invoicing._checks import require_date, require_int, require_type
from milestone_invoicing.billing import Invoice, InvoicePosition, Sent
from milestone_invoicing.billing.history.balance import bad_debt
from milestone_invoicing.billing.history.reading import Reading
from milestone_invoicing.facts import Reason
from milestone_invoicing.money import Money
from milestone_invoicing.money.money import made
from milestone_invoicing.receivables.collection import Collection, collection_on
from milestone_invoicing.receivables.status_axes import (
    DocumentState,
    Flag,
    SettlementState,
    StatusLabel,
    flags_text,
)
from milestone_invoicing.receivables.status_reasons import reasons_of
from milestone_invoicing.receivables.timeliness import Lateness, Timeliness
from milestone_invoicing.timing import DueRule


@attrs.frozen
class InvoiceStatus(Answer):
    """The status of an invoice on a day; all amounts with tax.

    Attributes:
        number: of the invoice.
        as_of: the day asked about.
        document, settlement, timeliness: the three axes.
        label: the first that holds of void, draft, paid, credited, written off, overdue, due,
            retained, part paid, sent, issued; of a credit note credit open, credit applied or
            refunded.
        flags: what stands beside the label.
        payable: what it claims: zero for a void, the total of a draft.
        paid: what is applied to it.
        discount: what early discounts took off; of a credit note, below zero, what of them lapses.
        credited: what credit notes took off.
        withheld: what the client paid to the state.
        loss: what is written off and not recovered.
        retained: what is held and not released.
        open: what may be collected.
        to_chase: what of ``open`` is not disputed, and comes as cash: what only lacks the
            certificate of a withheld tax does not.
        unapplied: what is left over for the client.
        overdue: what of ``open`` is overdue; what only lacks its certificate never is.
        days_overdue: days from the due date of the oldest open instalment to *as_of*; zero while
            it is not overdue. Grace delays the label, and these days then count from the due date.
        next_change: the first later day on which an axis, the label or a flag differs if nothing
            happens; None if none will.
        position: the invoice on the day, with all its amounts; equal statuses may be of two
            invoices.
        pay_by: as it was asked with.
    """

    number: str | None
    as_of: date
    document: DocumentState
    settlement: SettlementState
    timeliness: Timeliness
    label: StatusLabel
    flags: frozenset[Flag] = attrs.field(repr=flags_text)
    payable: Money
    paid: Money
    discount: Money
    credited: Money
    withheld: Money
    loss: Money
    retained: Money
    open: Money
    to_chase: Money
    unapplied: Money
    overdue: Money
    days_overdue: int
    next_change: date | None
    position: InvoicePosition = attrs.field(eq=False, repr=False)
    pay_by: DueRule | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The rules and facts behind it, put into words when they are read."""
        reading = self.position.reading
        lateness = Lateness(reading, pay_by=self.pay_by)
        reasons = reasons_of(self.position.invoice, lateness, self.document)
        return (*reasons, *collection_on(reading).reasons)


def invoice_status(
    invoice: Invoice,
    *,
    as_of: date,
    due_within: int = 0,
    grace_days: int = 0,
    pay_by: DueRule | None = None,
) -> InvoiceStatus:
    """Return the status of *invoice* on a day, from the facts that stand on it.

    The due date itself is due, not overdue; overdue starts the day after it, or after so many
    days of grace. One minor unit open is open, but what only lacks the certificate of a withheld
    tax is late for nobody. An extension counts from its own date on.

    Args:
        invoice: the invoice, with its facts.
        as_of: the day; facts and issue dates after it are invisible.
        due_within: so many days before the due date count as due already.
        grace_days: so many days after the due date are not overdue yet.
        pay_by: a rule from a due date to the last day to pay in time, such as a roll to the next
            business day.

    Raises:
        WrongTypeError: not an Invoice, or *pay_by* not a DueRule.
        DateTypeError: *as_of* is not a plain date.
        NumberTypeError, NumberRangeError: days are no int of zero or more.
        DueBeforeStartError, DateRangeError: *pay_by* leads to no day.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice(
        ...     "1", date(2026, 5, 1), Party("acme", "Acme"), [line], terms=PaymentTerms.net(30)
        ... ).record(Sent(on=date(2026, 5, 1)))
        >>> status = invoice_status(invoice, as_of=date(2026, 6, 1))
        >>> status.label.value, str(status.open), status.days_overdue
        ('overdue', 'EUR 1000.00', 1)

    Source: the truth table in the reference part of the documentation; convention of this library.
    """
    require_type(invoice, Invoice, "the invoice")
    require_date(as_of, "as_of")
    require_int(due_within, "due_within", at_least=0)
    require_int(grace_days, "grace_days", at_least=0)
    require_type(pay_by, (DueRule, type(None)), "pay_by")
    reading = invoice.reading(as_of)
    lateness = Lateness(reading, due_within, grace_days, pay_by)
    collection = collection_on(reading)
    document = _document(reading)
    payable = invoice.payable.minor if document is DocumentState.DRAFT else reading.payable
    state = _settlement(reading, payable)
    currency = reading.currency
    return _status(
        invoice.number,
        as_of,
        document,
        state,
        lateness.timeliness,
        _label(reading, document, state, lateness.timeliness),
        _flags(document, lateness) | collection.flags,
        made(payable, currency),
        made(reading.paid, currency),
        made(reading.discount, currency),
        made(reading.credited, currency),
        made(reading.withheld, currency),
        made(reading.written_off, currency),
        made(reading.retained, currency),
        made(reading.open, currency),
        made(reading.to_chase, currency),
        made(reading.unapplied, currency),
        made(lateness.overdue, currency),
        lateness.days_overdue,
        _next_change(lateness, collection),
        InvoicePosition(invoice, as_of=as_of),
        pay_by,
    )


_status: Final = maker(InvoiceStatus)


def _document(reading: Reading) -> DocumentState:
    if reading.void is not None:
        return DocumentState.VOID
    if not reading.is_issued:
        return DocumentState.DRAFT
    return DocumentState.SENT if reading.of_kind(Sent) else DocumentState.ISSUED


def _settlement(reading: Reading, payable: int) -> SettlementState:
    settled = reading.discount > 0 or bool(reading.paid or reading.withheld)
    if reading.outstanding:
        return SettlementState.PART_PAID if settled else SettlementState.UNPAID
    if reading.claim is None and reading.void is None:
        return SettlementState.UNPAID if payable else SettlementState.NOTHING_DUE
    if reading.written_off and (bad_debt(reading.facts) > 0 or not (settled or reading.credited)):
        return SettlementState.WRITTEN_OFF
    if reading.unapplied:
        return SettlementState.OVERPAID
    if settled:
        return SettlementState.PAID
    return SettlementState.CREDITED if reading.credited else SettlementState.NOTHING_DUE


def _label(
    reading: Reading, document: DocumentState, settlement: SettlementState, timeliness: Timeliness
) -> StatusLabel:
    """Return the first label that holds."""
    if document is DocumentState.VOID:
        return StatusLabel.VOID
    if document is DocumentState.DRAFT:
        return StatusLabel.DRAFT
    if reading.is_credit:
        return _credit_label(reading)
    if not reading.outstanding:
        return _SETTLED.get(settlement, StatusLabel.PAID)
    if timeliness in {Timeliness.OVERDUE, Timeliness.DUE}:
        return StatusLabel(timeliness.value)
    if not reading.open:
        return StatusLabel.RETAINED
    if settlement is SettlementState.PART_PAID:
        return StatusLabel.PART_PAID
    return StatusLabel(document.value)


_SETTLED: Final = {
    SettlementState.CREDITED: StatusLabel.CREDITED,
    SettlementState.WRITTEN_OFF: StatusLabel.WRITTEN_OFF,
}


def _credit_label(reading: Reading) -> StatusLabel:
    """Return what became of the credit of a note."""
    if reading.unapplied:
        return StatusLabel.CREDIT_OPEN
    return StatusLabel.CREDIT_APPLIED if reading.applied else StatusLabel.REFUNDED


def _flags(document: DocumentState, lateness: Lateness) -> frozenset[Flag]:
    reading, pending = lateness.reading, lateness.pending
    flags: set[Flag] = set()
    if any(reading.extensions[place] for place in pending):
        flags.add(Flag.EXTENDED)
    if any(place >= len(reading.filling.parts) for place in pending):
        flags.add(Flag.PLAN)
    if document is DocumentState.ISSUED:
        flags.add(Flag.UNSENT)
    return frozenset(flags)


def _next_change(lateness: Lateness, collection: Collection) -> date | None:
    days = (lateness.next_change, collection.next_change)
    return min((day for day in days if day is not None), default=None)
