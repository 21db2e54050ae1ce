"""What type a user of the receivables room gets; checked by mypy and pyright, never run."""

from datetime import date
from fractions import Fraction
from typing import assert_type

from milestone_invoicing import (
    AgingBuckets,
    AgingReport,
    AgingRow,
    AppliedPayment,
    Audience,
    BillingState,
    Books,
    CashApplied,
    ContractPosition,
    DayCount,
    DocumentState,
    DueDateExtended,
    DueItem,
    ExposurePoint,
    Flag,
    GrossPosition,
    Invoice,
    InvoiceHistory,
    InvoiceStatus,
    LateCharge,
    LatePolicy,
    LateSpan,
    Match,
    MilestoneBilling,
    MilestoneLabel,
    MilestoneStatus,
    Money,
    Movement,
    MovementKind,
    NetPosition,
    OnAccount,
    OpenItem,
    Payment,
    PaymentOrder,
    Percent,
    Period,
    PeriodBilling,
    PlanAgreed,
    Reason,
    ReceivablesSummary,
    ReferenceRates,
    Reminded,
    Reminder,
    ReminderPolicy,
    ReminderStep,
    Retainer,
    Rounding,
    Schedule,
    SettlementState,
    Statement,
    StatementAccount,
    StatusLabel,
    SummaryRow,
    Timeliness,
    WorkStatus,
    age,
    apply_on_account,
    apply_payment,
    as_known_on,
    contract_position,
    due_items,
    due_reminders,
    exposure_curve,
    invoice_status,
    late_charge,
    milestone_status,
    missing_invoices,
    payment_history,
    payment_plan,
    payment_plans,
    peak_exposure,
    receivables_summary,
    reminder_letters,
    reminder_plan,
    simple_interest,
    statement,
    suggest_matches,
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
    assert_type(report.rows[0].key, str | None)
    assert_type(report.rows[0].buckets, tuple[Money, ...])
    assert_type(report.rows[0].balance, Money)
    return report


def ask_accounts(invoice: Invoice, retainer: Retainer, today: date) -> Statement:
    """Ask for what people send and look at."""
    money = OnAccount("acme", Money.of(100, "EUR"), today)
    told = statement(invoice.buyer, [invoice], since=today, until=today, on_account=[money])
    assert_type(told, Statement)
    assert_type(told.aging, AgingReport)
    assert_type(told.accounts, tuple[StatementAccount, ...])
    assert_type(told.accounts[0].movements, tuple[Movement, ...])
    assert_type(told.accounts[0].movements[0].kind, MovementKind)
    assert_type(told.accounts[0].movements[0].number, str | None)
    assert_type(told.accounts[0].open_items, tuple[OpenItem, ...])
    history = payment_history("acme", [invoice], as_of=today)
    assert_type(history, tuple[InvoiceHistory, ...])
    assert_type(history[0].payments, tuple[CashApplied, ...])
    assert_type(history[0].payments[0].days_late, int | None)
    summary = receivables_summary([invoice], as_of=today, on_account=[money], ready={"acme": []})
    assert_type(summary, ReceivablesSummary)
    assert_type(summary.owners, tuple[SummaryRow, ...])
    assert_type(summary.week, Period)
    assert_type(summary.totals[0].open, Money)
    missing = missing_invoices(retainer, [invoice], as_of=today, ahead=False)
    assert_type(missing, tuple[PeriodBilling, ...])
    assert_type(missing[0].missing, tuple[Period, ...])
    return told


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


def take_money(invoice: Invoice, charge: LateCharge, today: date) -> None:
    """Set money against invoices, plan what is open, match a bank line."""
    money = Money.of(100, "EUR")
    applied = apply_payment(
        money,
        [invoice],
        as_of=today,
        order=PaymentOrder.CHARGES_FIRST,
        charges={"1": charge, "2": money},
    )
    assert_type(applied, AppliedPayment)
    assert_type(applied.facts, tuple[tuple[str, Payment], ...])
    assert_type(applied.invoices, tuple[Invoice, ...])
    assert_type(applied.to_charges, tuple[tuple[str, Money], ...])
    assert_type(applied.left_over, Money)
    on_account = applied.on_account("acme")
    assert_type(on_account, OnAccount | None)
    if on_account:
        both = apply_on_account(on_account, [invoice], "1", on=today)
        assert_type(both, tuple[OnAccount, Books])
    assert_type(payment_plan(invoice, 6, on=today, first_due_on=today), PlanAgreed)
    plans = payment_plans([invoice], [money, money], on=today, first_due_on=today)
    assert_type(plans, tuple[tuple[str, PlanAgreed], ...])
    matches = suggest_matches(money, "INV 1", [invoice], as_of=today)
    assert_type(matches, tuple[Match, ...])
    assert_type(matches[0].score, int)


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
