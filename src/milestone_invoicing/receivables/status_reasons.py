"""Why an invoice's status is what it is, in words and facts; it decides nothing."""

from collections.abc import Iterator
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
    Withheld,
    WrittenOff,
)
from milestone_invoicing.billing.history.invoice_facts import MoneyFact
from milestone_invoicing.billing.history.reading import Reading
from milestone_invoicing.facts import Reason
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.status_axes import DocumentState
from milestone_invoicing.receivables.timeliness import Lateness


def reasons_of(invoice: Invoice, lateness: Lateness, document: DocumentState) -> Iterator[Reason]:
    """Yield the rules and facts behind a status: document, money, then what is open."""
    reading = lateness.reading
    yield _document_reason(invoice, reading, document)
    yield from _money_reasons(invoice, reading)
    if reading.retained:
        yield Reason(f"{Money(reading.retained, reading.currency)} is held until it is released")
    yield from _discount_reasons(reading)
    if not invoice.payable:
        yield Reason("nothing is payable")
    if lateness.dated:
        yield _oldest_reason(reading, *lateness.dated[0])
    for place in lateness.pending:
        if reading.due_days[place] is None:
            after = reading.divided.parts[place].after
            event = "the instalment before it" if after is None else f'"{after}"'
            much = Money(reading.cash_by_item[place], reading.currency)
            yield Reason(f"instalment {place + 1}: {much} waits for {event}")


def _money_reasons(invoice: Invoice, reading: Reading) -> Iterator[Reason]:
    payments = reading.of_kind(Payment)
    if payments:
        received = Money(reading.sum_of(Payment), reading.currency)
        yield Reason(f"received {received} of {invoice.payable}", payments)
    for kind, word in _OTHER_MEANS.items():
        others = reading.of_kind(kind)
        if others:
            yield Reason(f"{word} {Money(reading.sum_of(kind), reading.currency)}", others)


_OTHER_MEANS: Final[dict[type[MoneyFact], str]] = {
    Credited: "credited",
    Withheld: "withheld",
    WrittenOff: "written off",
    Recovered: "recovered",
    Applied: "applied to invoices",
    Refunded: "refunded",
}


def _discount_reasons(reading: Reading) -> Iterator[Reason]:
    """Yield what early discounts took off, or that the last one is over: no cash came in time."""
    if reading.discount > 0:
        yield Reason(f"early discount taken: {Money(reading.discount, reading.currency)}")
    elif reading.discount:
        yield Reason(f"early discount that lapses: {Money(-reading.discount, reading.currency)}")
    elif reading.open and reading.issued is not None:
        until = [offer.until for offer in reading.issued.offers(reading.facts)]
        if until and max(until) < reading.as_of:
            yield Reason(f"early discount lapsed after {max(until)}")


def _oldest_reason(reading: Reading, last_day: date, place: int) -> Reason:
    plan = reading.plan[0] if reading.plan and place >= len(reading.filling.parts) else None
    extension = reading.extensions[place]
    why = "extended from" if extension else "by plan:" if plan else "agreed:"
    much = Money(reading.cash_by_item[place], reading.currency)
    return Reason(
        f"oldest open instalment {place + 1}: {much} by {last_day}"
        f" ({why} {reading.divided.parts[place].due_on})",
        tuple(fact for fact in (plan, extension) if fact),
    )


def _document_reason(invoice: Invoice, reading: Reading, document: DocumentState) -> Reason:
    if reading.void is not None:
        return Reason(f"void since {reading.void.on}: {reading.void.reason}", (reading.void,))
    if document is DocumentState.DRAFT:
        return Reason("draft: not issued by then")
    sent = reading.of_kind(Sent)
    if sent:
        return Reason(f"issued on {invoice.issued_on}, sent on {sent[0].on}", sent[:1])
    return Reason(f"issued on {invoice.issued_on}, not sent")
