"""The laws of an invoice on a day: it is what its facts make of it, whoever asks, and how often."""

import pickle
from collections.abc import Callable
from datetime import date
from random import Random

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    Adjustment,
    Books,
    DiscountOffer,
    DueDateExtended,
    DueItem,
    EventOccurred,
    Invoice,
    InvoicePosition,
    Money,
    Payment,
    PlanAgreed,
    age,
    discount_state,
    due_items,
    invoice_status,
    receivables_summary,
    record,
)
from milestone_invoicing.errors import ImpossibleFactError, NothingToReverseError
from tests.positions import position_on
from tests.properties.collected_bills import collected_bills, said
from tests.properties.discounted_bills import EVENTS, told_with_discounts
from tests.properties.receivable_items import day, invoices
from tests.properties.settled_bills import EUR, LAST, settled_bills
from tests.properties.unit_by_unit import Slow, changes

AS_OF = st.integers(-3, LAST + 5).map(day)
TOLD = st.one_of(settled_bills(), collected_bills(), told_with_discounts(), invoices(negative=True))


@st.composite
def without_discounts(draw: st.DrawFn) -> Invoice:
    """Return bills with facts of all kinds and no early discount; some withhold a tax."""
    bill = draw(st.one_of(settled_bills(), collected_bills()))
    parts = [attrs.evolve(part, discounts=()) for part in bill.terms.installments]
    terms = attrs.evolve(bill.terms, discounts=(), installments=parts)
    share = draw(st.sampled_from([0, 0, 2, 5]))
    part = max(bill.payable.minor, 0) // share if share else 0
    withheld = [Adjustment(Money(part, EUR), "Tax")] if part else []
    told = attrs.evolve(bill, terms=terms, withheld=withheld, facts=())
    facts = list(bill.facts)
    for _ in range(draw(st.integers(0, 3))):
        on, until = draw(st.integers(0, LAST)), draw(st.integers(0, 2 * LAST))
        part_of = draw(st.sampled_from([None, 1, 2, 3]))
        fact = draw(
            st.sampled_from(
                [
                    DueDateExtended(day(until), "x", part_of, on=day(on)),
                    EventOccurred(EVENTS[on % 2], on=day(on)),
                ]
            )
        )
        facts.insert(draw(st.integers(0, len(facts))), fact)
    for fact in facts:
        try:
            told = told.record(fact)
        except (ImpossibleFactError, NothingToReverseError):
            continue
    return told


FIGURES = (
    *("payable", "received", "refunded", "unapplied", "retained", "open", "to_certify", "disputed"),
    "applied",
)
WAYS = ("paid", "credited", "withheld", "written_off")


@given(without_discounts())
def test_a_position_is_what_its_facts_make_of_each_unit_on_each_day(bill: Invoice):
    slow, moving = Slow(bill, day(-2)), changes(bill)
    for number in range(-1, LAST + 4):
        position = InvoicePosition(bill, as_of=day(number))
        slow = Slow(bill, day(number)) if day(number) in moving else slow
        for name in FIGURES:
            assert getattr(position, name).minor == getattr(slow, name), (number, name)
        for name in WAYS:
            assert getattr(position, name).minor == slow.got(name), (number, name)
        assert position.facts == tuple(slow.facts)
        assert not position.discount
        if not position.reading.has(PlanAgreed):
            assert [shown(item) for item in position.items] == expected(slow), number


def shown(item: DueItem) -> tuple[object, ...]:
    """Return the figures of one instalment."""
    amounts = (getattr(item, name).minor for name in (*WAYS, "open", "retained", "to_certify"))
    return item.agreed_on, item.due_on, item.held, *amounts


def expected(slow: Slow) -> list[tuple[object, ...]]:
    """Return the same of each, unit by unit."""
    if not slow.places:
        return []
    rows = zip(
        slow.places, slow.dated(slow.day), slow.extended(), slow.certified_by_item(), strict=True
    )
    return [
        (
            agreed,
            due,
            slow.is_held(place),
            *(slow.got(name, place) for name in WAYS),
            0 if slow.is_held(place) else slow.got("open", place),
            slow.got("open", place) if slow.is_held(place) else 0,
            certified,
        )
        for place, agreed, due, certified in rows
    ]


@st.composite
def planned_bills(draw: st.DrawFn) -> Invoice:
    """Return bills with a plan of what was open on a day, if anything was, and payments since."""
    on = draw(st.integers(0, LAST))
    plan = ("plan", on, draw(st.integers(0, 2)), draw(st.integers(0, 20)))
    told = said(draw(collected_bills()), [plan])
    for _ in range(draw(st.integers(0, 3))):
        amount, later = Money(draw(st.integers(1, 400)), EUR), draw(st.integers(on, LAST + 3))
        told = told.record(Payment(amount, on=day(later)))
    return told


@given(planned_bills())
def test_under_a_plan_money_fills_its_parts_as_they_are_due(bill: Invoice):
    rows, moving = None, changes(bill)
    for number in range(LAST + 4):
        if day(number) in moving:
            rows = Slow(bill, day(number)).planned()
        if rows is not None:
            items = InvoicePosition(bill, as_of=day(number)).items
            found = [(each.agreed_on, each.amount.minor, each.paid.minor) for each in items]
            assert found == rows


