"""The laws of success fees."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import Currency, Money, Percent, TierBasis, success_fee_line
from milestone_invoicing.testing import percents

EUR = Currency.of("EUR")
RESULTS = st.integers(-(10**6), 10**6).map(lambda minor: Money(minor, EUR))
AMOUNTS = st.integers(0, 10**5).map(lambda minor: Money(minor, EUR))
STARTS = st.sets(st.integers(0, 10**6), min_size=1, max_size=4).map(sorted)
each_basis = st.sampled_from(TierBasis)


@st.composite
def tiers(draw: st.DrawFn) -> list[tuple[Money, Percent]]:
    return [(Money(start, EUR), draw(percents())) for start in draw(STARTS)]


def fee(result: Money, rates: object, **options: object) -> Money:
    return success_fee_line("Success", result, rates, **options).net


@given(RESULTS, tiers())
def test_by_slices_each_rise_of_the_percentage_counts_from_its_amount_on(
    result: Money, rates: list[tuple[Money, Percent]]
):
    exact, before = Fraction(0), Fraction(0)
    for start, percent in rates:
        exact += (percent.fraction - before) * max(result.minor - start.minor, 0)
        before = percent.fraction
    assert abs(fee(result, rates).minor - exact) <= Fraction(1, 2)


@given(RESULTS, tiers())
def test_on_the_whole_the_last_tier_reached_counts_for_all(
    result: Money, rates: list[tuple[Money, Percent]]
):
    exact = Fraction(0)
    for start, percent in rates:
        if result.minor > 0 and result >= start:
            exact = percent.fraction * result.minor
    assert abs(fee(result, rates, basis=TierBasis.WHOLE).minor - exact) <= Fraction(1, 2)


@given(RESULTS, RESULTS, tiers())
def test_by_slices_a_larger_success_never_costs_less(
    one: Money, other: Money, rates: list[tuple[Money, Percent]]
):
    assert fee(min(one, other), rates) <= fee(max(one, other), rates)


@given(RESULTS, tiers(), AMOUNTS, AMOUNTS, each_basis)
def test_a_success_costs_between_the_minimum_and_the_cap_and_anything_else_nothing(
    result: Money,
    rates: list[tuple[Money, Percent]],
    one: Money,
    other: Money,
    basis: TierBasis,
):
    minimum, cap = sorted((one, other))
    free = fee(result, rates, basis=basis)
    bound = fee(result, rates, basis=basis, minimum=minimum, cap=cap)
    if result.minor > 0 and result >= rates[0][0]:
        assert bound == min(max(free, minimum), cap)
    else:
        assert bound == free == Money(0, EUR)


@given(RESULTS, percents(), each_basis)
def test_one_percentage_is_one_tier_from_zero_on_either_basis(
    result: Money, percent: Percent, basis: TierBasis
):
    assert fee(result, percent, basis=basis) == fee(result, [(Money(0, EUR), percent)])


@given(RESULTS, RESULTS, tiers())
def test_a_saving_is_a_success_like_any_other(
    baseline: Money, actual: Money, rates: list[tuple[Money, Percent]]
):
    assert fee(actual, rates, baseline=baseline) == fee(baseline - actual, rates)


@given(RESULTS, st.integers(1, 10**5), percents())
def test_a_hurdle_takes_its_amount_from_the_success(result: Money, hurdle: int, percent: Percent):
    start = Money(hurdle, EUR)
    assume(result >= start)
    assert fee(result, [(start, percent)]) == fee(result - start, percent)
