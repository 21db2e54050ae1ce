"""Statements and summaries as text, in four languages, to the last space."""

import re
from datetime import date
from textwrap import dedent

import pytest

from milestone_invoicing import (
    Applied,
    Assigned,
    BlankTextError,
    Disputed,
    OnAccount,
    Party,
    Payment,
    PaymentTerms,
    Promised,
    Statement,
    UnknownLocaleError,
    WrongTypeError,
    apply_on_account,
    receivables_summary,
    statement,
)
from milestone_invoicing.display import statement_text, summary_text
from tests.unit.bills import bill, eur, june, may

NBSP = "\N{NO-BREAK SPACE}"
PAID = Payment(eur(300), reference="bank 17", on=may(12))
MONEY = OnAccount("acme", eur(500), may(4), "bank 17", [Applied(eur(300), "1", on=may(12))])
BILLS = [
    bill(1000, PAID, held=eur(100), terms=PaymentTerms.net(10)),
    bill(50, number="2", issued_on=may(20)),
]


def plain(text: str) -> str:
    return text.replace(NBSP, " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def block(text: str) -> str:
    return dedent(text).strip("\n")


def told(since: date = may(2)) -> Statement:  # noqa: B008  # a date never changes
    return statement("acme", BILLS, since=since, until=may(31), on_account=[MONEY])


def test_a_statement_goes_from_balance_to_balance():
    text = plain(statement_text(told(), locale="nl", name="Acme\nBV"))
    assert text == block(
        """
        Rekeningoverzicht Acme BV

        Datum        Mutatie                               Nummer  Kenmerk     Bedrag       Saldo
        -----------  ------------------------------------  ------  -------  ---------  ----------
        2 mei 2026   Beginsaldo                                                        € 1.000,00
        4 mei 2026   vooruitbetaling                               bank 17  € -500,00    € 500,00
        12 mei 2026  vooruitbetaling verrekend (€ 300,00)  1       bank 17     € 0,00    € 500,00
        20 mei 2026  factuur                               2                  € 50,00    € 550,00
        -----------  ------------------------------------  ------  -------  ---------  ----------
        31 mei 2026  Eindsaldo                                                           € 550,00
                     Ingehouden                                                          € 100,00
        """
    )


def test_its_open_items_are_listed_and_aged():
    text = plain(statement_text(told(), locale="en_GB", name="Acme", open_items=True))
    assert text == block(
        """
        Statement Acme

        Number   Issued on    Due          Days overdue      Open
        -------  -----------  -----------  ------------  --------
        1        1 May 2026   11 May 2026            20   €600.00
        2        20 May 2026  19 Jun 2026                  €50.00
        bank 17  4 May 2026                              -€200.00
        -------  -----------  -----------  ------------  --------
                                               Retained   €100.00
                                                Balance   €550.00

        31 May 2026  Current     1-30  31-60  61-90    91+  Retained  Unapplied  Balance
        -----------  -------  -------  -----  -----  -----  --------  ---------  -------
        Acme          €50.00  €600.00  €0.00  €0.00  €0.00   €100.00   -€200.00  €550.00
        -----------  -------  -------  -----  -----  -----  --------  ---------  -------
        Total EUR     €50.00  €600.00  €0.00  €0.00  €0.00   €100.00   -€200.00  €550.00
        """
    )


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "on account applied"),
        ("nl", "vooruitbetaling verrekend"),
        ("fr", "acompte imputé"),
        ("de", "Akontozahlung verrechnet"),
    ],
)
def test_money_on_account_without_a_reference_is_told_in_the_language(locale: str, said: str):
    money = OnAccount("acme", eur(500), may(4))
    money, bills = apply_on_account(money, [bill(300)], "1", on=may(12))
    # With the money on account the movement says it all.
    both = statement("acme", bills, since=may(2), until=may(31), on_account=[money])
    cells = re.split("  +", plain(statement_text(both, locale=locale)).splitlines()[6])
    assert cells[1].startswith(said)
    assert cells[2] == "1"
    assert len(cells) == 5
    # Without it there is a payment of which nothing else is known.
    alone = statement("acme", bills, since=may(2), until=may(31))
    cells = re.split("  +", plain(statement_text(alone, locale=locale)).splitlines()[5])
    assert cells[2:4] == ["1", said]


