"""What of a milestone's work a bill can point to: the delivery, and who approved it."""

from datetime import date

from milestone_invoicing.billing.document.delivery import Delivery
from milestone_invoicing.contract import (
    Approved,
    Delivered,
    Rejected,
    Schedule,
    WorkState,
)
from milestone_invoicing.contract.work_standing import work_so_far
from milestone_invoicing.facts import standing


def delivery_of(schedule: Schedule, key: str, *, as_of: date) -> Delivery | None:
    """Return what was delivered of a milestone and who approved it, as known on a day.

    A rejected delivery is none. Nothing is returned of a milestone without a deliverable of which
    nothing is delivered: there is nothing to point to.
    """
    delivered_on: date | None = None
    approved_by: list[str] = []
    for fact in standing(schedule.facts_of(key), as_of):
        if isinstance(fact, Delivered):
            delivered_on, approved_by = fact.on, []
        elif isinstance(fact, Rejected):
            delivered_on, approved_by = None, []
        elif isinstance(fact, Approved):
            approved_by.append(fact.by)
    milestone = schedule.milestone(key, as_of=as_of)
    if not milestone.deliverable and delivered_on is None:
        return None
    work = work_so_far(schedule, key, as_of=as_of)
    return Delivery(
        milestone.deliverable,
        delivered_on=delivered_on,
        approved_by=approved_by,
        approved_on=work.since if work.state is WorkState.APPROVED else None,
    )
