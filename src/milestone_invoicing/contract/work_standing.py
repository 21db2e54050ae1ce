"""Where the work of a milestone stands on a day, and since when it may be invoiced."""

from collections.abc import Iterator
from datetime import date
from typing import Final

import attrs

from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.contract.change_orders import DropMilestone
from milestone_invoicing.contract.milestones import Milestone, OnDate, Trigger
from milestone_invoicing.contract.schedule import Schedule
from milestone_invoicing.contract.work_state import WorkHistory, WorkState, work_history
from milestone_invoicing.facts import Fact, Reason
from milestone_invoicing.money import Money, Percent

_COMPLETED: Final = frozenset({WorkState.APPROVED, WorkState.CANCELLED})


@attrs.frozen
class WorkStatus:
    """Where a milestone's work stands on a day.

    Attributes:
        key: of the milestone.
        state: how far the work is.
        since: the first day of the unbroken time in that state; None while planned.
        done: reported progress, or 100 % while a delivery stands.
        stored: what its materials are worth that are not yet built in; zero once it is delivered.
        was_approved: whether it was approved in full, also if it was cancelled since.
        ready_since: the first day of the unbroken time since which its trigger is met; None if
            it is not met, or the milestone is cancelled. A reversed fact breaks nothing.
        late: whether its day of delivery is past and no delivery stands; that day itself is in
            time, and a cancelled milestone is never late.
        reasons: the rules and facts behind the state and the readiness.
    """

    key: str
    state: WorkState
    since: date | None
    done: Percent
    stored: Money
    was_approved: bool
    ready_since: date | None
    late: bool
    reasons: tuple[Reason, ...]


def work_status(schedule: Schedule, key: str, *, as_of: date) -> WorkStatus:
    """Return where the work of milestone *key* stands on a day.

    The state is that of the last fact on or before *as_of*. A rejected delivery counts as none,
    so that "ready since" starts anew with the next one. Late begins the day after ``due_on``. A
    milestone that is not agreed on the day, since a change order adds it later or dropped it, is
    looked at all the same; ``schedule.agreed_on(day)`` says which are.

    Raises:
        UnknownMilestoneError: no milestone has that key.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(Money.of(900, "EUR"), [Milestone("a", "Audit", REST)])
        >>> schedule = schedule.record("a", Delivered(on=date(2026, 5, 4)))
        >>> work_status(schedule, "a", as_of=date(2026, 5, 4)).state
        <WorkState.DELIVERED: 'delivered'>

    Source: convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_date(as_of, "as_of")
    milestone = schedule.milestone(key, as_of=as_of)
    history = work_history(milestone, schedule.facts_of(key), as_of)
    ready = _ready(schedule, milestone, history, as_of)
    return WorkStatus(
        key=key,
        state=history.state,
        since=history.made_by.on if history.made_by else None,
        done=history.done,
        stored=history.stored or Money.zero(schedule.total.currency),
        was_approved=history.was_approved,
        ready_since=ready[0],
        late=_is_late(milestone, history, as_of),
        reasons=(_state_reason(history), ready[1]),
    )


def completed_on(schedule: Schedule, key: str | None = None, *, as_of: date) -> date | None:
    """Return since which day a milestone, or all that is agreed, has been completed; None if not.

    Completed means approved or cancelled. Where a change order drops the last milestone that is
    not, its day counts.

    Raises:
        UnknownMilestoneError: no milestone has that key.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(Money.of(900, "EUR"), [Milestone("a", "Audit", REST)])
        >>> schedule = schedule.record("a", Delivered(on=date(2026, 5, 4)))
        >>> schedule = schedule.record("a", Approved("Eve", on=date(2026, 5, 6)))
        >>> completed_on(schedule, as_of=date(2026, 5, 5)), completed_on(schedule, as_of=date.max)
        (None, datetime.date(2026, 5, 6))

    Source: convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    if key is not None:
        return _completed(schedule, key, as_of)
    keys = schedule.agreed_on(as_of).by_key
    days = [_completed(schedule, each, as_of) for each in keys]
    known = [day for day in days if day is not None]
    return max([*known, *_dropped_undone(schedule, as_of)]) if len(known) == len(days) else None


def _completed(schedule: Schedule, key: str, as_of: date) -> date | None:
    status = work_status(schedule, key, as_of=as_of)
    return status.since if status.state in _COMPLETED else None


def _dropped_undone(schedule: Schedule, as_of: date) -> Iterator[date]:
    """Yield the days of the change orders that dropped a milestone which was not completed."""
    for each in schedule.change_orders:
        on = each.order.on
        dropped = [change.key for change in each.order.changes if isinstance(change, DropMilestone)]
        if on <= as_of and any(_completed(schedule, key, on) is None for key in dropped):
            yield on


def _ready(
    schedule: Schedule, milestone: Milestone, history: WorkHistory, as_of: date
) -> tuple[date | None, Reason]:
    """Return since when the milestone may be invoiced, and why or why not."""
    fact = history.triggered_by
    since = fact.on if fact else _ready_by_date(schedule, milestone, as_of)
    if since is not None:  # not before the change order that made it wait for this
        since = max(since, schedule.waits_since(milestone.key, as_of=as_of))
    if history.state is WorkState.CANCELLED:
        return None, Reason("not ready to invoice: cancelled", _made_by(history))
    if since is None:
        return None, Reason(f"not ready to invoice: waits for {milestone.trigger}")
    return since, Reason(
        f"ready to invoice since {since}: {milestone.trigger}", (fact,) if fact else ()
    )


def _ready_by_date(schedule: Schedule, milestone: Milestone, as_of: date) -> date | None:
    """Return the day of a trigger that looks at dates only, once it has come."""
    day = None
    if milestone.trigger is Trigger.ON_SIGNING:
        day = schedule.signed_on
    elif isinstance(milestone.trigger, OnDate):
        day = milestone.trigger.date
    return day if day is not None and day <= as_of else None


def _is_late(milestone: Milestone, history: WorkHistory, as_of: date) -> bool:
    done = {WorkState.DELIVERED, WorkState.APPROVED, WorkState.CANCELLED}
    return milestone.due_on is not None and as_of > milestone.due_on and history.state not in done


def _state_reason(history: WorkHistory) -> Reason:
    if history.made_by is None:
        return Reason("planned: work has not begun")
    return Reason(f"{history.state} since {history.made_by.on}", _made_by(history))


def _made_by(history: WorkHistory) -> tuple[Fact, ...]:
    """Return the fact that led to the state, if any did."""
    return () if history.made_by is None else (history.made_by,)
