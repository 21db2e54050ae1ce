"""Percent and Price: exact values, how they are written, and what they refuse."""

import copy
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest

from milestone_invoicing import (
    Currency,
    MilestoneInvoicingError,
    Money,
    NoMinorUnitError,
    NumberTooLargeError,
    Percent,
    PrecisionError,
    Price,
    Rounding,
    UnknownCurrencyError,
    WrongTypeError,
    ZeroDivisorError,
)

BTC = Currency("BTC", 8)


@pytest.mark.parametrize(
    ("value", "fraction", "text"),
    [
        pytest.param(value, fraction, text, id=f"{value!r} = {fraction} = {text}")
        for value, fraction, text in [
            (30, "3/10", "30%"),
            (0, "0", "0%"),
            (100, "1", "100%"),
            (-5, "-1/20", "-5%"),
            ("33.3", "333/1000", "33.3%"),
            (Decimal("7.50"), "3/40", "7.5%"),
            (Fraction(100, 3), "1/3", "100/3%"),
            ("100/3", "1/3", "100/3%"),
        ]
    ],
)
def test_a_percentage_is_an_exact_share(value: object, fraction: str, text: str):
    percent = Percent(value)
    assert (percent.fraction, percent.points) == (Fraction(fraction), Fraction(fraction) * 100)
    assert (str(percent), repr(percent)) == (text, f"Percent('{text[:-1]}')")
    assert eval(repr(percent)) == percent  # noqa: S307  # the text is in the table above


def test_percentages_add_up_compare_and_are_values():
    assert Percent(25) + Percent("7.5") == Percent("32.5")
    assert Percent(25) - Percent("7.5") == Percent("17.5")
    assert -Percent(25) == Percent(-25)
    for one in (-1, 0, 1):
        for two in (-1, 0, 1):
            assert (Percent(one) < Percent(two)) is (one < two)
            assert (Percent(one) <= Percent(two)) is (one <= two)
            assert (Percent(one) > Percent(two)) is (one > two)
            assert (Percent(one) >= Percent(two)) is (one >= two)
    assert len({Percent(50), Percent("50.0"), Percent(Fraction(50)), Percent(51)}) == 2
    assert Percent(50) != 50
    assert pickle.loads(pickle.dumps(Percent("100/3"))) == Percent("100/3")
    assert copy.copy(Percent(5)) == copy.deepcopy(Percent(5)) == Percent(5)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: Percent(1) + 1, id="1% + 1"),
        pytest.param(lambda: 1 + Percent(1), id="1 + 1%"),
        pytest.param(lambda: Percent(1) - 1, id="1% - 1"),
        pytest.param(lambda: Percent(1) * 2, id="1% * 2"),
        pytest.param(lambda: Percent(1) < 1, id="1% < 1"),
        pytest.param(lambda: Percent(1) <= 1, id="1% <= 1"),
        pytest.param(lambda: Percent(1) > 1, id="1% > 1"),
        pytest.param(lambda: Percent(1) >= 1, id="1% >= 1"),
    ],
)
def test_a_percentage_does_not_mix_with_numbers(make: object):
    with pytest.raises(TypeError, match=r"(not supported|unsupported operand).*Percent"):
        make()


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        pytest.param(
            lambda: Percent("1/0"),
            ZeroDivisorError,
            "a percentage divides by zero: expected a divisor, got '1/0'$",
            id="1/0",
        ),
        pytest.param(
            lambda: Percent("9e3999") + Percent("9e3999"),
            NumberTooLargeError,
            "a percentage is too large or too fine: expected at most 4000 digits, got ",
            id="a sum of too many digits",
        ),
        pytest.param(
            lambda: Percent("9e3999") - Percent("-9e3999"),
            NumberTooLargeError,
            "a percentage is too large or too fine: expected at most 4000 digits, got ",
            id="a difference of too many digits",
        ),
        pytest.param(
            lambda: Price(1, "XAU"),
            NoMinorUnitError,
            "XAU has no minor unit: expected a currency that amounts can be counted in, got 'XAU'$",
            id="a price in gold",
        ),
        pytest.param(
            lambda: Price(1, "ABC"),
            UnknownCurrencyError,
            "a currency is not in ISO 4217: ",
            id="a price in an unknown currency",
        ),
        pytest.param(
            lambda: Price(1, 978),
            WrongTypeError,
            "currency is of the wrong type: expected str or Currency, got 978$",
            id="a price in a number",
        ),
        pytest.param(
            lambda: Price("1/0", "EUR"),
            ZeroDivisorError,
            "a price divides by zero: expected a divisor, got '1/0'$",
            id="a price of 1/0",
        ),
        pytest.param(
            lambda: Price.of_money("EUR 1"),
            WrongTypeError,
            "an amount is of the wrong type: expected Money, got 'EUR 1'$",
            id="the price of a text",
        ),
        pytest.param(
            lambda: Price.of_money(Money(10**4002, Currency.of("EUR"))),
            NumberTooLargeError,
            "a price is too large or too fine: expected at most 4000 digits, got ",
            id="the price of an amount of too many digits",
        ),
        pytest.param(
            lambda: Price("0.00345", "EUR").times(1, rounding=None),
            PrecisionError,
            "an amount is finer than its currency: expected at most 2 decimal places for EUR, "
            r"got '0\.00345'; give rounding=, for instance Rounding\.HALF_UP$",
            id="a price that is not whole",
        ),
        pytest.param(
            lambda: Price(1, "EUR").times(1, rounding="half_up"),
            WrongTypeError,
            "rounding is of the wrong type: expected Rounding, got 'half_up'$",
            id="the name of a rounding",
        ),
    ],
)
def test_what_is_no_percentage_or_price_is_refused(
    make: object, error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=f"^{message}"):
        make()


