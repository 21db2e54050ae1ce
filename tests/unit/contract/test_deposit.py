"""What a deposit agreement allows and refuses."""

from typing import Any

import pytest

from milestone_invoicing import Deposit, Money, Percent, Recoupment
from milestone_invoicing.errors import (
    ArgumentsError,
    CurrencyMismatchError,
    MilestoneInvoicingError,
    NumberRangeError,
    WrongTypeError,
)
from tests.unit.advances import contract
from tests.unit.bills import eur


@pytest.mark.parametrize(
    ("share", "options", "error", "message"),
    [
        (30, {}, WrongTypeError, "the share of a deposit is of the wrong type: expected Percent"),
        (Percent(0), {}, NumberRangeError, "a deposit is not a part of the contract: .* got 0%"),
        (Percent(-1), {}, NumberRangeError, "expected above 0% and at most 100%, got -1%"),
        (Percent("100.01"), {}, NumberRangeError, "at most 100%, got 100.01%"),
        (eur(0), {}, NumberRangeError, "a deposit is not above zero: .* got EUR 0.00"),
        (eur("-0.01"), {}, NumberRangeError, "expected above zero, got EUR -0.01"),
        (
            Percent(30),
            {"with_tax": True},
            ArgumentsError,
            "a percentage is of the net total: expected an amount with tax, or with_tax=False",
        ),
        (Percent(30), {"with_tax": 1}, WrongTypeError, "with_tax is of the wrong type"),
        (Percent(30), {"recoup": "pro rata"}, WrongTypeError, "the recoupment of a deposit is"),
        (Percent(30), {"cap": 50}, WrongTypeError, "the cap of a deposit is of the wrong type"),
        (
            Percent(30),
            {"cap": Percent(0)},
            NumberRangeError,
            "the cap of a deposit is out of range: expected above 0% and at most 100%, got 0%",
        ),
        (Percent(30), {"cap": Percent("100.1")}, NumberRangeError, "out of range: .* got 100.1%"),
        (Percent(30), {"deducted_as": "lines"}, WrongTypeError, "deducted_as is of the wrong type"),
        (Percent(30), {"before_start": 1}, WrongTypeError, "before_start is of the wrong type"),
    ],
)
def test_a_deposit_that_cannot_be_is_refused(
    share: Any, options: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        Deposit(share, **options)


@pytest.mark.parametrize(
    ("deposit", "text"),
    [
        (Deposit(Percent(100), cap=Percent(100)), "100%, at the end"),
        (Deposit(eur("0.01"), with_tax=True, recoup=Recoupment.PRO_RATA), "EUR 0.01, pro rata"),
        (
            Deposit(Percent("0.1"), recoup=Recoupment.FIRST_BILLS, cap=Percent("0.1")),
            "0.1%, first bills first",
        ),
    ],
)
def test_the_ends_of_the_ranges_are_allowed(deposit: Deposit, text: str):
    assert str(deposit) == text


def test_a_schedule_takes_no_deposit_in_another_currency():
    with pytest.raises(CurrencyMismatchError, match="expected EUR, got USD"):
        contract(Deposit(Money.of(1, "USD")))


def test_a_schedule_takes_only_a_deposit():
    with pytest.raises(WrongTypeError, match="the deposit of the schedule is of the wrong type"):
        contract(Percent(30))  # type: ignore[arg-type]
