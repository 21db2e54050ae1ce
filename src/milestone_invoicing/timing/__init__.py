"""Dates without a clock: month steps, business days and due rules; this room knows no money."""

from milestone_invoicing.timing.business_days import BusinessCalendar, RollConvention
from milestone_invoicing.timing.due_rules import (
    AddDays,
    AddMonths,
    DayOfMonth,
    DueRule,
    DueStep,
    EndOfMonth,
    RollToBusinessDay,
)

__all__ = [
    "AddDays",
    "AddMonths",
    "BusinessCalendar",
    "DayOfMonth",
    "DueRule",
    "DueStep",
    "EndOfMonth",
    "RollConvention",
    "RollToBusinessDay",
]
