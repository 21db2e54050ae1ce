"""Amounts with their tax: a table per document, and what is refused."""

import pytest

from milestone_invoicing import (
    AllWeightsZeroError,
    CurrencyMismatchError,
    MilestoneInvoicingError,
    Money,
    NegativeWeightError,
    NoWeightsError,
    Remainder,
    RemainderSignError,
    TaxedAmount,
    WrongTypeError,
    split_with_tax,
)


def euro(text: str) -> Money:
    return Money.of(text, "EUR")


def taxed(net: str, tax: str) -> TaxedAmount:
    return TaxedAmount(euro(net), euro(tax))


DEPOSIT = taxed("82.64", "17.36")  # 100.00 including 21 %: 100 / 1.21 = 82.6446…


def rows(parts: tuple[tuple[TaxedAmount, ...], ...]) -> list[str]:
    return [" | ".join(f"{a.net.amount} + {a.tax.amount}" for a in row) for row in parts]


@pytest.mark.parametrize(
    ("amounts", "weights", "expected"),
    [
        pytest.param(amounts, weights, expected, id=f"{rows((amounts,))[0]} by {weights}")
        for amounts, weights, expected in [
            # gross 33.34 33.33 33.33, tax 5.79 5.79 5.78: net is what lies between.
            ((DEPOSIT,), (1, 1, 1), ["27.55 + 5.79", "27.54 + 5.79", "27.55 + 5.78"]),
            ((DEPOSIT,), (30, 70), ["24.79 + 5.21", "57.85 + 12.15"]),
            (
                (taxed("-82.64", "-17.36"),),
                (1, 1, 1),
                ["-27.55 + -5.79", "-27.54 + -5.79", "-27.55 + -5.78"],
            ),
            # Two rates in one document: 100.00 with 21 %, 50.00 with 9 %.
            (
                (taxed("100.00", "21.00"), taxed("50.00", "4.50")),
                (1, 1, 1),
                [
                    "33.34 + 7.00 | 16.67 + 1.50",
                    "33.33 + 7.00 | 16.67 + 1.50",
                    "33.33 + 7.00 | 16.66 + 1.50",
                ],
            ),
            ((taxed("10.00", "0.00"),), (1, 1, 1), ["3.34 + 0.00", "3.33 + 0.00", "3.33 + 0.00"]),
            ((DEPOSIT,), (0, 1), ["0.00 + 0.00", "82.64 + 17.36"]),
            # The price of two exact columns: where tax exceeds net many times over, the derived
            # column of a part of a few cents can be a cent below zero.
            ((taxed("0.01", "0.10"),), (6, 6, 2), ["0.01 + 0.04", "0.01 + 0.04", "-0.01 + 0.02"]),
        ]
    ],
)
def test_rows_and_columns_add_up(
    amounts: tuple[TaxedAmount, ...], weights: tuple[int, ...], expected: list[str]
):
    assert rows(split_with_tax(amounts, weights)) == expected
    assert rows(split_with_tax(iter(amounts), weights)) == expected


def test_the_policy_holds_for_each_column():
    # gross 33.33 33.33 33.34 and tax 5.78 5.79 5.79.
    parts = split_with_tax([DEPOSIT], (1, 1, 1), remainder=Remainder.LAST)
    assert rows(parts) == ["27.55 + 5.78", "27.54 + 5.79", "27.55 + 5.79"]


def test_gross_is_net_and_tax():
    assert DEPOSIT.gross == euro("100.00")
    assert taxed("-1", "0.25").gross == euro("-0.75")


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        pytest.param(
            lambda: split_with_tax([], (1,)),
            NoWeightsError,
            r"there is no amount: expected at least one amount, got \(\)$",
            id="no amount",
        ),
        pytest.param(
            lambda: split_with_tax([DEPOSIT], ()),
            NoWeightsError,
            r"there is no weight: expected at least one weight, got \(\)$",
            id="no weight",
        ),
        pytest.param(
            lambda: split_with_tax([DEPOSIT], (0, 0)),
            AllWeightsZeroError,
            r"no weight can take the total: expected a weight above zero, got \(0, 0\)$",
            id="all weights zero",
        ),
        pytest.param(
            lambda: split_with_tax([DEPOSIT], (1, -1)),
            NegativeWeightError,
            "weight 1 is below zero: expected zero or more, got -1$",
            id="a negative weight",
        ),
        pytest.param(
            lambda: split_with_tax([taxed("0.02", "0")], [1] * 4, remainder=Remainder.BALANCE),
            RemainderSignError,
            "the last part would have the wrong sign: ",
            id="a balance of the wrong sign",
        ),
        pytest.param(
            lambda: split_with_tax([DEPOSIT, TaxedAmount(*[Money.of(1, "USD")] * 2)], (1,)),
            CurrencyMismatchError,
            "amounts are in different currencies: expected EUR, got USD 1.00",
            id="two currencies in one document",
        ),
        pytest.param(
            lambda: split_with_tax([DEPOSIT, euro("1")], (1,)),
            WrongTypeError,
            r"amounts\[1\] is of the wrong type: expected TaxedAmount, got EUR 1.00$",
            id="an amount without tax",
        ),
        pytest.param(
            lambda: split_with_tax(DEPOSIT, (1,)),
            WrongTypeError,
            "amounts is not a collection: expected a list or tuple, got ",
            id="one amount without a list",
        ),
        pytest.param(
            lambda: split_with_tax([DEPOSIT], (1,), remainder="largest"),
            WrongTypeError,
            "remainder is of the wrong type: expected Remainder, got 'largest'$",
            id="the name of a policy",
        ),
        pytest.param(
            lambda: TaxedAmount(euro("1"), Money.of(1, "USD")),
            CurrencyMismatchError,
            "amounts are in different currencies: expected EUR, got USD 1.00",
            id="net and tax in two currencies",
        ),
        pytest.param(
            lambda: TaxedAmount(100, euro("21")),
            WrongTypeError,
            "the net amount is of the wrong type: expected Money, got 100$",
            id="an int for net",
        ),
        pytest.param(
            lambda: TaxedAmount(euro("100"), 21),
            WrongTypeError,
            "the other amount is of the wrong type: expected Money, got 21$",
            id="an int for tax",
        ),
    ],
)
def test_what_cannot_be_split_is_refused(
    make: object, error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        make()


def test_no_amounts_and_something_else_among_them_are_refused():
    with pytest.raises(NoWeightsError, match=r"^there is no amount: expected at least one"):
        split_with_tax([], (1, 2))
    with pytest.raises(WrongTypeError, match=r"^amounts\[0\] is of the wrong type"):
        split_with_tax([1], (1, 2))
