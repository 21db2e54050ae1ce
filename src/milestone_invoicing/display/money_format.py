"""How one amount or price reads in a locale; it knows no tables and no labels.

The number of decimals comes from the currency in ISO 4217, never from CLDR, which disagrees for
some. Patterns and signs are CLDR's, through Babel.
"""

from decimal import Context, Decimal, localcontext
from enum import Enum, unique
from functools import lru_cache
from typing import Final

from babel.numbers import get_currency_name, get_currency_symbol, get_currency_unit_pattern

from milestone_invoicing._checks import require_int, require_type
from milestone_invoicing.display.formats import known_locale, number_template
from milestone_invoicing.display.number_template import NumberTemplate, template_of
from milestone_invoicing.errors import NumberRangeError, PrecisionError
from milestone_invoicing.money import Currency, Money, Price
from milestone_invoicing.money.exact import MAX_DIGITS, decimal_text, fraction_text


@unique
class MoneyStyle(Enum):
    """How an amount is written, by CLDR's names.

    STANDARD: with the sign of the currency. ACCOUNTING: the same, negative amounts often in
    brackets. NAME: with the name of the currency, in the plural where it has one.
    """

    STANDARD = "standard"
    ACCOUNTING = "accounting"
    NAME = "name"


def format_money(
    amount: Money,
    *,
    locale: str,
    style: MoneyStyle = MoneyStyle.STANDARD,
    decimals: int | None = None,
) -> str:
    """Return *amount* as people write it, with all its minor units.

    Args:
        amount: the amount.
        locale: a CLDR locale.
        style: with the sign of the currency, for accountants, or with its name.
        decimals: another number of decimals than the currency has, up to 4,000; none may be lost.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        PrecisionError: fewer *decimals* than the amount needs.
        WrongTypeError, NumberTypeError, NumberRangeError: an argument is none of these.

    Example:
        >>> format_money(Money.of("-1234.5", "EUR"), locale="en")
        '-€1,234.50'
        >>> format_money(Money.of("-1234", "USD"), locale="en", style=MoneyStyle.ACCOUNTING)
        '($1,234.00)'
        >>> format_money(Money.of("1234.567", "IQD"), locale="en")
        'IQD1,234.567'

    Source: CLDR currency patterns; decimals from ISO 4217.
    """
    require_type(amount, Money, "the amount")
    currency = amount.currency
    if style is _STANDARD and decimals is None and type(locale) is str:  # nearly always
        return _template(
            locale, currency.code, currency.is_listed, currency.digits, _STANDARD
        ).filled(amount.minor)
    require_type(style, MoneyStyle, "the style")
    known_locale(locale)
    places = currency.digits
    if decimals is not None:
        return _written(_scaled(amount.minor, places, decimals), decimals, currency, locale, style)
    return _written(amount.minor, places, currency, locale, style)


def format_price(price: Price, *, locale: str, decimals: int | None = None) -> str:
    """Return a unit price with the decimals of its currency, or more where it has more.

    A price that no decimal gives exactly is written as its code and a fraction.

    Args:
        price: the price.
        locale: a CLDR locale.
        decimals: this number of decimals instead, up to 4,000; none may be lost.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        PrecisionError: fewer *decimals* than the price needs.
        WrongTypeError, NumberTypeError, NumberRangeError: an argument is none of these.

    Example:
        >>> prices = (Price("85.5", "EUR"), Price("0.00345", "EUR"), Price("1/3", "EUR"))
        >>> [format_price(price, locale="en") for price in prices]
        ['€85.50', '€0.00345', 'EUR 1/3']

    Source: as ``format_money``; EN 16931 lets a price (BT-146) be finer than the currency.
    """
    require_type(price, Price, "the price")
    exact = fraction_text(price.value)
    if "/" in exact:
        known_locale(locale)
        _require_no_decimals(decimals, exact)
        return f"{price.currency.code} {exact}"
    places = len(exact.partition(".")[2])
    units = int(price.value * 10**places)
    if decimals is None:
        decimals = max(price.currency.digits, places)
    units = _scaled(units, places, decimals)
    known_locale(locale)
    return _written(units, decimals, price.currency, locale, _STANDARD)


_STANDARD = MoneyStyle.STANDARD  # a plain name: attributes of an Enum are slow to look up

# Enough for the digits that plural rules look at.
_COUNTING: Final = Context(prec=50, traps=[])
_COUNTED_DIGITS: Final = 15


def _require_no_decimals(decimals: int | None, exact: str) -> None:
    """Refuse any number of decimals for what none gives exactly."""
    if decimals is not None:
        require_int(decimals, "decimals", at_least=0)
        raise PrecisionError(
            "a price has no exact decimals",
            expected=f"None, for {exact} is written as a fraction",
            got=decimals,
        )


def _scaled(units: int, places: int, decimals: int) -> int:
    """Return units of the last of *places* decimals in units of the last of *decimals*."""
    require_int(decimals, "decimals", at_least=0)
    if decimals > MAX_DIGITS:
        raise NumberRangeError(
            "decimals is too large", expected=f"at most {MAX_DIGITS}", got=decimals
        )
    factor: int = 10 ** abs(decimals - places)
    if decimals >= places:
        return units * factor
    scaled, lost = divmod(units, factor)
    if lost:
        needed = len(decimal_text(units, -places).partition(".")[2].rstrip("0"))
        raise PrecisionError(
            "an amount would lose decimals",
            expected=f"{needed} decimals or more",
            got=decimals,
            hint="round it first, for instance with Money.rounded_to",
        )
    return scaled


def _written(units: int, digits: int, currency: Currency, locale: str, style: MoneyStyle) -> str:
    """Return an amount in a style, given in units of the last of *digits* decimals."""
    if style is MoneyStyle.NAME:
        return _named(units, digits, currency, locale)
    return _template(locale, currency.code, currency.is_listed, digits, style).filled(units)


@lru_cache(maxsize=1024)
def _template(
    locale: str,
    code: str,
    listed: bool,  # noqa: FBT001  # by place: with a name the cache is slower than what it saves
    digits: int,
    style: MoneyStyle,
) -> NumberTemplate:
    """Return how amounts are written with the sign of their currency."""
    found = known_locale(locale)
    sign = get_currency_symbol(code, found)
    template = template_of(found.currency_formats[style.value], found, digits, sign=sign)
    return template if listed else template.apart_from(code)


def _named(units: int, digits: int, currency: Currency, locale: str) -> str:
    """Return an amount with the name of its currency, in the plural that the number asks for."""
    found, count = known_locale(locale), _count(units, digits)
    with localcontext(_COUNTING):
        around = get_currency_unit_pattern(currency.code, count=count, locale=found)
        name = get_currency_name(currency.code, count=count, locale=found)
    template = number_template(locale, digits).within(*around.replace("{1}", name).split("{0}"))
    if not currency.is_listed:
        template = template.apart_from(currency.code)
    return template.filled(units)


def _count(units: int, digits: int) -> Decimal:
    """Return a number with the plural of so many units: rules look at its last digits."""
    whole, _, part = decimal_text(abs(units), -digits).partition(".")
    return Decimal(f"{_last(whole)}.{_last(part)}" if part else _last(whole))


def _last(text: str) -> str:
    """Shorten a long run of digits, and keep whether anything but zeros was before its end."""
    start, end = text[:-_COUNTED_DIGITS], text[-_COUNTED_DIGITS:]
    return f"1{end}" if start.strip("0") else end
