"""How facts about the work become a state: one step per fact; it knows no money and no schedule."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import unique
from typing import Final

import attrs

from milestone_invoicing._worded import Worded
from milestone_invoicing.contract.milestones import AtProgress, Milestone, Trigger
from milestone_invoicing.contract.work_facts import (
    Approved,
    Cleared,
    Delivered,
    MaterialsStored,
    ProgressReported,
    Rejected,
    Started,
)
from milestone_invoicing.errors import ImpossibleFactError
from milestone_invoicing.facts import Fact, standing
from milestone_invoicing.money import Money, Percent


@unique
class WorkState(Worded):
    """How far the work of a milestone is."""

    PLANNED = "planned"
    IN_PROGRESS = "in progress"
    DELIVERED = "delivered"
    APPROVED = "approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


NOTHING_DONE: Final = Percent(0)
ALL_DONE: Final = Percent(100)
_HANDED_OVER: Final = frozenset({WorkState.DELIVERED, WorkState.APPROVED})


@attrs.frozen
class WorkHistory:
    """What the facts so far amount to.

    Attributes:
        state: how far the work is.
        made_by: the fact that led to the state; None while planned.
        reported: the last reported progress.
        materials: the last report of stored materials.
        approvals: approvals of the delivery that stands.
        was_approved: whether it was approved in full, also where it was cancelled since.
        cleared: the clearance, if any.
        triggered_by: the fact since which the trigger's event has stood without a break; None
            if it has not come, or for triggers that wait for a date.
    """

    state: WorkState = WorkState.PLANNED
    made_by: Fact | None = None
    reported: Percent = NOTHING_DONE
    materials: Money | None = None
    approvals: tuple[Approved, ...] = ()
    was_approved: bool = False
    cleared: Cleared | None = None
    triggered_by: Fact | None = None

    @property
    def done(self) -> Percent:
        """The progress: as reported, or 100 % while a delivery stands."""
        return ALL_DONE if self.state in _HANDED_OVER else self.reported

    @property
    def stored(self) -> Money | None:
        """The materials presently stored: none where nothing was reported, or all is built in."""
        return None if self.was_approved or self.state in _HANDED_OVER else self.materials


def work_history(milestone: Milestone, facts: Iterable[Fact], as_of: date) -> WorkHistory:
    """Return what the facts that stand on *as_of* amount to.

    Raises:
        ImpossibleFactError: a fact cannot follow those before it.
        NothingToReverseError: a reversal finds no equal earlier fact.
    """
    history = WorkHistory()
    for fact in standing(facts, as_of):
        stepped = _step(milestone, history, fact)
        history = attrs.evolve(stepped, triggered_by=_triggered_by(milestone, stepped, fact))
    return history


def check_work_facts(
    definitions: Sequence[tuple[date, Milestone]], facts: tuple[Fact, ...]
) -> None:
    """Refuse facts that could not have happened, seen on each day on which one of them counts.

    Args:
        definitions: what the milestone was agreed to be, and from which day on.
        facts: in the order they were recorded.

    Raises: as ``work_history``; ImpossibleFactError also for a clearance of a milestone that waits
        for none on its day.
    """
    for day in sorted({fact.on for fact in facts}):
        until = [milestone for on, milestone in definitions if on <= day]
        milestone = until[-1] if until else definitions[0][1]
        for fact in facts:
            if isinstance(fact, Cleared) and fact.on == day:
                _require_manual(milestone, fact)
        work_history(milestone, facts, day)


def _require_manual(milestone: Milestone, fact: Cleared) -> None:
    """Refuse a clearance that nothing waits for; a later change order may take the wait away."""
    if milestone.trigger is not Trigger.MANUAL:
        expected, came = "a milestone with trigger=MANUAL", str(milestone.trigger)
        raise _impossible(milestone, fact, WorkHistory(), expected, "", came=came)


def _step(milestone: Milestone, before: WorkHistory, fact: Fact) -> WorkHistory:
    """Return the history after one more fact, or say why it cannot have happened."""
    if before.state is WorkState.CANCELLED:
        raise _impossible(milestone, fact, before, "nothing after a cancellation", "")
    match fact:
        case Started():
            return _started(milestone, before, fact)
        case ProgressReported() | MaterialsStored():
            return _reported(milestone, before, fact)
        case Delivered():
            return _delivered(milestone, before, fact)
        case Approved():
            return _approved(milestone, before, fact)
        case Rejected():
            _require_delivered(milestone, before, fact)
            return attrs.evolve(before, state=WorkState.REJECTED, made_by=fact, approvals=())
        case Cleared():
            return _cleared(milestone, before, fact)
        case _:
            return attrs.evolve(before, state=WorkState.CANCELLED, made_by=fact)


def _started(milestone: Milestone, before: WorkHistory, fact: Started) -> WorkHistory:
    if before.state not in {WorkState.PLANNED, WorkState.REJECTED}:
        raise _impossible(milestone, fact, before, "a planned or rejected milestone", "")
    return attrs.evolve(before, state=WorkState.IN_PROGRESS, made_by=fact)


def _reported(
    milestone: Milestone, before: WorkHistory, fact: ProgressReported | MaterialsStored
) -> WorkHistory:
    """Return the history after a report; stored materials are no work and move no state."""
    if before.state in _HANDED_OVER:
        hint = "record Rejected(by, reason, on=...) first if work goes on"
        raise _impossible(milestone, fact, before, "a milestone not yet delivered", hint)
    if isinstance(fact, MaterialsStored):
        return attrs.evolve(before, materials=fact.amount)
    if before.state is WorkState.IN_PROGRESS:
        return attrs.evolve(before, reported=fact.done)
    return attrs.evolve(before, state=WorkState.IN_PROGRESS, made_by=fact, reported=fact.done)


def _delivered(milestone: Milestone, before: WorkHistory, fact: Delivered) -> WorkHistory:
    if before.state in _HANDED_OVER:
        hint = "record Rejected(by, reason, on=...) before a new delivery"
        raise _impossible(milestone, fact, before, "a milestone not yet delivered", hint)
    return attrs.evolve(before, state=WorkState.DELIVERED, made_by=fact)


def _approved(milestone: Milestone, before: WorkHistory, fact: Approved) -> WorkHistory:
    _require_delivered(milestone, before, fact)
    missing = [name for name in milestone.approvers if all(a.by != name for a in before.approvals)]
    if milestone.approvers and fact.by not in missing:
        expected = f"an approval by {' or '.join(missing)}"
        raise _impossible(milestone, fact, before, expected, "", came=fact.by)
    approvals = (*before.approvals, fact)
    if set(missing) - {fact.by}:
        return attrs.evolve(before, approvals=approvals)
    return attrs.evolve(
        before, state=WorkState.APPROVED, made_by=fact, approvals=approvals, was_approved=True
    )


def _cleared(milestone: Milestone, before: WorkHistory, fact: Cleared) -> WorkHistory:
    if before.cleared is not None:
        raise _impossible(milestone, fact, before, "one clearance", "", came=before.cleared)
    return attrs.evolve(before, cleared=fact)


def _require_delivered(milestone: Milestone, before: WorkHistory, fact: Fact) -> None:
    if before.state is not WorkState.DELIVERED:
        hint = "record Delivered(on=...) first"
        if before.state is WorkState.APPROVED:
            rejected = isinstance(fact, Rejected)
            hint = "record Reversed(approval, reason, on=...) first" if rejected else ""
        raise _impossible(milestone, fact, before, "a delivered milestone", hint)


def _impossible(
    milestone: Milestone,
    fact: Fact,
    before: WorkHistory,
    expected: str,
    hint: str,
    *,
    came: object = None,
) -> ImpossibleFactError:
    name = type(fact).__name__
    return ImpossibleFactError(
        f"{name} on {fact.on} is impossible for milestone {milestone.key!r}",
        expected=expected,
        got=came or before.state,
        hint=hint,
        refused=fact,
    )


def _triggered_by(milestone: Milestone, after: WorkHistory, fact: Fact) -> Fact | None:
    """Return the fact since which the trigger's event stands, now that *fact* has happened."""
    if not _event_stands(milestone, after):
        return None
    return after.triggered_by or fact


def _event_stands(milestone: Milestone, history: WorkHistory) -> bool:
    """Say whether what the trigger waits for has happened; dates are not looked at here."""
    if history.state is WorkState.CANCELLED:
        return False
    trigger = milestone.trigger
    if isinstance(trigger, AtProgress):
        return history.done >= trigger.percent
    if trigger is Trigger.ON_START:
        return history.state is not WorkState.PLANNED
    if trigger is Trigger.ON_DELIVERY:
        return history.state in _HANDED_OVER
    if trigger is Trigger.ON_APPROVAL:
        return history.state is WorkState.APPROVED
    return trigger is Trigger.MANUAL and history.cleared is not None
