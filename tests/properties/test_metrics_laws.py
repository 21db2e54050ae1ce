"""Laws of metrics: sums of periods and groups, what is invisible, and what changes nothing."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    CollectionMetrics,
    Invoice,
    Line,
    MetricsBy,
    Money,
    Party,
    Payment,
    PaymentTerms,
    Period,
    RetainageReleased,
    Voided,
    average_delay,
    collection_metrics,
    count_back_dso,
    payment_habits,
    weighted_days,
)
from milestone_invoicing.errors import MilestoneInvoicingError
from tests.positions import position_on
from tests.properties.receivable_items import day

EUR = Money.of(0, "EUR").currency
BUYERS = [Party("acme", "Acme"), Party("bolt", "Bolt")]
LAST = 40
TERMS = [PaymentTerms.net(0), PaymentTerms.net(12), PaymentTerms.monthly(2, first_days=3)]

each_day = st.integers(0, LAST).map(day)
each_amount = st.integers(1, 500).map(lambda minor: Money(minor, EUR))


def _fact(kind: int, on: date, amount: Money) -> Payment | Voided | RetainageReleased:
    if kind == 0:
        return Voided("x", on=on)
    return RetainageReleased(amount, on, on=on) if kind == 1 else Payment(amount, on=on)


def _bill(net: Money, held: int, on: date, buyer: Party, facts: Sequence[object]) -> Invoice:
    part = Money(net.minor * held // 10, EUR)
    terms = TERMS[net.minor % 3]
    invoice = Invoice("1", on, buyer, [Line("Work", 1, net)], terms=terms, held=part)
    for fact in facts:
        try:
            invoice = invoice.record(fact)
        except MilestoneInvoicingError:
            continue
    return invoice


bills = st.lists(
    st.builds(
        _bill,
        each_amount,
        st.sampled_from([0, 0, 1, 5]),
        each_day,
        st.sampled_from(BUYERS),
        st.lists(st.builds(_fact, st.integers(0, 7), each_day, each_amount), max_size=3),
    ),
    max_size=4,
).map(lambda found: [attrs.evolve(each, number=str(n)) for n, each in enumerate(found)])
stretches = st.tuples(st.integers(-5, LAST), st.integers(1, 30)).map(
    lambda pair: Period(day(pair[0]), day(sum(pair)))
)


def measured(found: Sequence[Invoice], period: Period) -> CollectionMetrics | None:
    """Return the metrics of all; None of nothing."""
    metrics = collection_metrics(found, period=period)
    return metrics[0] if metrics else None


def amounts(found: CollectionMetrics | None) -> tuple[int, ...]:
    """Return opening, billed, closing, collected."""
    if found is None:
        return 0, 0, 0, 0
    parts = (found.opening, found.billed, found.closing, found.collected)
    return tuple(each.minor for each in parts)


@given(bills, stretches, st.integers(1, 29))
def test_of_two_periods_that_meet_billings_add_up_and_the_ends_meet(
    found: list[Invoice], period: Period, cut: int
):
    if cut >= period.days:
        return
    middle = period.start + timedelta(cut)
    first = amounts(measured(found, Period(period.start, middle)))
    second = amounts(measured(found, Period(middle, period.end)))
    opening, billed, closing, _ = amounts(measured(found, period))
    assert (opening, billed, closing) == (first[0], first[1] + second[1], second[2])
    assert first[2] == second[0]


@given(bills, stretches)
def test_a_period_opens_closes_and_collects_what_its_ends_say(found: list[Invoice], period: Period):
    before, last = (
        [position_on(each, on) for each in found]
        for on in (period.start - timedelta(1), period.last)
    )
    opens, closes = (sum(each.open.minor for each in day) for day in (before, last))
    cash = [sum(each.paid.minor for each in day) for day in (before, last)]
    opening, _, closing, collected = amounts(measured(found, period))
    assert (opening, closing, collected) == (opens, closes, cash[1] - cash[0])


@given(bills, stretches)
def test_what_was_open_and_billed_is_collected_or_still_open(found: list[Invoice], period: Period):
    plain = [each for each in found if not each.is_void]
    opening, billed, closing, collected = amounts(measured(plain, period))
    assert opening + billed == collected + closing


@given(bills, stretches)
def test_groups_add_up_to_the_whole(found: list[Invoice], period: Period):
    groups = collection_metrics(found, period=period, by=MetricsBy.CLIENT)
    sums = [sum(column) for column in zip((0, 0, 0, 0), *map(amounts, groups), strict=True)]
    assert tuple(sums) == amounts(measured(found, period))


@given(bills, stretches, st.randoms(use_true_random=False))
def test_the_order_of_invoices_does_not_matter(found: list[Invoice], period: Period, dice: object):
    shuffled = dice.sample(found, len(found))
    for by in (None, *MetricsBy):
        assert collection_metrics(shuffled, period=period, by=by) == collection_metrics(
            found, period=period, by=by
        )


@given(bills, stretches)
def test_what_is_dated_after_the_period_is_invisible(found: list[Invoice], period: Period):
    known = [
        attrs.evolve(each, facts=[fact for fact in each.facts if fact.on < period.end])
        for each in found
        if each.issued_on < period.end
    ]
    assert measured(known, period) == measured(found, period)
    assert payment_habits(known, as_of=period.last) == payment_habits(found, as_of=period.last)


@given(bills, stretches, each_day)
def test_an_invoice_of_zero_changes_nothing(found: list[Invoice], period: Period, on: date):
    zero = Invoice("zero", on, BUYERS[0], [Line("Work", 1, Money(0, EUR))])
    assert measured([*found, zero], period) == measured(found, period)
    assert payment_habits([*found, zero], as_of=period.last) == payment_habits(
        found, as_of=period.last
    )


@given(bills, stretches)
def test_the_figures_keep_their_order(found: list[Invoice], period: Period):
    metrics = measured(found, period)
    if metrics is None:
        return
    assert Money(0, EUR) <= metrics.overdue <= metrics.closing
    days, late = metrics.days_beyond_terms, metrics.average_days_late
    assert days is None or days >= max(late, 0)
    if metrics.days_sales_outstanding is not None:
        parts = (metrics.best_possible_dso, metrics.average_days_delinquent)
        assert sum(parts) == metrics.days_sales_outstanding
        assert all(part >= 0 for part in parts)
    index = metrics.collection_effectiveness
    assert index is None or (index.fraction == 1) is (metrics.overdue.minor == 0)


@given(bills, stretches)
def test_a_client_alone_has_the_delay_of_its_habit(found: list[Invoice], period: Period):
    habits = payment_habits(found, as_of=period.last, since=period.start)
    for buyer in BUYERS:
        own = [each for each in found if each.buyer == buyer]
        delay = average_delay(own, as_of=period.last, since=period.start)
        assert [each.days_late for each in habits if each.party == buyer.key] == (
            [] if delay is None else [delay]
        )
    for metrics in collection_metrics(found, period=period, by=MetricsBy.CLIENT):
        late = [each.days_late for each in habits if each.party == metrics.key]
        assert late == ([] if metrics.average_days_late is None else [metrics.average_days_late])


parts = st.lists(st.tuples(each_amount, st.integers(-50, 50)), max_size=5)


@given(parts, parts)
def test_the_mean_of_all_lies_between_the_means_of_two_halves(
    some: list[tuple[Money, int]], others: list[tuple[Money, int]]
):
    means = [mean for mean in (weighted_days(some), weighted_days(others)) if mean is not None]
    whole = weighted_days([*some, *others])
    assert (whole is None) is (not means)
    assert whole is None or min(means) <= whole <= max(means)


@given(st.integers(0, 3000), st.lists(st.tuples(st.integers(1, 500), st.integers(1, 31))))
def test_counting_back_fills_the_stretches_in_turn(open_: int, sales: list[tuple[int, int]]):
    found = count_back_dso(Money(open_, EUR), [(Money(minor, EUR), days) for minor, days in sales])
    whole = sum(minor for minor, _ in sales)
    assert (found is None) is (open_ > whole)
    if found is not None:
        # Going forward through the days found, the stretches give the receivables back.
        left, days_left = Fraction(0), found
        for minor, days in sales:
            used = min(days_left, days)
            left += Fraction(minor) * used / days
            days_left -= used
        assert left == open_
