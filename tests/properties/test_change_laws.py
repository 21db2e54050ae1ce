"""The laws of what changed: what stands on a day is what stood before it, and what is told."""

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    REST,
    Invoice,
    Milestone,
    Money,
    Schedule,
    Transition,
    invoice_status,
    what_changed,
)
from tests.properties.collected_bills import collected_bills
from tests.properties.receivable_items import day
from tests.properties.settled_bills import EUR, LAST

SCHEDULE = Schedule(Money(1, EUR), [Milestone("a", "Audit", REST)])
BILLS = collected_bills()
DAYS = st.lists(st.integers(-2, LAST + 50), min_size=3, max_size=3).map(sorted)


def told(invoice: Invoice, since: int, until: int) -> tuple[Transition, ...]:
    return what_changed(SCHEDULE, [invoice], since=day(since), until=day(until))


@given(BILLS, DAYS)
def test_two_stretches_that_meet_tell_what_one_over_both_tells(invoice: Invoice, days: list[int]):
    first, between, last = days
    whole = told(invoice, first, last)
    assert whole == told(invoice, first, between) + told(invoice, between, last)


@given(BILLS, DAYS)
def test_label_and_flags_of_a_day_are_those_before_it_and_what_is_told_of_it(
    invoice: Invoice, days: list[int]
):
    first, _, last = days
    changes = {change.on: change for change in told(invoice, first, last)}
    status = invoice_status(invoice, as_of=day(first))
    label, flags = status.label, status.flags
    for on in range(first + 1, last + 1):
        change = changes.get(day(on))
        if change is not None:
            assert (change.before, change.lowered - flags) == (label, frozenset())
            assert not change.raised & flags
            assert change.after is not change.before or change.raised or change.lowered
            label, flags = change.after, flags - change.lowered | change.raised
        status = invoice_status(invoice, as_of=day(on))
        assert (status.label, status.flags) == (label, flags)
