"""How long work waits for its bill: which bills count, from which day, and what still waits."""

import re
from fractions import Fraction

import pytest

from milestone_invoicing import (
    ON_DELIVERY,
    REST,
    BillingLag,
    CreditEffect,
    Delivered,
    Invoice,
    InvoiceKind,
    Line,
    Milestone,
    Money,
    Percent,
    Schedule,
    Tax,
    Voided,
    billing_lag,
)
from milestone_invoicing.errors import (
    CurrencyMismatchError,
    DateTypeError,
    UnknownMilestoneError,
    WrongTypeError,
)
from tests.unit.bills import ACME, bill, eur, june, line, may

SCHEDULE = (
    Schedule(
        eur(1000),
        [
            Milestone("a", "A", Percent(60), trigger=ON_DELIVERY),
            Milestone("b", "B", REST, trigger=ON_DELIVERY),
        ],
    )
    .record("a", Delivered(on=may(4)))
    .record("b", Delivered(on=may(20)))
)
NOTHING = BillingLag(eur(0), None, eur(0), None)


def lag(*bills: Invoice, day: int = 31, **asked: object) -> tuple[object, ...]:
    found = billing_lag(SCHEDULE, bills, as_of=may(day), **asked)
    return (
        int(found.billed.amount),
        found.days_to_bill,
        int(found.waiting.amount),
        found.days_waiting,
    )


def of(key: str, amount: int, day: int, number: str = "1") -> Invoice:
    return bill(amount, number=number, issued_on=may(day), milestone=key)


@pytest.mark.parametrize(
    ("bills", "expected"),
    [
        pytest.param([], (0, None, 1000, Fraction(27 * 600 + 11 * 400, 1000)), id="none billed"),
        pytest.param([of("a", 600, 14)], (600, 10, 400, 11), id="600 billed after 10 days"),
        pytest.param([of("a", 600, 4)], (600, 0, 400, 11), id="on the day: 0"),
        pytest.param(
            [of("a", 600, 14), of("b", 400, 25, "2")], (1000, 8, 0, None), id="(6000 + 2000) / 1000"
        ),
        pytest.param(
            [of("a", 100, 3)],
            (0, None, 900, Fraction(27 * 500 + 11 * 400, 900)),
            id="before ready",
        ),
        pytest.param([bill(50)], (0, None, 1000, Fraction(103, 5)), id="no work"),
        pytest.param(
            [of("a", 600, 14).record(Voided("x", on=may(16)))], (0, None, 400, 11), id="void"
        ),
    ],
)
def test_what_is_billed_and_what_waits(bills: list[Invoice], expected: tuple[object, ...]):
    assert lag(*bills) == expected


def test_bills_count_from_the_first_day_to_the_last():
    bills = [of("a", 600, 14), of("b", 400, 25, "2")]
    assert lag(*bills, day=24) == (600, 10, 400, 4)  # a later bill changes no earlier day
    assert lag(*bills, day=25)[0] == 1000
    assert lag(*bills, since=may(14))[0] == 1000
    assert lag(*bills, since=may(15))[:2] == (400, 5)


def test_a_bill_of_one_cent_counts():
    cent = bill("0.01", issued_on=may(14), milestone="a")
    found = billing_lag(SCHEDULE, [cent], as_of=may(31))
    assert (found.billed, found.days_to_bill) == (eur("0.01"), 10)
    assert found.waiting == eur("999.99")
    almost = billing_lag(
        SCHEDULE,
        [of("a", 600, 14), bill("399.99", number="2", issued_on=may(20), milestone="b")],
        as_of=may(31),
    )
    assert (almost.waiting, almost.days_waiting) == (eur("0.01"), 11)


def test_lines_of_one_milestone_on_one_bill_are_one():
    parts = [line(100, milestone="a"), line(200, milestone="a"), line(100, milestone="b")]
    both = Invoice("1", may(24), ACME, parts)
    assert lag(both)[:2] == (400, Fraction(300 * 20 + 100 * 4, 400))


def test_a_credit_note_bills_nothing():
    back = Line("Work", -1, eur(600), tax=Tax.outside_scope(), milestone="a")
    note = Invoice(
        "N",
        may(16),
        ACME,
        [back],
        kind=InvoiceKind.CREDIT_NOTE,
        effect=CreditEffect.REBILL,
        preceding=["1"],
    )
    assert lag(of("a", 600, 14), note)[:2] == (600, 10)


def test_the_figures_of_contracts_add_up():
    one = BillingLag(eur(100), Fraction(10), eur(50), Fraction(4))
    two = BillingLag(eur(300), Fraction(2), eur(0), None)
    assert one + two == two + one == BillingLag(eur(400), Fraction(4), eur(50), Fraction(4))
    assert sum([one, NOTHING, two]) == one + two
    assert NOTHING + NOTHING == NOTHING


@pytest.mark.parametrize("other", [1, None, 1.5])
def test_nothing_else_is_added(other: object):
    with pytest.raises(TypeError, match="unsupported operand"):
        NOTHING + other
    with pytest.raises(TypeError, match="unsupported operand"):
        other + NOTHING


def test_currencies_do_not_add_up():
    zero = Money.of(0, "USD")
    with pytest.raises(CurrencyMismatchError, match="EUR"):
        NOTHING + BillingLag(zero, None, zero, None)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: billing_lag(1, [], as_of=may(1)), WrongTypeError, "the schedule is of the wrong"),
        (lambda: billing_lag(SCHEDULE, [], as_of=1), DateTypeError, "as_of is not a plain date"),
        (
            lambda: billing_lag(SCHEDULE, [], as_of=may(1), since=1),
            DateTypeError,
            "since is not a plain date",
        ),
        (
            lambda: billing_lag(SCHEDULE, [of("z", 1, 5)], as_of=june(1)),
            UnknownMilestoneError,
            "no milestone has this key: expected one of a, b, got 'z'",
        ),
    ],
    ids=["schedule", "as_of", "since", "key"],
)
def test_what_has_no_lag_is_refused(call: object, error: type, message: str):
    with pytest.raises(error, match=re.escape(message)):
        call()
