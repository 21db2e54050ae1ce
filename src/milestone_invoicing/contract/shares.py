"""What part of a total something gets: a percent, a fixed amount or a weight; it knows no dates."""

from collections.abc import Sequence
from typing import Final, TypeAlias

import attrs

from milestone_invoicing._checks import require_int
from milestone_invoicing.errors import SharesError, WrongTypeError
from milestone_invoicing.money import Money, Percent, Remainder, allocate


@attrs.frozen
class Weight:
    """A part of what the fixed and percent shares leave, in proportion to the other weights.

    Args:
        n: one or more.

    Raises:
        NumberTypeError, NumberRangeError: *n* is not an int of at least one.

    Example:
        >>> REST == Weight(1)
        True

    Source: convention of this library.
    """

    n: int

    def __attrs_post_init__(self) -> None:
        """Check the number."""
        require_int(self.n, "a weight", at_least=1)

    def __str__(self) -> str:
        """Return ``weight 2``."""
        return f"weight {self.n}"


REST: Final = Weight(1)
"""All that the fixed and percent shares leave, or an equal part of it."""

Share: TypeAlias = Percent | Money | Weight
_HUNDRED: Final = 100
_ALL, _NOTHING = Percent(100), Percent(0)
SHARE_TYPES: Final = (Percent, Money, Weight)


def require_share(share: object, name: str) -> None:
    """Refuse what is no share, and a share below zero; zero is a gate without a price.

    Raises:
        WrongTypeError: not a Percent, Money or Weight.
        SharesError: the share is negative.
    """
    if not issubclass(type(share), SHARE_TYPES):
        number = type(share) is int and -_HUNDRED <= share <= _HUNDRED
        raise WrongTypeError(
            f"{name} is of the wrong type",
            expected="Percent or Money or Weight",
            got=share,
            hint=f"a percentage is Percent({share})" if number else "",
        )
    below = (isinstance(share, Percent) and share.fraction < 0) or (
        isinstance(share, Money) and share.minor < 0
    )
    if below:
        raise SharesError(
            f"{name} is below zero", expected="a share of zero or more", got=share, difference=share
        )


def percents_over(shares: Sequence[Share]) -> Percent:
    """Return what the percent shares leave of the whole.

    Raises:
        SharesError: they ask for more than 100 %.
    """
    fractions = [share.fraction for share in shares if isinstance(share, Percent)]
    if not fractions:
        return _ALL
    whole = sum(fractions[1:], fractions[0])
    if whole == 1:  # as nearly all shares do; exact percentages are slow
        return _NOTHING
    asked = Percent(whole * _HUNDRED)
    over = _ALL - asked
    if over.fraction < 0:
        raise SharesError(
            f"the shares ask for {-over} more than the total",
            expected="100% in all",
            got=asked,
            difference=over,
        )
    return over


def resolve_shares(
    total: Money, shares: Sequence[Share], remainder: Remainder
) -> tuple[Money, ...]:
    """Return the amount of each share; the amounts sum to *total* exactly.

    Fixed amounts stand. The percents and the one part they leave are split in one ``allocate``
    of the total, that part in the place of the last share that is no percent; fixed amounts are
    taken from it, and weights divide the rest. A negative total gives the mirror image.

    Raises:
        SharesError: the shares leave some of the total over, or ask for more; for a negative
            total the difference is that of its mirror image.
        CurrencyMismatchError: a fixed share is in another currency.
        RemainderSignError: under BALANCE a last part would have the wrong sign.
    """
    if total.minor < 0:
        return tuple(-part for part in resolve_shares(-total, shares, remainder))
    places = [index for index, share in enumerate(shares) if not isinstance(share, Percent)]
    if not places:
        _require_covered(percents_over(shares))
        return allocate(total, shares, remainder=remainder)  # type: ignore[arg-type]  # all Percent
    parts = percent_parts(total, shares, remainder)
    rest = parts[places[-1]]
    for index in places:
        share = shares[index]
        if isinstance(share, Money):
            rest -= share
            parts[index] = share
    weighted = [index for index in places if isinstance(shares[index], Weight)]
    if rest.minor < 0 or (rest.minor and not weighted):
        raise not_covered(total, rest)
    _divide_rest(rest, shares, parts, remainder)
    return tuple(parts)


def percent_parts(total: Money, shares: Sequence[object], remainder: Remainder) -> list[Money]:
    """Return the amounts of the percents among *shares*, zero for the others.

    The last that is no percent gets all that the percents leave; there has to be one.

    Raises:
        SharesError: the percents ask for more than 100 %.
        RemainderSignError: under BALANCE a last part would have the wrong sign.
    """
    over = percents_over([share for share in shares if isinstance(share, Percent)])
    place = max(index for index, share in enumerate(shares) if not isinstance(share, Percent))
    if over is _ALL:
        parts = [Money.zero(total.currency)] * len(shares)
        parts[place] = total
        return parts
    weights = [share if isinstance(share, Percent) else _NOTHING for share in shares]
    weights[place] = over
    return list(allocate(total, weights, remainder=remainder))


def _divide_rest(
    rest: Money, shares: Sequence[Share], parts: list[Money], remainder: Remainder
) -> None:
    """Give *rest* to the weights, if there are any."""
    weighted = [(index, share.n) for index, share in enumerate(shares) if isinstance(share, Weight)]
    if weighted:
        split = allocate(rest, [n for _, n in weighted], remainder=remainder)
        for (index, _), part in zip(weighted, split, strict=True):
            parts[index] = part


def _require_covered(over: Percent) -> None:
    if over.fraction:
        raise SharesError(
            f"the shares leave {over} of the total over",
            expected="100% in all",
            got=Percent(100) - over,
            hint="add a milestone or instalment with share=REST",
            difference=over,
        )


def not_covered(total: Money, rest: Money) -> SharesError:
    """Return the error for shares that leave *rest* of *total*, or ask for more where negative."""
    more = rest.minor < 0
    fact = f"ask for {-rest} more than the total" if more else f"leave {rest} of the total over"
    return SharesError(
        f"the shares {fact}",
        expected=f"{total} in all",
        got=total - rest,
        hint="" if more else "add a milestone or instalment with share=REST",
        difference=rest,
    )
