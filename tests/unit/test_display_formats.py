"""How one amount, price, number, percentage or date reads; expected texts are CLDR's."""

import decimal
import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from babel.numbers import get_group_symbol

from milestone_invoicing import (
    Currency,
    DateTypeError,
    Money,
    NotFiniteError,
    NumberFormatError,
    NumberRangeError,
    NumberTooLargeError,
    NumberTypeError,
    Percent,
    PrecisionError,
    Price,
    Rounding,
    UnknownLocaleError,
    WrongTypeError,
)
from milestone_invoicing.display import (
    DateStyle,
    MoneyStyle,
    format_date,
    format_money,
    format_number,
    format_percent,
)
from milestone_invoicing.display.money_format import format_price, known_locale
from milestone_invoicing.money.exact import MAX_DIGITS

NBSP = "\N{NO-BREAK SPACE}"
SWISS = get_group_symbol("de_CH")  # an apostrophe; CLDR 49 has another than CLDR 47
THIN = "\N{NARROW NO-BREAK SPACE}"
TO_LEFT = "\N{RIGHT-TO-LEFT MARK}"
TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"
MAY_31 = date(2026, 5, 31)
TEN_EUROS = Money.of(10, "EUR")


def equation(*columns: object) -> str:
    """Return the id of a row: what goes in, and what comes out."""
    *given, expected = map(str, columns)
    return f"{' '.join(given)} = {expected}"


def table(names: str, rows: list[tuple[object, ...]]) -> pytest.MarkDecorator:
    """Parametrize over *rows*, each with its equation as the id."""
    return pytest.mark.parametrize(
        names.split(), [pytest.param(*row, id=equation(*row)) for row in rows]
    )


@table(
    "amount currency locale text",
    [
        ("1234.5", "EUR", "en", "€1,234.50"),
        ("-1234.5", "EUR", "en", "-€1,234.50"),
        ("0", "EUR", "en", "€0.00"),
        ("0.01", "EUR", "en", "€0.01"),
        ("-0.01", "EUR", "en", "-€0.01"),
        ("1234.5", "EUR", "nl_NL", f"€{NBSP}1.234,50"),
        ("-1234.5", "EUR", "nl_NL", f"€{NBSP}-1.234,50"),
        ("1234.5", "EUR", "nl_BE", f"€{NBSP}1.234,50"),
        ("1234.5", "EUR", "fr_FR", f"1{THIN}234,50{NBSP}€"),
        ("1234.5", "USD", "fr_FR", f"1{THIN}234,50{NBSP}$US"),
        ("1234.5", "USD", "en_US", "$1,234.50"),
        ("1234.5", "USD", "en_GB", "US$1,234.50"),
        ("1234.5", "EUR", "de_DE", f"1.234,50{NBSP}€"),
        ("-1234.5", "CHF", "de_CH", f"CHF-1{SWISS}234.50"),
        ("999999.99", "CHF", "de_CH", f"CHF{NBSP}999{SWISS}999.99"),
        ("1000000", "CHF", "de_CH", f"CHF{NBSP}1{SWISS}000{SWISS}000.00"),
        ("1234567.5", "CHF", "de_CH", f"CHF{NBSP}1{SWISS}234{SWISS}567.50"),
        ("-1234567890.5", "CHF", "de_CH", f"CHF-1{SWISS}234{SWISS}567{SWISS}890.50"),
        ("1234567.5", "CHF", "it_CH", f"CHF{NBSP}1{SWISS}234{SWISS}567.50"),
        ("1234567.5", "CHF", "en_CH", f"CHF{NBSP}1{SWISS}234{SWISS}567.50"),
        ("1234567.5", "CHF", "gsw", f"1{SWISS}234{SWISS}567.50{NBSP}CHF"),
        ("1234567.89", "INR", "hi", "₹12,34,567.89"),
        ("1234", "JPY", "ja", "\N{FULLWIDTH YEN SIGN}1,234"),
        ("1234", "JPY", "en", "¥1,234"),
        ("-1234.5", "EUR", "ar", f"{TO_LEFT}-1,234.50{NBSP}€"),
        ("-1234.5", "EUR", "fa", f"-{TO_RIGHT}€{NBSP}1,234.50"),
        # ISO 4217 has three decimals where CLDR has none, and two where CLDR has none.
        ("1234.567", "IQD", "en", "IQD1,234.567"),
        ("1234.567", "IQD", "ar", f"{TO_LEFT}1,234.567{NBSP}د.ع.{TO_LEFT}"),
        ("1234.56", "IRR", "en", "IRR1,234.56"),
        ("1234.567", "KWD", "en", "KWD1,234.567"),
        ("1234", "KRW", "en", "₩1,234"),
        ("1.2345", "CLF", "en", "CLF1.2345"),
        # A hyphen where CLDR writes an underscore.
        ("1234.5", "EUR", "nl-NL", f"€{NBSP}1.234,50"),
    ],
)
def test_money(amount: str, currency: str, locale: str, text: str):
    assert format_money(Money.of(amount, currency), locale=locale) == text


