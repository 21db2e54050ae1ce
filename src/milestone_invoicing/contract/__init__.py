"""What was agreed: shares, milestones, schedules, work and terms; it knows no invoices."""

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
    "AnyTrigger",
    "Approved",
    "AtProgress",
    "Cancelled",
    "Cleared",
    "Delivered",
    "DiscountOffer",
    "DiscountTax",
    "DueAmount",
    "EarlyDiscount",
    "Installment",
    "InstallmentShare",
    "Milestone",
    "OnDate",
    "PaymentTerms",
    "PercentOfRest",
    "PercentOfUntaxed",
    "ProgressReported",
    "Rejected",
    "Schedule",
    "Share",
    "Started",
    "Template",
    "Trigger",
    "Weight",
    "WorkFact",
    "WorkRecord",
    "WorkState",
    "WorkStatus",
    "work_status",
]
