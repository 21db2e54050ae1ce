"""What is billed: parties, tax, lines, totals, invoices and drafts; it knows no receivables."""

from milestone_invoicing.billing.billed import (
    MilestoneBilling,
    billed_net,
    milestone_billing,
)
from milestone_invoicing.billing.document_totals import TaxSubtotal, Totals
from milestone_invoicing.billing.drafting import draft_invoice
from milestone_invoicing.billing.invoice import Invoice, InvoiceKind, issue, record, totals
from milestone_invoicing.billing.invoice_facts import (
    DueDateExtended,
    EventOccurred,
    InvoiceFact,
    Payment,
    Sent,
    Voided,
)
from milestone_invoicing.billing.line import Line
from milestone_invoicing.billing.party import Party
from milestone_invoicing.billing.tax import Tax, TaxCategory

__all__ = [
    "DueDateExtended",
    "EventOccurred",
    "Invoice",
    "InvoiceFact",
    "InvoiceKind",
    "Line",
    "MilestoneBilling",
    "Party",
    "Payment",
    "Sent",
    "Tax",
    "TaxCategory",
    "TaxSubtotal",
    "Totals",
    "Voided",
    "billed_net",
    "draft_invoice",
    "issue",
    "milestone_billing",
    "record",
    "totals",
]
