"""What people read of allowances, charges, rounding, withholding and exemptions."""

from datetime import date
from textwrap import dedent

import attrs
import pytest

from milestone_invoicing import (
    AddDays,
    Adjustment,
    CreditEffect,
    Delivery,
    DiscountTax,
    DueRule,
    EarlyDiscount,
    Installment,
    Invoice,
    InvoiceKind,
    Line,
    Money,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    Tax,
    TaxCurrency,
    Withheld,
    credit_note,
    discount_state,
    issue,
    round_payable,
)
from milestone_invoicing.display import format_money, invoice_text
from tests.unit.bills import ACME, eur, may

S21 = Tax.standard(21)
FULL = Invoice(
    "7",
    may(1),
    ACME,
    [
        Line(
            "Shelves",
            3,
            eur("9.99"),
            tax=S21,
            allowances=[Adjustment(Percent("2.5"), "Bulk")],
            charges=[Adjustment(eur(2), "Packing")],
        ),
        Line("Course", 1, eur(100), tax=Tax.exempt("Article 132\nof the directive")),
    ],
    allowances=[Adjustment(Percent(10), "Loyal")],
    charges=[Adjustment(eur("12.50"), "Freight", tax=S21)],
    rounding_amount=eur("0.03"),
    withheld=[Adjustment(Percent(15), "Income tax"), Adjustment(eur(1), "Fee")],
    tax_currency=TaxCurrency("SEK", "11.25"),
    kind=InvoiceKind.CORRECTED,
    preceding=["6"],
    buyer_reference="Dep. 7",
    purchase_order="PO 11",
    contract="C\n1",
)
EXPECTED = {
    "en": """
        Corrected invoice 7
        Issued on: May 1, 2026
        Preceding invoice: 6
        Buyer reference: Dep. 7
        Purchase order: PO 11
        Contract: C 1
        Buyer: Acme Ltd

        Description  Quantity    Price      Net
        -----------  --------  -------  -------
        Shelves             3    €9.99   €31.22
        - Bulk 2.5%             -€0.75
        + Packing                €2.00
        Course              1  €100.00  €100.00

        Total of lines      €131.22
        Loyal 10%           -€13.12
        Freight              €12.50
        Total without tax   €130.60
        Tax (exempt)          €0.00
        Tax 21%               €8.53
        Total with tax      €139.13
        Rounding              €0.03
        Payable             €139.16
        Income tax 15%      -€19.59
        Fee                  -€1.00
        Net to pay          €118.57
        Tax SEK            SEK95.96

        Article 132 of the directive

        Due           Amount  Withheld   To pay
        -----------  -------  --------  -------
        May 1, 2026  €139.16    €20.59  €118.57
        """,
}


@pytest.mark.parametrize(("locale", "expected"), EXPECTED.items(), ids=EXPECTED)
def test_all_that_leads_to_the_payable_is_shown(locale: str, expected: str):
    text = invoice_text(FULL, locale=locale).replace("\u00a0", " ")
    assert text == dedent(expected).strip("\n").rstrip()


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("nl", ["Gecorrigeerde factuur 7", "Totaal van de regels", "Afronding", "Inkooporder:"]),
        ("de", ["Korrigierte Rechnung 7", "Summe der Positionen", "Rundung", "Bestellung:"]),
        ("fr", ["Facture rectificative 7", "Total des lignes", "Arrondi", "Bon de commande"]),
    ],
)
def test_the_words_are_in_the_language(locale: str, words: list[str]):
    text = invoice_text(FULL, locale=locale)
    assert not [word for word in words if word not in text]


def test_what_is_not_there_is_not_shown():
    plain = Invoice("7", may(1), Party("a", "A"), [Line("x", 1, eur("0.99"))])
    text = invoice_text(plain, locale="en")
    absent = ("Total of lines", "Rounding", "Net to pay", "Total with tax", "Contract")
    assert not [word for word in absent if word in text]
    draft = round_payable(
        Invoice(None, None, ACME, [Line("x", 1, Money.of("0.98", "CHF"))]), Money.of("0.05", "CHF")
    )
    assert "Rounding" in invoice_text(draft, locale="en")


