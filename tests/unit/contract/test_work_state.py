"""What facts about the work amount to, day by day, and which facts cannot have happened.

Days are those of May 2026: ``deliver(4)`` is a delivery on the fourth.
"""

import re
from datetime import datetime

import pytest

from milestone_invoicing import (
    MANUAL,
    ON_DELIVERY,
    ON_SIGNING,
    ON_START,
    Approved,
    AtProgress,
    Cancelled,
    Cleared,
    Delivered,
    OnDate,
    Percent,
    ProgressReported,
    Reason,
    Rejected,
    WorkState,
    work_status,
)
from milestone_invoicing.errors import (
    BlankTextError,
    DateTypeError,
    ImpossibleFactError,
    NothingToReverseError,
    NumberRangeError,
    UnknownMilestoneError,
    WrongTypeError,
)
from tests.unit.bills import may
from tests.unit.work import (
    approve,
    cancel,
    clear,
    deliver,
    progress,
    reject,
    schedule,
    seen,
    start,
    take_back,
)

PLANNED, IN_PROGRESS, DELIVERED, APPROVED, REJECTED, CANCELLED = WorkState
BOARD = ("ann", "bob")


STATES = {
    "nothing = planned": ((), 4, PLANNED, None, 0),
    "start the day after = planned": ((start(5),), 4, PLANNED, None, 0),
    "start = in progress": ((start(4),), 4, IN_PROGRESS, 4, 0),
    "progress = in progress": ((progress(20, 4),), 4, IN_PROGRESS, 4, 20),
    "start, progress = in progress since the start": (
        (start(4), progress(20, 6)), 7, IN_PROGRESS, 4, 20),
    "progress twice = the later one": ((progress(60, 4), progress(20, 6)), 7, IN_PROGRESS, 4, 20),
    "all done = not delivered": ((progress(100, 4),), 4, IN_PROGRESS, 4, 100),
    "deliver = all done": ((progress(20, 4), deliver(6)), 6, DELIVERED, 6, 100),
    "deliver at once": ((deliver(4),), 4, DELIVERED, 4, 100),
    "approve = approved": ((deliver(4), approve(6)), 6, APPROVED, 6, 100),
    "approve the day after = delivered": ((deliver(4), approve(6)), 5, DELIVERED, 4, 100),
    "both on one day": ((deliver(4), approve(4)), 4, APPROVED, 4, 100),
    "recorded in the wrong order": ((approve(6), deliver(4)), 6, APPROVED, 6, 100),
    "reject = back to what was reported": (
        (progress(80, 4), deliver(5), reject(6)), 6, REJECTED, 6, 80),
    "reject, start = in progress": ((deliver(4), reject(5), start(6)), 6, IN_PROGRESS, 6, 0),
    "reject, progress = in progress": (
        (deliver(4), reject(5), progress(90, 6)), 6, IN_PROGRESS, 6, 90),
    "reject, deliver = delivered": ((deliver(4), reject(5), deliver(6)), 6, DELIVERED, 6, 100),
    "cancel = cancelled": ((cancel(4),), 4, CANCELLED, 4, 0),
    "cancel tomorrow = as before": ((start(4), cancel(6)), 5, IN_PROGRESS, 4, 0),
    "cancel after approval": ((deliver(4), approve(5), cancel(6)), 6, CANCELLED, 6, 0),
    "deliver taken back": ((start(4), d := deliver(5), take_back(d, 6)), 6, IN_PROGRESS, 4, 0),
    "deliver taken back tomorrow": ((d, take_back(d, 6)), 5, DELIVERED, 5, 100),
    "cancel taken back": ((start(4), c := cancel(5), take_back(c, 6)), 6, IN_PROGRESS, 4, 0),
    "reject taken back": ((deliver(4), r := reject(5), take_back(r, 6)), 6, DELIVERED, 4, 100),
}  # fmt: skip


@pytest.mark.parametrize(("facts", "day", "state", "since", "done"), STATES.values(), ids=STATES)
def test_the_state(facts, day: int, state: WorkState, since: int | None, done: int):
    status = seen(schedule(*facts), day)
    assert status.state is state
    assert status.since == (None if since is None else may(since))
    assert status.done == Percent(done)


