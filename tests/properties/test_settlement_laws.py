"""The laws of what is paid, open and due: law 7 gross, and the laws of dates and records."""

import copy
import pickle
from datetime import date
from decimal import localcontext

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    REST,
    DueDateExtended,
    Invoice,
    Milestone,
    Money,
    OnDate,
    Payment,
    Reversed,
    Schedule,
    age,
    as_known_on,
    contract_position,
    due_items,
    invoice_status,
    issue,
)
from milestone_invoicing.errors import ImpossibleFactError
from tests.architecture.environment import HOSTILE
from tests.properties.receivable_items import (
    day,
    days,
    histories,
    invoices,
    issued_invoices,
)

AS_OF = days(-25, 160)


def standing_payments(invoice: Invoice, as_of: date) -> list[Payment]:
    """Return the payments that stand, found by crossing out one per reversal."""
    seen = [fact for fact in invoice.facts if fact.on <= as_of]
    stands = [fact for fact in seen if isinstance(fact, Payment)]
    for fact in seen:
        if isinstance(fact, Reversed) and fact.fact in stands:
            stands.remove(fact.fact)
    return stands


@given(invoices(negative=True), AS_OF)
def test_payable_is_paid_and_open_and_received_is_paid_and_unapplied(invoice: Invoice, as_of: date):
    status = invoice_status(invoice, as_of=as_of)
    received = sum(payment.amount.minor for payment in standing_payments(invoice, as_of))
    owed = 0
    if status.document.value != "draft":
        owed = max(-status.payable.minor, 0)
        assert status.payable.minor + owed == status.paid.minor + status.open.minor
    assert received + owed == status.paid.minor + status.unapplied.minor
    assert min(status.paid.minor, status.open.minor, status.unapplied.minor) >= 0
    assert not (status.open.minor and status.unapplied.minor)


@given(invoices(negative=True), AS_OF)
def test_filling_instalments_one_by_one_leaves_open_what_the_status_says(
    invoice: Invoice, as_of: date
):
    status = invoice_status(invoice, as_of=as_of)
    items = due_items(invoice, as_of=as_of)
    by_day = sorted(items, key=lambda item: (item.agreed_on, item.installment))
    left = {item.installment: item.amount.minor for item in items}
    for payment in standing_payments(invoice, as_of):
        cash = payment.amount.minor
        for item in by_day:
            part = min(cash, left[item.installment])
            left[item.installment] -= part
            cash -= part
    assert {item.installment: item.open.minor for item in items} == left
    assert sum(left.values()) == status.open.minor
    assert all(item.paid + item.open == item.amount for item in items)
    assert sum(item.paid.minor for item in items) == status.paid.minor


@given(invoices(), days(), days(0), st.sampled_from([None, 1, 2]), AS_OF)
def test_an_extension_moves_no_money_that_is_applied_and_no_day_before_it(
    invoice: Invoice, on: date, until: date, number: int | None, as_of: date
):
    try:
        extended = invoice.record(DueDateExtended(until, "asked", number, on=on))
    except ImpossibleFactError:
        return
    before, after = (due_items(value, as_of=as_of) for value in (invoice, extended))
    assert [(item.paid, item.open) for item in before] == [(i.paid, i.open) for i in after]
    assert [item.agreed_on for item in before] == [item.agreed_on for item in after]
    if as_of < on:
        assert before == after
        assert invoice_status(invoice, as_of=as_of) == invoice_status(extended, as_of=as_of)


@given(invoices(negative=True), AS_OF)
def test_what_is_dated_later_changes_no_answer_about_a_day(invoice: Invoice, as_of: date):
    seen = attrs.evolve(invoice, facts=[fact for fact in invoice.facts if fact.on <= as_of])
    assert invoice_status(seen, as_of=as_of) == invoice_status(invoice, as_of=as_of)
    assert due_items(seen, as_of=as_of) == due_items(invoice, as_of=as_of)
    assert age([seen], as_of=as_of) == age([invoice], as_of=as_of)


@given(issued_invoices().flatmap(lambda one: histories(one, dated_records=True)), AS_OF, AS_OF)
def test_what_was_known_on_a_day_gives_the_answers_of_that_day(
    history: list[Invoice], known_on: date, as_of: date
):
    then = [
        invoice
        for invoice in history
        if not invoice.facts or invoice.facts[-1].recorded_on <= known_on
    ][-1]
    again = as_known_on(history[-1], known_on)
    assert again == then
    assert invoice_status(again, as_of=as_of) == invoice_status(then, as_of=as_of)
    assert age([again], as_of=as_of) == age([then], as_of=as_of)


@given(invoices(), AS_OF)
def test_a_payment_and_its_reversal_leave_no_trace_from_that_day_on(invoice: Invoice, as_of: date):
    payment = Payment(Money(777, invoice.currency), "once", on=day(5))
    back = invoice.record(payment, Reversed(payment, "bounced", on=day(30)))
    same = invoice_status(back, as_of=as_of) == invoice_status(invoice, as_of=as_of)
    assert same is not (day(5) <= as_of < day(30))


@given(issued_invoices(), AS_OF)
def test_a_draft_claims_nothing_on_any_day(invoice: Invoice, as_of: date):
    draft = attrs.evolve(invoice, number=None, issued_on=None)
    status = invoice_status(draft, as_of=as_of)
    assert (status.document.value, status.label.value) == ("draft", "draft")
    assert status.payable == draft.payable == invoice.payable
    assert not any((status.open, status.paid, status.unapplied, status.overdue))
    assert due_items(draft, as_of=as_of) == ()
    assert age([draft], as_of=as_of).rows == ()
    assert issue(draft, number="1", on=invoice.issued_on) == invoice


@given(invoices(negative=True), AS_OF)
def test_an_invoice_is_in_a_position_as_it_is_by_itself(invoice: Invoice, as_of: date):
    status = invoice_status(invoice, as_of=as_of)
    schedule = Schedule(
        Money.of(1, invoice.currency), [Milestone("m", "M", REST, trigger=OnDate(day(0)))]
    )
    gross = contract_position(schedule, [invoice], as_of=as_of).gross
    assert (gross.paid, gross.open, gross.unapplied) == (
        status.paid,
        status.open,
        status.unapplied,
    )
    assert gross.payable == gross.paid + gross.open


@given(invoices(negative=True), AS_OF)
def test_copies_pickles_and_other_decimal_contexts_give_equal_answers(
    invoice: Invoice, as_of: date
):
    answer = invoice_status(invoice, as_of=as_of)
    with localcontext(HOSTILE):
        fresh = attrs.evolve(invoice)
        assert invoice_status(fresh, as_of=as_of) == answer
        assert due_items(fresh, as_of=as_of) == due_items(invoice, as_of=as_of)
    for other in (copy.deepcopy(invoice), pickle.loads(pickle.dumps(invoice))):
        assert other == invoice
        assert invoice_status(other, as_of=as_of) == answer
    for other in (copy.copy(answer), pickle.loads(pickle.dumps(answer))):
        assert (other, hash(other)) == (answer, hash(answer))
