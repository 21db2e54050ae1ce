"""French payment terms as people write them, and the steps that they mean."""

from datetime import date

import pytest

from milestone_invoicing import (
    AddDays,
    AddMonths,
    DayOfMonth,
    DueRule,
    DueStep,
    EarlyDiscount,
    EndOfMonth,
    FixedDate,
    Installment,
    NextDayOfMonth,
    PaymentTerms,
    Percent,
    Proximo,
    RollConvention,
    SameDay,
)
from milestone_invoicing.contract.terms.phrases import pattern, phrase_pattern
from milestone_invoicing.contract.terms.words import LANGUAGES

FRENCH = LANGUAGES["fr"]
MOVE = SameDay.MOVE
READ: dict[tuple[DueStep, ...], list[str]] = {
    (): [
        "à réception", "a reception", "À RÉCEPTION", "A RECEPTION.", "à réception de facture",
        "à réception de la facture", "paiement à réception de facture", "comptant", "immédiat",
        "immédiatement", "immediatement", "à la commande", "a la commande",
    ],
    (AddDays(1),): ["sous 1 jour", "1 jour plus tard"],
    (AddDays(7),): ["1 semaine", "sous 1 semaine"],
    (AddDays(14),): ["2 semaines", "à 2 semaines", "a 2 semaines", "sous 2 semaines"],
    (AddDays(30),): [
        "30 jours", "30 jours net", "30 jours nets", "net 30 jours", "à 30 jours", "a 30 jours",
        "net à 30 jours", "sous 30 jours", "30 jours date de facture", "30 jours date d'émission",
        "30 jours date d\u2019emission", "30 jours après la facture",
        "30 jours nets après la date de facture", "à 30 jours apres la date de facture",
        "30\u00a0jours net", "30 jours plus tard",
    ],
    (AddDays(-1),): ["1 jour plus tôt"],
    (AddDays(-5),): ["5 jours plus tôt", "5 jours plus tot"],
    (AddMonths(1),): ["1 mois", "sous 1 mois"],
    (AddMonths(3),): ["3 mois", "à 3 mois", "sous 3 mois", "3 mois plus tard"],
    (AddMonths(-1),): ["1 mois plus tôt"],
    (EndOfMonth(),): ["fin de mois", "fin du mois", "à la fin du mois", "a la fin du mois"],
    (EndOfMonth(1),): [
        "fin de mois suivant", "fin du mois prochain", "fin du mois suivant",
        "à la fin du mois suivant",
    ],
    (EndOfMonth(2),): ["à la fin du mois 2 mois après"],
    (EndOfMonth(-1),): ["à la fin du mois 1 mois avant"],
    (EndOfMonth(same_day=MOVE),): ["à la première fin de mois strictement après"],
    (AddDays(30), EndOfMonth()): [
        "30 jours fin de mois", "à 30 jours fin de mois", "sous 30 jours fin de mois",
        "30 jours net fin de mois", "30 jours nets fin de mois", "30 JOURS FIN DE MOIS",
        "30 jours puis fin de mois", "sous 30 jours, puis à la fin du mois",
    ],
    (EndOfMonth(), AddDays(30)): [
        "fin de mois + 30", "fin de mois+30", "fin de mois + 30 jours", "fin de mois 30 jours",
        "fin de mois plus 30 jours", "fin de mois à 30 jours", "30 jours après la fin du mois",
        "30 jours apres la fin du mois", "fin de mois, puis 30 jours plus tard",
    ],
    (AddDays(30), EndOfMonth(), DayOfMonth(10, 1)): [
        "30 jours fin de mois le 10", "à 30 jours nets fin de mois le 10",
        "sous 30 jours fin de mois le 10",
    ],
    (AddDays(30), EndOfMonth(), DayOfMonth(1, 1)): ["30 jours fin de mois le 1er"],
    (AddDays(30), NextDayOfMonth((10,))): ["30 jours le 10", "sous 30 jours le 10"],
    (AddDays(30), NextDayOfMonth((1, 15))): ["à 30 jours le 1er ou 15"],
    (DayOfMonth(15),): ["le 15 du mois"],
    (DayOfMonth(1, 1),): ["le 1er du mois suivant", "le 1er du mois prochain"],
    (DayOfMonth(10, 1),): ["le 10 du mois prochain", "le 10 du mois suivant"],
    (DayOfMonth(3, 2),): ["le 3 du mois 2 mois après"],
    (DayOfMonth(2, -1),): ["le 2 du mois 1 mois avant"],
    (NextDayOfMonth((31,)),): ["le prochain 31"],
    (NextDayOfMonth((1, 20)),): ["le prochain 1er ou 20"],
    (NextDayOfMonth((5, 20), MOVE),): [
        "le prochain 5 ou 20 strictement après", "le prochain 5 ou 20 strictement apres"],
    (Proximo(20, 15),): ["le 20 du mois suivant avec clôture le 15"],
    (Proximo(20, 0),): [
        "le 20 du mois suivant avec clôture en fin de mois",
        "le 20 du mois suivant avec cloture en fin de mois",
    ],
    (Proximo(20, -1),): ["le 20 du mois suivant avec clôture 1 jour avant la fin du mois"],
    (Proximo(20, -3),): ["le 20 du mois suivant avec clôture 3 jours avant la fin du mois"],
    (FixedDate(date(2026, 12, 31)),): [
        "le 31 décembre 2026", "le 31 decembre 2026", "au 31/12/2026", "au plus tard le 31/12/2026",
        "échéance au 31/12/2026", "echeance le 31 déc. 2026", "à payer le 31.12.2026",
        "exigible le 31 décembre 2026", "pour le 31-12-2026", "LE 31 DÉCEMBRE 2026",
    ],
    (FixedDate(date(2026, 6, 5)),): ["au 05/06/2026", "le 5 juin 2026"],
    (FixedDate(date(2026, 8, 1)),): ["le 1er août 2026", "le 1er aout 2026", "le 1 août 2026"],
}  # fmt: skip
ROWS = [(text, steps) for steps, texts in READ.items() for text in texts]
NEEDS_A_CALENDAR = {"closed", *(convention.value for convention in RollConvention)}
FIRST_EARLIER = {(AddDays(-5),), (AddDays(-1),), (AddMonths(-1),), (AddMonths(-2),)}


