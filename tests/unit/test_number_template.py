"""Templates of numbers: digits put between the signs of a locale, in groups of any size."""

import babel
import pytest
from babel.numbers import parse_pattern

from milestone_invoicing.display.number_template import NumberTemplate, template_of

EURO = NumberTemplate(("€ ", ""), ("€ -", ""), (3, 3), ".", ",", 2)
YEN = NumberTemplate(("¥", " JPY"), ("(¥", ")"), (3, 3), ",", ".", 0)
RUPEE = NumberTemplate(("₹", ""), ("-₹", ""), (3, 2), ",", ".", 2)
PAIRS = NumberTemplate(("", ""), ("-", ""), (2, 2), "'", ".", 1)
PLAIN = NumberTemplate(("", ""), ("-", ""), (1000, 1000), ",", ".", 0)


@pytest.mark.parametrize(
    ("template", "units", "text"),
    [
        pytest.param(*row, id=f"{row[1]} = {row[2]}")
        for row in [
            (EURO, 0, "€ 0,00"),
            (EURO, 5, "€ 0,05"),
            (EURO, -5, "€ -0,05"),
            (EURO, 100, "€ 1,00"),
            (EURO, 99_999, "€ 999,99"),
            (EURO, 100_000, "€ 1.000,00"),
            (EURO, -100_000, "€ -1.000,00"),
            (EURO, 123_456_789, "€ 1.234.567,89"),
            (YEN, 0, "¥0 JPY"),
            (YEN, 1_000, "¥1,000 JPY"),
            (YEN, -1_234_567, "(¥1,234,567)"),
            (RUPEE, 5, "₹0.05"),
            (RUPEE, 99_999, "₹999.99"),
            (RUPEE, 100_000, "₹1,000.00"),
            (RUPEE, 9_999_999, "₹99,999.99"),
            (RUPEE, 10_000_000, "₹1,00,000.00"),
            (RUPEE, -123_456_789_000, "-₹1,23,45,67,890.00"),
            (PAIRS, 999, "99.9"),
            (PAIRS, 1_000, "1'00.0"),
            (PAIRS, -1_234_567, "-12'34'56.7"),
            (PLAIN, -1_234_567, "-1234567"),
        ]
    ],
)
def test_a_template_is_filled(template: NumberTemplate, units: int, text: str):
    assert template.filled(units) == text


@pytest.mark.parametrize("bits", [2000, 2001, 14_000])
def test_a_number_beyond_what_the_interpreter_prints_is_grouped_alike(bits: int):
    units = 2**bits - 1
    digits = str(units)
    whole, _, cents = EURO.filled(units).removeprefix("€ ").partition(",")
    assert whole.replace(".", "") + cents == digits
    first, *others = whole.split(".")
    assert 1 <= len(first) <= 3
    assert {len(group) for group in others} == {3}


def test_a_text_stands_around_all_that_is_written():
    named = NumberTemplate(("", ""), ("-", ""), (3, 3), ",", ".", 0).within("JPY ", " yen")
    assert [named.filled(units) for units in (5, -5)] == ["JPY 5 yen", "JPY -5 yen"]


@pytest.mark.parametrize(
    ("around", "code", "text"),
    [
        (("ABC2", ""), "ABC2", "ABC2\u00a05"),
        (("", "ABC2"), "ABC2", "5\u00a0ABC2"),
        (("ABC2-", ""), "ABC2", "ABC2-5"),
        (("", " marks"), "DEM", "5 marks"),
    ],
)
def test_a_code_stands_apart_from_the_digits(around: tuple[str, str], code: str, text: str):
    template = NumberTemplate(around, around, (3, 3), ",", ".", 0).apart_from(code)
    assert [template.filled(units) for units in (5, -5)] == [text, text]


@pytest.mark.parametrize(
    ("pattern", "positive", "negative", "groups"),
    [
        pytest.param(*row, id=row[0])
        for row in [
            ("¤#,##0.00", ("€", ""), ("-€", ""), (3, 3)),
            ("¤ #,##0.00;¤-#,##0.00", ("€ ", ""), ("€-", ""), (3, 3)),
            ("#,##,##0.00 ¤;(#,##,##0.00 ¤)", ("", " €"), ("(", " €)"), (3, 2)),
            ("0.00 ¤", ("", " €"), ("-", " €"), (1000, 1000)),
            ("#,##0.00 'of' ¤", ("", " of €"), ("-", " of €"), (3, 3)),
            ("#,##0 'o''clock'", ("", " o'clock"), ("-", " o'clock"), (3, 3)),
            ("#,##0 o''clock", ("", " o'clock"), ("-", " o'clock"), (3, 3)),
        ]
    ],
)
def test_a_pattern_says_what_stands_around_the_digits(
    pattern: str, positive: tuple[str, str], negative: tuple[str, str], groups: tuple[int, int]
):
    locale = babel.Locale("de")
    template = template_of(parse_pattern(pattern), locale, 3, sign="€")
    assert template == NumberTemplate(positive, negative, groups, ".", ",", 3)
