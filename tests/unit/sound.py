"""An invoice that breaks no rule, and the parties of it; tables change one part at a time."""

from datetime import date

from milestone_invoicing import (
    Delivery,
    Finding,
    Invoice,
    Line,
    Money,
    Party,
    PaymentTerms,
    Tax,
)

SELLER = Party(
    "me",
    "Eve Design",
    address=["Dam 1", "Amsterdam"],
    country="NL",
    tax_id="NL001234567B01",
    legal_id="90001234",
    contact="eve@example.com",
    bank_account="NL91ABNA0417164300",
)
BUYER = Party(
    "acme",
    "Acme GmbH",
    address=["Markt 2", "Bonn"],
    country="DE",
    tax_id="DE123456789",
    legal_id="HRB 1",
    contact="Jan",
)
DELIVERY = Delivery("Wireframes v2", delivered_on=date(2026, 4, 30), approved_by=["Jan"])
STANDARD = Tax.standard(21)


def eur(amount: str | int) -> Money:
    """Return an amount in euros."""
    return Money.of(amount, "EUR")


def line(tax: Tax = STANDARD, *, amount: int = 1000, **parts) -> Line:
    """Return a line that shows all that a line should."""
    return Line("Design", 1, eur(amount), **{"unit": "C62", "tax": tax} | parts)


def sound(*lines: Line, **parts) -> Invoice:
    """Return an invoice that breaks no rule unless its parts do."""
    whole = {
        "number": "2026-001",
        "issued_on": date(2026, 5, 1),
        "buyer": BUYER,
        "lines": lines or [line()],
        "seller": SELLER,
        "terms": PaymentTerms.net(30),
    }
    return Invoice(**whole | parts)


def codes(findings: tuple[Finding, ...]) -> list[str]:
    """Return how bad, where and what each finding is, without its message."""
    return [f"{each.severity} {each.path} {each.code}" for each in findings]
