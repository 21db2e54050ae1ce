"""The laws of releases: as much falls due as is released, and never more than is still held."""

from datetime import date

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    Credited,
    Invoice,
    Money,
    Payment,
    RetainageReleased,
    Reversed,
    Withheld,
    WrittenOff,
    due_items,
    invoice_status,
)
from milestone_invoicing.errors import ImpossibleFactError
from milestone_invoicing.facts import standing
from tests.positions import position_on
from tests.properties.receivable_items import day
from tests.properties.settled_bills import EUR, LAST, settled_bills

DAYS = st.integers(0, LAST).map(day)
MORE = st.integers(1, 300)
BILLS = settled_bills().filter(lambda bill: bill.held is not None and bill.held.minor > 0)
SETTLING = (Payment, Credited, Withheld, WrittenOff)
# Of a bill of 1000 with 100 held all of this is accepted, and settles a part of what is held.
KINDS = {
    "paid": lambda amount, on: Payment(amount, on=on),
    "credited": lambda amount, on: Credited(amount, "N", on=on),
    "withheld": lambda amount, on: Withheld(amount, on=on),
    "lost": lambda amount, on: WrittenOff(amount, on=on),
}


@st.composite
def nearly_settled(draw: st.DrawFn) -> Invoice:
    """Return bills of which a part of what is held is settled, some of it before other facts."""
    bill = draw(BILLS)
    for _ in range(draw(st.integers(1, 3))):
        on = draw(DAYS)
        left = position_on(bill, on).outstanding.minor
        amount = Money(max(left - draw(st.integers(0, 60)), 1), EUR)
        try:
            bill = bill.record(KINDS[draw(st.sampled_from(sorted(KINDS)))](amount, on))
        except ImpossibleFactError:
            continue
    return bill


def try_release(bill: Invoice, minor: int, on: date) -> Invoice | None:
    try:
        return bill.record(RetainageReleased(Money(minor, EUR), on, on=on))
    except ImpossibleFactError:
        return None


@given(nearly_settled(), DAYS, MORE)
def test_a_release_takes_what_is_retained_and_makes_as_much_open(
    bill: Invoice, on: date, more: int
):
    until = attrs.evolve(bill, facts=[fact for fact in bill.facts if fact.on <= on])
    money = position_on(until, on)
    most = money.retained.minor
    assert try_release(until, most + more, on) is None
    for minor in {min(more, most), most} - {0}:
        told = try_release(until, minor, on)
        assert told is not None
        moved = position_on(told, on)
        amount = Money(minor, EUR)
        assert moved == money._replace(
            open=money.open + amount,
            to_come=money.to_come + amount,
            retained=money.retained - amount,
        )
        last = [item for item in due_items(told, as_of=on) if not item.held][-1]
        assert (last.due_on, last.amount, last.open) == (on, amount, amount)


@given(nearly_settled(), DAYS, MORE)
def test_on_no_day_more_is_released_than_is_retained(bill: Invoice, on: date, more: int):
    retained = position_on(bill, on).retained.minor
    told = try_release(bill, more, on)
    assert told is None or more <= retained
    if told is not None:
        for ahead in range(LAST + 5):
            facts = standing(told.facts, day(ahead))
            released = sum(fact.amount.minor for fact in facts if type(fact) is RetainageReleased)
            assert released <= told.held.minor
            assert position_on(told, day(ahead)).retained.minor <= told.held.minor - released


@given(nearly_settled(), DAYS, MORE)
def test_when_all_bounces_what_was_released_is_due_and_no_more(bill: Invoice, on: date, more: int):
    told = try_release(bill, more, on) or bill
    last = day(LAST + 1)
    for fact in standing(told.facts, last):
        if isinstance(fact, SETTLING):
            try:
                told = told.record(Reversed(fact, "x", on=last))
            except ImpossibleFactError:
                assume(False)
    status = invoice_status(told, as_of=last)
    facts = standing(told.facts, last)
    released = sum(fact.amount.minor for fact in facts if type(fact) is RetainageReleased)
    assume(status.payable and not status.paid)  # a void is none, and a recovery stays
    assert status.retained.minor == told.held.minor - released
    assert status.open == status.payable - status.retained
