"""What makes payment schedules fail in practice, found before the contract is signed."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final

from milestone_invoicing._checks import require_int, require_type
from milestone_invoicing.contract.agreement import Agreement
from milestone_invoicing.contract.milestones import Milestone, OnDate, Trigger
from milestone_invoicing.contract.planned import planned_recoupment, planned_retention
from milestone_invoicing.contract.schedule import Schedule
from milestone_invoicing.findings import Finding, Severity
from milestone_invoicing.money import Money, Percent

DEFAULT_MOST: Final = Percent(50)
DEFAULT_LEAST: Final = Percent(5)
DEFAULT_GAP: Final = 90


def check_schedule(
    schedule: Schedule,
    *,
    most: Percent = DEFAULT_MOST,
    least: Percent = DEFAULT_LEAST,
    longest_gap: int = DEFAULT_GAP,
) -> tuple[Finding, ...]:
    """Return what makes a schedule risky, as it stands after its last change order.

    ``check`` lists the codes, and when each is found.

    A milestone of zero is a gate: only its deadline is looked at. Planned bills are those whose day
    is known: the signing, an agreed date, or the day of delivery.

    Args:
        schedule: the contract.
        most: of the total, for one milestone; exactly so much is fine.
        least: of the total, for the last one; exactly so much is fine.
        longest_gap: in days; exactly so many are fine.

    Order: milestone by milestone, then what concerns them together.

    Raises:
        WrongTypeError: not a schedule and percentages.
        NumberTypeError, NumberRangeError: *longest_gap* is no int of at least one.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(900, "EUR"),
        ...     [Milestone("a", "Audit", REST, deliverable="report", due_on=date(2026, 5, 8))],
        ... )
        >>> [finding.code for finding in check_schedule(schedule)]
        ['over_half']

    Source: convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_type(most, Percent, "most")
    require_type(least, Percent, "least")
    require_int(longest_gap, "longest_gap", at_least=1)
    agreed = schedule.agreed_on(date.max)
    return (
        *_of_each(agreed, most),
        *_of_the_last(agreed, least),
        *_gaps(schedule, agreed, longest_gap),
        *_of_the_deposit(schedule, agreed),
    )


def _of_each(agreed: Agreement, most: Percent) -> Iterator[Finding]:
    for place, (milestone, amount) in enumerate(
        zip(agreed.milestones, agreed.amounts, strict=True)
    ):
        path = f"milestones.{milestone.key}"
        if amount and not milestone.deliverable.strip():
            message = "nothing says what is handed over: fill in deliverable"
            yield Finding(f"{path}.deliverable", "no_deliverable", message, Severity.WARNING)
        if milestone.due_on is None and not _bills_by_itself(milestone):
            message = "no day of delivery is agreed: fill in due_on, or bill on a date"
            yield Finding(f"{path}.due_on", "no_deadline", message, Severity.WARNING)
        if amount and _share(amount, agreed) > most:
            message = f"{amount} is more than {most} of {agreed.total}: divide it"
            yield Finding(path, "over_half", message, Severity.WARNING)
        if amount and _is_unbounded(agreed, place):
            message = f"work goes on while nobody approves it: {_what_bounds(milestone)}"
            yield Finding(f"{path}.trigger", "unbounded_exposure", message, Severity.WARNING)


def _bills_by_itself(milestone: Milestone) -> bool:
    """Say whether the day of billing needs no delivery."""
    return milestone.trigger is Trigger.ON_SIGNING or isinstance(milestone.trigger, OnDate)


def _share(amount: Money, agreed: Agreement) -> Percent:
    return Percent(amount.ratio_to(agreed.total) * 100)


def _is_unbounded(agreed: Agreement, place: int) -> bool:
    """Say whether later work is done even if the client never says a word about this."""
    milestone, later = agreed.milestones[place], agreed.milestones[place + 1 :]
    waits = _waits_for_a_word(milestone)
    return waits and bool(later) and all(milestone.key not in each.depends_on for each in later)


def _waits_for_a_word(milestone: Milestone) -> bool:
    """Say whether its bill waits for ever while the client says nothing."""
    if milestone.trigger is Trigger.ON_APPROVAL:
        return milestone.accepted_after is None
    return milestone.trigger is Trigger.MANUAL


def _what_bounds(milestone: Milestone) -> str:
    ways = "let the next milestone depend on it, or bill on delivery"
    if milestone.trigger is Trigger.MANUAL:
        return ways
    return f"{ways}, or count silence as approval with accepted_after"


def _of_the_last(agreed: Agreement, least: Percent) -> Iterator[Finding]:
    milestone, amount = agreed.milestones[-1], agreed.amounts[-1]
    if len(agreed.milestones) > 1 and amount and _share(amount, agreed) < least:
        message = f"{amount} is less than {least} of {agreed.total}: little depends on the end"
        yield Finding(f"milestones.{milestone.key}", "small_last", message, Severity.NOTE)


def _gaps(schedule: Schedule, agreed: Agreement, longest_gap: int) -> Iterator[Finding]:
    """Yield the stretches between two planned bills that are too long."""
    planned = [
        (day, milestone)
        for milestone, amount in zip(agreed.milestones, agreed.amounts, strict=True)
        if amount and (day := _planned_day(schedule, milestone)) is not None
    ]
    for (before, first), (after, second) in pairwise(sorted(planned, key=lambda each: each[0])):
        days = (after - before).days
        if days > longest_gap:
            message = f"{days} days lie between the bills of {first.key!r} and {second.key!r}"
            yield Finding("milestones", "long_gap", message, Severity.WARNING)


def _planned_day(schedule: Schedule, milestone: Milestone) -> date | None:
    if isinstance(milestone.trigger, OnDate):
        return milestone.trigger.date
    return schedule.signed_on if milestone.trigger is Trigger.ON_SIGNING else milestone.due_on


def _of_the_deposit(schedule: Schedule, agreed: Agreement) -> Iterator[Finding]:
    """Yield what may leave a deposit unpaid, or money of it that no bill takes off."""
    deposit = schedule.deposit
    if deposit is None:
        return
    if not deposit.before_start:
        message = "bills do not wait for it, and ask for it too while it is open: say before_start"
        yield Finding("deposit.before_start", "deposit_not_awaited", message, Severity.NOTE)
    bills = [amount for amount in agreed.amounts if amount]
    if deposit.with_tax or not bills:
        return
    rooms = bills
    if schedule.retainage is not None:
        kept = planned_retention(schedule.retainage, bills)
        rooms = [bill - part for bill, part in zip(bills, kept, strict=True)]
    amount = deposit.amount_of(schedule.total)
    taken = sum(planned_recoupment(deposit, amount, bills, rooms), amount - amount)
    if taken < amount:
        message = f"bills can take off {taken} of {amount}: recoup it earlier, or agree less"
        yield Finding("deposit", "deposit_left_over", message, Severity.WARNING)
