"""How what was spent for a client is passed on, with a markup; it knows no invoices."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

import attrs

from milestone_invoicing._checks import require_date, require_text, require_type, tuple_of
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.billing.methods.amounts import (
    amount_line,
    require_currency_of_all,
    tax_or_outside,
)
from milestone_invoicing.billing.methods.days import billed_by
from milestone_invoicing.errors import NumberRangeError
from milestone_invoicing.money import Money, Percent, Rounding


@attrs.frozen
class Expense:
    """What was spent for a client on a day.

    Args:
        on: the day.
        amount: what it cost, less the tax that the seller gets back; below zero it came back.
        description: what for.
        receipt: the reference of the receipt, or an empty text.

    Raises:
        DateTypeError: *on* is not a plain date.
        BlankTextError: the description is blank.
        WrongTypeError: a part is of another type.

    Example:
        >>> train = Expense(date(2026, 5, 4), Money.of("84.20", "EUR"), "Train", receipt="R-17")
        >>> str(train.amount)
        'EUR 84.20'

    Source: reimbursable expenses; convention of this library.
    """

    on: date
    amount: Money
    description: str
    receipt: str = attrs.field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part."""
        require_date(self.on, "the day of an expense")
        require_type(self.amount, Money, "the amount of an expense")
        require_text(self.description, "the description of an expense")
        require_type(self.receipt, str, "the receipt of an expense")


def expense_lines(
    expenses: Iterable[Expense],
    *,
    as_of: date,
    markup: Percent | None = None,
    tax: Tax | None = None,
) -> tuple[Line, ...]:
    """Return the lines that pass expenses on: one for each, by day, with its receipt.

    Each line is the net amount and the markup on it, rounded half up once. So the markup of all
    lines may differ by up to half a unit a line from the markup on their sum: a client checks lines
    against receipts. No early discount reduces a line. Expenses after *as_of* wait for a later
    bill; those of one day keep their order.

    Args:
        expenses: what is not yet billed.
        as_of: the last day that is billed.
        markup: what is put on top of each amount; None: nothing.
        tax: of each line: the tax of the seller, whatever the receipt had; None is outside the
            scope of tax.

    Raises:
        NumberRangeError: the markup is below zero.
        CurrencyMismatchError: expenses in different currencies.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> train = Expense(date(2026, 5, 4), Money.of("84.20", "EUR"), "Train", receipt="R-17")
        >>> lines = expense_lines([train], as_of=date(2026, 5, 31), markup=Percent("7.5"))
        >>> lines[0].description, str(lines[0].net), lines[0].discountable
        ('2026-05-04 Train (R-17)', 'EUR 90.52', False)

    Source: convention of this library.
    """
    known = tuple_of(expenses, Expense, "expenses")
    require_currency_of_all(expense.amount for expense in known)
    factor = 1 + _markup(markup)
    tax = tax_or_outside(tax)
    return tuple(_line(expense, factor, tax) for expense in billed_by(known, as_of))


def _line(expense: Expense, factor: Fraction, tax: Tax) -> Line:
    receipt = f" ({expense.receipt})" if expense.receipt else ""
    words = f"{expense.on} {expense.description}{receipt}"
    amount = expense.amount.times(factor, rounding=Rounding.HALF_UP)
    return amount_line(words, amount, tax, discountable=False)


def _markup(markup: Percent | None) -> Fraction:
    require_type(markup, (Percent, type(None)), "the markup")
    share = Fraction(0) if markup is None else markup.fraction
    if share < 0:
        raise NumberRangeError("a markup is below zero", expected="zero or more", got=markup)
    return share
