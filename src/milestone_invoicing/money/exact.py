"""Exact numbers from what people write: int, Decimal, Fraction or text; never a float.

It knows nothing of money. Digits and exponents are bounded before anything is computed,
because ``Decimal("1e999999999")`` is short to write and endless to work with.
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeAlias

from milestone_invoicing.errors import (
    NotFiniteError,
    NumberFormatError,
    NumberTooLargeError,
    NumberTypeError,
    ZeroDivisorError,
)

ExactNumber: TypeAlias = int | Decimal | Fraction | str

MAX_DIGITS: Final = 4000
"""Digits before and after the point that a number from outside may have."""

_MAX_BITS: Final = 13_288  # the bits of ten to the power of MAX_DIGITS
_NUMBER: Final = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,9}))?", re.ASCII)
_NOT_FINITE: Final = re.compile(r"[+-]?(s?nan[0-9]*|inf|infinity)", re.ASCII | re.IGNORECASE)
_SAFE_BITS: Final = 2000  # fewer digits than the least that sys.set_int_max_str_digits may set


def exact_fraction(value: object, name: str) -> Fraction:
    """Return *value* as a fraction.

    Raises:
        NumberTypeError: a float, a bool or another type.
        NumberFormatError: a text that is no number.
        NotFiniteError: NaN or infinity.
        NumberTooLargeError: more than ``MAX_DIGITS`` digits on either side of the point.
        ZeroDivisorError: a text such as ``"1/0"``.
    """
    if isinstance(value, Fraction):
        _bound_bits(max(value.numerator.bit_length(), value.denominator.bit_length()), value, name)
        return value
    if isinstance(value, str) and "/" in value:
        return _ratio(value, name)
    digits, exponent = decimal_parts(value, name)
    return Fraction(digits * 10**exponent) if exponent >= 0 else Fraction(digits, 10**-exponent)


def decimal_parts(value: object, name: str) -> tuple[int, int]:
    """Return *value* (int, Decimal or decimal text) as digits and a power of ten.

    Raises: as ``exact_fraction``.
    """
    if isinstance(value, Decimal):
        return _decimal(value, name)
    if isinstance(value, str):
        return _text(value, name)
    if isinstance(value, int) and not isinstance(value, bool):
        _bound_bits(value.bit_length(), value, name)
        return int(value), 0
    raise NumberTypeError(
        f"{name} is not an exact number",
        expected="int, Decimal, Fraction or text",
        got=value,
        hint='write a fraction of a unit as text, such as "0.1"',
    )


def decimal_text(digits: int, exponent: int) -> str:
    """Return digits times ten to the *exponent* in plain notation, whatever their number."""
    sign = "-" if digits < 0 else ""
    text = int_text(abs(digits))
    if exponent >= 0:
        return sign + text + "0" * (exponent if digits else 0)
    text = text.rjust(1 - exponent, "0")
    return f"{sign}{text[:exponent]}.{text[exponent:]}"


def int_text(value: int) -> str:
    """Return *value* in digits, also beyond the interpreter's limit for ``str(int)``."""
    return str(value) if value.bit_length() < _SAFE_BITS else str(Decimal(value))


def fraction_text(value: Fraction) -> str:
    """Return a decimal where one is exact, else ``numerator/denominator``."""
    twos, rest = _strip(value.denominator, 2)
    fives, rest = _strip(rest, 5)
    if rest != 1:
        return f"{int_text(value.numerator)}/{int_text(value.denominator)}"
    places = max(twos, fives)
    return decimal_text(value.numerator * 10**places // value.denominator, -places)


def _strip(number: int, prime: int) -> tuple[int, int]:
    """Return how often *prime* divides *number*, and what is left."""
    times = 0
    while number % prime == 0:
        number //= prime
        times += 1
    return times, number


def _ratio(text: str, name: str) -> Fraction:
    """Read ``"1/3"``: two decimal texts around one stroke."""
    above, _, below = text.partition("/")
    divisor = exact_fraction(below.strip(), name) if "/" not in below else None
    if divisor is None:
        raise _format_error(text, name)
    if divisor == 0:
        raise ZeroDivisorError(f"{name} divides by zero", expected="a divisor", got=text)
    return exact_fraction(above.strip(), name) / divisor


def _text(value: str, name: str) -> tuple[int, int]:
    """Read a decimal text without help of the interpreter's limits or context."""
    _bound(len(value), value, name)
    match = _NUMBER.fullmatch(value)
    if match is None:
        if _NOT_FINITE.fullmatch(value):
            raise _not_finite(value, name)
        raise _format_error(value, name)
    sign, whole, places, power = match.groups(default="")
    _bound(len(whole) + abs(int(power or "0")), value, name)
    digits = int(Decimal(f"{sign}{whole}{places}"))
    return digits, int(power or "0") - len(places)


def _decimal(value: Decimal, name: str) -> tuple[int, int]:
    """Take a Decimal apart; no step asks the ambient context."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise _not_finite(value, name)
    _bound(max(len(digits), abs(exponent)), value, name)
    number = int(Decimal((sign, digits, 0)))
    return number, exponent


def _bound(size: int, value: object, name: str) -> None:
    if size > MAX_DIGITS:
        raise NumberTooLargeError(
            f"{name} is too large or too fine", expected=f"at most {MAX_DIGITS} digits", got=value
        )


def _bound_bits(bits: int, value: object, name: str) -> None:
    if bits > _MAX_BITS:
        _bound(MAX_DIGITS + 1, value, name)


def _not_finite(value: object, name: str) -> NotFiniteError:
    return NotFiniteError(f"{name} is not finite", expected="a finite number", got=value)


def _format_error(value: str, name: str) -> NumberFormatError:
    return NumberFormatError(
        f"{name} does not read as a number", expected='a text such as "1234.50"', got=value
    )


def decimal_value(value: object, name: str) -> Decimal:
    """Return *value* (int, Decimal or decimal text) as a Decimal, exact and never minus zero.

    Raises: as ``exact_fraction``.
    """
    digits, exponent = decimal_parts(value, name)
    return Decimal(decimal_text(digits, exponent))
