"""A portfolio: forty invoices of five clients in euros and dollars, aged on three days.

Some payments are entered weeks after the money came in. Read back as known at the end of March,
the same data give the answer that was printed then.
"""

from datetime import date, timedelta

from milestone_invoicing import (
    Invoice,
    Line,
    Money,
    Party,
    Payment,
    PaymentTerms,
    Sent,
    age,
    as_known_on,
)
from milestone_invoicing.display import aging_text

CLIENTS = (
    (Party("acme", "Acme Ltd"), "EUR", 30),
    (Party("boreal", "Boreal AB"), "EUR", 14),
    (Party("cobalt", "Cobalt Inc."), "USD", 30),
    (Party("delta", "Delta Works"), "EUR", 0),
    (Party("elm", "Elm Street LLC"), "USD", 45),
)
DAYS = (date(2026, 3, 31), date(2026, 5, 31), date(2026, 7, 31))
LAST_MONTH = DAYS[0]
NUMBER = 40


def bill(index: int) -> Invoice:
    """Return invoice *index*: 1,000.00 plus 25.00 a number, one every five days, in turn.

    Of every four, the first is paid when due, the second ten days late and entered three weeks
    after that, the third in half when due, and the fourth not at all.
    """
    client, currency, days = CLIENTS[index % len(CLIENTS)]
    issued = date(2026, 1, 5) + timedelta(days=5 * index)
    due = issued + timedelta(days=days)
    amount = Money.of(1000 + 25 * index, currency)
    invoice = Invoice(
        f"P-{index:02}",
        issued,
        client,
        [Line("Services", 1, amount)],
        terms=PaymentTerms.net(days),
    ).record(Sent(on=issued))
    match index % 4:
        case 0:
            return invoice.record(Payment(amount, on=due))
        case 1:
            paid, entered = due + timedelta(days=10), due + timedelta(days=31)
            return invoice.record(Payment(amount, on=paid, recorded_on=entered))
        case 2:
            half = Money(amount.minor // 2, amount.currency)
            return invoice.record(Payment(half, on=due))
        case _:
            return invoice


def portfolio() -> tuple[Invoice, ...]:
    """Return the forty invoices."""
    return tuple(bill(index) for index in range(NUMBER))


def main() -> None:
    """Print the aging on three days, then March again as it was known then."""
    invoices = portfolio()
    names = {client.key: client.name for client, _, _ in CLIENTS}
    print("Portfolio\n=========\n")
    for day in DAYS:
        print(aging_text(age(invoices, as_of=day), locale="en", names=names), end="\n\n")
    then = [as_known_on(invoice, LAST_MONTH) for invoice in invoices]
    print("As it was known on the first of these days, before late entries:\n")
    print(aging_text(age(then, as_of=LAST_MONTH), locale="en", names=names))


if __name__ == "__main__":
    main()
