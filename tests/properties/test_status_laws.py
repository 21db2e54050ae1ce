"""The laws of statuses: one label, from the axes, that changes only on the day foretold."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    AddDays,
    BusinessCalendar,
    DocumentState,
    DueRule,
    Flag,
    Invoice,
    InvoiceStatus,
    RollToBusinessDay,
    SettlementState,
    StatusLabel,
    Timeliness,
    due_items,
    invoice_status,
)
from tests.positions import position_on
from tests.properties.collected_bills import collected_bills
from tests.properties.receivable_items import days, invoices
from tests.properties.settled_bills import settled_bills

AS_OF = days(-25, 160)
FEW_DAYS = st.integers(0, 10)
PAY_BY = st.sampled_from(
    [None, DueRule((RollToBusinessDay(BusinessCalendar()),)), DueRule((AddDays(2),))]
)
WALK = 75


def changing(status: InvoiceStatus) -> tuple[object, ...]:
    return status.document, status.settlement, status.timeliness, status.label


GIVEN_UP = {SettlementState.CREDITED, SettlementState.WRITTEN_OFF}


@given(
    invoices(negative=True) | settled_bills() | collected_bills(), AS_OF, FEW_DAYS, FEW_DAYS, PAY_BY
)
def test_the_label_is_the_first_that_holds_and_one_always_does(
    invoice: Invoice, as_of: date, due_within: int, grace_days: int, pay_by: DueRule | None
):
    status = invoice_status(
        invoice, as_of=as_of, due_within=due_within, grace_days=grace_days, pay_by=pay_by
    )
    money = position_on(invoice, as_of)
    nothing_left = not money.outstanding
    holds = {
        StatusLabel.VOID: status.document is DocumentState.VOID,
        StatusLabel.DRAFT: status.document is DocumentState.DRAFT,
        StatusLabel.CREDIT_OPEN: status.payable.minor < 0 and bool(status.unapplied),
        StatusLabel.CREDIT_APPLIED: status.payable.minor < 0 and money.applied.minor > 0,
        StatusLabel.REFUNDED: status.payable.minor < 0,
        StatusLabel.PAID: nothing_left and status.settlement not in GIVEN_UP,
        StatusLabel.CREDITED: nothing_left and status.settlement is SettlementState.CREDITED,
        StatusLabel.WRITTEN_OFF: nothing_left,
        StatusLabel.OVERDUE: status.timeliness is Timeliness.OVERDUE,
        StatusLabel.DUE: status.timeliness is Timeliness.DUE,
        StatusLabel.RETAINED: not status.open,
        StatusLabel.PART_PAID: status.settlement is SettlementState.PART_PAID,
        StatusLabel.SENT: status.document is DocumentState.SENT,
        StatusLabel.ISSUED: status.document is DocumentState.ISSUED,
    }
    assert status.label is next(label for label, true in holds.items() if true)
    assert list(holds) == list(StatusLabel)


@given(invoices(negative=True) | settled_bills() | collected_bills(), AS_OF)
def test_the_axes_say_what_the_amounts_say(invoice: Invoice, as_of: date):
    status = invoice_status(invoice, as_of=as_of)
    assert bool(status.open) is (status.timeliness is not Timeliness.NOTHING_OPEN)
    assert bool(status.overdue) is (status.timeliness is Timeliness.OVERDUE)
    assert (status.days_overdue > 0) is (status.timeliness is Timeliness.OVERDUE)
    assert status.overdue <= status.open
    assert (status.settlement is SettlementState.PART_PAID) is bool(
        (status.open or status.retained) and (status.paid or status.discount or status.withheld)
    )
    assert (status.settlement is SettlementState.OVERPAID) is (
        bool(status.unapplied)
        and status.document is not DocumentState.DRAFT
        and status.settlement is not SettlementState.WRITTEN_OFF
    )
    assert (Flag.UNSENT in status.flags) is (status.document is DocumentState.ISSUED)
    assert len(status.reasons) >= 1


@given(invoices(), st.integers(0, 40), FEW_DAYS, FEW_DAYS, PAY_BY)
def test_if_nothing_happens_a_status_changes_on_the_day_foretold_and_not_before(
    invoice: Invoice, wait: int, due_within: int, grace_days: int, pay_by: DueRule | None
):
    known = [invoice.issued_on, *(fact.on for fact in invoice.facts)]
    today = max(known) + timedelta(wait)

    def asked(as_of: date) -> InvoiceStatus:
        return invoice_status(
            invoice, as_of=as_of, due_within=due_within, grace_days=grace_days, pay_by=pay_by
        )

    now = asked(today)
    for ahead in range(1, WALK):
        on = today + timedelta(ahead)
        if on == now.next_change:
            assert changing(asked(on)) != changing(now)
            return
        assert changing(asked(on)) == changing(now)
        assert asked(on).next_change == now.next_change


@given(invoices(), AS_OF, FEW_DAYS)
def test_grace_delays_the_label_and_never_the_count(invoice: Invoice, as_of: date, grace_days: int):
    plain = invoice_status(invoice, as_of=as_of)
    grace = invoice_status(invoice, as_of=as_of, grace_days=grace_days)
    late = plain.days_overdue > grace_days
    assert grace.days_overdue == (plain.days_overdue if late else 0)
    assert (grace.timeliness is Timeliness.OVERDUE) is late
    assert grace.open == plain.open


@given(invoices(), AS_OF)
def test_days_overdue_count_from_the_oldest_open_instalment(invoice: Invoice, as_of: date):
    status = invoice_status(invoice, as_of=as_of)
    late = [
        ((as_of - item.due_on).days, item.open.minor)
        for item in due_items(invoice, as_of=as_of)
        if item.open and item.due_on < as_of
    ]
    assert status.days_overdue == max((days_late for days_late, _ in late), default=0)
    assert status.overdue.minor == sum(amount for _, amount in late)


@given(invoices(), AS_OF, FEW_DAYS)
def test_to_be_paid_some_days_later_is_to_be_asked_some_days_earlier(
    invoice: Invoice, as_of: date, more: int
):
    known = [invoice.issued_on, *(fact.on for fact in invoice.facts)]
    as_of = max(as_of, *known)
    later = as_of + timedelta(more)
    shifted = invoice_status(invoice, as_of=later, pay_by=DueRule((AddDays(more),)))
    plain = invoice_status(invoice, as_of=as_of)
    assert changing(shifted) == changing(plain)
    assert shifted.days_overdue == plain.days_overdue
