"""The laws of prices with tax: the sum of the prices is asked for, whatever the number of lines."""

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import Invoice, Line, Money, Rounding, round_payable, totals, without_tax
from tests.properties.documents import EUR, adjusted_lines, documents
from tests.properties.receivable_items import PARTIES

LINES = st.lists(adjusted_lines(), min_size=1, max_size=6)


def payable(lines: tuple[Line, ...]) -> Money:
    return totals(Invoice(None, None, PARTIES[0], lines)).payable


@given(LINES)
def test_the_document_asks_for_the_sum_of_the_prices(lines: list[Line]):
    assert payable(without_tax(lines)) == Money.total((line.net for line in lines), currency=EUR)


@given(LINES)
def test_each_line_keeps_its_price_with_tax_and_its_sign(lines: list[Line]):
    for before, after in zip(lines, without_tax(lines), strict=True):
        tax = after.tax_amount or Money.zero(EUR)
        assert after.net + tax == before.net
        assert after.net.minor * before.net.minor >= 0 <= tax.minor * before.net.minor
        assert abs(after.net) <= abs(before.net)
        if before.net and before.tax.has_rate:
            assert abs(after.quantity) == abs(before.quantity or 1)


@given(LINES)
def test_the_tax_of_a_group_is_taken_out_of_its_sum_once(lines: list[Line]):
    found = totals(Invoice(None, None, PARTIES[0], without_tax(lines)))
    for group in found.breakdown:
        gross = sum(line.net.minor for line in lines if line.tax.group == group.tax)
        rate = group.tax.rate.fraction if group.tax.rate else 0
        assert abs(group.amount.minor - gross * rate / (1 + rate)) * 2 <= 1


@given(LINES)
def test_lines_taken_back_have_the_negated_amounts(lines: list[Line]):
    back = [
        attrs.evolve(
            line,
            quantity=line.quantity.copy_negate(),
            allowances=[-each for each in line.allowances],
            charges=[-each for each in line.charges],
        )
        for line in lines
    ]
    for one, other in zip(without_tax(lines), without_tax(back), strict=True):
        assert (other.net, other.tax_amount) == (-one.net, one.tax_amount and -one.tax_amount)


@given(documents(), st.integers(1, 100), st.sampled_from(Rounding))
def test_a_payable_rounded_to_a_step_is_whole_steps_and_changes_nothing_else(
    document: Invoice, step: int, rounding: Rounding
):
    found = round_payable(document, Money(step, EUR), rounding=rounding)
    bare = attrs.evolve(document, rounding_amount=None)
    assert found.payable.minor % step == 0
    assert abs(found.totals.rounding.minor) < step
    assert found.payable == bare.payable.rounded_to(Money(step, EUR), rounding=rounding)
    assert found.totals.breakdown == document.totals.breakdown
    assert round_payable(found, Money(step, EUR), rounding=rounding) == found
