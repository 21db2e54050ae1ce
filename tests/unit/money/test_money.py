"""Money: what makes an amount, what it computes, how it is written, and what it refuses."""

import copy
import pickle
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

from milestone_invoicing import (
    Currency,
    CurrencyMismatchError,
    MilestoneInvoicingError,
    Money,
    NoMinorUnitError,
    NumberFormatError,
    NumberTooLargeError,
    NumberTypeError,
    Percent,
    PrecisionError,
    Price,
    Remainder,
    Rounding,
    StepError,
    UnknownCurrencyError,
    WrongTypeError,
    ZeroDivisorError,
)

EUR = Currency.of("EUR")
ONE = Money.of(1, "EUR")
DOLLAR = Money.of(1, "USD")
BTC = Currency("BTC", 8)
MIX = "amounts are in different currencies: "


@pytest.mark.parametrize(
    ("amount", "code", "minor", "text"),
    [
        pytest.param(amount, code, minor, text, id=f"{amount!r} {code} = {minor} = {text}")
        for amount, code, minor, text in [
            ("1234.50", "EUR", 123450, "EUR 1234.50"),
            ("-0.01", "EUR", -1, "EUR -0.01"),
            ("-0.00", "EUR", 0, "EUR 0.00"),
            ("+5", "EUR", 500, "EUR 5.00"),
            ("1.5e3", "EUR", 150000, "EUR 1500.00"),
            ("1.230", "EUR", 123, "EUR 1.23"),
            (5, "EUR", 500, "EUR 5.00"),
            (-5, "EUR", -500, "EUR -5.00"),
            (Decimal("0.05"), "EUR", 5, "EUR 0.05"),
            (Decimal("-0"), "EUR", 0, "EUR 0.00"),
            (Decimal("1E+2"), "EUR", 10000, "EUR 100.00"),
            ("1234", "JPY", 1234, "JPY 1234"),
            ("-7", "JPY", -7, "JPY -7"),
            ("1.234", "KWD", 1234, "KWD 1.234"),
            ("0.0001", "CLF", 1, "CLF 0.0001"),
            ("0.00000001", BTC, 1, "BTC 0.00000001"),
        ]
    ],
)
def test_an_amount_is_counted_in_minor_units(amount: object, code: object, minor: int, text: str):
    money = Money.of(amount, code)
    assert (money.minor, type(money.minor), money.currency) == (minor, int, Currency.of(code))
    assert (str(money), f"{money.amount:f}") == (text, text.partition(" ")[2])
    assert Money.parse(text, currencies=[BTC]) == money


@pytest.mark.parametrize(
    ("amount", "results"),
    [
        pytest.param(amount, results, id=amount)
        for amount, results in [
            ("0.125", (13, 12, 13, 12, 13, 12, 12)),
            ("-0.125", (-13, -12, -12, -13, -13, -12, -12)),
            ("0.1251", (13, 12, 13, 12, 13, 13, 13)),
            ("1e-4000", (1, 0, 1, 0, 0, 0, 0)),
        ]
    ],
)
def test_more_digits_than_the_currency_has_are_rounded_as_told(
    amount: str, results: tuple[int, ...]
):
    ways = ["UP", "DOWN", "CEILING", "FLOOR", "HALF_UP", "HALF_DOWN", "HALF_EVEN"]
    taken = (Money.of(amount, "EUR", rounding=Rounding[way]) for way in ways)
    assert tuple(money.minor for money in taken) == results


def test_a_zero_a_total_and_a_sum():
    assert str(Money.zero("JPY")) == "JPY 0"
    assert Money.zero(EUR) == Money(0, EUR)
    assert Money.total([], currency="EUR") == Money.zero("EUR")
    assert Money.total(iter([ONE, ONE]), currency=EUR) == Money.of(2, "EUR")
    assert sum([ONE, ONE]) == Money.of(2, "EUR")
    assert sum([ONE, ONE], ONE) == Money.of(3, "EUR")
    assert (0 + ONE) is ONE


@pytest.mark.parametrize(
    ("result", "minor"),
    [
        pytest.param(ONE + ONE, 200, id="1.00 + 1.00 = 2.00"),
        pytest.param(ONE - Money(1, EUR), 99, id="1.00 - 0.01 = 0.99"),
        pytest.param(ONE * 3, 300, id="1.00 * 3 = 3.00"),
        pytest.param(3 * ONE, 300, id="3 * 1.00 = 3.00"),
        pytest.param(ONE * -2, -200, id="1.00 * -2 = -2.00"),
        pytest.param(-ONE, -100, id="-1.00"),
        pytest.param(abs(-ONE), 100, id="abs -1.00 = 1.00"),
        pytest.param(abs(ONE), 100, id="abs 1.00 = 1.00"),
    ],
)
def test_the_operators(result: Money, minor: int):
    assert (result.minor, result.currency) == (minor, EUR)


