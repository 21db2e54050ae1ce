"""Why an invoice's status is what it is, in words and facts; it decides nothing."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from milestone_invoicing.billing import (
    Applied,
    Credited,
    Invoice,
    Payment,
    Recovered,
    Refunded,
    Sent,
    Voided,
    Withheld,
    WrittenOff,
)
from milestone_invoicing.billing.history.invoice_facts import MoneyFact, minor_sum
from milestone_invoicing.facts import Fact, Reason, of_kind
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.settlement import DueItem, Settlement
from milestone_invoicing.receivables.status_axes import DocumentState
from milestone_invoicing.receivables.timeliness import Lateness


def reasons_of(
    invoice: Invoice,
    facts: Sequence[Fact],
    document: DocumentState,
    lateness: Lateness,
    settlement: Settlement,
) -> Iterator[Reason]:
    """Yield the rules and facts behind a status: document, money, then what is open."""
    yield _document_reason(invoice, facts, document)
    yield from _money_reasons(invoice, facts)
    if settlement.retained:
        yield Reason(f"{settlement.retained} is held until it is released")
    yield from _discount_reasons(invoice, facts, settlement, lateness.as_of)
    if not invoice.payable:
        yield Reason("nothing is payable")
    if lateness.oldest is not None:
        yield _oldest_reason(*lateness.oldest)
    for item in lateness.open_items:
        if item.due_on is None:
            event = "the instalment before it" if item.after is None else f'"{item.after}"'
            yield Reason(f"instalment {item.installment}: {item.cash} waits for {event}")


def _money_reasons(invoice: Invoice, facts: Sequence[Fact]) -> Iterator[Reason]:
    payments = of_kind(facts, Payment)
    if payments:
        received = Money(minor_sum(payments, Payment), invoice.currency)
        yield Reason(f"received {received} of {invoice.payable}", payments)
    for kind, word in _OTHER_MEANS.items():
        others = of_kind(facts, kind)
        if others:
            yield Reason(f"{word} {Money(minor_sum(others, kind), invoice.currency)}", others)


_OTHER_MEANS: Final[dict[type[MoneyFact], str]] = {
    Credited: "credited",
    Withheld: "withheld",
    WrittenOff: "written off",
    Recovered: "recovered",
    Applied: "applied to invoices",
    Refunded: "refunded",
}


def _discount_reasons(
    invoice: Invoice, facts: Sequence[Fact], settlement: Settlement, as_of: date
) -> Iterator[Reason]:
    """Yield what early discounts took off, or that the last one is over: no cash came in time."""
    if settlement.discount.minor > 0:
        yield Reason(f"early discount taken: {settlement.discount}")
    elif settlement.discount:
        yield Reason(f"early discount that lapses: {-settlement.discount}")
    elif settlement.open and invoice.claim is not None:
        until = [offer.until for offer in invoice.claim.offers(facts)]
        if until and max(until) < as_of:
            yield Reason(f"early discount lapsed after {max(until)}")


def _oldest_reason(last_day: date, oldest: DueItem) -> Reason:
    why = "extended from" if oldest.extension else "by plan:" if oldest.plan else "agreed:"
    return Reason(
        f"oldest open instalment {oldest.installment}: {oldest.cash} by {last_day}"
        f" ({why} {oldest.agreed_on})",
        tuple(fact for fact in (oldest.plan, oldest.extension) if fact),
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
