"""Exchange rates of a day: what an amount is worth, and what is no rate."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    ArgumentsError,
    Currency,
    DateTypeError,
    ExchangeRates,
    MilestoneInvoicingError,
    Money,
    NumberRangeError,
    NumberTypeError,
    OpenItem,
    Rounding,
    UnknownCurrencyError,
    UnknownRateError,
    WrongTypeError,
    age,
)

DAY = date(2026, 5, 29)
RATES = ExchangeRates("EUR", {"USD": "0.92", "JPY": Decimal("0.0062"), "BHD": 2}, DAY)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        pytest.param(Money.of("10.05", "USD"), "EUR 9.25", id="10.05 x 0.92 = 9.246"),
        pytest.param(Money.of("0.25", "USD"), "EUR 0.23", id="0.25 x 0.92 = 0.23"),
        pytest.param(Money.of("-10.05", "USD"), "EUR -9.25", id="-10.05 x 0.92 = -9.246"),
        pytest.param(Money.of(250, "JPY"), "EUR 1.55", id="250 x 0.0062 = 1.55"),
        pytest.param(Money.of("0.005", "BHD"), "EUR 0.01", id="0.005 x 2 = 0.01"),
        pytest.param(Money.of("7.77", "EUR"), "EUR 7.77", id="its own currency"),
    ],
)
def test_an_amount_is_worth(amount: Money, expected: str):
    assert str(RATES.convert(amount)) == expected


def test_a_half_goes_as_told():
    half = Money.of("0.05", "USD")
    assert str(ExchangeRates("EUR", {"USD": "0.9"}, DAY).convert(half)) == "EUR 0.05"
    down = ExchangeRates("EUR", {"USD": "0.9"}, DAY, rounding=Rounding.HALF_DOWN)
    assert str(down.convert(half)) == "EUR 0.04"


def test_rates_say_what_they_are():
    assert str(RATES) == "EUR on 2026-05-29: BHD 2, JPY 0.0062, USD 0.92"
    assert str(ExchangeRates("EUR", {}, DAY)) == "EUR on 2026-05-29"
    assert RATES.rates[2] == (Currency.of("USD"), Fraction(23, 25))


def test_the_order_of_rates_does_not_matter_and_they_are_a_value():
    other = ExchangeRates("EUR", {"BHD": 2, "USD": "0.92", "JPY": "0.0062"}, DAY)
    assert (other, hash(other)) == (RATES, hash(RATES))
    assert attrs.evolve(RATES, on=date(2026, 6, 1)).rates == RATES.rates
    assert ExchangeRates("EUR", {"EUR": 1, "USD": 2}, DAY).factor(Currency.of("USD")) == (2, 1)


@pytest.mark.parametrize(
    ("parts", "error", "message"),
    [
        (("EUR", {"USD": 0}, DAY), NumberRangeError, "rate of USD cannot be so: .*above zero, got"),
        (("EUR", {"USD": -1}, DAY), NumberRangeError, "the exchange rate of USD cannot be so"),
        (("EUR", {"EUR": 2}, DAY), NumberRangeError, "expected 1, since it is converted to itself"),
        (("EUR", {"USD": 0.9}, DAY), NumberTypeError, "an exchange rate"),
        (("EUR", {"XYZ": 1}, DAY), UnknownCurrencyError, "XYZ"),
        (("XYZ", {}, DAY), UnknownCurrencyError, "XYZ"),
        (("EUR", [("USD", 1)], DAY), WrongTypeError, "the exchange rates is of the wrong type"),
        (("EUR", ("USD", 1), DAY), ArgumentsError, "exchange rates are no pairs"),
        (
            ("EUR", {"USD": 1, Currency.of("USD"): 2}, DAY),
            ArgumentsError,
            "a currency stands twice: expected one rate for each currency",
        ),
        (("EUR", {}, datetime(2026, 5, 29)), DateTypeError, "the day of exchange rates"),
    ],
)
def test_rates_refuse(parts: tuple[Any, ...], error: type[MilestoneInvoicingError], message: str):
    with pytest.raises(error, match=message):
        ExchangeRates(*parts)


def test_the_rounding_is_one():
    with pytest.raises(WrongTypeError, match="the rounding of exchange rates is of the wrong type"):
        ExchangeRates("EUR", {}, DAY, rounding="UP")


def test_what_has_no_rate_is_refused():
    message = (
        "there is no exchange rate of GBP on 2026-05-29: expected one of BHD, EUR, JPY, USD, "
        "got 'GBP'; add \"GBP\" to the rates"
    )
    with pytest.raises(UnknownRateError, match=message):
        RATES.convert(Money.of(1, "GBP"))
    with pytest.raises(WrongTypeError, match="the amount is of the wrong type"):
        RATES.convert(1)
    with pytest.raises(WrongTypeError, match="the currency is of the wrong type"):
        RATES.factor("USD")


def test_cells_are_converted_then_summed():
    # 0.05 x 0.9 is 0.045, which is 0.05 a cell and 0.10 in all; 0.10 x 0.9 would be 0.09.
    rates = ExchangeRates("EUR", {"USD": "0.9"}, DAY)
    items = [OpenItem("1", party, DAY, Money.of("0.05", "USD")) for party in ("a", "b")]
    report = age([*items, OpenItem("2", "a", DAY, Money.of(1, "EUR"))], as_of=DAY)
    found = report.converted(rates)
    assert [(row.key, str(row.balance)) for row in found.rows] == [
        ("a", "EUR 1.05"),
        ("b", "EUR 0.05"),
    ]
    assert [str(row.balance) for row in found.totals] == ["EUR 1.10"]
    assert found.rates == rates
    with pytest.raises(WrongTypeError, match="the rates is of the wrong type"):
        report.converted({})
