"""What is owed: due items, statuses, positions and aging; derived on the day they are asked for."""

from milestone_invoicing.receivables.accounts.missing import PeriodBilling, missing_invoices
from milestone_invoicing.receivables.accounts.movements import MovementKind
from milestone_invoicing.receivables.accounts.payment_history import (
    CashApplied,
    InvoiceHistory,
    payment_history,
)
from milestone_invoicing.receivables.accounts.statement import (
    Movement,
    Statement,
    StatementAccount,
    statement,
)
from milestone_invoicing.receivables.accounts.summary import (
    ReceivablesSummary,
    SummaryRow,
    receivables_summary,
)
from milestone_invoicing.receivables.aging import AgingReport, AgingRow, OpenItem, age
from milestone_invoicing.receivables.buckets import AgingBuckets
from milestone_invoicing.receivables.changes import Transition, what_changed
from milestone_invoicing.receivables.discounts import (
    DiscountStage,
    DiscountState,
    discount_state,
)
from milestone_invoicing.receivables.exposure import ExposurePoint, exposure_curve, peak_exposure
from milestone_invoicing.receivables.late_charges.charges import LateCharge, late_charge
from milestone_invoicing.receivables.late_charges.day_counts import DayCount, simple_interest
from milestone_invoicing.receivables.late_charges.policies import LatePolicy, RateReading
from milestone_invoicing.receivables.late_charges.reference_rates import FixingDay, ReferenceRates
from milestone_invoicing.receivables.late_charges.spans import LateSpan
from milestone_invoicing.receivables.milestones import (
    BillingState,
    MilestoneLabel,
    MilestoneStatus,
    milestone_status,
)
from milestone_invoicing.receivables.ownership import owner_of, unowned
from milestone_invoicing.receivables.payments.on_account import OnAccount, OnAccountFact
from milestone_invoicing.receivables.positions import (
    ContractPosition,
    EarnedBy,
    GrossPosition,
    NetPosition,
    contract_position,
)
from milestone_invoicing.receivables.settlement import DueItem, due_items
from milestone_invoicing.receivables.status import InvoiceStatus, invoice_status
from milestone_invoicing.receivables.status_axes import (
    DocumentState,
    Flag,
    SettlementState,
    StatusLabel,
)
from milestone_invoicing.receivables.timeliness import Timeliness
from milestone_invoicing.receivables.worklists import (
    PlannedMilestone,
    ReadyMilestone,
    late_milestones,
    next_milestones,
    ready_to_invoice,
)

__all__ = [
    "AgingBuckets",
    "AgingReport",
    "AgingRow",
    "BillingState",
    "CashApplied",
    "ContractPosition",
    "DayCount",
    "DiscountStage",
    "DiscountState",
    "DocumentState",
    "DueItem",
    "EarnedBy",
    "ExposurePoint",
    "FixingDay",
    "Flag",
    "GrossPosition",
    "InvoiceHistory",
    "InvoiceStatus",
    "LateCharge",
    "LatePolicy",
    "LateSpan",
    "MilestoneLabel",
    "MilestoneStatus",
    "Movement",
    "MovementKind",
    "NetPosition",
    "OnAccount",
    "OnAccountFact",
    "OpenItem",
    "PeriodBilling",
    "PlannedMilestone",
    "RateReading",
    "ReadyMilestone",
    "ReceivablesSummary",
    "ReferenceRates",
    "SettlementState",
    "Statement",
    "StatementAccount",
    "StatusLabel",
    "SummaryRow",
    "Timeliness",
    "Transition",
    "age",
    "contract_position",
    "discount_state",
    "due_items",
    "exposure_curve",
    "invoice_status",
    "late_charge",
    "late_milestones",
    "milestone_status",
    "missing_invoices",
    "next_milestones",
    "owner_of",
    "payment_history",
    "peak_exposure",
    "ready_to_invoice",
    "receivables_summary",
    "simple_interest",
    "statement",
    "unowned",
    "what_changed",
]
