"""The laws of credit notes of bills of which tax is withheld, however the credit is divided."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    Adjustment,
    CreditEffect,
    EarlyDiscount,
    Invoice,
    Line,
    Money,
    Payment,
    PaymentTerms,
    Refunded,
    Tax,
    Withheld,
    apply_credit,
    credit_note,
    discount_state,
    invoice_status,
    issue,
    record,
)
from milestone_invoicing.errors import CreditError
from tests.properties.receivable_items import PARTIES, day
from tests.properties.settled_bills import EUR


@st.composite
def withholding_bills(draw: st.DrawFn) -> Invoice:
    """Return bills with tax, of which some is withheld, with an early discount or without."""
    line = Line(
        "Work",
        1,
        Money(draw(st.integers(1, 10**6)), EUR),
        tax=Tax.standard(draw(st.sampled_from([7, 19, 21]))),
    )
    percent = draw(st.sampled_from([0, 2, 3]))
    terms = PaymentTerms.net(30, discounts=[EarlyDiscount(percent, 10)] if percent else [])
    part = Money(draw(st.integers(0, line.net.minor // 2)), EUR)
    withheld = [Adjustment(part, reason="x")] if part else []
    return Invoice("1", day(0), PARTIES[0], [line], terms=terms, withheld=withheld)


def credited(known: tuple[Invoice, ...], parts: list[int]) -> tuple[Invoice, ...]:
    """Credit so much net, part by part: set against the bill as far as that goes, else paid out."""
    net = known[0].totals.tax_exclusive.minor
    for place, part in enumerate(parts):
        if not min(part, net):
            break
        draft = credit_note(
            known[0],
            effect=CreditEffect.PRICE_REDUCTION,
            as_of=day(6),
            invoices=known,
            net=Money(min(part, net), EUR),
        )
        net -= min(part, net)
        known = (*known, issue(draft, number=f"N{place}", on=day(6)))
        try:
            known = apply_credit(known, f"N{place}", "1", on=day(6))
        except CreditError:  # nothing is outstanding but what is to be certified
            assert not invoice_status(known[0], as_of=day(6)).to_chase
        back = invoice_status(known[-1], as_of=day(6)).unapplied
        if back:
            known = record(known, f"N{place}", Refunded(back, on=day(6)))
    return known


@given(withholding_bills(), st.booleans(), st.lists(st.integers(1, 10**6), max_size=4))
def test_what_is_credited_leaves_its_part_of_the_cash_and_of_the_certificate(
    bill: Invoice, pays: bool, parts: list[int]
):
    settles = discount_state(bill, as_of=day(5)).settles
    paid = [Payment(settles, on=day(5))] if pays and settles else []
    first, *notes = known = credited(record((bill,), "1", *paid), parts)
    net = Fraction(-sum(note.totals.tax_inclusive.minor for note in notes), bill.payable.minor)
    status = invoice_status(first, as_of=day(6))
    waiting = (status.open - status.to_chase).minor
    assert abs(waiting - bill.totals.withheld.minor * (1 - net)) <= 1
    if paid:
        assert not status.to_chase
        refunds = (fact for note in notes for fact in note.facts if isinstance(fact, Refunded))
        kept = settles.minor - sum(fact.amount.minor for fact in refunds)
        assert abs(kept - settles.minor * (1 - net)) <= 1
    if status.open:
        certified = record(known, "1", Withheld(status.open, on=day(7)))
        assert not invoice_status(certified[0], as_of=day(7)).open
