"""What paying early is worth on a day: stage, last day, amounts; and where it stands in sums."""

import re
from datetime import date
from typing import Any

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    DiscountOffer,
    DiscountStage,
    DiscountState,
    DueRule,
    EarlyDiscount,
    EventOccurred,
    GrossPosition,
    Installment,
    Invoice,
    InvoiceFact,
    Line,
    Milestone,
    OnDate,
    Payment,
    PaymentTerms,
    Percent,
    Reversed,
    Schedule,
    SettlementState,
    StatusLabel,
    Tax,
    Voided,
    contract_position,
    discount_state,
    invoice_status,
)
from milestone_invoicing.errors import DateTypeError, WrongTypeError
from tests.unit.bills import ACME, april, bill, eur, june, may

NONE, AVAILABLE, TAKEN, LAPSED = DiscountStage
TWO_TEN, ONE_TWENTY = EarlyDiscount(2, 10), EarlyDiscount(1, 20)
LEVELS = PaymentTerms.net(30, discounts=[TWO_TEN, ONE_TWENTY])
DAYS_14, DAYS_30 = DueRule((AddDays(14),)), DueRule((AddDays(30),))
# 600 due on 31 May, less 12 until 11 May; 400 due on 15 May, less 4 until 21 May.
EACH = PaymentTerms(
    [
        Installment(Percent(60), DAYS_30, discounts=[TWO_TEN]),
        Installment(REST, DAYS_14, discounts=[ONE_TWENTY]),
    ]
)
WAITS = PaymentTerms(
    [Installment(Percent(50), after="a", discounts=[TWO_TEN]), Installment(REST, DAYS_30)]
)


def paid(amount: int | str, day: int = 2) -> Payment:
    return Payment(eur(amount), on=may(day))


def told(*facts: InvoiceFact, terms: PaymentTerms = LEVELS) -> Invoice:
    return bill(1000, *facts, terms=terms)


def worth(state: DiscountState) -> tuple[DiscountStage, date | None, int, int, int]:
    """Return stage, last day, and in whole euros what is available, taken and settles."""
    return (
        state.stage,
        state.until,
        state.available.minor // 100,
        state.taken.minor // 100,
        state.settles.minor // 100,
    )


