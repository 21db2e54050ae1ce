"""Totals of published invoices: every figure that the lines alone lead to, to the cent."""

from typing import Any

import pytest

from milestone_invoicing import (
    Adjustment,
    Currency,
    Invoice,
    Line,
    Money,
    Party,
    Percent,
    Prepaid,
    Price,
    Tax,
    TaxSubtotal,
    Totals,
    totals,
)
from milestone_invoicing.errors import NegativePriceError, TaxError
from tests.conformance.shared_cases import cases

CASES = cases("invoices")
# Published with an error on purpose: a standard rate of zero, which BR-S-05 refuses.
WRONG_TAX = {"b0fd560f9700f0d7", "18851f60667e4ee2"}
# Published with a price below zero, which BR-27 refuses: the quantity has to have the minus sign.
NEGATIVE_PRICE = {"95d0922e01e1b199"}
FEWEST_CHECKED = 131


def nothing(value: object) -> bool:
    """Say whether a field holds nothing: absent, empty, or an amount of zero."""
    return not value or (isinstance(value, str) and not value.strip("0.-"))


def tax_of(case: dict[str, Any]) -> Tax:
    category, rate = case["tax_category"], case.get("tax_rate")
    if category == "O":
        return Tax.outside_scope()
    return Tax(category, Percent(rate or 0))


def adjustment(case: dict[str, Any], currency: Currency, *, taxed: bool) -> Adjustment:
    amount = Money.of(case["amount"], currency)
    return Adjustment(amount, "as published", tax=tax_of(case) if taxed else None)


def line_of(case: dict[str, Any], currency: Currency) -> Line:
    price, quantity = case["unit_price"], case["quantity"]
    if price.startswith("-"):
        price, quantity = price[1:], f"-{quantity}"
    own = {
        name: [adjustment(each, currency, taxed=False) for each in case.get(f"line_{name}") or ()]
        for name in ("allowances", "charges")
    }
    return Line(
        "Line",
        quantity,
        Price(price, currency),
        tax=tax_of(case),
        base_quantity=case.get("base_quantity") or 1,
        **own,
    )


def currency_of(case: dict[str, Any]) -> Currency:
    """Return the currency that a document counts in."""
    code = case.get("currency") or "EUR"  # one case does not say
    # EN 16931 knows two decimals only (BR-DEC), and these keep to it, though a rial has three.
    return Currency("OM2", 2) if code == "OMR" else Currency.of(code)


def built(case: dict[str, Any]) -> Invoice:
    currency = currency_of(case)
    of_document = {
        name: [
            adjustment(each, currency, taxed=True) for each in case.get(f"document_{name}") or ()
        ]
        for name in ("allowances", "charges")
    }
    rounding = None if nothing(case.get("rounding")) else Money.of(case["rounding"], currency)
    return Invoice(
        None,
        None,
        Party("buyer", "Buyer"),
        [line_of(line, currency) for line in case["lines"]],
        prepaid=() if nothing(case.get("prepaid")) else (advance(case),),
        rounding_amount=rounding,
        **of_document,
    )


def advance(case: dict[str, Any]) -> Prepaid:
    """Return what is prepaid; the cases do not say how it was taxed."""
    paid = Money.of(case["prepaid"], currency_of(case))
    return Prepaid("advance", [TaxSubtotal(Tax.outside_scope(), paid, paid - paid)])


each_case = pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{case['case']} {case['source'][-60:]}")
        for case in CASES
        if case["case"] not in WRONG_TAX
    ],
)


@each_case
def test_each_line_nets(case: dict[str, Any]):
    lines = built(case).lines
    stated = [Money.of(line["net"], currency_of(case)) for line in case["lines"]]
    assert [line.net for line in lines] == stated


@each_case
def test_the_totals_are_as_stated(case: dict[str, Any]):
    stated, found = case["stated"], totals(built(case))
    fields = {
        "line_total": found.line_total,
        "allowance_total": found.allowance_total,
        "charge_total": found.charge_total,
        "tax_exclusive": found.tax_exclusive,
        "tax_total": found.tax,
        "tax_inclusive": found.tax_inclusive,
        "prepaid": found.prepaid,
        "rounding": found.rounding,
        "payable": found.payable,
    }
    expected = {
        name: Money.of(stated[name], currency_of(case)) for name in fields if name in stated
    }
    assert {name: fields[name] for name in expected} == expected
    assert "payable" in expected


@each_case
def test_the_tax_groups_are_as_stated(case: dict[str, Any]):
    assert breakdown(case, totals(built(case))) == sorted(
        (
            group["category"],
            Percent(group.get("rate") or 0).fraction,
            Money.of(group["taxable"], currency_of(case)).minor,
            Money.of(group["tax"], currency_of(case)).minor,
        )
        for group in case["stated"].get("tax_subtotals", [])
    )


def breakdown(case: dict[str, Any], found: Totals) -> list[tuple[object, ...]]:
    if not case["stated"].get("tax_subtotals"):
        return []
    return sorted(
        (
            group.tax.category_code,
            group.tax.rate.fraction if group.tax.rate else 0,
            group.base.minor,
            group.amount.minor,
        )
        for group in found.breakdown
    )


def test_what_breaks_a_rule_of_the_standard_is_refused():
    wrong = [case for case in CASES if case["case"] in WRONG_TAX]
    assert len(wrong) == len(WRONG_TAX)
    for case in wrong:
        with pytest.raises(TaxError, match="tax category S does not allow this rate"):
            built(case)
    (negative,) = (case for case in CASES if case["case"] in NEGATIVE_PRICE)
    below = [line for line in negative["lines"] if line["unit_price"].startswith("-")]
    assert below
    for line in below:
        with pytest.raises(NegativePriceError, match="the price of a line is below zero"):
            Line("Line", 1, Price(line["unit_price"], currency_of(negative)))


def test_enough_cases_are_checked():
    assert len([case for case in CASES if case["case"] not in WRONG_TAX]) >= FEWEST_CHECKED
