"""What type a user of the billing room gets; checked by mypy and pyright, never run."""

from datetime import date
from typing import assert_type

from milestone_invoicing import (
    Books,
    Currency,
    DueAmount,
    DueDateExtended,
    Finding,
    GroupDrift,
    Invoice,
    InvoiceFact,
    InvoiceKind,
    Line,
    MilestoneBilling,
    Money,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    Price,
    Schedule,
    Sent,
    StatedTotals,
    Tax,
    TaxCategory,
    TaxDrift,
    TaxSubtotal,
    Totals,
    Voided,
    check,
    check_draft,
    check_invoices,
    check_numbers,
    check_stated,
    draft_invoice,
    issue,
    milestone_billing,
    record,
    tax_drift,
    totals,
)


def bill(schedule: Schedule, buyer: Party, today: date) -> Books:
    """Bill a milestone as a user would."""
    draft = draft_invoice(schedule, "a", invoices=(), as_of=today, buyer=buyer)
    assert_type(draft, Invoice)
    invoice = issue(draft, number="1", on=today)
    assert_type(invoice, Invoice)
    assert_type(invoice.lines, tuple[Line, ...])
    assert_type(invoice.payable, Money)
    assert_type(invoice.installments, tuple[DueAmount, ...])
    assert_type(totals(invoice), Totals)
    assert_type(totals(invoice).breakdown, tuple[TaxSubtotal, ...])
    invoices = record((invoice,), "1", Sent(on=today), Payment(Money.of(1, "EUR"), on=today))
    assert_type(invoices, Books)
    more_time = DueDateExtended(today, "agreed by phone", on=today)
    assert_type(invoice.record(more_time, Voided("wrong client", on=today)), Invoice)
    assert_type(invoice.facts, tuple[InvoiceFact, ...])
    assert_type(invoice.kind, InvoiceKind)
    assert_type(invoice.terms, PaymentTerms)
    assert_type(invoice.currency, Currency)
    assert_type(invoice.issued_on, date | None)
    assert_type(check(schedule, longest_gap=60), tuple[Finding, ...])
    assert_type(check(invoice, tolerant=True), tuple[Finding, ...])
    stated = StatedTotals.of(invoice)
    assert_type(stated.prepaid, Money | None)
    assert_type(check_stated(iter(invoice.lines), stated), tuple[Finding, ...])
    assert_type(milestone_billing(schedule, "a", iter(invoices), as_of=today), MilestoneBilling)
    return invoices


def check_the_books(invoices: Books, today: date) -> None:
    """Ask what does not fit as a user would."""
    drift = tax_drift(iter(invoices), as_of=today)
    assert_type(drift, TaxDrift)
    assert_type(drift.groups, tuple[GroupDrift, ...])
    assert_type([group.drift for group in drift.totals], list[Money])
    found = check_numbers(iter(invoices), starts=["1"], missing=["2", ("4", "6")], counter=0)
    assert_type(found + check_invoices(iter(invoices), as_of=today), tuple[Finding, ...])


def check_a_draft(draft: Invoice, schedule: Schedule, bills: list[Invoice], today: date) -> None:
    """Ask what a draft leaves of a deposit, and what the books of one contract do."""
    found = check_draft(draft, schedule, invoices=iter(bills), as_of=today)
    whole = check_invoices(bills, as_of=today, schedule=schedule)
    assert_type(found + whole, tuple[Finding, ...])


assert_type(Line("Hours", "7.5", Price("85.50", "EUR"), tax=Tax.standard(21)).net, Money)
assert_type(Tax.outside_scope().category, TaxCategory | str)
assert_type(Tax.standard("8.25").rate, Percent | None)

# What must not type-check.
Line("Hours", 7.5, Price("85.50", "EUR"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Payment(100, on=date(2026, 5, 4))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
check("2026-001")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
StatedTotals(line_total=Money.of(1, "EUR"))  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
