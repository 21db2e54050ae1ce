"""What lines add up to: worked figures, computed by hand in the ids."""

from collections.abc import Sequence
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    Adjustment,
    Currency,
    Invoice,
    Line,
    Money,
    Percent,
    Price,
    Tax,
    TaxCategory,
    TaxSubtotal,
    totals,
)
from milestone_invoicing.errors import CurrencyMismatchError, WrongTypeError
from tests.unit.bills import ACME, bill, eur, line

S21, S6, S25 = Tax.standard(21), Tax.standard(6), Tax.standard("2.5")
E0 = Tax(TaxCategory.E, Percent(0))
Z0 = Tax(TaxCategory.Z, Percent(0))


def draft(lines: Sequence[Line]) -> Invoice:
    return Invoice(None, None, ACME, lines)


@pytest.mark.parametrize(
    ("lines", "net", "tax", "payable"),
    [
        pytest.param([line(1000)], "1000", "0", "1000", id="1000 outside tax = 1000"),
        pytest.param([line(1000, tax=S21)], "1000", "210", "1210", id="1000 + 21% of 1000 = 1210"),
        pytest.param(
            [line("0.02", tax=S21)] * 3, "0.06", "0.01", "0.07", id="21% of 3 x 0.02 = 0.01"
        ),
        pytest.param(
            [line("0.20", tax=S25)], "0.20", "0.01", "0.21", id="2.5% of 0.20 = 0.005 = 0.01"
        ),
        pytest.param([line("-0.20", tax=S25)], "-0.20", "-0.01", "-0.21", id="-0.005 = -0.01"),
        pytest.param(
            [line("0.12", tax=S25), line("0.12", tax=S6)],
            "0.24",
            "0.01",
            "0.25",
            id="2.5% of 0.12 = 0.003 = 0 and 6% of 0.12 = 0.0072 = 0.01",
        ),
        pytest.param(
            [line(100, tax=S21), line(-40, tax=S21)], "60", "12.60", "72.60", id="21% of 100 - 40"
        ),
        pytest.param([line(100, tax=E0)], "100", "0", "100", id="100 exempt = 100"),
        pytest.param([line(5, tax=S21), line(-5, tax=S21)], "0", "0", "0", id="5 - 5 = 0"),
    ],
)
def test_totals(lines: list[Line], net: str, tax: str, payable: str):
    found = totals(draft(lines))
    assert (found.line_total, found.tax_exclusive) == (eur(net), eur(net))
    assert (found.tax, found.tax_inclusive, found.payable) == (eur(tax), eur(payable), eur(payable))


HALF = Tax.standard(50)
PER_MILLE = Tax.standard("0.1")
# A half at each place where a document rounds, as unit price, rate, parts and what is payable.
TIES = {
    "0.5 x 0.01 = 0.005 = 0.01": (Line("x", "0.5", eur("0.01")), {}, "0.01"),
    "0.5 x 0.03 = 0.015 = 0.02": (Line("x", "0.5", eur("0.03")), {}, "0.02"),
    "2.5 x 0.01 = 0.025 = 0.03": (Line("x", "2.5", eur("0.01")), {}, "0.03"),
    "1.45 x 0.10 = 0.145 = 0.15": (Line("x", "1.45", eur("0.10")), {}, "0.15"),
    "9.995 = 10.00": (Line("x", 1, Price("9.995", "EUR")), {}, "10.00"),
    "99999.995 = 100000.00": (Line("x", 1, Price("99999.995", "EUR")), {}, "100000.00"),
    "1 / 200 = 0.005 = 0.01": (Line("x", 1, eur(1), base_quantity=200), {}, "0.01"),
    "0.01 + 50% of 0.01 = 0.02": (line("0.01", tax=HALF), {}, "0.02"),
    "0.03 + 50% of 0.03 = 0.05": (line("0.03", tax=HALF), {}, "0.05"),
    "5.00 + 0.1% of 5.00 = 5.01": (line(5, tax=PER_MILLE), {}, "5.01"),
    "15.00 + 0.1% of 15.00 = 15.02": (line(15, tax=PER_MILLE), {}, "15.02"),
    "0.99 - 50% of 0.99 = 0.49": (
        Line("x", 1, eur("0.99"), allowances=[Adjustment(Percent(50), "half")]),
        {},
        "0.49",
    ),
    "0.99 + 50% of 0.99 = 1.49": (
        Line("x", 1, eur("0.99"), charges=[Adjustment(Percent(50), "half")]),
        {},
        "1.49",
    ),
    "0.99 less 50% on the document = 0.49": (
        line("0.99"),
        {"allowances": [Adjustment(Percent(50), "half", tax=Tax.outside_scope())]},
        "0.49",
    ),
    "0.99 and 50% more on the document = 1.49": (
        line("0.99"),
        {"charges": [Adjustment(Percent(50), "half", tax=Tax.outside_scope())]},
        "1.49",
    ),
}


@pytest.mark.parametrize(("work", "parts", "payable"), TIES.values(), ids=TIES)
@pytest.mark.parametrize("sign", [1, -1], ids=["up", "down"])
def test_a_half_goes_away_from_zero(work: Line, parts: dict[str, Any], payable: str, sign: int):
    signed = attrs.evolve(work, quantity=work.quantity * sign)
    found = totals(Invoice(None, None, ACME, [signed], **parts))
    assert found.payable == eur(payable) * sign


def test_the_breakdown_goes_by_category_then_rate():
    lines = [line(1, tax=Z0), line(2, tax=S21), line(3, tax=S6), line(4, tax=S21), line(5)]
    assert totals(draft(lines)).breakdown == (
        TaxSubtotal(Tax.outside_scope(), eur(5), eur(0)),
        TaxSubtotal(S6, eur(3), eur("0.18")),
        TaxSubtotal(S21, eur(6), eur("1.26")),
        TaxSubtotal(Z0, eur(1), eur(0)),
    )


def test_equal_rates_in_other_categories_are_groups_of_their_own():
    lines = [line(1, tax=Z0), line(1, tax=E0)]
    assert [group.tax for group in totals(draft(lines)).breakdown] == [E0, Z0]


def test_a_currency_of_ones_own_may_be_written_twice():
    lines = [Line("Work", 1, Money(5, Currency("ZZZ", 4)), tax=Tax.standard(20)) for _ in range(3)]
    assert totals(Invoice(None, None, ACME, lines)).payable == Money(18, Currency("ZZZ", 4))


def test_taxes_of_another_list_with_and_without_a_rate_are_two_groups_in_one_order():
    lines = [
        Line("Work", 1, eur(1), tax=Tax("X", None)),
        Line("Work", 1, eur(2), tax=Tax("X", Percent(0))),
    ]
    found = [totals(Invoice(None, None, ACME, each)).groups for each in (lines, lines[::-1])]
    assert found[0] == found[1]
    assert [base for _, base, _ in found[0]] == [100, 200]


def test_lines_of_two_currencies_are_refused():
    with pytest.raises(CurrencyMismatchError, match="expected EUR, got USD"):
        draft([line(1), Line("x", 1, Money.of(1, "USD"))])


def test_totals_are_of_an_invoice():
    with pytest.raises(WrongTypeError, match="the invoice is of the wrong type: expected Invoice"):
        totals([line(1)])


def test_totals_of_an_issued_invoice_are_those_of_its_draft():
    assert totals(bill(7)) == totals(bill(7, number=None, issued_on=None)) == bill(7).totals
