"""Ways to bill one contract: when cash comes, and what is at stake by then."""

import re
from datetime import date, datetime

import attrs
import pytest

from milestone_invoicing import (
    MANUAL,
    ON_SIGNING,
    ON_START,
    REST,
    AddDays,
    BillingWay,
    CashCurve,
    Deposit,
    DueRule,
    EarnedBy,
    ExposurePoint,
    ForecastPeriod,
    Installment,
    Milestone,
    OnDate,
    PaymentTerms,
    Percent,
    Recoupment,
    Redate,
    ReleaseOn,
    Retainage,
    RetainageMode,
    RetainageScope,
    RetainageStep,
    Schedule,
    cash_curve,
    cash_forecast,
)
from milestone_invoicing.errors import (
    ArgumentsError,
    DateTypeError,
    NumberRangeError,
    PaymentTermsError,
    ScheduleError,
    WrongTypeError,
)
from tests.unit.bills import april, eur, june, may
from tests.unit.orders import order

# 400 in the 30 days to 31 May, 600 in the 30 days to 30 June.
SCHEDULE = Schedule(
    eur(1000),
    [
        Milestone("a", "A", Percent(40), due_on=may(31)),
        Milestone("b", "B", REST, due_on=june(30)),
    ],
    signed_on=may(1),
)


def curve(way: BillingWay, schedule: Schedule = SCHEDULE, **asked: object) -> CashCurve:
    asked = {"as_of": may(1)} | asked
    (found,) = cash_curve(schedule, ways=[way], **asked)
    return found


def points(found: CashCurve) -> list[tuple[str, str, str]]:
    return [
        (f"{each.day:%d.%m.}", f"{each.earned.amount:f}", f"{each.paid.amount:f}")
        for each in found.points
    ]


def cash(found: CashCurve) -> list[tuple[str, str]]:
    """Return the days on which cash comes, and how much is there by then."""
    days: list[tuple[str, str]] = []
    before = eur(0)
    for point in found.points:
        if point.paid != before:
            days.append((f"{point.day:%d.%m.}", f"{point.paid.amount:f}"))
        before = point.paid
    return days


def test_the_points_are_where_something_bends_and_the_day_before_cash():
    assert points(curve(BillingWay.MILESTONES, terms=PaymentTerms.net(10))) == [
        ("01.05.", "0.00", "0.00"),
        ("31.05.", "400.00", "0.00"),
        ("09.06.", "580.00", "0.00"),  # 400 + 600 x 9 / 30
        ("10.06.", "600.00", "400.00"),
        ("30.06.", "1000.00", "400.00"),
        ("09.07.", "1000.00", "400.00"),
        ("10.07.", "1000.00", "1000.00"),
    ]


@pytest.mark.parametrize(
    ("way", "start", "expected"),
    [
        (BillingWay.MILESTONES, april(11), [("31.05.", "400.00"), ("30.06.", "1000.00")]),
        (
            BillingWay.PROGRESS,
            april(11),  # 19 of 50 days to 31 May
            [("30.04.", "152.00"), ("31.05.", "400.00"), ("30.06.", "1000.00")],
        ),
        (
            BillingWay.MONTHLY,
            april(11),
            [("30.04.", "333.34"), ("31.05.", "666.67"), ("30.06.", "1000.00")],
        ),
        (BillingWay.MONTHLY, may(31), [("31.05.", "500.00"), ("30.06.", "1000.00")]),
        (BillingWay.AT_END, april(11), [("30.06.", "1000.00")]),
    ],
)
def test_cash_comes_by_the_way_of_billing(
    way: BillingWay, start: date, expected: list[tuple[str, str]]
):
    assert cash(curve(way, start=start)) == expected


