"""The laws of money that comes next: it fills what is open by due date, and moves nothing else."""

from collections.abc import Callable
from datetime import date

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    Credited,
    DueItem,
    Invoice,
    InvoiceFact,
    Money,
    Payment,
    PlanAgreed,
    RetainageReleased,
    Withheld,
    WrittenOff,
    due_items,
)
from milestone_invoicing.errors import ImpossibleFactError
from tests.positions import position_on
from tests.properties.collected_bills import MEANT, said
from tests.properties.receivable_items import day
from tests.properties.settled_bills import EUR, LAST, settled_bills
from tests.properties.test_day_order_laws import told, without_discounts

TODAY = day(LAST + 1)
AMOUNTS = st.integers(1, 500).map(lambda minor: Money(minor, EUR))
MEANS: dict[str, Callable[[Money, date], InvoiceFact]] = {
    "paid": lambda amount, on: Payment(amount, on=on),
    "credited": lambda amount, on: Credited(amount, "N", on=on),
    "withheld": lambda amount, on: Withheld(amount, on=on),
    "written_off": lambda amount, on: WrittenOff(amount, on=on),
    "released": lambda amount, on: RetainageReleased(amount, on, on=on),
}
NEXT = st.tuples(st.sampled_from(sorted(MEANS)), AMOUNTS, st.integers(0, LAST))


@st.composite
def planned_bills(draw: st.DrawFn) -> Invoice:
    """Return bills without discounts, some under a plan, with money and releases after it."""
    drawn = draw(settled_bills())
    bill = said(told(without_discounts(drawn), drawn.facts), draw(st.lists(MEANT, max_size=3)))
    for name, amount, on in draw(st.lists(NEXT, max_size=4)):
        bill = told(bill, [MEANS[name](amount, day(on))])
    return bill


def left(item: DueItem) -> int:
    return item.open.minor + item.retained.minor


def by_due_date(items: tuple[DueItem, ...]) -> list[DueItem]:
    return sorted(items, key=lambda item: (item.held, item.agreed_on or date.max, item.installment))


@given(planned_bills(), st.sampled_from(["paid", "credited", "withheld", "written_off"]), AMOUNTS)
def test_what_comes_next_fills_what_is_left_by_due_date_plan_or_not(
    bill: Invoice, name: str, amount: Money
):
    try:
        more = bill.record(MEANS[name](amount, TODAY))
    except ImpossibleFactError:
        return
    before, after = due_items(bill, as_of=TODAY), due_items(more, as_of=TODAY)
    rest, expected = amount.minor, {}
    for item in by_due_date(before):
        part = min(left(item), rest)
        rest -= part
        expected[item.installment] = getattr(item, name).minor + part
    assert {item.installment: getattr(item, name).minor for item in after} == expected
    for other in {"paid", "credited", "withheld", "written_off", "discount"} - {name}:
        assert [getattr(was, other) for was in before] == [getattr(now, other) for now in after]


@given(planned_bills(), st.integers(0, LAST))
def test_what_money_filled_on_a_day_stays_filled_by_it(bill: Invoice, until: int):
    on = day(until)
    known = attrs.evolve(bill, facts=[fact for fact in bill.facts if fact.on <= on])
    more = told(known, [fact for fact in bill.facts if type(fact) is Payment and fact.on > on])
    was = {item.installment: item.paid.minor for item in due_items(known, as_of=on)}
    now = {item.installment: item.paid.minor for item in due_items(more, as_of=TODAY)}
    assert all(now[number] >= minor for number, minor in was.items())


@given(planned_bills(), AMOUNTS)
def test_a_plan_changes_neither_what_is_held_nor_what_is_open(bill: Invoice, amount: Money):
    plain = [fact for fact in bill.facts if not isinstance(fact, PlanAgreed)]
    without = told(attrs.evolve(bill, facts=()), plain)
    if len(without.facts) == len(plain):
        assert position_on(without, TODAY) == position_on(bill, TODAY)
        assert sum(item.retained.minor for item in due_items(bill, as_of=TODAY)) == sum(
            item.retained.minor for item in due_items(without, as_of=TODAY)
        )
