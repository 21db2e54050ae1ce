"""Splits up to limits: a row per rule, in minor units, and what is refused."""

import pytest

from milestone_invoicing import (
    AllWeightsZeroError,
    Currency,
    CurrencyMismatchError,
    LimitedParts,
    LimitError,
    MilestoneInvoicingError,
    Money,
    NegativeWeightError,
    NoWeightsError,
    NumberTypeError,
    Percent,
    WeightsMismatchError,
    WrongTypeError,
    allocate_up_to,
)

EUR = Currency.of("EUR")
ONE = Money.of(1, "EUR")


@pytest.mark.parametrize(
    ("total", "limits", "weights", "parts", "left"),
    [
        pytest.param(*row, id=f"{row[0]} up to {row[1]} by {row[2]} = {row[3]} + {row[4]}")
        for row in [
            # In order: each to its limit before the next begins.
            (100, [60, 30, 50], None, [60, 30, 10], 0),
            (100, [60, 40, 50], None, [60, 40, 0], 0),
            (100, [60, 0, 30], None, [60, 0, 30], 10),
            (100, [100], None, [100], 0),
            (99, [100], None, [99], 0),
            (101, [100], None, [100], 1),
            (0, [60, 30], None, [0, 0], 0),
            (-100, [-60, -30, -50], None, [-60, -30, -10], 0),
            (-100, [-60, 0], None, [-60, 0], -40),
            # By weight: 33.3 each; the second is full at 30, and the others share 70.
            (100, [60, 30, 50], (1, 1, 1), [35, 30, 35], 0),
            # 50, 33.3 and 16.7: none is full.
            (100, [60, 40, 50], (3, 2, 1), [50, 33, 17], 0),
            # 50 of 40, then 60 by 2 and 1: 40 of 35, then 25.
            (100, [40, 35, 50], (3, 2, 1), [40, 35, 25], 0),
            (100, [40, 35, 20], (3, 2, 1), [40, 35, 20], 5),
            # Exactly full is full: 50 and 50.
            (100, [50, 50], (1, 1), [50, 50], 0),
            # The odd cent goes to the first, below its limit of 2; at a limit of 1 to the second.
            (3, [2, 9], (1, 1), [2, 1], 0),
            (3, [1, 9], (1, 1), [1, 2], 0),
            # A weight of zero takes nothing, whatever room it has.
            (100, [60, 60, 60], (0, 1, 0), [0, 60, 0], 40),
            (100, [60, 30], ("1/3", Percent(40)), [60, 30], 10),
            (0, [60, 30], (1, 1), [0, 0], 0),
            (-100, [-60, -30, -50], (1, 1, 1), [-35, -30, -35], 0),
        ]
    ],
)
def test_a_total_fills_items_up_to_their_limits(
    total: int, limits: list[int], weights: object, parts: list[int], left: int
):
    given = allocate_up_to(Money(total, EUR), [Money(n, EUR) for n in limits], weights=weights)
    assert given == LimitedParts(tuple(Money(n, EUR) for n in parts), Money(left, EUR))
    assert type(given.parts) is tuple


def test_any_collection_of_limits_that_has_an_order_will_do():
    expected = allocate_up_to(ONE, [ONE, ONE])
    assert allocate_up_to(ONE, (limit for limit in (ONE, ONE))) == expected
    assert allocate_up_to(ONE, (ONE, ONE)) == expected


USD = Money.of(1, "USD")


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        pytest.param(
            lambda: allocate_up_to(ONE, []),
            NoWeightsError,
            r"there is no limit: expected at least one limit, got \(\)$",
            id="no limit",
        ),
        pytest.param(
            lambda: allocate_up_to(ONE, [ONE, -ONE]),
            LimitError,
            "limit 1 has the other sign than the total: expected zero, or the sign of the total, "
            "got EUR -1.00$",
            id="a negative limit of a positive total",
        ),
        pytest.param(
            lambda: allocate_up_to(-ONE, [ONE]),
            LimitError,
            "limit 0 has the other sign than the total: .* got EUR 1.00$",
            id="a positive limit of a negative total",
        ),
        pytest.param(
            lambda: allocate_up_to(ONE - ONE, [ONE, -ONE]),
            LimitError,
            "limit 1 has the other sign than the total: .* got EUR -1.00$",
            id="a negative limit of a total of zero",
        ),
        pytest.param(
            lambda: allocate_up_to(ONE, [ONE, ONE], weights=[1]),
            WeightsMismatchError,
            "weights and limits do not pair up: expected 2 weights, got 1$",
            id="too few weights",
        ),
        pytest.param(
            lambda: allocate_up_to(ONE, [ONE], weights=[1, 1]),
            WeightsMismatchError,
            "weights and limits do not pair up: expected 1 weights, got 2$",
            id="too many weights",
        ),
        pytest.param(
            lambda: allocate_up_to(ONE, [ONE], weights=[]),
            NoWeightsError,
            r"there is no weight: expected at least one weight, got \[\]$",
            id="no weights",
        ),
        pytest.param(
            lambda: allocate_up_to(ONE, [ONE, ONE], weights=[0, 0]),
            AllWeightsZeroError,
            r"no weight can take the total: expected a weight above zero, got \[0, 0\]$",
            id="all weights zero",
        ),
        pytest.param(
            lambda: allocate_up_to(ONE, [ONE, ONE], weights=[1, -1]),
            NegativeWeightError,
            "weight 1 is below zero: expected zero or more, got -1$",
            id="a negative weight",
        ),
        pytest.param(
            lambda: allocate_up_to(ONE, [ONE], weights=[0.5]),
            NumberTypeError,
            "weight 0 is not an exact number: .* got 0.5",
            id="a float for a weight",
        ),
        pytest.param(
            lambda: allocate_up_to(ONE, [ONE], weights="1"),
            WrongTypeError,
            "weights are not a sequence: expected a list or tuple, got '1'$",
            id="a text for the weights",
        ),
        pytest.param(
            lambda: allocate_up_to(ONE, [ONE, USD]),
            CurrencyMismatchError,
            "amounts are in different currencies: expected EUR, got USD 1.00",
            id="a limit in another currency",
        ),
        pytest.param(
            lambda: allocate_up_to(100, [ONE]),
            WrongTypeError,
            "the total is of the wrong type: expected Money, got 100$",
            id="an int for the total",
        ),
        pytest.param(
            lambda: allocate_up_to(ONE, [ONE, 100]),
            WrongTypeError,
            r"limits\[1\] is of the wrong type: expected Money, got 100$",
            id="an int for a limit",
        ),
        pytest.param(
            lambda: allocate_up_to(ONE, ONE),
            WrongTypeError,
            "limits is not a collection: expected a list or tuple, got EUR 1.00$",
            id="one limit without a list",
        ),
        pytest.param(
            lambda: allocate_up_to(ONE, {ONE}),
            WrongTypeError,
            "limits is not a collection: expected a list or tuple, got ",
            id="a set of limits",
        ),
    ],
)
def test_what_cannot_be_filled_is_refused(
    make: object, error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        make()


def test_a_limit_of_the_other_sign_is_carried_with_its_place():
    with pytest.raises(LimitError, match="limit 1 has the other sign") as caught:
        allocate_up_to(ONE, [ONE, -ONE])
    assert (caught.value.index, caught.value.limit) == (1, -ONE)


def test_something_else_among_the_limits_is_named():
    with pytest.raises(WrongTypeError, match=r"^limits\[1\] is of the wrong type: expected Money"):
        allocate_up_to(Money.of(1, "EUR"), [Money.of(1, "EUR"), 1])
