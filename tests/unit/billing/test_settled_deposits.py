"""What settles a deposit, each as what it is, and what bills take off for it; worked by hand."""

import re
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    REST,
    Adjustment,
    BillingState,
    Credited,
    CreditEffect,
    DeductedAs,
    Deposit,
    DepositNotSettledError,
    DepositState,
    EarlyDiscount,
    Invoice,
    InvoiceKind,
    Line,
    Milestone,
    Money,
    Payment,
    PaymentTerms,
    Percent,
    Prepaid,
    Recoupment,
    Recovered,
    Refunded,
    Reversed,
    Schedule,
    Tax,
    TaxSubtotal,
    Trigger,
    Voided,
    Withheld,
    WriteOffReason,
    WrittenOff,
    apply_credit,
    check_invoices,
    credit_note,
    deposits_left,
    draft_deposit,
    draft_invoice,
    issue,
    milestone_status,
    ready_to_invoice,
    round_payable,
    start_gate,
    totals,
    unbilled_work,
)
from tests.unit.advances import (
    S21,
    amounts,
    asked,
    billed,
    contract,
    credited,
    groups,
    pay,
    state,
    work,
)
from tests.unit.bills import ACME, eur, may

SMALL = WriteOffReason.SMALL_DIFFERENCE
BEFORE = Deposit(Percent(30), before_start=True)
# 363.00 with tax, of which the client withholds 15 % of 300.00 = 45.00.
KEPT = [Adjustment(Percent(15), "income tax")]


def small(amount: str, day: int = 5) -> WrittenOff:
    return WrittenOff(eur(amount), SMALL, on=may(day))


def lost(amount: str, day: int = 5) -> WrittenOff:
    return WrittenOff(eur(amount), on=may(day))


def certificate(amount: str, day: int = 4) -> Withheld:
    return Withheld(eur(amount), on=may(day))


def deposit(*facts: Any, rounding: str | None = None, withheld: Any = ()) -> Invoice:
    """Return a deposit of 300.00 + 63.00 of 2 May, rounded by so much, with facts."""
    found = attrs.evolve(
        asked(contract()),
        rounding_amount=eur(rounding) if rounding else None,
        withheld=withheld,
    )
    return found.record(*facts)


def of(found: DepositState) -> tuple[str, str, str]:
    """Return what is received, still to come before rounding, and still to pay."""
    return tuple(str(each.amount) for each in (found.received, found.to_come, found.open))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("invoice", "expected"),
    [
        pytest.param(
            deposit(pay("361.50", 3), small("1.50")), ("363.00", "0.00", "0.00"), id="361.50 + 1.50"
        ),
        pytest.param(
            deposit(pay(300, 3), small("1.50")), ("301.50", "61.50", "61.50"), id="300 + 1.50"
        ),
        pytest.param(
            deposit(pay(300, 3), lost("63")), ("300.00", "0.00", "0.00"), id="300, 63 lost"
        ),
        pytest.param(
            deposit(pay(300, 3), small("1.50"), lost("61.50", 6)),
            ("301.50", "0.00", "0.00"),
            id="300 + 1.50, 61.50 lost",
        ),
        pytest.param(
            deposit(pay(300, 3), small("1.50"), lost("61.50", 6), Recovered(eur(21), on=may(7))),
            ("322.50", "0.00", "0.00"),
            id="300 + 1.50 + 21 recovered of 61.50",
        ),
        pytest.param(
            deposit(pay("361.50", 3), small("1.50"), Reversed(small("1.50"), "typo", on=may(6))),
            ("361.50", "1.50", "1.50"),
            id="a write-off that is taken back settles nothing",
        ),
        pytest.param(
            deposit(
                pay(300, 3),
                lost("63"),
                Recovered(eur(20), on=may(7)),
                Reversed(lost("63"), "typo", on=may(8)),
            ),
            ("320.00", "43.00", "43.00"),
            id="300 + 20, and nothing is lost after all",
        ),
        pytest.param(
            deposit(pay(300, 3), Credited(eur(63), "CN-9", on=may(4))),
            ("363.00", "0.00", "0.00"),
            id="300 + 63 credit of another document",
        ),
    ],
)
def test_each_means_counts_as_what_it_is(invoice: Invoice, expected: tuple[str, ...]):
    assert of(state(invoice)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param([], ("0.00", "363.00", "363.00"), id="unpaid: 0"),
        pytest.param([pay("317.99", 3)], ("317.99", "45.01", "45.01"), id="317.99 of 318"),
        pytest.param([pay(318, 3)], ("363.00", "0.00", "0.00"), id="318 + 45 to be withheld"),
        pytest.param([pay(330, 3)], ("363.00", "0.00", "0.00"), id="330 + 33 to be withheld"),
        pytest.param([pay(363, 3)], ("363.00", "0.00", "0.00"), id="363, nothing withheld"),
        pytest.param(
            [pay(318, 3), certificate("45")],
            ("363.00", "0.00", "0.00"),
            id="318 + 45 by certificate",
        ),
        pytest.param(
            [pay(318, 3), certificate("20")], ("363.00", "0.00", "0.00"), id="318 + 20 + 25 to come"
        ),
        pytest.param(
            [pay(300, 3), certificate("45")], ("345.00", "18.00", "18.00"), id="300 + 45, 18 to pay"
        ),
        pytest.param(
            [pay("316.50", 3), small("1.50")],
            ("363.00", "0.00", "0.00"),
            id="316.50 + 1.50 + 45 to be withheld",
        ),
        pytest.param(
            [lost("318")], ("0.00", "45.00", "45.00"), id="who pays nothing withholds nothing"
        ),
        pytest.param([pay(318, 3), lost("45")], ("318.00", "0.00", "0.00"), id="318, 45 lost"),
    ],
)
def test_tax_to_be_withheld_settles_once_all_else_is_paid(
    facts: list[Any], expected: tuple[str, ...]
):
    assert of(state(deposit(*facts, withheld=KEPT))) == expected


