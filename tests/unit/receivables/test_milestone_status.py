"""Where a milestone stands between work and money, step by step through its life."""

from datetime import date, datetime
from typing import Any

import pytest

from milestone_invoicing import (
    REST,
    Approved,
    BillingState,
    Cancelled,
    Delivered,
    Invoice,
    Milestone,
    MilestoneLabel,
    MilestoneStatus,
    Payment,
    Rejected,
    Schedule,
    Started,
    Voided,
    WorkState,
    milestone_billing,
    milestone_status,
    work_status,
)
from milestone_invoicing.errors import (
    DateTypeError,
    DuplicateNumberError,
    MilestoneInvoicingError,
    OverbillingError,
    UnknownMilestoneError,
    WrongTypeError,
)
from tests.unit.bills import bill, eur, line, may

PLANNED = Schedule(
    eur(300),
    [Milestone("a", "First", eur(100), due_on=may(10)), Milestone("b", "Second", REST)],
)
STARTED = PLANNED.record("a", Started(on=may(1)))
DELIVERED = STARTED.record("a", Delivered(on=may(5)))
REJECTED = DELIVERED.record("a", Rejected("eve", "x", on=may(6)))
APPROVED = DELIVERED.record("a", Approved("eve", on=may(6)))
CANCELLED = STARTED.record("a", Cancelled("x", on=may(7)))
CANCELLED_LATER = APPROVED.record("a", Cancelled("x", on=may(15)))

WHOLE = bill(100, milestone="a", issued_on=may(8))
PART = bill(40, milestone="a", issued_on=may(8))
PAID = WHOLE.record(Payment(eur(100), on=may(9)))
PART_PAID = PART.record(Payment(eur(40), on=may(9)))
VOID = WHOLE.record(Voided("x", on=may(9)))
ELSEWHERE = bill(7, number="9")

B, L = BillingState, MilestoneLabel


@pytest.mark.parametrize(
    ("schedule", "invoices", "asked", "billing", "label"),
    [
        pytest.param(PLANNED, [], may(10), B.NOT_BILLABLE, L.PLANNED, id="planned"),
        pytest.param(PLANNED, [], may(11), B.NOT_BILLABLE, L.LATE, id="late, the day after"),
        pytest.param(STARTED, [], may(10), B.NOT_BILLABLE, L.IN_PROGRESS, id="in progress"),
        pytest.param(STARTED, [], may(11), B.NOT_BILLABLE, L.LATE, id="in progress, late"),
        pytest.param(DELIVERED, [], may(11), B.NOT_BILLABLE, L.DELIVERED, id="delivered"),
        pytest.param(REJECTED, [], may(10), B.NOT_BILLABLE, L.REJECTED, id="rejected"),
        pytest.param(REJECTED, [], may(11), B.NOT_BILLABLE, L.LATE, id="rejected, late"),
        pytest.param(APPROVED, [], may(5), B.NOT_BILLABLE, L.DELIVERED, id="not approved yet"),
        pytest.param(APPROVED, [], may(6), B.READY, L.READY, id="ready"),
        pytest.param(APPROVED, [ELSEWHERE], may(20), B.READY, L.READY, id="ready, late in time"),
        pytest.param(APPROVED, [WHOLE], may(7), B.READY, L.READY, id="the day before it is billed"),
        pytest.param(
            APPROVED.record("b", Delivered(on=may(5))),
            [ELSEWHERE],
            may(6),
            B.READY,
            L.READY,
            id="b moves nothing",
        ),
        pytest.param(APPROVED, [WHOLE], may(8), B.INVOICED, L.INVOICED, id="invoiced"),
        pytest.param(APPROVED, [PAID], may(8), B.INVOICED, L.INVOICED, id="not paid yet"),
        pytest.param(APPROVED, [PAID], may(9), B.PAID, L.PAID, id="paid"),
        pytest.param(
            APPROVED, [PAID, ELSEWHERE], may(9), B.PAID, L.PAID, id="paid, another is open"
        ),
        pytest.param(
            APPROVED, [PART_PAID], may(9), B.PART_INVOICED, L.PART_INVOICED, id="a part, paid"
        ),
        pytest.param(
            APPROVED,
            [PART_PAID, bill(60, number="2", milestone="a", issued_on=may(9))],
            may(9),
            B.INVOICED,
            L.INVOICED,
            id="one of two bills is open",
        ),
        pytest.param(
            APPROVED, [VOID], may(9), B.NEEDS_DECISION, L.NEEDS_DECISION, id="needs decision"
        ),
        pytest.param(
            APPROVED,
            [VOID, bill(100, number="2", milestone="a", issued_on=may(9), preceding=("1",))],
            may(9),
            B.INVOICED,
            L.INVOICED,
            id="billed again",
        ),
        pytest.param(CANCELLED, [], may(7), B.NOT_BILLABLE, L.CANCELLED, id="cancelled"),
        pytest.param(CANCELLED, [], may(11), B.NOT_BILLABLE, L.CANCELLED, id="cancelled, not late"),
        pytest.param(
            CANCELLED_LATER, [], may(15), B.NOT_BILLABLE, L.CANCELLED, id="ready, then cancelled"
        ),
        pytest.param(
            CANCELLED_LATER, [PART], may(15), B.INVOICED, L.INVOICED, id="the rest cancelled"
        ),
        pytest.param(
            CANCELLED_LATER, [PART_PAID], may(15), B.PAID, L.PAID, id="paid, the rest cancelled"
        ),
        pytest.param(
            CANCELLED_LATER, [VOID], may(15), B.NOT_BILLABLE, L.CANCELLED, id="void, then cancelled"
        ),
    ],
)
def test_a_milestone_is(
    schedule: Schedule,
    invoices: list[Invoice],
    asked: date,
    billing: BillingState,
    label: MilestoneLabel,
):
    assert milestone_status(schedule, "a", invoices, as_of=asked) == MilestoneStatus(
        "a",
        work_status(schedule, "a", as_of=asked),
        billing,
        milestone_billing(schedule, "a", invoices, as_of=asked),
        label,
    )


