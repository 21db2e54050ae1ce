"""What of a milestone is invoiced, waits for a decision, or is left, on a day; all of it net.

Only lines keyed to the milestone count. What was voided, or credited to be billed again, waits for
a decision: it is billed again on a later invoice that names the void or the credit note as
preceding, or the milestone is cancelled.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, NoReturn

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_type
from milestone_invoicing.billing.account.books import Books, books_of, nets_in
from milestone_invoicing.billing.document.kinds import CreditEffect
from milestone_invoicing.billing.history.invoice_facts import Voided
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.billing.taken_back import (
    bills_again,
    ever_void,
    taken_back,
    voids_among,
    waiting,
)
from milestone_invoicing.contract import Schedule
from milestone_invoicing.contract.work_standing import cancellations, cancelled_keys, is_cancelled
from milestone_invoicing.errors import NumberRangeError, OverbillingError, Words
from milestone_invoicing.facts import of_kind
from milestone_invoicing.money import Currency, Money
from milestone_invoicing.money.money import boxed, made, require_one_currency


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
    terms = terms_of(schedule, key, books_of(invoices), as_of)
    return MilestoneBilling(key, *boxed(terms, schedule.total.currency))


class Terms(NamedTuple):
    """The terms of a ``MilestoneBilling`` in minor units, in its order."""

    agreed: int
    invoiced: int
    credited: int
    awaiting_decision: int
    not_yet_invoiced: int
    cancelled: int

    @property
    def billed(self) -> int:
        """What is invoiced and not credited."""
        return self.invoiced - self.credited


def terms_of(schedule: Schedule, key: str, books: Books, as_of: date) -> Terms:
    """Return what ``milestone_billing`` says.

    Raises: as ``milestone_billing``.
    """
    agreed = schedule.amount(key, as_of=as_of)
    cancelled = is_cancelled(schedule, key, as_of)
    return terms_on(key, agreed, bills_of(books, key), as_of, cancelled=cancelled)


def bills_of(books: Books, key: str) -> list[tuple[Invoice, int]]:
    """Return the bills of a milestone, each with its net of it, in minor units."""
    return [(books.invoices[place], net) for place, net in nets_in(books).get(key, ())]


def terms_on(
    key: str,
    agreed: Money,
    bills: Sequence[tuple[Invoice, int]],
    as_of: date,
    *,
    cancelled: bool,
) -> Terms:
    """Return the terms of a milestone that is agreed to be worth so much, and has these bills.

    Raises: as ``milestone_billing``.
    """
    issued = [each for each in bills if each[0].is_issued(as_of)]
    known = [bill for bill, _ in issued]
    voids = voids_among(known, as_of)
    invoiced = credited = for_good = 0
    may_wait = bool(voids)
    for bill, net in issued:
        if bill.number in voids:
            continue
        if bill.currency is not agreed.currency:
            require_one_currency(agreed, made(net, bill.currency))
        if bill.kind.is_credit_note:
            may_wait = True
            credited -= net
            for_good -= 0 if bill.effect is CreditEffect.REBILL else net
        else:
            invoiced += net
    left = agreed.minor - invoiced + credited
    if left < 0 or invoiced < credited:
        _refuse(key, agreed, made(invoiced - credited, agreed.currency), known)
    waits = closed = 0
    if cancelled:
        closed = left
    elif may_wait:
        closed = min(for_good, left)
        waits = min(waiting(known, voids, key), left - closed)
    return Terms(agreed.minor, invoiced, credited, waits, left - closed - waits, closed)


def _refuse(key: str, agreed: Money, billed: Money, issued: Sequence[Invoice]) -> NoReturn:
    """Refuse that more is billed than was agreed, or less than nothing."""
    left = agreed - billed
    if left.minor < 0:
        raise OverbillingError(
            f"more is invoiced of milestone {key!r} than was agreed",
            expected=f"at most {agreed}",
            got=Words(f"{billed} on {numbers_of(issued)}"),
            left=left,
        )
    raise NumberRangeError(
        f"less than nothing is invoiced of milestone {key!r}",
        expected=f"{made(0, agreed.currency)} or more",
        got=billed,
    )


def numbers_of(bills: Sequence[Invoice]) -> str:
    """Return the numbers of the first few bills, for a message."""
    numbers = [bill.number or "a draft" for bill in bills[:4]]
    return ", ".join(numbers) + (" and others" if len(bills) > len(numbers) else "")


class BillingRoom(NamedTuple):
    """What may be billed of a milestone without taking what a later event took already.

    All of it is net, in minor units.

    Attributes:
        agreed: what it is worth.
        not_yet_invoiced: for a first bill.
        awaiting_decision: to bill again.
        taken: billed, or reserved by a draft.
        settled: taken, or credited for good: what a bill to date need not bill any more.
    """

    agreed: int
    not_yet_invoiced: int
    awaiting_decision: int
    taken: int
    settled: int


def billing_room(schedule: Schedule, key: str, books: Books, as_of: date) -> BillingRoom:
    """Return what may still be billed: the least of *as_of* and of every later event.

    So a bill dated back never takes what a later one took. Drafts among the books are
    reserved for; a draft below zero reserves nothing and gives nothing back.

    Raises: as ``milestone_billing``.
    """
    bills = bills_of(books, key)
    terms = [
        terms_on(
            key,
            schedule.amount(key, as_of=day),
            bills,
            day,
            cancelled=is_cancelled(schedule, key, day),
        )
        for day in (as_of, *_event_days(schedule, key, bills, as_of))
    ]
    first, again = _drafted(schedule.total, bills)
    return BillingRoom(
        agreed=terms[0].agreed,
        not_yet_invoiced=min([term.not_yet_invoiced for term in terms]) - first,
        awaiting_decision=min([term.awaiting_decision for term in terms]) - again,
        taken=max([term.billed for term in terms]) + first + again,
        settled=max([term.billed + term.cancelled for term in terms]) + first + again,
    )


class ContractRoom(NamedTuple):
    """What is left of a contract and taken of it, net in minor units, as ``billing_room`` counts.

    Attributes:
        left: to bill for the first time or again.
        taken: billed, or reserved by drafts.
    """

    left: int
    taken: int


def contract_room(schedule: Schedule, books: Books, as_of: date) -> ContractRoom:
    """Return what may still be billed of all that is agreed on a day, and what is taken.

    Of a milestone that no change order, cancellation, draft, void or credit note touches, and no
    bill of a later day, what is taken is the sum of its bills.

    Raises: as ``milestone_billing``.
    """
    agreed, nets = schedule.agreed_on(as_of), nets_in(books)
    changed = any(each.order.on > as_of for each in schedule.change_orders)
    touched = (
        agreed.by_key.keys()
        if changed
        else cancelled_keys(schedule) | _touched(books, agreed.total.currency, as_of)
    )
    left, taken = agreed.total.minor, 0
    for key, amount in agreed.by_key.items():
        billed = sum([net for _, net in nets.get(key, ())])
        # More than was agreed, or less than nothing, is refused there.
        if key in touched or not 0 <= billed <= amount.minor:
            room = billing_room(schedule, key, books, as_of)
            left += room.not_yet_invoiced + room.awaiting_decision - room.agreed
            taken += room.taken
        else:
            left -= billed
            taken += billed
    return ContractRoom(left, taken)


def _touched(books: Books, currency: Currency, as_of: date) -> set[str]:
    """Return the milestones on bills that are no claims by a day, not for good, or not counted."""
    return {
        line.milestone
        for bill in books
        if not bill.is_issued(as_of)
        or bill.kind.is_credit_note
        or bill.currency is not currency
        or ever_void(bill)
        for line in bill.lines
        if line.milestone is not None
    }


def _drafted(total: Money, bills: Sequence[tuple[Invoice, int]]) -> tuple[int, int]:
    """Return what drafts reserve of a milestone: for first bills, and to bill again."""
    drafts = [(bill, net) for bill, net in bills if net > 0 and bill.is_draft]
    if not drafts:
        return 0, 0
    back = taken_back([bill for bill, _ in bills], date.max)
    sums = [0, 0]
    for draft, net in drafts:
        require_one_currency(total, made(net, draft.currency))
        sums[bills_again(draft, back)] += net
    return sums[False], sums[True]


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
    rooms = {key: billing_room(schedule, key, known, as_of) for key in keys}
    # Drafts that bill again what is void by then are counted beside what they follow.
    taken = {key: min(room.taken, room.agreed) for key, room in rooms.items()}
    currency = schedule.total.currency
    return {key: made(minor, currency) for key, minor in taken.items() if minor}


def reopened_numbers(key: str, invoices: Iterable[Invoice], as_of: date) -> tuple[str, ...]:
    """Return the numbers that a bill of the milestone *key* names to bill it again."""
    return tuple(taken_back(books_of(invoices).of_milestone(key), as_of))


def _event_days(
    schedule: Schedule, key: str, bills: Sequence[tuple[Invoice, int]], as_of: date
) -> set[date]:
    """Return the later days on which what is left of the milestone may become less."""
    days = {each.order.on for each in schedule.change_orders}
    days |= {fact.on for fact in cancellations(schedule, key)}
    for bill, _ in bills:
        if bill.issued_on and not bill.is_draft:
            days.add(bill.issued_on)
            if bill.facts:
                days |= {void.on for void in of_kind(bill.facts, Voided)}
    return {day for day in days if day > as_of}
