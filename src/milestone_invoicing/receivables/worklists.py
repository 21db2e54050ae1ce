"""What a project lead asks: what may be billed, what is late, what comes next; it knows no past."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from operator import attrgetter
from typing import Final

import attrs

from milestone_invoicing._answers import Answer, maker
from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing import Invoice, start_gate
from milestone_invoicing.billing.account.books import Books, books_of
from milestone_invoicing.billing.billed import BillingRoom, Terms, billing_room, terms_of
from milestone_invoicing.contract import Schedule, WorkState
from milestone_invoicing.contract.work_standing import ready_reason, work_views
from milestone_invoicing.facts import Reason
from milestone_invoicing.money import Money
from milestone_invoicing.money.money import made
from milestone_invoicing.timing.order import undated_last

_WORK_LEFT = frozenset({WorkState.PLANNED, WorkState.IN_PROGRESS, WorkState.REJECTED})


@attrs.frozen
class ReadyMilestone(Answer):
    """What of a milestone may be billed today.

    Attributes:
        key, title: of the milestone.
        amount: net; what a draft without *portion* and *up_to* would bill.
        since: the first day of the unbroken time since which the milestone may be.
        days_waiting: from that day to the day asked about.
        reason: the rule and the fact behind it.
    """

    key: str
    title: str
    amount: Money
    since: date
    days_waiting: int
    reason: Reason


def ready_to_invoice(
    schedule: Schedule, invoices: Iterable[Invoice], *, as_of: date
) -> tuple[ReadyMilestone, ...]:
    """Return what may be billed on a day, longest waiting first: it is money not asked for yet.

    Partly billed milestones are listed with what is left; what was voided waits for a decision and
    is not. What a bill or draft dated later took is not there any more. Nothing may be billed while
    the deposit is to be paid before the start, and ``start_gate`` is not open.

    Raises:
        OverbillingError, NumberRangeError: the invoices bill more of a milestone than was agreed,
            or less than nothing.
        DuplicateNumberError: two invoices have one number.
        CurrencyMismatchError: an invoice is in another currency.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(900, "EUR"),
        ...     [Milestone("a", "Audit", REST, trigger=ON_SIGNING)],
        ...     signed_on=date(2026, 5, 4),
        ... )
        >>> (ready,) = ready_to_invoice(schedule, [], as_of=date(2026, 5, 14))
        >>> str(ready.amount), ready.days_waiting
        ('EUR 900.00', 10)

    Source: convention of this library.
    """
    known = books_of(invoices)
    if not start_gate(schedule, known, as_of=as_of).is_open:
        return ()
    return _longest_waiting(schedule, known, as_of, billing_room)


def unbilled_work(
    schedule: Schedule, invoices: Iterable[Invoice], *, as_of: date
) -> tuple[ReadyMilestone, ...]:
    """Return what stood ready and not billed on a day, longest waiting first, for reports.

    Drafts, and bills issued later, take nothing from it: the answer for a past day stays what it
    was. To bill today ask ``ready_to_invoice``, which leaves out what they took.

    Raises:
        OverbillingError, NumberRangeError, DuplicateNumberError, CurrencyMismatchError: as
            ``ready_to_invoice``.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(900, "EUR"),
        ...     [Milestone("a", "Audit", REST, trigger=ON_SIGNING)],
        ...     signed_on=date(2026, 5, 4),
        ... )
        >>> day = date(2026, 5, 14)
        >>> draft = draft_invoice(
        ...     schedule, "a", invoices=[], as_of=day, buyer=Party("acme", "Acme")
        ... )
        >>> asked = (ready_to_invoice, unbilled_work)
        >>> [[str(each.amount) for each in ask(schedule, [draft], as_of=day)] for ask in asked]
        [[], ['EUR 900.00']]

    Source: convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_date(as_of, "as_of")
    return _longest_waiting(schedule, books_of(invoices), as_of, terms_of)


def _longest_waiting(
    schedule: Schedule,
    books: Books,
    as_of: date,
    billing: Callable[[Schedule, str, Books, date], Terms | BillingRoom],
) -> tuple[ReadyMilestone, ...]:
    currency = schedule.total.currency
    ready: list[ReadyMilestone] = []
    for work in work_views(schedule, as_of):
        since, milestone = work.ready_since, work.milestone
        if since is None:
            continue
        left = billing(schedule, milestone.key, books, as_of).not_yet_invoiced
        if left > 0:
            amount, days = made(left, currency), (as_of - since).days
            reason = ready_reason(work)
            ready.append(_ready(milestone.key, milestone.title, amount, since, days, reason))
    return tuple(sorted(ready, key=attrgetter("since")))


_ready: Final = maker(ReadyMilestone)


@attrs.frozen
class PlannedMilestone(Answer):
    """Work that is still to do.

    Attributes:
        key, title: of the milestone.
        state: how far it is.
        due_on: the last day to deliver in time, if one is agreed.
        days_late: since that day; zero while it is in time.
        waits_for: keys of milestones that come before it and are neither approved nor cancelled.
    """

    key: str
    title: str
    state: WorkState
    due_on: date | None
    days_late: int
    waits_for: tuple[str, ...]


def next_milestones(schedule: Schedule, *, as_of: date) -> tuple[PlannedMilestone, ...]:
    """Return the work still to do, by the day it is due; without one last, in contract order.

    Raises:
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(900, "EUR"),
        ...     [
        ...         Milestone("a", "Audit", REST, due_on=date(2026, 5, 8)),
        ...         Milestone("b", "Build", REST, depends_on=["a"]),
        ...     ],
        ... )
        >>> planned = next_milestones(schedule, as_of=date(2026, 5, 4))
        >>> [(each.key, each.waits_for) for each in planned]
        [('a', ()), ('b', ('a',))]

    Source: convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_date(as_of, "as_of")
    planned = _planned(schedule, as_of)
    return tuple(sorted(planned, key=lambda each: undated_last(each.due_on)))


def late_milestones(schedule: Schedule, *, as_of: date) -> tuple[PlannedMilestone, ...]:
    """Return the work that is past its day and not delivered, the latest first.

    The day itself is in time.

    Raises:
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(900, "EUR"), [Milestone("a", "Audit", REST, due_on=date(2026, 5, 8))]
        ... )
        >>> [each.days_late for each in late_milestones(schedule, as_of=date(2026, 5, 11))]
        [3]

    Source: convention of this library.
    """
    return tuple(each for each in next_milestones(schedule, as_of=as_of) if each.days_late)


def _planned(schedule: Schedule, as_of: date) -> Iterator[PlannedMilestone]:
    for work in work_views(schedule, as_of):
        milestone, state = work.milestone, work.history.state
        if state in _WORK_LEFT:
            due_on = milestone.due_on
            yield PlannedMilestone(
                key=milestone.key,
                title=milestone.title,
                state=state,
                due_on=due_on,
                days_late=(as_of - due_on).days if work.late and due_on else 0,
                waits_for=work.waits_for,
            )
