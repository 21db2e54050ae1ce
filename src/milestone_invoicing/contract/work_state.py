"""How facts about the work, and silence, become a state; it knows no money and no schedule."""

from collections.abc import Iterable
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
from milestone_invoicing.errors import ImpossibleFactError, Words
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


_TAKE_BACK: Final = "Reversed(delivery, reason, on=...)"
NOTHING_DONE: Final = Percent(0)
ALL_DONE: Final = Percent(100)
_HANDED_OVER: Final = frozenset({WorkState.DELIVERED, WorkState.APPROVED})
_SETTLED: Final = frozenset({WorkState.APPROVED, WorkState.CANCELLED})


@attrs.frozen
class WorkHistory:
    """What the facts so far amount to.

    Attributes:
        state: how far the work is.
        since: the first day of the unbroken time in that state; None while planned.
        made_by: the fact that led to the state, for silence the delivery; None while planned.
        reported: the last reported progress.
        materials: the last report of stored materials.
        approvals: approvals of the delivery that stands.
        was_approved: whether it was approved in full, also where it was cancelled since.
        accepted_on: the day on which silence approved it; None if it did not.
        settled_on: the first day of the unbroken time in which it is approved or cancelled.
        cleared: the clearance, if any.
        triggered_by: the fact since which the trigger's event has stood without a break, for
            silence the delivery; None if it has not come, or for triggers that wait for a date.
        triggered_on: the day since which it has.
    """

    state: WorkState = WorkState.PLANNED
    since: date | None = None
    made_by: Fact | None = None
    reported: Percent = NOTHING_DONE
    materials: Money | None = None
    approvals: tuple[Approved, ...] = ()
    was_approved: bool = False
    accepted_on: date | None = None
    settled_on: date | None = None
    cleared: Cleared | None = None
    triggered_by: Fact | None = None
    triggered_on: date | None = None

    @property
    def done(self) -> Percent:
        """The progress: as reported, or 100 % while a delivery stands."""
        return ALL_DONE if self.state in _HANDED_OVER else self.reported

    @property
    def stored(self) -> Money | None:
        """The materials presently stored: none where nothing was reported, or all is built in."""
        return None if self.was_approved or self.state in _HANDED_OVER else self.materials


def work_history(milestone: Milestone, facts: Iterable[Fact], as_of: date) -> WorkHistory:
    """Return what the facts that stand on *as_of*, and silence after them, amount to.

    Raises:
        ImpossibleFactError: a fact cannot follow those before it.
        NothingToReverseError: a reversal finds no equal earlier fact.
    """
    history = WorkHistory()
    for fact in standing(facts, as_of):
        history = after_fact(milestone, history, fact)
    return after_silence(milestone, history, as_of)


def after_fact(milestone: Milestone, before: WorkHistory, fact: Fact) -> WorkHistory:
    """Return the history after one more fact that stands, of the last day or later.

    Raises:
        ImpossibleFactError: it cannot follow those before it.
    """
    accepted_on = silence_ends(milestone, before)
    # What is said on the last day is still in time, so silence comes after it.
    if accepted_on is not None and accepted_on < fact.on:
        before = _accepted(milestone, before, accepted_on)
    return _marked(milestone, _step(milestone, before, fact), fact, fact.on)


def works_alike(milestone: Milestone, other: Milestone | None) -> bool:
    """Say whether facts amount to the same under both; what else is agreed plays no part."""
    if milestone is other or other is None:
        return milestone is other
    rules = milestone.trigger, milestone.approvers, milestone.accepted_after
    return rules == (other.trigger, other.approvers, other.accepted_after)


def after_silence(milestone: Milestone, history: WorkHistory, until: date) -> WorkHistory:
    """Return the history if nothing more is said up to a day, that day included."""
    accepted_on = silence_ends(milestone, history)
    if accepted_on is None or accepted_on > until:
        return history
    return _accepted(milestone, history, accepted_on)


def silence_ends(milestone: Milestone, history: WorkHistory) -> date | None:
    """Return the day on which silence approves the delivery that stands, if it may."""
    if milestone.accepted_after is None or history.state is not WorkState.DELIVERED:
        return None
    return None if history.since is None else milestone.accepted_after.accepted_on(history.since)


def _accepted(milestone: Milestone, before: WorkHistory, on: date) -> WorkHistory:
    """Return the history after silence has approved the delivery, for all who have not spoken."""
    after = attrs.evolve(
        before, state=WorkState.APPROVED, since=on, accepted_on=on, was_approved=True
    )
    return _marked(milestone, after, before.made_by, on)


