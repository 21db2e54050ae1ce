"""How exposure moves from day to day, and its peak; what a position is, is worked out elsewhere."""

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_type
from milestone_invoicing.billing import Invoice
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.contract import Schedule
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.changes import days_of
from milestone_invoicing.receivables.positions import (
    ContractPosition,
    EarnedBy,
    contract_position,
)
from milestone_invoicing.timing.order import require_stretch


@attrs.frozen
class ExposurePoint(Answer):
    """What a contract has earned and been paid from a day on, net of tax.

    Attributes:
        day: the first day on which it is so.
        earned: the value of accepted work.
        paid: what of the money received is for it, what is left of deposits included.
    """

    day: date
    earned: Money
    paid: Money

    @property
    def exposure(self) -> Money:
        """What is earned and not paid: what the seller would lose; negative if paid ahead."""
        return self.earned - self.paid


def exposure_curve(
    schedule: Schedule,
    invoices: Iterable[Invoice],
    *,
    since: date,
    until: date,
    earned_by: EarnedBy = EarnedBy.APPROVAL,
) -> tuple[ExposurePoint, ...]:
    """Return what is earned and paid on *since*, and on each later day on which either changes.

    Both days are included. Between two points all stays as it is at the first, so that the curve
    says what ``contract_position`` says on every day. Facts dated later count from their day on:
    record what is planned, and the curve is that of the plan.

    Args:
        schedule: the contract.
        invoices: all its invoices, and no others.
        since: the first day.
        until: the last day.
        earned_by: when work counts as earned.

    Raises:
        PeriodError: *until* is before *since*.
        UnknownMilestoneError, OverbillingError, NumberRangeError, DuplicateNumberError,
            CurrencyMismatchError: as ``contract_position``.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> milestone = Milestone("a", "Audit", REST, accepted_after=AcceptedAfter(14))
        >>> schedule = Schedule(Money.of(900, "EUR"), [milestone])
        >>> schedule = schedule.record("a", Delivered(on=date(2026, 5, 4)))
        >>> curve = exposure_curve(schedule, [], since=date(2026, 5, 1), until=date(2026, 5, 31))
        >>> [f"{point.day} {point.exposure}" for point in curve]
        ['2026-05-01 EUR 0.00', '2026-05-18 EUR 900.00']

    Source: earned less paid; the curve is a convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_stretch(since, until)
    require_type(earned_by, EarnedBy, "earned_by")
    bills = books_of(invoices)
    days = sorted({since, *(day for day in days_of(schedule, bills) if since < day <= until)})
    positions = (contract_position(schedule, bills, as_of=day, earned_by=earned_by) for day in days)
    return tuple(_changes(_point(each) for each in positions))


def _point(position: ContractPosition) -> ExposurePoint:
    net = position.net
    return ExposurePoint(position.as_of, net.earned, net.paid + net.unassigned)


def _changes(points: Iterable[ExposurePoint]) -> Iterator[ExposurePoint]:
    """Yield the first point, and each that differs from the one before it."""
    before: tuple[Money, Money] | None = None
    for point in points:
        if (point.earned, point.paid) != before:
            yield point
        before = point.earned, point.paid


def peak_exposure(
    schedule: Schedule,
    invoices: Iterable[Invoice],
    *,
    since: date,
    until: date,
    earned_by: EarnedBy = EarnedBy.APPROVAL,
) -> ExposurePoint:
    """Return the point of highest exposure from *since* to *until*, the first day of it.

    Both days are included. It is what the seller may lose under this schedule, and so what
    compares schedules for the same work.

    Args:
        schedule: the contract.
        invoices: all its invoices, and no others.
        since: the first day.
        until: the last day.
        earned_by: when work counts as earned.

    Raises: as ``exposure_curve``.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(900, "EUR"), [Milestone("a", "A", Percent(30)), Milestone("b", "B", REST)]
        ... )
        >>> for key, day in (("a", date(2026, 5, 4)), ("b", date(2026, 6, 1))):
        ...     schedule = schedule.record(key, Delivered(on=day), Approved("Eve", on=day))
        >>> peak = peak_exposure(schedule, [], since=date(2026, 5, 1), until=date(2026, 6, 30))
        >>> str(peak.day), str(peak.exposure)
        ('2026-06-01', 'EUR 900.00')

    Source: earned less paid, at its most; convention of this library.
    """
    curve = exposure_curve(schedule, invoices, since=since, until=until, earned_by=earned_by)
    return max(curve, key=lambda point: point.exposure)
