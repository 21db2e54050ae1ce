"""Where invoices do not agree with the ones they name: each code, and what comes close to it."""

from collections.abc import Sequence
from datetime import datetime

import attrs
import pytest

from milestone_invoicing import (
    Applied,
    Credited,
    CreditEffect,
    DateTypeError,
    DeductedAs,
    Deposit,
    Invoice,
    InvoiceKind,
    Line,
    Money,
    Party,
    Payment,
    Percent,
    Prepaid,
    Refunded,
    Reversed,
    Severity,
    Tax,
    TaxSubtotal,
    Voided,
    WriteOffReason,
    WrittenOff,
    WrongTypeError,
    apply_credit,
    check_invoices,
    issue,
    record,
)
from tests.unit.advances import S9, S21, asked, billed, contract, credited, deposit_of, pay
from tests.unit.bills import ACME, bill, eur, line, may

BOLT = Party("bolt", "Bolt")


def found(*invoices: Invoice, day: int = 31) -> list[tuple[str, str]]:
    return [(each.path, each.code) for each in check_invoices(invoices, as_of=may(day))]


def codes(*invoices: Invoice, day: int = 31) -> list[str]:
    return [code for _, code in found(*invoices, day=day)]


def note(amount: str | int = 100, *facts: object, number: str = "N", **fields: object) -> Invoice:
    """Return a credit note of so much for invoice 1, issued on 10 May."""
    options = {"preceding": ("1",), "effect": CreditEffect.PRICE_REDUCTION} | fields
    return Invoice(
        number,
        may(10),
        options.pop("buyer", ACME),
        [line(-eur(amount).amount)],
        kind=InvoiceKind.CREDIT_NOTE,
        facts=facts,
        **options,
    )


def applied(amount: str | int = 100, day: int = 12, invoice: str = "1") -> Applied:
    return Applied(eur(amount), invoice, on=may(day))


def received(amount: str | int = 100, day: int = 12, number: str = "N") -> Credited:
    return Credited(eur(amount), number, on=may(day))


def voided(invoice: Invoice, day: int = 20) -> Invoice:
    return invoice.record(Voided("wrong", on=may(day)))


# --- both sides of a credit -----------------------------------------------------------------------

NOTE, INVOICE = "invoices.N.facts", "invoices.1.facts"


@pytest.mark.parametrize(
    ("on_note", "on_invoice", "expected"),
    [
        ([], [], []),
        ([applied(40)], [received(40)], []),
        ([applied(40), applied(60, 13)], [received(60, 13), received(40)], []),
        ([applied(40), applied(40)], [received(40), received(40)], []),
        ([applied(40), applied(40)], [received(40)], [(NOTE, "applied_alone")]),
        ([applied(40)], [received(40), received(40)], [(INVOICE, "credited_alone")]),
        ([applied(40)], [], [(NOTE, "applied_alone")]),
        ([], [received(40)], [(INVOICE, "credited_alone")]),
        ([applied(40)], [received("40.01")], [(NOTE, "credit_differs")]),
        ([applied(40, 12)], [received(40, 13)], [(NOTE, "credit_differs")]),
        ([applied(40)], [received(20), received(20)], [
            (NOTE, "credit_differs"), (INVOICE, "credited_alone"),
        ]),
        ([applied(20), applied(20)], [received(40)], [
            (NOTE, "credit_differs"), (NOTE, "applied_alone"),
        ]),
        ([applied(40, invoice="2")], [], [(NOTE, "unknown_invoice")]),
        ([], [received(40, number="M")], [(INVOICE, "unknown_note")]),
        (
            [applied(40), Reversed(applied(40), "mistake", on=may(13))],
            [received(40)],
            [(INVOICE, "credited_alone")],
        ),
        (
            [applied(40), Reversed(applied(40), "mistake", on=may(13))],
            [received(40), Reversed(received(40), "mistake", on=may(14))],
            [],
        ),
    ],
    ids=[
        "nothing", "40=40", "40+60=60+40", "40+40=40+40", "40+40>40", "40<40+40", "40>0", "0<40",
        "40!=40.01", "12!=13 May", "40=20+20", "20+20=40", "to 2", "from M", "reversed there",
        "reversed on both",
    ],
)  # fmt: skip
def test_both_sides_of_a_credit_are_equal(
    on_note: list[object], on_invoice: list[object], expected: list[tuple[str, str]]
):
    assert found(bill(1000, *on_invoice), note(100, *on_note)) == expected
    assert sorted(found(note(100, *on_note), bill(1000, *on_invoice))) == sorted(expected)


