"""One cent that is left over of a credit note, or open, is there in every figure."""

import attrs

from milestone_invoicing import (
    AgingBuckets,
    Applied,
    CreditEffect,
    Invoice,
    InvoiceKind,
    Refunded,
    StatusLabel,
    age,
    invoice_status,
    receivables_summary,
    statement,
)
from milestone_invoicing.receivables.metrics.balances import receivable
from tests.positions import position_on
from tests.unit.bills import ACME, bill, eur, june, may

CENT = eur("0.01")
TODAY = june(10)


def note(amount: str, *facts: Applied | Refunded) -> Invoice:
    return attrs.evolve(
        bill(f"-{amount}", number="N"),
        kind=InvoiceKind.CREDIT_NOTE,
        effect=CreditEffect.PRICE_REDUCTION,
        facts=facts,
    )


LEFT = {
    "a note of one cent": note("0.01"),
    "a cent left of what is applied": note("5.00", Applied(eur("4.99"), "1", on=may(2))),
    "a cent left of what went back": note("5.00", Refunded(eur("4.99"), on=may(2))),
}


def test_a_cent_of_a_credit_note_is_left_over():
    for found in LEFT.values():
        status = invoice_status(found, as_of=TODAY)
        assert (status.label, status.unapplied, status.open) == (
            StatusLabel.CREDIT_OPEN,
            CENT,
            eur(0),
        )
        assert position_on(found, TODAY).unapplied == CENT
        assert receivable(found.reading(TODAY)) == -1


def test_of_a_note_without_a_cent_nothing_is_left_over():
    for fact in (Applied(eur("5.00"), "1", on=may(2)), Refunded(eur("5.00"), on=may(2))):
        assert receivable(note("5.00", fact).reading(TODAY)) == 0
        assert receivable(note("5.00", fact).reading(may(1))) == -500


def test_a_cent_of_a_credit_note_stands_in_each_report():
    for found in LEFT.values():
        (row,) = age([found], as_of=TODAY, buckets=AgingBuckets()).rows
        assert (row.unapplied, row.balance) == (-CENT, -CENT)
        (account,) = statement(ACME, [found], since=may(1), until=TODAY).accounts
        assert account.closing == -CENT
        assert [item.open for item in account.open_items] == [-CENT]
        (total,) = receivables_summary([found], as_of=TODAY).totals
        assert total.unapplied == CENT
