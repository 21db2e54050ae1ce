"""Tables of reference rates: what was in force on a day, and what holds for a half-year."""

from datetime import date, datetime

import pytest

from milestone_invoicing import (
    DateRangeError,
    DateTypeError,
    FixingDay,
    NumberFormatError,
    NumberTypeError,
    Percent,
    RatesError,
    ReferenceRates,
    UnknownRateError,
    WrongTypeError,
)

JAN_1, JULY_1, DEC_31 = date(2026, 1, 1), date(2026, 7, 1), date(2026, 12, 31)
TABLE = ReferenceRates.half_yearly(JAN_1, ["2.15", "2.40"])


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        pytest.param(JAN_1, "2.15", id="the first day"),
        pytest.param(date(2026, 6, 30), "2.15", id="the last day of the first half-year"),
        pytest.param(JULY_1, "2.4", id="the first day of the second"),
        pytest.param(DEC_31, "2.4", id="the last day"),
    ],
)
def test_the_rate_on_a_day(day: date, percent: str):
    assert TABLE.on(day) == Percent(percent)


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)], ids=str)
def test_a_day_outside_the_table_is_refused_and_not_guessed(day: date):
    with pytest.raises(
        UnknownRateError,
        match="no reference rate is known for a day: expected 2026-01-01 to 2026-12-31, "
        f"got {day}; give the table more rates",
    ):
        TABLE.on(day)


def test_half_years_follow_one_another_from_either():
    second = ReferenceRates.half_yearly(JULY_1, [1, Percent(2), "-0.88"])
    assert [str(first) for first, _ in second.steps] == ["2026-07-01", "2027-01-01", "2027-07-01"]
    assert [str(percent) for _, percent in second.steps] == ["1%", "2%", "-0.88%"]
    assert second.until == date(2027, 12, 31)
    assert ReferenceRates.half_yearly(JULY_1, [1]).until == DEC_31


CHANGES = ReferenceRates(
    [(date(2024, 7, 1), 3), (date(2024, 12, 31), 4), (date(2025, 1, 1), 5), (date(2025, 6, 30), 6)],
    until=date(2025, 7, 1),
)


@pytest.mark.parametrize(
    ("fixing", "half_years"),
    [
        pytest.param(FixingDay.FIRST_DAY, ["3%", "5%", "6%"], id="first day = 1 July, 1 January"),
        pytest.param(FixingDay.DAY_BEFORE, ["4%", "6%"], id="day before = 31 December, 30 June"),
    ],
)
def test_a_half_year_has_the_rate_of_its_fixing_day(fixing: FixingDay, half_years: list[str]):
    fixed = CHANGES.per_half_year(fixing)
    assert [str(percent) for _, percent in fixed.steps] == half_years
    assert fixed.steps[-1][0] == date(2025, 7, 1)
    assert fixed.until == date(2025, 12, 31)


def test_the_last_half_year_is_the_last_whose_fixing_day_is_known():
    known = ReferenceRates(CHANGES.steps, until=date(2025, 6, 30))
    assert known.per_half_year(FixingDay.FIRST_DAY).until == date(2025, 6, 30)
    assert known.per_half_year(FixingDay.DAY_BEFORE).until == date(2025, 12, 31)


def test_a_table_without_a_fixing_day_fixes_nothing():
    may = ReferenceRates([(date(2026, 1, 2), 3)], until=date(2026, 6, 29))
    for fixing in FixingDay:
        with pytest.raises(
            RatesError,
            match="the table knows no day on which a half-year is fixed: "
            "expected a table with such a day, got '2026-01-02 to 2026-06-29'",
        ):
            may.per_half_year(fixing)
    assert len(ReferenceRates(may.steps, until=date(2026, 6, 30)).steps) == 1
    with pytest.raises(WrongTypeError, match="the fixing day is of the wrong type"):
        may.per_half_year("first day")


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        pytest.param([], r"do not rise: expected rising days, got \(\)", id="none"),
        pytest.param([(JULY_1, 1), (JAN_1, 2)], "days of the rates do not rise", id="falling"),
        pytest.param([(JAN_1, 1), (JAN_1, 2)], "days of the rates do not rise", id="twice"),
        pytest.param(
            [(JAN_1, 1), (JULY_1, 3), (date(2027, 1, 1), 2)],
            "the table ends before its last rate: expected 2027-01-01 or later, got 2026-12-31",
            id="after the end",
        ),
    ],
)
def test_days_that_make_no_table_are_refused(steps: list[tuple[date, int]], message: str):
    with pytest.raises(RatesError, match=message):
        ReferenceRates(steps, until=DEC_31)


def test_a_table_may_end_on_the_day_of_its_last_rate():
    assert ReferenceRates([(JAN_1, 1)], until=JAN_1).on(JAN_1) == Percent(1)


@pytest.mark.parametrize(
    ("steps", "error", "message"),
    [
        pytest.param("2.15", WrongTypeError, "the rates is not a collection", id="a text"),
        pytest.param([2], WrongTypeError, r"the rates\[0\] is of the wrong type", id="no pair"),
        pytest.param(
            [(JAN_1, 1, 2)],
            WrongTypeError,
            r"a rate is no pair: expected \(first day, percent\)",
            id="three",
        ),
        pytest.param(
            [(datetime(2026, 1, 1), 1)], DateTypeError, "the first day of a rate", id="a datetime"
        ),
        pytest.param([(JAN_1, 2.15)], NumberTypeError, "percentage is not an exact", id="a float"),
        pytest.param([(JAN_1, "x")], NumberFormatError, "does not read as a number", id="a word"),
    ],
)
def test_rates_of_another_kind_are_refused(steps: object, error: type[Exception], message: str):
    with pytest.raises(error, match=message):
        ReferenceRates(steps, until=DEC_31)


def test_days_of_another_kind_are_refused():
    with pytest.raises(DateTypeError, match="until is not a plain date"):
        ReferenceRates([(JAN_1, 1)], until="2026-12-31")
    with pytest.raises(DateTypeError, match="the day is not a plain date"):
        TABLE.on("2026-05-01")
    with pytest.raises(DateTypeError, match="the first day is not a plain date"):
        ReferenceRates.half_yearly(datetime(2026, 1, 1), [1])


@pytest.mark.parametrize("first", [date(2026, 1, 2), date(2026, 4, 1), date(2026, 12, 1)], ids=str)
def test_a_half_year_begins_in_january_or_july(first: date):
    with pytest.raises(
        RatesError,
        match="a rate does not begin with a half-year: expected 1 January or 1 July, "
        rf"got {first}; call \.per_half_year\(\.\.\.\) on a table of changes",
    ):
        ReferenceRates.half_yearly(first, [1])


def test_half_years_are_some_and_end_in_time():
    with pytest.raises(RatesError, match="the days of the rates do not rise"):
        ReferenceRates.half_yearly(JAN_1, [])
    with pytest.raises(WrongTypeError, match="the percentages is not a collection"):
        ReferenceRates.half_yearly(JAN_1, "215")
    with pytest.raises(DateRangeError, match="leads to no date"):
        ReferenceRates.half_yearly(date(9999, 7, 1), [1])
