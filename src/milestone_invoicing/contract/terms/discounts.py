"""What paying early takes off an amount, until when, and what of it is tax; no payments here."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import unique
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_int, require_type, tuple_of
from milestone_invoicing._worded import Worded
from milestone_invoicing.errors import DiscountError
from milestone_invoicing.money import Money, Percent, Rounding, TaxedAmount
from milestone_invoicing.money.percent import as_percent
from milestone_invoicing.timing import AddDays


@unique
class DiscountTax(Worded):
    """What an early discount does to the tax.

    On 100.00 + 21 % with 2 %, paid early or late:

    REDUCED_IF_TAKEN: 118.58 or 121.00; the discount is a percent of the amount with tax.
    NOT_REDUCED: 119.00 or 121.00; it is a percent of the amount without tax, the tax is due whole.
    ALWAYS_REDUCED: 118.58 or 120.58; the tax is that of the discounted amount, taken or not.
    """

    REDUCED_IF_TAKEN = "tax reduced if taken"
    NOT_REDUCED = "tax not reduced"
    ALWAYS_REDUCED = "tax always reduced"


@unique
class DiscountBase(Worded):
    """What an early discount is a percentage of.

    On a bill of 11,900.00 with 3 %, of which 7,140.00 is deducted, 500.00 held as retainage, and
    1,000.00 withheld by the client for the state:

    PAYABLE_NOW: 127.80 on 4,260.00, what is still to be paid; what is withheld is paid too, by
        another hand.
    PAYABLE: 142.80 on 4,760.00; what is held is reduced with it.
    BILLED: 357.00 on 11,900.00; what is deducted too, such as a deposit that had no discount.
    NET_TO_PAY: 97.80 on 3,260.00, what is still to be paid to the seller.
    """

    PAYABLE_NOW = "payable now"
    PAYABLE = "payable"
    BILLED = "billed"
    NET_TO_PAY = "net to pay"


@attrs.frozen
class EarlyDiscount:
    """So many percent off for cash within so many days, the last day counted in.

    Args:
        percent: above zero and below 100; a number is taken as a percentage.
        days: counted from the issue date, or from the event that its instalment waits for.
        tax: what it does to the tax.
        base: what it is a percentage of; what is still to be paid, unless told.

    Raises:
        DiscountError: the percentage is not between 0 and 100.
        NumberTypeError, NumberRangeError, NumberFormatError, NotFiniteError,
            NumberTooLargeError: a number is no exact and sensible one.
        WrongTypeError: *tax* is no ``DiscountTax``, or *base* no ``DiscountBase``.

    Example:
        >>> EarlyDiscount(2, 10).until(date(2026, 5, 1))
        datetime.date(2026, 5, 11)

    Source: cash discount, Skonto, escompte; UNTDID 4279 code 22, discount.
    """

    percent: Percent = attrs.field(converter=as_percent)
    days: int
    tax: DiscountTax = DiscountTax.REDUCED_IF_TAKEN
    base: DiscountBase = attrs.field(default=DiscountBase.PAYABLE_NOW, kw_only=True)
    untdid_4279: ClassVar[str] = "22"

    def __attrs_post_init__(self) -> None:
        """Check each part."""
        if not 0 < self.percent.fraction < 1:
            raise DiscountError(
                "an early discount is not a part of the amount",
                expected="more than 0% and less than 100%",
                got=self.percent,
            )
        require_int(self.days, "the days of an early discount", at_least=0)
        require_type(self.tax, DiscountTax, "the tax treatment of a discount")
        require_type(self.base, DiscountBase, "the base of a discount")

    def until(self, start: date) -> date:
        """Return the last day on which cash counts, from *start* on.

        Raises:
            DateTypeError: *start* is not a plain date.
            DateRangeError: that day lies after year 9999.
        """
        return AddDays(self.days).apply(start)


@attrs.frozen
class DiscountOffer(Answer):
    """What an early discount comes to for one invoice or instalment.

    Attributes:
        percent: of the discount.
        until: the last day on which cash counts.
        amount: what it is offered on, with tax.
        discount: what may be left off, rounded half up once.
        tax_discount: what of it is tax, by which the tax is to be corrected when it is taken.
        installment: the number of its instalment, counting from 1; None is the whole.
        withheld: what of the amount the client pays to the state; None is nothing.
    """

    percent: Percent
    until: date
    amount: Money
    discount: Money
    tax_discount: Money
    installment: int | None = None
    withheld: Money | None = None

    @property
    def pays(self) -> Money:
        """The cash that settles the amount in time, beside what is withheld."""
        reduced = self.amount - self.discount
        return reduced if self.withheld is None else reduced - self.withheld


def offer_of(
    terms: EarlyDiscount,
    start: date,
    amount: Money,
    reducible: TaxedAmount,
    *,
    part: Fraction = Fraction(1),
    whole: Money | None = None,
    installment: int | None = None,
) -> DiscountOffer | None:
    """Return what *terms* offer on an amount that is payable, *start* being the first day.

    None is offered where the discount comes to nothing, would add to the amount, or would leave
    nothing of it to pay.

    Args:
        terms: the discount.
        start: the day from which its days count.
        amount: what is payable, with tax.
        reducible: the part of the whole that discounts reduce, by net and tax: fixed taxes,
            freight or expenses may be left out.
        part: what of that the discount is a percentage of.
        whole: the payable of which the amount is an instalment, and that has its share of what
            is reducible; None if it is the whole.
        installment: the number of the instalment.

    Rounding: the discount is rounded half up once, and so is the tax in it.

    Example:
        >>> parts = TaxedAmount(Money.of(100, "EUR"), Money.of(21, "EUR"))
        >>> offer = offer_of(EarlyDiscount(2, 10), date(2026, 5, 1), parts.gross, parts)
        >>> str(offer.pays), str(offer.tax_discount)
        ('EUR 118.58', 'EUR 0.42')

    Source: convention of this library.
    """
    taxed = terms.tax is DiscountTax.REDUCED_IF_TAKEN
    tax = reducible.tax if taxed else Money.zero(amount.currency)
    share = terms.percent.fraction * part * (1 if whole is None else amount.ratio_to(whole))
    discount = (reducible.net + tax).times(share, rounding=Rounding.HALF_UP)
    if not 0 < discount.minor * amount.minor < amount.minor**2:
        return None
    return DiscountOffer(
        percent=terms.percent,
        until=terms.until(start),
        amount=amount,
        discount=discount,
        tax_discount=tax.times(share, rounding=Rounding.HALF_UP),
        installment=installment,
    )


@attrs.frozen
class Discountable:
    """What of a bill early discounts are about, before anything is paid.

    Attributes:
        payable: what is payable now, with tax; its instalments sum to it.
        reducible: what discounts reduce of what is payable, now or later, by net and tax: fixed
            taxes, freight or expenses may be left out, and what is deducted is.
        billed: the same with what is deducted.
        held: what is payable once it is released.
        withheld: what of it the client pays to the state.
    """

    payable: Money
    reducible: TaxedAmount
    billed: TaxedAmount
    held: Money
    withheld: Money

    def by(self, base: DiscountBase) -> tuple[TaxedAmount, Fraction]:
        """Return net and tax of what discounts of a base reduce, and the part of it that counts.

        What is held, or withheld, has its part of what is reducible, as an instalment has.
        """
        match base:
            case DiscountBase.BILLED:
                return self.billed, Fraction(1)
            case DiscountBase.PAYABLE:
                return self.reducible, Fraction(1)
            case DiscountBase.PAYABLE_NOW:
                counted = self.payable
            case _:  # the last one, NET_TO_PAY
                counted = self.payable - self.withheld
        return self.reducible, counted.ratio_to(self.payable + self.held)

    def offer(
        self,
        terms: EarlyDiscount,
        start: date,
        amount: Money,
        withheld: Money,
        installment: int | None = None,
    ) -> DiscountOffer | None:
        """Return what a discount offers on what is payable now, or on an instalment of it.

        Nothing where what is withheld of that leaves nothing to pay.
        """
        reducible, part = self.by(terms.base)
        found = offer_of(
            terms,
            start,
            amount,
            reducible,
            part=part,
            whole=self.payable,
            installment=installment,
        )
        if found is None or not withheld:
            return found
        offer = attrs.evolve(found, withheld=withheld)
        return offer if offer.pays.minor * amount.minor > 0 else None


def discounts_in_order(values: Iterable[EarlyDiscount]) -> tuple[EarlyDiscount, ...]:
    """Return discounts by their last day, if they can be offered together.

    Raises:
        WrongTypeError: *values* is no collection of early discounts.
        DiscountError: one that lasts longer takes off no less, or they treat the tax differently
            or have different bases.
    """
    levels = tuple_of(values, EarlyDiscount, "discounts")
    if not levels:
        return levels
    levels = tuple(sorted(levels, key=lambda each: each.days))
    for sooner, later in pairwise(levels):
        if later.days == sooner.days or later.percent.fraction >= sooner.percent.fraction:
            raise DiscountError(
                "a discount that lasts longer takes off no less",
                expected=f"less than {sooner.percent} after day {sooner.days}",
                got=later,
            )
        if later.tax is not sooner.tax:
            raise DiscountError(
                "two discounts treat the tax differently", expected=str(sooner.tax), got=later.tax
            )
        if later.base is not sooner.base:
            raise DiscountError(
                "two discounts are of different amounts", expected=str(sooner.base), got=later.base
            )
    return levels


def always_reduced(discounts: Sequence[EarlyDiscount]) -> Percent | None:
    """Return the percent by which the tax base is reduced whether or not cash comes early.

    Of several levels it is the largest, since none may be taxed too much.

    Example:
        >>> always_reduced([EarlyDiscount(2, 10)]) is None
        True
    """
    if discounts and discounts[0].tax is DiscountTax.ALWAYS_REDUCED:
        return discounts[0].percent
    return None
