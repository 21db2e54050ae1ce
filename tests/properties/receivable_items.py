"""Draws invoices with a history, and open items, for the laws of billing and receivables."""

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import strategies as st

from milestone_invoicing import (
    AddDays,
    DueDateExtended,
    DueRule,
    Installment,
    Invoice,
    InvoiceFact,
    Line,
    Money,
    OpenItem,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    Price,
    Remainder,
    Reversed,
    Sent,
    Tax,
    TaxCategory,
    Voided,
    Weight,
)
from milestone_invoicing.errors import ImpossibleFactError, NothingToReverseError

FIRST_DAY = date(2026, 1, 1)
PARTIES = [Party("acme", "Acme"), Party("bolt", "Bolt"), Party("crow", "Crow")]
TAXES = [
    Tax.outside_scope(),
    Tax.standard(21),
    Tax.standard("5.5"),
    Tax(TaxCategory.E, Percent(0)),
    Tax(TaxCategory.L, Percent(7)),
]


def day(number: int) -> date:
    """Return the day so many days after the first."""
    return FIRST_DAY + timedelta(number)


def days(first: int = -20, last: int = 150) -> st.SearchStrategy[date]:
    """Return days around the life of an invoice, which is issued on day 0 to 20."""
    return st.integers(first, last).map(day)


def lines(*, currency: str = "EUR", negative: bool = False) -> st.SearchStrategy[Line]:
    """Return lines of a price finer than the currency; with *negative* some take back."""
    least = -5000 if negative else 0
    return st.builds(
        Line,
        st.just("Work"),
        st.integers(least, 5000).map(lambda hundredths: f"{hundredths}e-2"),
        st.integers(0, 10**6).map(lambda mills: Price(f"{mills}e-3", currency)),
        tax=st.sampled_from(TAXES),
        base_quantity=st.sampled_from([1, 1, 1, 3, "0.5"]),
    )


def terms() -> st.SearchStrategy[PaymentTerms]:
    """Return terms of one to four instalments, in no order of days."""
    parts = st.builds(
        lambda weight, days_after: Installment(Weight(weight), DueRule((AddDays(days_after),))),
        st.integers(1, 3),
        st.integers(0, 60),
    )
    return st.lists(parts, min_size=1, max_size=4).map(
        lambda found: PaymentTerms(found, remainder=Remainder.LARGEST)
    )


@st.composite
def issued_invoices(
    draw: st.DrawFn, *, number: str = "1", currency: str = "EUR", negative: bool = False
) -> Invoice:
    """Return issued invoices without any fact."""
    found = draw(st.lists(lines(currency=currency, negative=negative), min_size=1, max_size=3))
    return Invoice(
        number, draw(days(0, 20)), draw(st.sampled_from(PARTIES)), found, terms=draw(terms())
    )


def _reversible(facts: tuple[InvoiceFact, ...]) -> tuple[InvoiceFact, ...]:
    return tuple(fact for fact in facts if not isinstance(fact, Reversed))


@st.composite
def facts_about(draw: st.DrawFn, invoice: Invoice, *, recorded_on: date | None) -> InvoiceFact:
    """Return a fact that may or may not be possible for *invoice*."""
    on = draw(days())
    part = st.sampled_from([1, 2, 3, 4, 7]).map(lambda n: max(abs(invoice.payable.minor) // n, 1))
    amounts = st.one_of(part, st.integers(1, 10**7)).map(lambda n: Money(n, invoice.currency))
    kinds: dict[str, Callable[[], st.SearchStrategy[InvoiceFact]]] = {
        "sent": lambda: st.just(Sent(on=on, recorded_on=recorded_on)),
        "payment": lambda: amounts.map(lambda one: Payment(one, on=on, recorded_on=recorded_on)),
        "extended": lambda: st.builds(
            lambda until, part: DueDateExtended(until, "x", part, on=on, recorded_on=recorded_on),
            days(0),
            st.sampled_from([None, 1, 2, 3, 4]),
        ),
        "voided": lambda: st.just(Voided("x", on=on, recorded_on=recorded_on)),
        "reversed": lambda: st.sampled_from(_reversible(invoice.facts) or (Sent(on=on),)).map(
            lambda fact: Reversed(fact, "x", on=on, recorded_on=recorded_on)
        ),
    }
    often = ["payment", "payment", "extended", "reversed", "sent", "voided"]
    return draw(kinds[draw(st.sampled_from(often))]())


@st.composite
def histories(draw: st.DrawFn, invoice: Invoice, *, dated_records: bool = False) -> list[Invoice]:
    """Return *invoice* and what it is after each of some facts, in the order of recording.

    With *dated_records* each fact is recorded on the day of the one before it, or later.
    """
    history = [invoice]
    recorded = 0
    for _ in range(draw(st.integers(0, 7))):
        recorded += draw(st.integers(0, 20)) if dated_records else 0
        fact = draw(facts_about(history[-1], recorded_on=day(recorded) if dated_records else None))
        try:
            history.append(history[-1].record(fact))
        except (ImpossibleFactError, NothingToReverseError):
            continue
    return history


@st.composite
def invoices(draw: st.DrawFn, *, number: str = "1", negative: bool = False) -> Invoice:
    """Return issued invoices with what happened to them."""
    currency = draw(st.sampled_from(["EUR", "EUR", "JPY", "KWD"]))
    invoice = draw(issued_invoices(number=number, currency=currency, negative=negative))
    return draw(histories(invoice))[-1]


def open_items() -> st.SearchStrategy[OpenItem]:
    """Return open items of some clients in two currencies, credits among them."""
    return st.builds(
        lambda minor, code, party, due, issued: OpenItem(
            "x", party, due, Money.of(minor, code), issued
        ),
        st.integers(-1000, 10**6),
        st.sampled_from(["EUR", "USD"]),
        st.sampled_from(["acme", "bolt", "crow"]),
        st.none() | days(),
        st.none() | days(0, 20),
    )


def paid_in_part() -> st.SearchStrategy[Invoice]:
    """Return invoices of one line with few payments: fewer choices, so that many fit in a list."""
    amount = st.integers(-500, 10**5).map(lambda minor: Money.of(minor, "JPY"))
    return st.builds(
        lambda net, issued, buyer, found, paid: Invoice(
            "1",
            issued,
            buyer,
            [Line("Work", -1 if net.minor < 0 else 1, abs(net))],
            terms=found,
            facts=[Payment(Money.of(minor, "JPY"), on=on) for minor, on in paid],
        ),
        amount,
        days(0, 20),
        st.sampled_from(PARTIES),
        terms(),
        st.lists(st.tuples(st.integers(1, 10**5), days()), max_size=2),
    )


def agable(*, max_size: int = 5) -> st.SearchStrategy[list[Invoice | OpenItem]]:
    """Return lists of what can be aged."""
    return st.lists(open_items() | paid_in_part(), max_size=max_size)
