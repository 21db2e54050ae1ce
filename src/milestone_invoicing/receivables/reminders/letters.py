"""Which reminders go into one letter; it knows no invoices and no policies."""

from collections.abc import Iterable

from milestone_invoicing._checks import tuple_of
from milestone_invoicing.receivables.reminders.sending import Reminder
from milestone_invoicing.receivables.reminders.steps import Audience


def reminder_letters(reminders: Iterable[Reminder]) -> tuple[tuple[Reminder, ...], ...]:
    """Return the reminders grouped so that nobody gets two letters of one kind on a day.

    A letter has the reminders of one day for one audience about one client, in one currency; to
    owners those of one owner. Letters stand in the order of their first reminder.

    Raises:
        WrongTypeError: no collection, or an item is no Reminder.

    Example:
        >>> def bill(number):
        ...     line = Line("Audit", 1, Money.of(1000, "EUR"))
        ...     invoice = Invoice(number, date(2026, 5, 1), Party("acme", "Acme"), [line])
        ...     return invoice.record(Sent(on=date(2026, 5, 1)))
        >>> policy = ReminderPolicy.standard()
        >>> reminders = due_reminders([bill("1"), bill("2")], policy, as_of=date(2026, 5, 4))
        >>> [[each.number for each in letter] for letter in reminder_letters(reminders)]
        [['1', '2']]

    Source: convention of this library.
    """
    letters: dict[tuple[object, ...], list[Reminder]] = {}
    for each in tuple_of(reminders, Reminder, "reminders"):
        owner = each.owner if each.audience is Audience.OWNER else None
        key = (each.on, each.audience, each.buyer.key, each.amount.currency, owner)
        letters.setdefault(key, []).append(each)
    return tuple(map(tuple, letters.values()))
