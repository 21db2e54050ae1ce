"""The formulas of collection on plain amounts: the glossary, its edges, what is refused."""

import re
from fractions import Fraction

import pytest

from milestone_invoicing import (
    Money,
    collection_effectiveness,
    count_back_dso,
    days_sales_outstanding,
    weighted_days,
)
from milestone_invoicing.errors import (
    CurrencyMismatchError,
    NumberRangeError,
    NumberTypeError,
    WrongTypeError,
)
from tests.unit.bills import eur

USD = Money.of(1, "USD")


@pytest.mark.parametrize(
    ("receivables", "billed", "days", "expected"),
    [
        pytest.param(120_000, 300_000, 90, Fraction(36), id="120k / 300k x 90 = 36"),
        pytest.param(75_000, 300_000, 90, Fraction("22.5"), id="75k / 300k x 90 = 22.5"),
        pytest.param(0, 300_000, 90, Fraction(0), id="0 / 300k x 90 = 0"),
        pytest.param(-30, 300, 30, Fraction(-3), id="-30 / 300 x 30 = -3"),
        pytest.param(100, 300, 1, Fraction(1, 3), id="100 / 300 x 1 = 1/3"),
        pytest.param(120, 0, 90, None, id="120 / 0 = none"),
        pytest.param(120, -1, 90, None, id="120 / -1 = none"),
    ],
)
def test_dso_is_receivables_by_sales(receivables: int, billed: int, days: int, expected: object):
    assert days_sales_outstanding(eur(receivables), eur(billed), days=days) == expected


@pytest.mark.parametrize(
    ("receivables", "billed", "expected"),
    [
        pytest.param(120, [(80, 30), (100, 31)], Fraction("42.4"), id="30 + 40/100 x 31 = 42.4"),
        pytest.param(60, [(80, 30)], Fraction("22.5"), id="60/80 x 30 = 22.5"),
        pytest.param(80, [(80, 30), (100, 31)], Fraction(30), id="80 of 80 = 30"),
        pytest.param(80, [(80, 30)], Fraction(30), id="80 of 80 and no more sales = 30"),
        pytest.param(180, [(80, 30), (100, 31)], Fraction(61), id="180 of 180 = 61"),
        pytest.param(181, [(80, 30), (100, 31)], None, id="181 of 180 = none"),
        pytest.param(80, [(0, 31), (80, 30)], Fraction(61), id="31 without sales + 30 = 61"),
        pytest.param(50, [(-10, 31), (80, 30)], Fraction("53.5"), id="31 + 60/80 x 30 = 53.5"),
        pytest.param(0, [(80, 30)], Fraction(0), id="nothing open = 0"),
        pytest.param(0, [(0, 31), (80, 30)], Fraction(0), id="nothing open, no sales last = 0"),
        pytest.param(-5, [(80, 30)], Fraction(0), id="less than nothing open = 0"),
        pytest.param(0, [], Fraction(0), id="nothing open, no sales = 0"),
        pytest.param(1, [], None, id="1 open, no sales = none"),
    ],
)
def test_counting_back_takes_the_latest_sales_first(
    receivables: int, billed: list[tuple[int, int]], expected: object
):
    stretches = [(eur(amount), days) for amount, days in billed]
    assert count_back_dso(eur(receivables), stretches) == expected


@pytest.mark.parametrize(
    ("figures", "points"),
    [
        pytest.param((100, 300, 120, 75), Fraction(28000, 325), id="280 / 325 = 86.15 %"),
        pytest.param((100, 300, 75, 75), Fraction(100), id="nothing overdue = 100 %"),
        pytest.param((100, 0, 100, 0), Fraction(0), id="nothing came = 0 %"),
        pytest.param((0, 75, 75, 75), None, id="nothing was to come = none"),
        pytest.param((0, 75, 75, 76), None, id="less than nothing was to come = none"),
    ],
)
def test_effectiveness_is_collected_by_collectable(figures: tuple[int, ...], points: object):
    opening, billed, closing, current = map(eur, figures)
    found = collection_effectiveness(
        opening=opening, billed=billed, closing=closing, current=current
    )
    assert (found and found.points) == points if points is None else found.points == points


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param([(600, 20), (400, 45)], Fraction(30), id="(12000 + 18000) / 1000 = 30"),
        pytest.param([(600, -10), (400, 15)], Fraction(0), id="(-6000 + 6000) / 1000 = 0"),
        pytest.param([(1, 1), (2, 0)], Fraction(1, 3), id="1 / 3"),
        pytest.param([], None, id="nothing = none"),
        pytest.param([(0, 5)], None, id="an amount of zero = none"),
    ],
)
def test_days_are_weighted_by_amount(parts: list[tuple[int, int]], expected: object):
    assert weighted_days((eur(amount), days) for amount, days in parts) == expected


@pytest.mark.parametrize(
    "call",
    [
        lambda: days_sales_outstanding(eur(1), USD, days=30),
        lambda: count_back_dso(eur(1), [(USD, 30)]),
        lambda: collection_effectiveness(
            opening=eur(1), billed=eur(1), closing=eur(1), current=USD
        ),
        lambda: weighted_days([(eur(1), 1), (USD, 1)]),
    ],
    ids=["dso", "count back", "effectiveness", "weighted"],
)
def test_two_currencies_are_refused(call: object):
    with pytest.raises(CurrencyMismatchError, match=re.escape("EUR")):
        call()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: days_sales_outstanding(1, eur(1), days=30),
            WrongTypeError,
            "an amount is of the wrong type: expected Money, got 1",
        ),
        (
            lambda: days_sales_outstanding(eur(1), eur(1), days=0),
            NumberRangeError,
            "the days of a period is too small: expected 1 or more, got 0",
        ),
        (
            lambda: count_back_dso(1, []),
            WrongTypeError,
            "receivables is of the wrong type: expected Money, got 1",
        ),
        (
            lambda: count_back_dso(eur(1), [(eur(1), 0)]),
            NumberRangeError,
            "the days of a stretch is too small: expected 1 or more, got 0",
        ),
        (
            lambda: weighted_days([(eur(1), Fraction(1))]),
            NumberTypeError,
            "days is not a whole number: expected int",
        ),
        (
            lambda: weighted_days([(eur(-400), 20), (eur(600), 30)]),
            NumberRangeError,
            "an amount of a mean is below zero: expected zero or more, got EUR -400.00",
        ),
        (
            lambda: weighted_days([5]),
            WrongTypeError,
            "amounts with their days[0] is of the wrong type: expected tuple, got 5",
        ),
        (lambda: weighted_days(5), WrongTypeError, "amounts with their days is not a collection"),
        (
            lambda: weighted_days([(eur(1),)]),
            WrongTypeError,
            "amounts with their days are no pairs: expected (Money, days) each, got (Money",
        ),
        (
            lambda: count_back_dso(eur(5), [(eur(1), 1, 2)]),
            WrongTypeError,
            "sales with their days are no pairs",
        ),
        (lambda: count_back_dso(eur(5), 5), WrongTypeError, "sales with their days is not a"),
    ],
    ids=[
        "amount",
        "days",
        "receivables",
        "stretch",
        "weights",
        "below zero",
        "bare",
        "no collection",
        "one",
        "three",
        "no sales",
    ],
)
def test_what_is_no_amount_or_number_is_refused(call: object, error: type, message: str):
    with pytest.raises(error, match=re.escape(message)):
        call()
