"""What settles an invoice besides cash: credits, withholding, write-offs, and what is held back."""

from datetime import date

import pytest

from milestone_invoicing import (
    Applied,
    Credited,
    DueDateExtended,
    EarlyDiscount,
    Installment,
    Invoice,
    InvoiceFact,
    Money,
    Payment,
    PaymentTerms,
    Percent,
    Recovered,
    Refunded,
    RetainageReleased,
    Reversed,
    Sent,
    Voided,
    Withheld,
    WriteOffReason,
    WrittenOff,
    age,
    discount_state,
    due_items,
    invoice_status,
)
from milestone_invoicing.errors import (
    BlankTextError,
    CurrencyMismatchError,
    ImpossibleFactError,
    MilestoneInvoicingError,
    NumberRangeError,
    WrongTypeError,
)
from tests.positions import position_on
from tests.unit.bills import april, bill, eur, june, may

TWO_PARTS = PaymentTerms.monthly(2, first_days=14)  # 500 on 15 May, 500 on 15 June
TWO_TEN = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
EACH_TWO_TEN = PaymentTerms(
    [Installment(Percent(50), discounts=[EarlyDiscount(2, 10)]) for _ in "ab"]
)


def paid(amount: int | str, day: int) -> Payment:
    return Payment(eur(amount), on=may(day))


def credited(amount: int | str, day: int) -> Credited:
    return Credited(eur(amount), "CN-1", on=may(day))


def given_up(amount: int | str, day: int) -> WrittenOff:
    return WrittenOff(eur(amount), on=may(day))


def columns(invoice: Invoice, on: date) -> dict[str, str]:
    """Return what of the settlement is not zero, as decimal text."""
    names = ("paid", "discount", "credited", "withheld", "written_off", "retained", "open")
    money = position_on(invoice, on)
    amounts = {name: getattr(money, name) for name in (*names, "applied", "refunded", "unapplied")}
    return {name: str(amount.amount) for name, amount in amounts.items() if amount}


