"""Styles, other numbers of decimals, and codes of one's own; expected texts are CLDR's."""

import pytest

from milestone_invoicing import (
    Currency,
    Money,
    NumberRangeError,
    NumberTypeError,
    PrecisionError,
    Price,
    UnknownLocaleError,
    WrongTypeError,
)
from milestone_invoicing.display import MoneyStyle, format_money, format_price
from milestone_invoicing.display.money_format import _spaced, _template
from milestone_invoicing.display.money_template import LARGEST_BITS

NBSP = "\N{NO-BREAK SPACE}"
STANDARD, ACCOUNTING, NAME = MoneyStyle
EUR = Currency.of("EUR")
TEN = Money.of(10, "EUR")


@pytest.mark.parametrize(
    ("amount", "locale", "style", "text"),
    [
        pytest.param(*row, id=f"{row[0]} {row[1]} {row[2].name} = {row[3]}")
        for row in [
            ("EUR 1234.50", "en", STANDARD, "€1,234.50"),
            ("EUR -1234.50", "en", STANDARD, "-€1,234.50"),
            ("EUR 1234.50", "en", ACCOUNTING, "€1,234.50"),
            ("EUR -1234.50", "en", ACCOUNTING, "(€1,234.50)"),
            ("EUR -1234.50", "nl", ACCOUNTING, f"(€{NBSP}1.234,50)"),
            ("EUR -1234.50", "de", ACCOUNTING, f"-1.234,50{NBSP}€"),
            ("EUR 0.00", "en", ACCOUNTING, "€0.00"),
            ("IQD -1234.567", "en", ACCOUNTING, "(IQD1,234.567)"),
            ("EUR 1234.50", "en", NAME, "1,234.50 euros"),
            ("EUR -1234.50", "en", NAME, "-1,234.50 euros"),
            ("EUR 1234.50", "nl", NAME, "1.234,50 euro"),
            ("EUR 1234.50", "fr", NAME, "1\N{NARROW NO-BREAK SPACE}234,50 euros"),
            ("JPY 1234", "en", NAME, "1,234 Japanese yen"),
            ("INR 1234567.89", "hi", NAME, "12,34,567.89 भारतीय रुपए"),
            ("KWD 1.234", "en", NAME, "1.234 Kuwaiti dinars"),
            ("IQD 1234.567", "en", NAME, "1,234.567 Iraqi dinars"),
        ]
    ],
)
def test_an_amount_in_a_style(amount: str, locale: str, style: MoneyStyle, text: str):
    assert format_money(Money.parse(amount), locale=locale, style=style) == text


def test_there_are_three_styles_and_the_first_is_the_usual_one():
    assert [style.name for style in MoneyStyle] == ["STANDARD", "ACCOUNTING", "NAME"]
    assert format_money(-TEN, locale="nl") == format_money(-TEN, locale="nl", style=STANDARD)


@pytest.mark.parametrize(
    ("amount", "decimals", "style", "text"),
    [
        pytest.param(*row, id=f"{row[0]} with {row[1]} {row[2].name} = {row[3]}")
        for row in [
            ("EUR 10.00", 0, STANDARD, "€10"),
            ("EUR 10.00", 1, STANDARD, "€10.0"),
            ("EUR 10.00", 2, STANDARD, "€10.00"),
            ("EUR 10.00", 3, STANDARD, "€10.000"),
            ("EUR -10.50", 1, STANDARD, "-€10.5"),
            ("EUR -10.50", 1, ACCOUNTING, "(€10.5)"),
            ("EUR 10.50", 1, NAME, "10.5 euros"),
            ("EUR 10.00", 0, NAME, "10 euros"),
            ("EUR 0.00", 0, STANDARD, "€0"),
            ("JPY 10", 2, STANDARD, "¥10.00"),
            ("IQD 10.000", 0, STANDARD, "IQD10"),
        ]
    ],
)
def test_an_amount_with_another_number_of_decimals(
    amount: str, decimals: int, style: MoneyStyle, text: str
):
    money = Money.parse(amount)
    assert format_money(money, locale="en", decimals=decimals, style=style) == text


