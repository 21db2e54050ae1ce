"""Splits: one row per policy, with the parts in minor units, and what is refused."""

from decimal import Decimal
from fractions import Fraction
from itertools import groupby

import pytest

from milestone_invoicing import (
    AllWeightsZeroError,
    Currency,
    CurrencyMismatchError,
    MilestoneInvoicingError,
    Money,
    NegativeWeightError,
    NotFiniteError,
    NoWeightsError,
    NumberTooLargeError,
    NumberTypeError,
    Percent,
    Remainder,
    RemainderSignError,
    StepError,
    WrongTypeError,
    ZeroDivisorError,
    allocate,
    split_evenly,
)

EUR = Currency.of("EUR")
ONE = Money.of(1, "EUR")
POLICIES = ("LARGEST", "FIRST", "LAST", "CUMULATIVE", "BALANCE")

# Total and weights, then the parts under each of POLICIES; None where BALANCE cannot.
SPLITS = [
    (
        *(100, [2, 3, 1]),
        *([33, 50, 17], [34, 50, 16], [33, 50, 17], [33, 50, 17], [33, 50, 17]),
    ),
    (
        *(-100, [2, 3, 1]),
        *([-33, -50, -17], [-34, -50, -16], [-33, -50, -17], [-33, -50, -17], [-33, -50, -17]),
    ),
    (
        *(1000, [1] * 6),
        [167, 167, 167, 167, 166, 166],
        [167, 167, 167, 167, 166, 166],
        [166, 166, 167, 167, 167, 167],
        [167, 166, 167, 167, 166, 167],
        [167, 167, 167, 167, 167, 165],
    ),
    (
        *(100, [1, 1, 1]),
        *([34, 33, 33], [34, 33, 33], [33, 33, 34], [33, 34, 33], [33, 33, 34]),
    ),
    (
        *(200, [1, 1, 1]),
        *([67, 67, 66], [67, 67, 66], [66, 67, 67], [67, 66, 67], [67, 67, 66]),
    ),
    # Zero weights get nothing, wherever they stand.
    (
        *(100, [0, 1, 0, 1, 1, 0]),
        [0, 34, 0, 33, 33, 0],
        [0, 34, 0, 33, 33, 0],
        [0, 33, 0, 33, 34, 0],
        [0, 33, 0, 34, 33, 0],
        [0, 33, 0, 33, 34, 0],
    ),
    (*(5, [0, 0, 1]), *([0, 0, 5],) * 5),
    (*(5, [1]), *([5],) * 5),
    (*(0, [1, 2]), *([0, 0],) * 5),
    # One unit: the largest weight, the first, the last, the first running total past one half.
    (*(1, [1, 2, 1]), [0, 1, 0], [1, 0, 0], [0, 0, 1], [0, 1, 0], [0, 1, 0]),
    (*(-1, [1, 2, 1]), [0, -1, 0], [-1, 0, 0], [0, 0, -1], [0, -1, 0], [0, -1, 0]),
    (*(1, [1, 1]), [1, 0], [1, 0], [0, 1], [1, 0], [1, 0]),
    (*(1, [1, 1, 1]), [1, 0, 0], [1, 0, 0], [0, 0, 1], [0, 1, 0], [0, 0, 1]),
    (*(2, [1, 1, 1, 1]), [1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], None),
    # Equal remainders: 3.5 and 1.5.
    (*(5, [7, 3]), [4, 1], [4, 1], [3, 2], [4, 1], [4, 1]),
]


def brief(numbers: list[int]) -> str:
    """Return numbers in a row, equal ones as ``20 x 4``."""
    if len(numbers) < 24:
        return str(numbers)
    return " ".join(f"{len(list(same))}x{each}" for each, same in groupby(numbers))