def test_the_last_month_is_cut_off_at_the_end_of_the_work():
    moved = SCHEDULE.apply(order(Redate("b", june(10)), on=may(1)), billed={})
    days = [day for day, _ in cash(curve(BillingWay.MONTHLY, moved))]
    assert days == ["31.05.", "10.06."]
    assert [day for day, _ in cash(curve(BillingWay.MONTHLY, moved, as_of=april(30)))] == [
        "31.05.",
        "30.06.",
    ]


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({"delay_days": 5}, ["05.06.", "05.07."]),
        ({"terms": PaymentTerms.net(3)}, ["03.06.", "03.07."]),
        ({"terms": PaymentTerms.monthly(2)}, ["31.05.", "30.06.", "30.07."]),
    ],
    ids=["5 days late", "net 3", "in two parts"],
)
def test_bills_are_paid_by_their_terms_and_a_delay(asked: dict[str, object], days: list[str]):
    assert [day for day, _ in cash(curve(BillingWay.MILESTONES, **asked))] == days


def test_terms_are_those_of_the_milestone_then_of_the_schedule():
    milestones = [
        Milestone("a", "A", Percent(40), due_on=may(31), terms=PaymentTerms.net(1)),
        Milestone("b", "B", REST, due_on=june(30)),
    ]
    schedule = Schedule(eur(1000), milestones, signed_on=may(1), terms=PaymentTerms.net(2))
    assert [day for day, _ in cash(curve(BillingWay.MILESTONES, schedule))] == ["01.06.", "02.07."]
    assert [day for day, _ in cash(curve(BillingWay.AT_END, schedule))] == ["02.07."]


@pytest.mark.parametrize(
    ("trigger", "due_on", "billed", "done"),
    [
        (ON_SIGNING, june(30), "01.05.", "30.06."),
        (ON_START, june(30), "01.05.", "30.06."),
        (ON_SIGNING, None, "01.05.", "01.05."),
        (OnDate(june(5)), june(30), "05.06.", "30.06."),
        (OnDate(june(5)), None, "05.06.", "05.06."),
        (OnDate(june(30)), june(5), "30.06.", "05.06."),
        (MANUAL, june(30), "30.06.", "30.06."),
    ],
)
def test_a_milestone_has_a_day_of_work_and_one_of_billing(
    trigger: object, due_on: date | None, billed: str, done: str
):
    only = Milestone("a", "A", REST, trigger=trigger, due_on=due_on)
    found = curve(BillingWay.MILESTONES, Schedule(eur(9), [only], signed_on=may(1)))
    assert cash(found)[0][0] == billed
    assert next(day for day, earned, _ in points(found) if earned == "9.00") == done


def test_work_of_one_day_goes_on_together():
    schedule = Schedule(
        eur(1000),
        [Milestone(key, key, REST, due_on=may(21)) for key in "ab"],
        signed_on=may(1),
    )
    found = curve(BillingWay.MILESTONES, schedule)
    assert points(found) == [
        ("01.05.", "0.00", "0.00"),
        ("20.05.", "950.00", "0.00"),
        ("21.05.", "1000.00", "1000.00"),
    ]


def test_earned_by_approval_steps_when_a_milestone_is_done():
    found = curve(BillingWay.AT_END, earned_by=EarnedBy.APPROVAL)
    assert points(found) == [
        ("01.05.", "0.00", "0.00"),
        ("31.05.", "400.00", "0.00"),
        ("29.06.", "400.00", "0.00"),
        ("30.06.", "1000.00", "1000.00"),
    ]
    assert found.peak == ExposurePoint(may(31), eur(400), eur(0))


def test_what_has_no_day_of_delivery_is_earned_along_with_the_rest():
    milestones = [
        Milestone("s", "Signing", Percent(40), trigger=ON_SIGNING),
        Milestone("a", "A", Percent(20), due_on=may(11)),
        Milestone("b", "B", REST, due_on=may(31)),
    ]
    schedule = Schedule(eur(1000), milestones, signed_on=may(1))
    assert points(curve(BillingWay.MILESTONES, schedule)) == [
        ("01.05.", "0.00", "400.00"),
        ("10.05.", "300.00", "400.00"),
        ("11.05.", "333.33", "600.00"),
        ("30.05.", "966.67", "600.00"),
        ("31.05.", "1000.00", "1000.00"),
    ]


