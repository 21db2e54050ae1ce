"""Since when the work of a milestone, or of a contract, has ended, and whether that releases."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from milestone_invoicing._checks import require_type
from milestone_invoicing.contract.change_orders import DropMilestone
from milestone_invoicing.contract.retainage import Retainage
from milestone_invoicing.contract.schedule import Schedule
from milestone_invoicing.contract.work_standing import work_so_far
from milestone_invoicing.contract.work_state import WorkState

_COMPLETED: Final = frozenset({WorkState.APPROVED, WorkState.CANCELLED})


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
    days: list[date] = []
    for each in schedule.agreed_on(as_of).by_key:
        day = _completed(schedule, each, as_of)
        if day is None:
            return None
        days.append(day)
    return max([*days, *_dropped_undone(schedule, as_of)])


def is_released(schedule: Schedule, rule: Retainage, key: str | None, *, as_of: date) -> bool:
    """Say whether the end of the work has released retainage by a day: of a milestone, or all."""
    on = rule.released_on(completed_on(schedule, key, as_of=as_of))
    return on is not None and on <= as_of


def _completed(schedule: Schedule, key: str, as_of: date) -> date | None:
    work = work_so_far(schedule, key, as_of=as_of)
    return work.since if work.state in _COMPLETED else None


def _dropped_undone(schedule: Schedule, as_of: date) -> Iterator[date]:
    """Yield the days of the change orders that dropped a milestone which was not completed."""
    for each in schedule.change_orders:
        on = each.order.on
        dropped = [change.key for change in each.order.changes if isinstance(change, DropMilestone)]
        if on <= as_of and any(_completed(schedule, key, on) is None for key in dropped):
            yield on
