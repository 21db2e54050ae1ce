"""An invoice on a day, figure by figure; unless told, 1,000.00 of 1 May, due on the 31st."""

import copy
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    Adjustment,
    Applied,
    Credited,
    CreditEffect,
    Currency,
    Disputed,
    DisputeOutcome,
    DisputeResolved,
    DueAmount,
    DueDateExtended,
    DueRule,
    EarlyDiscount,
    EventOccurred,
    Installment,
    Invoice,
    InvoiceFact,
    InvoicePosition,
    Money,
    Payment,
    PaymentTerms,
    Percent,
    PlanAgreed,
    Recovered,
    Refunded,
    RetainageReleased,
    Reversed,
    Sent,
    Voided,
    Withheld,
    WrittenOff,
    credit_note,
    due_items,
    invoice_status,
    issue,
)
from milestone_invoicing.billing.history import reading as readings
from milestone_invoicing.billing.history.claim import taken_last
from milestone_invoicing.billing.history.planning import under_plan
from milestone_invoicing.billing.history.reading import Reading
from milestone_invoicing.errors import DateTypeError, WrongTypeError
from tests.positions import Amounts, position_on
from tests.unit.bills import april, bill, eur, filled, june, may

HALVES = PaymentTerms(
    [Installment(Percent(50), DueRule([AddDays(days)])) for days in (10, 20)]  # 11 and 21 May
)
DISCOUNTED = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])  # up to 11 May
NOTHING = dict.fromkeys(Amounts._fields, 0) | {"disputed": 0}


def paid(amount: int, on: date) -> Payment:
    return Payment(eur(amount), on=on)


