"""Rounding: the table of its docstring, ties and signs, and what it refuses."""

from decimal import Decimal
from fractions import Fraction

import pytest

from milestone_invoicing import (
    MilestoneInvoicingError,
    NumberTypeError,
    Rounding,
    WrongTypeError,
    ZeroDivisorError,
    round_ratio,
)

NUMBERS = ("2.5", "1.5", "1.1", "-1.1", "-1.5", "-2.5")
TABLE = {
    "UP": (3, 2, 2, -2, -2, -3),
    "DOWN": (2, 1, 1, -1, -1, -2),
    "CEILING": (3, 2, 2, -1, -1, -2),
    "FLOOR": (2, 1, 1, -2, -2, -3),
    "HALF_UP": (3, 2, 1, -1, -2, -3),
    "HALF_DOWN": (2, 1, 1, -1, -1, -2),
    "HALF_EVEN": (2, 2, 1, -1, -2, -2),
}
ROWS = [
    pytest.param(number, Rounding[name], result, id=f"{number} {name} = {result}")
    for name, results in TABLE.items()
    for number, result in zip(NUMBERS, results, strict=True)
]


@pytest.mark.parametrize(("number", "rounding", "result"), ROWS)
def test_a_number_is_rounded(number: str, rounding: Rounding, result: int):
    exact = Fraction(number)
    assert round_ratio(exact.numerator, exact.denominator, rounding) == result


def test_the_table_is_the_one_of_the_docstring():
    lines = [line.split() for line in str(Rounding.__doc__).splitlines()]
    printed = {line[0]: tuple(line[1:]) for line in lines if line and line[0] in TABLE}
    assert printed == {name: tuple(map(str, row)) for name, row in TABLE.items()}
    assert ["name", *NUMBERS] in lines


@pytest.mark.parametrize(
    ("above", "below", "results"),
    [
        pytest.param(0, 7, (0, 0, 0, 0, 0, 0, 0), id="0/7"),
        pytest.param(6, 3, (2, 2, 2, 2, 2, 2, 2), id="6/3"),
        pytest.param(-6, 3, (-2, -2, -2, -2, -2, -2, -2), id="-6/3"),
        pytest.param(1, 2, (1, 0, 1, 0, 1, 0, 0), id="1/2"),
        pytest.param(-1, 2, (-1, 0, 0, -1, -1, 0, 0), id="-1/2"),
        pytest.param(1, 3, (1, 0, 1, 0, 0, 0, 0), id="1/3"),
        pytest.param(-1, 3, (-1, 0, 0, -1, 0, 0, 0), id="-1/3"),
        pytest.param(2, 3, (1, 0, 1, 0, 1, 1, 1), id="2/3"),
        pytest.param(-2, 3, (-1, 0, 0, -1, -1, -1, -1), id="-2/3"),
        pytest.param(3, -2, (-2, -1, -1, -2, -2, -1, -2), id="3/-2"),
        pytest.param(-3, -2, (2, 1, 2, 1, 2, 1, 2), id="-3/-2"),
        pytest.param(7, 2, (4, 3, 4, 3, 4, 3, 4), id="7/2"),
    ],
)
def test_a_ratio_is_rounded_in_the_order_of_the_table(
    above: int, below: int, results: tuple[int, ...]
):
    assert tuple(round_ratio(above, below, Rounding[name]) for name in TABLE) == results


def test_a_rounding_and_its_mirror():
    swapped = {mode: mode.mirrored for mode in Rounding if mode.mirrored is not mode}
    assert swapped == {Rounding.CEILING: Rounding.FLOOR, Rounding.FLOOR: Rounding.CEILING}


def test_there_are_the_seven_modes_of_the_table_and_no_others():
    assert [mode.name for mode in Rounding] == list(TABLE)
    assert [mode.value for mode in Rounding] == [name.lower() for name in TABLE]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        pytest.param(
            (1, 0, Rounding.UP),
            ZeroDivisorError,
            "a ratio has no value: expected a denominator other than zero, got 0$",
            id="1/0",
        ),
        pytest.param(
            (0.5, 1, Rounding.UP),
            NumberTypeError,
            "the numerator is not a whole number: expected int, got 0.5$",
            id="a float above",
        ),
        pytest.param(
            (1, 2.0, Rounding.UP),
            NumberTypeError,
            "the denominator is not a whole number: expected int, got 2.0$",
            id="a float below",
        ),
        pytest.param(
            (True, 2, Rounding.UP),
            NumberTypeError,
            "the numerator is not a whole number: expected int, got True$",
            id="a bool above",
        ),
        pytest.param(
            (True, True, Rounding.UP),
            NumberTypeError,
            "the numerator is not a whole number: expected int, got True$",
            id="two bools",
        ),
        pytest.param(
            (1, Decimal(2), Rounding.UP),
            NumberTypeError,
            r"the denominator is not a whole number: expected int, got Decimal\('2'\)$",
            id="a Decimal below",
        ),
        pytest.param(
            (1, 2, "half_up"),
            WrongTypeError,
            "rounding is of the wrong type: expected Rounding, got 'half_up'$",
            id="the name of a rounding",
        ),
        pytest.param(
            (1, 1, None),
            WrongTypeError,
            "rounding is of the wrong type: expected Rounding, got None$",
            id="no rounding, though the ratio is whole",
        ),
    ],
)
def test_what_is_no_ratio_or_rounding_is_refused(
    arguments: tuple[int, int, Rounding], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=f"^{message}"):
        round_ratio(*arguments)