@pytest.mark.parametrize(
    ("on_note", "on_invoice", "message"),
    [
        (
            [applied(40)],
            [received("40.01", 13)],
            (
                "Applied EUR 40.00 on 2026-05-12 to invoice 1, which has Credited EUR 40.01 on"
                " 2026-05-13"
            ),
        ),
        (
            [applied(40)],
            [],
            "Applied EUR 40.00 on 2026-05-12 to invoice 1, which has no such Credited",
        ),
        (
            [],
            [received(40)],
            "Credited EUR 40.00 on 2026-05-12 from note N, which has no such Applied",
        ),
        (
            [applied(40, invoice="2")],
            [],
            "Applied EUR 40.00 on 2026-05-12 to invoice 2, a number that no issued invoice has",
        ),
        (
            [],
            [received(40, number="M")],
            "Credited EUR 40.00 on 2026-05-12 from note M, a number that no issued note has",
        ),
    ],
    ids=["differs", "applied", "credited", "to 2", "from M"],
)
def test_a_credit_with_one_side_says_which(
    on_note: list[object], on_invoice: list[object], message: str
):
    (finding,) = check_invoices([bill(1000, *on_invoice), note(100, *on_note)], as_of=may(31))
    assert finding.severity is Severity.ERROR
    assert finding.message == (
        f"{message}: reverse what is wrong, and record both sides with apply_credit"
    )


def test_what_is_dated_later_is_invisible():
    pair = bill(1000), note(100, applied(40, 12))
    assert codes(*pair, day=11) == []
    assert codes(*pair, day=12) == ["applied_alone"]
    early = note(100, applied(40, 12, invoice="2"))
    second = bill(number="2", issued_on=may(13))
    assert codes(bill(), early, second, day=12) == ["unknown_invoice"]
    assert codes(bill(), early, second, day=13) == ["applied_alone"]


def test_credit_of_one_client_is_not_set_against_an_invoice_of_another():
    other = bill(1000, received(40), number="2", buyer=BOLT)
    pair = [bill(), note(100, applied(40, invoice="2")), other]
    (finding,) = check_invoices(pair, as_of=may(31))
    assert str(finding) == (
        "error: invoices.N.facts: it is of 'acme', and set against 2 of 'bolt': reverse it"
        " (credit_client)"
    )


def test_two_currencies_are_two_amounts():
    usd = Invoice("2", may(1), ACME, [Line("Work", 1, Money.of(1000, "USD"))]).record(
        Credited(Money.of(40, "USD"), "N", on=may(12))
    )
    assert codes(bill(), note(100, applied(40, invoice="2")), usd) == ["credit_differs"]


# --- notes and what they name ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (note(), ("warning", "unknown_preceding")),
        (bill(number="2", preceding=("1",)), ("note", "unknown_preceding")),
        (bill(number="2"), None),
        (bill(number=None, issued_on=None, preceding=("1",)), None),
    ],
    ids=["note", "invoice", "none", "draft"],
)
def test_a_preceding_number_that_no_invoice_has_is_found(
    document: Invoice, expected: tuple[str, str] | None
):
    findings = check_invoices([document], as_of=may(31))
    assert [(str(each.severity), each.code) for each in findings] == (
        [expected] if expected else []
    )
    assert codes(bill(), document) == []
    if expected:
        assert codes(bill(issued_on=None), document) == ["unknown_preceding"]
        assert findings[0].path == f"invoices.{document.number}.preceding"
        assert findings[0].message == ("no issued invoice has the number 1: correct it, or add it")


