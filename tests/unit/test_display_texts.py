"""Contracts, invoices, statuses and aging as text, in three languages, to the last space."""

import re
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from textwrap import dedent

import pytest

from milestone_invoicing import (
    REST,
    AgeBy,
    AgingBuckets,
    Applied,
    Approved,
    AtProgress,
    Cancelled,
    DateTypeError,
    Delivered,
    DueDateExtended,
    ExchangeRates,
    Invoice,
    Line,
    Milestone,
    Money,
    OnDate,
    OpenItem,
    OverbillingError,
    Party,
    Payment,
    PaymentTerms,
    Percent,
    Price,
    Refunded,
    Schedule,
    Sent,
    Started,
    Tax,
    TaxCategory,
    UnknownLocaleError,
    Voided,
    Weight,
    WrongTypeError,
    age,
    contract_position,
    invoice_status,
    progress_application,
)
from milestone_invoicing.display import (
    aging_text,
    application_text,
    invoice_text,
    invoices_text,
    position_text,
    schedule_text,
    status_text,
)

NBSP = "\N{NO-BREAK SPACE}"
MAY_1 = date(2026, 5, 1)
ACME = Party("acme", "Acme Ltd")


def eur(amount: str | int) -> Money:
    return Money.of(amount, "EUR")


def plain(text: str) -> str:
    """Return *text* with plain spaces, so that expected tables can be typed."""
    return text.replace(NBSP, " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def block(text: str) -> str:
    """Return an indented block as the lines that it shows."""
    return dedent(text).strip("\n")


def bill(
    number: str = "1", net: str | int = 1000, *, terms: PaymentTerms | None = None, key: str = ""
) -> Invoice:
    line = Line("Audit", 1, eur(net), tax=Tax.standard(21), milestone=key or None)
    return Invoice(number, MAY_1, ACME, [line], terms=terms or PaymentTerms.net(30))


SENT = Sent(on=MAY_1)
HALF = Payment(eur(605), on=date(2026, 5, 4))
TOO_MUCH = Payment(eur(1300), on=date(2026, 5, 4))
MORE_TIME = DueDateExtended(date(2026, 6, 30), "agreed by phone", on=date(2026, 6, 5))
VOID = Voided("wrong client", on=date(2026, 5, 2))


@pytest.mark.parametrize(
    ("facts", "day", "english", "dutch", "french"),
    [
        ([], date(2026, 4, 30), "draft", "concept", "brouillon"),
        ([], MAY_1, "issued, unsent", "opgemaakt, niet verzonden", "émise, non envoyée"),
        ([SENT], MAY_1, "sent", "verzonden", "envoyée"),
        ([SENT], date(2026, 5, 31), "due", "te betalen", "à échéance"),
        (
            [SENT],
            date(2026, 6, 1),
            "overdue (1 day)",
            "achterstallig (1 dag)",
            "en retard (1 jour)",
        ),
        (
            [SENT],
            date(2028, 5, 31),  # 731 days: never in months or years
            "overdue (731 days)",
            "achterstallig (731 dagen)",
            "en retard (731 jours)",
        ),
        ([SENT, HALF], date(2026, 5, 4), "part paid", "deels betaald", "partiellement payée"),
        (
            [SENT, HALF],
            date(2026, 5, 31),
            "due, part paid",
            "te betalen, deels betaald",
            "à échéance, partiellement payée",
        ),
        (
            [HALF],
            date(2026, 6, 2),
            "overdue (2 days), part paid, unsent",
            "achterstallig (2 dagen), deels betaald, niet verzonden",
            "en retard (2 jours), partiellement payée, non envoyée",
        ),
        (
            [MORE_TIME],
            date(2026, 6, 5),
            "issued, extended, unsent",
            "opgemaakt, uitstel verleend, niet verzonden",
            "émise, délai accordé, non envoyée",
        ),
        (
            [SENT, TOO_MUCH],
            date(2026, 5, 4),
            "paid, overpaid €90.00",
            "betaald, te veel betaald € 90,00",
            "payée, trop-perçu 90,00 €",
        ),
        (
            [SENT, TOO_MUCH, Refunded(eur(90), on=date(2026, 5, 6))],
            date(2026, 5, 6),
            "paid",
            "betaald",
            "payée",
        ),
        ([VOID], date(2026, 5, 2), "void", "geannuleerd", "annulée"),
        (
            [VOID, Payment(eur(400), on=MAY_1)],
            date(2026, 5, 2),
            "void, unapplied €400.00",
            "geannuleerd, te verrekenen € 400,00",
            "annulée, non imputé 400,00 €",
        ),
        (
            [Payment(eur(400), on=date(2026, 4, 29))],
            date(2026, 4, 30),
            "draft, unapplied €400.00",
            "concept, te verrekenen € 400,00",
            "brouillon, non imputé 400,00 €",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_status_reads(facts: list[object], day: date, english: str, dutch: str, french: str):
    status = invoice_status(bill().record(*facts), as_of=day)
    read = [plain(status_text(status, locale=locale)) for locale in ("en", "nl_NL", "fr_FR")]
    assert read == [english, dutch, french]


def test_days_are_in_the_language_of_the_label():
    status = invoice_status(bill().record(SENT), as_of=date(2026, 6, 2))
    assert status_text(status, locale="de_DE") == "überfällig (2 Tage)"
    assert status_text(status, locale="sv_SE") == "overdue (2 days)"


def test_a_credit_that_is_open_reads():
    line = Line("Audit", -1, eur(100))
    status = invoice_status(Invoice("1", MAY_1, ACME, [line]).record(SENT), as_of=MAY_1)
    assert plain(status_text(status, locale="nl")) == "openstaand tegoed € 100,00"


def test_a_credit_says_what_of_it_is_left():
    note = Invoice("1", MAY_1, ACME, [Line("Audit", -1, eur(100))])
    for applied, text in ((70, "credit open €30.00"), (100, "credit applied")):
        used = note.record(SENT, Applied(eur(applied), "7", on=MAY_1))
        assert status_text(invoice_status(used, as_of=MAY_1), locale="en") == text


def test_what_is_overpaid_stands_in_the_list_of_invoices_and_in_the_invoice():
    paid = bill().record(SENT, TOO_MUCH)
    day = date(2026, 5, 4)
    for text in (
        invoices_text([paid], as_of=day, locale="en"),
        invoice_text(paid, as_of=day, locale="en"),
    ):
        assert text.endswith("paid, overpaid €90.00")


def contract() -> Schedule:
    """Return a contract with every kind of share, and triggers of several kinds."""
    return Schedule(
        eur(10_000),
        [
            Milestone("plan", "Plan", Percent("12.5")),
            Milestone("build", "Build", eur(2000), trigger=AtProgress(Percent(50))),
            Milestone("test", "Test", Weight(2), trigger=OnDate(date(2026, 7, 1))),
            Milestone("run", "Run", REST, due_on=date(2026, 5, 20)),
        ],
    )


# 12.5 % of 10,000 is 1,250; 10,000 - 1,250 - 2,000 = 6,750 by 2 to 1 is 4,500 and 2,250.
def test_a_schedule_in_english():
    assert schedule_text(contract(), as_of=MAY_1, locale="en_GB") == block("""
        Milestone      Share      Amount  Invoiced when    Status
        ---------  ---------  ----------  ---------------  -------
        Plan           12.5%   €1,250.00  on approval      planned
        Build      €2,000.00   €2,000.00  at 50% progress  planned
        Test        rest x 2   €4,500.00  on 1 Jul 2026    planned
        Run             rest   €2,250.00  on approval      planned
        ---------  ---------  ----------  ---------------  -------
        Total                 €10,000.00
    """)


def test_a_schedule_in_dutch():
    assert plain(schedule_text(contract(), as_of=MAY_1, locale="nl_NL")) == block("""
        Mijlpaal     Aandeel       Bedrag  Factuurmoment      Status
        --------  ----------  -----------  -----------------  -------
        Plan           12,5%   € 1.250,00  bij goedkeuring    gepland
        Build     € 2.000,00   € 2.000,00  bij 50% voortgang  gepland
        Test        rest x 2   € 4.500,00  op 1 jul 2026      gepland
        Run             rest   € 2.250,00  bij goedkeuring    gepland
        --------  ----------  -----------  -----------------  -------
        Totaal                € 10.000,00
    """)


def test_a_schedule_in_french():
    assert plain(schedule_text(contract(), as_of=MAY_1, locale="fr_FR")) == block("""
        Jalon        Part      Montant  Facturation          Statut
        -----  ----------  -----------  -------------------  ------
        Plan       12,5 %   1 250,00 €  à l'approbation      prévu
        Build  2 000,00 €   2 000,00 €  à 50 % d'avancement  prévu
        Test    reste x 2   4 500,00 €  le 1 juil. 2026      prévu
        Run         reste   2 250,00 €  à l'approbation      prévu
        -----  ----------  -----------  -------------------  ------
        Total              10 000,00 €
    """)


def worked() -> Schedule:
    """Return the contract with a milestone in each of four states."""
    return (
        contract()
        .record("plan", Started(on=MAY_1), Delivered(on=MAY_1), Approved("Eve", on=MAY_1))
        .record("build", Started(on=MAY_1), Delivered(on=date(2026, 5, 4)))
        .record("test", Cancelled("not needed", on=date(2026, 5, 4)))
    )


def states(text: str) -> list[str]:
    """Return the last column of the milestones of a schedule."""
    return [re.split(r"\s{2,}", line)[-1] for line in text.splitlines()[2:-2]]


def test_without_invoices_the_last_column_is_the_work():
    text = schedule_text(worked(), as_of=date(2026, 5, 21), locale="en")
    assert states(text) == ["approved", "delivered", "cancelled", "planned"]


def test_with_invoices_the_last_column_is_work_and_money():
    bills = [bill("1", 1250, key="plan"), bill("2", 500, key="build")]
    text = schedule_text(worked(), as_of=date(2026, 5, 21), locale="en", invoices=bills)
    assert states(text) == ["invoiced", "part invoiced", "cancelled", "late"]
    text = schedule_text(worked(), as_of=date(2026, 5, 21), locale="en", invoices=[])
    assert states(text) == ["ready to invoice", "ready to invoice", "cancelled", "late"]


def test_a_schedule_reads_its_invoices_once():
    bills = [bill("1", 1250, key="plan"), bill("2", 500, key="build")]
    text = schedule_text(worked(), as_of=date(2026, 5, 21), locale="en", invoices=iter(bills))
    assert states(text) == ["invoiced", "part invoiced", "cancelled", "late"]


def test_a_title_of_two_lines_stands_on_one():
    schedule = Schedule(eur(1), [Milestone("a", "Plan\nand\tbuild", REST)])
    assert "\nPlan and build   rest" in schedule_text(schedule, as_of=MAY_1, locale="en")


LINES = [
    Line("Design", "7.5", Price("85.505", "EUR"), unit="hour", tax=Tax.standard(21)),
    Line("Screws", 2500, eur(12), unit="pc", base_quantity=1000, tax=Tax.standard(9)),
    Line("Discount", -1, eur("0.50"), tax=Tax.standard(21)),
    Line("Fee", 1, eur(5)),
]


def long_bill() -> Invoice:
    """Return an invoice with all that can stand on one."""
    first, second = PaymentTerms.monthly(2, first_days=14).installments
    return Invoice(
        "2026-07",
        MAY_1,
        Party("acme", "Acme\nLtd", address=("1 High St", "", "York"), tax_id="GB123"),
        LINES,
        seller=Party("me", "Dana Reyes"),
        terms=PaymentTerms([first, second], note="In two parts."),
        note="Thank you.\nSee you soon.\n",
        preceding=["2026-05", "2026-06"],
    ).record(SENT, Payment(eur(500), on=date(2026, 5, 4)))


# 7.5 x 85.505 = 641.2875, so 641.29; 2,500 x 12 / 1,000 = 30; 641.29 + 30 - 0.50 + 5 = 675.79.
# 21 % of 640.79 = 134.5659, so 134.57; 9 % of 30 = 2.70; 675.79 + 134.57 + 2.70 = 813.06, and half
# of it is 406.53: the 500 pay the first instalment and 93.47 of the second, 313.06 are open.
def test_an_invoice_in_english():
    assert invoice_text(long_bill(), locale="en_GB", as_of=date(2026, 6, 16)) == block("""
        Invoice 2026-07
        Issued on: 1 May 2026
        Preceding invoice: 2026-05, 2026-06
        Seller: Dana Reyes
        Buyer: Acme Ltd, 1 High St, York, GB123

        Description  Quantity           Price      Net
        -----------  --------  --------------  -------
        Design       7.5 hour         €85.505  €641.29
        Screws       2,500 pc  €12.00 / 1,000   €30.00
        Discount           -1           €0.50   -€0.50
        Fee                 1           €5.00    €5.00

        Total without tax  €675.79
        Tax 9%               €2.70
        Tax 21%            €134.57
        Payable            €813.06

        Due           Amount     Open
        -----------  -------  -------
        15 May 2026  €406.53    €0.00
        15 Jun 2026  €406.53  €313.06

        In two parts.

        Thank you.
        See you soon.

        Status 16 Jun 2026: overdue (1 day), part paid
    """)


def test_an_invoice_in_dutch():
    assert plain(invoice_text(long_bill(), locale="nl_NL", as_of=date(2026, 6, 16))) == block("""
        Factuur 2026-07
        Factuurdatum: 1 mei 2026
        Voorgaande factuur: 2026-05, 2026-06
        Leverancier: Dana Reyes
        Klant: Acme Ltd, 1 High St, York, GB123

        Omschrijving    Aantal            Prijs     Netto
        ------------  --------  ---------------  --------
        Design        7,5 hour         € 85,505  € 641,29
        Screws        2.500 pc  € 12,00 / 1.000   € 30,00
        Discount            -1           € 0,50   € -0,50
        Fee                  1           € 5,00    € 5,00

        Totaal exclusief btw  € 675,79
        Btw 9%                  € 2,70
        Btw 21%               € 134,57
        Factuurbedrag         € 813,06

        Vervaldatum    Bedrag  Openstaand
        -----------  --------  ----------
        15 mei 2026  € 406,53      € 0,00
        15 jun 2026  € 406,53    € 313,06

        In two parts.

        Thank you.
        See you soon.

        Status 16 jun 2026: achterstallig (1 dag), deels betaald
    """)


def test_an_invoice_in_french_without_a_day():
    assert plain(invoice_text(long_bill(), locale="fr_FR")) == block("""
        Facture 2026-07
        Date d'émission : 1 mai 2026
        Facture antérieure : 2026-05, 2026-06
        Fournisseur : Dana Reyes
        Client : Acme Ltd, 1 High St, York, GB123

        Désignation  Quantité             Prix  Montant HT
        -----------  --------  ---------------  ----------
        Design       7,5 hour         85,505 €    641,29 €
        Screws       2 500 pc  12,00 € / 1 000     30,00 €
        Discount           -1           0,50 €     -0,50 €
        Fee                 1           5,00 €      5,00 €

        Total HT     675,79 €
        TVA 9 %        2,70 €
        TVA 21 %     134,57 €
        Net à payer  813,06 €

        Échéance       Montant
        ------------  --------
        15 mai 2026   406,53 €
        15 juin 2026  406,53 €

        In two parts.

        Thank you.
        See you soon.
    """)


def test_a_draft_has_no_due_dates():
    draft = Invoice(None, None, ACME, [Line("Audit", 1, eur(1000))])
    assert invoice_text(draft, locale="nl", as_of=MAY_1).replace(NBSP, " ") == block("""
        Conceptfactuur
        Klant: Acme Ltd

        Omschrijving  Aantal       Prijs       Netto
        ------------  ------  ----------  ----------
        Audit              1  € 1.000,00  € 1.000,00

        Totaal exclusief btw  € 1.000,00
        Factuurbedrag         € 1.000,00

        Status 1 mei 2026: concept
    """)


def test_a_draft_may_have_its_number():
    draft = Invoice("2026-08", None, ACME, [Line("Audit", 1, eur(1000))])
    assert invoice_text(draft, locale="en").startswith("Draft 2026-08\nBuyer: Acme Ltd\n\n")


def test_on_a_day_before_its_issue_no_instalment_is_due():
    text = invoice_text(bill(), locale="en", as_of=date(2026, 4, 30))
    assert text.endswith("Payable            €1,210.00\n\nStatus Apr 30, 2026: draft")


@pytest.mark.parametrize(
    ("category", "rate", "english", "dutch", "french"),
    [
        ("S", "8.25", "Tax 8.25%", "Btw 8,25%", "TVA 8,25 %"),
        ("Z", 0, "Tax 0%", "Btw 0%", "TVA 0 %"),
        ("E", 0, "Tax (exempt)", "Btw (vrijgesteld)", "TVA (exonération)"),
        ("AE", 0, "Tax (reverse charge)", "Btw (verlegd)", "TVA (autoliquidation)"),
        (
            "K",
            0,
            "Tax (intra-Community supply)",
            "Btw (intracommunautaire levering)",
            "TVA (livraison intracommunautaire)",
        ),
        (
            "G",
            0,
            "Tax (export outside the EU)",
            "Btw (uitvoer buiten de EU)",
            "TVA (exportation hors UE)",
        ),
        ("L", 7, "IGIC 7%", "IGIC 7%", "IGIC 7 %"),
        ("M", 4, "IPSI 4%", "IPSI 4%", "IPSI 4 %"),
    ],
    ids=str,
)
def test_a_tax_is_called(category: str, rate: object, english: str, dutch: str, french: str):
    tax = Tax(TaxCategory[category], Percent(rate))
    invoice = Invoice("1", MAY_1, ACME, [Line("Audit", 1, eur(1000), tax=tax)])
    for locale, title in (("en", english), ("nl", dutch), ("fr", french)):
        lines = plain(invoice_text(invoice, locale=locale)).splitlines()
        assert [line.startswith(f"{title}  ") for line in lines].count(True) == 1


def test_every_tax_category_has_a_title_or_none_is_asked_for():
    for category in set(TaxCategory) - {TaxCategory.O}:
        rate = Percent(5 if category in {TaxCategory.S, TaxCategory.B} else 0)
        line = Line("Audit", 1, eur(1000), tax=Tax(category, rate))
        text = invoice_text(Invoice("1", MAY_1, ACME, [line]), locale="en")
        assert len(text.split("\n\n")[2].splitlines()) == 3


INVOICES = (
    bill("26-01").record(SENT, Payment(eur(1210), on=date(2026, 5, 4))),
    bill("26-02", 10_000).record(SENT, Payment(eur(605), on=date(2026, 5, 4))),
    bill("26-03"),
    Invoice(None, None, ACME, [Line("Audit", 1, eur(1))]),
    Invoice("26-04", date(2026, 6, 3), ACME, [Line("Audit", 1, eur(1))]),
)


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        (
            "en_GB",
            """
            Invoice  Issued on      Payable        Open  Status
            -------  ----------  ----------  ----------  --------------
            26-01    1 May 2026   €1,210.00       €0.00  paid
            26-02    1 May 2026  €12,100.00  €11,495.00  part paid
            26-03    1 May 2026   €1,210.00   €1,210.00  issued, unsent
            """,
        ),
        (
            "nl_NL",
            """
            Factuur  Factuurdatum  Factuurbedrag   Openstaand  Status
            -------  ------------  -------------  -----------  -------------------------
            26-01    1 mei 2026       € 1.210,00       € 0,00  betaald
            26-02    1 mei 2026      € 12.100,00  € 11.495,00  deels betaald
            26-03    1 mei 2026       € 1.210,00   € 1.210,00  opgemaakt, niet verzonden
            """,
        ),
        (
            "fr_FR",
            """
            Facture  Date d'émission  Net à payer     Reste dû  Statut
            -------  ---------------  -----------  -----------  -------------------
            26-01    1 mai 2026        1 210,00 €       0,00 €  payée
            26-02    1 mai 2026       12 100,00 €  11 495,00 €  partiellement payée
            26-03    1 mai 2026        1 210,00 €   1 210,00 €  émise, non envoyée
            """,
        ),
    ],
)
def test_a_list_of_the_invoices_issued_by_then(locale: str, expected: str):
    shown = invoices_text(INVOICES, as_of=date(2026, 5, 10), locale=locale)
    assert plain(shown) == block(expected)


def test_a_list_of_no_invoices_has_its_titles():
    assert invoices_text([], as_of=MAY_1, locale="en") == block("""
        Invoice  Issued on  Payable  Open  Status
        -------  ---------  -------  ----  ------
    """)


def position(schedule: Schedule, *bills: Invoice) -> object:
    return contract_position(schedule, bills, as_of=date(2026, 6, 2))


PAID = Payment(eur(3000), on=date(2026, 5, 4))
FULL = (
    bill("1", 1250, key="plan").record(SENT, PAID),  # 1,512.50 with tax: 1,487.50 too much
    bill("2", 500, key="build").record(VOID),
    bill("3", 100, key="build").record(SENT),
)


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        # 1,250 + 100 invoiced, 500 voided, 4,500 cancelled: 10,000 - 6,350 = 3,650 left.
        (
            "en",
            """
            Without tax: agreed €10,000.00 = invoiced €1,350.00 + awaiting decision €500.00 + \
not yet invoiced €3,650.00 + cancelled €4,500.00
            With tax: payable €1,633.50 = paid €1,512.50 + open €121.00
            Unapplied: €1,487.50
            """,
        ),
        (
            "nl",
            """
            Exclusief btw: overeengekomen € 10.000,00 = gefactureerd € 1.350,00 + \
wacht op beslissing € 500,00 + nog te factureren € 3.650,00 + geschrapt € 4.500,00
            Inclusief btw: gefactureerd € 1.633,50 = betaald € 1.512,50 + openstaand € 121,00
            Te verrekenen: € 1.487,50
            """,
        ),
        (
            "fr",
            """
            HT : convenu 10 000,00 € = facturé 1 350,00 € + en attente de décision 500,00 € + \
reste à facturer 3 650,00 € + abandonné 4 500,00 €
            TTC : facturé 1 633,50 € = payé 1 512,50 € + reste dû 121,00 €
            Non imputé : 1 487,50 €
            """,
        ),
    ],
)
def test_a_position_with_every_term(locale: str, expected: str):
    assert plain(position_text(position(worked(), *FULL), locale=locale)) == block(expected)


