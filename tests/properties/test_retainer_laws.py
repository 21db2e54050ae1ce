"""The laws of retainers."""

from datetime import date, timedelta
from fractions import Fraction

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    Currency,
    Money,
    Period,
    Proration,
    Recurrence,
    RecurrenceRule,
    RecurrenceUnit,
    Retainer,
    retainer_lines,
)
from tests.properties.dates import recurrences

EUR = Currency.of("EUR")
STARTS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
FEES = st.integers(0, 10**7).map(lambda minor: Money(minor, EUR))
LENGTHS = st.integers(1, 900).map(timedelta)


@st.composite
def retainers(draw: st.DrawFn, prorations: tuple[Proration, ...] = tuple(Proration)) -> Retainer:
    """Return retainers that begin on any day of an early period, and end or not."""
    every = draw(recurrences(STARTS))
    proration = draw(st.sampled_from(prorations))
    if every.unit is RecurrenceUnit.WEEKS and proration is Proration.THIRTY_DAYS:
        every = attrs.evolve(every, unit=RecurrenceUnit.MONTHS)
    first = every.start + timedelta(draw(st.integers(0, 100)))
    last = draw(st.none() | st.integers(0, 1200).map(lambda days: first + timedelta(days)))
    return Retainer("Support", draw(FEES), every, first=first, last=last, proration=proration)


@st.composite
def stretches(draw: st.DrawFn) -> Period:
    start = draw(STARTS)
    return Period(start, start + draw(LENGTHS))


def total(retainer: Retainer, *stretches: Period) -> Money:
    lines = (line for days in stretches for line in retainer_lines(retainer, days))
    return Money.total((line.net for line in lines), currency=EUR)


@given(retainers(), stretches(), st.data())
def test_bills_of_a_stretch_cut_anywhere_sum_to_the_same(
    retainer: Retainer, days: Period, data: st.DataObject
):
    cuts = data.draw(st.sets(st.integers(1, max(days.days - 1, 1)), max_size=4))
    ends = [days.start + timedelta(cut) for cut in sorted(cuts) if cut < days.days]
    parts = map(Period, (days.start, *ends), (*ends, days.end))
    assert total(retainer, *parts) == total(retainer, days)


@given(retainers(), STARTS)
def test_the_days_of_one_period_cost_no_more_than_the_fee_and_never_less_than_nothing(
    retainer: Retainer, day: date
):
    period = retainer.every.period_of(max(day, retainer.every.start))
    costs = [
        total(retainer, Period(period.start, period.start + timedelta(1))),
        total(retainer, period),
    ]
    assert Money(0, EUR) <= costs[0] <= costs[1] <= retainer.fee


@given(retainers(), STARTS)
def test_a_period_used_whole_costs_the_fee(retainer: Retainer, day: date):
    whole = attrs.evolve(retainer, first=None, last=None)
    period = retainer.every.period_of(max(day, retainer.every.start))
    assert total(whole, period) == retainer.fee


@given(retainers((Proration.ACTUAL_DAYS,)), STARTS)
def test_by_actual_days_a_period_costs_its_days_of_use_within_half_a_unit(
    retainer: Retainer, day: date
):
    period = retainer.every.period_of(max(day, retainer.every.start))
    all_days = [period.start + timedelta(n) for n in range(period.days)]
    last = retainer.last or date.max
    used = [day for day in all_days if retainer.first <= day <= last]
    exact = Fraction(retainer.fee.minor * len(used), len(all_days))
    assert abs(total(retainer, period).minor - exact) <= Fraction(1, 2)


@given(
    FEES,
    st.integers(1, 28),
    st.integers(1, 12),
    st.integers(0, 400),
    st.integers(0, 400),
)
def test_by_thirty_days_a_month_from_a_day_that_all_have_costs_what_30_360_counts(
    fee: Money, day: int, every: int, skipped: int, used: int
):
    start = date(2027, 1, day)
    first = start + timedelta(skipped)
    months = Recurrence(start, every)
    retainer = Retainer(
        "Support",
        fee,
        months,
        first=first,
        last=first + timedelta(used),
        proration=Proration.THIRTY_DAYS,
    )
    period = months.period_of(first)
    days = thirty(first, day), thirty(min(first + timedelta(used + 1), period.end), day)
    exact = Fraction(fee.minor * (days[1] - days[0]), 30 * every)
    assert abs(total(retainer, period).minor - exact) <= Fraction(1, 2)


def thirty(day: date, begin: int) -> int:
    """Count months of 30 days that begin on *begin*, and days in the last of them."""
    months = day.year * 12 + day.month - (day.day < begin)
    year, month = divmod(months - 1, 12)
    return 30 * months + (day - date(year, month + 1, begin)).days


@given(retainers((Proration.NONE,)), stretches())
def test_without_proration_every_period_that_is_started_costs_the_fee(
    retainer: Retainer, days: Period
):
    last = retainer.last or date.max
    upto = Period(retainer.every.start, days.end) if days.end > retainer.every.start else days
    begun = [
        day
        for day in retainer.every.between(retainer.every.start, upto.last)
        if retainer.every.period_of(day).end > retainer.first
        and max(day, retainer.first) <= min(last, upto.last)
    ]
    assert total(retainer, upto) == retainer.fee * len(begun)


@given(retainers(), stretches(), STARTS)
def test_a_retainer_to_a_day_and_one_from_the_next_cost_no_less_than_one(
    retainer: Retainer, days: Period, day: date
):
    # Two agreements are rounded apart, and without proration each charges the period of the change.
    last = max(day, retainer.first)
    assume(retainer.last is None or last < retainer.last)
    before = attrs.evolve(retainer, last=last)
    after = attrs.evolve(retainer, first=last + timedelta(1))
    apart = total(before, days) + total(after, days)
    if retainer.proration is Proration.NONE:
        assert apart >= total(retainer, days)
    else:
        assert abs(apart.minor - total(retainer, days).minor) <= 2


@given(
    recurrences(STARTS), FEES, stretches(), st.sampled_from([Proration.ACTUAL_DAYS, Proration.NONE])
)
def test_a_rule_with_the_days_of_a_recurrence_is_billed_as_it_is(
    every: Recurrence, fee: Money, days: Period, proration: Proration
):
    rule = RecurrenceRule(every.to_rrule(), every.start)
    one, other = (Retainer("Support", fee, each, proration=proration) for each in (every, rule))
    assert retainer_lines(one, days) == retainer_lines(other, days)
