"""The laws of recording facts: however they come, each is judged by all before it."""

from collections.abc import Callable, Sequence
from datetime import date
from operator import attrgetter

import attrs
from hypothesis import given

from milestone_invoicing import (
    Applied,
    Credited,
    DueDateExtended,
    Invoice,
    InvoiceFact,
    Recovered,
    Refunded,
    Withheld,
    WrittenOff,
    due_items,
)
from milestone_invoicing.billing.history.balance import left_over
from milestone_invoicing.billing.history.claim import Claim
from milestone_invoicing.billing.history.fact_checks import (
    check_invoice_facts,
    check_new_facts,
    releasable,
    room_for,
)
from milestone_invoicing.billing.history.filling import fill, paid_by_day
from milestone_invoicing.errors import ImpossibleFactError, NothingToReverseError
from milestone_invoicing.facts import standing
from tests.properties.receivable_items import days
from tests.properties.recorded_bills import recorded_bills
from tests.properties.slow_checks import (
    check_slowly,
    left_over_slowly,
    releasable_slowly,
    room_slowly,
)
from tests.properties.slow_filling import COLUMNS, SlowFilling
from tests.unit.bills import claim_of

RECORDED = recorded_bills()
SETTLING = (Credited, Withheld, WrittenOff, Recovered, Applied, Refunded)
AS_OF = days(0, 40)


def refusal(check: Callable[[], None]) -> tuple[type, str] | None:
    """Return the error of a check and what it says; None if nothing is refused."""
    try:
        check()
    except (ImpossibleFactError, NothingToReverseError) as error:
        return type(error), str(error)
    return None


def accepted(claim: Claim, facts: Sequence[InvoiceFact]) -> list[InvoiceFact]:
    """Return those of *facts* that can be recorded, one after the other."""
    told: list[InvoiceFact] = []
    for fact in facts:
        if refusal(lambda new=[fact]: check_new_facts(told, new, claim)) is None:
            told.append(fact)
    return told


@given(RECORDED)
def test_a_fact_is_refused_in_the_words_of_a_check_of_all_facts_anew(
    drawn: tuple[Invoice, list[InvoiceFact]],
):
    bill, facts = drawn
    claim = claim_of(bill)
    told: list[InvoiceFact] = []
    for fact in facts:
        slow = refusal(lambda each=[*told, fact]: check_slowly(each, claim))
        assert refusal(lambda new=[fact]: check_new_facts(told, new, claim)) == slow
        assert refusal(lambda each=[*told, fact]: check_invoice_facts(each, claim)) == slow
        if slow is None:
            told.append(fact)


@given(RECORDED)
def test_facts_recorded_one_by_one_make_the_invoice_that_is_made_with_all_of_them(
    drawn: tuple[Invoice, list[InvoiceFact]],
):
    bill, facts = drawn
    told = accepted(claim_of(bill), facts)
    one_by_one = bill
    for fact in told:
        one_by_one = one_by_one.record(fact)
    assert one_by_one == attrs.evolve(bill, facts=told) == bill.record(*told)


@given(RECORDED, AS_OF)
def test_what_instalments_got_is_what_laying_out_all_money_anew_gives_them(
    drawn: tuple[Invoice, list[InvoiceFact]], as_of: date
):
    bill, facts = drawn
    claim = claim_of(bill)
    stands = standing(accepted(claim, facts), as_of)
    assert left_over(claim, stands, as_of) == left_over_slowly(claim, stands, as_of)
    if claim.payable.minor < 0:
        return
    slow, got = SlowFilling(claim, stands), fill(claim, stands)
    columns = attrgetter(*COLUMNS)
    assert (got.parts, columns(got)) == (slow.parts, tuple(map(tuple, slow.columns.values())))
    assert (got.excess, got.retained) == (slow.excess, slow.retained)
    assert got.open == slow.outstanding - slow.retained
    assert dict(paid_by_day(claim, stands)) == slow.paid_by_day
    assert all(
        sum(fill(claim, known).left) == SlowFilling(claim, known).outstanding
        for day in slow.paid_by_day
        for known in [standing(stands, day)]
    )


@given(RECORDED, AS_OF)
def test_what_is_there_for_another_fact_is_what_each_later_day_leaves_it(
    drawn: tuple[Invoice, list[InvoiceFact]], as_of: date
):
    bill, facts = drawn
    claim = claim_of(bill)
    told = accepted(claim, facts)
    assert releasable(claim, told, as_of).minor == releasable_slowly(claim, told, as_of)
    for kind in SETTLING:
        for target in (None, "1", "2"):
            room = room_for(kind, claim, told, as_of, target).minor
            assert room == room_slowly(kind, claim, told, as_of, target), (kind, target)


@given(RECORDED, AS_OF)
def test_the_last_extension_that_gives_an_instalment_more_time_has_the_word(
    drawn: tuple[Invoice, list[InvoiceFact]], as_of: date
):
    bill, facts = drawn
    claim = claim_of(bill)
    told = bill.record(*accepted(claim, facts))
    stands = standing(told.facts, as_of)
    for item in due_items(told, as_of=as_of):
        place, reached = item.installment - 1, None
        for known, extension in enumerate(stands):
            if not isinstance(extension, DueDateExtended):
                continue
            due_on = item.agreed_on if item.plan in stands[:known] else None
            if item.plan is None:
                due_on = claim.parts(stands, extension.on)[place].due_on
            chosen = extension.installment in {None, item.installment}
            if chosen and due_on is not None and extension.until > due_on:
                reached = extension
        assert item.extension == reached
        assert item.due_on == (reached.until if reached else item.agreed_on)
