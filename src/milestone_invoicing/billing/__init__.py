"""What is billed: parties, tax, lines, totals, invoices and drafts; it knows no receivables."""

from milestone_invoicing.billing.application_checks import check_application
from milestone_invoicing.billing.applications import (
    ApplicationLine,
    ChangeOrderSummary,
    ProgressApplication,
)
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
from milestone_invoicing.billing.progress_application import progress_application
from milestone_invoicing.billing.tax import Tax, TaxCategory
from milestone_invoicing.billing.time_billing import TimeEntry, time_lines

__all__ = [
    "ApplicationLine",
    "ChangeOrderSummary",
    "DueDateExtended",
    "EventOccurred",
    "Invoice",
    "InvoiceFact",
    "InvoiceKind",
    "Line",
    "MilestoneBilling",
    "Party",
    "Payment",
    "ProgressApplication",
    "Sent",
    "Tax",
    "TaxCategory",
    "TaxSubtotal",
    "TimeEntry",
    "Totals",
    "Voided",
    "billed_net",
    "check_application",
    "draft_invoice",
    "issue",
    "milestone_billing",
    "progress_application",
    "record",
    "time_lines",
    "totals",
]
