"""Allowances, charges, rounding, withholding, tax reasons: worked figures, and what is refused."""

from datetime import date
from decimal import Context, Decimal, localcontext
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    Adjustment,
    CreditEffect,
    Delivery,
    DiscountTax,
    EarlyDiscount,
    Invoice,
    Line,
    Money,
    Party,
    PaymentTerms,
    Percent,
    Period,
    Price,
    Rounding,
    Tax,
    TaxCategory,
    TaxCurrency,
    credit_note,
    issue,
    round_payable,
    totals,
    without_tax,
)
from milestone_invoicing.errors import (
    AlreadyIssuedError,
    ArgumentsError,
    BlankTextError,
    CreditError,
    CurrencyMismatchError,
    DateTypeError,
    MilestoneInvoicingError,
    NoLinesError,
    NumberRangeError,
    NumberTypeError,
    StepError,
    TaxError,
    UnknownCurrencyError,
    WrongTypeError,
)
from tests.unit.bills import ACME, eur, line, may

S21, S9 = Tax.standard(21), Tax.standard(9)
Z0 = Tax(TaxCategory.Z, Percent(0))
OFF, ON = "allowances", "charges"


def off(amount: str | int, tax: Tax | None = None) -> Adjustment:
    """Return an allowance or charge, in percent if it ends in the sign."""
    text = str(amount)
    value = Percent(text) if text.endswith("%") else eur(text)
    return Adjustment(value, "Reason", tax=tax)


def draft(*lines: Line, **parts: Any) -> Invoice:
    return Invoice(None, None, ACME, lines, **parts)


# --- lines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "net"),
    [
        pytest.param({}, "29.97", id="3 x 9.99"),
        pytest.param({OFF: [off(5)]}, "24.97", id="29.97 - 5"),
        pytest.param({ON: [off("0.03")]}, "30.00", id="29.97 + 0.03"),
        pytest.param({OFF: [off("10%")]}, "26.97", id="29.97 - 3.00 (10% = 2.997)"),
        pytest.param({OFF: [off("10%"), off("10%")]}, "23.97", id="each 10% is of 29.97"),
        pytest.param({OFF: [off(5)], ON: [off("10%")]}, "27.97", id="29.97 - 5 + 3.00"),
        pytest.param({OFF: [off(30)]}, "-0.03", id="an allowance may exceed its line"),
        pytest.param({OFF: [off("-1")]}, "30.97", id="a negative allowance"),
        pytest.param(
            {ON: [Adjustment(Percent(50), "x", base=eur("0.05"))]}, "30.00", id="50% of 0.05 = 0.03"
        ),
    ],
)
def test_a_line_nets_less_allowances_plus_charges(parts: dict[str, Any], net: str):
    assert Line("x", 3, eur("9.99"), **parts).net == eur(net)


@pytest.mark.parametrize(
    ("amount", "base", "whole", "expected"),
    [
        (Percent(10), None, "-99.95", "-10.00"),  # 9.995 away from zero
        (Percent(10), eur("99.94"), "5", "9.99"),
        (eur(3), None, "100", "3"),
        (eur(-3), None, "0", "-3"),
        (Percent(0), None, "100", "0"),
    ],
    ids=str,
)
def test_an_adjustment_has_an_amount_on_a_whole(
    amount: Money | Percent, base: Money | None, whole: str, expected: str
):
    assert Adjustment(amount, "x", base=base).amount_on(eur(whole)) == eur(expected)


