"""Payment plans of regular parts: days, amounts, many invoices, and refusals."""

from datetime import date

import pytest

from milestone_invoicing import (
    CurrencyMismatchError,
    DateRangeError,
    DateTypeError,
    DueAmount,
    DuplicateNumberError,
    EarlyDiscount,
    Invoice,
    Money,
    NumberRangeError,
    NumberTypeError,
    Party,
    Payment,
    PaymentError,
    PaymentTerms,
    PlanAgreed,
    RecurrenceError,
    RecurrenceUnit,
    Remainder,
    Voided,
    WrongTypeError,
    invoice_status,
    payment_plan,
    payment_plans,
)
from tests.unit.bills import bill, eur, july, june, may

AUGUST_31 = date(2026, 8, 31)
PAID = bill(1000, Payment(eur(400), on=june(10)), Payment(eur(100), on=june(11)))


def parts_of(plan: PlanAgreed) -> list[tuple[date, str]]:
    return [(part.due_on, str(part.amount.amount)) for part in plan.installments]


@pytest.mark.parametrize(
    ("parts", "first", "how", "expected"),
    [
        pytest.param(
            3,
            june(30),
            {},
            [(june(30), "200.00"), (july(30), "200.00"), (date(2026, 8, 30), "200.00")],
            id="600 in 3 months",
        ),
        pytest.param(
            3,
            june(30),
            {"day": 31},
            [(june(30), "200.00"), (july(31), "200.00"), (AUGUST_31, "200.00")],
            id="month ends",
        ),
        pytest.param(
            2,
            june(10),
            {"every": 2, "unit": RecurrenceUnit.WEEKS},
            [(june(10), "300.00"), (june(24), "300.00")],
            id="every two weeks from the day of the plan",
        ),
        pytest.param(
            7,
            july(1),
            {"every": 3},
            [
                (july(1), "85.72"),
                (date(2026, 10, 1), "85.72"),
                (date(2027, 1, 1), "85.72"),
                (date(2027, 4, 1), "85.71"),
                (date(2027, 7, 1), "85.71"),
                (date(2027, 10, 1), "85.71"),
                (date(2028, 1, 1), "85.71"),
            ],
            id="600 = 3 x 85.72 + 4 x 85.71",
        ),
        pytest.param(1, july(1), {}, [(july(1), "600.00")], id="one part"),
        pytest.param(
            [eur(500), eur(100)],
            july(1),
            {},
            [(july(1), "500.00"), (date(2026, 8, 1), "100.00")],
            id="amounts",
        ),
    ],
)
def test_a_plan_has_regular_days_and_sums_to_what_is_open(
    parts: int | list[Money], first: date, how: dict[str, int], expected: list[tuple[date, str]]
):
    plan = payment_plan(PAID, parts, on=june(10), first_due_on=first, **how)
    assert plan.on == june(10)
    assert parts_of(plan) == expected
    # The 100 of the next day were recorded before the plan, and count from their own day.
    assert invoice_status(PAID.record(plan), as_of=june(10)).open == eur(600)


def test_who_gets_the_units_left_over_is_a_choice():
    how = {"on": june(10), "first_due_on": july(1), "remainder": Remainder.BALANCE}
    plan = payment_plan(PAID, 7, **how)
    assert [str(part.amount.amount) for part in plan.installments][-2:] == ["85.71", "85.74"]


def test_as_many_parts_as_minor_units_are_the_most():
    tiny = bill("0.03")
    how = {"on": june(10), "first_due_on": july(1)}
    assert len(payment_plan(tiny, 3, **how).installments) == 3
    with pytest.raises(
        PaymentError,
        match=r"not enough for so many instalments: expected fewer parts of EUR 0.03, got 4",
    ):
        payment_plan(tiny, 4, **how)


def test_a_plan_is_of_what_is_open_not_of_what_an_early_discount_leaves():
    terms = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
    plan = payment_plan(bill(1000, terms=terms), 2, on=may(5), first_due_on=may(9))
    assert plan.total == eur(1000)


def test_what_is_held_is_no_part_of_it():
    told = bill(1000, held=eur(100))
    assert payment_plan(told, 2, on=june(1), first_due_on=june(1)).total == eur(900)


def test_a_later_payment_changes_no_plan_of_an_earlier_day():
    plan = payment_plan(PAID, 2, on=june(9), first_due_on=june(10))
    assert plan.total == eur(1000)


