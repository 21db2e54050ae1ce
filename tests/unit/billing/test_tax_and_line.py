"""Taxes, parties and lines: what they allow, what they refuse, and what a line is worth."""

from decimal import Decimal
from typing import Any

import pytest

from milestone_invoicing import Line, Money, Party, Percent, Price, Tax, TaxCategory
from milestone_invoicing.errors import (
    BlankTextError,
    MilestoneInvoicingError,
    NegativePriceError,
    NotFiniteError,
    NumberFormatError,
    NumberRangeError,
    NumberTooLargeError,
    NumberTypeError,
    TaxError,
    WrongTypeError,
)
from tests.unit.bills import eur

C = TaxCategory
ABOVE_ZERO = {C.S}
ZERO_OR_MORE = {C.L, C.M, C.B}
NONE = {C.O}
ZERO = set(C) - ABOVE_ZERO - ZERO_OR_MORE - NONE


@pytest.mark.parametrize("category", C, ids=lambda category: category.value)
@pytest.mark.parametrize("points", ["0", "0.1", "21", "100", None], ids=lambda p: f"{p}%")
def test_a_category_allows_a_rate(category: TaxCategory, points: str | None):
    rate = None if points is None else Percent(points)
    allowed = (
        (category in NONE and points is None)
        or (category in ZERO_OR_MORE and points is not None)
        or (category in ABOVE_ZERO and points not in {None, "0"})
        or (category in ZERO and points == "0")
    )
    if allowed:
        assert Tax(category, rate).rate == rate
    else:
        with pytest.raises(TaxError, match=f"tax category {category.value} does not allow"):
            Tax(category, rate)


@pytest.mark.parametrize(
    ("category", "rate", "message"),
    [
        (C.S, Percent(0), "S does not allow this rate: expected a rate above zero, got 0%"),
        (C.S, None, "S does not allow this rate: expected a rate of zero or more, got None"),
        (C.S, Percent(-1), "S does not allow this rate: expected a rate of zero or more, got -1%"),
        (C.L, Percent(-1), "L does not allow this rate: expected a rate of zero or more, got -1%"),
        (C.Z, Percent(1), "Z does not allow this rate: expected a rate of zero, got 1%"),
        (C.AE, Percent(21), "AE does not allow this rate: expected a rate of zero, got 21%"),
        (C.O, Percent(0), "O does not allow this rate: expected None, got 0%"),
    ],
    ids=lambda value: str(value) if isinstance(value, Percent | TaxCategory) else None,
)
def test_a_rate_that_its_category_does_not_allow_is_refused(
    category: TaxCategory, rate: Percent | None, message: str
):
    with pytest.raises(TaxError, match=message):
        Tax(category, rate)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ((21, Percent(21)), "the tax category is of the wrong type: expected TaxCategory or str"),
        (
            (C.S, 21),
            r"the tax rate is of the wrong type: expected Percent or None, got 21; write Perc",
        ),
    ],
)
def test_a_tax_of_other_types_is_refused(parts: tuple[Any, Any], message: str):
    with pytest.raises(WrongTypeError, match=message):
        Tax(*parts)


@pytest.mark.parametrize(
    ("tax", "text"),
    [
        (Tax.standard(21), "S 21%"),
        (Tax.standard("5.5"), "S 5.5%"),
        (Tax.standard(Percent(6)), "S 6%"),
        (Tax.outside_scope(), "O"),
        (Tax(C.E, Percent(0)), "E 0%"),
    ],
    ids=str,
)
def test_a_tax_reads(tax: Tax, text: str):
    assert str(tax) == text


def test_a_standard_rate_of_nothing_is_refused():
    with pytest.raises(TaxError, match="expected a rate above zero, got 0%"):
        Tax.standard(0)


def test_a_standard_rate_is_no_float():
    with pytest.raises(
        NumberTypeError,
        match=r"a percentage is not an exact number.*; write percent points: .21. is 21 %",
    ):
        Tax.standard(21.0)


