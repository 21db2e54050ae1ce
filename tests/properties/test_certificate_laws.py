"""The laws of tax that only lacks its certificate: open, in no report late, and never asked for."""

from collections.abc import Iterable
from datetime import date, timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    Adjustment,
    Flag,
    Invoice,
    LatePolicy,
    Money,
    Payment,
    Period,
    Promised,
    ReminderPolicy,
    Sent,
    age,
    collection_metrics,
    due_items,
    due_reminders,
    invoice_status,
    late_charge,
    receivables_summary,
    statement,
)
from tests.positions import position_on
from tests.properties.collected_bills import MEANT, said
from tests.properties.receivable_items import PARTIES, day, days
from tests.properties.settled_bills import EUR, LAST, settled_bills
from tests.properties.test_day_order_laws import told

INTEREST = LatePolicy("8", compensation=Money(4000, EUR))


@st.composite
def withholding_bills(draw: st.DrawFn) -> Invoice:
    """Return bills of which tax is withheld, with all that may settle them and be said of them."""
    drawn = draw(settled_bills().filter(lambda bill: bill.payable.minor > 0))
    part = Money(draw(st.integers(0, drawn.payable_now.minor)), EUR)
    bare = attrs.evolve(drawn, facts=(), withheld=[Adjustment(part, reason="x")])
    return said(told(bare, drawn.facts), draw(st.lists(MEANT, max_size=2)))


def total(amounts: Iterable[Money]) -> int:
    return sum(amount.minor for amount in amounts)


@given(withholding_bills(), days())
def test_overdue_is_one_figure_in_all_reports(bill: Invoice, as_of: date):
    status = invoice_status(bill, as_of=as_of)
    late = status.overdue.minor
    assert late == total(
        item.cash for item in due_items(bill, as_of=as_of) if item.due_on and item.due_on < as_of
    )
    assert late == total(row.overdue for row in age([bill], as_of=as_of).rows)
    assert late == total(row.overdue for row in receivables_summary([bill], as_of=as_of).totals)
    period = Period.through(day(-30), as_of)
    assert late == total(each.overdue for each in collection_metrics([bill], period=period))
    assert (late > 0) is (status.days_overdue > 0)


@given(withholding_bills(), days())
def test_what_lacks_its_certificate_stays_a_part_of_the_balance(bill: Invoice, as_of: date):
    money, items = position_on(bill, as_of), due_items(bill, as_of=as_of)
    assert all(0 <= item.to_certify.minor <= item.open.minor for item in items)
    assert total(item.open for item in items) == money.open.minor
    waiting = total(item.to_certify for item in items)
    undated = waiting + total(item.cash for item in items if item.due_on is None)
    for rows in (
        age([bill], as_of=as_of).rows,
        statement(PARTIES[0], [bill], since=day(-30), until=as_of).aging.rows,
    ):
        assert total(row.undated for row in rows) == undated
        assert total(row.balance for row in rows) == money.balance.minor
    summed = receivables_summary([bill], as_of=as_of).totals
    assert total(row.undated for row in summed) == undated
    assert total(row.open for row in summed) == money.open.minor
    for account in statement(PARTIES[0], [bill], since=day(-30), until=as_of).accounts:
        (row, *_) = age(account.open_items, as_of=as_of).rows or (None,)
        assert (0 if row is None else row.undated.minor) == undated


@given(withholding_bills(), days())
def test_what_is_to_chase_is_the_cash_that_nobody_disputes(bill: Invoice, as_of: date):
    status = invoice_status(bill, as_of=as_of)
    rows = age([bill], as_of=as_of, disputed_apart=True).rows
    disputed = total(row.disputed for row in rows)
    cash = total(item.cash for item in due_items(bill, as_of=as_of))
    assert status.to_chase.minor == max(cash - disputed, 0)
    late = total(row.overdue for row in rows)
    assert late <= min(status.to_chase, status.overdue).minor
    for letter in due_reminders([bill], ReminderPolicy.standard(), as_of=as_of):
        assert letter.amount <= status.to_chase


@given(withholding_bills(), st.integers(0, LAST), days())
def test_who_paid_all_but_the_certificate_in_time_is_late_for_nobody(
    drawn: Invoice, at: int, as_of: date
):
    assert drawn.issued_on is not None
    bare = attrs.evolve(drawn, facts=())
    items = due_items(bare, as_of=drawn.issued_on)
    dated = [item for item in items if not item.held]
    cash = Money(total(item.cash for item in dated), EUR)
    if not cash:
        return
    due = min((item.due_on for item in dated if item.due_on), default=day(LAST))
    on = min(drawn.issued_on + timedelta(at), due, day(LAST))
    promised = Promised(day(LAST), on=drawn.issued_on)
    paid = bare.record(Sent(on=drawn.issued_on), promised, Payment(cash, on=on))
    if as_of < on:
        return
    status = invoice_status(paid, as_of=as_of)
    assert (status.overdue.minor, status.to_chase.minor, status.days_overdue) == (0, 0, 0)
    assert Flag.PROMISE_BROKEN not in status.flags
    assert not late_charge(paid, INTEREST, as_of=as_of).total
    assert not due_reminders([paid], ReminderPolicy.standard(), as_of=as_of)
