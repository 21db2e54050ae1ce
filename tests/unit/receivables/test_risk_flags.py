"""Risks of a contract: from which day or amount on each is found, and in which words."""

import re
from datetime import date, timedelta

import pytest

from milestone_invoicing import (
    ON_SIGNING,
    REST,
    Approved,
    Delivered,
    Disputed,
    DisputeOutcome,
    DisputeResolved,
    Invoice,
    Line,
    Milestone,
    Money,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    Promised,
    Schedule,
    Started,
    risk_flags,
)
from milestone_invoicing.errors import (
    CurrencyMismatchError,
    DateTypeError,
    DuplicateNumberError,
    NumberRangeError,
    UnknownMilestoneError,
    WrongTypeError,
)
from tests.unit.bills import ACME, april, bill, eur, june, may

BOLT = Party("bolt", "Bolt")
NOW = june(30)
SCHEDULE = Schedule(
    eur(1000),
    [Milestone("a", "A", Percent(51)), Milestone("b", "B", REST)],
)
WORKED = SCHEDULE.record("a", Delivered(on=may(4)), Approved("client", on=may(4)))
BEGUN = SCHEDULE.record("b", Started(on=may(20)))


def found(
    schedule: Schedule, *bills: Invoice, day: date = NOW, **asked: object
) -> list[tuple[str, str, str]]:
    flags = risk_flags(schedule, bills, as_of=day, **asked)
    return [(each.path, each.code, each.message) for each in flags]


def codes(schedule: Schedule, *bills: Invoice, **asked: object) -> list[str]:
    return [code for _, code, _ in found(schedule, *bills, **asked)]


def billed(amount: int, *facts: object, **parts: object) -> Invoice:
    parts = {"milestone": "a", "issued_on": may(4)} | parts
    return bill(amount, *facts, **parts)


def test_a_sound_contract_has_no_risk():
    assert codes(SCHEDULE) == []
    assert codes(WORKED, billed(510, Payment(eur(510), on=may(9)))) == []


@pytest.mark.parametrize(
    ("paid", "most", "over"),
    [
        pytest.param(0, Percent(50), True, id="510 of 1000 > 50 %"),
        pytest.param(10, Percent(50), False, id="500 of 1000 = 50 %"),
        pytest.param(9, Percent(50), True, id="501 of 1000 > 50 %"),
        pytest.param(0, eur(510), False, id="510 = 510"),
        pytest.param(0, eur("509.99"), True, id="510 > 509.99"),
    ],
)
def test_exposure_is_a_risk_above_a_limit(paid: int, most: object, over: bool):
    facts = [Payment(eur(paid), on=may(9))] if paid else []
    invoice = billed(510, *facts, terms=PaymentTerms.net(90))
    expected = ["exposed"] if over else []
    assert codes(WORKED, invoice, most_exposed=most) == expected


def test_the_words_of_exposure():
    invoice = billed(510, terms=PaymentTerms.net(90))
    path, _, message = found(WORKED, invoice)[0]
    assert (path, message) == (
        "schedule",
        "EUR 510.00 is earned and not paid, more than 50% of EUR 1000.00",
    )
    _, _, message = found(WORKED, invoice, most_exposed=eur(1))[0]
    assert message == "EUR 510.00 is earned and not paid, more than EUR 1.00"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (june(3), []),
        (june(4), ["work_goes_on"]),  # due on 3 June
        (june(3) + timedelta(60), ["work_goes_on"]),
        (june(3) + timedelta(61), ["long_overdue", "work_goes_on"]),
    ],
)
def test_work_that_goes_on_while_money_is_late(day: date, expected: list[str]):
    assert codes(BEGUN, billed(510), day=day) == expected
    assert "work_goes_on" not in codes(SCHEDULE, billed(510), day=day)


def test_the_words_of_lateness():
    assert found(BEGUN, billed(510), longest_overdue=26) == [
        ("invoices.1", "long_overdue", "EUR 510.00 is overdue for 27 days"),
        ("milestones.b", "work_goes_on", "work goes on while invoice 1 is overdue"),
    ]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param([Promised(june(29), on=june(1))], ["promise_broken"], id="broken yesterday"),
        pytest.param([Promised(june(30), on=june(1))], [], id="for today"),
        pytest.param([Disputed("x", eur(5), on=june(1))], ["disputed"], id="disputed"),
        pytest.param(
            [
                Disputed("x", on=june(1)),
                DisputeResolved(DisputeOutcome.REJECTED, on=june(2)),
            ],
            [],
            id="resolved",
        ),
        pytest.param(
            [Disputed("x", on=june(1)), Promised(june(2), on=june(1))],
            ["disputed", "promise_broken"],
            id="both",
        ),
    ],
)
def test_what_a_client_said_is_a_risk(facts: list[object], expected: list[str]):
    assert codes(SCHEDULE, billed(510, *facts)) == expected


def test_the_words_of_promises_and_disputes_are_those_of_the_status():
    invoice = billed(510, Disputed("late", eur(5), on=june(1)), Promised(june(9), on=june(2)))
    assert found(SCHEDULE, invoice) == [
        ("invoices.1", "disputed", "disputed since 2026-06-01: EUR 5.00 (late)"),
        (
            "invoices.1",
            "promise_broken",
            "promised on 2026-06-02: EUR 510.00 by 2026-06-09, of which EUR 0.00 came",
        ),
    ]


def test_work_that_waits_for_its_bill():
    signed = Schedule(eur(9), [Milestone("a", "A", REST, trigger=ON_SIGNING)], signed_on=june(1))
    assert codes(signed, day=june(15)) == []
    assert found(signed, day=june(16)) == [
        ("milestones.a", "unbilled", "EUR 9.00 is ready and not billed for 15 days")
    ]
    assert codes(signed, day=june(15), longest_ready=13) == ["unbilled"]