def test_a_note_is_of_the_client_and_currency_of_its_invoice():
    usd = Invoice("1", may(1), ACME, [Line("Work", 1, Money.of(1000, "USD"))])
    assert [str(each) for each in check_invoices([usd, note()], as_of=may(31))] == [
        "error: invoices.N: it is in EUR, and invoice 1 of Acme Ltd in USD: void it (note_currency)"
    ]
    assert [str(each) for each in check_invoices([bill(buyer=BOLT), note()], as_of=may(31))] == [
        (
            "error: invoices.N.buyer: it is for 'acme', and invoice 1 of Bolt for 'bolt': void it"
            " (note_client)"
        )
    ]
    assert codes(bill(buyer=BOLT), voided(note())) == []


def test_a_note_of_a_void_is_void_too():
    void = voided(bill())
    assert [str(each) for each in check_invoices([void, note()], as_of=may(20))] == [
        (
            "warning: invoices.N: invoice 1 of Acme Ltd is void, so that the money of the note"
            " stays unapplied: void it too (note_of_void)"
        )
    ]
    assert codes(void, note(), day=19) == []
    assert codes(void, voided(note())) == []
    assert codes(void, bill(number="2", preceding=("1",))) == []  # billed again


@pytest.mark.parametrize(
    ("billed_amount", "notes", "over"),
    [
        (100, ["100"], False),
        (100, ["100.01"], True),
        (100, ["60", "40"], False),
        (100, ["60", "40.01"], True),
        (-100, ["-100"], False),
        (-100, ["-100.01"], True),
        (-100, ["1"], True),
        (0, ["0.01"], True),
        ("0.01", ["-0.01"], True),
        (0, ["0"], False),
    ],
    ids=str,
)
def test_notes_take_back_no_more_than_is_billed(
    billed_amount: str | int, notes: list[str], over: bool
):
    documents = [note(amount, number=f"N{n}") for n, amount in enumerate(notes)]
    expected = [(f"invoices.N{len(notes) - 1}", "over_credited")] if over else []
    assert found(bill(billed_amount), *documents) == expected


def test_notes_of_several_invoices_are_compared_with_all_of_them():
    bills = bill(100), bill(100, number="2")
    both = note(150, number="B", preceding=("1", "2"))
    assert codes(*bills, both) == []
    assert codes(*bills, both, note(50)) == []
    assert found(*bills, both, note("50.01")) == [("invoices.N", "over_credited")]
    # The notes of one alone are too much for it, though not for both.
    small = note(20, number="B", preceding=("1", "2"))
    assert found(*bills, small, note("100.01")) == [("invoices.N", "over_credited")]
    (finding,) = check_invoices([*bills, both, note("50.01")], as_of=may(31))
    assert finding.message == (
        "the credit notes of 1, 2 take back EUR 200.01 of EUR 200.00: void one"
    )


@pytest.mark.parametrize(
    "documents",
    [
        [bill(100), voided(note(101))],
        [voided(bill(100)), note(101)],
        [note(101)],
        [bill(100), note(101, preceding=())],
        [bill(100), note(101, preceding=("1", "2"))],
        [bill(100), bill(101, number="2"), note(101, preceding=("2",))],
    ],
    ids=["void note", "void invoice", "unknown", "names nothing", "one unknown", "other"],
)
def test_what_cannot_be_compared_is_not(documents: list[Invoice]):
    assert "over_credited" not in codes(*documents)


def test_drafts_have_no_number_that_could_stand_twice():
    assert codes(bill(number=None), bill(number=None), bill()) == []
    assert codes(bill(issued_on=None), bill()) == ["number_twice"]


