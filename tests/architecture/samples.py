"""One sample or more of every public attrs class, for the tests of what every value must be.

``samples()`` builds them anew at each call, so that two calls give equal but separate values.
"""

from datetime import date
from fractions import Fraction

import milestone_invoicing as mi

MAY_4 = date(2026, 5, 4)
MAY_6 = date(2026, 5, 6)
JUNE_1 = date(2026, 6, 1)
JULY_1 = date(2026, 7, 1)
JULY_2 = date(2026, 7, 2)


def samples() -> tuple[object, ...]:
    """Return the samples; a public class without one fails ``test_values.py``."""
    return (
        *money_samples(),
        *timing_samples(),
        *fact_samples(),
        *contract_samples(),
        *billing_samples(),
        *receivables_samples(),
    )


def money_samples() -> tuple[object, ...]:
    return (
        mi.Currency.of("EUR"),
        mi.Currency("ZZZ", 4),
        mi.Money(123450, mi.Currency.of("EUR")),
        mi.Money.of("-0.01", "USD"),
        mi.Percent("33.3"),
        mi.Percent(Fraction(100, 3)),
        mi.Price("0.00345", "EUR"),
        mi.LimitedParts((mi.Money.of(3, "EUR"),), mi.Money.of(1, "EUR")),
        mi.TaxedAmount(mi.Money.of(100, "EUR"), mi.Money.of(21, "EUR")),
    )


def timing_samples() -> tuple[object, ...]:
    # Enough holidays for the order of a set to show, if anything prints one as it comes.
    holidays = [date(2026, month, 1) for month in range(1, 13)]
    calendar = mi.BusinessCalendar(holidays=holidays)
    return (
        mi.AddDays(30),
        mi.AddMonths(1),
        mi.EndOfMonth(),
        mi.DayOfMonth(10, 1),
        mi.FixedDate(JULY_1),
        calendar,
        mi.BusinessCalendar.from_container(set(holidays), 2026, 2027),
        mi.RollToBusinessDay(calendar, mi.RollConvention.MODIFIED_FOLLOWING),
        mi.NextDayOfMonth((5, 20), mi.SameDay.MOVE),
        mi.Proximo(20, -3),
        mi.Period(MAY_4, JUNE_1),
        mi.Season(12, 24, 1, 2),
        mi.SkipClosedPeriods((mi.Period(MAY_4, JUNE_1), mi.Season(8, 1, 8, 31))),
        mi.Recurrence.monthly(date(2026, 1, 31), times=3),
        mi.RecurrenceRule("FREQ=MONTHLY;BYDAY=2TU", MAY_4, excluded=[JULY_1], added=[JULY_2]),
        mi.Recurrence(MAY_4, 2, mi.RecurrenceUnit.WEEKS, until=JULY_1),
        mi.DueRule((mi.AddDays(30), mi.EndOfMonth())),
        mi.DueRule((mi.EndOfMonth(), mi.AddDays(30))),
    )


def fact_samples() -> tuple[object, ...]:
    delivered = mi.Delivered(on=MAY_4, recorded_on=MAY_6)
    return (
        mi.Fact(on=MAY_4),
        mi.Reversed(delivered, "entered by mistake", on=MAY_6),
        mi.Reason("delivered since 2026-05-04", (delivered,)),
        mi.Started(on=MAY_4),
        mi.ProgressReported(mi.Percent(50), on=MAY_4),
        mi.MaterialsStored(mi.Money.of(8000, "EUR"), on=MAY_4),
        delivered,
        mi.Approved("client", on=MAY_6),
        mi.Rejected("client", "wrong colours", on=MAY_6),
        mi.Cleared("board", on=MAY_6),
        mi.Cancelled("no longer needed", on=MAY_6),
    )