def test_a_credit_note_of_a_part_withholds_less():
    kept = deposit(withheld=KEPT)
    note = credited(kept, day=3, amount=eur(121))  # 100 of 300, so 30 of 45 are to be withheld
    both = apply_credit([kept, note], "CN", "D-1", on=may(4))
    for paid, expected in (("211.99", "211.99"), ("212", "242.00")):
        first = both[0].record(pay(paid, 5))
        assert str(state(first, both[1]).received.amount) == expected


def test_a_credit_that_only_the_deposit_records_leaves_its_rounding_settled():
    # 100.00 are set off against a note of 63.00.
    both = deposit(pay("262.60", 3), Credited(eur(100), "CN", on=may(4)), rounding="-0.40")
    note = credited(deposit(), amount=eur(63))
    assert str(state(both, note).received.amount) == "263.00"


@pytest.mark.parametrize(
    ("rounding", "facts", "expected", "rest"),
    [
        pytest.param("-0.40", [], ("0.00", "363.00", "362.60"), "0.00", id="unpaid"),
        pytest.param(
            "-0.40", [pay("362.59", 3)], ("362.59", "0.41", "0.01"), "0.00", id="362.59 of 362.60"
        ),
        pytest.param(
            "-0.40", [pay("362.60", 3)], ("363.00", "0.00", "0.00"), "-0.40", id="362.60 + 0.40"
        ),
        pytest.param(
            "-0.40",
            [pay("362.59", 3), small("0.01")],
            ("363.00", "0.00", "0.00"),
            "-0.40",
            id="362.59 + 0.01 + 0.40",
        ),
        pytest.param(
            "-0.40",
            [pay("362.59", 3), lost("0.01")],
            ("362.59", "0.40", "0.00"),
            "0.00",
            id="a lost cent, and the rounding with it",
        ),
        pytest.param("0.40", [], ("0.00", "363.00", "363.40"), "0.00", id="unpaid, rounded up"),
        pytest.param(
            "0.40", [pay("362.90", 3)], ("362.90", "0.10", "0.50"), "0.00", id="362.90 of 363"
        ),
        pytest.param(
            "0.40", [pay("363.10", 3)], ("363.00", "0.00", "0.30"), "0.10", id="363 + 0.10 of 0.40"
        ),
        pytest.param(
            "0.40", [pay("363.40", 3)], ("363.00", "0.00", "0.00"), "0.40", id="363.40 - 0.40"
        ),
    ],
)
def test_a_rounding_amount_is_the_last_that_is_settled(
    rounding: str, facts: list[Any], expected: tuple[str, ...], rest: str
):
    found = state(deposit(*facts, rounding=rounding))
    assert (of(found), str(found.rounding.amount)) == (expected, rest)
    assert found.asked == eur(363)


