"""The laws of late charges: exact interest by day, against a model that asks about every day."""

from datetime import date, timedelta
from decimal import localcontext
from fractions import Fraction

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    DayCount,
    Invoice,
    LateCharge,
    LatePolicy,
    Line,
    Money,
    Payment,
    Percent,
    RateReading,
    ReferenceRates,
    Rounding,
    due_items,
    late_charge,
    simple_interest,
)
from tests.properties.late_bills import (
    counts,
    last_day_of,
    late_bills,
    one_part,
    points,
    policies,
    rates,
    yen,
)
from tests.properties.receivable_items import day, days, invoices
from tests.properties.settled_bills import settled_bills

AS_OF = days(-5, 120)
ONE_DAY = timedelta(1)
ADDITIVE = (RateReading.WHEN_LATE, RateReading.AS_ACCRUED)
bills = late_bills()
payments = st.lists(st.tuples(st.integers(1, 2000), st.integers(0, 90)), max_size=4)
one_debt = late_bills(one_part, max_facts=0)


def nights(invoice: Invoice, as_of: date) -> dict[int, list[tuple[date, int, int]]]:
    """Return the nights over which each instalment was late: their evening, amount, days late."""
    late: dict[int, list[tuple[date, int, int]]] = {}
    if not due_items(invoice, as_of=as_of):
        return {}
    night = invoice.issued_on
    while night < as_of:
        for item in due_items(invoice, as_of=night):
            if item.open and item.due_on and item.due_on <= night:
                days_late = (night - item.due_on).days + 1
                late.setdefault(item.installment, []).append((night, item.open.minor, days_late))
        night += ONE_DAY
    return late


def unbroken(found: list[tuple[date, int, int]]) -> list[list[tuple[date, int, int]]]:
    """Return nights that follow one another, together."""
    parts: list[list[tuple[date, int, int]]] = []
    for one in found:
        if not parts or parts[-1][-1][0] + ONE_DAY != one[0]:
            parts.append([])
        parts[-1].append(one)
    return parts


def by_the_day(invoice: Invoice, policy: LatePolicy, as_of: date) -> Fraction:
    """Return the interest night by night, for the readings that look at one night alone."""
    total = Fraction(0)
    for found in nights(invoice, as_of).values():
        for run in unbroken(found):
            if max(late for _, _, late in run) <= policy.grace_days:
                continue
            for night, minor, _ in run:
                first = run[0][0] if policy.reading is RateReading.WHEN_LATE else night
                rate = policy.percent_on(first + ONE_DAY).fraction
                total += minor * rate * policy.day_count.years(night, night + ONE_DAY)
    return total


@given(invoices(negative=True) | settled_bills() | bills, policies(*ADDITIVE), AS_OF)
def test_interest_is_the_sum_over_days_of_what_was_open_the_evening_before(
    invoice: Invoice, policy: LatePolicy, as_of: date
):
    charge = late_charge(invoice, policy, as_of=as_of)
    assert charge.exact_interest == by_the_day(invoice, policy, as_of)


@given(bills, policies(), AS_OF)
def test_every_night_is_in_one_span_and_every_late_amount_in_the_spans(
    invoice: Invoice, policy: LatePolicy, as_of: date
):
    policy = attrs.evolve(policy, grace_days=0)
    charge = late_charge(invoice, policy, as_of=as_of)
    covered: dict[tuple[int, date], int] = {}
    for span in charge.spans:
        for step in range(span.days):
            key = span.installment, span.since + timedelta(step)
            covered[key] = covered.get(key, 0) + span.balance.minor
    asked = nights(invoice, as_of)
    assert covered == {
        (number, night): minor for number, found in asked.items() for night, minor, _ in found
    }


@given(bills, policies(*ADDITIVE), AS_OF, st.integers(0, 60))
def test_interest_never_falls_as_days_go_by(
    invoice: Invoice, policy: LatePolicy, as_of: date, more: int
):
    later = as_of + timedelta(more)
    assume(due_items(invoice, as_of=later))  # a void costs nothing any more
    one = late_charge(invoice, policy, as_of=as_of)
    other = late_charge(invoice, policy, as_of=later)
    assert one.exact_interest <= other.exact_interest
    assert one.interest <= other.interest


