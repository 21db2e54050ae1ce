"""What type a user of the other billing methods gets; checked by mypy and pyright, never run."""

from datetime import date
from decimal import Decimal
from typing import assert_type

from milestone_invoicing import (
    Expense,
    HoursDrawn,
    Line,
    Money,
    Percent,
    Period,
    PrepaidHours,
    Price,
    Proration,
    Recurrence,
    Retainer,
    Tax,
    TierBasis,
    TimeEntry,
    expense_lines,
    hours_drawn,
    late_fee_line,
    retainer_lines,
    success_fee_line,
)

today = date(2026, 5, 4)
amount = Money.of(100, "EUR")
monthly = Recurrence.monthly(today)
vat = Tax.standard(21)

retainer = Retainer("Support", amount, monthly, first=today, proration=Proration.THIRTY_DAYS)
assert_type(retainer.last, date | None)
assert_type(retainer_lines(retainer, Period.through(today, today), tax=vat), tuple[Line, ...])

bundle = PrepaidHours("7.5", monthly, rate=Price("92.50", "EUR"), valid_for=None, cap=15)
assert_type(bundle.hours, Decimal)
assert_type(bundle.cap, Decimal | None)
assert_type(bundle.valid_for, int | None)
rows = hours_drawn(bundle, [TimeEntry(today, 8, amount, "Support")], as_of=today)
assert_type(rows, tuple[HoursDrawn, ...])
assert_type(rows[0].closing, Decimal)
assert_type(rows[0].lines, tuple[Line, ...])

assert_type(success_fee_line("Fee", amount, Percent(10), baseline=amount), Line)
tiers = [(amount, Percent(10)), (amount * 2, Percent(15))]
assert_type(success_fee_line("Fee", amount, tiers, basis=TierBasis.WHOLE, cap=amount), Line)

expenses = (Expense(today, amount, "Train", receipt="R-17"),)
assert_type(expense_lines(expenses, as_of=today, markup=Percent(5)), tuple[Line, ...])
assert_type(late_fee_line("Interest", amount), Line)
