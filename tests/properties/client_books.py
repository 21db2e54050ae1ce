"""Draws the books of a client: invoices and notes with facts of all kinds, money on account."""

import attrs
from hypothesis import strategies as st

from milestone_invoicing import (
    Applied,
    Credited,
    Invoice,
    InvoiceFact,
    Money,
    OnAccount,
    OnAccountFact,
    Payment,
    Refunded,
    Reversed,
)
from milestone_invoicing.errors import ImpossibleFactError, NothingToReverseError
from tests.properties.collected_bills import collected_bills
from tests.properties.discounted_bills import told_with_discounts
from tests.properties.receivable_items import PARTIES, day
from tests.properties.settled_bills import EUR, LAST, settled_bills

Books = tuple[list[Invoice], list[OnAccount]]
BILLS = st.one_of(settled_bills(), settled_bills(), collected_bills(), told_with_discounts())
_AMOUNTS = st.integers(1, 300).map(lambda minor: Money(minor, EUR))


def _on_money(money: OnAccount, fact: OnAccountFact) -> OnAccount:
    try:
        return money.record(fact)
    except (ImpossibleFactError, NothingToReverseError):
        return money


def _on_invoice(invoice: Invoice, fact: InvoiceFact) -> Invoice:
    try:
        return invoice.record(fact)
    except (ImpossibleFactError, NothingToReverseError):
        return invoice


@st.composite
def books(draw: st.DrawFn) -> Books:
    """Return one to three invoices and money on account; some of it moved inside, or half so."""
    bills = draw(st.lists(BILLS, min_size=1, max_size=3))
    bills = [
        attrs.evolve(
            each, number=str(place), buyer=draw(st.sampled_from(PARTIES[:1] * 3 + PARTIES))
        )
        for place, each in enumerate(bills)
    ]
    came = draw(st.integers(-3, LAST))
    money = OnAccount("acme", Money(draw(st.integers(1, 900)), EUR), day(came), "bank")
    for kind in draw(st.lists(st.sampled_from(["money", "credit", "refund", "back"]), max_size=4)):
        on, amount = day(draw(st.integers(max(came, 0), LAST))), draw(_AMOUNTS)
        place = draw(st.integers(0, len(bills) - 1))
        if kind == "money":
            money = _on_money(money, Applied(amount, str(place), on=on))
            bills[place] = _on_invoice(bills[place], Payment(amount, on=on))
        elif kind == "credit":
            other = len(bills) - 1
            bills[other] = _on_invoice(bills[other], Applied(amount, str(place), on=on))
            bills[place] = _on_invoice(bills[place], Credited(amount, str(other), on=on))
        elif kind == "refund":
            money = _on_money(money, Refunded(amount, on=on))
        else:
            known = [each for each in money.facts if not isinstance(each, Reversed)]
            if known:
                money = _on_money(money, Reversed(draw(st.sampled_from(known)), "x", on=on))
    return bills, [money]