def contract() -> mi.Schedule:
    """Return a contract of which a part is delivered and approved."""
    return mi.Schedule(
        mi.Money.of("184333.37", "EUR"),
        [
            mi.Milestone(
                "permits",
                "Permits",
                mi.Percent(20),
                trigger=mi.ON_DELIVERY,
                due_on=JUNE_1,
                terms=mi.PaymentTerms.net(14),
            ),
            mi.Milestone(
                "frame",
                "Frame",
                mi.Money.of(10_000, "EUR"),
                depends_on=["permits"],
                accepted_after=mi.AcceptedAfter(14),
            ),
            mi.Milestone("rest", "The rest", mi.REST, trigger=mi.AtProgress(mi.Percent(80))),
        ],
        signed_on=MAY_4,
        retainage=retainage(),
    ).record("permits", mi.Started(on=MAY_4), mi.Delivered(on=MAY_6))


def contract_samples() -> tuple[object, ...]:
    schedule = contract()
    return (
        mi.Weight(2),
        mi.AcceptedAfter(14),
        mi.OnDate(JUNE_1),
        mi.AtProgress(mi.Percent(80)),
        mi.Installment(mi.Percent(50), mi.DueRule((mi.AddDays(30),))),
        mi.Installment(mi.PercentOfRest(50), after="letter of credit"),
        mi.Installment(mi.PercentOfUntaxed(50), discounts=[mi.EarlyDiscount("1.5", 8)]),
        mi.PercentOfRest(50),
        mi.PercentOfUntaxed("12.5"),
        mi.DueAmount(JUNE_1, mi.Money.of(100, "EUR")),
        mi.EarlyDiscount(2, 10, mi.DiscountTax.ALWAYS_REDUCED),
        mi.PaymentTerms.net(30),
        mi.PaymentTerms.monthly(3, first_days=10),
        mi.PaymentTerms.net(30, discounts=[mi.EarlyDiscount(2, 10), mi.EarlyDiscount(1, 20)]),
        *discounted().terms.offers(
            mi.Money.of(100, "EUR"), JUNE_1, reducible=discounted().reducible
        ),
        *order_samples(),
        *retainage_samples(),
        mi.check(schedule)[0],
        *schedule.milestones,
        *schedule.facts,
        schedule,
        schedule.record_event(mi.EventOccurred("delivery", on=MAY_6)),
        mi.WorkRecord(None, mi.EventOccurred("delivery", on=MAY_6)),
        mi.work_status(schedule, "permits", as_of=MAY_6),
    )


def retainage() -> mi.Retainage:
    """Return a retainage with a step of each kind."""
    return mi.Retainage(
        [
            mi.RetainageStep(10),
            mi.RetainageStep("7.5", after=mi.Percent(50)),
            mi.RetainageStep(2, after="delivery"),
        ],
        cap=mi.Money.of(9000, "EUR"),
        stored=mi.Percent(5),
        release=mi.DueRule((mi.AddDays(60),)),
    )


def retainage_samples() -> tuple[object, ...]:
    done, stored = mi.Money.of(50_000, "EUR"), mi.Money.of(700, "EUR")
    return (
        *retainage().steps,
        retainage(),
        mi.Retainage.flat("2.5"),
        retainage().on(done, stored, of=contract().total),
    )


def order_samples() -> tuple[object, ...]:
    """Return a change of each kind, the order of them all, and what it makes of a contract."""
    schedule = contract()
    order = mi.ChangeOrder(
        "CO-1",
        [
            mi.AddMilestone(mi.Milestone("extra", "Extra", mi.Money.of(500, "EUR")), "rest"),
            mi.Reprice("frame", mi.Money.of(12_000, "EUR")),
            mi.Redate("frame", JULY_1),
            mi.Reterm("frame", mi.PaymentTerms.net(7)),
            mi.Retrigger("rest", mi.ON_DELIVERY),
            mi.ChangeTotal(mi.Money.of(190_000, "EUR"), mi.TotalPolicy.CATCH_UP),
            mi.DropMilestone("extra"),
        ],
        on=JUNE_1,
        reason="a second storey",
    )
    changed = schedule.apply(order, billed={"permits": mi.Money.of(100, "EUR")})
    return (
        *order.changes,
        order,
        *changed.change_orders,
        changed.agreed_on(JULY_1),
        changed,
        *mi.compare(schedule, changed),
    )


