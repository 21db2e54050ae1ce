"""The strategies for users: what they draw, and that Hypothesis finds them by itself."""

from importlib.metadata import entry_points

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from milestone_invoicing import Currency, Money, Percent, Price, allocate, testing
from milestone_invoicing.money._iso4217 import TABLE


@given(st.from_type(Money), st.from_type(Currency), st.from_type(Percent), st.from_type(Price))
def test_hypothesis_knows_the_types_of_money(
    money: Money, currency: Currency, percent: Percent, price: Price
):
    drawn = (type(money), type(currency), type(percent), type(price))
    assert drawn == (Money, Currency, Percent, Price)
    assert price.value >= 0
    assert currency.digits >= 0
    assert -(10**12) <= money.minor <= 10**12
    assert 0 <= percent.points <= 100


def test_hypothesis_loads_the_strategies_of_an_installed_library():
    (found,) = entry_points(group="hypothesis", name="_").select(
        value="milestone_invoicing.testing"
    )
    assert found.load() is testing


@pytest.mark.parametrize(
    ("strategy", "simplest"),
    [
        pytest.param(testing.currencies(), Currency.of("EUR"), id="currencies() = EUR"),
        pytest.param(testing.moneys(), Money.zero("EUR"), id="moneys() = EUR 0.00"),
        pytest.param(testing.moneys(currency="JPY"), Money.zero("JPY"), id="moneys(JPY) = JPY 0"),
        pytest.param(testing.percents(), Percent(0), id="percents() = 0%"),
        pytest.param(testing.prices(), Price(0, "EUR"), id="prices() = EUR 0"),
        pytest.param(testing.prices(currency="JPY"), Price(0, "JPY"), id="prices(JPY) = JPY 0"),
        pytest.param(testing.weights(), (1,), id="weights() = (1,)"),
        pytest.param(testing.weights(min_size=3), (0, 0, 1), id="weights(3) = (0, 0, 1)"),
    ],
)
def test_the_simplest_value(strategy: st.SearchStrategy[object], simplest: object):
    assert find(strategy, lambda value: True) == simplest


@pytest.mark.parametrize(
    "code", [code for code, (digits, _) in TABLE.items() if digits is not None][::25]
)
def test_any_currency_that_has_a_minor_unit_is_drawn(code: str):
    assert find(testing.currencies(), lambda currency: currency.code == code).code == code


@given(testing.currencies())
def test_a_drawn_currency_is_listed_and_has_a_minor_unit(currency: Currency):
    assert currency.is_listed
    assert currency.minor_units is not None


@given(testing.moneys(currency=Currency("BTC", 8), min_minor=5, max_minor=7))
def test_amounts_keep_to_the_currency_and_the_bounds(money: Money):
    assert money.currency == Currency("BTC", 8)
    assert 5 <= money.minor <= 7


@pytest.mark.parametrize("minor", [-(10**12), 10**12])
def test_amounts_reach_their_bounds(minor: int):
    assert find(testing.moneys(currency="EUR"), lambda money: money.minor == minor).minor == minor


@given(testing.percents(min_points=-5, max_points=5))
def test_percentages_keep_to_their_bounds(percent: Percent):
    assert -5 <= percent.points <= 5


@pytest.mark.parametrize("points", [0, 100])
def test_percentages_reach_their_bounds(points: int):
    assert find(testing.percents(), lambda percent: percent.points == points) == Percent(points)


def test_among_percentages_are_thirds():
    assert find(testing.percents(), lambda percent: percent.points.denominator == 3)


@given(testing.moneys(), testing.weights(min_size=2, max_size=4))
def test_weights_can_always_be_split_by(money: Money, weights: tuple[int, ...]):
    assert 2 <= len(allocate(money, weights)) <= 4
    assert all(0 <= weight <= 10**6 for weight in weights)


@given(testing.weights())
def test_weights_are_one_to_twelve_unless_told(weights: tuple[int, ...]):
    assert 1 <= len(weights) <= 12
    assert any(weights)
