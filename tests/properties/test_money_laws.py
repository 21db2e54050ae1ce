"""Laws of money: exact sums, a total order within a currency, texts that read back, a mirror."""

import copy
import pickle
from decimal import Context, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    Currency,
    CurrencyMismatchError,
    Money,
    Percent,
    PrecisionError,
    Price,
    Rounding,
    allocate,
    round_ratio,
)
from milestone_invoicing.testing import currencies, moneys, percents, weights

EUR = Currency.of("EUR")
LONG = 10**1000
HOSTILE = Context(
    prec=4, rounding="ROUND_UP", Emin=-3, Emax=3, traps=list(Context().traps), capitals=0
)

roundings = st.sampled_from(Rounding)
euros = moneys(currency="EUR") | moneys(currency="EUR", min_minor=-20, max_minor=20)
longs = moneys(currency="EUR", min_minor=-LONG, max_minor=LONG)
codes = st.from_regex(r"[A-Z][A-Z0-9]{3,11}", fullmatch=True)
own = st.builds(Currency, codes, st.integers(0, 30))
amounts = moneys() | own.flatmap(lambda currency: moneys(currency=currency))
factors = (
    st.integers(-(10**6), 10**6)
    | st.fractions(-100, 100, max_denominator=1000)
    | st.decimals(-100, 100, places=3)
    | percents(min_points=-200, max_points=200)
)


def exact(factor: int | Fraction | Decimal | Percent) -> Fraction:
    return factor.fraction if isinstance(factor, Percent) else Fraction(factor)


@given(euros | longs, euros | longs, euros | longs)
def test_amounts_of_one_currency_add_up_like_integers(one: Money, two: Money, three: Money):
    zero = Money.zero("EUR")
    assert one + two == two + one == Money(one.minor + two.minor, EUR)
    assert (one + two) + three == one + (two + three)
    assert one + zero == zero + one == 0 + one == one
    assert one - two == one + -two
    assert one - one == one + -one == zero
    assert one == +one == Money.zero("EUR") - -one
    assert one + two - two == one


@given(euros, st.integers(-50, 50), st.integers(-50, 50))
def test_an_amount_taken_n_times_is_the_sum_of_n(money: Money, n: int, m: int):
    assert money * n == n * money == money.times(n)
    assert money * n + money * m == money * (n + m)
    assert Money.total([money] * abs(n), currency="EUR") == money * abs(n)


@given(st.lists(euros | longs))
def test_the_total_is_the_sum_in_any_order(items: list[Money]):
    total = Money.total(items, currency="EUR")
    assert total == sum(items, Money.zero("EUR")) == Money.total(reversed(items), currency="EUR")
    assert total.minor == sum(money.minor for money in items)
    if items:
        assert sum(items) == total


@given(euros, euros, euros)
def test_amounts_of_one_currency_are_in_total_order(one: Money, two: Money, three: Money):
    assert [one < two, one == two, one > two].count(True) == 1
    assert (one <= two) is (one < two or one == two) is (two >= one)
    assert (one < two) is (two > one) is (one.minor < two.minor)
    low, middle, high = sorted([one, two, three])
    assert low <= middle <= high
    assert low <= high
    assert max(one, two) + min(one, two) == one + two
    assert (one + three < two + three) is (one < two)


@given(moneys(), moneys())
def test_amounts_are_equal_exactly_when_units_and_currency_are(one: Money, two: Money):
    same = (one.minor, one.currency) == (two.minor, two.currency)
    assert (one == two) is same
    assert (one != two) is not same
    assert hash(one) == hash(Money(one.minor, Currency(one.currency.code, one.currency.digits)))
    assert len({one, two}) == 2 - same


@given(moneys(), moneys())
def test_amounts_of_two_currencies_are_unequal_and_never_mix(one: Money, two: Money):
    assume(one.currency != two.currency)
    assert one != two
    for mix in (Money.__add__, Money.__sub__, Money.__lt__, Money.__ge__, Money.ratio_to):
        with pytest.raises(CurrencyMismatchError, match=f"expected {one.currency}, got {two}"):
            mix(one, two)


@given(amounts | longs)
def test_what_is_printed_reads_back(money: Money):
    text = str(money)
    assert Money.parse(text, currencies=[money.currency]) == money
    assert Money.of(text.partition(" ")[2], money.currency) == money
    assert Money.of(money.amount, money.currency) == money
    assert eval(repr(money)) == money  # noqa: S307  # the repr of a value of ours


@given(amounts)
def test_an_amount_prints_exactly_the_digits_of_its_currency(money: Money):
    _, _, places = str(money).partition(".")
    assert len(places) == money.currency.digits
    assert Fraction(money.amount) == Fraction(money.minor, 10**money.currency.digits)
    assert -money.amount.as_tuple().exponent == money.currency.digits


@given(roundings, amounts, factors)
def test_there_is_no_negative_zero(rounding: Rounding, money: Money, factor: object):
    zeros = [-(money - money), money * 0, -money.times(0), money.times(factor, rounding=rounding)]
    for zero in zeros:
        assert zero or not zero.amount.is_signed()
        assert zero or "-" not in str(zero) + repr(zero)
        assert zero or zero == -zero == abs(zero) == Money.zero(money.currency)


@given(roundings, amounts, factors)
def test_a_product_is_the_exact_one_rounded_once(rounding: Rounding, money: Money, factor: object):
    product = money.minor * exact(factor)
    result = money.times(factor, rounding=rounding)
    assert result.currency == money.currency
    assert result.minor == round_ratio(product.numerator, product.denominator, rounding)


