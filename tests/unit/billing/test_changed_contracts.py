"""Bills of a contract that changes: what may still be billed, and what a change has to leave."""

import re

import pytest

from milestone_invoicing import (
    ON_SIGNING,
    REST,
    AddMilestone,
    ChangeTotal,
    DropMilestone,
    Invoice,
    Milestone,
    Percent,
    Reprice,
    Schedule,
    Voided,
    billed_net,
    contract_position,
    draft_invoice,
    issue,
    milestone_billing,
)
from milestone_invoicing.display import schedule_text
from milestone_invoicing.errors import (
    BelowInvoicedError,
    NotReadyError,
    OverbillingError,
    UnknownMilestoneError,
    WrongTypeError,
)
from tests.unit.bills import ACME, bill, eur, june, may
from tests.unit.orders import order

SIGNED = Schedule(
    eur(1000),
    [
        Milestone("a", "A", Percent(40), trigger=ON_SIGNING),
        Milestone("b", "B", REST, trigger=ON_SIGNING),
    ],
    signed_on=may(1),
)
EXTRA = Milestone("e", "Extra", eur(50), trigger=ON_SIGNING)


def of(key: str, amount: int, day: int = 4, number: str = "1") -> Invoice:
    return bill(amount, number=number, issued_on=may(day), milestone=key)


def test_what_is_billed_is_counted_for_a_change():
    bills = [of("a", 100), of("a", 50, number="2"), of("b", 7, number="3")]
    assert billed_net(SIGNED, bills, as_of=may(4)) == {"a": eur(150), "b": eur(7)}
    assert billed_net(SIGNED, [], as_of=may(4)) == {}


def test_bills_after_the_day_and_drafts_count_too():
    draft = draft_invoice(SIGNED, "b", invoices=[], as_of=may(2), buyer=ACME, portion=eur(30))
    bills = [of("a", 100, day=20), draft]
    assert billed_net(SIGNED, bills, as_of=may(2)) == {"a": eur(100), "b": eur(30)}


def test_what_is_void_since_and_drafted_again_counts_once():
    void = of("a", 400).record(Voided("wrong", on=may(9)))
    again = draft_invoice(SIGNED, "a", invoices=[void], as_of=may(9), buyer=ACME, rebill=True)
    assert billed_net(SIGNED, [void, again], as_of=may(5)) == {"a": eur(400)}


def test_a_change_leaves_what_is_billed_and_the_rest_is_billed_after_it():
    bills = [of("a", 400)]
    after = SIGNED.apply(
        order(ChangeTotal(eur(1300))), billed=billed_net(SIGNED, bills, as_of=june(1))
    )
    draft = draft_invoice(after, "b", invoices=bills, as_of=june(1), buyer=ACME)
    assert draft.payable == eur(900)
    early = draft_invoice(after, "b", invoices=bills, as_of=may(31), buyer=ACME)
    assert early.payable == eur(600)


def test_a_bill_dated_back_leaves_what_a_later_change_took():
    after = SIGNED.apply(order(Reprice("b", eur(250))), billed={})
    assert draft_invoice(after, "b", invoices=[], as_of=may(2), buyer=ACME).payable == eur(250)
    gone = SIGNED.apply(order(DropMilestone("b")), billed={})
    with pytest.raises(OverbillingError, match=r"^nothing is left to bill of milestone 'b': "):
        draft_invoice(gone, "b", invoices=[], as_of=may(2), buyer=ACME)


def test_a_change_below_a_bill_is_refused_with_the_amount_to_credit():
    bills = [of("b", 500)]
    billed = billed_net(SIGNED, bills, as_of=june(1))
    with pytest.raises(BelowInvoicedError, match=r"credit EUR 50\.00 first$"):
        SIGNED.apply(order(Reprice("b", eur(450))), billed=billed)


@pytest.mark.parametrize(("key", "day"), [("e", may(31)), ("b", june(1))])
def test_what_is_not_agreed_on_a_day_is_not_billed_on_it(key: str, day: object):
    after = SIGNED.apply(order(AddMilestone(EXTRA), DropMilestone("b")), billed={})
    message = (
        f"milestone {key!r} is not agreed on {day}: expected a milestone of the contract as it is "
        "on that day, got one that a change order adds later, or dropped"
    )
    with pytest.raises(NotReadyError, match=f"^{re.escape(message)}$"):
        draft_invoice(after, key, invoices=[], as_of=day, buyer=ACME)


def test_what_is_added_is_billed_from_its_day_on():
    after = SIGNED.apply(order(AddMilestone(EXTRA)), billed={})
    draft = draft_invoice(after, "e", invoices=[], as_of=june(1), buyer=ACME)
    bills = [issue(draft, number="9", on=june(2))]
    assert milestone_billing(after, "e", bills, as_of=june(2)).invoiced == eur(50)
    assert milestone_billing(after, "e", bills, as_of=may(31)).agreed == eur(0)


def test_the_position_is_that_of_the_day():
    after = SIGNED.apply(order(AddMilestone(EXTRA), Reprice("b", eur(500))), billed={})
    before, since = (contract_position(after, [], as_of=day) for day in (may(31), june(1)))
    assert [row.key for row in before.milestones] == ["a", "b"]
    assert [row.key for row in since.milestones] == ["a", "b", "e"]
    assert (before.net.agreed, since.net.agreed) == (eur(1000), eur(950))


def test_a_schedule_is_printed_as_it_is_on_the_day():
    after = SIGNED.apply(order(AddMilestone(EXTRA)), billed={})
    before, since = (schedule_text(after, as_of=day, locale="en") for day in (may(31), june(1)))
    assert ("Extra" in before, "Extra" in since) == (False, True)
    assert before.splitlines()[-1].split() == ["Total", "€1,000.00"]
    assert since.splitlines()[-1].split() == ["Total", "€1,050.00"]


def test_refusals():
    with pytest.raises(WrongTypeError, match=r"^the schedule is of the wrong type: "):
        billed_net("schedule", [], as_of=may(1))
    with pytest.raises(UnknownMilestoneError, match=r"^no milestone has this key: "):
        contract_position(SIGNED, [of("x", 1)], as_of=may(4))


def test_a_bill_of_what_was_dropped_does_not_vanish_from_the_position():
    bills = [bill(10, milestone="b")]
    after = SIGNED.apply(order(DropMilestone("b")), billed={})
    assert contract_position(after, bills, as_of=may(31)).net.invoiced == eur(10)
    message = (
        "more is invoiced of milestone 'b' than was agreed: expected at most EUR 0.00, "
        "got EUR 10.00 on 1"
    )
    with pytest.raises(OverbillingError, match=f"^{re.escape(message)}$"):
        contract_position(after, bills, as_of=june(1))
