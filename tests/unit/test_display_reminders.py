"""Reminders as letters in four languages, to the last space."""

from datetime import date, timedelta
from textwrap import dedent

import attrs
import pytest

from milestone_invoicing import (
    ArgumentsError,
    Audience,
    DuePart,
    Invoice,
    Line,
    Money,
    Party,
    PaymentTerms,
    Reminder,
    ReminderPolicy,
    ReminderStep,
    Sent,
    UnknownLocaleError,
    WrongTypeError,
    due_reminders,
)
from milestone_invoicing.display import reminder_subject, reminder_text

NBSP = "\N{NO-BREAK SPACE}"
FRENCH = f"1\N{NARROW NO-BREAK SPACE}000,00{NBSP}€"
ACME = Party("acme", "Acme Ltd")


def reminder(
    days: int,
    *,
    number: str = "2026-01",
    count: int = 1,
    final: bool = False,
    audience: Audience = Audience.CLIENT,
    owner: str | None = None,
) -> Reminder:
    """Return a reminder of 1,000.00 due so many days before 10 June 2026."""
    on = date(2026, 6, 10)
    due_on = on - timedelta(days)
    terms = PaymentTerms.net((due_on - date(2026, 5, 1)).days)
    line = Line("Work", 1, Money.of(1000, "EUR"))
    invoice = Invoice(number, date(2026, 5, 1), ACME, [line], terms=terms, owner=owner)
    policy = ReminderPolicy([ReminderStep(days, audience, level=1)])
    (found,) = due_reminders([invoice.record(Sent(on=date(2026, 5, 1)))], policy, as_of=on)
    return attrs.evolve(found, count=count, final=final)


SUBJECTS = [
    (
        reminder(-2),
        "Payment due soon: invoice 2026-01",
        "Binnenkort te betalen: factuur 2026-01",
        f"Échéance prochaine{NBSP}: facture 2026-01",
        "Zahlung bald fällig: Rechnung 2026-01",
    ),
    (
        reminder(0),
        "Payment due today: invoice 2026-01",
        "Vandaag te betalen: factuur 2026-01",
        f"Échéance ce jour{NBSP}: facture 2026-01",
        "Zahlung heute fällig: Rechnung 2026-01",
    ),
    (
        reminder(1),
        "Payment reminder: invoice 2026-01",
        "Betalingsherinnering: factuur 2026-01",
        f"Rappel de paiement{NBSP}: facture 2026-01",
        "Zahlungserinnerung: Rechnung 2026-01",
    ),
    (
        reminder(7, count=2),
        "Second payment reminder: invoice 2026-01",
        "Tweede betalingsherinnering: factuur 2026-01",
        f"Deuxième rappel de paiement{NBSP}: facture 2026-01",
        "Zweite Zahlungserinnerung: Rechnung 2026-01",
    ),
    (
        reminder(9, count=4),
        "Another payment reminder: invoice 2026-01",
        "Opnieuw een betalingsherinnering: factuur 2026-01",
        f"Nouveau rappel de paiement{NBSP}: facture 2026-01",
        "Weitere Zahlungserinnerung: Rechnung 2026-01",
    ),
    (
        reminder(14, count=2, final=True),
        "Final payment reminder: invoice 2026-01",
        "Laatste betalingsherinnering: factuur 2026-01",
        f"Dernier rappel de paiement{NBSP}: facture 2026-01",
        "Letzte Zahlungserinnerung: Rechnung 2026-01",
    ),
    (
        reminder(-2, audience=Audience.OWNER),
        "Payment due soon: invoice 2026-01, Acme Ltd",
        "Binnenkort te betalen: factuur 2026-01, Acme Ltd",
        f"Échéance prochaine{NBSP}: facture 2026-01, Acme Ltd",
        "Zahlung bald fällig: Rechnung 2026-01, Acme Ltd",
    ),
    (
        reminder(30, audience=Audience.FINANCE, count=3, final=True),
        "Overdue payment: invoice 2026-01, Acme Ltd",
        "Achterstallige betaling: factuur 2026-01, Acme Ltd",
        f"Paiement en retard{NBSP}: facture 2026-01, Acme Ltd",
        "Überfällige Zahlung: Rechnung 2026-01, Acme Ltd",
    ),
]


