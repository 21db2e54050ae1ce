"""What is there for a fact to take, on a day and on each later one: a row per rule."""

from datetime import date

import attrs
import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    Adjustment,
    Applied,
    Credited,
    CreditEffect,
    DueRule,
    EarlyDiscount,
    Installment,
    Invoice,
    InvoiceFact,
    InvoiceKind,
    Payment,
    PaymentTerms,
    Percent,
    Recovered,
    Refunded,
    RetainageReleased,
    Withheld,
    WriteOffReason,
    WrittenOff,
)
from milestone_invoicing.billing.history.fact_checks import releasable, room_for
from milestone_invoicing.billing.history.filling import fill
from milestone_invoicing.billing.history.invoice_facts import MoneyFact
from tests.unit.bills import ACME, bill, claim_of, eur, line, may

TWO_PERCENT = EarlyDiscount(2, 10)
TWO_TEN = PaymentTerms.net(30, discounts=[TWO_PERCENT])
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
    "985 + 15 certified + 10 of one day = 1000 + 10: no discount is there to be undone": (
        CERTIFIED, [paid(985), Withheld(eur(15), on=may(2)), paid(10)], Refunded, may(3), None, 10),
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
    "against its own, before it is issued, 7 - 3 = 4 of cash and no discount": (
        NOTE, [paid(7), refunded(3, 3)], Applied, may(3), "1", 4),
    "8 of 98 after 90 were applied": (
        NOTE, [Applied(eur(90), "2", on=may(5))], Refunded, may(6), None, 8),
}  # fmt: skip


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_the_most_that_a_fact_may_move(row: Row):
    invoice, facts, kind, day, target, room = row
    assert room_for(kind, claim_of(invoice), facts, day, target) == eur(room)


@pytest.mark.parametrize(
    ("released", "day", "most"),
    [
        pytest.param([], 3, 40, id="40 are held"),
        pytest.param([(30, 2)], 3, 10, id="30 are released by then"),
        pytest.param([(30, 9)], 3, 10, id="30 are released on a later day"),
        pytest.param([(10, 2), (20, 9)], 3, 10, id="10 by then, 20 later"),
        pytest.param([(40, 9)], 3, 0, id="all is released later"),
    ],
)
def test_no_more_is_released_than_any_day_leaves(
    released: list[tuple[int, int]], day: int, most: int
):
    held = claim_of(Invoice("1", may(1), ACME, [line(100)], held=eur(40)))
    facts = [RetainageReleased(eur(minor), may(30), on=may(on)) for minor, on in released]
    assert releasable(held, facts, may(day)) == eur(most)


@pytest.mark.parametrize(
    ("own", "certified", "got"),
    [
        pytest.param([TWO_PERCENT], 60, (0, 60), id="60: of the 80 of what is due first"),
        pytest.param(
            [TWO_PERCENT], 150, (70, 80), id="150: 80 of what is due first, 70 of the other"
        ),
        pytest.param(
            [TWO_PERCENT], 250, (120, 130), id="250: more than the 200 that were to be withheld"
        ),
        pytest.param([], 150, (0, 150), id="150 = 0 + 150, without discounts of their own"),
        pytest.param([], 450, (50, 400), id="450 = 50 + 400, without discounts of their own"),
    ],
)
def test_a_certificate_settles_what_was_withheld_of_each_or_what_is_due_first(
    own: list[EarlyDiscount], certified: int, got: tuple[int, int]
):
    parts = [
        Installment(Percent(60), DueRule((AddDays(30),)), discounts=own),
        Installment(REST, DueRule((AddDays(14),))),
    ]
    invoice = attrs.evolve(CERTIFIED, terms=PaymentTerms(parts))
    filling = fill(claim_of(invoice), [Withheld(eur(certified), on=may(20))])
    assert tuple(minor // 100 for minor in filling.withheld) == got