def figures(invoice: Invoice, day: date) -> dict[str, int]:
    """Return all figures of a position that are not zero, in whole euros."""
    position = InvoicePosition(invoice, as_of=day)
    found = {name: getattr(position, name) for name in NOTHING}
    assert all(money.currency == Currency.of("EUR") for money in found.values())
    return {name: money.minor // 100 for name, money in found.items() if money}


def claimed(payable: int, open_: int, **others: int) -> dict[str, int]:
    """Return the figures of a bill of which so much is open, all of it to come as cash."""
    owed = open_ + others.get("retained", 0)
    found = {"payable": payable, "open": open_, "to_come": open_, "outstanding": owed}
    found |= {"balance": owed - others.get("unapplied", 0)} | others
    return {name: amount for name, amount in found.items() if amount}


VOID = Voided("wrong client", on=may(9))
BOUNCED = Reversed(paid(400, may(9)), "bounced", on=may(20))
NOTE = bill(-1000, preceding=("9",))


@pytest.mark.parametrize(
    ("invoice", "day", "expected"),
    [
        pytest.param(bill(), april(30), {}, id="the day before its issue = nothing"),
        pytest.param(bill(), may(1), claimed(1000, 1000), id="its issue date = 1000"),
        pytest.param(bill(number=None), may(9), {}, id="without a number = nothing"),
        pytest.param(bill(issued_on=None), may(9), {}, id="without an issue date = nothing"),
        pytest.param(
            bill(1000, paid(400, april(20))),
            april(30),
            {"received": 400, "unapplied": 400, "balance": -400},
            id="400 before its issue = 400 left over",
        ),
        pytest.param(
            bill(1000, paid(400, april(20))),
            may(1),
            claimed(1000, 600, received=400, paid=400),
            id="1000 - 400 once it is issued = 600",
        ),
        pytest.param(
            bill(1000, paid(400, may(9))),
            may(8),
            claimed(1000, 1000),
            id="a day before cash = 1000",
        ),
        pytest.param(
            bill(1000, paid(400, may(9))),
            may(9),
            claimed(1000, 600, received=400, paid=400),
            id="the day of the cash, 1000 - 400 = 600",
        ),
        pytest.param(
            bill(1000, paid(1300, may(9)), Refunded(eur(100), on=may(12))),
            may(12),
            claimed(1000, 0, received=1300, refunded=100, paid=1000, unapplied=200),
            id="1300 - 1000 - 100 = 200 left over",
        ),
        pytest.param(
            bill(1000, paid(400, may(9)), BOUNCED),
            may(19),
            claimed(1000, 600, received=400, paid=400),
            id="a day before it bounces, 1000 - 400 = 600",
        ),
        pytest.param(
            bill(1000, paid(400, may(9)), BOUNCED),
            may(20),
            claimed(1000, 1000),
            id="the day on which it bounces = 1000",
        ),
        pytest.param(
            bill(1000, VOID), may(8), claimed(1000, 1000), id="a day before a void = 1000"
        ),
        pytest.param(bill(1000, VOID), may(9), {}, id="the day of a void = nothing"),
        pytest.param(
            bill(1000, VOID, paid(400, may(12)), Refunded(eur(300), on=may(15))),
            may(15),
            {"received": 400, "refunded": 300, "unapplied": 100, "balance": -100},
            id="400 for a void, 300 back = 100 left over",
        ),
        pytest.param(
            bill(
                1000,
                Credited(eur(100), "N", on=may(5)),
                Withheld(eur(150), on=may(6)),
                WrittenOff(eur(50), on=may(7)),
                paid(300, may(8)),
            ),
            may(8),
            claimed(1000, 400, received=300, paid=300, credited=100, withheld=150, written_off=50),
            id="1000 - 100 - 150 - 50 - 300 = 400",
        ),
        pytest.param(
            bill(1000, WrittenOff(eur(1000), on=may(7)), Recovered(eur(200), on=may(8))),
            may(8),
            claimed(1000, 0, received=200, paid=200, written_off=800),
            id="1000 written off - 200 recovered = 800",
        ),
        pytest.param(
            bill(1000, paid(950, may(8)), held=eur(100)),
            may(8),
            claimed(1000, 0, received=950, paid=950, retained=50),
            id="1000 - 950, the last 50 of it held",
        ),
        pytest.param(
            bill(1000, RetainageReleased(eur(60), june(30), on=june(1)), held=eur(100)),
            may(31),
            claimed(1000, 900, retained=100),
            id="a day before the release, 1000 - 100 = 900",
        ),
        pytest.param(
            bill(1000, RetainageReleased(eur(60), june(30), on=june(1)), held=eur(100)),
            june(1),
            claimed(1000, 960, retained=40),
            id="the day of the release, 1000 - 40 = 960",
        ),
        pytest.param(
            bill(1000, Disputed("too much", eur(250), on=may(5))),
            may(5),
            claimed(1000, 1000, disputed=250),
            id="250 of 1000 are disputed",
        ),
        pytest.param(
            bill(1000, Disputed("too much", eur(250), on=may(5)), paid(900, may(6))),
            may(6),
            claimed(1000, 100, received=900, paid=900, disputed=100),
            id="250 are disputed, but 100 are open",
        ),
        pytest.param(
            bill(1000, Disputed("not ours", on=may(5)), held=eur(100)),
            may(5),
            claimed(1000, 900, retained=100, disputed=900),
            id="all is disputed, and 900 of it open",
        ),
        pytest.param(
            bill(
                1000,
                Disputed("too much", eur(250), on=may(5)),
                DisputeResolved(DisputeOutcome.REJECTED, on=may(9)),
            ),
            may(9),
            claimed(1000, 1000),
            id="a dispute that is resolved = nothing disputed",
        ),
        pytest.param(
            attrs.evolve(bill(), withheld=[Adjustment(eur(150), "Tax")]),
            may(1),
            claimed(1000, 1000, to_come=850, to_certify=150),
            id="1000 = 850 in cash + 150 to certify",
        ),
        pytest.param(
            attrs.evolve(bill(), withheld=[Adjustment(eur(150), "Tax")]).record(
                Credited(eur(500), "N", on=may(4))
            ),
            may(4),
            claimed(1000, 500, to_come=425, to_certify=75, credited=500),
            id="half of it is credited, 150 / 2 = 75 to certify",
        ),
        pytest.param(
            attrs.evolve(bill(), withheld=[Adjustment(eur(150), "Tax")]).record(
                paid(900, may(4)), Disputed("not ours", on=may(5))
            ),
            may(5),
            claimed(1000, 100, received=900, paid=900, disputed=100, to_come=0, to_certify=100),
            id="paid beyond 850, so no more than 100 to certify",
        ),
        pytest.param(
            bill(
                1000,
                paid(980, may(11)),
                terms=PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)]),
            ),
            may(11),
            claimed(1000, 0, received=980, paid=980, discount=20),
            id="1000 - 980 - 20 of discount on its last day = 0",
        ),
        pytest.param(
            bill(
                1000,
                paid(980, may(12)),
                terms=PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)]),
            ),
            may(12),
            claimed(1000, 20, received=980, paid=980),
            id="a day after the discount, 1000 - 980 = 20",
        ),
        pytest.param(bill(0), may(1), {}, id="a bill of nothing = nothing"),
        pytest.param(
            NOTE,
            may(1),
            {"payable": -1000, "unapplied": 1000, "balance": -1000},
            id="a credit of 1000 = 1000 for the client",
        ),
        pytest.param(
            NOTE.record(Applied(eur(600), "9", on=may(3)), Refunded(eur(150), on=may(4))),
            may(4),
            {"payable": -1000, "refunded": 150, "applied": 600, "unapplied": 250, "balance": -250},
            id="1000 - 600 set off - 150 back = 250",
        ),
        pytest.param(NOTE, april(30), {}, id="the day before a credit note = nothing"),
    ],
)
def test_the_figures_of_a_day(invoice: Invoice, day: date, expected: dict[str, int]):
    assert figures(invoice, day) == expected


