"""Change orders: what they make of amounts and milestones, from their day on."""

from datetime import date

import attrs
import pytest

from milestone_invoicing import (
    MANUAL,
    ON_DELIVERY,
    REST,
    AddMilestone,
    Approved,
    Cancelled,
    Change,
    ChangeTotal,
    Cleared,
    Delivered,
    DropMilestone,
    Milestone,
    Money,
    PaymentTerms,
    Redate,
    Remainder,
    Reprice,
    Reterm,
    Retrigger,
    Schedule,
    as_known_on,
    compare,
    work_status,
)
from milestone_invoicing.errors import (
    ImpossibleFactError,
    UnknownMilestoneError,
)
from tests.unit.bills import eur, june, may
from tests.unit.orders import CATCH_UP, EXTRA, PERCENTS, SCHEDULE, WEIGHTS, order


def changed(
    schedule: Schedule, *changes: Change, billed: dict[str, Money] | None = None
) -> dict[str, str]:
    after = schedule.apply(order(*changes), billed=billed or {}).agreed_on(june(1))
    return {key: str(amount.amount) for key, amount in after.by_key.items()}


EXTRA_FREE = Milestone("e", "Extra", eur(50))
WORKED = {
    "a new milestone stands last": (
        SCHEDULE, [AddMilestone(EXTRA)], {},
        {"a": "300.00", "b": "300.00", "c": "100.00", "d": "300.00", "e": "50.00"}),
    "a new milestone stands before another": (
        SCHEDULE, [AddMilestone(EXTRA, before="d")], {},
        {"a": "300.00", "b": "300.00", "c": "100.00", "e": "50.00", "d": "300.00"}),
    "a milestone is dropped": (
        SCHEDULE, [DropMilestone("b")], {"a": eur(300)},
        {"a": "300.00", "c": "100.00", "d": "300.00"}),
    "a milestone is worth less, to what is billed": (
        SCHEDULE, [Reprice("a", eur("120.50"))], {"a": eur("120.50")},
        {"a": "120.50", "b": "300.00", "c": "100.00", "d": "300.00"}),
    "a milestone becomes a gate": (
        SCHEDULE, [Reprice("a", eur(0))], {},
        {"a": "0.00", "b": "300.00", "c": "100.00", "d": "300.00"}),
    # 1300 - 100 fixed - 400 billed = 800 by what was left: 0, 200 and 300.
    "a new total is divided by what was left": (
        SCHEDULE, [ChangeTotal(eur(1300))], {"a": eur(300), "b": eur(100)},
        {"a": "300.00", "b": "420.00", "c": "100.00", "d": "480.00"}),
    "a smaller total is divided by what was left": (
        SCHEDULE, [ChangeTotal(eur(600))], {"a": eur(300), "b": eur(100)},
        {"a": "300.00", "b": "140.00", "c": "100.00", "d": "60.00"}),
    "a total of what is billed leaves nothing": (
        SCHEDULE, [ChangeTotal(eur(500))], {"a": eur(300), "b": eur(100)},
        {"a": "300.00", "b": "100.00", "c": "100.00", "d": "0.00"}),
    # 30 % of 1300 each for two of them; the rest, after the 100 that is fixed, for the last.
    "a new total is caught up with": (
        SCHEDULE, [ChangeTotal(eur(1300), CATCH_UP)], {"a": eur(300), "b": eur(100)},
        {"a": "390.00", "b": "390.00", "c": "100.00", "d": "420.00"}),
    "percentages are of the new total": (
        PERCENTS, [ChangeTotal(eur(2000), CATCH_UP)], {}, {"a": "600.00", "b": "1400.00"}),
    "by what was left, cents of the old total count": (
        PERCENTS, [ChangeTotal(eur(2000))], {}, {"a": "599.99", "b": "1400.01"}),
    # 40 and 60 per cent are the whole: they divide what is left beside the 50 added as fixed.
    "percentages divide what is left beside an amount that was added": (
        PERCENTS, [AddMilestone(EXTRA_FREE), ChangeTotal(eur(2050), CATCH_UP)], {},
        {"a": "600.00", "b": "1400.00", "e": "50.00"}),
    "nothing beside what is fixed": (
        PERCENTS, [AddMilestone(EXTRA_FREE), ChangeTotal(eur(50), CATCH_UP)], {},
        {"a": "0.00", "b": "0.00", "e": "50.00"}),
    "weights divide the new total": (
        WEIGHTS, [ChangeTotal(eur(60), CATCH_UP)], {}, {"a": "10.00", "b": "20.00", "c": "30.00"}),
    "the only milestone is worth the new total": (
        Schedule(eur(1000), [Milestone("a", "A", REST)]), [ChangeTotal(eur(1300))], {"a": eur(300)},
        {"a": "1300.00"}),
    "what is set stands when the total changes after it": (
        PERCENTS, [Reprice("a", eur(500)), ChangeTotal(eur(800))], {},
        {"a": "500.00", "b": "300.00"}),
    "an order changes one thing after the other": (
        SCHEDULE, [DropMilestone("d"), AddMilestone(EXTRA, before="c"), Reprice("b", eur(350))],
        {"a": eur(300)}, {"a": "300.00", "b": "350.00", "e": "50.00", "c": "100.00"}),
}  # fmt: skip