@given(TOLD, AS_OF)
def test_a_payable_is_all_that_became_of_it(bill: Invoice, as_of: date):
    money = InvoicePosition(bill, as_of=as_of)
    settled = money.paid + money.discount + money.credited + money.withheld + money.written_off
    if money.payable.minor >= 0:
        assert money.payable == settled + money.retained + money.open
        assert money.received == money.paid + money.unapplied + money.refunded
    else:
        assert money.received - money.payable == (
            money.applied + money.refunded + money.unapplied - money.discount
        )
        assert not any((money.open, money.retained, money.paid))
    assert money.open == money.to_come + money.to_certify
    assert money.outstanding == money.open + money.retained
    assert money.balance == money.outstanding - money.unapplied
    assert min(money.open, money.to_come, money.to_certify, money.unapplied).minor >= 0
    assert Money.zero(bill.currency) <= money.disputed <= money.open


@given(TOLD, AS_OF)
def test_the_instalments_add_up_to_the_position(bill: Invoice, as_of: date):
    money = InvoicePosition(bill, as_of=as_of)
    for name in (*WAYS, "discount", "retained", "open", "to_certify"):
        column = sum(getattr(item, name).minor for item in money.items)
        whole = getattr(money, name).minor
        assert column == (whole if money.items else 0), name
    assert sum(item.cash.minor for item in money.items) == money.to_come.minor
    if money.payable.minor > 0:
        assert sum(item.amount.minor for item in money.items) == money.payable.minor
    for item in money.items:
        settled = item.paid + item.discount + item.credited + item.withheld + item.written_off
        assert item.amount == settled + item.retained + item.open
        assert min(item.open, item.retained, item.paid, item.to_certify, item.cash).minor >= 0


@given(TOLD, AS_OF)
def test_status_due_items_and_position_say_the_same(bill: Invoice, as_of: date):
    money = InvoicePosition(bill, as_of=as_of)
    status = invoice_status(bill, as_of=as_of)
    assert status.position == money
    names = ("paid", "discount", "credited", "withheld", "retained", "open", "unapplied")
    assert all(getattr(status, name) == getattr(money, name) for name in names)
    assert status.loss == money.written_off
    assert money.payable == (status.payable if money.reading.claim else Money.zero(bill.currency))
    assert due_items(bill, as_of=as_of) == money.items


@given(TOLD)
def test_what_is_recorded_fact_by_fact_is_what_is_built_with_all_of_them(bill: Invoice):
    plain = attrs.evolve(bill, facts=())
    told, books = plain, Books([attrs.evolve(plain, number="other"), plain])
    known: Books | list[Invoice] = [plain]
    for place, fact in enumerate(bill.facts):
        # What was asked in between is not what is asked later.
        assert position_on(told, day(place)) == position_on(books.numbered("1"), day(place))
        told = told.record(fact)
        books = books.record("1", fact)
        known = record(known, "1", fact)
    built = attrs.evolve(plain, facts=bill.facts)
    together = plain.record(*bill.facts)
    others = (told, together, books.numbered("1"), books[1], known[0])
    assert all(other == built == bill for other in others)
    for number in range(-1, LAST + 2, 3):
        expected_here = position_on(built, day(number)), due_items(built, as_of=day(number))
        for other in others:
            found = position_on(other, day(number)), due_items(other, as_of=day(number))
            assert found == expected_here


def offers(invoice: Invoice, as_of: date) -> tuple[DiscountOffer, ...]:
    return discount_state(invoice, as_of=as_of).offers


QUESTIONS: dict[str, Callable[[Invoice, date], object]] = {
    "amounts": position_on,
    "items": lambda invoice, as_of: InvoicePosition(invoice, as_of=as_of).items,
    "due": lambda invoice, as_of: due_items(invoice, as_of=as_of),
    "status": lambda invoice, as_of: invoice_status(invoice, as_of=as_of),
    "reasons": lambda invoice, as_of: invoice_status(invoice, as_of=as_of).reasons,
    "void": lambda invoice, as_of: invoice.is_void_on(as_of),
    "age": lambda invoice, as_of: age([invoice], as_of=as_of),
    "offers": offers,
    "summary": lambda invoice, as_of: receivables_summary([invoice], as_of=as_of),
    "books": lambda invoice, as_of: Books([invoice]).on(as_of)[0].items,
    "pickle": lambda invoice, _: pickle.loads(pickle.dumps(invoice)),
    "hash": lambda invoice, _: hash(invoice),
}
ASKED = st.lists(st.tuples(st.sampled_from(sorted(QUESTIONS)), AS_OF), min_size=25, max_size=100)


@given(TOLD, ASKED, st.randoms(use_true_random=False))
def test_a_hundred_questions_in_any_order_change_no_answer(
    bill: Invoice, asked: list[tuple[str, date]], order: Random
):
    answers = {
        (what, on): QUESTIONS[what](attrs.evolve(bill), on) for what, on in dict.fromkeys(asked)
    }
    for _ in range(2):
        order.shuffle(asked)
        for what, on in asked:
            assert QUESTIONS[what](bill, on) == answers[what, on], (what, on)
    assert bill == attrs.evolve(bill)
