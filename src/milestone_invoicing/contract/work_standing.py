"""Where the work of a milestone stands on a day, since when it may be invoiced, what is next."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Final

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.contract.agreement import AppliedOrder
from milestone_invoicing.contract.events import EventOccurred, event_of
from milestone_invoicing.contract.milestones import (
    DependencyPolicy,
    Milestone,
    OnDate,
    Trigger,
    days_in_words,
)
from milestone_invoicing.contract.schedule import Schedule
from milestone_invoicing.contract.work_facts import Delivered, WorkFact
from milestone_invoicing.contract.work_state import (
    WorkHistory,
    WorkState,
    after_silence,
    silence_ends,
    work_history,
)
from milestone_invoicing.facts import Fact, Reason
from milestone_invoicing.money import Money, Percent
from milestone_invoicing.timing.months import add_days

_NEVER_LATE: Final = frozenset({WorkState.DELIVERED, WorkState.APPROVED, WorkState.CANCELLED})


@attrs.frozen
class WorkStatus(Answer):
    """Where a milestone's work stands on a day.

    Attributes:
        key: of the milestone.
        state: how far the work is.
        since: the first day of the unbroken time in that state; None while planned.
        done: reported progress, or 100 % while a delivery stands.
        stored: what its materials are worth that are not yet built in; zero once it is delivered.
        was_approved: whether it was approved in full, also if it was cancelled since.
        waits_for: keys of milestones that come first and are neither approved nor cancelled, in
            the order of ``depends_on``; none of a cancelled milestone.
        ready_since: the first day of the unbroken time since which its trigger is met, and under
            ``DependencyPolicy.REFUSE`` nothing comes first any more; None if that is not so, or
            the milestone is cancelled. A reversed fact breaks nothing.
        late: whether its day of delivery is past and no delivery stands; that day itself is in
            time, and a cancelled milestone is never late.
        reasons: the rules and facts behind the state, what it waits for, and the readiness, which
            is the last.
        next_change: the first later day on which ``state``, ``waits_for``, ``ready_since`` or
            ``late`` differs if nothing more is recorded; None if none will.
    """

    key: str
    state: WorkState
    since: date | None
    done: Percent
    stored: Money
    was_approved: bool
    waits_for: tuple[str, ...]
    ready_since: date | None
    late: bool
    reasons: tuple[Reason, ...]
    next_change: date | None


def work_status(schedule: Schedule, key: str, *, as_of: date) -> WorkStatus:
    """Return where the work of milestone *key* stands on a day.

    The state is that of the last fact on or before *as_of*, or of the silence after it. A rejected
    delivery counts as none, so that "ready since" starts anew with the next one. Late begins the
    day after ``due_on``. A milestone that is not agreed on the day, since a change order adds it
    later or dropped it, is looked at all the same; ``schedule.agreed_on(day)`` says which are.

    For ``next_change`` facts dated later are unknown, and so are change orders dated later, unless
    they were recorded by *as_of*.

    Raises:
        UnknownMilestoneError: no milestone has that key.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> milestone = Milestone("a", "Audit", REST, accepted_after=AcceptedAfter(14))
        >>> schedule = Schedule(Money.of(900, "EUR"), [milestone])
        >>> schedule = schedule.record("a", Delivered(on=date(2026, 5, 4)))
        >>> status = work_status(schedule, "a", as_of=date(2026, 5, 4))
        >>> status.state.value, str(status.next_change)
        ('delivered', '2026-05-18')
        >>> str(work_status(schedule, "a", as_of=date(2026, 5, 18)).reasons[0])
        'approved since 2026-05-18, accepted by silence: 14 days after the delivery of 2026-05-04'

    Source: convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_date(as_of, "as_of")
    view = _view(schedule, key, as_of, as_of)
    history = view.history
    return WorkStatus(
        key=key,
        state=history.state,
        since=history.since,
        done=history.done,
        stored=history.stored or Money.zero(schedule.total.currency),
        was_approved=history.was_approved,
        waits_for=view.waits_for,
        ready_since=view.ready_since,
        late=view.late,
        reasons=tuple(_reasons(view)),
        next_change=_next_change(view),
    )


