"""Credit notes: whole, by amount, by line and by milestone; and setting them against invoices."""

from datetime import date
from decimal import Context, Decimal, localcontext
from typing import Any

import attrs
import pytest

from milestone_invoicing import (
    Adjustment,
    Applied,
    Credited,
    CreditEffect,
    DiscountTax,
    EarlyDiscount,
    Invoice,
    InvoiceKind,
    Line,
    Money,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    Prepaid,
    Price,
    Tax,
    TaxSubtotal,
    Totals,
    Voided,
    apply_credit,
    credit_note,
    invoice_status,
    issue,
)
from milestone_invoicing.errors import (
    ArgumentsError,
    BlankTextError,
    CreditError,
    CurrencyMismatchError,
    DateTypeError,
    DuplicateNumberError,
    ImpossibleFactError,
    MilestoneInvoicingError,
    NumberFormatError,
    UnknownInvoiceError,
    WrongTypeError,
)
from tests.unit.bills import ACME, bill, eur, june, line, may

S21, S9 = Tax.standard(21), Tax.standard(9)
LESS, AGAIN, GONE = CreditEffect
ALWAYS_REDUCED = DiscountTax.ALWAYS_REDUCED
AUDIT = Line("Audit", 3, eur("33.33"), tax=S21, milestone="a")
BOOKS = Line("Books", 2, eur("5.05"), tax=S9, milestone="b")
# Net 99.99 + 10.10; tax 21.00 (20.9979) + 0.91 (0.909); payable 132.00.
MIXED = Invoice("1", may(1), ACME, [AUDIT, BOOKS])


def noted(draft: Invoice, number: str = "N1", day: int = 9) -> Invoice:
    return issue(draft, number=number, on=may(day))


def amounts(note: Invoice) -> tuple[str, str, str]:
    """Return net, tax and payable, as decimal text."""
    totals = note.totals
    return tuple(str(each.amount) for each in (totals.tax_exclusive, totals.tax, totals.payable))


def figures(totals: Totals, sign: int = 1) -> list[object]:
    """Return every figure of the totals, with the same or the other sign."""
    groups = [(each.tax, each.base * sign, each.amount * sign) for each in totals.breakdown]
    columns = (
        totals.line_total,
        totals.allowance_total,
        totals.charge_total,
        totals.tax_exclusive,
        totals.tax,
        totals.tax_inclusive,
        totals.prepaid,
        totals.rounding,
        totals.payable,
        totals.withheld,
        totals.net_to_pay,
    )
    return [*groups, *(column * sign for column in columns)]


FREIGHT = Adjustment(eur("12.50"), "Freight", tax=S9)
DEPOSIT = Prepaid("D-1", [TaxSubtotal(S21, eur("82.64"), eur("17.36"))])
MIRRORED = {
    "two rates": MIXED,
    "a deposit deducted": attrs.evolve(MIXED, prepaid=[DEPOSIT]),
    "retainage held": attrs.evolve(MIXED, held=eur(10)),
    "the tax always reduced": attrs.evolve(
        MIXED, terms=PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10, ALWAYS_REDUCED)])
    ),
    "allowances and charges": attrs.evolve(
        MIXED,
        lines=[
            attrs.evolve(AUDIT, allowances=[Adjustment(eur(1), "Bulk")]),
            attrs.evolve(BOOKS, charges=[Adjustment(Percent("12.5"), "Binding")]),
        ],
        allowances=[
            Adjustment(Percent(3), "Loyal"),
            Adjustment(Percent(5), "Season", base=eur("33.30"), tax=S9),
        ],
        charges=[FREIGHT],
        rounding_amount=eur("0.02"),
        withheld=[Adjustment(Percent(15), "Income tax")],
    ),
    "a line that takes off": Invoice("1", may(1), ACME, [AUDIT, line(-5, tax=S21)]),
    "a tax amount of its own": Invoice(
        "1", may(1), ACME, [Line("D", 1, eur("82.64"), tax=S21, tax_amount=eur("17.36"))]
    ),
}