def test_a_milestone_without_a_price_is_never_ready_to_invoice():
    gate = Schedule(eur(1), [Milestone("g", "Gate", eur(0)), Milestone("b", "Rest", REST)])
    gate = gate.record("g", Delivered(on=may(1)), Approved("eve", on=may(1)))
    status = milestone_status(gate, "g", [], as_of=may(1))
    assert (status.billing, status.label) == (B.NOT_BILLABLE, L.APPROVED)


def test_a_milestone_of_a_cent_is_ready_to_invoice():
    cent = Schedule(eur("0.01"), [Milestone("a", "A", REST)])
    cent = cent.record("a", Delivered(on=may(1)), Approved("eve", on=may(1)))
    assert milestone_status(cent, "a", [], as_of=may(1)).billing is B.READY


def test_every_work_state_has_a_label_and_every_billing_state_beyond_ready_too():
    assert {state.value for state in WorkState} <= {label.value for label in MilestoneLabel}
    billed = set(BillingState) - {B.NOT_BILLABLE}
    assert {state.value for state in billed} <= {label.value for label in MilestoneLabel}


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"schedule": "x"}, WrongTypeError, "the schedule is of the wrong type"),
        ({"key": "z"}, UnknownMilestoneError, "no milestone has this key"),
        ({"as_of": datetime(2026, 5, 1)}, DateTypeError, "as_of is not a plain date"),
        ({"invoices": [line()]}, WrongTypeError, r"invoices\[0\] is of the wrong type"),
        ({"invoices": [WHOLE, WHOLE]}, DuplicateNumberError, "two invoices have one number"),
        (
            {"invoices": [bill(101, milestone="a")]},
            OverbillingError,
            "more is invoiced of milestone 'a' than was agreed",
        ),
    ],
)
def test_other_arguments_are_refused(
    arguments: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    good = {"schedule": PLANNED, "key": "a", "invoices": [], "as_of": may(9)}
    with pytest.raises(error, match=message):
        milestone_status(**(good | arguments))
