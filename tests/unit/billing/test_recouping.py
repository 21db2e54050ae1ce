"""What bills take off for deposits: which part, in what order, and shown how; worked by hand."""

from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    Cancelled,
    CreditEffect,
    DeductedAs,
    Deposit,
    Invoice,
    Line,
    Percent,
    Prepaid,
    Recoupment,
    Retainage,
    RetainageMode,
    RetainageStep,
    Reversed,
    Schedule,
    Tax,
    TaxSubtotal,
    Voided,
    credit_note,
    deposits_left,
    issue,
)
from milestone_invoicing.money import Money
from tests.unit.advances import (
    S9,
    S21,
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
from tests.unit.bills import eur, line, may

AT_END, PRO_RATA, FIRST = Recoupment
LINES = DeductedAs.LINES
O = Tax.outside_scope()  # noqa: E741  # the code of the standard


def agreed(
    recoup: Recoupment = AT_END,
    *,
    share: Percent | Money = Percent(30),  # noqa: B008  # a value that never changes
    parts: tuple[int, ...] = (40, 35, 25),
    **options: Any,
) -> Schedule:
    return contract(Deposit(share, recoup=recoup, **options), parts)


def all_bills(schedule: Schedule, *deposits: Invoice) -> list[Invoice]:
    """Return the deposits and a bill of each part, in order, each drafted after the one before."""
    bills = list(deposits)
    for number, key in enumerate(schedule.keys, 1):
        bills.append(billed(schedule, key, bills, str(number)))
    return bills


def taken(schedule: Schedule, *deposits: Invoice) -> list[str]:
    """Return what each bill takes off, with tax."""
    bills = all_bills(schedule, *deposits)[len(deposits) :]
    return [
        str((bill.totals.prepaid - net_lines(bill)).amount.normalize().to_eng_string())
        for bill in bills
    ]


def net_lines(bill: Invoice) -> Money:
    """Return the lines that take deposits off, with tax."""
    lines = [each for each in bill.lines if each.deducts is not None]
    return Money.total((each.net + (each.tax_amount or eur(0)) for each in lines), currency="EUR")


# Bills of 484.00, 423.50 and 302.50 with tax; the deposit is 363.00.
EACH_WAY = [
    pytest.param(AT_END, {}, ["0", "0", "302.5"], id="at the end: all the last has room for"),
    pytest.param(PRO_RATA, {}, ["145.2", "127.05", "90.75"], id="pro rata: 40, 35, 25% of 363"),
    pytest.param(FIRST, {}, ["363", "0", "0"], id="first bills first: 363 of 484"),
    pytest.param(
        FIRST, {"cap": Percent(50)}, ["242", "121", "0"], id="first: at most half of 484, then 121"
    ),
    pytest.param(
        PRO_RATA,
        {"cap": Percent(20)},
        ["96.8", "84.7", "181.5"],
        id="pro rata: at most a fifth of each, and the last takes the rest",
    ),
    pytest.param(AT_END, {"cap": Percent(1)}, ["0", "0", "302.5"], id="no cap on the last"),
]


@pytest.mark.parametrize("deducted_as", DeductedAs)
@pytest.mark.parametrize(("recoup", "options", "expected"), EACH_WAY)
def test_what_each_bill_takes_off(
    recoup: Recoupment, options: dict[str, Any], expected: list[str], deducted_as: DeductedAs
):
    schedule = agreed(recoup, deducted_as=deducted_as, **options)
    assert taken(schedule, asked(schedule, pay(363, 3))) == expected


@pytest.mark.parametrize("recoup", Recoupment)
@pytest.mark.parametrize(
    ("facts", "whole"),
    [
        pytest.param([], "0", id="unpaid: nothing"),
        pytest.param([pay(100, 3)], "100", id="100 of 363 received: 100"),
        pytest.param([pay(500, 3)], "363", id="500 received for 363: 363"),
        pytest.param([pay(363, 3), Reversed(pay(363, 3), "bounced", on=may(9))], "0", id="bounced"),
        pytest.param([pay(363, 11)], "0", id="paid the day after the bills"),
        pytest.param([pay(363, 10)], "363", id="paid on the day of the bills"),
    ],
)
def test_only_what_was_received_is_taken_off(recoup: Recoupment, facts: list[Any], whole: str):
    schedule = agreed(recoup, parts=(30, 30, 40))  # the last bill has room for all of it
    parts = taken(schedule, asked(schedule, *facts))
    assert sum(map(eur, parts), eur(0)) == eur(whole)


def test_a_deposit_with_tax_is_taken_off_to_the_cent():
    schedule = agreed(share=eur(100), with_tax=True, parts=(100,))
    deposit = asked(schedule, pay(100, 3))
    final = billed(schedule, "a", [deposit], "1")
    assert (final.totals.prepaid, final.payable) == (eur(100), eur(1110))
    assert groups(final) == [("S 21%", "82.64", "17.36")]


def test_the_deposit_invoice_is_shown_as_a_prepaid_amount():
    schedule = agreed(parts=(100,))
    final = work(schedule, "a", [asked(schedule, pay(363, 3))])
    assert final.prepaid == (Prepaid("D-1", [TaxSubtotal(S21, eur(300), eur(63))]),)
    found = final.totals
    assert (found.tax_exclusive, found.tax, found.tax_inclusive) == (eur(1000), eur(210), eur(1210))
    assert (found.prepaid, found.payable) == (eur(363), eur(847))


def test_the_deposit_invoice_is_shown_as_lines_that_bill_no_milestone():
    schedule = agreed(parts=(100,), deducted_as=LINES)
    final = work(schedule, "a", [asked(schedule, pay(363, 3))])
    less = final.lines[1]
    assert (less.description, less.net, less.tax_amount) == (
        "Less deposit D-1",
        eur(-300),
        eur(-63),
    )
    assert (less.deducts, less.milestone, less.discountable) == ("D-1", None, False)
    found = final.totals
    assert (found.tax_exclusive, found.tax, found.prepaid) == (eur(700), eur(147), eur(0))
    assert found.payable == eur(847)


@pytest.mark.parametrize("deducted_as", DeductedAs)
def test_a_rate_that_changed_since_keeps_its_old_part(deducted_as: DeductedAs):
    schedule = agreed(parts=(100,), deducted_as=deducted_as)
    deposit = asked(schedule, pay(327, 3), tax=S9)  # 300 + 27
    final = work(schedule, "a", [deposit])  # 1000 + 210
    assert final.payable == eur(883)
    if deducted_as is LINES:
        rows = [(str(each.tax), each.base, each.amount) for each in final.totals.breakdown]
        assert rows == [("S 9%", eur(-300), eur(-27)), ("S 21%", eur(1000), eur(210))]


@pytest.mark.parametrize("deducted_as", DeductedAs)
def test_an_advance_outside_the_scope_of_tax_is_taken_off_a_taxed_bill(deducted_as: DeductedAs):
    schedule = agreed(parts=(100,), deducted_as=deducted_as)
    final = work(schedule, "a", [asked(schedule, pay(300, 3), tax=None)])
    assert (final.totals.tax, final.payable) == (eur(210), eur(910))
    if deducted_as is LINES:
        assert final.lines[1].tax_amount is None
        assert final.totals.breakdown[0] == TaxSubtotal(O, eur(-300), eur(0))


def test_the_first_deposit_goes_first_and_the_next_follows():
    schedule = agreed(FIRST)
    deposits = [
        deposit_of(line(300), number="D-1"),
        deposit_of(line(200, tax=S9), number="D-2"),
        deposit_of(line(100), number="D-3", paid="0"),
    ]
    first, second, third = all_bills(schedule, *deposits)[3:]
    assert [(each.number, each.gross) for each in first.prepaid] == [
        ("D-1", eur(300)),
        ("D-2", eur(184)),
    ]
    assert [(each.number, each.gross) for each in second.prepaid] == [("D-2", eur(34))]
    assert third.prepaid == ()


def test_a_deposit_taken_off_in_parts_sums_to_its_own_amounts():
    # 100.00 = 82.64 + 17.36, taken off as 33.33, 33.33 and 33.34.
    parts = (30, 30, 40)
    schedule = agreed(FIRST, share=eur(100), with_tax=True, cap=Percent("9.1823"), parts=parts)
    bills = all_bills(schedule, asked(schedule, pay(100, 3)))[1:]
    assert [groups(each) for each in bills] == [
        [("S 21%", "27.54", "5.79")],
        [("S 21%", "27.55", "5.78")],
        [("S 21%", "27.55", "5.79")],
    ]


def test_a_deposit_of_two_rates_is_taken_off_rate_by_rate():
    schedule = agreed(PRO_RATA, parts=(50, 50))
    mixed = deposit_of(line(100, tax=S21), line(100, tax=S9))
    bills = all_bills(schedule, mixed)[1:]
    assert [groups(each) for each in bills] == [
        [("S 9%", "50.00", "4.50"), ("S 21%", "50.00", "10.50")],
        [("S 9%", "50.00", "4.50"), ("S 21%", "50.00", "10.50")],
    ]


@pytest.mark.parametrize("deducted_as", DeductedAs)
def test_a_rate_of_which_nothing_is_left_is_not_shown(deducted_as: DeductedAs):
    schedule = agreed(parts=(100,), deducted_as=deducted_as)
    deposit = deposit_of(line(100, tax=S21), line(100, tax=S9))
    note = credited(deposit, quantities={2: 1})
    final = work(schedule, "a", [deposit, note])
    assert final.payable == eur(1210 - 121)
    assert len(final.lines) == (2 if deducted_as is LINES else 1)


def test_a_deposit_with_a_line_below_zero_is_taken_off_as_it_is():
    schedule = agreed(parts=(100,), deducted_as=LINES)
    deposit = deposit_of(line(300, tax=S21), line(-100, tax=S9))  # 363 - 109
    final = work(schedule, "a", [deposit])
    assert final.payable == eur(1210 - 254)
    assert [(each.quantity, each.net) for each in final.lines[1:]] == [
        (1, eur(100)),
        (-1, eur(-300)),
    ]


@pytest.mark.parametrize("deducted_as", DeductedAs)
def test_a_deposit_may_leave_nothing_to_pay(deducted_as: DeductedAs):
    schedule = agreed(share=Percent(100), parts=(100,), deducted_as=deducted_as)
    final = billed(schedule, "a", [asked(schedule, pay(1210, 3))], "1")
    assert final.payable == eur(0)
    assert [part.amount for part in final.installments] == [eur(0)]


@pytest.mark.parametrize("deducted_as", DeductedAs)
def test_what_is_beyond_the_last_bill_stays_with_the_deposit_and_is_credited(
    deducted_as: DeductedAs,
):
    schedule = agreed(deducted_as=deducted_as)
    deposit = asked(schedule, pay(363, 3))
    bills = all_bills(schedule, deposit)
    assert bills[-1].payable == eur(0)
    assert amounts(state(*bills)) == ("363.00", "302.50", "0.00", "60.50")
    rest = credit_note(deposit, effect=CreditEffect.CANCEL, as_of=may(31), invoices=bills)
    assert rest.payable == eur("-60.50")


# --- which bill is the last -----------------------------------------------------------------------


def test_the_last_bill_is_the_one_that_leaves_nothing_whatever_its_milestone():
    schedule = agreed()
    deposit = asked(schedule, pay(363, 3))
    bills = [deposit]
    for number, key in enumerate("cab", 1):
        bills.append(billed(schedule, key, bills, str(number)))
    assert [bill.totals.prepaid for bill in bills[1:]] == [eur(0), eur(0), eur(363)]


def test_a_part_of_the_last_milestone_is_not_the_last_bill():
    schedule = agreed(parts=(100,))
    deposit = asked(schedule, pay(363, 3))
    part = billed(schedule, "a", [deposit], "1", up_to=Percent("99.99"))
    assert part.prepaid == ()
    rest = work(schedule, "a", [deposit, part])  # 0.10 + 0.02 tax
    assert rest.totals.prepaid == rest.totals.tax_inclusive == eur("0.12")


def test_what_is_cancelled_is_waited_for_no_more():
    schedule = agreed().record("b", Cancelled("no need", on=may(9)))
    deposit = asked(schedule, pay(363, 3))
    first = billed(schedule, "c", [deposit], "1")
    assert work(schedule, "a", [deposit, first]).totals.prepaid == eur(363)


def test_what_waits_to_be_billed_again_keeps_a_bill_from_being_the_last():
    schedule = agreed(parts=(60, 40))
    deposit = asked(schedule, pay(363, 3))
    void = billed(schedule, "a", [deposit], "1").record(Voided("typo", on=may(10)))
    second = billed(schedule, "b", [deposit, void], "2")
    assert second.prepaid == ()
    again = work(schedule, "a", [deposit, void, second], rebill=True)
    assert again.totals.prepaid == eur(363)


def test_a_draft_of_another_part_is_counted_as_billed():
    schedule = agreed(parts=(60, 40))
    deposit = asked(schedule, pay(363, 3))
    other = work(schedule, "b", [deposit])
    assert work(schedule, "a", [deposit, other]).totals.prepaid == eur(363)


def test_a_voided_last_bill_gives_back_what_the_next_one_takes():
    schedule = agreed(parts=(100,))
    deposit = asked(schedule, pay(363, 3))
    void = billed(schedule, "a", [deposit], "1").record(Voided("typo", on=may(10)))
    again = work(schedule, "a", [deposit, void], rebill=True)
    assert again.totals.prepaid == eur(363)


@pytest.mark.parametrize("deducted_as", DeductedAs)
def test_a_credited_last_bill_gives_back_what_the_next_one_takes(deducted_as: DeductedAs):
    schedule = agreed(parts=(100,), deducted_as=deducted_as)
    deposit = asked(schedule, pay(363, 3))
    final = billed(schedule, "a", [deposit], "1")
    note = credited(final, day=10, effect=CreditEffect.REBILL)
    assert note.payable == -final.payable
    assert amounts(state(deposit, final, note)) == ("363.00", "0.00", "0.00", "363.00")
    again = work(schedule, "a", [deposit, final, note], rebill=True)
    assert again.payable == final.payable


# --- pro rata -------------------------------------------------------------------------------------


def test_pro_rata_counts_drafts_on_both_sides():
    schedule = agreed(PRO_RATA)
    deposit = asked(schedule, pay(363, 3))
    first = work(schedule, "a", [deposit])
    second = work(schedule, "b", [deposit, first])
    assert (first.totals.prepaid, second.totals.prepaid) == (eur("145.20"), eur("127.05"))


def test_pro_rata_is_of_what_was_not_credited():
    schedule = agreed(PRO_RATA)
    deposit = asked(schedule, pay(363, 3))
    note = credited(deposit, day=9, amount=eur(163))
    assert work(schedule, "a", [deposit, note]).totals.prepaid == eur(80)  # 40% of 200


def test_pro_rata_catches_up_once_more_is_received():
    schedule = agreed(PRO_RATA)
    deposit = asked(schedule, pay(100, 3))
    first = billed(schedule, "a", [deposit], "1")
    assert first.totals.prepaid == eur(100)  # of 145.20
    paid = deposit.record(pay(263, 10))
    second = work(schedule, "b", [paid, first])
    assert second.totals.prepaid == eur("172.25")  # 75% of 363 less 100


def test_pro_rata_waits_while_more_was_taken_than_is_its_part():
    schedule = agreed(PRO_RATA)
    deposit = asked(schedule, pay(363, 3))
    taken_by_hand = Prepaid("D-1", [TaxSubtotal(S21, eur(240), eur("50.40"))])
    first = attrs.evolve(billed(schedule, "a", [deposit], "1"), prepaid=[taken_by_hand])
    assert work(schedule, "b", [deposit, first]).prepaid == ()  # 75% of 363 is less than 290.40


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param((50, 50), ["0.06", "0.05"], id="0.11 x 50% = 0.055 = 0.06, then the rest"),
        pytest.param((25, 25, 50), ["0.03", "0.03", "0.05"], id="0.0275, 0.055, 0.11"),
    ],
)
def test_pro_rata_rounds_the_running_total(parts: tuple[int, ...], expected: list[str]):
    schedule = agreed(PRO_RATA, share=eur("0.11"), parts=parts)
    assert taken(schedule, asked(schedule, pay("0.11", 3), tax=None)) == expected


