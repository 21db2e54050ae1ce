"""Parts of a running total: a row per rule, in bare integers."""

import pytest

from milestone_invoicing.money import Rounding, round_ratio
from milestone_invoicing.money.running_totals import running_parts


@pytest.mark.parametrize(
    ("units", "whole", "weights", "parts"),
    [
        pytest.param(*row, id=f"{row[0]} by {row[2]} of {row[1]} = {row[3]}")
        for row in [
            (100, 6, [1, 1, 4], [17, 16, 67]),
            (100, 6, [4, 1, 1], [67, 16, 17]),
            (1, 2, [1, 1], [1, 0]),
            (100, 3, [1, 0, 1], [33, 0, 34]),
            (100, 3, [1, -1, 3], [33, -33, 100]),
            (-100, 6, [1, 1, 4], [-17, -16, -67]),
            (100, 6, [], []),
        ]
    ],
)
def test_a_part_is_what_the_rounded_total_grows_by(
    units: int, whole: int, weights: list[int], parts: list[int]
):
    found = running_parts(
        weights, lambda weight: round_ratio(units * weight, whole, Rounding.HALF_UP)
    )
    assert [*found] == parts