SELLER = Party("us", "Us", contact="Ann", legal_id="KvK 7", bank_account="NL91\nABNA")
WORK = Line(
    "Website",
    1,
    eur(100),
    delivery=Delivery("Site", delivered_on=may(2), approved_by=["Eve", "Bo"], approved_on=may(3)),
)


def blocks(invoice: Invoice, locale: str = "en") -> list[str]:
    return invoice_text(invoice, locale=locale).split("\n\n")


def test_what_was_delivered_and_who_approved_it_stands_below_the_lines():
    found = blocks(Invoice("7", may(4), ACME, [WORK, Line("Trip", 1, eur(5))], seller=SELLER))
    assert "Seller: Us, KvK 7, Ann" in found[0]
    assert found[2] == "Website: delivered May 2, 2026, approved by Eve, Bo"
    assert found[-1] == "Bank account: NL91 ABNA"


@pytest.mark.parametrize(
    ("delivery", "shown"),
    [
        (Delivery("Site"), None),
        (Delivery("Site", delivered_on=may(2)), "Work: delivered May 2, 2026"),
        (Delivery(approved_by=["Eve"]), "Work: approved by Eve"),
    ],
)
def test_a_delivery_shows_what_it_knows(delivery: Delivery, shown: str | None):
    found = blocks(Invoice("7", may(4), ACME, [Line("Work", 1, eur(5), delivery=delivery)]))
    assert found[2] == shown if shown else found[2].startswith("Total without tax")


def test_no_account_is_named_where_nothing_is_to_be_paid():
    for lines in ([Line("Work", -1, eur(5))], [Line("Work", 0, eur(5))]):
        text = invoice_text(Invoice("7", may(4), ACME, lines, seller=SELLER), locale="en")
        assert "Bank account" not in text


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (Line("Less R-1", -1, eur(5), deducts="R-1"), "Abzüglich R-1"),
        (Line("Less deposit D-1", -1, eur(5), deducts="D-1"), "Abzüglich Anzahlung D-1"),
        (Line("As paid", -1, eur(5), deducts="D-1"), "As paid"),
        (Line("Less", -1, eur(5), deducts="D-1"), "Abzüglich D-1"),
        (Line("Retainage: Roof", -1, eur(5), retainage=True), "Einbehalt: Roof"),
        (Line("Retainage", -1, eur(5), retainage=True), "Retainage"),
        (Line("Rest: Roof", -1, eur(5), retainage=True), "Rest: Roof"),
        (Line("Retainage: Roof", -1, eur(5)), "Retainage: Roof"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_drafting_calls_a_line_is_put_in_the_language(line: Line, title: str):
    text = invoice_text(Invoice("7", may(4), ACME, [line]), locale="de")
    assert f"\n{title}  " in text


REDUCED = Invoice(
    "8",
    may(1),
    ACME,
    [
        Line("Design", 1, eur(100), tax=S21),
        Line("Books", 1, eur(50), tax=Tax.standard(9)),
        Line("Course", 1, eur(20), tax=Tax.exempt("Article 132")),
    ],
    terms=PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10, DiscountTax.ALWAYS_REDUCED)]),
)


def test_a_discount_that_always_reduces_the_tax_is_shown_tax_by_tax():
    text = invoice_text(REDUCED, locale="en").replace("\u00a0", " ")
    assert (
        dedent("""
        Total of lines                            €170.00
        Discount for early payment, Tax 9%         -€1.00
        Discount for early payment, Tax 21%        -€2.00
        Discount for early payment, Tax (exempt)    €3.00
        Total without tax                         €170.00
        Tax (exempt)                                €0.00
        Tax 9%                                      €4.41
        Tax 21%                                    €20.58
        Payable                                   €194.99

        Article 132
        Discount for early payment
        """).strip()
        in text
    )


@pytest.mark.parametrize(
    ("locale", "reason", "tax"),
    [
        ("nl", "Korting voor snelle betaling", "Btw 21%"),
        ("de", "Skonto für frühe Zahlung", "USt. 21 %"),
        ("fr", "Escompte pour paiement anticipé", "TVA 21 %"),
    ],
)
def test_that_discount_is_put_in_the_language(locale: str, reason: str, tax: str):
    text = invoice_text(REDUCED, locale=locale).replace("\u00a0", " ").replace("\u202f", " ")
    assert f"{reason}, {tax}" in text
    assert f"\n{reason}\n" in text
    assert "Discount for early" not in text