SETTLED = {
    "cash 400 + credit 600": (
        bill(1000, paid(400, 5), credited(600, 9)),
        {"paid": "400.00", "credited": "600.00"},
    ),
    "credit 600, then cash 500 = 100 left over": (
        bill(1000, credited(600, 5), paid(500, 9)),
        {"paid": "400.00", "credited": "600.00", "unapplied": "100.00"},
    ),
    "cash recorded late for an earlier day gives way to the credit": (
        bill(1000, credited(1000, 9), paid(300, 5)),
        {"credited": "1000.00", "unapplied": "300.00"},
    ),
    "and gives way instalment by instalment, the last first": (
        bill(1000, given_up(600, 9), paid(1000, 5), terms=TWO_PARTS),
        {"paid": "400.00", "written_off": "600.00", "unapplied": "600.00"},
    ),
    "a discount taken gives way to a credit too": (
        bill(1000, credited(1000, 20), paid(980, 5), terms=TWO_TEN),
        {"credited": "1000.00", "unapplied": "980.00"},
    ),
    "withheld 150 + cash 830 + discount 20": (
        bill(1000, Withheld(eur(150), on=may(5)), paid(830, 5), terms=TWO_TEN),
        {"paid": "830.00", "withheld": "150.00", "discount": "20.00"},
    ),
    "credit 200 leaves 2% of 800": (
        bill(1000, credited(200, 3), paid(784, 5), terms=TWO_TEN),
        {"paid": "784.00", "credited": "200.00", "discount": "16.00"},
    ),
    "one cent less than that is no discount": (
        bill(1000, credited(200, 3), paid("783.99", 5), terms=TWO_TEN),
        {"paid": "783.99", "credited": "200.00", "open": "16.01"},
    ),
    "credit 250 of the first half leaves 2% of 250 of it": (
        bill(1000, credited(250, 3), paid(735, 5), terms=EACH_TWO_TEN),
        {"paid": "735.00", "credited": "250.00", "discount": "15.00"},
    ),
    "written off 1000, 300 recovered": (
        bill(1000, given_up(1000, 5), Recovered(eur(300), on=may(9))),
        {"paid": "300.00", "written_off": "700.00"},
    ),
    "the write-off taken back, 300 recovered before count as paid": (
        bill(
            1000,
            given_up(1000, 5),
            Recovered(eur(300), on=may(9)),
            Reversed(given_up(1000, 5), "pays after all", on=may(20)),
        ),
        {"paid": "300.00", "open": "700.00"},
    ),
    "held 100, cash 950": (
        bill(1000, paid(950, 5), held=eur(100)),
        {"paid": "950.00", "retained": "50.00"},
    ),
    "held 100, credited 950": (
        bill(1000, credited(950, 5), held=eur(100)),
        {"credited": "950.00", "retained": "50.00"},
    ),
    "held 100, 2% of 900 for cash of 882": (
        bill(1000, paid(882, 5), held=eur(100), terms=TWO_TEN),
        {"paid": "882.00", "discount": "18.00", "retained": "100.00"},
    ),
    "all held": (bill(1000, held=eur(1000)), {"retained": "1000.00"}),
    "held 100, 60 released": (
        bill(1000, RetainageReleased(eur(60), june(1), on=may(20)), held=eur(100)),
        {"retained": "40.00", "open": "960.00"},
    ),
    "a note of 600, 300 applied, 100 refunded": (
        bill(-600, Applied(eur(300), "1", on=may(5)), Refunded(eur(100), on=may(6))),
        {"applied": "300.00", "refunded": "100.00", "unapplied": "200.00"},
    ),
    "paid before the issue and given back": (
        bill(1000, Payment(eur(50), on=april(1)), Refunded(eur(50), on=april(20))),
        {"refunded": "50.00", "open": "1000.00"},
    ),
    "more than is claimed, paid before the issue and given back": (
        bill(1000, Payment(eur(1050), on=april(1)), Refunded(eur(50), on=april(20))),
        {"paid": "1000.00", "refunded": "50.00"},
    ),
}


@pytest.mark.parametrize(("invoice", "expected"), SETTLED.values(), ids=SETTLED)
def test_an_invoice_is_settled_by(invoice: Invoice, expected: dict[str, str]):
    assert columns(invoice, may(31)) == expected


@pytest.mark.parametrize(("invoice", "expected"), SETTLED.values(), ids=SETTLED)
def test_the_instalments_say_the_same(invoice: Invoice, expected: dict[str, str]):
    names = ("paid", "discount", "credited", "withheld", "written_off", "retained", "open")
    sums = {
        name: sum((getattr(item, name) for item in due_items(invoice, as_of=may(31))), eur(0))
        for name in names
    }
    assert {name: str(amount.amount) for name, amount in sums.items() if amount} == {
        name: amount for name, amount in expected.items() if name in names
    }


def test_before_its_day_a_credit_is_not_there():
    invoice = bill(1000, credited(600, 9))
    assert columns(invoice, may(8)) == {"open": "1000.00"}
    assert columns(invoice, may(9)) == {"credited": "600.00", "open": "400.00"}


def test_an_extension_reaches_what_is_released_but_not_what_is_held():
    released = RetainageReleased(eur(60), june(1), on=may(20))
    later = DueDateExtended(june(30), "asked", 2, on=may(25))
    invoice = bill(1000, released, later, held=eur(100))
    items = due_items(invoice, as_of=may(25))
    assert [item.due_on for item in items] == [may(31), june(30), None]
    assert [item.held for item in items] == [False, False, True]


def test_before_its_release_it_has_no_date():
    invoice = bill(1000, RetainageReleased(eur(60), june(1), on=may(20)), held=eur(100))
    assert [(item.due_on, item.amount) for item in due_items(invoice, as_of=may(19))] == [
        (may(31), eur(900)),
        (None, eur(100)),
    ]


