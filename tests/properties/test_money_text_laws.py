"""Amounts in words, brackets and other decimals say what Babel says, whatever way writes them."""

import re
from decimal import MAX_EMAX, MIN_EMIN, Context, localcontext
from fractions import Fraction

import babel
import babel.numbers
import pytest
from babel.localedata import locale_identifiers
from hypothesis import example, given
from hypothesis import strategies as st

from milestone_invoicing import Currency, Money, PrecisionError, Price
from milestone_invoicing.display import MoneyStyle, format_money, format_price
from milestone_invoicing.testing import moneys, prices

# Those with other digits, directions, groups or minus signs are drawn more often.
TELLING = ("ar", "fa", "hi", "de_CH", "ja", "fr_FR", "nl_NL", "en_IN", "he", "ur", "es", "pt_PT")
LOCALES = st.sampled_from(TELLING) | st.sampled_from(sorted(locale_identifiers()))
STYLES = st.sampled_from(MoneyStyle)
NBSP = "\N{NO-BREAK SPACE}"
OWN = Currency("ABC", 2)
# CLDR's decimals are ISO's for these, so that Babel needs no help.
UNITS = (*map(Currency.of, ("EUR", "JPY", "KWD", "INR")), OWN)
each_unit = pytest.mark.parametrize("unit", UNITS, ids=str)
# Below a group, around each place where one begins, and past the bound of the template.
minors = (
    st.integers(-2_000_000, 2_000_000)
    | st.builds(lambda power, more: 10**power + more, st.integers(0, 12), st.integers(-2, 2))
    | st.integers(-(10**30), 10**30)
    | st.integers(10**600, 10**606)
)
WIDE = Context(prec=700, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])


def babels(money: Money, locale: str, style: str = "standard") -> str:
    """Return what Babel writes."""
    with localcontext(WIDE):
        return babel.numbers.format_currency(
            money.amount, money.currency.code, locale=locale, format_type=style
        )


def alike(text: str, babels: str, ignored: str = "") -> bool:
    """Say whether a text is Babel's, apart from signs that it may differ in.

    Where an apostrophe groups, Babel takes each second one out of what it writes.
    """
    signs = str.maketrans("", "", f"{ignored}'" if "'" in text else ignored)
    return text.translate(signs) == babels.translate(signs)


def grouped(whole: str, pattern: str, sign: str) -> str:
    """Group digits one by one from the right, as the commas of a pattern of CLDR's stand."""
    *_, last = groups = [len(group) for group in pattern.partition(".")[0].split(",")[1:]] or [0]
    text, size = "", last
    for count, digit in enumerate(reversed(whole)):
        if size and count == size:
            text, size = sign + text, size + (groups[-2] if len(groups) > 1 else last)
        text = digit + text
    return text


def spelled(minor: int, digits: int, around: str, locale: babel.Locale) -> str:
    """Return what a pattern of CLDR's says, read sign by sign; ``{}`` stands for the currency."""
    positive, _, negative = around.partition(";")
    core = re.search(r"[#0][#0,.]*", positive)[0]
    text = str(abs(minor)).rjust(digits + 1, "0")
    whole, part = (text[:-digits], text[-digits:]) if digits else (text, "")
    number = grouped(whole, core, babel.numbers.get_group_symbol(locale))
    number += babel.numbers.get_decimal_symbol(locale) + part if part else ""
    if minor >= 0:
        return positive.replace(core, number).replace("¤", "{}")
    shape = negative or f"-{positive}"
    return re.sub(r"[#0][#0,.]*", lambda _: number, shape).replace("¤", "{}")


@given(
    st.integers(1, 15).flatmap(lambda size: st.integers(10 ** (size - 1), 10**size - 1)),
    st.sampled_from([1, -1]),
    st.sampled_from(["CHF", "EUR", "JPY", "KWD"]),
    LOCALES,
    STYLES,
)
@example(123456750, 1, "CHF", "de_CH", MoneyStyle.STANDARD)
@example(123456789050, -1, "CHF", "fr_CH", MoneyStyle.STANDARD)
@example(123456789050, -1, "CHF", "gsw", MoneyStyle.ACCOUNTING)
@example(123456789050, -1, "EUR", "it_CH", MoneyStyle.NAME)
@example(12345678905, 1, "JPY", "en_CH", MoneyStyle.STANDARD)
def test_digits_groups_and_signs_are_what_pattern_and_symbols_of_the_locale_say(
    size: int, sign: int, code: str, locale: str, style: MoneyStyle
):
    money, found = Money(sign * size, Currency.of(code)), babel.Locale.parse(locale)
    text = format_money(money, locale=locale, style=style)
    if style is MoneyStyle.NAME:
        number = found.decimal_formats[None].pattern
        assert spelled(money.minor, money.currency.digits, number, found) in text
    else:
        number = found.currency_formats[style.value].pattern
        shape = spelled(money.minor, money.currency.digits, number, found)
        assert text == shape.format(babel.numbers.get_currency_symbol(code, found))


