"""Credit notes of bills of which tax is withheld: each takes its part of what is to be certified.

1,190.00, of which 150.00 is withheld; 2 % until 11 May is 23.80, so that 1,016.20 settles it.
"""

from collections.abc import Sequence

import attrs
import pytest

from milestone_invoicing import (
    Adjustment,
    Credited,
    CreditEffect,
    EarlyDiscount,
    Invoice,
    InvoiceFact,
    InvoiceKind,
    Line,
    Money,
    Payment,
    PaymentTerms,
    Percent,
    Prepaid,
    StatusLabel,
    Tax,
    TaxSubtotal,
    Voided,
    Withheld,
    WrittenOff,
    apply_credit,
    credit_note,
    invoice_status,
    issue,
    record,
)
from milestone_invoicing.errors import CreditError
from tests.unit.bills import ACME, eur, june, may

S19 = Tax.standard(19)
EARLY = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
ON_TIME = Payment(eur("1016.20"), on=may(11))
ALL_CASH = Payment(eur(1040), on=may(11))


def bill(*facts: InvoiceFact, terms: PaymentTerms = EARLY) -> Invoice:
    return Invoice(
        "1",
        may(1),
        ACME,
        [Line("Audit", 1, eur(1000), tax=S19)],
        terms=terms,
        withheld=[Adjustment(eur(150), reason="Withholding tax")],
        facts=facts,
    )


def credited(invoice: Invoice, *nets: int | str) -> tuple[Invoice, ...]:
    """Return the bill and its notes of so much net, each set against it as far as that goes."""
    known: tuple[Invoice, ...] = (invoice,)
    for place, net in enumerate(nets, 1):
        draft = credit_note(
            known[0],
            effect=CreditEffect.PRICE_REDUCTION,
            as_of=may(20),
            invoices=known,
            net=eur(net),
        )
        known = (*known, issue(draft, number=f"N{place}", on=may(20)))
        known = apply_credit(known, f"N{place}", "1", on=may(20))
    return known


@pytest.mark.parametrize(
    ("invoice", "nets", "applied", "back", "open_"),
    [
        pytest.param(bill(ON_TIME), [500], [75], ["508.10"], 75, id="595 = 75 + 508.10 + 11.90"),
        pytest.param(bill(ALL_CASH), [500], [75], [520], 75, id="595 = 75 + 520"),
        pytest.param(
            bill(ON_TIME), [250, 250], ["37.50"] * 2, ["254.05"] * 2, 75, id="twice the half of it"
        ),
        pytest.param(bill(ALL_CASH), [250, 250], ["37.50"] * 2, [260, 260], 75, id="2 x 297.50"),
        pytest.param(
            bill(ON_TIME), [1000], [150], ["1016.20"], 0, id="1190 = 150 + 1016.20 + 23.80"
        ),
        pytest.param(bill(), [500], [595], [0], 595, id="nothing paid: 595 = 520 + 75"),
        pytest.param(bill(), [500, 500], [595, 595], [0, 0], 0, id="nothing paid, all credited"),
        pytest.param(
            bill(Payment(eur(500), on=may(19))),
            [900],
            [675],
            [396],
            15,
            id="1071 = 540 + 135 + 396",
        ),
        pytest.param(
            bill(ALL_CASH, Withheld(eur(75), on=may(15))), [500], [75], [520], 0, id="75 certified"
        ),
        pytest.param(
            bill(ALL_CASH, Withheld(eur(75), on=june(15))),
            [500],
            [75],
            [520],
            0,
            id="75 certified later",
        ),
    ],
)
def test_a_note_leaves_what_is_still_to_be_certified(
    invoice: Invoice,
    nets: Sequence[int],
    applied: Sequence[int | str],
    back: Sequence[int | str],
    open_: int,
):
    known = credited(invoice, *nets)
    assert [fact.amount for fact in known[0].facts if isinstance(fact, Credited)] == [
        eur(each) for each in applied
    ]
    left = [invoice_status(note, as_of=june(20)).unapplied for note in known[1:]]
    assert left == [eur(each) for each in back]
    assert invoice_status(known[0], as_of=june(20)).open == eur(open_)


@pytest.mark.parametrize(
    "invoice", [bill(ON_TIME), bill(ALL_CASH)], ids=["with the discount", "without"]
)
def test_then_its_certificate_settles_it(invoice: Invoice):
    known = record(credited(invoice, 500), "1", Withheld(eur(75), "C", on=june(1)))
    status = invoice_status(known[0], as_of=june(1))
    assert (status.label, status.open, status.withheld) == (StatusLabel.PAID, eur(0), eur(75))