@given(amounts, factors)
def test_a_product_is_exact_or_raises_without_a_rounding(money: Money, factor: object):
    product = money.minor * exact(factor)
    if product.denominator == 1:
        assert money.times(factor).minor == product
    else:
        with pytest.raises(PrecisionError, match="finer than its currency"):
            money.times(factor)


@given(st.decimals(-(10**6), 10**6, places=4), currencies())
def test_an_amount_in_major_units_is_exact_or_raises_without_a_rounding(
    amount: Decimal, currency: Currency
):
    minor = Fraction(amount) * 10**currency.digits
    if minor.denominator == 1:
        assert Money.of(amount, currency) == Money.of(str(amount), currency)
        assert Money.of(amount, currency).minor == minor
    else:
        with pytest.raises(PrecisionError, match=f"at most {currency.digits} decimal places"):
            Money.of(amount, currency)


@given(roundings, st.decimals(-(10**6), 10**6, places=4), currencies())
def test_an_amount_in_major_units_is_rounded_once(
    rounding: Rounding, amount: Decimal, currency: Currency
):
    minor = Fraction(amount) * 10**currency.digits
    taken = Money.of(amount, currency, rounding=rounding)
    assert taken.minor == round_ratio(minor.numerator, minor.denominator, rounding)
    assert taken == -Money.of(amount.copy_negate(), currency, rounding=rounding.mirrored)


@given(roundings, amounts, factors)
def test_the_product_of_the_negated_amount_or_factor_is_the_negated_product(
    rounding: Rounding, money: Money, factor: object
):
    mirrored = -money.times(factor, rounding=rounding)
    assert (-money).times(factor, rounding=rounding.mirrored) == mirrored
    assert money.times(-exact(factor), rounding=rounding.mirrored) == mirrored


@given(roundings, euros, st.integers(1, 1000))
def test_an_amount_reaches_the_nearest_steps_and_no_other(
    rounding: Rounding, money: Money, width: int
):
    step = Money(width, EUR)
    reached = money.rounded_to(step, rounding=rounding)
    assert reached.minor % width == 0
    assert abs(reached - money) < step
    assert reached.minor == width * round_ratio(money.minor, width, rounding)
    assert reached.rounded_to(step, rounding=rounding) == reached
    assert (-money).rounded_to(step, rounding=rounding.mirrored) == -reached


@given(amounts, st.integers(-(10**12), 10**12).filter(bool))
def test_a_ratio_is_exact_and_leads_back(money: Money, units: int):
    other = Money(units, money.currency)
    ratio = money.ratio_to(other)
    assert ratio == Fraction(money.minor, units)
    assert other.times(ratio) == money
    assert (-money).ratio_to(other) == money.ratio_to(-other) == -ratio


@given(longs, longs.filter(bool), st.integers(1, LONG))
def test_amounts_of_a_thousand_digits_are_exact(money: Money, other: Money, factor: int):
    assert Money.parse(str(money)) == money
    assert Money.of(str(money).partition(" ")[2], "EUR") == money
    assert (money + other) - other == money
    assert (money * factor).times(Fraction(1, factor)) == money
    assert other.times(money.ratio_to(other)) == money
    assert money.times(Percent(100)) == money
    assert abs(-money).minor == abs(money.minor)
    assert pickle.loads(pickle.dumps(money)) == money


@given(amounts)
def test_an_amount_survives_pickle_and_copy(money: Money):
    pickled = (pickle.loads(pickle.dumps(money, p)) for p in range(pickle.HIGHEST_PROTOCOL + 1))
    for back in (*pickled, copy.copy(money), copy.deepcopy(money)):
        assert (back, hash(back), repr(back)) == (money, hash(money), repr(money))
        assert type(back.minor) is int


@given(currencies() | own)
def test_a_currency_survives_pickle_copy_and_repr(currency: Currency):
    pickled = (pickle.loads(pickle.dumps(currency, p)) for p in range(pickle.HIGHEST_PROTOCOL + 1))
    for back in (*pickled, copy.copy(currency), copy.deepcopy(currency), eval(repr(currency))):  # noqa: S307  # the repr of a value of ours
        assert (back, hash(back), repr(back)) == (currency, hash(currency), repr(currency))


def everything(money: Money, factor: object, parts: tuple[int, ...]) -> tuple[object, ...]:
    """Return what every function of the room makes of the arguments, as exact texts."""
    half_even = {"rounding": Rounding.HALF_EVEN}
    price = Price(exact(factor), money.currency)
    return (
        *(str(money), repr(money), str(money.amount).lower(), hash(money), bool(money)),
        *(str(Money.of(money.amount, money.currency)), str(Money.of("12.345", "EUR", **half_even))),
        str(Money.parse("EUR 123456789.12")),
        str(money.times(factor, **half_even)),
        str(money.rounded_to(Money(5, money.currency), **half_even)),
        *(str(money + money), str(money * 7), str(-money), money < money * 2),
        str(Money.total([money] * 3, currency=money.currency)),
        *(str(Percent(exact(factor))), str(Percent("33.3333") + Percent(Decimal("1e-7")))),
        *(str(price), str(price.times(Decimal("12345.678"), **half_even))),
        *(str(part) for part in allocate(money, [str(part) for part in parts])),
        *(str(part) for part in allocate(money, [Decimal(part) for part in parts])),
    )


@given(amounts, factors, weights())
def test_nothing_depends_on_the_ambient_decimal_context(
    money: Money, factor: object, parts: tuple[int, ...]
):
    usual = everything(money, factor, parts)
    with localcontext(HOSTILE):
        hostile = everything(money, factor, parts)
    assert hostile == usual