@pytest.mark.parametrize(("schedule", "changes", "billed", "expected"), WORKED.values(), ids=WORKED)
def test_what_a_change_order_makes_of_the_amounts(
    schedule: Schedule, changes: list[Change], billed: dict[str, Money], expected: dict[str, str]
):
    assert changed(schedule, *changes, billed=billed) == expected


def test_the_units_left_over_go_by_the_policy_of_the_schedule():
    last = attrs.evolve(WEIGHTS, remainder=Remainder.LAST)
    assert changed(last, ChangeTotal(eur("100.03"), CATCH_UP)) == {
        "a": "16.67",
        "b": "33.34",
        "c": "50.02",
    }
    first = attrs.evolve(WEIGHTS, remainder=Remainder.FIRST)
    assert changed(first, ChangeTotal(eur("100.03"), CATCH_UP)) == {
        "a": "16.68",
        "b": "33.34",
        "c": "50.01",
    }


def test_an_order_counts_from_its_own_day():
    after = SCHEDULE.apply(
        order(Reprice("a", eur(350)), DropMilestone("d"), AddMilestone(EXTRA)), billed={}
    )
    before, since = after.agreed_on(may(31)), after.agreed_on(june(1))
    assert (before.total, since.total) == (eur(1000), eur(800))
    assert after.amounts(as_of=may(31)) == SCHEDULE.amounts(as_of=may(31))
    assert [after.amount("e", as_of=day) for day in (may(31), june(1))] == [eur(0), eur(50)]
    assert [after.amount("d", as_of=day) for day in (may(31), june(1))] == [eur(300), eur(0)]
    assert after.original == SCHEDULE
    assert (str(after), str(SCHEDULE)) == (
        "4 milestones over EUR 800.00",
        "4 milestones over EUR 1000.00",
    )


def test_amounts_never_change_again_whatever_is_billed_later():
    once = SCHEDULE.apply(order(ChangeTotal(eur(1300))), billed={"a": eur(300)})
    twice = once.apply(order(ChangeTotal(eur(1400)), number="2", on=june(9)), billed={"b": eur(9)})
    for day in (may(31), june(1), june(8)):
        assert twice.agreed_on(day) == once.agreed_on(day)
    assert twice.agreed_on(june(9)).total == eur(1400)
    assert twice.change_orders[0].billed == (("a", eur(300)),)


def test_two_orders_of_one_day_stand_one_on_the_other():
    once = SCHEDULE.apply(order(Reprice("a", eur(400))), billed={})
    twice = once.apply(order(Reprice("b", eur(1)), number="2"), billed={})
    assert twice.agreed_on(june(1)).total == eur(801)


def test_words_of_a_milestone_change():
    changes = [
        Redate("a", may(20)), Reterm("a", PaymentTerms.net(9)), Retrigger("a", ON_DELIVERY),
    ]  # fmt: skip
    after = SCHEDULE.apply(order(*changes), billed={})
    assert after.milestone("a", as_of=may(31)) == SCHEDULE.milestones[0]
    told = after.milestone("a")
    assert (told.due_on, told.terms, told.trigger) == (may(20), PaymentTerms.net(9), ON_DELIVERY)
    back = after.apply(order(Redate("a", None), Reterm("a", None), number="2"), billed={})
    assert (back.milestone("a").due_on, back.milestone("a").terms) == (None, None)


def test_a_milestone_out_of_its_time_is_the_nearest_that_was_agreed():
    after = SCHEDULE.apply(order(AddMilestone(EXTRA), DropMilestone("d")), billed={})
    assert after.milestone("e", as_of=may(1)) == EXTRA
    assert after.milestone("d", as_of=june(9)) == SCHEDULE.milestones[3]


def test_what_is_dropped_is_waited_for_no_more():
    after = SCHEDULE.apply(order(DropMilestone("b")), billed={})
    assert after.milestone("d").depends_on == ("a",)
    assert after.milestone("d", as_of=may(31)).depends_on == ("a", "b")


def test_a_trigger_counts_from_the_day_of_its_order():
    after = SCHEDULE.record("a", Delivered(on=may(4))).apply(
        order(Retrigger("a", ON_DELIVERY)), billed={}
    )
    assert work_status(after, "a", as_of=may(31)).ready_since is None
    assert work_status(after, "a", as_of=june(1)).ready_since == june(1)


