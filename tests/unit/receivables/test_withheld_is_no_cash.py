"""What a client withholds for the state: open until its certificate, and never asked for as cash.

Of 1,000.00, issued on 1 May and due on the 31st, 150.00 are withheld.
"""

from datetime import date

import attrs
import pytest

from milestone_invoicing import (
    Adjustment,
    Invoice,
    InvoiceFact,
    Payment,
    PaymentTerms,
    Promised,
    ReminderPolicy,
    Sent,
    Withheld,
    cash_forecast,
    due_reminders,
    invoice_status,
)
from tests.unit.bills import bill, eur, june, may

HELD_BACK = Adjustment(eur(150), reason="Withholding tax")


def told(*facts: InvoiceFact, terms: PaymentTerms | None = None) -> Invoice:
    more = {} if terms is None else {"terms": terms}
    plain = attrs.evolve(bill(1000, **more), withheld=[HELD_BACK])
    return plain.record(Sent(on=may(1)), *facts)


PAID = Payment(eur(850), on=may(30))
CERTIFIED = Withheld(eur(150), on=june(20))


@pytest.mark.parametrize(
    ("invoice", "day", "asked", "open_"),
    [
        pytest.param(told(), june(3), 850, 1000, id="1000 - 150"),
        pytest.param(told(Payment(eur(400), on=may(9))), june(3), 450, 600, id="600 - 150"),
        pytest.param(told(PAID), june(3), None, 150, id="nothing but the certificate"),
        pytest.param(told(PAID, CERTIFIED), june(20), None, 0, id="certified"),
        pytest.param(told(Withheld(eur(50), on=may(9))), june(3), 850, 950, id="950 - 100"),
        pytest.param(told(Withheld(eur(200), on=may(9))), june(3), 800, 800, id="more than said"),
    ],
)
def test_no_letter_asks_for_it_and_no_forecast_expects_it(
    invoice: Invoice, day: date, asked: int | None, open_: int
):
    assert invoice_status(invoice, as_of=day).open == eur(open_)
    found = [each.amount for each in due_reminders([invoice], ReminderPolicy.standard(), as_of=day)]
    assert found == ([] if asked is None else [eur(asked)])
    totals = cash_forecast([], [invoice], as_of=day, until=june(30)).totals
    assert [each.expected for each in totals] == ([] if asked is None else [eur(asked)])


def test_it_is_taken_from_what_is_due_last():
    halves = told(terms=PaymentTerms.monthly(2, first_days=14))
    rows = cash_forecast([], [halves], as_of=may(10), until=june(30)).rows
    assert [row.invoiced for row in rows if row.invoiced] == [eur(500), eur(350)]
    promised = halves.record(Promised(may(12), eur(600), on=may(9)))
    (total,) = cash_forecast([], [promised], as_of=may(10), until=june(30)).totals
    assert (total.promised, total.invoiced) == (eur(600), eur(250))


def test_a_letter_of_the_past_was_about_the_cash():
    policy = ReminderPolicy.to_client(3, 7)
    first = due_reminders([told()], policy, as_of=june(3))
    again = told(first[0].fact())
    assert not due_reminders([again], policy, as_of=june(4))
    assert [each.level for each in due_reminders([again], policy, as_of=june(7))] == [2]