APPROVALS = {
    "none = delivered": ((deliver(4),), DELIVERED, False),
    "ann = delivered": ((deliver(4), approve(5, "ann")), DELIVERED, False),
    "ann, bob = approved": ((deliver(4), approve(5, "ann"), approve(6, "bob")), APPROVED, True),
    "bob, ann = approved": ((deliver(4), approve(5, "bob"), approve(6, "ann")), APPROVED, True),
    "reject lets approvals lapse": (
        (deliver(4), approve(5, "ann"), reject(6), deliver(7), approve(8, "bob")),
        DELIVERED, False),
    "and ann may approve again": (
        (deliver(4), approve(5, "ann"), reject(6), deliver(7), approve(8, "bob"),
         approve(9, "ann")),
        APPROVED, True),
    "approved, then cancelled": (
        (deliver(4), approve(5, "ann"), approve(6, "bob"), cancel(7)), CANCELLED, True),
    "half approved, then cancelled": (
        (deliver(4), approve(5, "ann"), cancel(7)), CANCELLED, False),
}  # fmt: skip


@pytest.mark.parametrize(("facts", "state", "was_approved"), APPROVALS.values(), ids=APPROVALS)
def test_all_who_are_named_have_to_approve(facts, state: WorkState, was_approved: bool):
    status = seen(schedule(*facts, approvers=BOARD), 20)
    assert (status.state, status.was_approved) == (state, was_approved)


HALF = AtProgress(Percent(50))
READY = {
    "signing, unsigned": ({"trigger": ON_SIGNING}, (), 9, None),
    "signing, the day before": ({"trigger": ON_SIGNING, "signed": 4}, (), 3, None),
    "signing, the day itself": ({"trigger": ON_SIGNING, "signed": 4}, (), 4, 4),
    "signing, cancelled": ({"trigger": ON_SIGNING, "signed": 4}, (cancel(5),), 5, None),
    "start, planned": ({"trigger": ON_START, "signed": 1}, (), 9, None),
    "start": ({"trigger": ON_START}, (start(4), deliver(6)), 9, 4),
    "start by progress": ({"trigger": ON_START}, (progress(0, 4), progress(9, 8)), 9, 4),
    "start by delivery": ({"trigger": ON_START}, (deliver(6),), 9, 6),
    "start, rejected": ({"trigger": ON_START}, (deliver(6), reject(7)), 9, 6),
    "delivery, in progress": ({"trigger": ON_DELIVERY}, (progress(100, 4),), 9, None),
    "delivery": ({"trigger": ON_DELIVERY}, (deliver(6),), 9, 6),
    "delivery, the day before": ({"trigger": ON_DELIVERY}, (deliver(6),), 5, None),
    "delivery, approved": ({"trigger": ON_DELIVERY}, (deliver(6), approve(8)), 9, 6),
    "delivery, rejected": ({"trigger": ON_DELIVERY}, (deliver(6), reject(8)), 9, None),
    "delivery, delivered again": (
        {"trigger": ON_DELIVERY}, (deliver(6), reject(7), deliver(8)), 9, 8),
    "delivery, the same day again": (
        {"trigger": ON_DELIVERY}, (deliver(6), reject(6), deliver(6)), 9, 6),
    "delivery, cancelled": ({"trigger": ON_DELIVERY}, (deliver(6), cancel(8)), 9, None),
    "approval, delivered": ({}, (deliver(6),), 9, None),
    "approval": ({}, (deliver(6), approve(8)), 9, 8),
    "approval by one of two": (
        {"approvers": BOARD}, (deliver(6), approve(8, "ann")), 9, None),
    "approval by both": (
        {"approvers": BOARD}, (deliver(5), approve(6, "ann"), approve(8, "bob")), 9, 8),
    "approval taken back": ({}, (deliver(5), a := approve(6), take_back(a, 8)), 9, None),
    "approval taken back tomorrow": ({}, (deliver(5), a, take_back(a, 8)), 7, 6),
    "date, the day before": ({"trigger": OnDate(may(6))}, (), 5, None),
    "date, the day itself": ({"trigger": OnDate(may(6))}, (), 6, 6),
    "date, the day after": ({"trigger": OnDate(may(6))}, (), 7, 6),
    "date, cancelled": ({"trigger": OnDate(may(6))}, (cancel(7),), 7, None),
    "progress, one under": ({"trigger": HALF}, (progress(49, 4),), 9, None),
    "progress, exactly": ({"trigger": HALF}, (progress(50, 4),), 9, 4),
    "progress, above": ({"trigger": HALF}, (progress(51, 4),), 9, 4),
    "progress, still above": ({"trigger": HALF}, (progress(50, 4), progress(60, 6)), 9, 4),
    "progress, corrected down": ({"trigger": HALF}, (progress(50, 4), progress(40, 6)), 9, None),
    "progress, down and up": (
        {"trigger": HALF}, (progress(50, 4), progress(40, 6), progress(70, 8)), 9, 8),
    "progress by delivery": ({"trigger": HALF}, (progress(40, 4), deliver(6)), 9, 6),
    "progress, rejected above": (
        {"trigger": HALF}, (progress(50, 4), deliver(6), reject(8)), 9, 4),
    "progress, rejected below": (
        {"trigger": HALF}, (progress(40, 4), deliver(6), reject(8)), 9, None),
    "progress, all": (
        {"trigger": AtProgress(Percent(100))}, (progress(99, 4), deliver(6)), 9, 6),
    "progress, cancelled": ({"trigger": HALF}, (progress(50, 4), cancel(6)), 9, None),
    "manual, delivered and approved": ({"trigger": MANUAL}, (deliver(4), approve(5)), 9, None),
    "manual, cleared": ({"trigger": MANUAL}, (clear(4),), 4, 4),
    "manual, the day before": ({"trigger": MANUAL}, (clear(4),), 3, None),
    "manual, work goes on": ({"trigger": MANUAL}, (clear(4), deliver(5), reject(6)), 9, 4),
    "manual, taken back": ({"trigger": MANUAL}, (k := clear(4), take_back(k, 6)), 6, None),
    "manual, cleared again": ({"trigger": MANUAL}, (k, take_back(k, 6), clear(8)), 9, 8),
    "manual, cancelled": ({"trigger": MANUAL}, (clear(4), cancel(6)), 6, None),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "facts", "day", "since"), READY.values(), ids=READY)
