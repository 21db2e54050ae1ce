"""The laws of events of a contract: they count from their day on, for all that waits for them."""

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    EventOccurred,
    Invoice,
    ProgressReported,
    RetainageBase,
    RetainageMode,
    RetainageScope,
    RetainageStep,
    Schedule,
    progress_application,
    release_retainage,
    retainage_state,
)
from milestone_invoicing.money import Percent
from tests.properties.receivable_items import day
from tests.properties.retained_bills import billed, contracts, portions, rules

HELD = RetainageMode.HELD


@st.composite
def falling(draw: st.DrawFn) -> Schedule:
    """Return contracts whose retainage falls, or stays, once the end has come."""
    schedule = draw(contracts(HELD))
    rule = schedule.retainage
    assert rule is not None
    lowest = min(step.percent.fraction for step in rule.steps)
    last = Percent(lowest * draw(st.fractions(0, 1, max_denominator=5)) * 100)
    steps = [*rule.steps, RetainageStep(last, after="end")]
    return attrs.evolve(schedule, retainage=attrs.evolve(rule, steps=steps))


def released(schedule: Schedule, bills: tuple[Invoice, ...]) -> tuple[Invoice, ...]:
    """Return the bills with all released that is to be, on the day of the last.

    Where each milestone counts by itself, it is released on the bills of that milestone.
    """
    on = day(len(bills) - 1)
    rule = schedule.retainage
    assert rule is not None
    by_milestone = rule.scope is RetainageScope.MILESTONE
    known = {bill.number: bill for bill in bills}
    for key in schedule.keys if by_milestone else [None]:
        own = [bill for bill in known.values() if key in {None, bill.lines[0].milestone}]
        amount = retainage_state(schedule, own, as_of=on).to_release
        if amount:
            done = release_retainage(own, on=on, due_on=on, amount=amount)
            known |= {bill.number: bill for bill in done}
    return tuple(known.values())


@given(st.data())
def test_what_is_held_is_what_the_step_of_an_event_says_once_the_rest_is_released(
    data: st.DataObject,
):
    schedule = data.draw(falling())
    parts = data.draw(portions(schedule))
    before = data.draw(st.integers(0, len(parts)))
    bills = billed(schedule, parts[:before])
    came = schedule.record_event(EventOccurred("end", on=day(before)))
    for part in parts[before:]:
        bills = released(came, billed(came, [part], bills))
        state = retainage_state(came, bills, as_of=day(len(bills) - 1))
        assert state.held == state.due_to_be_held


@given(st.data())
def test_an_event_changes_nothing_before_its_day(data: st.DataObject):
    schedule = data.draw(falling())
    bills = billed(schedule, data.draw(portions(schedule)))
    on = data.draw(st.integers(0, len(bills)))
    came = schedule.record_event(EventOccurred("end", on=day(on + 1)))
    for each in (day(on - 1), day(on)):
        assert retainage_state(came, bills, as_of=each) == retainage_state(
            schedule, bills, as_of=each
        )


@given(st.data())
def test_an_event_on_the_schedule_is_one_given_to_the_application(data: st.DataObject):
    rule = attrs.evolve(data.draw(rules()), base=RetainageBase.NET)
    rule = attrs.evolve(rule, steps=[*rule.steps, RetainageStep(3, after="end")])
    schedule = attrs.evolve(data.draw(contracts()), retainage=rule)
    done = Percent(data.draw(st.integers(0, 100)))
    schedule = schedule.record("a", ProgressReported(done, on=day(1)))
    came = schedule.record_event(EventOccurred("end", on=day(2)))
    given_it = progress_application(schedule, number="1", as_of=day(2), happened=["end"])
    assert progress_application(came, number="1", as_of=day(2)) == given_it
