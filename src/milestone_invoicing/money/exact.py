"""Exact numbers from what people write: int, Decimal, Fraction or text; never a float.

It knows nothing of money. Digits and exponents are bounded before anything is computed,
because ``Decimal("1e999999999")`` is short to write and endless to work with. The bound is the
same for every type, so that what was accepted once is accepted again in any other form.
"""

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeAlias

from milestone_invoicing._checks import is_a
from milestone_invoicing.errors import (
    NotFiniteError,
    NumberFormatError,
    NumberTooLargeError,
    NumberTypeError,
    ZeroDivisorError,
)

ExactNumber: TypeAlias = int | Decimal | Fraction | str

MAX_DIGITS: Final = 4000
"""Digits that a number from outside may have, and places that it may have after the point.

Of a fraction it is the digits above and the digits below the stroke.
"""

_TOO_LARGE: Final = 10**MAX_DIGITS
_LONGEST_TEXT: Final = MAX_DIGITS + 32  # sign, leading zeros, point and exponent besides
_PLAIN_DIGITS: Final = 600  # below the least limit of the interpreter for int(text)
_NO_WHOLE: Final = frozenset({"", "-"})
_SAFE_BITS: Final = 2000  # fewer digits than the least that sys.set_int_max_str_digits may set

_NUMBER: Final = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?")
_NOT_FINITE: Final = re.compile(r"[+-]?(s?nan[0-9]*|inf|infinity)", re.ASCII | re.IGNORECASE)
_STROKE: Final = re.compile(r"([^\s/]+) ?/ ?([^\s/]+)")


def exact_fraction(value: object, name: str) -> Fraction:
    """Return *value* (int, Decimal, Fraction, decimal text or two around a stroke) as a fraction.

    Raises:
        NumberTypeError: a float, a bool or another type.
        NumberFormatError: a text that is no number.
        NotFiniteError: NaN or infinity.
        NumberTooLargeError: more than ``MAX_DIGITS`` digits, however they are written.
        ZeroDivisorError: a text such as ``"1/0"``.

    Example:
        >>> exact_fraction("1/3", "a share"), exact_fraction("2.50", "a share")
        (Fraction(1, 3), Fraction(5, 2))

    Source: convention of this library.
    """
    if is_a(value, Fraction):
        return _bounded(value, value, name)
    if is_a(value, str) and "/" in value:
        return _ratio(value, name)
    digits, exponent = _parts(value, name, "int, Decimal, Fraction or text")
    return Fraction(digits * 10**exponent) if exponent >= 0 else Fraction(digits, 10**-exponent)


def exact_ratio(value: object, name: str) -> tuple[int, int]:
    """Return what ``exact_fraction`` does as two integers, the second above zero.

    Raises: as ``exact_fraction``.

    Example:
        >>> exact_ratio(Decimal("0.30"), "a factor")
        (3, 10)
    """
    # Rates and factors come again and again: a Decimal is taken apart once for each way to write
    # it. Equal ones share no entry: 1 is short, and 1 with 5,000 zeros is refused as too long.
    if type(value) is Decimal:
        try:
            return _written_ratio(str(value))
        except ValueError:
            pass  # raised again below, with the value itself
    return exact_fraction(value, name).as_integer_ratio()


@lru_cache(maxsize=1024)
def _written_ratio(text: str) -> tuple[int, int]:
    return exact_fraction(text, "a number").as_integer_ratio()


def decimal_parts(value: object, name: str) -> tuple[int, int]:
    """Return *value* (int, Decimal or decimal text) as digits and a power of ten.

    Raises: as ``exact_fraction``; a Fraction is of another type here.

    Example:
        >>> decimal_parts("12.50", "an amount")
        (1250, -2)
    """
    # Nearly all that comes is short and plain, as a text or printed as one: no pattern, no tuple of
    # digits and no Decimal is needed for that.
    if type(value) is str or type(value) is Decimal:
        whole, point, places = str(value).partition(".")
        digits = whole + places
        if (
            len(digits) <= _PLAIN_DIGITS
            and (digits.isdigit() or digits.removeprefix("-").isdigit())
            and digits.isascii()
            and (places or not point)
            and whole not in _NO_WHOLE
        ):
            return int(digits), -len(places)
    return _parts(value, name, "int, Decimal or text")


def decimal_value(value: object, name: str) -> Decimal:
    """Return *value* (int, Decimal or decimal text) as a Decimal, exact and never minus zero.

    Raises: as ``decimal_parts``.

    Example:
        >>> decimal_value("-0.0", "a quantity")
        Decimal('0.0')
    """
    if type(value) is int and value.bit_length() < _SAFE_BITS:
        return Decimal(value)
    return Decimal(decimal_text(*decimal_parts(value, name)))