@pytest.mark.parametrize(("found", "english", "dutch", "french", "german"), SUBJECTS)
def test_the_subject_says_how_urgent_it_is(
    found: Reminder, english: str, dutch: str, french: str, german: str
):
    written = [reminder_subject(found, locale=locale) for locale in ("en", "nl_BE", "fr", "de_AT")]
    assert written == [english, dutch, french, german]


@pytest.mark.parametrize(
    ("locale", "subject"),
    [
        ("en", "Payment reminder: invoices 26-01, 26-02"),
        ("nl", "Betalingsherinnering: facturen 26-01, 26-02"),
        ("fr", f"Rappel de paiement{NBSP}: factures 26-01, 26-02"),
        ("de", "Zahlungserinnerung: Rechnungen 26-01, 26-02"),
        ("es", "Payment reminder: invoices 26-01, 26-02"),
    ],
)
def test_the_subject_of_a_letter_of_several_names_invoices(locale: str, subject: str):
    letter = [reminder(1, number="26-01"), reminder(1, number="26-02")]
    assert reminder_subject(letter, locale=locale) == subject


def test_the_subject_to_owners_names_invoices_too():
    letter = [reminder(1, number=number, audience=Audience.OWNER) for number in ("1", "2")]
    assert (
        reminder_subject(letter, locale="nl") == "Achterstallige betaling: facturen 1, 2, Acme Ltd"
    )


TEXTS = [
    (
        reminder(-2),
        """
        A friendly reminder: the following will be due soon.

        Invoice 2026-01: €1,000.00, due on Jun 12, 2026 (in 2 days)

        Thank you for paying in time.
        """,
    ),
    (
        reminder(0),
        """
        The following is due today.

        Invoice 2026-01: €1,000.00, due on Jun 10, 2026 (today)

        Thank you for paying in time.
        """,
    ),
    (
        reminder(1),
        """
        We have not received the following yet; it may have escaped your attention.

        Invoice 2026-01: €1,000.00, due on Jun 9, 2026 (1 day late)

        Please pay now. If you have paid already, please disregard this message.
        """,
    ),
    (
        reminder(3, count=2),
        """
        We reminded you before, and have not received the following yet.

        Invoice 2026-01: €1,000.00, due on Jun 7, 2026 (3 days late)

        Please pay now, or tell us what keeps you from paying.
        """,
    ),
    (
        reminder(3, count=3),
        """
        We reminded you before, and have not received the following yet.

        Invoice 2026-01: €1,000.00, due on Jun 7, 2026 (3 days late)

        Please pay now, or tell us what keeps you from paying.
        """,
    ),
    (
        reminder(40, count=3, final=True),
        """
        Despite our reminders we have not received the following.

        Invoice 2026-01: €1,000.00, due on May 1, 2026 (40 days late)

        This is our last reminder. If you do not pay now, we will take further steps.
        """,
    ),
    (
        reminder(-1, audience=Audience.OWNER, owner="Dana"),
        """
        The following will be due soon.

        Invoice 2026-01: €1,000.00, due on Jun 11, 2026 (in 1 day)

        Buyer: Acme Ltd
        Owner: Dana
        """,
    ),
    (
        reminder(0, audience=Audience.MANAGEMENT),
        """
        The following is due today.

        Invoice 2026-01: €1,000.00, due on Jun 10, 2026 (today)

        Buyer: Acme Ltd
        """,
    ),
    (
        reminder(5, audience=Audience.OWNER),
        """
        The following is overdue.

        Invoice 2026-01: €1,000.00, due on Jun 5, 2026 (5 days late)

        Buyer: Acme Ltd

        Please follow up with the client.
        """,
    ),
    (
        reminder(30, audience=Audience.FINANCE, owner="Dana", count=2, final=True),
        """
        The following is overdue.

        Invoice 2026-01: €1,000.00, due on May 11, 2026 (30 days late)

        Buyer: Acme Ltd
        Owner: Dana

        Please decide how to go on.
        """,
    ),
]


