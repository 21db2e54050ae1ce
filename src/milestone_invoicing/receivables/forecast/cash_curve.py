"""How cash and exposure of one contract would run under several ways of billing it, by its plan."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import unique
from itertools import accumulate

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import (
    require_date,
    require_int,
    require_optional_date,
    require_type,
    tuple_of,
)
from milestone_invoicing._worded import Worded
from milestone_invoicing.contract import (
    Milestone,
    OnDate,
    PaymentTerms,
    ReleaseOn,
    Schedule,
    Trigger,
)
from milestone_invoicing.errors import ArgumentsError, ScheduleError, Words
from milestone_invoicing.money import Money, Rounding, round_ratio, split_evenly
from milestone_invoicing.receivables.exposure import ExposurePoint
from milestone_invoicing.receivables.forecast.curve_cash import CurveBill, Payer, curve_cash
from milestone_invoicing.receivables.positions import EarnedBy
from milestone_invoicing.timing.months import add_days, end_of_month


@unique
class BillingWay(Worded):
    """How a contract may be billed.

    MILESTONES: each on its day. PROGRESS: at each month end what is done since the last bill.
    MONTHLY: equal amounts at each month end. AT_END: one bill when all is done.
    """

    MILESTONES = "milestones"
    PROGRESS = "progress"
    MONTHLY = "monthly"
    AT_END = "at the end"


@attrs.frozen
class CashCurve(Answer):
    """What is earned and received under one way of billing, net.

    Attributes:
        way: of billing.
        points: on days that say all: between two of them cash stays as at the first, and what is
            earned rises evenly, or stays too.
    """

    way: BillingWay
    points: tuple[ExposurePoint, ...]

    @property
    def peak(self) -> ExposurePoint:
        """The point of highest exposure, the first of these: what the seller has at stake."""
        return max(self.points, key=lambda point: point.exposure)

    @property
    def total(self) -> Money:
        """All cash: the total of the contract, less what is *retained*."""
        return self.points[-1].paid

    @property
    def retained(self) -> Money:
        """What is retained and never released by plan, so that its cash has no day."""
        return self.points[-1].exposure

    @property
    def paid_on(self) -> date:
        """The first day from which on all cash is there."""
        waits = [place for place, point in enumerate(self.points) if point.paid != self.total]
        return self.points[waits[-1] + 1 if waits else 0].day

    def received(self, *, as_of: date) -> Money:
        """Return the cash that is there on a day, that day included.

        Raises:
            DateTypeError: *as_of* is not a plain date.
        """
        require_date(as_of, "as_of")
        place = bisect_right(self.points, as_of, key=lambda point: point.day)
        return self.points[place - 1].paid if place else Money.zero(self.total.currency)


def cash_curve(
    schedule: Schedule,
    *,
    as_of: date,
    start: date | None = None,
    ways: Iterable[BillingWay] = tuple(BillingWay),
    terms: PaymentTerms | None = None,
    delay_days: int = 0,
    released_on: date | None = None,
    earned_by: EarnedBy = EarnedBy.PROGRESS,
) -> tuple[CashCurve, ...]:
    """Return what each way of billing a contract would mean for its cash, by the planned dates.

    It is a model of the plan, net of tax; facts are left out. The work of a milestone goes on
    evenly from the day the one before it is done to its own day of delivery. What has no such day,
    such as a payment on signing, is earned along with the rest. Amounts are rounded half up on
    running totals. Every curve ends at the contract total, less what is retained without a day.

    A deposit is billed on signing, or at the start, and comes off the bills as agreed; one that is
    agreed with tax counts as it stands. What no bill can take off goes back with the last. What the
    contract retains of a bill comes when the end of the work releases it, by plan, or on
    *released_on*; held, it is due then, and left off, it is billed then. Its events are left out.

    Args:
        schedule: the contract; each milestone that is worth something needs a day.
        as_of: the day by whose change orders it is looked at.
        start: when work starts; by default the day of signing.
        ways: which to compare, in the order of the answer.
        terms: of all bills; by default those of the milestone or schedule, else due at once.
        delay_days: so many days after its due date each bill is paid.
        released_on: when a fact releases what is retained; None leaves it without a day.
        earned_by: whether work counts as earned day by day, or once its milestone is done.

    Raises:
        ArgumentsError: neither *start* nor a day of signing is known; or *released_on* where
            nothing is retained, or the end of the work releases it.
        ScheduleError: a milestone has no day, or one before the start.
        PaymentTermsError: an instalment waits for an event, so that it has no day.
        SharesError, RemainderSignError, DateRangeError, CalendarRangeError, DueBeforeStartError:
            the terms do not fit a bill, or a day.
        NumberTypeError, NumberRangeError: *delay_days* is no int of zero or more.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(900, "EUR"),
        ...     [
        ...         Milestone("a", "Audit", Percent(40), due_on=date(2026, 5, 15)),
        ...         Milestone("b", "Build", REST, due_on=date(2026, 6, 30)),
        ...     ],
        ...     signed_on=date(2026, 5, 1),
        ... )
        >>> for curve in cash_curve(schedule, as_of=date(2026, 5, 1)):
        ...     print(f"{curve.way}: at most {curve.peak.exposure} on {curve.peak.day}")
        milestones: at most EUR 528.26 on 2026-06-29
        progress: at most EUR 536.09 on 2026-05-30
        monthly: at most EUR 536.09 on 2026-05-30
        at the end: at most EUR 888.26 on 2026-06-29

    Source: earned less paid, over planned dates; the model is a convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_date(as_of, "as_of")
    require_optional_date(start, "start")
    require_type(terms, (PaymentTerms, type(None)), "the terms")
    require_int(delay_days, "delay_days", at_least=0)
    require_type(earned_by, EarnedBy, "earned_by")
    _require_released_by_fact(schedule, released_on)
    chosen = tuple_of(ways, BillingWay, "ways")
    plan = _Plan(schedule, as_of, _start(schedule, start), earned_by)
    usual = terms or schedule.terms or PaymentTerms()
    payer = Payer(usual, delay_days, schedule.signed_on or plan.start, plan.end, released_on)
    curves: list[CashCurve] = []
    for way in chosen:
        bills = [
            attrs.evolve(bill, terms=usual) if terms is not None else bill
            for bill in plan.bills(way, usual)
        ]
        cash = curve_cash(schedule, bills, payer)
        curves.append(CashCurve(way, tuple(_points(plan, cash))))
    return tuple(curves)


