"""The fast way and the careful way give one answer: operators, totals, factors and texts."""

import operator
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from milestone_invoicing import (
    Currency,
    MilestoneInvoicingError,
    Money,
    NumberTypeError,
    Percent,
    Price,
    Rounding,
)
from milestone_invoicing.money.exact import decimal_parts, exact_fraction, exact_ratio
from milestone_invoicing.testing import moneys, percents, prices


class Fee(Money):
    """An amount by another name."""


EUR = Currency.of("EUR")
euros = moneys(currency="EUR") | moneys(currency="EUR", min_minor=-3, max_minor=3)
OPERATORS: tuple[Callable[[Any, Any], object], ...] = (
    *(operator.add, operator.sub),
    *(operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne),
)
each_operator = pytest.mark.parametrize("apply", OPERATORS, ids=lambda apply: apply.__name__)


def another(currency: Currency) -> Currency:
    """Return an equal currency that is another object."""
    twin = Currency(currency.code, currency.minor_units)
    assert twin is not currency
    return twin


def ways(money: Money) -> list[Money]:
    """Return equal amounts: of the same currency, of an equal one, and of a subclass of Money."""
    unit = money.currency
    return [
        money,
        Money(money.minor, another(unit)),
        Fee(money.minor, unit),
        Fee(money.minor, another(unit)),
    ]


@each_operator
@given(euros | moneys(currency=Currency("BTC", 8)), st.integers(-3, 3))
def test_an_operator_gives_one_answer_for_all_equal_amounts(
    apply: Callable[[Any, Any], object], one: Money, more: int
):
    other = Money(one.minor + more, one.currency)
    usual = apply(one, other)
    expected = apply(one.minor, other.minor)
    assert (usual.minor if isinstance(usual, Money) else usual) == expected
    for left in ways(one):
        for right in ways(other):
            assert apply(left, right) == usual
            assert type(apply(left, right)) is type(usual)


@given(euros)
def test_equal_amounts_have_one_hash_whatever_they_are_made_of(money: Money):
    assert len(set(ways(money))) == 1
    assert len({hash(same) for same in ways(money)}) == 1


@given(euros, st.integers(-9, 9))
def test_one_operand_is_enough_to_leave_the_subclass(money: Money, factor: int):
    fee = Fee(money.minor, another(EUR))
    for result, expected in (
        (fee * factor, money * factor),
        (factor * fee, factor * money),
        (-fee, -money),
        (abs(fee), abs(money)),
        (fee.times(factor), money.times(factor)),
    ):
        assert type(result) is Money
        assert result == expected


@given(st.lists(euros, max_size=6), st.data())
def test_a_total_takes_equal_currencies_and_subclasses_as_they_come(
    items: list[Money], data: st.DataObject
):
    mixed = [data.draw(st.sampled_from(ways(item))) for item in items]
    expected = Money(sum(item.minor for item in items), EUR)
    for currency in ("EUR", EUR, another(EUR)):
        total = Money.total(iter(mixed), currency=currency)
        assert type(total) is Money
        assert total == expected
    if mixed:
        assert sum(mixed) == sum(mixed, Money.zero("EUR")) == expected


@given(euros)
def test_a_sum_starts_at_the_int_zero_and_at_no_other_number(money: Money):
    assert 0 + money == money
    assert sum([money]) == money
    for start in (1, 0.0, False, Decimal(0), Fraction(0), None, Percent(0)):
        with pytest.raises(TypeError, match="unsupported operand type"):
            start + money


@given(euros, st.integers(-300, 300), st.sampled_from(Rounding))
def test_a_factor_gives_one_product_in_every_type(
    money: Money, hundredths: int, rounding: Rounding
):
    share = Fraction(hundredths, 100)
    usual = money.times(share, rounding=rounding)
    for factor in (
        Percent(hundredths),
        Percent(f"{hundredths}%"),
        Decimal(hundredths).scaleb(-2),
        Decimal(hundredths).scaleb(-2).normalize(),
        Decimal(hundredths * 10**700).scaleb(-702),  # too long for the fast way
    ):
        assert money.times(factor, rounding=rounding) == usual
    if share.denominator == 1:
        assert money.times(share.numerator, rounding=rounding) == money.times(share) == usual


def outcome(call: Callable[..., object], *args: object) -> object:
    """Return what *call* returns, or the error it raises and what it is about."""
    try:
        return call(*args)
    except MilestoneInvoicingError as error:
        return type(error), error.fact, repr(error.got)


def ratio_of_fraction(value: object) -> tuple[int, int]:
    return exact_fraction(value, "it").as_integer_ratio()


numbers = (
    st.integers(-(10**700), 10**700)
    | st.decimals(allow_nan=True, allow_infinity=True)
    | st.builds(
        lambda digits, exponent: Decimal((0, (digits,), exponent)),
        st.integers(0, 9),
        st.integers(590, 610) | st.integers(-610, -590) | st.integers(-4100, 4100),
    )
    | st.fractions()
    | st.floats()
    | st.booleans()
    | st.text("0123456789.-+/e", max_size=5)
)