def bill() -> mi.Invoice:
    """Return an invoice that is sent, paid in part and extended."""
    buyer = mi.Party("acme", "Acme Ltd", address=("1 High Street", "London"))
    draft = mi.draft_invoice(
        contract(), "permits", invoices=(), as_of=JUNE_1, buyer=buyer, tax=mi.Tax.standard(21)
    )
    return mi.issue(draft, number="2026-001", on=JUNE_1).record(
        mi.Sent(on=JUNE_1),
        mi.Payment(mi.Money.of(100, "EUR"), "bank", "ref 1", on=JUNE_1),
        mi.DueDateExtended(JULY_1, "agreed by phone", on=JUNE_1),
    )


def discounted() -> mi.Invoice:
    """Return an invoice with an early discount, and an instalment that waited for its event."""
    terms = mi.PaymentTerms(
        [mi.Installment(mi.Percent(40)), mi.Installment(mi.REST, after="delivery")],
        [mi.EarlyDiscount(2, 10)],
    )
    line = mi.Line("Audit", 1, mi.Money.of(100, "EUR"))
    invoice = mi.Invoice("2026-002", JUNE_1, mi.Party("acme", "Acme Ltd"), [line], terms=terms)
    return invoice.record(mi.EventOccurred("delivery", on=JULY_1))


def application() -> mi.ProgressApplication:
    """Return an application for payment after a change order, with stored materials."""
    schedule = contract().record("rest", mi.ProgressReported(mi.Percent("33.3"), on=JUNE_1))
    stored = mi.MaterialsStored(mi.Money.of(700, "EUR"), on=JUNE_1)
    extra = mi.AddMilestone(mi.Milestone("extra", "Extra", mi.Money.of(500, "EUR")))
    order = mi.ChangeOrder("CO-1", [extra], on=JUNE_1, reason="a second storey")
    changed = schedule.record("rest", stored).apply(order, billed={})
    return mi.progress_application(changed, number="2", as_of=JULY_1)