@table(
    "digits minor text",
    [(0, 5, "POINTS\u00a05"), (1, -5, "-POINTS\u00a00.5"), (6, 5, "POINTS\u00a00.000005")],
)
def test_money_in_a_currency_of_ones_own(digits: int, minor: int, text: str):
    assert format_money(Money(minor, Currency("POINTS", digits)), locale="en") == text


def test_money_of_many_digits_is_written_in_full():
    text = format_money(Money(10**5_000, Currency.of("EUR")), locale="en")
    assert text.replace(",", "") == f"€1{'0' * 4_998}.00"


def test_money_of_absurdly_many_digits_is_written_in_full():
    text = format_money(Money(3 * 10**101_000, Currency.of("JPY")), locale="en")
    assert text.replace(",", "") == "¥3" + "0" * 101_000


@table(
    "price locale text",
    [
        (Price("85.5", "EUR"), "en", "€85.50"),
        (Price("85.505", "EUR"), "nl", f"€{NBSP}85,505"),
        (Price("0.00345", "EUR"), "en", "€0.00345"),
        (Price(1200, "JPY"), "en", "¥1,200"),
        (Price("0.5", "JPY"), "en", "¥0.5"),
        (Price("-85.5", "EUR"), "en", "-€85.50"),
        (Price("1/3", "EUR"), "nl", "EUR 1/3"),
    ],
)
def test_price(price: Price, locale: str, text: str):
    assert format_price(price, locale=locale) == text


@table(
    "value locale text",
    [
        ("1234.5", "en", "1,234.5"),
        ("1234.50", "nl", "1.234,50"),
        (7, "en", "7"),
        (-7, "en", "-7"),
        (Decimal("0.000"), "en", "0.000"),
        ("-0.00", "en", "0.00"),
        ("1e3", "en", "1,000"),
        ("1e-3", "fr", "0,001"),
        ("1234567.5", "fr_FR", f"1{THIN}234{THIN}567,5"),
        ("1234567.5", "hi", "12,34,567.5"),
        (Fraction(9, 4), "nl", "2,25"),
        (Fraction(-36), "en", "-36"),
        ("9/4", "en", "2.25"),
    ],
)
def test_number(value: object, locale: str, text: str):
    assert format_number(value, locale=locale) == text


@table(
    "value digits rounding text",
    [
        (Fraction(100, 3), 1, Rounding.HALF_UP, "33.3"),
        (Fraction(100, 3), 1, Rounding.UP, "33.4"),
        (Fraction(-100, 3), 1, Rounding.FLOOR, "-33.4"),
        (Fraction(45, 2), 0, Rounding.HALF_UP, "23"),
        (Fraction(45, 2), 0, Rounding.HALF_EVEN, "22"),
        (Fraction(36), 1, Rounding.HALF_UP, "36.0"),  # zeros at the end are kept
        (Fraction(-1, 100), 1, Rounding.HALF_UP, "0.0"),  # and no minus zero
        ("200/3", 2, Rounding.HALF_UP, "66.67"),
        ("1234.5", 2, Rounding.HALF_UP, "1,234.50"),
        (Decimal("1234.5"), 0, Rounding.DOWN, "1,234"),
        (7, 3, Rounding.HALF_UP, "7.000"),
    ],
)
def test_number_with_digits_and_rounding(value: object, digits: int, rounding: Rounding, text: str):
    assert format_number(value, locale="en", digits=digits, rounding=rounding) == text


