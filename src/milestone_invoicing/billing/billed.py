"""What of a milestone is invoiced, waits for a decision, or is left, on a day; all of it net.

Only lines keyed to the milestone count. What was voided, or credited to be billed again, waits for
a decision: it is billed again on a later invoice that names the void or the credit note as
preceding, or the milestone is cancelled.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_type
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.billing.document.kinds import CreditEffect
from milestone_invoicing.billing.history.invoice_facts import Voided
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.billing.taken_back import (
    bills_again,
    net_sum,
    taken_back,
    voids_among,
    waiting,
)
from milestone_invoicing.contract import Cancelled, Schedule, WorkState
from milestone_invoicing.contract.work_standing import work_so_far
from milestone_invoicing.errors import NumberRangeError, OverbillingError, Words
from milestone_invoicing.facts import of_kind
from milestone_invoicing.money import Money


@attrs.frozen
class MilestoneBilling(Answer):
    """The net terms of a milestone; none is below zero, and they sum to what was agreed.

    agreed = invoiced - credited + awaiting_decision + not_yet_invoiced + cancelled

    Attributes:
        key: of the milestone.
        agreed: what it is worth.
        invoiced: on invoices that are issued and not void.
        credited: on credit notes that are issued and not void.
        awaiting_decision: voided or credited for it, and neither billed again nor cancelled.
        not_yet_invoiced: what is left to bill.
        cancelled: what never will be billed: credited for good, or the milestone is cancelled.
    """

    key: str
    agreed: Money
    invoiced: Money
    credited: Money
    awaiting_decision: Money
    not_yet_invoiced: Money
    cancelled: Money

    @property
    def billed(self) -> Money:
        """What is invoiced and not credited."""
        return self.invoiced - self.credited


def milestone_billing(
    schedule: Schedule, key: str, invoices: Iterable[Invoice], *, as_of: date
) -> MilestoneBilling:
    """Return what of the milestone *key* is invoiced, credited, waits or is left on a day.

    All amounts are net. Invoices issued after *as_of*, and drafts, do not count; an invoice counts
    from its issue date, and as voided from the date of the void, both days included.

    Raises:
        OverbillingError: the invoices bill more of the milestone than was agreed.
        NumberRangeError: lines of negative quantity make what is invoiced less than nothing.
        UnknownMilestoneError: no milestone has that key.
        DuplicateNumberError: two invoices have one number.
        CurrencyMismatchError: an invoice that bills it is in another currency.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(Money.of(900, "EUR"), [Milestone("a", "Audit", REST)])
        >>> billing = milestone_billing(schedule, "a", [], as_of=date(2026, 5, 1))
        >>> str(billing.not_yet_invoiced)
        'EUR 900.00'

    Source: convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    agreed = schedule.amount(key, as_of=as_of)
    zero = Money.zero(schedule.total.currency)
    issued = [bill for bill in books_of(invoices).of_milestone(key) if bill.is_issued(as_of)]
    voids = voids_among(issued, as_of)
    counted = [bill for bill in issued if bill.number not in voids]
    notes = [bill for bill in counted if bill.kind.is_credit_note]
    credited = -net_sum(notes, key, zero)
    invoiced = net_sum(counted, key, zero) + credited
    left = _left(key, agreed, invoiced - credited, issued)
    waits = closed = zero
    if work_so_far(schedule, key, as_of=as_of).state is WorkState.CANCELLED:
        closed = left
    else:
        for_good = (note for note in notes if note.effect is not CreditEffect.REBILL)
        closed = min(-net_sum(for_good, key, zero), left)
        waits = min(Money(waiting(issued, voids, key), zero.currency), left - closed)
    return MilestoneBilling(
        key=key,
        agreed=agreed,
        invoiced=invoiced,
        credited=credited,
        awaiting_decision=waits,
        not_yet_invoiced=left - closed - waits,
        cancelled=closed,
    )


def _left(key: str, agreed: Money, billed: Money, issued: Sequence[Invoice]) -> Money:
    """Return what is agreed and not billed; either may not be below zero."""
    left = agreed - billed
    if left.minor < 0:
        raise OverbillingError(
            f"more is invoiced of milestone {key!r} than was agreed",
            expected=f"at most {agreed}",
            got=Words(f"{billed} on {numbers_of(issued)}"),
            left=left,
        )
    if billed.minor < 0:
        raise NumberRangeError(
            f"less than nothing is invoiced of milestone {key!r}",
            expected=f"{left - left} or more",
            got=billed,
        )
    return left


