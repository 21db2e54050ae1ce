"""What is billed: parties, tax, lines, totals, invoices and drafts; it knows no receivables."""

from milestone_invoicing.billing.billed import (
    MilestoneBilling,
    billed_net,
    milestone_billing,
)
from milestone_invoicing.billing.credit_notes import apply_credit, credit_note
from milestone_invoicing.billing.document_totals import Prepaid, TaxSubtotal, Totals
from milestone_invoicing.billing.drafting import draft_invoice
from milestone_invoicing.billing.invoice import (
    CreditEffect,
    Invoice,
    InvoiceKind,
    issue,
    record,
    totals,
)
from milestone_invoicing.billing.invoice_facts import (
    Applied,
    Credited,
    DueDateExtended,
    EventOccurred,
    InvoiceFact,
    Payment,
    Recovered,
    Refunded,
    RetainageReleased,
    Sent,
    Voided,
    Withheld,
    WriteOffReason,
    WrittenOff,
)
from milestone_invoicing.billing.line import Line
from milestone_invoicing.billing.party import Party
from milestone_invoicing.billing.tax import Tax, TaxCategory

__all__ = [
    "Applied",
    "CreditEffect",
    "Credited",
    "DueDateExtended",
    "EventOccurred",
    "Invoice",
    "InvoiceFact",
    "InvoiceKind",
    "Line",
    "MilestoneBilling",
    "Party",
    "Payment",
    "Prepaid",
    "Recovered",
    "Refunded",
    "RetainageReleased",
    "Sent",
    "Tax",
    "TaxCategory",
    "TaxSubtotal",
    "Totals",
    "Voided",
    "Withheld",
    "WriteOffReason",
    "WrittenOff",
    "apply_credit",
    "billed_net",
    "credit_note",
    "draft_invoice",
    "issue",
    "milestone_billing",
    "record",
    "totals",
]
