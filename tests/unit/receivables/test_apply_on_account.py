"""Money on account set against an invoice: both sides, the default amount, and refusals."""

from datetime import date

import pytest

from milestone_invoicing import (
    Applied,
    CurrencyMismatchError,
    DateTypeError,
    DuplicateNumberError,
    EarlyDiscount,
    Invoice,
    Money,
    NumberRangeError,
    OnAccount,
    Payment,
    PaymentError,
    PaymentTerms,
    Refunded,
    UnknownInvoiceError,
    WrongTypeError,
    apply_on_account,
    invoice_status,
)
from tests.unit.bills import bill, eur, june, may

MONEY = OnAccount("acme", eur(500), may(4), "bank 17")
TWO_TEN = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])


@pytest.mark.parametrize(
    ("money", "invoice", "on", "applied"),
    [
        pytest.param(MONEY, bill(300), may(4), 300, id="all of the invoice"),
        pytest.param(MONEY, bill(800), may(4), 500, id="all of the money"),
        pytest.param(
            MONEY.record(Refunded(eur(150), on=june(1))), bill(800), may(20), 350, id="150 go back"
        ),
        pytest.param(
            MONEY, bill(800, Payment(eur(700), on=june(1))), may(20), 100, id="700 come in later"
        ),
        pytest.param(MONEY, bill(500, terms=TWO_TEN), may(11), 490, id="500 less 2 %"),
        pytest.param(MONEY, bill(500, terms=TWO_TEN), may(12), 500, id="the day after"),
    ],
)
def test_by_default_as_much_as_there_is_and_as_is_open(
    money: OnAccount, invoice: Invoice, on: date, applied: int
):
    left, (other, told) = apply_on_account(money, [bill(1, number="2"), invoice], "1", on=on)
    assert left.facts[-1] == Applied(eur(applied), "1", on=on)
    assert told.facts[-1] == Payment(eur(applied), "on account", "bank 17", on=on)
    assert not other.facts
    was = money.unapplied(as_of=on)
    assert left.unapplied(as_of=on) == was - eur(applied)
    assert invoice_status(told, as_of=june(30)).unapplied == eur(0)


def test_a_part_may_be_applied():
    bare = OnAccount("acme", eur(500), may(4))
    left, (told,) = apply_on_account(bare, [bill(500)], "1", on=may(4), amount=eur("0.01"))
    assert left.unapplied(as_of=may(4)) == eur("499.99")
    assert told.facts == (Payment(eur("0.01"), "on account", on=may(4)),)


def test_with_an_amount_a_discount_need_not_be_taken():
    bills = [bill(500, terms=TWO_TEN)]
    _, (told,) = apply_on_account(MONEY, bills, "1", on=may(11), amount=eur(500))
    assert invoice_status(told, as_of=may(11)).paid == eur(500)


@pytest.mark.parametrize(
    ("how", "error", "match"),
    [
        (
            {"amount": eur("500.01")},
            PaymentError,
            "on 2026-05-20: expected at most EUR 500.00, got EUR 500.01, with EUR 500.00 left of",
        ),
        (
            {"on": may(3)},
            PaymentError,
            "expected money that is left, and an open invoice, got all, with EUR 0.00 left of the",
        ),
        ({"invoices": [bill(5, Payment(eur(5), on=may(4)))]}, PaymentError, "EUR 0.00 open"),
        ({"invoices": [bill(5, issued_on=may(21))]}, PaymentError, "EUR 0.00 open"),
        ({"on": may(3), "amount": eur(1)}, PaymentError, "open invoice, got EUR 1.00, with"),
        (
            {"money": OnAccount("bolt", eur(500), may(4))},
            PaymentError,
            "set against an invoice of another: expected an invoice of 'bolt', got 'acme'",
        ),
        ({"number": "2"}, UnknownInvoiceError, "no invoice has this number: .* got '2'"),
        ({"invoices": [bill(), bill()]}, DuplicateNumberError, "two invoices have one number"),
        ({"money": OnAccount("acme", Money.of(5, "USD"), may(4))}, CurrencyMismatchError, "USD"),
        ({"amount": Money.of(5, "USD")}, CurrencyMismatchError, "USD"),
        ({"amount": eur(0)}, NumberRangeError, "what is applied is not above zero"),
        ({"money": eur(5)}, WrongTypeError, "money on account is of the wrong type"),
        ({"number": 1}, WrongTypeError, "the number of an invoice"),
        ({"on": "2026-05-20"}, DateTypeError, "on is not a plain date"),
    ],
)
def test_what_cannot_be_applied_is_refused(
    how: dict[str, object], error: type[Exception], match: str
):
    told = {"money": MONEY, "invoices": [bill()], "number": "1", "on": may(20)} | how
    with pytest.raises(error, match=match):
        apply_on_account(**told)
