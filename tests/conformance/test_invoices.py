"""Totals of published invoices: every figure that the lines alone lead to, to the cent."""

from typing import Any

import pytest

from milestone_invoicing import (
    Invoice,
    Line,
    Money,
    Party,
    Percent,
    Prepaid,
    Price,
    Tax,
    TaxCategory,
    TaxSubtotal,
    Totals,
    totals,
)
from tests.conformance.shared_cases import cases

CASES = cases("invoices")
# What an invoice of ours does not hold yet, by the field that has it.
NOT_BUILT_YET = {
    "document_allowances": "document allowances are not built yet",
    "document_charges": "document charges are not built yet",
    "line_allowances": "line allowances are not built yet",
    "line_charges": "line charges are not built yet",
    "rounding": "rounding amounts are not built yet",
}
KNOWN = {category.value for category in TaxCategory}
FEWEST_CHECKED = 70


def nothing(value: object) -> bool:
    """Say whether a field holds nothing: absent, empty, or an amount of zero."""
    return not value or (isinstance(value, str) and not value.strip("0.-"))


def obstacles(case: dict[str, Any]) -> list[str]:
    """Return why *case* cannot be built with the present fields."""
    parts = (case, *case["lines"])
    found = [
        reason
        for field, reason in NOT_BUILT_YET.items()
        if any(not nothing(part.get(field)) for part in parts)
    ]
    unknown = sorted({line["tax_category"] for line in case["lines"]} - KNOWN)
    found += [f"tax category {code} is none of EN 16931" for code in unknown]
    if any(line["tax_category"] == "S" and nothing(line["tax_rate"]) for line in case["lines"]):
        found.append("a standard rate of zero breaks BR-S-05")
    if any(line["unit_price"].startswith("-") for line in case["lines"]):
        found.append("a price below zero breaks BR-27")
    return found


def tax_of(case: dict[str, Any]) -> Tax:
    category = TaxCategory(case["tax_category"])
    if category is TaxCategory.O:
        return Tax.outside_scope()
    return Tax(category, Percent(case.get("tax_rate") or 0))


def line_of(case: dict[str, Any], currency: str) -> Line:
    return Line(
        "Line",
        case["quantity"],
        Price(case["unit_price"], currency),
        tax=tax_of(case),
        base_quantity=case.get("base_quantity") or 1,
    )


def built(case: dict[str, Any]) -> Invoice:
    lines = [line_of(line, case["currency"]) for line in case["lines"]]
    prepaid = () if nothing(case.get("prepaid")) else (advance(case),)
    return Invoice(None, None, Party("buyer", "Buyer"), lines, prepaid=prepaid)


def advance(case: dict[str, Any]) -> Prepaid:
    """Return what is prepaid; the cases do not say how it was taxed."""
    paid = Money.of(case["prepaid"], case["currency"])
    return Prepaid("advance", [TaxSubtotal(Tax.outside_scope(), paid, paid - paid)])


def params() -> list[Any]:
    rows = []
    for case in CASES:
        why = "; ".join(obstacles(case))
        marks = [pytest.mark.skip(reason=why)] if why else []
        rows.append(pytest.param(case, id=f"{case['case']} {case['source'][-60:]}", marks=marks))
    return rows


each_case = pytest.mark.parametrize("case", params())


@each_case
def test_each_line_nets(case: dict[str, Any]):
    lines = built(case).lines
    stated = [Money.of(line["net"], case["currency"]) for line in case["lines"]]
    assert [line.net for line in lines] == stated


@each_case
def test_the_totals_are_as_stated(case: dict[str, Any]):
    stated, found = case["stated"], totals(built(case))
    fields = {
        "line_total": found.line_total,
        "tax_exclusive": found.tax_exclusive,
        "tax_total": found.tax,
        "tax_inclusive": found.tax_inclusive,
        "prepaid": found.prepaid,
        "payable": found.payable,
    }
    expected = {name: Money.of(stated[name], case["currency"]) for name in fields if name in stated}
    assert {name: fields[name] for name in expected} == expected
    assert "payable" in expected


@each_case
def test_the_tax_groups_are_as_stated(case: dict[str, Any]):
    assert breakdown(case, totals(built(case))) == sorted(
        (
            group["category"],
            Percent(group.get("rate") or 0).fraction,
            Money.of(group["taxable"], case["currency"]).minor,
            Money.of(group["tax"], case["currency"]).minor,
        )
        for group in case["stated"].get("tax_subtotals", [])
    )


def breakdown(case: dict[str, Any], found: Totals) -> list[tuple[object, ...]]:
    if not case["stated"].get("tax_subtotals"):
        return []
    return sorted(
        (
            group.tax.category.value,
            group.tax.rate.fraction if group.tax.rate else 0,
            group.base.minor,
            group.amount.minor,
        )
        for group in found.breakdown
    )


def test_enough_cases_are_checked():
    assert len([case for case in CASES if not obstacles(case)]) >= FEWEST_CHECKED
