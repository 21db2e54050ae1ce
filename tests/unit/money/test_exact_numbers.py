"""Exact numbers: what reads as one, how one is written, and what is refused before computing."""

import re
import sys
from decimal import MIN_EMIN, Decimal
from enum import IntEnum
from fractions import Fraction

import pytest

from milestone_invoicing import (
    MilestoneInvoicingError,
    Money,
    NotFiniteError,
    NumberFormatError,
    NumberTooLargeError,
    NumberTypeError,
    Percent,
    Price,
    ZeroDivisorError,
    allocate,
)
from milestone_invoicing.money.exact import (
    MAX_DIGITS,
    decimal_parts,
    decimal_text,
    decimal_value,
    exact_fraction,
    fraction_text,
    int_text,
)


class Rank(IntEnum):
    """An int by another name."""

    SECOND = 2


@pytest.mark.parametrize(
    ("value", "result"),
    [
        pytest.param(value, result, id=f"{value!r} = {result}")
        for value, result in [
            (0, "0"),
            (-12, "-12"),
            (Rank.SECOND, "2"),
            (Decimal("0.10"), "1/10"),
            (Decimal("-1.5e3"), "-1500"),
            (Decimal("-0"), "0"),
            (Fraction(1, 3), "1/3"),
            ("5", "5"),
            ("+5", "5"),
            ("-5", "-5"),
            ("007", "7"),
            ("0.333", "333/1000"),
            ("12.50", "25/2"),
            ("0.00", "0"),
            ("-0.0", "0"),
            ("00.050", "1/20"),
            ("1e3", "1000"),
            ("1E+3", "1000"),
            ("1.5e-3", "3/2000"),
            ("1e0000000000000000003", "1000"),
            ("1/3", "1/3"),
            ("-1/3", "-1/3"),
            ("1/-3", "-1/3"),
            ("1 / 3", "1/3"),
            ("0.5/1.5", "1/3"),
            ("1e2/1e-2", "10000"),
        ]
    ],
)
def test_a_number_is_read_exactly(value: object, result: str):
    exact = exact_fraction(value, "it")
    assert (exact, type(exact)) == (Fraction(result), Fraction)


@pytest.mark.parametrize(
    ("value", "parts", "text"),
    [
        pytest.param(value, parts, text, id=f"{value!r} = {parts[0]}e{parts[1]} = {text}")
        for value, parts, text in [
            (12, (12, 0), "12"),
            (Rank.SECOND, (2, 0), "2"),
            ("12.50", (1250, -2), "12.50"),
            ("-0.05", (-5, -2), "-0.05"),
            ("-0.00", (0, -2), "0.00"),
            ("12e2", (12, 2), "1200"),
            ("0e2", (0, 2), "0"),
            (Decimal("1.20"), (120, -2), "1.20"),
            (Decimal("-3E+2"), (-3, 2), "-300"),
            (Decimal("-0.0"), (0, -1), "0.0"),
        ]
    ],
)
def test_a_number_is_taken_apart_and_written_out(value: object, parts: tuple[int, int], text: str):
    digits, exponent = decimal_parts(value, "it")
    assert (digits, exponent, type(digits)) == (*parts, int)
    assert decimal_text(digits, exponent) == text
    assert str(decimal_value(value, "it")) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(value, text, id=f"{value} = {text}")
        for value, text in [
            (Fraction(0), "0"),
            (Fraction(30), "30"),
            (Fraction(-30), "-30"),
            (Fraction(1, 2), "0.5"),
            (Fraction(-1, 8), "-0.125"),
            (Fraction(7, 25), "0.28"),
            (Fraction(3, 40), "0.075"),
            (Fraction(1, 3), "1/3"),
            (Fraction(-7, 30), "-7/30"),
        ]
    ],
)
def test_a_fraction_is_written_as_a_decimal_where_one_is_exact(value: Fraction, text: str):
    assert fraction_text(value) == text


NINES = "9" * MAX_DIGITS
LARGEST = 10**MAX_DIGITS - 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(Fraction(10**5000), f"1{'0' * 5000}", id="10^5000, a whole number"),
        pytest.param(Fraction(1, 10**MAX_DIGITS), f"0.{'0' * 3999}1", id="10^-4000"),
        pytest.param(Fraction(1, 2 * 10**MAX_DIGITS), f"1/2{'0' * MAX_DIGITS}", id="10^-4000 / 2"),
        pytest.param(Fraction(LARGEST, 10), f"{NINES[1:]}.9", id="99...9/10"),
        pytest.param(Fraction(LARGEST, 2), f"{NINES}/2", id="99...9/2"),
        pytest.param(Fraction(-LARGEST, 2), f"-{NINES}/2", id="-99...9/2"),
    ],
)
def test_a_long_fraction_is_written_so_that_it_can_be_read(value: Fraction, text: str):
    assert fraction_text(value) == text


