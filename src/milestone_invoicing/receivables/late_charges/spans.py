"""What interest a run of late days bears: exact, one span for equal amounts and rates."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import count, pairwise, takewhile
from typing import Final

import attrs

from milestone_invoicing._answers import Answer, maker
from milestone_invoicing.money import Currency, Money, Percent, Rounding, round_ratio
from milestone_invoicing.money.waterfall import matched
from milestone_invoicing.receivables.late_charges.arrears import Stretch
from milestone_invoicing.receivables.late_charges.policies import LatePolicy, RateReading
from milestone_invoicing.timing.months import add_days, add_months


@attrs.frozen
class LateSpan(Answer):
    """Days on which one amount bore interest at one rate.

    Attributes:
        installment: its number, as in ``due_items``.
        since: the day after which it runs: the due date, or the last day of the span before.
        until: the last day of interest.
        balance: what was late.
        percent: of a year, margin included.
        interest: exact, in minor units.
        compounded: earlier interest that bore interest too, exact, in minor units.
    """

    installment: int
    since: date
    until: date
    balance: Money
    percent: Percent
    interest: Fraction
    compounded: Fraction

    @property
    def days(self) -> int:
        """The days by the calendar, whatever the day count makes of them."""
        return (self.until - self.since).days

    def __str__(self) -> str:
        """Return ``EUR 600.00 at 10.15%, 30 days after 2026-05-31``, with compounded interest."""
        days = "1 day" if self.days == 1 else f"{self.days} days"
        minor = round_ratio(*self.compounded.as_integer_ratio(), Rounding.HALF_UP)
        added = f" and {Money(minor, self.balance.currency)} of interest" if self.compounded else ""
        return f"{self.balance}{added} at {self.percent}, {days} after {self.since}"


_span: Final = maker(LateSpan)


def spans(
    runs: Iterable[Sequence[Stretch]],
    policy: LatePolicy,
    currency: Currency,
    charged: Mapping[date, int],
) -> Iterator[LateSpan]:
    """Yield the spans of all runs.

    Args:
        runs: in the order in which interest is charged.
        policy: what late payment costs.
        currency: of the amounts.
        charged: the interest that was billed or paid by day, in minor units; from the next day on
            it bears no interest here.
    """
    left = {day: Fraction(minor) for day, minor in charged.items()}
    for run in runs:
        strands = [tuple(run)]
        if policy.rates and policy.reading is RateReading.WHEN_PAID:
            strands = [(layer,) for layer in _layers(run)]
        for strand in strands:
            yield from _strand(strand, policy, currency, left)


def _layers(run: Sequence[Stretch]) -> Iterator[Stretch]:
    """Yield each part of what was late with the day on which it was paid; the oldest goes first."""
    nothing = attrs.evolve(run[-1], since=run[-1].until, minor=0)
    grown = [(now, now.minor - before.minor) for before, now in pairwise((nothing, *run, nothing))]
    late = ((now, minor) for now, minor in grown if minor > 0)
    paid = ((now.since, -minor) for now, minor in grown if minor < 0)
    for first, until, minor in matched(late, paid):
        yield attrs.evolve(first, until=until, minor=minor)


def _strand(
    strand: Sequence[Stretch], policy: LatePolicy, currency: Currency, left: dict[date, Fraction]
) -> Iterator[LateSpan]:
    """Yield the spans of stretches that follow one another; interest is added up on its days.

    What is *left* of the interest charged is taken from that of the strand, the oldest first.
    """
    added = waiting = Fraction(0)
    first, last = strand[0].since, strand[-1].until
    adding = _adding_days(first, last, policy)
    charging = sorted(left) if policy.compound_months else []
    cuts = sorted({*adding, *charging, *_rate_cuts(first, policy)})
    for stretch in strand:
        for since, until in pairwise(_between(cuts, stretch)):
            percent = policy.percent_on(_rate_day(policy, first, since, last))
            years = policy.day_count.years(since, until)
            interest = (stretch.minor + added) * percent.fraction * years
            balance = Money(stretch.minor, currency)
            yield _span(stretch.installment, since, until, balance, percent, interest, added)
            waiting += interest
            if until in adding:
                added, waiting = added + waiting, Fraction(0)
            if until in charging:
                added, waiting = _less_charged(left, until, added, waiting)
    for day in charging:
        if day > last:
            added, waiting = _less_charged(left, day, added, waiting)


def _less_charged(
    left: dict[date, Fraction], day: date, added: Fraction, waiting: Fraction
) -> tuple[Fraction, Fraction]:
    """Return the interest of a strand less what was charged of it on a day."""
    of_added = min(left[day], added)
    of_waiting = min(left[day] - of_added, waiting)
    left[day] -= of_added + of_waiting
    return added - of_added, waiting - of_waiting


def _rate_day(policy: LatePolicy, first: date, since: date, last: date) -> date:
    """Return the day whose reference rate a span has, that begins after *since*."""
    if policy.reading is RateReading.WHEN_PAID:
        return last
    return add_days(first if policy.reading is RateReading.WHEN_LATE else since, 1)


def _rate_cuts(first: date, policy: LatePolicy) -> Iterator[date]:
    """Yield the last days of the rates that may hold after a day."""
    if policy.rates and policy.reading is RateReading.AS_ACCRUED:
        # The day before a rate begins is the last day of the rate before it. What lies beyond the
        # table is a span of its own, so that its rate is asked for, and refused.
        yield from (add_days(each, -1) for each, _ in policy.rates.steps if each > first)
        yield policy.rates.until


def _between(cuts: Sequence[date], stretch: Stretch) -> list[date]:
    """Return the days that bound the spans of a stretch: its own, and the *cuts* in between."""
    inside = cuts[bisect_right(cuts, stretch.since) : bisect_left(cuts, stretch.until)]
    return [stretch.since, *inside, stretch.until]


def _adding_days(first: date, last: date, policy: LatePolicy) -> frozenset[date]:
    """Return the days after which interest bears interest."""
    months = policy.compound_months
    if months is None:
        return frozenset()
    days = (add_months(first, step * months) for step in count(1))
    return frozenset(takewhile(lambda day: day < last, days))
