"""What of a milestone is invoiced, waits for a decision, or is left, on a day; all of it net.

Only lines keyed to the milestone count. A voided amount waits for a decision: it is billed again
on an invoice that names the voided one as preceding, or the milestone is cancelled.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import attrs

from milestone_invoicing.billing.invoice import Invoice, require_unique_numbers
from milestone_invoicing.billing.invoice_facts import Voided
from milestone_invoicing.contract import Cancelled, Schedule, WorkState, work_status
from milestone_invoicing.errors import OverbillingError
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


def is_void(invoice: Invoice, as_of: date) -> bool:
    """Say whether a void stands on *as_of*."""
    return bool(of_kind(standing(invoice.facts, as_of), Voided))


def milestone_billing(
    schedule: Schedule, key: str, invoices: Iterable[Invoice], *, as_of: date
) -> MilestoneBilling:
    """Return what of the milestone *key* is invoiced, waits or is left on a day.

    Invoices issued after *as_of*, and drafts, do not count.

    Raises:
        OverbillingError: the invoices bill more of the milestone than was agreed.
        UnknownMilestoneError: no milestone has that key.
        CurrencyMismatchError: an invoice is in another currency.
        DateTypeError: *as_of* is not a plain date.

    Example:
        >>> schedule = Schedule(Money.of(900, "EUR"), [Milestone("a", "Audit", REST)])
        >>> billing = milestone_billing(schedule, "a", [], as_of=date(2026, 5, 1))
        >>> str(billing.not_yet_invoiced)
        'EUR 900.00'

    Source: convention of this library.
    """
    agreed = schedule.amount(key, as_of=as_of)
    zero = Money.zero(schedule.total.currency)
    issued = [invoice for invoice in invoices if invoice.is_issued(as_of) and _bills(invoice, key)]
    voided = [invoice for invoice in issued if is_void(invoice, as_of)]
    valid = [invoice for invoice in issued if not is_void(invoice, as_of)]
    invoiced = _net(valid, key, zero)
    left = agreed - invoiced
    if left.minor < 0:
        raise OverbillingError(
            f"more is invoiced of milestone {key!r} than was agreed",
            expected=f"at most {agreed}",
            got=invoiced,
            left=left,
        )
    if work_status(schedule, key, as_of=as_of).state is WorkState.CANCELLED:
        return MilestoneBilling(key, agreed, invoiced, zero, zero, left)
    awaiting = min(_not_billed_again(voided, valid, key, zero), left)
    return MilestoneBilling(key, agreed, invoiced, awaiting, left - awaiting, zero)


@attrs.frozen
class BillingRoom:
    """What may be billed of a milestone without taking what a later event took already.

    Attributes:
        not_yet_invoiced: for a first bill.
        awaiting_decision: to bill again.
        taken: invoiced, or reserved by a draft.
    """

    not_yet_invoiced: Money
    awaiting_decision: Money
    taken: Money


def billing_room(
    schedule: Schedule, key: str, invoices: Sequence[Invoice], *, as_of: date
) -> BillingRoom:
    """Return what may still be billed: the least of *as_of* and of every later event.

    So a bill dated back never takes what a later one took. Drafts among *invoices* are
    reserved for.

    Raises: as ``milestone_billing``.
    """
    require_unique_numbers(invoices)
    days = {as_of, *(day for day in _event_days(schedule, key, invoices) if day > as_of)}
    terms = [milestone_billing(schedule, key, invoices, as_of=day) for day in days]
    zero = Money.zero(schedule.total.currency)
    drafts = [invoice for invoice in invoices if invoice.is_draft]
    again = _net((draft for draft in drafts if draft.preceding), key, zero)
    first = _net(drafts, key, zero) - again
    return BillingRoom(
        not_yet_invoiced=min(term.not_yet_invoiced for term in terms) - first,
        awaiting_decision=min(term.awaiting_decision for term in terms) - again,
        taken=max(term.invoiced for term in terms) + first + again,
    )


def voided_numbers(key: str, invoices: Iterable[Invoice], as_of: date) -> tuple[str, ...]:
    """Return the numbers of the voided invoices that billed the milestone *key*."""
    return tuple(
        str(invoice.number)
        for invoice in invoices
        if invoice.is_issued(as_of) and _bills(invoice, key) and is_void(invoice, as_of)
    )


def _not_billed_again(
    voided: Sequence[Invoice], valid: Sequence[Invoice], key: str, zero: Money
) -> Money:
    """Return what was voided, less what invoices that name the voided ones bill again.

    A voided bill that was itself a second bill brings nothing of its own: without it, what it
    billed again waits as before.
    """
    numbers = {invoice.number for invoice in voided}
    first = [invoice for invoice in voided if not numbers & set(invoice.preceding)]
    again = [invoice for invoice in valid if numbers & set(invoice.preceding)]
    return max(_net(first, key, zero) - _net(again, key, zero), zero)


def _event_days(schedule: Schedule, key: str, invoices: Iterable[Invoice]) -> set[date]:
    """Return the days on which what is left of the milestone may change."""
    days = {fact.on for fact in schedule.facts_of(key) if isinstance(fact, Cancelled)}
    for invoice in invoices:
        if not invoice.is_draft and invoice.issued_on and _bills(invoice, key):
            days |= {invoice.issued_on, *(fact.on for fact in invoice.facts)}
    return days


def _bills(invoice: Invoice, key: str) -> bool:
    return any(line.milestone == key for line in invoice.lines)


def _net(invoices: Iterable[Invoice], key: str, zero: Money) -> Money:
    return Money.total((invoice.net_of(key) for invoice in invoices), currency=zero.currency)
