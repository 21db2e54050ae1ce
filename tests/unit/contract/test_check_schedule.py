"""What makes a schedule risky, with the boundary of each measure on both sides."""

import re

import pytest

from milestone_invoicing import (
    MANUAL,
    ON_APPROVAL,
    ON_DELIVERY,
    ON_SIGNING,
    REST,
    AcceptedAfter,
    Finding,
    Milestone,
    NumberRangeError,
    NumberTypeError,
    OnDate,
    Percent,
    Redate,
    Reprice,
    Schedule,
    Severity,
    WrongTypeError,
    check,
)
from tests.unit.bills import eur, june, may
from tests.unit.orders import order


def stage(key: str, share: object, **agreed: object) -> Milestone:
    """Return a milestone that nothing is found about, unless told."""
    told = {"deliverable": "d", "due_on": may(4), "trigger": ON_DELIVERY} | agreed
    return Milestone(key, key.upper(), share, **told)


def schedule(*milestones: Milestone, total: int = 100) -> Schedule:
    return Schedule(eur(total), milestones, signed_on=may(1))


def found(contract: Schedule, **measures: object) -> list[tuple[str, str]]:
    return [(each.path, each.code) for each in check(contract, **measures)]


TWO = (stage("a", Percent(50)), stage("b", Percent(50)))


def test_nothing_is_found_about_a_sound_schedule():
    assert found(schedule(*TWO)) == []


@pytest.mark.parametrize("deliverable", ["", "  "], ids=["empty", "blank"])
def test_a_milestone_says_what_it_delivers(deliverable: str):
    poor = stage("a", Percent(50), deliverable=deliverable)
    assert found(schedule(poor, TWO[1])) == [("milestones.a.deliverable", "no_deliverable")]


@pytest.mark.parametrize(
    ("trigger", "codes"),
    [
        (ON_DELIVERY, [("milestones.a.due_on", "no_deadline")]),
        (ON_SIGNING, []),
        (OnDate(may(2)), []),
    ],
    ids=str,
)
def test_a_milestone_has_a_day(trigger: object, codes: list[tuple[str, str]]):
    assert found(schedule(stage("a", Percent(50), due_on=None, trigger=trigger), TWO[1])) == codes


@pytest.mark.parametrize(("points", "codes"), [(50, []), (51, [("milestones.b", "over_half")])])
def test_no_milestone_is_worth_more_than_half(points: int, codes: list[tuple[str, str]]):
    contract = schedule(stage("a", REST), stage("b", Percent(points)))
    assert found(contract) == codes
    assert found(contract, most=Percent(51)) == []


@pytest.mark.parametrize(("points", "codes"), [(5, []), (4, [("milestones.b", "small_last")])])
def test_something_depends_on_the_end(points: int, codes: list[tuple[str, str]]):
    contract = schedule(stage("a", REST), stage("b", Percent(points)))
    assert found(contract, most=Percent(100)) == codes
    assert found(contract, most=Percent(100), least=Percent(4)) == []
    assert found(schedule(stage("a", REST)), most=Percent(100), least=Percent(101)) == []


@pytest.mark.parametrize("trigger", [MANUAL, Milestone("x", "X", REST).trigger], ids=str)
def test_work_does_not_go_on_unapproved(trigger: object):
    waits = stage("a", Percent(50), trigger=trigger)
    codes = [("milestones.a.trigger", "unbounded_exposure")]
    assert found(schedule(waits, TWO[1])) == codes
    assert found(schedule(waits, stage("b", Percent(50), depends_on=["a"]))) == []
    assert found(schedule(TWO[0], stage("b", Percent(50), trigger=trigger))) == []  # the last


@pytest.mark.parametrize(
    ("trigger", "codes"),
    [
        (ON_APPROVAL, []),
        (MANUAL, [("milestones.a.trigger", "unbounded_exposure")]),  # silence clears nothing
    ],
    ids=str,
)
def test_silence_that_is_an_approval_bounds_the_wait(trigger: object, codes: list[tuple[str, str]]):
    silence = AcceptedAfter(14)
    waits = stage("a", Percent(50), trigger=trigger, accepted_after=silence)
    assert found(schedule(waits, TWO[1])) == codes


