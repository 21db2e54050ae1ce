"""The laws of rolling forward: nothing is lost between two days, and each move has both ends."""

from collections import Counter
from datetime import date
from decimal import localcontext

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    Applied,
    Invoice,
    Money,
    OnAccount,
    Refunded,
    RollForwardRow,
    age,
    roll_forward,
)
from milestone_invoicing.errors import ImpossibleFactError
from tests.architecture.environment import HOSTILE
from tests.properties.collected_bills import collected_bills
from tests.properties.discounted_bills import told_with_discounts
from tests.properties.receivable_items import day, days
from tests.properties.settled_bills import EUR, settled_bills


def numbered(bills: list[Invoice]) -> list[Invoice]:
    """Return the bills, each with a number of its own."""
    return [attrs.evolve(each, number=str(n)) for n, each in enumerate(bills, 1)]


BILLS = st.lists(
    st.one_of(settled_bills(), collected_bills(), told_with_discounts()), min_size=1, max_size=3
).map(numbered)
DAYS = days(-5, 60)


@st.composite
def on_account(draw: st.DrawFn) -> OnAccount:
    """Return money on account, some of it applied and refunded."""
    money = OnAccount("acme", Money(draw(st.integers(1, 500)), EUR), day(draw(st.integers(0, 30))))
    for used in draw(st.lists(st.integers(1, 300), max_size=3)):
        on, amount = day(draw(st.integers(0, 60))), Money(used, EUR)
        fact = Applied(amount, "1", on=on) if used % 2 else Refunded(amount, on=on)
        try:
            money = money.record(fact)
        except ImpossibleFactError:
            continue
    return money


def explained(row: RollForwardRow) -> Money:
    """Return the closing balance that opening and movements come to."""
    more = row.opening + row.billed + row.refunded + row.set_off
    less = row.credit_notes + row.voided + row.received + row.discount + row.withheld
    return more - less - row.written_off


@given(BILLS, st.lists(on_account(), max_size=2), DAYS, DAYS)
def test_opening_and_movements_are_the_closing_balance_and_both_are_what_aging_says(
    bills: list[Invoice], money: list[OnAccount], one: date, other: date
):
    before, after = sorted((one, other))
    rows = roll_forward(bills, before=before, after=after, on_account=money)
    for on, name in ((before, "opening"), (after, "closing")):
        aged = {
            (row.key, row.currency): row.balance
            for row in age(bills, as_of=on, on_account=money).rows
            if row.balance
        }
        found = {(row.key, row.currency): getattr(row, name) for row in rows}
        assert {key: amount for key, amount in found.items() if amount} == aged
    assert all(explained(row) == row.closing for row in rows)


@given(BILLS, DAYS, DAYS)
def test_what_leaves_and_enters_a_column_is_what_stood_and_stands_there(
    bills: list[Invoice], one: date, other: date
):
    before, after = sorted((one, other))
    sources: Counter[tuple[object, ...]] = Counter()
    targets: Counter[tuple[object, ...]] = Counter()
    for row in roll_forward(bills, before=before, after=after):
        for move in row.moves:
            assert move.amount.minor > 0
            sources[row.key, row.currency, move.source] += move.amount.minor
            targets[row.key, row.currency, move.target] += move.amount.minor
    for on, counted in ((before, sources), (after, targets)):
        report = age(bills, as_of=on)
        names = ("current", *report.buckets.labels, "undated", "", "retained")
        stood = {
            (row.key, row.currency, name): cell.minor
            for row in report.rows
            for name, cell in zip(names, row.cells[:-1], strict=True)
            if cell
        }
        outside = {"billed", "reopened", "settled", "voided"}
        assert {key: minor for key, minor in counted.items() if key[2] not in outside} == stood


@given(BILLS, st.lists(on_account(), max_size=2), DAYS, DAYS, DAYS)
def test_stretches_that_meet_continue_one_another(
    bills: list[Invoice], money: list[OnAccount], one: date, two: date, three: date
):
    first, middle, last = sorted((one, two, three))
    whole = {
        row.key: row
        for row in roll_forward(bills, before=first, after=last, on_account=money)
        if row.currency == EUR
    }
    parts = [
        {
            row.key: row
            for row in roll_forward(bills, before=start, after=end, on_account=money)
            if row.currency == EUR
        }
        for start, end in ((first, middle), (middle, last))
    ]
    zero = Money.zero("EUR")
    for key in {*whole, *parts[0], *parts[1]}:
        for name in ("received", "refunded", "discount", "withheld", "written_off", "set_off"):
            found = [getattr(part[key], name) if key in part else zero for part in (whole, *parts)]
            assert found[0] == found[1] + found[2]
        met = [part.get(key) for part in parts]
        closing = met[0].closing if met[0] else zero
        assert closing == (met[1].opening if met[1] else zero)


@given(BILLS, DAYS)
def test_between_a_day_and_itself_nothing_happens(bills: list[Invoice], on: date):
    for row in roll_forward(bills, before=on, after=on):
        assert row.opening == row.closing == explained(row)
        assert not any((row.billed, row.received, row.refunded, row.credit_notes, row.voided))
        assert all(move.source == move.target for move in row.moves)


@given(BILLS, DAYS, DAYS)
def test_order_later_facts_and_the_decimal_context_change_nothing(
    bills: list[Invoice], one: date, other: date
):
    before, after = sorted((one, other))
    rows = roll_forward(bills, before=before, after=after)
    with localcontext(HOSTILE):
        assert roll_forward(bills[::-1], before=before, after=after) == rows
