"""A contract found by key: what goes on from the value before is what is made from the start."""

import copy
import pickle
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    MANUAL,
    ON_APPROVAL,
    ON_DELIVERY,
    REST,
    AcceptedAfter,
    AddMilestone,
    Approved,
    Cancelled,
    Change,
    ChangeOrder,
    ChangeTotal,
    Cleared,
    Delivered,
    DependencyPolicy,
    DropMilestone,
    DueRule,
    EventOccurred,
    Fact,
    Installment,
    MaterialsStored,
    Milestone,
    Money,
    PaymentTerms,
    Percent,
    ProgressReported,
    Redate,
    Rejected,
    Reprice,
    Reterm,
    Retrigger,
    Reversed,
    Schedule,
    Started,
    WorkRecord,
    completed_on,
    work_status,
)
from milestone_invoicing.contract import Agreement
from milestone_invoicing.contract.amending import applied
from milestone_invoicing.contract.work_state import WorkHistory, WorkState, work_history
from milestone_invoicing.errors import MilestoneInvoicingError

BEGINNING = date(2028, 2, 25)
DAYS = [BEGINNING + timedelta(n) for n in range(12)]
EUR = Money.of(0, "EUR").currency
KEYS = ("a", "b", "c", "new", "more", "nobody")


def after(event: str) -> PaymentTerms:
    return PaymentTerms([Installment(Percent(100), DueRule(()), after=event)])


EVENTS = ("acceptance", "go-live", "never awaited")
TERMS = (None, PaymentTerms(), *map(after, EVENTS[:2]))

each_day = st.sampled_from(DAYS)
each_key = st.sampled_from(KEYS)
each_trigger = st.sampled_from([ON_DELIVERY, ON_APPROVAL, MANUAL])
each_terms = st.sampled_from(TERMS)
amounts = st.sampled_from([Money(minor, EUR) for minor in (0, 300, 90_000)])


def dated(*facts: Callable[..., Fact]) -> st.SearchStrategy[Fact]:
    return st.builds(lambda fact, on: fact(on=on), st.sampled_from(facts), each_day)


WORK = dated(
    Started,
    Delivered,
    Delivered,
    *(lambda on, by=by: Approved(by, on=on) for by in ("ann", "bob")),
    lambda on: Rejected("ann", "no", on=on),
    lambda on: Cleared("office", on=on),
    lambda on: Cancelled("over", on=on),
    lambda on: ProgressReported(Percent(40), on=on),
    lambda on: MaterialsStored(Money(5, EUR), on=on),
    lambda on: MaterialsStored(Money.of(5, "USD"), on=on),
)
OCCURRED = st.builds(
    lambda event, on: EventOccurred(event, on=on), st.sampled_from(EVENTS), each_day
)


@st.composite
def contracts(draw: st.DrawFn) -> Schedule:
    """Return contracts of three milestones, of which the second waits for the first."""
    silence = st.none() | st.integers(1, 5).map(AcceptedAfter)
    shares, needed = [Percent(30), Money(300, EUR), REST], [(), ("a",), ("a", "b")]
    return Schedule(
        Money(90_000, EUR),
        [
            Milestone(
                key,
                key,
                share,
                trigger=draw(each_trigger),
                depends_on=first,
                terms=draw(each_terms),
                accepted_after=draw(silence),
                approvers=draw(st.sampled_from([(), ("ann", "bob")])),
                due_on=draw(st.none() | each_day),
            )
            for key, share, first in zip(KEYS, shares, needed, strict=False)
        ],
        signed_on=BEGINNING,
        dependencies=draw(st.sampled_from(DependencyPolicy)),
    )


@st.composite
def additions(draw: st.DrawFn) -> AddMilestone:
    key, needed = draw(st.sampled_from(["new", "more"])), draw(each_key)
    more = {"depends_on": [needed], "terms": draw(each_terms), "trigger": draw(each_trigger)}
    milestone = Milestone(key, key, draw(amounts), **more)
    return AddMilestone(milestone, draw(st.none() | st.sampled_from(KEYS)))


