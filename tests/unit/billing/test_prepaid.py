"""Lines with a tax amount of their own, prepaid amounts, and how a group's tax is shared out."""

from datetime import date
from typing import Any

import pytest

from milestone_invoicing import (
    Adjustment,
    CreditEffect,
    DiscountTax,
    EarlyDiscount,
    Invoice,
    Line,
    Money,
    PaymentTerms,
    Percent,
    Prepaid,
    Tax,
    TaxedAmount,
    TaxSubtotal,
    credit_note,
    totals,
)
from milestone_invoicing.billing.document.apportioning import line_taxes, part_of_whole, taken_of
from milestone_invoicing.display import invoice_text
from milestone_invoicing.errors import (
    ArgumentsError,
    BlankTextError,
    CurrencyMismatchError,
    MilestoneInvoicingError,
    NoLinesError,
    TaxError,
    WrongTypeError,
)
from tests.unit.advances import S9, S21
from tests.unit.bills import ACME, eur, line

O = Tax.outside_scope()  # noqa: E741  # the code of the standard
USD = Money.of(1, "USD")
MAY_4 = date(2026, 5, 4)


def own(net: str | int, tax_amount: str | int, tax: Tax = S21, **options: Any) -> Line:
    """Return a line with a tax amount of its own; a negative one has the quantity -1."""
    amount = eur(net)
    sign = -1 if amount.minor < 0 else 1
    return Line("Own", sign, abs(amount), tax=tax, tax_amount=eur(tax_amount), **options)


def draft(*lines: Line, **options: Any) -> Invoice:
    return Invoice(None, None, ACME, lines, **options)


# --- lines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("net", "amount", "tax"),
    [
        pytest.param("82.64", "17.36", S21, id="82.64 + 17.36"),
        pytest.param("-82.64", "-17.36", S21, id="-82.64 - 17.36"),
        pytest.param("0.02", "0", S21, id="0.02 without tax"),
        pytest.param("0", "0.01", S21, id="a cent of tax on nothing"),
        pytest.param("1", "0", O, id="1.00 outside the scope, with a tax of zero"),
    ],
)
def test_a_line_may_carry_its_own_tax(net: str, amount: str, tax: Tax):
    assert own(net, amount, tax).tax_amount == eur(amount)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        (
            {"tax": S21, "tax_amount": eur("-0.01")},
            TaxError,
            r"a tax amount does not go with its line: .* sign of EUR 1\.00, .*got EUR -0\.01",
        ),
        (
            {"tax": O, "tax_amount": eur("0.01")},
            TaxError,
            r"by a rate above zero, got EUR 0\.01",
        ),
        ({"tax": S21, "tax_amount": USD}, CurrencyMismatchError, "expected EUR, got USD"),
        ({"tax_amount": 1}, WrongTypeError, "the tax amount of a line is of the wrong type"),
        ({"deducts": " "}, BlankTextError, "the number of the deducted document is blank"),
        ({"deducts": 1}, WrongTypeError, "the number of the deducted document is of the wrong"),
        (
            {"retainage": True, "milestone": "a"},
            ArgumentsError,
            "retainage is no work of a milestone: expected milestone=None, got 'a'",
        ),
    ],
)
def test_a_line_that_cannot_be_is_refused(
    options: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        Line("Work", 1, eur(1), **options)


# --- totals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "groups"),
    [
        pytest.param([own("82.64", "17.36")], [("82.64", "17.36")], id="17.36, not 17.35"),
        pytest.param(
            [line(100, tax=S21), own("82.64", "17.36")],
            [("182.64", "38.36")],
            id="21% of 100 + 17.36 = 38.36",
        ),
        pytest.param(
            [own("82.64", "17.36"), own("-82.64", "-17.36")], [("0", "0")], id="17.36 - 17.36 = 0"
        ),
        pytest.param(
            [line("0.02", tax=S21), own("0.02", "0")], [("0.04", "0")], id="0.0042 = 0, and 0"
        ),
        pytest.param(
            [own(10, "2.10"), line(10, tax=S9)],
            [("10", "0.90"), ("10", "2.10")],
            id="rates stay apart",
        ),
    ],
)
def test_its_own_tax_is_added_to_that_of_its_group(
    lines: list[Line], groups: list[tuple[str, str]]
):
    found = totals(draft(*lines)).breakdown
    assert [(each.base, each.amount) for each in found] == [
        (eur(base), eur(amount)) for base, amount in groups
    ]


