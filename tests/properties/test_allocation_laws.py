"""Laws of splitting: what every policy promises of every total and every weights."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    Currency,
    Money,
    Percent,
    Remainder,
    RemainderSignError,
    Rounding,
    allocate,
    round_ratio,
    split_evenly,
)
from milestone_invoicing.testing import moneys, weights

EUR = Currency.of("EUR")
HALF = Fraction(1, 2)
NEAR = (Remainder.LARGEST, Remainder.FIRST, Remainder.LAST, Remainder.CUMULATIVE)
each_policy = pytest.mark.parametrize("policy", Remainder, ids=lambda policy: policy.name)
each_near_policy = pytest.mark.parametrize("policy", NEAR, ids=lambda policy: policy.name)

# Small ones, so that ties, zeros and more weights than units are common, and large ones.
fractions = st.builds(Fraction, st.integers(0, 60), st.integers(1, 60))
units = st.integers(-60, 60) | st.integers(-(10**12), 10**12)
shares = (
    st.lists(st.integers(0, 6), min_size=1, max_size=8).filter(any).map(tuple)
    | weights()
    | st.lists(fractions, min_size=1, max_size=6).filter(any).map(tuple)
)
wide = st.integers(1, 60)


def split(
    total: int, shares: Sequence[object], policy: Remainder, step: int | None = None
) -> list[int]:
    """Return the parts in minor units; where BALANCE has none, the example is passed over."""
    try:
        parts = allocate(
            Money(total, EUR),
            shares,
            remainder=policy,
            step=None if step is None else Money(step, EUR),
        )
    except RemainderSignError:
        assume(policy is not Remainder.BALANCE)
        raise
    return [part.minor for part in parts]


def quotas(total: int, shares: Sequence[int | Fraction]) -> list[Fraction]:
    """Return what each part would be if units could be divided."""
    return [Fraction(total) * share / sum(shares) for share in shares]


@each_policy
@given(units, shares)
def test_the_parts_add_up_to_the_total(policy: Remainder, total: int, shares: tuple[int, ...]):
    parts = split(total, shares, policy)
    assert sum(parts) == total
    assert len(parts) == len(shares)


@each_policy
@given(moneys(), weights())
def test_every_part_is_in_the_currency_of_the_total(
    policy: Remainder, total: Money, shares: tuple[int, ...]
):
    try:
        parts = allocate(total, shares, remainder=policy)
    except RemainderSignError:
        assert policy is Remainder.BALANCE
    else:
        assert Money.total(parts, currency=total.currency) == total
        assert {part.currency for part in parts} == {total.currency}


@each_near_policy
@given(units, shares)
def test_each_part_is_within_one_unit_of_exact(
    policy: Remainder, total: int, shares: tuple[int, ...]
):
    exact = quotas(total, shares)
    off = [
        abs(part - quota) for part, quota in zip(split(total, shares, policy), exact, strict=True)
    ]
    # FIRST and LAST may give a unit to a part that was exact; LARGEST never does.
    assert max(off) < 1 or (max(off) == 1 and policy is not Remainder.LARGEST)


@given(units, shares)
def test_running_totals_of_cumulative_are_within_half_a_unit_of_exact(
    total: int, shares: tuple[int, ...]
):
    running = accumulate(split(total, shares, Remainder.CUMULATIVE))
    exact = accumulate(quotas(total, shares))
    assert all(abs(one - other) <= HALF for one, other in zip(running, exact, strict=True))


@each_policy
@given(units, shares, st.integers(1, 1000) | st.fractions(Fraction(1, 1000), 1000))
def test_scaling_all_weights_changes_nothing(
    policy: Remainder, total: int, shares: tuple[int, ...], factor: int | Fraction
):
    scaled = [share * factor for share in shares]
    assert split(total, scaled, policy) == split(total, shares, policy)


@each_policy
@given(units, shares, st.none() | wide)
def test_the_split_of_the_negated_total_is_the_negated_split(
    policy: Remainder, total: int, shares: tuple[int, ...], step: int | None
):
    mirrored = [-part for part in split(total, shares, policy, step)]
    assert split(-total, shares, policy, step) == mirrored


@each_policy
@given(units, shares, st.none() | wide)
def test_no_part_has_the_sign_that_the_total_has_not(
    policy: Remainder, total: int, shares: tuple[int, ...], step: int | None
):
    assert all(part * total >= 0 for part in split(total, shares, policy, step))


@each_policy
@given(units, shares, st.data(), st.none() | wide)
def test_a_weight_of_zero_gets_zero_and_changes_nothing_for_the_others(
    policy: Remainder, total: int, shares: tuple[int, ...], data: st.DataObject, step: int | None
):
    parts = split(total, shares, policy, step)
    assert all(part == 0 for part, share in zip(parts, shares, strict=True) if share == 0)
    place = data.draw(st.integers(0, len(shares)))
    with_zero = split(total, (*shares[:place], 0, *shares[place:]), policy, step)
    assert with_zero == [*parts[:place], 0, *parts[place:]]


@given(
    units,
    st.lists(st.integers(0, 9), max_size=5),
    st.lists(st.integers(0, 9), min_size=1, max_size=4).filter(any),
    st.data(),
)
def test_earlier_parts_of_cumulative_stay_while_the_sum_of_the_weights_stays(
    total: int, head: list[int], tail: list[int], data: st.DataObject
):
    cuts = data.draw(st.lists(st.integers(0, sum(tail)), max_size=4))
    other = [after - before for before, after in pairwise([0, *sorted(cuts), sum(tail)])]
    before = split(total, head + tail, Remainder.CUMULATIVE)
    after = split(total, head + other, Remainder.CUMULATIVE)
    assert after[: len(head)] == before[: len(head)]


@each_policy
@given(units, shares, wide)
def test_parts_are_whole_steps_and_one_takes_the_odd_rest(
    policy: Remainder, total: int, shares: tuple[int, ...], step: int
):
    takers = [index for index, share in enumerate(shares) if share]
    taker = takers[0] if policy is Remainder.FIRST else takers[-1]
    parts = split(total, shares, policy, step)
    assert sum(parts) == total
    odd = (abs(total) % step) * (-1 if total < 0 else 1)
    parts[taker] -= odd
    assert all(part % step == 0 for part in parts)
    whole_steps = (total - odd) // step
    assert [part // step for part in parts] == split(whole_steps, shares, policy)


@each_policy
@given(units, shares)
def test_a_step_of_one_unit_changes_nothing(policy: Remainder, total: int, shares: tuple[int, ...]):
    assert split(total, shares, policy, 1) == split(total, shares, policy)


@each_policy
@given(units, st.lists(st.integers(0, 9999), min_size=1, max_size=6).filter(any))
def test_the_type_of_a_weight_does_not_matter(
    policy: Remainder, total: int, thousandths: list[int]
):
    usual = split(total, thousandths, policy)
    for written in (
        [Fraction(n, 1000) for n in thousandths],
        [Decimal(n).scaleb(-3) for n in thousandths],
        [f"{n // 1000}.{n % 1000:03}" for n in thousandths],
        [f"{n}/1000" for n in thousandths],
        [Percent(n) for n in thousandths],
        [(n, Fraction(n), Decimal(n), str(n))[i % 4] for i, n in enumerate(thousandths)],
    ):
        assert split(total, written, policy) == usual
        assert split(total, tuple(written), policy) == usual


@each_policy
@given(st.integers(-(10**6), 10**6), st.lists(st.integers(0, 99), min_size=1).filter(any))
def test_a_total_that_divides_is_divided(policy: Remainder, each: int, shares: list[int]):
    assert split(each * sum(shares), shares, policy) == [each * share for share in shares]


@each_policy
@given(units, st.integers(1, 15), st.none() | wide)
def test_an_even_split_is_the_split_by_equal_weights(
    policy: Remainder, total: int, parts: int, step: int | None
):
    expected = split(total, [1] * parts, policy, step)
    width = None if step is None else Money(step, EUR)
    given_parts = split_evenly(Money(total, EUR), parts, remainder=policy, step=width)
    assert [part.minor for part in given_parts] == expected


@each_near_policy
@given(units, st.integers(1, 40))
def test_the_parts_of_an_even_split_differ_by_one_unit_at_most(
    policy: Remainder, total: int, parts: int
):
    even = split(total, [1] * parts, policy)
    assert max(even) - min(even) <= 1


@given(units, shares)
def test_under_largest_a_larger_weight_never_gets_less(total: int, shares: tuple[int, ...]):
    parts = [abs(part) for part in split(total, shares, Remainder.LARGEST)]
    ranked = sorted(zip(shares, parts, strict=True))
    assert all(one[1] <= other[1] for one, other in pairwise(ranked) if one[0] < other[0])


# Each policy against its words, computed one unit at a time and without the kernels.


@given(units, shares)
def test_largest_gives_each_unit_left_over_to_the_part_that_misses_most(
    total: int, shares: tuple[int, ...]
):
    exact = quotas(abs(total), shares)
    parts = [int(quota) for quota in exact]
    served: set[int] = set()
    for _ in range(abs(total) - sum(parts)):
        missing = {i: exact[i] - int(exact[i]) for i in range(len(exact)) if i not in served}
        lucky = min(missing, key=lambda index: (-missing[index], index))
        parts[lucky] += 1
        served.add(lucky)
    assert [abs(part) for part in split(total, shares, Remainder.LARGEST)] == parts


@pytest.mark.parametrize("policy", [Remainder.FIRST, Remainder.LAST], ids=lambda p: p.name)
@given(units, shares)
def test_first_and_last_give_one_unit_each_from_their_end(
    policy: Remainder, total: int, shares: tuple[int, ...]
):
    parts = [int(quota) for quota in quotas(abs(total), shares)]
    takers = [index for index, share in enumerate(shares) if share]
    if policy is Remainder.LAST:
        takers.reverse()
    for index in takers[: abs(total) - sum(parts)]:
        parts[index] += 1
    assert [abs(part) for part in split(total, shares, policy)] == parts


@given(units, shares)
def test_last_is_first_read_backwards(total: int, shares: tuple[int, ...]):
    backwards = split(total, shares[::-1], Remainder.FIRST)[::-1]
    assert split(total, shares, Remainder.LAST) == backwards


@given(units, shares)
def test_cumulative_is_the_difference_of_rounded_running_totals(
    total: int, shares: tuple[int, ...]
):
    exact = accumulate(quotas(total, shares), initial=Fraction(0))
    running = [round_ratio(*quota.as_integer_ratio(), Rounding.HALF_UP) for quota in exact]
    expected = [after - before for before, after in pairwise(running)]
    assert split(total, shares, Remainder.CUMULATIVE) == expected


@given(units, shares)
def test_balance_rounds_each_part_and_the_last_takes_the_rest_or_it_raises(
    total: int, shares: tuple[int, ...]
):
    exact = quotas(total, shares)
    expected = [round_ratio(*quota.as_integer_ratio(), Rounding.HALF_UP) for quota in exact]
    last = max(index for index, share in enumerate(shares) if share)
    expected[last] += total - sum(expected)
    if expected[last] * total < 0:
        with pytest.raises(RemainderSignError, match="the last part would have the wrong sign"):
            allocate(Money(total, EUR), shares, remainder=Remainder.BALANCE)
    else:
        assert split(total, shares, Remainder.BALANCE) == expected


@each_near_policy
@given(
    st.integers(-(10**1000), 10**1000), st.lists(st.integers(1, 10**200), min_size=1, max_size=4)
)
def test_totals_of_a_thousand_digits_are_split_exactly(
    policy: Remainder, total: int, shares: list[int]
):
    parts = split(total, shares, policy)
    assert sum(parts) == total
    exact = quotas(total, shares)
    assert all(abs(part - quota) <= 1 for part, quota in zip(parts, exact, strict=True))