def test_the_opposite_of_an_adjustment():
    assert -Adjustment(eur(3), "x") == Adjustment(eur(-3), "x")
    assert -Adjustment(Percent(3), "x", base=eur(9)) == Adjustment(Percent(3), "x", base=eur(-9))
    assert -Adjustment(Percent(3), "x") == Adjustment(Percent(3), "x")


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        (
            {"amount": 3},
            WrongTypeError,
            "the amount of an allowance or charge is of the wrong type",
        ),
        ({"reason": ""}, BlankTextError, "the reason of an allowance or charge is blank"),
        ({"base": 3}, WrongTypeError, "the base of an allowance or charge is of the wrong type"),
        ({"tax": "S"}, WrongTypeError, "the tax of an allowance or charge is of the wrong type"),
        ({"code": 95}, WrongTypeError, "the code of an allowance or charge is of the wrong type"),
        ({"discountable": 1}, WrongTypeError, "discountable is of the wrong type"),
        (
            {"amount": eur(3), "base": eur(5)},
            ArgumentsError,
            "an amount of money has no base: expected a Percent with a base, or Money without one",
        ),
    ],
)
def test_an_adjustment_refuses(
    parts: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        Adjustment(**({"amount": Percent(3), "reason": "x"} | parts))


def test_an_adjustment_is_of_the_currency_of_what_it_stands_on():
    message = r"amounts are in different currencies: expected EUR, got USD 3\.00"
    for amount, base in ((Money.of(3, "USD"), None), (Percent(3), Money.of(3, "USD"))):
        with pytest.raises(CurrencyMismatchError, match=message):
            Adjustment(amount, "x", base=base).amount_on(eur(1))
    with pytest.raises(CurrencyMismatchError, match=message):
        Line("x", 1, eur(1), charges=[Adjustment(Money.of(3, "USD"), "x")])


@pytest.mark.parametrize("name", [OFF, ON])
def test_an_adjustment_of_a_line_has_no_tax_and_is_an_adjustment(name: str):
    with pytest.raises(ArgumentsError, match="of a line has the tax of its line: expected tax=Non"):
        Line("x", 1, eur(1), **{name: [off(1, S21)]})
    with pytest.raises(
        WrongTypeError, match=r"the allowances and charges of a line\[0\] is of the"
    ):
        Line("x", 1, eur(1), **{name: [eur(1)]})


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"period": may(1)}, "the period of a line is of the wrong type: expected Period or None"),
        ({"delivery": "report"}, "the delivery of a line is of the wrong type: expected Delivery"),
    ],
)
def test_a_line_refuses_other_types(parts: dict[str, Any], message: str):
    with pytest.raises(WrongTypeError, match=message):
        Line("x", 1, eur(1), **parts)


def test_a_line_knows_its_days_and_what_was_delivered():
    period, delivery = Period(may(1), may(31)), Delivery("report", approved_by=["Eve", "Ann"])
    found = Line("x", 1, eur(1), period=period, delivery=delivery)
    assert (found.period, found.delivery) == (period, delivery)


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        ({"what": 1}, WrongTypeError, "what was delivered is of the wrong type"),
        ({"delivered_on": "today"}, DateTypeError, "delivered_on is not a plain date"),
        ({"approved_on": 5}, DateTypeError, "approved_on is not a plain date"),
        ({"approved_by": "Eve"}, WrongTypeError, "approved_by is not a collection"),
        ({"approved_by": [" "]}, BlankTextError, "who approved is blank"),
    ],
)
def test_a_delivery_refuses(
    parts: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        Delivery(**parts)


# --- documents ------------------------------------------------------------------------------------

TWO = (line(1000, tax=S21), line("99.99", tax=S9))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # line total, allowances, charges, without tax, tax, payable
        pytest.param({}, "1099.99 0 0 1099.99 219.00 1318.99", id="tax 210.00 + 9.00 (8.9991)"),
        pytest.param(
            {OFF: [off(100, S21)]}, "1099.99 100 0 999.99 198.00 1197.99", id="21% of 1000 - 100"
        ),
        pytest.param(
            {ON: [off("12.50", S9)]},
            "1099.99 0 12.50 1112.49 220.12 1332.61",
            id="9% of 99.99 + 12.50 = 10.1241",
        ),
        pytest.param(
            {OFF: [off("10%")]},
            "1099.99 110.00 0 989.99 197.10 1187.09",
            id="10% of 1099.99 = 109.999: 10.00 at 9%, 100.00 at 21%",
        ),
        pytest.param(
            {ON: [off("10%")]},
            "1099.99 0 110.00 1209.99 240.90 1450.89",
            id="10% more: 21% of 1100.00, 9% of 109.99 = 9.8991",
        ),
        pytest.param(
            {OFF: [Adjustment(Percent(10), "Work", base=eur(1000), tax=S21)]},
            "1099.99 100.00 0 999.99 198.00 1197.99",
            id="10% of a base of 1000, taxed 21%",
        ),
        pytest.param(
            {ON: [off(5, Z0)], "rounding_amount": eur("0.01")},
            "1099.99 0 5 1104.99 219.00 1324.00",
            id="a zero-rated charge, 0.01 of rounding",
        ),
    ],
)
def test_the_totals_of_a_document(parts: dict[str, Any], expected: str):
    found = totals(draft(*TWO, **parts))
    shown = (
        found.line_total,
        found.allowance_total,
        found.charge_total,
        found.tax_exclusive,
        found.tax,
        found.payable,
    )
    assert shown == tuple(map(eur, expected.split()))