def test_number_is_rounded_half_up_by_default_to_at_most_4000_digits():
    assert format_number("2.5", locale="en", digits=0) == "3"
    assert format_number(Fraction(1, 3), locale="en", digits=4_000) == f"0.{'3' * 4_000}"


NINES = "9" * MAX_DIGITS
ZEROS = "0" * MAX_DIGITS
EUR = Currency.of("EUR")


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        pytest.param(
            format_number(NINES, locale="en", digits=MAX_DIGITS),
            NINES + ZEROS,
            id="4000 digits, and 4000 decimals",
        ),
        pytest.param(
            format_number(f"-0.{NINES}", locale="en"), "0" + NINES, id="4000 decimals of its own"
        ),
        pytest.param(
            format_percent(Percent(NINES), locale="en", digits=MAX_DIGITS),
            NINES,
            id="4000 digits of a percentage",
        ),
        pytest.param(
            format_percent(Percent("200/3"), locale="en", digits=MAX_DIGITS),
            "66" + "6" * (MAX_DIGITS - 1) + "7",
            id="4000 decimals of a percentage",
        ),
        pytest.param(
            format_price(Price(f"0.{NINES}", EUR), locale="en"), "0" + NINES, id="the finest price"
        ),
        pytest.param(
            format_price(Price(NINES, EUR), locale="en", decimals=MAX_DIGITS),
            NINES + ZEROS,
            id="the highest price, and 4000 decimals",
        ),
        pytest.param(
            format_money(Money(-int(Decimal("12345" * 2_000)), EUR), locale="en"),
            "12345" * 2_000,
            id="an amount of 10000 digits, as a sum may be",
        ),
        pytest.param(
            format_money(
                Money(int(Decimal("12345" * 2_000)), EUR),
                locale="en",
                style=MoneyStyle.NAME,
                decimals=MAX_DIGITS,
            ),
            "12345" * 2_000 + ZEROS[2:],
            id="such an amount with a name and 4000 decimals",
        ),
    ],
)
def test_the_longest_that_is_admitted_loses_no_digit(text: str, digits: str):
    assert re.sub(r"[^0-9]", "", text) == digits


@table(
    "points locale text",
    [
        ("30", "en", "30%"),
        ("30", "nl", "30%"),
        ("30", "fr", f"30{NBSP}%"),
        ("30", "de", f"30{NBSP}%"),
        ("12.50", "en", "12.5%"),
        ("12.50", "fr", f"12,5{NBSP}%"),
        ("100/3", "en", "33.33%"),
        ("200/3", "en", "66.67%"),
        ("-100/3", "en", "-33.33%"),
        ("0.001", "en", "0%"),
        ("-0.001", "en", "0%"),
        ("0.005", "en", "0.01%"),
        ("1000", "en", "1,000%"),
        ("100", "en", "100%"),
        ("0", "en", "0%"),
    ],
)
def test_percent(points: str, locale: str, text: str):
    assert format_percent(Percent(points), locale=locale) == text


@table(
    "points digits rounding text",
    [
        ("100/3", 0, Rounding.HALF_UP, "33%"),
        ("100/3", 0, Rounding.UP, "34%"),
        ("-100/3", 0, Rounding.FLOOR, "-34%"),
        ("100/3", 4, Rounding.HALF_UP, "33.3333%"),
        ("12.5", 0, Rounding.HALF_EVEN, "12%"),
        ("12.5", 0, Rounding.HALF_UP, "13%"),
        ("12.5", 1, Rounding.DOWN, "12.5%"),
        ("20", 0, Rounding.HALF_UP, "20%"),  # the zero of a whole percentage is kept
    ],
)
def test_percent_with_digits_and_rounding(points: str, digits: int, rounding: Rounding, text: str):
    assert format_percent(Percent(points), locale="en", digits=digits, rounding=rounding) == text


def test_percent_with_the_most_digits():
    text = format_percent(Percent("100/3"), locale="en", digits=4_000)
    assert text == f"33.{'3' * 4_000}%"