def test_all_that_is_received_of_a_rounded_deposit_has_its_own_amounts():
    assert groups(state(deposit(pay("362.60", 3), rounding="-0.40"))) == [
        ("S 21%", "300.00", "63.00")
    ]


@pytest.mark.parametrize("rounding", ["-0.40", "0.40"])
def test_the_credit_note_of_all_takes_the_rounding_with_it(rounding: str):
    paid = deposit(rounding=rounding)
    paid = paid.record(Payment(paid.payable, on=may(3)))
    cash = str(paid.payable.amount)
    note = credited(paid)
    assert amounts(state(paid, note)) == (cash, "0.00", cash, "0.00")
    gone = note.record(Refunded(paid.payable, on=may(13)))
    assert amounts(state(paid, gone)) == (cash, "0.00", cash, "0.00")


def test_the_credit_note_of_a_part_leaves_the_rounding():
    paid = deposit(pay("362.60", 3), rounding="-0.40")
    note = credited(paid, amount=eur(63))
    found = state(paid, note)
    assert amounts(found) == ("363.00", "0.00", "63.00", "300.00")
    assert (found.asked, found.credited) == (eur(300), eur(63))


@pytest.mark.parametrize(
    ("paid", "expected"),
    [
        pytest.param("299.60", ("300.00", "0.00", "0.00", "300.00"), id="299.60 + 0.40 of 300"),
        pytest.param("299.59", ("299.59", "0.00", "0.00", "299.59"), id="a cent is to come"),
    ],
)
def test_the_rounding_is_settled_once_a_note_grants_the_rest(paid: str, expected: tuple[str, ...]):
    first = deposit(pay(paid, 3), rounding="-0.40")
    assert amounts(state(first, credited(first, amount=eur(63)))) == expected


def test_the_note_of_all_that_bills_left_takes_the_rounding_with_it():
    schedule = contract(Deposit(Percent(30)), [100])
    part_paid = deposit(pay(100, 3), rounding="-0.40")
    final = billed(schedule, "a", [part_paid], "1")
    assert final.totals.prepaid == eur(100)
    rest = credited(part_paid, invoices=[part_paid, final])
    assert (rest.totals.tax_inclusive, rest.payable) == (eur(-263), eur("-262.60"))
    both = apply_credit([part_paid, rest], "CN", "D-1", on=may(13))
    assert amounts(state(*both, final)) == ("100.00", "100.00", "0.00", "0.00")
    named = credited(part_paid, invoices=[part_paid, final], amount=eur("262.60"))
    assert totals(named) == totals(rest)
    part = credited(part_paid, invoices=[part_paid, final], amount=eur("262.59"))
    assert (part.payable, part.rounding_amount) == (eur("-262.59"), None)


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        pytest.param("0.41", "-0.01", id="0.41 less 0.40"),
        pytest.param("0.40", "-0.40", id="0.40 would be nothing"),
        pytest.param("0.39", "-0.39", id="0.39 would be less than nothing"),
    ],
)
def test_a_note_takes_no_rounding_with_it_that_is_larger_than_itself(left: str, expected: str):
    paid = deposit(pay("362.60", 3), rounding="-0.40")
    taken = TaxSubtotal(S21, eur(300) - eur(left), eur(63))
    bill = Invoice(
        "1", may(10), ACME, [Line("Work", 1, eur(999))], prepaid=[Prepaid("D-1", [taken])]
    )
    rest = credited(paid, invoices=[paid, bill])
    assert rest.payable == eur(expected)
    assert state(paid, bill, rest).owed == -rest.payable
    assert state(paid, bill, rest).left == eur(0)


# --- what bills take off --------------------------------------------------------------------------


def whole(total: Money, share: Percent, way: DeductedAs) -> Schedule:
    milestones = [Milestone("a", "Work", REST, trigger=Trigger.ON_SIGNING)]
    agreed = Deposit(share, deducted_as=way)
    return Schedule(total, milestones, signed_on=may(1), deposit=agreed)