# Up to 24 weights are divided in one way, and more in another: the table holds for both.
MANY: list[tuple[object, ...]] = [
    # 100 by 24, 25 and 30 ones: 4.16, 4.00 and 3.33 each.
    (*(100, [1] * 24), [5] * 4 + [4] * 20, [5] * 4 + [4] * 20, [4] * 20 + [5] * 4, None, None),
    (*(100, [1] * 25), *([4] * 25,) * 5),
    (*(101, [1] * 25), [5] + [4] * 24, [5] + [4] * 24, [4] * 24 + [5], None, [4] * 24 + [5]),
    (*(99, [1] * 25), [4] * 24 + [3], [4] * 24 + [3], [3] + [4] * 24, None, [4] * 24 + [3]),
    (*(100, [1] * 30), [4] * 10 + [3] * 20, [4] * 10 + [3] * 20, [3] * 20 + [4] * 10, None, None),
    (*(-100, [1] * 30), [-4] * 10 + [-3] * 20, [-4] * 10 + [-3] * 20, None, None, None),
    # 100 by 24 ones and one of 76: whole. 51 by 24 ones and one of 26: 1.02 each, and 26.52.
    (*(100, [1] * 24 + [76]), *([1] * 24 + [76],) * 5),
    (*(51, [1] * 24 + [26]), [1] * 24 + [27], [2] + [1] * 23 + [26],
     [1] * 24 + [27], None, [1] * 24 + [27]),
    # 30 by 25 ones and 5 zeros before and behind: 1.2 each, the rest to weights above zero.
    (*(30, [0] * 5 + [1] * 25 + [0] * 5),
     [0] * 5 + [2] * 5 + [1] * 20 + [0] * 5, [0] * 5 + [2] * 5 + [1] * 20 + [0] * 5,
     [0] * 5 + [1] * 20 + [2] * 5 + [0] * 5, None, None),
    # One unit goes to the largest fraction, wherever it stands; equals to the lower index.
    (*(1, [1] * 20 + [2] + [1] * 5), [0] * 20 + [1] + [0] * 5, [1] + [0] * 25, None, None, None),
    (*(2, [1] * 20 + [2, 1, 2] + [1] * 5), [0] * 20 + [1, 0, 1] + [0] * 5,
     [1, 1] + [0] * 26, None, None, None),
    (*(3, [1] * 20 + [2, 1, 2] + [1] * 5), [1] + [0] * 19 + [1, 0, 1] + [0] * 5,
     [1, 1, 1] + [0] * 25, None, None, None),
    (*(0, [1] * 25), *([0] * 25,) * 5),
]  # fmt: skip
ROWS = [
    pytest.param(
        total, weights, policy, parts, id=f"{total} by {brief(weights)} {policy} = {brief(parts)}"
    )
    for total, weights, *results in [*SPLITS, *MANY]
    for policy, parts in zip(POLICIES, results, strict=True)
    if parts is not None
]


def minors(parts: tuple[Money, ...]) -> list[int]:
    return [part.minor for part in parts]


@pytest.mark.parametrize(("total", "weights", "policy", "parts"), ROWS)
def test_a_total_is_split_by_weights(total: int, weights: list[int], policy: str, parts: list[int]):
    given = allocate(Money(total, EUR), weights, remainder=Remainder[policy])
    assert type(given) is tuple
    assert minors(given) == parts
    assert {part.currency for part in given} == {EUR}


@pytest.mark.parametrize(
    ("policy", "parts"),
    [
        pytest.param(policy, parts, id=f"10.00 in six {policy} = {parts}")
        for policy, parts in zip(POLICIES, SPLITS[2][2:], strict=True)
    ],
)
def test_a_total_is_split_evenly(policy: str, parts: list[int]):
    assert minors(split_evenly(Money(1000, EUR), 6, remainder=Remainder[policy])) == parts


def test_there_are_the_five_policies_of_the_table_and_no_others():
    assert tuple(policy.name for policy in Remainder) == POLICIES
    assert [policy.value for policy in Remainder] == [name.lower() for name in POLICIES]


