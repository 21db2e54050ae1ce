"""What stands beside the truth table: credits, reasons, the end of the calendar, refusals."""

from datetime import date
from typing import Any

import pytest

from milestone_invoicing import (
    AddDays,
    BusinessCalendar,
    DocumentState,
    DueDateExtended,
    DueRule,
    Flag,
    Installment,
    Invoice,
    Payment,
    PaymentTerms,
    Percent,
    Reason,
    RollConvention,
    RollToBusinessDay,
    Sent,
    SettlementState,
    StatusLabel,
    Timeliness,
    Voided,
    invoice_status,
)
from milestone_invoicing.errors import (
    DateTypeError,
    DueBeforeStartError,
    MilestoneInvoicingError,
    NumberRangeError,
    NumberTypeError,
    WrongTypeError,
)
from tests.unit.bills import april, bill, eur, june, may

SENT = Sent(on=may(2))
PAID = Payment(eur(400), on=may(10))
EXTENDED = DueDateExtended(june(30), "asked", on=may(20))
VOIDED = Voided("wrong client", on=may(20))
TWO = PaymentTerms(
    [  # 31 May and 15 May
        Installment(Percent(60), DueRule((AddDays(30),))),
        Installment(Percent(40), DueRule((AddDays(14),))),
    ]
)


def rules(invoice: Invoice, asked: date, **options: Any) -> list[str]:
    return [reason.rule for reason in invoice_status(invoice, as_of=asked, **options).reasons]


@pytest.mark.parametrize(
    ("invoice", "asked", "reasons"),
    [
        pytest.param(bill(number=None), may(9), ["draft: not issued by then"], id="draft"),
        pytest.param(bill(), april(30), ["draft: not issued by then"], id="not issued yet"),
        pytest.param(
            bill(),
            may(1),
            [
                "issued on 2026-05-01, not sent",
                "oldest open instalment 1: EUR 1000.00 by 2026-05-31 (agreed: 2026-05-31)",
            ],
            id="issued",
        ),
        pytest.param(
            bill(1000, PAID, SENT, Sent(on=may(12)), EXTENDED),
            may(20),
            [
                "issued on 2026-05-01, sent on 2026-05-02",
                "received EUR 400.00 of EUR 1000.00",
                "oldest open instalment 1: EUR 600.00 by 2026-06-30 (extended from 2026-05-31)",
            ],
            id="sent twice, part paid, extended",
        ),
        pytest.param(
            bill(1000, VOIDED, PAID),
            may(20),
            [
                "void since 2026-05-20: wrong client",
                "received EUR 400.00 of EUR 1000.00",
            ],
            id="void",
        ),
        pytest.param(
            bill(0), may(1), ["issued on 2026-05-01, not sent", "nothing is payable"], id="zero"
        ),
        pytest.param(
            bill(1000, terms=TWO),
            may(1),
            [
                "issued on 2026-05-01, not sent",
                "oldest open instalment 2: EUR 400.00 by 2026-05-15 (agreed: 2026-05-15)",
            ],
            id="two instalments",
        ),
    ],
)
def test_a_status_says_why(invoice: Invoice, asked: date, reasons: list[str]):
    assert rules(invoice, asked) == reasons


def test_a_reason_carries_its_facts():
    again = Sent(on=may(12))
    status = invoice_status(bill(1000, SENT, again, PAID, PAID, EXTENDED), as_of=may(20))
    assert [reason.facts for reason in status.reasons] == [(SENT,), (PAID, PAID), (EXTENDED,)]
    void = invoice_status(bill(1000, VOIDED), as_of=may(20))
    assert void.reasons == (Reason("void since 2026-05-20: wrong client", (VOIDED,)),)
    assert invoice_status(bill(), as_of=may(20)).reasons[1].facts == ()


def test_a_roll_shows_the_last_day_to_pay():
    assert "by 2026-06-01 (agreed: 2026-05-31)" in rules(bill(), may(1), pay_by=ROLL)[1]


ROLL = DueRule((RollToBusinessDay(BusinessCalendar()),))


