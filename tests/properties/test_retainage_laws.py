"""The laws of retainage."""

from fractions import Fraction
from itertools import pairwise
from math import lcm

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import Currency, Money, Percent, Retainage, RetainageStep

EUR = Currency.of("EUR")
WORTH = 1000
PARTS = st.fractions(min_value=0, max_value=1, max_denominator=50).map(lambda part: part * 100)
CAPS = st.none() | PARTS.map(Percent) | st.integers(0, WORTH).map(lambda minor: Money(minor, EUR))
AMOUNTS = st.integers(0, WORTH)


@st.composite
def steps(draw: st.DrawFn) -> list[RetainageStep]:
    """Draw a step from the start, and up to three later ones."""
    later = draw(st.lists(st.integers(1, 99), unique=True, max_size=3).map(sorted))
    starts = [Percent(0), *map(Percent, later)]
    return [RetainageStep(draw(PARTS), after=after) for after in starts]


@st.composite
def rules(draw: st.DrawFn) -> Retainage:
    return Retainage(
        draw(steps()),
        cap=draw(CAPS),
        gives_back=draw(st.booleans()),
        stored=draw(st.none() | PARTS),
    )


def money(minor: int) -> Money:
    return Money(minor, EUR)


def retained(rule: Retainage, completed: int, stored: int, of: int = WORTH) -> tuple[int, int]:
    amounts = rule.on(money(completed), money(stored), of=money(of))
    return amounts.completed.minor, amounts.stored.minor


@given(rules(), AMOUNTS, AMOUNTS)
def test_no_part_is_below_zero_or_above_what_it_is_retained_of(
    rule: Retainage, completed: int, stored: int
):
    first, second = retained(rule, completed, stored)
    assert 0 <= first <= completed
    assert 0 <= second <= stored


@given(rules(), AMOUNTS, AMOUNTS, AMOUNTS)
def test_without_giving_back_more_work_never_retains_less(
    rule: Retainage, completed: int, more: int, stored: int
):
    keeping = attrs.evolve(rule, gives_back=False)
    before, after = (retained(keeping, done, stored) for done in (completed, completed + more))
    assert before[0] <= after[0]


@given(rules(), AMOUNTS, AMOUNTS, AMOUNTS)
def test_without_giving_back_more_materials_never_retain_less(
    rule: Retainage, completed: int, more: int, stored: int
):
    keeping = attrs.evolve(rule, gives_back=False)
    before, after = (retained(keeping, completed, kept) for kept in (stored, stored + more))
    assert before[0] == after[0]
    assert before[1] <= after[1]


@given(rules(), st.lists(AMOUNTS, min_size=1, max_size=6))
def test_what_the_bills_retain_sums_to_what_is_retained_at_the_end(
    rule: Retainage, progress: list[int]
):
    to_date = [0, *(retained(rule, done, 0)[0] for done in progress)]
    assert sum(after - before for before, after in pairwise(to_date)) == to_date[-1]


@given(rules(), AMOUNTS, AMOUNTS)
def test_the_mirror_image_of_the_work_retains_the_mirror_image(
    rule: Retainage, completed: int, stored: int
):
    assert retained(rule, -completed, -stored) == tuple(
        -part for part in retained(rule, completed, stored)
    )


@given(rules(), AMOUNTS, AMOUNTS)
def test_a_cap_takes_only_what_is_above_it(rule: Retainage, completed: int, stored: int):
    free = attrs.evolve(rule, cap=None)
    first, second = retained(rule, completed, stored)
    without = retained(free, completed, stored)
    most = rule.cap.minor if isinstance(rule.cap, Money) else None
    if isinstance(rule.cap, Percent):
        most = int(rule.cap.fraction * WORTH + Fraction(1, 2))
    assert first + second == (sum(without) if most is None else min(sum(without), most))
    assert first == (without[0] if most is None else min(without[0], most))


@given(steps(), st.booleans(), AMOUNTS, AMOUNTS, st.integers(1, 9))
def test_where_nothing_is_rounded_scaling_all_amounts_scales_what_is_retained(
    found: list[RetainageStep], gives_back: bool, completed: int, stored: int, factor: int
):
    # Each threshold has a denominator of at most 100.
    whole = 100 * lcm(*(step.percent.fraction.denominator for step in found))
    rule = Retainage(found, gives_back=gives_back)
    one = retained(rule, whole * completed, whole * stored, whole * WORTH)
    many = retained(
        rule, factor * whole * completed, factor * whole * stored, factor * whole * WORTH
    )
    assert many == tuple(factor * part for part in one)


@given(rules(), AMOUNTS, AMOUNTS)
def test_each_part_of_the_work_counts_once_by_the_step_it_falls_into(
    rule: Retainage, completed: int, stored: int
):
    free = attrs.evolve(rule, cap=None, stored=None, gives_back=False)
    starts = [(step.after.fraction * WORTH, step.percent.fraction) for step in rule.steps]

    def rate(minor: int) -> Fraction:
        return [percent for start, percent in starts if minor > start or not start][-1]

    # Every threshold is a whole percentage, so that no unit of 1,000 lies across one.
    units = [rate(minor) for minor in range(1, completed + stored + 1)]
    first, second = retained(free, completed, stored)
    assert first == int(sum(units[:completed], Fraction(1, 2)))
    assert second == int(sum(units[completed:], Fraction(1, 2)))
