"""When what is not billed yet will be, by what is agreed and has happened; it knows no cash."""

from collections.abc import Sequence
from datetime import date

import attrs

from milestone_invoicing.billing import Invoice, milestone_billing
from milestone_invoicing.contract import Milestone, Schedule, work_status
from milestone_invoicing.contract.events import event_of
from milestone_invoicing.money import Money
from milestone_invoicing.timing.order import undated_last


@attrs.frozen
class PlannedBill:
    """What is not billed yet of a milestone.

    Attributes:
        milestone: as agreed.
        net: what is not invoiced of it.
        done: what all that is billed by then comes to, this bill included, net.
        day: on which it may be billed at the earliest, by plan; None if no day is known.
    """

    milestone: Milestone
    net: Money
    done: Money
    day: date | None


def as_it_stands(schedule: Schedule, as_of: date) -> Schedule:
    """Return the schedule without the facts and change orders dated after a day."""
    orders = [each for each in schedule.change_orders if each.order.on <= as_of]
    known = attrs.evolve(schedule, change_orders=orders, facts=())
    keys, events = frozenset(known.keys), frozenset(known.events)
    facts = [
        each
        for each in schedule.facts
        if each.fact.on <= as_of
        and (event_of(each.fact) in events if each.key is None else each.key in keys)
    ]
    return attrs.evolve(known, facts=facts)


def planned_bills(known: Schedule, invoices: Sequence[Invoice], as_of: date) -> list[PlannedBill]:
    """Return what is not billed yet, by its planned day, without one last.

    The milestones are those of *known*, in which nothing is dated after *as_of*.
    """
    terms = [
        (milestone, milestone_billing(known, milestone.key, invoices, as_of=as_of))
        for milestone in known.agreed_on(as_of).milestones
    ]
    done = Money.total((each.billed for _, each in terms), currency=known.total.currency)
    found = [
        (milestone, each.not_yet_invoiced, _planned_day(known, milestone, as_of))
        for milestone, each in terms
        if each.not_yet_invoiced
    ]
    bills: list[PlannedBill] = []
    for milestone, net, day in sorted(found, key=lambda each: undated_last(each[2])):
        done += net
        bills.append(PlannedBill(milestone, net, done, day))
    return bills


def _planned_day(known: Schedule, milestone: Milestone, as_of: date) -> date | None:
    """Return when it may be billed: once it is ready by itself, else when it is to be delivered."""
    status = work_status(known, milestone.key, as_of=as_of)
    while status.ready_since is None and status.next_change is not None:
        status = work_status(known, milestone.key, as_of=status.next_change)
    planned = milestone.due_on if status.ready_since is None else status.ready_since
    return None if planned is None else max(planned, as_of)
