"""What one line of an invoice bills: so many units at a price; it knows no document totals."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import Final

import attrs

from milestone_invoicing._checks import Parts, require_text, require_type, tuple_of
from milestone_invoicing.billing.document.adjustment import Adjustment
from milestone_invoicing.billing.document.delivery import Delivery
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.errors import (
    ArgumentsError,
    NegativePriceError,
    NumberRangeError,
    TaxError,
)
from milestone_invoicing.money import Currency, Money, Price, Rounding
from milestone_invoicing.money.exact import decimal_value
from milestone_invoicing.money.money import require_one_currency
from milestone_invoicing.money.rounding import rounded
from milestone_invoicing.timing import Period

_ONE: Final = Decimal(1)
_OUTSIDE_SCOPE: Final = Tax.outside_scope()
_PARTS: Final = Parts(
    price=(
        (Price, Money),
        "the price of a line",
        'write Money.of("100.00", "EUR"), or Price for more decimals',
    ),
    unit=(str, "the unit of a line"),
    tax=(Tax, "the tax of a line", "write Tax.standard(21)"),
    period=((Period, type(None)), "the period of a line"),
    delivery=((Delivery, type(None)), "the delivery of a line"),
    discountable=(bool, "discountable"),
    retainage=(bool, "retainage"),
)


def _quantity(value: int | Decimal | str) -> Decimal:
    return decimal_value(value, "a quantity")


def _base_quantity(value: int | Decimal | str) -> Decimal:
    return _ONE if value is _ONE else decimal_value(value, "a base quantity")


def _adjustments(values: Iterable[Adjustment]) -> tuple[Adjustment, ...]:
    return tuple_of(values, Adjustment, "the allowances and charges of a line")


@attrs.frozen
class Line:
    """One line of an invoice.

    Args:
        description: what is billed (BT-153).
        quantity: how many (BT-129), as int, Decimal or decimal text; may be negative.
        price: of *base_quantity* units (BT-146), a Price or Money; never negative.
        unit: the unit of the quantity, in words or as a code (BT-130); none means single things,
            "one" in the code list (C62).
        tax: its tax; outside the scope of tax by default.
        allowances: what is taken off the line (BG-27); without a tax of their own.
        charges: what is added to it (BG-28); without a tax of their own.
        base_quantity: how many units the price is for (BT-149), above zero.
        milestone: the key of the milestone that it bills.
        period: the days that it bills (BG-26); its end is exclusive.
        delivery: what was delivered, and who approved it.
        discountable: whether an early discount reduces it; a fixed tax, freight or an expense is
            often to be paid whole.
        tax_amount: its tax, where that is a part of the tax of another document, or was taken out
            of a price with tax; None is the rate times the sum of its group, as usual.
        deducts: the number of the earlier document whose amount it takes off.
        retainage: whether it is money left off until it is released, or released now; it is no
            work, and names no milestone.

    Raises:
        BlankTextError: the description or a given milestone key is blank.
        NegativePriceError: the price is below zero (BR-27).
        NumberRangeError: the base quantity is not above zero.
        NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError: a quantity is no
            exact and sensible decimal number.
        TaxError: a tax amount of another sign than the net amount, or without a rate.
        CurrencyMismatchError: a tax amount, an allowance or a charge in another currency.
        ArgumentsError: retainage with a milestone, or an allowance or charge with a tax.
        WrongTypeError: a part is of another type.

    Example:
        >>> str(Line("Design", "7.5", Price("85.50", "USD"), unit="hour").net)
        'USD 641.25'

    Source: EN 16931 invoice line (BG-25).
    """

    description: str
    quantity: Decimal = attrs.field(converter=_quantity)
    price: Price | Money
    unit: str = attrs.field(default="", kw_only=True)
    tax: Tax = attrs.field(factory=lambda: _OUTSIDE_SCOPE, kw_only=True)
    allowances: tuple[Adjustment, ...] = attrs.field(
        default=(), converter=_adjustments, kw_only=True
    )
    charges: tuple[Adjustment, ...] = attrs.field(default=(), converter=_adjustments, kw_only=True)
    base_quantity: Decimal = attrs.field(default=_ONE, converter=_base_quantity, kw_only=True)
    milestone: str | None = attrs.field(default=None, kw_only=True)
    period: Period | None = attrs.field(default=None, kw_only=True)
    delivery: Delivery | None = attrs.field(default=None, kw_only=True)
    discountable: bool = attrs.field(default=True, kw_only=True)
    tax_amount: Money | None = attrs.field(default=None, kw_only=True)
    deducts: str | None = attrs.field(default=None, kw_only=True)
    retainage: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part."""
        require_text(self.description, "the description of a line")
        _PARTS.require(self)
        if self.milestone is not None:
            require_text(self.milestone, "the milestone of a line")
        if self.deducts is not None:
            require_text(self.deducts, "the number of the deducted document")
        if self.retainage and self.milestone is not None:
            raise ArgumentsError(
                "retainage is no work of a milestone",
                expected="milestone=None",
                got=self.milestone,
            )
        if self.base_quantity is not _ONE and self.base_quantity <= 0:
            raise NumberRangeError(
                "a base quantity is too small", expected="above zero", got=self.base_quantity
            )
        price = self.price
        if (price.minor if isinstance(price, Money) else price.value.numerator) < 0:
            raise NegativePriceError(
                "the price of a line is below zero",
                expected="zero or more",
                got=price,
                hint="give the quantity the minus sign",
            )
        for each in (*self.allowances, *self.charges):
            self._check_adjustment(each)
        _set_posting(self, self._posting())  # every document asks for it
        self._check_tax_amount()

    def _check_adjustment(self, each: Adjustment) -> None:
        if each.tax is not None:
            raise ArgumentsError(
                "an allowance or charge of a line has the tax of its line",
                expected="tax=None",
                got=each.tax,
            )
        each.amount_on(Money(0, self.currency))

    def _check_tax_amount(self) -> None:
        amount = self.tax_amount
        if amount is None:
            return
        require_type(amount, (Money, type(None)), "the tax amount of a line")
        require_one_currency(self.net, amount)
        if amount.minor * self.net.minor < 0 or (amount.minor and not self.tax.has_rate):
            raise TaxError(
                "a tax amount does not go with its line",
                expected=f"an amount of the sign of {self.net}, by a rate above zero",
                got=amount,
            )

    @property
    def currency(self) -> Currency:
        """The currency of its price."""
        return self.price.currency

    @property
    def _price_ratio(self) -> tuple[int, int]:
        """The price in minor units, as numerator and denominator."""
        price = self.price
        if isinstance(price, Money):
            return price.minor, 1
        return price.value.numerator * 10**price.currency.digits, price.value.denominator

    @cached_property
    def posting(self) -> tuple[int, int, Currency | None]:
        """What totals read of every line: one look at one tuple is faster than many at a line.

        The identity of its tax, its net in minor units, and its currency; None instead of the
        currency if the line states its tax amount.
        """
        return self._posting()

    def _posting(self) -> tuple[int, int, Currency | None]:
        stated = self.tax_amount is not None
        return id(self.tax), self._adjusted(), None if stated else self.price.currency

    @property
    def net_minor(self) -> int:
        """The net amount in minor units; totals add these up, and box the sum into Money once."""
        return self.posting[1]

    @property
    def amount(self) -> Money:
        """Quantity x price / base quantity, rounded half up once, before allowances and charges."""
        return Money(self._amount_minor(), self.currency)

    def _amount_minor(self) -> int:
        above, below = self._price_ratio
        many, part = self.quantity.as_integer_ratio()
        above, below = above * many, below * part
        if self.base_quantity is not _ONE and self.base_quantity != 1:
            base, of_base = self.base_quantity.as_integer_ratio()
            above, below = above * of_base, below * base
        return above if below == 1 else rounded(above, below, Rounding.HALF_UP)

    def _adjusted(self) -> int:
        minor = self._amount_minor()
        if self.allowances or self.charges:
            whole = Money(minor, self.currency)
            minor -= sum(each.amount_on(whole).minor for each in self.allowances)
            minor += sum(each.amount_on(whole).minor for each in self.charges)
        return minor

    @property
    def net(self) -> Money:
        """The net amount (BT-131).

        It is quantity x price / base quantity, rounded half up once, less allowances, plus charges.
        """
        return Money(self.net_minor, self.currency)


# The slot of a cached property, set when a line is made: found missing, it takes twice as long.
_set_posting: Final = Line.__dict__["posting"].__set__