def test_what_is_free_has_no_part_of_a_percentage():
    free = draft(line(1000, tax=S21), line(0, tax=S9), allowances=[off("10%", S21)])
    assert totals(free).tax == eur(189)


def test_entries_are_the_lines_then_allowances_then_charges_as_lines():
    found = draft(*TWO, allowances=[off(5, S21)], charges=[off(-7, S9), off(2, Z0)]).entries
    assert [(each.net, each.tax) for each in found[2:]] == [
        (eur(-5), S21),
        (eur(-7), S9),
        (eur(2), Z0),
    ]
    assert found[:2] == TWO
    nothing = draft(*TWO, allowances=[off(0, S21)], charges=[off(0, S9)]).entries
    assert [(each.quantity, each.net) for each in nothing[2:]] == [(1, eur(0)), (1, eur(0))]
    assert draft(*TWO).entries == TWO


def test_what_is_withheld_is_no_total_of_the_standard():
    found = totals(draft(*TWO, withheld=[Adjustment(Percent(15), "IRPF"), off(1)]))
    assert (found.payable, found.withheld) == (eur("1318.99"), eur(166))  # 164.9985 + 1
    assert found.net_to_pay == eur("1152.99")


@pytest.mark.parametrize(
    ("net", "percent", "withheld"),
    [
        pytest.param("0.01", 60, "0.01", id="60 % of 0.01 = 0.006"),
        pytest.param("0.01", 40, "0", id="40 % of 0.01 = 0.004"),
        pytest.param("0", 60, "0", id="60 % of nothing = 0"),
    ],
)
def test_of_a_cent_is_withheld_what_it_rounds_to(net: str, percent: int, withheld: str):
    told = draft(line(net), withheld=[Adjustment(Percent(percent), "IRPF")])
    assert totals(told).withheld == eur(withheld)