def test_a_position_without_invoices_leaves_terms_of_zero_out():
    assert position_text(position(contract()), locale="en") == block("""
        Without tax: agreed €10,000.00 = not yet invoiced €10,000.00
        With tax: payable €0.00
    """)


def test_a_position_of_an_empty_contract_is_an_equation_of_zero():
    schedule = Schedule(eur(0), [Milestone("gate", "Gate", REST)])
    assert position_text(position(schedule), locale="en") == block("""
        Without tax: agreed €0.00
        With tax: payable €0.00
    """)


ITEMS = (
    OpenItem("1", "acme", date(2026, 5, 31), eur(1000)),
    OpenItem("2", "acme", date(2026, 5, 30), eur("0.01")),
    OpenItem("3", "brood", None, eur(50)),
    OpenItem("4", "brood", None, eur(-20)),
    OpenItem("5", "brood", date(2026, 1, 1), Money.of(7, "JPY")),
)


def test_an_aging_report_with_every_column():
    text = aging_text(
        age(ITEMS, as_of=date(2026, 5, 31)), locale="en_GB", names={"acme": "Acme Ltd"}
    )
    assert text == block("""
        31 May 2026    Current   1-30  31-60  61-90    91+  Undated  Unapplied    Balance
        -----------  ---------  -----  -----  -----  -----  -------  ---------  ---------
        Acme Ltd     €1,000.00  €0.01  €0.00  €0.00  €0.00    €0.00      €0.00  €1,000.01
        brood            €0.00  €0.00  €0.00  €0.00  €0.00   €50.00    -€20.00     €30.00
        brood             JP¥0   JP¥0   JP¥0   JP¥0   JP¥7     JP¥0       JP¥0       JP¥7
        -----------  ---------  -----  -----  -----  -----  -------  ---------  ---------
        Total EUR    €1,000.00  €0.01  €0.00  €0.00  €0.00   €50.00    -€20.00  €1,030.01
        Total JPY         JP¥0   JP¥0   JP¥0   JP¥0   JP¥7     JP¥0       JP¥0       JP¥7
    """)


