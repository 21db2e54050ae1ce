"""Laws of filling up to limits: nothing is lost, nobody gets too much, and the level is even."""

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import assume, example, given
from hypothesis import strategies as st

from milestone_invoicing import Currency, Money, allocate, allocate_up_to

EUR = Currency.of("EUR")
LONG = 10**1000

# Small ones, so that ties, full items and more items than units are common, and large ones.
units = st.integers(0, 40) | st.integers(0, 10**9)
caps = st.integers(0, 12) | st.integers(0, 10**8)
rooms = st.lists(st.tuples(caps, st.integers(0, 5)), min_size=1, max_size=8).filter(
    lambda items: any(weight for _, weight in items)
)
anyhow = st.sampled_from(["in order", "by weight"])


def euros(minors: Sequence[int]) -> list[Money]:
    return [Money(minor, EUR) for minor in minors]


def filled(
    total: int, limits: Sequence[int], weights: Sequence[object] | None = None
) -> tuple[list[int], int]:
    """Return the parts and what is left, in minor units."""
    result = allocate_up_to(Money(total, EUR), euros(limits), weights=weights)
    assert {part.currency for part in (*result.parts, result.left)} == {EUR}
    return [part.minor for part in result.parts], result.left.minor


def unzipped(items: Sequence[tuple[int, int]], how: str) -> tuple[list[int], list[int] | None]:
    limits = [cap for cap, _ in items]
    return limits, None if how == "in order" else [weight for _, weight in items]


@given(units, rooms, anyhow)
def test_the_parts_and_what_is_left_make_the_total(
    total: int, items: list[tuple[int, int]], how: str
):
    parts, left = filled(total, *unzipped(items, how))
    assert sum(parts) + left == total
    assert len(parts) == len(items)


@given(units, rooms, anyhow)
def test_no_part_is_above_its_limit_or_below_zero(
    total: int, items: list[tuple[int, int]], how: str
):
    limits, weights = unzipped(items, how)
    parts, left = filled(total, limits, weights)
    assert all(0 <= part <= limit for part, limit in zip(parts, limits, strict=True))
    assert left >= 0


@given(units, rooms, anyhow)
def test_the_mirror_of_total_and_limits_gives_the_mirror_of_the_parts(
    total: int, items: list[tuple[int, int]], how: str
):
    assume(total)  # a total of zero has no mirror: its limits say which side they are on
    limits, weights = unzipped(items, how)
    parts, left = filled(total, limits, weights)
    mirrored = filled(-total, [-limit for limit in limits], weights)
    assert mirrored == ([-part for part in parts], -left)


@given(units, rooms, anyhow)
def test_something_is_left_only_if_every_item_that_takes_any_is_full(
    total: int, items: list[tuple[int, int]], how: str
):
    limits, weights = unzipped(items, how)
    parts, left = filled(total, limits, weights)
    takers = [index for index in range(len(items)) if weights is None or weights[index]]
    full = all(parts[index] == limits[index] for index in takers)
    assert left == 0 or full
    assert left == max(0, total - sum(limits[index] for index in takers))


@given(units, rooms)
def test_a_weight_of_zero_takes_nothing_and_changes_nothing_for_the_others(
    total: int, items: list[tuple[int, int]]
):
    parts, left = filled(total, *unzipped(items, "by weight"))
    assert not any(part for part, (_, weight) in zip(parts, items, strict=True) if not weight)
    taking = [item for item in items if item[1]]
    kept = [part for part, (_, weight) in zip(parts, items, strict=True) if weight]
    assert filled(total, *unzipped(taking, "by weight")) == (kept, left)


@given(units, rooms)
def test_in_order_each_is_full_before_the_next_gets_anything(
    total: int, items: list[tuple[int, int]]
):
    limits, _ = unzipped(items, "in order")
    parts, _ = filled(total, limits)
    started = [index for index, part in enumerate(parts) if part]
    assert all(parts[index] == limits[index] for index in range(started[-1] if started else 0))


@given(st.integers(0, 60), st.lists(st.integers(0, 12), min_size=1, max_size=6))
def test_in_order_is_unit_after_unit_to_the_first_that_has_room(total: int, limits: list[int]):
    parts = [0] * len(limits)
    for _ in range(min(total, sum(limits))):
        parts[next(i for i, limit in enumerate(limits) if parts[i] < limit)] += 1
    assert filled(total, limits)[0] == parts


