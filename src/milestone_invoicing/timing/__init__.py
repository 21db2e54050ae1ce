"""Dates without a clock: months, business days, periods, due rules, recurrences; no money."""

from milestone_invoicing.timing.business_days import BusinessCalendar, RollConvention
from milestone_invoicing.timing.due_rules import DueRule
from milestone_invoicing.timing.due_steps import (
    AddDays,
    AddMonths,
    DayOfMonth,
    DueStep,
    EndOfMonth,
    FixedDate,
    NextDayOfMonth,
    Proximo,
    RollToBusinessDay,
    SameDay,
    SkipClosedPeriods,
)
from milestone_invoicing.timing.periods import Closure, Period, Season
from milestone_invoicing.timing.recurrence_rules import RecurrenceRule, Recurring
from milestone_invoicing.timing.recurrences import Recurrence, RecurrenceUnit
from milestone_invoicing.timing.short_months import ShortMonths

__all__ = [
    "AddDays",
    "AddMonths",
    "BusinessCalendar",
    "Closure",
    "DayOfMonth",
    "DueRule",
    "DueStep",
    "EndOfMonth",
    "FixedDate",
    "NextDayOfMonth",
    "Period",
    "Proximo",
    "Recurrence",
    "RecurrenceRule",
    "RecurrenceUnit",
    "Recurring",
    "RollConvention",
    "RollToBusinessDay",
    "SameDay",
    "Season",
    "ShortMonths",
    "SkipClosedPeriods",
]