def test_an_aging_report_in_dutch():
    items = [*ITEMS[:2], OpenItem("4", "acme", None, eur(-20))]
    report = age(items, as_of=date(2026, 5, 31), buckets=AgingBuckets((30,)))
    assert plain(aging_text(report, locale="nl")) == block("""
        31 mei 2026  Niet vervallen    1-30     31+  Te verrekenen     Saldo
        -----------  --------------  ------  ------  -------------  --------
        acme             € 1.000,00  € 0,01  € 0,00       € -20,00  € 980,01
        -----------  --------------  ------  ------  -------------  --------
        Totaal EUR       € 1.000,00  € 0,01  € 0,00       € -20,00  € 980,01
    """)


def test_an_aging_report_shows_seldom_columns_only_where_one_has_an_amount():
    report = age(ITEMS[:3:2], as_of=date(2026, 5, 31), buckets=AgingBuckets((30,)))
    assert plain(aging_text(report, locale="fr")) == block("""
        31 mai 2026    Non échu    1-30     31+  Sans échéance       Solde
        -----------  ----------  ------  ------  -------------  ----------
        acme         1 000,00 €  0,00 €  0,00 €         0,00 €  1 000,00 €
        brood            0,00 €  0,00 €  0,00 €        50,00 €     50,00 €
        -----------  ----------  ------  ------  -------------  ----------
        Total EUR    1 000,00 €  0,00 €  0,00 €        50,00 €  1 050,00 €
    """)


