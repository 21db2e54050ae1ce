"""What stood ready and not billed on a day, whatever was drafted or billed later."""

from datetime import date

import pytest

from milestone_invoicing import (
    ON_SIGNING,
    REST,
    CreditEffect,
    Invoice,
    Milestone,
    Percent,
    Schedule,
    Voided,
    billing_lag,
    contract_position,
    credit_note,
    draft_invoice,
    issue,
    ready_to_invoice,
    risk_flags,
    unbilled_work,
)
from tests.unit.bills import ACME, eur, june, may

SCHEDULE = Schedule(eur(900), [Milestone("a", "Audit", REST, trigger=ON_SIGNING)], signed_on=may(4))
DRAFT = draft_invoice(SCHEDULE, "a", invoices=[], as_of=may(10), buyer=ACME)
BILL = issue(DRAFT, number="1", on=june(10))


@pytest.mark.parametrize(
    ("bills", "day", "waits"),
    [
        pytest.param([], may(3), None, id="not signed yet"),
        pytest.param([], may(4), 900, id="signed"),
        pytest.param([DRAFT], may(31), 900, id="drafted"),
        pytest.param([BILL], june(9), 900, id="billed the day after"),
        pytest.param([BILL], june(10), None, id="billed on the day"),
        pytest.param(
            [BILL.record(Voided("x", on=june(12)))], june(12), None, id="a decision first"
        ),
    ],
)
def test_what_waits_for_its_bill(bills: list[Invoice], day: date, waits: int | None):
    found = [each.amount for each in unbilled_work(SCHEDULE, bills, as_of=day)]
    assert found == ([] if waits is None else [eur(waits)])
    lag = billing_lag(SCHEDULE, bills, as_of=day)
    assert lag.waiting == eur(waits or 0)
    net = contract_position(SCHEDULE, bills, as_of=day).net
    if waits:
        assert net.not_yet_invoiced == eur(waits)


def test_a_later_bill_or_a_forgotten_draft_silences_no_past_warning():
    for bills in ([], [BILL], [DRAFT]):
        found = risk_flags(SCHEDULE, bills, as_of=may(31))
        assert [each.code for each in found] == ["unbilled"], bills
    assert not ready_to_invoice(SCHEDULE, [BILL], as_of=may(31))


def test_what_is_credited_and_billed_again_waited_once():
    # Ready on 4 May, billed on the 6th, credited on 1 June to be billed again: on the 3rd.
    bill = issue(DRAFT, number="1", on=may(6))
    note = credit_note(bill, effect=CreditEffect.REBILL, as_of=june(1), invoices=[bill])
    note = issue(note, number="C", on=june(1))
    again = draft_invoice(
        SCHEDULE, "a", invoices=[bill, note], as_of=june(3), buyer=ACME, rebill=True
    )
    bills = [bill, note, issue(again, number="2", on=june(3))]
    lag = billing_lag(SCHEDULE, bills, as_of=june(30))
    assert (lag.billed, lag.days_to_bill) == (eur(900), 2)


def test_what_is_left_waits():
    schedule = Schedule(
        eur(1000),
        [Milestone("a", "A", Percent(40), trigger=ON_SIGNING), Milestone("b", "B", REST)],
        signed_on=may(4),
    )
    part = draft_invoice(schedule, "a", invoices=[], as_of=may(5), buyer=ACME, portion=eur(150))
    part = issue(part, number="1", on=may(5))
    (found,) = unbilled_work(schedule, [part], as_of=may(14))
    assert (found.amount, found.days_waiting) == (eur(250), 10)
