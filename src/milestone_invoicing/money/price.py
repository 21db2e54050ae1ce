"""What a unit price is: exact, finer than the currency; it becomes Money only when rounded."""

from decimal import Decimal
from fractions import Fraction

import attrs

from milestone_invoicing._checks import require_type
from milestone_invoicing.money.currency import Currency
from milestone_invoicing.money.exact import ExactNumber, exact_fraction, fraction_text
from milestone_invoicing.money.money import Money, whole_units
from milestone_invoicing.money.rounding import Rounding


@attrs.frozen(init=False, repr=False, weakref_slot=False)
class Price:
    """An exact price of one unit, or an hourly rate: ``Price("0.00345", "EUR")``.

    Args:
        amount: major units as int, Decimal, Fraction or exact text, as fine as needed.
        currency: an ISO 4217 code or a Currency that has a minor unit.

    Raises:
        NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError: *amount* is
            no exact and sensible number.
        UnknownCurrencyError, NoMinorUnitError: no price can be in that currency.

    Example:
        >>> str(Price("0.00345", "EUR").times(1000, rounding=Rounding.HALF_UP))
        'EUR 3.45'

    Source: EN 16931 item net price (BT-146), which may be finer than the currency.
    """

    value: Fraction
    currency: Currency

    def __init__(self, amount: ExactNumber, currency: str | Currency) -> None:
        """Take major units and their currency."""
        unit = Currency.of(currency)
        unit.digits  # noqa: B018  # raises for codes that no amount can be in
        object.__setattr__(self, "value", exact_fraction(amount, "a price"))
        object.__setattr__(self, "currency", unit)

    @classmethod
    def of_money(cls, amount: Money) -> "Price":
        """Return the price that equals *amount* for one unit.

        Raises:
            WrongTypeError: *amount* is not Money.
            NumberTooLargeError: *amount* has more digits than a price may have.

        Example:
            >>> Price.of_money(Money.of("85.50", "USD"))
            Price('85.5', 'USD')
        """
        require_type(amount, Money, "an amount")
        return cls(Fraction(amount.minor, 10**amount.currency.digits), amount.currency)

    def times(self, quantity: int | Decimal | Fraction, *, rounding: Rounding | None) -> Money:
        """Return the price of *quantity* units, rounded once to minor units.

        Args:
            quantity: how many, exact; may be negative.
            rounding: how to reach whole minor units; None raises for an inexact result.

        Raises:
            PrecisionError: the result is not whole and *rounding* is None.
            NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError: *quantity*
                is no exact and sensible number.
            WrongTypeError: *rounding* is neither a Rounding nor None.

        Example:
            >>> str(Price("85.50", "USD").times(Fraction(1, 3), rounding=Rounding.HALF_UP))
            'USD 28.50'
        """
        if rounding is not None:
            require_type(rounding, Rounding, "rounding")
        exact = self.value * exact_fraction(quantity, "a quantity")
        above, below = exact.as_integer_ratio()
        return whole_units(above * 10**self.currency.digits, below, self.currency, rounding)

    def __str__(self) -> str:
        """Return ``EUR 0.00345``."""
        return f"{self.currency.code} {fraction_text(self.value)}"

    def __format__(self, spec: str) -> str:
        """Format the text of ``str``, so that a column can be aligned: ``f"{value:>15}"``."""
        return format(str(self), spec)

    def __repr__(self) -> str:
        """Return a call that gives this price."""
        own = self.currency.code if self.currency.is_listed else self.currency
        return f"Price({fraction_text(self.value)!r}, {own!r})"

    def __reduce__(self) -> tuple[object, ...]:
        """Come back through the constructor."""
        return Price, (self.value, self.currency)
