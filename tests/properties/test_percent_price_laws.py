"""Laws of percentages and prices: exact whatever they are written in, rounded once at the end."""

import copy
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import Money, Percent, PrecisionError, Price, Rounding, round_ratio
from milestone_invoicing.testing import currencies, moneys, percents

roundings = st.sampled_from(Rounding)

points = percents(min_points=-300, max_points=300)
values = st.fractions(-1000, 1000, max_denominator=10**6)
prices = st.builds(Price, values, currencies())
quantities = (
    st.integers(-(10**6), 10**6)
    | st.fractions(max_denominator=999)
    | st.decimals(-99, 99, places=4)
)


@given(st.integers(-(10**9), 10**9), st.integers(0, 9))
def test_a_percentage_is_the_same_in_every_form(digits: int, places: int):
    fraction = Fraction(digits, 10**places)
    decimal = Decimal(digits).scaleb(-places)
    forms = (fraction, decimal, str(decimal), f"{digits}/{10**places}")
    assert {Percent(form) for form in forms} == {Percent(fraction)}
    assert {hash(Percent(form)) for form in forms} == {hash(Percent(fraction))}
    assert Percent(fraction).fraction * 100 == Percent(fraction).points == fraction


@given(points, points)
def test_percentages_add_up_and_compare_like_their_shares(one: Percent, two: Percent):
    assert (one + two).fraction == one.fraction + two.fraction
    assert (one - two).fraction == one.fraction - two.fraction
    assert one - two == one + -two == -(two - one)
    assert (one < two) is (one.fraction < two.fraction) is (two > one)
    assert (one <= two) is (one.fraction <= two.fraction) is (two >= one)
    assert (one == two) is (one.fraction == two.fraction)
    assert [one < two, one == two, one > two].count(True) == 1


@given(points)
def test_a_percentage_survives_print_pickle_and_copy(percent: Percent):
    assert eval(repr(percent)) == percent  # noqa: S307  # the repr of a value of ours
    assert Percent(str(percent).removesuffix("%")) == percent
    pickled = (pickle.loads(pickle.dumps(percent, p)) for p in range(pickle.HIGHEST_PROTOCOL + 1))
    for back in (*pickled, copy.copy(percent), copy.deepcopy(percent)):
        assert (back, hash(back), repr(back)) == (percent, hash(percent), repr(percent))


@given(moneys(), st.integers(0, 100))
def test_two_percentages_that_make_a_hundred_are_at_most_one_unit_off_the_whole(
    money: Money, part: int
):
    one = money.times(Percent(part), rounding=Rounding.HALF_UP)
    two = money.times(Percent(100 - part), rounding=Rounding.HALF_UP)
    assert abs((one + two - money).minor) <= 1
    # A split is exact where two roundings are not.
    assert money.times(Percent(100)) == money


@given(roundings, prices, quantities)
def test_a_price_times_a_quantity_is_the_exact_product_rounded_once(
    rounding: Rounding, price: Price, quantity: int | Fraction | Decimal
):
    minor = price.value * Fraction(quantity) * 10**price.currency.digits
    result = price.times(quantity, rounding=rounding)
    assert result.currency == price.currency
    assert result.minor == round_ratio(minor.numerator, minor.denominator, rounding)


@given(roundings, prices, quantities)
def test_the_mirror_of_a_quantity_or_price_is_the_mirror_of_the_amount(
    rounding: Rounding, price: Price, quantity: int | Fraction | Decimal
):
    mirrored = -price.times(quantity, rounding=rounding)
    assert price.times(-Fraction(quantity), rounding=rounding.mirrored) == mirrored
    negated = Price(-price.value, price.currency)
    assert negated.times(quantity, rounding=rounding.mirrored) == mirrored


@given(prices, quantities)
def test_a_price_times_a_quantity_is_exact_or_raises_without_a_rounding(
    price: Price, quantity: int | Fraction | Decimal
):
    minor = price.value * Fraction(quantity) * 10**price.currency.digits
    if minor.denominator == 1:
        assert price.times(quantity, rounding=None).minor == minor
    else:
        with pytest.raises(PrecisionError, match="finer than its currency"):
            price.times(quantity, rounding=None)


@given(moneys(), st.integers(-1000, 1000))
def test_the_price_of_an_amount_is_the_amount(money: Money, quantity: int):
    price = Price.of_money(money)
    assert price.times(1, rounding=None) == money
    assert price.times(quantity, rounding=None) == money * quantity
    assert price == Price(money.amount, money.currency)


@given(prices, prices)
def test_prices_are_equal_exactly_when_value_and_currency_are(one: Price, two: Price):
    assert (one == two) is ((one.value, one.currency) == (two.value, two.currency))
    assert hash(one) == hash(Price(str(one).partition(" ")[2], one.currency))


@given(prices)
def test_a_price_survives_print_pickle_and_copy(price: Price):
    assert eval(repr(price)) == price  # noqa: S307  # the repr of a value of ours
    pickled = (pickle.loads(pickle.dumps(price, p)) for p in range(pickle.HIGHEST_PROTOCOL + 1))
    for back in (*pickled, copy.copy(price), copy.deepcopy(price)):
        assert (back, hash(back), repr(back)) == (price, hash(price), repr(price))