def test_an_amount_is_itself_with_a_plus_and_true_unless_it_is_zero():
    assert +ONE is ONE
    assert (bool(ONE), bool(-ONE), bool(Money.zero("EUR"))) == (True, True, False)


def test_the_order():
    amounts = [Money(minor, EUR) for minor in (-101, -100, 0, 99, 100, 100, 101)]
    for one in amounts:
        for two in amounts:
            assert (one < two) is (one.minor < two.minor)
            assert (one <= two) is (one.minor <= two.minor)
            assert (one > two) is (one.minor > two.minor)
            assert (one >= two) is (one.minor >= two.minor)


def test_amounts_are_equal_by_value_within_one_currency():
    assert Money(100, EUR) == ONE
    assert Money(100, Currency("EUR", 2)) == ONE
    assert ONE + Money(100, Currency("EUR", 2)) == Money(200, EUR)
    assert Money(99, Currency("EUR", 2)) < ONE
    assert ONE != DOLLAR
    assert Money(101, EUR) != ONE
    assert Money(1, Currency("ABC", 2)) != Money(1, Currency("ABC", 3))
    assert ONE != 100
    assert len({ONE, Money(100, EUR), DOLLAR, Money(101, EUR)}) == 3


@pytest.mark.parametrize(
    ("money", "text"),
    [
        pytest.param(Money(123450, EUR), "Money.of('1234.50', 'EUR')", id="euro"),
        pytest.param(Money(-5, EUR), "Money.of('-0.05', 'EUR')", id="negative"),
        pytest.param(Money(5, BTC), "Money.of('0.00000005', Currency('BTC', 8))", id="own"),
    ],
)
def test_an_amount_shows_the_call_that_gives_it(money: Money, text: str):
    assert repr(money) == text
    assert eval(text) == money  # noqa: S307  # the text is in the table above


def test_copies_are_the_value_itself_and_pickles_come_back():
    assert copy.copy(ONE) is copy.deepcopy(ONE) is ONE
    assert pickle.loads(pickle.dumps(ONE)) == ONE
    assert pickle.loads(pickle.dumps(ONE)).currency is EUR


@pytest.mark.parametrize("value", [ONE, EUR, BTC, Percent(5), Price(5, "EUR")], ids=str)
def test_a_value_has_room_for_its_fields_only(value: object):
    assert not {"__dict__", "__weakref__"} & set(dir(value))


def test_an_amount_cannot_be_changed():
    # attrs keeps its message out of the text of the error before 26.1.
    with pytest.raises(attrs.exceptions.FrozenInstanceError, match=r"^(can't set attribute)?$"):
        ONE.minor = 3


@pytest.mark.parametrize(
    ("amount", "factor", "rounding", "minor"),
    [
        pytest.param(amount, factor, rounding, minor, id=f"{amount} x {factor} = {minor}")
        for amount, factor, rounding, minor in [
            ("99.95", Percent(21), Rounding.HALF_UP, 2099),
            ("99.95", Percent(21), Rounding.DOWN, 2098),
            ("100.00", Percent("33.3"), None, 3330),
            ("100.00", Percent(Fraction(100, 3)), Rounding.HALF_EVEN, 3333),
            ("0.01", Decimal("0.5"), Rounding.HALF_EVEN, 0),
            ("0.03", Decimal("0.5"), Rounding.HALF_EVEN, 2),
            ("-0.01", Decimal("0.5"), Rounding.HALF_UP, -1),
            ("-0.01", Decimal("0.5"), Rounding.CEILING, 0),
            ("10.00", Fraction(1, 3), Rounding.HALF_UP, 333),
            ("10.00", Fraction(1, 4), None, 250),
            ("10.00", 3, None, 3000),
            ("10.00", 0, None, 0),
        ]
    ],
)
def test_an_amount_times_a_factor_is_rounded_once(
    amount: str, factor: object, rounding: Rounding | None, minor: int
):
    assert Money.of(amount, "EUR").times(factor, rounding=rounding) == Money(minor, EUR)


