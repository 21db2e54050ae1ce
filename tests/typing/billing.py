"""What type a user of the billing room gets; checked by mypy and pyright, never run."""

from datetime import date
from typing import assert_type

from milestone_invoicing import (
    DueAmount,
    Invoice,
    Line,
    Money,
    Party,
    Payment,
    Price,
    Schedule,
    Sent,
    Tax,
    TaxSubtotal,
    Totals,
    draft_invoice,
    issue,
    record,
    totals,
)


def bill(schedule: Schedule, buyer: Party, today: date) -> tuple[Invoice, ...]:
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
    assert_type(invoices, tuple[Invoice, ...])
    return invoices


assert_type(Line("Hours", "7.5", Price("85.50", "EUR"), tax=Tax.standard(21)).net, Money)

# What must not type-check.
Line("Hours", 7.5, Price("85.50", "EUR"))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Payment(100, on=date(2026, 5, 4))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