# --- with other rules -----------------------------------------------------------------------------


def test_a_cap_is_rounded_half_up():
    schedule = agreed(FIRST, cap=Percent("0.125"), parts=(60, 40))
    draft = work(schedule, "a", [asked(schedule, pay(363, 3))], tax=None)
    assert draft.totals.prepaid == eur("0.75")  # 600 x 0.125%
    draft = work(schedule, "a", [asked(schedule, pay(363, 3))], tax=None, portion=eur(100))
    assert draft.totals.prepaid == eur("0.13")  # 0.125


def test_what_is_held_leaves_no_room_for_a_deposit():
    schedule = attrs.evolve(agreed(share=Percent(100), parts=(100,)), retainage=Retainage.flat(10))
    final = billed(schedule, "a", [asked(schedule, pay(1210, 3))], "1")
    assert (final.held, final.totals.prepaid, final.payable) == (eur(100), eur(1110), eur(100))


@pytest.mark.parametrize("deducted_as", DeductedAs)
def test_what_is_left_off_as_retainage_is_not_paid_by_a_deposit(deducted_as: DeductedAs):
    unbilled = Retainage([RetainageStep(10)], mode=RetainageMode.UNBILLED)
    schedule = attrs.evolve(
        agreed(share=Percent(100), parts=(100,), deducted_as=deducted_as), retainage=unbilled
    )
    deposit = asked(schedule, pay(1210, 3))
    final = billed(schedule, "a", [deposit], "1")
    assert final.payable == eur(0)
    assert state(deposit, final).left == eur(121)


def test_without_a_deposit_nothing_is_taken_off():
    schedule = contract(None)
    stray = deposit_of(line(300))
    assert taken(schedule, stray) == ["0", "0", "0"]


def test_a_deposit_paid_too_late_is_left_for_a_credit_note():
    schedule = agreed(parts=(100,))
    deposit = asked(schedule)
    final = billed(schedule, "a", [deposit], "1")
    late = deposit.record(pay(363, 20))
    assert final.prepaid == ()
    assert deposits_left([late, final], as_of=may(20))[0].left == eur(363)


def test_a_final_draft_is_issued_as_it_stands():
    schedule = agreed(parts=(100,))
    deposit = asked(schedule, pay(363, 3))
    draft = work(schedule, "a", [deposit])
    final = issue(draft, number="1", on=may(20))
    assert (final.prepaid, final.payable) == (draft.prepaid, eur(847))
    assert isinstance(final.lines[0], Line)
