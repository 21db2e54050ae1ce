"""Laws of splits into many parts: pairs, shared values, and the ways for few and many weights."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from milestone_invoicing import (
    Currency,
    Money,
    Percent,
    Remainder,
    allocate,
    split_evenly,
    spread,
)
from milestone_invoicing.money.allocation import integer_weights
from milestone_invoicing.testing import moneys

EUR = Currency.of("EUR")
units = st.integers(-200, 200) | st.integers(-(10**12), 10**12)
# Around the number of weights from which another way is taken; small weights make many ties.
many = st.integers(20, 30).flatmap(
    lambda size: st.lists(
        st.integers(0, 4) | st.integers(0, 10**6), min_size=size, max_size=size
    ).filter(any)
)


@given(moneys() | moneys(min_minor=-20, max_minor=20), st.integers(1, 60))
def test_a_spread_written_out_is_the_even_split(total: Money, parts: int):
    pairs = spread(total, parts)
    assert split_evenly(total, parts) == tuple(
        amount for amount, count in pairs for _ in range(count)
    )


@given(moneys(), st.integers(1, 10**9) | st.integers(1, 10**40))
def test_a_spread_over_any_number_of_parts_adds_up_in_at_most_two_pairs(total: Money, parts: int):
    pairs = spread(total, parts)
    assert sum(count for _, count in pairs) == parts
    assert sum(amount.minor * count for amount, count in pairs) == total.minor
    assert 1 <= len(pairs) <= 2
    assert all(count > 0 for _, count in pairs)
    if len(pairs) == 2:
        (more, _), (less, _) = pairs
        assert abs(more).minor == abs(less).minor + 1
        assert more.minor * less.minor >= 0


@given(moneys(), st.integers(1, 10**9))
def test_the_spread_of_the_negated_total_is_the_negated_spread(total: Money, parts: int):
    negated = tuple((-amount, count) for amount, count in spread(total, parts))
    assert spread(-total, parts) == negated


@given(moneys(currency="EUR"), st.integers(1, 100), st.sampled_from(Remainder))
def test_equal_parts_are_equal_values_whatever_object_they_are(
    total: Money, parts: int, policy: Remainder
):
    if policy is Remainder.BALANCE:
        total = total * parts  # what divides, so that nothing is refused
    even = split_evenly(total, parts, remainder=policy)
    assert even == allocate(total, [1] * parts, remainder=policy)
    assert len(even) == parts


def hamilton(total: int, weights: Sequence[int]) -> list[int]:
    """Return the parts one unit at a time, each to the part that misses most, the lower first."""
    whole, served = sum(weights), set()
    exact = [Fraction(abs(total) * weight, whole) for weight in weights]
    parts = [int(quota) for quota in exact]
    for _ in range(abs(total) - sum(parts)):
        waiting = (index for index in range(len(exact)) if index not in served)
        lucky = min(waiting, key=lambda index: (int(exact[index]) - exact[index], index))
        parts[lucky] += 1
        served.add(lucky)
    return [part if total >= 0 else -part for part in parts]


@given(units, many)
@example(12, [1] * 24)
@example(12, [1] * 25)
@example(-12, [1] * 25)
@example(24, [1] * 25)
@example(26, [0, 1] * 13)
@example(13, [2, 1, 1] * 9)
@example(4, [1] * 24)
@example(5, [1] * 24)
def test_many_weights_are_split_as_few_are_by_largest_remainder(total: int, weights: list[int]):
    parts = [part.minor for part in allocate(Money(total, EUR), weights)]
    assert parts == hamilton(total, weights)


@pytest.mark.parametrize("size", range(22, 29))
@given(st.data())
def test_one_more_weight_of_zero_changes_nothing_where_the_way_changes(
    size: int, data: st.DataObject
):
    total = data.draw(units)
    weights = data.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size).filter(any))
    usual = allocate(Money(total, EUR), weights)
    assert allocate(Money(total, EUR), [*weights, 0]) == (*usual, Money.zero("EUR"))


@given(st.integers(0, 99), st.integers(25, 60))
def test_of_equal_remainders_the_lower_indices_get_the_units(left: int, size: int):
    left %= size
    parts = [part.minor for part in allocate(Money(left, EUR), [7] * size)]
    assert parts == [1] * left + [0] * (size - left)


@given(
    st.lists(st.integers(0, 99), max_size=5),
    st.lists(
        st.integers(0, 99)
        | st.fractions(0, 99, max_denominator=50)
        | st.decimals(0, 99, places=2)
        | st.integers(0, 99).map(Percent)
        | st.integers(0, 99).map(str),
        min_size=1,
        max_size=5,
    ),
)
def test_weights_of_other_types_after_ints_keep_their_proportions(
    ints: list[int], others: list[int | Fraction | Decimal | Percent | str]
):
    weights = [*ints, *others]
    exact = [w.fraction if isinstance(w, Percent) else Fraction(w) for w in weights]
    if not any(exact):
        return
    integers = integer_weights(weights)
    assert all(type(integer) is int for integer in integers)
    whole = sum(integers)
    assert [Fraction(integer, whole) for integer in integers] == [
        weight / sum(exact) for weight in exact
    ]
