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
from milestone_invoicing.receivables.aging.buckets import AgingBuckets
from milestone_invoicing.receivables.aging.exchange import ExchangeRates
from milestone_invoicing.receivables.aging.layout import AgeBy, AgingBasis
from milestone_invoicing.receivables.aging.one_pass import age
from milestone_invoicing.receivables.aging.open_items import OpenItem
from milestone_invoicing.receivables.aging.report import AgingReport, AgingRow
from milestone_invoicing.receivables.aging.rolling import BucketMove, RollForwardRow, roll_forward
from milestone_invoicing.receivables.changes import Transition, what_changed
from milestone_invoicing.receivables.discounts import (
    DiscountStage,
    DiscountState,
    discount_state,
)
from milestone_invoicing.receivables.exposure import ExposurePoint, exposure_curve, peak_exposure
from milestone_invoicing.receivables.forecast.cash_curve import (
    BillingWay,
    CashCurve,
    cash_curve,
)
from milestone_invoicing.receivables.forecast.cash_forecast import cash_forecast
from milestone_invoicing.receivables.forecast.report import CashForecast, ForecastRow
from milestone_invoicing.receivables.forecast.risks import risk_flags
from milestone_invoicing.receivables.forecast.slots import ForecastPeriod, Outside
from milestone_invoicing.receivables.late_charges.charges import LateCharge, late_charge
from milestone_invoicing.receivables.late_charges.day_counts import DayCount, simple_interest
from milestone_invoicing.receivables.late_charges.policies import LatePolicy, RateReading
from milestone_invoicing.receivables.late_charges.reference_rates import FixingDay, ReferenceRates
from milestone_invoicing.receivables.late_charges.spans import LateSpan
from milestone_invoicing.receivables.metrics.billing_lag import BillingLag, billing_lag
from milestone_invoicing.receivables.metrics.collection import (
    CollectionMetrics,
    MetricsBy,
    collection_metrics,
    collection_series,
)
from milestone_invoicing.receivables.metrics.formulas import (
    collection_effectiveness,
    count_back_dso,
    days_sales_outstanding,
    weighted_days,
)
from milestone_invoicing.receivables.metrics.habits import (
    PaymentHabit,
    average_delay,
    habitually_late,
    payment_habits,
)
from milestone_invoicing.receivables.milestones import (
    BillingState,
    MilestoneLabel,
    MilestoneStatus,
    milestone_status,
)
from milestone_invoicing.receivables.ownership import owner_of, unowned
from milestone_invoicing.receivables.payments.applying import AppliedPayment, apply_payment
from milestone_invoicing.receivables.payments.from_account import apply_on_account
from milestone_invoicing.receivables.payments.matching import Match, suggest_matches
from milestone_invoicing.receivables.payments.on_account import OnAccount, OnAccountFact
from milestone_invoicing.receivables.payments.plans import payment_plan, payment_plans
from milestone_invoicing.receivables.payments.spreading import PaymentOrder
from milestone_invoicing.receivables.positions import (
    ContractPosition,
    EarnedBy,
    GrossPosition,
    NetPosition,
    contract_position,
)
from milestone_invoicing.receivables.reminders.chase import DuePart
from milestone_invoicing.receivables.reminders.letters import reminder_letters
from milestone_invoicing.receivables.reminders.planning import reminder_plan
from milestone_invoicing.receivables.reminders.policies import ReminderPolicy
from milestone_invoicing.receivables.reminders.sending import Reminder, due_reminders
from milestone_invoicing.receivables.reminders.steps import (
    Audience,
    ReminderAnchor,
    ReminderStep,
)
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
    unbilled_work,
)

__all__ = [
    "AgeBy",
    "AgingBasis",
    "AgingBuckets",
    "AgingReport",
    "AgingRow",
    "AppliedPayment",
    "Audience",
    "BillingLag",
    "BillingState",
    "BillingWay",
    "BucketMove",
    "CashApplied",
    "CashCurve",
    "CashForecast",
    "CollectionMetrics",
    "ContractPosition",
    "DayCount",
    "DiscountStage",
    "DiscountState",
    "DocumentState",
    "DuePart",
    "EarnedBy",
    "ExchangeRates",
    "ExposurePoint",
    "FixingDay",
    "Flag",
    "ForecastPeriod",
    "ForecastRow",
    "GrossPosition",
    "InvoiceHistory",
    "InvoiceStatus",
    "LateCharge",
    "LatePolicy",
    "LateSpan",
    "Match",
    "MetricsBy",
    "MilestoneLabel",
    "MilestoneStatus",
    "Movement",
    "MovementKind",
    "NetPosition",
    "OnAccount",
    "OnAccountFact",
    "OpenItem",
    "Outside",
    "PaymentHabit",
    "PaymentOrder",
    "PeriodBilling",
    "PlannedMilestone",
    "RateReading",
    "ReadyMilestone",
    "ReceivablesSummary",
    "ReferenceRates",
    "Reminder",
    "ReminderAnchor",
    "ReminderPolicy",
    "ReminderStep",
    "RollForwardRow",
    "SettlementState",
    "Statement",
    "StatementAccount",
    "StatusLabel",
    "SummaryRow",
    "Timeliness",
    "Transition",
    "age",
    "apply_on_account",
    "apply_payment",
    "average_delay",
    "billing_lag",
    "cash_curve",
    "cash_forecast",
    "collection_effectiveness",
    "collection_metrics",
    "collection_series",
    "contract_position",
    "count_back_dso",
    "days_sales_outstanding",
    "discount_state",
    "due_reminders",
    "exposure_curve",
    "habitually_late",
    "invoice_status",
    "late_charge",
    "late_milestones",
    "milestone_status",
    "missing_invoices",
    "next_milestones",
    "owner_of",
    "payment_habits",
    "payment_history",
    "payment_plan",
    "payment_plans",
    "peak_exposure",
    "ready_to_invoice",
    "receivables_summary",
    "reminder_letters",
    "reminder_plan",
    "risk_flags",
    "roll_forward",
    "simple_interest",
    "statement",
    "suggest_matches",
    "unbilled_work",
    "unowned",
    "weighted_days",
    "what_changed",
]