@pytest.mark.parametrize(
    ("amount", "facts", "asked", "expected"),
    [
        (
            -300,
            [],
            june(10),
            (
                DocumentState.ISSUED,
                SettlementState.OVERPAID,
                Timeliness.NOTHING_OPEN,
                StatusLabel.CREDIT_OPEN,
                -300,
                300,
            ),
        ),
        (
            -300,
            [SENT, PAID],
            june(10),
            (
                DocumentState.SENT,
                SettlementState.OVERPAID,
                Timeliness.NOTHING_OPEN,
                StatusLabel.CREDIT_OPEN,
                -300,
                700,
            ),
        ),
        (
            -300,
            [VOIDED],
            june(10),
            (
                DocumentState.VOID,
                SettlementState.NOTHING_DUE,
                Timeliness.NOTHING_OPEN,
                StatusLabel.VOID,
                0,
                0,
            ),
        ),
        (
            0,
            [],
            april(30),
            (
                DocumentState.DRAFT,
                SettlementState.NOTHING_DUE,
                Timeliness.NOTHING_OPEN,
                StatusLabel.DRAFT,
                0,
                0,
            ),
        ),
        (
            1000,
            [Payment(eur(400), on=april(10))],
            april(30),
            (
                DocumentState.DRAFT,
                SettlementState.UNPAID,
                Timeliness.NOTHING_OPEN,
                StatusLabel.DRAFT,
                1000,
                400,
            ),
        ),
        (
            1000,
            [Payment(eur(400), on=april(10))],
            may(1),
            (
                DocumentState.ISSUED,
                SettlementState.PART_PAID,
                Timeliness.NOT_DUE,
                StatusLabel.PART_PAID,
                1000,
                0,
            ),
        ),
        (
            0,
            [PAID],
            may(10),
            (
                DocumentState.ISSUED,
                SettlementState.OVERPAID,
                Timeliness.NOTHING_OPEN,
                StatusLabel.PAID,
                0,
                400,
            ),
        ),
    ],
    ids=["credit", "credit paid", "void credit", "zero draft", "prepaid", "issued", "zero paid"],
)
def test_an_unusual_bill_has_the_status(
    amount: int, facts: list[Any], asked: date, expected: tuple[Any, ...]
):
    status = invoice_status(bill(amount, *facts), as_of=asked)
    assert expected == (
        status.document,
        status.settlement,
        status.timeliness,
        status.label,
        status.payable.minor // 100,
        status.unapplied.minor // 100,
    )


@pytest.mark.parametrize(
    ("facts", "asked", "flags"),
    [
        ([], may(20), {Flag.UNSENT}),
        ([SENT], may(1), {Flag.UNSENT}),
        ([SENT], may(2), set()),
        ([EXTENDED], may(19), {Flag.UNSENT}),
        ([EXTENDED], may(20), {Flag.UNSENT, Flag.EXTENDED}),
        ([SENT, EXTENDED, Payment(eur(1000), on=may(21))], may(20), {Flag.EXTENDED}),
        ([SENT, EXTENDED, Payment(eur(1000), on=may(21))], may(21), set()),
        ([VOIDED], may(20), set()),
    ],
)
def test_flags_stand_beside_the_label(facts: list[Any], asked: date, flags: set[Flag]):
    assert invoice_status(bill(1000, *facts), as_of=asked).flags == flags


def test_one_cent_open_is_open():
    status = invoice_status(bill(1000, SENT, Payment(eur("999.99"), on=may(3))), as_of=june(1))
    assert (status.label, status.open, status.overdue) == (
        StatusLabel.OVERDUE,
        eur("0.01"),
        eur("0.01"),
    )


def test_the_number_is_that_of_the_invoice():
    assert invoice_status(bill(number="77"), as_of=may(1)).number == "77"


def test_of_instalments_due_on_one_day_the_first_is_the_oldest():
    both = PaymentTerms([Installment(Percent(60)), Installment(Percent(40))])
    assert "instalment 1: EUR 600.00" in rules(bill(1000, terms=both), may(2))[1]


def test_overdue_is_what_is_past_its_own_day():
    two = bill(1000, SENT, terms=TWO)
    grace = invoice_status(two, as_of=june(1), grace_days=1)
    assert (grace.overdue, grace.days_overdue) == (eur(400), 17)
    assert invoice_status(two, as_of=june(2), grace_days=1).overdue == eur(1000)
    assert invoice_status(two, as_of=may(31), due_within=40).overdue == eur(400)


def test_a_due_date_on_the_last_day_of_the_calendar_is_never_overdue():
    end = date(9999, 12, 31)
    invoice = bill(issued_on=end, terms=PaymentTerms.on_receipt())
    status = invoice_status(invoice, as_of=end)
    assert (status.label, status.next_change) == (StatusLabel.DUE, None)


def test_a_day_before_the_last_it_changes_on_the_last():
    end = date(9999, 12, 31)
    invoice = bill(issued_on=date(9999, 12, 30), terms=PaymentTerms.on_receipt())
    assert invoice_status(invoice, as_of=date(9999, 12, 30)).next_change == end


def test_any_number_of_days_may_count_as_due_or_grace():
    status = invoice_status(bill(), as_of=may(1), due_within=10**9, grace_days=10**9)
    assert (status.timeliness, status.next_change) == (Timeliness.DUE, None)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"as_of": "2026-05-01"}, DateTypeError, "as_of is not a plain date"),
        ({"due_within": -1}, NumberRangeError, "due_within is too small: expected 0 or more, got"),
        ({"due_within": True}, NumberTypeError, "due_within is not a whole number"),
        ({"grace_days": -1}, NumberRangeError, "grace_days is too small: expected 0 or more, got"),
        ({"grace_days": "5"}, NumberTypeError, "grace_days is not a whole number"),
        ({"pay_by": 3}, WrongTypeError, "pay_by is of the wrong type: expected DueRule or None"),
        (
            {"pay_by": DueRule((RollToBusinessDay(BusinessCalendar(), RollConvention.PRECEDING),))},
            DueBeforeStartError,
            "a due rule leads back in time",
        ),
    ],
)
def test_options_are_refused(
    options: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        invoice_status(bill(), **({"as_of": may(1)} | options))


def test_a_status_is_of_an_invoice():
    with pytest.raises(WrongTypeError, match="the invoice is of the wrong type: expected Invoice"):
        invoice_status("1", as_of=may(1))
