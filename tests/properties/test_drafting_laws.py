"""The laws of billing a milestone in steps."""

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    ON_SIGNING,
    REST,
    Invoice,
    Milestone,
    Money,
    Party,
    Percent,
    Rounding,
    Schedule,
    draft_invoice,
    issue,
    milestone_billing,
)
from milestone_invoicing.errors import OverbillingError
from milestone_invoicing.testing import moneys, percents
from tests.properties.receivable_items import day

BUYER = Party("acme", "Acme")
AMOUNTS = moneys(currency="EUR", min_minor=1, max_minor=10**6)
STEPS = st.lists(percents(min_points=Fraction(1, 10)), max_size=6).map(
    lambda found: [*sorted(found, key=lambda step: step.fraction), Percent(100)]
)


def contract(amount: Money) -> Schedule:
    milestones = [Milestone("m", "All", REST, trigger=ON_SIGNING)]
    return Schedule(amount, milestones, signed_on=day(0))


def billed(amount: Money, steps: Sequence[Percent], on: Sequence[int]) -> list[Invoice]:
    """Return the bills up to each step; a step that adds nothing is passed over."""
    invoices: list[Invoice] = []
    for number, (step, when) in enumerate(zip(steps, on, strict=True)):
        try:
            draft = draft_invoice(
                contract(amount), "m", invoices=invoices, as_of=day(when), buyer=BUYER, up_to=step
            )
        except OverbillingError:
            continue
        invoices.append(issue(draft, number=str(number), on=day(when)))
    return invoices


@given(AMOUNTS, STEPS)
def test_steps_up_to_a_hundred_percent_bill_the_milestone_to_the_unit(
    amount: Money, steps: list[Percent]
):
    invoices = billed(amount, steps, range(len(steps)))
    assert sum(invoice.payable for invoice in invoices) == amount
    assert milestone_billing(
        contract(amount), "m", invoices, as_of=day(99)
    ).not_yet_invoiced == Money.zero("EUR")


@given(AMOUNTS, STEPS)
def test_after_each_step_its_percentage_is_billed_rounded_half_up(
    amount: Money, steps: list[Percent]
):
    for count, step in enumerate(steps, start=1):
        invoices = billed(amount, steps[:count], range(count))
        total = Money.total((invoice.payable for invoice in invoices), currency="EUR")
        assert total == amount.times(step, rounding=Rounding.HALF_UP)


@given(AMOUNTS, st.data())
def test_bills_dated_in_any_order_never_bill_more_than_agreed(amount: Money, data: st.DataObject):
    steps = data.draw(st.lists(percents(min_points=1), min_size=1, max_size=5))
    on = data.draw(st.lists(st.integers(0, 9), min_size=len(steps), max_size=len(steps)))
    invoices = billed(amount, steps, on)
    for when in range(10):
        terms = milestone_billing(contract(amount), "m", invoices, as_of=day(when))
        assert terms.invoiced + terms.not_yet_invoiced == amount
        assert Money.zero("EUR") <= terms.invoiced <= amount


@given(AMOUNTS, st.data())
def test_portions_bill_what_they_say_until_the_rest_is_billed_whole(
    amount: Money, data: st.DataObject
):
    invoices: list[Invoice] = []
    left = amount.minor
    for number in range(data.draw(st.integers(0, 4))):
        part = Money(data.draw(st.integers(1, max(left, 1))), amount.currency)
        if part.minor > left:
            break
        draft = draft_invoice(
            contract(amount), "m", invoices=invoices, as_of=day(1), buyer=BUYER, portion=part
        )
        assert draft.payable == part
        invoices.append(issue(draft, number=str(number), on=day(1)))
        left -= part.minor
    if left:
        rest = draft_invoice(contract(amount), "m", invoices=invoices, as_of=day(1), buyer=BUYER)
        assert rest.payable.minor == left
