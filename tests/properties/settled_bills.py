"""Draws invoices and credit notes with all that can settle them, some held, some taken back."""

from collections.abc import Callable

from hypothesis import strategies as st

from milestone_invoicing import (
    Applied,
    Credited,
    Currency,
    Invoice,
    InvoiceFact,
    Line,
    Money,
    Payment,
    Recovered,
    Refunded,
    RetainageReleased,
    Reversed,
    Sent,
    Voided,
    Withheld,
    WriteOffReason,
    WrittenOff,
)
from milestone_invoicing.errors import ImpossibleFactError, NothingToReverseError
from tests.properties.discounted_bills import discounted_terms
from tests.properties.receivable_items import PARTIES, TAXES, day

EUR = Currency.of("EUR")
LAST = 40
_MAKE: dict[str, Callable[[Money, int], InvoiceFact]] = {
    "paid": lambda amount, on: Payment(amount, on=day(on)),
    "refunded": lambda amount, on: Refunded(amount, on=day(on)),
    "credited": lambda amount, on: Credited(amount, "N", on=day(on)),
    "applied": lambda amount, on: Applied(amount, "1", on=day(on)),
    "withheld": lambda amount, on: Withheld(amount, on=day(on)),
    "lost": lambda amount, on: WrittenOff(amount, on=day(on)),
    "small": lambda amount, on: WrittenOff(amount, WriteOffReason.SMALL_DIFFERENCE, on=day(on)),
    "recovered": lambda amount, on: Recovered(amount, on=day(on)),
    "released": lambda amount, on: RetainageReleased(amount, day(on + 3), on=day(on)),
    "sent": lambda _, on: Sent(on=day(on)),
    "void": lambda _, on: Voided("x", on=day(on)),
}


@st.composite
def settled_bills(draw: st.DrawFn) -> Invoice:
    """Return invoices of all signs, with whatever facts they take of those that are drawn."""
    minor = draw(st.integers(-400, 1000))
    line = Line("Work", 1 if minor >= 0 else -1, Money(abs(minor), EUR), tax=draw(tax_of_lines))
    terms = draw(discounted_terms())
    invoice = Invoice("1", day(draw(st.integers(0, 10))), PARTIES[0], [line], terms=terms)
    held = draw(st.sampled_from([0, 0, 1, 2, 10]))
    if held:
        part = Money(invoice.payable.minor // held, EUR)
        invoice = Invoice("1", invoice.issued_on, PARTIES[0], [line], terms=terms, held=part)
    for kind in draw(st.lists(st.sampled_from([*_MAKE, "paid", "back"]), max_size=9)):
        on, amount = draw(st.integers(0, LAST)), Money(draw(st.integers(1, 500)), EUR)
        if kind == "back":
            known = [fact for fact in invoice.facts if not isinstance(fact, Reversed)]
            if not known:
                continue
            fact: InvoiceFact = Reversed(draw(st.sampled_from(known)), "x", on=day(on))
        else:
            fact = _MAKE[kind](amount, on)
        try:
            invoice = invoice.record(fact)
        except (ImpossibleFactError, NothingToReverseError):
            continue
    return invoice


tax_of_lines = st.sampled_from(TAXES)
