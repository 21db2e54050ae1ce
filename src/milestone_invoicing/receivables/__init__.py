"""What is owed: due items, statuses, positions and aging; derived on the day they are asked for."""

from milestone_invoicing.receivables.aging import AgingReport, AgingRow, OpenItem, age
from milestone_invoicing.receivables.buckets import AgingBuckets
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
from milestone_invoicing.receivables.forecast.cash_forecast import (
    CashForecast,
    ForecastRow,
    cash_forecast,
)
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
    "BillingLag",
    "BillingState",
    "BillingWay",
    "CashCurve",
    "CashForecast",
    "CollectionMetrics",
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
    "ForecastPeriod",
    "ForecastRow",
    "GrossPosition",
    "InvoiceStatus",
    "LateCharge",
    "LatePolicy",
    "LateSpan",
    "MetricsBy",
    "MilestoneLabel",
    "MilestoneStatus",
    "NetPosition",
    "OnAccount",
    "OnAccountFact",
    "OpenItem",
    "Outside",
    "PaymentHabit",
    "PlannedMilestone",
    "RateReading",
    "ReadyMilestone",
    "ReferenceRates",
    "SettlementState",
    "StatusLabel",
    "Timeliness",
    "Transition",
    "age",
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
    "due_items",
    "exposure_curve",
    "habitually_late",
    "invoice_status",
    "late_charge",
    "late_milestones",
    "milestone_status",
    "next_milestones",
    "owner_of",
    "payment_habits",
    "peak_exposure",
    "ready_to_invoice",
    "risk_flags",
    "simple_interest",
    "unowned",
    "weighted_days",
    "what_changed",
]
