"""What the document and its lines must show besides parties, tax and sums."""

from collections.abc import Iterator
from typing import Final

from milestone_invoicing.billing.checks.rules import Rule
from milestone_invoicing.billing.document.delivery import Delivery
from milestone_invoicing.billing.document.kinds import InvoiceKind
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.contract import PaymentTerms
from milestone_invoicing.findings import Finding, Severity

_NO_DELIVERY: Final = Delivery()


def _has_no_number(invoice: Invoice) -> bool:
    return invoice.number is None


def _has_no_issue_date(invoice: Invoice) -> bool:
    return invoice.issued_on is None


def _names_no_other(invoice: Invoice) -> bool:
    follows = invoice.kind.is_credit_note or invoice.kind is InvoiceKind.CORRECTED
    return follows and not invoice.preceding


def _has_no_terms(invoice: Invoice) -> bool:
    return invoice.payable.minor > 0 and invoice.terms == PaymentTerms()


HEAD_RULES: Final = (
    Rule(
        "BR-02",
        "number",
        "a draft has no number: issue() gives it one",
        _has_no_number,
        Severity.WARNING,
    ),
    Rule(
        "BR-03",
        "issued_on",
        "a draft has no issue date: issue() gives it one",
        _has_no_issue_date,
        Severity.WARNING,
    ),
    Rule(
        "no_preceding",
        "preceding",
        "it corrects or credits an invoice that it does not name: fill in preceding",
        _names_no_other,
        Severity.WARNING,
    ),
    Rule(
        "no_terms",
        "terms",
        "no terms are agreed, so that it is due on receipt: fill in terms",
        _has_no_terms,
        Severity.NOTE,
    ),
)


def lines_found(invoice: Invoice) -> Iterator[Finding]:
    """Yield what lines do not show, line by line."""
    for place, line in enumerate(invoice.lines):
        if _bills_work(invoice, line):
            yield from _of_work(f"lines[{place}].delivery", line.delivery or _NO_DELIVERY)


def _bills_work(invoice: Invoice, line: Line) -> bool:
    """Say whether a line bills work of a milestone, and takes nothing back."""
    takes_back = invoice.kind.is_credit_note or line.deducts is not None
    return line.milestone is not None and not takes_back


def _of_work(path: str, delivery: Delivery) -> Iterator[Finding]:
    if not delivery.what.strip() and delivery.delivered_on is None:
        message = "nothing says what was delivered for this milestone: fill in delivery"
        yield Finding(path, "no_delivery", message, Severity.WARNING)
    if not delivery.approved_by:
        message = "nobody is named who approved the work: fill in approved_by"
        yield Finding(f"{path}.approved_by", "no_approval", message, Severity.NOTE)
