"""The laws of what is said about money: it moves none, and stands beside the one label."""

from datetime import date, timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    Flag,
    Invoice,
    InvoiceStatus,
    PlanAgreed,
    due_items,
    invoice_status,
    owner_of,
    unowned,
)
from milestone_invoicing.errors import ImpossibleFactError, NothingToReverseError
from tests.positions import position_on
from tests.properties.collected_bills import MEANT, collected_bills, said
from tests.properties.receivable_items import days
from tests.properties.settled_bills import settled_bills

AS_OF = days(-5, 80)
FEW_DAYS = st.integers(0, 10)
WALK = 70
MONEY = ("payable", "paid", "discount", "credited", "withheld", "loss", "retained", "open")


def seen(status: InvoiceStatus) -> tuple[object, ...]:
    """Return what may change by time alone only on the day foretold."""
    axes = (status.document, status.settlement, status.timeliness)
    return (*axes, status.label, status.flags)


@given(settled_bills(), st.lists(MEANT, max_size=5), AS_OF)
def test_what_is_said_moves_no_money(invoice: Invoice, meant: list, as_of: date):
    told = said(invoice, meant)
    assert position_on(told, as_of) == position_on(invoice, as_of)
    before, after = (invoice_status(each, as_of=as_of) for each in (invoice, told))
    assert [getattr(before, name) for name in MONEY] == [getattr(after, name) for name in MONEY]
    assert (before.document, before.settlement) == (after.document, after.settlement)
    if not any(isinstance(fact, PlanAgreed) for fact in told.facts):
        assert due_items(told, as_of=as_of) == due_items(invoice, as_of=as_of)
        assert (before.label, before.days_overdue) == (after.label, after.days_overdue)


@given(settled_bills(), st.lists(MEANT, max_size=5), AS_OF)
def test_whatever_is_planned_the_instalments_add_up_to_what_settled_them_and_what_is_open(
    invoice: Invoice, meant: list, as_of: date
):
    told = said(invoice, meant)
    items, money = due_items(told, as_of=as_of), position_on(told, as_of)
    columns = ("paid", "discount", "credited", "withheld", "written_off", "retained", "open")
    for item in items:
        parts = [getattr(item, name).minor for name in columns]
        assert item.amount.minor == sum(parts)
        assert min(parts) >= 0
    for name in columns if items else ():
        assert sum(getattr(item, name).minor for item in items) == getattr(money, name).minor


@given(collected_bills(), AS_OF)
def test_a_plan_is_seen_from_its_day_on_and_one_at_a_time(invoice: Invoice, as_of: date):
    agreed = [fact for fact in invoice.facts if isinstance(fact, PlanAgreed) and fact.on <= as_of]
    plans = {item.plan for item in due_items(invoice, as_of=as_of)} - {None}
    assert plans <= set(agreed)
    assert len(plans) <= 1
    flagged = Flag.PLAN in invoice_status(invoice, as_of=as_of).flags
    assert not flagged or plans


@given(collected_bills(), AS_OF)
def test_the_open_instalments_of_a_plan_are_its_last_by_due_date(invoice: Invoice, as_of: date):
    planned = [item for item in due_items(invoice, as_of=as_of) if item.plan]
    planned.sort(key=lambda item: item.agreed_on)
    touched = [bool(item.open) for item in planned if item.amount]
    assert touched == sorted(touched)


@given(collected_bills(), AS_OF)
def test_flags_and_what_is_to_chase_say_what_the_amounts_say(invoice: Invoice, as_of: date):
    status = invoice_status(invoice, as_of=as_of)
    assert 0 <= status.to_chase.minor <= status.open.minor
    if status.to_chase < status.open:
        assert Flag.DISPUTED in status.flags
    assert not {Flag.PROMISED, Flag.PROMISE_BROKEN} <= status.flags
    if not status.open:
        assert status.flags <= {Flag.UNSENT}


@given(collected_bills(), st.integers(0, 30), FEW_DAYS)
def test_if_nothing_happens_flags_too_change_on_the_day_foretold_and_not_before(
    invoice: Invoice, wait: int, due_within: int
):
    known = [invoice.issued_on, *(fact.on for fact in invoice.facts)]
    today = max(known) + timedelta(wait)
    now = invoice_status(invoice, as_of=today, due_within=due_within)
    for ahead in range(1, WALK):
        on = today + timedelta(ahead)
        then = invoice_status(invoice, as_of=on, due_within=due_within)
        if on == now.next_change:
            assert seen(then) != seen(now)
            return
        assert (seen(then), then.to_chase) == (seen(now), now.to_chase)
        assert then.next_change == now.next_change


@given(collected_bills(), AS_OF)
def test_a_replay_of_a_day_does_not_see_what_is_dated_later(invoice: Invoice, as_of: date):
    until = tuple(fact for fact in invoice.facts if fact.on <= as_of)
    then = attrs.evolve(invoice, facts=until)
    assert invoice_status(then, as_of=as_of) == invoice_status(invoice, as_of=as_of)
    assert due_items(then, as_of=as_of) == due_items(invoice, as_of=as_of)
    assert owner_of(then, as_of=as_of) == owner_of(invoice, as_of=as_of)


@given(collected_bills(), st.randoms(use_true_random=False), AS_OF)
def test_the_order_in_which_facts_of_different_days_are_recorded_does_not_matter(
    invoice: Invoice, random, as_of: date
):
    by_day: dict[date, list] = {}
    for fact in invoice.facts:
        by_day.setdefault(fact.on, []).append(fact)
    groups = list(by_day.values())
    random.shuffle(groups)
    try:
        mixed = attrs.evolve(invoice, facts=tuple(fact for group in groups for fact in group))
    except (ImpossibleFactError, NothingToReverseError):
        return  # what a record needs came after it
    assert invoice_status(mixed, as_of=as_of) == invoice_status(invoice, as_of=as_of)
    assert due_items(mixed, as_of=as_of) == due_items(invoice, as_of=as_of)


@given(collected_bills(), AS_OF)
def test_what_nobody_owns_is_what_is_outstanding_without_an_owner(invoice: Invoice, as_of: date):
    open_ = position_on(invoice, as_of).outstanding.minor
    lost = open_ > 0 and owner_of(invoice, as_of=as_of) is None
    assert unowned([invoice], as_of=as_of) == ((invoice,) if lost else ())