@table(
    "locale style text",
    [
        ("en_GB", DateStyle.SHORT, "31/05/2026"),
        ("en_GB", DateStyle.MEDIUM, "31 May 2026"),
        ("en_GB", DateStyle.LONG, "31 May 2026"),
        ("en_US", DateStyle.SHORT, "5/31/26"),
        ("en_US", DateStyle.MEDIUM, "May 31, 2026"),
        ("nl", DateStyle.SHORT, "31-05-2026"),
        ("nl", DateStyle.FULL, "zondag 31 mei 2026"),
        ("fr", DateStyle.MEDIUM, "31 mai 2026"),
        ("de", DateStyle.MEDIUM, "31.05.2026"),
        ("ja", DateStyle.LONG, "2026年5月31日"),
    ],
)
def test_date(locale: str, style: DateStyle, text: str):
    assert format_date(MAY_31, locale=locale, style=style) == text


@table("day text", [(date.min, "1 Jan 1"), (date.max, "31 Dec 9999"), (MAY_31, "31 May 2026")])
def test_the_date_is_medium_by_default(day: date, text: str):
    assert format_date(day, locale="en_GB") == text


@table(
    "identifier found",
    [
        ("nl_NL", "nl_NL"),
        ("nl-NL", "nl_NL"),
        ("NL_nl", "nl_NL"),
        ("zh-Hant-TW", "zh_Hant_TW"),
        ("en", "en"),
    ],
)
def test_a_locale_is_found_by(identifier: str, found: str):
    assert str(known_locale(identifier)) == found


FORMATTERS = {
    "money": lambda locale: format_money(TEN_EUROS, locale=locale),
    "price": lambda locale: format_price(Price("1/3", "EUR"), locale=locale),
    "number": lambda locale: format_number(1, locale=locale),
    "percent": lambda locale: format_percent(Percent(1), locale=locale),
    "date": lambda locale: format_date(MAY_31, locale=locale),
}
each_formatter = pytest.mark.parametrize("name", FORMATTERS)


@each_formatter
@pytest.mark.parametrize(
    "locale",
    [
        "xx", "xx_XX", "nl_XX", "", " en", "en_", "en-u-nu-arab",
        # Babel reads these as American English from 2.19 on.
        "C", "c", "POSIX", "posix", "C.UTF-8", "c.", "POSIX.utf8",
    ],
)  # fmt: skip
def test_an_unknown_locale_is_refused(name: str, locale: str):
    message = (
        f'a locale is not known: expected a CLDR locale such as "nl_NL" or "en", got {locale!r}'
    )
    with pytest.raises(UnknownLocaleError, match=f"^{re.escape(message)}$"):
        FORMATTERS[name](locale)


@each_formatter
@pytest.mark.parametrize("locale", [None, 1, b"en", ["en"], {"en"}, known_locale("en")], ids=repr)
def test_a_locale_that_is_no_text_is_refused(name: str, locale: object):
    with pytest.raises(WrongTypeError, match=r"^the locale is of the wrong type: expected str, "):
        FORMATTERS[name](locale)


def refused(error: type[Exception], call: object, message: str, hint: str = "") -> object:
    """Return a row whose id is the message, without the hint."""
    text = f"{message}; {hint}" if hint else message
    return pytest.param(error, call, f"^{re.escape(text)}$", id=message)


NOON = datetime(2026, 5, 31, 12)  # a zone would not make it a date


