"""How what settled an amount that is held is shared with what is released of it later."""

import pytest

from milestone_invoicing import (
    Credited,
    Invoice,
    InvoiceFact,
    Payment,
    Recovered,
    RetainageReleased,
    WrittenOff,
)
from milestone_invoicing.billing.history.filling import fill, paid_by_day
from tests.unit.bills import ACME, claim_of, eur, line, may

HELD = Invoice("1", may(1), ACME, [line(100)], held=eur(40))
"""60 on receipt, 40 held."""


def paid(amount: int, day: int) -> Payment:
    return Payment(eur(amount), on=may(day))


def credited(amount: int, day: int) -> Credited:
    return Credited(eur(amount), "N", on=may(day))


def lost(amount: int, day: int) -> WrittenOff:
    return WrittenOff(eur(amount), on=may(day))


def recovered(amount: int, day: int) -> Recovered:
    return Recovered(eur(amount), on=may(day))


def released(amount: int, day: int, due: int) -> RetainageReleased:
    return RetainageReleased(eur(amount), may(due), on=may(day))


# What each part got, in euros: by the terms, then as released, then what is still held.
ROWS: dict[str, tuple[list[InvoiceFact], dict[str, tuple[int, ...]]]] = {
    "paid 30 of 40, released 25: the open 10, then what came last": (
        [paid(90, 2), released(25, 3, 9)],
        {"paid": (60, 15, 15)},
    ),
    "paid 20 and 5 of 40, released 15: all that is open": (
        [paid(80, 2), paid(5, 3), released(15, 4, 9)],
        {"paid": (60, 0, 25)},
    ),
    "paid 20 and credited 20, released 25: the credit, then cash": (
        [paid(80, 2), credited(20, 3), released(25, 4, 9)],
        {"paid": (60, 5, 15), "credited": (0, 20, 0)},
    ),
    "credited 10 beyond it: in place of the cash that came last": (
        [paid(80, 2), credited(30, 3), released(25, 4, 9)],
        {"paid": (60, 0, 10), "credited": (0, 25, 5), "excess": (10,)},
    ),
    "released first, credited 10 beyond it: the cash of what is still held": (
        [paid(80, 2), released(25, 3, 9), credited(30, 4)],
        {"paid": (60, 5, 5), "credited": (0, 20, 10), "excess": (10,)},
    ),
    "written off 40, recovered 10: what came first": (
        [lost(100, 2), recovered(70, 3), released(35, 4, 9)],
        {"paid": (60, 5, 5), "written_off": (0, 30, 0)},
    ),
    "released 10 and 10, paid what is still held by then": (
        [released(10, 2, 9), released(10, 3, 9), paid(90, 4)],
        {"paid": (60, 10, 10, 10)},
    ),
    "released in two parts: the last 15 that came": (
        [paid(100, 2), released(10, 3, 9), released(5, 4, 8), credited(12, 5)],
        {"paid": (60, 10, 5, 13), "credited": (0, 0, 0, 12), "excess": (12,)},
    ),
    "a release that is due first is paid first": (
        [released(10, 2, 2), released(10, 3, 3), paid(65, 4)],
        {"paid": (60, 5, 0, 0)},
    ),
    "all is released: nothing is held any more": (
        [paid(70, 2), released(40, 3, 9)],
        {"paid": (60, 10)},
    ),
}


@pytest.mark.parametrize(("facts", "got"), ROWS.values(), ids=ROWS)
def test_what_came_last_settles_what_is_released(
    facts: list[InvoiceFact], got: dict[str, tuple[int, ...]]
):
    filling = fill(claim_of(HELD), facts)
    columns = {
        name: tuple(minor // 100 for minor in getattr(filling, name))
        for name in ("paid", "credited", "written_off")
    }
    found = {**columns, "excess": (filling.excess // 100,)}
    assert {name: each for name, each in found.items() if any(each)} == got


def test_the_cash_of_a_day_is_told_by_the_parts_of_all_days():
    facts = [paid(70, 2), paid(10, 3), released(35, 4, 9), paid(20, 5)]
    days = {day.day: paid for day, paid in paid_by_day(claim_of(HELD), facts)}
    assert days == {
        2: (6000, 500, 500),
        3: (6000, 1500, 500),
        4: (6000, 1500, 500),
        5: (6000, 3500, 500),
    }