def test_where_nothing_else_is_outstanding_a_note_is_paid_out():
    invoice = bill(ALL_CASH, Withheld(eur(75), on=may(15)))
    known = credited(invoice, 500)
    draft = credit_note(
        known[0],
        effect=CreditEffect.PRICE_REDUCTION,
        as_of=may(21),
        invoices=known,
        net=eur(100),
    )
    known = (*known, issue(draft, number="N9", on=may(21)))
    with pytest.raises(CreditError, match=r"EUR 119\.00 left and EUR 0\.00 outstanding"):
        apply_credit(known, "N9", "1", on=may(21))


@pytest.mark.parametrize(
    ("others", "applied"),
    [
        pytest.param([], "37.50", id="150 - 112.50"),
        pytest.param(["issued"], "75", id="150 - 75, of both"),
        pytest.param(["void"], "37.50", id="a void credits nothing"),
        pytest.param(["draft"], "37.50", id="nor does a draft"),
        pytest.param(["of another bill"], "37.50", id="nor does a note of another bill"),
        pytest.param(["bill"], "37.50", id="nor does a bill that names it"),
    ],
)
def test_all_notes_that_stand_take_their_part(others: Sequence[str], applied: str):
    drafts = [
        credit_note(
            bill(ALL_CASH), effect=CreditEffect.PRICE_REDUCTION, as_of=may(20), net=eur(250)
        )
        for _ in range(2)
    ]
    note, other = (issue(each, number=f"N{n}", on=may(20)) for n, each in enumerate(drafts))
    known = {
        "issued": other,
        "void": other.record(Voided("x", on=may(20))),
        "draft": drafts[1],
        "of another bill": attrs.evolve(other, preceding=["2"]),
        "bill": attrs.evolve(bill(), number="2", preceding=["1"]),
    }
    bills = [bill(ALL_CASH), note, *(known[each] for each in others)]
    first, *_ = apply_credit(bills, "N0", "1", on=may(20))
    assert invoice_status(first, as_of=may(20)).credited == eur(applied)


def test_a_note_that_is_not_given_counts_by_what_it_credited():
    invoice = bill(Payment(eur(900), on=may(19)), Credited(eur(119), "X", on=may(19)))
    first, _ = credited(invoice, 500)
    # of 171 that are outstanding, 150 x (1190 - 119 - 595) / 1190 = 60 is to be certified
    assert invoice_status(first, as_of=may(20)).credited == eur(119 + 111)


def test_credit_of_another_bill_takes_all_that_is_outstanding():
    other = attrs.evolve(bill(), number="2", withheld=())
    draft = credit_note(other, effect=CreditEffect.CANCEL, as_of=may(20))
    note = issue(draft, number="N", on=may(20))
    (invoice, *_) = apply_credit([bill(ALL_CASH), other, note], "N", "1", on=may(20))
    assert invoice_status(invoice, as_of=may(20)).credited == eur(150)


def test_a_bill_of_less_than_nothing_that_names_another_takes_all_that_is_outstanding():
    less = Invoice("N", may(2), ACME, [Line("Audit", -1, eur(500), tax=S19)], preceding=["1"])
    (invoice, _) = apply_credit([bill(ALL_CASH), less], "N", "1", on=may(20))
    assert invoice_status(invoice, as_of=may(20)).credited == eur(150)


def test_of_a_bill_less_a_deposit_the_part_is_by_what_it_bills():
    prepaid = Prepaid("D", [TaxSubtotal(S19, eur(500), eur(95))])
    invoice = attrs.evolve(
        bill(terms=PaymentTerms.net(30)),
        prepaid=[prepaid],
        withheld=[Adjustment(Percent(15), "x")],
    ).record(Payment(eur(520), on=may(11)))
    assert str(invoice.totals.withheld) == "EUR 75.00"
    first, note = credited(invoice, 500)
    assert invoice_status(first, as_of=may(20)).credited == eur("37.50")
    assert note.totals.withheld == eur("-37.50")


def test_nothing_is_set_against_a_bill_that_is_prepaid_whole():
    prepaid = Prepaid("D", [TaxSubtotal(S19, eur(1000), eur(190))])
    invoice = attrs.evolve(bill(terms=PaymentTerms.net(30)), prepaid=[prepaid], withheld=[])
    with pytest.raises(CreditError, match=r"EUR 595\.00 left and EUR 0\.00 outstanding"):
        credited(invoice, 500)