@attrs.frozen(eq=False)
class _View:
    """A milestone on *day*, by the facts until *as_of*.

    Attributes:
        before: the milestones that come first, and what their work amounts to.
    """

    schedule: Schedule
    milestone: Milestone
    as_of: date
    day: date
    history: WorkHistory
    before: tuple[tuple[Milestone, WorkHistory], ...]

    @cached_property
    def waits_for(self) -> tuple[str, ...]:
        if self.history.state is WorkState.CANCELLED:
            return ()
        return tuple(each.key for each, history in self.before if history.settled_on is None)

    @property
    def refuses(self) -> bool:
        """Whether what comes first holds the milestone back."""
        return self.schedule.dependencies is DependencyPolicy.REFUSE

    @cached_property
    def met_on(self) -> date | None:
        """Since when the trigger is met, whatever comes first."""
        if self.history.state is WorkState.CANCELLED:
            return None
        since = self.history.triggered_on
        if since is None:
            since = _day_waited_for(self.schedule, self.milestone)
        if since is None or since > self.day:
            return None
        # Not before the change order that made it wait for this.
        return max(since, self.schedule.waits_since(self.milestone.key, as_of=self.day))

    @cached_property
    def ready_since(self) -> date | None:
        since = self.met_on
        if since is None or not self.refuses:
            return since
        return None if self.waits_for else max((since, *self._settled(), *_drops(self)))

    def _settled(self) -> Iterator[date]:
        return (each.settled_on for _, each in self.before if each.settled_on is not None)

    @property
    def late(self) -> bool:
        due_on = self.milestone.due_on
        return due_on is not None and self.day > due_on and self.history.state not in _NEVER_LATE

    @property
    def answer(self) -> tuple[object, ...]:
        """What ``next_change`` is about."""
        return self.history.state, self.waits_for, self.ready_since, self.late


def _view(schedule: Schedule, key: str, as_of: date, day: date) -> _View:
    milestone, first = schedule.milestone(key, as_of=day), dict[str, Milestone]()
    if milestone.depends_on:
        agreed = schedule.agreed_on(day).milestones
        first = {each.key: each for each in agreed if each.key in milestone.depends_on}
    facts = _facts(schedule, (key, *first))
    history = work_history(milestone, facts[key], as_of)
    view = _View(
        schedule=schedule,
        milestone=milestone,
        as_of=as_of,
        day=as_of,
        history=history,
        before=tuple(
            (first[other], work_history(first[other], facts[other], as_of))
            for other in milestone.depends_on
            if other in first
        ),
    )
    return view if day == as_of else _in_silence(view, day)


def _facts(schedule: Schedule, keys: Iterable[str]) -> dict[str, list[WorkFact]]:
    """Return the facts of some milestones, in the order they were recorded, in one pass."""
    facts: dict[str, list[WorkFact]] = {key: [] for key in keys}
    for record in schedule.facts:
        if record.key in facts and not isinstance(record.fact, EventOccurred):
            facts[record.key].append(record.fact)
    return facts


def _in_silence(view: _View, day: date) -> _View:
    """Return the view of a later day on which the same is agreed, if nothing more is said."""
    return attrs.evolve(
        view,
        day=day,
        history=after_silence(view.milestone, view.history, day),
        before=tuple((each, after_silence(each, past, day)) for each, past in view.before),
    )


def _drops(view: _View) -> Iterator[date]:
    """Yield when change orders dropped what the milestone waited for, unless it was settled."""
    key, schedule = view.milestone.key, view.schedule
    for (_, old), (on, new) in pairwise(schedule.agreements):
        if on <= view.day and key in old.by_key and key in new.by_key:
            kept = new.milestones[new.place(key)].depends_on
            for other in old.milestones[old.place(key)].depends_on:
                if other not in kept:
                    dropped, facts = old.milestones[old.place(other)], schedule.facts_of(other)
                    history = work_history(dropped, facts, min(on, view.as_of))
                    yield history.settled_on or on


def _day_waited_for(schedule: Schedule, milestone: Milestone) -> date | None:
    """Return the day of a trigger that looks at dates only, if it is known."""
    if milestone.trigger is Trigger.ON_SIGNING:
        return schedule.signed_on
    return milestone.trigger.date if isinstance(milestone.trigger, OnDate) else None


def _late_from(milestone: Milestone) -> date | None:
    """Return the first day on which it is late without a delivery."""
    due_on = milestone.due_on
    return None if due_on is None or due_on == date.max else add_days(due_on, 1)


def _next_change(view: _View) -> date | None:
    """Return the first later day on which the answer differs, looking only where it may."""
    schedule = _as_known(view)
    known = view if schedule is view.schedule else attrs.evolve(view, schedule=schedule)
    ahead = {day for day in _days_ahead(known) if day is not None and day > view.as_of}
    return next((day for day in sorted(ahead) if _later(known, day).answer != view.answer), None)


