"""A percentage of a success: by tiers, above a hurdle, within bounds, and nothing without one."""

import pytest

from milestone_invoicing import Line, Money, Percent, Tax, TierBasis, success_fee_line
from milestone_invoicing.errors import (
    BlankTextError,
    CurrencyMismatchError,
    NumberRangeError,
    TiersError,
    WrongTypeError,
)
from tests.unit.bills import eur

TEN = Percent(10)
TIERS = ((eur(0), TEN), (eur(10_000), Percent(15)), (eur(50_000), Percent(20)))
HURDLE = ((eur(10_000), TEN),)
WHOLE = TierBasis.WHOLE


def fee(result: str | int, rates: object = TEN, **options: object) -> str:
    return str(success_fee_line("Fee", eur(result), rates, **options).net.amount)


CASES = {
    "10 % of 1,000": (fee(1000), "100.00"),
    "10 % of 0.05, half up": (fee("0.05"), "0.01"),
    "10 % of 0.04": (fee("0.04"), "0.00"),
    "no result": (fee(0), "0.00"),
    "a loss": (fee(-1000), "0.00"),
    "a loss, with a minimum": (fee(-1000, minimum=eur(50)), "0.00"),
    "no result, with a minimum": (fee(0, minimum=eur(50)), "0.00"),
    "a cent, with a minimum": (fee("0.01", minimum=eur(50)), "50.00"),
    "at the minimum": (fee(500, minimum=eur(50)), "50.00"),
    "above the minimum": (fee("500.10", minimum=eur(50)), "50.01"),
    "at the cap": (fee(500, cap=eur(50)), "50.00"),
    "above the cap": (fee("500.10", cap=eur(50)), "50.00"),
    "below the cap": (fee("499.90", cap=eur(50)), "49.99"),
    "minimum and cap are one": (fee(1, minimum=eur(50), cap=eur(50)), "50.00"),
    "a cap of zero": (fee(1000, cap=eur(0)), "0.00"),
    "saved 1,000 - 400, 10 %": (fee(400, baseline=eur(1000)), "60.00"),
    "spent more than the baseline": (fee(1400, baseline=eur(1000)), "0.00"),
    "in the first slice": (fee(10_000, TIERS), "1000.00"),
    "10 % of 10,000 + 15 % of 2,000": (fee(12_000, TIERS), "1300.00"),
    "1,000 + 15 % of 40,000 + 20 % of 10,000": (fee(60_000, TIERS), "9000.00"),
    "at an edge": (fee(50_000, TIERS), "7000.00"),
    "slices are rounded together: 0.004 + 0.001": (
        fee("0.05", [(eur(0), TEN), (eur("0.04"), TEN)]),
        "0.01",
    ),
    "a tier not reached takes nothing": (
        fee(5, [(eur(0), Percent(100)), (eur(10), Percent(100))]),
        "5.00",
    ),
    "whole, below an edge": (fee("9999.99", TIERS, basis=WHOLE), "1000.00"),
    "whole, at an edge: 15 % of all": (fee(10_000, TIERS, basis=WHOLE), "1500.00"),
    "whole, in the last tier": (fee(60_000, TIERS, basis=WHOLE), "12000.00"),
    "below the hurdle": (fee("9999.99", HURDLE, minimum=eur(50)), "0.00"),
    "at the hurdle, by slices": (fee(10_000, HURDLE), "0.00"),
    "at the hurdle, with a minimum": (fee(10_000, HURDLE, minimum=eur(50)), "50.00"),
    "above the hurdle, by slices": (fee(12_000, HURDLE), "200.00"),
    "below the hurdle, whole": (fee("9999.99", HURDLE, basis=WHOLE), "0.00"),
    "at the hurdle, whole": (fee(10_000, HURDLE, basis=WHOLE), "1000.00"),
    "a tier of zero percent": (fee(12_000, [(eur(0), Percent(0)), *HURDLE]), "200.00"),
    "a third": (fee(100, Percent("100/3")), "33.33"),
}


@pytest.mark.parametrize(("found", "expected"), CASES.values(), ids=CASES)
def test_fees(found: str, expected: str):
    assert found == expected


