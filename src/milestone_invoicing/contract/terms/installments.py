"""What an instalment is and what it comes to: its share, its rule, what it waits for."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeAlias

import attrs

from milestone_invoicing._answers import Answer, maker
from milestone_invoicing._checks import require_text, require_type
from milestone_invoicing.contract.shares import (
    SHARE_TYPES,
    Share,
    Weight,
    not_covered,
    percent_parts,
    percents_over,
    require_share,
    resolve_shares,
)
from milestone_invoicing.contract.terms.discounts import (
    DiscountTax,
    EarlyDiscount,
    discounts_in_order,
)
from milestone_invoicing.errors import (
    DiscountError,
    PaymentTermsError,
    RemainderSignError,
    SharesError,
)
from milestone_invoicing.money import Money, Percent, Remainder, Rounding, allocate, round_ratio
from milestone_invoicing.money.money import require_one_currency, step_width
from milestone_invoicing.money.percent import as_percent
from milestone_invoicing.timing import DueRule, FixedDate


def _percent(value: Percent | int | str | Decimal | Fraction) -> Percent:
    """Return a percentage of zero or more, from it or from a number."""
    percent = as_percent(value)
    require_share(percent, "the share of an instalment")
    return percent


@attrs.frozen
class PercentOfRest:
    """A percentage of what the instalments before it leave, in definition order.

    Raises:
        SharesError: the percentage is below zero.
        NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError: no exact and
            sensible number.

    Example:
        >>> terms = PaymentTerms(
        ...     [Installment(PercentOfRest(50)) for _ in "ab"] + [Installment(REST)]
        ... )
        >>> [str(part.amount) for part in terms.due(Money.of(100, "EUR"), date(2026, 5, 1))]
        ['EUR 50.00', 'EUR 25.00', 'EUR 25.00']

    Source: convention of this library.
    """

    percent: Percent = attrs.field(converter=_percent)

    def __str__(self) -> str:
        """Return ``50% of the rest``."""
        return f"{self.percent} of the rest"


@attrs.frozen
class PercentOfUntaxed:
    """A percentage of the amount without tax, such as 40 % of the price, with all tax at the end.

    Raises:
        SharesError: the percentage is below zero.
        NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError: no exact and
            sensible number.

    Example:
        >>> terms = PaymentTerms([Installment(PercentOfUntaxed(40)), Installment(REST)])
        >>> price, payable = Money.of(1000, "EUR"), Money.of(1210, "EUR")
        >>> [str(part.amount) for part in terms.due(payable, date(2026, 5, 1), untaxed=price)]
        ['EUR 400.00', 'EUR 810.00']

    Source: convention of this library.
    """

    percent: Percent = attrs.field(converter=_percent)

    def __str__(self) -> str:
        """Return ``40% of the amount without tax``."""
        return f"{self.percent} of the amount without tax"


InstallmentShare: TypeAlias = Share | PercentOfRest | PercentOfUntaxed
_OWN_SHARES: Final = (PercentOfRest, PercentOfUntaxed)


@attrs.frozen
class Installment:
    """A part of a payable and the rule for its due date.

    Args:
        share: a Percent of the payable, of what is left or of the untaxed amount, a fixed Money,
            or a Weight of what these leave.
        due: counted from the issue date, or from the event; an empty rule is due at once.
        after: the event that it waits for, in words; without its date it has no due date.
        discounts: for paying this instalment early.

    Raises:
        WrongTypeError: a part is of another type.
        SharesError: the share is below zero.
        BlankTextError: the event is blank.
        DiscountError: the discounts do not go together, or change the tax of the whole invoice.
        PaymentTermsError: the instalment waits for an event, and is due on a fixed date.

    Example:
        >>> Installment(Percent(50), DueRule((AddDays(30),)), after="letter of credit").after
        'letter of credit'

    Source: EN 16931 payment terms (BT-20) leave instalments to text; their structure is a
    convention of this library.
    """

    share: InstallmentShare
    due: DueRule = attrs.field(factory=DueRule)
    after: str | None = attrs.field(default=None, kw_only=True)
    discounts: tuple[EarlyDiscount, ...] = attrs.field(
        default=(), converter=discounts_in_order, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        """Check the types and the sign."""
        if not issubclass(type(self.share), _OWN_SHARES):
            require_share(self.share, "the share of an instalment")
        require_type(self.due, DueRule, "the due rule of an instalment")
        if self.after is not None:
            require_text(self.after, "the event of an instalment")
            self._require_counted()
        if self.discounts and self.discounts[0].tax is DiscountTax.ALWAYS_REDUCED:
            raise DiscountError(
                "the discount of one instalment cannot always reduce the tax of the invoice",
                expected="another tax treatment",
                got=self.discounts[0].tax,
                hint="give the discount to the PaymentTerms",
            )

    def _require_counted(self) -> None:
        """Refuse an event that the due date does not count from."""
        if any(isinstance(step, FixedDate) for step in self.due.steps):
            raise PaymentTermsError(
                "an instalment on a fixed date waits for an event",
                expected="a date or an event",
                got=self.after,
            )


@attrs.frozen
class DueAmount(Answer):
    """An amount and the day it is due.

    Attributes:
        due_on: the day; None while the event that it waits for has no date.
        amount: what is due.
        after: the event that it waits for, or waited for.
        held: whether it is retainage that is not released yet.

    Example:
        >>> DueAmount(date(2026, 5, 31), Money.of(100, "EUR")).due_on.isoformat()
        '2026-05-31'
    """

    due_on: date | None
    amount: Money
    after: str | None = None
    held: bool = False


due_amount: Final = maker(DueAmount)


def withheld_of(parts: Sequence[DueAmount], withheld: Money) -> tuple[Money, ...]:
    """Return what of each instalment the client pays to the state, by running totals."""
    weights = [abs(part.amount.minor) for part in parts]
    if not any(weights):
        return tuple(withheld for _ in parts)
    return allocate(withheld, weights, remainder=Remainder.CUMULATIVE)


def check_shares(shares: Sequence[InstallmentShare]) -> None:
    """Refuse shares that cannot make up any payable.

    Raises:
        SharesError: percents alone that are not 100 %, or percents above it.
        PaymentTermsError: a percent of what is left stands after a weight, which leaves nothing.
    """
    over = percents_over([share for share in shares if isinstance(share, SHARE_TYPES)])
    percents_over([share.percent for share in shares if isinstance(share, PercentOfUntaxed)])
    if over.fraction and all(isinstance(share, Percent) for share in shares):
        raise SharesError(
            f"the instalments leave {over} of the payable over",
            expected="100% in all",
            got=Percent(100) - over,
            hint="make one share REST",
            difference=over,
        )
    weights = [index for index, share in enumerate(shares) if isinstance(share, Weight)]
    for index, share in enumerate(shares):
        if isinstance(share, PercentOfRest) and weights and weights[0] < index:
            raise PaymentTermsError(
                "nothing is left after a weight",
                expected="weights after the percents of what is left",
                got=share,
            )


def installment_amounts(
    payable: Money,
    shares: Sequence[InstallmentShare],
    *,
    untaxed: Money | None = None,
    remainder: Remainder = Remainder.BALANCE,
    step: Money | None = None,
    step_rounding: Rounding = Rounding.HALF_UP,
) -> tuple[Money, ...]:
    """Return the amount of each share; the amounts sum to *payable* exactly.

    Percents of the untaxed amount are split together, with what they leave of it. A percent of
    what is left is rounded half up once. Both then stand like fixed amounts; percents and weights
    are resolved as those of a schedule. With a *step* each amount that is not fixed is rounded
    to a multiple of it once, but the last of them takes what the others leave. A negative payable
    gives the mirror image.

    Raises:
        SharesError: the shares leave some of the payable over, or ask for more.
        PaymentTermsError: the untaxed amount is needed and missing, or of the other sign.
        CurrencyMismatchError: a fixed share, the step or the untaxed amount is in another currency.
        RemainderSignError: a part would have the wrong sign.
    """
    only = shares[0] if len(shares) == 1 and step is None else None
    if isinstance(only, Weight) or (isinstance(only, Percent) and only.fraction == 1):
        return (payable,)  # as most terms have it
    _require_untaxed(payable, shares, untaxed)
    if payable.minor < 0:
        mirrored = installment_amounts(
            -payable,
            shares,
            untaxed=None if untaxed is None else -untaxed,
            remainder=remainder,
            step=step,
            step_rounding=step_rounding,
        )
        return tuple(-amount for amount in mirrored)
    known = _rest_fixed(payable, _untaxed_fixed(shares, untaxed, remainder), remainder)
    amounts = resolve_shares(payable, known, remainder)
    movable = [index for index, share in enumerate(shares) if not isinstance(share, Money)]
    if step is None or not movable:
        return amounts
    width = step_width(step, payable)

    def stepped(base: int, share: Fraction) -> int:
        part = base * share
        return round_ratio(part.numerator, part.denominator * width, step_rounding) * width

    minors = _in_steps(payable.minor, shares, 0 if untaxed is None else untaxed.minor, stepped)
    minors[movable[-1]] += payable.minor - sum(minors)
    if min(minors) < 0:
        raise RemainderSignError(
            "an instalment would have the wrong sign",
            expected="amounts of the sign of the payable",
            got=Money(min(minors), payable.currency),
            hint="choose a smaller step, or another rounding to it",
        )
    return tuple(Money(minor, payable.currency) for minor in minors)


def _in_steps(
    payable: int,
    shares: Sequence[InstallmentShare],
    untaxed: int,
    stepped: Callable[[int, Fraction], int],
) -> list[int]:
    """Return each amount by itself: fixed ones stand, weights divide what the others leave."""
    minors = [0] * len(shares)
    left = payable
    for index, share in enumerate(shares):
        match share:
            case Money():
                minors[index] = share.minor
            case Percent():
                minors[index] = stepped(payable, share.fraction)
            case PercentOfUntaxed():
                minors[index] = stepped(untaxed, share.percent.fraction)
            case PercentOfRest():
                minors[index] = stepped(left, share.percent.fraction)
            case _:  # weights come after all others
                continue
        left -= minors[index]
    weights = {index: share.n for index, share in enumerate(shares) if isinstance(share, Weight)}
    for index, weight in weights.items():
        minors[index] = stepped(left, Fraction(weight, sum(weights.values())))
    return minors


def _require_untaxed(
    payable: Money, shares: Sequence[InstallmentShare], untaxed: Money | None
) -> None:
    """Refuse a percent of the untaxed amount without one, or with one of the other sign."""
    needed = any(isinstance(share, PercentOfUntaxed) for share in shares)
    if needed and (untaxed is None or untaxed.minor * payable.minor < 0):
        raise PaymentTermsError(
            "a percent of the untaxed amount has none to be of",
            expected="untaxed=Money of the sign of the payable",
            got=untaxed,
        )


def _untaxed_fixed(
    shares: Sequence[InstallmentShare], untaxed: Money | None, remainder: Remainder
) -> list[Share | PercentOfRest]:
    """Return *shares* with amounts in place of the percents of the untaxed amount."""
    percents = [share.percent for share in shares if isinstance(share, PercentOfUntaxed)]
    parts: Iterable[Money] = ()
    if percents and untaxed is not None:
        parts = allocate(untaxed, [*percents, percents_over(percents)], remainder=remainder)
    amounts = iter(parts)
    return [next(amounts) if isinstance(share, PercentOfUntaxed) else share for share in shares]


def _rest_fixed(
    payable: Money, shares: Sequence[Share | PercentOfRest], remainder: Remainder
) -> list[Share]:
    """Return *shares* with amounts in place of the percents of what is left."""
    if not any(isinstance(share, PercentOfRest) for share in shares):
        return [share for share in shares if isinstance(share, SHARE_TYPES)]
    percents = percent_parts(payable, shares, remainder)
    known: list[Share] = []
    left = payable
    for share, percent_part in zip(shares, percents, strict=True):
        if not isinstance(share, PercentOfRest):
            known.append(share)
            left -= percent_part if isinstance(share, Percent) else _amount(share, left)
            continue
        if left.minor < 0:
            raise not_covered(payable, left)
        part = left.times(share.percent, rounding=Rounding.HALF_UP)
        known.append(part)
        left -= part
    return known


def _amount(share: Share, zero_of: Money) -> Money:
    """Return a fixed amount, or nothing for a weight, which comes last."""
    if isinstance(share, Money):
        require_one_currency(zero_of, share)
        return share
    return Money.zero(zero_of.currency)