def both_bills(
    schedule: Schedule, tax: Tax, settled: Any, *, step: str | None = None
) -> tuple[Invoice, Invoice]:
    """Return the deposit as settled, and the final bill, both rounded to a step."""
    draft = draft_deposit(schedule, invoices=[], buyer=ACME, tax=tax)
    coin = None if step is None else Money.of(step, schedule.total.currency.code)
    draft = draft if coin is None else round_payable(draft, coin)
    first = settled(issue(draft, number="D-1", on=may(2)))
    final = draft_invoice(schedule, "a", invoices=[first], as_of=may(10), buyer=ACME, tax=tax)
    final = final if coin is None else round_payable(final, coin)
    return first, issue(final, number="1", on=may(10))


def paid_in_full(invoice: Invoice) -> Invoice:
    return invoice.record(Payment(invoice.payable, on=may(3)))


def withheld_in_full(invoice: Invoice) -> Invoice:
    kept = attrs.evolve(invoice, withheld=KEPT)
    return kept.record(Payment(kept.totals.net_to_pay, on=may(3)))


def as_it_is(invoice: Invoice) -> Invoice:
    return invoice


def short(invoice: Invoice) -> Invoice:
    return invoice.record(Payment(invoice.payable - eur("1.50"), on=may(3)), small("1.50"))


def discounted(invoice: Invoice) -> Invoice:
    terms = PaymentTerms.net(30, discounts=[EarlyDiscount(Percent(2), 10)])
    return attrs.evolve(invoice, terms=terms).record(pay("352.80", 9))  # 360 - 2%


@pytest.mark.parametrize(
    ("case", "net", "tax", "payable"),
    [
        pytest.param(
            (Money.of(999, "SEK"), Percent(50), Tax.standard(25), paid_in_full, "1"),
            "999.00",
            "249.75",
            "624.00",
            id="999 + 25%, half of it rounded to 624: 499.50 + 124.88 come off",
        ),
        pytest.param(
            (Money.of("8.20", "SEK"), Percent(5), Tax.standard(10), as_it_is, "1"),
            "8.20",
            "0.82",
            "9.00",
            id="8.20 + 10%, 5% of it rounded to nothing: 0.41 + 0.04 come off",
        ),
        pytest.param(
            (eur(1000), Percent(30), Tax.standard(20), short, None),
            "1000.00",
            "200.00",
            "840.00",
            id="1200 - (358.50 + 1.50) = 840",
        ),
        pytest.param(
            (eur(10_000), Percent(30), S21, withheld_in_full, None),
            "10000.00",
            "2100.00",
            "8470.00",
            id="12100 - (3180 + 450 to be withheld) = 8470",
        ),
        pytest.param(
            (eur(1000), Percent(30), Tax.standard(20), discounted, None),
            "1000.00",
            "200.00",
            "840.00",
            id="1200 - (352.80 + 7.20 discount) = 840",
        ),
    ],
)
@pytest.mark.parametrize("way", DeductedAs)
def test_bills_take_off_the_amounts_of_the_deposit_invoice_however_it_was_settled(
    case: Any, net: str, tax: str, payable: str, way: DeductedAs
):
    total, share, rate, settled, step = case
    first, final = both_bills(whole(total, share, way), rate, settled, step=step)
    assert str(final.payable.amount) == payable
    bills = [first, final] if way is DeductedAs.LINES else [final]
    zero = Money.zero(total.currency)
    assert str(sum((b.totals.tax_exclusive for b in bills), zero).amount) == net
    assert str(sum((b.totals.tax for b in bills), zero).amount) == tax
    (left,) = deposits_left([first, final], as_of=may(31))
    assert (left.deducted, left.left) == (first.totals.tax_inclusive, zero)
    assert check_invoices([first, final], as_of=may(31)) == ()


def test_a_bad_debt_is_asked_for_again_by_the_final_bill():
    def settled(invoice: Invoice) -> Invoice:
        return invoice.record(pay(200, 3), lost("160"))

    schedule = whole(eur(1000), Percent(30), DeductedAs.PREPAID)
    _, final = both_bills(schedule, Tax.standard(20), settled)
    assert final.payable == eur(1000)


