"""Materials that are there and not yet built in: what is reported, replaced and built in."""

from datetime import date

import pytest

from milestone_invoicing import (
    REST,
    Approved,
    Cancelled,
    Delivered,
    MaterialsStored,
    Milestone,
    Money,
    ProgressReported,
    Rejected,
    Reversed,
    Schedule,
    WorkState,
    work_status,
)
from milestone_invoicing.errors import (
    CurrencyMismatchError,
    ImpossibleFactError,
    NumberRangeError,
    WrongTypeError,
)
from milestone_invoicing.money import Percent


def may(day: int) -> date:
    return date(2026, 5, day)


def stored(amount: int, day: int) -> MaterialsStored:
    return MaterialsStored(Money.of(amount, "EUR"), on=may(day))


def contract(*facts) -> Schedule:
    return Schedule(Money.of(1000, "EUR"), [Milestone("a", "A", REST)]).record("a", *facts)


DELIVERED = Delivered(on=may(8))
CASES = {
    "nothing reported": ((), 31, 0),
    "the day before": ((stored(70, 4),), 3, 0),
    "the day itself": ((stored(70, 4),), 4, 70),
    "a later report replaces it": ((stored(70, 4), stored(30, 6)), 6, 30),
    "built in": ((stored(70, 4), stored(0, 6)), 6, 0),
    "delivered": ((stored(70, 4), DELIVERED), 8, 0),
    "the day before the delivery": ((stored(70, 4), DELIVERED), 7, 70),
    "rejected: as last reported": (
        (stored(70, 4), DELIVERED, Rejected("Eve", "no", on=may(9))),
        9,
        70,
    ),
    "after a rejection": ((DELIVERED, Rejected("Eve", "no", on=may(9)), stored(5, 9)), 9, 5),
    "cancelled with materials": ((stored(70, 4), Cancelled("over", on=may(9))), 9, 70),
    "approved, then cancelled": (
        (stored(70, 4), DELIVERED, Approved("Eve", on=may(9)), Cancelled("over", on=may(10))),
        10,
        0,
    ),
    "taken back": ((stored(70, 4), Reversed(stored(70, 4), "mistake", on=may(6))), 6, 0),
}


@pytest.mark.parametrize(("facts", "day", "expected"), CASES.values(), ids=CASES)
def test_what_is_stored(facts, day: int, expected: int):
    status = work_status(contract(*facts), "a", as_of=may(day))
    assert status.stored == Money.of(expected, "EUR")


def test_materials_are_no_work():
    status = work_status(contract(stored(70, 4)), "a", as_of=may(4))
    assert (status.state, status.since, status.done) == (WorkState.PLANNED, None, Percent(0))
    both = contract(ProgressReported(Percent(40), on=may(3)), stored(70, 4))
    assert work_status(both, "a", as_of=may(4)).done == Percent(40)


@pytest.mark.parametrize(
    ("facts", "state"),
    [((DELIVERED,), "delivered"), ((DELIVERED, Approved("Eve", on=may(8))), "approved")],
)
def test_all_materials_are_built_in_once_it_is_delivered(facts, state: str):
    message = f"expected a milestone not yet delivered, got {state}; record Rejected"
    with pytest.raises(ImpossibleFactError, match=message):
        contract(*facts, stored(70, 9))


def test_what_is_refused():
    with pytest.raises(NumberRangeError, match="less than nothing: expected zero or more, got EUR"):
        stored(-1, 4)
    with pytest.raises(WrongTypeError, match="the amount of stored materials is of the wrong type"):
        MaterialsStored(70, on=may(4))
    with pytest.raises(CurrencyMismatchError, match="expected EUR, got USD"):
        contract(MaterialsStored(Money.of(1, "USD"), on=may(4)))