@pytest.mark.parametrize(
    ("quantity", "price", "base", "net"),
    [
        ("7.5", "85.50", 1, "641.25"),
        ("1", "0.005", 1, "0.01"),  # half up
        ("1", "0.004", 1, "0.00"),
        ("-1", "0.005", 1, "-0.01"),  # away from zero
        ("3", "0.335", 1, "1.01"),  # 1.005: rounded once, not 3 x 0.34
        ("1000", "0.00345", 1, "3.45"),
        ("1", "100", 3, "33.33"),
        ("2", "100", 3, "66.67"),
        ("10", "1", "1000", "0.01"),
        ("0", "99", 1, "0.00"),
        ("-0", "99", 1, "0.00"),
    ],
    ids=str,
)
def test_a_line_nets_quantity_times_price_by_base_quantity(
    quantity: str, price: str, base: str, net: str
):
    assert Line("x", quantity, Price(price, "EUR"), base_quantity=base).net == eur(net)


def test_a_price_in_money_is_the_price_of_one():
    assert Line("x", 3, eur("9.99")).net == eur("29.97")


def test_a_quantity_is_kept_as_an_exact_decimal():
    assert Line("x", "7.50", eur(1)).quantity == Decimal("7.50")
    assert Line("x", 7, eur(1), base_quantity="2").base_quantity == Decimal(2)


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        ({"description": " "}, BlankTextError, "the description of a line is blank"),
        ({"description": 7}, WrongTypeError, "the description of a line is of the wrong type"),
        ({"quantity": 1.5}, NumberTypeError, "a quantity is not an exact number"),
        ({"quantity": True}, NumberTypeError, "a quantity is not an exact number"),
        ({"quantity": "many"}, NumberFormatError, "a quantity does not read as a number"),
        ({"quantity": "NaN"}, NotFiniteError, "a quantity is not finite"),
        ({"quantity": Decimal("Infinity")}, NotFiniteError, "a quantity is not finite"),
        ({"quantity": "1e999999999"}, NumberTooLargeError, "a quantity is too large or too fine"),
        ({"price": "9.99"}, WrongTypeError, "the price of a line is of the wrong type: expected"),
        (
            {"price": Price("-0.01", "EUR")},
            NegativePriceError,
            (
                "the price of a line is below zero: expected zero or more, got EUR -0.01; give the "
                "quantity the minus sign"
            ),
        ),
        ({"price": Money(-1, eur(0).currency)}, NegativePriceError, "got EUR -0.01"),
        ({"unit": 3}, WrongTypeError, "the unit of a line is of the wrong type"),
        ({"tax": "S"}, WrongTypeError, "the tax of a line is of the wrong type: expected Tax"),
        ({"milestone": ""}, BlankTextError, "the milestone of a line is blank"),
        ({"milestone": 1}, WrongTypeError, "the milestone of a line is of the wrong type"),
        (
            {"base_quantity": 0},
            NumberRangeError,
            "a base quantity is too small: expected above zero, got Decimal\\('0'\\)",
        ),
        ({"base_quantity": "-1"}, NumberRangeError, "a base quantity is too small"),
        ({"base_quantity": 0.5}, NumberTypeError, "a base quantity is not an exact number"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else None,
)
def test_a_line_refuses(parts: dict[str, Any], error: type[MilestoneInvoicingError], message: str):
    good = {"description": "Work", "quantity": 1, "price": eur(1)}
    with pytest.raises(error, match=message):
        Line(**(good | parts))


def test_a_price_of_nothing_is_allowed():
    assert Line("Gift", 1, eur(0)).net == eur(0)


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        ({"key": " "}, BlankTextError, "the key of a party is blank"),
        ({"key": 1}, WrongTypeError, "the key of a party is of the wrong type: expected str"),
        ({"name": ""}, BlankTextError, "the name of party 'acme' is blank"),
        ({"address": "1 High Street"}, WrongTypeError, "the address is not a collection"),
        ({"address": (1,)}, WrongTypeError, r"the address\[0\] is of the wrong type"),
        ({"tax_id": None}, WrongTypeError, "tax_id of party 'acme' is of the wrong type"),
        ({"contact": 1}, WrongTypeError, "contact of party 'acme' is of the wrong type"),
        ({"bank_account": 1}, WrongTypeError, "bank_account of party 'acme' is of the wrong"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else None,
)
def test_a_party_refuses(parts: dict[str, Any], error: type[MilestoneInvoicingError], message: str):
    with pytest.raises(error, match=message):
        Party(**({"key": "acme", "name": "Acme"} | parts))


def test_a_party_keeps_its_address_as_a_tuple():
    assert Party("acme", "Acme", address=["1 High Street", "London"]).address == (
        "1 High Street",
        "London",
    )