def test_what_waits_for_approval_is_told_of_silence():
    waits = stage("a", Percent(50), trigger=ON_APPROVAL)
    (finding,) = check(schedule(waits, TWO[1]))
    assert finding.message == (
        "work goes on while nobody approves it: let the next milestone depend on it, or bill on"
        " delivery, or count silence as approval with accepted_after"
    )


@pytest.mark.parametrize(("days", "codes"), [(9, []), (8, [("milestones", "long_gap")])])
def test_bills_are_not_too_far_apart(days: int, codes: list[tuple[str, str]]):
    contract = schedule(
        stage("c", Percent(30), due_on=may(18)),
        stage("a", Percent(30), trigger=ON_SIGNING),
        stage("b", Percent(40), trigger=OnDate(may(10))),
    )
    assert found(contract, longest_gap=days) == codes


def test_a_gap_of_ninety_days_is_fine():
    far = stage("b", Percent(50), due_on=may(4).replace(month=8, day=2))
    assert found(schedule(TWO[0], far)) == []
    further = stage("b", Percent(50), due_on=may(4).replace(month=8, day=3))
    (gap,) = check(schedule(TWO[0], further))
    assert gap.message == "91 days lie between the bills of 'a' and 'b'"


def test_of_a_gate_only_the_deadline_is_looked_at():
    gate = stage("g", eur(0), deliverable="", due_on=None, trigger=MANUAL)
    assert found(schedule(gate, *TWO)) == [("milestones.g.due_on", "no_deadline")]
    assert found(schedule(gate, total=0)) == [("milestones.g.due_on", "no_deadline")]


def test_the_last_change_order_counts():
    changed = schedule(*TWO).apply(order(Reprice("a", eur(60)), Redate("b", None)), billed={})
    assert found(changed) == [
        ("milestones.a", "over_half"),
        ("milestones.b.due_on", "no_deadline"),
    ]


def test_findings_say_what_mends_them():
    poor = stage("a", Percent(96), deliverable="", due_on=None, trigger=MANUAL)
    assert check(schedule(poor, stage("b", Percent(4)))) == (
        Finding("milestones.a.deliverable", "no_deliverable",
                "nothing says what is handed over: fill in deliverable", Severity.WARNING),
        Finding("milestones.a.due_on", "no_deadline",
                "no day of delivery is agreed: fill in due_on, or bill on a date",
                Severity.WARNING),
        Finding("milestones.a", "over_half",
                "EUR 96.00 is more than 50% of EUR 100.00: divide it", Severity.WARNING),
        Finding("milestones.a.trigger", "unbounded_exposure",
                "work goes on while nobody approves it: let the next milestone depend on it, or"
                " bill on delivery", Severity.WARNING),
        Finding("milestones.b", "small_last",
                "EUR 4.00 is less than 5% of EUR 100.00: little depends on the end",
                Severity.NOTE),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (lambda: check("x"), WrongTypeError,
         "what is checked is of the wrong type: expected Schedule or Invoice, got 'x'"),
        (lambda: check(schedule(*TWO), most=50), WrongTypeError,
         "most is of the wrong type: expected Percent, got 50"),
        (lambda: check(schedule(*TWO), least=5), WrongTypeError,
         "least is of the wrong type: expected Percent, got 5"),
        (lambda: check(schedule(*TWO), longest_gap=0), NumberRangeError,
         "longest_gap is too small: expected 1 or more, got 0"),
        (lambda: check(schedule(*TWO), longest_gap=june(1)), NumberTypeError,
         "longest_gap is not a whole number: expected int, got 2026-06-01"),
    ],
    ids=["no schedule", "most as a number", "least as a number", "no days", "a day for days"],
)  # fmt: skip
def test_refusals(ask, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        ask()
