"""A freelance UX designer: 5,000 USD, 40 % on signing, 30 % after user testing, 30 % on delivery.

User testing is refused once. Its invoice is paid in two parts, the second late; the last
invoice is one day overdue when the story ends.
"""

from datetime import date

from showing import show_contract

from milestone_invoicing import (
    Approved,
    Books,
    Delivered,
    Money,
    Party,
    Payment,
    PaymentTerms,
    Rejected,
    Schedule,
    Sent,
    Template,
    draft_invoice,
    issue,
)

CLIENT = Party("northwind", "Northwind Inc.", address=("8 Pier Road", "Portland, OR"))
DESIGNER = Party("dana", "Dana Reyes", contact="dana@example.com")
DAYS = (date(2026, 3, 2), date(2026, 4, 13), date(2026, 5, 10), date(2026, 6, 18))


def contract() -> Schedule:
    """Return the contract with all that happened to its work."""
    schedule = Template.UX_DESIGN.schedule(
        Money.of(5000, "USD"), signed_on=date(2026, 3, 2), terms=PaymentTerms.net(14)
    )
    schedule = schedule.record(
        "testing",
        Delivered(on=date(2026, 4, 10)),
        Rejected("Northwind", "two of five tasks were not tested", on=date(2026, 4, 13)),
        Delivered(on=date(2026, 4, 20)),
        Approved("Northwind", on=date(2026, 4, 22)),
    )
    return schedule.record(
        "delivery", Delivered(on=date(2026, 5, 29)), Approved("Northwind", on=date(2026, 6, 3))
    )


def bills(schedule: Schedule) -> Books:
    """Return the invoices with all that happened to them."""
    invoices = Books()
    for number, key, day in (
        ("2026-001", "signing", date(2026, 3, 2)),
        ("2026-002", "testing", date(2026, 4, 22)),
        ("2026-003", "delivery", date(2026, 6, 3)),
    ):
        draft = draft_invoice(
            schedule, key, invoices=invoices, as_of=day, buyer=CLIENT, seller=DESIGNER
        )
        invoices = invoices.add(issue(draft, number=number, on=day))
        invoices = invoices.record(number, Sent(on=day))
    invoices = invoices.record("2026-001", Payment(Money.of(2000, "USD"), on=date(2026, 3, 12)))
    return invoices.record(
        "2026-002",
        Payment(Money.of(1000, "USD"), on=date(2026, 5, 4)),
        Payment(Money.of(500, "USD"), on=date(2026, 5, 20)),
    )


def main() -> None:
    """Print the contract from signing to the last invoice."""
    schedule = contract()
    show_contract("UX design", schedule, bills(schedule), days=DAYS, locale="en_US")


if __name__ == "__main__":
    main()
