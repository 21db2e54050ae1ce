"""What of a milestone is invoiced, waits for a decision, or is left, on a day; all of it net.

Only lines keyed to the milestone count. A voided amount waits for a decision: it is billed again
on an invoice that is issued after the void and names the voided one as preceding, or the milestone
is cancelled.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import attrs

from milestone_invoicing._checks import require_type
from milestone_invoicing.billing.invoice import Invoice, require_unique_numbers
from milestone_invoicing.billing.invoice_facts import Voided
from milestone_invoicing.contract import Cancelled, Schedule, WorkState, work_status
from milestone_invoicing.errors import NumberRangeError, OverbillingError, Words
from milestone_invoicing.facts import of_kind, standing
from milestone_invoicing.money import Money


@attrs.frozen
class MilestoneBilling:
    """The net terms of a milestone; none is below zero, and they sum to what was agreed.

    agreed = invoiced + awaiting_decision + not_yet_invoiced + cancelled

    Attributes:
        key: of the milestone.
        agreed: what it is worth.
        invoiced: on invoices that are issued and not void.
        awaiting_decision: voided, and neither billed again nor cancelled.
        not_yet_invoiced: what is left to bill.
        cancelled: what never will be billed, because the milestone is cancelled.
    """

    key: str
    agreed: Money
    invoiced: Money
    awaiting_decision: Money
    not_yet_invoiced: Money
    cancelled: Money


def milestone_billing(
    schedule: Schedule, key: str, invoices: Iterable[Invoice], *, as_of: date
) -> MilestoneBilling:
    """Return what of the milestone *key* is invoiced, waits or is left on a day.

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
    issued = [bill for bill in _bills_of(key, invoices) if bill.is_issued(as_of)]
    voids = _voids(issued, as_of)
    invoiced = _net((bill for bill in issued if bill.number not in voids), key, zero)
    left = _left(key, agreed, invoiced, issued)
    if work_status(schedule, key, as_of=as_of).state is WorkState.CANCELLED:
        return MilestoneBilling(key, agreed, invoiced, zero, zero, left)
    awaiting = min(Money(_waiting(issued, voids, key), zero.currency), left)
    return MilestoneBilling(key, agreed, invoiced, awaiting, left - awaiting, zero)


