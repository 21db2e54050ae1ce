"""The laws of many days in one pass: each day is what it is when it is asked for alone."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import Invoice, MovementKind, invoice_status, statement
from milestone_invoicing.billing.history.daily import daily_readings
from milestone_invoicing.billing.history.reading import Reading
from milestone_invoicing.receivables.late_charges.arrears import (
    first_late,
    known_by,
    owed_by_day,
    runs,
)
from tests.properties.collected_bills import collected_bills
from tests.properties.discounted_bills import told_with_discounts
from tests.properties.late_bills import late_bills
from tests.properties.receivable_items import day, days
from tests.properties.reminded_bills import reminded_bills
from tests.properties.settled_bills import settled_bills
from tests.properties.slow_arrears import slow_first_late, slow_runs

LIVES = (
    collected_bills() | told_with_discounts() | late_bills() | reminded_bills() | settled_bills()
)
AS_OF = days(-5, 90)
GRACE = st.sampled_from([0, 0, 3, 10])
SOME_DAYS = st.sets(st.integers(-6, 90), max_size=12).map(sorted)
FIGURES = [
    "as_of",
    "facts",
    "is_issued",
    "void",
    "claim",
    "is_credit",
    "filling",
    "divided",
    "plan",
    "due_days",
    "extensions",
    *("payable", "received", "refunded", "paid", "discount", "credited", "withheld"),
    *("written_off", "retained", "open", "outstanding", "balance", "applied", "unapplied"),
    *("to_certify", "to_come", "disputed", "to_chase"),
    *("open_by_item", "retained_by_item", "certify_by_item", "cash_by_item"),
]


def in_time(due_on: date) -> date:
    return due_on


def figures(reading: Reading) -> dict[str, object]:
    found = {name: getattr(reading, name) for name in FIGURES}
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in found.items()
    }


@given(LIVES, SOME_DAYS)
def test_each_day_of_many_is_what_it_is_alone(invoice: Invoice, on: list[int]):
    happened = {fact.on for fact in invoice.facts}
    asked = sorted({invoice.issued_on, *happened, *map(day, on)})
    told = daily_readings(invoice.reading(asked[0]), asked[1:])
    alone = (Reading(invoice.claim, invoice.facts, invoice.currency, each) for each in asked)
    assert [*map(figures, told)] == [*map(figures, alone)]


@given(LIVES, AS_OF, GRACE)
def test_what_was_late_is_what_the_instalments_of_each_day_say(
    invoice: Invoice, as_of: date, grace_days: int
):
    owed = list(owed_by_day(invoice, as_of))
    found = [list(run) for run in runs(owed, grace_days=grace_days, last_day=in_time)]
    assert found == slow_runs(invoice, as_of, grace_days)
    first = list(first_late(owed, grace_days=grace_days, last_day=in_time))
    assert first == slow_first_late(invoice, as_of, grace_days)


@given(LIVES, AS_OF, st.data())
def test_what_was_owed_up_to_a_day_of_a_fact_is_what_was_known_on_it(
    invoice: Invoice, as_of: date, data: st.DataObject
):
    owed = list(owed_by_day(invoice, as_of))
    told = [as_of, *(fact.on for fact in invoice.facts if fact.on <= as_of)]
    on = data.draw(st.sampled_from(told))
    # What claims nothing any more, owed nothing.
    assert known_by(owed, on) == (list(owed_by_day(invoice, on)) if owed else [])


@given(LIVES, SOME_DAYS)
def test_a_statement_tells_discounts_and_write_offs_as_each_day_has_them(
    invoice: Invoice, on: list[int]
):
    since, until = day(min(on, default=0)), day(max(on, default=0))
    told = statement(invoice.buyer, [invoice], since=since, until=until)
    found = {
        (each.kind, each.on): each.amount.minor
        for account in told.accounts
        for each in account.movements
        if each.kind in {MovementKind.DISCOUNT, MovementKind.WRITE_OFF}
    }
    expected: dict[tuple[MovementKind, date], int] = {}
    before = invoice_status(invoice, as_of=since - timedelta(1))
    for step in range((until - since).days + 1):
        now = invoice_status(invoice, as_of=since + timedelta(step))
        expected[MovementKind.DISCOUNT, now.as_of] = (before.discount - now.discount).minor
        expected[MovementKind.WRITE_OFF, now.as_of] = (before.loss - now.loss).minor
        before = now
    assert found == {key: minor for key, minor in expected.items() if minor}