def billing_samples() -> tuple[object, ...]:
    line = mi.Line("Hours", "7.5", mi.Price("85.505", "EUR"), unit="hour", tax=mi.Tax.standard(21))
    invoice, cent = bill(), mi.Money.of("0.01", "EUR")
    totals = mi.totals(invoice)
    deposit = mi.Invoice("D-1", JUNE_1, invoice.buyer, [line], kind=mi.InvoiceKind.DEPOSIT)
    retaining = mi.Schedule(
        cent, [mi.Milestone("a", "Audit", mi.REST)], retainage=mi.Retainage.flat(10)
    )
    return (
        invoice.buyer,
        mi.Tax.outside_scope(),
        mi.Tax.standard(21),
        line,
        *invoice.facts,
        discounted(),
        *discounted().facts,
        mi.Voided("wrong client", on=JUNE_1),
        mi.Refunded(cent, "bank", "ref 2", on=JUNE_1),
        mi.Credited(cent, "CN-1", on=JUNE_1),
        mi.Applied(cent, "2026-001", on=JUNE_1),
        mi.Withheld(cent, "W-17", on=JUNE_1),
        mi.WrittenOff(cent, mi.WriteOffReason.SMALL_DIFFERENCE, on=JUNE_1),
        mi.Recovered(cent, "ref 3", on=JULY_1),
        mi.RetainageReleased(cent, JULY_1, on=JUNE_1),
        mi.Disputed("two days too many", cent, on=JUNE_1),
        mi.DisputeResolved(mi.DisputeOutcome.SETTLED, "half each", on=JULY_1),
        mi.Promised(JULY_1, cent, on=JUNE_1),
        mi.PlanAgreed([mi.DueAmount(JULY_1, cent), mi.DueAmount(JULY_2, cent)], on=JUNE_1),
        mi.Reminded(1, "client", on=JULY_2),
        mi.FollowedUp("Dana", "phone", "pays on Friday", on=JULY_2),
        mi.Assigned("Dana", on=JULY_2),
        mi.HandedOver("Collectors Ltd", cent, on=JULY_2),
        mi.LateCharged(cent, "2026-002", on=JULY_2),
        mi.Prepaid("D-1", totals.breakdown),
        mi.Adjustment(mi.Percent("2.5"), "Volume", base=cent, tax=mi.Tax.standard(21), code="95"),
        mi.Delivery("report", delivered_on=MAY_4, approved_by=["Eve"], approved_on=MAY_6),
        mi.TaxCurrency("SEK", "11.25"),
        mi.Tax.reverse_charge(),
        mi.Deposit(mi.Percent(30), cap=mi.Percent(50), before_start=True),
        mi.start_gate(contract(), [], as_of=JUNE_1),
        *mi.deposits_left([deposit], as_of=JULY_1),
        mi.Books(),
        mi.Books([deposit, invoice]),
        mi.Books([deposit, invoice]).on(JULY_1),
        mi.InvoicePosition(discounted(), as_of=JULY_1),
        mi.InvoicePosition(invoice, as_of=JULY_1),
        mi.retainage_state(retaining, [deposit], as_of=JULY_1),
        *mi.check_invoices([invoice, invoice], as_of=JULY_1),
        mi.tax_drift([deposit, invoice], as_of=JULY_1),
        *mi.tax_drift([deposit, invoice], as_of=JULY_1).groups,
        *mi.tax_drift([invoice], as_of=JULY_1).totals,
        mi.credit_note(invoice, effect=mi.CreditEffect.REBILL, as_of=JULY_1, amount=cent),
        mi.Invoice(None, None, invoice.buyer, [line], seller=mi.Party("me", "Dana"), note="Thanks"),
        invoice,
        mi.StatedTotals.of(invoice),
        totals,
        *totals.breakdown,
        mi.TimeEntry(MAY_4, "7.5", mi.Price("85.505", "EUR"), "Design", unit="HUR"),
        *method_samples(),
        *application().lines,
        application().changes,
        application(),
        mi.milestone_billing(contract(), "permits", (invoice,), as_of=JUNE_1),
    )


def method_samples() -> tuple[object, ...]:
    """Return what is billed beside milestones."""
    monthly = mi.Recurrence.monthly(MAY_4)
    bundle = mi.PrepaidHours("7.25", monthly, rate=mi.Price(90, "EUR"), valid_for=3, cap="7.5")
    entry = mi.TimeEntry(MAY_4, 8, mi.Price(80, "EUR"), "Support")
    return (
        mi.Retainer("Support", mi.Money.of(900, "EUR"), monthly),
        mi.Retainer(
            "Support",
            mi.Money.of(900, "EUR"),
            monthly,
            first=MAY_6,
            last=JULY_1,
            proration=mi.Proration.THIRTY_DAYS,
        ),
        bundle,
        *mi.hours_drawn(bundle, [entry], as_of=JUNE_1),
        mi.Expense(MAY_4, mi.Money.of("84.20", "EUR"), "Train", receipt="R-17"),
    )


def receivables_samples() -> tuple[object, ...]:
    invoice = bill()
    position = mi.contract_position(contract(), [invoice], as_of=JULY_2)
    report = mi.age([invoice, open_item()], as_of=JULY_2)
    (rolled,) = mi.roll_forward([invoice], before=JUNE_1, after=JULY_2)
    return (
        *mi.due_items(invoice, as_of=JULY_2),
        *mi.ready_to_invoice(contract(), [], as_of=JULY_2),
        *mi.next_milestones(contract(), as_of=JULY_2),
        *mi.what_changed(contract(), [invoice], since=MAY_4, until=JULY_2),
        *mi.exposure_curve(contract(), [invoice], since=MAY_4, until=JULY_2),
        mi.discount_state(discounted(), as_of=JULY_2),
        mi.invoice_status(invoice, as_of=JUNE_1),
        mi.invoice_status(invoice, as_of=JULY_2),
        mi.milestone_status(contract(), "permits", [invoice], as_of=JULY_2),
        *position.milestones,
        position.net,
        *position.invoices,
        position.gross,
        position,
        *late_samples(),
        *reminder_samples(),
        *collection_samples(),
        *forecast_samples(),
        mi.AgingBuckets(),
        mi.AgingBuckets((7, 14)),
        rates(),
        report.converted(rates()),
        mi.age([open_item()], as_of=JULY_2, by=mi.AgeBy.OWNER),
        rolled,
        *rolled.moves,
        on_account(),
        open_item(),
        mi.apply_payment(mi.Money.of(12, "EUR"), [discounted()], as_of=JULY_1, method="bank"),
        *mi.suggest_matches(mi.Money.of(100, "EUR"), "2026-002", [discounted()], as_of=JULY_2),
        *report.rows,
        report,
        *account_samples(),
    )


