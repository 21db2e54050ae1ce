"""How invoices were paid: days to pay and days late per payment, and what is no payment."""

import re
from datetime import date

import pytest

from milestone_invoicing import (
    REST,
    Credited,
    DueDateExtended,
    EventOccurred,
    Installment,
    Invoice,
    InvoiceFact,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    Recovered,
    RetainageReleased,
    Reversed,
    Voided,
    Withheld,
    WrittenOff,
    payment_history,
)
from milestone_invoicing.errors import (
    BlankTextError,
    DateTypeError,
    UnknownClientError,
    WrongTypeError,
)
from milestone_invoicing.receivables.applied_cash import applied_cash
from tests.unit.bills import ACME, april, bill, eur, june, may


def paid(amount: int, on: date) -> Payment:
    return Payment(eur(amount), on=on)


def asked(*bills: Invoice, as_of: date = june(30)) -> list[tuple[str, list[tuple[object, ...]]]]:  # noqa: B008  # a date never changes
    return [
        (
            each.number,
            [
                (
                    f"{one.on:%d.%m.}",
                    one.installment,
                    one.amount.minor // 100,
                    one.days_to_pay,
                    one.days_late,
                )
                for one in each.payments
            ],
        )
        for each in payment_history("acme", bills, as_of=as_of)
    ]


LATE = paid(400, june(4))
ROWS: dict[str, tuple[list[InvoiceFact], list[tuple[object, ...]]]] = {
    "nothing paid": ([], []),
    "on the due date = 0 late": ([paid(400, may(31))], [("31.05.", 1, 400, 30, 0)]),
    "four days after = 4 late": ([LATE], [("04.06.", 1, 400, 34, 4)]),
    "11 days before = -11": ([paid(1000, may(20))], [("20.05.", 1, 1000, 19, -11)]),
    "before the issue = on its day": ([paid(400, april(2))], [("01.05.", 1, 400, 0, -30)]),
    "what is too much is not applied": ([paid(1200, may(31))], [("31.05.", 1, 1000, 30, 0)]),
    "what bounced is gone": ([LATE, Reversed(LATE, "x", on=june(9))], []),
    "an extension leaves what was agreed": (
        [DueDateExtended(june(20), "asked", on=may(9)), LATE],
        [("04.06.", 1, 400, 34, 4)],
    ),
    "credits, withholding and write-offs are no payments": (
        [
            Credited(eur(100), "N", on=may(3)),
            Withheld(eur(100), on=may(4)),
            WrittenOff(eur(800), on=june(5)),
        ],
        [],
    ),
    "a recovery is": (
        [WrittenOff(eur(1000), on=june(5)), Recovered(eur(300), on=june(9))],
        [("09.06.", 1, 300, 39, 9)],
    ),
    "two of one day are one": ([LATE, paid(100, june(4))], [("04.06.", 1, 500, 34, 4)]),
    "a payment recorded late pushes the last out": (
        [
            paid(600, may(5)),
            paid(100, may(6)),
            Credited(eur(300), "N", on=may(20)),
            paid(200, may(8)),
        ],
        [("05.05.", 1, 600, 4, -26), ("06.05.", 1, 100, 5, -25)],
    ),
}


@pytest.mark.parametrize(("facts", "expected"), ROWS.values(), ids=ROWS)
def test_each_payment_has_its_days(facts: list[InvoiceFact], expected: list[tuple[object, ...]]):
    assert asked(bill(1000, *facts)) == [("1", expected)]


def test_what_is_pushed_out_may_be_the_whole_of_some_payments():
    facts = [
        paid(600, may(5)),
        Credited(eur(400), "N", on=may(20)),
        paid(250, may(8)),
        paid(100, may(9)),
    ]
    assert asked(bill(1000, *facts)) == [("1", [("05.05.", 1, 600, 4, -26)])]


def test_what_is_pushed_out_may_reach_the_first_payment():
    facts = [paid(200, may(5)), Credited(eur(800), "N", on=may(20)), paid(300, may(4))]
    assert asked(bill(1000, *facts)) == [("1", [("04.05.", 1, 200, 3, -27)])]


