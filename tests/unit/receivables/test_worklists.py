"""What may be billed, what is late, what comes next and what changed, with boundary days."""

import re
from datetime import datetime

import pytest

from milestone_invoicing import (
    MANUAL,
    ON_DELIVERY,
    ON_SIGNING,
    REST,
    AcceptedAfter,
    AddMilestone,
    Approved,
    Cancelled,
    Delivered,
    DependencyPolicy,
    Disputed,
    DisputeOutcome,
    DisputeResolved,
    DropMilestone,
    Flag,
    HandedOver,
    Milestone,
    OnDate,
    Payment,
    Percent,
    Redate,
    Rejected,
    Schedule,
    Sent,
    Started,
    Transition,
    Voided,
    draft_invoice,
    late_milestones,
    next_milestones,
    ready_to_invoice,
    what_changed,
)
from milestone_invoicing.errors import DateTypeError, PeriodError, WrongTypeError
from tests.unit.bills import ACME, april, bill, eur, june, may
from tests.unit.orders import order

SCHEDULE = Schedule(
    eur(1000),
    [
        Milestone("sign", "On signing", Percent(40), trigger=ON_SIGNING),
        Milestone("test", "Testing", Percent(30), trigger=ON_DELIVERY, due_on=may(20)),
        Milestone("date", "On a date", Percent(10), trigger=OnDate(may(9)), depends_on=["test"]),
        Milestone("ship", "Shipping", REST, due_on=may(8), depends_on=["test", "sign"]),
    ],
    signed_on=may(4),
)


def ready(schedule: Schedule, *bills: object, asked: int) -> list[tuple[str, str, int]]:
    return [
        (each.key, str(each.amount.amount), each.days_waiting)
        for each in ready_to_invoice(schedule, bills, as_of=may(asked))
    ]


def test_what_is_ready_is_listed_from_its_day_on_the_longest_waiting_first():
    assert ready(SCHEDULE, asked=3) == []
    assert ready(SCHEDULE, asked=4) == [("sign", "400.00", 0)]
    done = SCHEDULE.record("test", Delivered(on=may(6)))
    assert ready(done, asked=9) == [
        ("sign", "400.00", 5),
        ("test", "300.00", 3),
        ("date", "100.00", 0),
    ]


def test_what_is_left_of_a_milestone_is_ready_and_what_is_billed_or_drafted_is_not():
    part = bill(150, number="1", issued_on=may(5), milestone="sign")
    assert ready(SCHEDULE, part, asked=5) == [("sign", "250.00", 1)]
    draft = draft_invoice(
        SCHEDULE, "sign", invoices=[part], as_of=may(5), buyer=ACME, portion=eur(50)
    )
    assert ready(SCHEDULE, part, draft, asked=5) == [("sign", "200.00", 1)]
    whole = bill(400, number="1", issued_on=may(30), milestone="sign")
    assert ready(SCHEDULE, whole, asked=5) == []  # the later bill took it


def test_what_was_voided_waits_for_a_decision_and_is_not_ready():
    void = bill(400, Voided("wrong", on=may(6)), issued_on=may(5), milestone="sign")
    assert ready(SCHEDULE, void, asked=7) == []


def test_what_is_ready_says_why():
    done = SCHEDULE.record("test", Delivered(on=may(6)))
    _, test = ready_to_invoice(done, [], as_of=may(7))
    assert (test.title, test.since) == ("Testing", may(6))
    assert str(test.reason) == "ready to invoice since 2026-05-06: on delivery"
    assert test.reason.facts == (Delivered(on=may(6)),)


def test_work_is_listed_by_its_day_with_what_it_waits_for():
    plan = next_milestones(SCHEDULE, as_of=may(8))
    assert [(each.key, each.waits_for, each.days_late) for each in plan] == [
        ("ship", ("test", "sign"), 0),
        ("test", (), 0),
        ("sign", (), 0),
        ("date", ("test",), 0),
    ]
    assert [each.title for each in plan][:2] == ["Shipping", "Testing"]


