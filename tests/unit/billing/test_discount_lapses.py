"""Crediting what was paid with a discount: the note mirrors the bill, and what was paid goes back.

1,190.00 of 1 May, 2 % until the 11th, settled by 1,166.20 on the 5th.
"""

from collections.abc import Sequence
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    Adjustment,
    Applied,
    CreditEffect,
    DiscountStage,
    DiscountTax,
    DueRule,
    EarlyDiscount,
    Installment,
    Invoice,
    InvoiceFact,
    InvoiceKind,
    Line,
    Milestone,
    Money,
    OnDate,
    Payment,
    PaymentTerms,
    Prepaid,
    Refunded,
    Reversed,
    Schedule,
    SettlementState,
    StatusLabel,
    Tax,
    TaxSubtotal,
    Voided,
    Withheld,
    age,
    apply_credit,
    check_invoices,
    contract_position,
    credit_note,
    discount_state,
    invoice_status,
    issue,
    record,
    roll_forward,
    statement,
)
from milestone_invoicing.display import invoice_text
from milestone_invoicing.errors import (
    ArgumentsError,
    CreditError,
    CurrencyMismatchError,
    ImpossibleFactError,
    NumberRangeError,
    WrongTypeError,
)
from tests.unit.bills import ACME, eur, june, may

S19 = Tax.standard(19)
TWO_TEN = EarlyDiscount(2, 10)
WHOLE = PaymentTerms.net(30, discounts=[TWO_TEN])
HALVES = PaymentTerms(
    [Installment(REST, DueRule([AddDays(30 * n)]), discounts=[TWO_TEN]) for n in (1, 2)]
)
CANCEL = CreditEffect.CANCEL


def paid(amount: int | str, day: int = 5) -> Payment:
    return Payment(eur(amount), on=may(day))


def bill(*facts: InvoiceFact, terms: PaymentTerms = WHOLE, **more: Any) -> Invoice:
    lines = [Line("Work", 1, eur(1000), tax=S19, milestone="m")]
    return Invoice("1", may(1), ACME, lines, terms=terms, facts=facts, **more)


def credited(
    invoice: Invoice,
    amount: int | str | None = None,
    *earlier: Invoice,
    number: str = "N",
    day: int = 20,
) -> Invoice:
    wanted = None if amount is None else eur(amount)
    draft = credit_note(
        invoice, effect=CANCEL, as_of=may(day), amount=wanted, invoices=[invoice, *earlier]
    )
    return issue(draft, number=number, on=may(day))


