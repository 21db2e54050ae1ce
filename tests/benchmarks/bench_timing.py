"""The speed of dates against dateutil: ``python -m pytest tests/benchmarks/bench_timing.py``.

``ratios.py`` says how it is timed. Every contender of a work computes the same dates.
"""

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from pytest_benchmark.fixture import BenchmarkFixture

from milestone_invoicing import (
    AddDays,
    BusinessCalendar,
    DueRule,
    EndOfMonth,
    Recurrence,
    RollToBusinessDay,
)
from milestone_invoicing.timing.months import add_months, end_of_month
from tests.benchmarks.ratios import OURS, Work, print_ratios, time_turn, turns

CLAMPED, PLAIN = date(2026, 1, 31), date(2026, 5, 11)
MONTHLY = Recurrence.monthly(CLAMPED, times=12)
ENDS = tuple((day.month, day.day) for day in MONTHLY.dates())
STEPS = (AddDays(30), EndOfMonth(), RollToBusinessDay(BusinessCalendar()))
RULE = DueRule(STEPS)


def add_a_month(start: date) -> Work:
    """Return the month step from one day, its relativedelta built for each as users write it."""
    return Work(
        f"add a month to {start:%d %b}",
        {
            OURS: lambda: add_months(start, 1),
            "dateutil": lambda: start + relativedelta(months=1),
        },
        {"dateutil": 0.15},
    )


def month_end(start: date) -> Work:
    """Return the step from one day to the end of its month."""
    return Work(
        f"month end of {start:%d %b}",
        {
            OURS: lambda: end_of_month(start),
            "dateutil": lambda: start + relativedelta(day=31),
        },
        {"dateutil": 0.15},
    )


def dates_alone() -> tuple[date, ...]:
    """Make the twelve dates from what they are."""
    return tuple([date(2026, month, day) for month, day in ENDS])


def steps_by_hand() -> date:
    """Apply the three steps one after the other."""
    first, second, third = STEPS
    return third.apply(second.apply(first.apply(PLAIN)))


WORKS = (
    add_a_month(CLAMPED),
    add_a_month(PLAIN),
    month_end(CLAMPED),
    month_end(PLAIN),
    Work(
        "twelve monthly dates",
        {OURS: MONTHLY.dates, "date()": dates_alone},
        {"date()": 2.5},
    ),
    Work(
        "due_on over three steps",
        {OURS: lambda: RULE.due_on(PLAIN), "by hand": steps_by_hand},
        {"by hand": 1.2},
    ),
)


@turns(WORKS)
def test_speed(benchmark: BenchmarkFixture, turn: int, work: Work, contender: str) -> None:
    """Time one contender for one turn."""
    time_turn(benchmark, work, contender)


def test_contenders_agree() -> None:
    """Compare what they compute, so that a faster one is not another one."""
    for work in WORKS:
        assert len({call() for call in work.contenders.values()}) == 1


def test_ratios(capsys: pytest.CaptureFixture[str]) -> None:
    """Print the ratios."""
    with capsys.disabled():
        print_ratios(WORKS)
