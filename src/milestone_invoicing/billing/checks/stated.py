"""What somebody prints as the totals of a document; it does not know whether they are right."""

from collections.abc import Iterable
from typing import Final

import attrs

from milestone_invoicing._checks import require_type, tuple_of
from milestone_invoicing.billing.document.breakdown import TaxSubtotal
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.money import Currency, Money
from milestone_invoicing.money.money import require_one_currency

_NEEDED: Final = ("line_total", "tax_exclusive", "tax_inclusive", "payable")
_OPTIONAL: Final = ("allowance_total", "charge_total", "tax", "prepaid", "rounding")


def _groups(values: Iterable[TaxSubtotal]) -> tuple[TaxSubtotal, ...]:
    return tuple_of(values, TaxSubtotal, "the stated tax groups")


def _nets(values: Iterable[Money]) -> tuple[Money, ...]:
    return tuple_of(values, Money, "the stated net amounts of lines")


@attrs.frozen(kw_only=True)
class StatedTotals:
    """Totals as they are printed on a document, in the order of EN 16931 (BG-22).

    Each is named as the figure of ``Totals`` that it should be. What is not printed is None, and
    counts as nothing.

    Args:
        line_total: the sum of the lines (BT-106).
        allowance_total: the sum of the allowances of the whole document (BT-107), or None.
        charge_total: the sum of its charges (BT-108), or None.
        tax_exclusive: the total without tax (BT-109).
        tax: the total tax (BT-110), or None.
        tax_inclusive: the total with tax (BT-112).
        prepaid: what is deducted (BT-113), or None.
        rounding: what is added to the payable (BT-114), or None.
        payable: the amount due for payment (BT-115).
        breakdown: the tax groups (BG-23).
        line_nets: the net amount of each line (BT-131), in the order of the lines; empty if they
            are not printed.

    Raises:
        WrongTypeError: a part is of another type.
        CurrencyMismatchError: two amounts are in different currencies.

    Example:
        >>> ten = Money.of(10, "EUR")
        >>> StatedTotals(
        ...     line_total=ten, tax_exclusive=ten, tax_inclusive=ten, payable=ten
        ... ).prepaid is None
        True

    Source: EN 16931 BR-12 to BR-15 for what is always printed.
    """

    line_total: Money
    allowance_total: Money | None = None
    charge_total: Money | None = None
    tax_exclusive: Money
    tax: Money | None = None
    tax_inclusive: Money
    prepaid: Money | None = None
    rounding: Money | None = None
    payable: Money
    breakdown: tuple[TaxSubtotal, ...] = attrs.field(default=(), converter=_groups)
    line_nets: tuple[Money, ...] = attrs.field(default=(), converter=_nets)

    def __attrs_post_init__(self) -> None:
        """Check types and currencies."""
        for name in _NEEDED:
            require_type(getattr(self, name), Money, f"the stated {name}")
        for name in _OPTIONAL:
            require_type(getattr(self, name), (Money, type(None)), f"the stated {name}")
        amounts = [getattr(self, name) for name in (*_NEEDED, *_OPTIONAL)]
        for amount in (*amounts, *self.line_nets, *(group.base for group in self.breakdown)):
            if amount is not None:
                require_one_currency(self.payable, amount)

    @classmethod
    def of(cls, invoice: Invoice) -> "StatedTotals":
        """Return what an invoice of this library states.

        Raises:
            WrongTypeError: not an invoice.

        Example:
            >>> line = Line("Audit", 1, Money.of(1000, "EUR"), tax=Tax.standard(21))
            >>> invoice = Invoice(None, None, Party("acme", "Acme"), [line])
            >>> str(StatedTotals.of(invoice).tax_inclusive)
            'EUR 1210.00'
        """
        require_type(invoice, Invoice, "the invoice")
        figures = {name: getattr(invoice.totals, name) for name in (*_NEEDED, *_OPTIONAL)}
        return cls(
            **figures,
            breakdown=invoice.totals.breakdown,
            line_nets=[line.net for line in invoice.lines],
        )

    @property
    def currency(self) -> Currency:
        """The currency of all its amounts."""
        return self.payable.currency

    def minor(self, name: str) -> int:
        """Return a figure in minor units, zero where it is not printed.

        Args:
            name: that of the figure, such as ``payable``.
        """
        amount: Money | None = getattr(self, name)
        return 0 if amount is None else amount.minor
