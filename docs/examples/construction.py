"""A construction job: 184,333.37 EUR and 21 % tax; permits, foundation, frame, final inspection.

20, 30, 30 and 20 % of a total that does not divide evenly. The second invoice is paid in part;
the third is late, until an extension is agreed. In Dutch.
"""

from datetime import date

from showing import show_contract

from milestone_invoicing import (
    Approved,
    Books,
    Delivered,
    DueDateExtended,
    Milestone,
    Money,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    Schedule,
    Sent,
    Tax,
    draft_invoice,
    issue,
)

CLIENT = Party("devries", "Fam. De Vries", address=("Dijkweg 4", "Hoorn"))
BUILDER = Party("bouw", "Bouwbedrijf Noord B.V.", tax_id="NL009876543B01")
DAYS = (date(2026, 2, 1), date(2026, 4, 10), date(2026, 5, 27), date(2026, 6, 1))


def contract() -> Schedule:
    """Return the contract with all that happened to its work."""
    schedule = Schedule(
        Money.of("184333.37", "EUR"),
        [
            Milestone("permits", "Vergunningen", Percent(20)),
            Milestone("foundation", "Fundering gestort", Percent(30)),
            Milestone("frame", "Ruwbouw", Percent(30)),
            Milestone("inspection", "Eindinspectie", Percent(20)),
        ],
        signed_on=date(2025, 12, 18),
        terms=PaymentTerms.net(30),
    )
    for key, delivered, approved in (
        ("permits", date(2026, 1, 15), date(2026, 1, 16)),
        ("foundation", date(2026, 2, 27), date(2026, 3, 2)),
        ("frame", date(2026, 4, 17), date(2026, 4, 20)),
    ):
        schedule = schedule.record(key, Delivered(on=delivered), Approved("De Vries", on=approved))
    return schedule


def bills(schedule: Schedule) -> Books:
    """Return the invoices with all that happened to them."""
    invoices = Books()
    for number, key, day in (
        ("26-01", "permits", date(2026, 1, 16)),
        ("26-02", "foundation", date(2026, 3, 2)),
        ("26-03", "frame", date(2026, 4, 20)),
    ):
        draft = draft_invoice(
            schedule,
            key,
            invoices=invoices,
            as_of=day,
            buyer=CLIENT,
            seller=BUILDER,
            tax=Tax.standard(21),
        )
        invoices = invoices.add(issue(draft, number=number, on=day).record(Sent(on=day)))
    paid = Payment(Money.of("44608.68", "EUR"), on=date(2026, 2, 10))
    in_part = Payment(Money.of(40_000, "EUR"), on=date(2026, 3, 30))
    extended = DueDateExtended(date(2026, 6, 30), "bank loan is late", on=date(2026, 5, 28))
    invoices = invoices.record("26-01", paid)
    invoices = invoices.record("26-02", in_part)
    return invoices.record("26-03", extended)


def main() -> None:
    """Print the job from the permits to the extension."""
    schedule = contract()
    show_contract("Nieuwbouw Dijkweg 4", schedule, bills(schedule), days=DAYS, locale="nl_NL")


if __name__ == "__main__":
    main()