def test_pro_rata_is_of_the_deposit_before_its_rounding():
    agreed = Deposit(Percent(50), recoup=Recoupment.PRO_RATA)
    schedule = attrs.evolve(contract(agreed, [50, 50]), deposit=agreed)
    first = attrs.evolve(asked(schedule), rounding_amount=eur("-5")).record(pay(600, 3))
    assert work(schedule, "a", [first]).totals.prepaid == eur("302.50")  # 50% of 605, not of 600


# --- the gate -------------------------------------------------------------------------------------

GATED = contract(BEFORE, [60, 40])


@pytest.mark.parametrize(
    ("invoice", "expected"),
    [
        pytest.param(deposit(pay(318, 3), withheld=KEPT), ("363", "363", True), id="318 + 45"),
        pytest.param(
            deposit(pay("317.99", 3), withheld=KEPT), ("363", "317.99", False), id="317.99"
        ),
        pytest.param(
            deposit(pay("362.60", 3), rounding="-0.40"), ("362.60", "362.60", True), id="362.60"
        ),
        pytest.param(
            deposit(pay("363.40", 3), rounding="0.40"), ("363.40", "363.40", True), id="363.40"
        ),
        pytest.param(
            deposit(pay("363.39", 3), rounding="0.40"), ("363.40", "363.39", False), id="363.39"
        ),
        pytest.param(
            deposit(pay("361.50", 3), small("1.50")), ("361.50", "361.50", True), id="361.50"
        ),
    ],
)
def test_the_gate_counts_each_means_as_what_it_is(
    invoice: Invoice, expected: tuple[str, str, bool]
):
    found = start_gate(GATED, [invoice], as_of=may(31))
    required, received, is_open = expected
    assert (found.required, found.received) == (eur(required), eur(received))
    assert found.is_open is is_open


def test_a_rounded_deposit_that_is_credited_in_money_is_required_no_more():
    paid = deposit(pay("362.60", 3), rounding="-0.40")
    # A note by hand, of the total before rounding: 0.40 more than was paid.
    note = Invoice(
        "CN",
        may(12),
        ACME,
        [Line("Deposit", -1, eur(300), tax=S21)],
        kind=InvoiceKind.CREDIT_NOTE,
        effect=CreditEffect.CANCEL,
        preceding=["D-1"],
    )
    found = start_gate(GATED, [paid, note], as_of=may(31))
    assert (found.required, found.received, found.is_open) == (eur(0), eur(0), True)


@pytest.mark.parametrize(
    ("invoices", "numbers", "message"),
    [
        pytest.param(
            [],
            (),
            "the deposit is not settled on 2026-05-10: expected EUR 300.00 settled before the"
            " work is billed, got EUR 0.00; bill it with draft_deposit",
            id="not billed",
        ),
        pytest.param(
            [draft_deposit(GATED, invoices=[], buyer=ACME, tax=S21)],
            (),
            "got EUR 0.00; bill it with draft_deposit",
            id="a draft",
        ),
        pytest.param(
            [deposit(Voided("typo", on=may(3)))],
            (),
            "got EUR 0.00; bill it with draft_deposit",
            id="void",
        ),
        pytest.param(
            [deposit(pay(100, 3))],
            ("D-1",),
            "expected EUR 363.00 settled before the work is billed, got EUR 100.00 on D-1;"
            " record Payment(amount, on=...) on D-1",
            id="part paid",
        ),
        pytest.param([deposit(lost("363"))], ("D-1",), "got EUR 0.00 on D-1", id="lost"),
        pytest.param([deposit(pay(363, 11))], ("D-1",), "got EUR 0.00 on D-1", id="paid later"),
    ],
)
def test_work_is_not_billed_before_the_deposit_that_comes_before_it(
    invoices: list[Invoice], numbers: tuple[str, ...], message: str
):
    with pytest.raises(DepositNotSettledError, match=re.escape(message)) as caught:
        work(GATED, "a", invoices)
    assert caught.value.deposits == numbers


