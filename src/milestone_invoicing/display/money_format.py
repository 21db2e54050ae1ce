"""How one amount or price reads in a locale; it knows no tables and no labels.

The number of decimals comes from the currency in ISO 4217, never from CLDR, which disagrees for
some. Patterns and signs are CLDR's, through Babel.
"""

from decimal import Decimal, localcontext
from enum import Enum, unique
from functools import lru_cache

from babel.numbers import format_currency

from milestone_invoicing._checks import require_int, require_type
from milestone_invoicing.display.formats import WIDE, known_locale, with_decimals
from milestone_invoicing.display.money_template import LARGEST_BITS, MoneyTemplate, learnt
from milestone_invoicing.errors import NumberRangeError, PrecisionError
from milestone_invoicing.money import Currency, Money, Price
from milestone_invoicing.money.exact import MAX_DIGITS, fraction_text


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
    if style is not _STANDARD or decimals is not None:
        require_type(style, MoneyStyle, "the style")
        digits = _decimals(amount.amount, currency.digits if decimals is None else decimals)
        return _written(amount.amount, currency, digits, locale, style)
    if type(locale) is not str:
        known_locale(locale)
    template = _template(locale, currency.code, currency.digits)
    if template is not None and amount.minor.bit_length() <= LARGEST_BITS:
        return template.filled(amount.minor)
    return _written(amount.amount, currency, currency.digits, locale, _STANDARD)


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
    places = max(price.currency.digits, len(exact.partition(".")[2]))
    digits = _decimals(Decimal(exact), places if decimals is None else decimals)
    return _written(Decimal(exact), price.currency, digits, locale, _STANDARD)


_STANDARD = MoneyStyle.STANDARD  # a plain name: attributes of an Enum are slow to look up


@lru_cache(maxsize=1024)
def _template(locale: str, code: str, digits: int) -> MoneyTemplate | None:
    """Return the shape of amounts in one locale and currency; learnt once, then remembered."""
    currency = Currency(code, digits)
    return learnt(lambda value: _written(value, currency, digits, locale, _STANDARD), digits)


def _require_no_decimals(decimals: int | None, exact: str) -> None:
    """Refuse any number of decimals for what none gives exactly."""
    if decimals is not None:
        require_int(decimals, "decimals", at_least=0)
        raise PrecisionError(
            "a price has no exact decimals",
            expected=f"None, for {exact} is written as a fraction",
            got=decimals,
        )


def _decimals(value: Decimal, decimals: int) -> int:
    """Return *decimals*, if they are enough for *value*."""
    require_int(decimals, "decimals", at_least=0)
    if decimals > MAX_DIGITS:
        raise NumberRangeError(
            "decimals is too large", expected=f"at most {MAX_DIGITS}", got=decimals
        )
    needed = len(f"{value:f}".partition(".")[2].rstrip("0"))
    if decimals < needed:
        raise PrecisionError(
            "an amount would lose decimals",
            expected=f"{needed} decimals or more",
            got=decimals,
            hint="round it first, for instance with Money.rounded_to",
        )
    return decimals


def _written(
    value: Decimal, currency: Currency, digits: int, locale: str, style: MoneyStyle
) -> str:
    """Return what Babel writes, with *digits* decimals whatever CLDR says."""
    found = known_locale(locale)
    with localcontext(WIDE):
        if style is MoneyStyle.NAME:
            pattern = found.decimal_formats[None].pattern.partition(".")[0]
            text: str = format_currency(
                value,
                currency.code,
                format=f"{pattern}.{'0' * digits}" if digits else pattern,
                locale=found,
                currency_digits=False,
                format_type="name",
            )
        else:
            pattern = with_decimals(found.currency_formats[style.value], digits)
            text = pattern.apply(value, found, currency=currency.code, currency_digits=False)
    return text if currency.is_listed else _spaced(text, currency.code)


def _spaced(text: str, code: str) -> str:
    """Keep a code of one's own apart from the digits: ABC2 and 5 are not to read as ABC25."""
    before, found, after = text.partition(code)
    if not found:  # CLDR has a sign or a name for it: withdrawn codes such as DEM
        return text
    left = "\u00a0" if before[-1:].isdigit() else ""
    right = "\u00a0" if after[:1].isdigit() else ""
    return f"{before}{left}{code}{right}{after}"
