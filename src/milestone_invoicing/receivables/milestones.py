"""Where a milestone stands between work and money: its billing state and one label for people."""

from collections.abc import Sequence
from datetime import date
from enum import unique

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_type
from milestone_invoicing._worded import Worded
from milestone_invoicing.billing import Invoice, MilestoneBilling, milestone_billing, start_gate
from milestone_invoicing.billing.account.books import Books, books_of
from milestone_invoicing.billing.billed import bills_of
from milestone_invoicing.billing.history.balance import bad_debt
from milestone_invoicing.billing.taken_back import voids_among
from milestone_invoicing.contract import Schedule, WorkStatus, work_status


@unique
class BillingState(Worded):
    """How far a milestone is invoiced and paid.

    NEEDS_DECISION: something of it was voided, and is neither billed again nor cancelled.
    """

    NOT_BILLABLE = "not billable"
    READY = "ready to invoice"
    PART_INVOICED = "part invoiced"
    INVOICED = "invoiced"
    PAID = "paid"
    NEEDS_DECISION = "needs decision"


@unique
class MilestoneLabel(Worded):
    """The one label for people, from work and billing; the first that holds is taken."""

    NEEDS_DECISION = "needs decision"
    PAID = "paid"
    INVOICED = "invoiced"
    PART_INVOICED = "part invoiced"
    CANCELLED = "cancelled"
    READY = "ready to invoice"
    LATE = "late"
    APPROVED = "approved"
    DELIVERED = "delivered"
    REJECTED = "rejected"
    IN_PROGRESS = "in progress"
    PLANNED = "planned"


@attrs.frozen
class MilestoneStatus(Answer):
    """Where a milestone stands on a day.

    Attributes:
        key: of the milestone.
        work: where the work stands.
        billing: how far it is invoiced and paid.
        terms: the net amounts behind it.
        label: one label for people.
    """

    key: str
    work: WorkStatus
    billing: BillingState
    terms: MilestoneBilling
    label: MilestoneLabel


def milestone_status(
    schedule: Schedule, key: str, invoices: Sequence[Invoice], *, as_of: date
) -> MilestoneStatus:
    """Return where the milestone *key* stands on a day, between work and money.

    It is paid when all of it that is not cancelled is invoiced, and nothing is open, held or lost
    as a bad debt on the invoices that bill it. It is not billable while the deposit is to be paid
    before the start, and ``start_gate`` is not open. Facts and issue dates of *as_of* itself count;
    later ones do not.

    Raises:
        UnknownMilestoneError: no milestone has that key.
        OverbillingError, NumberRangeError: the invoices bill more of it than was agreed, or less
            than nothing.
        DuplicateNumberError: two invoices have one number.
        CurrencyMismatchError: an invoice that bills it is in another currency.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(Money.of(900, "EUR"), [Milestone("a", "Audit", REST)])
        >>> milestone_status(schedule, "a", [], as_of=date(2026, 5, 4)).label
        <MilestoneLabel.PLANNED: 'planned'>

    Source: convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    invoices = books_of(invoices)
    work = work_status(schedule, key, as_of=as_of)
    terms = milestone_billing(schedule, key, invoices, as_of=as_of)
    billing = _billing_state(terms, work, invoices, as_of)
    if billing is BillingState.READY and not start_gate(schedule, invoices, as_of=as_of).is_open:
        billing = BillingState.NOT_BILLABLE
    return MilestoneStatus(key, work, billing, terms, _label(work, billing))


def _billing_state(
    terms: MilestoneBilling, work: WorkStatus, invoices: Books, as_of: date
) -> BillingState:
    if terms.awaiting_decision.minor:
        return BillingState.NEEDS_DECISION
    if terms.billed:
        if terms.not_yet_invoiced.minor:
            return BillingState.PART_INVOICED
        return BillingState.PAID if _is_paid(terms.key, invoices, as_of) else BillingState.INVOICED
    ready = work.ready_since is not None and terms.not_yet_invoiced.minor > 0
    return BillingState.READY if ready else BillingState.NOT_BILLABLE


def _is_paid(key: str, invoices: Books, as_of: date) -> bool:
    """Say whether nothing is open, held or lost on the invoices that bill the milestone.

    Where one left off a part, that also holds of the bills that released it, and all has to be.
    """
    bills = [bill for bill, net in bills_of(invoices, key) if net]
    if any(line.retainage for bill in bills for line in bill.lines):
        voids = voids_among(invoices, as_of)
        others = [each for each in invoices if any(line.retainage for line in each.lines)]
        counted = [each for each in others if each.is_issued(as_of) and each.number not in voids]
        if sum(line.net.minor for each in counted for line in each.lines if line.retainage):
            return False
        bills += counted
    return all(_is_settled(bill, as_of) for bill in bills)


def _is_settled(invoice: Invoice, as_of: date) -> bool:
    reading = invoice.reading(as_of)
    return not reading.outstanding and bad_debt(reading.facts) <= 0


def _label(work: WorkStatus, billing: BillingState) -> MilestoneLabel:
    """Return what is most worth saying: money first, then lateness, then the work."""
    if billing not in {BillingState.NOT_BILLABLE, BillingState.READY}:
        return MilestoneLabel(billing.value)
    if billing is BillingState.READY:
        return MilestoneLabel.READY
    return MilestoneLabel.LATE if work.late else MilestoneLabel(work.state.value)
