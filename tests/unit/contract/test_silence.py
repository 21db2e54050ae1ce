"""Silence as approval: from which day on, what stops it, and what changes a status by itself.

Days are those of May 2026: ``deliver(4)`` is a delivery on the fourth. Silence counts
after ten days.
"""

import re
from datetime import date, datetime

import pytest

from milestone_invoicing import (
    MANUAL,
    ON_DELIVERY,
    ON_SIGNING,
    REST,
    AcceptedAfter,
    AddMilestone,
    AtProgress,
    Cleared,
    Delivered,
    Milestone,
    OnDate,
    Percent,
    Redate,
    Retrigger,
    Schedule,
    WorkState,
    compare,
    work_status,
)
from milestone_invoicing.errors import (
    DateTypeError,
    ImpossibleFactError,
    NumberRangeError,
    NumberTypeError,
    WrongTypeError,
)
from tests.unit.bills import eur, june, may
from tests.unit.orders import order
from tests.unit.work import (
    approve,
    cancel,
    deliver,
    progress,
    reject,
    schedule,
    seen,
    start,
    take_back,
)

PLANNED, IN_PROGRESS, DELIVERED, APPROVED, REJECTED, CANCELLED = WorkState
TEN = AcceptedAfter(10)
BOARD = ("ann", "bob")
LAST_DAY = date(9999, 12, 31)

SILENCE = {
    "the day before = delivered": ({}, (deliver(4),), 13, DELIVERED, 4),
    "the day itself = approved": ({}, (deliver(4),), 14, APPROVED, 14),
    "long after = approved since that day": ({}, (deliver(4),), 31, APPROVED, 14),
    "never agreed = delivered": ({"accepted_after": None}, (deliver(4),), 31, DELIVERED, 4),
    "one day = approved the day after": (
        {"accepted_after": AcceptedAfter(1)}, (deliver(4),), 5, APPROVED, 5),
    "not delivered = as it is": ({}, (progress(100, 4),), 31, IN_PROGRESS, 4),
    "approved in time = since then": ({}, (deliver(4), approve(6)), 31, APPROVED, 6),
    "approved on the last day": ({}, (deliver(4), approve(14)), 31, APPROVED, 14),
    "rejected in time = rejected": ({}, (deliver(4), reject(13)), 31, REJECTED, 13),
    "rejected on the last day = rejected": ({}, (deliver(4), reject(14)), 14, REJECTED, 14),
    "seen before the rejection = delivered": ({}, (deliver(4), reject(13)), 12, DELIVERED, 4),
    "a new delivery counts anew, the day before": (
        {}, (deliver(4), reject(5), deliver(7)), 16, DELIVERED, 7),
    "a new delivery counts anew": ({}, (deliver(4), reject(5), deliver(7)), 17, APPROVED, 17),
    "a rejection taken back was none": (
        {}, (deliver(4), r := reject(13), take_back(r, 20)), 20, APPROVED, 14),
    "and before it was taken back it stood": (
        {}, (deliver(4), r, take_back(r, 20)), 19, REJECTED, 13),
    "an approval taken back was none": (
        {}, (deliver(4), a := approve(6), take_back(a, 20)), 20, APPROVED, 14),
    "a delivery taken back = nothing": ({}, (d := deliver(4), take_back(d, 20)), 20, PLANNED, None),
    "cancelled in time = cancelled": ({}, (deliver(4), cancel(13)), 31, CANCELLED, 13),
    "cancelled on the last day = cancelled": ({}, (deliver(4), cancel(14)), 31, CANCELLED, 14),
    "confirmed later = since the silence": ({}, (deliver(4), approve(20)), 31, APPROVED, 14),
    "nobody of two spoke": ({"approvers": BOARD}, (deliver(4),), 14, APPROVED, 14),
    "one of two spoke, the day before": (
        {"approvers": BOARD}, (deliver(4), approve(6, "ann")), 13, DELIVERED, 4),
    "one of two spoke": ({"approvers": BOARD}, (deliver(4), approve(6, "ann")), 14, APPROVED, 14),
    "both spoke": (
        {"approvers": BOARD}, (deliver(4), approve(6, "ann"), approve(8, "bob")), 31, APPROVED, 8),
    "one in time, one later": (
        {"approvers": BOARD}, (deliver(4), approve(6, "ann"), approve(16, "bob")), 31,
        APPROVED, 14),
    "both later": (
        {"approvers": BOARD}, (deliver(4), approve(16, "ann"), approve(16, "bob")), 31,
        APPROVED, 14),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "facts", "day", "state", "since"), SILENCE.values(), ids=SILENCE)
