"""What a document is taxed on, group by group, and what of a deposit it deducts."""

from collections.abc import Iterable
from fractions import Fraction

import attrs

from milestone_invoicing._checks import require_text, require_type, tuple_of
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.errors import ArgumentsError, NoLinesError, NumberRangeError, Words
from milestone_invoicing.money import Currency, Money, Rounding, round_ratio
from milestone_invoicing.money.exact import ExactNumber, exact_fraction
from milestone_invoicing.money.money import require_one_currency


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple_of(values, str, "the reasons and codes of a tax group")


@attrs.frozen
class TaxSubtotal:
    """One group of the tax breakdown (BG-23).

    Attributes:
        tax: category (BT-118) and rate (BT-119).
        base: the sum of its lines' net amounts, less its allowances, plus its charges (BT-116).
        amount: base x rate, rounded half up (BT-117), or as the lines say; zero without a rate.
        reasons: why no tax is asked for (BT-120), each once, in alphabetical order.
        codes: the same as codes of the VATEX list (BT-121).

    Raises:
        WrongTypeError: a part is of another type.
        CurrencyMismatchError: the amounts are in different currencies.
    """

    tax: Tax
    base: Money
    amount: Money
    reasons: tuple[str, ...] = attrs.field(default=(), converter=_texts, kw_only=True)
    codes: tuple[str, ...] = attrs.field(default=(), converter=_texts, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the types."""
        require_type(self.tax, Tax, "the tax of a group")
        require_type(self.base, Money, "the base of a tax group")
        require_one_currency(self.base, self.amount)

    @property
    def gross(self) -> Money:
        """Base and tax together."""
        return self.base + self.amount

    def __neg__(self) -> "TaxSubtotal":
        """Return the group of the mirrored document."""
        return attrs.evolve(self, base=-self.base, amount=-self.amount)


def _groups(values: Iterable[TaxSubtotal]) -> tuple[TaxSubtotal, ...]:
    return tuple_of(values, TaxSubtotal, "the tax groups of what is prepaid")


@attrs.frozen
class Prepaid:
    """What of a deposit an invoice deducts: exactly amounts of the deposit's own invoice.

    Args:
        number: of the deposit invoice.
        groups: net and tax by tax, as on that invoice, or the part of it that is deducted.

    Raises:
        NoLinesError: there are no groups.
        BlankTextError, WrongTypeError: a part is of another type, or the number is blank.
        CurrencyMismatchError: two groups are in different currencies.

    Example:
        >>> net, tax = Money.of("82.64", "EUR"), Money.of("17.36", "EUR")
        >>> str(Prepaid("D-1", [TaxSubtotal(Tax.standard(21), net, tax)]).gross)
        'EUR 100.00'

    Source: EN 16931 paid amount (BT-113); its tax split is a convention of this library.
    """

    number: str
    groups: tuple[TaxSubtotal, ...] = attrs.field(converter=_groups)

    def __attrs_post_init__(self) -> None:
        """Check each part."""
        require_text(self.number, "the number of the deposit invoice")
        if not self.groups:
            raise NoLinesError(
                "nothing is deducted", expected="at least one tax group", got=self.groups
            )
        for group in self.groups:
            require_one_currency(self.groups[0].base, group.base)

    @property
    def gross(self) -> Money:
        """What is deducted, with tax."""
        first = self.groups[0].base
        return Money.total((group.gross for group in self.groups), currency=first.currency)

    def __neg__(self) -> "Prepaid":
        """Return the deduction of the mirrored document."""
        return Prepaid(self.number, (-group for group in self.groups))


def _rate(value: ExactNumber) -> Fraction:
    return exact_fraction(value, "an exchange rate")


def _currency(value: str | Currency) -> Currency:
    return Currency.of(value)


@attrs.frozen
class TaxCurrency:
    """The currency in which the seller accounts for tax, if it is another than the invoice's.

    Args:
        currency: its code, or a Currency (BT-6).
        rate: what one unit of the invoice's currency is worth in it, exact, above zero.

    Raises:
        NumberRangeError: the rate is not above zero.
        NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError: the rate is no
            exact and sensible number.
        UnknownCurrencyError: no such currency.
        WrongTypeError: a currency of another type.

    Example:
        >>> TaxCurrency("SEK", "11.25").converted(Money.of("210.00", "EUR"))
        Money.of('2362.50', 'SEK')

    Source: EN 16931 BT-6 and BT-111, BR-53.
    """

    currency: Currency = attrs.field(converter=_currency)
    rate: Fraction = attrs.field(converter=_rate)

    def __attrs_post_init__(self) -> None:
        """Check the rate."""
        if self.rate <= 0:
            raise NumberRangeError(
                "an exchange rate is too small", expected="above zero", got=self.rate
            )

    def converted(self, amount: Money) -> Money:
        """Return an amount in this currency, rounded half up once.

        Raises:
            WrongTypeError: not an amount.
            NoMinorUnitError: amounts cannot be counted in this currency.
        """
        require_type(amount, Money, "the amount")
        above, below = self.rate.as_integer_ratio()
        above *= 10**self.currency.digits
        below *= 10**amount.currency.digits
        return Money(round_ratio(amount.minor * above, below, Rounding.HALF_UP), self.currency)


def check_tax_currency(tax_currency: TaxCurrency, currency: Currency) -> None:
    """Refuse to account for the tax in the currency of the document, as if it were another."""
    if tax_currency.currency == currency:
        raise ArgumentsError(
            "the tax is accounted for in the currency of the invoice",
            expected="tax_currency=None, or another currency",
            got=Words(str(currency)),
        )
