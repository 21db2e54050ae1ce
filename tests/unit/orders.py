"""Contracts and change orders that the tables about change orders share."""

from datetime import date

from milestone_invoicing import (
    REST,
    Change,
    ChangeOrder,
    Milestone,
    Percent,
    Schedule,
    TotalPolicy,
    Weight,
)
from tests.unit.bills import eur, june

CATCH_UP = TotalPolicy.CATCH_UP
JUNE_1 = june(1)
SCHEDULE = Schedule(
    eur(1000),
    [
        Milestone("a", "A", Percent(30)),
        Milestone("b", "B", Percent(30), depends_on=["a"]),
        Milestone("c", "C", eur(100)),
        Milestone("d", "D", REST, depends_on=["a", "b"]),
    ],
)
PERCENTS = Schedule(
    eur("1000.01"), [Milestone("a", "A", Percent(30)), Milestone("b", "B", Percent(70))]
)
WEIGHTS = Schedule(eur("100"), [Milestone(key, key, Weight(n)) for n, key in enumerate("abc", 1)])
EXTRA = Milestone("e", "Extra", eur(50), depends_on=["c"])


def order(*changes: Change, number: str = "1", on: date = JUNE_1, **known: date) -> ChangeOrder:
    return ChangeOrder(number, changes, on=on, reason="scope", **known)
