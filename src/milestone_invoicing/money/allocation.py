"""How a total is divided so that the parts add up to it; it knows no dates and no contracts.

The kernels take and give plain non-negative integers: one small function per policy. Money is
boxed once, at the end; the sign is taken off first and put back.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import Enum, unique
from fractions import Fraction
from itertools import chain, islice, repeat
from math import lcm
from operator import neg
from typing import Final, TypeAlias

from milestone_invoicing._checks import is_a, require_type
from milestone_invoicing.errors import (
    AllWeightsZeroError,
    NegativeWeightError,
    NoWeightsError,
    NumberTooLargeError,
    NumberTypeError,
    RemainderSignError,
    WrongTypeError,
)
from milestone_invoicing.money.exact import exact_fraction
from milestone_invoicing.money.money import Money, boxed, step_width
from milestone_invoicing.money.percent import Percent
from milestone_invoicing.money.rounding import Rounding, rounded
from milestone_invoicing.money.running_totals import running_parts

Weighting: TypeAlias = int | Decimal | Fraction | Percent | str

_MOST_PARTS: Final = 10**7  # what a tuple still holds without harm
_FEW: Final = 24  # up to so many weights, one loop is faster than two comprehensions
_FEW_LEFT: Final = 4  # up to so many units, repeated max() is faster than sorted()


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


_LARGEST: Final = Remainder.LARGEST


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
    if type(total) is not Money or type(remainder) is not Remainder:
        require_type(total, Money, "the total")
        require_type(remainder, Remainder, "remainder")
    integers = integer_weights(weights)
    if step is not None:
        return _in_steps(total, step, integers, remainder)
    minor = total.minor
    shares = apportion(abs(minor), integers, remainder)
    return boxed(shares if minor >= 0 else map(neg, shares), total.currency)


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
        NumberTooLargeError: more than ten million parts; ``spread`` takes any number.
        RemainderSignError, StepError, CurrencyMismatchError, WrongTypeError: as ``allocate``.

    Example:
        >>> [part.minor for part in split_evenly(Money.of(10, "EUR"), 6)]
        [167, 167, 167, 167, 166, 166]

    Source: convention of this library.
    """
    require_type(remainder, Remainder, "remainder")
    _require_parts(total, parts)
    if parts > _MOST_PARTS:
        raise NumberTooLargeError(
            "there are too many parts to write out",
            expected=f"at most {_MOST_PARTS}",
            got=parts,
            hint="spread(total, parts) gives amounts and how many of each",
        )
    if step is None and (remainder is _LARGEST or remainder is Remainder.FIRST):
        # An immutable value may stand in many places: two are enough for any number of parts.
        return tuple(chain.from_iterable(repeat(*pair) for pair in spread(total, parts)))
    return allocate(total, [1] * parts, remainder=remainder, step=step)


def spread(total: Money, parts: int) -> tuple[tuple[Money, int], ...]:
    """Split *total* evenly into any number of parts, as (amount, how many of it) pairs.

    For large numbers: the answer has one or two pairs, the larger amount first, and takes no
    longer for a million parts than for two. Written out it is ``split_evenly(total, parts)``.

    Units: whole minor units. Sign: a negative total gives the negated pairs.

    Raises:
        NoWeightsError: *parts* is below one.
        NumberTypeError: *parts* is not an int.
        WrongTypeError: *total* is not Money.

    Example:
        >>> [(str(amount), count) for amount, count in spread(Money.of(10, "EUR"), 6)]
        [('EUR 1.67', 4), ('EUR 1.66', 2)]

    Source: convention of this library.
    """
    _require_parts(total, parts)
    share, larger = divmod(abs(total.minor), parts)
    sign = -1 if total.minor < 0 else 1
    more, less = boxed((sign * (share + 1), sign * share), total.currency)
    return ((more, larger), (less, parts - larger)) if larger else ((less, parts),)


def _require_parts(total: Money, parts: int) -> None:
    require_type(total, Money, "the total")
    if type(parts) is not int:
        raise NumberTypeError("parts are not a whole number", expected="int", got=parts)
    if parts < 1:
        raise NoWeightsError("there is no part to take the total", expected="1 or more", got=parts)


def integer_weights(weights: Sequence[Weighting]) -> Sequence[int]:
    """Return *weights* as integers of the same proportions.

    Raises: as ``allocate`` does for weights.
    """
    kind = type(weights)
    usual = kind is tuple or kind is list
    if not usual and (issubclass(kind, (str, bytes)) or not issubclass(kind, Sequence)):
        raise WrongTypeError("weights are not a sequence", expected="a list or tuple", got=weights)
    if not weights:
        raise NoWeightsError("there is no weight", expected="at least one weight", got=weights)
    integers: Sequence[int] = weights  # type: ignore[assignment]  # the loop looks at each
    for weight in weights:
        if type(weight) is not int or weight < 0:
            integers = _scaled([_exact_weight(each, index) for index, each in enumerate(weights)])
            break
    if not any(integers):
        raise AllWeightsZeroError(
            "no weight can take the total", expected="a weight above zero", got=weights
        )
    return integers


