"""What somebody prints, and which rule it breaks: a worked document, one figure changed in turn."""

import re
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    Adjustment,
    ArgumentsError,
    CurrencyMismatchError,
    Invoice,
    Line,
    Money,
    Percent,
    Prepaid,
    Price,
    Rounding,
    StatedTotals,
    Tax,
    TaxCategory,
    TaxSubtotal,
    WrongTypeError,
    check,
    check_stated,
)
from tests.unit.bills import ACME
from tests.unit.sound import codes, eur

S21, S9, EXEMPT = Tax.standard(21), Tax.standard(9), Tax.exempt("Article 132")
CANARY, CEUTA, SPLIT = Tax("L", Percent(7)), Tax("M", Percent(4)), Tax("B", Percent(22))
OWN, NO_RATE, OUTSIDE = Tax("SR", Percent(7)), Tax("SR", None), Tax.outside_scope()

# 2 x 50.00 less 10 % = 90.00; 3 x 9.995 = 29.985, that is 29.99; 20.00 without tax.
LINES = [
    Line("Design", 2, eur(50), tax=S21, allowances=[Adjustment(Percent(10), "Bulk")]),
    Line("Print", 3, Price("9.995", "EUR"), tax=S9),
    Line("Course", 1, eur(20), tax=EXEMPT),
]
ALLOWANCES = [Adjustment(eur(10), "Season", tax=S21)]
CHARGES = [Adjustment(eur(5), "Freight", tax=S9)]
DEPOSIT = Prepaid("D", [TaxSubtotal(S21, eur(10), eur("2.10"))])
# S 21: 90 - 10 = 80, tax 16.80; S 9: 29.99 + 5 = 34.99, tax 3.1491; without: 20.
STATED = StatedTotals(
    line_total=eur("139.99"),
    allowance_total=eur(10),
    charge_total=eur(5),
    tax_exclusive=eur("134.99"),
    tax=eur("19.95"),
    tax_inclusive=eur("154.94"),
    prepaid=eur("12.10"),
    rounding=eur("0.01"),
    payable=eur("142.85"),
    breakdown=[
        TaxSubtotal(S21, eur(80), eur("16.80")),
        TaxSubtotal(S9, eur("34.99"), eur("3.15")),
        TaxSubtotal(EXEMPT, eur(20), eur(0)),
    ],
    line_nets=[eur(90), eur("29.99"), eur(20)],
)


def found(stated: StatedTotals = STATED, **parts: Any) -> list[str]:
    """Return what is found, without how bad it is: all are errors."""
    of = {"lines": LINES, "allowances": ALLOWANCES, "charges": CHARGES} | parts
    findings = codes(check_stated(of.pop("lines"), stated, **of))
    assert all(each.startswith("error ") for each in findings)
    return [each.removeprefix("error ") for each in findings]


def changed(name: str, amount: Money) -> StatedTotals:
    return attrs.evolve(STATED, **{name: getattr(STATED, name) + amount})


def regrouped(place: int, **parts: Money) -> StatedTotals:
    groups = list(STATED.breakdown)
    groups[place] = attrs.evolve(groups[place], **parts)
    return attrs.evolve(STATED, breakdown=groups)


def test_figures_that_tie_are_not_found():
    assert found() == []
    assert found(tolerant=True) == []
    assert found(attrs.evolve(STATED, line_nets=())) == []
    assert found(prepaid=[DEPOSIT], rounding_amount=eur("0.01")) == []
    assert found(prepaid=iter([DEPOSIT]), lines=iter(LINES)) == []


@pytest.mark.parametrize("cent", [eur("0.01"), eur("-0.01")], ids=["+0.01", "-0.01"])
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("line_total", ["line_total BR-CO-10", "tax_exclusive BR-CO-13"]),
        ("allowance_total", ["allowance_total BR-CO-11", "tax_exclusive BR-CO-13"]),
        ("charge_total", ["charge_total BR-CO-12", "tax_exclusive BR-CO-13"]),
        ("tax_exclusive", ["tax_exclusive BR-CO-13", "tax_inclusive BR-CO-15"]),
        ("tax", ["tax BR-CO-14", "tax_inclusive BR-CO-15"]),
        ("tax_inclusive", ["tax_inclusive BR-CO-15", "payable BR-CO-16"]),
        ("prepaid", ["payable BR-CO-16"]),
        ("rounding", ["payable BR-CO-16"]),
        ("payable", ["payable BR-CO-16"]),
    ],
)
def test_a_cent_in_a_total_is_found_by_the_rules_about_it(name, expected: list[str], cent: Money):
    assert found(changed(name, cent)) == expected
    assert found(changed(name, cent), tolerant=True) == expected  # sums have no tolerance


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("allowance_total", ["allowance_total BR-CO-11", "tax_exclusive BR-CO-13"]),
        ("charge_total", ["charge_total BR-CO-12", "tax_exclusive BR-CO-13"]),
        ("tax", ["tax BR-CO-14", "tax_inclusive BR-CO-15"]),
        ("prepaid", ["payable BR-CO-16"]),
        ("rounding", ["payable BR-CO-16"]),
    ],
)
def test_a_total_that_is_not_printed_counts_as_nothing(name: str, expected: list[str]):
    assert found(attrs.evolve(STATED, **{name: None})) == expected