def test_a_number_that_stands_twice_is_reported_and_the_rest_is_looked_at():
    first, second = bill(1000, received(40)), bill(500)
    assert found(first, second, note(100, applied("40.01"))) == [
        ("invoices.1", "number_twice"),
        ("invoices.N.facts", "credit_differs"),
    ]
    # What the number names is the one that is not void.
    assert codes(voided(bill(10)), bill(1000), note()) == ["number_twice"]
    assert codes(bill(1000), voided(bill(10)), note()) == ["number_twice"]
    assert codes(bill(50), bill(1000), note()) == ["number_twice", "over_credited"]


# --- what bills take off --------------------------------------------------------------------------


def parts(net: str, tax: str = "0", of: Tax = S21) -> list[TaxSubtotal]:
    return [TaxSubtotal(of, eur(net), eur(tax))]


def taking(*groups: TaxSubtotal, number: str = "1", of: str = "D-1", **fields: object) -> Invoice:
    """Return a bill of 1,000.00 net that takes something off as prepaid."""
    options = {"buyer": ACME, "issued_on": may(10)} | fields
    return Invoice(number, lines=[line(tax=S21)], prepaid=[Prepaid(of, groups)], **options)


def by_line(net: str = "100", tax: str = "21", milestone: str | None = None) -> Invoice:
    """Return a bill of 1,000.00 net that takes something off by a line."""
    off = Line(
        "Less", -1, eur(net), tax=S21, tax_amount=-eur(tax), deducts="D-1", milestone=milestone
    )
    return Invoice("1", may(10), ACME, [line(tax=S21), off])


PAID = deposit_of(line(100, tax=S21))  # 121.00


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ([PAID, taking(*parts("100", "21"))], []),
        ([PAID, by_line()], []),
        ([taking(*parts("100", "21"))], [("invoices.1.prepaid", "deducted_unknown")]),
        ([by_line()], [("invoices.1.lines", "deducted_unknown")]),
        ([by_line(milestone="a")], [("invoices.1.lines", "deducted_unknown")]),
        (
            [attrs.evolve(PAID, buyer=BOLT), by_line()],
            [("invoices.1.lines", "deducted_client")],
        ),
        ([voided(PAID), by_line()], [("invoices.1.lines", "deducted_void")]),
        (
            [attrs.evolve(PAID, kind=InvoiceKind.PARTIAL), by_line()],
            [("invoices.1.lines", "deducted_kind")],
        ),
        ([attrs.evolve(PAID, kind=InvoiceKind.PARTIAL), by_line(milestone="a")], []),
        ([voided(by_line(), 12)], []),
        ([attrs.evolve(by_line(), number=None)], []),
    ],
    ids=[
        "prepaid", "line", "prepaid, unknown", "line, unknown", "to date, unknown", "client",
        "void", "kind", "to date", "void bill", "draft",
    ],
)  # fmt: skip
def test_what_is_taken_off_is_a_deposit_of_the_client(
    documents: Sequence[Invoice], expected: list[tuple[str, str]]
):
    assert found(*documents) == expected


def test_what_is_taken_off_is_of_the_currency_of_the_bill():
    usd = Invoice(
        "D-1", may(2), ACME, [Line("Deposit", 1, Money.of(100, "USD"))], kind=InvoiceKind.DEPOSIT
    )
    assert found(usd, by_line()) == [("invoices.1.lines", "deducted_currency")]
    given_back = Invoice(
        "N",
        may(11),
        ACME,
        [Line("Deposit", -1, Money.of(100, "EUR"))],
        kind=InvoiceKind.DEPOSIT_CREDIT_NOTE,
        effect=CreditEffect.CANCEL,
        preceding=("D-1",),
    )
    assert codes(usd, given_back, by_line()) == ["note_currency", "deducted_currency"]