def test_what_is_prepaid_changes_what_is_payable_and_no_tax():
    advances = [
        Prepaid("D-1", [TaxSubtotal(S21, eur("82.64"), eur("17.36"))]),
        Prepaid("D-2", [TaxSubtotal(O, eur(50), eur(0)), TaxSubtotal(S9, eur(10), eur("0.90"))]),
    ]
    found = totals(draft(line(1000, tax=S21), prepaid=advances))
    assert (found.tax_exclusive, found.tax, found.tax_inclusive) == (eur(1000), eur(210), eur(1210))
    assert [each.gross for each in advances] == [eur(100), eur("60.90")]
    assert (found.prepaid, found.payable) == (eur("160.90"), eur("1049.10"))


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: Prepaid("D-1", []), NoLinesError, "nothing is deducted: expected at least one"),
        (lambda: Prepaid(" ", [TaxSubtotal(O, eur(1), eur(0))]), BlankTextError, "is blank"),
        (lambda: Prepaid("D-1", [1]), WrongTypeError, "the tax groups of what is prepaid"),  # type: ignore[list-item]
        (
            lambda: Prepaid("D-1", [TaxSubtotal(O, eur(1), eur(0)), TaxSubtotal(O, USD, USD)]),
            CurrencyMismatchError,
            "expected EUR, got USD",
        ),
        (lambda: TaxSubtotal(21, eur(1), eur(0)), WrongTypeError, "the tax of a group"),  # type: ignore[arg-type]
        (lambda: TaxSubtotal(O, 1, eur(0)), WrongTypeError, "the base of a tax group"),  # type: ignore[arg-type]
        (lambda: TaxSubtotal(O, eur(1), USD), CurrencyMismatchError, "expected EUR, got USD"),
        (lambda: draft(line(1), prepaid=[1]), WrongTypeError, r"prepaid\[0\] is of the wrong type"),
        (
            lambda: draft(line(1), prepaid=[Prepaid("D-1", [TaxSubtotal(O, USD, USD)])]),
            CurrencyMismatchError,
            "expected EUR, got USD",
        ),
    ],
)
def test_what_cannot_be_prepaid_is_refused(
    make: Any, error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        make()


def test_more_may_be_prepaid_than_is_billed():
    # As EN 16931 has it: the seller then owes the difference.
    over = Prepaid("D-1", [TaxSubtotal(O, eur(15), eur(0))])
    assert draft(line(10), prepaid=[over]).payable == eur(-5)


def test_lines_with_their_own_tax_are_reduced_by_a_discount_that_always_is():
    terms = PaymentTerms.net(
        30, discounts=[EarlyDiscount(Percent(2), 10, tax=DiscountTax.ALWAYS_REDUCED)]
    )
    found = totals(draft(line(100, tax=S21), own("82.64", "17.36"), terms=terms))
    assert found.tax == eur("20.58") + eur("17.01")  # 21% of 98, and 17.36 less 21% of 1.65


# --- tax by line ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "taxes"),
    [
        pytest.param([line("0.02", tax=S21)] * 3, [0, 1, 0], id="0.33, 0.67, 1 = 0 + 1 + 0"),
        pytest.param([line(1), own(1, "0.21")], [0, 21], id="outside the scope: 0"),
        pytest.param(
            [own("82.64", "17.36"), line(100, tax=S21)], [1736, 2100], id="its own, and the rest"
        ),
        pytest.param([line(5, tax=S21), line(-5, tax=S21)], [105, -105], id="5 - 5 = 1.05 - 1.05"),
        pytest.param([line(0, tax=S21)], [0], id="nothing"),
        pytest.param([line(10, tax=S21), line(-5, tax=S21)], [210, -105], id="10 - 5 = 210 - 105"),
    ],
)
def test_each_line_has_its_part_of_the_tax_of_its_group(lines: list[Line], taxes: list[int]):
    found = totals(draft(*lines))
    assert [tax for _, tax in line_taxes(lines, found.breakdown)] == taxes
    assert sum(taxes) == found.tax.minor


@pytest.mark.parametrize(
    ("amount", "part", "whole", "expected"),
    [(10, 1, 4, 3), (10, -1, 4, -3), (-10, 1, 4, -3), (10, 1, -4, -3), (5, 3, 0, 0), (0, 3, 4, 0)],
)
def test_part_of_whole(amount: int, part: int, whole: int, expected: int):
    assert part_of_whole(amount, part, whole) == expected


