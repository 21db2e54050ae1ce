"""Laws 5, 6 and 9 for the work of a milestone, over random valid lives of it."""

import copy
import pickle
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_UP, Context, localcontext

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    MANUAL,
    ON_APPROVAL,
    ON_DELIVERY,
    ON_SIGNING,
    ON_START,
    Approved,
    AtProgress,
    Cleared,
    Fact,
    MaterialsStored,
    Milestone,
    Money,
    OnDate,
    Percent,
    ProgressReported,
    Schedule,
    WorkRecord,
    WorkState,
    WorkStatus,
    work_status,
)
from milestone_invoicing.errors import (
    ImpossibleFactError,
    MilestoneInvoicingError,
    NothingToReverseError,
)
from tests.properties.agreements import (
    BEGINNING,
    EUR,
    Life,
    lives,
    milestones,
    reversals,
    state_of,
    work_facts,
)

HOSTILE = Context(prec=1, rounding=ROUND_UP, Emax=1, Emin=-1)
HANDED_OVER = {WorkState.DELIVERED, WorkState.APPROVED}


def statuses(schedule: Schedule, days: Sequence[date]) -> list[WorkStatus]:
    return [work_status(schedule, "a", as_of=day) for day in days]


def done_of(facts: Sequence[Fact], approvers: Sequence[str]) -> Percent:
    if state_of(facts, approvers) in HANDED_OVER:
        return Percent(100)
    reports = [fact.done for fact in facts if isinstance(fact, ProgressReported)]
    return reports[-1] if reports else Percent(0)


def stored_of(facts: Sequence[Fact], approvers: Sequence[str]) -> Money:
    """Return the materials last reported, none once all are built in."""
    states = [state_of(facts[: n + 1], approvers) for n in range(len(facts))]
    if WorkState.APPROVED in states or (states and states[-1] in HANDED_OVER):
        return Money.zero(EUR)
    reports = [fact.amount for fact in facts if isinstance(fact, MaterialsStored)]
    return reports[-1] if reports else Money.zero(EUR)


def is_triggered(milestone: Milestone, facts: Sequence[Fact]) -> bool:
    """Say whether the trigger's event stands after *facts*, by the model."""
    state = state_of(facts, milestone.approvers)
    if state is WorkState.CANCELLED:
        return False
    if isinstance(milestone.trigger, AtProgress):
        return done_of(facts, milestone.approvers) >= milestone.trigger.percent
    return {
        ON_START: state is not WorkState.PLANNED,
        ON_DELIVERY: state in HANDED_OVER,
        ON_APPROVAL: state is WorkState.APPROVED,
        MANUAL: any(isinstance(fact, Cleared) for fact in facts),
    }[milestone.trigger]


def start_of_last_run(answers: Sequence[object], facts: Sequence[Fact]) -> date:
    """Return the day of the fact since which the last of *answers* has been the same."""
    first = len(answers) - 1
    while first and answers[first - 1] == answers[-1]:
        first -= 1
    return facts[first].on


@given(lives())
def test_a_valid_life_has_the_state_of_its_last_relevant_fact_on_each_day(life: Life):
    schedule, approvers = life.schedule(), life.milestone.approvers
    for day in life.days():
        facts, status = life.standing(day), work_status(schedule, "a", as_of=day)
        states = [state_of(facts[: n + 1], approvers) for n in range(len(facts))]
        state = state_of(facts, approvers)
        assert (status.key, status.state) == ("a", state)
        assert status.done == done_of(facts, approvers)
        assert status.stored == stored_of(facts, approvers)
        planned = state is WorkState.PLANNED
        assert status.since == (None if planned else start_of_last_run(states, facts))
        assert status.was_approved is (WorkState.APPROVED in states)


@given(lives())
def test_ready_since_is_the_start_of_the_last_unbroken_chain(life: Life):
    schedule = life.schedule()
    for day in life.days():
        facts = life.standing(day)
        chain = [is_triggered(life.milestone, facts[: n + 1]) for n in range(len(facts))]
        expected = start_of_last_run(chain, facts) if chain and chain[-1] else None
        assert work_status(schedule, "a", as_of=day).ready_since == expected


@given(lives(), st.integers(0, 20), st.sampled_from([ON_SIGNING, OnDate]))
def test_a_trigger_that_waits_for_a_day_is_met_from_that_day_until_it_is_cancelled(
    life: Life, wait: int, kind
):
    day = BEGINNING + timedelta(wait)
    facts = tuple(fact for fact in life.facts if not isinstance(fact, Cleared))
    if len(facts) < len(life.facts):
        return
    milestone = attrs.evolve(life.milestone, trigger=kind if kind is ON_SIGNING else kind(day))
    schedule = attrs.evolve(Life(milestone, facts).schedule(), signed_on=day)
    for as_of in [*life.days(), day - timedelta(1), day]:
        status = work_status(schedule, "a", as_of=as_of)
        met = as_of >= day and status.state is not WorkState.CANCELLED
        assert status.ready_since == (day if met else None)