def test_totals_that_may_be_left_out_are_nothing_at_all():
    ten = eur(10)
    stated = StatedTotals(
        line_total=ten, tax_exclusive=ten, tax_inclusive=ten, payable=ten,
        breakdown=[TaxSubtotal(EXEMPT, ten, eur(0))],
    )  # fmt: skip
    assert check_stated([Line("Course", 1, ten, tax=EXEMPT)], stated) == ()


def test_what_was_prepaid_and_rounded_is_compared_with_its_parts():
    other = attrs.evolve(DEPOSIT, number="E")
    assert found(prepaid=[DEPOSIT, other]) == ["prepaid prepaid_sum"]
    assert found(rounding_amount=eur("0.02")) == ["rounding rounding_amount"]
    assert found(rounding_amount=eur(0)) == ["rounding rounding_amount"]


@pytest.mark.parametrize(
    ("amount", "strict", "lenient"),
    [
        ("90.00", [], []),
        ("90.01", ["lines[0].net PEPPOL-EN16931-R120"], []),
        ("89.99", ["lines[0].net PEPPOL-EN16931-R120"], []),
        ("90.02", ["lines[0].net PEPPOL-EN16931-R120"], []),
        ("89.98", ["lines[0].net PEPPOL-EN16931-R120"], []),
        ("90.03", ["lines[0].net PEPPOL-EN16931-R120"], ["lines[0].net PEPPOL-EN16931-R120"]),
        ("89.97", ["lines[0].net PEPPOL-EN16931-R120"], ["lines[0].net PEPPOL-EN16931-R120"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_net_amount_of_a_line(amount: str, strict: list[str], lenient: list[str]):
    nets = [eur(amount), *STATED.line_nets[1:]]
    stated = attrs.evolve(STATED, line_nets=nets)
    sums = ["line_total BR-CO-10"]
    base = ["breakdown[0].base BR-S-08"]
    if amount == "90.00":
        sums = base = []
    assert found(stated) == [*strict, *sums, *base]
    assert found(stated, tolerant=True) == [*lenient, *sums]


TAX_OFF = ["breakdown[0].amount BR-CO-17", "breakdown[0].amount BR-S-09"]


@pytest.mark.parametrize(
    ("off", "strict", "lenient"),
    [
        ("0.01", TAX_OFF, []),
        ("-0.01", TAX_OFF, []),
        ("0.99", TAX_OFF, []),
        ("-0.99", TAX_OFF, []),
        ("1.00", TAX_OFF, TAX_OFF),
        ("-1.00", TAX_OFF, TAX_OFF),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_tax_of_a_group(off: str, strict: list[str], lenient: list[str]):
    stated = regrouped(0, amount=eur("16.80") + eur(off))
    assert found(stated) == ["tax BR-CO-14", *strict]
    assert found(stated, tolerant=True) == ["tax BR-CO-14", *lenient]


@pytest.mark.parametrize(
    ("off", "strict", "lenient"),
    [
        ("0.01", ["breakdown[0].base BR-S-08"], []),
        ("-0.01", ["breakdown[0].base BR-S-08"], []),
        ("0.99", ["breakdown[0].base BR-S-08", *TAX_OFF], []),
        ("-0.99", ["breakdown[0].base BR-S-08", *TAX_OFF], []),
        ("1.00", ["breakdown[0].base BR-S-08", *TAX_OFF], ["breakdown[0].base BR-S-08"]),
        ("-1.00", ["breakdown[0].base BR-S-08", *TAX_OFF], ["breakdown[0].base BR-S-08"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_base_of_a_group(off: str, strict: list[str], lenient: list[str]):
    stated = regrouped(0, base=eur(80) + eur(off))
    assert found(stated) == strict
    assert found(stated, tolerant=True) == lenient


def of_one_group(tax: Tax, *, base: str = "100.00", amount: str | None = None) -> list[str]:
    """Return what strict and tolerant checks find, where one line of 100.00 has the one group."""
    right = {S21: "21.00", CANARY: "7.00", CEUTA: "4.00", SPLIT: "22.00", OWN: "7.00"}
    group = TaxSubtotal(tax.group, eur(base), eur(amount or right.get(tax, "0.00")))
    stated = StatedTotals(
        line_total=eur(100),
        tax_exclusive=eur(100),
        tax=group.amount,
        tax_inclusive=eur(100) + group.amount,
        payable=eur(100) + group.amount,
        breakdown=[group],
    )
    lines = [Line("Work", 1, eur(100), tax=tax)]
    findings = [codes(check_stated(lines, stated, tolerant=lenient)) for lenient in (False, True)]
    return [" ".join(each.split()[-1] for each in several) for several in findings]


@pytest.mark.parametrize(
    ("tax", "base", "amount"),
    [
        pytest.param(S21, ["BR-S-08", ""], ["BR-CO-17 BR-S-09", ""], id="S"),
        pytest.param(CANARY, ["BR-AF-08", ""], ["BR-CO-17 BR-AF-09", ""], id="L"),
        pytest.param(CEUTA, ["BR-AG-08", ""], ["BR-CO-17 BR-AG-09", ""], id="M"),
        pytest.param(SPLIT, ["group_base", ""], ["BR-CO-17", ""], id="B"),
        pytest.param(OWN, ["group_base", ""], ["BR-CO-17", ""], id="SR"),
        *(
            pytest.param(
                tax,
                [f"{rules}-08", f"{rules}-08"],
                [f"BR-CO-17 {rules}-09", f"{rules}-09"],
                id=str(tax),
            )
            for tax, rules in (
                (Tax("Z", Percent(0)), "BR-Z"),
                (EXEMPT, "BR-E"),
                (Tax.reverse_charge(), "BR-AE"),
                (Tax("K", Percent(0)), "BR-IC"),
                (Tax("G", Percent(0)), "BR-G"),
                (OUTSIDE, "BR-O"),
            )
        ),
    ],
)
def test_each_category_has_its_rules_and_tolerances(tax: Tax, base: list[str], amount: list[str]):
    assert of_one_group(tax) == ["", ""]
    cent = {S21: "21.01", CANARY: "7.01", CEUTA: "4.01", SPLIT: "22.01", OWN: "7.01"}
    assert of_one_group(tax, base="100.01") == base
    assert of_one_group(tax, base="99.99") == base
    assert of_one_group(tax, amount=cent.get(tax, "0.01")) == amount


@pytest.mark.parametrize(
    ("tax", "amount", "lenient"),
    [
        (EXEMPT, "0.49", "BR-E-09"),
        (EXEMPT, "0.50", "BR-CO-17 BR-E-09"),
        (EXEMPT, "-0.50", "BR-CO-17 BR-E-09"),
        (Tax("ZR", Percent(0)), "0.49", ""),
        (Tax("ZR", Percent(0)), "0.50", "BR-CO-17"),
        (Tax("ZR", None), "0.50", "BR-CO-17"),
        (Tax("L", Percent(0)), "0.50", "BR-CO-17"),
        (Tax("L", Percent(0)), "1.00", "BR-CO-17 BR-AF-09"),
    ],
    ids=str,
)
def test_where_there_is_no_rate_half_a_unit_is_too_much(tax: Tax, amount: str, lenient: str):
    assert of_one_group(tax, amount=amount)[1] == lenient


def replaced(*groups: TaxSubtotal) -> list[str]:
    return found(attrs.evolve(STATED, breakdown=groups))


FIRST, SECOND, THIRD = STATED.breakdown
ZERO = eur(0)


def test_a_breakdown_that_is_missing_is_the_finding():
    assert replaced() == ["breakdown BR-CO-18"]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        pytest.param(
            (FIRST, SECOND, attrs.evolve(THIRD, tax=Tax.exempt("as said"))), [], id="a reason"
        ),
        pytest.param((FIRST, SECOND), ["breakdown BR-E-01"], id="no E"),
        pytest.param((FIRST, THIRD), ["tax BR-CO-14", "breakdown BR-S-08"], id="no S 9%"),
        pytest.param((THIRD,), ["tax BR-CO-14", *["breakdown BR-S-01"] * 2], id="no S"),
        pytest.param(
            (FIRST, SECOND, THIRD, TaxSubtotal(CANARY, ZERO, ZERO)),
            ["breakdown[3] BR-AF-01"],
            id="L of nothing",
        ),
        pytest.param(
            (FIRST, SECOND, THIRD, TaxSubtotal(Tax.standard(6), eur(1), eur("0.06"))),
            ["tax BR-CO-14", "breakdown[3].base BR-S-08"],
            id="S 6% of nothing",
        ),
        pytest.param(
            (FIRST, SECOND, THIRD, TaxSubtotal(Tax.standard(6), ZERO, ZERO)),
            [],
            id="S 6% of zero",
        ),
        pytest.param((FIRST, SECOND, THIRD, TaxSubtotal(OUTSIDE, ZERO, ZERO)), [], id="O of zero"),
        pytest.param(
            (FIRST, SECOND, THIRD, TaxSubtotal(OUTSIDE, eur(1), ZERO)),
            ["breakdown[3].base BR-O-08"],
            id="O of nothing",
        ),
        pytest.param(
            (FIRST, SECOND, THIRD, TaxSubtotal(OWN, eur(1), eur("0.07"))),
            ["tax BR-CO-14", "breakdown[3].base group_base"],
            id="own code of nothing",
        ),
        pytest.param(
            (FIRST, SECOND, attrs.evolve(THIRD, base=eur(15)), attrs.evolve(THIRD, base=eur(5))),
            ["breakdown[2].base BR-E-08", "breakdown[3].base BR-E-08", "breakdown BR-E-01"],
            id="E in two groups",
        ),
        pytest.param(
            (
                attrs.evolve(FIRST, base=eur(40), amount=eur("8.40")),
                attrs.evolve(FIRST, base=eur(40), amount=eur("8.40")),
                SECOND,
                THIRD,
            ),
            ["breakdown[0].base BR-S-08", "breakdown[1].base BR-S-08", "breakdown BR-S-08"],
            id="S 21% in two groups",
        ),
        pytest.param(
            (FIRST, FIRST, SECOND, THIRD),
            ["tax BR-CO-14", "breakdown BR-S-08"],
            id="S 21% twice",
        ),
    ],
)
def test_missing_surplus_and_doubled_groups(groups, expected: list[str]):
    assert replaced(*groups) == expected


def test_an_own_code_without_a_group():
    stated = attrs.evolve(STATED, breakdown=[*STATED.breakdown])
    lines = [*LINES[:2], attrs.evolve(LINES[2], tax=OWN)]
    assert found(stated, lines=lines) == ["breakdown[2].base BR-E-08", "breakdown group_base"]


def test_no_lines_and_adjustments_without_tax():
    bare = [attrs.evolve(each, tax=None) for each in (*ALLOWANCES, *CHARGES)]
    assert found(allowances=bare[:1], charges=bare[1:])[:2] == [
        "allowances[0].tax BR-32",
        "charges[0].tax BR-37",
    ]
    nothing = attrs.evolve(STATED, line_nets=())
    assert found(nothing, lines=[])[:2] == ["lines BR-16", "line_total BR-CO-10"]


def test_percentages_of_a_document_are_of_its_lines_as_computed():
    tenth = [Adjustment(Percent(10), "Season", tax=S21, base=eur(100))]
    assert found(allowances=tenth) == []
    lines = [Line("Work", 3, eur(50), tax=S21)]
    stated = StatedTotals(
        line_total=eur(150), allowance_total=eur(15), tax_exclusive=eur(135), tax=eur("28.35"),
        tax_inclusive=eur("163.35"), payable=eur("163.35"),
        breakdown=[TaxSubtotal(S21, eur(135), eur("28.35"))], line_nets=[eur(151)],
    )  # fmt: skip
    off = [Adjustment(Percent(10), "Season", tax=S21)]
    assert found(stated, lines=lines, allowances=off, charges=()) == [
        "lines[0].net PEPPOL-EN16931-R120",
        "line_total BR-CO-10",
        "breakdown[0].base BR-S-08",
    ]


# A half in the net of a line, and a half in the tax of a group: both go away from zero.
@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(
    ("code", "price", "net", "tax"),
    [("EUR", "0.045", "0.05", "0.01"), ("JPY", "2.5", "3", "1"), ("KWD", "0.0015", "0.002", "0")],
)
def test_a_half_goes_away_from_zero(code: str, price: str, net: str, tax: str, sign: int):
    of, amount = Money.of(net, code) * sign, Money.of(tax, code) * sign
    lines = [Line("Work", sign, Price(price, code), tax=S21)]
    cent = Money(1, of.currency)

    def strict(net: Money, tax: Money) -> list[str]:
        stated = StatedTotals(
            line_total=net, tax_exclusive=net, tax=tax, tax_inclusive=net + tax,
            payable=net + tax, breakdown=[TaxSubtotal(S21, net, tax)], line_nets=[net],
        )  # fmt: skip
        return [each for each in codes(check_stated(lines, stated)) if "BR-DEC" not in each]

    assert strict(of, amount) == []
    for off in (cent, -cent):
        assert strict(of + off, amount)[0] == "error lines[0].net PEPPOL-EN16931-R120"
        assert strict(of, amount + off)[0] == "error breakdown[0].amount BR-CO-17"


@pytest.mark.parametrize(("base", "tax"), [("0.50", "0.11"), ("-0.50", "-0.11"), ("1.50", "0.32")])
def test_half_a_cent_of_tax_goes_away_from_zero(base: str, tax: str):
    net, sign = eur(base), -1 if base.startswith("-") else 1
    stated = StatedTotals(
        line_total=net, tax_exclusive=net, tax=eur(tax), tax_inclusive=net + eur(tax),
        payable=net + eur(tax), breakdown=[TaxSubtotal(S21, net, eur(tax))],
    )  # fmt: skip
    assert check_stated([Line("Work", sign, abs(net), tax=S21)], stated) == ()


def test_a_message_says_what_is_printed_and_what_should_be():
    (finding,) = check_stated(
        LINES, changed("payable", eur(1)), allowances=ALLOWANCES, charges=CHARGES
    )
    assert str(finding) == (
        "error: payable: EUR 143.85 is not the total with tax - prepaid + rounding, "
        "which is EUR 142.85 (BR-CO-16)"
    )


USD = Money.of(1, "USD")


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda: check_stated(LINES, "x"), WrongTypeError,
         "the stated totals is of the wrong type: expected StatedTotals, got 'x'"),
        (lambda: check_stated("x", STATED), WrongTypeError,
         "lines is not a collection: expected a list or tuple, got 'x'"),
        (lambda: check_stated([1], STATED), WrongTypeError,
         "lines[0] is of the wrong type: expected Line, got 1"),
        (lambda: check_stated(LINES, STATED, allowances=[1]), WrongTypeError,
         "allowances[0] is of the wrong type: expected Adjustment, got 1"),
        (lambda: check_stated(LINES, STATED, charges=[1]), WrongTypeError,
         "charges[0] is of the wrong type: expected Adjustment, got 1"),
        (lambda: check_stated(LINES, STATED, prepaid=[1]), WrongTypeError,
         "prepaid[0] is of the wrong type: expected Prepaid, got 1"),
        (lambda: check_stated(LINES, STATED, rounding_amount=1), WrongTypeError,
         "the rounding amount is of the wrong type: expected Money or None, got 1"),
        (lambda: check_stated(LINES, STATED, tolerant=1), WrongTypeError,
         "tolerant is of the wrong type: expected bool, got 1"),
        (lambda: check_stated(LINES[:1], STATED), ArgumentsError,
         "each line has one stated net amount, or none has: expected as many as lines (1), got 3"),
    ],
    ids=["stated", "lines", "a line", "an allowance", "a charge", "a deposit", "rounding",
         "tolerant", "net amounts"],
)  # fmt: skip
def test_refusals(ask, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        ask()


@pytest.mark.parametrize(
    "parts",
    [
        {"lines": [*LINES[:2], Line("Work", 1, USD)]},
        {"allowances": [Adjustment(USD, "Season", tax=S21)]},
        {"charges": [Adjustment(Percent(1), "Freight", tax=S21, base=USD)]},
        {"prepaid": [Prepaid("D", [TaxSubtotal(S21, USD, USD)])]},
        {"rounding_amount": USD},
    ],
    ids=["a line", "an allowance", "the base of a charge", "a deposit", "rounding"],
)
def test_other_currencies_are_refused(parts):
    with pytest.raises(CurrencyMismatchError, match="currenc"):
        found(**parts)


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        ({"line_total": None}, WrongTypeError,
         "the stated line_total is of the wrong type: expected Money, got None"),
        ({"payable": 1}, WrongTypeError,
         "the stated payable is of the wrong type: expected Money, got 1"),
        ({"tax": 1}, WrongTypeError,
         "the stated tax is of the wrong type: expected Money or None, got 1"),
        ({"breakdown": [1]}, WrongTypeError,
         "the stated tax groups[0] is of the wrong type: expected TaxSubtotal, got 1"),
        ({"line_nets": [1]}, WrongTypeError,
         "the stated net amounts of lines[0] is of the wrong type: expected Money, got 1"),
    ],
    ids=["nothing", "a number", "a number for tax", "a group", "a net amount"],
)  # fmt: skip
def test_stated_totals_refuse_what_is_no_amount(parts, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        attrs.evolve(STATED, **parts)


@pytest.mark.parametrize(
    "parts",
    [
        {"tax_inclusive": USD},
        {"rounding": USD},
        {"line_nets": [USD]},
        {"breakdown": [TaxSubtotal(S21, USD, USD)]},
    ],
    ids=["a total", "a total that may be left out", "a line", "a group"],
)
def test_stated_totals_are_of_one_currency(parts):
    with pytest.raises(CurrencyMismatchError, match="currenc"):
        attrs.evolve(STATED, **parts)


def test_stated_totals_of_no_invoice():
    with pytest.raises(WrongTypeError, match="the invoice is of the wrong type: expected Invoice"):
        StatedTotals.of("x")


def test_no_category_of_the_standard_is_forgotten():
    rates = {"S": Percent(20), "B": Percent(20), "O": None}
    for category in TaxCategory:
        tax = Tax(category, rates.get(category.value, Percent(0)))
        assert of_one_group(tax, base="1.00", amount="999.00")[0] != ""


@pytest.mark.parametrize(
    ("code", "off", "passes"),
    [("KWD", "0.020", True), ("KWD", "0.021", False), ("JPY", "1", False), ("EUR", "0.02", True)],
)
def test_the_tolerance_of_a_line_is_in_units_of_its_currency(code: str, off: str, passes: bool):
    ten = Money.of(10, code)
    net = ten + Money.of(off, code)
    stated = StatedTotals(
        line_total=net, tax_exclusive=net, tax_inclusive=net, payable=net, line_nets=[net],
        breakdown=[TaxSubtotal(EXEMPT, net, net - net)],
    )  # fmt: skip
    found = codes(check_stated([Line("Work", 1, ten, tax=EXEMPT)], stated, tolerant=True))
    assert ("error lines[0].net PEPPOL-EN16931-R120" not in found) is passes


@pytest.mark.parametrize(
    ("code", "off", "passes"),
    [("KWD", "0.999", True), ("KWD", "1", False), ("JPY", "1", False)],
)
def test_the_tolerance_of_a_group_is_one_unit_of_its_currency(code: str, off: str, passes: bool):
    base, tax = Money.of(100, code), Money.of(21, code) + Money.of(off, code)
    stated = StatedTotals(
        line_total=base, tax_exclusive=base, tax=tax, tax_inclusive=base + tax,
        payable=base + tax, breakdown=[TaxSubtotal(S21, base, tax)],
    )  # fmt: skip
    found = codes(check_stated([Line("Work", 1, base, tax=S21)], stated, tolerant=True))
    assert ("error breakdown[0].amount BR-CO-17" not in found) is passes


# --- what the validators of others do -------------------------------------------------------------


def of_line(line: Line, net: str, **how: Any) -> list[str]:
    """Return what is found where one line without tax is stated with a net amount."""
    amount = Money.of(net, line.currency)
    stated = StatedTotals(
        line_total=amount, tax_exclusive=amount, tax_inclusive=amount, payable=amount,
        breakdown=[TaxSubtotal(line.tax.group, amount, amount - amount)], line_nets=[amount],
    )  # fmt: skip
    return codes(check_stated([line], stated, **how))


def exempt(quantity: int, price: str, currency: str = "EUR", **parts: Any) -> Line:
    return Line("Work", quantity, Price(price, currency), tax=EXEMPT, **parts)


BULK = {"allowances": [Adjustment(Percent(50), "Bulk")]}


@pytest.mark.parametrize(
    ("line", "net", "passes"),
    [
        pytest.param(exempt(3, "33.335"), "100.02", True, id="100.005 + 0.015"),
        pytest.param(exempt(3, "33.335"), "100.03", False, id="100.005 + 0.025"),
        pytest.param(exempt(3, "33.335"), "99.99", True, id="100.005 - 0.015"),
        pytest.param(exempt(3, "33.335"), "99.98", False, id="100.005 - 0.025"),
        pytest.param(exempt(-3, "33.335"), "-100.03", False, id="-100.005 - 0.025"),
        pytest.param(exempt(1, "10.00"), "10.02", True, id="10 + 0.02"),
        pytest.param(exempt(3, "33.335", **BULK), "50.02", False, id="100.005 - 50.01 + 0.025"),
        pytest.param(exempt(3, "33.335", **BULK), "50.01", True, id="100.005 - 50.01 + 0.015"),
        pytest.param(exempt(1, "33.5", "JPY"), "34", True, id="33.5 = 34 yen is right"),
        pytest.param(exempt(1, "33.5", "JPY"), "33", False, id="33.5 is not 33 yen"),
    ],
)
def test_the_tolerance_of_a_line_is_beside_what_it_is_before_rounding(
    line: Line, net: str, passes: bool
):
    assert (of_line(line, net, tolerant=True) == []) is passes


def rated(rate: str, base: str, amount: str, currency: str = "EUR") -> dict[bool, list[str]]:
    """Return what strict and tolerant checks find of one line at a rate, and of its tax."""
    tax = Tax.standard(rate)
    net, taxed = Money.of(base, currency), Money.of(amount, currency)
    stated = StatedTotals(
        line_total=net, tax_exclusive=net, tax=taxed, tax_inclusive=net + taxed,
        payable=net + taxed, breakdown=[TaxSubtotal(tax, net, taxed)],
    )  # fmt: skip
    sign = -1 if net.minor < 0 else 1
    lines = [Line("Work", sign, abs(net), tax=tax)]
    return {
        lenient: codes(check_stated(lines, stated, tolerant=lenient)) for lenient in (False, True)
    }


REFUSED, WRONG = "warning breakdown[0].amount BR-CO-17", "error breakdown[0].amount BR-CO-17"
WRONG_S = "error breakdown[0].amount BR-S-09"


@pytest.mark.parametrize(
    ("rate", "base", "amount", "strict", "lenient"),
    [
        pytest.param("0.49", "100.00", "0.49", [], [], id="0.49 rounds to nothing"),
        pytest.param("0.4", "125.00", "0.50", [REFUSED], [REFUSED], id="0.50 at 0.4%"),
        pytest.param("0.4", "-125.00", "-0.50", [REFUSED], [REFUSED], id="-0.50 at 0.4%"),
        pytest.param("0.5", "100.00", "0.50", [], [], id="0.5% rounds to one point"),
        pytest.param("0.4", "100.00", "0.49", [WRONG, WRONG_S], [], id="0.40 stated as 0.49"),
        pytest.param("0.4", "100.00", "0.50", [WRONG, WRONG_S], [WRONG], id="0.40 as 0.50"),
    ],
)
def test_no_validator_lets_a_tax_pass_at_a_rate_that_rounds_to_nothing(
    rate: str, base: str, amount: str, strict: list[str], lenient: list[str]
):
    found = rated(rate, base, amount)
    assert (found[False], found[True]) == (strict, lenient)


def test_of_a_currency_without_decimals_one_unit_is_refused_at_such_a_rate():
    assert rated("0.4", "250", "1", "JPY")[False] == [REFUSED]
    assert rated("0.4", "100", "0", "JPY")[False] == []


def test_what_no_validator_lets_pass_says_why():
    tax = Tax.standard("0.4")
    (finding,) = check(Invoice(None, None, ACME, [Line("Work", 1, eur(125), tax=tax)]))[-1:]
    assert str(finding) == (
        "warning: breakdown[0].amount: validators refuse EUR 0.50 at S 0.4%, since the rate rounds "
        "to zero whole points: show this tax in another way (BR-CO-17)"
    )


def left_out(tax: Tax, other: Tax, net: str, *, given: str | None = None) -> list[list[str]]:
    """Return what is found, strictly and not, where the group of one of two taxes is left out.

    Its lines are of 5.00 and of so much less that *net* is left, or state a tax of their own.
    """
    zero, whole = eur(0), eur(100) + eur(net)
    taxed = eur(100).times(other.rate, rounding=Rounding.HALF_UP) if other.rate else zero
    stated = StatedTotals(
        line_total=whole, tax_exclusive=whole, tax=taxed, tax_inclusive=whole + taxed,
        payable=whole + taxed, breakdown=[TaxSubtotal(other.group, eur(100), taxed)],
    )  # fmt: skip
    lines = [
        Line("Work", 1, eur(100), tax=other),
        Line("Part", 1, eur(5), tax=tax, tax_amount=None if given is None else eur(given)),
        Line("Less", -1, eur(5) - eur(net), tax=tax, tax_amount=None if given is None else zero),
    ]
    return [codes(check_stated(lines, stated, tolerant=lenient)) for lenient in (False, True)]


MISSING = "error breakdown BR-"


@pytest.mark.parametrize(
    ("tax", "other", "code"),
    [
        pytest.param(S21, S9, "S-08", id="S beside S"),
        pytest.param(CANARY, Tax("L", Percent(3)), "AF-08", id="L beside L"),
        pytest.param(CEUTA, Tax("M", Percent(1)), "AG-08", id="M beside M"),
    ],
)
def test_a_group_of_nothing_may_be_left_out_beside_another_of_its_category(
    tax: Tax, other: Tax, code: str
):
    assert left_out(tax, other, "0.00") == [[MISSING + code], []]
    assert left_out(tax, other, "0.99") == [[MISSING + code], []]
    assert left_out(tax, other, "-0.99") == [[MISSING + code], []]
    assert left_out(tax, other, "1.00") == [[MISSING + code]] * 2
    assert left_out(tax, other, "0.00", given="0.99") == [[MISSING + code], []]
    assert left_out(tax, other, "0.00", given="1.00") == [[MISSING + code]] * 2


def test_a_group_of_nothing_is_missed_where_it_is_the_only_one_of_its_category():
    assert left_out(S21, CANARY, "0.00") == [[f"{MISSING}S-01"]] * 2
    assert left_out(Tax("Z", Percent(0)), S21, "0.00") == [[f"{MISSING}Z-01"]] * 2
    assert left_out(OWN, Tax("SR", Percent(9)), "0.00") == [["error breakdown group_base"], []]


# --- a percentage of all lines --------------------------------------------------------------------


def with_a_tenth(tax: Tax | None, groups: list[tuple[Tax, str, str]], **of: Any) -> list[str]:
    """Return what is found of 100.00 at 21 % and 50.00 at 9 %, and a tenth off all of it."""
    lines = [Line("Design", 1, eur(100), tax=S21), Line("Books", 1, eur(50), tax=S9)]
    taxed = sum((eur(amount) for _, _, amount in groups), eur(0))
    stated = StatedTotals(
        line_total=eur(150), allowance_total=eur(15), tax_exclusive=eur(135), tax=taxed,
        tax_inclusive=eur(135) + taxed, payable=eur(135) + taxed,
        breakdown=[TaxSubtotal(each, eur(base), eur(amount)) for each, base, amount in groups],
    )  # fmt: skip
    tenth = Adjustment(Percent(10), "Loyal", tax=tax, **of)
    return codes(check_stated(lines, stated, allowances=[tenth]))


def test_a_percentage_of_all_lines_is_of_each_tax_or_as_it_is_stated():
    spread = [(S21, "90", "18.90"), (S9, "45", "4.05")]
    assert with_a_tenth(None, spread) == []
    at_one_tax = [(S21, "85", "17.85"), (S9, "50", "4.50")]
    assert with_a_tenth(S21, at_one_tax) == []
    assert with_a_tenth(None, at_one_tax) == [
        "error breakdown[0].base BR-S-08",
        "error breakdown[1].base BR-S-08",
    ]
    assert with_a_tenth(None, at_one_tax, base=eur(150))[0] == "error allowances[0].tax BR-32"


def test_a_percentage_of_all_lines_is_of_the_lines_as_computed():
    lines = [Line("Design", 1, eur(100), tax=S21), Line("Books", 1, eur(50), tax=S9)]
    stated = StatedTotals(
        line_total=eur(151), allowance_total=eur(15), tax_exclusive=eur(136), tax=eur("22.95"),
        tax_inclusive=eur("158.95"), payable=eur("158.95"), line_nets=[eur(101), eur(50)],
        breakdown=[
            TaxSubtotal(S9, eur(45), eur("4.05")), TaxSubtotal(S21, eur(90), eur("18.90")),
        ],
    )  # fmt: skip
    found = check_stated(lines, stated, allowances=[Adjustment(Percent(10), "Loyal")])
    assert codes(found) == [
        "error lines[0].net PEPPOL-EN16931-R120",
        "error breakdown[1].base BR-S-08",
    ]
    assert found[1].message.endswith("which is EUR 91.00")  # 101.00 - 10.00


def test_the_own_totals_of_a_spread_percentage_tie():
    lines = [
        Line("Work", 1, eur(net), tax=tax)
        for net, tax in (("0.05", S9), ("0.05", S21), ("0.05", EXEMPT), ("0.05", CANARY))
    ]
    tenth = [Adjustment(Percent(10), "Loyal")]  # 0.005 of each, 0.02 in all
    invoice = Invoice(None, None, ACME, lines, allowances=tenth, charges=tenth)
    found = [each.code for each in check(invoice) if each.path.startswith("breakdown")]
    assert not [code for code in found if code.startswith("BR-CO-1") or code.endswith("-08")]
    assert invoice.totals.allowance_total == invoice.totals.charge_total == eur("0.02")


@pytest.mark.parametrize("taxes", [(NO_RATE, OWN), (OWN, NO_RATE)], ids=["none, 7 %", "7 %, none"])
def test_of_one_code_the_tax_without_a_rate_comes_first_in_a_spread_percentage(
    taxes: tuple[Tax, ...],
):
    lines = [Line("Work", 1, eur("0.05"), tax=tax) for tax in taxes]
    tenth = [Adjustment(Percent(10), "Loyal")]  # 0.005 of each, so that the first takes the cent
    invoice = Invoice(None, None, ACME, lines, allowances=tenth)
    bases = [(each.tax, each.base) for each in invoice.totals.breakdown]
    assert bases == [(NO_RATE, eur("0.04")), (OWN, eur("0.05"))]
    assert not [each for each in check(invoice) if each.path.startswith("breakdown")]