def test_the_docstring_says_what_the_table_says():
    assert "1.00 by weights 2, 3, 1: FIRST gives .34 .50 .16, all others .33 .50 .17." in str(
        Remainder.__doc__
    )


def test_the_default_is_the_largest_remainder():
    # It tells LARGEST from each of the others, and never changes.
    assert minors(allocate(Money(10, EUR), [2, 3, 1, 1])) == [3, 4, 2, 1]
    assert minors(split_evenly(Money(1000, EUR), 6)) == [167, 167, 167, 167, 166, 166]


@pytest.mark.parametrize(
    "weights",
    [
        pytest.param(weights, id=repr(weights))
        for weights in [
            (2, 3, 1),
            [20, 30, 10],
            ("2", "3", "1"),
            ("1/3", "0.5", "1/6"),
            (Fraction(1, 3), Decimal("0.5"), Fraction(1, 6)),
            (Percent(Fraction(100, 3)), Percent(50), Percent("100/6")),
            (2, Decimal(3), Percent(100)),
            (2, "3.0", Fraction(1)),
        ]
    ],
)
def test_weights_of_any_exact_type_divide_alike(weights: object):
    assert minors(allocate(ONE, weights, remainder=Remainder.FIRST)) == [34, 50, 16]


def test_a_range_is_a_sequence_of_weights():
    assert minors(allocate(Money(6, EUR), range(4))) == [0, 1, 2, 3]


# Whole steps go by the policy; the odd rest goes to the last weight, under FIRST to the first.
@pytest.mark.parametrize(
    ("total", "weights", "step", "policy", "parts"),
    [
        pytest.param(*row, id=f"{row[0]} by {row[1]} in steps of {row[2]} {row[3]} = {row[4]}")
        for row in [
            (100, [1, 1, 1], 5, "LARGEST", [35, 35, 30]),
            (100, [1, 1, 1], 5, "FIRST", [35, 35, 30]),
            (100, [1, 1, 1], 5, "LAST", [30, 35, 35]),
            (100, [1, 1, 1], 5, "CUMULATIVE", [35, 30, 35]),
            (100, [1, 1, 1], 5, "BALANCE", [35, 35, 30]),
            (103, [1, 1, 1], 5, "LARGEST", [35, 35, 33]),
            (103, [1, 1, 1], 5, "FIRST", [38, 35, 30]),
            (103, [1, 1, 1], 5, "LAST", [30, 35, 38]),
            (103, [1, 1, 1], 5, "CUMULATIVE", [35, 30, 38]),
            (103, [1, 1, 1], 5, "BALANCE", [35, 35, 33]),
            (-103, [1, 1, 1], 5, "LARGEST", [-35, -35, -33]),
            (103, [0, 1, 1, 0], 5, "LARGEST", [0, 50, 53, 0]),
            (103, [0, 1, 1, 0], 5, "FIRST", [0, 53, 50, 0]),
            (3, [1, 1], 5, "LARGEST", [0, 3]),
            (3, [1, 1], 5, "FIRST", [3, 0]),
            (5, [1, 1], 5, "LARGEST", [5, 0]),
            (103, [1, 1, 1], 1, "LARGEST", [35, 34, 34]),
        ]
    ],
)
def test_a_total_is_split_in_cash_steps(
    total: int, weights: list[int], step: int, policy: str, parts: list[int]
):
    given = allocate(Money(total, EUR), weights, remainder=Remainder[policy], step=Money(step, EUR))
    assert minors(given) == parts


