"""Advances and the invoices that settle them, as published: each figure of each document.

A final invoice is drafted from a contract of its own net amount, after a deposit of what it states
as prepaid was billed and paid. The rows name no currency; their amounts have at most two digits.
"""

from datetime import date
from typing import Any

import pytest

from milestone_invoicing import (
    ON_SIGNING,
    REST,
    Deposit,
    Invoice,
    InvoiceKind,
    Line,
    Milestone,
    Money,
    Party,
    Payment,
    Prepaid,
    Schedule,
    Tax,
    TaxSubtotal,
    Totals,
    draft_deposit,
    draft_invoice,
    issue,
)
from tests.conformance.shared_cases import cases

Document = dict[str, Any]
CHAINS = cases("milestone_chains")
BUYER = Party("buyer", "Buyer")
# They call an advance an ordinary invoice; ours has the code of a prepayment invoice.
OTHER_CODE = {"f07462a02806b8f6"}


def eur(amount: str) -> Money:
    return Money.of(amount, "EUR")


def nothing(amount: str) -> bool:
    return not amount.strip("0.")


def tax_of(document: Document) -> Tax:
    """Return the tax of a document by its totals, of which every rate is a whole percentage."""
    net, gross = eur(document["tax_exclusive"]), eur(document["tax_inclusive"])
    points = round((gross - net).ratio_to(net) * 100)
    return Tax.standard(points) if points else Tax.outside_scope()


def settling(document: Document, advance_tax: Tax) -> tuple[Invoice, Invoice]:
    """Return the deposit invoice, and the invoice that settles it."""
    schedule = Schedule(
        eur(document["tax_exclusive"]),
        [Milestone("all", "All", REST, trigger=ON_SIGNING)],
        signed_on=date(2026, 5, 1),
        deposit=Deposit(eur(document["prepaid"]), with_tax=True),
    )
    draft = draft_deposit(schedule, invoices=[], buyer=BUYER, tax=advance_tax)
    deposit = issue(draft, number="advance", on=date(2026, 5, 1))
    deposit = deposit.record(Payment(deposit.payable, on=date(2026, 5, 4)))
    final = draft_invoice(
        schedule,
        "all",
        invoices=[deposit],
        as_of=date(2026, 5, 4),
        buyer=BUYER,
        tax=tax_of(document),
    )
    return deposit, final


def alone(document: Document) -> Invoice:
    """Return a document that settles no deposit invoice that is among the rows."""
    line = Line("All", 1, eur(document["tax_exclusive"]), tax=tax_of(document))
    paid = eur(document["prepaid"])
    prepaid = [Prepaid("deposit", [TaxSubtotal(Tax.outside_scope(), paid, paid - paid)])]
    kind = InvoiceKind(int(document["type_code"]))
    return Invoice(None, None, BUYER, [line], kind=kind, prepaid=prepaid if paid else ())


def figures(found: Totals) -> dict[str, Money]:
    return {
        "tax_exclusive": found.tax_exclusive,
        "tax_inclusive": found.tax_inclusive,
        "prepaid": found.prepaid,
        "payable": found.payable,
    }


def stated(document: Document) -> dict[str, Money]:
    names = ("tax_exclusive", "tax_inclusive", "prepaid", "payable")
    return {name: eur(document[name]) for name in names}


def parameters() -> list[Any]:
    return [
        pytest.param(chain, place, id=f"{document['case']} {chain['name']}")
        for chain in CHAINS
        for place, document in enumerate(chain["documents"])
    ]


def settles(document: Document) -> bool:
    return document["type_code"] == "380" and not nothing(document["prepaid"])


@pytest.mark.parametrize(("chain", "place"), parameters())
def test_each_document_has_the_figures_it_states(chain: dict[str, Any], place: int):
    document = chain["documents"][place]
    first = chain["documents"][0]
    if settles(document):
        # An advance among the rows says how it was taxed; else it was taxed as the work is.
        untaxed = first is not document and first["tax_exclusive"] == first["tax_inclusive"]
        advance_tax = Tax.outside_scope() if untaxed else tax_of(document)
        deposit, found = settling(document, advance_tax)
        assert deposit.payable == eur(document["prepaid"])
        if untaxed:
            assert figures(deposit.totals) == stated(first)
    else:
        found = alone(document)
    assert figures(found.totals) == stated(document)


@pytest.mark.parametrize(("chain", "place"), parameters())
def test_an_advance_has_the_code_it_states(chain: dict[str, Any], place: int):
    document = chain["documents"][place]
    advance = not settles(document)
    expected = int(document["type_code"])
    if document["case"] in OTHER_CODE:
        assert (advance, expected) == (True, 380)
    elif advance:
        assert InvoiceKind.DEPOSIT.value == expected


def test_every_reason_is_needed():
    assert {each["case"] for chain in CHAINS for each in chain["documents"]} >= OTHER_CODE
