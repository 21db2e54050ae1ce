"""Laws 3 and 4 for contracts: the milestones' amounts sum to the total, whatever the mix."""

import copy
import pickle
from datetime import date
from decimal import ROUND_UP, Context, localcontext
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import Milestone, Money, Percent, Remainder, Template, Weight
from milestone_invoicing.contract.shares import resolve_shares
from milestone_invoicing.errors import RemainderSignError, SharesError
from milestone_invoicing.testing import moneys
from tests.properties.agreements import (
    EUR,
    Agreed,
    agreements,
    amounts_of,
    percent_shares,
)

MAY_4 = date(2026, 5, 4)
HOSTILE = Context(prec=1, rounding=ROUND_UP, Emax=1, Emin=-1)


def resolved(agreed: Agreed) -> tuple[Money, ...]:
    """Return the amounts; only BALANCE may say that it cannot divide this total."""
    try:
        return amounts_of(agreed)
    except RemainderSignError:
        assert agreed.remainder is Remainder.BALANCE
        assume(False)
        raise


@given(agreements())
def test_the_amounts_sum_to_the_total(agreed: Agreed):
    assert Money.total(resolved(agreed), currency="EUR") == agreed.total


@given(agreements())
def test_no_amount_is_below_zero_and_each_stands_in_its_place(agreed: Agreed):
    schedule = agreed.schedule() if resolved(agreed) else None
    amounts = schedule.amounts(as_of=MAY_4)
    assert len(amounts) == len(agreed.shares)
    assert all(amount.minor >= 0 for amount in amounts)
    assert [schedule.amount(m.key, as_of=MAY_4) for m in schedule.milestones] == list(amounts)


@given(agreements())
def test_fixed_amounts_stand_and_a_share_of_zero_is_a_gate_without_a_price(agreed: Agreed):
    for share, amount in zip(agreed.shares, resolved(agreed), strict=True):
        if isinstance(share, Money):
            assert amount == share
        if share == Percent(0):
            assert amount == Money.zero("EUR")


@given(agreements())
def test_a_percent_is_never_off_by_more_than_a_unit(agreed: Agreed):
    assume(agreed.remainder is not Remainder.BALANCE)  # there the last takes what the others left
    for share, amount in zip(agreed.shares, resolved(agreed), strict=True):
        if isinstance(share, Percent):
            assert abs(amount.minor - share.fraction * agreed.total.minor) <= 1


@given(agreements())
def test_weights_share_the_rest_in_proportion(agreed: Agreed):
    assume(agreed.remainder is not Remainder.BALANCE)
    amounts = resolved(agreed)
    weighted = [(s.n, a.minor) for s, a in zip(agreed.shares, amounts, strict=True)
                if isinstance(s, Weight)]  # fmt: skip
    whole = sum(n for n, _ in weighted)
    rest = sum(minor for _, minor in weighted)
    assert all(abs(minor - Fraction(n * rest, whole)) <= 1 for n, minor in weighted)


@given(agreements(max_weights=0), st.integers(1, 1000), st.booleans())
def test_a_fixed_amount_that_misses_says_by_how_much(agreed: Agreed, by: int, more: bool):
    assume(not any(isinstance(share, Weight) for share in agreed.shares))
    places = [n for n, share in enumerate(agreed.shares) if isinstance(share, Money)]
    assume(places and resolved(agreed))
    missed = Money(by if more else -by, EUR)
    fixed = agreed.shares[places[-1]] + missed
    assume(fixed.minor >= 0)
    shares = [*agreed.shares[: places[-1]], fixed, *agreed.shares[places[-1] + 1 :]]
    with pytest.raises(SharesError, match="ask for EUR" if more else "leave EUR") as caught:
        amounts_of(attrs.evolve(agreed, shares=tuple(shares)))
    assert caught.value.difference == -missed


@given(
    percent_shares(points=Fraction(100)),
    st.fractions("1/1000", 50, max_denominator=1000),
    st.booleans(),
    moneys(currency="EUR", min_minor=0),
)
def test_percents_that_miss_say_by_how_much(shares, by: Fraction, more: bool, total: Money):
    missed = Percent(by if more else -by)
    largest = max(range(len(shares)), key=lambda n: shares[n].fraction)
    assume((shares[largest] + missed).fraction >= 0)
    shares[largest] += missed
    with pytest.raises(SharesError, match="ask for" if more else "leave") as caught:
        amounts_of(Agreed(total, tuple(shares), Remainder.LARGEST))
    assert caught.value.difference == -missed


@given(agreements())
def test_a_credit_is_the_mirror_of_the_whole(agreed: Agreed):
    amounts = resolved(agreed)
    mirrored = resolve_shares(-agreed.total, agreed.shares, agreed.remainder)
    assert mirrored == tuple(-amount for amount in amounts)


@given(agreements())
def test_a_gate_in_front_moves_no_amount(agreed: Agreed):
    gated = attrs.evolve(agreed, shares=(Percent(0), *agreed.shares))
    assert resolved(gated) == (Money.zero("EUR"), *resolved(agreed))


@given(agreements(max_weights=1))
def test_the_last_open_share_may_be_fixed_at_what_it_got(agreed: Agreed):
    amounts = resolved(agreed)
    places = [n for n, share in enumerate(agreed.shares) if not isinstance(share, Percent)]
    assume(places and sum(isinstance(share, Weight) for share in agreed.shares) == 1)
    fixed = [amount if isinstance(share, Weight) else share
             for share, amount in zip(agreed.shares, amounts, strict=True)]  # fmt: skip
    assert resolved(attrs.evolve(agreed, shares=tuple(fixed))) == amounts


@given(agreements())
def test_the_ambient_decimal_context_changes_nothing(agreed: Agreed):
    amounts = resolved(agreed)
    with localcontext(HOSTILE):
        assert resolved(agreed) == amounts


@given(agreements())
def test_a_twin_is_equal_hashes_alike_and_has_the_same_amounts(agreed: Agreed):
    assume(resolved(agreed))
    schedule = agreed.schedule()
    for twin in (
        pickle.loads(pickle.dumps(schedule)),
        copy.deepcopy(schedule),
        attrs.evolve(schedule),
    ):
        assert (twin, hash(twin)) == (schedule, hash(schedule))
        assert twin.amounts(as_of=MAY_4) == schedule.amounts(as_of=MAY_4)


@given(st.sampled_from(Template), moneys(min_minor=0), st.sampled_from(Remainder))
def test_every_template_divides_every_total(template: Template, total: Money, remainder: Remainder):
    assume(remainder is not Remainder.BALANCE or total.minor > 10)
    amounts = template.schedule(total, remainder=remainder).amounts(as_of=MAY_4)
    assert Money.total(amounts, currency=total.currency) == total


@given(st.lists(st.sampled_from("abcdef"), min_size=1, unique=True), st.data())
def test_milestones_that_depend_on_earlier_ones_make_a_schedule_in_any_order(keys, data):
    milestones = [
        Milestone(key, key, Weight(1), depends_on=data.draw(st.lists(st.sampled_from(keys[:n]))))
        if n
        else Milestone(key, key, Weight(1))
        for n, key in enumerate(keys)
    ]
    shuffled = data.draw(st.permutations(milestones))
    total = Money(600, EUR)
    assert Template.SOFTWARE.schedule(total).total == total
    assert attrs.evolve(Template.SOFTWARE.schedule(total), milestones=shuffled).milestones == tuple(
        shuffled
    )
