"""Instalments that wait for an event, or have a discount, as text in four languages."""

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    AddMonths,
    DueRule,
    DueStep,
    EarlyDiscount,
    EndOfMonth,
    Installment,
)
from milestone_invoicing.display import describe

LANGUAGES = ("en", "nl", "fr", "de")
RULE_30 = DueRule((AddDays(30),))
Told = tuple[str, str, str, str]


def plain(text: str) -> str:
    """Return *text* with plain spaces, so that expected sentences can be typed."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def in_all(terms: object) -> Told:
    english, dutch, french, german = (describe(terms, locale=locale) for locale in LANGUAGES)
    return plain(english), plain(dutch), plain(french), plain(german)


def waiting(*steps: DueStep) -> Installment:
    """Return the rest, so many steps after an event."""
    return Installment(REST, DueRule(steps, may_precede=True), after="it")


EVENTS: list[tuple[Installment, Told]] = [
    (Installment(REST), (
        "the rest on receipt", "de rest bij ontvangst", "le reste à réception",
        "der Rest bei Erhalt")),
    (Installment(REST, after="Go live"), (
        'the rest after "Go live"', 'de rest na "Go live"', 'le reste après "Go live"',
        'der Rest nach "Go live"')),
    (Installment(REST, RULE_30, after='the "big" day'), (
        "the rest 30 days after \"the 'big' day\"",
        "de rest 30 dagen na \"the 'big' day\"",
        "le reste 30 jours après \"the 'big' day\"",
        "der Rest 30 Tage nach \"the 'big' day\"")),
    (waiting(AddDays(0)), (
        'the rest 0 days after "it"', 'de rest 0 dagen na "it"', 'le reste 0 jours après "it"',
        'der Rest 0 Tage nach "it"')),
    (waiting(AddDays(1)), (
        'the rest 1 day after "it"', 'de rest 1 dag na "it"', 'le reste 1 jour après "it"',
        'der Rest 1 Tag nach "it"')),
    (waiting(AddMonths(0)), (
        'the rest 0 months after "it"', 'de rest 0 maanden na "it"', 'le reste 0 mois après "it"',
        'der Rest 0 Monate nach "it"')),
    (waiting(AddMonths(1)), (
        'the rest 1 month after "it"', 'de rest 1 maand na "it"', 'le reste 1 mois après "it"',
        'der Rest 1 Monat nach "it"')),
    (waiting(AddMonths(3)), (
        'the rest 3 months after "it"', 'de rest 3 maanden na "it"', 'le reste 3 mois après "it"',
        'der Rest 3 Monate nach "it"')),
    (waiting(AddDays(-5)), (
        'the rest after "it", then 5 days earlier', 'de rest na "it", dan 5 dagen eerder',
        'le reste après "it", puis 5 jours plus tôt', 'der Rest nach "it", dann 5 Tage früher')),
    (waiting(AddMonths(-1)), (
        'the rest after "it", then 1 month earlier', 'de rest na "it", dan 1 maand eerder',
        'le reste après "it", puis 1 mois plus tôt', 'der Rest nach "it", dann 1 Monat früher')),
    (waiting(EndOfMonth()), (
        'the rest after "it", then at the end of the month',
        'de rest na "it", dan aan het einde van de maand',
        'le reste après "it", puis à la fin du mois', 'der Rest nach "it", dann am Monatsende')),
    (waiting(AddDays(30), EndOfMonth()), (
        'the rest after "it", then 30 days later, then at the end of the month',
        'de rest na "it", dan 30 dagen later, dan aan het einde van de maand',
        'le reste après "it", puis 30 jours plus tard, puis à la fin du mois',
        'der Rest nach "it", dann 30 Tage später, dann am Monatsende')),
    (waiting(AddMonths(1), AddMonths(2)), (
        'the rest after "it", then 1 month later, then 2 months later',
        'de rest na "it", dan 1 maand later, dan 2 maanden later',
        'le reste après "it", puis 1 mois plus tard, puis 2 mois plus tard',
        'der Rest nach "it", dann 1 Monat später, dann 2 Monate später')),
    (Installment(REST, RULE_30, after="it", discounts=[EarlyDiscount(2, 10)]), (
        'the rest 30 days after "it" with a 2% discount within 10 days',
        'de rest 30 dagen na "it" met 2% korting binnen 10 dagen',
        'le reste 30 jours après "it" avec 2 % d\'escompte sous 10 jours',
        'der Rest 30 Tage nach "it" mit 2 % Skonto innerhalb von 10 Tagen')),
    (Installment(REST, discounts=[EarlyDiscount(2, 10), EarlyDiscount(1, 20)]), (
        ("the rest on receipt with a 2% discount within 10 days "
        "with a 1% discount within 20 days"),
        "de rest bij ontvangst met 2% korting binnen 10 dagen met 1% korting binnen 20 dagen",
        "le reste à réception avec 2 % d'escompte sous 10 jours avec 1 % d'escompte sous 20 jours",
        ("der Rest bei Erhalt mit 2 % Skonto innerhalb von 10 Tagen "
        "mit 1 % Skonto innerhalb von 20 Tagen"))),
]  # fmt: skip


@pytest.mark.parametrize(("part", "told"), EVENTS, ids=[told[0] for _, told in EVENTS])
def test_an_instalment_reads(part: Installment, told: Told):
    assert in_all(part) == told