def test_what_is_delivered_or_cancelled_is_no_work_and_what_is_approved_is_not_waited_for():
    done = SCHEDULE.record("test", Delivered(on=may(5)), Approved("client", on=may(6)))
    done = done.record("sign", Cancelled("no need", on=may(6)))
    assert [(each.key, each.waits_for) for each in next_milestones(done, as_of=may(5))] == [
        ("ship", ("test", "sign")),
        ("sign", ()),
        ("date", ("test",)),
    ]
    assert [(each.key, each.waits_for) for each in next_milestones(done, as_of=may(6))] == [
        ("ship", ()),
        ("date", ()),
    ]
    again = SCHEDULE.record("test", Delivered(on=may(5)), Rejected("client", "no", on=may(6)))
    assert "test" in [each.key for each in next_milestones(again, as_of=may(6))]


@pytest.mark.parametrize(
    ("asked", "late"),
    [
        (may(8), []),
        (may(9), [("ship", 1)]),
        (may(20), [("ship", 12)]),
        (may(21), [("ship", 13), ("test", 1)]),
    ],
    ids=str,
)
def test_what_is_late_is_past_its_day(asked: object, late: list[tuple[str, int]]):
    found = late_milestones(SCHEDULE, as_of=asked)
    assert [(each.key, each.days_late) for each in found] == late


def test_the_plan_is_that_of_the_day():
    extra = Milestone("extra", "Extra", eur(9), due_on=may(1))
    after = SCHEDULE.apply(
        order(AddMilestone(extra), DropMilestone("date"), Redate("ship", None)), billed={}
    )
    assert [each.key for each in late_milestones(after, as_of=may(31))] == ["ship", "test"]
    assert [each.key for each in late_milestones(after, as_of=june(1))] == ["extra", "test"]


def told(schedule: Schedule, *bills: object, since: object, until: object) -> list[str]:
    changes = what_changed(schedule, bills, since=since, until=until)
    return [
        f"{each.on:%d.%m.} {each.milestone or each.invoice}: {each.before} > {each.after}"
        for each in changes
    ]


def test_each_change_of_a_label_is_told_once_on_its_day():
    schedule = SCHEDULE.record("test", Started(on=may(5)), Delivered(on=may(25)))
    invoice = bill(
        400,
        Sent(on=may(6)),
        Payment(eur(400), on=june(9)),
        number="7",
        issued_on=may(5),
        milestone="sign",
    )
    assert told(schedule, invoice, since=april(30), until=june(30)) == [
        "04.05. sign: planned > ready to invoice",
        "05.05. sign: ready to invoice > invoiced",
        "05.05. test: planned > in progress",
        "05.05. 7: draft > issued",
        "06.05. 7: issued > sent",
        "09.05. date: planned > ready to invoice",
        "09.05. ship: planned > late",
        "21.05. test: in progress > late",
        "25.05. test: late > ready to invoice",
        "04.06. 7: sent > due",
        "05.06. 7: due > overdue",
        "09.06. sign: invoiced > paid",
        "09.06. 7: overdue > paid",
    ]


def test_flags_are_told_with_the_label_of_their_day_or_alone():
    invoice = bill(
        400,
        Sent(on=may(6)),
        Disputed("late", on=may(6)),
        DisputeResolved(DisputeOutcome.SETTLED, on=may(9)),
        HandedOver("agency", on=may(9)),
        number="7",
        issued_on=may(5),
    )
    changes = what_changed(SCHEDULE, [invoice], since=may(4), until=may(9))
    assert [
        (each.on, str(each.before), str(each.after), set(each.raised), set(each.lowered))
        for each in changes
        if each.invoice
    ] == [
        (may(5), "draft", "issued", {Flag.UNSENT}, set()),
        (may(6), "issued", "sent", {Flag.DISPUTED}, {Flag.UNSENT}),
        (may(9), "sent", "sent", {Flag.HANDED_OVER}, {Flag.DISPUTED}),
    ]
    assert not any(each.raised | each.lowered for each in changes if each.milestone)


def test_what_is_raised_and_lowered_prints_in_the_order_of_words():
    told = Transition(may(5), None, "7", None, None, frozenset({Flag.UNSENT, Flag.DISPUTED}))
    assert "raised=frozenset([<Flag.DISPUTED" in repr(told)


def test_the_first_day_is_left_out_and_the_last_counts():
    assert told(SCHEDULE, since=may(3), until=may(4)) == ["04.05. sign: planned > ready to invoice"]
    assert told(SCHEDULE, since=may(4), until=may(8)) == []
    assert told(SCHEDULE, since=may(4), until=may(4)) == []


