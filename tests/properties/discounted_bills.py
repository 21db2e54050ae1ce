"""Draws invoices with early discounts and events, and shares of every kind, for their laws."""

from datetime import date

from hypothesis import strategies as st

from milestone_invoicing import (
    REST,
    AddDays,
    Currency,
    DiscountTax,
    DueRule,
    EarlyDiscount,
    EventOccurred,
    Installment,
    InstallmentShare,
    Invoice,
    InvoiceFact,
    Line,
    Money,
    Payment,
    PaymentTerms,
    Percent,
    PercentOfRest,
    PercentOfUntaxed,
    Remainder,
    Reversed,
    Weight,
    discount_state,
)
from milestone_invoicing.errors import ImpossibleFactError, NothingToReverseError
from tests.properties.receivable_items import PARTIES, TAXES, day, days

ALWAYS = DiscountTax.ALWAYS_REDUCED
TAXES_BY_INSTALMENT = [tax for tax in DiscountTax if tax is not ALWAYS]
EVENTS = ("a", "b")
EUR = Currency.of("EUR")

some_lines = st.lists(
    st.builds(
        lambda minor, tax, reduced: Line(
            "Work", 1, Money(minor, EUR), tax=tax, discountable=reduced
        ),
        st.integers(100, 10**6) | st.integers(0, 20),
        st.sampled_from(TAXES),
        st.sampled_from([True, True, True, False]),
    ),
    min_size=1,
    max_size=3,
)


@st.composite
def levels(draw: st.DrawFn, taxes: list[DiscountTax], *, min_size: int = 0) -> list[EarlyDiscount]:
    """Return up to three discounts that go together, none of half the amount or more."""
    spans = sorted(draw(st.sets(st.integers(0, 40), min_size=min_size, max_size=3)))
    points = draw(st.sets(st.integers(1, 49), min_size=len(spans), max_size=len(spans)).map(sorted))
    tax = draw(st.sampled_from(taxes))
    return [EarlyDiscount(*pair, tax) for pair in zip(reversed(points), spans, strict=True)]


@st.composite
def discounted_terms(draw: st.DrawFn) -> PaymentTerms:
    """Return terms with discounts of the whole, of its instalments, or without any."""
    of_parts = draw(st.booleans())
    of_each = levels(TAXES_BY_INSTALMENT) | levels(TAXES_BY_INSTALMENT, min_size=1)
    each = of_each if of_parts else st.just([])
    of_all = [] if of_parts else draw(levels(list(DiscountTax)) | levels([ALWAYS], min_size=1))
    parts = st.builds(
        Installment,
        st.integers(1, 3).map(Weight),
        st.integers(0, 40).map(lambda wait: DueRule((AddDays(wait),))),
        after=st.sampled_from([None, None, *EVENTS]),
        discounts=each,
    )
    return PaymentTerms(
        draw(st.lists(parts, min_size=1, max_size=4)),
        of_all,
        sequential=draw(st.booleans()),
        remainder=Remainder.LARGEST,
    )


@st.composite
def issued_with_discounts(draw: st.DrawFn) -> Invoice:
    """Return issued invoices without any fact; day 0 to 20 is the issue date."""
    terms = draw(discounted_terms())
    return Invoice("1", draw(days(0, 20)), PARTIES[0], draw(some_lines), terms=terms)


@st.composite
def _payments(draw: st.DrawFn, invoice: Invoice) -> Payment:
    """Return payments of a part of the payable, or of about what settles on their day."""
    payable = max(invoice.payable.minor, 1)
    on = draw(days(-5, 50))
    about = max(discount_state(invoice, as_of=on).settles.minor, 1)
    exactly = st.sampled_from([-1, 0, 0, 1, 5]).map(lambda more: about + more)
    part = st.sampled_from([1, 2, 3, 4]).map(lambda n: payable // n)
    minor = draw(st.one_of(exactly, part, st.integers(1, payable + 5)))
    return Payment(Money(max(minor, 1), invoice.currency), on=on)


@st.composite
def told_with_discounts(draw: st.DrawFn, *, reversals: bool = True) -> Invoice:
    """Return invoices with payments and events on random days, and some of these taken back."""
    invoice = draw(issued_with_discounts())
    kinds = ["paid", "paid", "paid", "came", *(["back"] if reversals else [])]
    for kind in draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=6)):
        fact: InvoiceFact
        if kind == "paid":
            fact = draw(_payments(invoice))
        elif kind == "came":
            fact = EventOccurred(draw(st.sampled_from(EVENTS)), on=draw(days(-5, 50)))
        else:
            told = [one for one in invoice.facts if not isinstance(one, Reversed)]
            fact = Reversed(
                draw(st.sampled_from(told or [Payment(Money(1, invoice.currency), on=day(0))])),
                "x",
                on=draw(days(-5, 50)),
            )
        try:
            invoice = invoice.record(fact)
        except (ImpossibleFactError, NothingToReverseError):
            continue
    return invoice


@st.composite
def payables(draw: st.DrawFn) -> tuple[Money, Money, list[InstallmentShare]]:
    """Return a payable, its untaxed amount, and shares of every kind that make it up."""
    untaxed = draw(st.integers(1000, 10**8))
    payable = untaxed + draw(st.integers(0, 25)) * untaxed // 100
    first: dict[str, st.SearchStrategy[InstallmentShare]] = {
        "percent": st.integers(0, 20).map(Percent),
        "untaxed": st.integers(0, 20).map(PercentOfUntaxed),
        "rest": st.integers(0, 15).map(PercentOfRest),
        "fixed": st.integers(0, payable // 6).map(lambda minor: Money.of(minor, "JPY")),
    }
    kinds = draw(st.lists(st.sampled_from(sorted(first)), max_size=4))
    shares = [draw(first[kind]) for kind in kinds]
    ends: list[list[InstallmentShare]] = [
        [REST],
        [Weight(2), REST],
        [PercentOfRest(100)],
        [Weight(3), Percent(5)],
    ]
    shares += draw(st.sampled_from(ends))
    return Money.of(payable, "JPY"), Money.of(untaxed, "JPY"), shares


def asked() -> st.SearchStrategy[date]:
    """Return days to ask about, most of them while some window is open."""
    return days(0, 40) | days(-7, 100)


def standing_payments(invoice: Invoice, as_of: date) -> list[Payment]:
    """Return the payments that stand, found by crossing out one per reversal."""
    seen = [fact for fact in invoice.facts if fact.on <= as_of]
    stands = [fact for fact in seen if isinstance(fact, Payment)]
    for fact in seen:
        if isinstance(fact, Reversed) and fact.fact in stands:
            stands.remove(fact.fact)
    return stands
