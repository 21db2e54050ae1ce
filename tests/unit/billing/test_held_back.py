"""A milestone that waits for others is not drafted, and the refusal says what is missing."""

import re

import attrs
import pytest

from milestone_invoicing import (
    ON_SIGNING,
    AcceptedAfter,
    DependencyPolicy,
    DropMilestone,
    Fact,
    Invoice,
    Milestone,
    Percent,
    Schedule,
    draft_invoice,
)
from milestone_invoicing.errors import NotReadyError
from tests.unit.bills import ACME, eur, may
from tests.unit.orders import order
from tests.unit.work import approve, cancel, deliver, reject

FLAG, REFUSE = DependencyPolicy
TEN = AcceptedAfter(10)


def contract(policy: DependencyPolicy = REFUSE, **facts: tuple[Fact, ...]) -> Schedule:
    schedule = Schedule(
        eur(900),
        [
            Milestone("a", "A", Percent(30), accepted_after=TEN),
            Milestone("b", "B", Percent(30)),
            Milestone("c", "C", Percent(40), depends_on=["b", "a"], trigger=ON_SIGNING),
        ],
        dependencies=policy,
        signed_on=may(1),
    )
    for key, some in facts.items():
        schedule = schedule.record(key, *some)
    return schedule


def draft(schedule: Schedule, day: int) -> Invoice:
    return draft_invoice(schedule, "c", invoices=[], as_of=may(day), buyer=ACME)


BOTH = "record Delivered(on=...) and Approved(by, on=...)"
REFUSED = {
    "nothing happened": (
        {}, ("'b' and 'a' approved first, got 'b' planned and 'a' planned; "
             f"{BOTH} for 'b'; {BOTH} for 'a'")),
    "one delivered": (
        {"a": (deliver(4),), "b": (deliver(5), approve(6))},
        "'a' approved first, got 'a' delivered; record Approved(by, on=...) for 'a'"),
    "one rejected": (
        {"a": (deliver(4), reject(5)), "b": (cancel(5),)},
        f"'a' approved first, got 'a' rejected; {BOTH} for 'a'"),
}  # fmt: skip


@pytest.mark.parametrize(("facts", "rest"), REFUSED.values(), ids=REFUSED)
def test_the_refusal_names_what_comes_first(facts: dict[str, tuple[Fact, ...]], rest: str):
    message = f"milestone 'c' may not be invoiced on 2026-05-13: expected {rest}"
    with pytest.raises(NotReadyError, match=f"^{re.escape(message)}$"):
        draft(contract(**facts), 13)


def test_it_is_drafted_on_the_day_on_which_nothing_comes_first_any_more():
    silent = contract(a=(deliver(4),), b=(deliver(5), approve(6)))
    assert draft(silent, 14).payable == eur(360)
    dropped = contract(a=(deliver(4),)).apply(order(DropMilestone("b"), on=may(20)), billed={})
    with pytest.raises(NotReadyError, match="expected 'b' approved first, got 'b' planned"):
        draft(dropped, 19)
    assert draft(dropped, 20).payable == eur(360)


def test_where_it_is_only_said_it_is_drafted():
    assert draft(contract(FLAG), 1).payable == eur(360)


def test_its_own_trigger_is_asked_for_once_nothing_comes_first():
    settled = contract(a=(cancel(4),), b=(cancel(4),), c=(cancel(5),))
    message = r"expected its trigger \(on signing\), got a milestone that is cancelled$"
    with pytest.raises(NotReadyError, match=message):
        draft(settled, 9)
    cancelled = contract(c=(cancel(5),))
    with pytest.raises(NotReadyError, match=message):
        draft(cancelled, 9)


def test_without_the_policy_only_its_own_trigger_is_asked_for():
    unsigned = attrs.evolve(contract(FLAG), signed_on=None)
    with pytest.raises(NotReadyError, match=r"expected its trigger \(on signing\), got a mile"):
        draft(unsigned, 1)
