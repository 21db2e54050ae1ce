"""The laws of plans that are made from parts, and of what a bank line may be for."""

import pickle
from datetime import date

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    Applied,
    Books,
    Invoice,
    Line,
    Money,
    OnAccount,
    Party,
    Payment,
    Refunded,
    Reversed,
    WrittenOff,
    apply_on_account,
    discount_state,
    due_items,
    payment_plans,
    suggest_matches,
)
from milestone_invoicing.errors import MilestoneInvoicingError, PaymentError
from milestone_invoicing.receivables.payments.bank_lines import Phrases, words_of
from milestone_invoicing.receivables.payments.on_account import left_by_day
from tests.bank_scan import scanned
from tests.positions import position_on
from tests.properties.collected_bills import collected_bills
from tests.properties.paid_bills import AMOUNTS, DAYS, bills_of_one
from tests.properties.receivable_items import PARTIES, day
from tests.properties.settled_bills import EUR

bills = bills_of_one()
numbers = st.from_regex(r"[A-Z]{0,3}-?[0-9]{1,4}(/[0-9]{1,3})?", fullmatch=True)


@given(bills, DAYS, st.integers(1, 12))
def test_a_plan_over_many_sums_to_what_is_open_of_each(found: list[Invoice], on: date, parts: int):
    opens = {bill.number: position_on(bill, on).open for bill in found}
    total = Money.total(opens.values(), currency=EUR)
    try:
        plans = payment_plans(found, parts, on=on, first_due_on=on.replace(year=2027))
    except PaymentError:
        assert total.minor < parts
        return
    assert {number: plan.total for number, plan in plans} == {
        number: left for number, left in opens.items() if left
    }
    days = sorted({part.due_on for _, plan in plans for part in plan.installments})
    assert len(days) == parts
    for number, plan in plans:
        bill = next(bill for bill in found if bill.number == number)
        if bill.is_void:  # by a later day; then nothing but money may be recorded
            continue
        told = bill.record(plan)
        planned = [item for item in due_items(told, as_of=on) if item.plan is plan]
        assert sum(item.open.minor for item in planned) == plan.total.minor


@given(collected_bills(), AMOUNTS, DAYS, DAYS)
def test_money_on_account_stands_in_one_place_on_each_day(
    bill: Invoice, amount: Money, came: date, on: date
):
    money = OnAccount(PARTIES[0].key, amount, came)
    try:
        left, (told,) = apply_on_account(money, [bill], "1", on=on)
    except PaymentError:
        return
    for each in (came, on, day(90)):
        before = money.unapplied(as_of=each) + position_on(bill, each).received
        assert left.unapplied(as_of=each) + position_on(told, each).received == before
        assert position_on(told, each).unapplied == position_on(bill, each).unapplied


@given(bills, AMOUNTS, DAYS, st.randoms(use_true_random=False))
def test_what_is_suggested_does_not_depend_on_the_order_and_is_open_or_paid(
    found: list[Invoice], amount: Money, on: date, random
):
    text = "n0 and N 1"
    matches = suggest_matches(amount, text, found, as_of=on)
    shuffled = list(found)
    random.shuffle(shuffled)
    assert suggest_matches(amount, text, shuffled, as_of=on) == matches
    assert [match.score for match in matches] == sorted(
        (match.score for match in matches), reverse=True
    )
    by_number = {bill.number: bill for bill in found}
    for match in matches:
        opens = [position_on(by_number[number], on).open for number in match.numbers]
        assert match.open == Money.total(opens, currency=EUR)
        # What is written off has nothing open, and was not paid: it would be recovered.
        lost = any("would be recovered" in reason.rule for reason in match.reasons)
        assert match.already_paid is not (lost or all(opens))


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.integers(1, 300)), max_size=8))
def test_what_is_left_of_money_on_account_day_by_day_is_what_it_says_on_each(drawn: list):
    money = OnAccount("acme", Money(500, EUR), day(2))
    for kind, on, minor in drawn:
        amount, when = Money(minor, EUR), day(on)
        undone = (*money.facts, money.receipt)[minor % (len(money.facts) + 1)]
        kinds = (Applied(amount, "1", on=when), Refunded(amount, on=when))
        try:
            fact = kinds[kind] if kind < 2 else Reversed(undone, "x", on=when)
            money = money.record(fact)
        except MilestoneInvoicingError:
            continue
    lefts = dict(left_by_day(money))
    assert set(lefts) == {day(2), *(fact.on for fact in money.facts)}
    assert lefts == {on: money.unapplied(as_of=on).minor for on in lefts}
    assert min(lefts.values()) >= 0