def test_an_aging_report_by_owner_with_what_is_disputed_in_one_currency():
    items = [
        OpenItem("1", "acme", date(2026, 5, 31), eur(100), owner="Eve"),
        OpenItem("2", "acme", date(2026, 5, 31), Money.of(200, "JPY"), disputed=True),
    ]
    report = age(
        items,
        as_of=date(2026, 5, 31),
        buckets=AgingBuckets((30,)),
        by=AgeBy.OWNER,
        disputed_apart=True,
    )
    rates = ExchangeRates("EUR", {"JPY": "0.0062", "USD": Fraction(1, 3)}, date(2026, 5, 29))
    assert aging_text(report.converted(rates), locale="en_GB") == block("""
        31 May 2026  Current   1-30    31+  Disputed  Balance
        -----------  -------  -----  -----  --------  -------
        unassigned     €0.00  €0.00  €0.00     €1.24    €1.24
        Eve          €100.00  €0.00  €0.00     €0.00  €100.00
        -----------  -------  -----  -----  --------  -------
        Total EUR    €100.00  €0.00  €0.00     €1.24  €101.24
        29 May 2026
        1 JPY = 0.0062 EUR
        1 USD = 1/3 EUR
    """)


def test_names_may_name_what_has_no_key():
    items = [OpenItem("1", "acme", date(2026, 5, 31), eur(100))]
    report = age(items, as_of=date(2026, 5, 31), by=AgeBy.OWNER)
    lines = aging_text(report, locale="nl", names={None: "niemand"}).splitlines()
    assert lines[2].startswith("niemand ")


