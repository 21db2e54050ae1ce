"""What will be sent on the days of a stretch if nothing else happens; it sends nothing."""

from collections.abc import Iterable, Iterator
from datetime import date

from milestone_invoicing._checks import require_type
from milestone_invoicing.billing import FollowedUp, Invoice, Promised, Reminded
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.facts import Fact
from milestone_invoicing.receivables.reminders.chase import chase_of
from milestone_invoicing.receivables.reminders.policies import ReminderPolicy
from milestone_invoicing.receivables.reminders.reached import Ladder, first_days
from milestone_invoicing.receivables.reminders.sending import (
    Reminder,
    in_order_of_sending,
    reminder_of,
)
from milestone_invoicing.receivables.reminders.steps import ReminderAnchor, starts
from milestone_invoicing.timing.order import require_stretch


def reminder_plan(
    invoices: Iterable[Invoice], policy: ReminderPolicy, *, since: date, until: date
) -> tuple[Reminder, ...]:
    """Return what is to be sent on each day from *since* to *until*, both included.

    It is what ``due_reminders`` would say day by day, if each reminder was recorded on its day and
    nothing else happened. Facts count from their own days on, those within the stretch too.

    Order: by day, then by due date, then by number.

    Raises:
        PeriodError: *until* is before *since*.
        CurrencyMismatchError, DuplicateNumberError, DueBeforeStartError, DateRangeError,
            CalendarRangeError, WrongTypeError, DateTypeError: as ``due_reminders``.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice(
        ...     "1", date(2026, 5, 1), Party("acme", "Acme"), [line], terms=PaymentTerms.net(30)
        ... ).record(Sent(on=date(2026, 5, 1)))
        >>> plan = reminder_plan(
        ...     [invoice],
        ...     ReminderPolicy.to_client(7, 14),
        ...     since=date(2026, 5, 1),
        ...     until=date(2026, 6, 30),
        ... )
        >>> [(str(each.on), each.level) for each in plan]
        [('2026-06-07', 1), ('2026-06-14', 2)]

    Source: convention of this library.
    """
    require_type(policy, ReminderPolicy, "the policy")
    require_stretch(since, until)
    known, ladder = books_of(invoices), Ladder.of(policy)
    return in_order_of_sending(
        each for invoice in known for each in _plan(invoice, ladder, since, until)
    )


def _plan(invoice: Invoice, ladder: Ladder, since: date, until: date) -> Iterator[Reminder]:
    """Yield the reminders of one invoice, visiting only the days on which anything may change."""
    day = since
    while True:
        reminder = reminder_of(invoice, ladder, day)
        if reminder is not None:
            yield reminder
            invoice = invoice.record(reminder.fact())
        later = {each for each in _turns(invoice, ladder.policy, day) if each > day.toordinal()}
        if not later or min(later) > until.toordinal():
            return
        day = date.fromordinal(min(later))


def _turns(invoice: Invoice, policy: ReminderPolicy, day: date) -> Iterator[int]:
    """Yield the ordinals of all days on which a step may start, an amount grow or a pause end."""
    for fact in invoice.facts:
        yield fact.on.toordinal()
        yield from _echoes(fact, policy)
    for due_on in invoice.reading(day).due_days:
        if due_on is not None:
            yield due_on.toordinal()
    chase = chase_of(invoice, day)
    if chase is not None:
        for part in chase.parts:
            found = first_days(policy, chase.issued_on, part.due_on)
            yield from (first for first in found if first is not None)


def _echoes(fact: Fact, policy: ReminderPolicy) -> Iterator[int]:
    """Yield the later days on which a fact makes a difference."""
    on = fact.on.toordinal()
    match fact:
        case Promised():
            yield fact.pay_on.toordinal() + 1
        case FollowedUp():
            yield from (on + step.quiet_days + 1 for step in policy.steps if step.quiet_days)
            yield on + 1
        case Reminded():
            yield on + policy.days_apart
            for step in policy.steps:
                if step.repeat_every is not None:
                    yield on + step.repeat_every
                if step.anchor is ReminderAnchor.LAST_REMINDER:
                    yield starts(step, fact.on)
        case _:
            yield on + 1  # on the day on which it is sent it speaks for itself