def test_cash_that_filled_what_was_held_stays_there_when_it_is_released():
    invoice = bill(
        1000, paid(950, 5), RetainageReleased(eur(30), june(1), on=may(20)), held=eur(100)
    )
    items = due_items(invoice, as_of=may(20))
    assert [(item.paid, item.open, item.retained) for item in items] == [
        (eur(900), eur(0), eur(0)),
        (eur(0), eur(30), eur(0)),
        (eur(50), eur(0), eur(20)),
    ]


def test_what_is_retained_stands_in_a_column_of_its_own():
    (row,) = age([bill(1000, held=eur(100))], as_of=june(1)).rows
    assert (row.buckets[0], row.retained, row.balance) == (eur(900), eur(100), eur(1000))


def test_what_may_still_be_left_off_shrinks_with_a_credit():
    invoice = bill(1000, credited(200, 3), terms=TWO_TEN)
    state = discount_state(invoice, as_of=may(11))
    assert (state.available, state.settles) == (eur(16), eur(784))
    each = bill(1000, credited(250, 3), terms=EACH_TWO_TEN)
    assert discount_state(each, as_of=may(11)).available == eur(15)


REASONS = {
    "credited": (bill(1000, credited(600, 9)), "credited EUR 600.00"),
    "withheld": (bill(1000, Withheld(eur(150), on=may(5))), "withheld EUR 150.00"),
    "written off": (bill(1000, given_up(10, 5)), "written off EUR 10.00"),
    "recovered": (
        bill(1000, given_up(10, 5), Recovered(eur(4), on=may(6))),
        "recovered EUR 4.00",
    ),
    "applied": (bill(-600, Applied(eur(300), "1", on=may(5))), "applied to invoices EUR 300.00"),
    "refunded": (bill(-600, Refunded(eur(300), on=may(5))), "refunded EUR 300.00"),
    "held": (bill(1000, held=eur(100)), "EUR 100.00 is held until it is released"),
}


@pytest.mark.parametrize(("invoice", "rule"), REASONS.values(), ids=REASONS)
def test_a_status_says_what_settled_it(invoice: Invoice, rule: str):
    assert rule in [reason.rule for reason in invoice_status(invoice, as_of=may(31)).reasons]


