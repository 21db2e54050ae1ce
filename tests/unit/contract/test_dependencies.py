"""What comes first: that it is said, and that it holds back an invoice where that was agreed.

Milestone c depends on b and a; all wait for approval. Days are those of May 2026.
"""

import re
from datetime import date

import pytest

from milestone_invoicing import (
    ON_SIGNING,
    AcceptedAfter,
    AddMilestone,
    DependencyPolicy,
    DropMilestone,
    Fact,
    Milestone,
    OnDate,
    Percent,
    Reprice,
    Retrigger,
    Schedule,
    WorkStatus,
    work_status,
)
from milestone_invoicing.errors import WrongTypeError
from tests.unit.bills import eur, june, may
from tests.unit.orders import order
from tests.unit.work import approve, cancel, deliver, progress, reject, take_back

FLAG, REFUSE = DependencyPolicy


def contract(
    dependencies: DependencyPolicy = REFUSE,
    *,
    a: tuple[Fact, ...] = (),
    b: tuple[Fact, ...] = (),
    c: tuple[Fact, ...] = (),
    **parts: object,
) -> Schedule:
    return (
        Schedule(
            eur(900),
            [
                Milestone("a", "A", Percent(30), accepted_after=AcceptedAfter(10)),
                Milestone("b", "B", Percent(30)),
                Milestone("c", "C", Percent(40), depends_on=["b", "a"], **parts),
            ],
            dependencies=dependencies,
            signed_on=may(1),
        )
        .record("a", *a)
        .record("b", *b)
        .record("c", *c)
    )


def seen(schedule: Schedule, day: int) -> WorkStatus:
    return work_status(schedule, "c", as_of=may(day))


def done(day: int) -> tuple[Fact, ...]:
    return deliver(day), approve(day)


WAITS = {
    "nothing = both, in the order of depends_on": ({}, 9, ("b", "a")),
    "delivered = both": ({"a": (deliver(4),), "b": (deliver(4),)}, 9, ("b", "a")),
    "one approved, the day before": ({"a": done(4)}, 3, ("b", "a")),
    "one approved = the other": ({"a": done(4)}, 4, ("b",)),
    "one cancelled = the other": ({"b": (cancel(4),)}, 4, ("a",)),
    "one rejected = both": ({"a": (deliver(4), reject(5))}, 9, ("b", "a")),
    "both = none": ({"a": done(4), "b": done(5)}, 5, ()),
    "silence, the day before": ({"a": (deliver(4),), "b": done(5)}, 13, ("a",)),
    "silence = none": ({"a": (deliver(4),), "b": done(5)}, 14, ()),
    "an approval taken back = waits again": (
        {"a": done(4), "b": (*done(5), take_back(approve(5), 7))}, 7, ("b",)),
    "approved itself = still said": ({"c": done(4)}, 9, ("b", "a")),
    "cancelled itself = none": ({"c": (cancel(4),)}, 9, ()),
}  # fmt: skip


@pytest.mark.parametrize("policy", DependencyPolicy, ids=str)
@pytest.mark.parametrize(("facts", "day", "keys"), WAITS.values(), ids=WAITS)
def test_what_comes_first_is_named(facts, day: int, keys: tuple[str, ...], policy):
    status = seen(contract(policy, **facts), day)
    assert status.waits_for == keys
    said = [str(reason) for reason in status.reasons[1:-1]]
    names = " and ".join(repr(key) for key in keys)
    assert said == ([f"comes after {names}, not approved yet"] if keys else [])


