"""What type a user of the display room gets; checked by mypy and pyright, never run."""

from datetime import date
from fractions import Fraction
from typing import assert_type

from milestone_invoicing import (
    AgingReport,
    AtProgress,
    CashForecast,
    CollectionMetrics,
    ContractPosition,
    Invoice,
    InvoiceStatus,
    Money,
    OnDate,
    PaymentTerms,
    Percent,
    ProgressApplication,
    ReceivablesSummary,
    Reminder,
    RollForwardRow,
    Rounding,
    Schedule,
    Statement,
    StatusLabel,
    Trigger,
    WorkState,
)
from milestone_invoicing.display import (
    DateStyle,
    Labelled,
    Names,
    aging_text,
    application_text,
    forecast_text,
    format_date,
    format_money,
    format_number,
    format_percent,
    invoice_text,
    invoices_text,
    label,
    metrics_text,
    position_text,
    reminder_subject,
    reminder_text,
    roll_forward_text,
    schedule_text,
    statement_text,
    status_text,
    summary_text,
    trigger_label,
)

today = date(2026, 5, 4)
amount = Money.of("1234.50", "EUR")
half = Percent(50)
assert_type(format_money(amount, locale="nl_NL"), str)
assert_type(format_number("1234.5", locale="nl"), str)
assert_type(format_number(Fraction(1, 3), locale="nl", digits=1, rounding=Rounding.UP), str)
assert_type(format_percent(half, locale="nl", digits=1, rounding=Rounding.UP), str)
assert_type(format_date(today, locale="nl", style=DateStyle.LONG), str)
assert_type(label(StatusLabel.PAID, locale="nl"), str)
assert_type(trigger_label(AtProgress(half), locale="nl"), str)
assert_type(trigger_label(OnDate(today), locale="nl"), str)
state: Labelled = WorkState.APPROVED
state = Trigger.MANUAL


def show(
    schedule: Schedule,
    invoices: tuple[Invoice, ...],
    status: InvoiceStatus,
    position: ContractPosition,
    report: AgingReport,
) -> None:
    """Show what a user would."""
    assert_type(schedule_text(schedule, as_of=today, locale="fr"), str)
    assert_type(schedule_text(schedule, as_of=today, locale="fr", invoices=iter(invoices)), str)
    assert_type(invoice_text(invoices[0], locale="fr"), str)
    assert_type(invoice_text(invoices[0], locale="fr", as_of=today), str)
    assert_type(invoices_text(invoices, as_of=today, locale="fr"), str)
    assert_type(status_text(status, locale="fr"), str)
    assert_type(position_text(position, locale="fr"), str)
    assert_type(aging_text(report, locale="fr", names={"acme": "Acme"}), str)


def show_application(application: ProgressApplication) -> None:
    """Show what is applied for."""
    assert_type(application_text(application, locale="fr"), str)


def show_accounts(told: Statement, summary: ReceivablesSummary) -> None:
    """Show what people send and look at."""
    assert_type(statement_text(told, locale="fr", name="Acme", open_items=True), str)
    assert_type(summary_text(summary, locale="fr", names={"acme": "Acme"}, by_owner=True), str)


def show_figures(
    forecast: CashForecast, metrics: list[CollectionMetrics], rows: tuple[RollForwardRow, ...]
) -> None:
    """Show what comes, how well it was collected, and what moved."""
    names: Names = {"acme": "Acme", None: "nobody"}
    known: dict[str, str] = {"acme": "Acme"}
    assert_type(forecast_text(forecast, locale="fr"), str)
    assert_type(metrics_text(iter(metrics), locale="fr", names=names, digits=0), str)
    assert_type(metrics_text(metrics, locale="fr", names={PaymentTerms.net(30): "usual"}), str)
    assert_type(roll_forward_text(rows, locale="fr", names=known, moves=True), str)


def show_reminders(reminder: Reminder) -> None:
    """Show what a letter says."""
    assert_type(reminder_subject(reminder, locale="fr"), str)
    assert_type(reminder_text(iter([reminder]), locale="fr"), str)


# What must not type-check.
format_money(amount)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
format_money(amount, "nl")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
format_number(0.5, locale="nl")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
format_percent(50, locale="nl")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
label("paid", locale="nl")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
state = "paid"  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]
