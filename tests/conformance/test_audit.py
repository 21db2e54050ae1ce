"""Published invoices are audited: consistent ones have no finding, each broken copy has its own."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import attrs
import pytest

from milestone_invoicing import (
    Adjustment,
    Line,
    Money,
    Percent,
    Price,
    StatedTotals,
    Tax,
    TaxSubtotal,
    check_stated,
)
from tests.conformance.shared_cases import cases

CASES = {case["case"]: case for case in cases("invoices")}
# What no value of ours can hold, since a constructor refuses it.
REFUSED = {
    "22428d0f7d3089c4": "it names no currency, which breaks BR-05",
    "95d0922e01e1b199": "a price below zero breaks BR-27",
    "b0fd560f9700f0d7": "a standard rate of zero breaks BR-S-05",
    "18851f60667e4ee2": "a standard rate of zero breaks BR-S-05",
}
# Their tax is rounded to two decimals, as the standard says; we round to the three of the currency.
OF_TWO_DECIMALS = {
    "2a462c088d1c481b",
    "eccec85747753043",
    "a4c438773c1efa16",
    "7024a699f94c5bc8",
}
BY_TWO_DECIMALS = {"BR-CO-17", "BR-S-09"}
RULES = {
    "S": "BR-S", "Z": "BR-Z", "E": "BR-E", "AE": "BR-AE", "K": "BR-IC", "G": "BR-G", "O": "BR-O",
    "L": "BR-AF", "M": "BR-AG",
}  # fmt: skip
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
FEWEST_CHECKED = 120


class Audited(NamedTuple):
    """A published invoice: its parts, and what it states."""

    lines: list[Line]
    allowances: list[Adjustment]
    charges: list[Adjustment]
    stated: StatedTotals

    def codes(self, stated: StatedTotals | None = None, *, tolerant: bool = False) -> set[str]:
        found = check_stated(
            self.lines,
            stated or self.stated,
            allowances=self.allowances,
            charges=self.charges,
            tolerant=tolerant,
        )
        # A third decimal that a copy brings in is another matter.
        return {finding.code for finding in found if not finding.code.startswith("BR-DEC")}


def tax_of(category: str, rate: str | None) -> Tax:
    if category == "O":
        return Tax.outside_scope()
    return Tax(category, Percent(rate or 0))


def adjustments(rows: list[dict[str, str]], currency: str, *, taxed: bool) -> list[Adjustment]:
    """Return allowances or charges by their amounts, which count; the rest is for reference."""
    return [
        Adjustment(
            Money.of(row["amount"], currency),
            "as printed",
            tax=tax_of(row["tax_category"], row.get("tax_rate")) if taxed else None,
        )
        for row in rows
    ]


def line_of(row: dict[str, Any], currency: str) -> Line:
    return Line(
        "Line",
        row["quantity"],
        Price(row["unit_price"], currency),
        tax=tax_of(row["tax_category"], row.get("tax_rate")),
        base_quantity=row.get("base_quantity") or 1,
        allowances=adjustments(row.get("line_allowances", []), currency, taxed=False),
        charges=adjustments(row.get("line_charges", []), currency, taxed=False),
    )


def stated_of(case: dict[str, Any], currency: str) -> StatedTotals:
    def money(value: str) -> Money:
        return Money.of(value, currency)

    stated = case["stated"]
    names = {"tax_total": "tax"}
    figures = {
        names.get(name, name): money(stated[name])
        for name in (
            "line_total", "allowance_total", "charge_total", "tax_exclusive", "tax_total",
            "tax_inclusive", "prepaid", "rounding", "payable",
        )
        if name in stated
    }  # fmt: skip
    return StatedTotals(
        **figures,
        breakdown=[
            TaxSubtotal(
                tax_of(row["category"], row["rate"]), money(row["taxable"]), money(row["tax"])
            )
            for row in stated["tax_subtotals"]
        ],
        line_nets=[money(row["net"]) for row in case["lines"]],
    )


@cache
def audited(key: str) -> Audited:
    case = CASES[key]
    currency = case.get("currency")
    return Audited(
        [line_of(row, currency) for row in case["lines"]],
        adjustments(case.get("document_allowances", []), currency, taxed=True),
        adjustments(case.get("document_charges", []), currency, taxed=True),
        stated_of(case, currency),
    )


each_case = pytest.mark.parametrize(
    "key",
    [
        pytest.param(
            key,
            id=f"{key} {case['source'][-60:]}",
            marks=[pytest.mark.skip(reason=REFUSED[key])] if key in REFUSED else [],
        )
        for key, case in CASES.items()
    ],
)


def published(key: str) -> set[str]:
    """Return what is found in an invoice as it is published."""
    return BY_TWO_DECIMALS if key in OF_TWO_DECIMALS else set()


@each_case
def test_a_published_invoice_ties(key: str):
    assert audited(key).codes() == published(key)
    assert audited(key).codes(tolerant=True) == set()


@each_case
def test_a_unit_more_or_less_in_a_total_is_named(key: str):
    document = audited(key)
    for name, expected in TOTALS.items():
        for unit in units(document):
            amount = (getattr(document.stated, name) or unit - unit) + unit
            broken = attrs.evolve(document.stated, **{name: amount})
            assert document.codes(broken) == expected | published(key)
            assert document.codes(broken, tolerant=True) == expected


@each_case
def test_a_unit_more_or_less_in_the_tax_of_a_group_is_named(key: str):
    document = audited(key)
    for group, place, unit in changes(document):
        broken = regrouped(document, place, amount=group.amount + unit)
        expected = {"BR-CO-14", "BR-CO-17"} | category_rule(group.tax, "09")
        assert document.codes(broken) == expected
        assert "BR-CO-14" in document.codes(broken, tolerant=True)


@each_case
def test_a_unit_more_or_less_in_the_base_of_a_group_is_named(key: str):
    document = audited(key)
    for group, place, unit in changes(document):
        found = document.codes(regrouped(document, place, base=group.base + unit))
        base = category_rule(group.tax, "08") or {"group_base"}
        # A unit of base may be a unit of tax, once rounded.
        assert base <= found <= base | {"BR-CO-17"} | category_rule(group.tax, "09")


@each_case
def test_a_unit_more_or_less_in_the_net_amount_of_a_line_is_named(key: str):
    document = audited(key)
    for place, line in enumerate(document.lines):
        for unit in units(document):
            nets = list(document.stated.line_nets)
            nets[place] += unit
            found = document.codes(attrs.evolve(document.stated, line_nets=nets))
            base = category_rule(line.tax, "08") or {"group_base"}
            assert found == {"PEPPOL-EN16931-R120", "BR-CO-10"} | base | published(key)


@each_case
def test_a_group_that_is_left_out_is_named(key: str):
    document = audited(key)
    for place, group in enumerate(document.stated.breakdown):
        rest = [each for index, each in enumerate(document.stated.breakdown) if index != place]
        found = document.codes(attrs.evolve(document.stated, breakdown=rest))
        missing = category_rule(group.tax, "01") | category_rule(group.tax, "08")
        assert found & (missing or {"group_base"}) if rest else found == {"BR-CO-18"}


def units(document: Audited) -> tuple[Money, Money]:
    unit = Money(1, document.stated.currency)
    return unit, -unit


def changes(document: Audited) -> Iterator[tuple[TaxSubtotal, int, Money]]:
    for place, group in enumerate(document.stated.breakdown):
        for unit in units(document):
            yield group, place, unit


def category_rule(tax: Tax, number: str) -> set[str]:
    rules = RULES.get(tax.category_code)
    return {f"{rules}-{number}"} if rules else set()


def regrouped(document: Audited, place: int, **parts: Money) -> StatedTotals:
    groups = list(document.stated.breakdown)
    groups[place] = attrs.evolve(groups[place], **parts)
    return attrs.evolve(document.stated, breakdown=groups)


def test_enough_cases_are_checked():
    assert len(CASES.keys() - REFUSED) >= FEWEST_CHECKED
    assert REFUSED.keys() | OF_TWO_DECIMALS <= CASES.keys()