@pytest.mark.parametrize("invoice", MIRRORED.values(), ids=MIRRORED)
def test_the_whole_is_the_mirror_image(invoice: Invoice):
    note = credit_note(invoice, effect=GONE, as_of=may(31), note="not wanted")
    assert figures(note.totals) == figures(invoice.totals, -1)
    assert note.totals == -invoice.totals
    assert note.held == (None if invoice.held is None else -invoice.held)
    assert (note.kind, note.effect, note.note) == (InvoiceKind.CREDIT_NOTE, GONE, "not wanted")
    assert (note.number, note.issued_on, note.preceding) == (None, None, ("1",))


def test_a_deposit_invoice_has_a_credit_note_of_its_own_kind():
    deposit = attrs.evolve(MIXED, kind=InvoiceKind.DEPOSIT)
    assert credit_note(deposit, effect=LESS, as_of=may(31)).kind is InvoiceKind.DEPOSIT_CREDIT_NOTE


PARTS = {
    # 66.00 of 132.00: 60.495 = 60.50 of the audit, of which 10.50 are tax; 5.50 of the books, 0.45.
    "half with tax": ({"amount": eur(66)}, ("-55.05", "-10.95", "-66.00")),
    "one cent with tax": ({"amount": eur("0.01")}, ("-0.01", "0.00", "-0.01")),
    "all with tax": ({"amount": eur(132)}, ("-110.09", "-21.91", "-132.00")),
    # 55.04 of 110.09 net: 49.99 (10.50 of 21.00) and 5.05 (0.455 = 0.46).
    "half without tax": ({"net": eur("55.04")}, ("-55.04", "-10.96", "-66.00")),
    "all without tax": ({"net": eur("110.09")}, ("-110.09", "-21.91", "-132.00")),
    "one milestone": ({"milestone": "b"}, ("-10.10", "-0.91", "-11.01")),
    "half of one milestone": (
        {"milestone": "a", "net": eur("49.99")},
        ("-49.99", "-10.50", "-60.49"),
    ),
    "one of three": ({"quantities": {1: 1}}, ("-33.33", "-7.00", "-40.33")),
    "one and a half books": ({"quantities": {2: "1.5"}}, ("-7.58", "-0.68", "-8.26")),
    "all of both lines": (
        {"quantities": {1: 3, 2: Decimal(2)}},
        ("-110.09", "-21.91", "-132.00"),
    ),
}


@pytest.mark.parametrize(("asked", "expected"), PARTS.values(), ids=PARTS)
def test_a_part_has_its_part_of_the_tax(asked: dict[str, Any], expected: tuple[str, str, str]):
    note = credit_note(MIXED, effect=LESS, as_of=may(31), **asked)
    assert amounts(note) == expected
    assert note.terms == PaymentTerms()


def test_lines_of_a_part_keep_milestone_and_rate():
    note = credit_note(MIXED, effect=LESS, as_of=may(31), amount=eur(66))
    assert [(each.description, each.quantity, each.milestone, each.tax) for each in note.lines] == [
        ("Audit", -1, "a", S21),
        ("Books", -1, "b", S9),
    ]
    (one,) = credit_note(MIXED, effect=LESS, as_of=may(31), quantities={2: 1}).lines
    assert (one.description, one.quantity, one.price) == ("Books", -1, eur("5.05"))
    assert one.tax_amount == eur("-0.46")  # 0.455 of the 0.91, rounded half up


def test_the_last_part_takes_the_rest_of_the_tax():
    # Three thirds of 10.00 + 21 %: 2.10 of tax is 0.70 each; by itself 3.33 x 21 % is 0.70 too,
    # but 0.01 x 21 % is nothing, a hundred times.
    invoice = Invoice("1", may(1), ACME, [Line("Audit", 1, eur(10), tax=S21)])
    notes: list[Invoice] = []
    for number in range(10):
        part = credit_note(invoice, effect=LESS, as_of=may(31), invoices=notes, net=eur("0.07"))
        notes.append(noted(part, f"N{number}"))
    last = credit_note(invoice, effect=LESS, as_of=may(31), invoices=notes)
    assert amounts(last)[0] == "-9.30"
    assert sum((note.totals.tax for note in notes), last.totals.tax) == eur("-2.10")