def test_a_total_is_split_evenly_in_cash_steps():
    given = split_evenly(Money(103, EUR), 3, remainder=Remainder.FIRST, step=Money(5, EUR))
    assert minors(given) == [38, 35, 30]


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        pytest.param(
            lambda: allocate(ONE, []),
            NoWeightsError,
            r"there is no weight: expected at least one weight, got \[\]$",
            id="no weights",
        ),
        pytest.param(
            lambda: allocate(ONE, [0, "0.0", Fraction(0)]),
            AllWeightsZeroError,
            r"no weight can take the total: expected a weight above zero, got \[0, '0\.0', ",
            id="all weights zero",
        ),
        pytest.param(
            lambda: allocate(ONE, [1, -2]),
            NegativeWeightError,
            "weight 1 is below zero: expected zero or more, got -2$",
            id="a negative weight",
        ),
        pytest.param(
            lambda: allocate(ONE, [Percent("-0.1"), 1]),
            NegativeWeightError,
            "weight 0 is below zero: expected zero or more, got -0.1%$",
            id="a negative percentage",
        ),
        pytest.param(
            lambda: allocate(ONE, "123"),
            WrongTypeError,
            "weights are not a sequence: expected a list or tuple, got '123'$",
            id="a text",
        ),
        pytest.param(
            lambda: allocate(ONE, b"123"),
            WrongTypeError,
            "weights are not a sequence: expected a list or tuple, got b'123'$",
            id="bytes",
        ),
        pytest.param(
            lambda: allocate(ONE, {1, 2}),
            WrongTypeError,
            r"weights are not a sequence: expected a list or tuple, got \{1, 2\}$",
            id="a set, which has no order",
        ),
        pytest.param(
            lambda: allocate(ONE, iter([1, 2])),
            WrongTypeError,
            "weights are not a sequence: expected a list or tuple, got <list_iterator",
            id="an iterator",
        ),
        pytest.param(
            lambda: allocate(ONE, [1, 0.5]),
            NumberTypeError,
            "weight 1 is not an exact number: expected int, Decimal, Fraction or text, got 0.5; "
            'write it as text, such as "0.1"$',
            id="a float",
        ),
        pytest.param(
            lambda: allocate(ONE, [True]),
            NumberTypeError,
            "weight 0 is not an exact number: .* got True$",
            id="a bool",
        ),
        pytest.param(
            lambda: allocate(ONE, ["nan"]),
            NotFiniteError,
            "weight 0 is not finite: expected a finite number, got 'nan'$",
            id="NaN",
        ),
        pytest.param(
            lambda: allocate(ONE, [1, "1/0"]),
            ZeroDivisorError,
            "weight 1 divides by zero: expected a divisor, got '1/0'$",
            id="1/0",
        ),
        pytest.param(
            lambda: allocate(ONE, ["1e999999999"]),
            NumberTooLargeError,
            "weight 0 is too large or too fine: expected at most 4000 digits",
            id="1e999999999",
        ),
        pytest.param(
            lambda: allocate(100, [1]),
            WrongTypeError,
            "the total is of the wrong type: expected Money, got 100$",
            id="an int for the total",
        ),
        pytest.param(
            lambda: allocate(ONE, [1], remainder="largest"),
            WrongTypeError,
            "remainder is of the wrong type: expected Remainder, got 'largest'$",
            id="the name of a policy",
        ),
        pytest.param(
            lambda: allocate(ONE, [1], step=5),
            WrongTypeError,
            "the other amount is of the wrong type: expected Money, got 5$",
            id="an int for the step",
        ),
        pytest.param(
            lambda: allocate(ONE, [1], step=Money.of(1, "USD")),
            CurrencyMismatchError,
            "amounts are in different currencies: expected EUR, got USD 1.00",
            id="a step in another currency",
        ),
        pytest.param(
            lambda: allocate(ONE, [1], step=Money.zero("EUR")),
            StepError,
            "a cash step has no width: expected a step above zero, got EUR 0.00$",
            id="a step of zero",
        ),
        pytest.param(
            lambda: allocate(ONE, [1], step=-ONE),
            StepError,
            "a cash step has no width: expected a step above zero, got EUR -1.00$",
            id="a negative step",
        ),
        *(
            pytest.param(
                lambda total=total: split_evenly(Money(total, EUR), 4, remainder=Remainder.BALANCE),
                RemainderSignError,
                "the last part would have the wrong sign: expected parts of the sign of the total, "
                r"got -1; choose another remainder policy, such as Remainder\.LARGEST$",
                id=f"{total} in four BALANCE",
            )
            for total in (2, -2)
        ),
        pytest.param(
            lambda: split_evenly(100, 2),
            WrongTypeError,
            "the total is of the wrong type: expected Money, got 100$",
            id="an int for the total, evenly",
        ),
        pytest.param(
            lambda: split_evenly(ONE, 2, remainder=None),
            WrongTypeError,
            "remainder is of the wrong type: expected Remainder, got None$",
            id="no policy, evenly",
        ),
        pytest.param(
            lambda: split_evenly(ONE, 2.0),
            NumberTypeError,
            "parts are not a whole number: expected int, got 2.0$",
            id="a float of parts",
        ),
        pytest.param(
            lambda: split_evenly(ONE, True),
            NumberTypeError,
            "parts are not a whole number: expected int, got True$",
            id="a bool of parts",
        ),
        *(
            pytest.param(
                lambda parts=parts: split_evenly(ONE, parts),
                NoWeightsError,
                f"there is no part to take the total: expected 1 or more, got {parts}$",
                id=f"{parts} parts",
            )
            for parts in (0, -1)
        ),
        pytest.param(
            lambda: split_evenly(ONE, 2, step=Money.zero("EUR")),
            StepError,
            "a cash step has no width: expected a step above zero, got EUR 0.00$",
            id="a step of zero, evenly",
        ),
    ],
)
def test_what_cannot_be_split_is_refused(
    make: object, error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=f"^{message}"):
        make()