@given(lives())
def test_late_is_past_its_day_and_neither_handed_over_nor_cancelled(life: Life):
    schedule, due_on = life.schedule(), life.milestone.due_on
    settled = {*HANDED_OVER, WorkState.CANCELLED}
    for day in life.days():
        status = work_status(schedule, "a", as_of=day)
        past = due_on is not None and day > due_on
        assert status.late is (past and status.state not in settled)


@given(lives())
def test_facts_dated_later_are_invisible(life: Life):
    schedule = life.schedule()
    for day in life.days():
        upto = attrs.evolve(life, facts=tuple(fact for fact in life.facts if fact.on <= day))
        assert work_status(schedule, "a", as_of=day) == work_status(upto.schedule(), "a", as_of=day)


@given(lives())
def test_each_status_gives_its_reasons_from_facts_that_stand(life: Life):
    schedule = life.schedule()
    for day in life.days():
        status, facts = work_status(schedule, "a", as_of=day), life.standing(day)
        why, ready = status.reasons
        assert why.rule.startswith(str(status.state))
        assert ready.rule.startswith("not ready" if status.ready_since is None else "ready")
        assert {*why.facts, *ready.facts} <= set(facts)
        assert status.since == (why.facts[0].on if why.facts else None)


@given(lives(apart=1), st.randoms(use_true_random=False))
def test_facts_of_different_days_may_be_recorded_in_any_order(life: Life, random):
    facts = random.sample(life.facts, len(life.facts))
    shuffled = attrs.evolve(life, facts=tuple(facts)).schedule()
    assert statuses(shuffled, life.days()) == statuses(life.schedule(), life.days())


@given(lives())
def test_a_life_may_be_recorded_fact_by_fact(life: Life):
    schedule = Life(life.milestone).schedule()
    for fact in life.facts:
        schedule = schedule.record("a", fact)
    assert schedule == life.schedule()


@st.composite
def any_facts(draw: st.DrawFn) -> list[Fact]:
    """Return facts that mostly do not fit together, reversals among them."""
    facts = draw(st.lists(work_facts(), max_size=5))
    return [*facts, *draw(st.lists(reversals(facts), max_size=2))] if facts else facts


@given(milestones(), any_facts(), st.integers(0, 5))
def test_record_accepts_exactly_what_the_constructor_accepts(milestone, facts, already: int):
    empty = Schedule(Money(90000, EUR), [milestone])
    records = [WorkRecord("a", fact) for fact in facts]
    try:
        constructed = attrs.evolve(empty, facts=records)
    except (ImpossibleFactError, NothingToReverseError) as error:
        refusal: MilestoneInvoicingError = error
    else:
        assert empty.record("a", *facts) == constructed
        return
    with pytest.raises(type(refusal), match=r"impossible|nothing to reverse") as caught:
        empty.record("a", *facts)
    assert (str(caught.value), caught.value.__dict__) == (str(refusal), refusal.__dict__)


@given(milestones(), any_facts())
def test_what_is_accepted_can_be_asked_about_on_every_day(milestone: Milestone, facts):
    try:
        schedule = Life(milestone, tuple(facts)).schedule()
    except (ImpossibleFactError, NothingToReverseError):
        return
    days = [BEGINNING + timedelta(n) for n in range(-1, 12)]
    assert len(statuses(schedule, days)) == len(days)


@given(lives(), lives())
def test_the_facts_of_another_milestone_change_nothing(life: Life, other: Life):
    neighbour = attrs.evolve(other.milestone, key="b")
    both = Schedule(Money(90000, EUR), [life.milestone, neighbour])
    both = both.record("b", *other.facts).record("a", *life.facts)
    assert statuses(both, life.days()) == statuses(life.schedule(), life.days())
    assert both.facts_of("b") == other.facts


@given(lives())
def test_a_twin_gives_the_same_answers(life: Life):
    schedule = life.schedule()
    twins = (pickle.loads(pickle.dumps(schedule)), copy.copy(schedule), copy.deepcopy(schedule))
    for twin in twins:
        assert (twin, hash(twin)) == (schedule, hash(schedule))
        assert statuses(twin, life.days()) == statuses(schedule, life.days())


@given(lives())
def test_the_ambient_decimal_context_changes_nothing(life: Life):
    expected = statuses(life.schedule(), life.days())
    with localcontext(HOSTILE):
        assert statuses(life.schedule(), life.days()) == expected


@given(lives(), st.data())
def test_everyone_who_is_named_has_approved_what_is_approved(life: Life, data):
    day = data.draw(st.sampled_from(life.days()))
    if work_status(life.schedule(), "a", as_of=day).state is WorkState.APPROVED:
        names = {fact.by for fact in life.standing(day) if isinstance(fact, Approved)}
        assert names >= set(life.milestone.approvers)
        assert names