def test_a_void_note_gives_back_and_a_draft_reserves():
    part = credit_note(MIXED, effect=LESS, as_of=may(31), amount=eur(100))
    for known, left in (
        ([part], "EUR 32.00"),
        ([noted(part)], "EUR 32.00"),
        ([noted(part).record(Voided("x", on=may(9)))], "EUR 132.00"),
        ([attrs.evolve(noted(part), preceding=["2"])], "EUR 132.00"),
        ([attrs.evolve(MIXED, number="2", preceding=["1"])], "EUR 132.00"),
    ):
        assert str(-credit_note(MIXED, effect=LESS, as_of=may(31), invoices=known).payable) == left


def test_what_a_line_takes_off_is_credited_back():
    invoice = Invoice("1", may(1), ACME, [line(100, tax=S21), line(-20)])
    half = credit_note(invoice, effect=LESS, as_of=may(31), amount=eur("50.50"))
    # 60.50 of 121.00 and -10.00 of -20.00.
    assert [(each.quantity, each.net, each.tax_amount) for each in half.lines] == [
        (-1, eur(-50), eur("-10.50")),
        (1, eur(10), None),
    ]


REFUSED = {
    "a cent too much with tax": (
        MIXED,
        {"amount": eur("132.01")},
        CreditError,
        r"more is credited than is left: expected at most EUR 132\.00, got EUR 132\.01",
    ),
    "a cent too much without tax": (
        MIXED,
        {"net": eur("110.10")},
        CreditError,
        r"more is credited than is left: expected at most EUR 110\.09, got EUR 110\.10",
    ),
    "a cent too much of a milestone": (
        MIXED,
        {"net": eur("10.11"), "milestone": "b"},
        CreditError,
        r"more is credited than is left: expected at most EUR 10\.10, got EUR 10\.11",
    ),
    "too many": (
        MIXED,
        {"quantities": {1: "3.1"}},
        CreditError,
        r"more is credited than is left: expected at most EUR 99\.99, got EUR 103\.32",
    ),
    "less than none": (
        MIXED,
        {"quantities": {1: -1}},
        CreditError,
        r"more is credited than is left: expected at most EUR 99\.99, got EUR -33\.33",
    ),
    "line 0": (MIXED, {"quantities": {0: 1}}, CreditError, "no such line: expected 1 to 2, got 0"),
    "line 3": (MIXED, {"quantities": {3: 1}}, CreditError, "no such line: expected 1 to 2, got 3"),
    "line true": (MIXED, {"quantities": {True: 1}}, CreditError, "no such line"),
    "a quantity in words": (
        MIXED,
        {"quantities": {1: "one"}},
        NumberFormatError,
        "a quantity does not read as a number",
    ),
    "no quantities": (MIXED, {"quantities": [1]}, WrongTypeError, "quantities is of the wrong"),
    "another milestone": (
        MIXED,
        {"milestone": "z"},
        CreditError,
        "nothing is left to credit: .*, got no lines of milestone 'z'",
    ),
    "of nothing": (bill(0), {"amount": eur(1)}, CreditError, "nothing is left to credit"),
    "nothing": (
        MIXED,
        {"amount": eur(0)},
        CreditError,
        r"a credit is too small: expected above zero, got EUR 0\.00",
    ),
    "another currency": (
        MIXED,
        {"net": Money.of(1, "USD")},
        CurrencyMismatchError,
        "USD",
    ),
    "an amount in words": (MIXED, {"amount": "1"}, WrongTypeError, "the amount of a credit is of"),
    "a milestone by number": (MIXED, {"milestone": 1}, WrongTypeError, "the milestone is of the"),
    "two ways": (
        MIXED,
        {"amount": eur(1), "net": eur(1)},
        ArgumentsError,
        "a credit says in one way how much it is: .*, got amount with net",
    ),
    "quantities of a milestone": (
        MIXED,
        {"quantities": {1: 1}, "milestone": "a"},
        ArgumentsError,
        "got quantities with milestone",
    ),
    "a draft": (
        bill(number=None),
        {},
        CreditError,
        "this document cannot be credited: expected an invoice .*, got a draft on 2026-05-31",
    ),
    "a void": (bill(5, Voided("x", on=may(5))), {}, CreditError, "got a void"),
    "a credit note": (
        noted(credit_note(MIXED, effect=LESS, as_of=may(31))),
        {},
        CreditError,
        "got a credit note, which is voided",
    ),
    "an effect in words": (
        MIXED,
        {"effect": "rebill"},
        WrongTypeError,
        "the effect of a credit note is of the wrong type: expected CreditEffect",
    ),
    "no invoice": ("1", {}, WrongTypeError, "the invoice is of the wrong type"),
    "a note by number": (MIXED, {"note": 1}, WrongTypeError, "the note is of the wrong type"),
    "two of one number": (MIXED, {"invoices": [MIXED] * 2}, DuplicateNumberError, "two invoices"),
}


