"""Each day of many in one pass: what each kind of fact changes on its own day."""

from datetime import date

import pytest

from milestone_invoicing import (
    AddDays,
    Disputed,
    DueAmount,
    DueDateExtended,
    DueRule,
    EventOccurred,
    Installment,
    Invoice,
    InvoiceFact,
    Line,
    Money,
    Party,
    Payment,
    PaymentTerms,
    PlanAgreed,
    RetainageReleased,
    Reversed,
    Voided,
    Weight,
)
from milestone_invoicing.billing.history.daily import daily_readings

ACME = Party("acme", "Acme")


def may(day: int) -> date:
    return date(2026, 5, day)


def june(day: int) -> date:
    return date(2026, 6, day)


def eur(amount: int) -> Money:
    return Money.of(amount, "EUR")


def paid(amount: int, on: date) -> Payment:
    return Payment(eur(amount), on=on)


def bill(*facts: InvoiceFact, amount: int = 1000, **fields) -> Invoice:
    """Return an invoice of 1 May, half of it due in 10 days and half after acceptance."""
    halves = [
        Installment(Weight(1), DueRule((AddDays(10),))),
        Installment(Weight(1), DueRule((AddDays(5),)), after="acceptance"),
    ]
    lines = [Line("Work", 1 if amount > 0 else -1, eur(abs(amount)))]
    fields.setdefault("terms", PaymentTerms(halves))
    return Invoice("1", may(1), ACME, lines, facts=facts, **fields)


FIRST = paid(100, may(5))
LATER = paid(200, june(4))
LAST = paid(50, june(9))


@pytest.mark.parametrize(
    ("fact", "dues", "opens", "retained"),
    [
        pytest.param(
            Disputed("late", on=may(20)),
            [may(11), None, None],
            [100, 450, 0],
            100,
            id="disputed: 450 - 350 = 100",
        ),
        pytest.param(
            DueDateExtended(june(30), "asked", on=may(20)),
            [june(30), None, None],
            [100, 450, 0],
            100,
            id="extended: 11 May is 30 June",
        ),
        pytest.param(
            EventOccurred("acceptance", on=may(20)),
            [may(11), may(25), None],
            [100, 450, 0],
            100,
            id="accepted: 20 May + 5 days = 25 May",
        ),
        pytest.param(
            PlanAgreed([DueAmount(june(1), eur(800))], on=may(20)),
            [may(11), None, None, june(1)],
            [0, 0, 0, 550],
            100,
            id="a plan: 800 - 250 = 550",
        ),
        pytest.param(
            RetainageReleased(eur(100), june(2), on=may(20)),
            [may(11), None, june(2)],
            [100, 450, 100],
            0,
            id="released: 100 - 100 = 0 held",
        ),
        pytest.param(
            Reversed(FIRST, "bounced", on=may(20)),
            [may(11), None, None],
            [200, 450, 0],
            100,
            id="bounced: 450 - 250 = 200",
        ),
    ],
)
def test_what_came_before_counts_on_each_later_day(
    fact: InvoiceFact, dues: list[date | None], opens: list[int], retained: int
):
    invoice = bill(FIRST, fact, LATER, LAST, held=eur(100))
    days = [may(1), may(5), may(20), june(4), june(9), june(10)]
    *_, last = daily_readings(invoice.reading(days[0]), days[1:])
    assert last.facts == invoice.reading(june(10)).facts
    assert (list(last.due_days), last.retained) == (dues, retained * 100)
    assert list(last.open_by_item) == [each * 100 for each in opens]


def test_a_void_owes_from_its_own_day_on_nothing():
    invoice = bill(Disputed("wrong", on=may(5)), Voided("wrong", on=may(20)))
    told = daily_readings(invoice.reading(may(19)), [may(20)])
    assert [each.open for each in told] == [100_000, 0]


def test_a_draft_claims_nothing_on_any_day():
    draft = Invoice(None, None, ACME, [Line("Work", 1, eur(1000))])
    told = daily_readings(draft.reading(may(1)), [may(2)])
    assert [each.claim for each in told] == [None, None]
