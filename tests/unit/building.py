"""A building contract over three months, with two change orders, stored steel and retainage.

The figures that tests compare with are worked out by hand beside them.
"""

from datetime import date

import attrs

from milestone_invoicing import (
    REST,
    AddDays,
    AddMilestone,
    Approved,
    ChangeOrder,
    Delivered,
    DueRule,
    MaterialsStored,
    Milestone,
    Money,
    Percent,
    ProgressReported,
    Reprice,
    Retainage,
    RetainageStep,
    Schedule,
)

MAY_31, JUNE_30, JULY_31 = date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 31)
DONE, RELEASED = date(2026, 9, 30), date(2026, 11, 29)
TEN_THEN_FIVE = Retainage(
    [RetainageStep(10), RetainageStep(5, after=Percent(50))], release=DueRule([AddDays(60)])
)


def usd(amount: str | int) -> Money:
    return Money.of(amount, "USD")


def done(points: int, on: date) -> ProgressReported:
    return ProgressReported(Percent(points), on=on)


def building(retainage: Retainage | None = TEN_THEN_FIVE) -> Schedule:
    """Return the contract: 200,000, from 10 June on 210,000, from 20 June on 206,000."""
    schedule = Schedule(
        usd(200_000),
        [
            Milestone("site", "Site work", usd(20_000)),
            Milestone("base", "Foundation", Percent(30)),
            Milestone("frame", "Frame", Percent(40)),
            Milestone("finish", "Finishes", REST),
        ],
        retainage=retainage,
    )
    drains = AddMilestone(Milestone("drain", "Drainage", usd(10_000)), before="frame")
    more = ChangeOrder("CO-1", [drains], on=date(2026, 6, 10), reason="ground water")
    less = ChangeOrder(
        "CO-2", [Reprice("finish", usd(36_000))], on=date(2026, 6, 20), reason="plain floors"
    )
    return schedule.apply(more, billed={}).apply(less, billed={})


def at_work(schedule: Schedule) -> Schedule:
    """Return the contract with the work of May to July."""
    return (
        schedule.record("site", done(100, MAY_31), done(95, JULY_31))
        .record("base", done(50, MAY_31), MaterialsStored(usd(8000), on=MAY_31))
        .record("base", Delivered(on=JUNE_30))
        .record("frame", done(25, JUNE_30), MaterialsStored(usd(18_000), on=JUNE_30))
        .record("frame", done(80, JULY_31), MaterialsStored(usd(4000), on=JULY_31))
        .record("drain", done(50, JUNE_30), Delivered(on=JULY_31))
        .record("finish", done(10, JULY_31))
    )


def completed(schedule: Schedule) -> Schedule:
    """Return the contract with all work approved at the end of September."""
    for key in schedule.keys:
        if key not in {"base", "drain"}:
            schedule = schedule.record(key, Delivered(on=DONE))
        schedule = schedule.record(key, Approved("owner", on=DONE))
    return schedule


def with_retainage(schedule: Schedule, **changed: object) -> Schedule:
    """Return the contract with another retainage."""
    return attrs.evolve(schedule, retainage=attrs.evolve(schedule.retainage, **changed))
