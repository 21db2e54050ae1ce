"""How an amount becomes a line, and what amounts of one bill must share; it counts no days."""

from collections.abc import Iterable

from milestone_invoicing._checks import require_type
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.errors import NegativePriceError, NumberRangeError
from milestone_invoicing.money import Money, Price
from milestone_invoicing.money.money import require_one_currency
from milestone_invoicing.timing import Period


def amount_line(
    description: str,
    amount: Money,
    tax: Tax,
    *,
    period: Period | None = None,
    discountable: bool = True,
) -> Line:
    """Return one line of *amount*; below zero it has the quantity -1."""
    sign = -1 if amount.minor < 0 else 1
    return Line(description, sign, abs(amount), tax=tax, period=period, discountable=discountable)


def tax_or_outside(tax: Tax | None) -> Tax:
    """Return *tax*, or for None the category outside the scope of tax.

    Raises:
        WrongTypeError: it is neither.
    """
    require_type(tax, (Tax, type(None)), "the tax")
    return tax or Tax.outside_scope()


def require_not_below_zero(price: Price | Money, name: str, hint: str) -> None:
    """Refuse all but a Price or Money of zero or more.

    Raises:
        NegativePriceError: below zero.
        WrongTypeError: of another type.
    """
    require_type(price, (Price, Money), name)
    size = price.value if isinstance(price, Price) else price.minor
    if size < 0:
        raise NegativePriceError(
            f"{name} is below zero", expected="zero or more", got=price, hint=hint
        )


def require_bound(bound: Money | None, name: str, like: Money) -> None:
    """Refuse all but None, or Money of zero or more in the currency of *like*.

    Raises:
        NumberRangeError: below zero.
        CurrencyMismatchError: in another currency.
        WrongTypeError: of another type.
    """
    if bound is None:
        return
    require_type(bound, Money, name)
    require_one_currency(like, bound)
    if bound.minor < 0:
        raise NumberRangeError(
            f"{name} is below zero", expected=f"{bound - bound} or more", got=bound
        )


def require_currency_of_all(prices: Iterable[Price | Money]) -> None:
    """Refuse prices in different currencies.

    Raises:
        CurrencyMismatchError: one is in another currency than the first.
    """
    zeros = [Money.zero(price.currency) for price in prices]
    for zero in zeros:
        require_one_currency(zeros[0], zero)
