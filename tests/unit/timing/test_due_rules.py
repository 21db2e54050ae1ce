"""Due rules as equations: each step alone, then the wordings that people fight over."""

import re
from datetime import date, datetime

import pytest

from milestone_invoicing import (
    AddDays,
    AddMonths,
    BusinessCalendar,
    DayOfMonth,
    DueRule,
    EndOfMonth,
    NextDayOfMonth,
    Proximo,
    RollConvention,
    RollToBusinessDay,
    Season,
    SkipClosedPeriods,
)
from milestone_invoicing.errors import (
    DateRangeError,
    DateTypeError,
    DueBeforeStartError,
    NumberRangeError,
    NumberTypeError,
    WrongTypeError,
)

WEEKENDS = BusinessCalendar()
AUGUST = SkipClosedPeriods((Season(8, 1, 8, 31),))
NOON = datetime(2026, 5, 4, 12)
STEPS = [
    ("2026-05-04", AddDays(0), "2026-05-04"),
    ("2026-05-04", AddDays(30), "2026-06-03"),
    ("2026-05-04", AddDays(-4), "2026-04-30"),
    ("2027-01-31", AddMonths(1), "2027-02-28"),
    ("2027-01-31", AddMonths(2), "2027-03-31"),
    ("2026-06-30", AddMonths(1), "2026-07-30"),
    ("2026-06-30", EndOfMonth(), "2026-06-30"),
    ("2026-06-29", EndOfMonth(), "2026-06-30"),
    ("2026-06-01", EndOfMonth(), "2026-06-30"),
    ("2026-06-30", EndOfMonth(1), "2026-07-31"),
    ("2026-01-31", EndOfMonth(1), "2026-02-28"),
    ("2026-02-28", EndOfMonth(-1), "2026-01-31"),
    ("2026-01-15", DayOfMonth(31, 1), "2026-02-28"),
    ("2028-01-31", DayOfMonth(30, 1), "2028-02-29"),
    ("2026-01-31", DayOfMonth(1, 1), "2026-02-01"),
    ("2026-01-10", DayOfMonth(10), "2026-01-10"),
    ("2026-01-09", DayOfMonth(10), "2026-01-10"),
    ("2026-01-11", DayOfMonth(10), "2026-01-10"),
    ("2026-01-11", DayOfMonth(31), "2026-01-31"),
    ("2026-05-30", RollToBusinessDay(WEEKENDS), "2026-06-01"),
    ("2026-05-30", RollToBusinessDay(WEEKENDS, RollConvention.PRECEDING), "2026-05-29"),
]
RULES = [
    ("2026-05-11", (), "2026-05-11"),
    ("2026-05-11", (AddDays(30), EndOfMonth()), "2026-06-30"),
    ("2026-05-11", (EndOfMonth(), AddDays(30)), "2026-06-30"),
    # The two readings of "30 days end of month" part where the days cross a month end.
    ("2026-01-31", (AddDays(30), EndOfMonth()), "2026-03-31"),
    ("2026-01-31", (EndOfMonth(), AddDays(30)), "2026-03-02"),
    ("2026-05-01", (AddDays(30), EndOfMonth()), "2026-05-31"),
    ("2026-05-01", (EndOfMonth(), AddDays(30)), "2026-06-30"),
    ("2026-04-10", (AddDays(30), EndOfMonth(), DayOfMonth(10, 1)), "2026-06-10"),
    # A run of payments on the 5th and the 20th, and nobody there in August.
    ("2026-06-21", (AddDays(30), NextDayOfMonth((5, 20)), AUGUST), "2026-09-01"),
    ("2026-06-21", (AddDays(30), AUGUST, NextDayOfMonth((5, 20))), "2026-08-05"),
    ("2026-05-16", (Proximo(25, 15), RollToBusinessDay(WEEKENDS)), "2026-07-27"),
    ("2026-05-01", (AddDays(30), RollToBusinessDay(WEEKENDS)), "2026-06-01"),
]


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "step", "expected"), STEPS, ids=[f"{s} | {step} = {e}" for s, step, e in STEPS]
)
def test_a_step(start: str, step, expected: str):
    assert step.apply(day(start)) == day(expected)


@pytest.mark.parametrize(
    ("start", "steps", "expected"),
    RULES,
    ids=[f"{s} | {' | '.join(map(str, steps))} = {e}" for s, steps, e in RULES],
)
def test_a_rule(start: str, steps, expected: str):
    assert DueRule(steps).due_on(day(start)) == day(expected)


def test_a_rule_is_explained_step_by_step():
    rule = DueRule([EndOfMonth(), AddDays(30)])
    assert rule.explain(date(2026, 5, 11)) == (
        (EndOfMonth(), date(2026, 5, 31)),
        (AddDays(30), date(2026, 6, 30)),
    )


def test_no_step_needs_no_explanation():
    assert DueRule().explain(date(2026, 5, 11)) == ()


