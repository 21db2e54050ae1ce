"""Deposits billed, received, credited and left, and the gate before the work; worked by hand."""

from datetime import date, datetime
from typing import Any

import pytest

from milestone_invoicing import (
    Applied,
    CreditEffect,
    Deposit,
    DiscountTax,
    EarlyDiscount,
    Invoice,
    InvoiceKind,
    Line,
    Money,
    Payment,
    PaymentTerms,
    Percent,
    Prepaid,
    Refunded,
    Reversed,
    Schedule,
    Tax,
    TaxSubtotal,
    Voided,
    Withheld,
    WriteOffReason,
    WrittenOff,
    apply_credit,
    credit_note,
    deposit_amount,
    deposits_left,
    draft_deposit,
    start_gate,
)
from milestone_invoicing.errors import (
    BlankTextError,
    CreditError,
    CurrencyMismatchError,
    DateTypeError,
    DuplicateNumberError,
    MilestoneInvoicingError,
    NotReadyError,
    OverbillingError,
    WrongTypeError,
)
from tests.unit.advances import (
    S9,
    S21,
    THIRTY,
    amounts,
    asked,
    billed,
    contract,
    credited,
    deposit_of,
    groups,
    pay,
    state,
    work,
)
from tests.unit.bills import ACME, NET_30, bill, eur, line, may

PRICE, REBILL, CANCEL = CreditEffect.PRICE_REDUCTION, CreditEffect.REBILL, CreditEffect.CANCEL
HUNDRED = Deposit(eur(100), with_tax=True)
BEFORE = Deposit(Percent(30), before_start=True)


# --- what is agreed and billed --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "percent", "groups_of"),
    [
        # 100 = net x (1 + 21% of 98%): net 82.93, of which 1.66 is exempt, tax 17.07.
        pytest.param("100", 2, [("E 0%", "1.66", "0"), ("S 21%", "81.27", "17.07")], id="100"),
        pytest.param("0.10", 3, [("S 21%", "0.08", "0.02")], id="0.10: 3% of 0.08 is nothing"),
    ],
)
def test_a_deposit_with_tax_asks_for_its_amount_whatever_a_discount_always_reduces(
    amount: str, percent: int, groups_of: list[tuple[str, str, str]]
):
    always = EarlyDiscount(percent, 10, DiscountTax.ALWAYS_REDUCED)
    schedule = contract(Deposit(eur(amount), with_tax=True))
    options = {"buyer": ACME, "tax": S21, "terms": PaymentTerms.net(30, discounts=[always])}
    draft = draft_deposit(schedule, invoices=[], **options)
    assert draft.payable == eur(amount)
    found = [(str(each.tax), each.base, each.amount) for each in draft.totals.breakdown]
    assert found == [(tax, eur(base), eur(taxed)) for tax, base, taxed in groups_of]
    with pytest.raises(OverbillingError, match="nothing is left to bill of the deposit"):
        draft_deposit(schedule, invoices=[draft], **options)


@pytest.mark.parametrize(
    ("total", "share", "amount"),
    [
        pytest.param("1000", Percent(30), "300", id="30% of 1000 = 300"),
        pytest.param("0.05", Percent(10), "0.01", id="10% of 0.05 = 0.005 = 0.01"),
        pytest.param("0.04", Percent(10), "0", id="10% of 0.04 = 0.004 = 0"),
        pytest.param("1000", eur("1200"), "1200", id="an amount stands, above the total too"),
    ],
)
def test_what_is_agreed(total: str, share: Percent | Money, amount: str):
    schedule = Schedule(eur(total), contract().original.milestones, deposit=Deposit(share))
    assert deposit_amount(schedule) == eur(amount)