@pytest.mark.parametrize(
    ("error", "call", "message"),
    [
        refused(
            WrongTypeError,
            lambda: format_money("10", locale="en"),
            "the amount is of the wrong type: expected Money, got '10'",
        ),
        refused(
            WrongTypeError,
            lambda: format_price(TEN_EUROS, locale="en"),
            "the price is of the wrong type: expected Price, got EUR 10.00",
        ),
        refused(
            NumberTypeError,
            lambda: format_number(0.5, locale="en"),
            "a number is not an exact number: expected int, Decimal, Fraction or text, got 0.5",
            'write it as text, such as "0.1"',
        ),
        refused(
            NumberTypeError,
            lambda: format_number(True, locale="en"),
            "a number is not an exact number: expected int, Decimal, Fraction or text, got True",
        ),
        refused(
            NumberTypeError,
            lambda: format_number(0.25, locale="en", digits=1),
            "a number is not an exact number: expected int, Decimal, Fraction or text, got 0.25",
            'write it as text, such as "0.1"',
        ),
        refused(
            PrecisionError,
            lambda: format_number(Fraction(100, 3), locale="en"),
            "a number is no decimal exactly: expected a number of decimals to round it to,"
            " got 100/3",
            "pass digits=",
        ),
        refused(
            PrecisionError,
            lambda: format_number("1/7", locale="en"),
            "a number is no decimal exactly: expected a number of decimals to round it to, got 1/7",
            "pass digits=",
        ),
        refused(
            NumberTypeError,
            lambda: format_number(1, locale="en", digits="1"),
            "digits is not a whole number: expected int, got '1'",
        ),
        refused(
            NumberRangeError,
            lambda: format_number(1, locale="en", digits=4_001),
            "digits is too large: expected at most 4000, got 4001",
        ),
        refused(
            WrongTypeError,
            lambda: format_number(1, locale="en", rounding="UP"),
            "rounding is of the wrong type: expected Rounding, got 'UP'",
        ),
        refused(
            NumberFormatError,
            lambda: format_number("1,5", locale="en"),
            """a number does not read as a number: expected a text such as "1234.50", got '1,5'""",
        ),
        refused(
            NotFiniteError,
            lambda: format_number("nan", locale="en"),
            "a number is not finite: expected a finite number, got 'nan'",
        ),
        refused(
            NumberTooLargeError,
            lambda: format_number("1e999999999", locale="en"),
            "a number is too large or too fine: expected at most 4000 digits, got '1e999999999'",
        ),
        refused(
            WrongTypeError,
            lambda: format_percent(30, locale="en"),
            "the percentage is of the wrong type: expected Percent, got 30",
        ),
        refused(
            NumberTypeError,
            lambda: format_percent(Percent(30), locale="en", digits=True),
            "digits is not a whole number: expected int, got True",
        ),
        refused(
            NumberRangeError,
            lambda: format_percent(Percent(30), locale="en", digits=-1),
            "digits is too small: expected 0 or more, got -1",
        ),
        refused(
            NumberRangeError,
            lambda: format_percent(Percent(30), locale="en", digits=4_001),
            "digits is too large: expected at most 4000, got 4001",
        ),
        refused(
            WrongTypeError,
            lambda: format_percent(Percent(30), locale="en", rounding="UP"),
            "rounding is of the wrong type: expected Rounding, got 'UP'",
        ),
        refused(
            DateTypeError,
            lambda: format_date(NOON, locale="en"),
            "the date is not a plain date: expected datetime.date, got 2026-05-31 12:00:00",
            "call .date() on a datetime",
        ),
        refused(
            DateTypeError,
            lambda: format_date("2026-05-31", locale="en"),
            "the date is not a plain date: expected datetime.date, got '2026-05-31'",
        ),
        refused(
            WrongTypeError,
            lambda: format_date(MAY_31, locale="en", style="short"),
            "the style is of the wrong type: expected DateStyle, got 'short'",
        ),
    ],
)
def test_bad_input_is_refused(error: type[Exception], call: object, message: str):
    with pytest.raises(error, match=message):
        call()


def test_the_machine_is_not_asked(monkeypatch: pytest.MonkeyPatch):
    before = [format_(locale) for format_ in FORMATTERS.values() for locale in ("ar", "nl_NL")]
    for name, value in {"LC_ALL": "ar_EG.UTF-8", "LANGUAGE": "ar", "TZ": "Asia/Tokyo"}.items():
        monkeypatch.setenv(name, value)
    hostile = decimal.Context(
        prec=2, rounding=decimal.ROUND_UP, Emin=-1, Emax=1, traps=list(decimal.Context().traps)
    )
    with decimal.localcontext(hostile):
        after = [format_(locale) for format_ in FORMATTERS.values() for locale in ("ar", "nl_NL")]
    assert after == before
    text = format_money(Money.of("123456.78", "EUR"), locale="en")
    with decimal.localcontext(hostile):
        assert format_money(Money(12345678, Currency.of("EUR")), locale="en") == text