def test_tax_in_the_accounting_currency_is_converted_once():
    assert totals(draft(*TWO)).accounting_tax is None
    found = totals(draft(*TWO, tax_currency=TaxCurrency("SEK", "11.2345")))
    assert found.accounting_tax == Money.of("2460.36", "SEK")  # 2460.3555
    yen = TaxCurrency("JPY", "160.5").converted(eur("0.01"))
    assert yen == Money.of(2, "JPY")  # 1.605
    assert TaxCurrency("EUR", 1).converted(eur(-1)) == eur(-1)


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        (("SEK", 0), NumberRangeError, "an exchange rate is too small: expected above zero, got"),
        (("SEK", 1.5), NumberTypeError, "an exchange rate is not an exact number"),
        (("QQQ", 1), UnknownCurrencyError, "QQQ"),
    ],
)
def test_a_tax_currency_refuses(
    parts: tuple[Any, ...], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        TaxCurrency(*parts)


def test_only_an_amount_is_converted():
    with pytest.raises(WrongTypeError, match="the amount is of the wrong type: expected Money"):
        TaxCurrency("SEK", 11).converted(5)


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        (
            {OFF: [off(5)]},
            ArgumentsError,
            (
                r"an allowance or charge of a whole document has no tax: expected tax=Tax\.\.\., "
                "as its lines have, got Reason"
            ),
        ),
        ({ON: [off(5)]}, ArgumentsError, "an allowance or charge of a whole document has no tax"),
        (
            {OFF: [Adjustment(Percent(5), "Half", base=eur(9))]},
            ArgumentsError,
            "an allowance or charge of a whole document has no tax",
        ),
        (
            {OFF: [off("10%", S21)]},
            ArgumentsError,
            (
                "a percentage of lines of other taxes goes to one tax: expected tax=None, which "
                "spreads it over the taxes of the lines, or its base=, got Reason 10%, with S 21%"
            ),
        ),
        (
            {ON: [off("10%", Z0)]},
            ArgumentsError,
            "a percentage of lines of other taxes goes to one tax",
        ),
        ({"withheld": [off(5, S21)]}, ArgumentsError, "what is withheld has no tax of its own"),
        ({OFF: [eur(5)]}, WrongTypeError, r"allowances\[0\] is of the wrong type"),
        ({ON: [eur(5)]}, WrongTypeError, r"charges\[0\] is of the wrong type"),
        ({"withheld": [eur(5)]}, WrongTypeError, r"withheld\[0\] is of the wrong type"),
        ({"rounding_amount": 1}, WrongTypeError, "the rounding amount is of the wrong type"),
        ({"rounding_amount": Money.of(1, "USD")}, CurrencyMismatchError, "expected EUR, got USD"),
        ({"tax_currency": "SEK"}, WrongTypeError, "the tax currency is of the wrong type"),
        (
            {"tax_currency": TaxCurrency("EUR", 1)},
            ArgumentsError,
            (
                "the tax is accounted for in the currency of the invoice: "
                "expected tax_currency=None, or another currency, got EUR"
            ),
        ),
        ({"period": may(1)}, WrongTypeError, "the period of an invoice is of the wrong type"),
        ({"buyer_reference": 1}, WrongTypeError, "the buyer reference is of the wrong type"),
        ({"purchase_order": 1}, WrongTypeError, "the purchase order is of the wrong type"),
        ({"contract": None}, WrongTypeError, "the contract is of the wrong type"),
    ],
)
def test_an_invoice_refuses(
    parts: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        draft(*TWO, **parts)


def test_lines_of_two_currencies_are_refused():
    with pytest.raises(CurrencyMismatchError, match="expected EUR, got USD"):
        draft(line(1), Line("x", 1, Money.of(1, "USD")))


# --- tax ------------------------------------------------------------------------------------------


def test_a_group_has_the_reasons_of_its_lines_once():
    first, other = Tax.exempt("Article 132", code="VATEX-EU-132"), Tax.exempt("Article 135")
    found = totals(draft(line(5, tax=other), line(7, tax=first), line(1, tax=first)))
    (group,) = found.breakdown
    assert (group.tax, group.base) == (Tax(TaxCategory.E, Percent(0)), eur(13))
    assert (group.reasons, group.codes) == (("Article 132", "Article 135"), ("VATEX-EU-132",))


def test_a_code_is_known_however_it_is_written():
    assert Tax("S", Percent(21)) == S21
    assert Tax("SR", Percent(7)).category_code == "SR"
    assert str(Tax("ZR", None)) == "ZR"


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        (
            ("SR", Percent(-1)),
            TaxError,
            "tax category SR does not allow this rate: expected a rate",
        ),
        (("", Percent(1)), BlankTextError, "the tax category is blank"),
    ],
)
def test_a_category_of_ones_own_refuses(
    parts: tuple[Any, ...], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        Tax(*parts)


@pytest.mark.parametrize("part", ["reason", "code"])
def test_a_tax_that_is_asked_for_has_no_reason_why_it_is_not(part: str):
    message = "no reason why it is not: expected no reason and no code beside a rate above zero"
    with pytest.raises(TaxError, match=f"{message}, got 'x'$"):
        Tax(TaxCategory.S, Percent(21), **{part: "x"})
    with pytest.raises(WrongTypeError, match=f"the exemption {part} is of the wrong type"):
        Tax(TaxCategory.E, Percent(0), **{part: 1})


@pytest.mark.parametrize("make", [Tax.exempt, Tax.reverse_charge])
def test_a_reason_says_something(make: Any):
    with pytest.raises(BlankTextError, match="the exemption reason is blank"):
        make(" ")


# --- prices with tax ------------------------------------------------------------------------------


def shown(lines: tuple[Line, ...]) -> list[str]:
    return [
        f"{each.net.amount} + {None if each.tax_amount is None else each.tax_amount.amount}"
        for each in lines
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param([line(121, tax=S21)], ["100.00 + 21.00"], id="121 / 1.21"),
        # The tax in 0.05, 0.10, ... 0.30 is 0.868, 1.736, 2.603, 3.471, 4.339 and 5.207 cents.
        pytest.param(
            [line("0.05", tax=S21)] * 6,
            [*["0.04 + 0.01"] * 3, "0.05 + 0.00", *["0.04 + 0.01"] * 2],
            id="0.30 has 0.05 of tax",
        ),
        pytest.param(
            [line(121, tax=S21), line(-121, tax=S21)],
            ["100.00 + 21.00", "-100.00 + -21.00"],
            id="121 and back",
        ),
        pytest.param([line(5, tax=Z0), line(5)], ["5.00 + None", "5.00 + None"], id="no rate"),
        pytest.param([line(0, tax=S21)], ["0.00 + 0.00"], id="nothing"),
        pytest.param(
            [Line("x", 0, eur(5), tax=S21, charges=[off(121)])], ["100.00 + 21.00"], id="a charge"
        ),
        pytest.param(
            [Line("x", 1, eur(0), tax=S21, allowances=[off(121)])], ["-100.00 + -21.00"], id="off"
        ),
        pytest.param([Line("x", -2, eur("60.50"), tax=S21)], ["-100.00 + -21.00"], id="-2 x 60.50"),
    ],
)
def test_prices_with_tax_become_lines_without(lines: list[Line], expected: list[str]):
    assert shown(without_tax(lines)) == expected


