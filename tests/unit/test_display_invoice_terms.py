"""How an invoice shows what waits for an event and what early payment takes off."""

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    DueRule,
    EarlyDiscount,
    EventOccurred,
    Installment,
    Invoice,
    Line,
    Payment,
    PaymentTerms,
    Percent,
    Tax,
    issue,
)
from milestone_invoicing.display import invoice_text
from tests.unit.bills import ACME, eur, may

TERMS = PaymentTerms(
    [
        Installment(
            Percent(50),
            DueRule([AddDays(30)]),
            discounts=[EarlyDiscount(2, 10), EarlyDiscount(1, 20)],
        ),
        Installment(REST, after="Abnahme"),
    ]
)
DRAFT = Invoice(None, None, ACME, [Line("Pumpe", 1, eur(1000), tax=Tax.standard(19))], terms=TERMS)
INVOICE = issue(DRAFT, number="7", on=may(1))
PAID = INVOICE.record(EventOccurred("Abnahme", on=may(8)), Payment(eur(595), on=may(11)))


def tables(text: str) -> list[str]:
    """Return the blocks of a text behind its totals, their no-break spaces made plain."""
    plain = text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    return plain.split("\n\n")[3:]


def test_what_waits_names_its_event_and_discounts_have_a_table():
    assert tables(invoice_text(INVOICE, locale="de")) == [
        (
            "Fällig am       Betrag\n"
            "------------  --------\n"
            "31.05.2026    595,00 €\n"
            "Nach Abnahme  595,00 €"
        ),
        (
            "Bezahlt bis  Skonto   Betrag  Zu zahlen\n"
            "-----------  ------  -------  ---------\n"
            "11.05.2026      2 %  11,90 €   583,10 €\n"
            "21.05.2026      1 %   5,95 €   589,05 €"
        ),
    ]


def test_on_a_day_the_event_has_its_date():
    assert tables(invoice_text(PAID, locale="fr", as_of=may(12))) == [
        (
            "Échéance      Montant  Reste dû\n"
            "-----------  --------  --------\n"
            "31 mai 2026  595,00 €  595,00 €\n"
            "8 mai 2026   595,00 €    0,00 €"
        ),
        "Payé au plus tard 21 mai 2026 : 589,05 €",
        "Statut 12 mai 2026 : partiellement payée, non envoyée",
    ]


def test_a_draft_offers_nothing_yet():
    assert tables(invoice_text(DRAFT, locale="en")) == []


def test_before_its_issue_nothing_is_offered_on_a_day():
    (status,) = tables(invoice_text(INVOICE, locale="en", as_of=may(1).replace(month=4)))
    assert status == "Status Apr 1, 2026: draft"


@pytest.mark.parametrize(
    ("locale", "pending"),
    [("en", "Pending"), ("nl", "In afwachting"), ("fr", "En attente"), ("de", "Ausstehend")],
)
def test_what_waits_for_the_part_before_it_is_pending(locale: str, pending: str):
    parts = [Installment(Percent(50), after="x"), Installment(REST)]
    waiting = Invoice(
        "8", may(1), ACME, [Line("Work", 1, eur(2))], terms=PaymentTerms(parts, sequential=True)
    )
    (table,) = tables(invoice_text(waiting, locale=locale))
    assert table.splitlines()[-1].split("  ")[0] == pending


def test_a_discount_taken_has_a_column_and_is_not_offered_again():
    taken = PAID.record(Payment(eur("589.05"), on=may(21)))
    assert tables(invoice_text(taken, locale="en", as_of=may(21))) == [
        (
            "Due            Amount  Discount   Open\n"
            "------------  -------  --------  -----\n"
            "May 31, 2026  €595.00     €5.95  €0.00\n"
            "May 8, 2026   €595.00     €0.00  €0.00"
        ),
        "Status May 21, 2026: paid, unsent",
    ]


def test_a_discount_that_lapsed_is_not_offered_any_more():
    late, status = tables(invoice_text(PAID, locale="en", as_of=may(22)))
    assert late.splitlines()[0].split() == ["Due", "Amount", "Open"]
    assert status == "Status May 22, 2026: part paid, unsent"


def test_what_settles_it_today_counts_what_is_paid():
    paid = INVOICE.record(Payment(eur(100), on=may(2)))
    _, settles, _ = tables(invoice_text(paid, locale="en", as_of=may(2)))
    assert settles == "Paid by May 11, 2026: €1,078.10"
