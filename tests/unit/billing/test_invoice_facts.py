"""Facts about invoices: what they carry, and which of them cannot have happened."""

from datetime import datetime
from typing import Any

import pytest

from milestone_invoicing import (
    AddDays,
    DueDateExtended,
    DueRule,
    Installment,
    Invoice,
    InvoiceFact,
    Money,
    Payment,
    PaymentTerms,
    Percent,
    Refunded,
    Reversed,
    Sent,
    Started,
    Voided,
)
from milestone_invoicing.errors import (
    BlankTextError,
    CurrencyMismatchError,
    DateTypeError,
    ImpossibleFactError,
    MilestoneInvoicingError,
    NothingToReverseError,
    NumberRangeError,
    NumberTypeError,
    WrongTypeError,
)
from tests.unit.bills import april, bill, eur, june, may

SENT = Sent(on=may(1))
PAID = Payment(eur(400), on=may(10))
VOIDED = Voided("wrong client", on=may(20))
MOMENT = datetime(2026, 5, 1)  # refused whatever its zone


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (lambda: Sent(on="2026-05-01"), DateTypeError, "on is not a plain date"),
        (lambda: Sent(on=MOMENT), DateTypeError, "on is not a plain date.*call .date"),
        (lambda: Sent(on=may(1), recorded_on=MOMENT), DateTypeError, "recorded_on is not a plain"),
        (
            lambda: Payment(eur(0), on=may(1)),
            NumberRangeError,
            ("a payment is not above zero: expected an amount above zero, got EUR 0.00$"),
        ),
        (
            lambda: Payment(eur("-0.01"), on=may(1)),
            NumberRangeError,
            r"got EUR -0.01; take a payment back with Reversed\(fact, reason, on=...\)",
        ),
        (lambda: Payment(400, on=may(1)), WrongTypeError, "the amount of a payment is of the wr"),
        (lambda: Payment(eur(1), 7, on=may(1)), WrongTypeError, "the method of a payment is of"),
        (lambda: Payment(eur(1), "", 7, on=may(1)), WrongTypeError, "the reference of a payment"),
        (lambda: DueDateExtended(None, "x", on=may(1)), DateTypeError, "until is not a plain date"),
        (lambda: DueDateExtended(june(1), " ", on=may(1)), BlankTextError, "reason is blank"),
        (
            lambda: DueDateExtended(june(1), "x", 0, on=may(1)),
            NumberRangeError,
            "installment is too small: expected 1 or more, got 0",
        ),
        (
            lambda: DueDateExtended(june(1), "x", True, on=may(1)),
            NumberTypeError,
            "installment is not a whole number: expected int, got True",
        ),
        (lambda: Voided("", on=may(1)), BlankTextError, "reason is blank"),
        (lambda: Voided(1, on=may(1)), WrongTypeError, "reason is of the wrong type"),
    ],
)
def test_a_fact_refuses(build: Any, error: type[MilestoneInvoicingError], message: str):
    with pytest.raises(error, match=message):
        build()


def test_the_smallest_payment_is_one_cent():
    assert Payment(eur("0.01"), "cash", "17", on=may(1)).amount.minor == 1


TWO = PaymentTerms(
    [  # 31 May and 15 May: definition order is not the order of days
        Installment(Percent(60), DueRule((AddDays(30),))),
        Installment(Percent(40), DueRule((AddDays(14),))),
    ]
)


def extended(day: int, number: int | None = None) -> DueDateExtended:
    return DueDateExtended(may(day), "asked", number, on=may(2))


