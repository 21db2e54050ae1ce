"""What type a user of the money room gets; checked by mypy and pyright, never run."""

from decimal import Decimal
from fractions import Fraction
from typing import assert_type

from milestone_invoicing import (
    Currency,
    LimitedParts,
    Money,
    Percent,
    Price,
    Remainder,
    Rounding,
    TaxedAmount,
    allocate,
    allocate_up_to,
    split_evenly,
    split_with_tax,
    spread,
)

amount = Money.of("1234.50", "EUR")
assert_type(amount, Money)
assert_type(amount.minor, int)
assert_type(amount.amount, Decimal)
assert_type(amount.currency, Currency)
assert_type(amount + amount, Money)
assert_type(-amount, Money)
assert_type(abs(amount), Money)
assert_type(amount * 3, Money)
assert_type(3 * amount, Money)
assert_type(amount < amount, bool)
assert_type(amount.ratio_to(amount), Fraction)
assert_type(amount.times(Percent("21"), rounding=Rounding.HALF_UP), Money)
assert_type(Money.total((amount, amount), currency="EUR"), Money)
assert_type(Money.zero(Currency.of("EUR")), Money)
assert_type(Percent(30).fraction, Fraction)
assert_type(Price("0.00345", "EUR").times(7, rounding=Rounding.HALF_EVEN), Money)
assert_type(allocate(amount, (1, Decimal("2.5"), Fraction(1, 3), "0.1")), tuple[Money, ...])
assert_type(split_evenly(amount, 3, remainder=Remainder.CUMULATIVE), tuple[Money, ...])
assert_type(spread(amount, 1_000_000), tuple[tuple[Money, int], ...])
assert_type(allocate_up_to(amount, [amount], weights=("1/3",)), LimitedParts)
assert_type(allocate_up_to(amount, (amount, amount)).left, Money)
assert_type(TaxedAmount(amount, amount).gross, Money)
assert_type(
    split_with_tax([TaxedAmount(amount, amount)], (1, 2)), tuple[tuple[TaxedAmount, ...], ...]
)

# What must not type-check: the comment says which rule a checker has to report.
Money.of(1.5, "EUR")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
amount + 1  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnusedExpression]
amount * 1.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnusedExpression]