@pytest.mark.parametrize(
    ("documents", "message"),
    [
        ([by_line()], "no issued invoice has the number D-1: correct it, or credit the bill"),
        (
            [voided(PAID), by_line()],
            "invoice D-1 of Acme Ltd is void: credit the bill, and bill again without it",
        ),
        (
            [attrs.evolve(PAID, buyer=BOLT), by_line()],
            "invoice D-1 of Bolt is for 'bolt', and the bill for 'acme': credit the bill",
        ),
        (
            [attrs.evolve(PAID, kind=InvoiceKind.PARTIAL), by_line()],
            (
                "invoice D-1 of Acme Ltd is no deposit, so that nobody knows what is left of it:"
                " bill advances with draft_deposit"
            ),
        ),
        (
            [deposit_of(line(100, tax=S21), paid="0"), by_line()],
            "bills take off EUR 121.00, and EUR 0.00 was received: collect it, or credit the bill",
        ),
        (
            [deposit_of(line(100, tax=S21), paid="121"), by_line("100.01", "21")],
            (
                "bills take off EUR 121.01, and it asks for EUR 121.00: credit what was taken off"
                " too much"
            ),
        ),
        (
            [deposit_of(line(100, tax=S21), paid="60.50"), by_line("50", "10.50")],
            (
                "bills take off EUR 60.50, which is all that was received, and EUR 60.50 is still"
                " claimed: credit it, if the last bill is issued"
            ),
        ),
        (
            [PAID, by_line("99", "22")],
            (
                "of S 21% bills take off EUR 99.00 and EUR 22.00 tax, which is no part of its EUR"
                " 100.00 and EUR 21.00: take off the amounts that deposits_left gives"
            ),
        ),
    ],
    ids=["unknown", "void", "client", "kind", "unreceived", "over", "claimed", "tax"],
)
def test_each_finding_about_a_deposit_says_what_to_do(documents: list[Invoice], message: str):
    assert check_invoices(documents, as_of=may(31))[0].message == message


@pytest.mark.parametrize(
    ("net", "tax", "paid", "expected"),
    [
        ("100", "21", "121", []),
        ("50", "10.50", "121", []),
        ("50", "10.50", "60.51", []),
        ("50", "10.50", "60.50", ["deposit_still_claimed"]),
        ("50", "10.50", "60.49", ["deducted_unreceived"]),
        ("50", "10.50", "0", ["deducted_unreceived"]),
        ("100", "21", "120.99", ["deducted_unreceived"]),
        ("100.01", "21", "121", ["over_deducted", "deducted_tax"]),
        ("100", "21.01", "200", ["over_deducted", "deducted_tax"]),
        ("100.01", "20.99", "121", ["deducted_tax"]),
        ("99.99", "21.01", "121", ["deducted_tax"]),
        ("0", "21", "121", []),
        ("0.01", "0", "0", ["deducted_unreceived"]),
    ],
    ids=lambda column: " ".join(column) if isinstance(column, list) else column,
)
def test_bills_take_off_what_was_received_in_the_groups_of_the_deposit(
    net: str, tax: str, paid: str, expected: list[str]
):
    deposit = deposit_of(line(100, tax=S21), paid=paid)
    assert codes(deposit, taking(*parts(net, tax))) == expected
    assert {path for path, _ in found(deposit, taking(*parts(net, tax)))} <= {"invoices.D-1"}


def test_severities_say_what_is_wrong_and_what_is_risky():
    def severity(deposit: Invoice, *groups: TaxSubtotal) -> list[str]:
        return [
            str(each.severity) for each in check_invoices([deposit, taking(*groups)], as_of=may(31))
        ]

    assert severity(deposit_of(line(100, tax=S21), paid="0"), *parts("50", "10.50")) == ["warning"]
    half = deposit_of(line(100, tax=S21), paid="60.50")
    assert severity(half, *parts("50", "10.50")) == ["warning"]
    assert severity(PAID, *parts("101", "21")) == ["error", "error"]
    assert severity(attrs.evolve(PAID, kind=InvoiceKind.PARTIAL), *parts("1")) == ["warning"]
    assert severity(voided(PAID), *parts("1")) == ["error"]