@given(bills, policies(), AS_OF)
def test_what_happens_later_changes_no_charge(invoice: Invoice, policy: LatePolicy, as_of: date):
    known = tuple(fact for fact in invoice.facts if fact.on <= as_of)
    then = attrs.evolve(invoice, facts=known)
    assert late_charge(invoice, policy, as_of=as_of) == late_charge(then, policy, as_of=as_of)


@given(bills, policies(), AS_OF)
def test_interest_is_rounded_once(invoice: Invoice, policy: LatePolicy, as_of: date):
    charge = late_charge(invoice, policy, as_of=as_of)
    exact = charge.exact_interest
    assert abs(charge.interest.minor - exact) <= Fraction(1, 2)
    assert exact == sum(span.interest for span in charge.spans)
    assert charge.total == charge.interest
    for span in charge.spans:
        years = policy.day_count.years(span.since, span.until)
        assert span.interest == span.balance.minor * span.percent.fraction * years


@given(bills, policies(), AS_OF)
def test_on_the_due_date_nothing_is_charged_and_on_the_next_day_it_is(
    invoice: Invoice, policy: LatePolicy, as_of: date
):
    policy = attrs.evolve(policy, grace_days=0)
    charge = late_charge(invoice, policy, as_of=as_of)
    late = [
        item.installment
        for item in due_items(invoice, as_of=as_of - ONE_DAY)
        if item.open and item.due_on < as_of
    ]
    claimed = due_items(invoice, as_of=as_of)
    ending = {span.installment for span in charge.spans if span.until == as_of}
    assert ending == (set(late) if claimed else set())


@given(one_debt, policies(), AS_OF, st.integers(2, 9))
def test_scaling_the_debt_scales_the_exact_interest(
    invoice: Invoice, policy: LatePolicy, as_of: date, factor: int
):
    scaled = attrs.evolve(invoice, lines=[Line("Work", factor, invoice.payable)])
    one = late_charge(invoice, policy, as_of=as_of).exact_interest
    assert late_charge(scaled, policy, as_of=as_of).exact_interest == factor * one


@given(one_debt, policies(), AS_OF, st.integers(0, 100), st.integers(1, 10**6))
def test_a_payment_on_a_day_lowers_interest_from_the_next_day_on(
    invoice: Invoice, policy: LatePolicy, as_of: date, paid_on: int, minor: int
):
    paid = invoice.record(Payment(Money(minor, invoice.currency), on=day(paid_on)))
    assume(invoice.issued_on <= day(paid_on))

    def charge(one: Invoice, on: date) -> Fraction:
        return late_charge(one, policy, as_of=on).exact_interest

    on_the_day = min(as_of, day(paid_on))
    assert charge(paid, on_the_day) == charge(invoice, on_the_day)
    if policy.reading is not RateReading.WHEN_PAID:
        assert charge(paid, as_of) <= charge(invoice, as_of)


