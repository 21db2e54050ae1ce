"""How late clients pay as a rule: which cash counts, and from when on it is a habit."""

import re
from datetime import date, datetime
from fractions import Fraction

import pytest

from milestone_invoicing import (
    Credited,
    Installment,
    Invoice,
    Line,
    Money,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    average_delay,
    habitually_late,
    payment_habits,
)
from milestone_invoicing.errors import (
    CurrencyMismatchError,
    DateTypeError,
    DuplicateNumberError,
    NumberRangeError,
    WrongTypeError,
)
from tests.unit.bills import ACME, april, bill, eur, june, may

NOW = june(30)
BOLT = Party("bolt", "Bolt")
AT_ONCE = PaymentTerms.on_receipt()


def paid(number: str, days_late: int, amount: int = 100, buyer: Party = ACME) -> Invoice:
    """Return a bill due on 10 May that was paid so many days late."""
    fact = Payment(eur(amount), on=date.fromordinal(may(10).toordinal() + days_late))
    return bill(
        amount, fact, number=number, issued_on=april(10), buyer=buyer, terms=PaymentTerms.net(30)
    )


def dollars(number: str) -> Invoice:
    line = Line("Work", 1, Money.of(5, "USD"))
    usd = Invoice(number, may(1), ACME, [line])
    return usd.record(Payment(Money.of(5, "USD"), on=may(3)))


@pytest.mark.parametrize(
    ("bills", "expected"),
    [
        pytest.param([paid("1", 6)], Fraction(6), id="6 late = 6"),
        pytest.param([paid("1", -4)], Fraction(-4), id="4 early = -4"),
        pytest.param([paid("1", 6), paid("2", 0, 200)], Fraction(2), id="6 x 100 / 300 = 2"),
        pytest.param([], None, id="nothing = none"),
        pytest.param([bill()], None, id="nothing paid = none"),
        pytest.param([bill(100, Credited(eur(100), "N", on=may(9)))], None, id="credit = none"),
        pytest.param(
            [
                bill(
                    100,
                    Payment(eur(60), on=may(9)),
                    terms=PaymentTerms([Installment(Percent(100), after="delivery")]),
                )
            ],
            None,
            id="without due date = none",
        ),
    ],
)
def test_the_delay_is_weighted_by_cash(bills: list[Invoice], expected: object):
    assert average_delay(bills, as_of=NOW) == expected


def test_cash_counts_from_the_first_day_to_the_last():
    bills = [
        bill(100, Payment(eur(10), on=may(3)), Payment(eur(10), on=may(5)), terms=AT_ONCE),
    ]
    assert average_delay(bills, as_of=may(2)) is None
    assert average_delay(bills, as_of=may(3)) == 2
    assert average_delay(bills, as_of=may(5)) == 3
    assert average_delay(bills, as_of=may(5), since=may(3)) == 3
    assert average_delay(bills, as_of=may(5), since=may(4)) == 4
    assert average_delay(bills, as_of=may(5), since=may(6)) is None


def test_habits_are_by_currency_and_client():
    found = payment_habits(
        [paid("1", 8, buyer=BOLT), dollars("2"), paid("3", 4), paid("4", 6), bill(number="5")],
        as_of=NOW,
    )
    assert [
        (each.party, str(each.paid), each.invoices, each.days_late, each.currency.code)
        for each in found
    ] == [
        ("acme", "EUR 200.00", 2, 5, "EUR"),
        ("bolt", "EUR 100.00", 1, 8, "EUR"),
        ("acme", "USD 5.00", 1, 2, "USD"),
    ]


@pytest.mark.parametrize(
    ("bills", "words"),
    [
        ([paid("1", 8)], "paid 8.0 days late on average, EUR 100.00 on 1 invoice"),
        ([paid("1", 8), paid("2", 9)], "paid 8.5 days late on average, EUR 200.00 on 2 invoices"),
        ([paid("1", -8)], "paid 8.0 days early on average, EUR 100.00 on 1 invoice"),
        ([paid("1", 1), paid("2", 0, 1900)], "paid 0.1 days late on average, EUR 2000.00"),
        ([paid("1", 1), paid("2", 0, 1901)], "paid 0.0 days late on average, EUR 2001.00"),
    ],
    ids=["8", "17/2", "-8", "1/20", "less than 1/20"],
)
def test_the_reason_says_the_figures(bills: list[Invoice], words: str):
    (found,) = payment_habits(bills, as_of=NOW)
    assert str(found.reasons[0]).startswith(words)


def test_a_habit_is_more_days_than_so_many_on_enough_invoices():
    bills = [paid("1", 8), paid("2", 8), paid("3", 8)]
    assert len(habitually_late(bills, as_of=NOW)) == 1
    assert habitually_late(bills[:2], as_of=NOW) == ()
    assert len(habitually_late(bills[:2], as_of=NOW, at_least=2)) == 1
    assert habitually_late(bills, as_of=NOW, more_than=8) == ()
    assert habitually_late(bills, as_of=NOW, since=date.max) == ()
    assert habitually_late([paid(n, 7) for n in "123"], as_of=NOW) == ()


def test_the_latest_client_comes_first():
    bills = [paid("1", 8), paid("2", 9, buyer=BOLT)]
    found = habitually_late(bills, as_of=NOW, at_least=1)
    assert [each.party for each in found] == ["bolt", "acme"]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: average_delay([paid("1", 1), dollars("2")], as_of=NOW),
            CurrencyMismatchError,
            "EUR",
        ),
        *(
            (
                lambda ask=ask: ask([paid("1", 1), paid("1", 1)], as_of=NOW),
                DuplicateNumberError,
                "two invoices have one number: expected unique numbers, got '1'",
            )
            for ask in (average_delay, payment_habits, habitually_late)
        ),
        (lambda: average_delay([1], as_of=NOW), WrongTypeError, "invoices[0] is of the wrong"),
        (
            lambda: average_delay([], as_of=datetime(2026, 6, 1)),
            DateTypeError,
            "as_of is not a plain date",
        ),
        (lambda: average_delay([], as_of=NOW, since=1), DateTypeError, "since is not a plain date"),
        (lambda: payment_habits([], as_of=1), DateTypeError, "as_of is not a plain date"),
        (lambda: payment_habits([], as_of=NOW, since=1), DateTypeError, "since is not a plain"),
        (
            lambda: habitually_late([], as_of=NOW, at_least=0),
            NumberRangeError,
            "at_least is too small: expected 1 or more, got 0",
        ),
    ],
    ids=[
        "currencies",
        "delay twice",
        "twice",
        "late twice",
        "type",
        "as_of",
        "since",
        "habits on",
        "habits since",
        "at_least",
    ],
)
def test_what_gives_no_habit_is_refused(call: object, error: type, message: str):
    with pytest.raises(error, match=re.escape(message)):
        call()
