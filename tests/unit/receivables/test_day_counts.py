"""Which part of a year some days are, and the interest of one amount over them."""

from datetime import date, datetime
from fractions import Fraction

import pytest

from milestone_invoicing import (
    DateTypeError,
    DayCount,
    Money,
    NumberRangeError,
    Percent,
    Rounding,
    WrongTypeError,
    simple_interest,
)
from tests.unit.bills import eur, may

BY_365, BY_360 = DayCount.ACTUAL_365, DayCount.ACTUAL_360
BY_YEAR, BY_MONTH = DayCount.ACTUAL_ACTUAL, DayCount.THIRTY_360


def row(count: DayCount, since: str, until: str, years: str) -> object:
    days = date.fromisoformat(since), date.fromisoformat(until)
    return pytest.param(count, *days, Fraction(years), id=f"{count} {since} to {until} = {years}")


@pytest.mark.parametrize(
    ("count", "since", "until", "years"),
    [
        row(BY_365, "2026-05-31", "2026-05-31", "0"),
        row(BY_365, "2026-05-31", "2026-06-01", "1/365"),
        row(BY_365, "2027-12-31", "2028-12-31", "366/365"),
        row(BY_360, "2026-05-31", "2026-06-30", "30/360"),
        row(BY_360, "2027-12-31", "2028-12-31", "366/360"),
        row(BY_YEAR, "2027-12-31", "2028-01-01", "1/366"),  # the day is one of the leap year
        row(BY_YEAR, "2027-12-30", "2027-12-31", "1/365"),
        row(BY_YEAR, "2028-12-31", "2029-01-01", "1/365"),
        row(BY_YEAR, "2028-02-28", "2028-03-01", "2/366"),
        row(BY_YEAR, "2027-06-30", "2029-06-30", "730/365"),  # 184/365 + 1 + 181/365
        row(BY_MONTH, "2026-05-30", "2026-05-31", "0"),
        row(BY_MONTH, "2026-05-31", "2026-06-01", "1/360"),
        row(BY_MONTH, "2026-05-31", "2026-06-30", "1/12"),
        row(BY_MONTH, "2026-01-31", "2026-02-28", "28/360"),
        row(BY_MONTH, "2026-02-28", "2026-03-31", "32/360"),
        row(BY_MONTH, "2026-02-28", "2026-03-01", "3/360"),
        row(BY_MONTH, "2026-12-15", "2027-01-15", "1/12"),
    ],
)
def test_the_part_of_a_year(count: DayCount, since: date, until: date, years: Fraction):
    assert count.years(since, until) == years


def test_days_that_run_backwards_or_are_no_days_are_refused():
    message = "interest ends before it starts: expected 2026-05-31 or later, got 2026-05-30"
    with pytest.raises(NumberRangeError, match=message):
        BY_365.years(may(31), may(30))
    with pytest.raises(DateTypeError, match=r"since is not a plain date: .*; call \.date\(\)"):
        BY_365.years(datetime(2026, 5, 1), may(31))
    with pytest.raises(DateTypeError, match="until is not a plain date"):
        BY_365.years(may(1), "2026-05-31")


@pytest.mark.parametrize(
    ("amount", "percent", "until", "rounding", "interest"),
    [
        pytest.param("5000", "12.25", "2026-09-09", Rounding.HALF_UP, "169.49", id="101 days"),
        pytest.param("365", "10", "2026-06-01", Rounding.HALF_UP, "0.10", id="365 x 10 % / 365"),
        pytest.param("18.25", "10", "2026-06-01", Rounding.HALF_UP, "0.01", id="0.005 up = 0.01"),
        pytest.param("18.25", "10", "2026-06-01", Rounding.HALF_EVEN, "0.00", id="0.005 to even"),
        pytest.param("-18.25", "10", "2026-06-01", Rounding.HALF_UP, "-0.01", id="-0.005 = -0.01"),
        pytest.param("5000", "12.25", "2026-05-31", Rounding.UP, "0.00", id="the due date = 0"),
        pytest.param("5000", "0", "2026-09-09", Rounding.UP, "0.00", id="0 % = 0"),
    ],
)
def test_the_interest_of_one_amount(
    amount: str, percent: str, until: str, rounding: Rounding, interest: str
):
    found = simple_interest(
        eur(amount),
        Percent(percent),
        since=may(31),
        until=date.fromisoformat(until),
        rounding=rounding,
    )
    assert found == eur(interest)


def test_the_day_count_of_the_interest_is_chosen():
    def interest(count: DayCount) -> Money:
        return simple_interest(
            eur(1200),
            Percent(18),
            since=may(31),
            until=date(2026, 6, 30),
            rounding=Rounding.HALF_UP,
            day_count=count,
        )

    assert interest(BY_MONTH) == eur(18)  # 1.5 % of a month
    assert interest(BY_365) == eur("17.75")  # 1,200 x 18 % x 30 / 365 = 17.753


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"amount": 100}, "the amount is of the wrong type: expected Money, got 100"),
        ({"percent": "12"}, "the yearly percentage is of the wrong type: expected Percent"),
        ({"rounding": None}, "rounding is of the wrong type: expected Rounding, got None"),
        ({"day_count": 365}, "the day count is of the wrong type: expected DayCount, got 365"),
    ],
)
def test_arguments_of_another_type_are_refused(changed: dict[str, object], message: str):
    given = {"amount": eur(100), "percent": Percent(12), "rounding": Rounding.UP, **changed}
    with pytest.raises(WrongTypeError, match=message):
        simple_interest(**given, since=may(1), until=may(31))


def test_a_day_count_reads_as_a_word():
    assert [str(count) for count in DayCount] == [
        "actual/365",
        "actual/360",
        "actual/actual",
        "30/360",
    ]
