"""What a result is worth to the one who brought it about: a percentage, by tiers, within bounds."""

from collections.abc import Iterable
from enum import unique
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from milestone_invoicing._checks import require_type, tuple_of
from milestone_invoicing._worded import Worded
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.billing.methods.amounts import (
    amount_line,
    require_bound,
    tax_or_outside,
)
from milestone_invoicing.errors import NumberRangeError, TiersError, Words
from milestone_invoicing.money import Money, Percent, Rounding, round_ratio
from milestone_invoicing.money.money import require_one_currency

_Tier: TypeAlias = tuple[Money, Percent]


@unique
class TierBasis(Worded):
    """What the percentage of a tier is of.

    SLICES: of the part of the success from its amount up to that of the next. WHOLE: of all of the
    success; the last tier reached holds for every unit of it.
    """

    SLICES = "slices"
    WHOLE = "whole"


def success_fee_line(  # one call says all that the agreement says
    description: str,
    result: Money,
    rates: Percent | Iterable[_Tier],
    *,
    baseline: Money | None = None,
    basis: TierBasis = TierBasis.SLICES,
    minimum: Money | None = None,
    cap: Money | None = None,
    tax: Tax | None = None,
) -> Line:
    """Return the line that bills a percentage of a success, never below zero.

    The success is the *result*, or with a *baseline* what is saved: the baseline less the result.
    It counts if it is above zero and reaches the first tier, that amount itself included; otherwise
    the line is zero, whatever the minimum. A first tier above zero is a hurdle.

    The fee is exact over all tiers, then rounded half up once, and then kept within its bounds.

    Args:
        description: what it is for.
        result: what came out: a profit, a recovery; with *baseline*, what was spent after all.
        rates: one percentage, or tiers that rise: from which amount on which percentage.
        baseline: what would have been spent.
        basis: whether a tier counts for its own slice, or for the whole.
        minimum: the least that a success costs.
        cap: the most that it costs.
        tax: None is outside the scope of tax.

    Raises:
        TiersError: no tiers, or amounts that do not rise from zero or more.
        NumberRangeError: a percentage, the minimum or the cap is below zero, or the cap is below
            the minimum.
        CurrencyMismatchError: amounts in different currencies.
        BlankTextError: the description is blank.
        WrongTypeError: an argument of another type.

    Example:
        >>> tiers = [
        ...     (Money.of(10_000, "EUR"), Percent(10)),
        ...     (Money.of(50_000, "EUR"), Percent(15)),
        ... ]
        >>> result = Money.of(60_000, "EUR")
        >>> str(success_fee_line("Recovery", result, tiers).net)  # 10 % of 40,000 + 15 % of 10,000
        'EUR 5500.00'
        >>> str(success_fee_line("Recovery", result, tiers, basis=TierBasis.WHOLE).net)
        'EUR 9000.00'

    Source: contingency and gain-share agreements; convention of this library.
    """
    require_type(result, Money, "the result")
    require_type(basis, TierBasis, "the basis of tiers")
    tiers = _tiers(rates, result)
    _check_bounds(minimum, cap, result)
    tax = tax_or_outside(tax)
    success = result if baseline is None else _saved(baseline, result)
    fee = Money(0, result.currency)
    if success.minor > 0 and success >= tiers[0][0]:
        percent_of = _of_slices if basis is TierBasis.SLICES else _of_whole
        exact = percent_of(success.minor, tiers)
        fee = Money(round_ratio(*exact.as_integer_ratio(), Rounding.HALF_UP), result.currency)
        fee = fee if minimum is None else max(fee, minimum)
        fee = fee if cap is None else min(fee, cap)
    return amount_line(description, fee, tax)


def _of_slices(success: int, tiers: tuple[_Tier, ...]) -> Fraction:
    """Return the sum of what each tier takes of the minor units from its amount to the next."""
    ends = (*(start.minor for start, _ in tiers[1:]), success)
    slices = (
        percent.fraction * max(min(end, success) - start.minor, 0)
        for (start, percent), end in zip(tiers, ends, strict=True)
    )
    return sum(slices, Fraction(0))


def _of_whole(success: int, tiers: tuple[_Tier, ...]) -> Fraction:
    """Return what the last tier reached takes of all minor units."""
    reached = [percent for start, percent in tiers if start.minor <= success]
    return reached[-1].fraction * success


def _saved(baseline: Money, result: Money) -> Money:
    require_type(baseline, Money, "the baseline")
    return baseline - result


def _tiers(rates: Percent | Iterable[_Tier], result: Money) -> tuple[_Tier, ...]:
    """Return the tiers, one from zero on for a single percentage, checked against *result*."""
    if isinstance(rates, Percent):
        rates = [(Money(0, result.currency), rates)]
    tiers = tuple_of(rates, tuple, "the tiers of a success fee")
    for tier in tiers:
        _check_tier(tier, result)
    starts = [start.minor for start, _ in tiers]
    if not starts or starts[0] < 0 or any(a >= b for a, b in pairwise(starts)):
        shown = ", ".join(str(start) for start, _ in tiers)
        raise TiersError(
            "the tiers of a success fee do not rise",
            expected="one or more amounts, each above the one before, from zero or more",
            got=Words(shown or "none"),
        )
    return tiers


def _check_tier(tier: _Tier, result: Money) -> None:
    if len(tier) != 2:  # noqa: PLR2004  # an amount and a percentage
        raise TiersError("a tier is no pair", expected="an amount and a percentage", got=tier)
    start, percent = tier
    require_one_currency(result, start)
    require_type(percent, Percent, "the percentage of a tier")
    if percent.fraction < 0:
        raise NumberRangeError(
            "the percentage of a success fee is below zero", expected="zero or more", got=percent
        )


def _check_bounds(minimum: Money | None, cap: Money | None, result: Money) -> None:
    require_bound(minimum, "the minimum of a success fee", result)
    require_bound(cap, "the cap of a success fee", result)
    if minimum is not None and cap is not None and cap < minimum:
        raise NumberRangeError(
            "the cap of a success fee is below its minimum",
            expected=f"{minimum} or more",
            got=cap,
        )