@given(
    one_debt,
    policies(),
    AS_OF,
    payments,
    st.randoms(use_true_random=False),
)
def test_the_order_of_payments_of_one_day_changes_nothing(
    invoice: Invoice,
    policy: LatePolicy,
    as_of: date,
    found: list[tuple[int, int]],
    random,
):
    facts = [Payment(Money(minor, invoice.currency), on=day(on // 20 * 20)) for minor, on in found]
    shuffled = random.sample(facts, len(facts))

    def spans(facts: list[Payment]) -> LateCharge:
        return late_charge(attrs.evolve(invoice, facts=facts), policy, as_of=as_of).spans

    assert spans(facts) == spans(shuffled)


@given(late_bills(one_part, max_facts=0), policies(RateReading.WHEN_PAID), AS_OF, payments)
def test_paid_late_each_part_has_the_rate_of_its_own_day_for_all_its_time(
    invoice: Invoice, policy: LatePolicy, as_of: date, found: list[tuple[int, int]]
):
    policy, due_on = attrs.evolve(policy, grace_days=0), last_day_of(invoice)
    facts = [Payment(yen(minor), on=day(on)) for minor, on in found]
    left, expected = invoice.payable.minor, Fraction(0)
    for paid in [*sorted(facts, key=lambda fact: fact.on), Payment(invoice.payable, on=as_of)]:
        on = min(paid.on, as_of)
        part = min(left, paid.amount.minor)
        left -= part
        if on > due_on:
            years = policy.day_count.years(due_on, on)
            expected += part * policy.percent_on(on).fraction * years
    charge = late_charge(attrs.evolve(invoice, facts=facts), policy, as_of=as_of)
    assert charge.exact_interest == expected


@given(one_debt, AS_OF, points, rates, counts)
def test_the_readings_agree_while_the_rate_stands_still(
    invoice: Invoice, as_of: date, margin: Percent, known: ReferenceRates, count: DayCount
):
    rate = known.steps[0][1]
    still = ReferenceRates([(day(-60), rate), (day(30), rate)], until=day(400))
    plain = late_charge(invoice, LatePolicy(margin + rate, day_count=count), as_of=as_of)
    for reading in RateReading:
        policy = LatePolicy(margin, rates=still, reading=reading, day_count=count)
        assert late_charge(invoice, policy, as_of=as_of).interest == plain.interest


@given(one_debt, policies(), AS_OF, st.integers(1, 6))
def test_compounding_never_costs_less_and_changes_nothing_before_its_first_day(
    invoice: Invoice, policy: LatePolicy, as_of: date, months: int
):
    simple = late_charge(invoice, policy, as_of=as_of)
    compound = late_charge(invoice, attrs.evolve(policy, compound_months=months), as_of=as_of)
    assert simple.exact_interest <= compound.exact_interest
    if all((as_of - span.since).days <= 28 * months for span in simple.spans):
        assert simple.exact_interest == compound.exact_interest


@given(bills, policies(), AS_OF, st.integers(1, 6))
def test_the_decimal_context_of_the_caller_is_never_asked(
    invoice: Invoice, policy: LatePolicy, as_of: date, digits: int
):
    plain = late_charge(invoice, policy, as_of=as_of)
    with localcontext() as context:
        context.prec = digits
        assert late_charge(invoice, policy, as_of=as_of) == plain


amounts = st.integers(-(10**9), 10**9).map(yen)
three_days = st.lists(st.dates(date(2019, 1, 1), date(2033, 1, 1)), min_size=3, max_size=3).map(
    sorted
)


@given(three_days, counts)
def test_parts_of_a_stretch_sum_to_the_whole(found: list[date], count: DayCount):
    first, middle, last = found
    assert count.years(first, last) == count.years(first, middle) + count.years(middle, last)
    assert count.years(first, first) == 0
    assert count.years(first, last) >= 0


@given(three_days, st.integers(0, 12))
def test_a_whole_year_is_one_year(found: list[date], years: int):
    start = found[0].replace(day=1)
    end = start.replace(year=start.year + years)
    assert DayCount.THIRTY_360.years(start, end) == years
    january = start.replace(month=1)
    assert (
        DayCount.ACTUAL_ACTUAL.years(
            january - ONE_DAY, january.replace(year=january.year + years) - ONE_DAY
        )
        == years
    )


@given(amounts, points, three_days, counts, st.sampled_from(Rounding))
def test_the_interest_of_a_negative_amount_is_the_negated_one(
    amount: Money, percent: Percent, found: list[date], count: DayCount, rounding: Rounding
):
    def interest(amount: Money, rounding: Rounding) -> Money:
        return simple_interest(
            amount,
            percent,
            since=found[0],
            until=found[2],
            day_count=count,
            rounding=rounding,
        )

    assert interest(-amount, rounding.mirrored) == -interest(amount, rounding)


@given(one_debt, points, AS_OF, counts)
def test_the_charge_of_one_debt_is_its_simple_interest(
    invoice: Invoice, percent: Percent, as_of: date, count: DayCount
):
    due_on = last_day_of(invoice)
    expected = simple_interest(
        invoice.payable,
        percent,
        since=due_on,
        until=max(as_of, due_on),
        day_count=count,
        rounding=Rounding.HALF_UP,
    )
    policy = LatePolicy(percent, day_count=count)
    assert late_charge(invoice, policy, as_of=as_of).interest == expected


@given(rates, days(-60, 390))
def test_a_table_has_the_rate_of_the_last_step_reached(known: ReferenceRates, asked: date):
    reached = [percent for first, percent in known.steps if first <= asked]
    assert known.on(asked) == reached[-1]