def test_money_that_is_held_for_long():
    held = billed(510, Payment(eur(500), on=may(9)), held=eur(10))
    year = may(4) + timedelta(365)
    assert codes(SCHEDULE, held, day=year) == []
    assert found(SCHEDULE, held, day=year + timedelta(1)) == [
        ("invoices.1", "long_retained", "EUR 10.00 is held for 366 days: ask for its release")
    ]


def late(days: int, number: str, buyer: Party = ACME) -> Invoice:
    """Return a bill due on 1 May and paid so many days late."""
    fact = Payment(eur(10), on=may(1) + timedelta(days))
    return bill(10, fact, number=number, issued_on=april(1), buyer=buyer)


def test_a_client_that_pays_late_as_a_rule():
    own = billed(510, Payment(eur(510), on=june(3)))  # on its day
    book = [late(8, "2"), late(8, "3"), late(8, "4", BOLT), late(8, "5", BOLT), late(8, "6", BOLT)]
    assert codes(SCHEDULE, own, book=book) == []  # two invoices, and another client
    three = [*book, late(9, "7")]
    assert found(SCHEDULE, own, book=three) == [
        (
            "clients.acme",
            "late_client",
            "paid 8.3 days late on average, EUR 30.00 on 3 invoices",
        )
    ]
    assert codes(SCHEDULE, own, book=three, most_days_late=9) == []
    assert codes(SCHEDULE, own, book=three, fewest_paid=4) == []
    assert codes(SCHEDULE, own, late(30, "2"), late(30, "3"), most_days_late=1) == ["late_client"]


def owed(amount: int, number: str, buyer: Party) -> Invoice:
    return bill(amount, number=number, issued_on=june(30), buyer=buyer)


def test_a_client_that_owes_most_of_all():
    own = billed(510, Payment(eur(410), on=may(9)), issued_on=june(9))
    others = [owed(60, "2", BOLT), owed(40, "3", Party("crow", "Crow"))]
    assert codes(SCHEDULE, own, book=[own, *others]) == []  # 100 of 200
    assert found(SCHEDULE, own, book=[own, others[0]]) == [
        ("clients.acme", "large_client", "EUR 100.00 of EUR 160.00 that is open, more than 50%")
    ]
    assert codes(SCHEDULE, own, book=[own, others[0]], largest_share=Percent("62.5")) == []
    assert codes(SCHEDULE, own) == []
    dollars = Invoice("D", june(30), BOLT, [Line("Work", 1, Money.of(500, "USD"))])
    assert codes(SCHEDULE, own, book=[own, *others, dollars]) == []


def test_large_clients_go_by_currency_and_then_by_key():
    own = [billed(510), bill(1, buyer=BOLT, number="2")]
    dollars = [
        Invoice(number, june(9), buyer, [Line("Work", 1, Money.of(5, "USD"))])
        for number, buyer in (("D", BOLT), ("E", ACME))
    ]
    book = [*dollars, owed(500, "3", BOLT), owed(500, "4", ACME)]
    flags = found(SCHEDULE, *own, book=book, largest_share=Percent(40))
    assert [(path, message[:10]) for path, code, message in flags if code == "large_client"] == [
        ("clients.acme", "EUR 500.00"),
        ("clients.bolt", "EUR 500.00"),
        ("clients.acme", "USD 5.00 o"),
        ("clients.bolt", "USD 5.00 o"),
    ]


def test_a_client_of_no_issued_bill_is_none():
    draft = billed(510, number=None)
    assert codes(SCHEDULE, draft, book=[owed(5, "2", ACME)]) == []


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: found(1), WrongTypeError, "the schedule is of the wrong type"),
        (lambda: found(SCHEDULE, day=1), DateTypeError, "as_of is not a plain date"),
        (lambda: found(SCHEDULE, 1), WrongTypeError, "invoices[0] is of the wrong type"),
        (lambda: found(SCHEDULE, book=[1]), WrongTypeError, "invoices[0] is of the wrong type"),
        (
            lambda: found(SCHEDULE, book=[bill(), bill()]),
            DuplicateNumberError,
            "two invoices have one number",
        ),
        (
            lambda: found(SCHEDULE, bill(milestone="z")),
            UnknownMilestoneError,
            "no milestone has this key",
        ),
        (lambda: found(SCHEDULE, most_exposed=50), WrongTypeError, "most_exposed is of the wrong"),
        (
            lambda: found(SCHEDULE, most_exposed=Money.of(1, "USD")),
            CurrencyMismatchError,
            "USD",
        ),
        (lambda: found(SCHEDULE, largest_share=50), WrongTypeError, "largest_share is of the"),
        (
            lambda: found(SCHEDULE, longest_overdue=-1),
            NumberRangeError,
            "longest_overdue is too small: expected 0 or more, got -1",
        ),
        (lambda: found(SCHEDULE, longest_ready=-1), NumberRangeError, "longest_ready is too small"),
        (
            lambda: found(SCHEDULE, longest_retained=-1),
            NumberRangeError,
            "longest_retained is too small",
        ),
        (lambda: found(SCHEDULE, fewest_paid=0), NumberRangeError, "at_least is too small"),
    ],
    ids=[
        "schedule",
        "as_of",
        "invoice",
        "book",
        "twice",
        "key",
        "exposed",
        "currency",
        "share",
        "overdue",
        "ready",
        "retained",
        "paid",
    ],
)
def test_what_has_no_risks_is_refused(call: object, error: type, message: str):
    with pytest.raises(error, match=re.escape(message)):
        call()