def test_what_is_pushed_out_of_one_instalment_leaves_the_others():
    terms = PaymentTerms.monthly(2, first_days=14)
    facts = [paid(600, may(5)), Credited(eur(400), "N", on=may(20)), paid(50, may(6))]
    assert asked(bill(1000, *facts, terms=terms)) == [
        ("1", [("05.05.", 1, 500, 4, -10), ("05.05.", 2, 100, 4, -41)])
    ]


def test_the_smallest_invoice_has_a_history():
    assert asked(bill("0.01")) == [("1", [])]
    cent = bill("0.01", Payment(eur("0.01"), on=may(20)))
    assert [(each.on, each.minor) for each in applied_cash(cent, june(30))] == [(may(20), 1)]


def test_cash_that_fills_two_instalments_is_two_entries_by_their_own_dates():
    terms = PaymentTerms.monthly(2, first_days=14)
    invoice = bill(1000, paid(600, may(20)), terms=terms)
    assert asked(invoice) == [("1", [("20.05.", 1, 500, 19, 5), ("20.05.", 2, 100, 19, -26)])]
    (found,) = payment_history(ACME, [invoice], as_of=june(30))
    assert (found.due_on, found.paid, found.open) == (june(15), eur(600), eur(400))
    assert (found.issued_on, found.payable, found.days_overdue) == (may(1), eur(1000), 15)


def test_an_instalment_that_waits_has_no_days_late_and_has_them_from_its_event_on():
    terms = PaymentTerms([Installment(Percent(50)), Installment(REST, after="ship")])
    waiting = bill(1000, paid(700, may(4)), terms=terms)
    assert asked(waiting) == [("1", [("04.05.", 1, 500, 3, 3), ("04.05.", 2, 200, 3, None)])]
    assert payment_history("acme", [waiting], as_of=may(9))[0].due_on is None
    came = waiting.record(EventOccurred("ship", on=may(9)))
    assert asked(came)[0][1][1] == ("04.05.", 2, 200, 3, -5)
    assert payment_history("acme", [came], as_of=may(9))[0].due_on == may(9)


def test_what_is_held_is_due_on_its_release():
    released = bill(
        1000, RetainageReleased(eur(100), june(9), on=june(2)), paid(1000, june(12)), held=eur(100)
    )
    assert asked(released) == [("1", [("12.06.", 1, 900, 42, 12), ("12.06.", 2, 100, 42, 3)])]


def test_payments_and_invoices_of_later_days_are_not_there():
    invoice = bill(1000, LATE)
    assert asked(invoice, as_of=june(3)) == [("1", [])]
    assert asked(invoice, as_of=june(4)) == [("1", [("04.06.", 1, 400, 34, 4)])]
    assert asked(invoice, as_of=may(1)) == [("1", [])]
    assert asked(invoice, as_of=april(30)) == []


def test_they_come_by_issue_date_and_number_and_what_claims_nothing_is_left_out():
    bills = [
        bill(10, number="9"),
        bill(10, number="10"),
        bill(10, number="1", issued_on=may(2)),
        bill(10, Voided("x", on=may(2)), number="2"),
        bill(-10, number="3"),
        bill(0, number="4"),
        bill(10, number=None, issued_on=None),
        bill(10, number="5", buyer=Party("bolt", "Bolt")),
    ]
    assert [number for number, _ in asked(*bills)] == ["10", "9", "1"]
    assert [number for number, _ in asked(*bills, as_of=may(1))] == ["10", "2", "9"]


@pytest.mark.parametrize(
    ("ask", "error", "message"),
    [
        (
            lambda: payment_history("", [], as_of=may(1)),
            BlankTextError,
            "the key of the client is blank: expected some text, got ''",
        ),
        (
            lambda: payment_history("Acme", [bill()], as_of=may(1)),
            UnknownClientError,
            (
                "no invoice and no money on account is of this client: "
                "expected the key of one of the clients, such as 'acme', got 'Acme'"
            ),
        ),
        (
            lambda: payment_history("acme", 7, as_of=may(1)),
            WrongTypeError,
            "invoices is not a collection: expected a list or tuple, got 7",
        ),
        (
            lambda: payment_history("acme", [], as_of="2026"),
            DateTypeError,
            "as_of is not a plain date: expected datetime.date, got '2026'",
        ),
    ],
    ids=["a blank key", "nobody", "no collection", "no date"],
)
def test_refusals(ask, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        ask()
