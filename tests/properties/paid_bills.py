"""Draws some invoices of one client with a history, and payments to set against them."""

import attrs
from hypothesis import strategies as st

from milestone_invoicing import (
    AppliedPayment,
    Invoice,
    Money,
    PaymentOrder,
    apply_payment,
)
from tests.properties.collected_bills import collected_bills
from tests.properties.discounted_bills import told_with_discounts
from tests.properties.receivable_items import PARTIES, day
from tests.properties.settled_bills import EUR, LAST, settled_bills

BY_US = [order for order in PaymentOrder if order is not PaymentOrder.AS_INSTRUCTED]
AMOUNTS = st.integers(1, 2500).map(lambda minor: Money(minor, EUR))
DAYS = st.integers(0, LAST + 5).map(day)
_HISTORIES = settled_bills() | collected_bills() | told_with_discounts()


@st.composite
def bills_of_one(draw: st.DrawFn, *, most: int = 3) -> list[Invoice]:
    """Return invoices and credit notes of one client, whatever happened to them."""
    found = draw(st.lists(_HISTORIES, min_size=1, max_size=most))
    return [
        attrs.evolve(invoice, number=f"N{place}", buyer=PARTIES[0])
        for place, invoice in enumerate(found)
    ]


@st.composite
def payments_of_one(draw: st.DrawFn) -> tuple[list[Invoice], AppliedPayment]:
    """Return invoices, and a payment set against them in one of our orders."""
    bills = draw(bills_of_one())
    applied = apply_payment(
        draw(AMOUNTS),
        bills,
        as_of=draw(DAYS),
        order=draw(st.sampled_from(BY_US)),
        take_discounts=draw(st.booleans()),
    )
    return bills, applied
