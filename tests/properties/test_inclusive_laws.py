"""The laws of prices with tax: the sum of the prices is asked for, whatever the number of lines."""

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    DiscountTax,
    EarlyDiscount,
    Invoice,
    Line,
    Money,
    PaymentTerms,
    Percent,
    Rounding,
    Severity,
    StatedTotals,
    check,
    check_stated,
    document_allowances,
    document_charges,
    round_payable,
    totals,
    without_tax,
)
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


@given(LINES, st.integers(1, 99))
def test_prices_with_tax_are_taxed_on_what_a_discount_that_always_reduces_it_leaves(
    lines: list[Line], points: int
):
    terms = PaymentTerms.net(30, discounts=[EarlyDiscount(points, 10, DiscountTax.ALWAYS_REDUCED)])
    reduced = Invoice(None, None, PARTIES[0], without_tax(lines), terms=terms)
    percent = Percent(points).fraction
    for group in reduced.totals.breakdown:
        rate = group.tax.rate.fraction if group.tax.rate else 0
        gross = sum(line.net.minor for line in lines if line.tax.group == group.tax)
        # The price was rounded, what is moved is, and so is its tax.
        assert abs(group.amount.minor - gross * rate / (1 + rate) * (1 - percent)) <= 2
    listed = {"allowances": document_allowances(reduced), "charges": document_charges(reduced)}
    assert check_stated(reduced.lines, StatedTotals.of(reduced), tolerant=True, **listed) == ()
    sums = [each for each in check(reduced) if each.code[:5] in {"BR-CO", "BR-S-", "BR-E-"}]
    known = {"BR-CO-26", "BR-S-02", "BR-S-03", "BR-E-02", "BR-E-03", "BR-E-04", "BR-E-10"}
    assert {each.code for each in sums} - known <= {"BR-CO-17"}
    assert all(each.severity is Severity.WARNING for each in sums if each.code == "BR-CO-17")


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
