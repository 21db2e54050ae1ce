"""How one number, percentage or date reads in a locale; it knows no amounts and no labels.

CLDR, through Babel, gives patterns, signs and names. The ambient decimal context, locale and time
zone are not asked.
"""

from copy import copy
from datetime import date
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_HALF_UP, Context, Decimal, localcontext
from enum import Enum, unique
from functools import lru_cache
from typing import Final

import babel
import babel.dates
from babel.numbers import NumberPattern

from milestone_invoicing._checks import require_date, require_int, require_type
from milestone_invoicing.errors import NumberRangeError, UnknownLocaleError
from milestone_invoicing.money import Percent, Rounding, round_ratio
from milestone_invoicing.money.exact import MAX_DIGITS, decimal_text, decimal_value

# So wide that nothing is ever rounded in it: values come here with their final decimals.
WIDE: Final = Context(
    prec=MAX_PREC,
    rounding=ROUND_HALF_UP,
    Emin=MIN_EMIN,
    Emax=MAX_EMAX,
    capitals=1,
    clamp=0,
    traps=[],
)


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


@lru_cache(maxsize=256)
def _parsed_locale(identifier: str) -> babel.Locale:
    try:
        return babel.Locale.parse(identifier.replace("-", "_"))
    except (babel.UnknownLocaleError, ValueError):
        raise UnknownLocaleError(
            "a locale is not known",
            expected='a CLDR locale such as "nl_NL" or "en"',
            got=identifier,
        ) from None


def format_number(value: Decimal | int | str, *, locale: str) -> str:
    """Return an exact decimal number with all its decimals.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError: not an exact and
            sensible number.

    Example:
        >>> format_number("1234.5", locale="nl")
        '1.234,5'

    Source: CLDR decimal patterns.
    """
    number = decimal_value(value, "a number")
    found = known_locale(locale)
    places = max(0, -int(number.as_tuple().exponent))
    return _applied(found.decimal_formats[None], number, places, found)


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
    require_int(digits, "digits", at_least=0)
    if digits > MAX_DIGITS:
        raise NumberRangeError("digits is too large", expected=f"at most {MAX_DIGITS}", got=digits)
    found = known_locale(locale)
    scaled = percent.points * 10**digits
    shortest = round_ratio(scaled.numerator, scaled.denominator, rounding)
    while digits and shortest % 10 == 0:
        shortest, digits = shortest // 10, digits - 1
    share = Decimal(decimal_text(shortest, -digits - 2))
    return _applied(found.percent_formats[None], share, digits, found)


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


def with_decimals(pattern: NumberPattern, digits: int) -> NumberPattern:
    """Return a copy of a pattern of Babel's, which shares it between all callers."""
    changed = copy(pattern)
    changed.frac_prec = (digits, digits)
    return changed


def _applied(pattern: NumberPattern, value: Decimal, digits: int, locale: babel.Locale) -> str:
    with localcontext(WIDE):
        text: str = with_decimals(pattern, digits).apply(value, locale)
    return text