@pytest.mark.parametrize(("text", "steps"), ROWS, ids=[text for text, _ in ROWS])
def test_a_rule_is_read(text: str, steps: tuple[DueStep, ...]):
    rule = DueRule(steps, may_precede=steps in FIRST_EARLIER)
    assert PaymentTerms.parse(text) == PaymentTerms([Installment(Percent(100), rule)])


@pytest.mark.parametrize(
    "written", [written for written, _ in FRENCH.shorthand], ids=lambda written: written[:40]
)
def test_each_shorthand_has_a_row(written: str):
    found = pattern(written)
    assert any(found.fullmatch(text) for text, _ in ROWS)


@pytest.mark.parametrize("kind", FRENCH.phrases)
def test_each_phrase_has_a_row_but_what_needs_a_calendar(kind: str):
    found = phrase_pattern(FRENCH.phrases[kind])
    assert any(found.fullmatch(text) for text, _ in ROWS) is (kind not in NEEDS_A_CALENDAR)


def test_the_month_end_follows_the_days():
    assert PaymentTerms.parse("30 jours fin de mois") == PaymentTerms.end_of_month(first_days=30)
    assert PaymentTerms.parse("fin de mois + 30 jours") == PaymentTerms.end_of_month(then_days=30)


OFFERS = [
    "2 % d'escompte sous 10 jours",
    "2% d'escompte sous 10 jours",
    "2\u00a0% d\u2019escompte sous 10\u00a0jours",
    "2\u202f% d'escompte à 10 jours",
    "2 pour cent d'escompte sous 10 jours",
    "2 Pour Cent d'escompte sous 10 jours",
    "2 % escompte 10 jours",
    "2 % d'escompte en 10 jours",
    "2 % d'escompte dans les 10 jours",
    "2 % d'escompte si paiement sous 10 jours",
    "2 % d'escompte pour paiement a 10 jours",
    "escompte 2 % sous 10 jours",
    "escompte de 2 % à 10 jours",
    "escompte de 2 % pour paiement sous 10 jours",
    "escompte de 2 % si paiement dans les 10 jours",
    "ESCOMPTE DE 2 % SOUS 10 JOURS",
]


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize("given", ["{}, 30 jours net", "30 jours net, {}", "30 jours ; {}"])
def test_a_discount_is_read(offer: str, given: str):
    expected = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
    assert PaymentTerms.parse(given.format(offer)) == expected


@pytest.mark.parametrize("written", FRENCH.offers)
def test_each_way_to_write_a_discount_has_a_row(written: str):
    found = pattern(written)
    assert any(found.fullmatch(offer.replace(" %", "%")) for offer in OFFERS)


EVENTS = [
    ("à la livraison", (), "livraison"),
    ("a la livraison", (), "livraison"),
    ("à l'achèvement", (), "achèvement"),
    ("à l\u2019achevement", (), "achevement"),
    ("après livraison", (), "livraison"),
    ("après la validation", (), "validation"),
    ("après la Livraison", (), "Livraison"),
    ("apres l'acceptation", (), "acceptation"),
    ("30 jours après la livraison", (AddDays(30),), "livraison"),
    ("sous 30 jours après l'acceptation", (AddDays(30),), "acceptation"),
    ("30 jours fin de mois après la livraison", (AddDays(30), EndOfMonth()), "livraison"),
    ('après "mise en service"', (), "mise en service"),
    ('APRÈS "mise en service", PUIS 30 JOURS PLUS TARD', (AddDays(30),), "mise en service"),
    ('1 jour après "mise en service"', (AddDays(1),), "mise en service"),
    ('3 mois après "mise en service"', (AddMonths(3),), "mise en service"),
    ('sous 30 jours après "Mise en service"', (AddDays(30),), "Mise en service"),
    ("après \u00ab\u00a0mise en service\u00a0\u00bb", (), "mise en service"),
    ("30 jours apres \u00ab mise en service \u00bb", (AddDays(30),), "mise en service"),
]


@pytest.mark.parametrize(("text", "steps", "event"), EVENTS, ids=[text for text, *_ in EVENTS])
def test_an_event_is_read_as_it_is_written(text: str, steps: tuple[DueStep, ...], event: str):
    expected = Installment(Percent(100), DueRule(steps), after=event)
    assert PaymentTerms.parse(text) == PaymentTerms([expected])
    assert PaymentTerms.parse(f"100 % {text}") == PaymentTerms([expected])
