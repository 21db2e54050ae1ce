"""Deposits in positions: what is received for no milestone, and what moves when it is taken off."""

from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    CreditEffect,
    DeductedAs,
    Deposit,
    DiscountTax,
    EarlyDiscount,
    Invoice,
    PaymentTerms,
    Percent,
    Prepaid,
    Refunded,
    Retainage,
    RetainageMode,
    RetainageStep,
    Reversed,
    Schedule,
    Tax,
    TaxSubtotal,
    Voided,
    apply_credit,
    contract_position,
    draft_release,
    exposure_curve,
    issue,
)
from tests.unit.advances import S9, S21, asked, billed, contract, credited, deposit_of, pay
from tests.unit.bills import eur, line, may

LINES = DeductedAs.LINES
REBILL = CreditEffect.REBILL


def whole(deducted_as: DeductedAs = DeductedAs.PREPAID, **more: Any) -> Schedule:
    """Return a contract of one part, with a deposit of 30 %."""
    schedule = contract(Deposit(Percent(30), deducted_as=deducted_as), [100])
    return attrs.evolve(schedule, **more)


def got(*invoices: Invoice, day: int = 31, schedule: Schedule | None = None) -> tuple[str, str]:
    """Return what is paid for milestones and what is received for none, net."""
    found = contract_position(schedule or whole(), invoices, as_of=may(day)).net
    assert found.exposure == found.earned - found.paid - found.unassigned
    return str(found.paid.amount), str(found.unassigned.amount)


PAID = asked(whole(), pay(363, 3))
each_way = pytest.mark.parametrize("deducted_as", DeductedAs)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(2, ("0.00", "0.00"), id="issued: 0"),
        pytest.param(3, ("0.00", "300.00"), id="363 received = 300 + 63"),
    ],
)
def test_a_deposit_received_is_for_no_milestone(day: int, expected: tuple[str, str]):
    assert got(PAID, day=day) == expected


def test_a_part_received_counts_without_its_tax():
    assert got(asked(whole(), pay(121, 3))) == ("0.00", "100.00")


@each_way
def test_what_is_taken_off_is_paid_for_the_work(deducted_as: DeductedAs):
    schedule = whole(deducted_as)
    final = billed(schedule, "a", [PAID], "1")
    assert got(PAID, final, schedule=schedule) == ("300.00", "0.00")
    assert got(PAID, final, schedule=schedule, day=9) == ("0.00", "300.00")
    paid = final.record(pay(847, 20))
    assert got(PAID, paid, schedule=schedule) == ("1000.00", "0.00")
    half = final.record(pay("423.50", 20))
    assert got(PAID, half, schedule=schedule) == ("650.00", "0.00")


@each_way
def test_what_is_taken_off_is_shared_out_over_all_milestones_of_the_bill(deducted_as: DeductedAs):
    schedule = contract(Deposit(Percent(30), deducted_as=deducted_as), [60, 40])
    first = billed(schedule, "a", [PAID], "1")
    second = billed(schedule, "b", [PAID, first], "2")
    rows = contract_position(schedule, [PAID, first, second], as_of=may(10)).milestones
    assert [each.paid for each in rows] == [eur(0), eur(300)]
    assert [each.unassigned for each in rows] == [eur(0), eur(0)]


@each_way
@pytest.mark.parametrize("tax", [S9, None], ids=["another rate", "outside the scope"])
def test_a_deposit_taxed_otherwise_is_paid_in_full_all_the_same(
    deducted_as: DeductedAs, tax: Tax | None
):
    schedule = whole(deducted_as)
    deposit = asked(schedule, pay(327 if tax else 300, 3), tax=tax)
    final = billed(schedule, "a", [deposit], "1")
    final = final.record(pay(str(final.payable.amount), 20))
    assert got(deposit, final, schedule=schedule) == ("1000.00", "0.00")


@each_way
def test_a_voided_bill_gives_the_deposit_back(deducted_as: DeductedAs):
    schedule = whole(deducted_as)
    void = billed(schedule, "a", [PAID], "1").record(Voided("typo", on=may(15)))
    assert got(PAID, void, schedule=schedule, day=14) == ("300.00", "0.00")
    assert got(PAID, void, schedule=schedule, day=15) == ("0.00", "300.00")


@each_way
def test_a_credited_bill_gives_the_deposit_back_and_its_cash_when_it_goes(deducted_as: DeductedAs):
    schedule = whole(deducted_as)
    final = billed(schedule, "a", [PAID], "1").record(pay(847, 11))
    note = credited(final, effect=REBILL)
    assert got(PAID, final, note, schedule=schedule, day=11) == ("1000.00", "0.00")
    assert got(PAID, final, note, schedule=schedule, day=12) == ("700.00", "300.00")
    refunded = note.record(Refunded(eur(847), on=may(13)))
    assert got(PAID, final, refunded, schedule=schedule) == ("0.00", "300.00")