CHANGES: st.SearchStrategy[Change] = st.one_of(
    additions(),
    st.builds(DropMilestone, each_key),
    st.builds(Reprice, each_key, amounts),
    st.builds(Redate, each_key, st.none() | each_day),
    st.builds(Reterm, each_key, each_terms),
    st.builds(Retrigger, each_key, each_trigger),
    st.builds(ChangeTotal, amounts),
)

Outcome = Schedule | tuple[type, str, dict[str, object]]


def outcome(call: Callable[[], Schedule]) -> Outcome:
    """Return what a call gives, or with which error it refuses."""
    try:
        return call()
    except MilestoneInvoicingError as error:
        return type(error), str(error), error.__dict__


def recorded(schedule: Schedule, data: st.DataObject) -> tuple[Outcome, Outcome]:
    """Return what recording some facts gives, and what the constructor makes of all of them."""
    drawn = data.draw(st.lists(WORK | OCCURRED, min_size=1, max_size=3))
    past = [each.fact for each in schedule.facts if not isinstance(each.fact, Reversed)]
    if past and data.draw(st.booleans()):
        drawn.append(Reversed(data.draw(st.sampled_from(past)), "mistake", on=data.draw(each_day)))
    key = data.draw(each_key)
    if isinstance(drawn[-1], EventOccurred) or data.draw(st.booleans()):
        key, drawn = None, [fact for fact in drawn if isinstance(fact, EventOccurred | Reversed)]
    else:
        drawn = [fact for fact in drawn if not isinstance(fact, EventOccurred)]
    more = [WorkRecord(key, fact) for fact in drawn]
    step = schedule.record_event if key is None else partial(schedule.record, key)
    if not more and key not in schedule.keys:  # the constructor hears nothing of that key
        return schedule, schedule
    return (
        outcome(lambda: step(*drawn)),
        outcome(lambda: attrs.evolve(schedule, facts=(*schedule.facts, *more))),
    )


def ordered(schedule: Schedule, data: st.DataObject) -> tuple[Outcome, Outcome]:
    """Return what a change order gives, and what the constructor makes of all it agrees."""
    made = len(schedule.change_orders)
    order = ChangeOrder(
        str(data.draw(st.integers(max(made - 1, 0), made))),
        data.draw(st.lists(CHANGES, min_size=1, max_size=3)),
        on=data.draw(each_day),
        reason="scope",
        recorded_on=data.draw(st.none() | each_day),
    )
    new = [each.milestone.key for each in order.changes if isinstance(each, AddMilestone)]
    if {*new} & {*schedule.keys}:  # a record of change orders may well use a key again
        return schedule, schedule
    closed = frozenset(
        key
        for key in schedule.keys
        if history(schedule, schedule.milestone(key), order.on).state is WorkState.CANCELLED
    )

    def constructed() -> Schedule:
        before = schedule.agreed_on(date.max)
        more = applied(before, order, {}, schedule.remainder, closed)
        return attrs.evolve(schedule, change_orders=(*schedule.change_orders, more))

    return outcome(lambda: schedule.apply(order, billed={})), outcome(constructed)


def history(schedule: Schedule, milestone: Milestone, day: date) -> WorkHistory:
    """Return what the facts of a milestone amount to, all of them looked at."""
    return work_history(milestone, schedule.facts_of(milestone.key), day)


def answers(schedule: Schedule) -> Iterator[object]:
    """Yield all that a schedule can say of itself on each day."""
    yield schedule.keys, schedule.events, schedule.agreements, schedule.contract_facts
    for key in schedule.keys:
        yield schedule.facts_of(key), schedule.milestone(key)
    for day in DAYS:
        yield schedule.amounts(as_of=day), schedule.happened(as_of=day)
        yield completed_on(schedule, as_of=day)
        for key in schedule.keys:
            yield schedule.milestone(key, as_of=day), schedule.waits_since(key, as_of=day)
            yield work_status(schedule, key, as_of=day), schedule.amount(key, as_of=day)