def test_what_of_a_credit_note_lapses_with_a_discount_is_no_credit_of_the_client():
    told = bill(1000, paid(980, may(9)), terms=DISCOUNTED)
    draft = credit_note(told, effect=CreditEffect.CANCEL, as_of=may(20))
    note = issue(draft, number="2", on=may(20))
    assert figures(note, may(20)) == {
        "payable": -1000,
        "discount": -20,
        "unapplied": 980,
        "balance": -980,
    }


PLAN = PlanAgreed([DueAmount(june(11), eur(500)), DueAmount(june(21), eur(300))], on=june(1))
WAITS = PaymentTerms([Installment(Percent(40)), Installment(REST, after="delivery")])


@pytest.mark.parametrize(
    ("invoice", "day", "due", "got"),
    [
        pytest.param(bill(), april(30), [], "", id="not issued"),
        pytest.param(bill(1000, VOID), may(9), [], "", id="void"),
        pytest.param(NOTE, may(9), [], "", id="a credit note"),
        pytest.param(bill(0), may(9), [may(1)], "", id="nothing, on its issue date"),
        pytest.param(
            bill(1000, paid(600, may(3)), terms=HALVES),
            may(3),
            [may(11), may(21)],
            "p500, p100 o400",
            id="600 = 500 + 100",
        ),
        pytest.param(
            bill(1000, DueDateExtended(june(9), "asked", 1, on=may(5)), terms=HALVES),
            may(4),
            [may(11), may(21)],
            "o500, o500",
            id="a day before an extension",
        ),
        pytest.param(
            bill(
                1000,
                DueDateExtended(june(9), "asked", 1, on=may(5)),
                paid(600, may(6)),
                terms=HALVES,
            ),
            may(6),
            [june(9), may(21)],
            "p500, p100 o400",
            id="an extension moves no money",
        ),
        pytest.param(
            bill(
                1000,
                DueDateExtended(june(9), "asked", on=may(5)),
                DueDateExtended(june(2), "less", 2, on=may(6)),
                terms=HALVES,
            ),
            may(6),
            [june(9), june(2)],
            "o500, o500",
            id="the last extension has the word",
        ),
        pytest.param(
            bill(1000, DueDateExtended(may(15), "asked", on=may(5)), terms=HALVES),
            may(6),
            [may(15), may(21)],
            "o500, o500",
            id="an extension reaches what is due before it",
        ),
        pytest.param(
            bill(1000, EventOccurred("delivery", on=may(9)), paid(400, may(9)), terms=WAITS),
            may(8),
            [may(1), None],
            "o400, o600",
            id="a day before an event",
        ),
        pytest.param(
            bill(1000, EventOccurred("delivery", on=may(9)), paid(500, may(9)), terms=WAITS),
            may(9),
            [may(1), may(9)],
            "p400, p100 o500",
            id="the day of an event",
        ),
        pytest.param(
            bill(
                1000,
                DueDateExtended(may(20), "asked", on=may(5)),
                EventOccurred("delivery", on=may(9)),
                terms=WAITS,
            ),
            may(9),
            [may(20), may(9)],
            "o400, o600",
            id="an extension reaches nothing that waited then",
        ),
        pytest.param(
            bill(1000, paid(200, may(9)), PLAN), may(31), [may(31)], "p200 o800", id="before a plan"
        ),
        pytest.param(
            bill(1000, paid(200, may(9)), PLAN, paid(600, june(2))),
            june(2),
            [may(31), june(11), june(21)],
            "p200, p500, p100 o200",
            id="a plan of 500 + 300, 600 = 500 + 100",
        ),
        pytest.param(
            bill(1000, paid(200, may(9)), PLAN, DueDateExtended(june(15), "asked", on=june(2))),
            june(2),
            [june(15), june(15), june(21)],
            "p200, o500, o300",
            id="a plan that is extended",
        ),
        pytest.param(
            bill(1000, DueDateExtended(june(15), "asked", on=may(9)), paid(200, may(9)), PLAN),
            june(2),
            [june(15), june(11), june(21)],
            "p200, o500, o300",
            id="what was extended before a plan moves none of it",
        ),
        pytest.param(
            bill(
                1000,
                RetainageReleased(eur(60), june(30), on=june(1)),
                held=eur(100),
            ),
            june(1),
            [may(31), june(30), None],
            "o900, o60, h40",
            id="900 + 60 released + 40 held",
        ),
    ],
)
def test_the_instalments_of_a_day(invoice: Invoice, day: date, due: list[date | None], got: str):
    position = InvoicePosition(invoice, as_of=day)
    assert position.items == due_items(invoice, as_of=day)
    assert [item.due_on for item in position.items] == due
    assert filled(invoice, day) == got


