"""Laws of silence, of what comes first, and of the next change, over random valid lives."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    ON_SIGNING,
    REST,
    AcceptedAfter,
    Approved,
    Cancelled,
    Change,
    ChangeOrder,
    Delivered,
    DependencyPolicy,
    DropMilestone,
    Fact,
    Milestone,
    Money,
    OnDate,
    Redate,
    Rejected,
    Retrigger,
    Reversed,
    Schedule,
    WorkState,
    WorkStatus,
    work_status,
)
from milestone_invoicing.errors import ImpossibleFactError, NothingToReverseError
from tests.properties.agreements import (
    BEGINNING,
    EUR,
    PEOPLE,
    Life,
    lives,
    milestones,
    state_of,
    waited_for,
    work_facts,
)

FLAG, REFUSE = DependencyPolicy
SETTLED = {WorkState.APPROVED, WorkState.CANCELLED}
HORIZON = 45


def day(number: int) -> date:
    return BEGINNING + timedelta(number)


def asked(schedule: Schedule, key: str, days: Sequence[date]) -> list[WorkStatus]:
    return [work_status(schedule, key, as_of=each) for each in days]


@st.composite
def silent_lives(draw: st.DrawFn) -> Life:
    """Return valid lives of milestones that silence approves, as chance has it: most of them short.

    Facts that do not fit are left out as the library refuses them; that it refuses none that fits
    is for the other laws to show.
    """
    silence = AcceptedAfter(draw(st.integers(1, 6)))
    life = Life(attrs.evolve(draw(milestones()), accepted_after=silence))
    on = 0
    for _ in range(draw(st.integers(0, 8))):
        on += draw(st.integers(0, 5))
        fact = attrs.evolve(draw(st.just(Delivered(on=day(0))) | work_facts()), on=day(on))
        stack = standing(life, day(on))
        if stack and draw(st.integers(0, 3)) == 0:
            fact = Reversed(draw(st.sampled_from(stack)), "mistake", on=day(on))
        life = grown(life, fact)
    return life


def grown(life: Life, fact: Fact) -> Life:
    """Return the life with one more fact, if that can have happened."""
    longer = attrs.evolve(life, facts=(*life.facts, fact))
    try:
        longer.schedule()
    except (ImpossibleFactError, NothingToReverseError):
        return life
    return longer


def days_of(life: Life) -> list[date]:
    last = max((fact.on for fact in life.facts), default=BEGINNING)
    return [day(n) for n in range(-1, (last - BEGINNING).days + 9)]


def standing(life: Life, on: date) -> list[Fact]:
    """Return what stands on a day, by the model: a reversal takes the last equal fact with it."""
    stack: list[Fact] = []
    for fact in life.facts:
        if fact.on <= on and isinstance(fact, Reversed):
            del stack[len(stack) - 1 - stack[::-1].index(fact.fact)]
        elif fact.on <= on:
            stack.append(fact)
    return stack


def said_aloud(life: Life, on: date) -> Life:
    """Return the life as it stands on a day, with an approval by all who were silent too long."""
    names = life.milestone.approvers
    spoken: list[Fact] = []
    for fact in standing(life, on):
        spoken += silence(life.milestone, spoken, fact.on)
        confirms = isinstance(fact, Approved) and state_of(spoken, names) is WorkState.APPROVED
        if not confirms:
            spoken.append(fact)
    spoken += silence(life.milestone, spoken, on + timedelta(1))
    return Life(attrs.evolve(life.milestone, accepted_after=None), tuple(spoken))


def silence(milestone: Milestone, spoken: Sequence[Fact], until: date) -> list[Fact]:
    """Return what silence says after these facts and before a day."""
    assert milestone.accepted_after is not None
    if state_of(spoken, milestone.approvers) is not WorkState.DELIVERED:
        return []
    delivered = [fact.on for fact in spoken if isinstance(fact, Delivered)][-1]
    last = delivered + timedelta(milestone.accepted_after.days)
    names = milestone.approvers
    who = sorted(waited_for(spoken, names)) if names else PEOPLE[:1]
    return [Approved(name, on=last) for name in who] if last < until else []


def gist(status: WorkStatus) -> tuple[object, ...]:
    """Return what silence and words make alike: all but who said it and what comes next."""
    return (
        status.state,
        status.since,
        status.done,
        status.was_approved,
        status.ready_since,
        status.late,
    )


@given(silent_lives())
def test_silence_is_an_approval_by_all_who_have_not_spoken_on_its_last_day(life: Life):
    schedule = life.schedule()
    for on in days_of(life):
        aloud = work_status(said_aloud(life, on).schedule(), "a", as_of=on)
        assert gist(work_status(schedule, "a", as_of=on)) == gist(aloud)


@given(lives(), st.integers(1, 40))
def test_silence_changes_nothing_before_its_days_are_over(life: Life, days: int):
    silent = attrs.evolve(life.milestone, accepted_after=AcceptedAfter(days))
    deliveries = [fact.on for fact in life.facts if isinstance(fact, Delivered)]
    first = min(deliveries, default=BEGINNING) + timedelta(days)
    early = Life(life.milestone, tuple(fact for fact in life.facts if fact.on < first))
    upto = [each for each in early.days() if each < first]
    schedules = early.schedule(), attrs.evolve(early, milestone=silent).schedule()
    told, as_silent = ([gist(each) for each in asked(one, "a", upto)] for one in schedules)
    assert told == as_silent


@given(silent_lives())
def test_facts_dated_later_change_no_silence_before_them(life: Life):
    schedule = life.schedule()
    for on in days_of(life):
        upto = attrs.evolve(life, facts=tuple(fact for fact in life.facts if fact.on <= on))
        assert work_status(schedule, "a", as_of=on) == work_status(upto.schedule(), "a", as_of=on)


@given(silent_lives())
def test_what_follows_an_acceptance_by_silence_is_a_confirmation_or_the_end(life: Life):
    on = days_of(life)[-1]
    status = work_status(life.schedule(), "a", as_of=on)
    if "silence" not in str(status.reasons[0]):
        return
    assert status.state is WorkState.APPROVED
    later = on + timedelta(1)
    refused = (
        Delivered(on=later),
        Rejected("ann", "no", on=later),
        Approved("a stranger", on=later) if life.milestone.approvers else Delivered(on=later),
    )
    assert all(grown(life, fact) == life for fact in refused)
    assert grown(life, Cancelled("over", on=later)) != life


# Several milestones, of which some come first.


def dated(milestone: Milestone, wait: int, *, signing: bool) -> Milestone:
    trigger = ON_SIGNING if signing else OnDate(day(wait))
    return attrs.evolve(milestone, trigger=trigger)


def _orders(draw: st.DrawFn) -> list[ChangeOrder]:
    """Return up to two orders, some of them recorded ahead of their day."""
    kinds: list[Change] = [
        DropMilestone("b"),
        DropMilestone("c"),
        Redate("a", day(draw(st.integers(0, 30)))),
        Redate("a", None),
        Retrigger("a", OnDate(day(draw(st.integers(0, 30))))),
        Retrigger("a", ON_SIGNING),
    ]
    on = known = 0
    orders: list[ChangeOrder] = []
    for number in range(draw(st.integers(0, 2))):
        on += draw(st.integers(0, 20))
        known = max(known, on - draw(st.integers(0, 20)))
        some = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=2, unique_by=type))
        order = ChangeOrder(str(number), some, on=day(on), reason="x", recorded_on=day(known))
        orders.append(order)
    return orders


@st.composite
def contracts(draw: st.DrawFn) -> Schedule:
    """Return contracts in which *a* depends on b and c, after lives of all three and orders."""
    found = {key: draw(silent_lives() | lives(max_size=5)) for key in "abc"}
    if draw(st.booleans()):
        first = found["a"].milestone
        triggered = dated(first, draw(st.integers(0, 30)), signing=draw(st.booleans()))
        uncleared = tuple(f for f in found["a"].facts if type(f).__name__ != "Cleared")
        found["a"] = Life(triggered, uncleared)
    agreed = [
        attrs.evolve(life.milestone, key=key, depends_on=["c", "b"] if key == "a" else ())
        for key, life in found.items()
    ]
    schedule = Schedule(
        Money(90000, EUR),
        [attrs.evolve(each, share=REST) for each in agreed],
        signed_on=draw(st.none() | st.integers(0, 30).map(day)),
        dependencies=draw(st.sampled_from(DependencyPolicy)),
    )
    try:
        for key, life in found.items():
            schedule = schedule.record(key, *life.facts)
        for order in _orders(draw):
            schedule = schedule.apply(order, billed={})
    except (ImpossibleFactError, NothingToReverseError, LookupError):
        assume(False)  # facts that do not go with a new trigger, or a milestone dropped twice
    return schedule


def as_recorded_by(schedule: Schedule, on: date) -> Schedule:
    """Return what is known on a day: facts until then, and orders of then or recorded by then."""
    orders = [each for each in schedule.change_orders if each.order.on <= on or each.known_on <= on]
    facts = [record for record in schedule.facts if record.fact.on <= on]
    return attrs.evolve(schedule, facts=facts, change_orders=orders)


def answer(status: WorkStatus) -> tuple[object, ...]:
    return status.state, status.waits_for, status.ready_since, status.late


@given(contracts(), st.integers(0, 30))
def test_without_new_facts_a_status_changes_only_at_its_next_change(schedule: Schedule, start: int):
    known = as_recorded_by(schedule, day(start))
    days = [day(n) for n in range(start, start + HORIZON)]
    statuses = dict(zip(days, asked(known, "a", days), strict=True))
    changes = [
        after
        for before, after in pairwise(days)
        if answer(statuses[before]) != answer(statuses[after])
    ]
    walked: list[date] = []
    on: date | None = days[0]
    while on is not None and (on := statuses[on].next_change) is not None and on <= days[-1]:
        walked.append(on)
    assert walked == changes


@given(contracts(), st.integers(-1, 30))
def test_a_status_knows_nothing_that_is_dated_and_recorded_later(schedule: Schedule, on: int):
    known = as_recorded_by(schedule, day(on))
    keys = [milestone.key for milestone in schedule.agreed_on(day(on)).milestones]
    for key in keys:
        asked_then = work_status(known, key, as_of=day(on))
        assert work_status(schedule, key, as_of=day(on)) == asked_then


@given(contracts(), st.integers(0, 40))
def test_what_comes_first_holds_back_exactly_where_it_is_refused(schedule: Schedule, on: int):
    flagged, refused = (
        work_status(attrs.evolve(schedule, dependencies=policy), "a", as_of=day(on))
        for policy in (FLAG, REFUSE)
    )
    first = [key for key in ("c", "b") if key in schedule.agreed_on(day(on)).by_key]
    work = {key: work_status(schedule, key, as_of=day(on)) for key in first}
    unsettled = tuple(key for key, each in work.items() if each.state not in SETTLED)
    cancelled = flagged.state is WorkState.CANCELLED
    assert flagged.waits_for == refused.waits_for == (() if cancelled else unsettled)
    if flagged.ready_since is None or refused.waits_for:
        assert refused.ready_since is None
    else:
        assert refused.ready_since is not None
        assert flagged.ready_since <= refused.ready_since <= day(on)


@given(contracts())
def test_what_is_held_back_is_ready_since_the_first_day_on_which_nothing_came_first(
    schedule: Schedule,
):
    if any(isinstance(each.fact, Reversed) for each in schedule.facts):
        return  # seen from later, a reversed fact has broken nothing
    schedule = attrs.evolve(schedule, dependencies=REFUSE)
    run: date | None = None
    for number in range(-1, HORIZON):
        status = work_status(schedule, "a", as_of=day(number))
        flagged = work_status(attrs.evolve(schedule, dependencies=FLAG), "a", as_of=day(number))
        if status.ready_since is None:
            run = None
            continue
        run = run or day(number)
        assert flagged.ready_since is not None
        assert status.ready_since == max(run, flagged.ready_since)
