"""Short ways to write what happens to the work of one milestone; days are those of May 2026."""

from milestone_invoicing import (
    REST,
    Approved,
    Cancelled,
    Cleared,
    Delivered,
    Fact,
    Milestone,
    Money,
    Percent,
    ProgressReported,
    Rejected,
    Reversed,
    Schedule,
    Started,
    WorkStatus,
    work_status,
)
from tests.unit.bills import may


def start(day: int) -> Started:
    return Started(on=may(day))


def progress(points: int, day: int) -> ProgressReported:
    return ProgressReported(Percent(points), on=may(day))


def deliver(day: int) -> Delivered:
    return Delivered(on=may(day))


def approve(day: int, by: str = "client") -> Approved:
    return Approved(by, on=may(day))


def reject(day: int) -> Rejected:
    return Rejected("client", "wrong colours", on=may(day))


def clear(day: int) -> Cleared:
    return Cleared("office", on=may(day))


def cancel(day: int) -> Cancelled:
    return Cancelled("no longer needed", on=may(day))


def take_back(fact: Fact, day: int) -> Reversed:
    return Reversed(fact, "entered by mistake", on=may(day))


def schedule(*facts: Fact, signed: int | None = None, **parts: object) -> Schedule:
    signed_on = None if signed is None else may(signed)
    milestones = [Milestone("a", "Audit", REST, **parts)]
    return Schedule(Money.of(900, "EUR"), milestones, signed_on=signed_on).record("a", *facts)


def seen(contract: Schedule, day: int) -> WorkStatus:
    return work_status(contract, "a", as_of=may(day))