@pytest.mark.parametrize(
    ("deposit", "tax", "net", "taxed"),
    [
        pytest.param(THIRTY, S21, "300", "63", id="300 + 21% = 363"),
        pytest.param(THIRTY, None, "300", "0", id="300 outside the scope of tax"),
        pytest.param(HUNDRED, S21, "82.64", "17.36", id="100 x 21/121 = 17.355 = 17.36"),
        pytest.param(HUNDRED, S9, "91.74", "8.26", id="100 x 9/109 = 8.257 = 8.26"),
        pytest.param(HUNDRED, Tax.standard(25), "80", "20", id="100 x 25/125 = 20"),
        pytest.param(HUNDRED, None, "100", "0", id="100 includes no tax outside its scope"),
        pytest.param(
            Deposit(eur("0.01"), with_tax=True), S21, "0.01", "0", id="0.01 x 21/121 = 0.0017 = 0"
        ),
    ],
)
def test_what_a_deposit_invoice_asks_for(deposit: Deposit, tax: Tax | None, net: str, taxed: str):
    found = draft_deposit(contract(deposit), invoices=[], buyer=ACME, tax=tax).totals
    assert (found.tax_exclusive, found.tax) == (eur(net), eur(taxed))
    assert found.payable == eur(net) + eur(taxed)


def test_a_deposit_invoice_bills_no_milestone_and_says_what_it_is():
    schedule = contract()
    terms, seller = PaymentTerms.net(14), ACME
    draft = draft_deposit(
        schedule, invoices=[], buyer=ACME, seller=seller, terms=terms, title="Advance"
    )
    assert (draft.kind, draft.kind.value) == (InvoiceKind.DEPOSIT, 386)
    assert [(each.description, each.milestone) for each in draft.lines] == [("Advance", None)]
    assert (draft.seller, draft.terms, draft.is_draft) == (seller, terms, True)


@pytest.mark.parametrize(
    ("agreed", "given", "expected"),
    [
        (None, None, PaymentTerms()),
        (NET_30, None, NET_30),
        (NET_30, PaymentTerms.net(7), PaymentTerms.net(7)),
    ],
)
def test_its_terms_are_those_given_else_the_schedules_else_on_receipt(
    agreed: PaymentTerms | None, given: PaymentTerms | None, expected: PaymentTerms
):
    schedule = Schedule(eur(1000), contract().original.milestones, deposit=THIRTY, terms=agreed)
    assert draft_deposit(schedule, invoices=[], buyer=ACME, terms=given).terms == expected


def note_of(invoice: Invoice, effect: CreditEffect, **options: Any) -> Invoice:
    return credited(invoice, effect=effect, **options)


@pytest.mark.parametrize(
    ("others", "left"),
    [
        pytest.param(lambda d: [bill(50)], "300", id="another bill takes nothing"),
        pytest.param(lambda d: [d.record(Voided("typo", on=may(3)))], "300", id="void = 300"),
        pytest.param(lambda d: [d, note_of(d, REBILL)], "300", id="300 - 300 to be billed again"),
        pytest.param(
            lambda d: [d, note_of(d, REBILL, net=eur(100))], "100", id="100 to be billed again"
        ),
        pytest.param(
            lambda d: [d, note_of(d, REBILL, net=eur(100)).record(Voided("no", on=may(13)))],
            None,
            id="a void note gives nothing back",
        ),
        pytest.param(lambda d: [d, note_of(d, PRICE, net=eur(100))], None, id="100 less for good"),
        pytest.param(lambda d: [d, note_of(d, CANCEL)], None, id="all of it cancelled"),
        pytest.param(
            lambda d: [note_of(d, REBILL), d.record(Voided("typo", on=may(13)))],
            "300",
            id="the note of a void counts no more than the void",
        ),
        pytest.param(lambda d: [d], None, id="300 - 300"),
    ],
)
def test_what_is_left_to_bill_of_a_deposit(others: Any, left: str | None):
    schedule = contract()
    invoices = others(asked(schedule))
    if left is None:
        with pytest.raises(OverbillingError, match="nothing is left to bill of the deposit"):
            draft_deposit(schedule, invoices=invoices, buyer=ACME)
    else:
        draft = draft_deposit(schedule, invoices=invoices, buyer=ACME)
        assert draft.totals.tax_exclusive == eur(left)


def test_a_draft_of_the_deposit_is_reserved_for():
    schedule = contract()
    draft = draft_deposit(schedule, invoices=[], buyer=ACME)
    with pytest.raises(OverbillingError, match=r"got EUR 0\.00") as caught:
        draft_deposit(schedule, invoices=[draft], buyer=ACME)
    assert caught.value.left == eur(0)


