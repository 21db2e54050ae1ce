"""Exposure over time: on which days it has a point, what it says there, and where its peak is."""

import re
from datetime import datetime

import pytest

from milestone_invoicing import (
    ON_DELIVERY,
    ON_SIGNING,
    REST,
    AcceptedAfter,
    Approved,
    Cancelled,
    Delivered,
    EarnedBy,
    ExposurePoint,
    Milestone,
    Payment,
    Percent,
    ProgressReported,
    Reprice,
    Schedule,
    exposure_curve,
    peak_exposure,
)
from milestone_invoicing.errors import (
    DateTypeError,
    DuplicateNumberError,
    PeriodError,
    WrongTypeError,
)
from tests.unit.bills import april, bill, eur, june, may
from tests.unit.orders import order

SCHEDULE = (
    Schedule(
        eur(1000),
        [
            Milestone("sign", "On signing", Percent(40), trigger=ON_SIGNING),
            Milestone("test", "Testing", Percent(30), accepted_after=AcceptedAfter(14)),
            Milestone("ship", "Shipping", REST, trigger=ON_DELIVERY),
        ],
        signed_on=may(1),
    )
    .record("test", Delivered(on=may(6)))
    .record("ship", Delivered(on=may(25)), Approved("client", on=june(2)))
    .record("sign", Delivered(on=june(9)), Approved("client", on=june(9)))
)
PAID = bill(400, Payment(eur(100), on=may(4)), Payment(eur(300), on=june(5)), milestone="sign")


def points(schedule: Schedule = SCHEDULE, *bills: object, **asked: object) -> list[tuple[str, ...]]:
    asked = {"since": may(1), "until": june(30)} | asked
    return [
        (
            f"{each.day:%d.%m.}",
            *(str(money.amount) for money in (each.earned, each.paid, each.exposure)),
        )
        for each in exposure_curve(schedule, bills, **asked)
    ]


def test_a_point_stands_where_something_is_earned_or_paid():
    assert points(SCHEDULE, PAID) == [
        ("01.05.", "0.00", "0.00", "0.00"),
        ("04.05.", "0.00", "100.00", "-100.00"),
        ("20.05.", "300.00", "100.00", "200.00"),  # silence
        ("02.06.", "600.00", "100.00", "500.00"),
        ("05.06.", "600.00", "400.00", "200.00"),
        ("09.06.", "1000.00", "400.00", "600.00"),
    ]


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (may(20), may(31), ["20.05."]),
        (may(19), may(19), ["19.05."]),
        (may(19), may(20), ["19.05.", "20.05."]),
        (may(21), june(2), ["21.05.", "02.06."]),
        (may(21), june(1), ["21.05."]),
    ],
    ids=str,
)
def test_the_first_day_always_has_a_point_and_the_last_day_counts(since, until, days):
    assert [each[0] for each in points(since=since, until=until)] == days


def test_what_is_earned_and_paid_on_one_day_is_one_point_and_may_leave_exposure_as_it_was():
    paid = bill(300, Payment(eur(300), on=june(2)), milestone="ship")
    assert points(SCHEDULE, paid, since=june(1), until=june(3)) == [
        ("01.06.", "300.00", "0.00", "300.00"),
        ("02.06.", "600.00", "300.00", "300.00"),
    ]


def test_work_is_earned_as_it_is_reported_if_asked_so():
    schedule = Schedule(eur(1000), [Milestone("a", "A", REST)])
    schedule = schedule.record(
        "a",
        ProgressReported(Percent(10), on=may(4)),
        ProgressReported(Percent(55), on=may(8)),
        Cancelled("no budget", on=may(11)),
    )
    assert [each[:2] for each in points(schedule, earned_by=EarnedBy.PROGRESS)] == [
        ("01.05.", "0.00"), ("04.05.", "100.00"), ("08.05.", "550.00"), ("11.05.", "0.00"),
    ]  # fmt: skip
    assert [each[:2] for each in points(schedule)] == [("01.05.", "0.00")]


def test_a_change_order_moves_what_is_earned_from_its_day_on():
    changed = SCHEDULE.apply(order(Reprice("test", eur(350)), on=june(1)), billed={})
    assert points(changed, until=june(1))[-2:] == [
        ("20.05.", "300.00", "0.00", "300.00"),
        ("01.06.", "350.00", "0.00", "350.00"),
    ]


def test_the_peak_is_the_first_day_of_the_highest_point():
    assert peak_exposure(SCHEDULE, [PAID], since=may(1), until=june(30)) == ExposurePoint(
        june(9), eur(1000), eur(400)
    )
    assert peak_exposure(SCHEDULE, [PAID], since=may(1), until=june(8)).day == june(2)
    assert peak_exposure(SCHEDULE, [PAID], since=may(1), until=may(19)).day == may(1)


def test_of_two_equal_peaks_the_first_counts():
    paid = bill(300, Payment(eur(300), on=june(2)), milestone="ship")
    assert peak_exposure(SCHEDULE, [paid], since=may(1), until=june(5)).day == may(20)


def test_a_peak_may_be_below_zero():
    before = bill(400, Payment(eur(100), on=april(4)), issued_on=april(1), milestone="sign")
    peak = peak_exposure(SCHEDULE, [before], since=may(1), until=may(10))
    assert (peak.day, peak.exposure) == (may(1), -eur(100))


def test_the_peak_is_asked_for_by_progress_too():
    schedule = Schedule(eur(1000), [Milestone("a", "A", REST)])
    schedule = schedule.record("a", ProgressReported(Percent(10), on=may(4)))
    peak = peak_exposure(schedule, [], since=may(1), until=may(9), earned_by=EarnedBy.PROGRESS)
    assert (peak.day, peak.exposure) == (may(4), eur(100))


STRETCH = {"since": may(1), "until": may(31)}
REFUSED = {
    "no schedule": (
        lambda ask: ask("x", [], **STRETCH), WrongTypeError,
        "the schedule is of the wrong type: expected Schedule, got 'x'"),
    "backwards": (
        lambda ask: ask(SCHEDULE, [], since=may(2), until=may(1)), PeriodError,
        "a stretch ends before it starts: expected 2026-05-02 or later, got 2026-05-01"),
    "until a time": (
        lambda ask: ask(SCHEDULE, [], since=may(2), until=datetime(2026, 5, 3)), DateTypeError,
        ("until is not a plain date: expected datetime.date, got 2026-05-03 00:00:00; "
         "call .date() on a datetime")),
    "since nothing": (
        lambda ask: ask(SCHEDULE, [], since=None, until=may(2)), DateTypeError,
        "since is not a plain date: expected datetime.date, got None"),
    "earned by a word": (
        lambda ask: ask(SCHEDULE, [], **STRETCH, earned_by="approval"), WrongTypeError,
        "earned_by is of the wrong type: expected EarnedBy, got 'approval'"),
    "one number twice": (
        lambda ask: ask(SCHEDULE, [PAID, PAID], **STRETCH), DuplicateNumberError,
        "two invoices have one number: expected unique numbers, got '1'"),
}  # fmt: skip


@pytest.mark.parametrize("ask", [exposure_curve, peak_exposure])
@pytest.mark.parametrize(("call", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_refusals(call, error: type[Exception], message: str, ask):
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        call(ask)