def certified(invoice: Invoice) -> list[int]:
    """Return what of each instalment is to be certified; all else that is open comes as cash."""
    position = InvoicePosition(invoice, as_of=june(1))
    cash = [item.cash.minor for item in position.items]
    assert cash == [item.open.minor - item.to_certify.minor for item in position.items]
    assert cash == list(position.reading.cash_by_item)
    return [item.to_certify.minor // 100 for item in position.items]


def test_what_is_to_be_certified_is_of_what_is_due_last():
    withheld = [Adjustment(eur(600), "Tax")]
    assert certified(attrs.evolve(bill(terms=HALVES), withheld=withheld)) == [100, 500]
    later = DueDateExtended(june(9), "asked", 1, on=may(5))
    assert certified(attrs.evolve(bill(1000, later, terms=HALVES), withheld=withheld)) == [500, 100]
    assert certified(bill(terms=HALVES)) == [0, 0]


def test_what_is_to_be_certified_is_of_each_its_part_where_discounts_are():
    parts = [attrs.evolve(part, discounts=[EarlyDiscount(2, 5)]) for part in HALVES.installments]
    terms = PaymentTerms(parts)
    told = attrs.evolve(bill(terms=terms), withheld=[Adjustment(eur(150), "Tax")])
    assert certified(told) == [75, 75]


FIGURES = [
    *("payable", "received", "refunded", "paid", "discount", "credited", "withheld", "applied"),
    *("written_off", "retained", "open", "to_come", "to_certify", "disputed", "unapplied"),
    *("outstanding", "balance"),
]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_that_of_the_reading_in_amounts(name: str):
    told = bill(1000, Disputed("x", on=may(4)), paid(950, may(9)), held=eur(100))
    position = InvoicePosition(told, as_of=may(9))
    assert getattr(position, name) == Money(getattr(position.reading, name), told.currency)
    status = invoice_status(told, as_of=may(9))
    assert status.position == position


def test_facts_are_those_that_stand_by_value_date():
    late, early = Sent(on=may(12)), paid(400, may(9))
    position = InvoicePosition(bill(1000, late, early, BOUNCED), as_of=may(19))
    assert position.facts == (early, late)
    assert InvoicePosition(position.invoice, as_of=may(20)).facts == (late,)
    assert InvoicePosition(bill(), as_of=may(20)).facts == ()


def test_a_reading_finds_kinds_of_facts_and_says_what_may_be_asked_for():
    told = bill(1000, Sent(on=may(1)), paid(400, may(9)), Disputed("x", eur(250), on=may(9)))
    reading = told.reading(may(9))
    assert (reading.has(Payment), reading.has(Refunded, Sent), reading.has(Refunded)) == (
        True,
        True,
        False,
    )
    assert bill().reading(may(9)).has(Payment) is False
    assert reading.of_kind(Sent) == (Sent(on=may(1)),)
    assert (reading.to_chase, reading.is_issued, reading.is_credit) == (35_000, True, False)
    assert NOTE.reading(may(9)).is_credit
    assert not NOTE.reading(april(30)).is_credit


def test_a_void_is_issued_and_says_what_made_it_void():
    reading = bill(1000, VOID).reading(may(9))
    assert (reading.is_issued, reading.void, reading.claim) == (True, VOID, None)


def test_what_is_certified_is_not_chased_and_nothing_is_below_zero():
    told = attrs.evolve(bill(), withheld=[Adjustment(eur(150), "Tax")]).record(
        Disputed("x", eur(900), on=may(5))
    )
    reading = told.reading(may(5))
    assert (reading.disputed, reading.to_certify, reading.to_chase) == (90_000, 15_000, 0)


def test_a_reading_knows_the_order_of_instalments_as_agreed_and_as_extended():
    terms = PaymentTerms(list(reversed(HALVES.installments)))
    told = bill(1000, DueDateExtended(june(9), "asked", 2, on=may(5)), terms=terms, held=eur(100))
    reading = told.reading(may(5))
    assert (reading.by_agreed_date, reading.by_due_date) == ((1, 0, 2), (0, 1, 2))
    assert (reading.open_by_item, reading.retained_by_item) == ([45_000, 45_000, 0], [0, 0, 10_000])
    alone = bill().reading(may(5))
    assert (alone.by_agreed_date, alone.by_due_date) == ((0,), (0,))
    assert (list(alone.open_by_item), list(alone.retained_by_item)) == ([100_000], [0])


def test_without_plans_what_is_open_is_due_as_first_agreed():
    told = bill(1000, PlanAgreed([DueAmount(june(11), eur(1000))], on=june(1)))
    plain = Reading(told.claim, told.facts, told.currency, june(2), planned=False)
    assert plain.plan is None
    assert (plain.due_days, list(plain.cash_by_item)) == ((may(31),), [100_000])
    assert told.reading(june(2)).due_days == (may(31), june(11))


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        pytest.param(
            (None, may(1)),
            WrongTypeError,
            "the invoice is of the wrong type: expected Invoice, got None",
            id="no invoice",
        ),
        pytest.param(
            ([bill()], may(1)),
            WrongTypeError,
            "the invoice is of the wrong type: expected Invoice, got",
            id="a list of one",
        ),
        pytest.param(
            (bill(), datetime(2026, 5, 1)),
            DateTypeError,
            "as_of is not a plain date: expected datetime.date, got 2026-05-01 00:00:00; call",
            id="a datetime",
        ),
        pytest.param(
            (bill(), "2026-05-01"),
            DateTypeError,
            "as_of is not a plain date: expected datetime.date, got '2026-05-01'",
            id="a text",
        ),
    ],
)
def test_what_is_refused(arguments: tuple[Any, Any], error: type[Exception], message: str):
    invoice, day = arguments
    for ask in (InvoicePosition, due_items):
        with pytest.raises(error, match=f"^{message}"):
            ask(invoice, as_of=day)