def test_a_deposit_with_tax_is_billed_in_parts_by_its_gross():
    schedule = contract(HUNDRED)
    first = deposit_of(Line("Part", 1, eur("33.06"), tax=S21))  # + 6.94 = 40.00
    draft = draft_deposit(schedule, invoices=[first], buyer=ACME, tax=S9)
    assert draft.payable == eur(60)
    assert draft.totals.tax == eur("4.95")  # 60 x 9/109 = 4.954


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"schedule": 1}, WrongTypeError, "the schedule is of the wrong type"),
        ({"tax": 21}, WrongTypeError, "the tax is of the wrong type"),
        ({"schedule": contract(None)}, NotReadyError, "no deposit is agreed: .*deposit=Deposit"),
        ({"title": " "}, BlankTextError, "the description of a line is blank"),
        ({"buyer": "ACME"}, WrongTypeError, "the buyer is of the wrong type"),
        ({"terms": 30}, WrongTypeError, "the terms of an invoice is of the wrong type"),
        ({"invoices": [bill(), bill()]}, DuplicateNumberError, "two invoices have one number"),
        (
            {"invoices": [deposit_of(Line("x", 1, Money.of(1, "USD")), paid="0")]},
            CurrencyMismatchError,
            "expected EUR, got USD",
        ),
    ],
)
def test_a_deposit_that_cannot_be_billed_is_refused(
    arguments: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    given: dict[str, Any] = {"schedule": contract(), "invoices": [], "buyer": ACME} | arguments
    with pytest.raises(error, match=message):
        draft_deposit(given.pop("schedule"), **given)


def test_only_a_schedule_has_a_deposit():
    with pytest.raises(WrongTypeError, match="the schedule is of the wrong type"):
        deposit_amount(None)  # type: ignore[arg-type]
    with pytest.raises(NotReadyError, match="no deposit is agreed"):
        deposit_amount(contract(None))


# --- what is received and left --------------------------------------------------------------------

TWO_TEN = PaymentTerms.net(30, discounts=[EarlyDiscount(Percent(2), 10)])
SMALL = WriteOffReason.SMALL_DIFFERENCE


@pytest.mark.parametrize(
    ("facts", "received"),
    [
        pytest.param([], "0.00", id="unpaid: 0"),
        pytest.param([pay(63, 3)], "63.00", id="part paid: 63"),
        pytest.param([pay(363, 3)], "363.00", id="paid: 363"),
        pytest.param([pay(400, 3)], "363.00", id="overpaid: 400 - 37 left over = 363"),
        pytest.param(
            [pay(400, 3), Refunded(eur(37), on=may(4))], "363.00", id="400 - 37 refunded = 363"
        ),
        pytest.param(
            [pay(363, 3), Reversed(pay(363, 3), "bounced", on=may(5))], "0.00", id="363 - 363 = 0"
        ),
        pytest.param(
            [Withheld(eur(63), on=may(3)), pay(300, 3)], "363.00", id="63 withheld + 300 = 363"
        ),
        pytest.param(
            [pay(300, 3), WrittenOff(eur(63), on=may(4))], "300.00", id="63 written off: 300"
        ),
    ],
)
def test_what_counts_as_received(facts: list[Any], received: str):
    found = state(asked(contract(), *facts))
    assert amounts(found) == (received, "0.00", "0.00", received)
    assert sum(each.gross.minor for each in found.groups) == found.left.minor


def test_a_discount_taken_counts_as_received():
    draft = draft_deposit(contract(), invoices=[], buyer=ACME, tax=S21, terms=TWO_TEN)
    deposit = Invoice("D-1", may(2), ACME, draft.lines, kind=draft.kind, terms=TWO_TEN)
    paid = deposit.record(pay("355.74", 9))  # 363 - 2%
    assert amounts(state(paid)) == ("363.00", "0.00", "0.00", "363.00")


@pytest.mark.parametrize(("day", "received"), [(1, None), (2, "0.00"), (8, "0.00"), (9, "363.00")])
def test_cash_counts_from_its_day_and_a_deposit_from_its_issue(day: int, received: str | None):
    found = deposits_left([asked(contract(), pay(363, 9))], as_of=may(day))
    assert [str(each.received.amount) for each in found] == ([received] if received else [])


@pytest.mark.parametrize(
    ("paid", "left"),
    [
        pytest.param("363", [("S 21%", "300.00", "63.00")], id="all: 300 + 63"),
        pytest.param("121", [("S 21%", "100.00", "21.00")], id="a third: 100 + 21"),
        pytest.param("100", [("S 21%", "82.64", "17.36")], id="100: 63 x 100/363 = 17.355 = 17.36"),
        pytest.param("0.01", [("S 21%", "0.01", "0.00")], id="a cent has no tax"),
        pytest.param("0", [], id="nothing has no groups"),
    ],
)
def test_what_is_received_has_its_part_of_the_tax(paid: str, left: list[tuple[str, str, str]]):
    facts = [pay(paid, 3)] if paid != "0" else []
    assert groups(state(asked(contract(), *facts))) == left


def test_a_part_received_of_two_rates_is_shared_out_by_gross():
    # 121.00 and 109.00 with tax; of 115.00 received, 60.50 and 54.50 are for each.
    mixed = deposit_of(line(100, tax=S21), line(100, tax=S9), paid="115")
    assert groups(state(mixed)) == [("S 9%", "50.00", "4.50"), ("S 21%", "50.00", "10.50")]


SCHEDULE = contract()
PAID = asked(SCHEDULE, pay(363, 3))


def test_a_draft_takes_off_before_it_is_issued_and_so_does_a_later_bill():
    draft = work(SCHEDULE, "c", [PAID, *two_bills()])
    assert amounts(state(PAID, draft)) == ("363.00", "302.50", "0.00", "60.50")
    later = Invoice("3", may(20), ACME, draft.lines, prepaid=draft.prepaid)
    assert amounts(state(PAID, later, day=19)) == ("363.00", "302.50", "0.00", "60.50")


def two_bills() -> list[Invoice]:
    first = billed(SCHEDULE, "a", [PAID], "1")
    return [first, billed(SCHEDULE, "b", [PAID, first], "2")]


def final_bill() -> Invoice:
    return billed(SCHEDULE, "c", [PAID, *two_bills()], "3")


def test_a_voided_bill_gives_back_from_the_day_of_its_void():
    void = final_bill().record(Voided("typo", on=may(15)))
    assert amounts(state(PAID, void, day=14)) == ("363.00", "302.50", "0.00", "60.50")
    assert amounts(state(PAID, void, day=15)) == ("363.00", "0.00", "0.00", "363.00")


def test_a_credit_note_of_a_bill_gives_back_from_its_issue_and_its_draft_nothing():
    final = final_bill()
    draft = credit_note(final, effect=REBILL, as_of=may(31))
    assert amounts(state(PAID, final, draft)) == ("363.00", "302.50", "0.00", "60.50")
    note = credited(final, effect=REBILL)
    assert amounts(state(PAID, final, note, day=11)) == ("363.00", "302.50", "0.00", "60.50")
    assert amounts(state(PAID, final, note, day=12)) == ("363.00", "0.00", "0.00", "363.00")


def test_the_credit_note_of_a_void_gives_back_nothing_more():
    final = final_bill()
    note = credited(final, effect=REBILL)
    void = final.record(Voided("typo", on=may(15)))
    assert amounts(state(PAID, void, note, day=14)) == ("363.00", "0.00", "0.00", "363.00")
    assert amounts(state(PAID, void, note, day=15)) == ("363.00", "0.00", "0.00", "363.00")


def test_a_part_credit_of_a_bill_leaves_its_deposit_taken_off():
    final = final_bill()
    note = credited(final, effect=PRICE, amount=eur(10))
    assert amounts(state(PAID, final, note)) == ("363.00", "302.50", "0.00", "60.50")


def test_a_payment_that_bounces_after_it_was_taken_off_leaves_less_than_nothing():
    bounced = PAID.record(Reversed(pay(363, 3), "bounced", on=may(15)))
    found = state(bounced, final_bill())
    assert amounts(found) == ("0.00", "302.50", "0.00", "-302.50")
    assert groups(found) == [("S 21%", "-250.00", "-52.50")]
    part = state(bounced.record(pay(121, 16)), final_bill())
    assert amounts(part) == ("121.00", "302.50", "0.00", "-181.50")
    assert groups(part) == [("S 21%", "-150.00", "-31.50")]


def test_what_bounced_is_missing_at_the_rates_at_which_it_was_taken_off():
    deposit = deposit_of(line(100, tax=S21), line(100, tax=S9))
    taken = Prepaid("D-1", [TaxSubtotal(S9, eur(100), eur(9))])
    user = Invoice(None, None, ACME, [line(500)], prepaid=[taken])
    bounced = deposit.record(Reversed(pay(230, 3), "bounced", on=may(4)))
    assert groups(state(bounced, user)) == [("S 9%", "-100.00", "-9.00")]


@pytest.mark.parametrize("effect", CreditEffect)
@pytest.mark.parametrize(
    ("paid", "amount", "expected"),
    [
        pytest.param("363", None, ("363.00", "0.00", "363.00", "0.00"), id="paid, all credited"),
        pytest.param("363", "63", ("363.00", "0.00", "63.00", "300.00"), id="paid, 63 credited"),
        pytest.param("330", "63", ("330.00", "0.00", "30.00", "300.00"), id="63 - 33 still open"),
        pytest.param("300", "63", ("300.00", "0.00", "0.00", "300.00"), id="63 - 63 still open"),
        pytest.param("50", "63", ("50.00", "0.00", "0.00", "50.00"), id="63 of 313 still open"),
        pytest.param("50", None, ("50.00", "0.00", "50.00", "0.00"), id="50 paid, all credited"),
        pytest.param(None, None, ("0.00", "0.00", "0.00", "0.00"), id="unpaid, all credited"),
    ],
)
def test_what_is_credited_is_owed_to_the_client_beyond_what_is_open(
    effect: CreditEffect, paid: str | None, amount: str | None, expected: tuple[str, ...]
):
    deposit = asked(SCHEDULE, *([pay(paid, 3)] if paid else []))
    options = {"amount": eur(amount)} if amount else {}
    note = credited(deposit, effect=effect, **options)
    assert note.kind is InvoiceKind.DEPOSIT_CREDIT_NOTE
    assert amounts(state(deposit, note)) == expected
    assert amounts(state(deposit, note, day=11)) == expected  # promised, whatever its date
    assert amounts(state(deposit, note.record(Voided("no", on=may(14))))) == (
        expected[0],
        "0.00",
        "0.00",
        expected[0],
    )


def test_credit_that_is_set_against_the_deposit_itself_owes_nothing():
    deposit = asked(SCHEDULE)
    invoices = apply_credit([deposit, credited(deposit, amount=eur(63))], "CN", "D-1", on=may(13))
    assert amounts(state(*invoices)) == ("0.00", "0.00", "0.00", "0.00")
    paid = (invoices[0].record(pay(300, 14)), invoices[1])
    assert amounts(state(*paid)) == ("300.00", "0.00", "0.00", "300.00")
    # 363.00 less a note of 52.07 + 10.93; computed from 300.00 it would be the same plus a cent.
    assert groups(state(*paid)) == [("S 21%", "247.93", "52.07")]


def test_a_note_of_one_rate_leaves_the_other_whole():
    deposit = deposit_of(line(100, tax=S21), line(100, tax=S9))
    note = credited(deposit, quantities={2: 1})
    assert groups(state(deposit, note)) == [("S 21%", "100.00", "21.00")]


def test_credit_of_a_deposit_that_is_set_against_a_bill_is_owed_and_not_left():
    note = credited(PAID, amount=eur(100))
    (first, *_) = two_bills()
    both = apply_credit([PAID, note, first], "CN", "1", on=may(13))
    assert amounts(state(*both)) == ("363.00", "0.00", "100.00", "263.00")


def test_credit_of_a_bill_that_is_set_against_the_deposit_counts_as_received():
    deposit = asked(SCHEDULE)
    first = billed(SCHEDULE, "a", [deposit], "1").record(pay(484, 11))
    note = credited(first, effect=PRICE, amount=eur(121))
    invoices = apply_credit([deposit, first, note], "CN", "D-1", on=may(13))
    assert amounts(state(*invoices, day=12)) == ("0.00", "0.00", "0.00", "0.00")
    found = state(*invoices, day=13)
    assert amounts(found) == ("121.00", "0.00", "0.00", "121.00")
    assert groups(found) == [("S 21%", "100.00", "21.00")]


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        pytest.param("300", ("300.00", "0.00", "63.00", "237.00"), id="300 - 63 that went back"),
        pytest.param("363", ("363.00", "0.00", "63.00", "300.00"), id="then the open 63 are paid"),
        pytest.param(None, ("0.00", "0.00", "63.00", "-63.00"), id="63 went back, and none came"),
    ],
)
@pytest.mark.parametrize(
    "fact", [Refunded(eur(63), on=may(13)), Applied(eur(63), "7", on=may(13))], ids=str
)
def test_what_went_back_by_a_note_is_not_left_though_the_deposit_is_open(
    paid: str | None, expected: tuple[str, ...], fact: Any
):
    deposit = asked(SCHEDULE, *([pay(paid, 3)] if paid else []))
    note = credited(deposit, amount=eur(63)).record(fact)
    assert amounts(state(deposit, note)) == expected