def test_another_tax_is_no_part_of_the_deposit():
    assert codes(PAID, taking(*parts("50", "4.50", of=Tax.standard(9)))) == ["deducted_tax"]
    assert codes(PAID, taking(*parts("-1"))) == ["deducted_tax"]
    for net, tax in (("0.01", "0"), ("-0.01", "0"), ("0", "0.01"), ("0", "-0.01")):
        assert codes(PAID, taking(*parts(net, tax, of=S9))) == ["deducted_tax"]
    two = deposit_of(line(100, tax=S21), line(50))
    assert codes(two, taking(*parts("100", "21"), *parts("50", of=Tax.outside_scope()))) == []
    back = deposit_of(line(100, tax=S21), line(-20))
    assert codes(back, taking(*parts("100", "21"), *parts("-20", of=Tax.outside_scope()))) == []


def test_several_bills_are_added_up():
    first, second = taking(*parts("60", "12.60")), taking(*parts("40", "8.40"), number="2")
    assert codes(PAID, first, second) == []
    third = taking(*parts("0.01"), number="3")
    assert codes(PAID, first, second, third) == ["over_deducted", "deducted_tax"]


def test_money_counts_from_its_day_and_a_void_too():
    deposit = voided(deposit_of(line(100, tax=S21), paid="0").record(pay(121, 15)), 20)
    assert codes(deposit, by_line(), day=9) == []  # the bill is of the 10th
    assert codes(deposit, by_line(), day=14) == ["deducted_unreceived"]
    assert codes(deposit, by_line(), day=15) == []
    assert codes(deposit, by_line(), day=19) == []
    assert codes(deposit, by_line(), day=20) == ["deducted_void"]


@pytest.mark.parametrize("way", DeductedAs, ids=str)
def test_a_bill_that_is_credited_takes_nothing_off(way: DeductedAs):
    schedule = contract(Deposit(Percent(30), deducted_as=way), parts=(100,))
    deposit = asked(schedule, pay(363, 3))
    final = billed(schedule, "a", [deposit], "1")
    assert codes(deposit, final) == []
    gone = voided(deposit, 5)
    assert codes(gone, final) == ["deducted_void"]
    back = credited(final)
    assert codes(gone, final, back) == []
    assert codes(gone, final, voided(back, 13), day=12) == []
    assert codes(gone, final, voided(back, 13), day=13) == ["deducted_void"]
    # The note of a bill that is void gives nothing back, since the bill takes nothing.
    assert codes(deposit, voided(final, 13), back) == ["note_of_void"]


def test_what_is_credited_of_a_deposit_is_asked_for_no_more():
    schedule = contract(Deposit(Percent(30)), parts=(100,))
    part_paid = asked(schedule, pay(100, 3))
    final = billed(schedule, "a", [part_paid], "1")
    assert codes(part_paid, final) == ["deposit_still_claimed"]
    back = credited(part_paid, invoices=[part_paid, final])
    assert codes(part_paid, final, back) == []  # not yet set against it, but granted
    assert codes(part_paid, final, back, day=11) == ["deposit_still_claimed"]
    assert codes(*apply_credit([part_paid, final, back], "CN", "D-1", on=may(12))) == []
    # What went back in cash is no longer there for the open rest.
    refunded = back.record(Refunded(-back.payable, on=may(13)))
    assert codes(part_paid, final, refunded, day=12) == []
    assert codes(part_paid, final, refunded) == ["deducted_unreceived"]
    # Taken off beyond what is left after the credit.
    whole = attrs.evolve(back, lines=[line("-300", tax=S21)], number="CN-2")
    assert codes(part_paid, final, whole) == ["over_deducted"]