@pytest.mark.parametrize(
    ("left", "right", "ratio"),
    [
        pytest.param(left, right, ratio, id=f"{left} / {right} = {ratio}")
        for left, right, ratio in [
            (40, 120, Fraction(1, 3)),
            (-40, 120, Fraction(-1, 3)),
            (0, 7, Fraction(0)),
            (10, 5, Fraction(2)),
        ]
    ],
)
def test_the_ratio_of_two_amounts_is_exact(left: int, right: int, ratio: Fraction):
    assert Money.of(left, "EUR").ratio_to(Money.of(right, "EUR")) == ratio


@pytest.mark.parametrize(
    ("amount", "step", "rounding", "result"),
    [
        pytest.param(amount, step, rounding, result, id=f"{amount} to {step} {rounding} = {result}")
        for amount, step, rounding, result in [
            ("12.33", "0.05", Rounding.HALF_UP, "12.35"),
            ("12.32", "0.05", Rounding.HALF_UP, "12.30"),
            ("12.35", "0.05", Rounding.UP, "12.35"),
            ("-12.33", "0.05", Rounding.HALF_UP, "-12.35"),
            ("-12.33", "0.05", Rounding.CEILING, "-12.30"),
            ("12.49", "1.00", Rounding.DOWN, "12.00"),
            ("12.33", "0.01", Rounding.UP, "12.33"),
        ]
    ],
)
def test_an_amount_is_rounded_to_a_cash_step(
    amount: str, step: str, rounding: Rounding, result: str
):
    reached = Money.of(amount, "CHF").rounded_to(Money.of(step, "CHF"), rounding=rounding)
    assert reached == Money.of(result, "CHF")


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        pytest.param(
            lambda: Money(1.0, EUR),
            NumberTypeError,
            "minor units are not a whole number: expected int, got 1.0; "
            r'an amount in major units is Money\.of\("12\.34", "EUR"\)$',
            id="a float of minor units",
        ),
        pytest.param(
            lambda: Money(True, EUR),
            NumberTypeError,
            "minor units are not a whole number: expected int, got True",
            id="a bool of minor units",
        ),
        pytest.param(
            lambda: Money("1", EUR),
            NumberTypeError,
            "minor units are not a whole number: expected int, got '1'",
            id="a text of minor units",
        ),
        pytest.param(
            lambda: Money(1, "EUR"),
            WrongTypeError,
            "currency is of the wrong type: expected Currency, got 'EUR'$",
            id="a code for the currency",
        ),
        pytest.param(
            lambda: Money(1, Currency.of("XAU")),
            NoMinorUnitError,
            "XAU has no minor unit: expected a currency that amounts can be counted in, got 'XAU'$",
            id="gold",
        ),
        pytest.param(
            lambda: Money.of(1, "XAU"),
            NoMinorUnitError,
            "XAU has no minor unit: ",
            id="an ounce of gold",
        ),
        pytest.param(
            lambda: Money.zero("XXX"), NoMinorUnitError, "XXX has no minor unit: ", id="no currency"
        ),
        pytest.param(
            lambda: Money.of(1, "ABC"),
            UnknownCurrencyError,
            "a currency is not in ISO 4217: expected a current ISO 4217 code in capitals, "
            "got 'ABC'",
            id="an unknown code",
        ),
        pytest.param(
            lambda: Money.of(1, None),
            WrongTypeError,
            "currency is of the wrong type: expected str or Currency, got None$",
            id="no code",
        ),
        pytest.param(
            lambda: Money.of("1.234", "EUR"),
            PrecisionError,
            "an amount is finer than its currency: expected at most 2 decimal places for EUR, "
            r"got '1\.234'; give rounding=, for instance Rounding\.HALF_UP$",
            id="a tenth of a cent",
        ),
        pytest.param(
            lambda: Money.of("-0.5", "JPY"),
            PrecisionError,
            "an amount is finer than its currency: expected at most 0 decimal places for JPY, "
            r"got '-0\.5'",
            id="half a yen",
        ),
        pytest.param(
            lambda: Money.of("1", "EUR", rounding="half_up"),
            WrongTypeError,
            "rounding is of the wrong type: expected Rounding, got 'half_up'$",
            id="the name of a rounding, not needed",
        ),
        pytest.param(
            lambda: Money.of("1.234", "EUR", rounding=Remainder.LAST),
            WrongTypeError,
            "rounding is of the wrong type: expected Rounding, got ",
            id="another enum for the rounding",
        ),
        pytest.param(
            lambda: Money.of("EUR 5", "EUR"),
            NumberFormatError,
            "an amount does not read as a number: ",
            id="a code in the amount",
        ),
        pytest.param(
            lambda: Money.of(Fraction(1, 2), "EUR"),
            NumberTypeError,
            "an amount is not an exact number: expected int, Decimal or text, ",
            id="a Fraction",
        ),
        pytest.param(
            lambda: Money.of("1e999999999", "EUR"),
            NumberTooLargeError,
            "an amount is too large or too fine: expected at most 4000 digits, got '1e999999999'$",
            id="1e999999999",
        ),
        pytest.param(
            lambda: Money.parse("EUR"),
            NumberFormatError,
            "an amount does not begin with its currency: expected a code and an amount, "
            "such as \"EUR 1234.50\", got 'EUR'$",
            id="a code alone",
        ),
        pytest.param(
            lambda: Money.parse("12.50"),
            NumberFormatError,
            "an amount does not begin with its currency: ",
            id="an amount alone",
        ),
        pytest.param(
            lambda: Money.parse(12),
            WrongTypeError,
            "an amount with its currency is of the wrong type: expected str, got 12$",
            id="an int to parse",
        ),
        pytest.param(
            lambda: Money.parse("EUR  5"),
            NumberFormatError,
            "an amount does not read as a number: .* got ' 5'$",
            id="two spaces",
        ),
        pytest.param(
            lambda: Money.parse("EUR 1,5"),
            NumberFormatError,
            "an amount does not read as a number: .* got '1,5'$",
            id="a comma",
        ),
        pytest.param(
            lambda: Money.parse("EUR 1.234"),
            PrecisionError,
            "an amount is finer than its currency: ",
            id="a tenth of a cent to parse",
        ),
        pytest.param(
            lambda: Money.parse("BTC 1"),
            UnknownCurrencyError,
            "a currency is not in ISO 4217: .* got 'BTC'",
            id="an own currency that was not named",
        ),
        pytest.param(
            lambda: Money.parse("BTC 1", currencies=["BTC"]),
            WrongTypeError,
            r"currencies\[0\] is of the wrong type: expected Currency, got 'BTC'$",
            id="codes for own currencies",
        ),
        pytest.param(
            lambda: Money.parse("EUR 1", currencies="BTC"),
            WrongTypeError,
            "currencies is not a collection: expected a list or tuple, got 'BTC'$",
            id="a code for the own currencies",
        ),
        pytest.param(
            lambda: ONE + DOLLAR,
            CurrencyMismatchError,
            f"{MIX}expected EUR, got USD 1.00; convert one of them first$",
            id="EUR + USD",
        ),
        pytest.param(
            lambda: ONE - DOLLAR,
            CurrencyMismatchError,
            f"{MIX}expected EUR, got USD 1.00",
            id="EUR - USD",
        ),
        pytest.param(
            lambda: ONE < DOLLAR,
            CurrencyMismatchError,
            f"{MIX}expected EUR, got USD",
            id="EUR < USD",
        ),
        pytest.param(
            lambda: ONE <= DOLLAR,
            CurrencyMismatchError,
            f"{MIX}expected EUR, got USD",
            id="EUR <= USD",
        ),
        pytest.param(
            lambda: ONE > DOLLAR,
            CurrencyMismatchError,
            f"{MIX}expected EUR, got USD",
            id="EUR > USD",
        ),
        pytest.param(
            lambda: ONE >= DOLLAR,
            CurrencyMismatchError,
            f"{MIX}expected EUR, got USD",
            id="EUR >= USD",
        ),
        pytest.param(
            lambda: ONE.ratio_to(DOLLAR),
            CurrencyMismatchError,
            f"{MIX}expected EUR, got USD 1.00",
            id="EUR / USD",
        ),
        pytest.param(
            lambda: Money(1, Currency("ABC", 2)) + Money(1, Currency("ABC", 4)),
            CurrencyMismatchError,
            f"{MIX}expected ABC with 2 decimal places, got ABC 0.0001",
            id="ABC + ABC of another size",
        ),
        pytest.param(
            lambda: Money.total([DOLLAR], currency="EUR"),
            CurrencyMismatchError,
            f"{MIX}expected EUR, got USD 1.00",
            id="USD in a total of EUR",
        ),
        pytest.param(
            lambda: Money.total([ONE, 1], currency="EUR"),
            WrongTypeError,
            "an amount to add up is of the wrong type: expected Money, got 1$",
            id="an int in a total",
        ),
        pytest.param(
            lambda: Money.total(ONE, currency="EUR"),
            WrongTypeError,
            "the collection of amounts is of the wrong type: expected Iterable, got EUR 1.00$",
            id="the total of one amount",
        ),
        pytest.param(
            lambda: Money.total([], currency="XAU"),
            NoMinorUnitError,
            "XAU has no minor unit: ",
            id="the empty total of gold",
        ),
        pytest.param(
            lambda: ONE.ratio_to(Money.zero("EUR")),
            ZeroDivisorError,
            "a ratio to nothing has no value: expected an amount other than zero, got EUR 0.00$",
            id="EUR 1 / EUR 0",
        ),
        pytest.param(
            lambda: ONE.ratio_to(1),
            WrongTypeError,
            "the other amount is of the wrong type: expected Money, got 1$",
            id="EUR 1 / 1",
        ),
        pytest.param(
            lambda: ONE.times(Fraction(1, 3)),
            PrecisionError,
            "an amount is finer than its currency: expected at most 2 decimal places for EUR, "
            r"got '1/3'; give rounding=",
            id="a third without rounding",
        ),
        pytest.param(
            lambda: ONE.times(2, rounding="up"),
            WrongTypeError,
            "rounding is of the wrong type: expected Rounding, got 'up'$",
            id="times, rounded by a name",
        ),
        pytest.param(
            lambda: ONE.rounded_to(Money.zero("EUR"), rounding=Rounding.UP),
            StepError,
            "a cash step has no width: expected a step above zero, got EUR 0.00$",
            id="a step of zero",
        ),
        pytest.param(
            lambda: ONE.rounded_to(-ONE, rounding=Rounding.UP),
            StepError,
            "a cash step has no width: expected a step above zero, got EUR -1.00$",
            id="a negative step",
        ),
        pytest.param(
            lambda: ONE.rounded_to(DOLLAR, rounding=Rounding.UP),
            CurrencyMismatchError,
            f"{MIX}expected EUR, got USD 1.00",
            id="a step in USD",
        ),
        pytest.param(
            lambda: ONE.rounded_to(5, rounding=Rounding.UP),
            WrongTypeError,
            "the other amount is of the wrong type: expected Money, got 5$",
            id="a step that is an int",
        ),
        pytest.param(
            lambda: ONE.rounded_to(ONE, rounding=None),
            WrongTypeError,
            "rounding is of the wrong type: expected Rounding, got None$",
            id="a step without rounding",
        ),
        *(
            pytest.param(
                lambda factor=factor: ONE * factor,
                NumberTypeError,
                "an amount is multiplied by whole numbers only: expected int, got .*; "
                r"call \.times\(factor, rounding=\.\.\.\)$",
                id=f"EUR 1 * {factor!r}",
            )
            for factor in (0.5, True, Decimal(2), Fraction(1, 2), Percent(5))
        ),
        pytest.param(
            lambda: 0.5 * ONE,
            NumberTypeError,
            "an amount is multiplied by whole numbers only: expected int, got 0.5",
            id="0.5 * EUR 1",
        ),
    ],
)
def test_what_is_no_amount_or_no_sum_is_refused(
    make: object, error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=f"^{message}"):
        make()