def test_the_quantity_stays_and_the_price_is_for_all_of_it():
    (found,) = without_tax([Line("Shelf", "2.5", Price("9.999", "EUR"), tax=S21, milestone="a")])
    assert (found.quantity, found.base_quantity) == (Decimal("2.5"), Decimal("2.5"))
    assert (found.price, found.milestone) == (eur("20.66"), "a")
    (back,) = without_tax([Line("Shelf", "-0", eur(5), tax=S21)])
    assert (back.net, back.quantity) == (eur(0), 1)


@pytest.mark.parametrize(
    ("lines", "error", "message"),
    [
        ([], NoLinesError, "there are no lines: expected at least one Line"),
        ([5], WrongTypeError, r"lines\[0\] is of the wrong type"),
        (
            [line(1), Line("x", 1, Money.of(1, "USD"))],
            CurrencyMismatchError,
            "expected EUR, got US",
        ),
        (
            [Line("x", 1, eur(1), tax=S21, tax_amount=eur(0))],
            TaxError,
            "a line has its tax amount already: expected a price with tax, and tax_amount=None",
        ),
    ],
)
def test_without_tax_refuses(lines: list[Any], error: type[MilestoneInvoicingError], message: str):
    with pytest.raises(error, match=message):
        without_tax(lines)


# --- cash steps -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "rounding", "payable", "difference"),
    [
        ("99.97", Rounding.HALF_UP, "99.95", "-0.02"),
        ("99.98", Rounding.HALF_UP, "100", "0.02"),
        ("-99.98", Rounding.HALF_UP, "-100", "-0.02"),
        ("99.99", Rounding.DOWN, "99.95", "-0.04"),
        ("99.95", Rounding.HALF_UP, "99.95", None),
    ],
)
def test_a_draft_is_rounded_to_coins(
    amount: str, rounding: Rounding, payable: str, difference: str | None
):
    found = round_payable(draft(line(amount)), eur("0.05"), rounding=rounding)
    assert found.payable == eur(payable)
    assert found.rounding_amount == (None if difference is None else eur(difference))
    assert round_payable(found, eur("0.05"), rounding=rounding) == found
    assert found.totals.tax_inclusive == eur(amount)