def test_whole_weights_have_no_limit_so_that_any_amounts_can_be_weights():
    assert minors(allocate(ONE, [10**5000, 3 * 10**5000])) == [25, 75]


def test_one_part_is_the_whole():
    assert split_evenly(ONE, 1) == (ONE,)


def test_a_negative_weight_is_carried_with_its_place():
    with pytest.raises(NegativeWeightError, match="weight 2 is below zero") as raised:
        allocate(ONE, [1, 1, "-1/2"])
    assert (raised.value.index, raised.value.weight, raised.value.got) == (2, "-1/2", "-1/2")


def test_a_balance_of_exactly_zero_is_allowed():
    # One half is rounded up to the one unit there is, and nothing is left for the last part.
    assert minors(allocate(Money(1, EUR), [1, 1], remainder=Remainder.BALANCE)) == [1, 0]


@pytest.mark.parametrize("parts", [10**7 + 1, 10**19], ids=["one too many", "no size at all"])
@pytest.mark.parametrize("remainder", Remainder)
def test_too_many_parts_are_refused_before_they_are_written_out(remainder: Remainder, parts: int):
    message = "^there are too many parts to write out: expected at most 10000000, got"
    with pytest.raises(NumberTooLargeError, match=message) as caught:
        split_evenly(ONE, parts, remainder=remainder)
    assert caught.value.hint == "spread(total, parts) gives amounts and how many of each"


def test_the_most_parts_are_written_out():
    parts = split_evenly(ONE, 10**7)
    assert (len(parts), Money.total(parts[:101], currency="EUR")) == (10**7, ONE)


@pytest.mark.parametrize("remainder", Remainder)
def test_parts_are_checked_under_every_policy(remainder: Remainder):
    with pytest.raises(NoWeightsError, match=r"there is no part to take the total: .* got 0$"):
        split_evenly(ONE, 0, remainder=remainder)
    with pytest.raises(NumberTypeError, match=r"^parts are not a whole number: .* got 2\.0$"):
        split_evenly(ONE, 2.0, remainder=remainder)
