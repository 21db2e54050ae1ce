"""What an amount is: a whole number of minor units in one currency; it knows no splitting."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from milestone_invoicing._checks import require_type, tuple_of
from milestone_invoicing.errors import (
    CurrencyMismatchError,
    NumberFormatError,
    NumberTypeError,
    PrecisionError,
    StepError,
    ZeroDivisorError,
)
from milestone_invoicing.money.currency import Currency
from milestone_invoicing.money.exact import (
    decimal_parts,
    decimal_text,
    exact_fraction,
    fraction_text,
)
from milestone_invoicing.money.percent import Percent
from milestone_invoicing.money.rounding import Rounding, round_ratio


@attrs.frozen(init=False, order=False, repr=False, weakref_slot=False)
class Money:
    """An exact amount: ``Money(123450, Currency.of("EUR"))`` is 1,234.50 euro.

    Args:
        minor: the amount in minor units (cents), an int.
        currency: a currency that has a minor unit.

    ``+`` and ``-`` work within one currency, ``*`` with an int; everything that may need
    rounding is a method that asks for it. Amounts of different currencies are unequal, and
    cannot be added or ordered.

    Raises:
        NumberTypeError: *minor* is not an int (a bool is none).
        WrongTypeError: *currency* is not a Currency.
        NoMinorUnitError: amounts cannot be counted in this currency.

    Example:
        >>> Money.of("1234.50", "EUR") + Money.of(1, "EUR")
        Money.of('1235.50', 'EUR')

    Source: the minor units of ISO 4217.
    """

    minor: int
    currency: Currency

    def __init__(self, minor: int, currency: Currency) -> None:
        """Take minor units and their currency."""
        if minor.__class__ is not int:
            raise NumberTypeError(
                "minor units are not a whole number",
                expected="int",
                got=minor,
                hint='an amount in major units is Money.of("12.34", "EUR")',
            )
        if currency.__class__ is not Currency:
            require_type(currency, Currency, "currency")
        if currency.minor_units is None:
            currency.digits  # noqa: B018  # raises the error that names the code
        _set_minor(self, minor)
        _set_currency(self, currency)

    @classmethod
    def of(
        cls,
        amount: int | Decimal | str,
        currency: str | Currency,
        *,
        rounding: Rounding | None = None,
    ) -> "Money":
        """Return an amount given in major units.

        Args:
            amount: euros, say, as int, Decimal or decimal text.
            currency: an ISO 4217 code or a Currency.
            rounding: how to shorten more digits than the currency has; without it they raise.

        Raises:
            PrecisionError: more digits than the currency has, and no *rounding*.
            NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError: no exact
                and sensible number; a float is never one.
            UnknownCurrencyError, NoMinorUnitError: no amount can be in that currency.
            WrongTypeError: *currency* or *rounding* is of another type than named above.

        Example:
            >>> str(Money.of("0.125", "EUR", rounding=Rounding.HALF_EVEN))
            'EUR 0.12'
        """
        if rounding is not None:
            require_type(rounding, Rounding, "rounding")
        unit = Currency.of(currency)
        digits, exponent = decimal_parts(amount, "an amount")
        exponent += unit.digits
        if exponent >= 0:
            return Money(digits * 10**exponent, unit)
        return whole_units(Fraction(digits, 10**-exponent), unit, rounding)

    @classmethod
    def zero(cls, currency: str | Currency) -> "Money":
        """Return nothing at all, in *currency*.

        Raises:
            UnknownCurrencyError, NoMinorUnitError: no amount can be in that currency.

        Example:
            >>> str(Money.zero("JPY"))
            'JPY 0'
        """
        return Money(0, Currency.of(currency))

    @classmethod
    def parse(cls, text: str, *, currencies: Iterable[Currency] = ()) -> "Money":
        """Read what ``str`` writes: a code, one space, and the amount.

        Args:
            text: for instance ``"EUR 1234.50"``; signs and points as in Python numbers.
            currencies: currencies of one's own that the code may name.

        Raises:
            WrongTypeError: *text* is no text, or *currencies* are not currencies.
            NumberFormatError, NotFiniteError: the text has another form.
            NumberTooLargeError: more than 4,000 digits, as in any text.
            PrecisionError: more digits than the currency has.
            UnknownCurrencyError, NoMinorUnitError: no amount can be in that currency.

        Example:
            >>> Money.parse("EUR 1234.50").minor
            123450
        """
        require_type(text, str, "an amount with its currency")
        code, space, amount = text.partition(" ")
        if not space:
            raise NumberFormatError(
                "an amount has no currency",
                expected='a code and an amount, such as "EUR 1234.50"',
                got=text,
            )
        known = tuple_of(currencies, Currency, "currencies")
        own = {currency.code: currency for currency in known}
        return Money.of(amount, own.get(code, code))

    @classmethod
    def total(cls, items: Iterable["Money"], *, currency: str | Currency) -> "Money":
        """Return the sum of *items*; the sum of none is zero in *currency*.

        Raises:
            CurrencyMismatchError: an item is in another currency.
            WrongTypeError: *items* is no collection, or an item is not Money.
            UnknownCurrencyError, NoMinorUnitError: no amount can be in *currency*.

        Example:
            >>> str(Money.total([], currency="EUR"))
            'EUR 0.00'
        """
        require_type(items, Iterable, "the collection of amounts")
        result = Money.zero(currency)
        for item in items:
            require_type(item, Money, "an amount to add up")
            result += item
        return result

    @property
    def amount(self) -> Decimal:
        """The amount in major units, exact whatever the decimal context.

        Example:
            >>> Money(5, Currency.of("EUR")).amount
            Decimal('0.05')
        """
        return Decimal(self._number())

    def times(
        self, factor: int | Decimal | Fraction | Percent, *, rounding: Rounding | None = None
    ) -> "Money":
        """Return this amount times *factor*, rounded once.

        Args:
            factor: int, Decimal, Fraction or Percent.
            rounding: how to reach whole minor units; without it an inexact result raises.

        Raises:
            PrecisionError: the result is not whole, and no *rounding* was given.
            NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError: the factor
                is no exact and sensible number.
            WrongTypeError: *rounding* is neither a Rounding nor None.

        Example:
            >>> str(Money.of("99.95", "EUR").times(Percent(21), rounding=Rounding.HALF_UP))
            'EUR 20.99'
        """
        exact = (
            factor.fraction if isinstance(factor, Percent) else exact_fraction(factor, "a factor")
        )
        return whole_units(self.minor * exact, self.currency, rounding)

    def ratio_to(self, other: "Money") -> Fraction:
        """Return the exact ratio of this amount to *other*.

        Raises:
            WrongTypeError: *other* is not Money.
            CurrencyMismatchError: the currencies differ.
            ZeroDivisorError: *other* is zero.

        Example:
            >>> Money.of(40, "EUR").ratio_to(Money.of(120, "EUR"))
            Fraction(1, 3)
        """
        self._require_same(other)
        if other.minor == 0:
            raise ZeroDivisorError(
                "a ratio to nothing has no value", expected="an amount other than zero", got=other
            )
        return Fraction(self.minor, other.minor)

    def rounded_to(self, step: "Money", *, rounding: Rounding) -> "Money":
        """Return the multiple of *step* that *rounding* chooses: cash steps such as CHF 0.05.

        Raises:
            WrongTypeError: *step* is not Money, or *rounding* not a Rounding.
            CurrencyMismatchError: the currencies differ.
            StepError: *step* is not above zero.

        Example:
            >>> step = Money.of("0.05", "CHF")
            >>> str(Money.of("12.33", "CHF").rounded_to(step, rounding=Rounding.HALF_UP))
            'CHF 12.35'
        """
        width = step_width(step, self)
        return Money(round_ratio(self.minor, width, rounding) * width, self.currency)

    def __add__(self, other: "Money") -> "Money":
        """Return the sum; also ``0 + money``, so that ``sum()`` works."""
        if not isinstance(other, Money):
            return NotImplemented
        self._require_same(other)
        return Money(self.minor + other.minor, self.currency)

    def __radd__(self, other: object) -> "Money":
        """Let ``sum()`` start from its own zero."""
        return self if other.__class__ is int and other == 0 else NotImplemented

    def __sub__(self, other: "Money") -> "Money":
        """Return the difference."""
        if not isinstance(other, Money):
            return NotImplemented
        self._require_same(other)
        return Money(self.minor - other.minor, self.currency)

    def __mul__(self, factor: int) -> "Money":
        """Return the amount taken *factor* times; for other factors there is ``times``."""
        if factor.__class__ is not int:
            if isinstance(factor, (Decimal, Fraction, Percent, float, bool)):
                raise NumberTypeError(
                    "an amount is multiplied by whole numbers only",
                    expected="int",
                    got=factor,
                    hint="call .times(factor, rounding=...)",
                )
            return NotImplemented
        return Money(self.minor * factor, self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        """Return the amount of the other sign."""
        return Money(-self.minor, self.currency)

    def __pos__(self) -> "Money":
        """Return this amount."""
        return self

    def __abs__(self) -> "Money":
        """Return the amount without its sign."""
        return Money(abs(self.minor), self.currency)

    def __bool__(self) -> bool:
        """Say whether there is anything at all."""
        return self.minor != 0

    def __lt__(self, other: "Money") -> bool:
        """Order within one currency."""
        return self.minor < self._comparable(other) if isinstance(other, Money) else NotImplemented

    def __le__(self, other: "Money") -> bool:
        """Order within one currency."""
        return self.minor <= self._comparable(other) if isinstance(other, Money) else NotImplemented

    def __gt__(self, other: "Money") -> bool:
        """Order within one currency."""
        return self.minor > self._comparable(other) if isinstance(other, Money) else NotImplemented

    def __ge__(self, other: "Money") -> bool:
        """Order within one currency."""
        return self.minor >= self._comparable(other) if isinstance(other, Money) else NotImplemented

    def __str__(self) -> str:
        """Return ``EUR 1234.50``, which ``parse`` reads back."""
        return f"{self.currency.code} {self._number()}"

    def __repr__(self) -> str:
        """Return a call that gives this amount."""
        own = self.currency.code if self.currency.is_listed else self.currency
        return f"Money.of({self._number()!r}, {own!r})"

    def __reduce__(self) -> tuple[object, ...]:
        """Come back through the constructor."""
        return Money, (self.minor, self.currency)

    def __copy__(self) -> "Money":
        """Return this amount: it cannot change."""
        return self

    def __deepcopy__(self, memo: object) -> "Money":
        """Return this amount: it cannot change."""
        return self

    def _number(self) -> str:
        return decimal_text(self.minor, -self.currency.digits)

    def _comparable(self, other: "Money") -> int:
        self._require_same(other)
        return other.minor

    def _require_same(self, other: "Money") -> None:
        """Refuse an amount of another currency."""
        require_type(other, Money, "the other amount")
        if other.currency is not self.currency and other.currency != self.currency:
            ours, theirs = self.currency, other.currency
            alike = f" with {ours.digits} decimal places" if ours.code == theirs.code else ""
            raise CurrencyMismatchError(
                "amounts are in different currencies",
                expected=f"{ours.code}{alike}",
                got=other,
                hint="convert one of them first",
                left=ours.code,
                right=theirs.code,
            )


def whole_units(minor: Fraction, currency: Currency, rounding: Rounding | None) -> Money:
    """Return exact *minor* units as Money, rounded once; without *rounding* a part raises."""
    if rounding is None:
        if minor.denominator != 1:
            raise PrecisionError(
                "an amount is finer than its currency",
                expected=f"at most {currency.digits} decimal places for {currency}",
                got=fraction_text(minor / 10**currency.digits),
                hint="give rounding=, for instance Rounding.HALF_UP",
            )
        return Money(minor.numerator, currency)
    return Money(round_ratio(minor.numerator, minor.denominator, rounding), currency)


def step_width(step: Money, total: Money) -> int:
    """Return the minor units of a cash step for amounts such as *total*."""
    total._require_same(step)  # noqa: SLF001  # the check of one class, kept in one place
    if step.minor <= 0:
        raise StepError("a cash step has no width", expected="a step above zero", got=step)
    return step.minor


# The descriptors of the slots set a frozen value without the cost of object.__setattr__.
_set_minor: Final = Money.__dict__["minor"].__set__
_set_currency: Final = Money.__dict__["currency"].__set__
