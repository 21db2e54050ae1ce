"""Which step of a policy an invoice has reached on a day, and what was sent before; no texts.

Each due date has a ladder of its own: the steps of the policy, counted from that day. The highest
step that any of them newly reached is what is sent. An instalment climbs from its due date on, or
before it if none is older; so no letter asks for what is late and for what is not due yet.

A reminder counts for each due date of what it asked for, and for no other: an extension and a
payment plan bring a new date to pay, and whoever agreed on it starts again with the first level.
What is reversed brings the old date back, with the levels that it had. For the oldest due date a
reminder counts with its level, as its step was reached there first; for a later one only as far as
that one's own days allow, so that a last warning about the first instalment does not silence the
second. Steps that count from the issue date have but one such date, so for them all reminders
count.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

from milestone_invoicing.billing import Reminded
from milestone_invoicing.receivables.reminders.chase import Chase
from milestone_invoicing.receivables.reminders.policies import ReminderPolicy, root_of
from milestone_invoicing.receivables.reminders.steps import ReminderAnchor, ReminderStep, starts

_Sent: TypeAlias = Sequence[tuple[Reminded, int]]


def counted(
    policy: ReminderPolicy, chase: Chase, root: ReminderAnchor, due_on: date
) -> tuple[tuple[Reminded, int], ...]:
    """Return the reminders that count for steps from a due date, or from the issue date.

    Each with the level that it counts for. For a due date nothing counts that went out before its
    first step: it was about something else, which a payment recorded later has settled.
    """
    if root is ReminderAnchor.ISSUE_DATE:
        return tuple((fact, fact.level) for fact, _ in chase.reminded)
    days = first_days(policy, chase.issued_on, due_on)
    found: list[tuple[Reminded, int]] = []
    for fact, asked in chase.reminded:
        if due_on in asked and fact.on.toordinal() >= min(days.values()):
            oldest = asked[0] == due_on
            level = fact.level if oldest else min(fact.level, _allowed(policy, days, found, fact))
            found.append((fact, level))
    return tuple(found)


def _allowed(
    policy: ReminderPolicy, days: Mapping[ReminderStep, int], sent: _Sent, fact: Reminded
) -> int:
    """Return the highest level of a due date whose day had come when a reminder went out."""
    own = (step for step in policy.steps if root_of(policy, step) is ReminderAnchor.DUE_DATE)
    firsts = ((step, _first_day(step, days, sent)) for step in own)
    today = fact.on.toordinal()
    return max((step.level for step, day in firsts if day is not None and day <= today), default=0)


def first_days(policy: ReminderPolicy, issued_on: date, due_on: date) -> dict[ReminderStep, int]:
    """Return the steps that wait for no other, each with the ordinal of its first day."""
    anchors = {ReminderAnchor.DUE_DATE: due_on, ReminderAnchor.ISSUE_DATE: issued_on}
    return {
        step: starts(step, anchors[step.anchor]) for step in policy.steps if step.anchor in anchors
    }


def _first_day(step: ReminderStep, days: Mapping[ReminderStep, int], sent: _Sent) -> int | None:
    """Return the ordinal of the first day of a step; none if it waits for a first reminder."""
    if step.anchor is not ReminderAnchor.LAST_REMINDER:
        return days[step]
    return starts(step, _last(sent)) if sent else None


def step_reached(policy: ReminderPolicy, chase: Chase) -> tuple[ReminderStep, date] | None:
    """Return the step that is to be sent on the day of *chase*, if one is, and its due date.

    Of due dates that reach one step the latest.
    """
    today = chase.as_of.toordinal()
    days = [today - fact.on.toordinal() for fact, _ in chase.reminded]
    if days and min(days) < policy.days_apart:
        return None
    found = [
        (step, part.due_on) for part in chase.parts for step in _ready(policy, chase, part.due_on)
    ]
    return max(found, key=lambda each: (each[0].level, each[1]), default=None)


def _ready(policy: ReminderPolicy, chase: Chase, due_on: date) -> list[ReminderStep]:
    """Return what may be sent for one due date; steps from the issue date go by the oldest."""
    days = first_days(policy, chase.issued_on, due_on)
    sent = _sent(policy, chase, due_on)
    new = [step for step in sent if _is_new(step, days, sent, chase.as_of)]
    due = new[:1] if policy.one_at_a_time else new
    again = [step for step in sent if _is_again(step, sent[step], chase.as_of)]
    return [step for step in (*again, *due) if not _waits(step, chase)]


def _sent(policy: ReminderPolicy, chase: Chase, due_on: date) -> dict[ReminderStep, _Sent]:
    """Return the steps that apply to one due date, each with the reminders that count for it."""
    roots = {ReminderAnchor.DUE_DATE: counted(policy, chase, ReminderAnchor.DUE_DATE, due_on)}
    if due_on == chase.due_on:
        issue = ReminderAnchor.ISSUE_DATE
        roots[issue] = counted(policy, chase, issue, due_on)
    return {
        step: roots[root]
        for step in policy.steps
        if (root := root_of(policy, step)) in roots and step.applies_to(chase.amount)
    }


def _level(sent: _Sent) -> int:
    return max((level for _, level in sent), default=0)


def _is_new(
    step: ReminderStep,
    days: Mapping[ReminderStep, int],
    sent: Mapping[ReminderStep, _Sent],
    today: date,
) -> bool:
    """Whether a step is reached, and neither it nor a higher one was sent."""
    done = _level(sent[step])
    if step.level <= done:
        return False
    waiting = step.anchor is ReminderAnchor.LAST_REMINDER
    if waiting and any(done < each.level < step.level for each in sent):
        return False
    first = _first_day(step, days, sent[step])
    return first is not None and first <= today.toordinal()


def _is_again(step: ReminderStep, sent: _Sent, today: date) -> bool:
    """Whether a step was sent last, and is sent again today."""
    if step.repeat_every is None or _level(sent) != step.level:
        return False
    return (today - _last(sent)).days >= step.repeat_every


def _last(sent: _Sent) -> date:
    return max(fact.on for fact, _ in sent)


def _waits(step: ReminderStep, chase: Chase) -> bool:
    """Whether somebody followed up too short a time ago."""
    if step.quiet_days is None or chase.followed_up is None:
        return False
    return (chase.as_of - chase.followed_up).days <= step.quiet_days