def test_the_state(parts, facts, day: int, state: WorkState, since: int | None):
    status = seen(schedule(*facts, **{"accepted_after": TEN} | parts), day)
    assert (status.state, status.since) == (state, None if since is None else may(since))
    assert status.was_approved is (state is APPROVED)


READY = {
    "on approval, the day before": ({}, (deliver(4),), 13, None),
    "on approval": ({}, (deliver(4),), 20, 14),
    "on approval, confirmed": ({}, (deliver(4), approve(16)), 20, 14),
    "on delivery": ({"trigger": ON_DELIVERY}, (deliver(4),), 20, 4),
    "at progress": ({"trigger": AtProgress(Percent(50))}, (progress(50, 2), deliver(4)), 20, 2),
    "by hand": ({"trigger": MANUAL}, (deliver(4),), 20, None),
    "by hand, cleared later": (
        {"trigger": MANUAL}, (deliver(4), Cleared("office", on=may(18))), 20, 18),
    "cancelled later": ({}, (deliver(4), cancel(18)), 20, None),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "facts", "day", "since"), READY.values(), ids=READY)
def test_ready_since(parts, facts, day: int, since: int | None):
    status = seen(schedule(*facts, accepted_after=TEN, **parts), day)
    assert status.ready_since == (None if since is None else may(since))


def test_what_silence_approved_and_was_cancelled_later_was_approved():
    status = seen(schedule(deliver(4), cancel(15), accepted_after=TEN), 15)
    assert (status.state, status.was_approved) == (CANCELLED, True)
    assert str(status.reasons[0]) == "cancelled since 2026-05-15"


@pytest.mark.parametrize(("days", "words"), [(10, "10 days"), (1, "1 day")])
def test_the_reasons_say_that_it_was_silence(days: int, words: str):
    after = AcceptedAfter(days)
    why, ready = seen(schedule(deliver(4), accepted_after=after), 20).reasons
    day = may(4 + days)
    told = f"approved since {day}, accepted by silence: {words} after the delivery of 2026-05-04"
    assert (str(why), why.facts) == (told, (deliver(4),))
    assert (str(ready), ready.facts) == (
        f"ready to invoice since {day}: on approval", (deliver(4),))  # fmt: skip
    assert str(after) == f"accepted after {words} of silence"


def test_an_approval_in_time_is_no_silence():
    why, _ = seen(schedule(deliver(4), approve(14), accepted_after=TEN), 20).reasons
    assert (str(why), why.facts) == ("approved since 2026-05-14", (approve(14),))


def test_the_calendar_may_end_before_the_silence_does():
    late = Delivered(on=LAST_DAY.replace(day=21))
    contract = schedule(late, accepted_after=TEN)
    assert work_status(contract, "a", as_of=LAST_DAY).state is APPROVED
    contract = schedule(Delivered(on=LAST_DAY.replace(day=22)), accepted_after=TEN)
    status = work_status(contract, "a", as_of=LAST_DAY)
    assert (status.state, status.next_change) == (DELIVERED, None)


