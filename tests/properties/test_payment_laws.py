"""The laws of one payment over many invoices, of plans, and of matching a bank line."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    AppliedPayment,
    Invoice,
    Money,
    PaymentOrder,
    apply_payment,
    due_items,
)
from tests.positions import position_on
from tests.properties.paid_bills import (
    AMOUNTS,
    BY_US,
    DAYS,
    LAST,
    bills_of_one,
    payments_of_one,
)
from tests.properties.receivable_items import day
from tests.properties.settled_bills import EUR

applied_to = payments_of_one()


@given(applied_to)
def test_a_payment_is_what_is_recorded_and_what_is_left_over(
    found: tuple[list[Invoice], AppliedPayment],
):
    _, applied = found
    recorded = Money.total((fact.amount for _, fact in applied.facts), currency=EUR)
    assert recorded + applied.left_over == applied.payment.amount
    assert applied.left_over.minor >= 0


@given(applied_to)
def test_no_invoice_gets_cash_that_nothing_open_takes_on_its_day_or_later(
    found: tuple[list[Invoice], AppliedPayment],
):
    bills, applied = found
    for before, after in zip(bills, applied.invoices, strict=True):
        days = {applied.payment.on, *(fact.on for fact in before.facts)}
        for on in sorted(each for each in days if each >= applied.payment.on):
            was, now = position_on(before, on), position_on(after, on)
            assert now.unapplied == was.unapplied
            assert now.retained == was.retained


@given(applied_to)
def test_with_something_left_over_each_invoice_has_a_day_on_which_nothing_is_open(
    found: tuple[list[Invoice], AppliedPayment],
):
    _, applied = found
    on = applied.payment.on
    # What a discount takes off depends on what came later, so that less or more cash may fit.
    plain = [bill for bill in applied.invoices if bill.claim and not bill.claim.offers(())]
    for bill in plain if applied.left_over else ():
        days = {on, *(fact.on for fact in bill.facts if fact.on > on)}
        assert not min(position_on(bill, each).open.minor for each in days)


@given(bills_of_one(), AMOUNTS, st.sampled_from(BY_US))
def test_nothing_is_left_over_while_something_is_open(
    bills: list[Invoice], amount: Money, order: PaymentOrder
):
    on = day(2 * LAST + 60)  # behind all that is recorded
    applied = apply_payment(amount, bills, as_of=on, order=order)
    left = [position_on(bill, on).open for bill in applied.invoices]
    assert not applied.left_over or not any(left)


@given(bills_of_one(), AMOUNTS, DAYS, st.sampled_from(BY_US), st.randoms(use_true_random=False))
def test_the_order_in_which_invoices_are_given_decides_nothing(bills, amount, on, order, random):
    shuffled = list(bills)
    random.shuffle(shuffled)
    first = apply_payment(amount, bills, as_of=on, order=order)
    other = apply_payment(amount, shuffled, as_of=on, order=order)
    assert dict(first.facts) == dict(other.facts)
    assert first.left_over == other.left_over


@given(applied_to)
def test_days_before_the_payment_are_as_they_were(found: tuple[list[Invoice], AppliedPayment]):
    bills, applied = found
    day_before = applied.payment.on - timedelta(1)
    for before, after in zip(bills, applied.invoices, strict=True):
        assert due_items(after, as_of=day_before) == due_items(before, as_of=day_before)
        assert position_on(after, day_before) == position_on(before, day_before)