PAID = bill(paid("1166.20"))
PART = TaxSubtotal(S19, eur(600), eur(114))
# fmt: off
GOES_BACK = {
    "1190.00 - 23.80": (PAID, None, "1166.20"),
    "1190.00 - 23.80, said as an amount": (PAID, 1190, "1166.20"),
    "595.00 - 11.90": (PAID, 595, "583.10"),
    "1.00 - 0.02": (PAID, 1, "0.98"),
    "0.24 - 0.00": (PAID, "0.24", "0.24"),
    "0.25 - 0.01": (PAID, "0.25", "0.24"),
    "1190.00, less 13.80 that was left off": (bill(paid("1176.20")), None, "1176.20"),
    "1190.00, paid in full": (bill(paid(1190)), None, "1190.00"),
    "1190.00 of which nothing was paid": (bill(), None, "1190.00"),
    "1190.00 of which 1166.20 came late": (bill(paid("1166.20", 12)), None, "1190.00"),
    "1190.00 of which 1166.20 bounced": (
        bill(paid("1166.20"), Reversed(paid("1166.20"), "x", on=may(9))), None, "1190.00"),
    "of halves, one with its discount": (bill(paid("583.10"), terms=HALVES), None, "1178.10"),
    "of the half that is open": (bill(paid("583.10"), terms=HALVES), 595, "595.00"),
    "of the half that is open and 59.50 - 1.19": (
        bill(paid("583.10"), terms=HALVES), "654.50", "653.31"),
    "100.00 held: 1190.00 - 21.80": (bill(paid("1068.20"), held=eur(100)), None, "1168.20"),
    "100.00 held: 640.00 - 21.80 * 540 / 1090": (
        bill(paid("1068.20"), held=eur(100)), 640, "629.20"),
    "150.00 to be certified": (
        bill(paid("1016.20"), withheld=[Adjustment(eur(150), reason="x")]), None, "1166.20"),
    "150.00 certified": (
        bill(paid("1016.20"), Withheld(eur(150), "W", on=may(8)),
             withheld=[Adjustment(eur(150), reason="x")]), None, "1166.20"),
    "714.00 prepaid: 476.00 - 9.52": (
        bill(paid("466.48"), prepaid=[Prepaid("D", [PART])]), None, "466.48"),
    "714.00 prepaid, half of it all: 595.00 - 4.76": (
        bill(paid("466.48"), prepaid=[Prepaid("D", [PART])]), 595, "590.24"),
    "not reduced: 1190.00 - 20.00": (
        bill(paid(1170), terms=PaymentTerms.net(
            30, discounts=[EarlyDiscount(2, 10, DiscountTax.NOT_REDUCED)])), None, "1170.00"),
    "0.05 payable by its rounding alone": (
        Invoice("1", may(1), ACME, [Line("Work", 1, eur(9)), Line("Less", -1, eur(9))],
                terms=WHOLE, rounding_amount=eur("0.05")), None, "0.05"),
    "always reduced: 1186.20 - 20.00": (
        bill(paid("1166.20"), terms=PaymentTerms.net(
            30, discounts=[EarlyDiscount(2, 10, DiscountTax.ALWAYS_REDUCED)])), None, "1166.20"),
}
# fmt: on


@pytest.mark.parametrize(("invoice", "amount", "back"), GOES_BACK.values(), ids=GOES_BACK)
def test_what_was_paid_goes_back(invoice: Invoice, amount: int | str | None, back: str):
    note = credited(invoice, amount)
    status = invoice_status(note, as_of=may(20))
    lapsed = -note.payable - eur(back)
    assert note.discount_taken == (lapsed or None)
    assert (status.unapplied, status.discount) == (eur(back), -lapsed)
    assert status.label is StatusLabel.CREDIT_OPEN
    with pytest.raises(ImpossibleFactError, match="which is left over"):
        note.record(Refunded(eur(back) + eur("0.01"), on=may(21)))
    gone = invoice_status(note.record(Refunded(eur(back), on=may(21))), as_of=may(21))
    assert (gone.label, gone.unapplied) == (StatusLabel.REFUNDED, eur(0))
    assert gone.settlement is SettlementState.NOTHING_DUE


def test_the_note_mirrors_the_document():
    assert credited(PAID).totals == -PAID.totals


@pytest.mark.parametrize(
    ("amounts", "lapsed"),
    [
        pytest.param([595, None], ["11.90", "11.90"], id="halves"),
        pytest.param([100, 100, 100, None], ["2.00", "2.00", "2.00", "17.80"], id="hundreds"),
        pytest.param(["0.24", "0.24", None], [None, "0.01", "23.79"], id="by running totals"),
    ],
)
def test_notes_of_parts_take_back_all_of_it(
    amounts: Sequence[int | str | None], lapsed: list[str | None]
):
    notes: list[Invoice] = []
    for place, amount in enumerate(amounts):
        notes.append(credited(PAID, amount, *notes, number=f"N-{place}"))
    assert [note.discount_taken for note in notes] == [each and eur(each) for each in lapsed]
    back = (invoice_status(note, as_of=may(20)).unapplied for note in notes)
    assert Money.total(back, currency="EUR") == eur("1166.20")