def test_a_mismatch_carries_both_codes():
    with pytest.raises(CurrencyMismatchError, match="different currencies") as raised:
        _ = ONE + DOLLAR
    assert (raised.value.left, raised.value.right, raised.value.got) == ("EUR", "USD", DOLLAR)


# Where the other operand is no amount at all, Python itself says so.
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: ONE + 1, id="EUR 1 + 1"),
        pytest.param(lambda: 1 + ONE, id="1 + EUR 1"),
        pytest.param(lambda: False + ONE, id="False + EUR 1"),
        pytest.param(lambda: 0.0 + ONE, id="0.0 + EUR 1"),
        pytest.param(lambda: ONE - 0, id="EUR 1 - 0"),
        pytest.param(lambda: 0 - ONE, id="0 - EUR 1"),
        pytest.param(lambda: ONE * ONE, id="EUR 1 * EUR 1"),
        pytest.param(lambda: ONE * "2", id="EUR 1 * '2'"),
        pytest.param(lambda: ONE / 2, id="EUR 1 / 2"),
        pytest.param(lambda: ONE // 2, id="EUR 1 // 2"),
        pytest.param(lambda: ONE < 1, id="EUR 1 < 1"),
        pytest.param(lambda: ONE <= 1, id="EUR 1 <= 1"),
        pytest.param(lambda: ONE > 1, id="EUR 1 > 1"),
        pytest.param(lambda: ONE >= 1, id="EUR 1 >= 1"),
        pytest.param(lambda: float(ONE), id="float"),
        pytest.param(lambda: int(ONE), id="int"),
    ],
)
def test_an_amount_does_not_mix_with_numbers(make: object):
    with pytest.raises(
        TypeError, match=r"(not supported|unsupported operand|argument|sequence).*Money"
    ):
        make()