@pytest.mark.parametrize(
    "invoices",
    [
        pytest.param([deposit(pay(363, 10))], id="paid on the day"),
        pytest.param([deposit(pay(318, 3), withheld=KEPT)], id="318 + 45 to be withheld"),
        pytest.param([deposit(), credited(deposit(), day=9)], id="cancelled"),
    ],
)
def test_work_is_billed_once_the_deposit_is_settled(invoices: list[Invoice]):
    assert work(GATED, "a", invoices).totals.tax_exclusive == eur(600)


def test_the_open_ones_of_several_deposits_are_named():
    halves = contract(Deposit(eur(300), before_start=True))
    first, second = (
        Invoice(number, may(2), ACME, [Line("Half", 1, eur(150))], kind=InvoiceKind.DEPOSIT)
        for number in ("D-1", "D-2")
    )
    with pytest.raises(DepositNotSettledError, match=r"got EUR 150\.00 on D-2; record") as caught:
        work(halves, "a", [first.record(pay(150, 3)), second])
    assert caught.value.deposits == ("D-2",)
    with pytest.raises(DepositNotSettledError, match=r"got EUR 0\.00 on D-1 and D-2") as caught:
        work(halves, "a", [first, second])


@pytest.mark.parametrize(
    ("day", "ready", "state"),
    [
        pytest.param(9, [], BillingState.NOT_BILLABLE, id="the day before it is paid"),
        pytest.param(10, ["a", "b"], BillingState.READY, id="the day on which it is paid"),
    ],
)
def test_nothing_is_ready_to_invoice_before_the_deposit_is_settled(
    day: int, ready: list[str], state: BillingState
):
    known = [deposit(pay(363, 10))]
    assert [each.key for each in ready_to_invoice(GATED, known, as_of=may(day))] == ready
    assert milestone_status(GATED, "a", known, as_of=may(day)).billing is state
    # Work that is done and not billed is so, whatever holds the bill back.
    assert [each.key for each in unbilled_work(GATED, known, as_of=may(day))] == ["a", "b"]


def test_a_deposit_that_is_not_required_before_holds_nothing_back():
    assert work(contract(), "a", [asked(contract())]).payable == eur(484)


def test_a_credit_note_takes_its_part_of_the_tax_to_be_withheld_once_it_is_set_off():
    kept = deposit(pay(318, 3), withheld=KEPT)
    note = credited(kept, amount=eur(121))
    assert amounts(state(kept, note)) == ("363.00", "0.00", "121.00", "242.00")
    # 106.00 go back in cash; 15.00 are set off, for 30.00 are to be withheld of 242.00.
    back = note.record(Refunded(eur(106), on=may(13)))
    both = apply_credit([kept, back], "CN", "D-1", on=may(14))
    assert both[0].facts[-1].amount == eur(15)
    assert amounts(state(*both)) == ("348.00", "0.00", "106.00", "242.00")


@pytest.mark.parametrize(
    ("credit", "lapsed", "expected"),
    [
        pytest.param("363", "7.26", ("355.74", "0.00", "355.74", "0.00"), id="all: 355.74 back"),
        pytest.param("121", "2.42", ("360.58", "0.00", "118.58", "242.00"), id="121 - 2.42"),
    ],
)
def test_the_discount_on_what_is_credited_lapses(
    credit: str, lapsed: str, expected: tuple[str, ...]
):
    terms = PaymentTerms.net(30, discounts=[EarlyDiscount(Percent(2), 10)])
    paid = attrs.evolve(deposit(), terms=terms).record(pay("355.74", 9))
    draft = credit_note(
        paid, effect=CreditEffect.CANCEL, as_of=may(31), invoices=[paid], amount=eur(credit)
    )
    assert draft.discount_taken == eur(lapsed)
    note = issue(draft, number="CN", on=may(12))
    back = note.record(Refunded(eur(expected[2]), on=may(13)))
    for known in (draft, note, back):
        assert amounts(state(paid, known)) == expected


def test_a_credit_note_gives_back_nothing_that_was_lost():
    both = deposit(pay(300, 3), lost("63"))
    assert amounts(state(both, credited(both))) == ("300.00", "0.00", "300.00", "0.00")
    part = credited(both, amount=eur(100))
    assert amounts(state(both, part)) == ("300.00", "0.00", "37.00", "263.00")