def step(schedule: Schedule, data: st.DataObject) -> tuple[Outcome, Outcome]:
    return data.draw(st.sampled_from([recorded, recorded, recorded, ordered]))(schedule, data)


@given(contracts(), st.integers(1, 9), st.data())
def test_one_more_fact_or_order_gives_what_all_of_them_give(schedule: Schedule, steps: int, data):
    for _ in range(steps):
        gone_on, constructed = step(schedule, data)
        assert gone_on == constructed
        if isinstance(gone_on, Schedule):
            schedule = gone_on
            assert hash(gone_on) == hash(constructed)
            assert [*answers(gone_on)] == [*answers(constructed)]


@given(contracts(), st.integers(1, 9), st.data())
def test_a_twin_goes_on_alike(schedule: Schedule, steps: int, data):
    for _ in range(steps):
        twins = pickle.loads(pickle.dumps(schedule)), copy.copy(schedule), copy.deepcopy(schedule)
        gone_on, constructed = step(data.draw(st.sampled_from(twins)), data)
        assert gone_on == constructed
        schedule = gone_on if isinstance(gone_on, Schedule) else schedule
        assert [*answers(schedule)] == [*answers(pickle.loads(pickle.dumps(schedule)))]


@st.composite
def lives(draw: st.DrawFn) -> Schedule:
    """Return contracts after some facts, events and change orders."""
    schedule, data = draw(contracts()), draw(st.data())
    for _ in range(draw(st.integers(1, 9))):
        gone_on, _ = step(schedule, data)
        schedule = gone_on if isinstance(gone_on, Schedule) else schedule
    return schedule


@given(lives())
def test_what_facts_amount_to_is_what_all_of_them_replayed_amount_to(schedule: Schedule):
    for _, agreement in schedule.agreements:
        for milestone in agreement.milestones:
            for day in DAYS:
                found = schedule._history(milestone, day)
                assert found == history(schedule, milestone, day)


@given(lives())
def test_a_milestone_is_what_the_agreements_of_all_days_make_it(schedule: Schedule):
    events = [
        each.terms.events for _, a in schedule.agreements for each in a.milestones if each.terms
    ]
    assert schedule.events == tuple(dict.fromkeys(event for some in events for event in some))
    for key in schedule.keys:
        agreed = [(on, definition(agreement, key)) for on, agreement in schedule.agreements]
        first, *_ = (each for _, each in agreed if each is not None)
        for day in DAYS:
            until = [each for on, each in agreed if on <= day]
            now = next((each for each in reversed(until) if each is not None), first)
            assert schedule.milestone(key, as_of=day) == now
            since = date.min
            for (_, before), (on, after) in pairwise([(date.min, None), *agreed]):
                if on <= day and (
                    before is None or after is None or before.trigger != after.trigger
                ):
                    since = on
            assert schedule.waits_since(key, as_of=day) == (since if until[-1] else date.min)


def definition(agreement: Agreement, key: str) -> Milestone | None:
    found = [each for each in agreement.milestones if each.key == key]
    return found[0] if found else None


@given(lives(), each_day, each_key)
def test_the_next_change_is_the_first_later_day_that_differs(schedule: Schedule, day: date, key):
    known = [each for each in schedule.change_orders if min(each.order.on, each.known_on) <= day]
    keys = {each.key for each in schedule.milestones}
    keys |= {each.key for order in known for each in order.after.milestones}
    if key not in keys:
        return
    facts = [each for each in schedule.facts if each.fact.on <= day and each.key in keys]
    silent = attrs.evolve(schedule, change_orders=known, facts=facts)

    def stands(on: date) -> tuple[object, ...]:
        status = work_status(silent, key, as_of=on)
        return status.state, status.waits_for, status.ready_since, status.late

    later = (day + timedelta(n) for n in range(1, 20))
    first = next((on for on in later if stands(on) != stands(day)), None)
    assert work_status(schedule, key, as_of=day).next_change == first
