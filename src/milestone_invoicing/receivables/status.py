"""What an invoice's status is on a day: three axes, one label, flags, and when it will change."""

from collections.abc import Sequence
from datetime import date
from enum import Enum, unique

import attrs

from milestone_invoicing._checks import require_date, require_int, require_type
from milestone_invoicing.billing import Invoice, Payment, Sent, Voided
from milestone_invoicing.facts import Fact, Reason, of_kind, standing
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.settlement import DueItem, Settlement, due_items, settle
from milestone_invoicing.timing import DueRule


@unique
class DocumentState(Enum):
    """Whether the document claims anything: draft, issued, sent or void."""

    DRAFT = "draft"
    ISSUED = "issued"
    SENT = "sent"
    VOID = "void"


@unique
class SettlementState(Enum):
    """How far it is settled: unpaid, part paid, nothing due, overpaid or paid."""

    UNPAID = "unpaid"
    PART_PAID = "part paid"
    NOTHING_DUE = "nothing due"
    OVERPAID = "overpaid"
    PAID = "paid"


@unique
class Timeliness(Enum):
    """Where the oldest open instalment is: nothing open, not due, due or overdue."""

    NOTHING_OPEN = "nothing open"
    NOT_DUE = "not due"
    DUE = "due"
    OVERDUE = "overdue"


@unique
class StatusLabel(Enum):
    """The one label, in the order in which the first that holds is taken."""

    VOID = "void"
    DRAFT = "draft"
    CREDIT_OPEN = "credit open"
    PAID = "paid"
    OVERDUE = "overdue"
    DUE = "due"
    PART_PAID = "part paid"
    SENT = "sent"
    ISSUED = "issued"


@unique
class Flag(Enum):
    """What stands beside the label.

    EXTENDED: the due date of an open instalment was moved. UNSENT: issued, but never sent.
    """

    EXTENDED = "extended"
    UNSENT = "unsent"


@attrs.frozen
class InvoiceStatus:
    """The status of an invoice on a day; all amounts with tax.

    Attributes:
        number: of the invoice.
        as_of: the day asked about.
        document, settlement, timeliness: the three axes.
        label: the first that holds of void, draft, credit open, paid, overdue, due, part paid,
            sent, issued.
        flags: what stands beside the label.
        payable: what it claims: zero for a void, the total of a draft.
        paid: what is applied to it.
        open: what may be collected.
        unapplied: what is left over for the client.
        overdue: what of ``open`` is overdue.
        days_overdue: days from the due date of the oldest open instalment to *as_of*; zero while
            it is not overdue. Grace delays the label, and these days then count from the due date.
        reasons: the rules and facts behind it.
        next_change: the first later day on which an axis or the label differs if nothing
            happens; None if none will.
    """

    number: str | None
    as_of: date
    document: DocumentState
    settlement: SettlementState
    timeliness: Timeliness
    label: StatusLabel
    flags: frozenset[Flag]
    payable: Money
    paid: Money
    open: Money
    unapplied: Money
    overdue: Money
    days_overdue: int
    reasons: tuple[Reason, ...]
    next_change: date | None


@attrs.frozen
class _Clock:
    """How the days of one question are counted."""

    as_of: date
    due_within: int
    grace_days: int
    pay_by: DueRule | None

    def last_day(self, item: DueItem) -> date:
        """Return the last day on which *item* is paid in time."""
        return self.pay_by.due_on(item.due_on) if self.pay_by else item.due_on

    def is_overdue(self, item: DueItem) -> bool:
        return (self.as_of - self.last_day(item)).days > self.grace_days

    def changes(self, item: DueItem) -> tuple[int, int]:
        """Return the ordinals of the first days on which *item* is due, and overdue."""
        last = self.last_day(item).toordinal()
        return last - self.due_within, last + self.grace_days + 1


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
    days of grace. One minor unit open is open. An extension counts from its own date on.

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
    clock = _Clock(as_of, due_within, grace_days, pay_by)
    facts = standing(invoice.facts, as_of)
    settlement = settle(invoice, as_of)
    pending = [item for item in due_items(invoice, as_of=as_of) if item.open.minor]
    oldest = min(pending, key=clock.last_day, default=None)
    overdue = [item for item in pending if clock.is_overdue(item)]
    document = _document(invoice, facts, as_of)
    payable = invoice.payable if document is DocumentState.DRAFT else settlement.payable
    state = _settlement(payable, settlement, document)
    timeliness = _timeliness(clock, oldest)
    late = clock.last_day(oldest) if oldest and overdue else as_of
    return InvoiceStatus(
        number=invoice.number,
        as_of=as_of,
        document=document,
        settlement=state,
        timeliness=timeliness,
        label=_label(document, state, timeliness, payable),
        flags=_flags(document, pending),
        payable=payable,
        paid=settlement.paid,
        open=settlement.open,
        unapplied=settlement.unapplied,
        overdue=Money.total((item.open for item in overdue), currency=invoice.currency),
        days_overdue=(as_of - late).days,
        reasons=_reasons(invoice, facts, document, oldest, clock),
        next_change=_next_change(clock, oldest),
    )