_CLIENTS = [
    Party("acme", "Acme Steel Ltd", tax_id="NL 8765.43"),
    Party("bolt", "Bolt 3M Ltd", bank_account="0099-12"),
    Party("bolt", "Bolt Works", legal_id="8765043"),
    Party("crow", "Crow & Co"),
]
_SHORT = ["1", "01-2", "2026-1", "INV-2026-1", "INV 2026 01", "12 3", "00", "A/17", "7-17"]
_SAID = st.lists(
    st.sampled_from([*_SHORT, "acme steel", "BOLT", "3m", "ltd", "works co", "8765 43", "PO-0017"]),
    max_size=5,
).map(" ".join)


@st.composite
def _books(draw: st.DrawFn) -> list[Invoice]:
    """Return invoices of some clients, with numbers that hold each other and orders in common."""
    drawn = draw(st.lists(bills_of_one(most=9), min_size=1, max_size=3))
    bills = [bill for found in drawn for bill in found]
    numbers = draw(st.permutations([*_SHORT, *(f"N-{place:03}" for place in range(20))]))
    told = [
        attrs.evolve(
            bill,
            number=number,
            buyer=_CLIENTS[place % draw(st.integers(1, len(_CLIENTS)))],
            purchase_order=draw(st.sampled_from(["", "PO 17", "17", "2026-1"])),
        )
        for place, (bill, number) in enumerate(zip(bills, numbers, strict=False))
    ]
    dollars = Invoice("USD-1", day(0), _CLIENTS[0], [Line("Work", 1, Money.of(1, "USD"))])
    draft = attrs.evolve(dollars, number=None, issued_on=None)
    return [*told, *draw(st.sampled_from([[], [dollars, draft]]))]


@given(_books(), _SAID, DAYS, st.data())
def test_a_bank_line_finds_what_a_look_at_every_invoice_does(
    found: list[Invoice], text: str, on: date, data: st.DataObject
):
    opens = [minor for bill in found if (minor := position_on(bill, on).open.minor)] or [1]
    settles = [discount_state(bill, as_of=on).settles.minor for bill in found]
    moved = [
        fact.amount.minor
        for bill in found
        for fact in bill.facts
        if isinstance(fact, Payment | WrittenOff)
    ]
    some = [st.lists(st.sampled_from(of), min_size=1, max_size=4) for of in (opens, settles)]
    sums = st.one_of(*some).map(sum) | st.sampled_from([sum(opens), *moved, 100])
    amount = Money(max(data.draw(sums), 1), EUR)
    expected = scanned(amount, text, found, as_of=on)
    books = Books(found)
    assert suggest_matches(amount, text, books, as_of=day(0)) == scanned(
        amount, text, found, as_of=day(0)
    )
    for known in (found, books, books, pickle.loads(pickle.dumps(books))):
        assert suggest_matches(amount, text, known, as_of=on) == expected


@given(numbers, st.sampled_from(["{}", "pays {}, thanks", "x {} 99 y"]))
def test_a_number_is_found_in_what_people_make_of_it(number: str, text: str):
    for written in (number, number.lower(), number.replace("-", " "), number.replace("/", " / ")):
        assert Phrases.of([number]).spans_in(words_of(text.format(written)))