def _scaled(exact: Sequence[Fraction | int]) -> list[int]:
    """Return integers of the same proportions."""
    scale = lcm(*(weight.denominator for weight in exact))
    return [weight.numerator * (scale // weight.denominator) for weight in exact]


def _exact_weight(weight: Weighting, index: int) -> Fraction | int:
    """Return one weight, exact and not below zero."""
    if type(weight) is int:
        exact: Fraction | int = weight
    elif is_a(weight, Percent):
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


def _in_steps(
    total: Money, step: Money, weights: Sequence[int], remainder: Remainder
) -> tuple[Money, ...]:
    """Divide whole steps; the odd rest below one step goes to one taker."""
    width = step_width(step, total)
    steps, odd = divmod(abs(total.minor), width)
    shares = [share * width for share in apportion(steps, weights, remainder)]
    shares[_odd_taker(weights, remainder)] += odd
    return boxed(shares if total.minor >= 0 else map(neg, shares), total.currency)


def _odd_taker(weights: Sequence[int], remainder: Remainder) -> int:
    """Return who takes the rest below one step: the last non-zero weight, or the first."""
    takers = [index for index, weight in enumerate(weights) if weight]
    return takers[0] if remainder is Remainder.FIRST else takers[-1]


def apportion(units: int, weights: Sequence[int], remainder: Remainder) -> list[int]:
    """Divide non-negative *units* by integer *weights* that are not all zero."""
    if remainder is _LARGEST:  # the hash of an Enum, for the look-up, costs as much as a part
        return _largest(units, weights)
    return _KERNELS[remainder](units, weights)


def _largest(units: int, weights: Sequence[int]) -> list[int]:
    """Hamilton: truncate, then one unit each to the largest remainders, lower index first."""
    if len(weights) > _FEW:
        return _largest_of_many(units, weights)
    whole = sum(weights)
    left = units
    parts: list[int] = []
    rests: list[int] = []
    for weight in weights:
        scaled = units * weight
        part = scaled // whole
        parts.append(part)
        rests.append(scaled - part * whole)
        left -= part
    if left > _FEW_LEFT:
        _give(parts, rests, left)
        return parts
    # For a handful, to look for the largest again and again is faster than to sort.
    while left:
        index = rests.index(max(rests))  # of equals the lower one
        rests[index] = -1
        parts[index] += 1
        left -= 1
    return parts


def _largest_of_many(units: int, weights: Sequence[int]) -> list[int]:
    """Do the same for many weights, for which two plain comprehensions are faster than a loop."""
    whole = sum(weights)
    parts = [units * weight // whole for weight in weights]
    left = units - sum(parts)
    if left:
        _give(parts, [units * weight % whole for weight in weights], left)
    return parts


def _give(parts: list[int], rests: list[int], left: int) -> None:
    """Give one unit each to the *left* largest of *rests*.

    Bare remainders sort fast, and the last that gets a unit is a bound: all above it get one, and
    of those that equal it the lower indices.
    """
    ordered = sorted(rests)
    bound = ordered[-left]
    equals = left - (len(ordered) - bisect_right(ordered, bound))
    for index, rest in enumerate(rests):
        if rest > bound:
            parts[index] += 1
        elif rest == bound and equals:
            equals -= 1
            parts[index] += 1


def _first(units: int, weights: Sequence[int]) -> list[int]:
    """Truncate, then one unit each from the first non-zero weight on."""
    return _topped_up(units, weights, range(len(weights)))


def _last(units: int, weights: Sequence[int]) -> list[int]:
    """Truncate, then one unit each from the last non-zero weight back."""
    return _topped_up(units, weights, range(len(weights) - 1, -1, -1))


def _topped_up(units: int, weights: Sequence[int], order: range) -> list[int]:
    whole = sum(weights)
    parts = [units * weight // whole for weight in weights]
    takers = (index for index in order if weights[index])
    for index in islice(takers, units - sum(parts)):
        parts[index] += 1
    return parts


def _cumulative(units: int, weights: Sequence[int]) -> list[int]:
    """Round running totals half up; a part is the difference of two neighbours."""
    whole = sum(weights)
    return [
        *running_parts(weights, lambda weight: rounded(units * weight, whole, Rounding.HALF_UP))
    ]


def _balance(units: int, weights: Sequence[int]) -> list[int]:
    """Round each part half up; the last non-zero weight takes what is left."""
    whole = sum(weights)
    parts = [rounded(units * weight, whole, Rounding.HALF_UP) for weight in weights]
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


_KERNELS: Final[dict[Remainder, Callable[[int, Sequence[int]], list[int]]]] = {
    Remainder.LARGEST: _largest,
    Remainder.FIRST: _first,
    Remainder.LAST: _last,
    Remainder.CUMULATIVE: _cumulative,
    Remainder.BALANCE: _balance,
}