@pytest.mark.parametrize(
    ("price", "decimals", "text"),
    [
        pytest.param(*row, id=f"{row[0]} with {row[1]} = {row[2]}")
        for row in [
            (Price("85.5", "EUR"), None, "€85.50"),
            (Price("85.5", "EUR"), 1, "€85.5"),
            (Price("85.5", "EUR"), 3, "€85.500"),
            (Price("85", "EUR"), 0, "€85"),
            (Price("-0.00345", "EUR"), 5, "-€0.00345"),
            (Price("0.00345", "EUR"), 6, "€0.003450"),
            (Price("0.5", "JPY"), None, "¥0.5"),
            (Price("1/3", "EUR"), None, "EUR 1/3"),
        ]
    ],
)
def test_a_price_with_another_number_of_decimals(price: Price, decimals: int | None, text: str):
    assert format_price(price, locale="en", decimals=decimals) == text


# A code of one's own stands apart from the digits; one that CLDR knows a sign or name for, as the
# codes of withdrawn currencies, reads as CLDR says.
@pytest.mark.parametrize(
    ("code", "locale", "style", "text"),
    [
        pytest.param(*row, id=f"{row[0]} {row[1]} {row[2].name} = {row[3]}")
        for row in [
            ("BTC", "en", STANDARD, f"-BTC{NBSP}12,345.00"),
            ("BTC", "en", ACCOUNTING, f"(BTC{NBSP}12,345.00)"),
            ("BTC", "en", NAME, "-12,345.00 BTC"),
            ("BTC", "nl", STANDARD, f"BTC{NBSP}-12.345,00"),
            ("BTC", "de", STANDARD, f"-12.345,00{NBSP}BTC"),
            ("ABC2", "en", STANDARD, f"-ABC2{NBSP}12,345.00"),
            ("A1B", "en", STANDARD, f"-A1B{NBSP}12,345.00"),
            ("A1B", "de", STANDARD, f"-12.345,00{NBSP}A1B"),
            ("DEM", "en", STANDARD, f"-DEM{NBSP}12,345.00"),
            ("DEM", "en", NAME, "-12,345.00 German marks"),
            ("BGN", "bg", STANDARD, f"-12{NBSP}345,00{NBSP}лв."),
        ]
    ],
)
def test_an_amount_in_a_currency_of_ones_own(code: str, locale: str, style: MoneyStyle, text: str):
    assert format_money(Money(-1234500, Currency(code, 2)), locale=locale, style=style) == text


def test_digits_that_come_first_stand_apart_from_a_code_behind_them():
    # No pattern of CLDR's has digits and code without a space, so that none shows it.
    assert _spaced("5.00ABC2", "ABC2") == f"5.00{NBSP}ABC2"
    assert _spaced("ABC25.00", "ABC2") == f"ABC2{NBSP}5.00"
    assert _spaced("ABC2-5.00", "ABC2") == "ABC2-5.00"
    assert _spaced("5.00 marks", "DEM") == "5.00 marks"


@pytest.mark.parametrize(
    ("code", "locale", "learnt"),
    [
        ("EUR", "en", True),
        ("KWD", "ar", True),
        ("INR", "en", True),
        ("INR", "en_IN", False),
        ("EUR", "hi", False),
    ],
)
def test_a_template_is_used_where_groups_are_of_three(code: str, locale: str, learnt: bool):
    assert (_template(locale, code, Currency.of(code).digits) is not None) is learnt