def test_ready_since(parts: dict[str, object], facts, day: int, since: int | None):
    status = seen(schedule(*facts, **parts), day)
    assert status.ready_since == (None if since is None else may(since))


LATE = {
    "the day before": ((), 9, False),
    "the day itself": ((), 10, False),
    "the day after": ((), 11, True),
    "in progress": ((progress(100, 4),), 11, True),
    "delivered": ((deliver(10),), 11, False),
    "delivered too late": ((deliver(12),), 11, True),
    "delivered too late, seen later": ((deliver(12),), 12, False),
    "approved": ((deliver(4), approve(5)), 11, False),
    "rejected": ((deliver(4), reject(5)), 11, True),
    "cancelled": ((cancel(4),), 11, False),
}


@pytest.mark.parametrize(("facts", "day", "late"), LATE.values(), ids=LATE)
def test_late_begins_the_day_after_and_ends_with_delivery(facts, day: int, late: bool):
    assert seen(schedule(*facts, due_on=may(10)), day).late is late


def test_what_has_no_day_of_delivery_is_never_late():
    assert seen(schedule(), 31).late is False


REASONS = {
    "planned": (
        {}, (), ("planned: work has not begun", ()),
        ("not ready to invoice: waits for on approval", ())),
    "delivered": (
        {}, (deliver(4),), ("delivered since 2026-05-04", (deliver(4),)),
        ("not ready to invoice: waits for on approval", ())),
    "approved": (
        {}, (deliver(4), approve(6)), ("approved since 2026-05-06", (approve(6),)),
        ("ready to invoice since 2026-05-06: on approval", (approve(6),))),
    "dated": (
        {"trigger": OnDate(may(6))}, (), ("planned: work has not begun", ()),
        ("ready to invoice since 2026-05-06: on 2026-05-06", ())),
    "cleared": (
        {"trigger": MANUAL}, (clear(4),), ("planned: work has not begun", ()),
        ("ready to invoice since 2026-05-04: manual", (clear(4),))),
    "cancelled": (
        {"trigger": OnDate(may(6))}, (cancel(5),), ("cancelled since 2026-05-05", (cancel(5),)),
        ("not ready to invoice: cancelled", (cancel(5),))),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "facts", "state", "ready"), REASONS.values(), ids=REASONS)
def test_a_status_says_why(parts: dict[str, object], facts, state, ready):
    assert seen(schedule(*facts, **parts), 9).reasons == (Reason(*state), Reason(*ready))