def test_a_written_off_deposit_that_is_credited_owes_what_was_received():
    deposit = asked(SCHEDULE, pay(300, 3), WrittenOff(eur(63), on=may(4)))
    assert amounts(state(deposit, credited(deposit))) == ("300.00", "0.00", "300.00", "0.00")


def test_a_deposit_refunded_by_its_note_is_owed_still_and_left_to_no_bill():
    note = credited(PAID).record(Refunded(eur(363), on=may(14)))
    assert amounts(state(PAID, note)) == ("363.00", "0.00", "363.00", "0.00")


def test_no_more_is_credited_of_a_deposit_than_bills_left_of_it():
    final = final_bill()
    known = [PAID, final]
    rest = credit_note(PAID, effect=CANCEL, as_of=may(31), invoices=known)
    assert (rest.totals.tax_exclusive, rest.totals.tax) == (eur(-50), eur("-10.50"))
    with pytest.raises(CreditError, match=r"than is left: expected at most EUR 60\.50"):
        credit_note(PAID, effect=CANCEL, as_of=may(31), invoices=known, amount=eur("60.51"))
    note = credited(PAID, invoices=known)
    assert amounts(state(PAID, final, note)) == ("363.00", "302.50", "60.50", "0.00")
    with pytest.raises(CreditError, match="nothing is left to credit"):
        credit_note(PAID, effect=CANCEL, as_of=may(31), invoices=[*known, note])