def _left(key: str, agreed: Money, invoiced: Money, issued: Sequence[Invoice]) -> Money:
    """Return what is agreed and not invoiced; either may not be below zero."""
    left = agreed - invoiced
    if left.minor < 0:
        raise OverbillingError(
            f"more is invoiced of milestone {key!r} than was agreed",
            expected=f"at most {agreed}",
            got=Words(f"{invoiced} on {numbers_of(issued)}"),
            left=left,
        )
    if invoiced.minor < 0:
        raise NumberRangeError(
            f"less than nothing is invoiced of milestone {key!r}",
            expected=f"{left - left} or more",
            got=invoiced,
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
        taken: invoiced, or reserved by a draft.
        bills: the invoices and drafts with a line for it.
    """

    agreed: Money
    not_yet_invoiced: Money
    awaiting_decision: Money
    taken: Money
    bills: tuple[Invoice, ...]


def billing_room(
    schedule: Schedule, key: str, invoices: Sequence[Invoice], *, as_of: date
) -> BillingRoom:
    """Return what may still be billed: the least of *as_of* and of every later event.

    So a bill dated back never takes what a later one took. Drafts among *invoices* are
    reserved for; a draft below zero reserves nothing and gives nothing back.

    Raises: as ``milestone_billing``.
    """
    bills = _bills_of(key, invoices)
    days = {as_of, *(day for day in _event_days(schedule, key, bills) if day > as_of)}
    terms = [milestone_billing(schedule, key, bills, as_of=day) for day in sorted(days)]
    zero = Money.zero(schedule.total.currency)
    drafts = [bill for bill in bills if bill.is_draft and bill.net_of(key).minor > 0]
    voids = _voids(bills, date.max)
    again = _net((draft for draft in drafts if _bills_again(draft, voids)), key, zero)
    first = _net(drafts, key, zero) - again
    return BillingRoom(
        agreed=schedule.amount(key, as_of=as_of),
        not_yet_invoiced=min(term.not_yet_invoiced for term in terms) - first,
        awaiting_decision=min(term.awaiting_decision for term in terms) - again,
        taken=max(term.invoiced for term in terms) + first + again,
        bills=tuple(bills),
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
    known = require_unique_numbers(invoices)
    keys = [milestone.key for milestone in schedule.agreed_on(as_of).milestones]
    rooms = {key: billing_room(schedule, key, known, as_of=as_of) for key in keys}
    # Drafts that bill again what is void by then are counted beside what they follow.
    taken = {key: min(room.taken, room.agreed) for key, room in rooms.items()}
    return {key: amount for key, amount in taken.items() if amount.minor}


def voided_numbers(key: str, invoices: Iterable[Invoice], as_of: date) -> tuple[str, ...]:
    """Return the numbers of the voided invoices that billed the milestone *key*."""
    return tuple(_voids(_bills_of(key, invoices), as_of))


def _voids(bills: Iterable[Invoice], as_of: date) -> dict[str, date]:
    """Return the numbers of those that are void on a day, each with the day of its void."""
    return {
        str(bill.number): void.on
        for bill in bills
        for void in of_kind(standing(bill.facts, as_of), Voided)
    }


def _bills_again(bill: Invoice, voids: Mapping[str, date]) -> bool:
    """Say whether it names an invoice that was void when it was issued, or is void for a draft.

    A bill that merely follows up another, such as the final one of several, bills nothing again
    when that other one is voided later.
    """
    named = [voids[number] for number in bill.preceding if number in voids]
    return any(bill.is_draft or not bill.issued_on or day <= bill.issued_on for day in named)


def _waiting(issued: Sequence[Invoice], voids: Mapping[str, date], key: str) -> int:
    """Return the minor units that were voided and are not billed again, seen in order of events.

    A void adds what its bill took. A bill that names a voided one takes from what waits, but not
    more than waits: what it bills beyond that is a first bill like any other.
    """
    events: list[tuple[date, int, int, int]] = []
    for bill in issued:
        net, turn = bill.net_of(key).minor, _turn(bill, issued, voids)
        if bill.issued_on is not None and _bills_again(bill, voids):
            events.append((bill.issued_on, turn, 0, -net))
        voided_on = voids.get(str(bill.number))
        if voided_on is not None:
            events.append((voided_on, turn, 1, net))
    waiting = 0
    for *_, change in sorted(events):
        waiting = max(waiting + change, 0)
    return waiting


def _turn(bill: Invoice, issued: Sequence[Invoice], voids: Mapping[str, date]) -> int:
    """Return how many voided bills stand before *bill*, each named by the next.

    That is its place among the events of one day.
    """
    turn, named = 0, {number for number in bill.preceding if number in voids}
    while named and turn <= len(issued):
        turn += 1
        before = [other for other in issued if other.number in named]
        named = {number for other in before for number in other.preceding if number in voids}
    return turn


def _event_days(schedule: Schedule, key: str, bills: Iterable[Invoice]) -> set[date]:
    """Return the days on which what is left of the milestone may become less."""
    days = {fact.on for fact in schedule.facts_of(key) if isinstance(fact, Cancelled)}
    days |= {each.order.on for each in schedule.change_orders}
    for bill in bills:
        if bill.issued_on and not bill.is_draft:
            days |= {bill.issued_on, *(void.on for void in of_kind(bill.facts, Voided))}
    return days


def _bills_of(key: str, invoices: Iterable[Invoice]) -> list[Invoice]:
    """Return those that have a line for the milestone *key*."""
    return [
        invoice
        for invoice in require_unique_numbers(invoices)
        if any(line.milestone == key for line in invoice.lines)
    ]


def _net(invoices: Iterable[Invoice], key: str, zero: Money) -> Money:
    return Money.total((invoice.net_of(key) for invoice in invoices), currency=zero.currency)