READY = {
    "its own last, the day before": ({"a": done(4), "b": done(5), "c": done(8)}, 7, None),
    "its own last": ({"a": done(4), "b": done(5), "c": done(8)}, 8, 8),
    "another last, the day before": ({"a": done(4), "b": done(9), "c": done(8)}, 8, None),
    "another last": ({"a": done(4), "b": done(9), "c": done(8)}, 9, 9),
    "the first of them last": ({"a": done(9), "b": done(4), "c": done(8)}, 20, 9),
    "one never": ({"a": done(4), "c": done(8)}, 31, None),
    "its own never": ({"a": done(4), "b": done(5)}, 31, None),
    "one cancelled": ({"a": done(4), "b": (cancel(9),), "c": done(8)}, 20, 9),
    "one approved, cancelled later = since its approval": (
        {"a": done(4), "b": (*done(5), cancel(9)), "c": done(8)}, 20, 8),
    "silence of one, the day before": ({"a": (deliver(4),), "b": done(5), "c": done(8)}, 13, None),
    "silence of one": ({"a": (deliver(4),), "b": done(5), "c": done(8)}, 14, 14),
    "an approval rejected later breaks the chain": (
        {"a": done(4), "b": (*done(5), take_back(approve(5), 12), reject(12)), "c": done(8)},
        12, None),
    "the day before it is rejected": (
        {"a": done(4), "b": (*done(5), take_back(approve(5), 12), reject(12)), "c": done(8)},
        11, 8),
    "a chain that holds again starts anew": (
        {"a": done(4), "b": (*done(5), take_back(approve(5), 12), reject(12), *done(15)),
         "c": done(8)}, 15, 15),
    "a cancellation taken back": (
        {"a": done(4), "b": (cancel(5), take_back(cancel(5), 9)), "c": done(8)}, 9, None),
    "its own day is a date, the day before": (
        {"a": done(4), "b": done(9), "trigger": OnDate(may(6))}, 8, None),
    "its own day is a date": ({"a": done(4), "b": done(9), "trigger": OnDate(may(6))}, 9, 9),
    "its own day is a later date": (
        {"a": done(4), "b": done(9), "trigger": OnDate(may(20))}, 20, 20),
    "signed before": ({"a": done(4), "b": done(9), "trigger": ON_SIGNING}, 9, 9),
    "cancelled itself": ({"a": done(4), "b": done(5), "c": (cancel(8),)}, 8, None),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "day", "since"), READY.values(), ids=READY)
def test_what_comes_first_holds_back(parts, day: int, since: int | None):
    assert seen(contract(**parts), day).ready_since == (None if since is None else may(since))


@pytest.mark.parametrize("policy", [FLAG, None], ids=["flag", "by default"])
def test_where_it_is_only_said_nothing_is_held_back(policy: DependencyPolicy | None):
    given = contract(c=done(8)) if policy is None else contract(policy, c=done(8))
    if policy is None:
        given = Schedule(given.total, given.milestones).record("c", *done(8))
    assert given.dependencies is FLAG
    assert seen(given, 8).ready_since == may(8)


REASONS = {
    "its own trigger is not met": (
        {}, FLAG, ("comes after 'b' and 'a', not approved yet",
                   "not ready to invoice: waits for on approval")),
    "nor here": (
        {}, REFUSE, ("comes after 'b' and 'a', not approved yet",
                     "not ready to invoice: waits for on approval")),
    "said": (
        {"c": done(8)}, FLAG, ("comes after 'b' and 'a', not approved yet",
                               "ready to invoice since 2026-05-08: on approval")),
    "held back": (
        {"b": done(4), "c": done(8)}, REFUSE,
        ("comes after 'a', not approved yet", "not ready to invoice: waits for 'a'")),
    "held back by nothing": (
        {"a": done(4), "b": done(5), "c": done(8)}, REFUSE,
        ("ready to invoice since 2026-05-08: on approval",)),
    "held back until": (
        {"a": done(4), "b": done(9), "c": done(8)}, REFUSE,
        ("ready to invoice since 2026-05-09: on approval, once nothing came first any more",)),
}  # fmt: skip


@pytest.mark.parametrize(("facts", "policy", "reasons"), REASONS.values(), ids=REASONS)
def test_a_status_says_what_it_waits_for(facts, policy, reasons: tuple[str, ...]):
    assert tuple(map(str, seen(contract(policy, **facts), 20).reasons[1:])) == reasons


def test_what_holds_back_is_told_beside_the_fact_that_met_the_trigger():
    assert seen(contract(c=done(8)), 8).reasons[-1].facts == (approve(8),)


NEXT = {
    "silence of another ends the wait": ({"a": (deliver(4),), "b": done(4), "c": done(8)}, 8, 14),
    "silence of another, while one more is waited for": ({"a": (deliver(4),)}, 8, 14),
    "its own silence, and then that of another": (
        {"a": (deliver(4),), "c": (deliver(3),), "accepted_after": AcceptedAfter(5)}, 4, 8),
    "the other is next": (
        {"a": (deliver(4),), "c": (deliver(3),), "accepted_after": AcceptedAfter(5)}, 8, 14),
    "a date that comes while it is held back": ({"trigger": OnDate(may(9))}, 4, None),
    "a date that comes while nothing is": (
        {"a": done(4), "b": done(4), "trigger": OnDate(may(9))}, 4, 9),
    "cancelled = nothing": ({"a": (deliver(4),), "c": (cancel(4),)}, 4, None),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "day", "changes"), NEXT.values(), ids=NEXT)
