"""How a total is divided so that the parts add up to it; it knows no dates and no contracts.

The kernels take and give plain non-negative integers: one small function per policy. Money is
boxed once, at the end; the sign is taken off first and put back.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import Enum, unique
from fractions import Fraction
from itertools import accumulate, pairwise
from math import lcm
from typing import Final, TypeAlias

from milestone_invoicing._checks import require_type
from milestone_invoicing.errors import (
    AllWeightsZeroError,
    NegativeWeightError,
    NoWeightsError,
    NumberTypeError,
    RemainderSignError,
    WrongTypeError,
)
from milestone_invoicing.money.exact import exact_fraction
from milestone_invoicing.money.money import Money, step_width
from milestone_invoicing.money.percent import Percent
from milestone_invoicing.money.rounding import Rounding, round_ratio

Weighting: TypeAlias = int | Decimal | Fraction | Percent | str


@unique
class Remainder(Enum):
    """Who gets the units that are left over when a total does not divide.

    ==============  ==================================================================
    LARGEST         the largest fractional remainders, ties to the lower index
    FIRST           one unit each from the first non-zero weight on
    LAST            one unit each from the last non-zero weight back
    CUMULATIVE      running totals are rounded half up; a part is the difference of two
    BALANCE         each part is rounded half up; the last non-zero weight takes the rest
    ==============  ==================================================================

    1.00 by weights 2, 3, 1: FIRST gives .34 .50 .16, all others .33 .50 .17.
    """

    LARGEST = "largest"
    FIRST = "first"
    LAST = "last"
    CUMULATIVE = "cumulative"
    BALANCE = "balance"


def allocate(
    total: Money,
    weights: Sequence[Weighting],
    *,
    remainder: Remainder = Remainder.LARGEST,
    step: Money | None = None,
) -> tuple[Money, ...]:
    """Split *total* into one part per weight so that the parts add up to it exactly.

    Args:
        total: the amount to split, of any sign.
        weights: int, Decimal, Fraction, Percent or exact text ("0.333", "1/3").
        remainder: who gets the units left over.
        step: a cash step; parts are whole steps, and the odd rest below one step goes to the
            last non-zero weight (under FIRST to the first).

    Units: whole minor units of the currency of *total*.
    Order: part ``i`` belongs to weight ``i``; a weight of zero gets zero.
    Sign: a negative total gives the negated split of its absolute value.
    Scale: multiplying all weights by one number changes nothing.

    Raises:
        NoWeightsError: *weights* is empty.
        NegativeWeightError: a weight is below zero; carries ``index`` and ``weight``.
        AllWeightsZeroError: every weight is zero.
        RemainderSignError: under BALANCE the last part would have the wrong sign.
        NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError,
        ZeroDivisorError: a weight is no exact and sensible number.
        StepError, CurrencyMismatchError: the step is not above zero, or of another currency.
        WrongTypeError: an argument is of another type; a set has no order.

    Example:
        >>> [str(part) for part in allocate(Money.of("1.00", "EUR"), (1, 1, 1))]
        ['EUR 0.34', 'EUR 0.33', 'EUR 0.33']

    Source: LARGEST is the largest-remainder (Hamilton) method; the tie-break and the other
    policies' details are conventions of this library.
    """
    require_type(total, Money, "the total")
    require_type(remainder, Remainder, "remainder")
    return _boxed(total, integer_weights(weights), remainder, step)


def split_evenly(
    total: Money,
    parts: int,
    *,
    remainder: Remainder = Remainder.LARGEST,
    step: Money | None = None,
) -> tuple[Money, ...]:
    """Split *total* into *parts* parts that differ as little as the policy allows.

    Units, sign, step: as ``allocate`` with equal weights.

    Raises:
        NoWeightsError: *parts* is below one.
        NumberTypeError: *parts* is not an int (a bool is none).
        RemainderSignError, StepError, CurrencyMismatchError, WrongTypeError: as ``allocate``.

    Example:
        >>> [part.minor for part in split_evenly(Money.of(10, "EUR"), 6)]
        [167, 167, 167, 167, 166, 166]

    Source: convention of this library.
    """
    require_type(total, Money, "the total")
    require_type(remainder, Remainder, "remainder")
    if type(parts) is not int:
        raise NumberTypeError("parts are not a whole number", expected="int", got=parts)
    if parts < 1:
        raise NoWeightsError("there is no part to take the total", expected="1 or more", got=parts)
    return _boxed(total, [1] * parts, remainder, step)


def integer_weights(weights: Sequence[Weighting]) -> list[int]:
    """Return *weights* as integers of the same proportions.

    Raises: as ``allocate`` does for weights.
    """
    if isinstance(weights, (str, bytes)) or not isinstance(weights, Sequence):
        raise WrongTypeError("weights are not a sequence", expected="a tuple or list", got=weights)
    if not weights:
        raise NoWeightsError("there is no weight", expected="at least one weight", got=weights)
    exact = [_exact_weight(weight, index) for index, weight in enumerate(weights)]
    if not any(exact):
        raise AllWeightsZeroError(
            "no weight can take the total", expected="a weight above zero", got=weights
        )
    scale = lcm(*(weight.denominator for weight in exact))
    return [weight.numerator * (scale // weight.denominator) for weight in exact]


def _exact_weight(weight: Weighting, index: int) -> Fraction | int:
    """Return one weight, exact and not below zero."""
    if type(weight) is int:
        exact: Fraction | int = weight
    elif isinstance(weight, Percent):
        exact = weight.fraction
    else:
        exact = exact_fraction(weight, f"weight {index}")
    if exact < 0:
        raise NegativeWeightError(
            f"weight {index} is below zero",
            expected="zero or more",
            got=weight,
            index=index,
            weight=weight,
        )
    return exact


def _boxed(
    total: Money, weights: Sequence[int], remainder: Remainder, step: Money | None
) -> tuple[Money, ...]:
    """Divide the bare units and give the parts their sign and currency."""
    units, odd = abs(total.minor), 0
    width = 1
    if step is not None:
        width = step_width(step, total)
        units, odd = divmod(units, width)
    shares = [units * width for units in apportion(units, weights, remainder)]
    if odd:
        shares[_odd_taker(weights, remainder)] += odd
    sign = -1 if total.minor < 0 else 1
    return tuple(Money(sign * share, total.currency) for share in shares)


def _odd_taker(weights: Sequence[int], remainder: Remainder) -> int:
    """Return who takes the rest below one step: the last non-zero weight, or the first."""
    takers = [index for index, weight in enumerate(weights) if weight]
    return takers[0] if remainder is Remainder.FIRST else takers[-1]


def apportion(units: int, weights: Sequence[int], remainder: Remainder) -> list[int]:
    """Divide non-negative *units* by integer *weights* that are not all zero."""
    return _KERNELS[remainder](units, weights)


def _largest(units: int, weights: Sequence[int]) -> list[int]:
    """Hamilton: truncate, then one unit each to the largest remainders, lower index first."""
    whole = sum(weights)
    parts, rests = _truncated(units, weights, whole)
    left = sum(rests) // whole
    # sorted() is stable, so that equal remainders keep the lower index in front.
    for index in sorted(range(len(rests)), key=rests.__getitem__, reverse=True)[:left]:
        parts[index] += 1
    return parts


def _first(units: int, weights: Sequence[int]) -> list[int]:
    """Truncate, then one unit each from the first non-zero weight on."""
    return _topped_up(units, weights, range(len(weights)))


def _last(units: int, weights: Sequence[int]) -> list[int]:
    """Truncate, then one unit each from the last non-zero weight back."""
    return _topped_up(units, weights, range(len(weights) - 1, -1, -1))


def _topped_up(units: int, weights: Sequence[int], order: range) -> list[int]:
    whole = sum(weights)
    parts, rests = _truncated(units, weights, whole)
    takers = [index for index in order if weights[index]]
    for index in takers[: sum(rests) // whole]:
        parts[index] += 1
    return parts


def _cumulative(units: int, weights: Sequence[int]) -> list[int]:
    """Round running totals half up; a part is the difference of two neighbours."""
    whole = sum(weights)
    running = [
        round_ratio(units * weight, whole, Rounding.HALF_UP)
        for weight in accumulate(weights, initial=0)
    ]
    return [after - before for before, after in pairwise(running)]


def _balance(units: int, weights: Sequence[int]) -> list[int]:
    """Round each part half up; the last non-zero weight takes what is left."""
    whole = sum(weights)
    parts = [round_ratio(units * weight, whole, Rounding.HALF_UP) for weight in weights]
    last = max(index for index, weight in enumerate(weights) if weight)
    parts[last] += units - sum(parts)
    if parts[last] < 0:
        raise RemainderSignError(
            "the last part would have the wrong sign",
            expected="parts of the sign of the total",
            got=parts[last],
            hint="choose another remainder policy, such as Remainder.LARGEST",
        )
    return parts


def _truncated(units: int, weights: Sequence[int], whole: int) -> tuple[list[int], list[int]]:
    """Return the parts rounded down, and the numerators of what that left of each."""
    pairs = [divmod(units * weight, whole) for weight in weights]
    return [part for part, _ in pairs], [rest for _, rest in pairs]


_KERNELS: Final[dict[Remainder, Callable[[int, Sequence[int]], list[int]]]] = {
    Remainder.LARGEST: _largest,
    Remainder.FIRST: _first,
    Remainder.LAST: _last,
    Remainder.CUMULATIVE: _cumulative,
    Remainder.BALANCE: _balance,
}
