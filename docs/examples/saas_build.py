"""A SaaS build: 48,000 EUR, 25 % MVP, 25 % core features, 50 % QA and deployment.

Two people approve each sprint. Half of the last one is billed when half of it is done, the rest
when all is. Seller and client are in two countries of the EU, so that the tax is reverse charged.
"""

from datetime import date

from showing import show_contract

from milestone_invoicing import (
    ON_APPROVAL,
    Approved,
    AtProgress,
    Books,
    Delivered,
    Milestone,
    Money,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    ProgressReported,
    Schedule,
    Sent,
    Started,
    Tax,
    TaxCategory,
    draft_invoice,
    issue,
)

CLIENT = Party("lumen", "Lumen NV", address=("Kouter 12", "Gent"), tax_id="BE0123456749")
STUDIO = Party("forge", "Forge Software B.V.", tax_id="NL001234567B01")
REVERSE_CHARGE = Tax(TaxCategory.AE, Percent(0))
DAYS = (date(2026, 1, 5), date(2026, 2, 3), date(2026, 4, 1), date(2026, 6, 1))


def contract() -> Schedule:
    """Return the contract with all that happened to its work."""
    approvers = ("Mia", "Ravi")
    schedule = Schedule(
        Money.of(48_000, "EUR"),
        [
            Milestone("mvp", "Sprint 1: MVP", Percent(25), approvers=approvers),
            Milestone(
                "core",
                "Sprint 2: core features",
                Percent(25),
                trigger=ON_APPROVAL,
                approvers=approvers,
                depends_on=["mvp"],
            ),
            Milestone(
                "deployment",
                "Sprint 3: QA and deployment",
                Percent(50),
                trigger=AtProgress(Percent(50)),
                due_on=date(2026, 4, 30),
                depends_on=["core"],
            ),
        ],
        # Thirty days, then to the end of that month; the other reading is then_days=30.
        terms=PaymentTerms.end_of_month(first_days=30),
    )
    schedule = schedule.record(
        "mvp",
        Started(on=date(2026, 1, 5)),
        Delivered(on=date(2026, 1, 30)),
        Approved("Mia", on=date(2026, 2, 2)),
        Approved("Ravi", on=date(2026, 2, 4)),
    )
    schedule = schedule.record(
        "core",
        Delivered(on=date(2026, 3, 6)),
        Approved("Ravi", on=date(2026, 3, 9)),
        Approved("Mia", on=date(2026, 3, 10)),
    )
    return schedule.record(
        "deployment",
        ProgressReported(Percent(20), on=date(2026, 3, 20)),
        ProgressReported(Percent(50), on=date(2026, 3, 31)),
        Delivered(on=date(2026, 5, 4)),
    )


def bills(schedule: Schedule) -> Books:
    """Return the invoices with all that happened to them."""
    invoices = Books()
    for number, key, day, up_to in (
        ("F-11", "mvp", date(2026, 2, 4), Percent(100)),
        ("F-12", "core", date(2026, 3, 10), Percent(100)),
        ("F-13", "deployment", date(2026, 4, 1), Percent(50)),
        ("F-14", "deployment", date(2026, 5, 4), Percent(100)),
    ):
        draft = draft_invoice(
            schedule,
            key,
            invoices=invoices,
            as_of=day,
            buyer=CLIENT,
            seller=STUDIO,
            tax=REVERSE_CHARGE,
            up_to=up_to,
        )
        invoices = invoices.add(issue(draft, number=number, on=day).record(Sent(on=day)))
    invoices = invoices.record("F-11", Payment(Money.of(12_000, "EUR"), on=date(2026, 3, 27)))
    return invoices.record("F-12", Payment(Money.of(12_500, "EUR"), on=date(2026, 4, 30)))


def main() -> None:
    """Print the contract from the first sprint to deployment."""
    schedule = contract()
    show_contract("SaaS build", schedule, bills(schedule), days=DAYS, locale="en_GB")


if __name__ == "__main__":
    main()
