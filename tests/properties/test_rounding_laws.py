"""Laws of rounding: a ratio of integers becomes the integer that the mode's definition chooses."""

import decimal
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import Rounding, round_ratio

HALVES = {Rounding.HALF_UP, Rounding.HALF_DOWN, Rounding.HALF_EVEN}
roundings = st.sampled_from(Rounding)
each_rounding = pytest.mark.parametrize("rounding", Rounding, ids=lambda mode: mode.name)

# Small ones, so that ties and whole results are common, and large ones.
above = st.integers(-60, 60) | st.integers()
below = (st.integers(1, 12) | st.integers(1)).flatmap(lambda n: st.sampled_from([n, -n]))


def defined(number: Fraction, rounding: Rounding) -> int:
    """Return what the words of each mode say, without the kernel's arithmetic."""
    down, up = floor(number), ceil(number)
    near, far = sorted((down, up), key=abs)  # towards zero, away from zero
    if rounding in HALVES and number - down != up - number:
        return min(down, up, key=lambda whole: abs(whole - number))
    return {
        Rounding.UP: far,
        Rounding.DOWN: near,
        Rounding.CEILING: up,
        Rounding.FLOOR: down,
        Rounding.HALF_UP: far,
        Rounding.HALF_DOWN: near,
        Rounding.HALF_EVEN: near if near % 2 == 0 else far,
    }[rounding]


@each_rounding
@given(above, below)
def test_a_ratio_becomes_what_the_definition_of_its_mode_says(
    rounding: Rounding, above: int, below: int
):
    assert round_ratio(above, below, rounding) == defined(Fraction(above, below), rounding)


@each_rounding
@given(st.decimals(allow_nan=False, allow_infinity=False, places=2) | st.decimals(-9, 9, places=1))
def test_a_decimal_is_rounded_as_decimal_itself_does(rounding: Rounding, number: Decimal):
    with decimal.localcontext(prec=1000):
        expected = number.quantize(Decimal(1), rounding=f"ROUND_{rounding.name}")
    assert round_ratio(*number.as_integer_ratio(), rounding) == int(expected)


@each_rounding
@given(above, below)
def test_the_mirror_of_a_result_is_the_result_of_the_mirror(
    rounding: Rounding, above: int, below: int
):
    mirrored = round_ratio(-above, below, rounding.mirrored)
    assert mirrored == -round_ratio(above, below, rounding)
    assert round_ratio(above, -below, rounding.mirrored) == mirrored


@each_rounding
def test_the_mirror_of_the_mirror_is_the_mode(rounding: Rounding):
    assert rounding.mirrored.mirrored is rounding


@given(roundings, above, below, st.integers().filter(bool))
def test_a_ratio_may_be_written_with_any_common_factor(
    rounding: Rounding, above: int, below: int, factor: int
):
    assert round_ratio(above * factor, below * factor, rounding) == round_ratio(
        above, below, rounding
    )


@given(roundings, st.integers(), below)
def test_a_whole_number_stays_as_it_is(rounding: Rounding, whole: int, below: int):
    assert round_ratio(whole * below, below, rounding) == whole


@given(roundings, above, below)
def test_no_result_is_a_whole_unit_off_and_under_the_halves_half_a_unit_at_most(
    rounding: Rounding, above: int, below: int
):
    off = abs(round_ratio(above, below, rounding) - Fraction(above, below))
    assert off < 1
    assert off <= Fraction(1, 2) or rounding not in HALVES


@given(roundings, above, below, above, below)
def test_a_larger_number_never_gives_less(
    rounding: Rounding, above: int, below: int, other: int, under: int
):
    less, more = sorted([Fraction(above, below), Fraction(other, under)])
    assert round_ratio(less.numerator, less.denominator, rounding) <= round_ratio(
        more.numerator, more.denominator, rounding
    )


@given(above, below)
def test_the_modes_lie_between_floor_and_ceiling_and_up_lies_further_from_zero_than_down(
    above: int, below: int
):
    results = {mode: round_ratio(above, below, mode) for mode in Rounding}
    assert set(results.values()) <= {results[Rounding.FLOOR], results[Rounding.CEILING]}
    assert {results[Rounding.UP], results[Rounding.DOWN]} == {
        results[Rounding.FLOOR],
        results[Rounding.CEILING],
    }
    assert abs(results[Rounding.DOWN]) <= abs(results[Rounding.UP])


@given(roundings, st.integers(10**999, 10**1001), st.integers(10**499, 10**501))
def test_numbers_of_a_thousand_digits_are_rounded_exactly(
    rounding: Rounding, above: int, below: int
):
    assert round_ratio(above, below, rounding) == defined(Fraction(above, below), rounding)
    assert round_ratio(above * below, below, rounding) == above