def decimal_text(digits: int, exponent: int) -> str:
    """Return digits times ten to the *exponent* in plain notation, whatever their number.

    Example:
        >>> decimal_text(-5, -2), decimal_text(5, 2)
        ('-0.05', '500')
    """
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
    """Return a decimal where one is exact and not too long, else ``numerator/denominator``.

    Example:
        >>> fraction_text(Fraction(5, 8)), fraction_text(Fraction(1, 3))
        ('0.625', '1/3')
    """
    twos, rest = _strip(value.denominator, 2)
    fives, rest = _strip(rest, 5)
    places = max(twos, fives)
    if rest == 1 and places <= MAX_DIGITS:
        digits = value.numerator * 10**places // value.denominator
        if not places or abs(digits) < _TOO_LARGE:
            return decimal_text(digits, -places)
    return f"{int_text(value.numerator)}/{int_text(value.denominator)}"


def _strip(number: int, prime: int) -> tuple[int, int]:
    """Return how often *prime* divides *number*, and what is left."""
    times = 0
    while number % prime == 0:
        number //= prime
        times += 1
    return times, number


def _parts(value: object, name: str, expected: str) -> tuple[int, int]:
    """Return digits and a power of ten; *expected* names the types for the message."""
    if is_a(value, Decimal):
        return _decimal(value, name)
    if is_a(value, str):
        return _text(value, name)
    if is_a(value, int) and not is_a(value, bool):
        if abs(value) >= _TOO_LARGE:
            raise _too_large(value, name)
        return int(value), 0
    raise NumberTypeError(
        f"{name} is not an exact number",
        expected=expected,
        got=value,
        hint='write it as text, such as "0.1"' if isinstance(value, float) else "",
    )


def _ratio(text: str, name: str) -> Fraction:
    """Read ``"1/3"``: two decimal texts around one stroke, with a space beside it at most."""
    match = _STROKE.fullmatch(text)
    if match is None:
        raise _format_error(text, name)
    above, below = (exact_fraction(part, name) for part in match.groups())
    if below == 0:
        raise ZeroDivisorError(f"{name} divides by zero", expected="a divisor", got=text)
    return _bounded(above / below, text, name)


def _text(value: str, name: str) -> tuple[int, int]:
    """Read a decimal text without help of the interpreter's limits or context."""
    if len(value) > _LONGEST_TEXT:
        raise _too_large(value, name)
    match = _NUMBER.fullmatch(value)
    if match is None:
        if _NOT_FINITE.fullmatch(value):
            raise _not_finite(value, name)
        raise _format_error(value, name)
    sign, whole, places, power = match.groups(default="")
    digits = (whole + places).lstrip("0") or "0"
    exponent = int(Decimal(power or "0")) - len(places)
    _bound(len(digits), exponent, value, name)
    return int(Decimal(sign + digits)), exponent


def _decimal(value: Decimal, name: str) -> tuple[int, int]:
    """Take a Decimal apart; no step asks the ambient context."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise _not_finite(value, name)
    _bound(len(digits), exponent, value, name)
    return int(Decimal((sign, digits, 0))), exponent


def _bound(digits: int, exponent: int, value: object, name: str) -> None:
    """Refuse what would be long to write out: so many *digits*, then the *exponent*."""
    if max(digits + max(exponent, 0), -exponent) > MAX_DIGITS:
        raise _too_large(value, name)


def _bounded(fraction: Fraction, value: object, name: str) -> Fraction:
    """Return *fraction*, which was read from *value*, unless it is too long to write."""
    # A number of MAX_DIGITS places has 1 and as many zeros below the stroke, hence the - 1.
    if max(abs(fraction.numerator), fraction.denominator - 1) >= _TOO_LARGE:
        raise _too_large(value, name)
    return fraction


def _too_large(value: object, name: str) -> NumberTooLargeError:
    return NumberTooLargeError(
        f"{name} is too large or too fine", expected=f"at most {MAX_DIGITS} digits", got=value
    )


def _not_finite(value: object, name: str) -> NotFiniteError:
    return NotFiniteError(f"{name} is not finite", expected="a finite number", got=value)


def _format_error(value: str, name: str) -> NumberFormatError:
    return NumberFormatError(
        f"{name} does not read as a number", expected='a text such as "1234.50"', got=value
    )