def test_without_any_day_of_delivery_work_goes_on_to_the_last_bill():
    milestones = [
        Milestone("s", "Signing", Percent(40), trigger=ON_SIGNING),
        Milestone("a", "A", REST, trigger=OnDate(may(11))),
    ]
    schedule = Schedule(eur(1000), milestones, signed_on=may(1))
    assert points(curve(BillingWay.MILESTONES, schedule)) == [
        ("01.05.", "0.00", "400.00"),
        ("10.05.", "900.00", "400.00"),
        ("11.05.", "1000.00", "1000.00"),
    ]


def test_gates_need_no_day():
    schedule = Schedule(
        eur(100),
        [Milestone("g", "Gate", eur(0)), Milestone("a", "A", REST, due_on=may(9))],
        signed_on=may(1),
    )
    assert cash(curve(BillingWay.MILESTONES, schedule)) == [("09.05.", "100.00")]


def test_a_contract_worth_nothing_has_one_point():
    free = Schedule(eur(0), [Milestone("a", "A", REST)], signed_on=may(1))
    for found in cash_curve(free, as_of=may(1)):
        assert points(found) == [("01.05.", "0.00", "0.00")]
        assert (found.total, found.paid_on) == (eur(0), may(1))


def test_work_of_a_day_is_done_on_it():
    day = Schedule(eur(100), [Milestone("a", "A", REST, due_on=may(1))], signed_on=may(1))
    for found in cash_curve(day, as_of=may(1)):
        assert points(found) == [("01.05.", "100.00", "100.00")]


def test_a_curve_is_compared_by_peak_and_last_day():
    found = {each.way: each for each in cash_curve(SCHEDULE, as_of=may(1), delay_days=10)}
    assert list(found) == list(BillingWay)
    at_end = found[BillingWay.AT_END]
    assert (at_end.total, at_end.paid_on) == (eur(1000), date(2026, 7, 10))
    assert (at_end.peak.day, at_end.peak.exposure) == (june(30), eur(1000))
    assert found[BillingWay.MILESTONES].peak.exposure == eur(600)


def test_cash_is_there_from_its_day_on():
    found = curve(BillingWay.MILESTONES)
    days = (april(30), may(1), may(30), may(31), june(29), june(30), date.max)
    got = [int(found.received(as_of=day).amount) for day in days]
    assert got == [0, 0, 0, 400, 400, 1000, 1000]


# --- deposits and retainage -----------------------------------------------------------------------


def parts(*amounts: int, **agreed: object) -> Schedule:
    """Return milestones of so much, done at the ends of April, May and June; signed on 1 April."""
    milestones = [
        Milestone(str(day.month), str(day.month), eur(amount), due_on=day)
        for amount, day in zip(amounts, (april(30), may(31), june(30)), strict=False)
    ]
    return Schedule(eur(sum(amounts)), milestones, signed_on=april(1), **agreed)  # type: ignore[arg-type]


def test_half_up_front_halves_the_peak():
    plain, agreed = parts(80_000), parts(80_000, deposit=Deposit(Percent(50)))
    asked = {"terms": PaymentTerms.net(10)}
    assert curve(BillingWay.MILESTONES, plain, **asked).peak.exposure == eur(80_000)
    found = curve(BillingWay.MILESTONES, agreed, **asked)
    assert found.peak == ExposurePoint(april(30), eur(80_000), eur(40_000))
    assert cash(found) == [("11.04.", "40000.00"), ("10.05.", "80000.00")]
    (april_cash, *_) = (
        row.scheduled
        for row in cash_forecast(
            attrs.evolve(agreed, terms=PaymentTerms.net(10)),
            [],
            as_of=april(1),
            until=june(30),
            period=ForecastPeriod.MONTH,
        ).rows[1:]
    )
    assert april_cash == found.received(as_of=april(30))