def test_what_time_alone_changes_is_told_on_the_last_day_too():
    invoice = bill(400, number="7", issued_on=may(5))
    assert told(SCHEDULE, invoice, since=june(3), until=june(4)) == ["04.06. 7: issued > due"]
    assert told(SCHEDULE, invoice, since=june(4), until=june(5)) == ["05.06. 7: due > overdue"]


def test_milestones_come_and_go_with_change_orders():
    extra = Milestone("extra", "Extra", eur(9), trigger=MANUAL)
    after = SCHEDULE.apply(order(AddMilestone(extra), DropMilestone("date")), billed={})
    assert told(after, since=may(31), until=june(1)) == [
        "01.06. date: ready to invoice > None",
        "01.06. extra: None > planned",
    ]


def test_silence_is_told_on_its_day():
    ship = Milestone("ship", "Shipping", REST, accepted_after=AcceptedAfter(14))
    schedule = Schedule(eur(100), [ship]).record("ship", Delivered(on=may(6)))
    assert told(schedule, since=may(1), until=may(31)) == [
        "06.05. ship: planned > delivered",
        "20.05. ship: delivered > ready to invoice",
    ]
    assert told(schedule, since=may(19), until=may(20)) == [
        "20.05. ship: delivered > ready to invoice"
    ]
    assert told(schedule, since=may(20), until=may(31)) == []


def test_what_held_a_milestone_back_is_told_on_the_day_it_is_approved():
    silent = Milestone("a", "A", Percent(50), accepted_after=AcceptedAfter(14))
    after = Milestone("b", "B", REST, trigger=OnDate(may(9)), depends_on=["a"])
    schedule = Schedule(eur(100), [silent, after], dependencies=DependencyPolicy.REFUSE)
    schedule = schedule.record("a", Delivered(on=may(6)))
    assert told(schedule, since=may(6), until=may(31)) == [
        "20.05. a: delivered > ready to invoice",
        "20.05. b: planned > ready to invoice",
    ]
    assert ready(schedule, asked=19) == []
    assert ready(schedule, asked=20) == [("a", "50.00", 0), ("b", "50.00", 0)]


def test_drafts_have_no_number_and_are_left_out():
    draft = draft_invoice(SCHEDULE, "sign", invoices=[], as_of=may(4), buyer=ACME)
    assert told(SCHEDULE, draft, since=may(4), until=may(8)) == []


def test_the_last_day_of_all_is_never_late():
    schedule = Schedule(
        eur(1), [Milestone("a", "A", REST, due_on=may(1).replace(year=9999, month=12, day=31))]
    )
    assert told(schedule, since=may(1), until=may(2)) == []


REFUSED = {
    "no schedule for what is ready": (
        lambda: ready_to_invoice("x", [], as_of=may(1)),
        WrongTypeError,
        "the schedule is of the wrong type: expected Schedule, got 'x'",
    ),
    "no schedule for what comes next": (
        lambda: next_milestones("x", as_of=may(1)),
        WrongTypeError,
        "the schedule is of the wrong type: expected Schedule, got 'x'",
    ),
    "no schedule for what changed": (
        lambda: what_changed("x", [], since=may(1), until=may(1)),
        WrongTypeError,
        "the schedule is of the wrong type: expected Schedule, got 'x'",
    ),
    "since a time": (
        lambda: what_changed(SCHEDULE, [], since=datetime(2026, 5, 1), until=may(1)),
        DateTypeError,
        (
            "since is not a plain date: expected datetime.date, got 2026-05-01 00:00:00; "
            "call .date() on a datetime"
        ),
    ),
    "until nothing": (
        lambda: what_changed(SCHEDULE, [], since=may(1), until=None),
        DateTypeError,
        "until is not a plain date: expected datetime.date, got None",
    ),
    "backwards": (
        lambda: what_changed(SCHEDULE, [], since=may(2), until=may(1)),
        PeriodError,
        "a stretch ends before it starts: expected 2026-05-02 or later, got 2026-05-01",
    ),
}


@pytest.mark.parametrize(("ask", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_refusals(ask, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        ask()