# --- the reading that is kept ---------------------------------------------------------------------

TOLD = bill(1000, Sent(on=may(1)), paid(200, may(9)), PLAN, paid(600, june(2)), terms=HALVES)


def fresh() -> Invoice:
    """Return the invoice anew, so that nothing is kept beside it."""
    made = attrs.evolve(TOLD)
    assert not getattr(made, "_reading", None)
    return made


def test_the_last_reading_is_kept_and_another_day_replaces_it():
    told = fresh()
    first = told.reading(may(9))
    assert told.reading(may(9)) is first
    assert InvoicePosition(told, as_of=may(9)).reading is first
    other = told.reading(june(2))
    assert other is not first
    assert told.reading(june(2)) is other
    assert told.reading(may(9)) is not first


def test_what_is_recorded_has_no_reading_of_what_was_before():
    told = fresh()
    before = InvoicePosition(told, as_of=june(3)).open
    later = told.record(paid(100, june(3)))
    assert not getattr(later, "_reading", None)
    assert InvoicePosition(later, as_of=june(3)).open == before - eur(100)
    assert InvoicePosition(told, as_of=june(3)).open == before


def test_a_kept_reading_changes_neither_equality_nor_hash_nor_repr():
    plain, asked = fresh(), fresh()
    assert InvoicePosition(asked, as_of=june(2)).items
    assert asked == plain
    assert hash(asked) == hash(plain)
    assert repr(asked) == repr(plain)
    assert InvoicePosition(asked, as_of=june(2)) == InvoicePosition(plain, as_of=june(2))
    assert hash(InvoicePosition(asked, as_of=june(2))) == hash(
        InvoicePosition(plain, as_of=june(2))
    )


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickle_and_copies_leave_the_reading_behind(protocol: int):
    plain, asked = fresh(), fresh()
    position = InvoicePosition(asked, as_of=june(2))
    assert position.items
    assert pickle.dumps(asked, protocol) == pickle.dumps(plain, protocol)
    for back in (
        pickle.loads(pickle.dumps(asked, protocol)),
        copy.copy(asked),
        copy.deepcopy(asked),
    ):
        assert not getattr(back, "_reading", None)
        assert back == plain
        assert position_on(back, june(2)) == position_on(plain, june(2))
    assert len(pickle.dumps(position, protocol)) == len(
        pickle.dumps(InvoicePosition(plain, as_of=june(2)), protocol)
    )
    again = pickle.loads(pickle.dumps(position, protocol))
    assert (again, again.items) == (position, position.items)