KEPT = Invoice(
    "8",
    may(1),
    ACME,
    [Line("Audit", 1, eur(1000), tax=S21)],
    withheld=[Adjustment(Percent(15), "Income tax")],
    held=eur(100),
)


@pytest.mark.parametrize(
    ("invoice", "expected"),
    [
        pytest.param(KEPT, ["-€150.00", "-€100.00", "€960.00"], id="1210 - 150 - 100 = 960"),
        pytest.param(
            attrs.evolve(KEPT, held=None), ["-€150.00", "€1,060.00"], id="1210 - 150 = 1060"
        ),
        pytest.param(
            credit_note(KEPT, effect=CreditEffect.CANCEL, as_of=may(1)),
            ["€150.00", "-€1,060.00"],
            id="a note: -1210 + 150 = -1060",
        ),
    ],
)
def test_net_to_pay_is_what_settles_it_now(invoice: Invoice, expected: list[str]):
    text = invoice_text(invoice, locale="en")
    after = text.partition("Payable")[2].partition("\n\n")[0].splitlines()[1:]
    assert [row.split()[-1] for row in after] == expected
    if not invoice.is_draft:
        asked = discount_state(invoice, as_of=may(1)).settles
        assert format_money(asked, locale="en") == expected[-1]


IN_TWO = PaymentTerms([Installment(Percent(50), DueRule([AddDays(n)])) for n in (15, 30)])
APART = attrs.evolve(
    IN_TWO,
    installments=[
        attrs.evolve(part, discounts=[EarlyDiscount(2, 5)]) for part in IN_TWO.installments
    ],
)
WITHHOLDING = attrs.evolve(KEPT, held=None, terms=IN_TWO)


@pytest.mark.parametrize(
    ("invoice", "as_of", "expected"),
    [
        pytest.param(
            WITHHOLDING, None, ["605.00 0.00 605.00", "605.00 150.00 455.00"], id="last first"
        ),
        pytest.param(
            attrs.evolve(WITHHOLDING, terms=APART),
            None,
            ["605.00 75.00 530.00", "605.00 75.00 530.00"],
            id="each its part",
        ),
        pytest.param(
            KEPT,
            None,
            ["1,110.00 150.00 960.00", "100.00 0.00 100.00"],
            id="none of what is held",
        ),
        pytest.param(
            attrs.evolve(KEPT, withheld=[Adjustment(eur(1150), "x")]),
            None,
            ["1,110.00 1,110.00 0.00", "100.00 0.00 100.00"],
            id="more than is due now",
        ),
        pytest.param(
            issue(
                credit_note(
                    attrs.evolve(KEPT, held=None), effect=CreditEffect.CANCEL, as_of=may(1)
                ),
                number="N",
                on=may(1),
            ),
            None,
            ["-1,210.00 -150.00 -1,060.00"],
            id="a note: the mirror",
        ),
        pytest.param(
            WITHHOLDING, may(5), ["605.00 0.00 605.00", "605.00 150.00 455.00"], id="on a day"
        ),
        pytest.param(
            WITHHOLDING.record(Payment(eur(1000), on=may(4))),
            may(5),
            ["605.00 0.00 0.00", "605.00 150.00 60.00"],
            id="1000 paid: 60 to pay",
        ),
        pytest.param(
            WITHHOLDING.record(Withheld(eur(150), on=may(4))),
            may(5),
            ["605.00 455.00", "605.00 605.00"],
            id="certified: nothing withheld any more",
        ),
        pytest.param(
            attrs.evolve(WITHHOLDING, withheld=[]), None, ["605.00", "605.00"], id="not withheld"
        ),
    ],
)
def test_what_is_due_is_told_without_what_the_client_withholds(
    invoice: Invoice, as_of: date | None, expected: list[str]
):
    text = invoice_text(invoice, locale="en", as_of=as_of).replace("€", "")
    title, _, *rows = text.partition("\nDue ")[2].partition("\n\n")[0].splitlines()
    told = [row.partition("  ")[2].split() for row in rows]
    assert [" ".join(row) for row in told] == expected
    last = "To pay" if len(expected[0].split()) > 2 else "Open" if as_of else "Amount"
    assert title.endswith(last)
