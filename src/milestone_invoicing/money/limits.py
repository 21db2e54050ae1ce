"""How a total is spread over items none of which takes more than its limit; it knows no dates."""

from collections.abc import Sequence

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_type, tuple_of
from milestone_invoicing.errors import LimitError, NoWeightsError, WeightsMismatchError
from milestone_invoicing.money.allocation import (
    Remainder,
    Weighting,
    apportion,
    integer_weights,
)
from milestone_invoicing.money.money import Money, boxed, require_one_currency
from milestone_invoicing.money.waterfall import waterfall


@attrs.frozen
class LimitedParts(Answer):
    """What each item got of a total, and what none had room for.

    The sum of the parts and ``left`` is the total.

    Attributes:
        parts: one per limit, none beyond it.
        left: what is left of the total; zero unless every item with a weight is full.

    Example:
        >>> LimitedParts((Money.of(3, "EUR"),), Money.of(1, "EUR")).left
        Money.of('1.00', 'EUR')
    """

    parts: tuple[Money, ...]
    left: Money


def allocate_up_to(
    total: Money,
    limits: Sequence[Money],
    *,
    weights: Sequence[Weighting] | None = None,
) -> LimitedParts:
    """Spread *total* over items, none above its limit: a payment, a discount, a deposit.

    Without *weights* the items are filled in order, each to its limit before the next begins.
    With them all are filled at once, in proportion; an item that is full drops out, and what it
    could not take is divided among the others in the same proportion. Units that do not divide go
    by largest remainder.

    Args:
        total: the amount to spread.
        limits: the most each item takes; zero, or of the sign of *total*.
        weights: one per limit, as for ``allocate``; a weight of zero takes nothing. For shares in
            proportion to the limits give ``[abs(limit.minor) for limit in limits]``.

    Units: whole minor units of the currency of *total*.
    Order: part ``i`` belongs to limit ``i``.
    Sign: a negative total with negative limits gives the mirror image.

    Raises:
        NoWeightsError: no limits.
        LimitError: a limit of the other sign than the total.
        WeightsMismatchError: not one weight per limit.
        NegativeWeightError, AllWeightsZeroError: as ``allocate``.
        CurrencyMismatchError: a limit is in another currency.
        WrongTypeError, NumberTypeError: an argument of another type.

    Example:
        >>> limits = [Money.of(60, "EUR"), Money.of(30, "EUR"), Money.of(50, "EUR")]
        >>> [str(part) for part in allocate_up_to(Money.of(100, "EUR"), limits).parts]
        ['EUR 60.00', 'EUR 30.00', 'EUR 10.00']
        >>> even = allocate_up_to(Money.of(100, "EUR"), limits, weights=(1, 1, 1))
        >>> [str(part) for part in even.parts]
        ['EUR 35.00', 'EUR 30.00', 'EUR 35.00']

    Source: convention of this library.
    """
    require_type(total, Money, "the total")
    limits = tuple_of(limits, Money, "limits")
    if not limits:
        raise NoWeightsError("there is no limit", expected="at least one limit", got=limits)
    _check_limits(total, limits)
    units, caps = abs(total.minor), [abs(limit.minor) for limit in limits]
    if weights is None:
        filled = dict(waterfall(units, enumerate(caps)))
        shares = [filled.get(index, 0) for index in range(len(caps))]
    else:
        shares = _filled_at_once(units, caps, _checked(weights, limits))
    sign = -1 if total.minor < 0 else 1
    parts = boxed([sign * share for share in shares], total.currency)
    return LimitedParts(parts, Money(sign * (units - sum(shares)), total.currency))


def _check_limits(total: Money, limits: Sequence[Money]) -> None:
    for index, limit in enumerate(limits):
        require_one_currency(total, limit)
        if limit.minor * total.minor < 0 or (total.minor == 0 and limit.minor < 0):
            raise LimitError(
                f"limit {index} has the other sign than the total",
                expected="zero, or the sign of the total",
                got=limit,
                index=index,
                limit=limit,
            )


def _checked(weights: Sequence[Weighting], limits: Sequence[Money]) -> Sequence[int]:
    integers = integer_weights(weights)
    if len(integers) != len(limits):
        raise WeightsMismatchError(
            "weights and limits do not pair up",
            expected=f"{len(limits)} weights",
            got=len(integers),
        )
    return integers


def _filled_at_once(units: int, caps: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Divide by weight; who would get more than its cap gets the cap, and the others the rest.

    Each round fills at least one, so that it ends. In the last round nobody is due as much as its
    cap, so that the unit that rounding may add still fits below it.
    """
    shares = [0] * len(caps)
    active = {index: weight for index, weight in enumerate(weights) if weight}
    while active:
        whole = sum(active.values())
        full = [index for index in active if units * active[index] >= caps[index] * whole]
        if not full:
            parts = apportion(units, list(active.values()), Remainder.LARGEST)
            for index, part in zip(active, parts, strict=True):
                shares[index] = part
            break
        for index in full:
            del active[index]
            shares[index] = caps[index]
        units -= sum(caps[index] for index in full)
    return shares
