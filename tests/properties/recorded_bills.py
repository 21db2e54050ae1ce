"""Draws claims and facts to record on them, in the order of their days or in any other."""

from collections.abc import Callable
from datetime import date

from hypothesis import strategies as st

from milestone_invoicing import (
    Adjustment,
    Applied,
    Credited,
    Currency,
    Disputed,
    DisputeOutcome,
    DisputeResolved,
    DueAmount,
    DueDateExtended,
    EventOccurred,
    HandedOver,
    Invoice,
    InvoiceFact,
    LateCharged,
    Line,
    Money,
    Payment,
    Percent,
    PlanAgreed,
    Promised,
    Recovered,
    Refunded,
    RetainageReleased,
    Reversed,
    Sent,
    Voided,
    Withheld,
    WriteOffReason,
    WrittenOff,
    due_items,
)
from milestone_invoicing.errors import ImpossibleFactError, NothingToReverseError
from tests.properties.discounted_bills import discounted_terms
from tests.properties.receivable_items import PARTIES, TAXES, day

EUR = Currency.of("EUR")
LAST = 30
_MAKE: dict[str, Callable[[Money, int], InvoiceFact]] = {
    "paid": lambda amount, on: Payment(amount, on=day(on)),
    "refunded": lambda amount, on: Refunded(amount, on=day(on)),
    "credited": lambda amount, on: Credited(amount, "N", on=day(on)),
    "applied": lambda amount, on: Applied(amount, "1", on=day(on)),
    "own": lambda amount, on: Applied(amount, "2", on=day(on)),
    "withheld": lambda amount, on: Withheld(amount, on=day(on)),
    "lost": lambda amount, on: WrittenOff(amount, on=day(on)),
    "small": lambda amount, on: WrittenOff(amount, WriteOffReason.SMALL_DIFFERENCE, on=day(on)),
    "recovered": lambda amount, on: Recovered(amount, on=day(on)),
    "released": lambda amount, on: RetainageReleased(
        amount, day(on + amount.minor % 20), on=day(on)
    ),
    "later": lambda amount, on: DueDateExtended(day(amount.minor % 60), "x", on=day(on)),
    "one later": lambda amount, on: DueDateExtended(
        day(amount.minor % 60), "x", 1 + amount.minor % 3, on=day(on)
    ),
    "a": lambda _, on: EventOccurred("a", on=day(on)),
    "b": lambda _, on: EventOccurred("b", on=day(on)),
    "disputed": lambda amount, on: Disputed("x", amount, on=day(on)),
    "all disputed": lambda _, on: Disputed("x", on=day(on)),
    "resolved": lambda _, on: DisputeResolved(DisputeOutcome.REJECTED, on=day(on)),
    "promised": lambda amount, on: Promised(day(on + 3), amount, on=day(on)),
    "all promised": lambda _, on: Promised(day(on + 3), on=day(on)),
    "handed over": lambda _, on: HandedOver("x", on=day(on)),
    "charged": lambda amount, on: LateCharged(amount, on=day(on)),
    "sent": lambda _, on: Sent(on=day(on)),
    "void": lambda _, on: Voided("x", on=day(on)),
}
_KINDS = [*_MAKE, "plan", "back", *["paid", "refunded", "credited", "withheld", "released"] * 2]


@st.composite
def claims(draw: st.DrawFn) -> Invoice:
    """Return issued invoices of all signs, some held or with tax to withhold, without facts."""
    minor = draw(st.integers(1, 1000) | st.integers(-400, 0))
    tax = draw(st.sampled_from(TAXES))
    lines = [Line("Work", 1 if minor >= 0 else -1, Money(abs(minor), EUR), tax=tax)]
    terms, issued_on = draw(discounted_terms()), day(draw(st.integers(0, 10)))
    bill = Invoice("1", issued_on, PARTIES[0], lines, terms=terms)
    share = draw(st.sampled_from([0, 1, 2, 4, 10]))
    held = Money(bill.payable.minor // share, EUR) if share and bill.payable else None
    withheld = [Adjustment(Percent(20), "tax")] if minor > 0 and draw(st.booleans()) else []
    preceding = draw(st.sampled_from([(), ("2",)]))
    return Invoice(
        "1",
        issued_on,
        PARTIES[0],
        lines,
        terms=terms,
        held=held,
        withheld=withheld,
        preceding=preceding,
    )


def _plan(bill: Invoice, on: date, minor: int) -> InvoiceFact | None:
    """Return a plan of what is open in two parts, or of another amount; None without any."""
    left = sum(item.open.minor for item in due_items(bill, as_of=on)) + (minor % 5 == 0)
    first = minor % left if left else 0
    amounts = [Money(part, EUR) for part in (first, left - first) if part > 0]
    parts = [DueAmount(date.fromordinal(on.toordinal() + 5 * n), a) for n, a in enumerate(amounts)]
    return PlanAgreed(parts, on=on) if parts else None


def _days(draw: st.DrawFn, order: str, last: int) -> int:
    """Return the next day, mostly not before the last one, or any day."""
    if order == "in order" or (order == "mostly" and draw(st.integers(0, 3))):
        return min(last + draw(st.sampled_from([0, 0, 1, 2])), LAST + 5)
    return draw(st.integers(0, LAST))


@st.composite
def recorded_bills(draw: st.DrawFn, *, most: int = 14) -> tuple[Invoice, list[InvoiceFact]]:
    """Return an invoice without facts, and facts to record on it; some of them are impossible."""
    bill = draw(claims())
    told, facts = bill, list[InvoiceFact]()
    order, last = draw(st.sampled_from(["in order", "mostly", "any"])), draw(st.integers(0, 12))
    for kind in draw(st.lists(st.sampled_from(_KINDS), max_size=most)):
        on, minor = _days(draw, order, last), draw(st.integers(1, 400))
        fact: InvoiceFact | None
        if kind == "back":
            known = [each for each in told.facts if not isinstance(each, Reversed)]
            fact = Reversed(draw(st.sampled_from(known)), "x", on=day(on)) if known else None
        elif kind == "plan":
            fact = _plan(told, day(on), minor)
        else:
            fact = _MAKE[kind](Money(minor, EUR), on)
        if fact is not None:
            last = max(last, on)
            facts.append(fact)
            try:
                told = told.record(fact)
            except (ImpossibleFactError, NothingToReverseError):
                continue
    return bill, facts