@pytest.mark.parametrize(
    ("left", "gross", "expected"),
    [
        pytest.param({S21: (8264, 1736)}, 10000, {S21: (8264, 1736)}, id="all is all"),
        pytest.param({S21: (8264, 1736)}, 3333, {S21: (2754, 579)}, id="1736 x 33.33% = 578.6"),
        pytest.param(
            {S9: (1, 0), S21: (1, 0)}, 1, {S9: (1, 0), S21: (0, 0)}, id="a half goes up, once"
        ),
        pytest.param(
            {S9: (100, 9), S21: (100, 21)}, -115, {S9: (-50, -5), S21: (-50, -10)}, id="below zero"
        ),
        pytest.param({S21: (0, 0)}, 0, {S21: (0, 0)}, id="nothing of nothing"),
        pytest.param({}, 0, {}, id="no group"),
    ],
)
def test_what_is_taken_of_each_group(
    left: dict[Tax, tuple[int, int]], gross: int, expected: dict[Tax, tuple[int, int]]
):
    currency = eur(0).currency
    parts = {
        tax: TaxedAmount(Money(net, currency), Money(amount, currency))
        for tax, (net, amount) in left.items()
    }
    found = taken_of(parts, Money(gross, currency))
    assert {tax: (each.net.minor, each.tax.minor) for tax, each in found.items()} == expected


# 1,000.00 and 21 %, of which 900.00 were a deposit; 15 % is withheld on both documents.
@pytest.mark.parametrize(
    ("base", "withheld", "to_pay"),
    [
        pytest.param(None, "15.00", "106.00", id="15% of 1000.00 - 900.00 = 15.00"),
        pytest.param(eur(1000), "150.00", "-29.00", id="15% of a base of 1000.00 = 150.00"),
    ],
)
def test_a_percentage_withheld_is_of_what_is_not_prepaid(
    base: Money | None, withheld: str, to_pay: str
):
    final = Invoice(
        "F-1",
        MAY_4,
        ACME,
        [line(1000, tax=S21)],
        prepaid=[Prepaid("D-1", [TaxSubtotal(S21, eur(900), eur(189))])],
        withheld=[Adjustment(Percent(15), "Income tax", base=base)],
    )
    assert (final.totals.withheld, final.totals.net_to_pay) == (eur(withheld), eur(to_pay))
    sheet = invoice_text(final, locale="en").splitlines()
    assert [row.split()[-1] for row in sheet if row.startswith(("Income", "Net to pay"))] == [
        f"-€{withheld}",
        f"€{to_pay}".replace("€-", "-€"),
    ]
    note = credit_note(final, effect=CreditEffect.CANCEL, as_of=MAY_4)
    assert note.totals == -final.totals


# 15 % is withheld of 1,000.00 and 19 %, less a deposit that had no tax, or another.
@pytest.mark.parametrize("sign", [1, -1], ids=["bill", "mirror"])
@pytest.mark.parametrize("as_line", [False, True], ids=["prepaid", "as a line"])
@pytest.mark.parametrize(
    ("deposit", "withheld", "to_pay"),
    [
        pytest.param(900, "15", "275", id="15% of 100 = 15: 290 - 15"),
        pytest.param(1000, "0", "190", id="15% of 0: 190"),
        pytest.param(1100, "0", "90", id="of -100 nothing: 90, not 105"),
        pytest.param(1190, "0", "0", id="of a payable of nothing nothing"),
        pytest.param(1200, "-30", "20", id="of -200 and -10: -30, as on a note"),
    ],
)
def test_a_percentage_withheld_has_the_sign_of_the_payable(
    deposit: int, withheld: str, to_pay: str, sign: int, *, as_line: bool
):
    less = line(-sign * deposit)
    invoice = Invoice(
        "F-1",
        MAY_4,
        ACME,
        [line(sign * 1000, tax=Tax.standard(19)), *([less] if as_line else [])],
        prepaid=[]
        if as_line
        else [Prepaid("D-1", [TaxSubtotal(less.tax.group, eur(sign * deposit), eur(0))])],
        withheld=[Adjustment(Percent(15), "Income tax")],
    )
    kept, paid = eur(withheld), eur(to_pay)
    assert (invoice.totals.withheld, invoice.totals.net_to_pay) == (
        (kept, paid) if sign > 0 else (-kept, -paid)
    )
    assert invoice.totals.payable == invoice.totals.net_to_pay + invoice.totals.withheld
