"""Facts about owed money: what they carry, and which of them cannot be so."""

from typing import Any

import pytest

from milestone_invoicing import (
    Assigned,
    Credited,
    Disputed,
    DisputeOutcome,
    DisputeResolved,
    DueAmount,
    DueDateExtended,
    FollowedUp,
    HandedOver,
    Installment,
    Invoice,
    InvoiceFact,
    Money,
    Payment,
    PaymentTerms,
    Percent,
    PlanAgreed,
    Promised,
    Reminded,
    RetainageReleased,
    Reversed,
    Sent,
    Voided,
    as_known_on,
)
from milestone_invoicing.errors import (
    ArgumentsError,
    BlankTextError,
    CurrencyMismatchError,
    DateTypeError,
    ImpossibleFactError,
    MilestoneInvoicingError,
    NumberRangeError,
    NumberTypeError,
    PaymentTermsError,
    WrongTypeError,
)
from tests.unit.bills import april, bill, eur, july, june, may

USD = Money.of(5, "USD")
DISPUTE = Disputed("too much", eur(250), on=june(5))
ALL = Disputed("not ours", on=june(5))
OVER = DisputeResolved(DisputeOutcome.REJECTED, on=june(8))
PAID = Payment(eur(400), on=may(20))


def plan(*amounts: int, on: int = 10) -> PlanAgreed:
    """Return a plan of 10 June, due on the first days of July."""
    parts = [DueAmount(july(day), eur(amount)) for day, amount in enumerate(amounts, 1)]
    return PlanAgreed(parts, on=june(on))


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (lambda: Disputed(" ", on=june(5)), BlankTextError, "reason is blank"),
        (lambda: Disputed("x", eur(0), on=june(5)), NumberRangeError, "a dispute is not above"),
        (lambda: Disputed("x", 5, on=june(5)), WrongTypeError, "the amount of a dispute is of"),
        (lambda: DisputeResolved("upheld", on=june(5)), WrongTypeError, "the outcome of a dispu"),
        (
            lambda: DisputeResolved(DisputeOutcome.UPHELD, None, on=june(5)),
            WrongTypeError,
            "the note on a dispute is of the wrong type",
        ),
        (lambda: Promised("15 June", on=june(5)), DateTypeError, "pay_on is not a plain date"),
        (lambda: Promised(june(9), eur(0), on=june(5)), NumberRangeError, "a promise is not above"),
        (
            lambda: Promised(june(4), on=june(5)),
            NumberRangeError,
            "for a day before it was made: expected 2026-06-05 or later, got 2026-06-04",
        ),
        (
            lambda: PlanAgreed([], on=june(5)),
            PaymentTermsError,
            r"a plan has no instalments: expected at least one DueAmount, got \(\)",
        ),
        (
            lambda: PlanAgreed(eur(1), on=june(5)),
            WrongTypeError,
            "the instalments of a plan is not a collection",
        ),
        (
            lambda: PlanAgreed([(june(9), eur(1))], on=june(5)),
            WrongTypeError,
            r"the instalments of a plan\[0\] is of the wrong type: expected DueAmount",
        ),
        (
            lambda: PlanAgreed([DueAmount(None, eur(1))], on=june(5)),
            DateTypeError,
            "the due date in a plan is not a plain date",
        ),
        (
            lambda: PlanAgreed([DueAmount(june(9), eur(0))], on=june(5)),
            NumberRangeError,
            "an instalment of a plan is not above zero",
        ),
        (
            lambda: PlanAgreed([DueAmount(june(9), eur(1), "delivery")], on=june(5)),
            ArgumentsError,
            "an instalment of a plan waits for nothing: expected a day and an amount alone",
        ),
        (
            lambda: PlanAgreed([DueAmount(june(9), eur(1), held=True)], on=june(5)),
            ArgumentsError,
            "an instalment of a plan waits for nothing",
        ),
        (
            lambda: PlanAgreed([DueAmount(june(4), eur(1))], on=june(5)),
            NumberRangeError,
            "is due before the plan is agreed: expected 2026-06-05 or later, got 2026-06-04",
        ),
        (
            lambda: PlanAgreed([DueAmount(june(9), eur(1)), DueAmount(june(9), USD)], on=june(5)),
            CurrencyMismatchError,
            "EUR",
        ),
        (lambda: Reminded(0, "client", on=june(5)), NumberRangeError, "the level of a reminder is"),
        (lambda: Reminded("1", "client", on=june(5)), NumberTypeError, "the level of a reminder"),
        (lambda: Reminded(1, "", on=june(5)), BlankTextError, "the audience of a reminder is bla"),
        (lambda: FollowedUp("", on=june(5)), BlankTextError, "who followed up is blank"),
        (lambda: FollowedUp("Eve", 1, on=june(5)), WrongTypeError, "the channel of a follow-up"),
        (lambda: FollowedUp("Eve", "", 1, on=june(5)), WrongTypeError, "the note on a follow-up"),
        (lambda: Assigned("", on=june(5)), BlankTextError, "owner is blank"),
        (lambda: HandedOver("", on=june(5)), BlankTextError, "who it is handed over to is blank"),
        (
            lambda: HandedOver("x", eur(-1), on=june(5)),
            NumberRangeError,
            "the cost of handing over is not above zero",
        ),
    ],
)
def test_a_fact_refuses(build: Any, error: type[MilestoneInvoicingError], message: str):
    with pytest.raises(error, match=message):
        build()


