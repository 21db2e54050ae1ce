"""The laws of passing expenses and late fees on."""

from datetime import date, timedelta
from fractions import Fraction

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    Currency,
    Expense,
    Money,
    Percent,
    Tax,
    expense_lines,
    late_fee_line,
)
from milestone_invoicing.testing import moneys, percents

EUR = Currency.of("EUR")
MAY_1 = date(2026, 5, 1)
AS_OF = MAY_1 + timedelta(5)
EXPENSES = st.lists(
    st.builds(
        Expense,
        st.integers(0, 9).map(lambda n: MAY_1 + timedelta(n)),
        moneys(currency="EUR", min_minor=-(10**6), max_minor=10**6),
        st.sampled_from(["Train", "Hotel"]),
    ),
    max_size=8,
)


def nets(expenses: list[Expense], markup: Percent | None, as_of: date = date.max) -> list[Money]:
    return [line.net for line in expense_lines(expenses, as_of=as_of, markup=markup)]


@given(EXPENSES, percents())
def test_each_line_is_its_expense_with_its_markup_within_half_a_unit(
    expenses: list[Expense], markup: Percent
):
    by_day = sorted(expenses, key=lambda expense: expense.on)
    for expense, net in zip(by_day, nets(expenses, markup), strict=True):
        exact = expense.amount.minor * (1 + markup.fraction)
        assert abs(net.minor - exact) <= Fraction(1, 2)


@given(EXPENSES)
def test_without_a_markup_the_lines_sum_to_what_was_spent(expenses: list[Expense]):
    spent = Money.total((expense.amount for expense in expenses), currency=EUR)
    assert Money.total(nets(expenses, None), currency=EUR) == spent


@given(EXPENSES, percents())
def test_what_came_back_is_the_mirror_of_what_was_spent(expenses: list[Expense], markup: Percent):
    back = [attrs.evolve(expense, amount=-expense.amount) for expense in expenses]
    assert nets(back, markup) == [-net for net in nets(expenses, markup)]


@given(EXPENSES, percents())
def test_a_bill_to_a_day_and_one_of_the_rest_are_all_expenses(
    expenses: list[Expense], markup: Percent
):
    later = [expense for expense in expenses if expense.on > AS_OF]
    both = nets(expenses, markup, AS_OF) + nets(later, markup)
    assert both == nets(expenses, markup)


@given(moneys(min_minor=0))
def test_a_late_fee_is_billed_as_it_is_and_nothing_reduces_it(amount: Money):
    line = late_fee_line("Interest", amount)
    assert (line.net, line.tax, line.discountable) == (amount, Tax.outside_scope(), False)
