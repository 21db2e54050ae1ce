"""What is billed: parties, tax, lines, totals, invoices and drafts; it knows no receivables."""

from milestone_invoicing.billing.account.books import Books, BooksPosition, record
from milestone_invoicing.billing.account.due_item import DueItem
from milestone_invoicing.billing.account.position import InvoicePosition, due_items
from milestone_invoicing.billing.adjustments import (
    document_allowances,
    document_charges,
    tax_reduction,
)
from milestone_invoicing.billing.advances.deposits import (
    DepositState,
    deposit_amount,
    deposits_left,
    draft_deposit,
)
from milestone_invoicing.billing.advances.start_gates import StartGate, start_gate
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
from milestone_invoicing.billing.books.cross_checks import check_invoices
from milestone_invoicing.billing.books.drift import GroupDrift, TaxDrift, tax_drift
from milestone_invoicing.billing.books.sequences import check_numbers
from milestone_invoicing.billing.books.unrecouped import check_draft
from milestone_invoicing.billing.cash_rounding import round_payable
from milestone_invoicing.billing.checks.audit import check_stated
from milestone_invoicing.billing.checks.checking import check
from milestone_invoicing.billing.checks.stated import StatedTotals
from milestone_invoicing.billing.credit.notes import apply_credit, credit_note
from milestone_invoicing.billing.document.adjustment import Adjustment
from milestone_invoicing.billing.document.breakdown import Prepaid, TaxCurrency, TaxSubtotal
from milestone_invoicing.billing.document.delivery import Delivery
from milestone_invoicing.billing.document.inclusive import without_tax
from milestone_invoicing.billing.document.kinds import CreditEffect, InvoiceKind
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.party import Party
from milestone_invoicing.billing.document.tax import Tax, TaxCategory
from milestone_invoicing.billing.document.totals import Totals
from milestone_invoicing.billing.drafting import draft_invoice
from milestone_invoicing.billing.events import record_events
from milestone_invoicing.billing.history.collection_facts import (
    Assigned,
    Disputed,
    DisputeOutcome,
    DisputeResolved,
    FollowedUp,
    HandedOver,
    LateCharged,
    PlanAgreed,
    Promised,
    Reminded,
)
from milestone_invoicing.billing.history.invoice_facts import (
    Applied,
    Credited,
    DueDateExtended,
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
from milestone_invoicing.billing.invoice import Invoice, issue, totals
from milestone_invoicing.billing.methods.expenses import Expense, expense_lines
from milestone_invoicing.billing.methods.hours import TimeEntry, time_lines
from milestone_invoicing.billing.methods.late_fees import late_fee_line
from milestone_invoicing.billing.methods.prepaid import HoursDrawn, PrepaidHours, hours_drawn
from milestone_invoicing.billing.methods.retainers import Proration, Retainer, retainer_lines
from milestone_invoicing.billing.methods.success_fees import TierBasis, success_fee_line
from milestone_invoicing.billing.retainage.releasing import draft_release, release_retainage
from milestone_invoicing.billing.retainage.retaining import RetainageState, retainage_state

__all__ = [
    "Adjustment",
    "ApplicationLine",
    "Applied",
    "Assigned",
    "Books",
    "BooksPosition",
    "ChangeOrderSummary",
    "CreditEffect",
    "Credited",
    "Delivery",
    "DepositState",
    "DisputeOutcome",
    "DisputeResolved",
    "Disputed",
    "DueDateExtended",
    "DueItem",
    "Expense",
    "FollowedUp",
    "GroupDrift",
    "HandedOver",
    "HoursDrawn",
    "Invoice",
    "InvoiceFact",
    "InvoiceKind",
    "InvoicePosition",
    "LateCharged",
    "Line",
    "MilestoneBilling",
    "Party",
    "Payment",
    "PlanAgreed",
    "Prepaid",
    "PrepaidHours",
    "ProgressApplication",
    "Promised",
    "Proration",
    "Recovered",
    "Refunded",
    "Reminded",
    "RetainageReleased",
    "RetainageState",
    "Retainer",
    "Sent",
    "StartGate",
    "StatedTotals",
    "Tax",
    "TaxCategory",
    "TaxCurrency",
    "TaxDrift",
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
    "check",
    "check_application",
    "check_draft",
    "check_invoices",
    "check_numbers",
    "check_stated",
    "credit_note",
    "deposit_amount",
    "deposits_left",
    "document_allowances",
    "document_charges",
    "draft_deposit",
    "draft_invoice",
    "draft_release",
    "due_items",
    "expense_lines",
    "hours_drawn",
    "issue",
    "late_fee_line",
    "milestone_billing",
    "progress_application",
    "record",
    "record_events",
    "release_retainage",
    "retainage_state",
    "retainer_lines",
    "round_payable",
    "start_gate",
    "success_fee_line",
    "tax_drift",
    "tax_reduction",
    "time_lines",
    "totals",
    "without_tax",
]