def test_nothing_is_set_against_a_bill_of_which_only_a_cent_is_left_and_is_to_be_certified():
    # 1000.00 less 999.99; a cent x 524 / 1000 is a cent.
    prepaid = Prepaid("D", [TaxSubtotal(S19, eur("840.33"), eur("159.66"))])
    own = [Adjustment(eur("0.01"), reason="x")]
    lines = [Line("Audit", 1, eur("840.34"), tax=S19)]
    invoice = Invoice("1", may(1), ACME, lines, prepaid=[prepaid], withheld=own)
    with pytest.raises(CreditError, match=r"EUR 476\.00 left and EUR 0\.00 outstanding"):
        credited(invoice, 400)


# 0.01 and a rounding amount of 0.04, or nothing and 0.05: all of it is withheld.
@pytest.mark.parametrize(
    ("worth", "rounding", "applied"),
    [
        pytest.param("0.00", "0.05", "0.05", id="0.00 + 0.05"),
        pytest.param("0.01", "0.04", None, id="0.01 + 0.04, of which a note of 0.00 takes no part"),
    ],
)
def test_what_is_payable_by_its_rounding_alone_is_credited(
    worth: str, rounding: str, applied: str | None
):
    lines = [Line("Audit", 1, eur(100)), Line("Less", -1, eur(100) - eur(worth))]
    own = [Adjustment(eur("0.05"), reason="x")]
    invoice = Invoice(
        "1", may(1), ACME, lines, rounding_amount=eur(rounding), withheld=own, terms=EARLY
    )
    note = Invoice(
        "N",
        may(2),
        ACME,
        [Line("Audit", -1, eur(0))],
        kind=InvoiceKind.CREDIT_NOTE,
        effect=CreditEffect.CANCEL,
        preceding=["1"],
        rounding_amount=eur("-0.05"),
    )
    if applied is None:
        with pytest.raises(CreditError, match=r"EUR 0\.05 left and EUR 0\.00 outstanding"):
            apply_credit([invoice, note], "N", "1", on=may(20))
        return
    draft = credit_note(invoice, effect=CreditEffect.CANCEL, as_of=may(20))
    assert (draft.payable, draft.discount_taken) == (-invoice.payable, None)
    first, _ = apply_credit([invoice, note], "N", "1", on=may(20))
    assert invoice_status(first, as_of=may(20)).credited == eur(applied)


@pytest.mark.parametrize(
    ("more", "amounts", "lapsed"),
    [
        pytest.param([], [None, eur(150), eur(10)], "5.95", id="23.80 x 297.50 / 1190 = 5.95"),
        pytest.param(
            [WrittenOff(eur(50), on=may(12))],
            [eur(100), eur(10)],
            "6.21",
            id="23.80 x 297.50 / (1190 - 50) = 6.21",
        ),
    ],
)
def test_the_discount_lapses_alike_however_the_notes_are_used(
    more: Sequence[InvoiceFact], amounts: Sequence[Money | None], lapsed: str
):
    for amount in amounts:
        first = bill(ON_TIME, *more)
        draft = credit_note(first, effect=CreditEffect.PRICE_REDUCTION, as_of=may(20), net=eur(250))
        known = (first, issue(draft, number="N1", on=may(20)))
        known = apply_credit(known, "N1", "1", on=may(20), amount=amount)
        again = credit_note(
            known[0],
            effect=CreditEffect.PRICE_REDUCTION,
            as_of=may(20),
            invoices=known,
            net=eur(250),
        )
        taken = [note.discount_taken for note in (known[1], again)]
        assert taken == [eur(lapsed)] * 2, amount


@pytest.mark.parametrize(
    ("amount", "lapsed"),
    [pytest.param("0.07", "0.01", id="0.07 more"), pytest.param("0.08", "0.02", id="0.08 more")],
)
def test_what_a_note_took_of_tax_to_be_certified_counts_to_the_cent(amount: str, lapsed: str):
    terms = PaymentTerms.net(30, discounts=[EarlyDiscount(30, 10)])
    own = [Adjustment(eur("0.08"), reason="x")]
    lines = [Line("Audit", 1, eur("0.29"))]
    invoice = Invoice("1", may(1), ACME, lines, terms=terms, withheld=own)
    less = CreditEffect.PRICE_REDUCTION
    draft = credit_note(invoice, effect=less, as_of=may(2), amount=eur("0.11"))
    known = apply_credit([invoice, issue(draft, number="N", on=may(2))], "N", "1", on=may(2))
    known = record(known, "1", Payment(eur("0.10"), on=may(5)))
    more = credit_note(known[0], effect=less, as_of=may(20), invoices=known, amount=eur(amount))
    assert more.discount_taken == eur(lapsed)
