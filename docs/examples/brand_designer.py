"""A brand designer: 6,499.99 EUR, 30 % first mock-ups, 30 % revisions, 40 % final assets.

The total does not divide evenly. The second invoice went to the wrong company and was voided
before it was sent; it is billed again, in two instalments. Amounts with 20 % tax, in French.
"""

from datetime import date

from showing import show_contract

from milestone_invoicing import (
    Approved,
    Delivered,
    Invoice,
    Milestone,
    Money,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    Schedule,
    Sent,
    Tax,
    Voided,
    draft_invoice,
    issue,
)

CLIENT = Party("atelier", "Atelier Lune SARL", address=("3 rue des Arts", "Lyon"))
OTHER = Party("lune", "Lune Conseil SAS")
DESIGNER = Party("camille", "Camille Roux")
TAX = Tax.standard(20)
DAYS = (date(2026, 9, 4), date(2026, 9, 29), date(2026, 10, 1), date(2026, 11, 10))


def contract() -> Schedule:
    """Return the contract with all that happened to its work."""
    schedule = Schedule(
        Money.of("6499.99", "EUR"),
        [
            Milestone("mock-ups", "Premières maquettes", Percent(30)),
            Milestone("revisions", "Révisions", Percent(30)),
            Milestone("final-assets", "Fichiers finaux", Percent(40)),
        ],
        signed_on=date(2026, 8, 24),
        terms=PaymentTerms.net(30),
    )
    schedule = schedule.record(
        "mock-ups", Delivered(on=date(2026, 9, 2)), Approved("Atelier", on=date(2026, 9, 4))
    )
    return schedule.record(
        "revisions", Delivered(on=date(2026, 9, 25)), Approved("Atelier", on=date(2026, 9, 28))
    )


def bills(schedule: Schedule) -> tuple[Invoice, ...]:
    """Return the invoices with all that happened to them."""
    first = issue(
        draft_invoice(
            schedule,
            "mock-ups",
            invoices=(),
            as_of=date(2026, 9, 4),
            buyer=CLIENT,
            seller=DESIGNER,
            tax=TAX,
        ),
        number="A-1",
        on=date(2026, 9, 4),
    ).record(Sent(on=date(2026, 9, 4)), Payment(Money.of(2340, "EUR"), on=date(2026, 9, 21)))
    wrong = issue(
        draft_invoice(
            schedule,
            "revisions",
            invoices=(first,),
            as_of=date(2026, 9, 28),
            buyer=OTHER,
            seller=DESIGNER,
            tax=TAX,
        ),
        number="A-2",
        on=date(2026, 9, 28),
    ).record(Voided("made out to the wrong company", on=date(2026, 9, 29)))
    again = issue(
        draft_invoice(
            schedule,
            "revisions",
            invoices=(first, wrong),
            as_of=date(2026, 10, 1),
            buyer=CLIENT,
            seller=DESIGNER,
            tax=TAX,
            terms=PaymentTerms.monthly(2, first_days=14),
            rebill=True,
        ),
        number="A-3",
        on=date(2026, 10, 1),
    ).record(Sent(on=date(2026, 10, 1)), Payment(Money.of(1170, "EUR"), on=date(2026, 10, 15)))
    return first, wrong, again


def main() -> None:
    """Print the contract from the first mock-ups to the second instalment."""
    schedule = contract()
    show_contract("Identité visuelle", schedule, bills(schedule), days=DAYS, locale="fr_FR")


if __name__ == "__main__":
    main()