@pytest.mark.parametrize(("found", "text"), TEXTS)
def test_the_text_says_what_is_asked_of_whom(found: Reminder, text: str):
    assert reminder_text(found, locale="en") == dedent(text).strip()
    assert reminder_text([found], locale="en") == reminder_text(found, locale="en")


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        (
            "nl_NL",
            f"""
            Wij hebben u al eerder herinnerd, en het volgende nog niet ontvangen.

            Factuur 2026-01: €{NBSP}1.000,00, vervaldatum 7 jun 2026 (3 dagen te laat)

            Wilt u nu betalen, of ons laten weten waarom dat niet lukt?
            """,
        ),
        (
            "fr_FR",
            f"""
            Nous vous avons déjà relancé, et n'avons pas encore reçu ce qui suit.

            Facture 2026-01{NBSP}: {FRENCH}, échéance 7 juin 2026 (3{NBSP}jours de retard)

            Merci de payer sans délai, ou de nous dire ce qui vous en empêche.
            """,
        ),
        (
            "de_DE",
            f"""
            Wir haben Sie bereits erinnert, und Folgendes noch nicht erhalten.

            Rechnung 2026-01: 1.000,00{NBSP}€, fällig am 07.06.2026 (3 Tage überfällig)

            Bitte zahlen Sie jetzt, oder teilen Sie uns mit, was Sie daran hindert.
            """,
        ),
    ],
)
def test_the_text_in_other_languages(locale: str, text: str):
    assert reminder_text(reminder(3, count=2), locale=locale) == dedent(text).strip()


@pytest.mark.parametrize(
    ("days", "locale", "words"),
    [
        (-1, "nl", "(over 1 dag)"),
        (-2, "fr", "(dans 2 jours)"),
        (-2, "de", "(in 2 Tagen)"),
        (0, "nl", "(vandaag)"),
        (0, "fr", "(aujourd'hui)"),
        (0, "de", "(heute)"),
        (400, "en", "(400 days late)"),
    ],
)
def test_days_are_counted_in_days(days: int, locale: str, words: str):
    due = DuePart(date(2026, 6, 10) - timedelta(days), Money.of(1000, "EUR"))
    found = attrs.evolve(reminder(0), parts=(due,))
    assert words in reminder_text(found, locale=locale)


def test_a_letter_has_a_section_for_each_tone_and_ends_as_the_most_urgent_asks():
    letter = [
        reminder(-2, number="3"),
        reminder(14, number="1", count=2),
        reminder(9, number="2", count=3),
        reminder(3, number="4"),
    ]
    text = """
    We reminded you before, and have not received the following yet.

    Invoice 1: €1,000.00, due on May 27, 2026 (14 days late)
    Invoice 2: €1,000.00, due on Jun 1, 2026 (9 days late)

    We have not received the following yet; it may have escaped your attention.

    Invoice 4: €1,000.00, due on Jun 7, 2026 (3 days late)

    A friendly reminder: the following will be due soon.

    Invoice 3: €1,000.00, due on Jun 12, 2026 (in 2 days)

    Total: €4,000.00

    Please pay now, or tell us what keeps you from paying.
    """
    assert reminder_text(letter, locale="en") == dedent(text).strip()
    assert reminder_subject(letter, locale="en") == "Another payment reminder: invoices 3, 1, 2, 4"


def in_parts(*days: int) -> Reminder:
    """Return a reminder of parts of 1,000.00, each due so many days before 10 June 2026."""
    on, amount = date(2026, 6, 10), Money.of(1000, "EUR")
    parts = tuple(DuePart(on - timedelta(each), amount) for each in days)
    return attrs.evolve(reminder(1), parts=parts)


