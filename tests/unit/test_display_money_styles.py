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
from milestone_invoicing.display.money_format import _named

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


@pytest.mark.parametrize("bits", [2000, 2001, 2002, 14_000])
@pytest.mark.parametrize("sign", [1, -1])
def test_amounts_of_any_length_are_grouped_alike(bits: int, sign: int):
    digits = str(2**bits - 1)
    text = format_money(Money(sign * (2**bits - 1), EUR), locale="en")
    assert text.replace(",", "") == f"{'-' if sign < 0 else ''}€{digits[:-2]}.{digits[-2:]}"
    assert {len(group) for group in text.partition(".")[0].split(",")[1:]} == {3}


LONG = "1" + "0" * 5_000


# The plural goes by what is shown: in English 1 is one and 1.00 are several, in Polish the last two
# digits tell, and in Romanian 100 and more have "de" unless they end on 1 to 19.
@pytest.mark.parametrize(
    ("amount", "locale", "decimals", "text"),
    [
        pytest.param(*row, id=f"{row[0][:30]} {row[1]} {row[2]} = {row[3][-20:]}")
        for row in [
            ("EUR 1.00", "en", 0, "1 euro"),
            ("EUR 1.00", "en", None, "1.00 euros"),
            ("EUR 2.00", "en", 0, "2 euros"),
            ("EUR -1.00", "en", 0, "-1 euro"),
            ("PLN 1.00", "pl", 0, "1 złoty polski"),
            ("PLN 3.00", "pl", 0, "3 złote polskie"),
            ("PLN 5.00", "pl", 0, "5 złotych polskich"),
            ("PLN 22.00", "pl", 0, "22 złote polskie"),
            (f"PLN 1{'0' * 20}3.00", "pl", 0, f"1{' 000' * 6} 003 złote polskie"),
            (f"PLN 1{'0' * 20}5.00", "pl", 0, f"1{' 000' * 6} 005 złotych polskich"),
            ("EUR 119.00", "ro", 0, "119 euro"),
            ("EUR 120.00", "ro", 0, "120 de euro"),
            (f"EUR {LONG}.00", "ro", 0, f"100{'.000' * 1_666} de euro"),
        ]
    ],
)
def test_the_name_of_a_currency_has_the_plural_of_what_is_shown(
    amount: str, locale: str, decimals: int | None, text: str
):
    money = Money.parse(amount) if len(amount) < 99 else Money(10**5_002, EUR)
    shown = format_money(money, locale=locale, style=NAME, decimals=decimals)
    assert shown.replace(NBSP, " ") == text


# Danish counts 0.1 as one, and nothing at all as several: what is before the last digits counts.
@pytest.mark.parametrize(
    ("minor", "text"),
    [
        (1, "dansk krone"),
        (10**29, "dansk krone"),
        (0, "danske kroner"),
        (2 * 10**30, "danske kroner"),
    ],
)
def test_a_fraction_of_many_decimals_has_its_plural(minor: int, text: str):
    krone = Money.of(0, "DKK")
    fine = format_money(krone, locale="da", style=NAME, decimals=30)
    assert fine.endswith("danske kroner")
    assert str(_named(minor, 30, krone.currency, "da")).endswith(text)


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
