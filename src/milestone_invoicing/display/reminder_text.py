"""A letter of reminders as plain text: its subject, and what it says; it knows no policy."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import IntEnum
from typing import Final

from milestone_invoicing.display.formats import format_date
from milestone_invoicing.display.labels import headed, word
from milestone_invoicing.display.money_format import format_money
from milestone_invoicing.display.status_text import days_text
from milestone_invoicing.display.tables import one_line
from milestone_invoicing.errors import ArgumentsError
from milestone_invoicing.money import Money
from milestone_invoicing.receivables import Audience, DuePart, Reminder, reminder_letters


class _Tone(IntEnum):
    """How a reminder is worded, by rising urgency."""

    SOON = 0
    TODAY = 1
    FIRST = 2
    SECOND = 3
    ANOTHER = 4
    FINAL = 5


_TITLES: Final = {
    _Tone.SOON: "Payment due soon",
    _Tone.TODAY: "Payment due today",
    _Tone.FIRST: "Payment reminder",
    _Tone.SECOND: "Second payment reminder",
    _Tone.ANOTHER: "Another payment reminder",
    _Tone.FINAL: "Final payment reminder",
}
_BEFORE: Final = "We reminded you before, and have not received the following yet."
_OPENINGS: Final = {
    _Tone.SOON: "A friendly reminder: the following will be due soon.",
    _Tone.TODAY: "The following is due today.",
    _Tone.FIRST: "We have not received the following yet; it may have escaped your attention.",
    _Tone.SECOND: _BEFORE,
    _Tone.ANOTHER: _BEFORE,
    _Tone.FINAL: "Despite our reminders we have not received the following.",
}
_THANKS: Final = "Thank you for paying in time."
_PAY: Final = "Please pay now, or tell us what keeps you from paying."
_ENDINGS: Final = {
    _Tone.SOON: _THANKS,
    _Tone.TODAY: _THANKS,
    _Tone.FIRST: "Please pay now. If you have paid already, please disregard this message.",
    _Tone.SECOND: _PAY,
    _Tone.ANOTHER: _PAY,
    _Tone.FINAL: "This is our last reminder. If you do not pay now, we will take further steps.",
}
# A note to one's own side has three tones: the days after the due date are all alike.
_NOTES: Final = {
    _Tone.SOON: "The following will be due soon.",
    _Tone.TODAY: "The following is due today.",
    _Tone.FIRST: "The following is overdue.",
}


def reminder_subject(letter: Reminder | Iterable[Reminder], *, locale: str) -> str:
    """Return the subject of a letter, in one line: what it is about, and the invoices.

    On the seller's own side the client is named too.

    Args:
        letter: one reminder, or those of one letter as ``reminder_letters`` groups them.
        locale: of the words; there are English, Dutch, French and German ones.

    Raises:
        ArgumentsError: no reminders, or of several days, audiences, clients, owners or currencies.
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError: no Reminder.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice("2026-01", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> (reminder,) = due_reminders(
        ...     [invoice.record(Sent(on=date(2026, 5, 1)))],
        ...     ReminderPolicy.to_client(3),
        ...     as_of=date(2026, 5, 4),
        ... )
        >>> reminder_subject(reminder, locale="en")
        'Payment reminder: invoice 2026-01'
        >>> reminder_subject(reminder, locale="de")
        'Zahlungserinnerung: Rechnung 2026-01'

    Source: convention of this library.
    """
    found = _letter(letter)
    invoices = word("invoices" if found[1:] else "invoice", locale)
    numbers = f"{invoices} {_numbers(found)}"
    tone = max(map(_tone, found))
    if found[0].audience is Audience.CLIENT:
        return headed(word(_TITLES[tone], locale), numbers, locale)
    title = "Overdue payment" if tone is _Tone.FIRST else _TITLES[tone]
    return headed(word(title, locale), f"{numbers}, {one_line(found[0].buyer.name)}", locale)


def reminder_text(letter: Reminder | Iterable[Reminder], *, locale: str) -> str:
    """Return what a letter says, without greeting and signature, which are yours.

    A line for each invoice has its number, what is asked for, the due date and the days; what was
    due on several days has a line below it for each. The tone follows the days, and how many
    letters after the due date came before: never "final" in the first. In one letter the most
    urgent come first, and decide how it ends. It is plain text: escape it before it goes into HTML,
    for names and numbers stand in it as you wrote them.

    Args:
        letter: one reminder, or those of one letter as ``reminder_letters`` groups them.
        locale: of words, amounts and dates.

    Raises:
        ArgumentsError, UnknownLocaleError, WrongTypeError: as ``reminder_subject``.

    Example:
        >>> line = Line("Audit", 1, Money.of(1000, "EUR"))
        >>> invoice = Invoice("2026-01", date(2026, 5, 1), Party("acme", "Acme"), [line])
        >>> (reminder,) = due_reminders(
        ...     [invoice.record(Sent(on=date(2026, 5, 1)))],
        ...     ReminderPolicy.to_client(3),
        ...     as_of=date(2026, 5, 4),
        ... )
        >>> print(reminder_text(reminder, locale="en"))
        We have not received the following yet; it may have escaped your attention.
        <BLANKLINE>
        Invoice 2026-01: €1,000.00, due on May 1, 2026 (3 days late)
        <BLANKLINE>
        Please pay now. If you have paid already, please disregard this message.

    Source: convention of this library.
    """
    found = _letter(letter)
    blocks = [*_sections(found, locale), *_total(found, locale), *_closing(found, locale)]
    return "\n\n".join(blocks)


def _letter(letter: Reminder | Iterable[Reminder]) -> tuple[Reminder, ...]:
    """Return the reminders of one letter."""
    letters = reminder_letters((letter,) if isinstance(letter, Reminder) else letter)
    if not letters:
        raise ArgumentsError("a letter has no reminders", expected="at least one Reminder", got=())
    first, *others = letters
    if others:
        raise ArgumentsError(
            "these reminders are not one letter",
            expected="those of one day, audience, client, owner and currency",
            got=len(letters),
            hint="group them with reminder_letters(reminders)",
        )
    return first


def _tone(reminder: Reminder) -> _Tone:
    """Return how a reminder is worded; on one's own side all that is late is alike."""
    if reminder.days_past_due <= 0:
        return _Tone.TODAY if reminder.days_past_due == 0 else _Tone.SOON
    if reminder.audience is not Audience.CLIENT:
        return _Tone.FIRST
    if reminder.final:
        return _Tone.FINAL
    return _Tone(min(_Tone.FIRST + reminder.count - 1, _Tone.ANOTHER))


def _numbers(letter: Sequence[Reminder]) -> str:
    return one_line(", ".join(str(each.number) for each in letter))


def _sections(letter: Sequence[Reminder], locale: str) -> Iterator[str]:
    """Yield an opening for each tone, and a block of lines after it."""
    openings = _OPENINGS if letter[0].audience is Audience.CLIENT else _NOTES
    for opening in dict.fromkeys(openings[tone] for tone in sorted(map(_tone, letter))[::-1]):
        yield word(opening, locale)
        found = (each for each in letter if openings[_tone(each)] == opening)
        yield "\n".join(line for each in found for line in _lines(each, locale))


def _lines(reminder: Reminder, locale: str) -> Iterator[str]:
    """Yield what is asked for of one invoice, and since when; a line for each of more due dates."""
    title = f"{word('Invoice', locale)} {one_line(str(reminder.number))}"
    first, *others = (_part(part, reminder.on, locale) for part in reminder.parts)
    if others:
        yield headed(title, format_money(reminder.amount, locale=locale), locale)
        yield from (f"- {part}" for part in (first, *others))
    else:
        yield headed(title, first, locale)


def _part(part: DuePart, on: date, locale: str) -> str:
    amount = format_money(part.amount, locale=locale)
    due = f"{word('due on', locale)} {format_date(part.due_on, locale=locale)}"
    return f"{amount}, {due} ({_when((on - part.due_on).days, locale)})"


def _when(days: int, locale: str) -> str:
    if days > 0:
        return f"{days_text(days, locale)} {word('late', locale)}"
    return days_text(-days, locale, ahead=True) if days else word("today", locale)


def _total(letter: Sequence[Reminder], locale: str) -> Iterator[str]:
    if len(letter) > 1:
        total = Money.total((each.amount for each in letter), currency=letter[0].amount.currency)
        yield headed(word("Total", locale), format_money(total, locale=locale), locale)


def _closing(letter: Sequence[Reminder], locale: str) -> Iterator[str]:
    """Yield what the reader is asked to do."""
    audience, tone = letter[0].audience, max(map(_tone, letter))
    if audience is Audience.CLIENT:
        yield word(_ENDINGS[tone], locale)
        return
    yield "\n".join(_people(letter, locale))
    if tone is _Tone.FIRST:
        ours = audience is Audience.OWNER
        asked = "Please follow up with the client." if ours else "Please decide how to go on."
        yield word(asked, locale)


def _people(letter: Sequence[Reminder], locale: str) -> Iterator[str]:
    yield headed(word("Buyer", locale), one_line(letter[0].buyer.name), locale)
    owners = dict.fromkeys(each.owner for each in letter if each.owner)
    if owners:
        yield headed(word("Owner", locale), one_line(", ".join(owners)), locale)