def test_a_promise_or_a_plan_may_be_for_the_same_day():
    assert Promised(june(5), eur("0.01"), on=june(5)).pay_on == june(5)
    assert PlanAgreed([DueAmount(june(5), eur(1))], on=june(5)).total == eur(1)


def test_a_plan_says_what_it_sums_to():
    assert plan(200, 300).total == eur(500)


HELD = bill(1000, held=eur(100))


@pytest.mark.parametrize(
    ("invoice", "facts"),
    [
        pytest.param(bill(), [Disputed("x", eur(1000), on=june(5))], id="1000 of 1000 disputed"),
        pytest.param(
            bill(), [DISPUTE, Disputed("y", eur(750), on=june(5))], id="250 + 750 disputed"
        ),
        pytest.param(bill(), [DISPUTE, ALL], id="250 disputed, then all"),
        pytest.param(
            bill(),
            [DISPUTE, OVER, Disputed("y", eur(750), on=june(7))],
            id="dated back before the end of the dispute",
        ),
        pytest.param(
            bill(),
            [ALL, OVER, Disputed("again", on=june(8))],
            id="disputed again on the day it ended",
        ),
        pytest.param(
            bill(),
            [DISPUTE, DisputeResolved(DisputeOutcome.UPHELD, on=june(5))],
            id="disputed and resolved on one day",
        ),
        pytest.param(
            bill(), [Payment(eur(1000), on=june(6)), ALL], id="disputed the day before the payment"
        ),
        pytest.param(bill(), [Promised(june(9), eur(1000), on=may(1))], id="1000 promised"),
        pytest.param(bill(), [PAID, plan(100, 500)], id="600 by a plan"),
        pytest.param(bill("0.01"), [ALL], id="a cent disputed"),
        pytest.param(
            bill("0.01"),
            [PlanAgreed([DueAmount(july(1), eur("0.01"))], on=june(10))],
            id="a cent by a plan",
        ),
        pytest.param(HELD, [plan(900)], id="what is not held, by a plan"),
        pytest.param(HELD, [Disputed("x", eur(1000), on=june(5))], id="held money too is disputed"),
        pytest.param(
            HELD,
            [RetainageReleased(eur(100), june(30), on=june(10)), plan(1000)],
            id="what is released that day, by a plan",
        ),
        pytest.param(bill(), [plan(1000), Payment(eur(1), on=may(9))], id="paid before the plan"),
        pytest.param(bill(), [plan(1000), plan(500, 500, on=11)], id="a plan after a plan"),
        pytest.param(
            bill(), [plan(1000), Reversed(plan(1000), "x", on=june(11))], id="a plan taken back"
        ),
        pytest.param(
            bill(),
            [ALL, OVER, Reversed(ALL, "x", on=june(9))],
            id="a dispute taken back that was resolved",
        ),
        pytest.param(bill(), [HandedOver("x", eur(1), on=may(1))], id="handed over at once"),
        pytest.param(bill(0), [Reminded(1, "client", on=may(1))], id="reminded of nothing"),
        pytest.param(bill(-5), [FollowedUp("Eve", on=may(1))], id="a call about a credit note"),
        pytest.param(bill(0), [Assigned("Dana", on=may(1))], id="nothing is assigned"),
    ],
)
def test_it_can_be_so(invoice: Invoice, facts: list[InvoiceFact]):
    assert invoice.record(*facts).facts == tuple(facts)