TENTH = Retainage.flat(10)
UNBILLED = Retainage([RetainageStep(10)], mode=RetainageMode.UNBILLED)
ON_END = Retainage([RetainageStep(10)], release=ReleaseOn.COMPLETION)
AFTER_60 = Retainage([RetainageStep(10)], release=DueRule([AddDays(60)]))
LEFT_OFF_60 = attrs.evolve(AFTER_60, mode=RetainageMode.UNBILLED)
EACH = Retainage([RetainageStep(10)], scope=RetainageScope.MILESTONE, release=DueRule([AddDays(5)]))


@pytest.mark.parametrize(
    ("deposit", "expected"),
    [
        pytest.param(
            Deposit(Percent(30)),
            [("01.04.", 300), ("30.04.", 700), ("31.05.", 1000), ("30.06.", 1000)],
            id="at the end: 300, 400, 300, and 300 - 300",
        ),
        pytest.param(
            Deposit(Percent(30), recoup=Recoupment.PRO_RATA),
            [("01.04.", 300), ("30.04.", 580), ("31.05.", 790), ("30.06.", 1000)],
            id="pro rata: 400 - 120, 300 - 90, 300 - 90",
        ),
        pytest.param(
            Deposit(Percent(50), recoup=Recoupment.FIRST_BILLS),
            [("01.04.", 500), ("30.04.", 500), ("31.05.", 700), ("30.06.", 1000)],
            id="first bills first: 400 - 400, 300 - 100, 300",
        ),
        pytest.param(
            Deposit(Percent(50), recoup=Recoupment.FIRST_BILLS, cap=Percent(25)),
            [("01.04.", 500), ("30.04.", 800), ("31.05.", 1025), ("30.06.", 1000)],
            id="capped: 400 - 100, 300 - 75, then 300 - 300, and 25 back",
        ),
        pytest.param(
            Deposit(Percent(50)),
            [("01.04.", 500), ("30.04.", 900), ("31.05.", 1200), ("30.06.", 1000)],
            id="200 that no bill takes off go back",
        ),
        pytest.param(
            Deposit(eur(1200)),
            [("01.04.", 1000), ("30.04.", 1400), ("31.05.", 1700), ("30.06.", 1000)],
            id="no more is asked for than the contract",
        ),
        pytest.param(
            Deposit(eur(300), with_tax=True),
            [("01.04.", 300), ("30.04.", 700), ("31.05.", 1000), ("30.06.", 1000)],
            id="an amount with tax counts as it stands",
        ),
    ],
)
def test_a_deposit_comes_first_and_off_the_bills(deposit: Deposit, expected: list[tuple[str, int]]):
    found = curve(BillingWay.MILESTONES, parts(400, 300, 300, deposit=deposit), as_of=april(1))
    got = [
        (day, int(found.received(as_of=date(2026, int(day[3:5]), int(day[:2]))).amount))
        for day, _ in expected
    ]
    assert got == expected
    assert (found.total, found.retained) == (eur(1000), eur(0))


