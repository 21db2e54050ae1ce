"""Laws of exact numbers: what is read, in whatever form, is the number that was written."""

from decimal import MAX_EMAX, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import MilestoneInvoicingError, NumberTooLargeError
from milestone_invoicing.money.exact import (
    MAX_DIGITS,
    decimal_parts,
    decimal_text,
    decimal_value,
    exact_fraction,
    fraction_text,
    int_text,
)

digits = st.integers(-(10**30), 10**30) | st.integers(-(10**999), 10**999)
exponents = st.integers(-60, 60)
fractions = st.fractions() | st.fractions(max_denominator=1000)
finite = st.decimals(allow_nan=False, allow_infinity=False)


@given(digits, exponents)
def test_a_decimal_text_reads_back_as_its_number(digits: int, exponent: int):
    text = decimal_text(digits, exponent)
    assert exact_fraction(text, "it") == digits * Fraction(10) ** exponent
    assert Fraction(text) == digits * Fraction(10) ** exponent


@given(digits, st.integers(-60, -1))
def test_a_decimal_text_has_exactly_the_places_of_its_exponent(digits: int, exponent: int):
    whole, point, places = decimal_text(digits, exponent).partition(".")
    assert (point, len(places)) == (".", -exponent)
    assert whole.lstrip("-") == "0" or not whole.lstrip("-").startswith("0")


@given(fractions)
def test_a_fraction_text_reads_back_as_its_fraction(value: Fraction):
    assert exact_fraction(fraction_text(value), "it") == value


@given(digits, exponents, st.sampled_from("eE"), st.sampled_from(["", "+"]))
def test_a_text_with_an_exponent_is_the_number_that_python_reads(
    digits: int, exponent: int, letter: str, sign: str
):
    text = f"{digits}{letter}{sign if exponent >= 0 else ''}{exponent}"
    assert exact_fraction(text, "it") == Fraction(text)


@given(finite)
def test_a_decimal_is_taken_exactly(value: Decimal):
    assert exact_fraction(value, "it") == Fraction(value)
    assert decimal_value(value, "it") == value
    parts, exponent = decimal_parts(value, "it")
    assert parts * Fraction(10) ** exponent == Fraction(value)


@given(digits)
def test_an_int_its_text_its_decimal_and_its_fraction_are_one_number(number: int):
    assert int_text(number) == str(number)
    forms = (number, str(number), Decimal(number), Fraction(number), f"{number}/1")
    assert {exact_fraction(form, "it") for form in forms} == {Fraction(number)}


@given(fractions, st.integers(1, 10**6))
def test_a_ratio_of_texts_is_the_ratio_of_the_numbers(value: Fraction, divisor: int):
    text = f"{value.numerator}/{value.denominator * divisor}"
    assert exact_fraction(text, "it") == value / divisor


# As far as a Decimal reaches, which is less far in 32 bits.
absurd = st.integers(MAX_DIGITS, MAX_EMAX // 10)


@given(st.integers(-(10**9), 10**9), absurd, st.booleans(), st.booleans())
def test_an_absurd_exponent_is_refused_at_once(
    digits: int, exponent: int, negative: bool, as_decimal: bool
):
    power = -exponent - 1 if negative else exponent
    value = Decimal((0, tuple(map(int, str(abs(digits)))), power))
    with pytest.raises(NumberTooLargeError, match=r"^it is too large or too fine: "):
        exact_fraction(value if as_decimal else f"{digits}e{power}", "it")


@given(st.text() | st.text("0123456789.eE+-/ ", max_size=12))
def test_any_text_is_a_number_or_gets_an_error_of_ours(text: str):
    try:
        value = exact_fraction(text, "it")
    except MilestoneInvoicingError:
        return
    above, _, below = text.partition("/")
    assert value == Fraction(above.strip()) / Fraction(below.strip() or 1)


@given(
    st.integers()
    | fractions
    | finite
    | st.integers(MAX_DIGITS - 2, MAX_DIGITS + 2).map(lambda places: 10**places - 1)
)
def test_what_was_accepted_once_is_accepted_in_every_other_form(value: int | Fraction | Decimal):
    try:
        exact = exact_fraction(value, "it")
    except NumberTooLargeError:
        return
    assert exact_fraction(exact, "it") == exact
    assert exact_fraction(fraction_text(exact), "it") == exact
