"""Draws some invoices of one client with a history, and payments to set against them."""

import attrs
from hypothesis import strategies as st

from milestone_invoicing import (
    REST,
    AddDays,
    AppliedPayment,
    Credited,
    DueDateExtended,
    DueRule,
    EarlyDiscount,
    Installment,
    Invoice,
    InvoiceFact,
    Line,
    Money,
    Payment,
    PaymentOrder,
    PaymentTerms,
    RetainageReleased,
    Reversed,
    Voided,
    WrittenOff,
    apply_payment,
)
from milestone_invoicing.errors import ImpossibleFactError
from tests.properties.receivable_items import PARTIES, day
from tests.properties.settled_bills import EUR

BY_US = [order for order in PaymentOrder if order is not PaymentOrder.AS_INSTRUCTED]
AMOUNTS = st.integers(1, 900).map(lambda minor: Money(minor, EUR))
LAST = 20
DAYS = st.integers(0, LAST + 5).map(day)
_TWO = [EarlyDiscount(2, 5), EarlyDiscount(1, 10)]
_PARTS = [Installment(REST, DueRule((AddDays(wait),))) for wait in (9, 3)]
_TERMS = [
    PaymentTerms(),
    PaymentTerms(_PARTS),
    PaymentTerms([*_PARTS, Installment(REST, after="x")]),
    PaymentTerms(_PARTS, _TWO),
    PaymentTerms([attrs.evolve(_PARTS[0], discounts=_TWO), _PARTS[1]]),
]
_FACTS = st.tuples(
    st.sampled_from(["paid", "paid", "paid", "back", "credited", "lost", "later", "free", "void"]),
    st.integers(0, LAST),
    st.integers(1, 200),
)
_DRAWN = st.tuples(
    st.integers(-20, 400),
    st.integers(0, 9),
    st.sampled_from(_TERMS),
    st.sampled_from([0, 0, 30]),
    st.lists(_FACTS, max_size=4),
)
_Drawn = tuple[int, int, PaymentTerms, int, list[tuple[str, int, int]]]


def _fact(bill: Invoice, kind: str, on: int, minor: int) -> InvoiceFact | None:
    amount, when = Money(minor, EUR), day(on)
    paid = [fact for fact in bill.facts if isinstance(fact, Payment) and fact.on <= when]
    if kind == "back":
        return Reversed(paid[-1], "x", on=when) if paid else None
    kinds: dict[str, InvoiceFact] = {
        "paid": Payment(amount, on=when),
        "credited": Credited(amount, "N", on=when),
        "lost": WrittenOff(amount, on=when),
        "later": DueDateExtended(day(on + 15), "x", on=when),
        "free": RetainageReleased(amount, when, on=when),
        "void": Voided("x", on=when),
    }
    return kinds[kind]


def _told(place: int, drawn: _Drawn) -> Invoice:
    minor, issued, terms, held, facts = drawn
    line = Line("Work", -1 if minor < 0 else 1, Money(abs(minor), EUR))
    part = Money(held, EUR) if minor > held > 0 else None
    bill = Invoice(f"N{place}", day(issued), PARTIES[0], [line], terms=terms, held=part)
    for kind, on, amount in facts:
        fact = _fact(bill, kind, on, amount)
        try:
            bill = bill.record(*([fact] if fact else []))
        except (ImpossibleFactError, LookupError):
            continue
    return bill


def bills_of_one(most: int = 3) -> st.SearchStrategy[list[Invoice]]:
    """Return invoices, and bills of less than nothing, of one client, some void or held."""
    return st.lists(_DRAWN, min_size=1, max_size=most).map(
        lambda found: [_told(place, drawn) for place, drawn in enumerate(found)]
    )


def payments_of_one() -> st.SearchStrategy[tuple[list[Invoice], AppliedPayment]]:
    """Return invoices, and a payment set against them in one of our orders."""
    return st.builds(
        lambda bills, amount, on, order, take: (
            bills,
            apply_payment(amount, bills, as_of=on, order=order, take_discounts=take),
        ),
        bills_of_one(),
        AMOUNTS,
        DAYS,
        st.sampled_from(BY_US),
        st.booleans(),
    )
