"""What late payment costs by law or by contract, as data; it knows no invoice."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import unique
from itertools import pairwise
from typing import TypeAlias

import attrs

from milestone_invoicing._checks import require_int, require_type, tuple_of
from milestone_invoicing._worded import Worded
from milestone_invoicing.errors import NumberRangeError, TiersError, WrongTypeError
from milestone_invoicing.money import Money, Percent, Rounding
from milestone_invoicing.money.money import require_one_currency
from milestone_invoicing.money.percent import as_percent
from milestone_invoicing.receivables.late_charges.day_counts import DayCount
from milestone_invoicing.receivables.late_charges.reference_rates import (
    Points,
    ReferenceRates,
)

Tier: TypeAlias = tuple[Money, Money]
"""From which debt on, and the compensation for one of that size."""


@unique
class RateReading(Worded):
    """Which day's reference rate interest is computed with.

    WHEN_LATE: that of the first day late, for all the time until payment (United Kingdom).
    AS_ACCRUED: that of each day of interest, so a new half-year has a new rate (directive
    2011/7/EU). WHEN_PAID: that of the day on which an amount is paid, for all the time that it was
    late; what is open has the rate of the day asked about.
    """

    WHEN_LATE = "rate when it became late"
    AS_ACCRUED = "rate as interest accrues"
    WHEN_PAID = "rate when it is paid"


def _tiers(value: Money | Iterable[Tier]) -> tuple[Tier, ...]:
    if isinstance(value, Money):
        return ((Money.zero(value.currency), value),)
    tiers = tuple_of(value, tuple, "the compensation")
    for tier in tiers:
        if len(tier) != len(("debt", "compensation")):
            raise WrongTypeError(
                "a tier is no pair", expected="(least debt, compensation)", got=tier
            )
    return tiers


@attrs.frozen
class LatePolicy:
    """What late payment costs: interest, compensation for each late instalment, a fee.

    Args:
        percent: of interest in a year; with *rates* the margin above them. A number is taken as a
            percentage.
        rates: the reference rates; None: *percent* is all.
        reading: which day's reference rate counts.
        day_count: what part of a year the days are.
        grace_days: an instalment costs nothing until it is more days late than these; then it
            costs from its due date on, what was paid within the grace included.
        compensation: an amount for each late instalment, or tiers by what was open of it when it
            became late: pairs of the least debt and its compensation, debts rising. An amount on
            the edge is in the tier that it begins.
        fee: an amount for each claim, however many instalments are late.
        compound_months: each time so many months have passed since the due date, interest is added
            to what bears interest; None: never.
        rounding: of the interest of a claim, once.

    Raises:
        NumberRangeError: a yearly percentage, margin included, a debt, compensation or fee is below
            zero; days are below zero, or months below one.
        TiersError: the debts of the tiers do not rise.
        CurrencyMismatchError: amounts in different currencies.
        NumberTypeError, NumberFormatError, NotFiniteError, NumberTooLargeError, ZeroDivisorError:
            a number is no exact and sensible one.
        WrongTypeError: a part is of another type.

    Example:
        >>> policy = LatePolicy(18, day_count=DayCount.THIRTY_360, grace_days=5)
        >>> str(policy.percent_on(date(2026, 6, 1))), policy.grace_days
        ('18%', 5)

    Source: contracts and statutes on late payment; the defaults are conventions of this library.
    """

    percent: Percent = attrs.field(converter=as_percent)
    rates: ReferenceRates | None = attrs.field(default=None, kw_only=True)
    reading: RateReading = attrs.field(default=RateReading.AS_ACCRUED, kw_only=True)
    day_count: DayCount = attrs.field(default=DayCount.ACTUAL_365, kw_only=True)
    grace_days: int = attrs.field(default=0, kw_only=True)
    compensation: tuple[Tier, ...] = attrs.field(default=(), converter=_tiers, kw_only=True)
    fee: Money | None = attrs.field(default=None, kw_only=True)
    compound_months: int | None = attrs.field(default=None, kw_only=True)
    rounding: Rounding = attrs.field(default=Rounding.HALF_UP, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part, and that they fit together."""
        require_type(self.rates, (ReferenceRates, type(None)), "the reference rates")
        require_type(self.reading, RateReading, "the reading of the rates")
        require_type(self.day_count, DayCount, "the day count")
        require_int(self.grace_days, "grace_days", at_least=0)
        require_type(self.fee, (Money, type(None)), "the fee")
        if self.compound_months is not None:
            require_int(self.compound_months, "compound_months", at_least=1)
        require_type(self.rounding, Rounding, "rounding")
        _check_percents(self.percent, self.rates)
        _check_amounts(self.amounts)
        debts = [least for least, _ in self.compensation]
        if any(one >= next_one for one, next_one in pairwise(debts)):
            raise TiersError(
                "the debts of the tiers do not rise", expected="rising debts", got=debts
            )

    @classmethod
    def uk_statutory(cls, rates: ReferenceRates) -> "LatePolicy":
        """Return what the law of the United Kingdom gives: 8 points over the official rate.

        The rate of the half-year in which interest starts holds until payment. Each late instalment
        costs 40, 70 or 100 pounds besides, from 0, 1,000.00 and 10,000.00 pounds of debt on.

        Args:
            rates: the official dealing rate for each half-year, that of the day before it: call
                ``per_half_year(FixingDay.DAY_BEFORE)`` on a table of changes.

        Raises:
            RatesError: a rate changes within a half-year.
            WrongTypeError: no ReferenceRates.

        Example:
            >>> rates = ReferenceRates.half_yearly(date(2024, 1, 1), ["5.25", "5.25"])
            >>> str(LatePolicy.uk_statutory(rates).percent_on(date(2024, 7, 1)))
            '13.25%'

        Source: Late Payment of Commercial Debts (Interest) Act 1998, sections 4 and 5A, and its
        (Rate of Interest) (No. 3) Order 2002.
        """
        _require_half_yearly(rates)
        least, paid = (0, 1000, 10_000), (40, 70, 100)
        return cls(
            8,
            rates=rates,
            reading=RateReading.WHEN_LATE,
            compensation=[
                (Money.of(debt, "GBP"), Money.of(amount, "GBP"))
                for debt, amount in zip(least, paid, strict=True)
            ],
        )

    @classmethod
    def eu_directive(
        cls,
        rates: ReferenceRates,
        *,
        margin: Points = 8,
        compensation: Money | Iterable[Tier] | None = None,
        day_count: DayCount = DayCount.ACTUAL_365,
    ) -> "LatePolicy":
        """Return what directive 2011/7/EU gives at least: 8 points over the reference rate.

        Each day has the rate of its half-year. Each late instalment costs 40 euros besides.

        Args:
            rates: the reference rate for each half-year, that of its first day: call
                ``per_half_year(FixingDay.FIRST_DAY)`` on a table of changes.
            margin: in percent points; states may give more.
            compensation: for each late instalment; None is 40 euros, ``()`` is none.
            day_count: what part of a year the days are; the directive does not say.

        Raises:
            RatesError: a rate changes within a half-year.
            WrongTypeError: no ReferenceRates; also as the constructor, like all other errors.

        Example:
            >>> rates = ReferenceRates.half_yearly(date(2026, 1, 1), ["2.15", "2.40"])
            >>> policy = LatePolicy.eu_directive(rates)
            >>> str(policy.percent_on(date(2026, 6, 30))), str(policy.percent_on(date(2026, 7, 1)))
            ('10.15%', '10.4%')

        Source: directive 2011/7/EU, articles 2 (6) and (7), 3 and 6.
        """
        _require_half_yearly(rates)
        flat = Money.of(40, "EUR") if compensation is None else compensation
        return cls(margin, rates=rates, day_count=day_count, compensation=flat)

    @property
    def amounts(self) -> tuple[Money, ...]:
        """All amounts of the policy: the debts and the compensation of each tier, and the fee."""
        of_tiers = tuple(amount for tier in self.compensation for amount in tier)
        return of_tiers if self.fee is None else (*of_tiers, self.fee)

    def percent_on(self, day: date) -> Percent:
        """Return the yearly percentage by the reference rate of *day*, the margin included.

        Raises:
            UnknownRateError: the table does not know that day.
            DateTypeError: there is a table, and *day* is not a plain date.
        """
        return self.percent if self.rates is None else self.percent + self.rates.on(day)

    def compensation_for(self, debt: Money) -> Money:
        """Return the compensation for one instalment of which so much was open.

        Raises:
            CurrencyMismatchError: *debt* is in another currency than the tiers.
            WrongTypeError: *debt* is not Money.

        Example:
            >>> rates = ReferenceRates.half_yearly(date(2024, 1, 1), ["5.25"])
            >>> policy = LatePolicy.uk_statutory(rates)
            >>> for debt in ("999.99", "1000.00"):
            ...     print(policy.compensation_for(Money.of(debt, "GBP")))
            GBP 40.00
            GBP 70.00
        """
        require_type(debt, Money, "the debt")
        reached = [paid for least, paid in self.compensation if least <= debt]
        return reached[-1] if reached else Money.zero(debt.currency)


def _require_half_yearly(rates: ReferenceRates) -> None:
    hint = 'write ReferenceRates.half_yearly(date(2026, 1, 1), ["2.15", "2.40"])'
    require_type(rates, ReferenceRates, "the reference rates", hint=hint)
    rates.require_half_yearly()


def _check_percents(percent: Percent, rates: ReferenceRates | None) -> None:
    """Refuse a percentage below zero, with whichever rate."""
    known = [step for _, step in rates.steps] if rates else [Percent(0)]
    least = percent + min(known)
    if least.fraction < 0:
        raise NumberRangeError(
            "the yearly percentage is below zero", expected="zero or more", got=least
        )


def _check_amounts(amounts: Sequence[Money]) -> None:
    """Refuse amounts below zero, or of several currencies."""
    for amount in amounts:
        require_type(amount, Money, "an amount of the policy")
        require_one_currency(amounts[0], amount)
        if amount.minor < 0:
            raise NumberRangeError(
                "an amount of the policy is below zero", expected="zero or more", got=amount
            )