@pytest.mark.parametrize("bits", [1999, 2000, 2001, 30_000])
def test_an_int_is_written_beyond_the_limit_of_the_interpreter(bits: int):
    limit = sys.get_int_max_str_digits()
    number = 2**bits
    try:
        sys.set_int_max_str_digits(0)
        expected = str(number)
        sys.set_int_max_str_digits(640)
        assert int_text(number) == expected
    finally:
        sys.set_int_max_str_digits(limit)


# The largest and the finest that are accepted, and the next that are not.
@pytest.mark.parametrize(
    "value",
    [
        pytest.param(10**MAX_DIGITS - 1, id="an int of 4000 digits"),
        pytest.param(1 - 10**MAX_DIGITS, id="a negative int of 4000 digits"),
        pytest.param(NINES, id="a text of 4000 digits"),
        pytest.param(f"-{NINES}", id="a negative text of 4000 digits"),
        pytest.param(f"{NINES[:2000]}.{NINES[2000:]}", id="2000 digits and 2000 places"),
        pytest.param(f"0.{NINES}", id="4000 places"),
        pytest.param("1e3999", id="1e3999"),
        pytest.param("1e-4000", id="1e-4000"),
        pytest.param("1.5e-3999", id="1.5e-3999"),
        pytest.param(Decimal("1e3999"), id="Decimal 1e3999"),
        pytest.param(Decimal("1e-4000"), id="Decimal 1e-4000"),
        pytest.param(Decimal(NINES), id="a Decimal of 4000 digits"),
        pytest.param(f"{'0' * 32}{NINES}", id="leading zeros"),
        pytest.param(Fraction(1, 10**MAX_DIGITS), id="10^-4000"),
        pytest.param(Fraction(10**MAX_DIGITS - 1, 10**MAX_DIGITS), id="a fraction of 4000 digits"),
        pytest.param(f"{NINES}/{NINES[1:]}8", id="4000 digits above and below a stroke"),
    ],
)
def test_a_number_of_4000_digits_is_accepted_and_in_every_form_again(value: object):
    exact = exact_fraction(value, "it")
    assert exact_fraction(exact, "it") == exact
    assert exact_fraction(fraction_text(exact), "it") == exact


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(10**MAX_DIGITS, id="an int of 4001 digits"),
        pytest.param(-(10**MAX_DIGITS), id="a negative int of 4001 digits"),
        pytest.param(f"{NINES}9", id="a text of 4001 digits"),
        pytest.param(f"1{NINES[:2000]}.{NINES[2000:]}", id="2001 digits and 2000 places"),
        pytest.param(f"0.{NINES}9", id="4001 places"),
        pytest.param("1e4000", id="1e4000"),
        pytest.param("1e-4001", id="1e-4001"),
        pytest.param("0e4001", id="0e4001"),
        pytest.param("1.5e-4000", id="1.5e-4000"),
        pytest.param("1e999999999", id="1e999999999"),
        pytest.param("1e-999999999", id="1e-999999999"),
        pytest.param("-1E+99999999999999999999", id="1e99999999999999999999"),
        pytest.param(f"1e{'9' * 3000}", id="an exponent of 3000 digits"),
        pytest.param("0" * 4033, id="zeros without end"),
        pytest.param("x" * 10**6, id="a million letters"),
        pytest.param(Decimal("1e4000"), id="Decimal 1e4000"),
        pytest.param(Decimal("1e-4001"), id="Decimal 1e-4001"),
        pytest.param(Decimal("1E+1000000"), id="Decimal 1e1000000"),
        pytest.param(Decimal((0, (1,), MIN_EMIN)), id="the finest Decimal there is"),
        pytest.param(Decimal(f"{NINES}9"), id="a Decimal of 4001 digits"),
        pytest.param(Fraction(10**MAX_DIGITS), id="10^4000"),
        pytest.param(Fraction(-(10**MAX_DIGITS), 3), id="-10^4000 / 3"),
        pytest.param(Fraction(1, 10**MAX_DIGITS + 1), id="1 / (10^4000 + 1)"),
        pytest.param("1e3999/1e-1", id="10^4000 by a stroke"),
        pytest.param("1/1e9999", id="a divisor that is too large"),
    ],
)
def test_a_number_of_absurd_size_is_refused_at_once(value: object):
    with pytest.raises(
        NumberTooLargeError,
        match=r"^it is too large or too fine: expected at most 4000 digits, got ",
    ) as raised:
        exact_fraction(value, "it")
    assert len(str(raised.value)) < 200


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", " 1", "1 ", "1\n", "+", "-", ".", "1.", ".5", "1,5", "1_000", "1.2.3", "--1"),
        *("e5", "1e", "1e+", "1e1.5", "0x10", "1 000", "٣", "½", "five", "EUR 5", "1%", "nano"),
        *("/", "/3", "1/", "1/2/3", "1//2", " 1/3", "1/3 ", "1  / 3", "1/x", "x/1", "1/\n3"),
    ],
)
def test_a_text_that_is_no_number_is_refused(text: str):
    with pytest.raises(
        NumberFormatError,
        match=r'^it does not read as a number: expected a text such as "1234.50", got ',
    ):
        exact_fraction(text, "it")