def test_one_cent_that_is_still_claimed_is_found():
    deposit = deposit_of(line(100, tax=S21), paid="60.50")
    final = taking(*parts("50", "10.50"))
    for amount, expected in (("60.50", []), ("60.49", ["deposit_still_claimed"])):
        back = credited(deposit, invoices=[deposit, final], amount=eur(amount))
        assert codes(deposit, final, back) == expected
        assert codes(*apply_credit([deposit, final, back], "CN", "D-1", on=may(12))) == expected


def test_a_bill_that_names_the_deposit_as_preceding_is_no_credit_note_of_it():
    deposit = deposit_of(line(100, tax=S21), paid="60.50")
    final = taking(*parts("50", "10.50"), preceding=("D-1",)).record(pay(2000, 12))
    assert codes(deposit, final) == ["deposit_still_claimed"]


def test_what_is_written_off_of_a_deposit_is_claimed_no_more():
    small = WrittenOff(eur("0.50"), WriteOffReason.SMALL_DIFFERENCE, on=may(4))
    deposit = deposit_of(line(100, tax=S21), paid="120.50").record(small)
    assert codes(deposit, taking(*parts("99.58", "20.92"))) == []


def test_a_deposit_that_no_bill_takes_off_is_sound():
    assert codes(deposit_of(line(100, tax=S21), paid="0"), bill(number="1")) == []
    # It asked for 100.00, and gave all of it back though it never came.
    deposit = deposit_of(line(100), paid="0")
    back = credited(deposit).record(Refunded(eur(100), on=may(13)))
    assert codes(deposit, back, taking(*parts("0", "0"), number="1")) == []


def test_a_deposit_that_takes_another_one_off_is_a_bill_like_any_other():
    first = deposit_of(line(100), number="D-1")
    second = Invoice(
        "D-2",
        may(5),
        ACME,
        [line(150)],
        kind=InvoiceKind.DEPOSIT,
        prepaid=[Prepaid("D-1", parts("100", of=Tax.outside_scope()))],
    ).record(Payment(eur(50), on=may(6)))
    assert codes(second, first) == codes(first, second) == []
    assert codes(second) == ["deducted_unknown"]


def test_findings_come_in_order():
    gone = bill(1000, received(40, number="M"), number="2", preceding=("0",))
    broken = [taking(*parts("1"), of="D-9", number="3"), gone, note(2000), bill(), bill(5)]
    broken += [deposit_of(line(100, tax=S21), paid="0"), taking(*parts("50", "10.50"), number="4")]
    assert codes(*broken) == [
        "number_twice",
        "unknown_preceding",
        "over_credited",
        "unknown_note",
        "deducted_unknown",
        "deducted_unreceived",
    ]


def test_what_is_issued_by_the_library_is_sound():
    schedule = contract(Deposit(Percent(30)), parts=(40, 60))
    known: tuple[Invoice, ...] = (asked(schedule, pay(363, 3)),)
    for number, key in enumerate("ab", 1):
        known = (*known, billed(schedule, key, known, str(number)))
    known = (*known, credited(known[1], amount=eur(100), invoices=known))
    known = apply_credit(known, "CN", "1", on=may(13), amount=eur(60))
    known = apply_credit(known, "CN", "2", on=may(14))
    assert check_invoices(known, as_of=may(31)) == ()
    assert codes(*record(known, "1", received(1, 15, number="CN"))) == ["credited_alone"]


def test_arguments_of_another_type_are_refused():
    with pytest.raises(DateTypeError, match="as_of is not a plain date"):
        check_invoices([], as_of=datetime(2026, 5, 31))
    with pytest.raises(WrongTypeError, match=r"invoices\[0\] is of the wrong type"):
        check_invoices(["1"], as_of=may(31))
    assert check_invoices([], as_of=may(31)) == ()
    assert (
        check_invoices(
            iter([issue(bill(number=None, issued_on=None), number="1", on=may(1))]), as_of=may(31)
        )
        == ()
    )