def test_an_aging_report_of_nothing_has_its_titles():
    report = age([], as_of=date(2026, 5, 31), buckets=AgingBuckets((30,)))
    assert aging_text(report, locale="en") == block("""
        May 31, 2026  Current  1-30  31+  Balance
        ------------  -------  ----  ---  -------
    """)


STATUS = invoice_status(bill(), as_of=MAY_1)
REPORT = age(ITEMS, as_of=MAY_1)
APPLICATION = progress_application(contract(), number="1", as_of=MAY_1)
TEXTS: dict[str, Callable[[str], str]] = {
    "status": lambda locale: status_text(STATUS, locale=locale),
    "schedule": lambda locale: schedule_text(contract(), as_of=MAY_1, locale=locale),
    "invoice": lambda locale: invoice_text(bill(), locale=locale),
    "invoices": lambda locale: invoices_text([], as_of=MAY_1, locale=locale),
    "position": lambda locale: position_text(position(contract()), locale=locale),
    "aging": lambda locale: aging_text(REPORT, locale=locale),
    "application": lambda locale: application_text(APPLICATION, locale=locale),
}
each_text = pytest.mark.parametrize("name", TEXTS)


@each_text
def test_an_unknown_locale_is_refused(name: str):
    message = """a locale is not known: expected a CLDR locale such as "nl_NL" or "en", got 'xx'"""
    with pytest.raises(UnknownLocaleError, match=f"^{re.escape(message)}$"):
        TEXTS[name]("xx")
    with pytest.raises(WrongTypeError, match=r"^the locale is of the wrong type: expected str, "):
        TEXTS[name](["en"])