@pytest.mark.parametrize(
    ("invoice", "facts"),
    [
        pytest.param(bill(), [SENT], id="sent on the issue date"),
        pytest.param(bill(), [Payment(eur(1), on=april(1))], id="a prepayment"),
        pytest.param(bill(), [Voided("x", on=may(1))], id="void on the issue date"),
        pytest.param(bill(), [PAID, Voided("x", on=may(10))], id="void, paid but unsent"),
        pytest.param(bill(), [SENT, Voided("x", on=may(10))], id="void, sent but unpaid"),
        pytest.param(bill(), [SENT, Voided("x", on=may(1))], id="void on the day it was sent"),
        pytest.param(bill(), [VOIDED, PAID], id="a payment after a void"),
        pytest.param(
            bill(), [PAID, VOIDED, Reversed(PAID, "x", on=may(21))], id="a bounce after a void"
        ),
        pytest.param(
            bill(),
            [SENT, PAID, Reversed(PAID, "x", on=may(20)), VOIDED],
            id="void on the day the payment bounced",
        ),
        pytest.param(
            bill(),
            [SENT, PAID, Reversed(SENT, "x", on=may(2)), VOIDED],
            id="void, sent by mistake",
        ),
        pytest.param(bill(), [PAID, SENT], id="recorded late"),
        pytest.param(bill(), [DueDateExtended(june(1), "x", on=may(2))], id="one day more"),
        pytest.param(bill(), [DueDateExtended(june(1), "x", on=june(9))], id="extended late"),
        pytest.param(bill(terms=TWO), [extended(16)], id="all: one of two gets a day more"),
        pytest.param(bill(terms=TWO), [extended(16, 2)], id="number 2 gets a day more"),
        pytest.param(bill(0), [DueDateExtended(may(2), "x", 1, on=may(2))], id="a bill of zero"),
        pytest.param(
            bill(), [PAID, PAID, Reversed(PAID, "x", on=may(10))], id="one of two equal payments"
        ),
    ],
)
def test_it_can_have_happened(invoice: Invoice, facts: list[InvoiceFact]):
    assert invoice.record(*facts).facts == tuple(facts)


@pytest.mark.parametrize(
    ("invoice", "facts", "message"),
    [
        pytest.param(
            bill(number=None),
            [SENT],
            r"a draft has no facts: expected an issued invoice, got Sent on 2026-05-01; "
            r"call issue\(draft",
            id="facts on a draft",
        ),
        pytest.param(
            bill(),
            [Sent(on=april(30))],
            "Sent on 2026-04-30 is impossible: expected a day from the issue date 2026-05-01 on",
            id="sent the day before issue",
        ),
        pytest.param(
            bill(),
            [Voided("x", on=april(30))],
            "Voided on 2026-04-30 is impossible: expected a day from the issue date",
            id="void the day before issue",
        ),
        pytest.param(
            bill(),
            [DueDateExtended(may(31), "x", on=may(2))],
            "DueDateExtended on 2026-05-02 is impossible: expected a day after the agreed due date "
            "2026-05-31, got 2026-05-31",
            id="extended to the due date itself",
        ),
        pytest.param(
            bill(terms=TWO), [extended(15)], "after the agreed due date 2026-05-15", id="all to 15"
        ),
        pytest.param(
            bill(terms=TWO), [extended(15, 2)], "due date 2026-05-15, got 2026-05-15", id="2 to 15"
        ),
        pytest.param(
            bill(terms=TWO), [extended(31, 1)], "due date 2026-05-31, got 2026-05-31", id="1 to 31"
        ),
        pytest.param(
            bill(terms=TWO),
            [extended(31, 3)],
            "expected an installment from 1 to 2, got 3",
            id="number 3 of 2",
        ),
        pytest.param(
            bill(),
            [SENT, PAID, VOIDED],
            r"Voided on 2026-05-20 is impossible: expected an invoice that is unsent or unpaid, "
            r"got Payment on 2026-05-10$",
            id="void, sent and paid",
        ),
        pytest.param(
            bill(),
            [SENT, PAID, Voided("x", on=may(10))],
            "expected an invoice that is unsent or unpaid",
            id="void on the day of the payment",
        ),
        pytest.param(
            bill(-300),
            [Refunded(eur(300), on=may(2)), Voided("x", on=may(2))],
            "expected an invoice of which no more went back than came, got Refunded on 2026-05-02",
            id="void of a credit note that was paid out",
        ),
        pytest.param(
            bill(),
            [Sent(on=may(3)), PAID, Voided("x", on=may(2))],
            "Voided on 2026-05-02 is impossible: expected a day from 2026-05-03 on, of which there "
            "are records, got 2026-05-02",
            id="void dated back before it was sent",
        ),
        pytest.param(
            bill(),
            [DueDateExtended(june(9), "x", on=may(9)), Voided("x", on=may(8))],
            "expected a day from 2026-05-09 on",
            id="void dated back before an extension",
        ),
        pytest.param(
            bill(),
            [Sent(on=may(3)), DueDateExtended(june(9), "x", on=may(9)), Voided("x", on=may(5))],
            "expected a day from 2026-05-09 on",
            id="void dated back between the two",
        ),
        pytest.param(
            bill(),
            [VOIDED, Sent(on=may(21))],
            r"Sent on 2026-05-21 is impossible: expected a payment, a refund or a reversal after a "
            r"void, got Voided on 2026-05-20$",
            id="sent after a void",
        ),
        pytest.param(bill(), [VOIDED, SENT], "a reversal after a void", id="sent, recorded late"),
        pytest.param(bill(), [VOIDED, VOIDED], "a reversal after a void", id="voided twice"),
        pytest.param(
            bill(),
            [VOIDED, DueDateExtended(june(9), "x", on=may(2))],
            "a reversal after a void",
            id="extended after a void",
        ),
        pytest.param(
            bill(),
            [VOIDED, Reversed(VOIDED, "x", on=may(21))],
            "Reversed on 2026-05-21 is impossible: expected a fact other than a void, got Voided",
            id="a void reversed",
        ),
    ],
)
def test_it_cannot_have_happened(invoice: Invoice, facts: list[InvoiceFact], message: str):
    with pytest.raises(ImpossibleFactError, match=message) as caught:
        invoice.record(*facts)
    assert caught.value.refused in facts


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param([Reversed(PAID, "x", on=may(11))], id="no such payment"),
        pytest.param([PAID, Reversed(PAID, "x", on=may(9))], id="before the payment"),
        pytest.param(
            [PAID, Reversed(Payment(eur(401), on=may(10)), "x", on=may(11))], id="another amount"
        ),
        pytest.param(
            [PAID, Reversed(PAID, "x", on=may(11)), Reversed(PAID, "y", on=may(12))], id="twice"
        ),
        pytest.param([Reversed(Started(on=may(1)), "x", on=may(2))], id="a fact about work"),
    ],
)
def test_there_is_nothing_to_reverse(facts: list[InvoiceFact]):
    with pytest.raises(NothingToReverseError, match="there is nothing to reverse: expected an equ"):
        bill().record(*facts)