def test_what_was_credited_before_it_was_paid_had_no_discount():
    cheaper = credited(bill(), 595, number="X", day=2)
    known = apply_credit([bill(), cheaper], "X", "1", on=may(2))
    known = record(known, "1", paid("583.10"))
    assert invoice_status(known[0], as_of=may(5)).discount == eur("11.90")
    note = credited(known[0], None, cheaper)
    assert note.discount_taken == eur("11.90")
    assert invoice_status(note, as_of=may(20)).unapplied == eur("583.10")
    assert check_invoices([*known, note], as_of=may(20)) == ()


def test_all_reports_say_what_goes_back():
    known = [PAID, credited(PAID)]
    (row,) = age(known, as_of=may(20)).rows
    assert (row.unapplied, row.balance) == (eur("-1166.20"), eur("-1166.20"))
    told = statement(ACME, known, since=may(1), until=may(20))
    (account,) = told.accounts
    assert account.closing == eur("-1166.20")
    rolled = roll_forward(known, before=may(10), after=may(20))
    (row,) = rolled
    assert (row.credit_notes, row.discount, row.closing) == (
        eur(1190),
        eur("-23.80"),
        eur("-1166.20"),
    )
    schedule = Schedule(eur(1000), [Milestone("m", "M", REST, trigger=OnDate(may(1)))])
    position = contract_position(schedule, known, as_of=may(20))
    assert (position.gross.paid, position.gross.discount) == (eur("1166.20"), eur("23.80"))
    assert position.gross.unapplied == eur("1166.20")
    refunded = record(known, "N", Refunded(eur("1166.20"), on=may(21)))
    after = contract_position(schedule, refunded, as_of=may(21))
    assert (after.gross.unapplied, after.milestones[0].paid) == (eur(0), eur(0))
    assert check_invoices(refunded, as_of=may(21)) == ()


def test_a_status_says_that_it_lapses():
    status = invoice_status(credited(PAID), as_of=may(20))
    assert "early discount that lapses: EUR 23.80" in map(str, status.reasons)
    state = discount_state(credited(PAID), as_of=may(20))
    assert (state.stage, state.taken, state.settles) == (DiscountStage.NONE, eur(0), eur(0))


def test_a_printout_says_what_goes_back():
    printed = invoice_text(credited(PAID), locale="en").splitlines()
    rows = [line.split() for line in printed]
    assert ["Payable", "-€1,190.00"] in rows
    assert ["Discount", "€23.80"] in rows
    assert ["Net", "to", "pay", "-€1,166.20"] in rows


def test_no_other_invoice_takes_what_lapses():
    other = attrs.evolve(bill(), number="2")
    known = apply_credit([PAID, credited(PAID), other], "N", "2", on=may(21))
    assert invoice_status(known[2], as_of=may(21)).open == eur("23.80")
    assert invoice_status(known[1], as_of=may(21)).label is StatusLabel.CREDIT_APPLIED
    with pytest.raises(ImpossibleFactError, match=r"at most EUR 0\.00"):
        known[1].record(Applied(eur(1), "2", on=may(21)))


def test_nothing_is_set_against_an_invoice_that_is_settled():
    with pytest.raises(CreditError, match="nothing to set against"):
        apply_credit([PAID, credited(PAID)], "N", "1", on=may(21))


def test_what_bounced_is_credited_whole():
    bounced = PAID.record(Reversed(PAID.facts[0], "bounced", on=may(25)))  # type: ignore[arg-type]
    note = credited(PAID)
    findings = check_invoices([bounced, note], as_of=may(25))
    assert [each.code for each in findings] == ["discount_lapses"]
    known = apply_credit([bounced, note], "N", "1", on=may(25))
    first, second = (invoice_status(each, as_of=may(25)) for each in known)
    assert (first.open, second.unapplied, second.discount) == (eur(0), eur(0), eur(0))
    assert check_invoices(known, as_of=may(25)) == ()