def require_awaited(milestone: Milestone, facts: Iterable[Fact]) -> None:
    """Refuse a clearance that nothing waits for; a later change order may take the wait away."""
    for fact in facts:
        if isinstance(fact, Cleared) and milestone.trigger is not Trigger.MANUAL:
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
            return _entered(before, WorkState.REJECTED, fact, approvals=())
        case Cleared():
            return _cleared(milestone, before, fact)
        case _:
            return _entered(before, WorkState.CANCELLED, fact)


def _entered(before: WorkHistory, state: WorkState, fact: Fact, **changed: object) -> WorkHistory:
    """Return the history in a state that *fact* led to."""
    return attrs.evolve(before, state=state, since=fact.on, made_by=fact, **changed)  # type: ignore[arg-type]  # fields of a history


def _started(milestone: Milestone, before: WorkHistory, fact: Started) -> WorkHistory:
    if before.state not in {WorkState.PLANNED, WorkState.REJECTED}:
        raise _impossible(milestone, fact, before, "a planned or rejected milestone", "")
    return _entered(before, WorkState.IN_PROGRESS, fact)


def _reported(
    milestone: Milestone, before: WorkHistory, fact: ProgressReported | MaterialsStored
) -> WorkHistory:
    """Return the history after a report; stored materials are no work and move no state."""
    if before.state in _HANDED_OVER:
        hint = _to_reopen(before, "first if work goes on")
        raise _impossible(milestone, fact, before, "a milestone not yet delivered", hint)
    if isinstance(fact, MaterialsStored):
        return attrs.evolve(before, materials=fact.amount)
    if before.state is WorkState.IN_PROGRESS:
        return attrs.evolve(before, reported=fact.done)
    return _entered(before, WorkState.IN_PROGRESS, fact, reported=fact.done)


def _delivered(milestone: Milestone, before: WorkHistory, fact: Delivered) -> WorkHistory:
    if before.state in _HANDED_OVER:
        hint = _to_reopen(before, "before a new delivery")
        raise _impossible(milestone, fact, before, "a milestone not yet delivered", hint)
    return _entered(before, WorkState.DELIVERED, fact)


def _to_reopen(before: WorkHistory, then: str) -> str:
    """Return the call that opens a delivery again, which after silence is to take it back."""
    if before.accepted_on is not None:
        return f"record {_TAKE_BACK} first"
    return f"record Rejected(by, reason, on=...) {then}"


def _approved(milestone: Milestone, before: WorkHistory, fact: Approved) -> WorkHistory:
    missing = [name for name in milestone.approvers if all(a.by != name for a in before.approvals)]
    unheard = missing if milestone.approvers else not before.approvals
    if before.accepted_on is None or not unheard:
        _require_delivered(milestone, before, fact)
    if milestone.approvers and fact.by not in missing:
        expected = f"an approval by {' or '.join(missing)}"
        raise _impossible(milestone, fact, before, expected, "", came=fact.by)
    approvals = (*before.approvals, fact)
    if before.accepted_on is not None or set(missing) - {fact.by}:
        return attrs.evolve(before, approvals=approvals)
    return _entered(before, WorkState.APPROVED, fact, approvals=approvals, was_approved=True)


def _cleared(milestone: Milestone, before: WorkHistory, fact: Cleared) -> WorkHistory:
    if before.cleared is not None:
        raise _impossible(milestone, fact, before, "one clearance", "", came=before.cleared)
    return attrs.evolve(before, cleared=fact)


def _require_delivered(milestone: Milestone, before: WorkHistory, fact: Fact) -> None:
    if before.state is not WorkState.DELIVERED:
        hint = "record Delivered(on=...) first"
        if before.state is WorkState.APPROVED:
            hint = _to_reject(before) if isinstance(fact, Rejected) else ""
        raise _impossible(milestone, fact, before, "a delivered milestone", hint)


def _to_reject(before: WorkHistory) -> str:
    """Return the call that takes back what is approved."""
    if before.accepted_on is not None:
        return f"record {_TAKE_BACK} instead"
    return "record Reversed(approval, reason, on=...) first"


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
        got=came or _now(before),
        hint=hint,
        refused=fact,
    )


def _now(before: WorkHistory) -> object:
    """Return the state, with the day of a silence that made it."""
    if before.accepted_on is None or before.state is not WorkState.APPROVED:
        return before.state
    return Words(f"a milestone that silence approved on {before.accepted_on}")


def _marked(milestone: Milestone, after: WorkHistory, fact: Fact | None, day: date) -> WorkHistory:
    """Return the history with since when it is settled and its trigger's event stands."""
    settled, stands = after.state in _SETTLED, _event_stands(milestone, after)
    if settled is bool(after.settled_on) and stands is bool(after.triggered_on):
        return after
    return attrs.evolve(
        after,
        settled_on=(after.settled_on or day) if settled else None,
        triggered_by=(after.triggered_by or fact) if stands else None,
        triggered_on=(after.triggered_on or day) if stands else None,
    )


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