def _require_released_by_fact(schedule: Schedule, released_on: date | None) -> None:
    """Refuse a day of release that nothing would look at."""
    require_optional_date(released_on, "released_on")
    rule = schedule.retainage
    if released_on is not None and (rule is None or rule.release is not ReleaseOn.FACT):
        raise ArgumentsError(
            "no fact releases what is retained",
            expected="released_on=None, or a retainage with release=ReleaseOn.FACT",
            got=Words("no retainage" if rule is None else f"a release by {rule.release}"),
        )


def _start(schedule: Schedule, start: date | None) -> date:
    found = start or schedule.signed_on
    if found is None:
        raise ArgumentsError(
            "nothing says when the work starts",
            expected="start=date(...), or a schedule with signed_on",
            got=None,
        )
    return found


class _Plan:
    """When the work of a contract is done and its milestones are billed; never leaves this module.

    ``days`` are the start and those on which milestones are done, rising, and ``values`` what is
    earned by then, running.
    """

    def __init__(self, schedule: Schedule, as_of: date, start: date, earned_by: EarnedBy) -> None:
        agreed = schedule.agreed_on(as_of)
        self.start, self.earned_by, self.total = start, earned_by, agreed.total
        worth = zip(agreed.milestones, agreed.amounts, strict=True)
        self.milestones = [
            (_billing_day(milestone, start), amount, milestone)
            for milestone, amount in worth
            if amount
        ]
        done = {start: 0}
        for _, amount, milestone in self.milestones:
            if milestone.due_on is not None:
                done[milestone.due_on] = done.get(milestone.due_on, 0) + amount.minor
        whole = sum(done.values())
        if whole <= 0:
            last = max([start, *(day for day, _, _ in self.milestones)])
            done, whole = {start: 0} | {last: 1}, 1
        self.days = sorted(done)
        running = accumulate(done[day] for day in self.days)
        # What has no day of delivery of its own is earned along with the rest.
        self.values = [
            round_ratio(self.total.minor * part, whole, Rounding.HALF_UP) for part in running
        ]

    @property
    def end(self) -> date:
        """The last day of work or billing."""
        return max([self.days[-1], *(billed for billed, _, _ in self.milestones)])

    def earned(self, day: date) -> Money:
        if day < self.start:
            return self._money(0)
        if self.earned_by is EarnedBy.PROGRESS:
            return self.done(day)
        return self._money(self.values[bisect_right(self.days, day) - 1])

    def done(self, day: date) -> Money:
        """Return the value of the work until a day, rounded half up."""
        place = bisect_left(self.days, day)
        if place == len(self.days):
            return self._money(self.values[-1])
        if not place:
            return self._money(self.values[0])
        before, after = self.days[place - 1], self.days[place]
        step = self.values[place] - self.values[place - 1]
        part = round_ratio(step * (day - before).days, (after - before).days, Rounding.HALF_UP)
        return self._money(self.values[place - 1] + part)

    def bills(self, way: BillingWay, terms: PaymentTerms) -> Iterator[CurveBill]:
        """Yield the bills of one way, by these terms unless a milestone has its own."""
        if way is BillingWay.MILESTONES:
            for day, amount, each in self.milestones:
                yield CurveBill(day, amount, each.terms or terms, each.due_on or day)
        elif way is BillingWay.PROGRESS:
            before = self._money(0)
            for day in self._month_ends():
                yield CurveBill(day, self.done(day) - before, terms, self.end)
                before = self.done(day)
        else:
            days = self._month_ends() if way is BillingWay.MONTHLY else [self.end]
            for day, amount in zip(days, split_evenly(self.total, len(days)), strict=True):
                yield CurveBill(day, amount, terms, self.end)

    def _month_ends(self) -> list[date]:
        """Return the month ends from the start on, the last one cut off at the end."""
        days = [min(end_of_month(self.start), self.end)]
        while days[-1] < self.end:
            days.append(min(end_of_month(add_days(days[-1], 1)), self.end))
        return days

    def _money(self, minor: int) -> Money:
        return Money(minor, self.total.currency)


def _billing_day(milestone: Milestone, start: date) -> date:
    """Return the day on which it is billed, once it and the work are planned from the start on."""
    day = milestone.due_on
    if isinstance(milestone.trigger, OnDate):
        day = milestone.trigger.date
    elif milestone.trigger in {Trigger.ON_SIGNING, Trigger.ON_START}:
        day = start
    if day is None or min(day, milestone.due_on or day) < start:
        raise ScheduleError(
            f"milestone {milestone.key!r} has no planned day",
            expected=f"due_on, or a trigger with a day, from {start} on",
            got=milestone.due_on,
        )
    return day


def _points(plan: _Plan, cash: Sequence[tuple[date, Money]]) -> Iterator[ExposurePoint]:
    """Yield earned and paid where either bends, and on the day before cash comes."""
    paid: dict[date, int] = {}
    for day, amount in cash:
        paid[day] = paid.get(day, 0) + amount.minor
    days = {*plan.days, plan.end, *paid}
    days |= {day - timedelta(1) for day in paid if day > plan.start}
    running = 0
    for day in sorted(days):
        running += paid.get(day, 0)
        yield ExposurePoint(day, plan.earned(day), Money(running, plan.total.currency))