def test_what_was_left_off_after_the_note_is_found():
    late = bill()
    note = credited(late, day=2)
    known = [late.record(paid("1166.20")), note]
    (finding,) = check_invoices(known, as_of=may(5))
    assert (finding.code, finding.path) == ("discount_lapses", "invoices.N.discount_taken")
    assert finding.message == (
        "EUR 0.00 of discount lapses by credit notes of 1, and EUR 23.80 was taken of what they "
        "credit: set them against it, or draft them again with credit_note"
    )
    assert check_invoices(known, as_of=may(4)) == ()
    assert check_invoices([known[0], note.record(Voided("x", on=may(3)))], as_of=may(5)) == ()


def test_the_day_of_the_note_decides_what_was_taken():
    note = issue(credit_note(PAID, effect=CANCEL, as_of=may(4)), number="N", on=may(4))
    assert note.discount_taken is None
    assert invoice_status(note, as_of=june(1)).unapplied == eur(1190)


# fmt: off
REFUSED = {
    "on an invoice": (
        lambda: attrs.evolve(PAID, discount_taken=eur(1)), ArgumentsError,
        "a discount that was taken lapses by a credit note"),
    "nothing": (
        lambda: attrs.evolve(credited(PAID), discount_taken=eur(0)), NumberRangeError,
        "expected above zero and at most EUR 1190.00, got EUR 0.00"),
    "more than the note": (
        lambda: attrs.evolve(credited(PAID), discount_taken=eur("1190.01")), NumberRangeError,
        "expected above zero and at most EUR 1190.00, got EUR 1190.01"),
    "in another currency": (
        lambda: attrs.evolve(credited(PAID), discount_taken=Money.of(1, "USD")),
        CurrencyMismatchError, "amounts are in different currencies"),
    "in words": (
        lambda: attrs.evolve(credited(PAID), discount_taken="1"), WrongTypeError,
        "the discount taken is of the wrong type"),
}
# fmt: on


@pytest.mark.parametrize(("build", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_what_lapses_is_a_part_of_a_credit_note(build: Any, error: type[Exception], message: str):
    with pytest.raises(error, match=message):
        build()


def test_all_of_a_note_may_lapse():
    note = attrs.evolve(credited(PAID), discount_taken=eur(1190))
    assert invoice_status(note, as_of=may(20)).unapplied == eur(0)


def test_the_note_of_a_deposit_says_so_too():
    deposit = attrs.evolve(PAID, kind=InvoiceKind.DEPOSIT)
    note = credited(deposit)
    assert (note.kind, note.discount_taken) == (InvoiceKind.DEPOSIT_CREDIT_NOTE, eur("23.80"))


# 1,190.00 of which 150.00 is withheld, 2 %: 1,016.20 in time, and half of it credited on 1 June.
@pytest.mark.parametrize(
    ("tax", "paid", "lapsed", "back"),
    [
        pytest.param(DiscountTax.REDUCED_IF_TAKEN, "1016.20", "11.90", "583.10", id="23.80 / 2"),
        pytest.param(DiscountTax.NOT_REDUCED, "1020.00", "10.00", "585.00", id="20.00 / 2"),
    ],
)
@pytest.mark.parametrize("certified", [False, True], ids=["no certificate yet", "certified"])
def test_half_a_discount_lapses_whenever_the_certificate_comes(
    tax: DiscountTax, paid: str, lapsed: str, back: str, *, certified: bool
):
    bill = Invoice(
        "2026-07",
        may(1),
        ACME,
        [Line("Work", 1, eur(1000), tax=Tax.standard(19))],
        withheld=[Adjustment(eur(150), "Income tax")],
        terms=PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10, tax)]),
    ).record(Payment(eur(paid), on=may(8)))
    if certified:
        bill = bill.record(Withheld(eur(150), on=may(25)))
    half = credit_note(bill, effect=CreditEffect.PRICE_REDUCTION, as_of=june(1), net=eur(500))
    assert half.discount_taken == eur(lapsed)
    note = issue(half, number="CN-7", on=june(1))
    assert invoice_status(note, as_of=june(1)).unapplied == eur(back)
