"""What a draft says of the delivered work, and who approved it."""

import pytest

from milestone_invoicing import REST, Delivery, Fact, Milestone, Schedule, Trigger, draft_invoice
from tests.unit.bills import ACME, eur, may
from tests.unit.work import approve, deliver, reject, start


@pytest.mark.parametrize(
    ("deliverable", "facts", "expected"),
    [
        pytest.param("", [], None, id="nothing to point to"),
        pytest.param("Site", [start(1)], Delivery("Site"), id="not delivered"),
        pytest.param("", [deliver(2)], Delivery(delivered_on=may(2)), id="delivered, without name"),
        pytest.param(
            "Site",
            [deliver(2), approve(3)],
            Delivery("Site", delivered_on=may(2), approved_by=["client"], approved_on=may(3)),
            id="approved",
        ),
        pytest.param("Site", [deliver(2), reject(3)], Delivery("Site"), id="rejected"),
        pytest.param(
            "Site",
            [deliver(2), reject(3), deliver(4), approve(5)],
            Delivery("Site", delivered_on=may(4), approved_by=["client"], approved_on=may(5)),
            id="delivered again",
        ),
        pytest.param(
            "Site",
            [deliver(9), approve(9)],
            Delivery("Site", delivered_on=may(9), approved_by=["client"], approved_on=may(9)),
            id="on the day itself",
        ),
        pytest.param("Site", [deliver(10)], Delivery("Site"), id="on a later day"),
    ],
)
def test_a_draft_says_what_was_delivered(
    deliverable: str, facts: list[Fact], expected: Delivery | None
):
    milestone = Milestone("a", "Site", REST, deliverable=deliverable, trigger=Trigger.ON_SIGNING)
    schedule = Schedule(eur(100), [milestone], signed_on=may(1)).record("a", *facts)
    draft = draft_invoice(schedule, "a", invoices=[], as_of=may(9), buyer=ACME)
    assert draft.lines[0].delivery == expected


def test_all_who_approved_are_named_and_the_day_is_that_of_the_last():
    milestone = Milestone("a", "Site", REST, approvers=["Eve", "Bo"], trigger=Trigger.ON_SIGNING)
    schedule = Schedule(eur(100), [milestone], signed_on=may(1))
    schedule = schedule.record("a", deliver(2), approve(3, "Eve"))
    one = draft_invoice(schedule, "a", invoices=[], as_of=may(9), buyer=ACME).lines[0].delivery
    assert one == Delivery(delivered_on=may(2), approved_by=["Eve"])
    schedule = schedule.record("a", approve(5, "Bo"))
    both = draft_invoice(schedule, "a", invoices=[], as_of=may(9), buyer=ACME).lines[0].delivery
    assert both == Delivery(delivered_on=may(2), approved_by=["Eve", "Bo"], approved_on=may(5))