def _document(invoice: Invoice, facts: Sequence[Fact], as_of: date) -> DocumentState:
    if of_kind(facts, Voided):
        return DocumentState.VOID
    if not invoice.is_issued(as_of):
        return DocumentState.DRAFT
    return DocumentState.SENT if of_kind(facts, Sent) else DocumentState.ISSUED


def _settlement(payable: Money, settlement: Settlement, document: DocumentState) -> SettlementState:
    if settlement.open.minor:
        return SettlementState.PART_PAID if settlement.paid.minor else SettlementState.UNPAID
    if document is DocumentState.DRAFT:
        return SettlementState.UNPAID if payable.minor else SettlementState.NOTHING_DUE
    if settlement.unapplied.minor:
        return SettlementState.OVERPAID
    return SettlementState.PAID if settlement.paid.minor else SettlementState.NOTHING_DUE


def _timeliness(clock: _Clock, oldest: DueItem | None) -> Timeliness:
    if oldest is None:
        return Timeliness.NOTHING_OPEN
    due, overdue = clock.changes(oldest)
    today = clock.as_of.toordinal()
    if today >= overdue:
        return Timeliness.OVERDUE
    return Timeliness.DUE if today >= due else Timeliness.NOT_DUE


def _label(
    document: DocumentState, settlement: SettlementState, timeliness: Timeliness, payable: Money
) -> StatusLabel:
    """Return the first label that holds."""
    if document is DocumentState.VOID:
        return StatusLabel.VOID
    if document is DocumentState.DRAFT:
        return StatusLabel.DRAFT
    if timeliness is Timeliness.NOTHING_OPEN:
        return StatusLabel.CREDIT_OPEN if payable.minor < 0 else StatusLabel.PAID
    if timeliness is not Timeliness.NOT_DUE:
        return StatusLabel(timeliness.value)
    if settlement is SettlementState.PART_PAID:
        return StatusLabel.PART_PAID
    return StatusLabel(document.value)


def _flags(document: DocumentState, pending: Sequence[DueItem]) -> frozenset[Flag]:
    flags: set[Flag] = set()
    if any(item.extension for item in pending):
        flags.add(Flag.EXTENDED)
    if document is DocumentState.ISSUED:
        flags.add(Flag.UNSENT)
    return frozenset(flags)


def _next_change(clock: _Clock, oldest: DueItem | None) -> date | None:
    """Return the first later day on which the oldest open instalment becomes due or overdue."""
    if oldest is None:
        return None
    last = date.max.toordinal()
    later = [day for day in clock.changes(oldest) if clock.as_of.toordinal() < day <= last]
    return date.fromordinal(later[0]) if later else None


def _reasons(
    invoice: Invoice,
    facts: Sequence[Fact],
    document: DocumentState,
    oldest: DueItem | None,
    clock: _Clock,
) -> tuple[Reason, ...]:
    reasons = [_document_reason(invoice, facts, document)]
    payments = of_kind(facts, Payment)
    if payments:
        received = Money.total((fact.amount for fact in payments), currency=invoice.currency)
        reasons.append(Reason(f"received {received} of {invoice.payable}", payments))
    if oldest is not None:
        why = "extended from" if oldest.extension else "agreed:"
        day = clock.last_day(oldest)
        reasons.append(
            Reason(
                f"oldest open instalment {oldest.installment}: {oldest.open} by {day}"
                f" ({why} {oldest.agreed_on})",
                (oldest.extension,) if oldest.extension else (),
            )
        )
    return tuple(reasons)


def _document_reason(invoice: Invoice, facts: Sequence[Fact], document: DocumentState) -> Reason:
    if document is DocumentState.VOID:
        void = of_kind(facts, Voided)[0]
        return Reason(f"void since {void.on}: {void.reason}", (void,))
    if document is DocumentState.DRAFT:
        return Reason("draft: not issued by then")
    sent = of_kind(facts, Sent)
    if sent:
        return Reason(f"issued on {invoice.issued_on}, sent on {sent[0].on}", sent[:1])
    return Reason(f"issued on {invoice.issued_on}, not sent")