@pytest.mark.parametrize(
    ("invoice", "facts", "message"),
    [
        pytest.param(
            bill(),
            [Disputed("x", eur("1000.01"), on=june(5))],
            "Disputed on 2026-06-05 is impossible: expected at most EUR 1000.00, which is "
            "outstanding and not disputed, got EUR 1000.01$",
            id="1000.01 of 1000 disputed",
        ),
        pytest.param(
            bill(),
            [DISPUTE, Disputed("y", eur("750.01"), on=june(5))],
            "at most EUR 750.00, which is outstanding and not disputed, got EUR 750.01",
            id="250 + 750.01 of 1000 disputed",
        ),
        pytest.param(
            bill(),
            [ALL, DISPUTE],
            "at most EUR 0.00, which is outstanding and not disputed, got EUR 250.00",
            id="all disputed, then more",
        ),
        pytest.param(
            bill(),
            [Payment(eur(1000), on=june(5)), ALL],
            "at most EUR 0.00, which is outstanding and not disputed, got all of nothing",
            id="disputed on the day of the payment",
        ),
        pytest.param(bill(-5), [ALL], "at most EUR 0.00", id="a credit note disputed"),
        pytest.param(bill(0), [ALL], "at most EUR 0.00", id="a bill of zero disputed"),
        pytest.param(
            bill(),
            [OVER],
            r"DisputeResolved on 2026-06-08 is impossible: expected a dispute that stands, got "
            r"none; record Disputed\(reason, on=...\) first$",
            id="no dispute to resolve",
        ),
        pytest.param(
            bill(),
            [ALL, DisputeResolved(DisputeOutcome.UPHELD, on=june(4))],
            "expected a dispute that stands",
            id="resolved the day before",
        ),
        pytest.param(bill(), [ALL, OVER, OVER], "expected a dispute that stands", id="twice over"),
        pytest.param(
            bill(),
            [PAID, Promised(june(9), eur("600.01"), on=june(5))],
            "Promised on 2026-06-05 is impossible: expected at most EUR 600.00, which is "
            "outstanding, got EUR 600.01$",
            id="600.01 of 600 promised",
        ),
        pytest.param(
            bill(0), [Promised(june(9), on=june(5))], "got all of nothing", id="zero promised"
        ),
        pytest.param(
            bill(),
            [PAID, plan(601)],
            "PlanAgreed on 2026-06-10 is impossible: expected EUR 600.00 in all, which is open, "
            "got EUR 601.00$",
            id="a plan of more",
        ),
        pytest.param(bill(), [PAID, plan(599)], "expected EUR 600.00 in all", id="a plan of less"),
        pytest.param(HELD, [plan(1000)], "expected EUR 900.00 in all", id="held money in a plan"),
        pytest.param(bill(-5), [plan(5)], "expected EUR 0.00 in all", id="a credit note by a plan"),
        pytest.param(
            bill(),
            [Credited(eur(1000), "N", on=june(5)), HandedOver("x", on=june(5))],
            "HandedOver on 2026-06-05 is impossible: expected something outstanding, got EUR 0.00",
            id="nothing to hand over",
        ),
        pytest.param(
            bill(),
            [plan(1000), DueDateExtended(july(9), "x", 1, on=june(10))],
            "expected an extension of the plan as a whole, got 1; leave installment out, or "
            r"record another PlanAgreed\(installments, on=...\)$",
            id="one instalment extended that is in the plan",
        ),
        pytest.param(
            bill(),
            [plan(1000), DueDateExtended(july(9), "x", 2, on=june(10))],
            "expected an extension of the plan as a whole, got 2",
            id="one instalment of the plan extended",
        ),
        pytest.param(
            bill(),
            [plan(1000), DueDateExtended(july(1), "x", on=june(10))],
            "expected a day after the agreed due date 2026-07-01, got 2026-07-01",
            id="a plan extended to its own first day",
        ),
    ],
)
def test_it_cannot_be_so(invoice: Invoice, facts: list[InvoiceFact], message: str):
    with pytest.raises(ImpossibleFactError, match=message) as caught:
        invoice.record(*facts)
    assert caught.value.refused is facts[-1]


