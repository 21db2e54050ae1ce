"""The laws of settlement with early discounts and events: nothing is lost, nothing moves later."""

import copy
import pickle
from datetime import date, timedelta
from decimal import localcontext
from itertools import pairwise

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    REST,
    DiscountStage,
    DiscountState,
    DueItem,
    Invoice,
    InvoiceStatus,
    Milestone,
    Money,
    OnDate,
    Payment,
    Reversed,
    Schedule,
    Voided,
    age,
    contract_position,
    discount_state,
    due_items,
    invoice_status,
)
from tests.architecture.environment import HOSTILE
from tests.properties.discounted_bills import asked, standing_payments, told_with_discounts
from tests.properties.receivable_items import day, days

AS_OF = asked()
TOLD = told_with_discounts()
UNREVERSED = told_with_discounts(reversals=False)


Answers = tuple[InvoiceStatus, tuple[DueItem, ...], DiscountState]


def answers(invoice: Invoice, as_of: date) -> Answers:
    return (
        invoice_status(invoice, as_of=as_of),
        due_items(invoice, as_of=as_of),
        discount_state(invoice, as_of=as_of),
    )


@given(TOLD, AS_OF)
def test_payable_is_paid_discount_and_open_by_item_and_in_all(invoice: Invoice, as_of: date):
    status, items, state = answers(invoice, as_of)
    for item in items:
        assert item.paid + item.discount + item.open == item.amount
        assert min(item.paid.minor, item.discount.minor, item.open.minor) >= 0
    for name in ("paid", "discount", "open"):
        assert getattr(status, name).minor == sum(getattr(item, name).minor for item in items)
    if status.document.value != "draft":
        assert status.payable == status.paid + status.discount + status.open
        assert len(items) == (len(invoice.terms.installments) if invoice.payable.minor else 1)
    assert state.taken == status.discount
    assert state.settles == status.open - state.available


@given(TOLD, AS_OF)
def test_received_is_paid_and_unapplied(invoice: Invoice, as_of: date):
    status = invoice_status(invoice, as_of=as_of)
    received = sum(payment.amount.minor for payment in standing_payments(invoice, as_of))
    assert received == status.paid.minor + status.unapplied.minor
    assert not (status.open.minor and status.unapplied.minor)


@given(TOLD, AS_OF)
def test_what_is_dated_later_changes_no_answer_about_a_day(invoice: Invoice, as_of: date):
    seen = attrs.evolve(invoice, facts=[fact for fact in invoice.facts if fact.on <= as_of])
    assert answers(seen, as_of) == answers(invoice, as_of)
    assert age([seen], as_of=as_of) == age([invoice], as_of=as_of)


@given(UNREVERSED, AS_OF)
def test_what_is_applied_stays_applied(invoice: Invoice, as_of: date):
    before = due_items(invoice, as_of=as_of)
    after = due_items(invoice, as_of=as_of + timedelta(60))
    for one, other in zip(before, after, strict=bool(before)):
        assert one.paid <= other.paid
        assert one.discount <= other.discount
        assert one.amount == other.amount


@given(
    UNREVERSED.flatmap(lambda invoice: st.tuples(st.just(invoice), st.permutations(invoice.facts))),
    AS_OF,
)
def test_the_order_of_recording_moves_no_money(pair, as_of: date):
    invoice, facts = pair
    again = attrs.evolve(invoice, facts=facts)
    assert due_items(again, as_of=as_of) == due_items(invoice, as_of=as_of)
    assert discount_state(again, as_of=as_of) == discount_state(invoice, as_of=as_of)
    assert age([again], as_of=as_of) == age([invoice], as_of=as_of)


def pay(invoice: Invoice, minor: int, on: date) -> Invoice:
    return invoice.record(Payment(Money(minor, invoice.currency), "settles", on=on))


@given(TOLD, AS_OF)
def test_what_settles_settles_all_and_takes_what_is_available(invoice: Invoice, as_of: date):
    state = discount_state(invoice, as_of=as_of)
    assert not state.available or state.settles.minor
    assume(state.settles.minor)
    status, items, after = answers(pay(invoice, state.settles.minor, as_of), as_of)
    assert not any((status.open, status.unapplied, after.available, after.settles))
    assert not any(item.open for item in items)
    assert after.taken == state.taken + state.available


@given(TOLD, AS_OF)
def test_one_unit_less_than_what_settles_leaves_something_open(invoice: Invoice, as_of: date):
    state = discount_state(invoice, as_of=as_of)
    assume(state.settles.minor > 1)
    status, _, after = answers(pay(invoice, state.settles.minor - 1, as_of), as_of)
    assert status.open
    assert after.taken <= state.taken + state.available


@given(TOLD, AS_OF)
def test_who_pays_all_on_one_day_takes_nothing_more(invoice: Invoice, as_of: date):
    state = discount_state(invoice, as_of=as_of)
    status = invoice_status(invoice, as_of=as_of)
    assume(status.open.minor)
    paid = discount_state(pay(invoice, status.open.minor, as_of), as_of=as_of)
    assert paid.taken <= state.taken
    assert invoice_status(pay(invoice, status.open.minor, as_of), as_of=as_of).open.minor == 0