@pytest.mark.parametrize(
    ("fact", "reference"),
    [
        (Payment(eur(300), "on account", "on account", on=may(4)), "on account"),
        (Payment(eur(300), "card", "on account", on=may(4)), "on account"),
        (Payment(eur(300), "on account", "bank 17", on=may(4)), "bank 17"),
        (Payment(eur(300), "card", on=may(4)), "card"),
    ],
    ids=str,
)
def test_words_of_your_own_are_left_as_they_are(fact: Payment, reference: str):
    told = statement("acme", [bill(300, fact)], since=may(2), until=may(31))
    cells = re.split("  +", statement_text(told, locale="nl").splitlines()[5])
    assert cells[3] == reference


def test_without_a_name_the_key_is_shown_and_what_is_due_today_is_not_late():
    due = bill(70, terms=PaymentTerms.net(30))
    today = statement("acme", [due], since=may(1), until=may(31))
    first, *_ = statement_text(today, locale="en").splitlines()
    assert first == "Statement acme"
    rows = statement_text(today, locale="en", open_items=True).splitlines()
    assert rows[4] == "1       May 1, 2026  May 31, 2026                €70.00"
    assert "acme" in rows[-3]
    tomorrow = statement("acme", [due], since=may(1), until=june(1))
    rows = statement_text(tomorrow, locale="en", open_items=True).splitlines()
    assert rows[4] == "1       May 1, 2026  May 31, 2026             1  €70.00"


def test_what_came_before_its_invoice_has_no_issue_date_yet():
    early = bill(70, Payment(eur(20), on=may(1)), issued_on=june(1))
    text = statement_text(
        statement("acme", [early], since=may(1), until=may(31)), locale="en", open_items=True
    )
    assert text.splitlines()[4] == "1                                     -€20.00"


def test_a_client_of_whom_nothing_is_known_has_a_title_alone():
    empty = statement("acme", [], since=may(1), until=may(31))
    assert statement_text(empty, locale="fr") == "Relevé de compte acme"
    assert statement_text(empty, locale="de", open_items=True) == "Kontoauszug acme"


def test_a_client_who_paid_all_has_no_aging():
    paid = bill(70, Payment(eur(70), on=may(2)))
    text = statement_text(
        statement("acme", [paid], since=may(1), until=may(31)), locale="en", open_items=True
    )
    assert text.endswith("Balance  €0.00")


SUMMARY = receivables_summary(
    [
        *BILLS,
        bill(80, Assigned("Dana", on=may(2)), number="3", buyer=Party("bolt", "Bolt")),
    ],
    as_of=may(31),
    on_account=[MONEY],
)


def test_a_summary_has_a_line_for_each_client_and_the_totals():
    text = plain(summary_text(SUMMARY, locale="en_GB", names={"acme": "Acme Ltd"}))
    assert text == block(
        """
        31 May 2026  Overdue  This week  Up to 30 days  Later     Open  Retained  Unapplied  Balance  Due next month  Overdue invoices
        -----------  -------  ---------  -------------  -----  -------  --------  ---------  -------  --------------  ----------------
        Acme Ltd     €600.00      €0.00         €50.00  €0.00  €650.00   €100.00   -€200.00  €550.00          €50.00                 1
        bolt           €0.00     €80.00          €0.00  €0.00   €80.00     €0.00      €0.00   €80.00           €0.00                 0
        -----------  -------  ---------  -------------  -----  -------  --------  ---------  -------  --------------  ----------------
        Total EUR    €600.00     €80.00         €50.00  €0.00  €730.00   €100.00   -€200.00  €630.00          €50.00                 1
        """  # noqa: E501  # as wide as it is
    )