@each_text
def test_the_machine_is_not_asked(name: str, monkeypatch: pytest.MonkeyPatch):
    before = [TEXTS[name](locale) for locale in ("ar", "nl")]
    for variable, value in {"LC_ALL": "ar_EG.UTF-8", "LANGUAGE": "ar", "TZ": "Asia/Tokyo"}.items():
        monkeypatch.setenv(variable, value)
    assert [TEXTS[name](locale) for locale in ("ar", "nl")] == before


@each_text
@pytest.mark.parametrize("locale", ["ar", "fa", "hi", "de_CH", "ja", "zh_Hant", "he", "root"])
def test_other_languages_read_english_with_their_own_amounts(name: str, locale: str):
    text = TEXTS[name](locale)
    assert text
    assert not any(line != line.rstrip() for line in text.splitlines())


NOON = datetime(2026, 5, 1, 12)  # a zone would not make it a date
REFUSED_DAY = (
    "as_of is not a plain date: expected datetime.date, got 2026-05-01 12:00:00; "
    "call .date() on a datetime"
)


def refused(error: type[Exception], call: Callable[[], str], message: str) -> object:
    return pytest.param(error, call, f"^{re.escape(message)}$", id=message)


@pytest.mark.parametrize(
    ("error", "call", "message"),
    [
        refused(
            WrongTypeError,
            lambda: status_text("paid", locale="en"),
            "the status is of the wrong type: expected InvoiceStatus, got 'paid'",
        ),
        refused(
            WrongTypeError,
            lambda: schedule_text([], as_of=MAY_1, locale="en"),
            "the schedule is of the wrong type: expected Schedule, got []",
        ),
        refused(
            DateTypeError,
            lambda: schedule_text(contract(), as_of=NOON, locale="en"),
            REFUSED_DAY,
        ),
        refused(
            WrongTypeError,
            lambda: schedule_text(contract(), as_of=MAY_1, locale="en", invoices=1),
            "invoices is not a collection: expected a list or tuple, got 1",
        ),
        refused(
            WrongTypeError,
            lambda: schedule_text(contract(), as_of=MAY_1, locale="en", invoices=["1"]),
            "invoices[0] is of the wrong type: expected Invoice, got '1'",
        ),
        refused(
            OverbillingError,
            lambda: schedule_text(
                contract(), as_of=MAY_1, locale="en", invoices=[bill("1", 1251, key="plan")]
            ),
            "more is invoiced of milestone 'plan' than was agreed: "
            "expected at most EUR 1250.00, got EUR 1251.00 on 1",
        ),
        refused(
            WrongTypeError,
            lambda: invoice_text(1, locale="en"),
            "the invoice is of the wrong type: expected Invoice, got 1",
        ),
        refused(DateTypeError, lambda: invoice_text(bill(), locale="en", as_of=NOON), REFUSED_DAY),
        refused(
            WrongTypeError,
            lambda: invoices_text(bill(), as_of=MAY_1, locale="en"),
            "invoices is not a collection: expected a list or tuple, got " + str(bill()),
        ),
        refused(DateTypeError, lambda: invoices_text([], as_of=NOON, locale="en"), REFUSED_DAY),
        refused(
            WrongTypeError,
            lambda: position_text(None, locale="en"),
            "the position is of the wrong type: expected ContractPosition, got None",
        ),
        refused(
            WrongTypeError,
            lambda: application_text("1", locale="en"),
            "the application is of the wrong type: expected ProgressApplication, got '1'",
        ),
        refused(
            WrongTypeError,
            lambda: aging_text([], locale="en"),
            "the report is of the wrong type: expected AgingReport, got []",
        ),
        refused(
            WrongTypeError,
            lambda: aging_text(REPORT, locale="en", names=["Acme"]),
            "names is of the wrong type: expected Mapping or None, got ['Acme']",
        ),
        refused(
            WrongTypeError,
            lambda: aging_text(REPORT, locale="en", names={"acme": 7}),
            "the name of 'acme' is of the wrong type: expected str, got 7",
        ),
    ],
)
def test_bad_input_is_refused(error: type[Exception], call: Callable[[], str], message: str):
    with pytest.raises(error, match=message):
        call()