def test_positions_of_another_day_or_invoice_are_unequal():
    position = InvoicePosition(TOLD, as_of=june(2))
    assert position != InvoicePosition(TOLD, as_of=june(3))
    assert position != InvoicePosition(bill(), as_of=june(2))
    assert position != TOLD


@pytest.mark.parametrize(
    ("invoice", "day", "text"),
    [
        pytest.param(
            TOLD,
            june(2),
            "InvoicePosition(number='1', as_of=2026-06-02, payable=EUR 1000.00, open=EUR 200.00)",
            id="issued",
        ),
        pytest.param(
            bill(number=None),
            may(1),
            "InvoicePosition(number=None, as_of=2026-05-01, payable=EUR 0.00, open=EUR 0.00)",
            id="draft",
        ),
    ],
)
def test_the_repr_says_number_day_payable_and_open(invoice: Invoice, day: date, text: str):
    assert repr(InvoicePosition(invoice, as_of=day)) == text


def test_many_threads_that_ask_one_invoice_about_two_days_get_the_answers_of_their_day():
    days = (may(9), june(2))
    expected = {
        day: (position_on(fresh(), day), InvoicePosition(fresh(), as_of=day).items) for day in days
    }
    assert expected[days[0]] != expected[days[1]]
    threads = 8
    for _ in range(25):
        told, start = fresh(), Barrier(threads)

        def ask(
            number: int, told: Invoice = told, start: Barrier = start
        ) -> list[tuple[date, object]]:
            start.wait()
            asked = [days[(number + turn) % 2] for turn in range(6)]
            return [
                (day, (position_on(told, day), InvoicePosition(told, as_of=day).items))
                for day in asked
            ]

        with ThreadPoolExecutor(threads) as pool:
            for answers in pool.map(ask, range(threads)):
                assert all(expected[day] == answer for day, answer in answers)


