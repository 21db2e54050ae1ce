"""What was agreed: shares, milestones, schedules, work and terms; it knows no invoices."""

from milestone_invoicing.contract.agreement import Agreement, AppliedOrder
from milestone_invoicing.contract.change_orders import (
    AddMilestone,
    Change,
    ChangeOrder,
    ChangeTotal,
    DropMilestone,
    Redate,
    Reprice,
    Reterm,
    Retrigger,
    TotalPolicy,
)
from milestone_invoicing.contract.checks import check
from milestone_invoicing.contract.comparison import MilestoneChange, compare
from milestone_invoicing.contract.milestones import (
    MANUAL,
    ON_APPROVAL,
    ON_DELIVERY,
    ON_SIGNING,
    ON_START,
    AnyTrigger,
    AtProgress,
    Milestone,
    OnDate,
    Trigger,
)
from milestone_invoicing.contract.schedule import Schedule, WorkRecord
from milestone_invoicing.contract.shares import REST, Share, Weight
from milestone_invoicing.contract.templates import Template
from milestone_invoicing.contract.terms import (
    DiscountOffer,
    DiscountTax,
    DueAmount,
    EarlyDiscount,
    Installment,
    InstallmentShare,
    PaymentTerms,
    PercentOfRest,
    PercentOfUntaxed,
)
from milestone_invoicing.contract.work_facts import (
    Approved,
    Cancelled,
    Cleared,
    Delivered,
    ProgressReported,
    Rejected,
    Started,
    WorkFact,
)
from milestone_invoicing.contract.work_standing import WorkStatus, work_status
from milestone_invoicing.contract.work_state import WorkState

__all__ = [
    "MANUAL",
    "ON_APPROVAL",
    "ON_DELIVERY",
    "ON_SIGNING",
    "ON_START",
    "REST",
    "AddMilestone",
    "Agreement",
    "AnyTrigger",
    "AppliedOrder",
    "Approved",
    "AtProgress",
    "Cancelled",
    "Change",
    "ChangeOrder",
    "ChangeTotal",
    "Cleared",
    "Delivered",
    "DiscountOffer",
    "DiscountTax",
    "DropMilestone",
    "DueAmount",
    "EarlyDiscount",
    "Installment",
    "InstallmentShare",
    "Milestone",
    "MilestoneChange",
    "OnDate",
    "PaymentTerms",
    "PercentOfRest",
    "PercentOfUntaxed",
    "ProgressReported",
    "Redate",
    "Rejected",
    "Reprice",
    "Reterm",
    "Retrigger",
    "Schedule",
    "Share",
    "Started",
    "Template",
    "TotalPolicy",
    "Trigger",
    "Weight",
    "WorkFact",
    "WorkRecord",
    "WorkState",
    "WorkStatus",
    "check",
    "compare",
    "work_status",
]