def _later(view: _View, day: date) -> _View:
    """Return the view of a later day."""
    schedule, as_of = view.schedule, view.as_of
    if schedule.agreed_on(day) is schedule.agreed_on(as_of):
        return _in_silence(view, day)
    return _view(schedule, view.milestone.key, as_of, day)


def _as_known(view: _View) -> Schedule:
    """Return the schedule without the change orders that nobody knows of yet, nor their work."""
    schedule, as_of = view.schedule, view.as_of
    orders = [
        each for each in schedule.change_orders if each.order.on <= as_of or each.known_on <= as_of
    ]
    if len(orders) == len(schedule.change_orders):
        return schedule
    known = with_orders(schedule, orders, as_of)
    # Whoever asks about a milestone knows the order that adds it.
    return known if view.milestone.key in known.keys else schedule


def with_orders(schedule: Schedule, orders: Iterable[AppliedOrder], as_of: date) -> Schedule:
    """Return the schedule with no other change orders, and the facts until a day that fit them."""
    known = attrs.evolve(schedule, change_orders=tuple(orders), facts=())
    keys, events = frozenset(known.keys), frozenset(known.events)
    facts = (
        each
        for each in schedule.facts
        if each.fact.on <= as_of
        and (event_of(each.fact) in events if each.key is None else each.key in keys)
    )
    return attrs.evolve(known, facts=tuple(facts))


def _days_ahead(view: _View) -> Iterator[date | None]:
    """Yield the days on which time, or a change order that is known already, may change it."""
    for milestone, history in ((view.milestone, view.history), *view.before):
        yield silence_ends(milestone, history)
    for on, agreement in view.schedule.agreements:
        yield on
        for milestone in agreement.milestones:
            if milestone.key == view.milestone.key:
                yield _late_from(milestone) if view.history.state not in _NEVER_LATE else None
                yield _day_waited_for(view.schedule, milestone) if view.met_on is None else None


def work_days(schedule: Schedule) -> set[date]:
    """Return all days on which the work of a milestone may stand otherwise than on the day before.

    That is by a fact, a change order, a day that was agreed, or silence.
    """
    days = {record.fact.on for record in schedule.facts if record.key is not None}
    days |= {each.order.on for each in schedule.change_orders}
    found: list[date | None] = []
    for _, agreement in schedule.agreements:
        for milestone in agreement.milestones:
            found += _day_waited_for(schedule, milestone), _late_from(milestone)
    for record in schedule.facts:
        if record.key is not None and isinstance(record.fact, Delivered):
            silence = schedule.milestone(record.key).accepted_after
            found.append(silence.accepted_on(record.fact.on) if silence else None)
    return days | {day for day in found if day is not None}


def _reasons(view: _View) -> Iterator[Reason]:
    yield _state_reason(view)
    if view.waits_for:
        yield Reason(f"comes after {_names(view)}, not approved yet")
    yield _ready_reason(view)


def _names(view: _View) -> str:
    return " and ".join(map(repr, view.waits_for))


def _state_reason(view: _View) -> Reason:
    history, silence = view.history, view.milestone.accepted_after
    if history.made_by is None:
        return Reason("planned: work has not begun")
    rule = f"{history.state} since {history.since}"
    if silence is not None and history.since == history.accepted_on:
        days = days_in_words(silence.days)
        rule += f", accepted by silence: {days} after the delivery of {history.made_by.on}"
    return Reason(rule, (history.made_by,))


def _ready_reason(view: _View) -> Reason:
    """Return since when the milestone may be invoiced, or what it waits for."""
    since, trigger, fact = view.ready_since, view.milestone.trigger, view.history.triggered_by
    facts = () if fact is None else (fact,)
    if view.history.state is WorkState.CANCELLED:
        return Reason("not ready to invoice: cancelled", _made_by(view.history))
    if view.met_on is None:
        return Reason(f"not ready to invoice: waits for {trigger}")
    if since is None:
        return Reason(f"not ready to invoice: waits for {_names(view)}", facts)
    after = "" if since == view.met_on else ", once nothing came first any more"
    return Reason(f"ready to invoice since {since}: {trigger}{after}", facts)


def _made_by(history: WorkHistory) -> tuple[Fact, ...]:
    """Return the fact that led to the state, if any did."""
    return () if history.made_by is None else (history.made_by,)
