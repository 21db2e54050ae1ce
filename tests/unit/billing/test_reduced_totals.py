"""Totals with early discounts: what is reducible, and what a tax always reduced leaves untaxed."""

from collections.abc import Sequence

import attrs
import pytest

from milestone_invoicing import (
    REST,
    DiscountTax,
    EarlyDiscount,
    Installment,
    Invoice,
    Line,
    PaymentTerms,
    Percent,
    Tax,
    TaxCategory,
    TaxedAmount,
    TaxSubtotal,
    discount_state,
    totals,
)
from milestone_invoicing.errors import WrongTypeError
from tests.unit.bills import ACME, eur, may

IF_TAKEN, NOT_REDUCED, ALWAYS = DiscountTax
NO_TAX = Tax.outside_scope()
S21, S6 = Tax.standard(21), Tax.standard(6)
E0 = Tax(TaxCategory.E, Percent(0))


def of(amount: str | int, tax: Tax = NO_TAX, *, discountable: bool = True) -> Line:
    net = eur(amount)
    sign = -1 if net.minor < 0 else 1
    return Line("Work", sign, abs(net), tax=tax, discountable=discountable)


def issued(lines: Sequence[Line], *levels: EarlyDiscount) -> Invoice:
    terms = PaymentTerms.net(30, discounts=levels)
    return Invoice("1", may(1), ACME, lines, terms=terms)


def always(percent: str | int, days: int = 10) -> EarlyDiscount:
    return EarlyDiscount(percent, days, ALWAYS)


@pytest.mark.parametrize(
    ("tax", "payable", "settles", "of_tax"),
    [
        pytest.param(IF_TAKEN, "121.00", "118.58", "0.42", id="reduced if taken: 118.58 or 121"),
        pytest.param(NOT_REDUCED, "121.00", "119.00", "0", id="not reduced: 119 or 121"),
        pytest.param(ALWAYS, "120.58", "118.58", "0", id="always reduced: 118.58 or 120.58"),
    ],
)
def test_100_and_21_percent_with_2_percent(
    tax: DiscountTax, payable: str, settles: str, of_tax: str
):
    invoice = issued([of(100, S21)], EarlyDiscount(2, 10, tax))
    state = discount_state(invoice, as_of=may(1))
    assert (invoice.payable, state.settles) == (eur(payable), eur(settles))
    assert state.offers[0].tax_discount == eur(of_tax)


def test_1500_and_15_percent_and_a_levy_with_10_percent():
    lines = [of(1500, Tax.standard(15)), of("0.05", discountable=False)]
    state = discount_state(issued(lines, EarlyDiscount(10, 7)), as_of=may(1))
    (offer,) = state.offers
    assert (state.settles, offer.discount) == (eur("1552.55"), eur("172.50"))
    assert (offer.discount - offer.tax_discount, offer.tax_discount) == (eur(150), eur("22.50"))