@each_way
def test_a_deposit_that_bounces_after_it_was_taken_off_is_not_paid(deducted_as: DeductedAs):
    schedule = whole(deducted_as)
    final = billed(schedule, "a", [PAID], "1").record(pay(847, 11))
    bounced = PAID.record(Reversed(pay(363, 3), "bounced", on=may(15)))
    assert got(bounced, final, schedule=schedule, day=14) == ("1000.00", "0.00")
    assert got(bounced, final, schedule=schedule, day=15) == ("1000.00", "-300.00")
    void = bounced.record(Voided("never paid", on=may(16)))
    assert got(void, final, schedule=schedule, day=16) == ("1000.00", "-300.00")


def test_cash_on_a_void_deposit_is_for_nothing():
    void = asked(whole(), Voided("typo", on=may(3)), pay(363, 4))
    assert got(void) == ("0.00", "0.00")


def test_a_bill_that_only_takes_off_pays_for_nothing():
    less = attrs.evolve(line(-300, tax=S21), deducts="D-1", tax_amount=eur(-63))
    only = Invoice("1", may(10), PAID.buyer, [less])
    assert got(PAID, only) == ("0.00", "0.00")


def test_retainage_released_on_a_bill_of_its_own_is_for_no_milestone():
    rule = Retainage([RetainageStep(10)], mode=RetainageMode.UNBILLED)
    schedule = attrs.evolve(contract(None, [100]), retainage=rule)
    first = billed(schedule, "a", [], "1").record(pay(1089, 11))
    draft = draft_release(schedule, invoices=[first], as_of=may(12), buyer=first.buyer, tax=S21)
    release = issue(draft, number="2", on=may(12))
    assert got(first, release, schedule=schedule) == ("900.00", "0.00")
    half = release.record(pay("60.50", 13))
    assert got(first, half, schedule=schedule) == ("900.00", "50.00")


def test_a_deposit_refunded_by_its_note_is_gone():
    note = credited(PAID).record(Refunded(eur(363), on=may(13)))
    assert got(PAID, note, day=11) == ("0.00", "300.00")
    assert got(PAID, note, day=12) == ("0.00", "0.00")


def test_credit_of_a_deposit_counts_where_it_went():
    schedule = contract(parts=[50, 50])
    first = billed(schedule, "a", [PAID], "1")
    known = apply_credit([PAID, credited(PAID), first], "CN", "1", on=may(13))
    assert got(*known, schedule=schedule) == ("300.00", "0.00")


def test_credit_of_a_bill_set_against_the_deposit_counts_as_received():
    schedule = contract(parts=[50, 50])
    deposit = asked(schedule)
    first = billed(schedule, "a", [deposit], "1").record(pay(605, 11))
    note = credited(first, effect=REBILL, amount=eur(363))
    known = apply_credit([deposit, first, note], "CN", "D-1", on=may(13))
    assert got(*known, schedule=schedule, day=12) == ("500.00", "0.00")
    assert got(*known, schedule=schedule, day=13) == ("200.00", "300.00")


def test_an_advance_known_only_by_its_number_counts_as_paid():
    elsewhere = Prepaid("OLD-7", [TaxSubtotal(S21, eur(300), eur(63))])
    final = attrs.evolve(billed(whole(), "a", [], "1"), prepaid=[elsewhere])
    assert got(final) == ("300.00", "0.00")


@each_way
def test_a_discount_that_is_always_taken_off_the_tax_leaves_nothing_unpaid(
    deducted_as: DeductedAs,
):
    terms = PaymentTerms.net(
        30, discounts=[EarlyDiscount(Percent(2), 10, tax=DiscountTax.ALWAYS_REDUCED)]
    )
    schedule = whole(deducted_as, terms=terms)
    deposit = deposit_of(line(300, tax=S21))
    final = billed(schedule, "a", [deposit], "1")
    paid = final.record(pay(str(final.payable.amount), 31))
    assert got(deposit, paid, schedule=schedule) == ("1000.00", "0.00")


@each_way
def test_what_is_left_off_as_retainage_is_not_paid_with_the_rest(deducted_as: DeductedAs):
    rule = Retainage([RetainageStep(10)], mode=RetainageMode.UNBILLED)
    schedule = whole(deducted_as, retainage=rule)
    final = billed(schedule, "a", [PAID], "1")
    final = final.record(pay(str(final.payable.amount), 20))
    assert final.payable == eur(1089 - 363)
    assert got(PAID, final, schedule=schedule) == ("900.00", "0.00")


def test_exposure_over_time_counts_deposits():
    curve = exposure_curve(whole(), [PAID], since=may(1), until=may(31))
    assert [(each.day, each.paid, each.exposure) for each in curve] == [
        (may(1), eur(0), eur(0)),
        (may(3), eur(300), eur(-300)),
    ]
