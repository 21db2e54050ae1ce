"""What type a user of the receivables room gets; checked by mypy and pyright, never run."""

from datetime import date
from fractions import Fraction
from typing import assert_type

from milestone_invoicing import (
    AgingBuckets,
    AgingReport,
    AgingRow,
    Audience,
    BillingState,
    ContractPosition,
    DayCount,
    DocumentState,
    DueDateExtended,
    DueItem,
    ExposurePoint,
    Flag,
    GrossPosition,
    Invoice,
    InvoiceStatus,
    LateCharge,
    LatePolicy,
    LateSpan,
    MilestoneBilling,
    MilestoneLabel,
    MilestoneStatus,
    Money,
    NetPosition,
    OpenItem,
    Percent,
    Reason,
    ReferenceRates,
    Reminded,
    Reminder,
    ReminderPolicy,
    ReminderStep,
    Rounding,
    Schedule,
    SettlementState,
    StatusLabel,
    Timeliness,
    WorkStatus,
    age,
    as_known_on,
    contract_position,
    due_items,
    due_reminders,
    exposure_curve,
    invoice_status,
    late_charge,
    milestone_status,
    peak_exposure,
    reminder_letters,
    reminder_plan,
    simple_interest,
)


def ask_invoice(invoice: Invoice, today: date) -> None:
    """Ask about an invoice."""
    status = invoice_status(invoice, as_of=today, due_within=7)
    assert_type(status, InvoiceStatus)
    assert_type(status.document, DocumentState)
    assert_type(status.settlement, SettlementState)
    assert_type(status.timeliness, Timeliness)
    assert_type(status.label, StatusLabel)
    assert_type(status.flags, frozenset[Flag])
    assert_type(status.open, Money)
    assert_type(status.days_overdue, int)
    assert_type(status.reasons, tuple[Reason, ...])
    assert_type(status.next_change, date | None)

    items = due_items(invoice, as_of=today)
    assert_type(items, tuple[DueItem, ...])
    assert_type(items[0].due_on, date | None)
    assert_type(items[0].extension, DueDateExtended | None)
    assert_type(as_known_on(invoice, today), Invoice)


def ask_contract(schedule: Schedule, invoice: Invoice, today: date) -> None:
    """Ask about a contract."""
    milestone = milestone_status(schedule, "a", [invoice], as_of=today)
    assert_type(milestone, MilestoneStatus)
    assert_type(milestone.work, WorkStatus)
    assert_type(milestone.billing, BillingState)
    assert_type(milestone.terms, MilestoneBilling)
    assert_type(milestone.label, MilestoneLabel)

    position = contract_position(schedule, [invoice], as_of=today)
    assert_type(position, ContractPosition)
    assert_type(position.milestones, tuple[NetPosition, ...])
    assert_type(position.net.unbilled, Money)
    assert_type(position.invoices, tuple[GrossPosition, ...])
    assert_type(as_known_on(schedule, today), Schedule)

    curve = exposure_curve(schedule, [invoice], since=today, until=today)
    assert_type(curve, tuple[ExposurePoint, ...])
    assert_type(curve[0].exposure, Money)
    assert_type(peak_exposure(schedule, [invoice], since=today, until=today), ExposurePoint)


def ask_aging(invoice: Invoice, today: date) -> AgingReport:
    """Ask what is owed for how long."""
    item = OpenItem("17", "acme", None, Money.of(100, "EUR"))
    report = age([invoice, item], as_of=today, buckets=AgingBuckets((30, 60)))
    assert_type(report, AgingReport)
    assert_type(report + report, AgingReport)
    assert_type(report.rows, tuple[AgingRow, ...])
    assert_type(report.rows[0].party, str | None)
    assert_type(report.rows[0].buckets, tuple[Money, ...])
    assert_type(report.rows[0].balance, Money)
    return report


def mistaken(invoice: Invoice, report: AgingReport, today: date) -> None:
    """Do what must not type-check."""
    invoice_status(invoice)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    invoice_status(invoice, today)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    age(invoice, as_of=today)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    report + 1  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnusedExpression]


def charge_late(invoice: Invoice, rates: ReferenceRates, today: date) -> None:
    """Work out what late payment costs."""
    assert_type(rates.on(today), Percent)
    policy = LatePolicy.eu_directive(rates, margin="9")
    assert_type(policy, LatePolicy)
    assert_type(policy.compensation, tuple[tuple[Money, Money], ...])
    charge = late_charge(invoice, policy, as_of=today)
    assert_type(charge, LateCharge)
    assert_type(charge.spans, tuple[LateSpan, ...])
    assert_type(charge.total, Money)
    assert_type(charge.exact_interest, Fraction)
    assert_type(charge.reasons, tuple[Reason, ...])
    assert_type(DayCount.THIRTY_360.years(today, today), Fraction)
    found = simple_interest(
        charge.total, rates.on(today), since=today, until=today, rounding=Rounding.HALF_UP
    )
    assert_type(found, Money)


def remind(invoice: Invoice, today: date) -> None:
    """Ask what is to be sent."""
    step = ReminderStep(3, Audience.CLIENT, level=1, least=Money.of(5, "EUR"))
    assert_type(step.least, tuple[Money, ...])
    policy = ReminderPolicy([step], one_at_a_time=True)
    assert_type(policy.steps, tuple[ReminderStep, ...])
    found = due_reminders([invoice], policy, as_of=today)
    assert_type(found, tuple[Reminder, ...])
    assert_type(reminder_plan([invoice], policy, since=today, until=today), tuple[Reminder, ...])
    assert_type(reminder_letters(found), tuple[tuple[Reminder, ...], ...])
    assert_type(found[0].fact(), Reminded)
    assert_type(found[0].days_past_due, int)
    assert_type(found[0].audience, Audience)