def test_a_payment_in_another_currency_is_refused():
    with pytest.raises(
        CurrencyMismatchError,
        match=r"a payment is in another currency than its invoice: expected EUR, got USD 5.00; "
        "convert it to the currency of the invoice first",
    ) as caught:
        bill().record(Payment(Money.of(5, "USD"), on=may(2)))
    assert (caught.value.left, caught.value.right) == ("EUR", "USD")


def test_a_constructor_checks_what_record_checks():
    with pytest.raises(ImpossibleFactError, match="Sent on 2026-04-30 is impossible"):
        bill(1000, Sent(on=april(30)))


def test_a_reversal_cannot_be_reversed():
    bounced = Reversed(PAID, "bounced", on=may(11))
    message = (
        "a reversal cannot be reversed: expected a fact other than a reversal, "
        "got Reversed on 2026-05-11; record the fact again"
    )
    with pytest.raises(ImpossibleFactError, match=f"^{message}$") as caught:
        Reversed(bounced, "by mistake", on=may(12))
    assert caught.value.refused.fact == bounced


def test_a_void_dated_back_does_not_make_money_unreceived():
    paid = bill().record(SENT, Payment(eur(1000), on=may(20)))
    with pytest.raises(
        ImpossibleFactError, match="an invoice that is unsent or unpaid, got Payment"
    ):
        paid.record(Voided("too late", on=may(19)))


@pytest.mark.parametrize(
    ("paid_on", "back_on", "void_on"),
    [
        pytest.param(1, 2, 1, id="paid on the day of the void, bounced after it"),
        pytest.param(5, 9, 3, id="paid and bounced after the day of the void"),
    ],
)
def test_a_void_is_accepted_only_if_every_later_day_accepts_it(
    paid_on: int, back_on: int, void_on: int
):
    payment = Payment(eur(400), on=may(paid_on))
    told = bill().record(SENT, payment, Reversed(payment, "bounced", on=may(back_on)))
    with pytest.raises(ImpossibleFactError, match="that is unsent or unpaid, got Payment"):
        told.record(Voided("wrong", on=may(void_on)))
    assert told.record(Voided("wrong", on=may(back_on))).facts[-1].on == may(back_on)
