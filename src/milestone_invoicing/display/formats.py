"""How one number, percentage or date reads in a locale; it knows no amounts and no labels.

CLDR, through Babel, gives patterns, signs and names. The ambient decimal context, locale and time
zone are not asked.
"""

from contextlib import suppress
from datetime import date
from enum import Enum, unique
from fractions import Fraction
from functools import lru_cache
from typing import Final

import babel
import babel.dates

from milestone_invoicing._checks import require_date, require_int, require_type
from milestone_invoicing.display.number_template import NumberTemplate, template_of
from milestone_invoicing.errors import (
    NumberRangeError,
    PrecisionError,
    UnknownLocaleError,
    Words,
)
from milestone_invoicing.money import Percent, Rounding, round_ratio
from milestone_invoicing.money.exact import (
    MAX_DIGITS,
    ExactNumber,
    decimal_parts,
    exact_fraction,
    fraction_text,
)
from milestone_invoicing.timing import Period


@unique
class DateStyle(Enum):
    """How much of a date is written out, by CLDR's names."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"
    FULL = "full"


def known_locale(identifier: str) -> babel.Locale:
    """Return Babel's locale of an identifier such as ``nl_NL`` or ``nl-NL``.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError: not a text.
    """
    require_type(identifier, str, "the locale")
    return _parsed_locale(identifier)


# What systems call the absence of a language. Babel reads these as American English from 2.19 on,
# before it did not know them; whoever passes one has not chosen a language.
_NO_LANGUAGE: Final = frozenset({"c", "posix"})


@lru_cache(maxsize=256)
def _parsed_locale(identifier: str) -> babel.Locale:
    if identifier.partition(".")[0].lower() not in _NO_LANGUAGE:
        with suppress(babel.UnknownLocaleError, ValueError):
            return babel.Locale.parse(identifier.replace("-", "_"))
    raise UnknownLocaleError(
        "a locale is not known",
        expected='a CLDR locale such as "nl_NL" or "en"',
        got=identifier,
    )


def format_number(
    value: ExactNumber,
    *,
    locale: str,
    digits: int | None = None,
    rounding: Rounding = Rounding.HALF_UP,
) -> str:
    """Return an exact number with all its decimals, or with so many.

    Args:
        value: such as a number of days; a float is refused.
        locale: a CLDR locale.
        digits: the decimals to print, from 0 to 4,000, zeros at the end included; None prints all
            that it has, and a fraction that no decimal gives exactly has no end of them.
        rounding: how to shorten to *digits*.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        PrecisionError: the number is no decimal exactly, and *digits* is None.
        NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError, ZeroDivisorError:
            not an exact and sensible number.
        WrongTypeError, NumberTypeError, NumberRangeError: *digits* or *rounding* is none of these.

    Example:
        >>> format_number("1234.5", locale="nl"), format_number(Fraction(9, 4), locale="nl")
        ('1.234,5', '2,25')
        >>> format_number(Fraction(100, 3), locale="nl", digits=1)
        '33,3'

    Source: CLDR decimal patterns.
    """
    require_type(rounding, Rounding, "rounding")
    if digits is None:
        units, exponent = _all_of(value)
        digits = max(0, -exponent)
        units *= 10 ** max(0, exponent)
    else:
        _require_digits(digits)
        scaled = exact_fraction(value, "a number") * 10**digits
        units = round_ratio(scaled.numerator, scaled.denominator, rounding)
    known_locale(locale)
    return number_template(locale, digits).filled(units)


def _all_of(value: ExactNumber) -> tuple[int, int]:
    """Return digits and a power of ten: of a number as it is written, of a fraction as it is."""
    fraction = exact_fraction(value, "a number")
    if not (isinstance(value, Fraction) or (isinstance(value, str) and "/" in value)):
        return decimal_parts(value, "a number")
    text = fraction_text(fraction)
    if "/" in text:
        raise PrecisionError(
            "a number is no decimal exactly",
            expected="a number of decimals to round it to",
            got=Words(text),
            hint="pass digits=",
        )
    return decimal_parts(text, "a number")


def format_percent(
    percent: Percent, *, locale: str, digits: int = 2, rounding: Rounding = Rounding.HALF_UP
) -> str:
    """Return a percentage with as many decimals as it has, but at most *digits*.

    Args:
        percent: the percentage.
        locale: a CLDR locale.
        digits: the most decimals, from 0 to 4,000; trailing zeros are left out.
        rounding: how to shorten more of them, for instance of 100/3 %.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError, NumberTypeError, NumberRangeError: an argument is none of these.

    Example:
        >>> (
        ...     format_percent(Percent("12.50"), locale="en"),
        ...     format_percent(Percent("100/3"), locale="en"),
        ... )
        ('12.5%', '33.33%')

    Source: CLDR percent patterns.
    """
    require_type(percent, Percent, "the percentage")
    _require_digits(digits)
    known_locale(locale)
    scaled = percent.points * 10**digits
    shortest = round_ratio(scaled.numerator, scaled.denominator, rounding)
    while digits and shortest % 10 == 0:
        shortest, digits = shortest // 10, digits - 1
    return _percent_template(locale, digits).filled(shortest)


def format_date(day: date, *, locale: str, style: DateStyle = DateStyle.MEDIUM) -> str:
    """Return a date as people write it.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        DateTypeError: not a plain date.
        WrongTypeError: the style is no DateStyle.

    Example:
        >>> format_date(date(2026, 5, 31), locale="en_GB")
        '31 May 2026'

    Source: CLDR date patterns, Gregorian calendar.
    """
    require_date(day, "the date")
    require_type(style, DateStyle, "the style")
    return babel.dates.format_date(day, format=style.value, locale=known_locale(locale))


def _require_digits(digits: int) -> None:
    """Refuse a number of decimals that nobody would print."""
    require_int(digits, "digits", at_least=0)
    if digits > MAX_DIGITS:
        raise NumberRangeError("digits is too large", expected=f"at most {MAX_DIGITS}", got=digits)


def period_text(period: Period, locale: str) -> str:
    """Return the first and the last day of a period as people write them; of one day, that day."""
    days = dict.fromkeys((period.start, period.last))
    return " - ".join(format_date(day, locale=locale) for day in days)


@lru_cache(maxsize=256)
def number_template(locale: str, digits: int) -> NumberTemplate:
    """Return how a locale writes a number with so many decimals."""
    found = known_locale(locale)
    return template_of(found.decimal_formats[None], found, digits)


@lru_cache(maxsize=256)
def _percent_template(locale: str, digits: int) -> NumberTemplate:
    found = known_locale(locale)
    return template_of(found.percent_formats[None], found, digits)
