"""The steps that look for a day: payment days, proximo, month ends that move, closed periods."""

from datetime import date
from typing import get_args

import pytest

from milestone_invoicing import (
    AddDays,
    AddMonths,
    BusinessCalendar,
    DayOfMonth,
    DueRule,
    EndOfMonth,
    FixedDate,
    NextDayOfMonth,
    Period,
    Proximo,
    RollToBusinessDay,
    SameDay,
    Season,
    SkipClosedPeriods,
)
from milestone_invoicing.timing.due_steps import DUE_STEPS, DueStep

MOVE = SameDay.MOVE
AUGUST, WINTER = Season(8, 1, 8, 31), Season(12, 24, 1, 2)
NEW_YEAR = Period.through(date(2027, 1, 3), date(2027, 1, 8))
EPIPHANY = Period.through(date(2027, 1, 6), date(2027, 1, 10))
STEPS = [
    ("2026-06-29", EndOfMonth(0, MOVE), "2026-06-30"),
    ("2026-06-30", EndOfMonth(0, MOVE), "2026-07-31"),
    ("2026-07-01", EndOfMonth(0, MOVE), "2026-07-31"),
    ("2026-01-31", EndOfMonth(0, MOVE), "2026-02-28"),
    ("2028-02-28", EndOfMonth(0, MOVE), "2028-02-29"),
    ("2028-02-29", EndOfMonth(0, MOVE), "2028-03-31"),
    ("2026-12-31", EndOfMonth(1, MOVE), "2027-02-28"),
    ("2026-12-30", EndOfMonth(1, MOVE), "2027-01-31"),
    ("2026-06-30", EndOfMonth(-1, MOVE), "2026-06-30"),
    ("9999-12-31", EndOfMonth(-1, MOVE), "9999-12-31"),
    ("2026-05-04", NextDayOfMonth((5, 20)), "2026-05-05"),
    ("2026-05-05", NextDayOfMonth((5, 20)), "2026-05-05"),
    ("2026-05-06", NextDayOfMonth((5, 20)), "2026-05-20"),
    ("2026-05-20", NextDayOfMonth((5, 20)), "2026-05-20"),
    ("2026-05-21", NextDayOfMonth((5, 20)), "2026-06-05"),
    ("2026-05-04", NextDayOfMonth((5, 20), MOVE), "2026-05-05"),
    ("2026-05-05", NextDayOfMonth((5, 20), MOVE), "2026-05-20"),
    ("2026-05-19", NextDayOfMonth((5, 20), MOVE), "2026-05-20"),
    ("2026-05-20", NextDayOfMonth((5, 20), MOVE), "2026-06-05"),
    ("2026-05-06", NextDayOfMonth([20, 10, 5]), "2026-05-10"),
    ("2026-12-20", NextDayOfMonth((20,)), "2026-12-20"),
    ("2026-12-21", NextDayOfMonth((20,)), "2027-01-20"),
    ("2026-12-20", NextDayOfMonth((20,), MOVE), "2027-01-20"),
    ("2026-12-31", NextDayOfMonth((31,), MOVE), "2027-01-31"),
    ("2026-02-27", NextDayOfMonth((30,)), "2026-02-28"),
    ("2026-02-28", NextDayOfMonth((30,)), "2026-02-28"),
    ("2026-02-28", NextDayOfMonth((30,), MOVE), "2026-03-30"),
    ("2026-02-28", NextDayOfMonth((30, 31), MOVE), "2026-03-30"),
    ("2028-02-28", NextDayOfMonth((28, 31), MOVE), "2028-02-29"),
    ("2026-01-31", NextDayOfMonth((30,)), "2026-02-28"),
    ("2026-05-31", NextDayOfMonth((1,)), "2026-06-01"),
    ("9999-12-31", NextDayOfMonth((31,)), "9999-12-31"),
    ("2026-05-15", Proximo(20, 15), "2026-06-20"),
    ("2026-05-16", Proximo(20, 15), "2026-07-20"),
    ("2026-05-01", Proximo(20, 1), "2026-06-20"),
    ("2026-05-02", Proximo(20, 1), "2026-07-20"),
    ("2026-05-31", Proximo(20, 0), "2026-06-20"),
    ("2026-06-01", Proximo(20, 0), "2026-07-20"),
    ("2026-02-28", Proximo(20, 0), "2026-03-20"),
    ("2026-05-28", Proximo(20, -3), "2026-06-20"),
    ("2026-05-29", Proximo(20, -3), "2026-07-20"),
    ("2026-02-25", Proximo(20, -3), "2026-03-20"),
    ("2026-02-26", Proximo(20, -3), "2026-04-20"),
    ("2028-02-26", Proximo(20, -3), "2028-03-20"),
    ("2028-02-27", Proximo(20, -3), "2028-04-20"),
    ("2026-05-30", Proximo(20, 30), "2026-06-20"),
    ("2026-05-31", Proximo(20, 30), "2026-07-20"),
    ("2026-02-28", Proximo(20, 30), "2026-03-20"),
    ("2026-05-31", Proximo(20, 31), "2026-06-20"),
    ("2026-05-01", Proximo(20, -30), "2026-06-20"),
    ("2026-05-02", Proximo(20, -30), "2026-07-20"),
    ("2026-02-01", Proximo(20, -30), "2026-04-20"),
    ("2026-12-16", Proximo(31, 15), "2027-02-28"),
    ("2026-12-15", Proximo(31, 15), "2027-01-31"),
    ("2026-11-16", Proximo(1, 15), "2027-01-01"),
    ("2026-07-31", SkipClosedPeriods((AUGUST,)), "2026-07-31"),
    ("2026-08-01", SkipClosedPeriods((AUGUST,)), "2026-09-01"),
    ("2026-08-31", SkipClosedPeriods((AUGUST,)), "2026-09-01"),
    ("2026-09-01", SkipClosedPeriods((AUGUST,)), "2026-09-01"),
    ("2026-08-31", SkipClosedPeriods([]), "2026-08-31"),
    ("2026-12-23", SkipClosedPeriods((WINTER, NEW_YEAR)), "2026-12-23"),
    ("2026-12-24", SkipClosedPeriods((WINTER, NEW_YEAR)), "2027-01-09"),
    ("2026-12-24", SkipClosedPeriods((NEW_YEAR, WINTER)), "2027-01-09"),
    ("2026-12-24", SkipClosedPeriods((EPIPHANY, NEW_YEAR, WINTER)), "2027-01-11"),
    ("2027-01-04", SkipClosedPeriods((EPIPHANY, NEW_YEAR)), "2027-01-11"),
    ("2027-01-08", SkipClosedPeriods((NEW_YEAR, EPIPHANY)), "2027-01-11"),
    ("2027-12-24", SkipClosedPeriods((WINTER, NEW_YEAR)), "2028-01-03"),
    ("9999-12-23", SkipClosedPeriods((WINTER,)), "9999-12-23"),
]