@given(units, rooms)
def test_where_no_limit_binds_it_is_allocate(total: int, items: list[tuple[int, int]]):
    weights = [weight for _, weight in items]
    parts = [part.minor for part in allocate(Money(total, EUR), weights)]
    wide = [total + cap for cap, _ in items]
    assert filled(total, wide, weights) == (parts, 0)
    # A limit binds from the exact share on; the unit that rounding adds still fits below it.
    whole = sum(weights)
    least = [total * weight // whole + 1 for weight in weights]
    assert filled(total, least, weights) == (parts, 0)


@given(units, rooms, st.integers(1, 1000) | st.fractions(Fraction(1, 1000), 1000))
def test_scaling_all_weights_changes_nothing(
    total: int, items: list[tuple[int, int]], factor: int | Fraction
):
    limits, weights = unzipped(items, "by weight")
    scaled = [weight * factor for weight in weights or ()]
    assert filled(total, limits, scaled) == filled(total, limits, weights)
    texts = [str(weight) for weight in scaled]
    assert filled(total, limits, texts) == filled(total, limits, weights)


@given(units, rooms, st.integers(0, 12), st.integers(1, 5), st.data())
def test_of_two_equal_items_the_earlier_gets_as_much_or_one_unit_more(
    total: int, items: list[tuple[int, int]], cap: int, weight: int, data: st.DataObject
):
    one, two = sorted(data.draw(st.integers(0, len(items))) for _ in range(2))
    both = [*items[:one], (cap, weight), *items[one:two], (cap, weight), *items[two:]]
    parts, _ = filled(total, *unzipped(both, "by weight"))
    assert parts[one] - parts[two + 1] in {0, 1}


def exact_level(total: int, items: Sequence[tuple[int, int]]) -> list[Fraction]:
    """Return the shares if units could be divided: water that rises alike in all vessels.

    Vessels are taken by the level at which they are full, lowest first, until one is not.
    """
    left, open_weight = Fraction(total), sum(weight for _, weight in items)
    for full_at, cap, weight in sorted((Fraction(c, w), c, w) for c, w in items if w):
        if full_at * open_weight > left:
            return [min(Fraction(c), left / open_weight * w) for c, w in items]
        left, open_weight = left - cap, open_weight - weight
    return [Fraction(cap if weight else 0) for cap, weight in items]


@given(units, rooms)
@example(3, [(1, 1), (5, 1)])
@example(2, [(1, 1), (5, 1)])
@example(67, [(33, 1), (33, 1), (33, 1)])
def test_by_weight_each_part_is_its_exact_level_rounded_by_largest_remainder(
    total: int, items: list[tuple[int, int]]
):
    exact = exact_level(total, items)
    expected = [int(share) for share in exact]
    over = min(total, int(sum(exact))) - sum(expected)
    for index in sorted(range(len(exact)), key=lambda i: (expected[i] - exact[i], i))[:over]:
        expected[index] += 1
    assert filled(total, *unzipped(items, "by weight"))[0] == expected
    assert all(abs(part - share) < 1 for part, share in zip(expected, exact, strict=True))


@given(st.integers(0, 60), st.lists(st.integers(0, 12), min_size=1, max_size=6), st.integers(1, 9))
def test_equal_weights_go_round_unit_by_unit_past_those_that_are_full(
    total: int, limits: list[int], weight: int
):
    parts, left = [0] * len(limits), total
    while left and parts != limits:
        for index, limit in enumerate(limits):
            if left and parts[index] < limit:
                parts[index] += 1
                left -= 1
    assert filled(total, limits, [weight] * len(limits)) == (parts, left)


@given(st.lists(caps, min_size=1, max_size=8).filter(any), st.data())
def test_in_proportion_to_the_limits_nobody_is_full_before_the_others(
    limits: list[int], data: st.DataObject
):
    total = data.draw(st.integers(0, sum(limits)))
    parts, left = filled(total, limits, limits)
    assert parts == [part.minor for part in allocate(Money(total, EUR), limits)]
    assert left == 0
    assert filled(sum(limits) + 1, limits, limits) == (limits, 1)


@given(st.integers(0, LONG), st.lists(st.integers(0, LONG), min_size=1, max_size=4))
def test_amounts_of_a_thousand_digits_are_exact(total: int, limits: list[int]):
    parts, left = filled(total, limits, [1] * len(limits))
    assert sum(parts) + left == total
    assert left == max(0, total - sum(limits))