EACH = [
    Disputed("x", on=may(1)),
    Promised(june(9), on=may(1)),
    PlanAgreed([DueAmount(june(9), eur(1000))], on=may(1)),
    Reminded(1, "client", on=may(1)),
    FollowedUp("Eve", on=may(1)),
    Assigned("Dana", on=may(1)),
    HandedOver("x", on=may(1)),
]
each_kind = pytest.mark.parametrize("fact", EACH, ids=lambda fact: type(fact).__name__)


@each_kind
def test_nothing_is_said_about_it_the_day_before_its_issue(fact: InvoiceFact):
    assert bill(issued_on=may(1)).record(fact)
    with pytest.raises(ImpossibleFactError, match="expected a day from the issue date 2026-05-02"):
        bill(issued_on=may(2)).record(fact)


@each_kind
def test_nothing_is_said_about_a_void(fact: InvoiceFact):
    void = bill(1000, Voided("x", on=may(1)))
    with pytest.raises(ImpossibleFactError, match="a payment, a refund or a reversal after a void"):
        void.record(fact)


@each_kind
def test_a_void_comes_after_what_was_said(fact: InvoiceFact):
    said = bill(1000, fact)
    assert said.record(Voided("x", on=may(1))).is_void
    on_2_may = bill(1000, Assigned("Dana", on=may(2)))
    with pytest.raises(ImpossibleFactError, match="a day from 2026-05-02 on, of which there are"):
        on_2_may.record(Voided("x", on=may(1)))


@pytest.mark.parametrize(
    ("fact", "name"),
    [
        (Disputed("x", USD, on=june(5)), "a dispute"),
        (Promised(june(9), USD, on=june(5)), "a promise"),
        (PlanAgreed([DueAmount(june(9), USD)], on=june(5)), "a plan"),
        (HandedOver("x", USD, on=june(5)), "the cost of handing over"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_amounts_are_in_the_currency_of_the_invoice(fact: InvoiceFact, name: str):
    with pytest.raises(
        CurrencyMismatchError,
        match=f"^{name} is in another currency than its invoice: expected EUR, got USD 5.00; conv",
    ) as caught:
        bill().record(fact)
    assert (caught.value.left, caught.value.right) == ("EUR", "USD")


def test_an_instalment_released_after_a_plan_is_extended_by_itself():
    released = RetainageReleased(eur(100), june(20), on=june(12))
    later = HELD.record(plan(900), released)
    own = DueDateExtended(june(30), "asked", 2, on=june(13))
    assert later.record(own).facts[-1] == own
    with pytest.raises(ImpossibleFactError, match="after the agreed due date 2026-06-20, got 2026"):
        later.record(DueDateExtended(june(20), "asked", 2, on=june(13)))
    with pytest.raises(ImpossibleFactError, match="after the agreed due date 2026-06-20, got 2026"):
        later.record(DueDateExtended(june(19), "asked", on=june(13)))


def test_before_a_plan_an_instalment_is_extended_as_ever():
    dated_back = DueDateExtended(june(20), "asked", 1, on=june(9))
    assert bill(1000, plan(1000)).record(dated_back)


def test_an_instalment_that_waits_for_its_event_is_part_of_a_plan():
    terms = PaymentTerms([Installment(Percent(100), after="delivery")])
    assert bill(1000, plan(400, 600), terms=terms)


def test_what_was_said_is_known_from_its_record_on():
    late = Disputed("x", eur(250), on=june(5), recorded_on=june(9))
    told = bill(1000, Sent(on=may(1)), late)
    assert as_known_on(told, june(8)) == bill(1000, Sent(on=may(1)))
    assert as_known_on(told, june(9)) == told


def test_a_dispute_of_april_about_a_bill_of_may_is_none():
    with pytest.raises(ImpossibleFactError, match="a day from the issue date"):
        bill().record(Disputed("x", on=april(30)))
