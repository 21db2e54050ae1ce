"""The laws of what people look at: parts sum to the whole, and no order of invoices matters."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    Invoice,
    Line,
    Money,
    Period,
    ReceivablesSummary,
    Recurrence,
    SummaryRow,
    invoice_status,
    missing_invoices,
    payment_history,
    receivables_summary,
)
from tests.positions import position_on
from tests.properties.client_books import Books, books
from tests.properties.receivable_items import PARTIES, day
from tests.properties.settled_bills import EUR, LAST

BOOKS = books()
DAYS = st.integers(-6, LAST + 15)


def asked(told: Books, on: int) -> ReceivablesSummary:
    bills, money = told
    return receivables_summary(bills, as_of=day(on), on_account=money)


def sums(rows: tuple[SummaryRow, ...]) -> list[int]:
    """Return the sum of each column, counts first."""
    counts = [sum(row.invoices for row in rows), sum(row.overdue_invoices for row in rows)]
    columns = ("overdue", "due_this_week", "due_in_30_days", "due_later", "undated", "retained")
    others = ("unapplied", "due_next_month", "disputed", "promised", "ready", "open", "balance")
    return counts + [sum(getattr(row, name).minor for row in rows) for name in columns + others]


@given(BOOKS, DAYS)
def test_clients_and_owners_sum_to_the_totals_and_these_are_what_statuses_say(told: Books, on: int):
    summary = asked(told, on)
    assert sums(summary.totals) == sums(summary.clients) == sums(summary.owners)
    bills, money = told
    known = [invoice_status(each, as_of=day(on)) for each in bills if each.is_issued(day(on))]
    (row,) = summary.totals or (None,)
    if row is None:
        assert not any(status.open or status.retained or status.unapplied for status in known)
        return
    assert row.open.minor == sum(status.open.minor for status in known)
    assert row.overdue.minor == sum(status.overdue.minor for status in known)
    assert row.retained.minor == sum(status.retained.minor for status in known)
    unapplied = sum(position_on(each, day(on)).unapplied.minor for each in bills)
    assert row.unapplied.minor == unapplied + money[0].unapplied(as_of=day(on)).minor
    assert row.disputed.minor == sum((each.open - each.to_chase).minor for each in known)
    assert row.overdue_invoices == sum(each.days_overdue > 0 for each in known)
    assert max(row.promised, row.disputed, row.due_next_month) <= row.open


@given(BOOKS, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_invoices_changes_no_figure(told: Books, on: int, random: Random):
    bills, money = told
    assert asked((random.sample(bills, len(bills)), money), on) == asked(told, on)


@given(BOOKS, DAYS)
def test_the_payments_of_a_history_are_what_is_paid(told: Books, on: int):
    bills, _ = told
    for party in {each.buyer for each in bills}:
        for history in payment_history(party, bills, as_of=day(on)):
            (invoice,) = [each for each in bills if each.number == history.number]
            status = invoice_status(invoice, as_of=day(on))
            assert (history.paid, history.open) == (status.paid, status.open)
            assert all(each.amount.minor > 0 <= each.days_to_pay for each in history.payments)
            days = [each.on for each in history.payments]
            assert days == sorted(days)
            assert all(each.on <= day(on) for each in history.payments)


# Periods as pairs of days, each billed by an invoice of its own.
STRETCHES = st.lists(
    st.tuples(st.integers(-5, 80), st.integers(1, 40)).map(
        lambda pair: Period(day(pair[0]), day(sum(pair)))
    ),
    max_size=5,
)


@given(STRETCHES, st.integers(-1, 80), st.booleans())
def test_each_day_of_a_period_is_billed_once_unless_it_is_missing_or_doubled(
    stretches: list[Period], asked_on: int, ahead: bool
):
    bills = [
        Invoice(str(n), day(-9), PARTIES[0], [Line("x", 1, Money(1, EUR), period=each)])
        for n, each in enumerate(stretches)
    ]
    every = Recurrence.two_weekly(day(0))
    found = missing_invoices(every, bills, as_of=day(asked_on), ahead=ahead)
    missing = {on for each in found for part in each.missing for on in days_of(part)}
    doubled = {on for each in found for part in each.doubled for on in days_of(part)}
    for number in range(-5, 90):
        times = sum(day(number) in each for each in stretches)
        first = number - number % 14
        is_due = number >= 0 and (first if ahead else first + 14) <= asked_on
        assert (day(number) in missing) is (is_due and times == 0)
        assert (day(number) in doubled) is (is_due and times > 1)


def days_of(period: Period) -> list[object]:
    return [day(number) for number in range(-10, 120) if day(number) in period]