def test_the_next_change(parts, day: int, changes: int | None):
    found = seen(contract(**parts), day).next_change
    assert found == (None if changes is None else may(changes))


def drop(key: str, day: date, *, number: str = "1", **known: date):
    return order(DropMilestone(key), number=number, on=day, **known)


def test_what_is_dropped_holds_nothing_back_from_its_day_on():
    schedule = contract(a=done(4), c=done(8)).apply(drop("b", may(12)), billed={})
    assert (seen(schedule, 11).ready_since, seen(schedule, 11).waits_for) == (None, ("b",))
    assert (seen(schedule, 12).ready_since, seen(schedule, 12).waits_for) == (may(12), ())
    assert seen(schedule, 20).ready_since == may(12)


def test_what_was_settled_when_it_was_dropped_had_held_nothing_back_since_then():
    schedule = contract(a=done(4), b=done(9), c=done(8)).apply(drop("b", may(12)), billed={})
    assert seen(schedule, 20).ready_since == may(9)
    late = contract(a=done(4), b=done(12), c=done(8)).apply(drop("b", may(12)), billed={})
    assert seen(late, 20).ready_since == may(12)
    silent = contract(a=(deliver(1),), b=done(4), c=done(8)).apply(drop("a", may(12)), billed={})
    assert seen(silent, 20).ready_since == may(11)


def test_what_happens_to_it_after_it_was_dropped_changes_nothing():
    facts = (*done(5), take_back(approve(5), 14), reject(14))
    schedule = contract(a=done(4), b=facts, c=done(8)).apply(drop("b", may(12)), billed={})
    assert seen(schedule, 20).ready_since == may(8)


def test_the_last_of_two_that_are_dropped_counts():
    schedule = contract(c=done(8)).apply(drop("b", may(12)), billed={})
    schedule = schedule.apply(drop("a", may(14), number="2"), billed={})
    assert [seen(schedule, day).ready_since for day in (12, 13, 14)] == [None, None, may(14)]


def test_other_changes_and_milestones_that_come_later_hold_nothing_back():
    extra = Milestone("e", "E", eur(9), depends_on=["a"])
    schedule = contract(a=done(4), b=done(5), c=done(8)).apply(
        order(AddMilestone(extra), Reprice("b", eur(5)), on=may(12)), billed={}
    )
    assert seen(schedule, 20).ready_since == may(8)
    schedule = schedule.record("e", *done(9))
    assert work_status(schedule, "e", as_of=may(20)).ready_since == may(12)
    gone = schedule.apply(drop("e", may(14), number="2"), billed={})
    assert work_status(gone, "e", as_of=may(20)).waits_for == ()


def test_a_drop_that_is_recorded_ahead_is_the_next_change():
    schedule = contract(a=done(4), c=done(8))
    known = schedule.apply(drop("b", june(1), recorded_on=may(10)), billed={})
    assert [seen(known, day).next_change for day in (9, 10)] == [None, june(1)]


def test_what_is_dropped_itself_waits_for_what_is_still_there():
    schedule = contract(a=done(4)).apply(drop("c", may(12)), billed={})
    assert seen(schedule, 20).waits_for == ("b",)
    schedule = schedule.apply(drop("b", may(14), number="2"), billed={})
    assert seen(schedule, 20).waits_for == ()


def test_a_new_trigger_waits_since_its_order_and_for_what_comes_first():
    schedule = contract(b=done(5), c=(progress(10, 4),)).apply(
        order(Retrigger("c", OnDate(may(2))), on=may(12)), billed={}
    )
    assert seen(schedule, 20).ready_since is None
    assert seen(schedule.record("a", *done(6)), 20).ready_since == may(12)
    assert seen(schedule.record("a", *done(16)), 20).ready_since == may(16)


def test_a_policy_is_kept_and_reads_as_a_word():
    schedule = contract(REFUSE)
    assert schedule.original.dependencies is REFUSE
    assert schedule.apply(drop("b", may(12)), billed={}).dependencies is REFUSE
    assert [str(policy) for policy in DependencyPolicy] == ["flag", "refuse"]


def test_refusals():
    message = "dependencies is of the wrong type: expected DependencyPolicy, got 'refuse'"
    with pytest.raises(WrongTypeError, match=f"^{re.escape(message)}$"):
        Schedule(eur(1), [Milestone("a", "A", Percent(100))], dependencies="refuse")