@given(TOLD, AS_OF)
def test_no_discount_is_more_than_what_was_offered(invoice: Invoice, as_of: date):
    _, items, state = answers(invoice, as_of)
    if not any(offer.installment is None for offer in state.offers):
        for item in items:
            offered = (o.discount for o in state.offers if o.installment == item.installment)
            assert item.discount <= max(offered, default=Money.zero(invoice.currency))
    else:
        assert state.taken <= max(offer.discount for offer in state.offers)
    assert state.available.minor >= 0


@given(TOLD, AS_OF)
def test_waiting_never_makes_a_discount_larger(invoice: Invoice, as_of: date):
    assert invoice.issued_on is not None
    first = max([as_of, invoice.issued_on, *(fact.on for fact in invoice.facts)])
    states = [discount_state(invoice, as_of=first + timedelta(n)) for n in range(60)]
    assert all(one.available >= other.available for one, other in pairwise(states))
    for state, later in pairwise(states):
        assert later.taken == state.taken
        assert later.offers == state.offers
        if state.stage is DiscountStage.AVAILABLE:
            assert state.until is not None
            assert state.until >= state.as_of
            same = later.available == state.available
            assert same or later.as_of > state.until


@given(TOLD, AS_OF)
def test_the_stage_says_what_the_amounts_say(invoice: Invoice, as_of: date):
    state = discount_state(invoice, as_of=as_of)
    match state.stage:
        case DiscountStage.NONE:
            assert (state.offers, state.until, state.taken.minor) == ((), None, 0)
        case DiscountStage.AVAILABLE:
            assert any(offer.until >= as_of for offer in state.offers)
            assert state.settles.minor > 0
        case DiscountStage.TAKEN:
            assert state.taken.minor
            assert not state.available
        case DiscountStage.LAPSED:
            assert not state.taken
            assert not state.available
            assert state.until == max(offer.until for offer in state.offers)


@given(TOLD, AS_OF)
def test_aging_and_positions_say_the_same(invoice: Invoice, as_of: date):
    status, items, _ = answers(invoice, as_of)
    rows = age([invoice], as_of=as_of).rows
    assert sum(row.balance.minor for row in rows) == status.open.minor - status.unapplied.minor
    undated = sum(item.open.minor for item in items if item.due_on is None)
    assert sum(row.undated.minor for row in rows) == undated
    schedule = Schedule(
        Money.of(1, invoice.currency), [Milestone("m", "M", REST, trigger=OnDate(day(0)))]
    )
    gross = contract_position(schedule, [invoice], as_of=as_of).gross
    assert (gross.paid, gross.discount, gross.open, gross.unapplied) == (
        status.paid,
        status.discount,
        status.open,
        status.unapplied,
    )
    assert gross.payable == gross.paid + gross.discount + gross.open


@given(UNREVERSED, AS_OF, days(0, 30))
def test_a_payment_that_bounces_leaves_no_trace_from_that_day_on(
    invoice: Invoice, as_of: date, on: date
):
    payment = Payment(Money(max(invoice.payable.minor, 1), invoice.currency), "once", on=on)
    back = invoice.record(payment, Reversed(payment, "bounced", on=on + timedelta(5)))
    same = answers(back, as_of) == answers(invoice, as_of)
    assert same is not (on <= as_of < on + timedelta(5))


@given(TOLD, AS_OF)
def test_nothing_but_the_day_foretold_changes_a_status(invoice: Invoice, as_of: date):
    as_of = max([as_of, invoice.issued_on, *(fact.on for fact in invoice.facts)])
    now = invoice_status(invoice, as_of=as_of)
    for n in range(1, 45):
        later = invoice_status(invoice, as_of=as_of + timedelta(n))
        same = (later.label, later.timeliness) == (now.label, now.timeliness)
        if later.as_of == now.next_change:
            assert not same
            return
        assert same


@given(TOLD, AS_OF, days(0, 60))
def test_a_void_takes_no_discount_and_offers_none(invoice: Invoice, as_of: date, on: date):
    on = max([on, invoice.issued_on, *(fact.on for fact in invoice.facts)])
    void = invoice.record(Voided("x", on=on))
    status, items, state = answers(void, max(as_of, on))
    assert (items, state.offers, state.stage) == ((), (), DiscountStage.NONE)
    assert not any((status.open, status.discount, status.paid, state.settles))


@given(TOLD, AS_OF)
def test_copies_pickles_and_other_decimal_contexts_give_equal_answers(
    invoice: Invoice, as_of: date
):
    expected = answers(invoice, as_of)
    with localcontext(HOSTILE):
        assert answers(attrs.evolve(invoice), as_of) == expected
    for other in (copy.deepcopy(invoice), pickle.loads(pickle.dumps(invoice))):
        assert other == invoice
        assert answers(other, as_of) == expected
    again = pickle.loads(pickle.dumps(expected))
    assert (again, hash(again)) == (expected, hash(expected))
