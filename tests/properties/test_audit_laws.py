"""The laws of checked documents: what ties is not found, and what does not is named."""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    Adjustment,
    DiscountTax,
    EarlyDiscount,
    Finding,
    Invoice,
    Line,
    Money,
    PaymentTerms,
    Percent,
    Price,
    Severity,
    StatedTotals,
    Tax,
    TaxCurrency,
    check,
    check_stated,
)
from milestone_invoicing.billing.checks.sums import half_up
from tests.properties.documents import EUR, documents, each_tax, mirrored
from tests.properties.receivable_items import PARTIES

TOTALS = {
    "line_total": {"BR-CO-10", "BR-CO-13"},
    "allowance_total": {"BR-CO-11", "BR-CO-13"},
    "charge_total": {"BR-CO-12", "BR-CO-13"},
    "tax_exclusive": {"BR-CO-13", "BR-CO-15"},
    "tax": {"BR-CO-14", "BR-CO-15"},
    "tax_inclusive": {"BR-CO-15", "BR-CO-16"},
    "prepaid": {"BR-CO-16"},
    "rounding": {"BR-CO-16"},
    "payable": {"BR-CO-16"},
}
ARITHMETIC = re.compile(
    r"BR-CO-1\d|PEPPOL-.*|BR-[A-Z]+-0[189]|BR-53|group_base|prepaid_sum|rounding_amount"
)
offsets = st.integers(-300, 300).filter(bool)


def audited(document: Invoice, stated: StatedTotals, **how: Any) -> list[str]:
    """Return the codes of what is found in somebody else's copy of a document."""
    of = {"allowances": document.allowances, "charges": document.charges}
    findings = check_stated(document.lines, stated, **of, **how)
    assert all(each.severity is Severity.ERROR for each in findings)
    return [each.code for each in findings]


def is_arithmetic(finding: Finding) -> bool:
    return ARITHMETIC.fullmatch(finding.code) is not None


def base_codes(tax: Tax) -> set[str]:
    return {"S": {"BR-S-08"}, "O": {"BR-O-08"}, "E": {"BR-E-08"}, "AE": {"BR-AE-08"}}.get(
        tax.category_code, {"group_base"}
    )


def tax_codes(tax: Tax) -> set[str]:
    own = {code.replace("-08", "-09") for code in base_codes(tax) if code.startswith("BR")}
    return own | {"BR-CO-17"}


@given(documents())
def test_an_unbroken_document_has_no_arithmetic_finding(document: Invoice):
    assert not [each for each in check(document) if is_arithmetic(each)]
    stated = StatedTotals.of(document)
    for tolerant in (False, True):
        assert audited(document, stated, tolerant=tolerant) == []
    assert audited(document, attrs.evolve(stated, line_nets=())) == []
    assert audited(document, stated, prepaid=document.prepaid) == []


@given(documents(), offsets, st.sampled_from(sorted(TOTALS)))
def test_any_changed_total_is_found_by_just_the_rules_about_it(
    document: Invoice, off: int, name: str
):
    stated = StatedTotals.of(document)
    other = attrs.evolve(stated, **{name: getattr(stated, name) + Money(off, stated.currency)})
    assert set(audited(document, other)) == TOTALS[name]
    assert set(audited(document, other, tolerant=True)) == TOTALS[name]


@given(documents(), offsets, st.data())
def test_any_changed_base_is_found_by_the_rule_of_its_category(
    document: Invoice, off: int, data: st.DataObject
):
    stated = StatedTotals.of(document)
    place = data.draw(st.integers(0, len(stated.breakdown) - 1))
    group = stated.breakdown[place]
    other = attrs.evolve(group, base=group.base + Money(off, stated.currency))
    found = set(audited(document, regrouped(stated, place, other)))
    assert base_codes(group.tax) <= found <= base_codes(group.tax) | tax_codes(group.tax)


@given(documents(), offsets, st.data())
def test_any_changed_tax_of_a_group_is_found_by_just_the_rules_about_it(
    document: Invoice, off: int, data: st.DataObject
):
    stated = StatedTotals.of(document)
    place = data.draw(st.integers(0, len(stated.breakdown) - 1))
    group = stated.breakdown[place]
    other = attrs.evolve(group, amount=group.amount + Money(off, stated.currency))
    found = set(audited(document, regrouped(stated, place, other)))
    assert found == {"BR-CO-14"} | tax_codes(group.tax)


def regrouped(stated: StatedTotals, place: int, *groups: object) -> StatedTotals:
    """Return it with the group at *place* replaced by others, or left out."""
    whole = stated.breakdown
    return attrs.evolve(stated, breakdown=[*whole[:place], *groups, *whole[place + 1 :]])


@given(documents(), offsets, st.data())
def test_any_changed_net_amount_of_a_line_is_found_by_just_the_rules_about_it(
    document: Invoice, off: int, data: st.DataObject
):
    stated = StatedTotals.of(document)
    place = data.draw(st.integers(0, len(document.lines) - 1))
    nets = list(stated.line_nets)
    nets[place] += Money(off, stated.currency)
    found = set(audited(document, attrs.evolve(stated, line_nets=nets)))
    line = {"PEPPOL-EN16931-R120", "BR-CO-10"}
    assert found == line | base_codes(document.lines[place].tax)