def test_a_milestone_waits_for_its_trigger_since_it_was_agreed():
    added = SCHEDULE.apply(order(AddMilestone(EXTRA)), billed={})
    once = added.apply(order(Retrigger("a", MANUAL), number="2", on=june(3)), billed={})
    again = once.apply(order(Retrigger("a", MANUAL), number="3", on=june(5)), billed={})
    back = again.apply(
        order(Retrigger("a", SCHEDULE.milestones[0].trigger), number="4", on=june(7)), billed={}
    )
    days = (june(2), june(3), june(6), june(7))
    assert [back.waits_since("a", as_of=day) for day in days] == [
        date.min, june(3), june(3), june(7),
    ]  # fmt: skip
    assert [back.waits_since("b", as_of=day) for day in days] == [date.min] * 4
    assert back.waits_since("e", as_of=june(7)) == june(1)
    with pytest.raises(UnknownMilestoneError, match=r"^no milestone has this key: "):
        back.waits_since("x", as_of=june(7))


def test_a_clearance_stands_when_the_milestone_waits_for_something_else():
    manual = SCHEDULE.apply(order(Retrigger("a", MANUAL), on=may(3)), billed={})
    cleared = manual.record("a", Cleared("board", on=may(4)))
    after = cleared.apply(order(Retrigger("a", ON_DELIVERY), number="2"), billed={})
    assert work_status(after, "a", as_of=may(4)).ready_since == may(4)
    assert work_status(after, "a", as_of=june(1)).ready_since is None
    message = "Cleared on 2026-06-02 is impossible for milestone 'a': expected a milestone with"
    with pytest.raises(ImpossibleFactError, match=f"^{message} trigger=MANUAL, got 'on delivery'$"):
        after.record("a", Cleared("board", on=june(2)))


def test_work_on_a_milestone_may_begin_before_it_is_agreed():
    after = SCHEDULE.apply(order(AddMilestone(EXTRA)), billed={})
    done = after.record("e", Delivered(on=may(4)), Approved("client", on=may(6)))
    assert work_status(done, "e", as_of=may(6)).ready_since == may(6)


def test_a_cancelled_milestone_takes_no_part_in_a_new_total():
    cancelled = SCHEDULE.record("d", Cancelled("no budget", on=may(20)))
    assert changed(cancelled, ChangeTotal(eur(1200)), billed={"a": eur(300)})["d"] == "300.00"
    later = SCHEDULE.record("d", Cancelled("no budget", on=june(2)))
    assert changed(later, ChangeTotal(eur(1200)), billed={"a": eur(300)})["d"] == "400.00"


def test_what_was_recorded_later_is_not_known():
    after = SCHEDULE.apply(order(Reprice("a", eur(1)), recorded_on=june(9)), billed={})
    assert as_known_on(after, june(8)) == SCHEDULE
    assert as_known_on(after, june(9)) == after
    plain = SCHEDULE.apply(order(Reprice("a", eur(1))), billed={})
    assert as_known_on(plain, may(31)) == SCHEDULE
    assert as_known_on(plain, june(1)) == plain


def test_what_changes_is_told_line_by_line():
    changes = [
        DropMilestone("c"), Reprice("a", eur(350)), AddMilestone(EXTRA_FREE), Redate("d", may(20)),
    ]  # fmt: skip
    told = compare(SCHEDULE, SCHEDULE.apply(order(*changes), billed={}))
    assert [(line.key, line.difference.amount, line.changed) for line in told] == [
        ("a", 50, ()),
        ("d", 0, ("due_on",)),
        ("e", 50, tuple(name for name in told[2].changed)),
        ("c", -100, tuple(name for name in told[3].changed)),
    ]
    assert (told[2].before, told[3].after) == (None, None)
    assert compare(SCHEDULE, SCHEDULE) == ()


def test_an_order_reads():
    assert str(order(Reprice("a", eur(1)))) == "change order 1 of 2026-06-01: scope"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(ChangeTotal(eur(1300)), id="divided anew"),
        pytest.param(ChangeTotal(eur(1300), CATCH_UP), id="caught up"),
        pytest.param(Reprice("a", eur(0)), id="worth nothing"),
        pytest.param(DropMilestone("a"), id="dropped"),
        pytest.param(AddMilestone(EXTRA), id="another one added"),
    ],
)
def test_a_milestone_of_which_nothing_is_billed_may_be_named_or_left_out(change: Change):
    named = SCHEDULE.apply(order(change), billed={"a": eur(0)})
    assert named == SCHEDULE.apply(order(change), billed={})
    assert named.change_orders[0].billed == ()
