"""The laws of all means: what is claimed is settled, held or open, and no money is lost."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    Credited,
    DocumentState,
    Invoice,
    Payment,
    Recovered,
    Refunded,
    RetainageReleased,
    Withheld,
    WrittenOff,
    age,
    as_known_on,
    due_items,
    invoice_status,
)
from milestone_invoicing.billing.history.invoice_facts import minor_sum
from milestone_invoicing.facts import standing
from tests.positions import position_on
from tests.properties.receivable_items import day
from tests.properties.settled_bills import LAST, settled_bills

AS_OF = st.integers(-2, LAST + 5).map(day)
BILLS = settled_bills()
COLUMNS = ("paid", "discount", "credited", "withheld", "written_off", "retained", "open")


@given(BILLS, AS_OF)
def test_what_is_payable_is_the_sum_of_what_settled_it_what_is_held_and_what_is_open(
    invoice: Invoice, as_of: date
):
    money = position_on(invoice, as_of)
    parts = [getattr(money, name).minor for name in COLUMNS]
    assert min(parts) >= 0
    assert sum(parts) == max(money.payable.minor, 0)


@given(BILLS, AS_OF)
def test_what_came_in_is_applied_or_left_over_or_went_back(invoice: Invoice, as_of: date):
    money = position_on(invoice, as_of)
    granted = max(-money.payable.minor, 0)
    used = money.paid + money.unapplied + money.refunded + money.applied
    assert used.minor == money.received.minor + granted
    assert money.unapplied.minor >= 0


@given(BILLS, AS_OF)
def test_each_means_is_what_the_facts_of_that_kind_say(invoice: Invoice, as_of: date):
    facts, money = standing(invoice.facts, as_of), position_on(invoice, as_of)
    if money.payable.minor > 0:
        assert money.credited.minor == minor_sum(facts, Credited)
        assert money.withheld.minor == minor_sum(facts, Withheld)
        given_up = minor_sum(facts, WrittenOff)
        assert max(given_up - minor_sum(facts, Recovered), 0) == money.written_off.minor
    assert money.received.minor == minor_sum(facts, Payment, Recovered)
    assert money.refunded.minor == minor_sum(facts, Refunded)


@given(BILLS, AS_OF)
def test_what_is_held_is_retained_until_it_is_released_as_far_as_it_is_outstanding(
    invoice: Invoice, as_of: date
):
    facts, money = standing(invoice.facts, as_of), position_on(invoice, as_of)
    if invoice.held is not None and money.payable.minor > 0:
        still_held = invoice.held.minor - minor_sum(facts, RetainageReleased)
        # Released or not, it stands after all else: by due date what is released comes before.
        assert money.retained.minor <= min(still_held, money.outstanding.minor)
        if money.outstanding.minor == money.payable.minor:
            assert money.retained.minor == still_held


@given(BILLS, AS_OF)
def test_the_instalments_one_by_one_say_the_same(invoice: Invoice, as_of: date):
    items, money = due_items(invoice, as_of=as_of), position_on(invoice, as_of)
    for item in items:
        parts = [getattr(item, name) for name in COLUMNS]
        assert sum(part.minor for part in parts) == item.amount.minor
        assert min(part.minor for part in parts) >= 0
        assert not (item.open and item.retained)
    for name in COLUMNS:
        assert sum(getattr(item, name).minor for item in items) == getattr(money, name).minor


@given(BILLS, AS_OF)
def test_each_amount_stands_in_one_column_of_the_report(invoice: Invoice, as_of: date):
    money = position_on(invoice, as_of)
    rows = age([invoice], as_of=as_of).rows
    balance = sum(row.balance.minor for row in rows)
    assert balance == money.open.minor + money.retained.minor - money.unapplied.minor
    assert sum(row.retained.minor for row in rows) == money.retained.minor


@given(BILLS, AS_OF)
def test_facts_of_later_days_change_nothing(invoice: Invoice, as_of: date):
    known = [fact for fact in invoice.facts if fact.on <= as_of]
    earlier = Invoice(
        invoice.number,
        invoice.issued_on,
        invoice.buyer,
        invoice.lines,
        terms=invoice.terms,
        held=invoice.held,
        facts=known,
    )
    assert position_on(earlier, as_of) == position_on(invoice, as_of)
    assert as_known_on(invoice, date.max) == invoice


@given(BILLS)
def test_without_a_fact_or_a_date_a_label_stays(invoice: Invoice):
    days = [day(number) for number in range(-1, LAST + 60)]
    told = {fact.on for fact in invoice.facts} | {invoice.issued_on}
    status = [invoice_status(invoice, as_of=on) for on in days]
    for before, after in pairwise(status):
        if after.as_of not in told and before.document is not DocumentState.DRAFT:
            moved = before.label is not after.label or before.timeliness is not after.timeliness
            assert moved is (before.next_change == after.as_of)