def test_a_thread_never_sees_a_reading_before_its_plan_is_laid_out(
    monkeypatch: pytest.MonkeyPatch,
):
    # The reading is asked again while its plan is being laid out, as another thread may.
    told = fresh()
    reading = told.reading(june(2))
    seen: list[object] = []

    def slowly(*arguments: Any) -> object:
        monkeypatch.setattr(readings, "under_plan", under_plan)
        seen.append(reading.divided)
        return under_plan(*arguments)

    monkeypatch.setattr(readings, "under_plan", slowly)
    assert len(reading.divided.parts) == 4
    assert seen == [reading.divided]


def test_a_thread_never_sees_what_is_to_be_certified_before_it_is_divided(
    monkeypatch: pytest.MonkeyPatch,
):
    told = attrs.evolve(bill(terms=HALVES), withheld=[Adjustment(eur(600), "Tax")])
    reading = told.reading(may(9))
    seen: list[list[int]] = []

    def slowly(*arguments: Any) -> list[int]:
        monkeypatch.setattr(readings, "taken_last", taken_last)
        seen.append(list(reading.certify_by_item))
        return taken_last(*arguments)

    monkeypatch.setattr(readings, "taken_last", slowly)
    assert list(reading.certify_by_item) == [10_000, 50_000]
    assert seen == [[10_000, 50_000]]


def test_what_comes_in_is_first_what_nobody_disputes_and_cash_is_disputed_before_certificates():
    told = attrs.evolve(bill(terms=HALVES), withheld=[Adjustment(eur(150), "Tax")])
    reading = told.record(Disputed("x", eur(400), on=may(5))).reading(may(5))
    assert list(reading.cash_by_item) == [50_000, 35_000]
    assert reading.undisputed_by_item == [45_000, 0]
    assert reading.undisputed_to_certify == 15_000
    most = told.record(Disputed("x", eur(900), on=may(5))).reading(may(5))
    assert (most.undisputed_by_item, most.undisputed_to_certify) == ([0, 0], 10_000)


def test_a_subclass_of_a_users_own_has_positions_too():
    @attrs.frozen
    class Own(Invoice):
        colour: str = attrs.field(default="red", kw_only=True)

    facts: list[InvoiceFact] = [*TOLD.facts]
    own = Own("1", may(1), TOLD.buyer, TOLD.lines, terms=HALVES, facts=facts)
    assert position_on(own, june(2)) == position_on(TOLD, june(2))
    later = own.record(paid(100, june(3)))
    assert later.colour == "red"
    assert InvoicePosition(later, as_of=june(3)).open == eur(100)