@given(documents(), st.data())
def test_a_group_that_is_left_out_or_printed_twice_is_found(document: Invoice, data: st.DataObject):
    stated = StatedTotals.of(document)
    place = data.draw(st.integers(0, len(stated.breakdown) - 1))
    group = stated.breakdown[place]
    without = regrouped(stated, place)
    assert any("breakdown" in path for path in paths(document, without))
    assume(group.base.minor)
    half = attrs.evolve(group, base=group.base * 0)
    assert any("breakdown" in path for path in paths(document, regrouped(stated, place, half)))


def paths(document: Invoice, stated: StatedTotals) -> list[str]:
    of = {"allowances": document.allowances, "charges": document.charges}
    return [each.path for each in check_stated(document.lines, stated, **of)]


@given(documents(), offsets, st.data())
def test_what_passes_strictly_passes_with_tolerance_and_a_mirror_changes_nothing(
    document: Invoice, off: int, data: st.DataObject
):
    stated = StatedTotals.of(document)
    name = data.draw(st.sampled_from(sorted(TOTALS)))
    place = data.draw(st.integers(0, len(stated.breakdown) - 1))
    group = stated.breakdown[place]
    money = Money(off, stated.currency)
    broken = attrs.evolve(
        regrouped(stated, place, attrs.evolve(group, amount=group.amount + money)),
        **{name: getattr(stated, name) - money},
    )
    strict, lenient = audited(document, broken), audited(document, broken, tolerant=True)
    assert set(lenient) <= set(strict)
    assert audited(mirrored(document), negated(broken)) == strict
    assert audited(mirrored(document), negated(broken), tolerant=True) == lenient


def negated(stated: StatedTotals) -> StatedTotals:
    """Return what the mirrored document states."""
    return attrs.evolve(
        stated,
        **{name: -getattr(stated, name) for name in TOTALS},
        breakdown=[
            attrs.evolve(each, base=-each.base, amount=-each.amount) for each in stated.breakdown
        ],
        line_nets=[-net for net in stated.line_nets],
    )


@given(st.fractions(-100, 100))
def test_the_second_path_rounds_to_the_nearest_and_a_half_away_from_zero(exact: Fraction):
    found = half_up(exact)
    assert abs(found - exact) <= Fraction(1, 2)
    assert half_up(-exact) == -found
    if abs(found - exact) == Fraction(1, 2):
        assert abs(found) > abs(exact)


# Halves at every place: of a line, of an allowance in percent, of the tax of a group.
HALF = Decimal("0.005")


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    "make",
    [
        lambda n, s: Line("Work", s, Price(n + HALF, "EUR"), tax=Tax.standard(21)),
        lambda n, s: Line("Work", s * n, Price("1.005", "EUR"), tax=Tax.standard(50)),
        lambda n, s: Line("Work", s, Money.of(n, "EUR"), tax=Tax.standard(Decimal("0.5"))),
        lambda n, s: Line(
            "Work",
            s,
            Money.of(n, "EUR"),
            allowances=[Adjustment(Percent("0.5"), "Bulk")],
            charges=[Adjustment(Percent("1.5"), "Freight")],
        ),
    ],
    ids=["price", "quantity", "tax", "allowance and charge"],
)
@given(st.integers(1, 999))
def test_halves_are_rounded_alike_on_both_paths(
    make: Callable[[int, int], Line], sign: int, many: int
):
    work = make(many, sign)
    off = [Adjustment(Percent("0.5"), "Season", tax=work.tax)]
    document = Invoice(None, None, PARTIES[0], [work], allowances=off, charges=off)
    assert not [each for each in check(document) if is_arithmetic(each)]


@given(documents(), st.sampled_from(["2", "2.5", "33.3"]))
def test_a_discount_that_always_reduces_the_tax_ties(document: Invoice, percent: str):
    always = EarlyDiscount(percent, 10, DiscountTax.ALWAYS_REDUCED)
    reduced = attrs.evolve(document, terms=PaymentTerms.net(30, discounts=[always]))
    assert not [each for each in check(reduced) if is_arithmetic(each)]


@given(documents(), st.sampled_from(["JPY", "KWD", "SEK"]), st.fractions("1/1000", 1000))
def test_the_tax_in_the_sellers_currency_ties(document: Invoice, code: str, rate: Fraction):
    other = attrs.evolve(document, tax_currency=TaxCurrency(code, rate))
    assert not [each for each in check(other) if is_arithmetic(each)]


@given(each_tax, st.integers(-(10**6), 10**6), st.integers(-99, 99))
def test_tax_that_lines_give_is_at_most_a_warning_while_it_is_less_than_a_unit_off(
    tax: Tax, minor: int, off: int
):
    assume(tax.rate is not None and tax.has_rate)
    amount = half_up(minor * tax.rate.fraction) + off
    assume(amount * minor >= 0)
    money = Money(minor, EUR)
    sign = -1 if minor < 0 else 1
    line = Line("Part", sign, abs(money), tax=tax, tax_amount=Money(amount, EUR))
    other = Invoice(None, None, PARTIES[0], [line])
    found = [each for each in check(other) if is_arithmetic(each)]
    assert [each.code for each in found] == (["BR-CO-17"] if off else [])
    assert all(each.severity is Severity.WARNING for each in found)
    assert not [each for each in check(other, tolerant=True) if is_arithmetic(each)]
