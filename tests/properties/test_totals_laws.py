"""The laws of document totals."""

from decimal import Decimal, localcontext
from fractions import Fraction

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import Invoice, Line, Money, Totals, totals
from tests.architecture.environment import HOSTILE
from tests.properties.receivable_items import PARTIES, lines

LINES = st.lists(lines(negative=True), min_size=1, max_size=6)


def added_up(found: list[Line]) -> Totals:
    return totals(Invoice(None, None, PARTIES[0], found))


def negated(value: Totals) -> Totals:
    breakdown = tuple(
        attrs.evolve(group, base=-group.base, amount=-group.amount) for group in value.breakdown
    )
    sums = {
        field.name: -getattr(value, field.name)
        for field in attrs.fields(Totals)
        if field.name != "breakdown"
    }
    return attrs.evolve(value, breakdown=breakdown, **sums)


@given(LINES)
def test_lines_of_negated_quantities_have_the_negated_totals(found: list[Line]):
    opposite = [attrs.evolve(line, quantity=line.quantity.copy_negate()) for line in found]
    assert added_up(opposite) == negated(added_up(found))


@given(LINES.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_lines_does_not_matter(pair: tuple[list[Line], list[Line]]):
    one, other = pair
    assert added_up(one) == added_up(other)


@given(LINES)
def test_the_tax_of_a_group_is_its_base_times_its_rate_rounded_half_up_once(found: list[Line]):
    for group in added_up(found).breakdown:
        exact = group.base.minor * (group.tax.rate.fraction if group.tax.rate else Fraction(0))
        assert abs(group.amount.minor - exact) <= Fraction(1, 2)
        if abs(group.amount.minor - exact) == Fraction(1, 2):
            assert abs(group.amount.minor) > abs(exact)


@given(LINES)
def test_each_line_is_in_the_group_of_its_tax_and_no_amount_is_lost(found: list[Line]):
    sums = added_up(found)
    assert {group.tax for group in sums.breakdown} == {line.tax for line in found}
    for group in sums.breakdown:
        of_group = (line.net for line in found if line.tax == group.tax)
        assert group.base == Money.total(of_group, currency="EUR")
    assert sums.line_total == sums.tax_exclusive
    assert sums.tax_exclusive == sum(group.base for group in sums.breakdown)
    assert sums.tax == sum(group.amount for group in sums.breakdown)
    assert sums.tax_exclusive + sums.tax == sums.tax_inclusive == sums.payable


@given(lines(negative=True))
def test_a_line_is_off_its_exact_amount_by_half_a_unit_at_most(line: Line):
    price = line.price.value * 100
    exact = Fraction(line.quantity) * price / Fraction(line.base_quantity)
    assert abs(line.net.minor - exact) <= Fraction(1, 2)
    if abs(line.net.minor - exact) == Fraction(1, 2):
        assert abs(line.net.minor) > abs(exact)


@given(LINES)
def test_the_ambient_decimal_context_changes_no_total(found: list[Line]):
    texts = [(f"{line.quantity:f}", line) for line in found]
    with localcontext(HOSTILE):
        hostile = added_up([attrs.evolve(line, quantity=text) for text, line in texts])
    assert hostile == added_up(found)
    assert all(isinstance(line.quantity, Decimal) for line in found)
