"""What late payment costs, as data: the ready policies, tiers on both sides, what is refused."""

from datetime import date

import pytest

from milestone_invoicing import (
    CurrencyMismatchError,
    DayCount,
    LatePolicy,
    Money,
    NumberRangeError,
    NumberTypeError,
    Percent,
    RateReading,
    RatesError,
    ReferenceRates,
    Rounding,
    TiersError,
    UnknownRateError,
    WrongTypeError,
)
from tests.unit.bills import eur

JAN_1, JULY_1 = date(2026, 1, 1), date(2026, 7, 1)
RATES = ReferenceRates.half_yearly(JAN_1, ["2.15", "2.40"])
CHANGES = ReferenceRates([(date(2026, 2, 5), 3)], until=JULY_1)


def gbp(amount: str | int) -> Money:
    return Money.of(amount, "GBP")


def test_a_policy_is_simple_interest_by_365_days_unless_told():
    assert LatePolicy(8) == LatePolicy(
        Percent("8"),
        rates=None,
        reading=RateReading.AS_ACCRUED,
        day_count=DayCount.ACTUAL_365,
        grace_days=0,
        compensation=(),
        fee=None,
        compound_months=None,
        rounding=Rounding.HALF_UP,
    )
    assert LatePolicy(8).percent_on(JAN_1) == Percent(8)


@pytest.mark.parametrize(
    ("debt", "paid"),
    [("0.01", 40), ("999.99", 40), ("1000.00", 70), ("9999.99", 70), ("10000.00", 100)],
)
def test_the_tiers_of_the_united_kingdom_switch_at_exactly_their_amounts(debt: str, paid: int):
    policy = LatePolicy.uk_statutory(RATES)
    assert policy.compensation_for(gbp(debt)) == gbp(paid)


def test_the_policy_of_the_united_kingdom():
    policy = LatePolicy.uk_statutory(RATES)
    assert policy.reading is RateReading.WHEN_LATE
    assert (policy.day_count, policy.rounding) == (DayCount.ACTUAL_365, Rounding.HALF_UP)
    assert [str(policy.percent_on(day)) for day in (JAN_1, JULY_1)] == ["10.15%", "10.4%"]
    assert policy.amounts == (gbp(0), gbp(40), gbp(1000), gbp(70), gbp(10_000), gbp(100))


def test_the_policy_of_the_directive_and_what_a_state_may_change():
    policy = LatePolicy.eu_directive(RATES)
    assert policy.reading is RateReading.AS_ACCRUED
    assert policy.compensation == ((eur(0), eur(40)),)
    assert policy.percent_on(JULY_1) == Percent("10.4")
    more = LatePolicy.eu_directive(
        RATES, margin="9", compensation=(), day_count=DayCount.ACTUAL_ACTUAL
    )
    assert (more.percent_on(JAN_1), more.compensation) == (Percent("11.15"), ())
    assert more.day_count is DayCount.ACTUAL_ACTUAL
    crowns = Money.of(450, "SEK")
    assert LatePolicy.eu_directive(RATES, compensation=crowns).amounts == (
        Money.zero("SEK"),
        crowns,
    )


@pytest.mark.parametrize("ready", [LatePolicy.uk_statutory, LatePolicy.eu_directive])
def test_a_ready_policy_takes_half_years_alone(ready: object):
    with pytest.raises(RatesError, match="a rate does not begin with a half-year"):
        ready(CHANGES)
    with pytest.raises(WrongTypeError, match="the reference rates is of the wrong type"):
        ready(Percent(3))


def test_a_rate_that_the_table_does_not_know_is_refused():
    with pytest.raises(UnknownRateError, match="no reference rate is known for a day"):
        LatePolicy(8, rates=RATES).percent_on(date(2027, 1, 1))


def test_below_the_first_tier_there_is_no_compensation():
    policy = LatePolicy(8, compensation=[(eur(100), eur(10))])
    assert policy.compensation_for(eur("99.99")) == eur(0)
    assert policy.compensation_for(eur(100)) == eur(10)
    assert LatePolicy(8).compensation_for(eur(100)) == eur(0)
    with pytest.raises(CurrencyMismatchError, match="amounts are in different currencies"):
        policy.compensation_for(gbp(100))


def test_a_policy_may_have_a_rate_of_zero_and_a_reference_below_zero():
    assert LatePolicy(0).percent_on(JAN_1) == Percent(0)
    negative = ReferenceRates.half_yearly(JAN_1, ["-0.88", 1])
    assert LatePolicy("0.88", rates=negative).percent_on(JAN_1) == Percent(0)
    with pytest.raises(
        NumberRangeError,
        match=r"the yearly percentage is below zero: expected zero or more, got -0\.01%",
    ):
        LatePolicy("0.87", rates=negative)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"percent": "-0.01"}, "the yearly percentage is below zero"),
        ({"grace_days": -1}, "grace_days is too small: expected 0 or more, got -1"),
        ({"compound_months": 0}, "compound_months is too small: expected 1 or more, got 0"),
        ({"fee": eur("-0.01")}, "an amount of the policy is below zero: .*, got EUR -0.01"),
        ({"compensation": eur(-1)}, "an amount of the policy is below zero"),
        ({"compensation": [(eur(-1), eur(1))]}, "an amount of the policy is below zero"),
    ],
)
def test_numbers_below_the_least_are_refused(options: dict[str, object], message: str):
    with pytest.raises(NumberRangeError, match=message):
        LatePolicy(**{"percent": 8, **options})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rates": "2.15"}, "the reference rates is of the wrong type"),
        ({"reading": "when late"}, "the reading of the rates is of the wrong type"),
        ({"day_count": 365}, "the day count is of the wrong type"),
        ({"fee": 10}, "the fee is of the wrong type: expected Money or None, got 10"),
        ({"rounding": None}, "rounding is of the wrong type"),
        ({"compensation": 40}, "the compensation is not a collection"),
        ({"compensation": [eur(40)]}, r"the compensation\[0\] is of the wrong type"),
        (
            {"compensation": [(eur(40),)]},
            r"a tier is no pair: expected \(least debt, compensation\)",
        ),
        ({"compensation": [(eur(0), 40)]}, "an amount of the policy is of the wrong type"),
    ],
)
def test_parts_of_another_type_are_refused(options: dict[str, object], message: str):
    with pytest.raises(WrongTypeError, match=message):
        LatePolicy(8, **options)


@pytest.mark.parametrize("name", ["grace_days", "compound_months"])
def test_days_and_months_are_whole_numbers(name: str):
    with pytest.raises(NumberTypeError, match=f"{name} is not a whole number"):
        LatePolicy(8, **{name: True})


@pytest.mark.parametrize("debts", [(0, 0), (10, 9)], ids=str)
def test_debts_of_tiers_rise(debts: tuple[int, int]):
    with pytest.raises(TiersError, match="the debts of the tiers do not rise: expected rising"):
        LatePolicy(8, compensation=[(eur(debt), eur(1)) for debt in debts])


def test_amounts_of_a_policy_have_one_currency():
    for options in (
        {"compensation": [(eur(0), gbp(1))]},
        {"compensation": eur(1), "fee": gbp(1)},
        {"compensation": eur(1), "fee": gbp(0)},
    ):
        with pytest.raises(CurrencyMismatchError, match="amounts are in different currencies"):
            LatePolicy(8, **options)
