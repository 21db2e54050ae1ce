"""What a contract finds by key: what ``record`` and ``apply`` check, and what they leave alone."""

from datetime import date
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    MANUAL,
    ON_DELIVERY,
    REST,
    AddMilestone,
    ChangeOrder,
    ChangeTotal,
    Cleared,
    Delivered,
    DropMilestone,
    DueRule,
    EventOccurred,
    Installment,
    Milestone,
    Money,
    PaymentTerms,
    Percent,
    ProgressReported,
    Redate,
    Retrigger,
    Reversed,
    Schedule,
    compare,
)
from milestone_invoicing.contract.work_standing import work_days
from milestone_invoicing.errors import ImpossibleFactError, NothingToReverseError
from tests.unit.bills import eur, may


def waits_for(event: str) -> PaymentTerms:
    return PaymentTerms([Installment(Percent(100), DueRule(()), after=event)])


PLAIN = Schedule(
    eur(900),
    [
        Milestone("a", "Audit", eur(300), trigger=MANUAL, terms=waits_for("go-live")),
        Milestone("b", "Build", REST, depends_on=["a"]),
    ],
    terms=waits_for("acceptance"),
)


def order(number: str, *changes: Any, on: date) -> ChangeOrder:
    return ChangeOrder(number, changes, on=on, reason="scope")


@pytest.mark.parametrize("day", [4, 5, 6])
def test_a_new_trigger_goes_with_clearances_before_its_day_alone(day: int):
    cleared = PLAIN.record("a", Cleared("Eve", on=may(5)))
    change = order("1", Retrigger("a", ON_DELIVERY), on=may(day))
    if day > 5:
        assert cleared.apply(change, billed={}).milestone("a").trigger is ON_DELIVERY
        return
    with pytest.raises(ImpossibleFactError, match=r"^Cleared on 2026-05-05 is impossible for mil"):
        cleared.apply(change, billed={})


def test_a_late_fact_is_checked_with_those_that_follow_it():
    delivered = PLAIN.record("b", Delivered(on=may(5)))
    late = ProgressReported(Percent(40), on=may(4))
    assert delivered.record("b", late).facts_of("b") == (Delivered(on=may(5)), late)
    with pytest.raises(ImpossibleFactError, match=r"^Delivered on 2026-05-05 is impossible"):
        delivered.record("b", Delivered(on=may(4)))


def test_events_may_be_recorded_late():
    late, early = EventOccurred("acceptance", on=may(4)), EventOccurred("go-live", on=may(6))
    both = PLAIN.record_event(early).record_event(late)
    assert both.happened(as_of=may(5)) == {"acceptance": may(4)}
    assert both.happened(as_of=may(6)) == {"acceptance": may(4), "go-live": may(6)}
    back = Reversed(early, "postponed", on=may(7))
    assert both.record_event(back).happened(as_of=may(7)) == {"acceptance": may(4)}
    with pytest.raises(NothingToReverseError, match=r"^there is nothing to reverse: .*2026-05-05"):
        both.record_event(attrs.evolve(back, on=may(5)))


def test_what_is_agreed_by_key_cannot_be_changed():
    agreed: Any = PLAIN.agreed_on(may(4))
    assert agreed.by_key == {"a": eur(300), "b": eur(600)}
    assert agreed.places == {"a": 0, "b": 1}
    for found in (agreed.by_key, agreed.places):
        with pytest.raises(TypeError, match="does not support item assignment"):
            found["a"] = None


def test_places_follow_what_is_added_before_and_dropped():
    new = AddMilestone(Milestone("new", "New", eur(50), depends_on=["a"]), before="b")
    more = PLAIN.apply(order("1", new, on=may(4)), billed={})
    less = more.apply(order("2", DropMilestone("a"), on=may(5)), billed={})
    assert [*more.agreed_on(may(4)).places.items()] == [("a", 0), ("new", 1), ("b", 2)]
    assert [*less.agreed_on(may(5)).places.items()] == [("new", 0), ("b", 1)]
    assert [each.depends_on for each in less.agreed_on(may(5)).milestones] == [(), ()]
    assert [change.key for change in compare(more, less)] == ["new", "b", "a"]


@attrs.frozen
class Careful(Schedule):
    """A schedule of a user's own, which takes no facts of a day off."""

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        if any(each.fact.on == may(1) for each in self.facts):
            raise ImpossibleFactError("nobody works on May 1", expected="a working day", got=may(1))


def test_a_kind_of_schedule_of_a_users_own_keeps_its_checks():
    schedule = Careful(PLAIN.total, PLAIN.milestones, terms=PLAIN.terms)
    assert isinstance(schedule.record("b", Delivered(on=may(2))), Careful)
    with pytest.raises(ImpossibleFactError, match=r"^nobody works on May 1"):
        schedule.record("b", Delivered(on=may(1)))


def test_a_milestone_may_stand_otherwise_only_on_days_of_its_own_or_of_those_before_it():
    schedule = PLAIN.record("a", Cleared("Eve", on=may(5))).record("b", Delivered(on=may(6)))
    schedule = schedule.apply(order("1", Redate("b", may(20)), on=may(7)), billed={})
    assert work_days(schedule, "a") == {may(5)}
    assert work_days(schedule, "b") == work_days(schedule) == {may(5), may(6), may(7), may(21)}


def test_a_new_total_is_a_day_of_all_that_it_divides_anew():
    schedule = PLAIN.apply(order("1", ChangeTotal(Money.of(950, "EUR")), on=may(7)), billed={})
    assert work_days(schedule, "a") == set()
    assert work_days(schedule, "b") == {may(7)}
