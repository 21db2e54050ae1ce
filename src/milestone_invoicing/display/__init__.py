"""What people read: money, dates and labels in their language, and aligned text."""

from milestone_invoicing.display.aging_text import aging_text
from milestone_invoicing.display.application_text import application_text
from milestone_invoicing.display.forecast_text import forecast_text
from milestone_invoicing.display.formats import (
    DateStyle,
    format_date,
    format_number,
    format_percent,
)
from milestone_invoicing.display.invoice_text import invoice_text
from milestone_invoicing.display.invoices_text import invoices_text
from milestone_invoicing.display.labels import Labelled, Names, label, trigger_label
from milestone_invoicing.display.metrics_text import metrics_text
from milestone_invoicing.display.money_format import MoneyStyle, format_money, format_price
from milestone_invoicing.display.position_text import position_text
from milestone_invoicing.display.reminder_text import reminder_subject, reminder_text
from milestone_invoicing.display.roll_forward_text import roll_forward_text
from milestone_invoicing.display.schedule_text import schedule_text
from milestone_invoicing.display.statement_text import statement_text
from milestone_invoicing.display.status_text import status_text
from milestone_invoicing.display.summary_text import summary_text
from milestone_invoicing.display.terms_text import Describable, describe

__all__ = [
    "DateStyle",
    "Describable",
    "Labelled",
    "MoneyStyle",
    "Names",
    "aging_text",
    "application_text",
    "describe",
    "forecast_text",
    "format_date",
    "format_money",
    "format_number",
    "format_percent",
    "format_price",
    "invoice_text",
    "invoices_text",
    "label",
    "metrics_text",
    "position_text",
    "reminder_subject",
    "reminder_text",
    "roll_forward_text",
    "schedule_text",
    "statement_text",
    "status_text",
    "summary_text",
    "trigger_label",
]