@pytest.mark.parametrize(
    ("locale", "titles"),
    [
        ("en", "Overdue This week Up to 30 days Later Open"),
        ("nl", "Achterstallig Deze week Tot 30 dagen Later Openstaand"),
        ("fr", "En retard Cette semaine Sous 30 jours Plus tard Reste dû"),
        ("de", "Überfällig Diese Woche Bis 30 Tage Später Offen"),
    ],
)
def test_owners_are_shown_instead_and_what_has_none_has_a_word(locale: str, titles: str):
    lines = plain(summary_text(SUMMARY, locale=locale, by_owner=True)).splitlines()
    assert titles in re.sub(" +", " ", lines[0])
    unassigned = {
        "en": "unassigned",
        "nl": "niet toegewezen",
        "fr": "non attribué",
        "de": "nicht zugewiesen",
    }
    assert [line.split("  ")[0] for line in lines[2:4]] == [unassigned[locale], "Dana"]


def test_names_may_name_what_nobody_looks_after():
    text = summary_text(SUMMARY, locale="en", by_owner=True, names={None: "nobody"})
    assert [line.split("  ")[0] for line in text.splitlines()[2:4]] == ["nobody", "Dana"]


def test_without_money_left_over_there_is_no_balance():
    held = receivables_summary([bill(80, held=eur(5))], as_of=may(4))
    titles = summary_text(held, locale="en").splitlines()[0]
    assert re.split("  +", titles)[5:] == ["Open", "Retained", "Overdue invoices"]


@pytest.mark.parametrize(
    ("locale", "title"),
    [
        ("en", "Due next month"),
        ("nl", "Vervalt volgende maand"),
        ("fr", "À échoir le mois prochain"),
        ("de", "Fällig nächsten Monat"),
    ],
)
def test_what_is_due_next_month_says_due(locale: str, title: str):
    assert title in re.split("  +", summary_text(SUMMARY, locale=locale).splitlines()[0])


def test_seldom_columns_are_shown_where_they_have_an_amount():
    some = bill(80, Disputed("x", eur(5), on=may(2)), Promised(june(1), on=may(3)))
    titles = summary_text(receivables_summary([some], as_of=may(4)), locale="en").splitlines()[0]
    shown = ["Open", "Disputed", "Promised", "Overdue invoices"]
    assert re.split("  +", titles)[5:] == shown


REFUSED = {
    "no statement": (
        lambda: statement_text("x", locale="en"),
        WrongTypeError,
        "the statement is of the wrong type: expected Statement, got 'x'",
    ),
    "no name": (
        lambda: statement_text(told(), locale="en", name=7),
        WrongTypeError,
        "the name of the client is of the wrong type: expected str or None, got 7",
    ),
    "no choice of form": (
        lambda: statement_text(told(), locale="en", open_items=1),
        WrongTypeError,
        "open_items is of the wrong type: expected bool, got 1",
    ),
    "no summary": (
        lambda: summary_text("x", locale="en"),
        WrongTypeError,
        "the summary is of the wrong type: expected ReceivablesSummary, got 'x'",
    ),
    "a blank name": (
        lambda: statement_text(told(), locale="en", name=""),
        BlankTextError,
        "the name of the client is blank: expected some text, got ''",
    ),
    "no names": (
        lambda: summary_text(SUMMARY, locale="en", names=["x"]),
        WrongTypeError,
        "names is of the wrong type: expected Mapping or None, got ['x']",
    ),
    "a name that is none": (
        lambda: summary_text(SUMMARY, locale="en", names={"acme": 7}),
        WrongTypeError,
        "the name of 'acme' is of the wrong type: expected str, got 7",
    ),
    "no choice of rows": (
        lambda: summary_text(SUMMARY, locale="en", by_owner=None),
        WrongTypeError,
        "by_owner is of the wrong type: expected bool, got None",
    ),
    "no language": (
        lambda: statement_text(told(), locale="xx"),
        UnknownLocaleError,
        "",
    ),
}


@pytest.mark.parametrize(("ask", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_refusals(ask, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        ask()