IMPOSSIBLE: dict[str, tuple[Invoice, InvoiceFact, str]] = {
    "a credit of more than is outstanding": (
        bill(1000, paid(400, 5)),
        credited("600.01", 9),
        r"expected at most EUR 600\.00, which is outstanding, got EUR 600\.01",
    ),
    "a credit that a later payment leaves no room": (
        bill(1000, paid(400, 20)),
        credited("600.01", 9),
        r"expected at most EUR 600\.00, which is outstanding, got EUR 600\.01",
    ),
    "a write-off of more than is outstanding": (
        bill(1000, held=eur(100)),
        given_up("1000.01", 9),
        r"expected at most EUR 1000\.00, which is outstanding, got EUR 1000\.01",
    ),
    "a withholding of more than is outstanding": (
        bill(1000, paid(1000, 5)),
        Withheld(eur("0.01"), on=may(9)),
        r"expected at most EUR 0\.00, which is outstanding, got EUR 0\.01",
    ),
    "a credit on a credit note": (
        bill(-1000),
        credited(1, 9),
        r"expected at most EUR 0\.00, which is outstanding, got EUR 1\.00",
    ),
    "a refund of more than is left over": (
        bill(1000, paid(1050, 5)),
        Refunded(eur("50.01"), on=may(9)),
        r"expected at most EUR 50\.00, which is left over, got EUR 50\.01",
    ),
    "a refund before the money came": (
        bill(1000, paid(1050, 5)),
        Refunded(eur("50"), on=may(4)),
        r"expected at most EUR 0\.00, which is left over, got EUR 50\.00",
    ),
    "a refund before the issue of more than came before": (
        bill(1000, Payment(eur(400), on=april(1)), paid(5, 2)),
        Refunded(eur("400.01"), on=april(20)),
        r"expected at most EUR 400\.00, which is left over on 2026-04-20, got EUR 400\.01",
    ),
    "a refund before the issue of what went back after it": (
        bill(1000, Payment(eur(1050), on=april(1)), Refunded(eur(50), on=may(9))),
        Refunded(eur("0.01"), on=april(20)),
        r"expected at most EUR 0\.00, which is left over on 2026-05-09, got EUR 0\.01",
    ),
    "an application of more than the note has": (
        bill(-600),
        Applied(eur("600.01"), "1", on=may(9)),
        r"expected at most EUR 600\.00, which is left of the credit note, got EUR 600\.01",
    ),
    "an application of an invoice that claims": (
        bill(1000, paid(1050, 5)),
        Applied(eur(1), "2", on=may(9)),
        r"expected at most EUR 0\.00, which is left of the credit note, got EUR 1\.00",
    ),
    "a recovery of more than is lost": (
        bill(1000, given_up(100, 5), Recovered(eur(60), on=may(6))),
        Recovered(eur("40.01"), on=may(9)),
        r"expected at most EUR 40\.00, which is written off, got EUR 40\.01",
    ),
    "a recovery of a small difference": (
        bill(1000, WrittenOff(eur(1), WriteOffReason.SMALL_DIFFERENCE, on=may(5))),
        Recovered(eur(1), on=may(9)),
        r"expected at most EUR 0\.00, which is written off, got EUR 1\.00",
    ),
    "a release of more than is held": (
        bill(1000, RetainageReleased(eur(60), june(1), on=may(20)), held=eur(100)),
        RetainageReleased(eur("40.01"), june(1), on=may(20)),
        r"expected at most EUR 40\.00, which is held, got EUR 40\.01",
    ),
    "a release where nothing is held": (
        bill(1000),
        RetainageReleased(eur(1), june(1), on=may(20)),
        r"expected at most EUR 0\.00, which is held, got EUR 1\.00",
    ),
    "a credit before the issue": (
        bill(1000),
        Credited(eur(1), "CN-1", on=april(30)),
        "expected a day from the issue date 2026-05-01 on, got 2026-04-30",
    ),
    "a credit after a void": (
        bill(1000, Voided("x", on=may(5))),
        credited(1, 9),
        "expected a payment, a refund or a reversal after a void, got Voided on 2026-05-05",
    ),
    "a void of what is partly credited": (
        bill(1000, credited(1, 5)),
        Voided("x", on=may(9)),
        "expected an invoice of which nothing is settled, got Credited on 2026-05-05",
    ),
    "a payment that bounces after it was given back": (
        bill(1000, paid(1050, 5), Refunded(eur(50), on=may(9))),
        Reversed(paid(1050, 5), "bounced", on=may(20)),
        "expected money that did not go back to the client since, got Refunded on 2026-05-09",
    ),
    "a credit taken back after the cash it displaced was given back": (
        bill(1000, credited(1000, 9), paid(300, 5), Refunded(eur(300), on=may(10))),
        Reversed(credited(1000, 9), "mistake", on=may(20)),
        "expected money that did not go back to the client since, got Refunded on 2026-05-10",
    ),
    "an extension of what is held": (
        bill(1000, held=eur(100)),
        DueDateExtended(june(30), "asked", 2, on=may(9)),
        "expected an instalment that has a due date, got one that waits for its release",
    ),
}


