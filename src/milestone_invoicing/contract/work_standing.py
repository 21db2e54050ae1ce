"""Where the work of a milestone stands on a day, since when it may be invoiced, what is next."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Final

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date, require_type
from milestone_invoicing.contract.agreement import Agreements, agreed_for
from milestone_invoicing.contract.milestones import (
    DependencyPolicy,
    Milestone,
    OnDate,
    Trigger,
    days_in_words,
)
from milestone_invoicing.contract.schedule import Schedule
from milestone_invoicing.contract.work_facts import Cancelled, Delivered
from milestone_invoicing.contract.work_records import NO_WORK
from milestone_invoicing.contract.work_state import (
    WorkHistory,
    WorkState,
    after_silence,
    silence_ends,
)
from milestone_invoicing.facts import Fact, Reason, of_kind, standing
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
    view = work_view(schedule, key, as_of)
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
class WorkView:
    """A milestone on *day*, by the facts until *as_of*: where its work stands, without the words.

    Attributes:
        agreed: what is agreed, as far as it is looked at.
        before: the milestones that come first, and what their work amounts to.
    """

    schedule: Schedule
    agreed: Agreements
    milestone: Milestone
    as_of: date
    day: date
    history: WorkHistory
    before: tuple[tuple[Milestone, WorkHistory], ...]

    @cached_property
    def waits_for(self) -> tuple[str, ...]:
        """The milestones that come first and are neither approved nor cancelled."""
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
        return max(since, self.agreed.waits_since(self.milestone.key, self.day))

    @cached_property
    def ready_since(self) -> date | None:
        """Since when it may be invoiced, if it may."""
        since = self.met_on
        if since is None or not self.refuses:
            return since
        return None if self.waits_for else max((since, *self._settled(), *_drops(self)))

    def _settled(self) -> Iterator[date]:
        return (each.settled_on for _, each in self.before if each.settled_on is not None)

    @property
    def late(self) -> bool:
        """Whether its day of delivery is past and no delivery stands."""
        due_on = self.milestone.due_on
        return due_on is not None and self.day > due_on and self.history.state not in _NEVER_LATE

    @property
    def answer(self) -> tuple[object, ...]:
        """What ``next_change`` is about."""
        return self.history.state, self.waits_for, self.ready_since, self.late


def work_view(schedule: Schedule, key: str, as_of: date) -> WorkView:
    """Return where the work of a milestone stands on a day."""
    agreed = schedule._agreed  # noqa: SLF001  # of this room
    return _view(schedule, agreed, agreed.milestone(key, as_of), as_of, as_of)


def work_views(schedule: Schedule, as_of: date) -> Iterator[WorkView]:
    """Yield where the work of each milestone stands that is agreed on a day, in their order."""
    agreed = schedule._agreed  # noqa: SLF001  # of this room
    for milestone in agreed.on(as_of).milestones:
        yield _view(schedule, agreed, milestone, as_of, as_of)


def cancelled_keys(schedule: Schedule) -> set[str]:
    """Return the keys of milestones that were ever cancelled, whether that stands or not."""
    work = schedule._work  # noqa: SLF001  # of this room
    return {key for key, replay in work.items() if of_kind(replay.facts, Cancelled)}


def cancellations(schedule: Schedule, key: str) -> tuple[Cancelled, ...]:
    """Return the cancellations of a milestone, whether they stand or not."""
    return of_kind(schedule._work.get(key, NO_WORK).facts, Cancelled)  # noqa: SLF001  # of this room


def is_cancelled(schedule: Schedule, key: str, as_of: date) -> bool:
    """Say whether a milestone is cancelled on a day, whatever is agreed of it then."""
    # Most have no such fact, and need no replay to say so.
    if not cancellations(schedule, key):
        return False
    return bool(of_kind(standing(schedule.facts_of(key), as_of), Cancelled))


def _view(
    schedule: Schedule, agreed: Agreements, milestone: Milestone, as_of: date, day: date
) -> WorkView:
    first: list[Milestone] = []
    if milestone.depends_on:
        known = agreed.on(day)
        found = (agreed_for(known, other)[0] for other in milestone.depends_on)
        first = [each for each in found if each is not None]
    view = WorkView(
        schedule=schedule,
        agreed=agreed,
        milestone=milestone,
        as_of=as_of,
        day=as_of,
        history=_history(schedule, milestone, as_of),
        before=tuple([(each, _history(schedule, each, as_of)) for each in first]),
    )
    return view if day == as_of else _in_silence(view, day)


def work_so_far(schedule: Schedule, key: str, *, as_of: date) -> WorkHistory:
    """Return what the facts of milestone *key* amount to on a day, without what comes next.

    Raises:
        UnknownMilestoneError: no milestone has that key.
        DateTypeError: *as_of* is not a plain date.
    """
    require_date(as_of, "as_of")
    return _history(schedule, schedule.milestone(key, as_of=as_of), as_of)


def _history(schedule: Schedule, milestone: Milestone, as_of: date) -> WorkHistory:
    return schedule._history(milestone, as_of)  # noqa: SLF001  # of this room


def _in_silence(view: WorkView, day: date) -> WorkView:
    """Return the view of a later day on which the same is agreed, if nothing more is said."""
    return attrs.evolve(
        view,
        day=day,
        history=after_silence(view.milestone, view.history, day),
        before=tuple((each, after_silence(each, past, day)) for each, past in view.before),
    )


def _drops(view: WorkView) -> Iterator[date]:
    """Yield when change orders dropped what the milestone waited for, unless it was settled."""
    for old, new in pairwise(view.agreed.definitions(view.milestone.key)):
        if new.on > view.day or old.milestone is None or new.milestone is None:
            continue
        for other in old.milestone.depends_on:
            if other not in new.milestone.depends_on:
                was = view.agreed.steps[new.order - 1][1]
                dropped = was.milestones[was.place(other)]
                history = _history(view.schedule, dropped, min(new.on, view.as_of))
                yield history.settled_on or new.on


def _day_waited_for(schedule: Schedule, milestone: Milestone) -> date | None:
    """Return the day of a trigger that looks at dates only, if it is known."""
    if milestone.trigger is Trigger.ON_SIGNING:
        return schedule.signed_on
    return milestone.trigger.date if isinstance(milestone.trigger, OnDate) else None


def _late_from(milestone: Milestone) -> date | None:
    """Return the first day on which it is late without a delivery."""
    due_on = milestone.due_on
    return None if due_on is None or due_on == date.max else add_days(due_on, 1)


def _next_change(view: WorkView) -> date | None:
    """Return the first later day on which the answer differs, looking only where it may."""
    known = attrs.evolve(view, agreed=_as_known(view))
    ahead = {day for day in _days_ahead(known) if day is not None and day > view.as_of}
    return next((day for day in sorted(ahead) if _later(known, day).answer != view.answer), None)


def _later(view: WorkView, day: date) -> WorkView:
    """Return the view of a later day."""
    if view.agreed.on(day) is view.agreed.on(view.as_of):
        return _in_silence(view, day)
    milestone = view.agreed.milestone(view.milestone.key, day)
    return _view(view.schedule, view.agreed, milestone, view.as_of, day)


def _as_known(view: WorkView) -> Agreements:
    """Return what is agreed without the change orders that nobody knows of yet.

    Whoever asks about a milestone knows the order that adds it.
    """
    orders, as_of = view.schedule.change_orders, view.as_of
    # Orders come in the order of both days.
    known = max(
        bisect_right(orders, as_of, key=lambda each: each.order.on),
        bisect_right(orders, as_of, key=lambda each: each.known_on),
    )
    added_by = view.agreed.definitions(view.milestone.key)[0].order
    return view.agreed.until(known) if added_by <= known else view.agreed


def _days_ahead(view: WorkView) -> Iterator[date | None]:
    """Yield the days on which time, or a change order that is known already, may change it."""
    for milestone, history in ((view.milestone, view.history), *view.before):
        yield silence_ends(milestone, history)
    later = view.agreed.later(view.milestone.key, view.as_of)
    yield from (each.on for each in later)
    for agreed in (view.milestone, *(each.milestone for each in later)):
        if agreed is not None:
            for other in agreed.depends_on:
                yield from (each.on for each in view.agreed.later(other, view.as_of))
            yield _late_from(agreed) if view.history.state not in _NEVER_LATE else None
            yield _day_waited_for(view.schedule, agreed) if view.met_on is None else None


def work_days(schedule: Schedule, key: str | None = None) -> set[date]:
    """Return all days on which a milestone, or any, may stand otherwise than on the day before.

    That is by a fact, a change order, a day that was agreed, or silence, of it or of those that
    come first.
    """
    keys = schedule.keys
    if key is not None:
        definitions = schedule._agreed.definitions(key)  # noqa: SLF001  # of this room
        agreed = [made.milestone for made in definitions if made.milestone is not None]
        keys = (key, *{other for milestone in agreed for other in milestone.depends_on})
    return set[date]().union(*(_own_days(schedule, each) for each in keys))


def _own_days(schedule: Schedule, key: str) -> Iterator[date]:
    facts, silence = schedule.facts_of(key), schedule.milestone(key).accepted_after
    found: list[date | None] = [fact.on for fact in facts]
    if silence is not None:
        found += [silence.accepted_on(fact.on) for fact in of_kind(facts, Delivered)]
    for order, on, milestone, *_ in schedule._agreed.definitions(key):  # noqa: SLF001  # of this room
        found.append(on if order else None)
        if milestone is not None:
            found += _day_waited_for(schedule, milestone), _late_from(milestone)
    return (day for day in found if day is not None)


def _reasons(view: WorkView) -> Iterator[Reason]:
    yield _state_reason(view)
    if view.waits_for:
        yield Reason(f"comes after {_names(view)}, not approved yet")
    yield ready_reason(view)


def _names(view: WorkView) -> str:
    return " and ".join(map(repr, view.waits_for))


def _state_reason(view: WorkView) -> Reason:
    history, silence = view.history, view.milestone.accepted_after
    if history.made_by is None:
        return Reason("planned: work has not begun")
    rule = f"{history.state} since {history.since}"
    if silence is not None and history.since == history.accepted_on:
        days = days_in_words(silence.days)
        rule += f", accepted by silence: {days} after the delivery of {history.made_by.on}"
    return Reason(rule, (history.made_by,))


def ready_reason(view: WorkView) -> Reason:
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
