"""Errors: how a message is built, and how a value is shown in it."""

import copy
import pickle
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from milestone_invoicing import (
    MilestoneInvoicingError,
    Money,
    NegativeWeightError,
    Percent,
    Remainder,
    StepError,
    allocate,
)


def message(got: object, hint: str = "") -> str:
    return str(MilestoneInvoicingError("a fact", expected="this", got=got, hint=hint))


class Unprintable:
    """A value whose repr fails."""

    def __repr__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    ("got", "shown"),
    [
        pytest.param(got, shown, id=shown[:50])
        for got, shown in [
            (3, "3"),
            ("three", "'three'"),
            ("two\nlines", r"'two\nlines'"),
            ("a  b", "'a b'"),
            (None, "None"),
            (Decimal("1.0"), "Decimal('1.0')"),
            (date(2026, 5, 4), "2026-05-04"),
            (datetime(2026, 5, 4, 12), "2026-05-04 12:00:00"),  # as users pass it
            (Money.of("1.50", "EUR"), "EUR 1.50"),
            (Percent("33.3"), "33.3%"),
            (Remainder.LAST, "Remainder.LAST"),
            (2**256 - 1, f"{str(2**256 - 1)[:80]}"),
            (2**256, "an int of 257 bits"),
            (-(2**256), "an int of 257 bits"),
            (True, "True"),
            (10**5000, "an int of 16610 bits"),
            (Fraction(10**5000), "a value of type Fraction"),
            ([10**5000], "a value of type list"),
            (Unprintable(), "a value of type Unprintable"),
            ("x" * 78, f"'{'x' * 78}'"),
            ("x" * 79, f"'{'x' * 76}..."),
        ]
    ],
)
def test_a_value_is_shown_short_and_on_one_line(got: object, shown: str):
    assert message(got) == f"a fact: expected this, got {shown}"
    assert len(message(got)) <= len("a fact: expected this, got ") + 80


def test_a_hint_comes_last():
    assert message(3, "call that") == "a fact: expected this, got 3; call that"


def test_the_pieces_are_attributes_and_so_are_the_operands():
    error = StepError("a fact", expected="this", got=3, width=7)
    assert (error.fact, error.expected, error.got, error.hint) == ("a fact", "this", 3, "")
    assert vars(error)["width"] == 7
    assert (error.code, MilestoneInvoicingError.code) == ("step", "milestone_invoicing")


def test_an_error_survives_pickle_and_copy_with_its_operands():
    with pytest.raises(NegativeWeightError, match="weight 1 is below zero") as raised:
        allocate(Money.of(1, "EUR"), [1, "-1/2"])
    error = raised.value
    error.add_note("seen at noon")
    pickled = (pickle.loads(pickle.dumps(error, p)) for p in range(pickle.HIGHEST_PROTOCOL + 1))
    for back in (*pickled, copy.copy(error), copy.deepcopy(error)):
        assert (type(back), str(back), back.args) == (type(error), str(error), error.args)
        assert vars(back) == vars(error)
        assert (back.index, back.weight, back.expected) == (1, "-1/2", "zero or more")