def numbers_of(bills: Sequence[Invoice]) -> str:
    """Return the numbers of the first few bills, for a message."""
    numbers = [bill.number or "a draft" for bill in bills[:4]]
    return ", ".join(numbers) + (" and others" if len(bills) > len(numbers) else "")


@attrs.frozen
class BillingRoom:
    """What may be billed of a milestone without taking what a later event took already.

    Attributes:
        agreed: what it is worth.
        not_yet_invoiced: for a first bill.
        awaiting_decision: to bill again.
        taken: billed, or reserved by a draft.
        settled: taken, or credited for good: what a bill to date need not bill any more.
        bills: the invoices and drafts with a line for it.
    """

    agreed: Money
    not_yet_invoiced: Money
    awaiting_decision: Money
    taken: Money
    settled: Money
    bills: tuple[Invoice, ...]


def billing_room(
    schedule: Schedule, key: str, invoices: Sequence[Invoice], *, as_of: date
) -> BillingRoom:
    """Return what may still be billed: the least of *as_of* and of every later event.

    So a bill dated back never takes what a later one took. Drafts among *invoices* are
    reserved for; a draft below zero reserves nothing and gives nothing back.

    Raises: as ``milestone_billing``.
    """
    bills = books_of(invoices).of_milestone(key)
    days = {as_of, *(day for day in _event_days(schedule, key, bills) if day > as_of)}
    terms = [milestone_billing(schedule, key, bills, as_of=day) for day in sorted(days)]
    zero = Money.zero(schedule.total.currency)
    drafts = [bill for bill in bills if bill.is_draft and bill.net_of(key).minor > 0]
    back = taken_back(bills, date.max)
    again = net_sum((draft for draft in drafts if bills_again(draft, back)), key, zero)
    first = net_sum(drafts, key, zero) - again
    return BillingRoom(
        agreed=schedule.amount(key, as_of=as_of),
        not_yet_invoiced=min(term.not_yet_invoiced for term in terms) - first,
        awaiting_decision=min(term.awaiting_decision for term in terms) - again,
        taken=max(term.billed for term in terms) + first + again,
        settled=max(term.billed + term.cancelled for term in terms) + first + again,
        bills=bills,
    )


def billed_net(schedule: Schedule, invoices: Iterable[Invoice], *, as_of: date) -> dict[str, Money]:
    """Return what is billed net of each milestone of which anything is, for ``Schedule.apply``.

    It is the most that is invoiced on *as_of* or on any later day, drafts included, so that a
    change order dated back takes nothing from under a bill.

    Raises:
        OverbillingError, NumberRangeError: the invoices bill more of a milestone than was agreed,
            or less than nothing.
        DuplicateNumberError: two invoices have one number.
        CurrencyMismatchError: an invoice is in another currency.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(Money.of(900, "EUR"), [Milestone("a", "Audit", REST)])
        >>> billed_net(schedule, [], as_of=date(2026, 5, 1))
        {}

    Source: convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    known = books_of(invoices)
    keys = [milestone.key for milestone in schedule.agreed_on(as_of).milestones]
    rooms = {key: billing_room(schedule, key, known, as_of=as_of) for key in keys}
    # Drafts that bill again what is void by then are counted beside what they follow.
    taken = {key: min(room.taken, room.agreed) for key, room in rooms.items()}
    return {key: amount for key, amount in taken.items() if amount.minor}


def reopened_numbers(key: str, invoices: Iterable[Invoice], as_of: date) -> tuple[str, ...]:
    """Return the numbers that a bill of the milestone *key* names to bill it again."""
    return tuple(taken_back(books_of(invoices).of_milestone(key), as_of))


def _event_days(schedule: Schedule, key: str, bills: Iterable[Invoice]) -> set[date]:
    """Return the days on which what is left of the milestone may become less."""
    days = {fact.on for fact in schedule.facts_of(key) if isinstance(fact, Cancelled)}
    days |= {each.order.on for each in schedule.change_orders}
    for bill in bills:
        if bill.issued_on and not bill.is_draft:
            days |= {bill.issued_on, *(void.on for void in of_kind(bill.facts, Voided))}
    return days
