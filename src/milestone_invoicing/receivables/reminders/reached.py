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

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

import attrs

from milestone_invoicing.billing import Reminded
from milestone_invoicing.receivables.reminders.chase import Chase
from milestone_invoicing.receivables.reminders.policies import ReminderPolicy, root_of
from milestone_invoicing.receivables.reminders.steps import ReminderAnchor, ReminderStep, starts

_Sent: TypeAlias = Sequence[tuple[Reminded, int]]


@attrs.frozen
class Ladder:
    """The steps of a policy, with what is the same of them for all invoices.

    Attributes:
        policy: the policy.
        by_issue: of each step whether it counts from the issue date in the end.
        texts: each step in words.
    """

    policy: ReminderPolicy
    by_issue: tuple[bool, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, policy: ReminderPolicy) -> "Ladder":
        """Return the ladder of a policy."""
        roots = (root_of(policy, step) for step in policy.steps)
        by_issue = tuple(root is ReminderAnchor.ISSUE_DATE for root in roots)
        return cls(policy, by_issue, tuple(map(str, policy.steps)))


class Reached(NamedTuple):
    """A step that is to be sent.

    Attributes:
        place: of the step in its policy.
        about: the due date that reached it.
    """

    place: int
    about: date


class _Rung(NamedTuple):
    """A step that applies to one due date.

    Attributes:
        place: of the step in its policy.
        step: the step.
        day: the ordinal of its first day; None if it waits for another step.
        sent: the reminders that count for it, each with its level.
        done: the highest level of them.
    """

    place: int
    step: ReminderStep
    day: int | None
    sent: _Sent
    done: int


def counted(ladder: Ladder, chase: Chase, due_on: date, *, by_issue: bool) -> _Sent:
    """Return the reminders that count for steps from a due date, or from the issue date.

    Each with the level that it counts for. For a due date nothing counts that went out before its
    first step: it was about something else, which a payment recorded later has settled.
    """
    if by_issue or not chase.reminded:
        return [(fact, fact.level) for fact, _ in chase.reminded]
    days = first_days(ladder.policy, chase.issued_on, due_on)
    first = min(day for day in days if day is not None)
    found: list[tuple[Reminded, int]] = []
    for fact, asked in chase.reminded:
        if due_on in asked and fact.on.toordinal() >= first:
            oldest = asked[0] == due_on
            level = fact.level if oldest else min(fact.level, _allowed(ladder, days, found, fact))
            found.append((fact, level))
    return found


def _allowed(ladder: Ladder, days: Sequence[int | None], sent: _Sent, fact: Reminded) -> int:
    """Return the highest level of a due date whose day had come when a reminder went out."""
    own = (
        (step, _first_day(step, day, sent))
        for step, by_issue, day in zip(ladder.policy.steps, ladder.by_issue, days, strict=True)
        if not by_issue
    )
    today = fact.on.toordinal()
    return max((step.level for step, day in own if day is not None and day <= today), default=0)


def first_days(policy: ReminderPolicy, issued_on: date, due_on: date) -> list[int | None]:
    """Return the ordinal of the first day of each step; None of those that wait for another."""
    days: list[int | None] = []
    for step in policy.steps:
        if step.anchor is ReminderAnchor.LAST_REMINDER:
            days.append(None)
        else:
            by_issue = step.anchor is ReminderAnchor.ISSUE_DATE
            days.append(starts(step, issued_on if by_issue else due_on))
    return days


def _first_day(step: ReminderStep, day: int | None, sent: _Sent) -> int | None:
    """Return the ordinal of the first day of a step; none if it waits for a first reminder."""
    return starts(step, _last(sent)) if day is None and sent else day


def step_reached(ladder: Ladder, chase: Chase) -> Reached | None:
    """Return the step that is to be sent on the day of *chase*, if one is.

    It is the highest that any due date reached; of due dates that reach it the latest.
    """
    for fact, _ in chase.reminded:
        if (chase.as_of - fact.on).days < ladder.policy.days_apart:
            return None
    tops = ((_highest(ladder, chase, part.due_on), part.due_on) for part in chase.parts)
    return max((Reached(place, due_on) for place, due_on in tops if place >= 0), default=None)


def _highest(ladder: Ladder, chase: Chase, due_on: date) -> int:
    """Return the place of the highest step that may be sent for one due date; -1 if none may."""
    rungs, today = _rungs(ladder, chase, due_on), chase.as_of.toordinal()
    new = [rung for rung in rungs if _is_new(rung, rungs, today)]
    ready = new[:1] if ladder.policy.one_at_a_time else new
    if chase.reminded:
        ready += [rung for rung in rungs if _is_again(rung, chase.as_of)]
    if chase.followed_up is not None:
        quiet = (chase.as_of - chase.followed_up).days
        ready = [
            rung for rung in ready if rung.step.quiet_days is None or rung.step.quiet_days < quiet
        ]
    return max([rung.place for rung in ready], default=-1)


def _rungs(ladder: Ladder, chase: Chase, due_on: date) -> list[_Rung]:
    """Return the steps that apply to one due date; those from the issue date go by the oldest."""
    days = first_days(ladder.policy, chase.issued_on, due_on)
    of_due = counted(ladder, chase, due_on, by_issue=False)
    of_issue = counted(ladder, chase, due_on, by_issue=True) if due_on == chase.due_on else None
    rungs: list[_Rung] = []
    for place, step in enumerate(ladder.policy.steps):
        sent = of_issue if ladder.by_issue[place] else of_due
        if sent is not None and (not step.least or step.applies_to(chase.amount)):
            done = max(level for _, level in sent) if sent else 0
            rungs.append(_Rung(place, step, days[place], sent, done))
    return rungs


def _is_new(rung: _Rung, rungs: Sequence[_Rung], today: int) -> bool:
    """Whether a step is reached, and neither it nor a higher one was sent."""
    _, step, first, sent, done = rung
    if step.level <= done:
        return False
    if first is None:
        if any(done < each.step.level < step.level for each in rungs):
            return False
        first = _first_day(step, first, sent)
    return first is not None and first <= today


def _is_again(rung: _Rung, today: date) -> bool:
    """Whether a step was sent last, and is sent again today."""
    every = rung.step.repeat_every
    if every is None or rung.done != rung.step.level:
        return False
    return (today - _last(rung.sent)).days >= every


def _last(sent: _Sent) -> date:
    return max(fact.on for fact, _ in sent)
