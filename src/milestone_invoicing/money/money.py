"""What an amount is: a whole number of minor units in one currency; it knows no splitting."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from milestone_invoicing._checks import is_a, items_of, require_type, tuple_of
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
    exact_ratio,
    fraction_text,
)
from milestone_invoicing.money.percent import Percent
from milestone_invoicing.money.rounding import Rounding, rounded


@attrs.frozen(init=False, eq=False, repr=False, weakref_slot=False)
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
        if type(minor) is not int:
            raise NumberTypeError(
                "minor units are not a whole number",
                expected="int",
                got=minor,
                hint='an amount in major units is Money.of("12.34", "EUR")',
            )
        if type(currency) is not Currency:
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
        exponent += unit.digits if unit.minor_units is None else unit.minor_units
        if exponent >= 0:
            return made(digits * 10**exponent if exponent else digits, unit)
        return whole_units(digits, 10**-exponent, unit, rounding)

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
        if not space or not code[:1].isalpha():
            raise NumberFormatError(
                "an amount does not begin with its currency",
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
        item = zero = Money.zero(currency)
        unit, total = zero.currency, 0
        # One look an item, at its currency: what is no Money has none, or no minor units.
        try:
            for item in items_of(
                items, "the collection of amounts", but=(str, bytes, dict), expected="Iterable"
            ):
                if item.currency is not unit:
                    require_one_currency(zero, item)
                total += item.minor
        except AttributeError:
            require_type(item, Money, "an amount to add up")
            raise
        return Money(total, unit)

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
        if is_a(factor, Percent):
            above, below = factor.fraction.as_integer_ratio()
        else:
            above, below = exact_ratio(factor, "a factor")
        if type(rounding) is Rounding:
            return made(rounded(self.minor * above, below, rounding), self.currency)
        if rounding is not None:
            require_type(rounding, Rounding, "rounding")
        return whole_units(self.minor * above, below, self.currency, rounding)

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
        require_one_currency(self, other)
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
        require_type(rounding, Rounding, "rounding")
        return made(rounded(self.minor, width, rounding) * width, self.currency)

    # The operators take the way of two Money of one interned currency first, and build the result
    # without the checks of the constructor, which would find nothing.

    def __add__(self, other: "Money") -> "Money":
        """Return the sum."""
        if type(other) is Money and other.currency is self.currency:
            result = _new(Money)
            _set_minor(result, self.minor + other.minor)
            _set_currency(result, self.currency)
            return result
        return (
            made(self.minor + other.minor, self.currency) if self._fits(other) else NotImplemented
        )

    def __radd__(self, other: object) -> "Money":
        """Let ``sum()`` start from its own zero."""
        return self if type(other) is int and other == 0 else NotImplemented

    def __sub__(self, other: "Money") -> "Money":
        """Return the difference."""
        if type(other) is Money and other.currency is self.currency:
            result = _new(Money)
            _set_minor(result, self.minor - other.minor)
            _set_currency(result, self.currency)
            return result
        return (
            made(self.minor - other.minor, self.currency) if self._fits(other) else NotImplemented
        )

    def __mul__(self, factor: int) -> "Money":
        """Return the amount taken *factor* times; for other factors there is ``times``."""
        if type(factor) is not int:
            if isinstance(factor, (Decimal, Fraction, Percent, float, bool)):
                raise NumberTypeError(
                    "an amount is multiplied by whole numbers only",
                    expected="int",
                    got=factor,
                    hint="call .times(factor, rounding=...)",
                )
            return NotImplemented
        return made(self.minor * factor, self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        """Return the amount of the other sign."""
        return made(-self.minor, self.currency)

    def __pos__(self) -> "Money":
        """Return this amount."""
        return self

    def __abs__(self) -> "Money":
        """Return the amount without its sign."""
        return made(abs(self.minor), self.currency)

    def __bool__(self) -> bool:
        """Say whether there is anything at all."""
        return self.minor != 0

    def __eq__(self, other: object) -> bool:
        """Compare amount and currency; amounts of different currencies are unequal."""
        if isinstance(other, Money):
            same = self.currency is other.currency or self.currency == other.currency
            return same and self.minor == other.minor
        return NotImplemented

    def __hash__(self) -> int:
        """Hash what equality compares; the code stands for the currency."""
        return hash((self.minor, self.currency.code))

    def __lt__(self, other: "Money") -> bool:
        """Order within one currency."""
        if type(other) is Money and other.currency is self.currency:
            return self.minor < other.minor
        return self.minor < other.minor if self._fits(other) else NotImplemented

    def __le__(self, other: "Money") -> bool:
        """Order within one currency."""
        if type(other) is Money and other.currency is self.currency:
            return self.minor <= other.minor
        return self.minor <= other.minor if self._fits(other) else NotImplemented

    def __gt__(self, other: "Money") -> bool:
        """Order within one currency."""
        if type(other) is Money and other.currency is self.currency:
            return self.minor > other.minor
        return self.minor > other.minor if self._fits(other) else NotImplemented

    def __ge__(self, other: "Money") -> bool:
        """Order within one currency."""
        if type(other) is Money and other.currency is self.currency:
            return self.minor >= other.minor
        return self.minor >= other.minor if self._fits(other) else NotImplemented

    def __str__(self) -> str:
        """Return ``EUR 1234.50``, which ``parse`` reads back."""
        return f"{self.currency.code} {self._number()}"

    def __format__(self, spec: str) -> str:
        """Format the text of ``str``, so that a column can be aligned: ``f"{value:>15}"``."""
        return format(str(self), spec)

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

    def _fits(self, other: object) -> bool:
        """Say whether *other* is Money; refuse Money of another currency."""
        if not isinstance(other, Money):
            return False
        require_one_currency(self, other)
        return True


def require_one_currency(left: Money, right: Money) -> None:
    """Refuse *right* if it is no Money, or Money of another currency than *left*."""
    require_type(right, Money, "the other amount")
    ours, theirs = left.currency, right.currency
    if theirs is not ours and theirs != ours:
        alike = f" with {ours.digits} decimal places" if ours.code == theirs.code else ""
        raise CurrencyMismatchError(
            "amounts are in different currencies",
            expected=f"{ours.code}{alike}",
            got=right,
            hint="convert one of them first",
            left=ours.code,
            right=theirs.code,
        )


def whole_units(above: int, below: int, currency: Currency, rounding: Rounding | None) -> Money:
    """Return *above* / *below* minor units, rounded once; without *rounding* a part raises.

    *below* is above zero; the type of *rounding* is the caller's to check.
    """
    if rounding is not None:
        return made(rounded(above, below, rounding), currency)
    whole, rest = divmod(above, below)
    if rest:
        raise PrecisionError(
            "an amount is finer than its currency",
            expected=f"at most {currency.digits} decimal places for {currency}",
            got=fraction_text(Fraction(above, below * 10**currency.digits)),
            hint="give rounding=, for instance Rounding.HALF_UP",
        )
    return made(whole, currency)


def step_width(step: Money, total: Money) -> int:
    """Return the minor units of a cash step for amounts such as *total*."""
    require_one_currency(total, step)
    if step.minor <= 0:
        raise StepError("a cash step has no width", expected="a step above zero", got=step)
    return step.minor


# The descriptors of the slots set a frozen value without the cost of object.__setattr__.
_new: Final = object.__new__
_set_minor: Final = Money.__dict__["minor"].__set__
_set_currency: Final = Money.__dict__["currency"].__set__


def made(minor: int, currency: Currency) -> Money:
    """Return Money of parts that are known to be right."""
    result = _new(Money)
    _set_minor(result, minor)
    _set_currency(result, currency)
    return result


def boxed(minors: Iterable[int], currency: Currency) -> tuple[Money, ...]:
    """Return Money of *minors*; the loop is ``made``, written out because it is most of a split."""
    new, set_minor, set_currency = _new, _set_minor, _set_currency  # local names are found faster
    amounts: list[Money] = []
    for minor in minors:
        amount = new(Money)
        set_minor(amount, minor)
        set_currency(amount, currency)
        amounts.append(amount)
    return tuple(amounts)