def day(text: str) -> date:
    return date.fromisoformat(text)


def words(step: DueStep) -> str:
    if isinstance(step, SkipClosedPeriods):
        return f"skip({' and '.join(map(str, step.periods))})"
    if isinstance(step, NextDayOfMonth):
        return f"next({', '.join(map(str, step.days))}; {step.same_day})"
    if isinstance(step, EndOfMonth):
        return f"end({step.months}; {step.same_day})"
    return str(step)


@pytest.mark.parametrize(
    ("start", "step", "expected"), STEPS, ids=[f"{s} | {words(step)} = {e}" for s, step, e in STEPS]
)
def test_a_step(start: str, step: DueStep, expected: str):
    assert step.apply(day(start)) == day(expected)


CODES = [
    (AddDays(1), "1"),
    (AddMonths(1), "1"),
    (EndOfMonth(), "2"),
    (DayOfMonth(1), "3"),
    (FixedDate(date(2026, 12, 31)), "3"),
    (NextDayOfMonth((1,)), "3"),
    (Proximo(1, 1), "9"),
    (RollToBusinessDay(BusinessCalendar()), None),
    (SkipClosedPeriods(()), None),
]


@pytest.mark.parametrize(
    ("step", "code"), CODES, ids=[f"{type(step).__name__} = {code}" for step, code in CODES]
)
def test_a_step_has_its_code_of_untdid_4279(step: DueStep, code: str | None):
    assert step.untdid_4279 == type(step).untdid_4279 == code


def test_every_step_type_is_listed_and_has_a_code_or_none():
    assert DUE_STEPS == get_args(DueStep) == tuple(type(step) for step, _ in CODES)


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ((), "10"),
        ((AddDays(30),), "1"),
        ((AddDays(30), EndOfMonth()), "2"),
        ((EndOfMonth(), AddDays(30)), "1"),
        ((EndOfMonth(), SkipClosedPeriods(()), RollToBusinessDay(BusinessCalendar())), "2"),
        ((SkipClosedPeriods(()),), None),
    ],
    ids=[
        "no step = 10", "days = 1", "days | month end = 2", "month end | days = 1",
        "month end | skip | roll = 2", "skip = None",
    ],
)  # fmt: skip
def test_a_rule_has_the_code_of_its_last_step_that_has_one(steps, code: str | None):
    assert DueRule(steps).untdid_4279 == code


def test_the_code_is_no_part_of_a_step():
    assert repr(Proximo(20, 15)) == "Proximo(due_day=20, cutoff_day=15)"


def test_days_of_the_month_are_sorted_whatever_they_come_as():
    assert NextDayOfMonth([20, 5]) == NextDayOfMonth(iter((5, 20))) == NextDayOfMonth({20, 5})
    assert NextDayOfMonth((31, 1)).days == (1, 31)


def test_a_step_stays_unless_it_is_told_to_move():
    assert EndOfMonth().same_day is NextDayOfMonth((1,)).same_day is SameDay.STAY
    assert [str(choice) for choice in SameDay] == ["stay", "move"]


def test_the_bounds_of_a_proximo_may_be_named():
    assert (Proximo(1, -30).due_day, Proximo(31, 31).cutoff_day) == (1, 31)
