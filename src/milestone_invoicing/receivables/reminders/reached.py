"""Which step of a policy an invoice has reached on a day, and what was sent before; no texts.

Levels are counted for each due date. A reminder counts for the due date of what was the oldest
open instalment on its own day, and for no other: the next instalment, an extension and a payment
plan each bring a new date to pay, and whoever agreed on it starts again with the first level. What
is reversed brings the old date back, with the levels that it had. Steps that count from the issue
date have but one such date, so for them all reminders count.
"""

from collections.abc import Sequence
from datetime import date

from milestone_invoicing.billing import Reminded
from milestone_invoicing.receivables.reminders.chase import Chase
from milestone_invoicing.receivables.reminders.policies import (
    ReminderAnchor,
    ReminderPolicy,
    ReminderStep,
    root_of,
    starts,
)


def counted(policy: ReminderPolicy, chase: Chase, root: ReminderAnchor) -> tuple[Reminded, ...]:
    """Return the reminders that count for steps from the due date, or from the issue date.

    For a due date nothing counts that went out before its first step: it was about something
    else, which a payment recorded later has settled.
    """
    if root is ReminderAnchor.ISSUE_DATE:
        return tuple(fact for fact, _ in chase.reminded)
    first = min(day for _, day in fixed_days(policy, chase))
    return tuple(
        fact
        for fact, about in chase.reminded
        if about == chase.due_on and fact.on.toordinal() >= first
    )


def fixed_days(policy: ReminderPolicy, chase: Chase) -> list[tuple[ReminderStep, int]]:
    """Return the steps that wait for no other, each with the ordinal of its first day."""
    anchors = {
        ReminderAnchor.DUE_DATE: chase.due_on,
        ReminderAnchor.ISSUE_DATE: chase.issued_on,
    }
    return [
        (step, starts(step, anchors[step.anchor]))
        for step in policy.steps
        if step.anchor in anchors
    ]


def step_reached(policy: ReminderPolicy, chase: Chase) -> ReminderStep | None:
    """Return the step that is to be sent on the day of *chase*, if one is."""
    today = chase.as_of.toordinal()
    days = [today - fact.on.toordinal() for fact, _ in chase.reminded]
    if days and min(days) < policy.days_apart:
        return None
    applying = [step for step in policy.steps if step.applies_to(chase.amount)]
    new = [step for step in applying if _is_new(policy, chase, step, applying)]
    due = new[:1] if policy.one_at_a_time else new
    again = [step for step in applying if _is_again(policy, chase, step)]
    ready = [step for step in (*again, *due) if not _waits(step, chase)]
    return ready[-1] if ready else None


def _level(reminders: Sequence[Reminded]) -> int:
    return max((fact.level for fact in reminders), default=0)


def _is_new(
    policy: ReminderPolicy, chase: Chase, step: ReminderStep, applying: Sequence[ReminderStep]
) -> bool:
    """Whether a step is reached, and neither it nor a higher one was sent."""
    sent = counted(policy, chase, root_of(policy, step))
    done = _level(sent)
    if step.level <= done:
        return False
    if step.anchor is not ReminderAnchor.LAST_REMINDER:
        first = dict(fixed_days(policy, chase))[step]
    elif sent and not any(done < each.level < step.level for each in applying):
        first = starts(step, _last(sent))
    else:
        return False
    return first <= chase.as_of.toordinal()


def _is_again(policy: ReminderPolicy, chase: Chase, step: ReminderStep) -> bool:
    """Whether a step was sent last, and is sent again today."""
    if step.repeat_every is None:
        return False
    sent = counted(policy, chase, root_of(policy, step))
    if not sent or _level(sent) != step.level:
        return False
    return (chase.as_of - _last(sent)).days >= step.repeat_every


def _last(sent: Sequence[Reminded]) -> date:
    return max(fact.on for fact in sent)


def _waits(step: ReminderStep, chase: Chase) -> bool:
    """Whether somebody followed up too short a time ago."""
    if step.quiet_days is None or chase.followed_up is None:
        return False
    return (chase.as_of - chase.followed_up).days <= step.quiet_days
