"""What is to be sent on a day: reminders with all that their text needs; it sends nothing."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

import attrs

from milestone_invoicing._answers import Answer, maker
from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.billing import Invoice, Party, Reminded
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.facts import Reason
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.ownership import owner_of
from milestone_invoicing.receivables.reminders.chase import (
    Chase,
    DuePart,
    chase_of,
)
from milestone_invoicing.receivables.reminders.policies import (
    ReminderPolicy,
    is_last_for_its_audience,
    restarts_for,
)
from milestone_invoicing.receivables.reminders.reached import Ladder, counted, step_reached
from milestone_invoicing.receivables.reminders.steps import Audience, ReminderStep


@attrs.frozen
class Reminder(Answer):
    """One message about one invoice, that is to be sent on a day.

    Attributes:
        number: of the invoice.
        buyer: who pays.
        owner: who looks after the invoice on that day; None is nobody.
        step: of the policy.
        on: the day on which it is to be sent.
        about: the due date whose instalment has newly reached the step.
        parts: what is asked for: a part for each due date, the oldest first, with the amount that
            is open and not disputed. They are what is due on *on* or before it; if nothing is, the
            oldest part alone. Disputes are about what is due last, as payments fill what is due
            first.
        open: with tax: all that is open of the invoice, disputed or not due yet.
        count: how many messages after the due date its audience gets with this one, which is 1
            until the second.
        final: whether it is not the first after the due date, and the last to its audience: no step
            comes after it, and no open instalment that would bring one.
        reasons: the step, the reminder before it, and what was said about the money.
    """

    number: str
    buyer: Party
    owner: str | None
    step: ReminderStep
    on: date
    about: date
    parts: tuple[DuePart, ...]
    open: Money
    count: int
    final: bool
    reasons: tuple[Reason, ...]

    @property
    def audience(self) -> Audience:
        """Who gets it."""
        return self.step.audience

    @property
    def level(self) -> int:
        """How urgent it is."""
        return self.step.level

    @property
    def due_on(self) -> date:
        """The due date of the oldest part."""
        return self.parts[0].due_on

    @property
    def amount(self) -> Money:
        """What is asked for, with tax: the sum of the parts."""
        first = self.parts[0].amount
        return Money.total((part.amount for part in self.parts), currency=first.currency)

    @property
    def days_past_due(self) -> int:
        """The days since the oldest due date: zero on it, negative before it."""
        return (self.on - self.due_on).days

    def fact(self) -> Reminded:
        """Return what to record on the invoice once it is sent."""
        return Reminded(self.level, str(self.audience), on=self.on)


def due_reminders(
    invoices: Iterable[Invoice], policy: ReminderPolicy, *, as_of: date
) -> tuple[Reminder, ...]:
    """Return what is to be sent on a day, by due date, then by number; at most one per invoice.

    Send them, and record ``reminder.fact()`` of each on its invoice: nothing else remembers it.

    It asks which step is reached, not which has its day: after days on which nothing was sent, one
    reminder makes up for them, of the highest level reached. A level that was sent is not sent
    again, nor is a lower one. Each due date has levels of its own: the next instalment brings
    reminders again, though an older one is late; and so does an extension or a payment plan. What
    is sent is the highest step that any of them newly reached; it asks for all that is due by then.
    Steps before a due date wait while an older instalment is open, until it is paid or that date.

    Nothing is sent about what is not sent yet, or on the day on which it is; what is void, a draft,
    a credit note or settled; what is retained, disputed or without a due date; while a promise
    runs; or after it was handed over. A broken promise no longer holds anything back.

    Args:
        invoices: of any currency.
        policy: the steps.
        as_of: the day; facts and issue dates after it are invisible.

    Raises:
        CurrencyMismatchError: a step has least amounts, and none in the currency of an invoice
            that may be chased.
        DuplicateNumberError: two invoices have one number.
        DueBeforeStartError, DateRangeError, CalendarRangeError: the rule of a step leads to no day.
        WrongTypeError: not Invoices and a ReminderPolicy.
        DateTypeError: *as_of* is not a plain date.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice(
        ...     "1", date(2026, 5, 1), Party("acme", "Acme"), [line], terms=PaymentTerms.net(30)
        ... ).record(Sent(on=date(2026, 5, 1)))
        >>> policy = ReminderPolicy.standard()
        >>> (reminder,) = due_reminders([invoice], policy, as_of=date(2026, 6, 4))
        >>> str(reminder.step), str(reminder.amount), reminder.days_past_due
        ('level 3 to client, 3 days after the due date', 'EUR 1000.00', 4)
        >>> due_reminders([invoice.record(reminder.fact())], policy, as_of=date(2026, 6, 5))
        ()

    Source: the dunning runs of ledger software; the details are a convention of this library.
    """
    require_type(policy, ReminderPolicy, "the policy")
    require_date(as_of, "as_of")
    ladder = Ladder.of(policy)
    found = (reminder_of(each, ladder, as_of) for each in books_of(invoices))
    return in_order_of_sending(each for each in found if each is not None)


def in_order_of_sending(reminders: Iterable[Reminder]) -> tuple[Reminder, ...]:
    """Return reminders by day, due date and number, whatever the order of their invoices was."""
    return tuple(sorted(reminders, key=lambda each: (each.on, each.due_on, each.number)))


def reminder_of(invoice: Invoice, ladder: Ladder, as_of: date) -> Reminder | None:
    """Return what is to be sent about one invoice on a day, if anything is."""
    chase = chase_of(invoice, as_of)
    found = None if chase is None else step_reached(ladder, chase)
    if chase is None or found is None:
        return None
    place, about = found
    step = ladder.policy.steps[place]
    sent = counted(ladder, chase, chase.due_on, by_issue=ladder.by_issue[place])
    late = [
        fact for fact, _ in sent if fact.on > chase.due_on and fact.audience == str(step.audience)
    ]
    return _reminder(
        str(invoice.number),
        invoice.buyer,
        owner_of(invoice, as_of=as_of),
        step,
        as_of,
        about,
        chase.parts,
        chase.open,
        len(late) + 1,
        bool(late) and _is_last(ladder.policy, chase, step, about),
        tuple(_reasons(chase, ladder.texts[place], about)),
    )


_reminder: Final = maker(Reminder)
_reason: Final = maker(Reason)


def _is_last(policy: ReminderPolicy, chase: Chase, step: ReminderStep, about: date) -> bool:
    """Whether its audience hears nothing of the invoice after a step of one due date."""
    if not is_last_for_its_audience(policy, step):
        return False
    return about == chase.last_due_on or not restarts_for(policy, step.audience)


def _reasons(chase: Chase, step: str, about: date) -> Iterator[Reason]:
    part = next(part.amount for part in chase.parts if part.due_on == about)
    whole = "" if part == chase.amount else f"{chase.amount}, of which "
    yield _reason(f"{step}: {whole}{part} due on {about}", ())
    for fact, _ in chase.reminded[-1:]:
        yield Reason(f"last reminded on {fact.on}: level {fact.level} to {fact.audience}", (fact,))
    yield from chase.reasons