BOUNCED = (paid(980, 11), Reversed(paid(980, 11), "bounced", on=may(15)))
CAME = EventOccurred("a", on=may(5))
# fmt: off
STATES = {
    "before it is issued": (told(), april(30), (NONE, None, 0, 0, 0)),
    "the issue date": (told(), may(1), (AVAILABLE, may(11), 20, 0, 980)),
    "the last day": (told(), may(11), (AVAILABLE, may(11), 20, 0, 980)),
    "the day after, the next level": (told(), may(12), (AVAILABLE, may(21), 10, 0, 990)),
    "the last day of the next level": (told(), may(21), (AVAILABLE, may(21), 10, 0, 990)),
    "the day after all": (told(), may(22), (LAPSED, may(21), 0, 0, 1000)),
    "500 paid": (told(paid(500)), may(11), (AVAILABLE, may(11), 20, 0, 480)),
    "985 paid late": (told(paid(985, 12)), may(13), (AVAILABLE, may(21), 10, 0, 5)),
    "980 paid": (told(paid(980)), may(2), (TAKEN, may(21), 0, 20, 0)),
    "980 paid, later": (told(paid(980)), june(9), (TAKEN, may(21), 0, 20, 0)),
    "1000 paid": (told(paid(1000)), may(2), (LAPSED, may(21), 0, 0, 0)),
    "1000 paid late": (told(paid(1000, 25)), may(25), (LAPSED, may(21), 0, 0, 0)),
    "bounced in time for the next level":
        (told(*BOUNCED), may(15), (AVAILABLE, may(21), 10, 0, 990)),
    "the day before it bounced": (told(*BOUNCED), may(14), (TAKEN, may(21), 0, 20, 0)),
    "void": (told(Voided("x", on=may(5))), may(5), (NONE, None, 0, 0, 0)),
    "the day before the void":
        (told(Voided("x", on=may(5))), may(4), (AVAILABLE, may(11), 20, 0, 980)),
    "a draft": (bill(number=None, terms=LEVELS), may(5), (NONE, None, 0, 0, 0)),
    "no discount": (bill(), may(5), (NONE, None, 0, 0, 1000)),
    "no discount, paid": (bill(1000, paid(1000)), may(5), (NONE, None, 0, 0, 0)),
    "a bill of zero": (bill(0, terms=LEVELS), may(5), (NONE, None, 0, 0, 0)),
    "a claim below zero": (bill(-1000, terms=LEVELS), may(5), (NONE, None, 0, 0, 0)),
    "each: both": (told(terms=EACH), may(1), (AVAILABLE, may(11), 16, 0, 984)),
    "each: one left": (told(terms=EACH), may(12), (AVAILABLE, may(21), 4, 0, 996)),
    "each: one taken, one available":
        (told(paid(396), terms=EACH), may(2), (AVAILABLE, may(11), 12, 4, 588)),
    "each: one taken, the other over":
        (told(paid(396), terms=EACH), may(12), (TAKEN, may(21), 0, 4, 600)),
    "each: one in part": (told(paid(100), terms=EACH), may(2), (AVAILABLE, may(11), 16, 0, 884)),
    "each: all over": (told(terms=EACH), may(22), (LAPSED, may(21), 0, 0, 1000)),
    "waiting: none yet": (told(terms=WAITS), may(4), (NONE, None, 0, 0, 1000)),
    "from the event on": (told(CAME, terms=WAITS), may(5), (AVAILABLE, may(15), 10, 0, 990)),
    "ten days after the event":
        (told(CAME, terms=WAITS), may(15), (AVAILABLE, may(15), 10, 0, 990)),
    "eleven days after it": (told(CAME, terms=WAITS), may(16), (LAPSED, may(15), 0, 0, 1000)),
}
# fmt: on


@pytest.mark.parametrize(("invoice", "asked", "expected"), STATES.values(), ids=STATES)
def test_what_paying_early_is_worth(invoice: Invoice, asked: date, expected):
    assert worth(discount_state(invoice, as_of=asked)) == expected


def test_a_state_says_all():
    offer = DiscountOffer(Percent(2), may(11), eur(1000), eur(20), eur(0))
    invoice = told(terms=PaymentTerms.net(30, discounts=[TWO_TEN]))
    assert discount_state(invoice, as_of=may(9)) == DiscountState(
        number="1",
        as_of=may(9),
        stage=AVAILABLE,
        until=may(11),
        available=eur(20),
        taken=eur(0),
        settles=eur(980),
        offers=(offer,),
    )


def test_all_offers_stay_listed_when_they_are_over():
    offers = discount_state(told(), as_of=june(9)).offers
    assert [(offer.until, offer.pays) for offer in offers] == [
        (may(11), eur(980)),
        (may(21), eur(990)),
    ]
    assert discount_state(told(Voided("x", on=may(5))), as_of=may(5)).offers == ()


def test_the_tax_of_a_discount_is_told():
    invoice = Invoice(
        "1", may(1), ACME, [Line("Work", 1, eur(100), tax=Tax.standard(21))], terms=LEVELS
    )
    state = discount_state(invoice, as_of=may(1))
    assert [offer.tax_discount for offer in state.offers] == [eur("0.42"), eur("0.21")]
    assert (state.available, state.settles) == (eur("2.42"), eur("118.58"))


def test_stages_print_as_words():
    assert [str(stage) for stage in DiscountStage] == ["none", "available", "taken", "lapsed"]


@pytest.mark.parametrize(
    ("invoice", "as_of", "error", "message"),
    [
        (
            "1",
            may(1),
            WrongTypeError,
            "the invoice is of the wrong type: expected Invoice, got '1'",
        ),
        (bill(), "x", DateTypeError, "as_of is not a plain date: expected datetime.date, got 'x'"),
        (
            bill(number=None),
            None,
            DateTypeError,
            "as_of is not a plain date: expected datetime.date, got None",
        ),
    ],
)
def test_other_arguments_are_refused(
    invoice: Any, as_of: Any, error: type[Exception], message: str
):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        discount_state(invoice, as_of=as_of)