REDUCED = {
    "2% of 100 at 21%": ([of(100, S21)], [always(2)], [(E0, "2", "0"), (S21, "98", "20.58")]),
    "2% of -100 at 21%": (
        [of(-100, S21)], [always(2)], [(E0, "-2", "0"), (S21, "-98", "-20.58")]),
    "2% of 0.25 = 0.005 = 0.01": (
        [of("0.25", S21)], [always(2)], [(E0, "0.01", "0"), (S21, "0.24", "0.05")]),
    "2% of 0.24 = 0.0048 = 0": (
        [of("0.24", S21)], [always(2)], [(S21, "0.24", "0.05")]),
    "the largest of two levels": (
        [of(100, S21)], [always(1, 20), always(3, 5)], [(E0, "3", "0"), (S21, "97", "20.37")]),
    "with an exempt line": (
        [of(50, E0), of(100, S21)], [always(2)], [(E0, "52", "0"), (S21, "98", "20.58")]),
    "an untaxed line has no tax to reduce": ([of(50)], [always(2)], [(NO_TAX, "50", "0")]),
    "a line that is not reduced": (
        [of(50, S21, discountable=False), of(100, S21)], [always(2)],
        [(E0, "2", "0"), (S21, "148", "31.08")]),
    "only a line that is not reduced": (
        [of(50, S21, discountable=False)], [always(2)], [(S21, "50", "10.50")]),
    "2% of 0.30 = 0.006 = 0.01, 2% of 0.60 = 0.012 = 0.01: 0.01 and nothing": (
        [of("0.30", S21), of("0.30", S6)], [always(2)],
        [(E0, "0.01", "0"), (S6, "0.29", "0.02"), (S21, "0.30", "0.06")]),
    "2% of 0.20 = 0.004 = 0, 2% of 0.40 = 0.008 = 0.01: nothing and 0.01": (
        [of("0.20", S21), of("0.20", S6)], [always(2)],
        [(E0, "0.01", "0"), (S6, "0.20", "0.01"), (S21, "0.19", "0.04")]),
    "reduced if taken: as it is": (
        [of(100, S21)], [EarlyDiscount(2, 10)], [(S21, "100", "21")]),
    "not reduced: as it is": (
        [of(100, S21)], [EarlyDiscount(2, 10, NOT_REDUCED)], [(S21, "100", "21")]),
}  # fmt: skip


@pytest.mark.parametrize(("lines", "levels", "groups"), REDUCED.values(), ids=REDUCED)
def test_the_breakdown(lines: list[Line], levels: list[EarlyDiscount], groups):
    found = totals(issued(lines, *levels))
    expected = [TaxSubtotal(tax, eur(base), eur(amount)) for tax, base, amount in groups]
    assert [attrs.evolve(group, reasons=()) for group in found.breakdown] == expected
    reasons = {group.reasons for group in found.breakdown if group.tax == E0}
    moved = len(groups) > len({line.tax for line in lines})
    assert reasons <= {("Discount for early payment",), ()}
    assert not moved or reasons == {("Discount for early payment",)}
    assert found.line_total == found.tax_exclusive == sum(line.net for line in lines)
    assert found.payable == found.tax_exclusive + sum(group.amount for group in expected)


def test_a_draft_has_the_totals_of_its_terms():
    terms = PaymentTerms.net(30, discounts=[always(2)])
    draft = Invoice(None, None, ACME, [of(100, S21)], terms=terms)
    assert totals(draft).payable == eur("120.58")


def test_the_discount_of_an_instalment_changes_no_total():
    terms = PaymentTerms([Installment(REST, discounts=[EarlyDiscount(2, 10)])])
    assert Invoice("1", may(1), ACME, [of(100, S21)], terms=terms).payable == eur(121)


@pytest.mark.parametrize(
    ("lines", "net", "tax"),
    [
        pytest.param([of(100, S21)], "100", "21", id="all of it"),
        pytest.param([of(100, S21), of(50)], "150", "21", id="untaxed lines too"),
        pytest.param([of(100, S21), of(50, S21, discountable=False)], "100", "21", id="in part"),
        pytest.param([of(50, S21, discountable=False)], "0", "0", id="nothing"),
        pytest.param([of("0.02", S21)] * 3, "0.06", "0.01", id="tax per group, not per line"),
        pytest.param(
            [of("0.02", S21), of("0.02", S6)], "0.04", "0", id="0.0042 = 0 and 0.0012 = 0"
        ),
    ],
)
def test_what_an_early_discount_reduces(lines: list[Line], net: str, tax: str):
    assert issued(lines).reducible == TaxedAmount(eur(net), eur(tax))


def test_what_is_reducible_is_not_less_where_the_tax_is_always_reduced():
    assert issued([of(100, S21)], always(2)).reducible == TaxedAmount(eur(100), eur(21))


def test_lines_are_discountable_unless_told():
    assert Line("Work", 1, eur(5)).discountable is True
    with pytest.raises(
        WrongTypeError, match=r"^discountable is of the wrong type: expected bool, got 1$"
    ):
        Line("Work", 1, eur(5), discountable=1)