@pytest.mark.parametrize(
    ("rule", "asked", "expected"),
    [
        pytest.param(
            TENTH,
            {},
            [("30.04.", "360.00"), ("31.05.", "630.00"), ("30.06.", "900.00")],
            id="10% has no day",
        ),
        pytest.param(
            UNBILLED,
            {},
            [("30.04.", "360.00"), ("31.05.", "630.00"), ("30.06.", "900.00")],
            id="10% left off has none either",
        ),
        pytest.param(
            TENTH,
            {"released_on": date(2026, 8, 31)},
            [
                ("30.04.", "360.00"),
                ("31.05.", "630.00"),
                ("30.06.", "900.00"),
                ("31.08.", "1000.00"),
            ],
            id="released by a fact of 31 August",
        ),
        pytest.param(
            TENTH,
            {"released_on": may(31)},
            [("30.04.", "360.00"), ("31.05.", "700.00"), ("30.06.", "1000.00")],
            id="released before the last bill: what that keeps is paid with it",
        ),
        pytest.param(
            ON_END,
            {},
            [("30.04.", "360.00"), ("31.05.", "630.00"), ("30.06.", "1000.00")],
            id="released by the end of the work",
        ),
        pytest.param(
            AFTER_60,
            {"delay_days": 1},
            [
                ("01.05.", "360.00"),
                ("01.06.", "630.00"),
                ("01.07.", "900.00"),
                ("30.08.", "1000.00"),
            ],
            id="60 days after the end, and a day late",
        ),
        pytest.param(
            AFTER_60,
            {"terms": PaymentTerms.net(10)},
            [
                ("10.05.", "360.00"),
                ("10.06.", "630.00"),
                ("10.07.", "900.00"),
                ("29.08.", "1000.00"),
            ],
            id="what was held is due on its release",
        ),
        pytest.param(
            LEFT_OFF_60,
            {"terms": PaymentTerms.net(10)},
            [
                ("10.05.", "360.00"),
                ("10.06.", "630.00"),
                ("10.07.", "900.00"),
                ("08.09.", "1000.00"),
            ],
            id="what was left off is billed on its release",
        ),
        pytest.param(
            EACH,
            {},
            [
                ("30.04.", "360.00"),
                ("05.05.", "400.00"),
                ("31.05.", "670.00"),
                ("05.06.", "700.00"),
                ("30.06.", "970.00"),
                ("05.07.", "1000.00"),
            ],
            id="each milestone is released by its own end",
        ),
    ],
)
def test_what_is_retained_comes_on_its_release(
    rule: Retainage, asked: dict[str, object], expected: list[tuple[str, str]]
):
    found = curve(BillingWay.MILESTONES, parts(400, 300, 300, retainage=rule), **asked)
    assert cash(found) == expected
    assert found.total + found.retained == eur(1000)
    assert found.points[-1].exposure == found.retained
    assert f"{found.total.amount:f}" == expected[-1][1]


def test_what_is_retained_leaves_no_room_for_a_deposit():
    agreed = parts(400, 300, 300, retainage=TENTH, deposit=Deposit(Percent(30)))
    found = curve(BillingWay.MILESTONES, agreed)
    # 270 of the deposit come off the last bill, and 30 go back: 100 are retained.
    assert cash(found) == [
        ("01.04.", "300.00"),
        ("30.04.", "660.00"),
        ("31.05.", "930.00"),
        ("30.06.", "900.00"),
    ]


@pytest.mark.parametrize("way", BillingWay)
def test_every_way_of_billing_counts_deposit_and_retainage(way: BillingWay):
    agreed = parts(400, 300, 300, retainage=AFTER_60, deposit=Deposit(Percent(20)))
    found = curve(way, agreed)
    assert found.received(as_of=april(29)) == eur(200)
    assert found.received(as_of=june(30)) == eur(900)
    assert (found.total, found.paid_on) == (eur(1000), date(2026, 8, 29))


def test_a_deposit_is_billed_on_signing_though_the_work_starts_later():
    agreed = parts(400, 300, deposit=Deposit(Percent(50)))
    for earned_by in EarnedBy:
        found = curve(BillingWay.MILESTONES, agreed, start=april(11), earned_by=earned_by)
        assert points(found)[0] == ("01.04.", "0.00", "350.00")
    unsigned = attrs.evolve(agreed, signed_on=None)
    assert points(curve(BillingWay.MILESTONES, unsigned, start=april(11)))[0][0] == "11.04."


def test_all_cash_is_there_once_none_goes_back():
    # 800 is reached in May, left again, and reached for good with what the deposit gives back.
    agreed = parts(400, 200, 200, deposit=Deposit(eur(200), recoup=Recoupment.AT_END))
    assert curve(BillingWay.MILESTONES, agreed).paid_on == may(31)
    more = parts(400, 200, 200, deposit=Deposit(eur(400)))
    found = curve(BillingWay.MILESTONES, more)
    assert found.received(as_of=april(30)) == found.total
    assert found.paid_on == june(30)