def test_of_a_deposit_of_two_rates_only_what_no_bill_took_off_is_credited_by_line():
    deposit = deposit_of(line(100, tax=S21), line(100, tax=S9))
    taken = Prepaid("D-1", [TaxSubtotal(S9, eur(100), eur(9))])
    user = Invoice(None, None, ACME, [line(500)], prepaid=[taken])
    rest = credit_note(deposit, effect=CANCEL, as_of=may(31), invoices=[deposit, user])
    assert [str(each.tax) for each in rest.totals.breakdown] == ["S 21%"]
    with pytest.raises(CreditError, match="more is credited than is left"):
        credit_note(deposit, effect=CANCEL, as_of=may(31), invoices=[user], quantities={2: 1})


def test_a_deposit_of_two_rates_taken_off_at_one_of_them_leaves_nothing_and_says_of_which():
    # 109.00 and 121.00 asked for; 230.00 taken off as 190.08 and 39.92.
    deposit = deposit_of(line(100, tax=S9), line(100, tax=S21)).record(pay(230, 9))
    taken = Prepaid("D-1", [TaxSubtotal(S21, eur("190.08"), eur("39.92"))])
    found = state(deposit, Invoice("9", may(10), ACME, [line(1000, tax=S21)], prepaid=[taken]))
    assert amounts(found) == ("230.00", "230.00", "0.00", "0.00")
    assert groups(found) == [("S 9%", "100.00", "9.00"), ("S 21%", "-90.08", "-18.92")]