@pytest.mark.parametrize(
    ("step", "error", "message"),
    [
        (eur(0), StepError, "a cash step has no width"),
        (Money.of(1, "CHF"), CurrencyMismatchError, "expected EUR, got CHF"),
    ],
)
def test_round_payable_refuses(step: Money, error: type[MilestoneInvoicingError], message: str):
    with pytest.raises(error, match=message):
        round_payable(draft(line(1)), step)


def test_an_issued_invoice_is_not_rounded_any_more():
    invoice = issue(draft(line("0.99")), number="7", on=may(1))
    message = "an invoice is rounded before it is issued: expected a draft, got invoice 7"
    with pytest.raises(AlreadyIssuedError, match=message):
        round_payable(invoice, eur("0.05"))
    with pytest.raises(WrongTypeError, match="the draft is of the wrong type: expected Invoice"):
        round_payable(line(1), eur("0.05"))


# --- credit ---------------------------------------------------------------------------------------

LESS = CreditEffect.PRICE_REDUCTION


def whole(**parts: Any) -> Invoice:
    lines = [line(600, milestone="a", tax=S21), line(400, milestone="b", tax=S21)]
    return Invoice("1", may(1), ACME, lines, **parts)


def credit(invoice: Invoice, *earlier: Invoice, **parts: Any) -> Invoice:
    notes = [
        issue(note, number=f"N{place}", on=may(9)) if note.is_draft else note
        for place, note in enumerate(earlier)
    ]
    return credit_note(invoice, effect=LESS, as_of=may(31), invoices=notes, **parts)


def test_with_a_milestone_goes_its_part_of_allowances_and_charges():
    invoice = whole(allowances=[off("10%", S21)], charges=[Adjustment(eur(7), "Trip", tax=S9)])
    first = credit(invoice, milestone="a")
    assert [(each.description, each.net) for each in first.lines] == [
        ("Work", eur(-600)),
        ("Reason", eur(60)),
        ("Trip", eur("-4.20")),
    ]
    rest = credit(invoice, first, milestone="b")
    assert [each.net for each in rest.lines] == [eur(-400), eur(40), eur("-2.80")]
    assert first.payable + rest.payable == -invoice.payable


def test_a_line_without_milestone_stays_where_one_is_credited():
    invoice = Invoice("1", may(1), ACME, [line(600, milestone="a"), line(50)])
    assert [each.net for each in credit(invoice, milestone="a").lines] == [eur(-600)]


def test_the_note_that_takes_the_rest_takes_the_rounding_too():
    invoice = whole(rounding_amount=eur("0.05"))
    first = credit(invoice, amount=eur(10))
    assert first.rounding_amount is None
    rest = credit(invoice, first)
    assert rest.rounding_amount == eur("-0.05")
    assert first.payable + rest.payable == -invoice.payable
    assert credit(invoice, amount=eur(1210)).payable == -invoice.payable


def test_a_part_has_its_part_withheld_and_the_last_one_the_rest():
    invoice = whole(withheld=[Adjustment(Percent(15), "IRPF"), off(7)])
    note = credit(invoice, net=eur(100))
    assert note.totals.withheld == eur("-15.70")
    assert note.withheld == (Adjustment(eur(-15), "IRPF"), Adjustment(eur("-0.70"), "Reason"))
    based = whole(withheld=[Adjustment(Percent(15), "IRPF", base=eur(500))])
    assert credit(based, net=eur(500)).totals.withheld == eur("-37.50")
    thirds = Invoice("1", may(1), ACME, [line(300)], withheld=[off(100)])
    notes: list[Invoice] = []
    for expected in ("-33.33", "-33.34", "-33.33"):
        notes.append(credit(thirds, *notes, net=eur(100)))
        assert notes[-1].totals.withheld == eur(expected)
    assert credit(thirds).withheld == (off(-100),)


