"""An invoice that is issued and recorded on step by step is the one that is built at once."""

import copy
import pickle
from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from milestone_invoicing import (
    REST,
    Currency,
    EventOccurred,
    Installment,
    Invoice,
    InvoiceFact,
    Money,
    Payment,
    PaymentTerms,
    Percent,
    Reversed,
    issue,
    totals,
)
from milestone_invoicing.errors import MilestoneInvoicingError
from tests.properties.documents import documents
from tests.properties.receivable_items import day, days, facts_about, issued_invoices

WAITING = PaymentTerms([Installment(Percent(40)), Installment(REST, after="delivery")])
DELIVERY = EventOccurred("delivery", on=day(30))
EVENTS = [
    DELIVERY,
    EventOccurred("delivery", on=day(-5)),
    EventOccurred("nothing", on=day(3)),
    Reversed(DELIVERY, "by mistake", on=day(40)),
    Payment(Money(1, Currency.of("EUR")), on=day(8)),
]


@st.composite
def drafts(draw: st.DrawFn) -> Invoice:
    """Return drafts with any mix of parts, some of which wait for an event that may be there."""
    draft = draw(documents())
    held = draw(st.none() | st.just(Money(draft.payable.minor // 10, draft.currency)))
    terms = draw(st.sampled_from([PaymentTerms.net(30), WAITING]))
    preceding = draw(st.sampled_from([(), ("7",)]))
    return attrs.evolve(draft, held=held, terms=terms, preceding=preceding)


def outcome(made: Callable[..., Invoice], *args: Any, **parts: Any) -> Invoice | tuple[type, str]:
    """Return the invoice, or how it is refused."""
    try:
        return made(*args, **parts)
    except MilestoneInvoicingError as error:
        return type(error), str(error)


def everything(invoice: Invoice) -> tuple[object, ...]:
    """Return all that an invoice says of itself."""
    claim = invoice.claim
    offers = () if claim is None else claim.offers(invoice.facts)
    known = (str(invoice), repr(invoice), hash(invoice), invoice.is_draft, invoice.currency)
    figures = (totals(invoice), invoice.payable_now, invoice.reducible, invoice.entries)
    return (invoice, *known, *figures, claim, offers, invoice.installments)


def assert_same(step: Invoice, at_once: Invoice) -> None:
    """Say that two invoices are one in all that can be told of them, as are their copies."""
    assert everything(step) == everything(at_once)
    for copied in (pickle.loads(pickle.dumps(step)), copy.copy(step), copy.deepcopy(step)):
        assert type(copied) is Invoice
        assert everything(copied) == everything(at_once)


@given(st.data())
def test_recording_facts_one_by_one_equals_constructing_with_all_of_them(data: st.DataObject):
    invoice = data.draw(issued_invoices(negative=True))
    for _ in range(data.draw(st.integers(1, 6))):
        fact = data.draw(facts_about(invoice, recorded_on=None))
        at_once = outcome(attrs.evolve, invoice, facts=(*invoice.facts, fact))
        step = outcome(invoice.record, fact)
        assert step == at_once
        if isinstance(step, Invoice) and isinstance(at_once, Invoice):
            invoice = step
            assert_same(step, at_once)


@given(drafts(), st.lists(st.sampled_from(EVENTS), max_size=3), days(0, 20))
def test_issuing_a_draft_equals_constructing_with_number_and_date(
    draft: Invoice, events: list[InvoiceFact], on: date
):
    for event in events:
        at_once = outcome(attrs.evolve, draft, facts=(*draft.facts, event))
        assert outcome(draft.record, event) == at_once
        draft = at_once if isinstance(at_once, Invoice) else draft
    for number in ("7", "8"):
        at_once = outcome(attrs.evolve, draft, number=number, issued_on=on)
        issued = outcome(issue, draft, number=number, on=on)
        assert issued == at_once
        if isinstance(issued, Invoice) and isinstance(at_once, Invoice):
            assert_same(issued, at_once)