def test_a_bill_may_take_a_deposit_off_without_its_tax():
    # Written by hand, or read from a file that does not say how the advance was taxed.
    unsplit = Prepaid("D-1", [TaxSubtotal(Tax.outside_scope(), eur(121), eur(0))])
    final = Invoice("9", may(10), ACME, [line(1000, tax=S21)], prepaid=[unsplit])
    found = state(PAID, final)
    assert amounts(found) == ("363.00", "121.00", "0.00", "242.00")
    assert groups(found) == [("S 21%", "200.00", "42.00")]
    assert credit_note(PAID, effect=CANCEL, as_of=may(31), invoices=[final]).payable == eur(-242)


def test_a_note_written_by_hand_for_more_than_is_left_shows():
    note = credited(PAID)  # without the bill that took 302.50 off
    assert amounts(state(PAID, final_bill(), note)) == ("363.00", "302.50", "363.00", "-302.50")


def test_each_deposit_has_its_own_state_in_their_order():
    other = deposit_of(line(50), number="D-2")
    found = deposits_left([other, final_bill(), PAID], as_of=may(31))
    assert [(each.number, str(each.left.amount)) for each in found] == [
        ("D-2", "50.00"),
        ("D-1", "60.50"),
    ]


@pytest.mark.parametrize("day", [14, 15])
def test_a_void_deposit_is_none(day: int):
    void = asked(SCHEDULE, Voided("typo", on=may(15)))
    assert deposits_left([void], as_of=may(day)) == ()


