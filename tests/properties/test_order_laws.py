"""The laws of the kernels under all splits in order, against sums of their own."""

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import Rounding, round_ratio
from milestone_invoicing.money.running_totals import running_parts
from milestone_invoicing.money.waterfall import matched, waterfall

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


SIDE = st.lists(st.integers(0, 9), max_size=8)


@given(SIDE, SIDE)
def test_what_is_matched_goes_unit_by_unit_from_the_first_to_the_first(
    sources: list[int], targets: list[int]
):
    units = zip(
        (source for source, minor in enumerate(sources) for _ in range(minor)),
        (target for target, room in enumerate(targets) for _ in range(room)),
        strict=False,
    )
    assert [*matched(enumerate(sources), enumerate(targets))] == [
        (*pair, sum(1 for _ in same)) for pair, same in groupby(units)
    ]


@given(UNITS, st.lists(st.integers(0, 120), max_size=8))
def test_one_source_is_laid_out_like_units(units: int, limits: list[int]):
    one = [(place, part) for _, place, part in matched([("all", max(units, 0))], enumerate(limits))]
    assert one == [*waterfall(units, enumerate(limits))]
