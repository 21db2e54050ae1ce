"""How a late fee or interest stands on a bill; it does not know how one is worked out."""

from milestone_invoicing._checks import require_type
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.billing.methods.amounts import (
    amount_line,
    require_not_below_zero,
    tax_or_outside,
)
from milestone_invoicing.money import Money


def late_fee_line(description: str, amount: Money, *, tax: Tax | None = None) -> Line:
    """Return the line that bills a late fee, or interest for late payment.

    It is a compensation and no price of work, so by default it is outside the scope of tax; and no
    early discount reduces it. The amount is taken as it is; nothing is rounded.

    Args:
        description: what it is for, and which invoice was late.
        amount: the finished amount, zero or more.
        tax: None is outside the scope of tax; give another where the law taxes it.

    Raises:
        NegativePriceError: the amount is below zero.
        BlankTextError: the description is blank.
        WrongTypeError: an argument of another type.

    Example:
        >>> line = late_fee_line("Interest on invoice 17, 101 days", Money.of("169.49", "EUR"))
        >>> str(line.net), str(line.tax), line.discountable
        ('EUR 169.49', 'O', False)

    Source: in the EU, compensation for late payment is no consideration for a supply (Court of
    Justice, case 222/81); the defaults are conventions of this library.
    """
    require_type(amount, Money, "the amount of a late fee")
    require_not_below_zero(amount, "the amount of a late fee", "credit the bill that has the fee")
    return amount_line(description, amount, tax_or_outside(tax), discountable=False)