def test_a_deposit_of_nothing_has_nothing_left():
    free = Invoice("D-1", may(2), ACME, [line(0)], kind=InvoiceKind.DEPOSIT).record(pay(5, 3))
    assert amounts(state(free)) == ("0.00", "0.00", "0.00", "0.00")


@pytest.mark.parametrize(
    ("invoices", "as_of", "error", "message"),
    [
        ([bill(), bill()], may(1), DuplicateNumberError, "two invoices have one number"),
        ([1], may(1), WrongTypeError, "is of the wrong type: expected Invoice, got 1"),
        ([], datetime(2026, 5, 1), DateTypeError, "as_of is not a plain date"),
    ],
)
def test_states_of_other_things_are_refused(
    invoices: Any, as_of: date, error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        deposits_left(invoices, as_of=as_of)


# --- the gate before the work ---------------------------------------------------------------------

GATED = contract(BEFORE)


def gate(*invoices: Invoice, day: int = 31, schedule: Schedule = GATED) -> tuple[str, str, bool]:
    found = start_gate(schedule, invoices, as_of=may(day))
    return str(found.required.amount), str(found.received.amount), found.is_open


@pytest.mark.parametrize("deposit", [None, THIRTY], ids=["no deposit", "not required before"])
def test_the_gate_is_open_where_nothing_is_required(deposit: Deposit | None):
    assert gate(schedule=contract(deposit)) == ("0.00", "0.00", True)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param([], ("363.00", "0.00", False), id="0 of 363"),
        pytest.param([pay("362.99", 3)], ("363.00", "362.99", False), id="362.99 of 363"),
        pytest.param([pay(363, 3)], ("363.00", "363.00", True), id="363 of 363"),
        pytest.param([pay(999, 3)], ("363.00", "363.00", True), id="999 for 363"),
        pytest.param(
            [pay(363, 3), Reversed(pay(363, 3), "bounced", on=may(5))],
            ("363.00", "0.00", False),
            id="bounced",
        ),
        pytest.param(
            [pay("362.99", 3), WrittenOff(eur("0.01"), SMALL, on=may(4))],
            ("362.99", "362.99", True),
            id="362.99 of 363 - 0.01 small difference",
        ),
        pytest.param(
            [pay(300, 3), WrittenOff(eur(63), on=may(4))],
            ("363.00", "300.00", False),
            id="a bad debt of 63 is required still",
        ),
    ],
)
def test_the_gate_opens_with_the_last_cent(facts: list[Any], expected: tuple[str, str, bool]):
    assert gate(asked(GATED, *facts)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(1, ("300.00", "0.00", False), id="not billed yet: the net amount agreed"),
        pytest.param(2, ("363.00", "0.00", False), id="billed"),
        pytest.param(8, ("363.00", "0.00", False), id="the day before the payment"),
        pytest.param(9, ("363.00", "363.00", True), id="the day of the payment"),
    ],
)
def test_the_gate_on_each_day(day: int, expected: tuple[str, str, bool]):
    assert gate(asked(GATED, pay(363, 9)), day=day) == expected