OLD = bill(500, number="2", issued_on=may(1))
NEW = bill(100, number="1", issued_on=may(2))
LAST = bill(300, Payment(eur(100), on=may(9)), number="3", issued_on=may(3))


def test_one_plan_over_many_invoices_pays_the_first_due_first():
    bills = [LAST, bill(5, Voided("x", on=may(9)), number="9"), NEW, OLD]
    plans = payment_plans(bills, 4, on=june(10), first_due_on=july(1))
    days = [july(1), date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]
    assert [(number, parts_of(plan)) for number, plan in plans] == [
        ("2", [(days[0], "200.00"), (days[1], "200.00"), (days[2], "100.00")]),
        ("1", [(days[2], "100.00")]),
        ("3", [(days[3], "200.00")]),
    ]
    for invoice in (OLD, NEW, LAST):
        told = invoice.record(dict(plans)[invoice.number])
        assert told.facts[-1].total == invoice_status(told, as_of=june(10)).open


@pytest.mark.parametrize(
    ("how", "error", "match"),
    [
        (
            {"invoice": bill(1000, Payment(eur(1000), on=june(10)))},
            PaymentError,
            "on 2026-06-10: expected an invoice with something open, got nothing open of 1",
        ),
        ({"invoice": bill(number=None)}, PaymentError, "there is nothing to plan for"),
        ({"invoice": bill(-5)}, PaymentError, "there is nothing to plan for"),
        ({"invoice": bill(issued_on=june(11))}, PaymentError, "there is nothing to plan for"),
        (
            {"parts": [eur(500), eur("499.99")]},
            PaymentError,
            "are not what is open: expected EUR 1000.00 in all, got EUR 999.99",
        ),
        ({"parts": [eur(1000), eur(0)]}, NumberRangeError, "an instalment of a plan is not above"),
        ({"parts": []}, NumberRangeError, "times is too small"),
        ({"parts": 0}, NumberRangeError, "times is too small"),
        ({"parts": True}, NumberTypeError, "times is not a whole number"),
        ({"parts": "6"}, WrongTypeError, "parts is not a collection"),
        ({"parts": [1000]}, WrongTypeError, r"parts\[0\]"),
        ({"parts": [Money.of(1000, "USD")]}, CurrencyMismatchError, "USD"),
        ({"parts": 10**6}, DateRangeError, "a recurrence goes beyond the last date"),
        ({"first_due_on": june(9)}, NumberRangeError, "due before the plan is agreed"),
        ({"first_due_on": july(1), "day": 31}, RecurrenceError, "starts on another day"),
        ({"first_due_on": "2026-07-01"}, DateTypeError, "the start of a recurrence"),
        ({"every": 0}, NumberRangeError, "the distance of a recurrence"),
        ({"on": "2026-06-10"}, DateTypeError, "on is not a plain date"),
        ({"invoice": "1"}, WrongTypeError, "the invoice is of the wrong type"),
    ],
)
def test_what_is_no_plan_is_refused(how: dict[str, object], error: type[Exception], match: str):
    told = {"invoice": bill(), "parts": 6, "on": june(10), "first_due_on": july(1)} | how
    with pytest.raises(error, match=match):
        payment_plan(**told)


@pytest.mark.parametrize(
    ("invoices", "error", "match"),
    [
        ([], PaymentError, "nothing to plan for on 2026-06-10: .* nothing open of 0"),
        ([OLD, OLD], DuplicateNumberError, "two invoices have one number"),
        (
            [OLD, bill(1, buyer=Party("bolt", "Bolt"))],
            PaymentError,
            "one payment or plan is of one client",
        ),
    ],
)
def test_what_has_no_one_plan_is_refused(
    invoices: list[Invoice], error: type[Exception], match: str
):
    with pytest.raises(error, match=match):
        payment_plans(invoices, 2, on=june(10), first_due_on=july(1))


def test_a_plan_over_many_may_give_amounts():
    plans = payment_plans([OLD, NEW], [eur(550), eur(50)], on=june(10), first_due_on=july(1))
    expected = [
        ("2", [DueAmount(july(1), eur(500))]),
        ("1", [DueAmount(july(1), eur(50)), DueAmount(date(2026, 8, 1), eur(50))]),
    ]
    assert [(number, list(plan.installments)) for number, plan in plans] == expected