@pytest.mark.parametrize(
    ("locale", "lines"),
    [
        (
            "en",
            """
            Invoice 2026-01: €3,000.00
            - €1,000.00, due on Apr 6, 2026 (65 days late)
            - €1,000.00, due on Jun 9, 2026 (1 day late)
            - €1,000.00, due on Jun 10, 2026 (today)
            """,
        ),
        (
            "nl",
            f"""
            Factuur 2026-01: €{NBSP}3.000,00
            - €{NBSP}1.000,00, vervaldatum 6 apr 2026 (65 dagen te laat)
            - €{NBSP}1.000,00, vervaldatum 9 jun 2026 (1 dag te laat)
            - €{NBSP}1.000,00, vervaldatum 10 jun 2026 (vandaag)
            """,
        ),
        (
            "fr",
            f"""
            Facture 2026-01{NBSP}: {FRENCH.replace("1", "3", 1)}
            - {FRENCH}, échéance 6 avr. 2026 (65{NBSP}jours de retard)
            - {FRENCH}, échéance 9 juin 2026 (1{NBSP}jour de retard)
            - {FRENCH}, échéance 10 juin 2026 (aujourd'hui)
            """,
        ),
        (
            "de",
            f"""
            Rechnung 2026-01: 3.000,00{NBSP}€
            - 1.000,00{NBSP}€, fällig am 06.04.2026 (65 Tage überfällig)
            - 1.000,00{NBSP}€, fällig am 09.06.2026 (1 Tag überfällig)
            - 1.000,00{NBSP}€, fällig am 10.06.2026 (heute)
            """,
        ),
    ],
)
def test_each_part_stands_with_its_own_due_date(locale: str, lines: str):
    assert f"\n\n{dedent(lines).strip()}\n\n" in reminder_text(in_parts(65, 1, 0), locale=locale)


def test_parts_stand_below_their_invoice():
    text = """
    Invoice 1: €1,000.00, due on Jun 7, 2026 (3 days late)
    Invoice 2026-01: €2,000.00
    - €1,000.00, due on Jun 1, 2026 (9 days late)
    - €1,000.00, due on Jun 9, 2026 (1 day late)
    Invoice 3: €1,000.00, due on Jun 7, 2026 (3 days late)

    Total: €4,000.00
    """
    letter = [reminder(3, number="1"), in_parts(9, 1), reminder(3, number="3")]
    assert dedent(text).strip() in reminder_text(letter, locale="en")


def test_two_invoices_have_a_total_and_one_has_none():
    both = [reminder(3), reminder(3, number="2")]
    assert "\n\nTotal: €2,000.00\n\n" in reminder_text(both, locale="en")
    assert "Total" not in reminder_text(both[:1], locale="en")


def test_a_note_names_each_owner_once():
    finance = Audience.FINANCE
    owners = {"1": "Dana", "2": None, "3": "Eve", "4": "Dana"}
    letter = [
        reminder(9, number=number, audience=finance, owner=owner)
        for number, owner in owners.items()
    ]
    assert "Buyer: Acme Ltd\nOwner: Dana, Eve\n" in reminder_text(letter, locale="en")


def test_names_and_numbers_stand_as_they_are_but_break_no_line():
    odd = attrs.evolve(
        reminder(3, number="1\n<b>", audience=Audience.OWNER, owner="D\tE"),
        buyer=Party("a", "A &\nB"),
    )
    assert reminder_subject(odd, locale="en") == "Overdue payment: invoice 1 <b>, A & B"
    text = reminder_text(odd, locale="en")
    assert "Invoice 1 <b>: €" in text
    assert "Buyer: A & B\nOwner: D E\n" in text


@pytest.mark.parametrize("call", [reminder_subject, reminder_text])
@pytest.mark.parametrize(
    ("letter", "error", "message"),
    [
        (
            [],
            ArgumentsError,
            r"a letter has no reminders: expected at least one Reminder, got \(\)$",
        ),
        ((), ArgumentsError, "a letter has no reminders"),
        (
            [reminder(3), attrs.evolve(reminder(3), buyer=Party("bolt", "Bolt"))],
            ArgumentsError,
            (
                r"expected those of one day, audience, client, owner and currency, got 2; "
                r"group them with reminder_letters\(reminders\)"
            ),
        ),
        ("2026-01", WrongTypeError, "reminders is not a collection"),
        (["2026-01"], WrongTypeError, r"reminders\[0\] is of the wrong type: expected Reminder"),
    ],
)
def test_what_is_no_letter_is_refused(call, letter, error, message: str):
    with pytest.raises(error, match=message):
        call(letter, locale="en")


@pytest.mark.parametrize("call", [reminder_subject, reminder_text])
def test_an_unknown_locale_is_refused(call):
    with pytest.raises(UnknownLocaleError, match="a locale is not known"):
        call(reminder(3), locale="xx_XX")
