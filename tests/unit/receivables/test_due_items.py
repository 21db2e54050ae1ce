"""Due items: instalments as extended and paid, and which of them a payment fills first."""

from datetime import date
from typing import Any

import pytest

from milestone_invoicing import (
    AddDays,
    DueDateExtended,
    DueItem,
    DueRule,
    Installment,
    Invoice,
    InvoiceFact,
    Payment,
    PaymentTerms,
    Percent,
    Reversed,
    Voided,
    due_items,
)
from milestone_invoicing.errors import DateTypeError, WrongTypeError
from tests.unit.bills import april, bill, eur, june, may

# 500 due 31 May, 300 due 15 May, 200 due 31 May too.
THREE = PaymentTerms(
    [
        Installment(Percent(50), DueRule((AddDays(30),))),
        Installment(Percent(30), DueRule((AddDays(14),))),
        Installment(Percent(20), DueRule((AddDays(30),))),
    ]
)

NOTHING = [eur(0)] * 4
"""Neither credited, withheld, written off nor retained."""


def paid(amount: int, on: date = date(2026, 5, 2)) -> Payment:
    return Payment(eur(amount), on=on)


def three(*facts: InvoiceFact) -> Invoice:
    return bill(1000, *facts, terms=THREE)


@pytest.mark.parametrize(
    ("amounts", "filled"),
    [
        ((), (0, 0, 0)),
        ((299,), (0, 299, 0)),
        ((300,), (0, 300, 0)),
        ((301,), (1, 300, 0)),
        ((800,), (500, 300, 0)),
        ((801,), (500, 300, 1)),
        ((300, 500), (500, 300, 0)),
        ((1000,), (500, 300, 200)),
        ((1001,), (500, 300, 200)),
    ],
    ids=lambda value: "+".join(map(str, value)) or "nothing",
)
def test_payments_fill_the_one_first_agreed_to_be_due_then_in_definition_order(
    amounts: tuple[int, ...], filled: tuple[int, ...]
):
    items = due_items(three(*map(paid, amounts)), as_of=may(2))
    assert tuple(item.paid for item in items) == tuple(map(eur, filled))
    assert [item.open for item in items] == [item.amount - item.paid for item in items]


def test_an_item_says_all_about_its_instalment():
    extension = DueDateExtended(june(9), "asked", 2, on=may(3))
    assert due_items(three(extension, paid(100)), as_of=may(3)) == (
        DueItem(1, may(31), may(31), eur(500), eur(0), eur(0), *NOTHING, eur(500)),
        DueItem(2, may(15), june(9), eur(300), eur(100), eur(0), *NOTHING, eur(200), extension),
        DueItem(3, may(31), may(31), eur(200), eur(0), eur(0), *NOTHING, eur(200)),
    )


def test_an_extension_never_moves_money_that_is_applied():
    before = three(paid(400))
    after = before.record(DueDateExtended(june(30), "asked", 2, on=may(3)))
    assert [item.paid for item in due_items(after, as_of=may(9))] == [eur(100), eur(300), eur(0)]
    assert [item.paid for item in due_items(before, as_of=may(9))] == [eur(100), eur(300), eur(0)]


def test_an_extension_to_the_day_it_is_due_anyway_is_none():
    extension = DueDateExtended(may(31), "asked", on=may(3))
    items = due_items(three(extension), as_of=may(3))
    assert [item.extension for item in items] == [None, extension, None]


def until(day: date, number: int | None = None, on: date = date(2026, 5, 3)) -> DueDateExtended:
    return DueDateExtended(day, "asked", number, on=on)


@pytest.mark.parametrize(
    ("facts", "asked", "days"),
    [
        pytest.param([], may(3), (may(31), may(15), may(31)), id="as agreed"),
        pytest.param([until(june(9))], may(2), (may(31), may(15), may(31)), id="the day before"),
        pytest.param([until(june(9))], may(3), (june(9), june(9), june(9)), id="all"),
        pytest.param([until(may(31))], may(3), (may(31), may(31), may(31)), id="only the earlier"),
        pytest.param([until(june(9), 3)], may(3), (may(31), may(15), june(9)), id="number 3"),
        pytest.param(
            [until(june(9), 1), until(june(20), 3)],
            may(3),
            (june(9), may(15), june(20)),
            id="numbers 1 and 3",
        ),
        pytest.param(
            [until(june(20)), until(june(9), on=may(4))],
            may(4),
            (june(9), june(9), june(9)),
            id="the last one counts",
        ),
        pytest.param(
            [until(june(9), on=may(4)), until(june(20), on=may(3))],
            may(4),
            (june(9), june(9), june(9)),
            id="the last by its own date, not by its record",
        ),
        pytest.param(
            [until(june(9)), Reversed(until(june(9)), "withdrawn", on=may(5))],
            may(5),
            (may(31), may(15), may(31)),
            id="taken back",
        ),
    ],
)
def test_due_dates_are_those_extended(
    facts: list[InvoiceFact], asked: date, days: tuple[date, ...]
):
    assert tuple(item.due_on for item in due_items(three(*facts), as_of=asked)) == days


@pytest.mark.parametrize(
    ("invoice", "asked"),
    [
        pytest.param(bill(number=None), may(9), id="a draft"),
        pytest.param(bill(), april(30), id="the day before it is issued"),
        pytest.param(bill(1000, Voided("x", on=may(5))), may(5), id="the day of a void"),
        pytest.param(bill(-1), may(9), id="a claim below zero"),
    ],
)
def test_what_claims_nothing_has_no_items(invoice: Invoice, asked: date):
    assert due_items(invoice, as_of=asked) == ()


@pytest.mark.parametrize(
    ("invoice", "asked", "count"),
    [
        pytest.param(bill(), may(1), 1, id="the issue date"),
        pytest.param(bill(1000, Voided("x", on=may(5))), may(4), 1, id="the day before a void"),
        pytest.param(bill(0, terms=THREE), may(1), 1, id="a bill of zero"),
        pytest.param(three(), may(1), 3, id="three"),
    ],
)
def test_what_claims_has_items(invoice: Invoice, asked: date, count: int):
    assert len(due_items(invoice, as_of=asked)) == count


@pytest.mark.parametrize(
    ("invoice", "as_of", "error", "message"),
    [
        ("1", may(1), WrongTypeError, "the invoice is of the wrong type: expected Invoice"),
        (bill(), None, DateTypeError, "as_of is not a plain date"),
        (bill(number=None), "x", DateTypeError, "as_of is not a plain date"),
    ],
)
def test_other_arguments_are_refused(
    invoice: Any, as_of: Any, error: type[Exception], message: str
):
    with pytest.raises(error, match=message):
        due_items(invoice, as_of=as_of)