def test_a_rounded_payable_is_all_that_is_left():
    up = Invoice("1", may(1), ACME, [line("99.98")], rounding_amount=eur("0.02"))
    assert credit(up, amount=eur(100)).totals == -up.totals
    with pytest.raises(CreditError, match=r"expected at most EUR 99\.98, got EUR 100\.01"):
        credit(up, amount=eur("100.01"))
    part = credit(up, amount=eur(10))
    assert credit(up, part, amount=eur(90)).rounding_amount == eur("-0.02")
    assert credit(up, part).rounding_amount == eur("-0.02")


def test_no_more_of_a_tax_is_taken_back_than_was_asked_for():
    lines = [line(1000, milestone="a", tax=S21), line(1000, milestone="b", tax=S9)]
    invoice = Invoice("1", may(1), ACME, lines, allowances=[off(900, S21)])
    for asked in ({"milestone": "a"}, {"quantities": {1: 1}}):
        note = credit(invoice, **asked)
        assert [(each.base, each.amount) for each in note.totals.breakdown] == [
            (eur(-100), eur(-21))
        ]
    assert credit(invoice, milestone="b").totals.tax == eur(-90)


def test_an_allowance_whose_tax_no_work_has_goes_with_all_work():
    lines = [line(600, milestone="a", tax=S21), line(400, milestone="b", tax=S21)]
    invoice = Invoice("1", may(1), ACME, lines, allowances=[off(100, Z0)])
    assert [each.net for each in credit(invoice, milestone="a").lines] == [eur(-600), eur(60)]


def test_work_that_is_taken_back_elsewhere_gives_no_milestone_more_than_all():
    lines = [line(600, milestone="a"), line(-200, milestone="b"), line(500)]
    invoice = Invoice("1", may(1), ACME, lines, allowances=[off(40, Tax.outside_scope())])
    assert [each.net for each in credit(invoice, milestone="a").lines] == [eur(-600), eur(40)]


def test_with_single_lines_goes_their_part_of_what_is_off_the_document():
    chairs = Invoice(
        "1", may(1), ACME, [Line("Chair", 10, eur(100), tax=S21)], allowances=[off("10%", S21)]
    )
    half = credit(chairs, quantities={1: 5})
    assert half.payable == eur("-544.50")
    rest = credit(chairs, half, quantities={1: 5})
    assert half.payable + rest.payable == -chairs.payable


def test_a_share_of_less_than_half_a_unit_has_no_line():
    cent = off("0.01", S21)
    chairs = Invoice("1", may(1), ACME, [Line("Chair", 10, eur(100), tax=S21)], allowances=[cent])
    assert [each.net for each in credit(chairs, quantities={1: 4}).lines] == [eur(-400)]
    assert [each.net for each in credit(chairs, quantities={1: 5}).lines] == [
        eur(-500),
        eur("0.01"),
    ]


def test_lines_that_cancel_each_other_out_have_the_tax_of_their_own_rate():
    lines = [
        line(1000, milestone="a", tax=S21),
        line("-998.98", tax=S21),
        line(2000, milestone="b", tax=S9),
    ]
    note = credit(Invoice("1", may(1), ACME, lines), milestone="a")
    assert (note.totals.tax_exclusive, note.totals.tax) == (eur(-1000), eur(-210))


def test_lines_that_are_alike_are_one_stock():
    two = Invoice("1", may(1), ACME, [Line("Chair", 2, eur("33.33"), tax=S21)] * 2)
    first = credit(two, quantities={1: 2})
    second = credit(two, first, quantities={2: 2})
    assert first.payable + second.payable == -two.payable
    with pytest.raises(CreditError, match="nothing is left to credit"):
        credit(two, first, second, quantities={1: 1})
    with pytest.raises(CreditError, match="more is credited than is left"):
        credit(two, quantities={1: 3})