def test_a_status_names_its_milestone():
    assert seen(schedule(), 4).key == "a"


@pytest.mark.parametrize("state", WorkState)
def test_a_state_reads_as_words(state: WorkState):
    assert str(state) == state.name.lower().replace("_", " ")


REJECT_FIRST = "record Rejected(by, reason, on=...)"
IMPOSSIBLE = {
    "approved, not delivered": (
        {}, (approve(4),), "Approved on 2026-05-04",
        "expected a delivered milestone, got planned; record Delivered(on=...) first"),
    "approved, in progress": (
        {}, (start(3), approve(4)), "Approved on 2026-05-04",
        "expected a delivered milestone, got in progress; record Delivered(on=...) first"),
    "approved, rejected": (
        {}, (deliver(3), reject(4), approve(5)), "Approved on 2026-05-05",
        "expected a delivered milestone, got rejected; record Delivered(on=...) first"),
    "approved before the delivery": (
        {}, (deliver(5), approve(4)), "Approved on 2026-05-04",
        "expected a delivered milestone, got planned; record Delivered(on=...) first"),
    "approved first on one day": (
        {}, (approve(4), deliver(4)), "Approved on 2026-05-04",
        "expected a delivered milestone, got planned; record Delivered(on=...) first"),
    "approved twice": (
        {}, (deliver(4), approve(5), approve(6)), "Approved on 2026-05-06",
        "expected a delivered milestone, got approved"),
    "approved by a stranger": (
        {"approvers": BOARD}, (deliver(4), approve(5, "cyd")), "Approved on 2026-05-05",
        "expected an approval by ann or bob, got 'cyd'"),
    "approved twice by one of two": (
        {"approvers": BOARD}, (deliver(4), approve(5, "ann"), approve(6, "ann")),
        "Approved on 2026-05-06", "expected an approval by bob, got 'ann'"),
    "approved again by one of two": (
        {"approvers": BOARD}, (deliver(4), approve(5, "ann"), approve(6, "bob"), approve(7, "ann")),
        "Approved on 2026-05-07", "expected a delivered milestone, got approved"),
    "delivered twice": (
        {}, (deliver(4), deliver(5)), "Delivered on 2026-05-05",
        (f"expected a milestone not yet delivered, got delivered; {REJECT_FIRST} "
        "before a new delivery")),
    "delivered, approved": (
        {}, (deliver(4), approve(5), deliver(6)), "Delivered on 2026-05-06",
        (f"expected a milestone not yet delivered, got approved; {REJECT_FIRST} "
        "before a new delivery")),
    "progress after delivery": (
        {}, (deliver(4), progress(50, 5)), "ProgressReported on 2026-05-05",
        (f"expected a milestone not yet delivered, got delivered; {REJECT_FIRST} "
        "first if work goes on")),
    "progress after approval": (
        {}, (deliver(4), approve(5), progress(50, 6)), "ProgressReported on 2026-05-06",
        (f"expected a milestone not yet delivered, got approved; {REJECT_FIRST} "
        "first if work goes on")),
    "rejected, not delivered": (
        {}, (reject(4),), "Rejected on 2026-05-04",
        "expected a delivered milestone, got planned; record Delivered(on=...) first"),
    "rejected twice": (
        {}, (deliver(4), reject(5), reject(6)), "Rejected on 2026-05-06",
        "expected a delivered milestone, got rejected; record Delivered(on=...) first"),
    "rejected, approved": (
        {}, (deliver(4), approve(5), reject(6)), "Rejected on 2026-05-06",
        ("expected a delivered milestone, got approved; "
        "record Reversed(approval, reason, on=...) first")),
    "started twice": (
        {}, (start(4), start(5)), "Started on 2026-05-05",
        "expected a planned or rejected milestone, got in progress"),
    "started, delivered": (
        {}, (deliver(4), start(5)), "Started on 2026-05-05",
        "expected a planned or rejected milestone, got delivered"),
    "cleared without MANUAL": (
        {}, (clear(4),), "Cleared on 2026-05-04",
        "expected a milestone with trigger=MANUAL, got 'on approval'"),
    "cleared twice": (
        {"trigger": MANUAL}, (clear(4), clear(5)), "Cleared on 2026-05-05",
        "expected one clearance, got Cleared on 2026-05-04"),
    "started, cancelled": (
        {}, (cancel(4), start(5)), "Started on 2026-05-05",
        "expected nothing after a cancellation, got cancelled"),
    "delivered, cancelled": (
        {}, (cancel(4), deliver(4)), "Delivered on 2026-05-04",
        "expected nothing after a cancellation, got cancelled"),
    "cleared, cancelled": (
        {"trigger": MANUAL}, (cancel(4), clear(5)), "Cleared on 2026-05-05",
        "expected nothing after a cancellation, got cancelled"),
    "cancelled twice": (
        {}, (cancel(4), cancel(5)), "Cancelled on 2026-05-05",
        "expected nothing after a cancellation, got cancelled"),
    "delivery taken back under an approval": (
        {}, (deliver(4), approve(5), take_back(deliver(4), 6)), "Approved on 2026-05-05",
        "expected a delivered milestone, got planned; record Delivered(on=...) first"),
    "impossible until it was taken back": (
        {}, (approve(4), take_back(approve(4), 6)), "Approved on 2026-05-04",
        "expected a delivered milestone, got planned; record Delivered(on=...) first"),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "facts", "fact", "rest"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_cannot_have_happened(parts: dict[str, object], facts, fact: str, rest: str):
    message = f"{fact} is impossible for milestone 'a': {rest}"
    with pytest.raises(ImpossibleFactError, match=f"^{re.escape(message)}$") as caught:
        schedule(*facts, **parts)
    refused = caught.value.refused
    assert fact == f"{type(refused).__name__} on {refused.on}"


def test_a_reversal_needs_a_fact_of_this_milestone():
    message = "there is nothing to reverse: expected an equal fact that stands on 2026-05-06"
    with pytest.raises(NothingToReverseError, match=re.escape(message)):
        schedule(start(4), take_back(deliver(4), 6))


FACTS = {
    "progress 50": (
        lambda: ProgressReported(50, on=may(4)),
        WrongTypeError,
        "done is of the wrong type: expected Percent, got 50"),
    "progress -1%": (
        lambda: ProgressReported(Percent(-1), on=may(4)),
        NumberRangeError,
        "reported progress is out of range: expected 0% to 100%, got -1%"),
    "progress 100.01%": (
        lambda: ProgressReported(Percent("100.01"), on=may(4)),
        NumberRangeError,
        "reported progress is out of range: expected 0% to 100%, got 100.01%"),
    "approved by nobody": (
        lambda: Approved(" ", on=may(4)), BlankTextError,
        "by is blank: expected some text, got ' '"),
    "rejected by nobody": (
        lambda: Rejected("", "why", on=may(4)), BlankTextError,
        "by is blank: expected some text, got ''"),
    "rejected for nothing": (
        lambda: Rejected("client", "", on=may(4)), BlankTextError,
        "reason is blank: expected some text, got ''"),
    "cleared by nobody": (
        lambda: Cleared("", on=may(4)), BlankTextError,
        "by is blank: expected some text, got ''"),
    "cleared by None": (
        lambda: Cleared(None, on=may(4)), WrongTypeError,
        "by is of the wrong type: expected str, got None"),
    "cancelled for nothing": (
        lambda: Cancelled("\n", on=may(4)), BlankTextError,
        r"reason is blank: expected some text, got '\n'"),
    "delivered on a datetime": (
        lambda: Delivered(on=datetime(2026, 5, 4)), DateTypeError,
        ("on is not a plain date: expected datetime.date, got 2026-05-04 00:00:00; "
        "call .date() on a datetime")),
    "asked about a datetime": (
        lambda: work_status(schedule(), "a", as_of=datetime(2026, 5, 4)),
        DateTypeError,
        ("as_of is not a plain date: expected datetime.date, got 2026-05-04 00:00:00; "
        "call .date() on a datetime")),
    "asked about an unknown key": (
        lambda: work_status(schedule(), "b", as_of=may(4)), UnknownMilestoneError,
        "no milestone has this key: expected one of a, got 'b'"),
}  # fmt: skip


@pytest.mark.parametrize(("build", "error", "message"), FACTS.values(), ids=FACTS)
def test_refusals(build, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        build()


@pytest.mark.parametrize("points", [0, 100])
def test_progress_may_be_nothing_or_all(points: int):
    assert progress(points, 4).done == Percent(points)