@pytest.mark.parametrize(
    ("rule", "got"),
    [
        (None, "got no retainage"),
        (ON_END, "got a release by completion"),
        (AFTER_60, "expected released_on=None, or a retainage with release=ReleaseOn.FACT"),
    ],
)
def test_a_day_of_release_that_nothing_looks_at_is_refused(rule: Retainage | None, got: str):
    with pytest.raises(ArgumentsError, match=f"no fact releases what is retained.*{got}"):
        cash_curve(parts(9, retainage=rule), as_of=may(1), released_on=june(1))
    with pytest.raises(DateTypeError, match="released_on is not a plain date"):
        cash_curve(parts(9, retainage=TENTH), as_of=may(1), released_on=1)  # type: ignore[arg-type]


NO_DAY = Schedule(eur(9), [Milestone("a", "A", REST)], signed_on=may(1))
EVENT = PaymentTerms([Installment(REST, after="delivery")])


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: cash_curve(NO_DAY, as_of=may(1)),
            ScheduleError,
            "'a' has no planned day: expected due_on, or a trigger with a day, from 2026-05-01 on",
        ),
        (
            lambda: cash_curve(SCHEDULE, as_of=may(1), start=june(1)),
            ScheduleError,
            "'a' has no planned day: expected due_on, or a trigger with a day, from 2026-06-01 on",
        ),
        (
            lambda: cash_curve(
                Schedule(
                    eur(9),
                    [Milestone("a", "A", REST, due_on=may(9), trigger=OnDate(april(30)))],
                    signed_on=may(1),
                ),
                as_of=may(1),
            ),
            ScheduleError,
            "milestone 'a' has no planned day",
        ),
        (
            lambda: cash_curve(
                Schedule(eur(9), [Milestone("a", "A", REST, due_on=may(1))]), as_of=may(1)
            ),
            ArgumentsError,
            "nothing says when the work starts: expected start=date(...), or a schedule with",
        ),
        (
            lambda: cash_curve(SCHEDULE, as_of=may(1), terms=EVENT),
            PaymentTermsError,
            "its cash has no day: expected terms that count from the bill, got 'delivery'; pass",
        ),
        (
            lambda: cash_curve(SCHEDULE, as_of=may(1), delay_days=-1),
            NumberRangeError,
            "delay_days is too small: expected 0 or more, got -1",
        ),
        (lambda: cash_curve(1, as_of=may(1)), WrongTypeError, "the schedule is of the wrong type"),
        (
            lambda: cash_curve(SCHEDULE, as_of=may(1), terms="net 30"),
            WrongTypeError,
            "the terms is of the wrong type",
        ),
        (
            lambda: cash_curve(SCHEDULE, as_of=may(1), ways=["monthly"]),
            WrongTypeError,
            "ways[0] is of the wrong type: expected BillingWay, got 'monthly'",
        ),
        (
            lambda: cash_curve(SCHEDULE, as_of=may(1), earned_by="progress"),
            WrongTypeError,
            "earned_by is of the wrong type",
        ),
        (
            lambda: cash_curve(SCHEDULE, as_of=datetime(2026, 5, 1)),
            DateTypeError,
            "as_of is not a plain date",
        ),
        (
            lambda: cash_curve(SCHEDULE, as_of=may(1), start=1),
            DateTypeError,
            "start is not a plain date",
        ),
        (
            lambda: curve(BillingWay.AT_END).received(as_of=1),
            DateTypeError,
            "as_of is not a plain date",
        ),
    ],
    ids=[
        "no day",
        "before the start",
        "billed before the start",
        "no start",
        "an event",
        "delay",
        "schedule",
        "terms",
        "way",
        "earned_by",
        "as_of",
        "start",
        "received",
    ],
)
def test_what_has_no_curve_is_refused(call: object, error: type, message: str):
    with pytest.raises(error, match=re.escape(message)):
        call()
