"""What an amount is reduced or raised by: an allowance or a charge; it knows no lines or totals."""

import attrs

from milestone_invoicing._checks import require_text, require_type
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.errors import ArgumentsError, WrongTypeError
from milestone_invoicing.money import Money, Percent, Rounding
from milestone_invoicing.money.money import require_one_currency


@attrs.frozen
class Adjustment:
    """An amount on top or off: where it is given says whether it is an allowance or a charge.

    The same value says what is withheld of an invoice.

    Args:
        amount: Money, or a Percent of the base (BT-94, BT-101, BT-138, BT-143).
        reason: in words (BT-97, BT-104, BT-139, BT-144).
        base: what a percentage is of (BT-93, BT-100, BT-137, BT-142); None: what it stands on, that
            is the amount of the line, or the sum of the lines for one of the whole document.
        tax: of one of the whole document, which has a tax of its own (BT-95, BT-102). Without one,
            a percentage of all lines is spread over their taxes, so that it takes the same part of
            each; it may have one only if all lines have that tax. One of a line has the tax of its
            line.
        code: of the reason, from UNTDID 5189 for allowances or 7161 for charges (BT-98, BT-105).
        discountable: whether an early discount reduces it too.

    Rounding: a percentage of the base is rounded half up once; its parts by tax, by running totals.

    Raises:
        BlankTextError: the reason is blank (BR-33, BR-38, BR-42, BR-44).
        ArgumentsError: a base beside an amount of money.
        WrongTypeError: a part is of another type.

    Example:
        >>> volume = Adjustment(Percent("2.5"), "Volume")
        >>> str(volume.amount_on(Money.of("99.99", "EUR")))
        'EUR 2.50'

    Source: EN 16931 allowances and charges (BG-20, BG-21, BG-27, BG-28).
    """

    amount: Money | Percent
    reason: str
    base: Money | None = attrs.field(default=None, kw_only=True)
    tax: Tax | None = attrs.field(default=None, kw_only=True)
    code: str = attrs.field(default="", kw_only=True)
    discountable: bool = attrs.field(default=True, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part."""
        if not issubclass(type(self.amount), (Money, Percent)):
            raise WrongTypeError(
                "the amount of an allowance or charge is of the wrong type",
                expected="Money or Percent",
                got=self.amount,
                hint='write Percent(10) or Money.of(10, "EUR")',
            )
        require_text(self.reason, "the reason of an allowance or charge")
        require_type(self.base, (Money, type(None)), "the base of an allowance or charge")
        require_type(self.tax, (Tax, type(None)), "the tax of an allowance or charge")
        require_type(self.code, str, "the code of an allowance or charge")
        require_type(self.discountable, bool, "discountable")
        if self.base is not None and isinstance(self.amount, Money):
            raise ArgumentsError(
                "an amount of money has no base",
                expected="a Percent with a base, or Money without one",
                got=self.amount,
            )

    def amount_on(self, whole: Money) -> Money:
        """Return the amount, where *whole* is what it stands on; a percentage half up once.

        Raises:
            CurrencyMismatchError: amount or base are in another currency than *whole*.
            WrongTypeError: *whole* is no Money.
        """
        require_type(whole, Money, "what the amount stands on")
        if isinstance(self.amount, Money):
            require_one_currency(whole, self.amount)
            return self.amount
        base = whole if self.base is None else self.base
        require_one_currency(whole, base)
        return base.times(self.amount, rounding=Rounding.HALF_UP)

    def __neg__(self) -> "Adjustment":
        """Return it for the mirrored document: money changes its sign, a percentage its base."""
        if isinstance(self.amount, Money):
            return attrs.evolve(self, amount=-self.amount)
        return self if self.base is None else attrs.evolve(self, base=-self.base)