def test_a_result_on_the_start_is_allowed_and_one_before_it_must_be_allowed():
    tenth = (DayOfMonth(10),)
    assert DueRule(tenth).due_on(date(2026, 1, 10)) == date(2026, 1, 10)
    assert DueRule(tenth, may_precede=True).due_on(date(2026, 1, 11)) == date(2026, 1, 10)
    # Only the result counts: a step may lead back if a later one makes up for it.
    assert DueRule((AddDays(-1), AddDays(1))).due_on(date(2026, 1, 11)) == date(2026, 1, 11)


LEADS_BACK = (
    "a due rule leads back in time: expected 2026-01-11 or later, got 2026-01-10; "
    "allow it with DueRule(..., may_precede=True)"
)
NOT_A_DATE = (
    "is not a plain date: expected datetime.date, got 2026-05-04 12:00:00; "
    "call .date() on a datetime"
)


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (
            lambda: DueRule((DayOfMonth(10),)).due_on(date(2026, 1, 11)),
            DueBeforeStartError,
            LEADS_BACK,
        ),
        (
            lambda: DueRule((DayOfMonth(10),)).explain(date(2026, 1, 11)),
            DueBeforeStartError,
            LEADS_BACK,
        ),
        (lambda: DueRule().due_on(NOON), DateTypeError, f"the start date {NOT_A_DATE}"),
        (lambda: AddDays(1).apply(NOON), DateTypeError, f"the day {NOT_A_DATE}"),
        (lambda: AddMonths(1).apply(NOON), DateTypeError, f"the day {NOT_A_DATE}"),
        (lambda: EndOfMonth().apply(NOON), DateTypeError, f"the day {NOT_A_DATE}"),
        (lambda: DayOfMonth(1).apply(NOON), DateTypeError, f"the day {NOT_A_DATE}"),
        (lambda: RollToBusinessDay(WEEKENDS).apply(NOON), DateTypeError, f"the day {NOT_A_DATE}"),
        (
            lambda: DueRule((AddMonths(1),)).due_on(date(9999, 12, 1)),
            DateRangeError,
            ("a step of months from 9999-12-01 leads to no date: "
            "expected a step that stays within the years 1 to 9999, got 1"),
        ),
        (
            lambda: AddDays(30.0),
            NumberTypeError,
            "days is not a whole number: expected int, got 30.0",
        ),
        (
            lambda: AddMonths(True),
            NumberTypeError,
            "months is not a whole number: expected int, got True",
        ),
        (
            lambda: EndOfMonth("1"),
            NumberTypeError,
            "months is not a whole number: expected int, got '1'",
        ),
        (
            lambda: DayOfMonth(0),
            NumberRangeError,
            "the day of the month is too small: expected 1 or more, got 0",
        ),
        (
            lambda: DayOfMonth(32),
            NumberRangeError,
            "the day of the month is too large: expected 1 to 31, got 32",
        ),
        (
            lambda: DayOfMonth(None),
            NumberTypeError,
            "the day of the month is not a whole number: expected int, got None",
        ),
        (
            lambda: DayOfMonth(1, 0.5),
            NumberTypeError,
            "months is not a whole number: expected int, got 0.5",
        ),
        (
            lambda: RollToBusinessDay([]),
            WrongTypeError,
            "the calendar is of the wrong type: expected BusinessCalendar, got []",
        ),
        (
            lambda: RollToBusinessDay(WEEKENDS, "following"),
            WrongTypeError,
            "the convention is of the wrong type: expected RollConvention, got 'following'",
        ),
        (
            lambda: DueRule(AddDays(30)),
            WrongTypeError,
            "steps is not a collection: expected a list or tuple, got AddDays(days=30)",
        ),
        (
            lambda: DueRule("net 30"),
            WrongTypeError,
            "steps is not a collection: expected a list or tuple, got 'net 30'",
        ),
        (
            lambda: DueRule([AddDays(30), 30]),
            WrongTypeError,
            ("steps[1] is of the wrong type: expected "
            "AddDays or AddMonths or EndOfMonth or DayOfMonth or FixedDate or NextDayOfMonth or "
            "Proximo or "
            "RollToBusinessDay or SkipClosedPeriods, got 30"),
        ),
        (
            lambda: DueRule((), 1),
            WrongTypeError,
            "may_precede is of the wrong type: expected bool, got 1",
        ),
    ],
    ids=[
        "due before the start", "explained before the start", "rule of a datetime",
        "AddDays of a datetime", "AddMonths of a datetime", "EndOfMonth of a datetime",
        "DayOfMonth of a datetime", "roll of a datetime", "year 10000", "30.0 days", "True months",
        "text months", "day 0", "day 32", "no day", "half a month", "no calendar", "no convention",
        "a step alone", "a text", "a number among steps", "may_precede 1",
    ],
)  # fmt: skip
def test_refusals(build, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        build()


@pytest.mark.parametrize("last", [1, 31])
def test_the_first_and_the_last_day_of_a_month_may_be_named(last: int):
    assert DayOfMonth(last).day == last
