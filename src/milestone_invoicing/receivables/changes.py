"""What changed between two days: labels and flags, and the days on which they may change."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TypeAlias

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_type
from milestone_invoicing.billing import Invoice
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.contract import Schedule
from milestone_invoicing.contract.work_standing import work_days
from milestone_invoicing.receivables.milestones import MilestoneLabel, milestone_status
from milestone_invoicing.receivables.status import invoice_status
from milestone_invoicing.receivables.status_axes import Flag, StatusLabel, flags_text
from milestone_invoicing.timing.order import require_stretch

_Label: TypeAlias = MilestoneLabel | StatusLabel
_State: TypeAlias = tuple[_Label | None, frozenset[Flag]]


@attrs.frozen
class Transition(Answer):
    """A label or flags that changed on a day, which is what an app makes a notification of.

    Attributes:
        on: the day from which it is so.
        milestone: the key of the milestone; None for an invoice.
        invoice: the number of the invoice; None for a milestone.
        before, after: the labels; None before a milestone is agreed on, or after it is dropped.
            They are the same where flags alone changed.
        raised: flags that stand from this day on; a milestone has none.
        lowered: flags that stood up to the day before.
    """

    on: date
    milestone: str | None
    invoice: str | None
    before: _Label | None
    after: _Label | None
    raised: frozenset[Flag] = attrs.field(default=frozenset(), repr=flags_text)
    lowered: frozenset[Flag] = attrs.field(default=frozenset(), repr=flags_text)


def what_changed(
    schedule: Schedule, invoices: Iterable[Invoice], *, since: date, until: date
) -> tuple[Transition, ...]:
    """Return each change of a label, or of flags, after *since*, up to *until* included.

    Order: by day; on one day milestones as they came, then invoices as given. Label and flags of
    one day are one change: what stands on it beside what stood on the day before. Two stretches
    that meet give what one over both gives. Drafts have no number, and are left out.

    Raises:
        PeriodError: *until* is before *since*.
        OverbillingError, NumberRangeError, DuplicateNumberError, CurrencyMismatchError: as
            ``milestone_status``.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(900, "EUR"), [Milestone("a", "Audit", REST, due_on=date(2026, 5, 8))]
        ... )
        >>> schedule = schedule.record("a", Delivered(on=date(2026, 5, 11)))
        >>> changes = what_changed(schedule, [], since=date(2026, 5, 1), until=date(2026, 5, 31))
        >>> [f"{each.on} {each.before} -> {each.after}" for each in changes]
        ['2026-05-09 planned -> late', '2026-05-11 late -> delivered']

    Source: convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_stretch(since, until)
    known = [each for each in books_of(invoices) if not each.is_draft]
    changes: list[Transition] = []
    for key, bills in _by_milestone(schedule, known).items():
        days = work_days(schedule, key).union(*map(_days_of_invoice, bills))
        state = partial(_milestone_state, schedule, key, bills)
        changes += _changes(state, days, since, until, milestone=key)
    for invoice in known:
        own = [*_days_of_invoice(invoice), *_by_itself(invoice, since, until)]
        state = partial(_invoice_state, invoice)
        changes += _changes(state, own, since, until, invoice=invoice.number)
    return tuple(sorted(changes, key=lambda each: each.on))


def _by_milestone(schedule: Schedule, invoices: Sequence[Invoice]) -> dict[str, list[Invoice]]:
    """Return the invoices that may move the label of each milestone.

    Those are the ones that bill it. Those that bill none, and what was left off, concern all; and
    so does each where the work waits for a deposit.
    """
    waits = schedule.deposit is not None and schedule.deposit.before_start
    found: dict[str, list[Invoice]] = {key: [] for key in schedule.keys}
    for invoice in invoices:
        for_all = waits or any(line.milestone is None for line in invoice.lines)
        for key in found if for_all else {line.milestone for line in invoice.lines} & found.keys():
            found[str(key)].append(invoice)
    return found


def _milestone_state(
    schedule: Schedule, key: str, invoices: Sequence[Invoice], day: date
) -> _State:
    if key not in schedule.agreed_on(day).places:
        return None, frozenset()
    return milestone_status(schedule, key, invoices, as_of=day).label, frozenset()


def _invoice_state(invoice: Invoice, day: date) -> _State:
    status = invoice_status(invoice, as_of=day)
    return status.label, status.flags


def _changes(
    state: Callable[[date], _State],
    days: Iterable[date],
    since: date,
    until: date,
    *,
    milestone: str | None = None,
    invoice: str | None = None,
) -> Iterator[Transition]:
    """Yield what differs from the day before, on each of *days* on which anything does."""
    label, flags = state(since)
    for day in sorted({day for day in days if since < day <= until}):
        before, stood = label, flags
        label, flags = state(day)
        if label is not before or flags != stood:
            yield Transition(
                on=day,
                milestone=milestone,
                invoice=invoice,
                before=before,
                after=label,
                raised=flags - stood,
                lowered=stood - flags,
            )


def days_of(schedule: Schedule, invoices: Iterable[Invoice]) -> set[date]:
    """Return the days on which work, bills or money may change by what is agreed or recorded."""
    return work_days(schedule).union(*map(_days_of_invoice, invoices))


def _days_of_invoice(invoice: Invoice) -> set[date]:
    issued = () if invoice.issued_on is None else (invoice.issued_on,)
    return {*issued, *(fact.on for fact in invoice.facts)}


def _by_itself(invoice: Invoice, since: date, until: date) -> Iterator[date]:
    """Yield the days on which time alone changes a status."""
    for start in {since, *_days_of_invoice(invoice)}:
        day = invoice_status(invoice, as_of=start).next_change
        while day is not None and day <= until:
            yield day
            day = invoice_status(invoice, as_of=day).next_change
