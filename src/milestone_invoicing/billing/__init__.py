"""What is billed: parties, tax, lines, totals, invoices and drafts; it knows no receivables."""

from milestone_invoicing.billing.advances.deposits import (
    DepositState,
    StartGate,
    deposit_amount,
    deposits_left,
    draft_deposit,
    start_gate,
)
from milestone_invoicing.billing.applications.columns import (
    ApplicationLine,
    ChangeOrderSummary,
    ProgressApplication,
)
from milestone_invoicing.billing.applications.progress import progress_application
from milestone_invoicing.billing.applications.ties import check_application
from milestone_invoicing.billing.billed import (
    MilestoneBilling,
    billed_net,
    milestone_billing,
)
from milestone_invoicing.billing.credit.notes import apply_credit, credit_note
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.party import Party
from milestone_invoicing.billing.document.tax import Tax, TaxCategory
from milestone_invoicing.billing.document.totals import Prepaid, TaxSubtotal, Totals
from milestone_invoicing.billing.drafting import draft_invoice
from milestone_invoicing.billing.history.invoice_facts import (
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
from milestone_invoicing.billing.invoice import (
    CreditEffect,
    Invoice,
    InvoiceKind,
    issue,
    record,
    totals,
)
from milestone_invoicing.billing.methods.expenses import Expense, expense_lines
from milestone_invoicing.billing.methods.hours import TimeEntry, time_lines
from milestone_invoicing.billing.methods.late_fees import late_fee_line
from milestone_invoicing.billing.methods.prepaid import HoursDrawn, PrepaidHours, hours_drawn
from milestone_invoicing.billing.methods.retainers import Proration, Retainer, retainer_lines
from milestone_invoicing.billing.methods.success_fees import TierBasis, success_fee_line
from milestone_invoicing.billing.retainage.releasing import draft_release, release_retainage
from milestone_invoicing.billing.retainage.retaining import RetainageState, retainage_state

__all__ = [
    "ApplicationLine",
    "Applied",
    "ChangeOrderSummary",
    "CreditEffect",
    "Credited",
    "DepositState",
    "DueDateExtended",
    "EventOccurred",
    "Expense",
    "HoursDrawn",
    "Invoice",
    "InvoiceFact",
    "InvoiceKind",
    "Line",
    "MilestoneBilling",
    "Party",
    "Payment",
    "Prepaid",
    "PrepaidHours",
    "ProgressApplication",
    "Proration",
    "Recovered",
    "Refunded",
    "RetainageReleased",
    "RetainageState",
    "Retainer",
    "Sent",
    "StartGate",
    "Tax",
    "TaxCategory",
    "TaxSubtotal",
    "TierBasis",
    "TimeEntry",
    "Totals",
    "Voided",
    "Withheld",
    "WriteOffReason",
    "WrittenOff",
    "apply_credit",
    "billed_net",
    "check_application",
    "credit_note",
    "deposit_amount",
    "deposits_left",
    "draft_deposit",
    "draft_invoice",
    "draft_release",
    "expense_lines",
    "hours_drawn",
    "issue",
    "late_fee_line",
    "milestone_billing",
    "progress_application",
    "record",
    "release_retainage",
    "retainage_state",
    "retainer_lines",
    "start_gate",
    "success_fee_line",
    "time_lines",
    "totals",
]