SIGNED = st.sampled_from([MoneyStyle.STANDARD, MoneyStyle.ACCOUNTING])


@given(st.integers(0, 10**13), st.integers(0, 9), LOCALES, SIGNED)
@example(10_000, 0, "de_CH", MoneyStyle.STANDARD)
@example(99_999, 9, "de_CH", MoneyStyle.STANDARD)
def test_no_group_is_lost_when_an_amount_grows(
    units: int, digit: int, locale: str, style: MoneyStyle
):
    sign = babel.numbers.get_group_symbol(locale)
    small, large = (
        format_money(Money(minor, Currency.of("JPY")), locale=locale, style=style).count(sign)
        for minor in (units, units * 10 + digit)
    )
    assert small <= large <= small + 1


@each_unit
@given(minors, LOCALES)
@example(-12345678, "en_IN")
@example(123456, "es")
@example(-123456789012, "de_CH")
@example(2**2000 - 1, "en")
@example(2**2000, "en")
@example(-(2**2001), "nl")
def test_an_amount_reads_as_babel_writes_it_in_every_locale(
    unit: Currency, minor: int, locale: str
):
    money = Money(minor, unit)
    text, expected = format_money(money, locale=locale), babels(money, locale)
    if unit is OWN:
        # A no-break space may be set between code and digits, and nothing else.
        assert alike(text, expected, NBSP)
        assert not any(f"ABC{digit}" in text or f"{digit}ABC" in text for digit in range(10))
    else:
        assert alike(text, expected)


@each_unit
@given(st.integers(-(10**12), 10**12), LOCALES)
@example(-12345678, "en")
def test_an_amount_for_accountants_reads_as_babel_writes_it(
    unit: Currency, minor: int, locale: str
):
    money = Money(minor, unit)
    text = format_money(money, locale=locale, style=MoneyStyle.ACCOUNTING)
    assert alike(text, babels(money, locale, "accounting"), NBSP)


@each_unit
@given(st.integers(-(10**12), 10**12), LOCALES)
@example(100, "ar")
@example(200, "pl")
@example(12345678, "en_IN")
def test_an_amount_with_the_name_of_its_currency_reads_as_babel_writes_it(
    unit: Currency, minor: int, locale: str
):
    money = Money(minor, unit)
    text = format_money(money, locale=locale, style=MoneyStyle.NAME)
    # The name of a currency of one's own is its code, which Japanese writes close to the digits.
    assert alike(text, babels(money, locale, "name"), NBSP)


@given(moneys(), LOCALES, SIGNED)
def test_the_decimals_of_the_currency_are_what_is_shown_without_a_number_of_them(
    money: Money, locale: str, style: MoneyStyle
):
    usual = format_money(money, locale=locale, style=style)
    digits = money.currency.digits
    assert format_money(money, locale=locale, style=style, decimals=digits) == usual
    price = Price.of_money(money)
    if style is MoneyStyle.STANDARD:
        assert format_price(price, locale=locale, decimals=digits) == usual


@given(
    st.integers(-(10**9), 10**9),
    st.integers(0, 6),
    st.integers(0, 9),
    st.sampled_from(["EUR", "JPY", "KWD"]),
    LOCALES,
)
def test_decimals_are_as_many_as_asked_for_or_none_may_be_lost(
    number: int, places: int, decimals: int, code: str, locale: str
):
    price = Price(Fraction(number, 10**places), code)
    if (price.value * 10**decimals).denominator == 1:
        text = format_price(price, locale=locale, decimals=decimals)
        as_unit = Money(int(price.value * 10**decimals), Currency("XYZ9", decimals))
        shown = format_money(as_unit, locale=locale)
        digits = [sign for sign in text if sign.isdecimal()]
        assert digits == [sign for sign in shown.replace("XYZ9", "") if sign.isdecimal()]
    else:
        with pytest.raises(PrecisionError, match="an amount would lose decimals: expected "):
            format_price(price, locale=locale, decimals=decimals)


@given(moneys(min_minor=1), LOCALES, STYLES, st.none() | st.integers(4, 6))
def test_an_amount_and_its_negative_never_read_alike_in_any_style(
    money: Money, locale: str, style: MoneyStyle, decimals: int | None
):
    if decimals is not None:
        decimals = max(decimals, money.currency.digits)
    texts = {
        format_money(each, locale=locale, style=style, decimals=decimals)
        for each in (money, -money, Money.zero(money.currency))
    }
    assert len(texts) == 3


HOSTILE = Context(prec=2, Emin=-1, Emax=1, traps=list(Context().traps), capitals=0)


@given(moneys(), prices(), LOCALES, STYLES)
def test_the_ambient_decimal_context_changes_nothing(
    money: Money, price: Price, locale: str, style: MoneyStyle
):
    def shown() -> list[str]:
        return [
            format_money(money, locale=locale, style=style, decimals=money.currency.digits),
            format_money(money, locale=locale),
            format_price(price, locale=locale),
            format_price(price, locale=locale, decimals=9),
        ]

    usual = shown()
    with localcontext(HOSTILE):
        assert shown() == usual
