"""Templates of amounts: learnt from what a function writes, or none where it writes otherwise."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from milestone_invoicing.display.money_template import MoneyTemplate, learnt

EURO = MoneyTemplate(
    positive=("€ ", ""), negative=("€ -", ""), group=".", grouped_from=1000, point=",", digits=2
)


@pytest.mark.parametrize(
    ("minor", "text"),
    [
        (0, "€ 0,00"),
        (5, "€ 0,05"),
        (-5, "€ -0,05"),
        (100, "€ 1,00"),
        (99_999, "€ 999,99"),
        (100_000, "€ 1.000,00"),
        (-100_000, "€ -1.000,00"),
        (123_456_789, "€ 1.234.567,89"),
    ],
)
def test_a_template_is_filled(minor: int, text: str):
    assert EURO.filled(minor) == text


def test_a_template_without_decimals_has_no_point():
    yen = MoneyTemplate(("¥", " JPY"), ("(¥", ")"), ",", 10_000, "", 0)
    assert [yen.filled(n) for n in (0, 9_999, 10_000, -9_999, -1_234_567)] == [
        "¥0 JPY",
        "¥9999 JPY",
        "¥10,000 JPY",
        "(¥9999)",
        "(¥1,234,567)",
    ]


def written(
    form: str = "{sign}€{number}", *, digits: int = 2, grouped_from: int = 1000, group: str = ","
) -> Callable[[Decimal], str]:
    """Return a function that writes amounts in a form of ours."""

    def write(value: Decimal) -> str:
        number = f"{abs(value):,.{digits}f}"
        if abs(value) < grouped_from:
            number = number.replace(",", "")
        return form.format(sign="-" if value < 0 else "", number=number.replace(",", group))

    return write


@pytest.mark.parametrize(
    ("write", "digits", "template"),
    [
        pytest.param(
            written(), 2, MoneyTemplate(("€", ""), ("-€", ""), ",", 1000, ".", 2), id="sign first"
        ),
        pytest.param(
            written("{number} kr{sign}"),
            2,
            MoneyTemplate(("", " kr"), ("", " kr-"), ",", 1000, ".", 2),
            id="sign last",
        ),
        pytest.param(
            written(group="", digits=3),
            3,
            MoneyTemplate(("€", ""), ("-€", ""), "", 1000, ".", 3),
            id="no groups",
        ),
        pytest.param(
            written(grouped_from=10_000, digits=0),
            0,
            MoneyTemplate(("€", ""), ("-€", ""), ",", 10_000, "", 0),
            id="groups from 10,000 on",
        ),
        pytest.param(
            written("{sign}XZ9 {number}", digits=1),
            1,
            MoneyTemplate(("XZ9 ", ""), ("-XZ9 ", ""), ",", 1000, ".", 1),
            id="a code with a digit that does not mislead",
        ),
    ],
)
def test_a_template_is_learnt(
    write: Callable[[Decimal], str], digits: int, template: MoneyTemplate
):
    assert learnt(write, digits) == template


def indian(value: Decimal) -> str:
    number = written("{sign}₹{number}")(value)
    return number.replace("1,234,567,890", "1,23,45,67,890")


def odd(amount: str) -> Callable[[Decimal], str]:
    """Return a function that writes one amount in its own way."""
    usual = written()
    return lambda value: "nothing" if value == Decimal(amount) else usual(value)


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(indian, id="groups of two"),
        pytest.param(written("{sign}A1B {number}"), id="a code with the digit 1"),
        pytest.param(written(grouped_from=100_000), id="groups from 100,000 on"),
        pytest.param(odd("0"), id="a word for zero"),
        pytest.param(odd("0.01"), id="a word for the least amount"),
        pytest.param(odd("-0.01"), id="a word for the least negative amount"),
        pytest.param(odd("-999.99"), id="a word below a group"),
        pytest.param(lambda value: "1", id="one text for all"),
        pytest.param(lambda value: "", id="no text at all"),
    ],
)
def test_where_amounts_are_written_otherwise_there_is_no_template(write: Callable[[Decimal], str]):
    assert learnt(write, 2) is None