def test_a_draft_and_a_void_ask_for_nothing():
    draft = draft_deposit(GATED, invoices=[], buyer=ACME, tax=S21)
    assert gate(draft) == ("300.00", "0.00", False)
    void = asked(GATED, Voided("typo", on=may(5)))
    assert gate(void, day=4) == ("363.00", "0.00", False)
    assert gate(void, day=5) == ("300.00", "0.00", False)


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        (REBILL, ("300.00", "0.00", False)),
        (CANCEL, ("0.00", "0.00", True)),
        (PRICE, ("0.00", "0.00", True)),
    ],
)
def test_what_is_credited_for_good_is_not_required(
    effect: CreditEffect, expected: tuple[str, str, bool]
):
    deposit = asked(GATED)
    assert gate(deposit, credited(deposit, effect=effect)) == expected
    paid = asked(GATED, pay(363, 3))
    assert gate(paid, credited(paid, effect=effect), day=12) == expected
    assert gate(paid, credited(paid, effect=effect), day=11) == ("363.00", "363.00", True)
    assert gate(paid, credit_note(paid, effect=effect, as_of=may(31))) == ("363.00", "363.00", True)


def test_a_gate_with_an_amount_that_includes_tax_goes_by_gross():
    schedule = contract(Deposit(eur(100), with_tax=True, before_start=True))
    assert gate(schedule=schedule) == ("100.00", "0.00", False)
    half = Invoice(
        "D-1", may(2), ACME, [Line("Half", 1, eur("41.32"), tax=S21)], kind=InvoiceKind.DEPOSIT
    )
    assert gate(half.record(pay(50, 3)), schedule=schedule) == ("100.00", "50.00", False)


def test_the_gate_stays_open_when_bills_take_the_deposit_off():
    paid = asked(GATED, pay(363, 3))
    final = billed(contract(BEFORE, [100]), "a", [paid], "1")
    assert final.totals.prepaid == eur(363)
    assert gate(paid, final) == ("363.00", "363.00", True)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ((1, []), WrongTypeError, "the schedule is of the wrong type"),
        ((GATED, [bill(), bill()]), DuplicateNumberError, "two invoices have one number"),
        ((GATED, 1), WrongTypeError, "invoices is not a collection"),
    ],
)
def test_gates_of_other_things_are_refused(
    arguments: Any, error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        start_gate(*arguments, as_of=may(1))


def test_a_gate_is_asked_of_a_plain_date():
    with pytest.raises(DateTypeError, match="as_of is not a plain date"):
        start_gate(GATED, [], as_of=datetime(2026, 5, 1))


def test_a_note_that_moves_on_is_applied_elsewhere_once():
    # What moved to a bill counts there, not on the deposit: see test_contract_position.
    note = credited(PAID).record(Applied(eur(100), "1", on=may(13)))
    assert amounts(state(PAID, note)) == ("363.00", "0.00", "363.00", "0.00")


def test_cash_in_before_the_issue_counts_from_the_issue():
    early = Invoice("D-1", may(2), ACME, [line(10)], kind=InvoiceKind.DEPOSIT).record(
        Payment(eur(10), on=may(1))
    )
    assert amounts(state(early, day=2)) == ("10.00", "0.00", "0.00", "10.00")