@pytest.mark.parametrize(
    ("price", "quantity", "rounding", "result"),
    [
        pytest.param(price, quantity, rounding, result, id=f"{price} x {quantity} = {result}")
        for price, quantity, rounding, result in [
            (Price("0.00345", "EUR"), 1000, None, "EUR 3.45"),
            (Price("0.00345", "EUR"), 100, Rounding.HALF_UP, "EUR 0.35"),
            (Price("0.00345", "EUR"), 100, Rounding.HALF_DOWN, "EUR 0.34"),
            (Price("0.00345", "EUR"), -100, Rounding.HALF_UP, "EUR -0.35"),
            (Price("85.50", "USD"), Fraction(1, 3), Rounding.HALF_UP, "USD 28.50"),
            (Price("85.50", "USD"), Decimal("7.5"), None, "USD 641.25"),
            (Price("0.4", "JPY"), 2, Rounding.HALF_UP, "JPY 1"),
            (Price("100/3", "KWD"), 3, None, "KWD 100.000"),
            (Price(0, "EUR"), 5, None, "EUR 0.00"),
        ]
    ],
)
def test_a_price_times_a_quantity_is_rounded_once(
    price: Price, quantity: object, rounding: Rounding | None, result: str
):
    assert str(price.times(quantity, rounding=rounding)) == result


@pytest.mark.parametrize(
    ("price", "text", "call"),
    [
        pytest.param(Price("0.00345", "EUR"), "EUR 0.00345", "Price('0.00345', 'EUR')", id="EUR"),
        pytest.param(Price("85.50", "USD"), "USD 85.5", "Price('85.5', 'USD')", id="USD"),
        pytest.param(Price("1/3", "EUR"), "EUR 1/3", "Price('1/3', 'EUR')", id="a third"),
        pytest.param(Price(2, BTC), "BTC 2", "Price('2', Currency('BTC', 8))", id="own"),
    ],
)
def test_a_price_shows_the_call_that_gives_it(price: Price, text: str, call: str):
    assert (str(price), repr(price)) == (text, call)
    assert eval(call) == price  # noqa: S307  # the text is in the table above


def test_prices_are_values():
    assert Price("1.50", "EUR") == Price(Decimal("1.5"), Currency.of("EUR"))
    assert Price.of_money(Money.of("1.50", "EUR")) == Price("1.5", "EUR")
    assert Price.of_money(Money.of(150, "JPY")) == Price(150, "JPY")
    assert Price(1, "EUR") != Price(1, "USD")
    assert len({Price(1, "EUR"), Price("1.00", "EUR"), Price(1, "USD"), Price(2, "EUR")}) == 3
    assert pickle.loads(pickle.dumps(Price("1/3", BTC))) == Price("1/3", BTC)