def test_adjusted_lines_of_other_prices_are_not_alike():
    dear, cheap = (
        Line("Chair", 2, eur(price), tax=S21, allowances=[off("10%")]) for price in (100, 50)
    )
    invoice = Invoice("1", may(1), ACME, [dear, cheap])
    first = credit(invoice, quantities={2: 2})
    assert first.payable == eur("-108.90")
    assert credit(invoice, first, quantities={1: 2}).payable == eur("-217.80")


def test_what_was_delivered_stands_on_a_part_too():
    delivery, period = Delivery("Site", delivered_on=may(1)), Period(may(1), may(3))
    work = attrs.evolve(line(500, milestone="a"), delivery=delivery, period=period)
    (part,) = credit(Invoice("1", may(5), ACME, [work]), amount=eur(10)).lines
    assert (part.delivery, part.period) == (delivery, period)


def test_the_exact_part_of_a_line_with_allowances():
    half = Line("Crates", 4, eur(25), tax=S21, allowances=[off("10%")])
    (part,) = credit(Invoice("1", may(1), ACME, [half]), quantities={1: 2}).lines
    assert (part.net, part.quantity, part.base_quantity) == (eur(-45), -2, 2)


ALWAYS = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10, DiscountTax.ALWAYS_REDUCED)])


def test_what_a_discount_leaves_untaxed_is_taken_back_with_its_line():
    invoice = whole(terms=ALWAYS)
    first = credit(invoice, milestone="a")
    groups = [(each.tax.category_code, each.base) for each in first.totals.breakdown]
    assert groups == [("E", eur(-12)), ("S", eur(-588))]
    rest = credit(invoice, first)
    assert first.payable + rest.payable == -invoice.payable
    assert {each.reasons for each in rest.totals.breakdown} == {("Discount for early payment",), ()}
    message = (
        "an early discount leaves a part of each line untaxed: expected amount, net or milestone, "
        "which credit both parts, got quantities"
    )
    with pytest.raises(CreditError, match=message):
        credit(invoice, quantities={1: 1})


PACKED = Line("Crates", 3, eur("33.33"), tax=S21, allowances=[off("10%")], charges=[off("0.50")])


def test_of_a_line_with_allowances_the_last_quantity_takes_the_rest():
    invoice = Invoice("1", may(1), ACME, [PACKED])  # 99.99 - 10.00 + 0.50 = 90.49
    notes: list[Invoice] = []
    for expected in ("-30.16", "-30.17", "-30.16"):  # 30.163, 60.327
        note = credit(invoice, *notes, quantities={1: 1})
        assert note.lines[0].net == eur(expected)
        notes.append(note)
    assert sum(note.payable.minor for note in notes) == -invoice.payable.minor
    with pytest.raises(CreditError, match="nothing is left to credit"):
        credit(invoice, *notes, quantities={1: 1})


def test_more_of_a_line_with_allowances_than_is_left_is_refused():
    invoice = Invoice("1", may(1), ACME, [PACKED, PACKED])
    first = credit(invoice, quantities={1: 2})
    with pytest.raises(CreditError, match="more is credited than is left"):
        credit(invoice, first, quantities={1: 5})


def test_the_ambient_decimal_context_takes_no_other_tax_out():
    shelf = Line("Shelf", "1234.5678", Price("9.999", "EUR"), tax=S21)
    with localcontext(Context(prec=2)):
        found = without_tax([shelf])
    assert found == without_tax([shelf])
    assert found[0].quantity == Decimal("1234.5678")


def test_a_party_keeps_country_and_register():
    party = Party("me", "Dana", country="NL", legal_id="KvK 17")
    assert (party.country, party.legal_id) == ("NL", "KvK 17")
    with pytest.raises(WrongTypeError, match="country of party 'me' is of the wrong type"):
        attrs.evolve(party, country=31)
    assert issue(draft(line(1), period=Period(may(1), may(5))), number="1", on=date(2026, 5, 5))
