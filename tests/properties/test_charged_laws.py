"""The laws of late charges once a plan is agreed, or charges were billed or paid before."""

from datetime import date
from fractions import Fraction

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    Invoice,
    LateCharged,
    LatePolicy,
    Money,
    PlanAgreed,
    Reversed,
    late_charge,
    payment_plan,
)
from milestone_invoicing.errors import ImpossibleFactError
from tests.properties.collected_bills import collected_bills
from tests.properties.late_bills import late_bills, policies, yen
from tests.properties.receivable_items import days
from tests.properties.settled_bills import EUR

AS_OF = days(-5, 120)
FORTY = Money.of(40, EUR)
grace = st.sampled_from([0, 0, 3])


def without_plans(invoice: Invoice) -> Invoice:
    facts = [
        fact
        for fact in invoice.facts
        if not isinstance(fact.fact if isinstance(fact, Reversed) else fact, PlanAgreed)
    ]
    return attrs.evolve(invoice, facts=facts)


def compensations(invoice: Invoice, days_of_grace: int, as_of: date) -> int:
    policy = LatePolicy(0, compensation=FORTY, grace_days=days_of_grace)
    found, rest = divmod(late_charge(invoice, policy, as_of=as_of).compensation.minor, FORTY.minor)
    assert not rest
    return found


@given(collected_bills(), grace, AS_OF)
def test_a_plan_makes_no_compensation(invoice: Invoice, days_of_grace: int, as_of: date):
    without = compensations(without_plans(invoice), days_of_grace, as_of)
    assert compensations(invoice, days_of_grace, as_of) <= without <= len(invoice.installments)


@given(collected_bills(), grace, AS_OF, st.integers(0, 60))
def test_a_plan_removes_no_compensation(
    invoice: Invoice, days_of_grace: int, as_of: date, more: int
):
    later = date.fromordinal(as_of.toordinal() + more)
    assert compensations(invoice, days_of_grace, as_of) <= compensations(
        invoice, days_of_grace, later
    )


@given(late_bills(max_facts=0), st.integers(1, 5), days(10, 90), st.integers(0, 60))
def test_a_plan_of_which_all_is_missed_leaves_compensation_as_it_is(
    invoice: Invoice, parts: int, on: date, wait: int
):
    assume(invoice.payable.minor >= parts)
    first = date.fromordinal(on.toordinal() + wait)
    planned = invoice.record(payment_plan(invoice, parts, on=on, first_due_on=first))
    policy, at_last = LatePolicy(0, compensation=yen(40)), date(2027, 12, 31)
    assert (
        late_charge(planned, policy, as_of=at_last).compensation
        == late_charge(invoice, policy, as_of=at_last).compensation
    )


def told(invoice: Invoice, found: list[tuple[int, date]]) -> Invoice:
    """Return an invoice on which those of some charges are recorded that can be."""
    for minor, on in found:
        try:
            invoice = invoice.record(LateCharged(yen(minor), on=on))
        except ImpossibleFactError:
            continue
    return invoice


charges = st.lists(st.tuples(st.integers(1, 500), AS_OF), max_size=3)


@given(late_bills(), policies(), AS_OF, charges)
def test_what_was_charged_is_deducted_and_nothing_else_changes(
    invoice: Invoice, policy: LatePolicy, as_of: date, found: list[tuple[int, date]]
):
    before = late_charge(invoice, policy, as_of=as_of)
    billed = told(invoice, found)
    after = late_charge(billed, policy, as_of=as_of)
    recorded = [fact for fact in billed.facts if isinstance(fact, LateCharged)]
    assert after.charged.minor == sum(each.amount.minor for each in recorded if each.on <= as_of)
    assert after.total == before.total - after.charged
    assert after.total == after.costs_left + after.interest_left
    assert attrs.evolve(after, charged=yen(0), reasons=()) == attrs.evolve(before, reasons=())


@given(late_bills(), policies(), AS_OF, charges, st.integers(1, 3))
def test_interest_that_was_charged_bears_no_more_than_that(
    invoice: Invoice, policy: LatePolicy, as_of: date, found: list[tuple[int, date]], months: int
):
    compound = attrs.evolve(policy, compound_months=months)

    def interest(invoice: Invoice, policy: LatePolicy) -> Fraction:
        return late_charge(invoice, policy, as_of=as_of).exact_interest

    simple, whole = interest(invoice, policy), interest(invoice, compound)
    assert simple <= interest(told(invoice, found), compound) <= whole


@given(late_bills(), policies(), AS_OF, charges, st.integers(1, 3))
def test_the_reasons_of_compounded_interest_add_up(
    invoice: Invoice, policy: LatePolicy, as_of: date, found: list[tuple[int, date]], months: int
):
    compound = attrs.evolve(policy, compound_months=months)
    charge = late_charge(told(invoice, found), compound, as_of=as_of)
    parts = [int(str(reason).rsplit(" ", 1)[1]) for reason in charge.reasons]
    before = parts.pop() if charge.charged else 0
    assert sum(parts) == charge.interest.minor
    assert sum(parts) - before == charge.total.minor
