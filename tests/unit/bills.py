"""Short ways to write the bills that the tables of billing and receivables are about."""

from datetime import date

from milestone_invoicing import (
    Invoice,
    InvoiceFact,
    Line,
    Money,
    Party,
    PaymentTerms,
    Tax,
    due_items,
)
from milestone_invoicing.billing.history.claim import Claim

ACME = Party("acme", "Acme Ltd")
NET_30 = PaymentTerms.net(30)


def april(day: int) -> date:
    """Return a day of April 2026."""
    return date(2026, 4, day)


def may(day: int) -> date:
    """Return a day of May 2026."""
    return date(2026, 5, day)


def june(day: int) -> date:
    """Return a day of June 2026; the first is a Monday."""
    return date(2026, 6, day)


def july(day: int) -> date:
    """Return a day of July 2026."""
    return date(2026, 7, day)


def eur(amount: str | int) -> Money:
    """Return an amount in euros."""
    return Money.of(amount, "EUR")


def line(amount: str | int = 1000, *, milestone: str | None = None, tax: Tax | None = None) -> Line:
    """Return a line of *amount* net; a negative one has the quantity -1."""
    net = eur(amount)
    sign = -1 if net.minor < 0 else 1
    return Line("Work", sign, abs(net), tax=tax or Tax.outside_scope(), milestone=milestone)


def claim_of(invoice: Invoice) -> Claim:
    """Return what an issued invoice claims."""
    assert invoice.claim is not None
    return invoice.claim


_LETTERS = {
    "p": "paid",
    "d": "discount",
    "c": "credited",
    "t": "withheld",
    "w": "written_off",
    "h": "retained",
    "o": "open",
}


def filled(invoice: Invoice, day: date) -> str:
    """Return what of each instalment is in which column: ``p40 c20, c80 o20``."""
    return ", ".join(
        " ".join(
            f"{letter}{str(getattr(item, name).amount).removesuffix('.00')}"
            for letter, name in _LETTERS.items()
            if getattr(item, name)
        )
        for item in due_items(invoice, as_of=day)
    )


def bill(  # a table names only what its rows are about
    amount: str | int = 1000,
    *facts: InvoiceFact,
    number: str | None = "1",
    issued_on: date | None = date(2026, 5, 1),
    terms: PaymentTerms = NET_30,
    milestone: str | None = None,
    buyer: Party = ACME,
    preceding: tuple[str, ...] = (),
    held: Money | None = None,
    owner: str | None = None,
    project: str | None = None,
) -> Invoice:
    """Return an invoice of 1,000.00 issued on 1 May 2026 and due on the 31st, unless told."""
    lines = [line(amount, milestone=milestone)]
    return Invoice(
        number,
        issued_on,
        buyer,
        lines,
        terms=terms,
        preceding=preceding,
        held=held,
        owner=owner,
        project=project,
        facts=facts,
    )