@pytest.mark.parametrize(
    ("facts", "settlement", "label", "amounts"),
    [
        pytest.param(
            [paid(980)], SettlementState.PAID, StatusLabel.PAID, (980, 20, 0, 0), id="taken"
        ),
        pytest.param(
            [paid(980), paid(20, 3)],
            SettlementState.OVERPAID,
            StatusLabel.PAID,
            (980, 20, 0, 20),
            id="taken, then paid whole",
        ),
        pytest.param(
            [paid(980, 12)],
            SettlementState.PART_PAID,
            StatusLabel.PART_PAID,
            (980, 0, 20, 0),
            id="too late",
        ),
        pytest.param(
            [paid(1200)],
            SettlementState.OVERPAID,
            StatusLabel.PAID,
            (1000, 0, 0, 200),
            id="more than all",
        ),
        pytest.param(
            [paid(980), Reversed(paid(980), "bounced", on=may(3))],
            SettlementState.UNPAID,
            StatusLabel.ISSUED,
            (0, 0, 1000, 0),
            id="bounced",
        ),
    ],
)
def test_a_status_counts_the_discount_as_settled(
    facts: list[InvoiceFact],
    settlement: SettlementState,
    label: StatusLabel,
    amounts: tuple[int, int, int, int],
):
    status = invoice_status(told(*facts), as_of=may(20))
    assert (status.settlement, status.label) == (settlement, label)
    found = (status.paid, status.discount, status.open, status.unapplied)
    assert found == tuple(map(eur, amounts))


def test_a_status_counts_the_discount_of_one_instalment_among_others():
    status = invoice_status(told(CAME, paid(490, 15), terms=WAITS), as_of=may(15))
    assert (status.paid, status.discount, status.open) == (eur(490), eur(10), eur(500))


def test_a_void_gives_back_what_was_paid_and_takes_no_discount():
    status = invoice_status(told(paid(980), Voided("x", on=may(5))), as_of=may(5))
    assert (status.paid, status.discount, status.open) == (eur(0), eur(0), eur(0))
    assert status.unapplied == eur(980)


def test_a_position_counts_the_discount_gross_and_net():
    halves = [Milestone(key, key, REST, trigger=OnDate(may(1))) for key in "ab"]
    lines = [
        Line("Work", 1, eur(amount), milestone=key) for amount, key in ((600, "a"), (400, "b"))
    ]
    schedule = Schedule(eur(4000), halves)
    taken = Invoice("1", may(1), ACME, lines, terms=LEVELS, facts=[paid(980)])
    plain = Invoice("2", may(1), ACME, lines, facts=[paid(100)])
    position = contract_position(schedule, [taken, plain], as_of=may(2))
    assert position.invoices == (
        GrossPosition("1", eur(1000), eur(980), eur(20), *[eur(0)] * 4, eur(0), eur(0)),
        GrossPosition("2", eur(1000), eur(100), eur(0), *[eur(0)] * 4, eur(900), eur(0)),
    )
    assert position.gross == GrossPosition(
        None, eur(2000), eur(1080), eur(20), *[eur(0)] * 4, eur(900), eur(0)
    )
    assert [row.paid for row in position.milestones] == [eur(660), eur(440)]


@pytest.mark.parametrize(
    ("asked", "told"), [(11, ()), (12, ("early discount lapsed after 2026-05-11",))]
)
def test_a_status_says_that_a_discount_lapsed(asked: int, told: tuple[str, ...]):
    terms = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
    late = bill(1000, Payment(eur(979), on=may(11)), terms=terms)
    reasons = [str(reason) for reason in invoice_status(late, as_of=may(asked)).reasons]
    assert tuple(each for each in reasons if each.startswith("early discount")) == told
    paid = late.record(Payment(eur(21), on=may(12)))
    reasons = [str(reason) for reason in invoice_status(paid, as_of=may(12)).reasons]
    assert not [each for each in reasons if each.startswith("early discount")]