def account_samples() -> tuple[object, ...]:
    """Return what people send and look at."""
    invoice = bill()
    told = mi.statement("acme", [invoice], since=MAY_4, until=JULY_2)
    (account,) = told.accounts
    (history,) = mi.payment_history("acme", [invoice], as_of=JULY_2)
    summary = mi.receivables_summary([invoice], as_of=JULY_2)
    return (
        *account.movements,
        account,
        told,
        *history.payments,
        history,
        *summary.clients,
        summary,
        *mi.missing_invoices(mi.Recurrence.monthly(MAY_4, times=1), [invoice], as_of=JULY_2),
    )


def late_samples() -> tuple[object, ...]:
    rates = mi.ReferenceRates.half_yearly(date(2026, 1, 1), ["2.15", "2.40"])
    policy = mi.LatePolicy.eu_directive(rates)
    charge = mi.late_charge(bill(), policy, as_of=date(2026, 8, 1))
    fees = mi.LatePolicy(
        18,
        day_count=mi.DayCount.THIRTY_360,
        grace_days=5,
        fee=mi.Money.of(10, "EUR"),
        compound_months=12,
    )
    return rates, policy, fees, mi.LatePolicy.uk_statutory(rates), *charge.spans, charge


def reminder_samples() -> tuple[object, ...]:
    policy = mi.ReminderPolicy.standard()
    step = mi.ReminderStep(
        mi.DueRule((mi.AddDays(30), mi.EndOfMonth())),
        mi.Audience.FINANCE,
        level=9,
        least=mi.Money.of(10, "EUR"),
        quiet_days=3,
        repeat_every=14,
    )
    reminders = mi.due_reminders([bill()], policy, as_of=date(2026, 8, 1))
    parts = [part for each in reminders for part in each.parts]
    return *policy.steps, step, policy, mi.ReminderPolicy([step], days_apart=7), *reminders, *parts


def collection_samples() -> tuple[object, ...]:
    invoice, period = bill(), mi.Period.through(MAY_4, JULY_2)
    return (
        *mi.payment_habits([invoice], as_of=JULY_2),
        *mi.collection_metrics([invoice], period=period, by=mi.MetricsBy.TERMS),
        mi.billing_lag(contract(), [invoice], as_of=JULY_2),
    )


def forecast_samples() -> tuple[object, ...]:
    forecast = mi.cash_forecast(contract(), [bill()], as_of=JUNE_1, until=JULY_2)
    points = mi.exposure_curve(contract(), [bill()], since=MAY_4, until=JULY_2)
    return *forecast.rows, forecast, mi.CashCurve(mi.BillingWay.MONTHLY, points)


def on_account() -> mi.OnAccount:
    used = mi.Applied(mi.Money.of(300, "EUR"), "17", on=JUNE_1)
    return mi.OnAccount("brood", mi.Money.of(500, "EUR"), MAY_4, "bank 17", [used])


def rates() -> mi.ExchangeRates:
    return mi.ExchangeRates("EUR", {"USD": "0.92", "JPY": "0.0062"}, JUNE_1)


def open_item() -> mi.OpenItem:
    return mi.OpenItem("17", "brood", JUNE_1, mi.Money.of("-12.34", "EUR"), MAY_4)
