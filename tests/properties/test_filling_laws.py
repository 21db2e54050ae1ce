"""The laws of filling: which instalment the cash of a day goes to, against models of their own."""

from datetime import date

import attrs
from hypothesis import assume, given

from milestone_invoicing import (
    DiscountStage,
    EventOccurred,
    Invoice,
    discount_state,
    due_items,
    invoice_status,
)
from tests.properties.discounted_bills import asked, standing_payments, told_with_discounts
from tests.unit.bills import claim_of

AS_OF = asked()
TOLD = told_with_discounts()
UNREVERSED = told_with_discounts(reversals=False)


def discount_on_the_whole(invoice: Invoice, as_of: date) -> int:
    """Return what the client left off, by cash summed up to each day from the issue on."""
    assert invoice.issued_on is not None
    cash = [
        (max(payment.on, invoice.issued_on), payment.amount.minor)
        for payment in standing_payments(invoice, as_of)
    ]
    for on in sorted({on for on, _ in cash}):
        left = invoice.payable.minor - sum(amount for when, amount in cash if when <= on)
        offered = [
            offer.discount.minor
            for offer in discount_state(invoice, as_of=as_of).offers
            if on <= offer.until
        ]
        if left <= max(offered, default=0):
            return max(left, 0)
    return 0


@given(TOLD, AS_OF)
def test_a_discount_on_the_whole_is_what_was_left_off_on_the_first_day_that_reaches_it(
    invoice: Invoice, as_of: date
):
    assume(not any(part.discounts for part in invoice.terms.installments))
    assert invoice.issued_on is not None
    status = invoice_status(invoice, as_of=as_of)
    expected = discount_on_the_whole(invoice, as_of) if as_of >= invoice.issued_on else 0
    assert status.discount.minor == expected


def filled_simply(invoice: Invoice, as_of: date) -> list[int]:
    """Return what is paid of each instalment, payment by payment, by due date as known then."""
    assert invoice.issued_on is not None
    paid = [0] * len(invoice.installments)
    for payment in sorted(standing_payments(invoice, as_of), key=lambda one: one.on):
        parts = claim_of(invoice).parts(invoice.facts, max(payment.on, invoice.issued_on))
        dated = [index for index, part in enumerate(parts) if part.due_on]
        undated = [index for index, part in enumerate(parts) if not part.due_on]
        cash = payment.amount.minor
        for index in sorted(dated, key=lambda index: parts[index].due_on) + undated:
            part = min(cash, parts[index].amount.minor - paid[index])
            paid[index] += part
            cash -= part
    return paid


@given(UNREVERSED, AS_OF)
def test_without_discounts_cash_fills_in_due_order_those_that_wait_last(
    invoice: Invoice, as_of: date
):
    parts = [attrs.evolve(part, discounts=()) for part in invoice.terms.installments]
    terms = attrs.evolve(invoice.terms, discounts=(), installments=parts)
    plain = attrs.evolve(invoice, terms=terms)
    items = due_items(plain, as_of=as_of)
    assume(items)
    assert [item.paid.minor for item in items] == filled_simply(plain, as_of)
    assert not any(item.discount for item in items)
    state = discount_state(plain, as_of=as_of)
    assert (state.stage, state.available.minor) == (DiscountStage.NONE, 0)


@given(TOLD, AS_OF)
def test_an_event_that_is_known_dates_what_waited(invoice: Invoice, as_of: date):
    known = {fact.event for fact in invoice.facts if isinstance(fact, EventOccurred)}
    for item in due_items(invoice, as_of=as_of):
        if item.due_on is not None and item.after is not None:
            assert item.after in known
            assert item.due_on >= invoice.issued_on
        assert item.agreed_on == item.due_on
