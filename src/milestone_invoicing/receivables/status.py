"""What an invoice's status is on a day: three axes, one label, flags, and when it will change."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import unique

import attrs

from milestone_invoicing._checks import require_date, require_int, require_type
from milestone_invoicing._worded import Worded
from milestone_invoicing.billing import Invoice, Payment, Sent, Voided
from milestone_invoicing.billing.fact_checks import events_among
from milestone_invoicing.facts import Fact, Reason, of_kind, standing
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.filling import offers
from milestone_invoicing.receivables.settlement import DueItem, Settlement, due_items, settle
from milestone_invoicing.receivables.timeliness import Lateness, Timeliness
from milestone_invoicing.timing import DueRule


@unique
class DocumentState(Worded):
    """Whether the document claims anything: draft, issued, sent or void."""

    DRAFT = "draft"
    ISSUED = "issued"
    SENT = "sent"
    VOID = "void"


@unique
class SettlementState(Worded):
    """How far it is settled: unpaid, part paid, nothing due, overpaid or paid."""

    UNPAID = "unpaid"
    PART_PAID = "part paid"
    NOTHING_DUE = "nothing due"
    OVERPAID = "overpaid"
    PAID = "paid"


@unique
class StatusLabel(Worded):
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
class Flag(Worded):
    """What stands beside the label.

    EXTENDED: the due date of an open instalment was moved. UNSENT: issued, but never sent.
    """

    EXTENDED = "extended"
    UNSENT = "unsent"


def _sorted_text(flags: frozenset[Flag]) -> str:
    """Return the same text whatever the order of the set, which the hash seed decides."""
    return f"frozenset({sorted(flags, key=str)})"


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
        discount: what early discounts took off.
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
    flags: frozenset[Flag] = attrs.field(repr=_sorted_text)
    payable: Money
    paid: Money
    discount: Money
    open: Money
    unapplied: Money
    overdue: Money
    days_overdue: int
    reasons: tuple[Reason, ...]
    next_change: date | None


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
    facts = standing(invoice.facts, as_of)
    settlement = settle(invoice, as_of)
    pending = [item for item in due_items(invoice, as_of=as_of) if item.open.minor]
    lateness = Lateness(as_of, pending, due_within, grace_days, pay_by)
    overdue = (item.open for item in lateness.overdue_items)
    document = _document(invoice, facts, as_of)
    payable = invoice.payable if document is DocumentState.DRAFT else settlement.payable
    state = _settlement(payable, settlement, document)
    return InvoiceStatus(
        number=invoice.number,
        as_of=as_of,
        document=document,
        settlement=state,
        timeliness=lateness.timeliness,
        label=_label(document, state, lateness.timeliness, payable),
        flags=_flags(document, pending),
        payable=payable,
        paid=settlement.paid,
        discount=settlement.discount,
        open=settlement.open,
        unapplied=settlement.unapplied,
        overdue=Money.total(overdue, currency=invoice.currency),
        days_overdue=lateness.days_overdue,
        reasons=tuple(_reasons(invoice, facts, document, lateness, settlement)),
        next_change=lateness.next_change,
    )


def _document(invoice: Invoice, facts: Sequence[Fact], as_of: date) -> DocumentState:
    if of_kind(facts, Voided):
        return DocumentState.VOID
    if not invoice.is_issued(as_of):
        return DocumentState.DRAFT
    return DocumentState.SENT if of_kind(facts, Sent) else DocumentState.ISSUED


def _settlement(payable: Money, settlement: Settlement, document: DocumentState) -> SettlementState:
    settled = settlement.paid.minor or settlement.discount.minor
    if settlement.open.minor:
        return SettlementState.PART_PAID if settled else SettlementState.UNPAID
    if document is DocumentState.DRAFT:
        return SettlementState.UNPAID if payable.minor else SettlementState.NOTHING_DUE
    if settlement.unapplied.minor:
        return SettlementState.OVERPAID
    return SettlementState.PAID if settled else SettlementState.NOTHING_DUE


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


def _reasons(
    invoice: Invoice,
    facts: Sequence[Fact],
    document: DocumentState,
    lateness: Lateness,
    settlement: Settlement,
) -> Iterator[Reason]:
    yield _document_reason(invoice, facts, document)
    payments = of_kind(facts, Payment)
    if payments:
        received = Money.total((fact.amount for fact in payments), currency=invoice.currency)
        yield Reason(f"received {received} of {invoice.payable}", payments)
    if settlement.discount.minor:
        yield Reason(f"early discount taken: {settlement.discount}")
    elif settlement.open.minor:
        yield from _lapsed(invoice, facts, lateness.as_of)
    if not invoice.payable.minor:
        yield Reason("nothing is payable")
    if lateness.oldest is not None:
        yield _oldest_reason(*lateness.oldest)
    for item in lateness.open_items:
        if item.due_on is None:
            event = "the instalment before it" if item.after is None else f'"{item.after}"'
            yield Reason(f"instalment {item.installment}: {item.open} waits for {event}")


def _lapsed(invoice: Invoice, facts: Sequence[Fact], as_of: date) -> Iterator[Reason]:
    """Yield that the last discount is over, if there was one: its cash did not come in time."""
    until = [offer.until for offer in offers(invoice, events_among(facts))]
    if until and max(until) < as_of:
        yield Reason(f"early discount lapsed after {max(until)}")


def _oldest_reason(last_day: date, oldest: DueItem) -> Reason:
    why = "extended from" if oldest.extension else "agreed:"
    return Reason(
        f"oldest open instalment {oldest.installment}: {oldest.open} by {last_day}"
        f" ({why} {oldest.agreed_on})",
        (oldest.extension,) if oldest.extension else (),
    )


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