@pytest.mark.parametrize(("invoice", "fact", "message"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_it_cannot_have_happened(invoice: Invoice, fact: InvoiceFact, message: str):
    with pytest.raises(ImpossibleFactError, match=f"^{type(fact).__name__} on .*: {message}$"):
        invoice.record(fact)


def test_the_last_cent_may_go():
    assert columns(bill(1000, paid(400, 5), credited(600, 9)), may(9)) == {
        "paid": "400.00",
        "credited": "600.00",
    }
    sent = bill(1000, Sent(on=may(1)), paid(1050, 5), Refunded(eur(50), on=may(5)))
    assert columns(sent, may(9)) == {"paid": "1000.00", "refunded": "50.00"}


def test_after_a_void_what_came_in_may_go_back():
    invoice = bill(1000, paid(400, 4), Voided("x", on=may(5)), Refunded(eur(400), on=may(6)))
    assert columns(invoice, may(5)) == {"unapplied": "400.00"}
    assert columns(invoice, may(6)) == {"refunded": "400.00"}


def test_a_payment_may_bounce_if_what_is_left_covers_the_refund():
    invoice = bill(
        1000,
        paid(1000, 5),
        paid(50, 6),
        Refunded(eur(50), on=may(9)),
        paid(200, 10),
        Reversed(paid(50, 6), "bounced", on=may(20)),
    )
    assert columns(invoice, may(20)) == {
        "paid": "1000.00",
        "refunded": "50.00",
        "unapplied": "150.00",
    }


@pytest.mark.parametrize("kind", [Refunded, Withheld, WrittenOff, Recovered], ids=str)
def test_another_currency_is_refused(kind: type[Refunded]):

    message = (
        "^a payment is in another currency than its invoice: expected EUR, got USD 1.00; convert"
    )
    with pytest.raises(CurrencyMismatchError, match=message):
        bill(1000).record(kind(Money.of(1, "USD"), on=may(5)))


WRONG = {
    "no money": (lambda: Refunded(5, on=may(1)), WrongTypeError, "the amount of a refund is of"),
    "nothing": (
        lambda: Credited(eur(0), "x", on=may(1)),
        NumberRangeError,
        "a credit is not above zero: expected an amount above zero, got EUR 0.00$",
    ),
    "less than nothing": (
        lambda: WrittenOff(eur(-1), on=may(1)),
        NumberRangeError,
        "a write-off is not above zero: .* take a write-off back with Reversed",
    ),
    "no note": (lambda: credited_to(""), BlankTextError, "the number of the credit note is blank"),
    "no invoice": (
        lambda: Applied(eur(1), " ", on=may(1)),
        BlankTextError,
        "the number of the invoice is blank",
    ),
    "a reason in words": (
        lambda: WrittenOff(eur(1), "bad debt", on=may(1)),
        WrongTypeError,
        "the reason of a write-off is of the wrong type: expected WriteOffReason",
    ),
    "no certificate": (
        lambda: Withheld(eur(1), 17, on=may(1)),
        WrongTypeError,
        "the certificate of a withholding is of",
    ),
    "no method": (lambda: Refunded(eur(1), 1, on=may(1)), WrongTypeError, "the method of a refund"),
    "no reference": (
        lambda: Refunded(eur(1), None, 1, on=may(1)),
        WrongTypeError,
        "the reference of a refund",
    ),
    "no reference of a recovery": (
        lambda: Recovered(eur(1), 1, on=may(1)),
        WrongTypeError,
        "the reference of a recovery",
    ),
    "due before it is released": (
        lambda: RetainageReleased(eur(1), may(4), on=may(5)),
        NumberRangeError,
        "retainage is due before it is released: expected 2026-05-05 or later, got 2026-05-04$",
    ),
}


def credited_to(note: str) -> Credited:
    return Credited(eur(1), note, on=may(1))


@pytest.mark.parametrize(("make", "error", "message"), WRONG.values(), ids=WRONG)
def test_a_fact_is_refused(make, error: type[MilestoneInvoicingError], message: str):
    with pytest.raises(error, match=f"^{message}"):
        make()


def test_retainage_may_be_due_at_once():
    assert RetainageReleased(eur(1), may(5), on=may(5)).due_on == may(5)
