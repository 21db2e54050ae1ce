"""What is owed: due items, statuses, positions and aging; derived on the day they are asked for."""

from milestone_invoicing.receivables.aging import AgingReport, AgingRow, OpenItem, age
from milestone_invoicing.receivables.buckets import AgingBuckets
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
from milestone_invoicing.receivables.reminders.letters import reminder_letters
from milestone_invoicing.receivables.reminders.planning import reminder_plan
from milestone_invoicing.receivables.reminders.policies import (
    Audience,
    ReminderAnchor,
    ReminderPolicy,
    ReminderStep,
)
from milestone_invoicing.receivables.reminders.sending import Reminder, due_reminders
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
    Transition,
    late_milestones,
    next_milestones,
    ready_to_invoice,
    what_changed,
)

__all__ = [
    "AgingBuckets",
    "AgingReport",
    "AgingRow",
    "Audience",
    "BillingState",
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
    "InvoiceStatus",
    "LateCharge",
    "LatePolicy",
    "LateSpan",
    "MilestoneLabel",
    "MilestoneStatus",
    "NetPosition",
    "OnAccount",
    "OnAccountFact",
    "OpenItem",
    "PlannedMilestone",
    "RateReading",
    "ReadyMilestone",
    "ReferenceRates",
    "Reminder",
    "ReminderAnchor",
    "ReminderPolicy",
    "ReminderStep",
    "SettlementState",
    "StatusLabel",
    "Timeliness",
    "Transition",
    "age",
    "contract_position",
    "discount_state",
    "due_items",
    "due_reminders",
    "exposure_curve",
    "invoice_status",
    "late_charge",
    "late_milestones",
    "milestone_status",
    "next_milestones",
    "owner_of",
    "peak_exposure",
    "ready_to_invoice",
    "reminder_letters",
    "reminder_plan",
    "simple_interest",
    "unowned",
    "what_changed",
]
