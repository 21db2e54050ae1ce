"""The laws of the two kernels under all splits in order, against sums of their own."""

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import Rounding, round_ratio
from milestone_invoicing.money.running_totals import running_parts
from milestone_invoicing.money.waterfall import waterfall

UNITS = st.integers(-20, 500)
LIMITS = st.lists(st.integers(-5, 120), max_size=8)


@given(UNITS, LIMITS)
def test_what_is_laid_out_fills_each_place_before_the_next(units: int, limits: list[int]):
    parts = dict(waterfall(units, enumerate(limits)))
    room = [max(limit, 0) for limit in limits]
    assert [parts.get(place, 0) for place in range(len(limits))] == [
        max(min(units - sum(room[:place]), most), 0) for place, most in enumerate(room)
    ]
    assert all(parts.values())
    assert sum(parts.values()) == max(min(units, sum(room)), 0)


@given(st.integers(-500, 500), st.integers(1, 60), st.lists(st.integers(-9, 40), max_size=8))
def test_parts_of_a_running_total_sum_to_the_rounded_total_however_it_is_cut(
    units: int, whole: int, weights: list[int]
):
    def total(weight: int) -> int:
        return round_ratio(units * weight, whole, Rounding.HALF_UP)

    parts = [*running_parts(weights, total)]
    so_far = [total(sum(weights[: place + 1])) for place in range(len(weights))]
    assert [sum(parts[: place + 1]) for place in range(len(parts))] == so_far
