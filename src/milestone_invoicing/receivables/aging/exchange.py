"""What amounts of several currencies are worth in one, by rates of a day; it looks none up."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Final, TypeAlias

import attrs

from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.errors import (
    ArgumentsError,
    NumberRangeError,
    UnknownRateError,
)
from milestone_invoicing.money import Currency, Money, Rounding
from milestone_invoicing.money.currency import currency_order
from milestone_invoicing.money.exact import ExactNumber, exact_fraction, fraction_text
from milestone_invoicing.money.rounding import rounded


def _currency(value: str | Currency) -> Currency:
    return Currency.of(value)


_Pairs: TypeAlias = tuple[tuple[Currency, Fraction], ...]


def _rates(values: Mapping[str | Currency, ExactNumber] | _Pairs) -> _Pairs:
    """Return rates by the code of their currency, so that it does not matter how they came."""
    given: list[tuple[str | Currency, ExactNumber]]
    if not issubclass(type(values), tuple):
        require_type(values, Mapping, "the exchange rates")
    if isinstance(values, tuple):
        # The pairs of such a value, from which it may be built again.
        given = [pair for pair in values if issubclass(type(pair), tuple) and len(pair) == _PAIR]
    else:
        given = list(values.items())
    found = [(Currency.of(each), exact_fraction(rate, "an exchange rate")) for each, rate in given]
    if len(found) != len(values) or len({currency for currency, _ in found}) != len(found):
        raise ArgumentsError(
            "exchange rates are no pairs, or a currency stands twice",
            expected='one rate for each currency, such as {"USD": "0.92"}',
            got=values,
        )
    return tuple(sorted(found, key=lambda pair: currency_order(pair[0])))


_PAIR: Final = 2


@attrs.frozen
class ExchangeRates:
    """What one unit of other currencies was worth in one currency, on a day.

    Args:
        to: the currency that amounts are converted to, or its code.
        rates: what one unit of each other currency is worth in it, by code or Currency; exact,
            above zero. Its own is 1 and may be left out.
        on: the day of the rates, which reports show.
        rounding: of each amount that is converted.

    Raises:
        ArgumentsError: a currency stands twice.
        NumberRangeError: a rate is not above zero, or that of *to* itself not 1.
        NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError: a rate is no exact
            and sensible number.
        UnknownCurrencyError: no such currency.
        NoMinorUnitError: amounts cannot be counted in a currency.
        WrongTypeError, DateTypeError: a part is of another type.

    Example:
        >>> rates = ExchangeRates("EUR", {"USD": "0.92", "GBP": "1.17"}, date(2026, 5, 29))
        >>> str(rates.convert(Money.of("10.05", "USD")))
        'EUR 9.25'

    Source: convention of this library.
    """

    to: Currency = attrs.field(converter=_currency)
    rates: tuple[tuple[Currency, Fraction], ...] = attrs.field(converter=_rates)
    on: date
    rounding: Rounding = attrs.field(default=Rounding.HALF_UP, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the day and each rate."""
        require_date(self.on, "the day of exchange rates")
        require_type(self.rounding, Rounding, "the rounding of exchange rates")
        for currency, rate in self.rates:
            own = currency == self.to
            if rate <= 0 or (own and rate != 1):
                raise NumberRangeError(
                    f"the exchange rate of {currency} cannot be so",
                    expected="1, since it is converted to itself" if own else "above zero",
                    got=rate,
                )

    def convert(self, amount: Money) -> Money:
        """Return what *amount* is worth, rounded once.

        Raises:
            UnknownRateError: there is no rate of its currency.
            WrongTypeError: not an amount.

        Example:
            >>> str(ExchangeRates("EUR", {}, date(2026, 5, 29)).convert(Money.of(3, "EUR")))
            'EUR 3.00'
        """
        require_type(amount, Money, "the amount")
        above, below = self.factor(amount.currency)
        return Money(rounded(amount.minor * above, below, self.rounding), self.to)

    def factor(self, currency: Currency) -> tuple[int, int]:
        """Return what one minor unit is worth in minor units, as numerator and denominator.

        Raises:
            UnknownRateError: there is no rate of the currency.
            WrongTypeError: not a currency.

        Example:
            >>> ExchangeRates("JPY", {"EUR": 160}, date(2026, 5, 29)).factor(Currency.of("EUR"))
            (8, 5)
        """
        require_type(currency, Currency, "the currency")
        known = {self.to: Fraction(1), **dict(self.rates)}
        if currency not in known:
            raise UnknownRateError(
                f"there is no exchange rate of {currency} on {self.on}",
                expected="one of " + ", ".join(sorted(each.code for each in known)),
                got=currency.code,
                hint=f'add "{currency.code}" to the rates',
            )
        rate = known[currency] * Fraction(10**self.to.digits, 10**currency.digits)
        return rate.as_integer_ratio()

    def __str__(self) -> str:
        """Return the rates and their day: ``EUR on 2026-05-29: GBP 1.17, USD 0.92``."""
        rates = ", ".join(f"{currency} {fraction_text(rate)}" for currency, rate in self.rates)
        return f"{self.to} on {self.on}" + (f": {rates}" if rates else "")
