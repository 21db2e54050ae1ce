"""What is there for a fact to take, on a day and on each later one: a row per rule."""

from datetime import date

import pytest

from milestone_invoicing import (
    Adjustment,
    Applied,
    Credited,
    CreditEffect,
    EarlyDiscount,
    Invoice,
    InvoiceFact,
    InvoiceKind,
    Payment,
    PaymentTerms,
    Percent,
    Recovered,
    Refunded,
    Withheld,
    WriteOffReason,
    WrittenOff,
)
from milestone_invoicing.billing.history.fact_checks import room_for
from milestone_invoicing.billing.history.invoice_facts import MoneyFact
from tests.unit.bills import ACME, bill, claim_of, eur, line, may

TWO_TEN = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
CERTIFIED = Invoice(
    "1", may(1), ACME, [line(1000)], terms=TWO_TEN, withheld=[Adjustment(Percent(20), "tax")]
)
"""1,000 of which the client pays 200 to the state, and 20 are left off by 11 May."""
NOTE = Invoice(
    "N",
    may(5),
    ACME,
    [line(-100)],
    kind=InvoiceKind.CREDIT_NOTE,
    effect=CreditEffect.REBILL,
    discount_taken=eur(2),
    preceding=["1"],
)
"""100 of which 2 are a discount that lapses."""


def paid(amount: int, day: int = 2) -> Payment:
    return Payment(eur(amount), on=may(day))


def refunded(amount: int, day: int) -> Refunded:
    return Refunded(eur(amount), on=may(day))


Row = tuple[Invoice, list[InvoiceFact], type[MoneyFact], date, str | None, int]
ROWS: dict[str, Row] = {
    "780 and the tax settle: 200 are left for the certificate": (
        CERTIFIED, [paid(780)], Withheld, may(3), None, 200),
    "985 came, 15 are a discount: the certificate takes its place": (
        CERTIFIED, [paid(985)], Withheld, may(3), None, 15),
    "985 came: nothing is left to credit": (
        CERTIFIED, [paid(985)], Credited, may(3), None, 0),
    "100 less what is paid on a later day": (
        bill(100), [paid(30, 9)], Credited, may(3), None, 70),
    "40 too much on the day, 10 of them until the next refund": (
        bill(100), [paid(140), refunded(30, 9)], Refunded, may(3), None, 10),
    "a bad debt may be recovered, but no small difference": (
        bill(100), [
            WrittenOff(eur(10), on=may(2)),
            WrittenOff(eur(5), WriteOffReason.SMALL_DIFFERENCE, on=may(2)),
        ], Recovered, may(3), None, 10),
    "what is recovered is no bad debt any more": (
        bill(100), [WrittenOff(eur(10), on=may(2)), Recovered(eur(4), on=may(3))],
        Recovered, may(3), None, 6),
    "no invoice is set against another": (bill(100), [], Applied, may(3), "1", 0),
    "no note is credited": (NOTE, [], Credited, may(9), None, 0),
    "98 of a note against another invoice": (NOTE, [], Applied, may(5), "2", 98),
    "all of it against its own, on the day of its issue too": (NOTE, [], Applied, may(5), "1", 100),
    "before it is issued only cash: 3 went back of 7": (
        NOTE, [paid(7), refunded(3, 3)], Refunded, may(3), None, 4),
    "8 of 98 after 90 were applied": (
        NOTE, [Applied(eur(90), "2", on=may(5))], Refunded, may(6), None, 8),
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_the_most_that_a_fact_may_move(row: Row):
    invoice, facts, kind, day, target, room = row
    assert room_for(kind, claim_of(invoice), facts, day, target) == eur(room)
