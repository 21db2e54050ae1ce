"""Draws bills that are paid late, in few choices, and policies for them."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from milestone_invoicing import (
    Credited,
    DayCount,
    DueDateExtended,
    Invoice,
    InvoiceFact,
    LatePolicy,
    Line,
    Money,
    Payment,
    PaymentTerms,
    Percent,
    RateReading,
    ReferenceRates,
    Reversed,
)
from milestone_invoicing.errors import ImpossibleFactError, NothingToReverseError
from tests.properties.receivable_items import PARTIES, day, terms

_MAKE: dict[str, Callable[[int, int], InvoiceFact]] = {
    "paid": lambda minor, on: Payment(yen(minor), on=day(on)),
    "credited": lambda minor, on: Credited(yen(minor), "N", on=day(on)),
    "extended": lambda minor, on: DueDateExtended(day(on + minor % 40), "x", on=day(on)),
}

counts = st.sampled_from(DayCount)
points = st.integers(0, 3000).map(lambda hundredths: Percent(Fraction(hundredths, 100)))
told = st.tuples(
    st.sampled_from([*_MAKE, "paid", "back"]), st.integers(1, 2000), st.integers(-5, 90)
)
one_part = st.integers(0, 40).map(PaymentTerms.net)


def yen(minor: int) -> Money:
    return Money.of(minor, "JPY")


def table(found: list[int]) -> ReferenceRates:
    """Return rates that change within the life of the bills, and not with a half-year."""
    firsts = map(day, (-60, 20, 45, 90))
    steps = [(first, Fraction(rate, 100)) for first, rate in zip(firsts, found, strict=True)]
    return ReferenceRates(steps, until=day(400))


rates = st.lists(st.integers(0, 1500), min_size=4, max_size=4).map(table)


def policies(*readings: RateReading) -> st.SearchStrategy[LatePolicy]:
    """Return policies of interest alone, which have no currency; of all readings unless told."""
    return st.builds(
        LatePolicy,
        points,
        rates=st.none() | rates,
        reading=st.sampled_from(readings or tuple(RateReading)),
        day_count=counts,
        grace_days=st.sampled_from([0, 0, 3, 10]),
    )


def late_bills(
    agreed: st.SearchStrategy[PaymentTerms] | None = None, *, max_facts: int = 4
) -> st.SearchStrategy[Invoice]:
    """Return bills of up to 5,000 yen, with whatever of a few facts they take."""
    return st.builds(
        _bill,
        st.integers(1, 5000),
        st.integers(0, 10),
        terms() if agreed is None else agreed,
        st.lists(told, max_size=max_facts),
    )


def _bill(minor: int, issued: int, agreed: PaymentTerms, found: list[tuple[str, int, int]]):
    line = Line("Work", 1, yen(minor))
    invoice = Invoice("1", day(issued), PARTIES[0], [line], terms=agreed)
    for kind, amount, on in found:
        known = [fact for fact in invoice.facts if not isinstance(fact, Reversed)]
        if kind == "back" and not known:
            continue
        fact = Reversed(known[-1], "x", on=day(on)) if kind == "back" else _MAKE[kind](amount, on)
        try:
            invoice = invoice.record(fact)
        except (ImpossibleFactError, NothingToReverseError):
            continue
    return invoice


def last_day_of(invoice: Invoice) -> date:
    """Return the due date of a bill of one part, as first agreed."""
    (part,) = invoice.installments
    assert part.due_on is not None
    return part.due_on