@pytest.mark.parametrize(
    "value",
    [
        *("nan", "NaN", "-nan", "snan", "nan123", "inf", "Infinity", "-INF", "+infinity"),
        *(Decimal("nan"), Decimal("snan"), Decimal("inf"), Decimal("-inf")),
        *("inf/2", "2/nan"),
    ],
)
def test_what_is_not_finite_is_refused(value: object):
    with pytest.raises(NotFiniteError, match=r"^it is not finite: expected a finite number, got "):
        exact_fraction(value, "it")


@pytest.mark.parametrize("text", ["1/0", "1/-0", "0/0", "1/0.00", "1 / 0e5"])
def test_a_division_by_zero_is_refused(text: str):
    message = f"^it divides by zero: expected a divisor, got '{re.escape(text)}'$"
    with pytest.raises(ZeroDivisorError, match=message):
        exact_fraction(text, "it")


@pytest.mark.parametrize("value", [True, False, None, [], b"1", 1j, object(), Percent(3)])
def test_another_type_is_refused(value: object):
    message = "^it is not an exact number: expected int, Decimal, Fraction or text, got [^;]+$"
    with pytest.raises(NumberTypeError, match=message):
        exact_fraction(value, "it")


@pytest.mark.parametrize("value", [0.1, 1.0, float("nan"), float("inf")])
def test_a_float_is_refused_with_a_hint(value: float):
    message = (
        "^it is not an exact number: expected int, Decimal or text, "
        f'got {value}; write it as text, such as "0.1"$'
    )
    with pytest.raises(NumberTypeError, match=message):
        decimal_parts(value, "it")


@pytest.mark.parametrize("value", [Fraction(1, 2), True])
def test_decimal_parts_are_not_taken_of_a_fraction_or_bool(value: object):
    message = "^it is not an exact number: expected int, Decimal or text, got "
    with pytest.raises(NumberTypeError, match=message):
        decimal_parts(value, "it")


@pytest.mark.parametrize("text", ["1/3", "1/0"])
def test_decimal_parts_are_not_taken_of_a_text_with_a_stroke(text: str):
    with pytest.raises(NumberFormatError, match=r"^it does not read as a number: "):
        decimal_parts(text, "it")


WAYS_IN = [
    pytest.param(lambda value: Money.of(value, "EUR"), "an amount", id="Money.of"),
    pytest.param(lambda value: Money.of(1, "EUR").times(value), "a factor", id="Money.times"),
    pytest.param(Percent, "a percentage", id="Percent"),
    pytest.param(lambda value: Price(value, "EUR"), "a price", id="Price"),
    pytest.param(
        lambda value: Price(1, "EUR").times(value, rounding=None), "a quantity", id="Price.times"
    ),
    pytest.param(lambda value: allocate(Money.of(1, "EUR"), [1, value]), "weight 1", id="allocate"),
]
BAD_NUMBERS = [
    pytest.param(0.1, NumberTypeError, "is not an exact number", id="a float"),
    pytest.param(True, NumberTypeError, "is not an exact number", id="a bool"),
    pytest.param(None, NumberTypeError, "is not an exact number", id="None"),
    pytest.param(Decimal("NaN"), NotFiniteError, "is not finite", id="NaN"),
    pytest.param(Decimal("-Infinity"), NotFiniteError, "is not finite", id="-Infinity"),
    pytest.param("1e999999999", NumberTooLargeError, "is too large or too fine", id="1e999999999"),
    pytest.param(
        Decimal((0, (1,), MIN_EMIN)),
        NumberTooLargeError,
        "is too large or too fine",
        id="the finest Decimal there is",
    ),
    pytest.param("1,000", NumberFormatError, "does not read as a number", id="1,000"),
]


@pytest.mark.parametrize(("take", "name"), WAYS_IN)
@pytest.mark.parametrize(("value", "error", "fact"), BAD_NUMBERS)
def test_every_way_in_refuses_what_is_no_exact_number(
    take: object, name: str, value: object, error: type[MilestoneInvoicingError], fact: str
):
    with pytest.raises(error, match=f"^{name} {fact}: expected ") as raised:
        take(value)
    assert raised.value.got is value
