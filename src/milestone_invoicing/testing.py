"""Hypothesis strategies for the values of this library, for tests of code that uses it.

Once this library is installed, Hypothesis finds them by itself: ``st.from_type(Money)`` works
without an import. This module is the only one that imports Hypothesis.
"""

from fractions import Fraction

from hypothesis import strategies as st

from milestone_invoicing.money import Currency, Money, Percent, Price
from milestone_invoicing.money._iso4217 import TABLE

__all__ = ["currencies", "moneys", "percents", "prices", "register", "weights"]

_LARGEST_MINOR = 10**12
_FINEST = 1000
_FINEST_PLACES = 6


def currencies() -> st.SearchStrategy[Currency]:
    """Return currencies of ISO 4217 that amounts can be in, the common ones first.

    Example:
        >>> from hypothesis import find
        >>> find(currencies(), lambda currency: True).code
        'EUR'
    """
    usable = [code for code, (minor_units, _) in TABLE.items() if minor_units is not None]
    common = ["EUR", "USD", "GBP", "JPY", "KWD"]
    rest = [code for code in usable if code not in common]
    return st.sampled_from([*common, *rest]).map(Currency.of)


def moneys(
    *,
    currency: Currency | str | None = None,
    min_minor: int = -_LARGEST_MINOR,
    max_minor: int = _LARGEST_MINOR,
) -> st.SearchStrategy[Money]:
    """Return amounts, in any currency or the given one.

    Args:
        currency: of all amounts; None draws one.
        min_minor: the least, in minor units.
        max_minor: the most, in minor units.

    Example:
        >>> from hypothesis import find
        >>> find(moneys(currency="EUR"), lambda money: money.minor > 4)
        Money.of('0.05', 'EUR')
    """
    units = currencies() if currency is None else st.just(Currency.of(currency))
    return st.builds(Money, st.integers(min_minor, max_minor), units)


def percents(
    *, min_points: int | Fraction = 0, max_points: int | Fraction = 100
) -> st.SearchStrategy[Percent]:
    """Return percentages, from 0 % to 100 % unless told; among them thirds and the like.

    Args:
        min_points: the least, in percent points.
        max_points: the most, in percent points.

    Example:
        >>> from hypothesis import find
        >>> find(percents(), lambda percent: percent.points > 7)
        Percent('8')
    """
    return st.fractions(min_points, max_points, max_denominator=_FINEST).map(Percent)


def prices(*, currency: Currency | str | None = None) -> st.SearchStrategy[Price]:
    """Return unit prices of zero or more, many of them finer than their currency.

    Args:
        currency: of all prices; None draws one.

    Example:
        >>> from hypothesis import find
        >>> find(prices(currency="EUR"), lambda price: price.value.denominator > 100)
        Price('0.001', 'EUR')
    """
    units = currencies() if currency is None else st.just(Currency.of(currency))
    digits, places = st.integers(0, _LARGEST_MINOR), st.integers(0, _FINEST_PLACES)
    powers = places.map(lambda exponent: 10**exponent)
    return st.builds(Price, st.builds(Fraction, digits, powers), units)


def weights(*, min_size: int = 1, max_size: int = 12) -> st.SearchStrategy[tuple[int, ...]]:
    """Return weights to ``allocate`` by: non-negative, and at least one of them not zero.

    Args:
        min_size: the least number of weights, one or more.
        max_size: the most.

    Example:
        >>> from hypothesis import find
        >>> find(weights(min_size=2), any)
        (0, 1)
    """
    one = st.integers(0, 10**6)
    return st.lists(one, min_size=min_size, max_size=max_size).filter(any).map(tuple)


def register() -> None:
    """Tell Hypothesis how to draw the types of this library; it calls this by itself."""
    st.register_type_strategy(Currency, currencies())
    st.register_type_strategy(Money, moneys())
    st.register_type_strategy(Percent, percents())
    st.register_type_strategy(Price, prices())


register()
