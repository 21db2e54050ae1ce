"""What of one invoice may be asked for on a day, and who was reminded of what; no policies."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Final

import attrs

from milestone_invoicing._answers import Answer, maker
from milestone_invoicing.billing import FollowedUp, Invoice, Reminded, Sent
from milestone_invoicing.billing.history.reading import Reading
from milestone_invoicing.facts import Fact, Reason, Reversed, in_order
from milestone_invoicing.money import Money
from milestone_invoicing.money.money import made
from milestone_invoicing.money.waterfall import waterfall
from milestone_invoicing.receivables.collection import collection_on
from milestone_invoicing.receivables.status_axes import Flag

_PAUSES: Final = frozenset({Flag.PROMISED, Flag.HANDED_OVER})


@attrs.frozen
class DuePart(Answer):
    """What of an invoice is due on one day, and asked for.

    Attributes:
        due_on: the day.
        amount: with tax: what is open, not disputed, and not withheld for the state.

    Example:
        >>> str(DuePart(date(2026, 5, 31), Money.of(100, "EUR")).amount)
        'EUR 100.00'

    Source: convention of this library.
    """

    due_on: date
    amount: Money


@attrs.frozen
class Chase:
    """An invoice of which something may be asked for on a day.

    Attributes:
        invoice: the invoice.
        as_of: the day.
        issued_on: of the invoice.
        parts: what is asked for, the oldest first: that, and all else that is due by the day.
        amount: the sum of the parts.
        last_due_on: the due date after which nothing falls due that may be asked for.
        open: all that is open of the invoice.
        reminded: the reminders that stand, each with the due dates of what it asked for, the
            oldest first.
        followed_up: the last day on which somebody followed up.
        reasons: what was said about the money.
    """

    invoice: Invoice
    as_of: date
    issued_on: date
    parts: tuple[DuePart, ...]
    amount: Money
    last_due_on: date
    open: Money
    reminded: tuple[tuple[Reminded, Sequence[date]], ...]
    followed_up: date | None
    reasons: tuple[Reason, ...]

    @property
    def due_on(self) -> date:
        """The due date of the oldest open instalment."""
        return self.parts[0].due_on


_part: Final = maker(DuePart)


def chase_of(invoice: Invoice, as_of: date) -> Chase | None:
    """Return what of *invoice* may be asked for on a day; None if nothing is.

    That is so where it was sent before that day, and something of it is open, has a due date and
    is not disputed, while no promise runs and nobody else collects it. On the day on which it is
    sent it speaks for itself.
    """
    issued_on = invoice.issued_on
    # What was never sent is not read: no fact that stands can say otherwise.
    if issued_on is None or not any(isinstance(fact, Sent) for fact in invoice.facts):
        return None
    reading = invoice.reading(as_of)
    sent = reading.of_kind(Sent)
    if not reading.is_issued or not sent or sent[0].on == as_of:
        return None
    to_chase = reading.to_chase
    collection = collection_on(reading) if to_chase else None
    if collection is None or collection.flags & _PAUSES:
        return None
    parts = _parts(reading, to_chase)
    if not parts:
        return None
    asked = _asked(parts, as_of)
    reminders, followed_up = reading.of_kind(Reminded), reading.of_kind(FollowedUp)
    about = dict(_about(reading)) if reminders else {}
    return Chase(
        invoice=invoice,
        as_of=as_of,
        issued_on=issued_on,
        parts=asked,
        amount=made(sum(part.amount.minor for part in asked), reading.currency),
        last_due_on=parts[-1].due_on,
        open=made(reading.open, reading.currency),
        reminded=tuple([(fact, about[fact]) for fact in reminders]),
        followed_up=max(each.on for each in followed_up) if followed_up else None,
        reasons=collection.reasons,
    )


def _parts(reading: Reading, to_chase: int) -> list[DuePart]:
    """Return what may be asked for by due date, the oldest first; what is due last is disputed."""
    days, cash, currency = reading.due_days, reading.cash_by_item, reading.currency
    limits = (
        (due_on, sum(cash[place] for place in places))
        for due_on, places in groupby(reading.by_due_date, days.__getitem__)
    )
    return [
        _part(due_on, made(part, currency))
        for due_on, part in waterfall(to_chase, limits)
        if due_on is not None
    ]


def _asked(parts: Sequence[DuePart], day: date) -> tuple[DuePart, ...]:
    """Return what a letter of a day asks for: the oldest part, and what is due by then."""
    last = max(parts[0].due_on, day)
    return tuple([part for part in parts if part.due_on <= last])


def _about(reading: Reading) -> Iterator[tuple[Reminded, Sequence[date]]]:
    """Yield all reminders with the due dates that they were about; other facts are asked once.

    On the day of a reminder what was recorded before it counts, so that a payment in the afternoon
    does not change what the letter of the morning was about.
    """
    before: list[Fact] = []
    parts: Sequence[DuePart] = ()
    known = -1
    for fact in in_order(reading.recorded):
        if isinstance(fact, Reminded):
            if known < len(before):
                then = attrs.evolve(reading, recorded=tuple(before), as_of=fact.on)
                parts, known = _parts_then(then), len(before)
            yield fact, tuple(part.due_on for part in _asked(parts, fact.on))
        elif not (isinstance(fact, Reversed) and isinstance(fact.fact, Reminded)):
            before.append(fact)


def _parts_then(reading: Reading) -> Sequence[DuePart]:
    """Return what somebody may ask for; the oldest part if all of it is disputed."""
    return _parts(reading, reading.to_chase) or _parts(reading, reading.open)[:1]