def test_amounts_at_the_bound_of_the_template_and_beyond_read_alike():
    for bits in (LARGEST_BITS - 1, LARGEST_BITS, LARGEST_BITS + 1):
        for minor in (2**bits - 1, -(2**bits) + 1):
            text = format_money(Money(minor, EUR), locale="en")
            sign = "-" if minor < 0 else ""
            digits = str(abs(minor))
            assert text.replace(",", "") == f"{sign}€{digits[:-2]}.{digits[-2:]}"
            assert text[-7] == ","


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        pytest.param(
            lambda: format_money(Money.of("10.50", "EUR"), locale="en", decimals=0),
            PrecisionError,
            "an amount would lose decimals: expected 1 decimals or more, got 0; round it first, "
            "for instance with Money.rounded_to$",
            id="one decimal lost",
        ),
        pytest.param(
            lambda: format_money(Money.of("10.05", "EUR"), locale="en", decimals=1, style=NAME),
            PrecisionError,
            "an amount would lose decimals: expected 2 decimals or more, got 1",
            id="one of two lost",
        ),
        pytest.param(
            lambda: format_price(Price("0.00345", "EUR"), locale="en", decimals=4),
            PrecisionError,
            "an amount would lose decimals: expected 5 decimals or more, got 4",
            id="one of five lost of a price",
        ),
        pytest.param(
            lambda: format_price(Price("1/3", "EUR"), locale="en", decimals=2),
            PrecisionError,
            "a price has no exact decimals: expected None, for 1/3 is written as a fraction, got 2",
            id="decimals of a third",
        ),
        pytest.param(
            lambda: format_price(Price("1/3", "EUR"), locale="en", decimals="2"),
            NumberTypeError,
            "decimals is not a whole number: expected int, got '2'",
            id="a text for the decimals of a third",
        ),
        pytest.param(
            lambda: format_money(TEN, locale="en", decimals=True),
            NumberTypeError,
            "decimals is not a whole number: expected int, got True",
            id="a bool for decimals",
        ),
        pytest.param(
            lambda: format_money(TEN, locale="en", decimals=-1),
            NumberRangeError,
            "decimals is too small: expected 0 or more, got -1",
            id="negative decimals",
        ),
        pytest.param(
            lambda: format_money(TEN, locale="en", decimals=4_001),
            NumberRangeError,
            "decimals is too large: expected at most 4000, got 4001",
            id="absurdly many decimals",
        ),
        pytest.param(
            lambda: format_price(Price(1, "EUR"), locale="en", decimals=10**12),
            NumberRangeError,
            "decimals is too large: expected at most 4000, got 1000000000000",
            id="absurdly many decimals of a price",
        ),
        pytest.param(
            lambda: format_money(TEN, locale="en", style="name"),
            WrongTypeError,
            "the style is of the wrong type: expected MoneyStyle, got 'name'",
            id="the name of a style",
        ),
        pytest.param(
            lambda: format_money(TEN, locale="en", style=None, decimals=2),
            WrongTypeError,
            "the style is of the wrong type: expected MoneyStyle, got None",
            id="no style",
        ),
        pytest.param(
            lambda: format_money(TEN, locale=None),
            WrongTypeError,
            "the locale is of the wrong type: expected str, got None",
            id="no locale",
        ),
        pytest.param(
            lambda: format_money(TEN, locale="xx", style=NAME),
            UnknownLocaleError,
            "a locale is not known: .* got 'xx'",
            id="an unknown locale in a style",
        ),
        pytest.param(
            lambda: format_price(Price("1/3", "EUR"), locale="xx"),
            UnknownLocaleError,
            "a locale is not known: .* got 'xx'",
            id="an unknown locale of a third",
        ),
        pytest.param(
            lambda: format_price(TEN, locale="en"),
            WrongTypeError,
            "the price is of the wrong type: expected Price, got EUR 10.00",
            id="an amount for a price",
        ),
    ],
)
def test_bad_input_is_refused(make: object, error: type[Exception], message: str):
    with pytest.raises(error, match=message):
        make()


def test_4000_decimals_are_written():
    text = format_money(TEN, locale="en", decimals=4_000)
    assert text == f"€10.{'0' * 4_000}"


class Tag(str):
    """A text by another name."""

    __slots__ = ()


def test_a_locale_may_be_of_a_kind_of_text():
    assert format_money(TEN, locale=Tag("nl")) == format_money(TEN, locale="nl")