@pytest.mark.parametrize(("invoice", "asked", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_it_cannot_be_credited(
    invoice: Any, asked: dict[str, Any], error: type[MilestoneInvoicingError], message: str
):
    with pytest.raises(error, match=message):
        credit_note(invoice, **{"effect": LESS, "as_of": may(31), **asked})


def test_after_the_whole_nothing_is_left():
    whole = noted(credit_note(MIXED, effect=LESS, as_of=may(31)))
    with pytest.raises(CreditError, match=r"nothing is left to credit: .*, got invoice 1 of Acme"):
        credit_note(MIXED, effect=LESS, as_of=may(31), invoices=[whole])


def test_too_much_says_what_is_left():
    part = noted(credit_note(MIXED, effect=LESS, as_of=may(31), amount=eur(100)))
    with pytest.raises(CreditError, match="more is credited than is left") as caught:
        credit_note(MIXED, effect=LESS, as_of=may(31), invoices=[part], amount=eur(33))
    assert caught.value.left == eur(32)


@pytest.mark.parametrize(
    ("kind", "effect"),
    [(InvoiceKind.INVOICE, LESS), (InvoiceKind.CREDIT_NOTE, None)],
    ids=["an invoice with an effect", "a note without"],
)
def test_only_a_credit_note_has_an_effect(kind: InvoiceKind, effect: CreditEffect | None):
    message = r"^only a credit note has an effect, and each has one: expected effect=CreditEffect"
    with pytest.raises(ArgumentsError, match=message):
        Invoice("1", may(1), ACME, [line(5)], kind=kind, effect=effect)
    with pytest.raises(WrongTypeError, match=r"^the effect of a credit note is of the wrong type"):
        Invoice("1", may(1), ACME, [line(5)], effect="rebill")


# Setting credit against invoices.

NOTE = noted(credit_note(MIXED, effect=LESS, as_of=may(31), amount=eur(100)))


def test_both_sides_are_recorded():
    known = apply_credit([MIXED, NOTE], "N1", "1", on=may(10), amount=eur(60))
    assert known[0].facts == (Credited(eur(60), "N1", on=may(10)),)
    assert known[1].facts == (Applied(eur(60), "1", on=may(10)),)
    assert [invoice_status(each, as_of=may(10)).label.value for each in known] == [
        "overdue",
        "credit open",
    ]


MOST = {
    "all of the note": ([MIXED, NOTE], eur(100)),
    "all that is outstanding": ([MIXED.record(Payment(eur(50), on=may(9))), NOTE], eur(82)),
    "what a later payment leaves": ([MIXED.record(Payment(eur(50), on=june(9))), NOTE], eur(82)),
    "what a later application leaves": (
        [MIXED, NOTE.record(Applied(eur(30), "2", on=june(9)))],
        eur(70),
    ),
}


@pytest.mark.parametrize(("known", "amount"), MOST.values(), ids=MOST)
def test_as_much_as_there_is_of_both(known: list[Invoice], amount: Money):
    invoice, _ = apply_credit(known, "N1", "1", on=may(10))
    assert invoice.facts[-1] == Credited(amount, "N1", on=may(10))


def test_nothing_to_set_against_each_other():
    paid = MIXED.record(Payment(eur(132), on=may(9)))
    message = (
        r"^there is nothing to set against each other: .* got EUR 100.00 left and EUR 0.00 "
        "outstanding$"
    )
    with pytest.raises(CreditError, match=message):
        apply_credit([paid, NOTE], "N1", "1", on=may(10))


def test_more_than_there_is_cannot_be_applied():
    with pytest.raises(ImpossibleFactError, match=r"^Applied on 2026-05-10 is impossible"):
        apply_credit([MIXED, NOTE], "N1", "1", on=may(10), amount=eur("100.01"))
    with pytest.raises(ImpossibleFactError, match=r"^Applied on 2026-05-10 is impossible"):
        apply_credit([MIXED, NOTE], "1", "1", on=may(10), amount=eur(1))


def test_a_note_of_a_void_is_not_applied():
    other = attrs.evolve(MIXED, number="2")
    void = MIXED.record(Voided("x", on=may(10)))
    message = (
        r"^the credit note is of a void invoice: expected a credit note of an invoice that still "
        r"claims, got invoice N1 of Acme Ltd, of invoice 1 of Acme Ltd; void the note too"
    )
    with pytest.raises(CreditError, match=message):
        apply_credit([void, other, NOTE], "N1", "2", on=may(10))


def test_credit_stays_with_its_client():
    other = attrs.evolve(MIXED, number="2", buyer=Party("zeta", "Zeta"))
    message = (
        "^credit of one client is set against an invoice of another: expected an invoice of "
        "'acme', got 'zeta'$"
    )
    with pytest.raises(CreditError, match=message):
        apply_credit([other, NOTE], "N1", "2", on=may(10))


@pytest.mark.parametrize(
    ("numbers", "on", "error", "message"),
    [
        (("N1", "9"), may(10), UnknownInvoiceError, "no issued invoice has this number: .*got '9'"),
        (("D", "1"), may(10), UnknownInvoiceError, "no issued invoice has this number"),
        (("", "1"), may(10), BlankTextError, "the number of an invoice is blank"),
        (("N1", "1"), "now", DateTypeError, "on is not a plain date"),
    ],
    ids=["unknown", "a draft", "blank", "no date"],
)
def test_it_is_not_applied(
    numbers: tuple[str, str], on: date, error: type[MilestoneInvoicingError], message: str
):
    known = [MIXED, NOTE, attrs.evolve(NOTE, number="D", issued_on=None)]
    with pytest.raises(error, match=message):
        apply_credit(known, *numbers, on=on)


# The last quantity, what is taken off without a milestone, and what is left of the whole.

HALVES = Invoice("1", may(1), ACME, [Line("Half", 2, Price("0.335", "EUR"), tax=S21)])
RETAINING = Invoice(
    "1",
    may(1),
    ACME,
    [
        Line("Audit", 2, eur(300), tax=S21, milestone="a"),
        Line("Books", 4, eur(100), tax=S21, milestone="b"),
        Line("Retainage", -1, eur(100), tax=S21, retainage=True),
    ],
)


def by_quantity(invoice: Invoice, notes: list[Invoice], **quantities: Any) -> Invoice:
    asked = {int(place[1:]): quantity for place, quantity in quantities.items()}
    draft = credit_note(invoice, effect=LESS, as_of=may(31), invoices=notes, quantities=asked)
    return noted(draft, f"N{len(notes)}")


def test_the_last_of_a_quantity_takes_the_rest_of_its_line():
    # 0.67 in all: 0.335 is 0.34, and 0.33 is left for the second one.
    one = by_quantity(HALVES, [], _1=1)
    other = by_quantity(HALVES, [one], _1=1)
    assert [each.totals.tax_exclusive for each in (one, other)] == [eur("-0.34"), eur("-0.33")]
    (line_,) = other.lines
    assert (line_.quantity, line_.price, line_.base_quantity) == (-1, eur("0.33"), 1)
    assert one.totals.tax + other.totals.tax == -HALVES.totals.tax
    thirds = attrs.evolve(HALVES, lines=[Line("Third", 3, Price("0.333", "EUR"), tax=S21)])
    notes: list[Invoice] = []
    for _ in range(3):
        notes.append(by_quantity(thirds, notes, _1=1))
    assert [note.totals.tax_exclusive for note in notes] == [*[eur("-0.33")] * 2, eur("-0.34")]
    with pytest.raises(CreditError, match="nothing is left to credit"):
        by_quantity(thirds, notes, _1=1)


def test_lines_of_one_kind_are_credited_within_their_own_quantity():
    both = Invoice("1", may(1), ACME, [line(30), Line("More", 10, eur(10))])
    with pytest.raises(CreditError, match=r"expected at most EUR 30\.00, got EUR 60\.00"):
        by_quantity(both, [], _1=2)
    note = by_quantity(both, [], _2=6)
    with pytest.raises(CreditError, match=r"expected at most EUR 40\.00, got EUR 50\.00"):
        by_quantity(both, [note], _2=5)
    assert by_quantity(both, [note], _2=4).payable == eur(-40)


def test_no_quantity_is_credited_beyond_what_other_notes_left_of_its_kind():
    note = noted(credit_note(MIXED, effect=LESS, as_of=may(31), milestone="a", net=eur(80)))
    with pytest.raises(CreditError, match=r"expected at most EUR 19\.99, got EUR 33\.33"):
        by_quantity(MIXED, [note], _1=1)


def test_no_quantities_are_no_credit():
    with pytest.raises(CreditError, match=r"^a credit is too small: expected a quantity"):
        by_quantity(HALVES, [])


def test_lines_are_not_credited_beyond_what_is_left_of_the_invoice():
    # 1,000 less 100 left off; with tax 1,089.00, and the lines alone 1,210.00.
    message = r"more is credited than is left: expected at most EUR 1089\.00, got EUR 1210\.00"
    with pytest.raises(CreditError, match=message):
        by_quantity(RETAINING, [], _1=2, _2=4)
    assert by_quantity(RETAINING, [], _1=2, _2=4, _3=-1).totals == -RETAINING.totals


def test_with_a_milestone_goes_its_part_of_what_is_left_off():
    note = credit_note(RETAINING, effect=GONE, as_of=may(31), milestone="a")
    assert [each.net for each in note.lines] == [eur(-600), eur(60)]
    rest = credit_note(RETAINING, effect=GONE, as_of=may(31), milestone="b", invoices=[noted(note)])
    assert [each.net for each in rest.lines] == [eur(-400), eur(40)]
    assert note.payable + rest.payable == -RETAINING.payable


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        pytest.param(
            (21, 21),
            {"a": ("-1000.00", "20.00", "-1188.20"), "b": ("-500.00", "10.00", "-594.10")},
            id="30 at 9 % beside work at 21 % alone: by all work",
        ),
        pytest.param(
            (21, 9),
            {"a": ("-1000.00", "-1210.00"), "b": ("-500.00", "30.00", "-512.30")},
            id="30 at 9 % beside work at 9 %: by that",
        ),
    ],
)
def test_with_a_milestone_goes_its_part_of_an_allowance_of_another_rate(
    rates: tuple[int, int], expected: dict[str, tuple[str, ...]]
):
    works = [
        line(amount, milestone=key, tax=Tax.standard(rate))
        for key, amount, rate in zip("ab", (1000, 500), rates, strict=True)
    ]
    off = Adjustment(eur(30), "Goodwill", tax=Tax.standard(9))
    invoice = Invoice("1", may(1), ACME, works, allowances=[off])
    notes = [credit_note(invoice, effect=GONE, as_of=may(31), milestone=key) for key in ("a", "b")]
    for key, note in zip("ab", notes, strict=True):
        nets = [str(each.net.amount) for each in note.lines]
        assert (*nets, str(note.payable.amount)) == expected[key]
    assert sum((note.payable for note in notes), invoice.payable) == eur(0)


def test_what_makes_up_for_each_other_is_credited_to_nothing():
    even = Invoice("1", may(1), ACME, [line(100, milestone="a"), line(-20)])
    note = by_quantity(even, [], _1="0.8")
    rest = credit_note(even, effect=LESS, as_of=may(31), invoices=[note])
    assert [(each.net, each.milestone) for each in rest.lines] == [(eur(-20), "a"), (eur(20), None)]
    assert rest.payable == eur(0)


def test_the_ambient_decimal_context_rounds_no_quantity():
    exact = attrs.evolve(HALVES, lines=[Line("Half", "1234.5678", eur(2), tax=S21)])
    with localcontext(Context(prec=2)):
        assert credit_note(exact, effect=LESS, as_of=may(31)).totals == -exact.totals
        assert by_quantity(exact, [], _1="1234.5678").totals == -exact.totals
        nothing = credit_note(
            attrs.evolve(exact, lines=[line(5), Line("None", 0, eur(5))]),
            effect=LESS,
            as_of=may(31),
        )
    assert [str(each.quantity) for each in nothing.lines] == ["-1", "0"]