def test_the_line_says_what_it_is_for():
    tax = Tax.standard(21)
    line = success_fee_line("Recovery", eur(1000), TEN, tax=tax)
    assert line == Line("Recovery", 1, eur(100), tax=tax)
    assert success_fee_line("Recovery", eur(0), TEN) == Line("Recovery", 1, eur(0))


USD = Money.of(5, "USD")
REFUSED = {
    "no words": (
        lambda: success_fee_line("", eur(1), TEN),
        BlankTextError,
        "the description of a line is blank",
    ),
    "a result without a currency": (
        lambda: success_fee_line("Fee", 1000, TEN),
        WrongTypeError,
        "the result is of the wrong type",
    ),
    "a rate without percent": (
        lambda: fee(1, 10),
        WrongTypeError,
        "the tiers of a success fee is not a collection",
    ),
    "a tier that is a percentage": (
        lambda: fee(1, [TEN]),
        WrongTypeError,
        r"the tiers of a success fee\[0\] is of the wrong type: expected tuple",
    ),
    "a tier without a percentage": (
        lambda: fee(1, [(eur(0),)]),
        TiersError,
        r"a tier is no pair: expected an amount and a percentage, got \(Money",
    ),
    "a tier whose percentage is a number": (
        lambda: fee(1, [(eur(0), 10)]),
        WrongTypeError,
        "the percentage of a tier is of the wrong type",
    ),
    "a tier whose amount is a number": (
        lambda: fee(1, [(0, TEN)]),
        WrongTypeError,
        "the other amount is of the wrong type",
    ),
    "a tier in dollars": (
        lambda: fee(1, [(USD, TEN)]),
        CurrencyMismatchError,
        "expected EUR, got USD 5.00",
    ),
    "no tiers": (
        lambda: fee(1, []),
        TiersError,
        "do not rise: expected one or more amounts, .* from zero or more, got none",
    ),
    "two tiers from one amount": (
        lambda: fee(1, [(eur(5), TEN), (eur(5), TEN)]),
        TiersError,
        "do not rise: .* got EUR 5.00, EUR 5.00",
    ),
    "tiers that fall": (
        lambda: fee(1, [(eur(5), TEN), (eur(4), TEN)]),
        TiersError,
        "do not rise: .* got EUR 5.00, EUR 4.00",
    ),
    "a tier from below zero": (
        lambda: fee(1, [(eur("-0.01"), TEN)]),
        TiersError,
        "do not rise: .* got EUR -0.01",
    ),
    "a percentage below zero": (
        lambda: fee(1, Percent("-0.1")),
        NumberRangeError,
        "the percentage of a success fee is below zero: expected zero or more, got -0.1%",
    ),
    "a minimum below zero": (
        lambda: fee(1, minimum=eur("-0.01")),
        NumberRangeError,
        "the minimum of a success fee is below zero: expected EUR 0.00 or more, got EUR -0.01",
    ),
    "a cap below zero": (
        lambda: fee(1, cap=eur("-0.01")),
        NumberRangeError,
        "the cap of a success fee is below zero",
    ),
    "a cap below the minimum": (
        lambda: fee(1, minimum=eur(5), cap=eur("4.99")),
        NumberRangeError,
        "the cap of a success fee is below its minimum: expected EUR 5.00 or more, got EUR 4.99",
    ),
    "a cap in dollars": (lambda: fee(1, cap=USD), CurrencyMismatchError, "expected EUR"),
    "a minimum without a currency": (
        lambda: fee(1, minimum=5),
        WrongTypeError,
        "the minimum of a success fee is of the wrong type",
    ),
    "a baseline in dollars": (lambda: fee(1, baseline=USD), CurrencyMismatchError, "expected USD"),
    "a baseline without a currency": (
        lambda: fee(1, baseline=5),
        WrongTypeError,
        "the baseline is of the wrong type",
    ),
    "a basis in words": (
        lambda: fee(1, basis="whole"),
        WrongTypeError,
        "the basis of tiers is of the wrong type",
    ),
    "no tax": (lambda: fee(1, tax=21), WrongTypeError, "the tax is of the wrong type"),
}


@pytest.mark.parametrize(("call", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
