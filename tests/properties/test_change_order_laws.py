"""The laws of change orders: what is billed stands, amounts sum up, and the past stays."""

from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    AddMilestone,
    Change,
    ChangeOrder,
    ChangeTotal,
    DropMilestone,
    Milestone,
    Money,
    Percent,
    Remainder,
    Reprice,
    Schedule,
    TotalPolicy,
    Weight,
    compare,
)
from milestone_invoicing.errors import BelowInvoicedError, ChangeOrderError, RemainderSignError
from tests.properties.receivable_items import day

KEYS = "abcd"
Billed = dict[str, Money]


def eur(minor: int) -> Money:
    return Money.of(0, "EUR") + Money(minor, Money.of(0, "EUR").currency)


@st.composite
def contracts(draw: st.DrawFn) -> tuple[Schedule, Billed]:
    """Return schedules with shares of all kinds, and what is billed of each milestone."""
    total = draw(st.integers(0, 10**7))
    fixed = draw(st.integers(0, total))
    points = draw(st.integers(0, 100 * (total - fixed) // total if total else 0))
    shares = [eur(fixed), Percent(points), Weight(1), Weight(draw(st.integers(1, 5)))]
    milestones = [Milestone(key, key, share) for key, share in zip(KEYS, shares, strict=True)]
    remainder = draw(st.sampled_from([Remainder.LARGEST, Remainder.FIRST, Remainder.LAST]))
    schedule = Schedule(eur(total), milestones, remainder=remainder)
    amounts = schedule.amounts(as_of=day(0))
    billed = {
        key: eur(draw(st.integers(0, amount.minor)))
        for key, amount in zip(KEYS, amounts, strict=True)
    }
    return schedule, billed


def changes() -> st.SearchStrategy[Change]:
    amounts = st.integers(0, 2 * 10**7).map(eur)
    keys = st.sampled_from(KEYS)
    return st.one_of(
        st.builds(ChangeTotal, amounts, st.sampled_from(TotalPolicy)),
        st.builds(Reprice, keys, amounts),
        st.builds(DropMilestone, keys),
        amounts.map(lambda amount: AddMilestone(Milestone("new", "New", amount))),
    )


def changed(schedule: Schedule, billed: Billed, change: Change) -> Schedule:
    """Return the schedule as changed on day 9; a change that cannot be made is left out."""
    order = ChangeOrder("1", [change], on=day(9), reason="scope")
    try:
        return schedule.apply(order, billed=billed)
    except (BelowInvoicedError, ChangeOrderError, RemainderSignError):
        assume(False)
        raise


@given(contracts(), changes())
def test_nothing_is_worth_less_than_what_is_billed_of_it(
    contract: tuple[Schedule, Billed], change: Change
):
    schedule, billed = contract
    amounts = changed(schedule, billed, change).agreed_on(day(9)).by_key
    assert all(amount.minor >= 0 for amount in amounts.values())
    assert all(amounts[key] >= amount for key, amount in billed.items() if amount.minor)


@given(contracts(), st.integers(0, 2 * 10**7).map(eur), st.sampled_from(TotalPolicy))
def test_the_amounts_sum_to_a_new_total(
    contract: tuple[Schedule, Billed], total: Money, policy: TotalPolicy
):
    schedule, billed = contract
    after = changed(schedule, billed, ChangeTotal(total, policy)).agreed_on(day(9))
    assert after.total == total
    assert after.by_key["a"] == schedule.amount("a", as_of=day(0))  # fixed amounts stand


@given(contracts())
def test_the_same_total_again_changes_nothing(contract: tuple[Schedule, Billed]):
    schedule, billed = contract
    after = changed(schedule, billed, ChangeTotal(schedule.total))
    assert after.amounts(as_of=day(9)) == schedule.amounts(as_of=day(9))
    assert compare(schedule, after) == ()


@given(contracts(), st.integers(0, 10**7))
def test_a_higher_total_takes_a_unit_of_rounding_at_most(
    contract: tuple[Schedule, Billed], more: int
):
    schedule, billed = contract
    after = changed(schedule, billed, ChangeTotal(schedule.total + eur(more)))
    pairs = zip(after.amounts(as_of=day(9)), schedule.amounts(as_of=day(9)), strict=True)
    assert all(new.minor >= old.minor - 1 for new, old in pairs)


@given(contracts(), changes())
def test_the_past_stays_as_it_was(contract: tuple[Schedule, Billed], change: Change):
    schedule, billed = contract
    after = changed(schedule, billed, change)
    for earlier in (day(-100), day(0), day(9) - timedelta(1)):
        assert after.agreed_on(earlier) == schedule.agreed_on(earlier)
    assert after.original == schedule


@given(contracts(), changes(), changes())
def test_a_later_order_moves_no_earlier_amount(
    contract: tuple[Schedule, Billed], first: Change, second: Change
):
    schedule, billed = contract
    once = changed(schedule, billed, first)
    order = ChangeOrder("2", [second], on=day(12), reason="more")
    try:
        twice = once.apply(order, billed={})
    except (ValueError, LookupError):
        return
    assert twice.agreed_on(day(11)) == once.agreed_on(day(11))
    assert twice.change_orders[0] == once.change_orders[0]


@given(contracts(), changes())
def test_the_differences_told_sum_to_that_of_the_totals(
    contract: tuple[Schedule, Billed], change: Change
):
    schedule, billed = contract
    after = changed(schedule, billed, change)
    told = Money.total(
        (line.difference for line in compare(schedule, after)), currency=schedule.total.currency
    )
    assert told == after.agreed_on(day(9)).total - schedule.total
    back = {line.key: line.difference for line in compare(after, schedule)}
    assert back == {line.key: -line.difference for line in compare(schedule, after)}


@given(contracts(), st.integers(0, 2 * 10**7).map(eur), st.sampled_from(TotalPolicy))
def test_what_to_credit_first_makes_room(
    contract: tuple[Schedule, Billed], total: Money, policy: TotalPolicy
):
    schedule, billed = contract
    order = ChangeOrder("1", [ChangeTotal(total, policy)], on=day(9), reason="scope")
    credit = eur(0)
    try:
        schedule.apply(order, billed=billed)
    except BelowInvoicedError as error:
        credit = error.credit
    except ChangeOrderError:
        return
    assert isinstance(credit, Money)
    assert 0 <= credit.minor <= sum(amount.minor for amount in billed.values())
