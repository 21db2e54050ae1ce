"""Since which day a milestone, or all that is agreed, has been completed."""

from datetime import date

import pytest

from milestone_invoicing import (
    REST,
    AddMilestone,
    Approved,
    Cancelled,
    ChangeOrder,
    Delivered,
    DropMilestone,
    Milestone,
    Money,
    Percent,
    Redate,
    Rejected,
    ReleaseOn,
    Retainage,
    RetainageStep,
    Schedule,
    completed_on,
)
from milestone_invoicing.contract.completion import is_released
from milestone_invoicing.errors import DateTypeError, UnknownMilestoneError, WrongTypeError


def may(day: int) -> date:
    return date(2026, 5, day)


def contract() -> Schedule:
    return Schedule(
        Money.of(1000, "EUR"), [Milestone("a", "A", Percent(40)), Milestone("b", "B", REST)]
    )


def approved(schedule: Schedule, key: str, day: int) -> Schedule:
    return schedule.record(key, Delivered(on=may(1)), Approved("Eve", on=may(day)))


def ordered(schedule: Schedule, change, day: int) -> Schedule:
    number = f"CO-{len(schedule.change_orders)}"
    return schedule.apply(ChangeOrder(number, [change], on=may(day), reason="agreed"), billed={})


BOTH = approved(approved(contract(), "a", 6), "b", 8)
CASES = {
    "planned": (contract(), None, 31, None),
    "one of two": (approved(contract(), "a", 6), None, 31, None),
    "the day before the last": (BOTH, None, 7, None),
    "the day of the last": (BOTH, None, 8, 8),
    "later": (BOTH, None, 31, 8),
    "one by itself": (BOTH, "a", 31, 6),
    "one by itself, the day before": (BOTH, "a", 5, None),
    "delivered is not approved": (contract().record("a", Delivered(on=may(3))), "a", 31, None),
    "rejected": (
        contract().record("a", Delivered(on=may(3)), Rejected("Eve", "no", on=may(4))),
        "a",
        31,
        None,
    ),
    "cancelled after the other was approved": (
        approved(contract(), "a", 6).record("b", Cancelled("not needed", on=may(9))),
        None,
        31,
        9,
    ),
    "the one that was left is dropped": (
        ordered(approved(contract(), "a", 6), DropMilestone("b"), 11),
        None,
        31,
        11,
    ),
    "the day before it is dropped": (
        ordered(approved(contract(), "a", 6), DropMilestone("b"), 11),
        None,
        10,
        None,
    ),
    "the day it is dropped": (
        ordered(approved(contract(), "a", 6), DropMilestone("b"), 11),
        None,
        11,
        11,
    ),
    "a milestone that was approved is dropped": (
        ordered(BOTH, DropMilestone("b"), 11),
        None,
        31,
        6,
    ),
    "another change has no say": (ordered(BOTH, Redate("b", may(20)), 11), None, 31, 8),
    "one is added": (
        ordered(BOTH, AddMilestone(Milestone("c", "C", Money.of(5, "EUR"))), 11),
        None,
        31,
        None,
    ),
    "before one is added": (
        ordered(BOTH, AddMilestone(Milestone("c", "C", Money.of(5, "EUR"))), 11),
        None,
        10,
        8,
    ),
}


@pytest.mark.parametrize(("schedule", "key", "day", "expected"), CASES.values(), ids=CASES)
def test_completed_on(schedule, key, day, expected):
    assert completed_on(schedule, key, as_of=may(day)) == (expected and may(expected))


@pytest.mark.parametrize(
    ("day", "released"),
    [
        pytest.param(5, False, id="approved on 6 May = held on 5 May"),
        pytest.param(6, True, id="approved on 6 May = released on 6 May"),
    ],
)
def test_completion_releases_from_its_day_on(day: int, released: bool):
    rule = Retainage([RetainageStep(10)], release=ReleaseOn.COMPLETION)
    assert is_released(approved(contract(), "a", 6), rule, "a", as_of=may(day)) is released


def test_what_is_refused():
    with pytest.raises(UnknownMilestoneError, match="no milestone has this key"):
        completed_on(BOTH, "z", as_of=may(1))
    with pytest.raises(WrongTypeError, match="the schedule is of the wrong type"):
        completed_on("a", as_of=may(1))
    with pytest.raises(DateTypeError, match="as_of is not a plain date"):
        completed_on(BOTH, as_of="today")
