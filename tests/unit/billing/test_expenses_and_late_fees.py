"""Lines that pass expenses on, and lines for late payment."""

from datetime import datetime

import attrs
import pytest

from milestone_invoicing import (
    Expense,
    Line,
    Money,
    Percent,
    Tax,
    TaxCategory,
    expense_lines,
    late_fee_line,
)
from milestone_invoicing.errors import (
    BlankTextError,
    CurrencyMismatchError,
    DateTypeError,
    NegativePriceError,
    NumberRangeError,
    WrongTypeError,
)
from tests.unit.bills import eur, may

TRAIN = Expense(may(6), eur("84.20"), "Train", receipt="R-17")


def nets(*amounts: str | int, markup: str | int | None = None) -> list[str]:
    expenses = [attrs.evolve(TRAIN, amount=eur(amount)) for amount in amounts]
    percent = None if markup is None else Percent(markup)
    return [str(line.net.amount) for line in expense_lines(expenses, as_of=may(6), markup=percent)]


CASES = {
    "at cost": (nets("84.20"), ["84.20"]),
    "84.20 + 7.5 % = 90.515, half up": (nets("84.20", markup="7.5"), ["90.52"]),
    "each line by itself: 0.05 + 10 % twice, not 0.11": (
        nets("0.05", "0.05", markup=10),
        ["0.06", "0.06"],
    ),
    "came back": (nets("-84.20", markup="7.5"), ["-90.52"]),
    "nothing": (nets(0, markup=10), ["0.00"]),
    "a markup of zero": (nets("84.20", markup=0), ["84.20"]),
    "more than the whole": (nets(10, markup=150), ["25.00"]),
    "none": (nets(), []),
}


@pytest.mark.parametrize(("found", "expected"), CASES.values(), ids=CASES)
def test_expenses(found: list[str], expected: list[str]):
    assert found == expected


def test_a_line_says_when_what_and_by_which_receipt():
    tax = Tax.standard(21)
    back = Expense(may(5), eur(-20), "Deposit of a key")
    assert expense_lines([TRAIN, back], as_of=may(6), tax=tax) == (
        Line("2026-05-05 Deposit of a key", -1, eur(20), tax=tax, discountable=False),
        Line("2026-05-06 Train (R-17)", 1, eur("84.20"), tax=tax, discountable=False),
    )


def test_without_tax_it_is_outside_its_scope():
    assert expense_lines([TRAIN], as_of=may(6))[0].tax == Tax.outside_scope()


def test_expenses_stand_by_day_those_of_one_day_in_their_order_and_later_ones_wait():
    expenses = [
        attrs.evolve(TRAIN, on=may(day), receipt=text)
        for day, text in ((8, "c"), (6, "a"), (6, "b"), (9, "d"))
    ]
    lines = expense_lines(expenses, as_of=may(8))
    assert [line.description[-2] for line in lines] == ["a", "b", "c"]
    assert expense_lines(expenses, as_of=may(5)) == ()


def test_a_late_fee_is_outside_the_scope_of_tax_unless_told():
    assert late_fee_line("Interest", eur("169.49")) == Line(
        "Interest", 1, eur("169.49"), tax=Tax.outside_scope(), discountable=False
    )
    exempt = Tax(TaxCategory.E, Percent(0))
    assert late_fee_line("Interest", eur(0), tax=exempt).tax == exempt


def lines(expenses=(TRAIN,), **options):
    return expense_lines(expenses, **({"as_of": may(6)} | options))


REFUSED = {
    "a time of day": (
        lambda: attrs.evolve(TRAIN, on=datetime(2026, 5, 6, 9)),
        DateTypeError,
        "the day of an expense is not a plain date",
    ),
    "an amount without a currency": (
        lambda: attrs.evolve(TRAIN, amount=84),
        WrongTypeError,
        "the amount of an expense is of the wrong type",
    ),
    "nothing bought": (
        lambda: attrs.evolve(TRAIN, description=""),
        BlankTextError,
        "the description of an expense is blank",
    ),
    "a receipt by number": (
        lambda: attrs.evolve(TRAIN, receipt=17),
        WrongTypeError,
        "the receipt of an expense is of the wrong type",
    ),
    "two currencies, one of them later": (
        lambda: lines([TRAIN, Expense(may(30), Money.of(1, "USD"), "Taxi")]),
        CurrencyMismatchError,
        "expected EUR, got USD 0.00",
    ),
    "a markup below zero": (
        lambda: lines(markup=Percent("-0.1")),
        NumberRangeError,
        "a markup is below zero: expected zero or more, got -0.1%",
    ),
    "a markup without percent": (
        lambda: lines(markup=10),
        WrongTypeError,
        "the markup is of the wrong type",
    ),
    "no expense": (lambda: lines([84]), WrongTypeError, r"expenses\[0\] is of the wrong type"),
    "no day": (lambda: lines(as_of=None), DateTypeError, "as_of is not a plain date"),
    "no tax": (lambda: lines(tax=21), WrongTypeError, "the tax is of the wrong type"),
    "a late fee below zero": (
        lambda: late_fee_line("Interest", eur("-0.01")),
        NegativePriceError,
        "the amount of a late fee is below zero: .* got EUR -0.01; credit the bill that has the",
    ),
    "a late fee without a currency": (
        lambda: late_fee_line("Interest", 5),
        WrongTypeError,
        "the amount of a late fee is of the wrong type: expected Money, got 5",
    ),
    "a late fee for nothing": (
        lambda: late_fee_line(" ", eur(5)),
        BlankTextError,
        "the description of a line is blank",
    ),
    "a late fee with no tax": (
        lambda: late_fee_line("Interest", eur(5), tax=21),
        WrongTypeError,
        "the tax is of the wrong type",
    ),
}


@pytest.mark.parametrize(("call", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