@given(numbers)
@example(Decimal("1E+600"))
@example(Decimal("-1E-600"))
@example(Decimal("1E+601"))
@example(Decimal("1E-601"))
@example(Decimal("0E+5000"))
@example(Decimal("0E-5000"))
@example(Decimal("1E+999999"))
@example(Decimal("-0"))
@example(Decimal("sNaN"))
@example(Decimal("-Infinity"))
@example(Decimal(10**599))
@example(Decimal(10**600 + 1))
@example(Decimal(10**3999 + 1))
@example(Decimal(10**4000 + 1))
@example(Decimal("1." + "0" * 4001))
@example(None)
def test_an_exact_ratio_is_that_of_the_exact_fraction(value: object):
    assert outcome(exact_ratio, value, "it") == outcome(ratio_of_fraction, value)


@given(st.integers(-9, 9))
def test_what_is_refused_stays_refused_after_an_equal_number_was_accepted(number: int):
    long = Decimal(f"{number}.{'0' * 4001}")
    before = outcome(exact_ratio, long, "it")
    assert exact_ratio(Decimal(number), "it") == (number, 1)
    assert outcome(exact_ratio, long, "it") == before == outcome(ratio_of_fraction, long)
    # Zeros differ in their exponents, and one of them is absurd.
    assert exact_ratio(Decimal(0), "it") == (0, 1)
    zero = Decimal("0E+5000")
    assert outcome(exact_ratio, zero, "it") == outcome(ratio_of_fraction, zero)


def parts_as_number(value: object) -> Fraction:
    digits, exponent = decimal_parts(value, "it")
    assert type(digits) is int
    return Fraction(digits) * Fraction(10) ** exponent


def same_number(value: object) -> bool:
    """Say whether a text or Decimal reads alike in both ways, errors included."""
    return outcome(parts_as_number, value) == outcome(exact_fraction, value, "it")


TEXTS = [
    *("-5", "+5", "0", "-0", "007", "0005.10", "5.0", "-5.25", "+5.25", "0.00", "-0.00"),
    *("-.5", "5.", ".5", "+.5", "-5.", ".", "-.", "", "-", "+", "--5", "-+5", "5-", "-5-5"),
    *("5.-5", "-5.-5", ".-5", "-.-5", "5.5.5", "5..5", "5-.5", "٣", "٣.٣", "5.²", "²", "½", "Ⅷ"),
    *("1_000", "1_0.0_0", " 5", "5 ", "5\n", "\t5", "- 5", "1,5", "0x5", "five", "5%", "5e", "e5"),
    *(
        "5e3",
        "5E3",
        "5e+3",
        "5e-3",
        "-5.5e3",
        "5e0",
        "0e5",
        "5e1.5",
        "1e4001",
        "1e-4001",
        "1e-4000",
    ),
    *("NaN", "-nan", "sNaN", "nan5", "inf", "-Infinity", "+INF"),
    *("9" * 599, "9" * 600, "9" * 601, "-" + "9" * 600, "-" + "9" * 601, "9" * 4000, "9" * 4001),
    *("9" * 300 + "." + "9" * 299, "9" * 300 + "." + "9" * 300, "9" * 300 + "." + "9" * 301),
    *("0." + "0" * 598 + "1", "0." + "0" * 599 + "1", "0." + "0" * 3999 + "1", "0." + "0" * 4001),
    *("-" + "0" * 600 + ".5", "0" * 4033),
]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{text[:12]!r} of {len(text)}")
def test_a_listed_text_reads_alike_in_both_ways(text: str):
    assert same_number(text)


@given(st.text("0123456789", max_size=4) | st.text("0123456789+-.eE_ ٣²\n", max_size=7))
def test_any_text_reads_alike_in_both_ways(text: str):
    assert same_number(text)


@given(st.decimals(allow_nan=True, allow_infinity=True) | st.decimals(-(10**9), 10**9, places=3))
@example(Decimal("0E-7"))
@example(Decimal("-0.000"))
@example(Decimal("1E+3"))
@example(Decimal("1." + "0" * 599))
@example(Decimal("1." + "0" * 600))
@example(Decimal("1." + "0" * 4000))
@example(Decimal("1." + "0" * 4001))
@example(Decimal("sNaN123"))
def test_any_decimal_reads_alike_in_both_ways_and_keeps_its_places(number: Decimal):
    assert same_number(number)
    if isinstance(outcome(decimal_parts, number, "it")[0], int):
        assert decimal_parts(number, "it")[1] == number.as_tuple().exponent


@given(st.integers(-(10**9), 10**9), st.integers(1, 9))
def test_a_plain_text_keeps_the_places_that_are_written(digits: int, places: int):
    sign, text = ("-" if digits < 0 else ""), str(abs(digits)).rjust(places + 1, "0")
    written = f"{sign}{text[:-places]}.{text[-places:]}"
    assert decimal_parts(written, "it") == (digits, -places)
    assert decimal_parts(f"{sign}00{abs(digits)}", "it") == (digits, 0)


@given(percents(min_points=-200, max_points=200))
def test_a_percentage_reads_back_what_it_prints_with_its_sign_and_without(percent: Percent):
    assert Percent(str(percent)) == Percent(str(percent).removesuffix("%")) == percent


@given(prices())
def test_a_price_is_no_amount_to_add_up(price: Price):
    with pytest.raises(TypeError, match="an amount to add up is of the wrong type"):
        Money.total([price], currency=price.currency)


@given(st.floats() | st.booleans() | st.none())
def test_no_way_takes_what_is_not_exact_by_its_type(value: object):
    for read in (exact_ratio, decimal_parts, exact_fraction):
        with pytest.raises(NumberTypeError, match=r"^it is not an exact number: "):
            read(value, "it")
