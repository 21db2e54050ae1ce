"""What happened between two days: worked movements and moves, and what is no stretch."""

from datetime import date
from typing import Any

import pytest

from milestone_invoicing import (
    AgeBy,
    AgingBuckets,
    Applied,
    Assigned,
    DateTypeError,
    Disputed,
    DueDateExtended,
    DuplicateNumberError,
    Invoice,
    MilestoneInvoicingError,
    OnAccount,
    Payment,
    PaymentTerms,
    PeriodError,
    Refunded,
    Reversed,
    RollForwardRow,
    Voided,
    WrittenOff,
    WrongTypeError,
    apply_credit,
    roll_forward,
)
from tests.unit.bills import bill, eur, july, june, may

AMOUNTS = (
    "billed",
    "credit_notes",
    "voided",
    "received",
    "refunded",
    "discount",
    "withheld",
    "written_off",
    "set_off",
)


def movements(row: RollForwardRow) -> dict[str, int]:
    """Return what is not zero of the movements, in euros."""
    found = {name: getattr(row, name) for name in AMOUNTS}
    return {name: amount.minor // 100 for name, amount in found.items() if amount}


def moves(row: RollForwardRow) -> list[str]:
    return [f"{each.source} -> {each.target}: {each.amount.minor // 100}" for each in row.moves]


BOUNCED = Payment(eur(1000), on=may(30))


@pytest.mark.parametrize(
    ("invoice", "ends", "moved", "flow"),
    [
        # Of 1,000.00, issued on 1 May and due on the 31st, from 31 May to 30 June.
        pytest.param(bill(), (1000, 1000), {}, ["current -> 1-30: 1000"], id="nothing"),
        pytest.param(
            bill(1000, Payment(eur(400), on=june(30))),
            (1000, 600),
            {"received": 400},
            ["current -> 1-30: 600", "current -> settled: 400"],
            id="paid on the last day",
        ),
        pytest.param(
            bill(1000, Payment(eur(400), on=may(31))),
            (600, 600),
            {},
            ["current -> 1-30: 600"],
            id="paid on the day before",
        ),
        pytest.param(
            bill(1000, Payment(eur(400), on=july(1))),
            (1000, 1000),
            {},
            ["current -> 1-30: 1000"],
            id="paid the day after",
        ),
        pytest.param(
            bill(issued_on=june(1)),
            (0, 1000),
            {"billed": 1000},
            ["billed -> current: 1000"],
            id="billed",
        ),
        pytest.param(
            bill(1000, Payment(eur(1000), on=june(5)), issued_on=june(1)),
            (0, 0),
            {"billed": 1000, "received": 1000},
            ["billed -> settled: 1000"],
            id="billed and paid",
        ),
        pytest.param(
            bill(1000, BOUNCED, Reversed(BOUNCED, "bounced", on=june(8))),
            (0, 1000),
            {"received": -1000},
            ["reopened -> 1-30: 1000"],
            id="bounced",
        ),
        pytest.param(
            bill(1000, Voided("twice", on=june(8))),
            (1000, 0),
            {"voided": 1000},
            ["current -> voided: 1000"],
            id="voided",
        ),
        pytest.param(
            bill(1000, Payment(eur(900), on=june(5)), WrittenOff(eur(100), on=june(30))),
            (1000, 0),
            {"received": 900, "written_off": 100},
            ["current -> settled: 1000"],
            id="written off",
        ),
        pytest.param(
            bill(1000, Payment(eur(1050), on=june(5)), Refunded(eur(50), on=june(9))),
            (1000, 0),
            {"received": 1050, "refunded": 50},
            ["current -> settled: 1000"],
            id="overpaid and refunded",
        ),
        pytest.param(
            bill(1000, Payment(eur(1050), on=june(5))),
            (1000, -50),
            {"received": 1050},
            ["current -> settled: 1000"],
            id="overpaid",
        ),
        pytest.param(
            bill(1000, DueDateExtended(july(31), "asked", on=june(2))),
            (1000, 1000),
            {},
            ["current -> current: 1000"],
            id="extended",
        ),
        pytest.param(
            bill(
                1000,
                Payment(eur(600), on=june(2)),
                terms=PaymentTerms.monthly(2, first_days=14),
            ),
            (1000, 400),
            {"received": 600},
            [
                "1-30 -> settled: 500",
                "current -> 1-30: 400",
                "current -> settled: 100",
            ],
            id="the first instalment is settled first",
        ),
        pytest.param(
            bill(1000, held=eur(100)),
            (1000, 1000),
            {},
            ["current -> 1-30: 900", "retained -> retained: 100"],
            id="held",
        ),
    ],
)
def test_a_bill_rolls(
    invoice: Invoice, ends: tuple[int, int], moved: dict[str, int], flow: list[str]
):
    (row,) = roll_forward([invoice], before=may(31), after=june(30))
    assert (row.opening, row.closing) == tuple(map(eur, ends))
    assert movements(row) == moved
    assert sorted(moves(row)) == sorted(flow)


def test_what_is_disputed_moves_as_what_is_open():
    disputed = bill(1000, Disputed("too much", eur(300), on=may(20)))
    (row,) = roll_forward([disputed], before=may(31), after=june(30))
    assert moves(row) == ["current -> 1-30: 1000"]


def test_credit_set_off_is_nothing_in_all():
    note = bill(-300, number="CN", issued_on=june(5))
    bills = apply_credit([bill(), note], "CN", "1", on=june(9))
    (row,) = roll_forward(bills, before=may(31), after=june(30))
    assert movements(row) == {"credit_notes": 300}
    assert (row.opening, row.closing) == (eur(1000), eur(700))
    (row,) = roll_forward(bills[:1], before=may(31), after=june(30))
    assert movements(row) == {"set_off": -300}


def test_money_on_account_is_received_once():
    money = OnAccount("acme", eur(500), june(2)).record(
        Applied(eur(400), "1", on=june(9)), Refunded(eur(60), on=june(10))
    )
    paid = bill(1000, Payment(eur(400), on=june(9)))
    (row,) = roll_forward([paid], before=may(31), after=june(30), on_account=[money])
    assert movements(row) == {"received": 500, "refunded": 60}
    assert (row.opening, row.closing) == (eur(1000), eur(560))
    (row,) = roll_forward([paid], before=june(8), after=june(9), on_account=[money])
    assert movements(row) == {}
    assert (row.opening, row.closing) == (eur(500), eur(500))


def test_the_key_is_that_of_the_later_day():
    assigned = bill(1000, Assigned("Dana", on=june(4)), owner="Eve")
    keys = [
        [row.key for row in roll_forward([assigned], before=may(31), after=day, by=AgeBy.OWNER)]
        for day in (june(3), june(4))
    ]
    assert keys == [["Eve"], ["Dana"]]


def test_rows_without_any_amount_are_left_out_and_buckets_name_the_moves():
    settled = bill(1000, Payment(eur(1000), on=may(2)))
    assert roll_forward([settled], before=may(31), after=june(30)) == ()
    (row,) = roll_forward([bill()], before=may(31), after=june(30), buckets=AgingBuckets((7,)))
    assert moves(row) == ["current -> 8+: 1000"]
    assert row.moved("current", "8+") == eur(1000)
    assert row.moved("8+", "current") == eur(0)


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        (
            {"after": may(30)},
            PeriodError,
            "a stretch ends before it starts: expected 2026-05-31",
        ),
        ({"before": "now"}, DateTypeError, "before is not a plain date"),
        ({"after": None}, DateTypeError, "after is not a plain date"),
        ({"buckets": (30,)}, WrongTypeError, "buckets is of the wrong type"),
        ({"by": "client"}, WrongTypeError, "by is of the wrong type"),
        ({"invoices": [1]}, WrongTypeError, r"invoices\[0\] is of the wrong type"),
        (
            {"invoices": [bill(), bill()]},
            DuplicateNumberError,
            "two invoices have one number: expected unique numbers, got '1'",
        ),
        ({"on_account": [1]}, WrongTypeError, r"on_account\[0\] is of the wrong type"),
    ],
)
def test_rolling_refuses(
    changes: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    asked: dict[str, Any] = {"invoices": [], "before": may(31), "after": june(30)} | changes
    with pytest.raises(error, match=message):
        roll_forward(asked.pop("invoices"), **asked)


def test_one_day_is_a_stretch():
    (row,) = roll_forward([bill()], before=date(2026, 5, 31), after=date(2026, 5, 31))
    assert moves(row) == ["current -> current: 1000"]
