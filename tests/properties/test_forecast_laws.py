"""Laws of forecasts and curves: no money is lost, counted twice, or known before its day."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    ON_DELIVERY,
    ON_SIGNING,
    REST,
    AcceptedAfter,
    Approved,
    BillingWay,
    CashForecast,
    Delivered,
    Deposit,
    EarnedBy,
    ForecastPeriod,
    Invoice,
    InvoiceKind,
    Line,
    Milestone,
    Money,
    Outside,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    Period,
    Promised,
    Recoupment,
    Retainage,
    RetainageMode,
    RetainageStep,
    Schedule,
    Voided,
    cash_curve,
    cash_forecast,
    contract_position,
    risk_flags,
)
from milestone_invoicing.errors import MilestoneInvoicingError
from milestone_invoicing.receivables.forecast.slots import is_slot, slot_of, slots_of
from tests.positions import position_on
from tests.properties.receivable_items import day

EUR = Money.of(0, "EUR").currency
KEYS = ("a", "b", "c")
LAST = 40
BUYERS = [Party("acme", "Acme"), Party("bolt", "Bolt")]
TERMS = [PaymentTerms.net(0), PaymentTerms.net(12), PaymentTerms.monthly(2, first_days=3)]
FLAT = Retainage.flat(10)
RULES = [None, None, FLAT, Retainage([RetainageStep(5)], mode=RetainageMode.UNBILLED)]
DEPOSITS = [None, *(Deposit(Percent(30), recoup=each) for each in Recoupment)]

each_day = st.integers(0, LAST).map(day)
each_minor = st.integers(1, 200)


@st.composite
def schedules(draw: st.DrawFn, *, planned: bool = False) -> Schedule:
    """Return contracts of three milestones; where *planned* each has its day of delivery."""
    points = draw(st.lists(st.integers(10, 40), min_size=2, max_size=2))
    due = each_day if planned else st.none() | each_day
    milestones = [
        Milestone(
            key,
            key,
            share,
            due_on=draw(due),
            trigger=draw(st.sampled_from([ON_DELIVERY, ON_SIGNING])),
            accepted_after=draw(st.sampled_from([None, AcceptedAfter(5)])),
        )
        for key, share in zip(KEYS, [*map(Percent, points), REST], strict=True)
    ]
    schedule = Schedule(
        Money(draw(st.integers(10_000, 10_200)), EUR),
        milestones,
        signed_on=day(0) if planned else draw(st.none() | each_day),
        terms=draw(st.sampled_from(TERMS)),
        retainage=draw(st.sampled_from(RULES)),
        deposit=draw(st.sampled_from(DEPOSITS)),
    )
    for key, on, after in draw(
        st.lists(st.tuples(st.sampled_from(KEYS), each_day, st.integers(0, 9)), max_size=2)
    ):
        work = (Delivered(on=on), Approved("eve", on=on + timedelta(after)))
        schedule = _or_as_it_was(schedule, key, *work)
    return schedule


def _or_as_it_was(schedule: Schedule, key: str, *facts: object) -> Schedule:
    try:
        return schedule.record(key, *facts)
    except MilestoneInvoicingError:
        return schedule


def _with(invoice: Invoice, fact: object) -> Invoice:
    try:
        return invoice.record(fact)
    except MilestoneInvoicingError:
        return invoice


@st.composite
def bills(draw: st.DrawFn) -> tuple[Invoice, ...]:
    """Return bills of small parts, maybe a deposit, with payments, promises and voids."""
    found: list[Invoice] = []
    for number in range(draw(st.integers(0, 3))):
        net = Money(draw(each_minor), EUR)
        kind = draw(st.sampled_from([InvoiceKind.INVOICE] * 3 + [InvoiceKind.DEPOSIT]))
        key = draw(st.sampled_from(KEYS)) if kind is InvoiceKind.INVOICE else None
        invoice = Invoice(
            str(number),
            draw(each_day),
            draw(st.sampled_from(BUYERS)),
            [Line("Work", 1, net, milestone=key)],
            terms=draw(st.sampled_from(TERMS)),
            kind=kind,
        )
        for _ in range(draw(st.integers(0, 2))):
            on, some = draw(each_day), Money(draw(each_minor), EUR)
            later = on + timedelta(draw(st.integers(0, 20)))
            facts = [Payment(some, on=on), Promised(later, some, on=on), Promised(later, on=on)]
            invoice = _with(invoice, draw(st.sampled_from([*facts, Voided("x", on=on)])))
        found.append(invoice)
    return tuple(found)


units = st.sampled_from(ForecastPeriod)
stretches = st.tuples(each_day, st.integers(0, 60)).map(
    lambda pair: (pair[0], pair[0] + timedelta(pair[1]))
)
Stretch = tuple[date, date]


def forecast(
    schedule: Schedule | Sequence[Schedule],
    invoices: Sequence[Invoice],
    stretch: Stretch,
    unit: ForecastPeriod = ForecastPeriod.WEEK,
    **asked: object,
) -> CashForecast:
    as_of, until = stretch
    return cash_forecast(schedule, invoices, as_of=as_of, until=until, period=unit, **asked)


def sums(found: CashForecast) -> tuple[int, ...]:
    """Return what is scheduled, invoiced, promised and expected in all."""
    if not found.totals:
        return 0, 0, 0, 0
    (total,) = found.totals
    amounts = (total.scheduled, total.invoiced, total.promised, total.expected)
    return tuple(each.minor for each in amounts)


@given(schedules(), bills(), stretches, units)
def test_all_that_is_outstanding_or_not_billed_is_forecast_once(
    schedule: Schedule, invoices: tuple[Invoice, ...], stretch: Stretch, unit: ForecastPeriod
):
    scheduled, invoiced, promised, expected = sums(forecast(schedule, invoices, stretch, unit))
    outstanding = sum(position_on(each, stretch[0]).outstanding.minor for each in invoices)
    assert invoiced + promised == outstanding
    known = [each for each in invoices if each.is_issued(stretch[0])]
    work = [each for each in invoices if each.kind is InvoiceKind.INVOICE]
    deposits = sum(
        money.paid.minor + money.open.minor
        for each in known
        if each.kind is InvoiceKind.DEPOSIT and not each.is_void_on(stretch[0])
        for money in [position_on(each, stretch[0])]
    )
    left = contract_position(schedule, work, as_of=stretch[0]).net.not_yet_invoiced.minor
    assert scheduled == left - deposits
    assert expected == scheduled + invoiced + promised


@given(schedules(), bills(), stretches, st.none() | st.integers(-20, 60))
def test_no_row_is_below_zero_and_only_what_is_due_is_overdue(
    schedule: Schedule, invoices: tuple[Invoice, ...], stretch: Stretch, delay: int | None
):
    found = forecast(schedule, invoices, stretch, delay_days=delay)
    zero = Money(0, EUR)
    for row in found.rows:
        assert min(row.scheduled, row.invoiced, row.promised, row.expected) >= zero
        if row.slot is Outside.OVERDUE:
            assert row.scheduled == row.promised == zero
            assert row.expected <= row.invoiced
        if row.slot is Outside.UNDATED:
            assert (row.promised, row.expected) == (zero, row.due)


@given(schedules(), bills(), stretches, st.randoms(use_true_random=False))
def test_the_order_of_invoices_does_not_matter(
    schedule: Schedule, invoices: tuple[Invoice, ...], stretch: Stretch, dice: object
):
    shuffled = dice.sample(invoices, len(invoices))
    assert forecast(schedule, shuffled, stretch) == forecast(schedule, invoices, stretch)


@given(schedules(), bills(), stretches)
def test_what_is_dated_later_is_invisible(
    schedule: Schedule, invoices: tuple[Invoice, ...], stretch: Stretch
):
    as_of = stretch[0]
    known = attrs.evolve(schedule, facts=[e for e in schedule.facts if e.fact.on <= as_of])
    seen = [
        attrs.evolve(each, facts=[fact for fact in each.facts if fact.on <= as_of])
        for each in invoices
        if each.is_issued(as_of)
    ]
    assert forecast(known, seen, stretch) == forecast(schedule, invoices, stretch)


@given(schedules(), bills(), stretches, units)
def test_the_periods_meet_and_have_all_days(
    schedule: Schedule, invoices: tuple[Invoice, ...], stretch: Stretch, unit: ForecastPeriod
):
    found = forecast(schedule, invoices, stretch, unit)
    slots = [row.slot for row in found.rows]
    periods = [slot for slot in slots if isinstance(slot, Period)]
    assert slots == [Outside.OVERDUE, *periods, Outside.BEYOND, Outside.UNDATED] or not slots
    for before, after in pairwise(periods):
        assert before.end == after.start
        first = after.start
        assert first.weekday() == 0 if unit is ForecastPeriod.WEEK else first.day == 1
    if periods:
        assert (periods[0].start, periods[-1].last) == stretch


@given(schedules(), bills(), bills(), stretches)
def test_forecasts_of_invoices_without_a_contract_add_up(
    schedule: Schedule, some: tuple[Invoice, ...], others: tuple[Invoice, ...], stretch: Stretch
):
    others = tuple(attrs.evolve(each, number=f"x{each.number}") for each in others)
    one, two = (forecast([], each, stretch, delay_days=3) for each in (some, others))
    assert one + two == two + one == forecast([], (*some, *others), stretch, delay_days=3)
    alone = forecast(schedule, some, stretch, delay_days=3)
    assert (one + two) + alone == one + (two + alone)


@given(schedules(), bills(), stretches)
def test_what_is_scheduled_with_a_tax_of_nothing_is_what_is_scheduled_net(
    schedule: Schedule, invoices: tuple[Invoice, ...], stretch: Stretch
):
    net = forecast(schedule, invoices, stretch)
    assert forecast(schedule, invoices, stretch, tax=Percent(0)) == net


@given(
    schedules(planned=True),
    each_day,
    st.sampled_from([None, *TERMS]),
    st.integers(0, 30),
    st.sampled_from(EarnedBy),
)
def test_each_way_of_billing_ends_at_the_contract_total(
    schedule: Schedule, as_of: date, terms: PaymentTerms | None, delay: int, measure: EarnedBy
):
    curves = cash_curve(schedule, as_of=as_of, terms=terms, delay_days=delay, earned_by=measure)
    assert [curve.way for curve in curves] == list(BillingWay)
    for curve in curves:
        assert curve.total + curve.retained == curve.points[-1].earned == schedule.total
        days = [point.day for point in curve.points]
        assert days == sorted(set(days))
        earned, paid = ([getattr(p, each) for p in curve.points] for each in ("earned", "paid"))
        assert earned == sorted(earned)
        # Only what no bill can take off of a deposit goes back, with the last one.
        at_end = schedule.deposit is not None and schedule.deposit.recoup is Recoupment.AT_END
        back = [before for before, after in pairwise(paid) if after < before]
        assert paid == sorted(paid) or (at_end and len(back) == 1)
        assert curve.received(as_of=curve.paid_on) == curve.total
        assert curve.received(as_of=curve.paid_on - timedelta(1)) != curve.total
        assert curve.retained.minor == 0 or schedule.retainage is not None


@given(schedules(planned=True), st.integers(0, 30), st.sampled_from(EarnedBy))
def test_no_day_between_two_points_has_more_at_stake(
    schedule: Schedule, delay: int, measure: EarnedBy
):
    ask = {"as_of": day(0), "delay_days": delay, "earned_by": measure, "ways": [BillingWay.MONTHLY]}
    (curve,) = cash_curve(schedule, **ask)
    for point in curve.points:
        assert point.exposure <= curve.peak.exposure
    # The first bill paid a day later adds a point to the curve, and takes nothing off its peak.
    (later,) = cash_curve(schedule, **ask | {"delay_days": delay + 1})
    assert later.peak.exposure >= curve.peak.exposure


@given(schedules(), bills(), each_day)
def test_a_limit_that_is_raised_finds_no_more_risks(
    schedule: Schedule, invoices: tuple[Invoice, ...], on: date
):
    strict = risk_flags(
        schedule,
        invoices,
        as_of=on,
        most_exposed=Percent(0),
        longest_overdue=0,
        longest_ready=0,
        most_days_late=0,
        fewest_paid=1,
    )
    usual = risk_flags(schedule, invoices, as_of=on)
    assert {(each.path, each.code) for each in usual} <= {(each.path, each.code) for each in strict}
    orderly = sorted(risk_flags(schedule, invoices[::-1], as_of=on), key=str)
    paths = [(each.path, each.code) for each in sorted(usual, key=str)]
    assert [(each.path, each.code) for each in orderly] == paths


@given(
    each_day,
    st.integers(0, 90),
    st.sampled_from(ForecastPeriod),
    st.none() | st.integers(-10, 150).map(day),
)
def test_each_day_falls_into_one_slot_and_the_slots_are_one_stretch(
    start: date, length: int, unit: ForecastPeriod, asked: date | None
):
    until = start + timedelta(length)
    slots = slots_of(start, until, unit)
    periods = [slot for slot in slots if isinstance(slot, Period)]
    assert (periods[0].start, periods[-1].last) == (start, until)
    assert all(one.end == other.start for one, other in pairwise(periods))
    holding: list[object] = [slot for slot in periods if asked is not None and asked in slot]
    if not holding:
        late = Outside.OVERDUE if asked and asked < start else Outside.BEYOND
        holding = [late if asked else Outside.UNDATED]
    assert holding == [slot_of(asked, slots)]


@given(
    each_day,
    st.integers(0, 40),
    st.sampled_from(ForecastPeriod),
    st.integers(-3, 45),
    st.integers(1, 33),
)
def test_a_period_is_a_slot_if_it_is_one_of_all(
    start: date, length: int, unit: ForecastPeriod, first: int, days: int
):
    until = start + timedelta(length)
    slots = slots_of(start, until, unit)
    other = Period(start + timedelta(first), start + timedelta(first + days))
    for slot in (*slots, other, None, "overdue"):
        assert is_slot(slot, start, until, unit) == (slot in slots)