SILENT = "a milestone that silence approved on 2026-05-14"
TAKE_BACK = "record Reversed(delivery, reason, on=...)"
IMPOSSIBLE = {
    "rejected too late": (
        {}, (deliver(4), reject(15)), "Rejected on 2026-05-15",
        f"expected a delivered milestone, got {SILENT}; {TAKE_BACK} instead"),
    "an approval taken back, then rejected": (
        {}, (deliver(4), a, take_back(a, 20), reject(20)), "Rejected on 2026-05-20",
        f"expected a delivered milestone, got {SILENT}; {TAKE_BACK} instead"),
    "delivered again": (
        {}, (deliver(4), deliver(15)), "Delivered on 2026-05-15",
        f"expected a milestone not yet delivered, got {SILENT}; {TAKE_BACK} first"),
    "delivered again on the last day": (
        {}, (deliver(4), deliver(14)), "Delivered on 2026-05-14",
        ("expected a milestone not yet delivered, got delivered; "
         "record Rejected(by, reason, on=...) before a new delivery")),
    "work goes on": (
        {}, (deliver(4), progress(50, 15)), "ProgressReported on 2026-05-15",
        f"expected a milestone not yet delivered, got {SILENT}; {TAKE_BACK} first"),
    "started again": (
        {}, (deliver(4), start(15)), "Started on 2026-05-15",
        f"expected a planned or rejected milestone, got {SILENT}"),
    "confirmed twice": (
        {}, (deliver(4), approve(15), approve(16)), "Approved on 2026-05-16",
        f"expected a delivered milestone, got {SILENT}"),
    "confirmed by all, and again": (
        {"approvers": BOARD},
        (deliver(4), approve(15, "ann"), approve(15, "bob"), approve(16, "ann")),
        "Approved on 2026-05-16", f"expected a delivered milestone, got {SILENT}"),
    "confirmed by a stranger": (
        {"approvers": BOARD}, (deliver(4), approve(15, "cyd")), "Approved on 2026-05-15",
        "expected an approval by ann or bob, got 'cyd'"),
    "confirmed again by one of two": (
        {"approvers": BOARD}, (deliver(4), approve(15, "ann"), approve(15, "ann")),
        "Approved on 2026-05-15", "expected an approval by bob, got 'ann'"),
    "cancelled, then approved": (
        {}, (deliver(4), cancel(15), approve(16)), "Approved on 2026-05-16",
        "expected nothing after a cancellation, got cancelled"),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "facts", "fact", "rest"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_have_happened(parts, facts, fact: str, rest: str):
    message = f"{fact} is impossible for milestone 'a': {rest}"
    with pytest.raises(ImpossibleFactError, match=f"^{re.escape(message)}$"):
        schedule(*facts, accepted_after=TEN, **parts)


def test_work_that_silence_approved_is_taken_back_with_its_delivery():
    contract = schedule(deliver(4), take_back(deliver(4), 20), deliver(22), accepted_after=TEN)
    assert [seen(contract, day).state for day in (19, 20, 22)] == [APPROVED, PLANNED, DELIVERED]


REFUSED = {
    "no days": (
        lambda: AcceptedAfter(0), NumberRangeError,
        "the days of silence is too small: expected 1 or more, got 0"),
    "days as a text": (
        lambda: AcceptedAfter("14"), NumberTypeError,
        "the days of silence is not a whole number: expected int, got '14'"),
    "days as a truth": (
        lambda: AcceptedAfter(True), NumberTypeError,
        "the days of silence is not a whole number: expected int, got True"),
    "delivered on a datetime": (
        lambda: TEN.accepted_on(datetime(2026, 5, 4)), DateTypeError,
        ("delivered_on is not a plain date: expected datetime.date, got 2026-05-04 00:00:00; "
         "call .date() on a datetime")),
    "silence as a number": (
        lambda: Milestone("a", "A", REST, accepted_after=14), WrongTypeError,
        ("accepted_after of milestone 'a' is of the wrong type: "
         "expected AcceptedAfter or None, got 14")),
}  # fmt: skip


@pytest.mark.parametrize(("build", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_refusals(build, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        build()


NEXT = {
    "nothing agreed = None": ({}, (), 4, None),
    "delivered = the day of silence": ({"accepted_after": TEN}, (deliver(4),), 4, may(14)),
    "the day before = the day after": ({"accepted_after": TEN}, (deliver(4),), 13, may(14)),
    "that day = None": ({"accepted_after": TEN}, (deliver(4),), 14, None),
    "not delivered = None": ({"accepted_after": TEN}, (progress(100, 4),), 4, None),
    "late tomorrow": ({"due_on": may(10)}, (), 10, may(11)),
    "late next month": ({"due_on": may(31)}, (), 1, june(1)),
    "late already": ({"due_on": may(10)}, (), 11, None),
    "delivered, so never late": ({"due_on": may(10)}, (deliver(4),), 4, None),
    "cancelled, so never late": ({"due_on": may(10)}, (cancel(4),), 4, None),
    "rejected, so late": ({"due_on": may(10)}, (deliver(4), reject(5)), 5, may(11)),
    "due on the last day of all": ({"due_on": LAST_DAY}, (), 1, None),
    "a date ahead": ({"trigger": OnDate(may(20))}, (), 4, may(20)),
    "a date that came": ({"trigger": OnDate(may(20))}, (), 20, None),
    "a date ahead, cancelled": ({"trigger": OnDate(may(20))}, (cancel(4),), 4, None),
    "signed later": ({"trigger": ON_SIGNING, "signed": 20}, (), 4, may(20)),
    "signed": ({"trigger": ON_SIGNING, "signed": 4}, (), 4, None),
    "not signed": ({"trigger": ON_SIGNING}, (), 4, None),
    "signed later, but that is not waited for": ({"signed": 20}, (), 4, None),
    "the first of two": (
        {"trigger": OnDate(may(20)), "due_on": may(10)}, (), 4, may(11)),
    "then the second": ({"trigger": OnDate(may(20)), "due_on": may(10)}, (), 11, may(20)),
    "a fact dated later is unknown": ({"accepted_after": TEN}, (deliver(4), reject(8)), 7, may(14)),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "facts", "day", "changes"), NEXT.values(), ids=NEXT)
def test_the_next_change(parts, facts, day: int, changes: date | None):
    assert seen(schedule(*facts, **parts), day).next_change == changes


CHANGES = {
    "re-triggered from the order on": ([Retrigger("a", OnDate(may(2)))], june(1)),
    "re-triggered to a date after the order": ([Retrigger("a", OnDate(june(9)))], june(9)),
    "re-dated before the order = late with it": ([Redate("a", may(2))], june(1)),
    "re-dated after the order": ([Redate("a", june(4))], june(5)),
    "re-dated and re-triggered = the earlier": (
        [Redate("a", june(4)), Retrigger("a", OnDate(june(9)))], june(5)),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "day"), CHANGES.values(), ids=CHANGES)
def test_a_change_order_of_later_counts_once_it_is_recorded(changes, day: date):
    known = schedule().apply(order(*changes, recorded_on=may(10)), billed={})
    assert seen(known, 9).next_change is None
    assert seen(known, 10).next_change == day
    unknown = schedule().apply(order(*changes), billed={})
    assert seen(unknown, 31).next_change is None


def test_an_order_that_nobody_knows_of_hides_no_delivery_of_the_day():
    contract = schedule(deliver(31), accepted_after=TEN)
    told = contract.apply(order(Redate("a", june(20))), billed={})
    assert seen(told, 31).next_change == seen(contract, 31).next_change == june(10)
    # Where another order is known, the days after it are looked at anew, with what is delivered.
    known = contract.apply(order(Redate("a", june(20)), recorded_on=may(10)), billed={})
    both = known.apply(order(Redate("a", june(21)), number="2", on=june(2)), billed={})
    assert seen(both, 31).next_change == seen(known, 31).next_change == june(10)


def test_an_order_that_nobody_knows_of_hides_no_day_that_was_agreed():
    contract = schedule(due_on=june(9)).apply(order(Redate("a", june(20))), billed={})
    assert seen(contract, 31).next_change == june(10)
    assert work_status(contract, "a", as_of=june(1)).next_change == june(21)


def test_an_order_that_is_known_hides_the_one_after_it_no_more_than_it_says():
    contract = schedule(due_on=june(9))
    contract = contract.apply(
        order(Redate("a", june(15)), number="1", recorded_on=may(5)), billed={}
    )
    contract = contract.apply(order(Redate("a", june(25)), number="2", on=june(3)), billed={})
    assert seen(contract, 4).next_change == june(10)
    assert seen(contract, 5).next_change == june(16)
    assert work_status(contract, "a", as_of=june(2)).next_change == june(16)
    assert work_status(contract, "a", as_of=june(3)).next_change == june(26)


def test_of_two_orders_of_one_day_the_one_that_is_known_counts():
    known = order(Redate("a", june(3)), number="1", recorded_on=may(5))
    contract = schedule(due_on=june(9)).apply(known, billed={})
    contract = contract.apply(order(Redate("a", june(20)), number="2"), billed={})
    assert seen(contract, 5).next_change == june(4)
    assert work_status(contract, "a", as_of=june(1)).next_change == june(21)


def test_an_order_that_was_recorded_late_counts_from_its_day():
    late = order(Redate("a", june(3)), on=may(5), recorded_on=may(20))
    contract = schedule(due_on=june(9)).apply(late, billed={})
    assert [seen(contract, day).next_change for day in (4, 5)] == [june(10), june(4)]


def test_what_an_unknown_order_brings_is_left_out_when_looking_ahead():
    extra = Milestone("e", "Extra", eur(5), trigger=MANUAL, due_on=june(20))
    contract = schedule(due_on=june(9)).apply(
        order(AddMilestone(extra), Retrigger("a", MANUAL)), billed={}
    )
    contract = contract.record("e", Cleared("office", on=may(4)))
    contract = contract.record("a", Cleared("office", on=june(2)))
    assert seen(contract, 4).next_change == june(10)
    assert work_status(contract, "e", as_of=may(4)).next_change == june(1)


def test_what_silence_means_is_told_when_contracts_are_compared():
    (change,) = compare(schedule(), schedule(accepted_after=TEN))
    assert change.changed == ("accepted_after",)


def test_silence_of_one_milestone_is_none_of_another():
    contract = Schedule(
        eur(100),
        [
            Milestone("a", "A", Percent(50), accepted_after=TEN),
            Milestone("b", "B", Percent(50), accepted_after=AcceptedAfter(20)),
        ],
    )
    contract = contract.record("a", deliver(4)).record("b", deliver(4))
    states = [work_status(contract, key, as_of=may(14)).state for key in "ab"]
    assert states == [APPROVED, DELIVERED]
