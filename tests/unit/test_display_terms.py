"""Payment terms as sentences in four languages, to the last space."""

from datetime import date

import pytest

from milestone_invoicing import (
    AddDays,
    AddMonths,
    BusinessCalendar,
    DayOfMonth,
    DueRule,
    DueStep,
    EndOfMonth,
    FixedDate,
    NextDayOfMonth,
    PaymentTerms,
    Proximo,
    RollConvention,
    RollToBusinessDay,
    SameDay,
    Season,
    SkipClosedPeriods,
)
from milestone_invoicing.display import describe

LANGUAGES = ("en", "nl", "fr", "de")
MOVE = SameDay.MOVE


def plain(text: str) -> str:
    """Return *text* with plain spaces, so that expected sentences can be typed."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def in_all(terms: object) -> tuple[str, ...]:
    return tuple(plain(describe(terms, locale=locale)) for locale in LANGUAGES)


STEPS: list[tuple[DueStep, tuple[str, str, str, str]]] = [
    (AddDays(0), ("in 0 days", "binnen 0 dagen", "sous 0 jours", "in 0 Tagen")),
    (AddDays(1), ("in 1 day", "binnen 1 dag", "sous 1 jour", "in 1 Tag")),
    (AddDays(30), ("in 30 days", "binnen 30 dagen", "sous 30 jours", "in 30 Tagen")),
    (AddDays(-1), ("1 day earlier", "1 dag eerder", "1 jour plus tôt", "1 Tag früher")),
    (AddDays(-5), ("5 days earlier", "5 dagen eerder", "5 jours plus tôt", "5 Tage früher")),
    (AddMonths(1), ("in 1 month", "binnen 1 maand", "sous 1 mois", "in 1 Monat")),
    (AddMonths(3), ("in 3 months", "binnen 3 maanden", "sous 3 mois", "in 3 Monaten")),
    (AddMonths(-1), ("1 month earlier", "1 maand eerder", "1 mois plus tôt", "1 Monat früher")),
    (AddMonths(-2), ("2 months earlier", "2 maanden eerder", "2 mois plus tôt", "2 Monate früher")),
    (EndOfMonth(), (
        "at the end of the month", "aan het einde van de maand", "à la fin du mois",
        "am Monatsende")),
    (EndOfMonth(1), (
        "at the end of the following month", "aan het einde van de volgende maand",
        "à la fin du mois suivant", "am Ende des Folgemonats")),
    (EndOfMonth(2), (
        "at the end of the month 2 months ahead", "aan het einde van de maand 2 maanden verder",
        "à la fin du mois 2 mois après", "am Ende des Monats 2 Monate danach")),
    (EndOfMonth(-1), (
        "at the end of the month 1 month before", "aan het einde van de maand 1 maand terug",
        "à la fin du mois 1 mois avant", "am Ende des Monats 1 Monat davor")),
    (EndOfMonth(same_day=MOVE), (
        "at the first month end strictly after", "op het eerste maandeinde daarna",
        "à la première fin de mois strictement après", "am ersten Monatsende danach")),
    (EndOfMonth(1, MOVE), (
        "at the first month end strictly after, then at the end of the following month",
        "op het eerste maandeinde daarna, dan aan het einde van de volgende maand",
        "à la première fin de mois strictement après, puis à la fin du mois suivant",
        "am ersten Monatsende danach, dann am Ende des Folgemonats")),
    (DayOfMonth(1), (
        "on the 1st of the month", "op de 1e van de maand", "le 1er du mois", "am 1. des Monats")),
    (DayOfMonth(2, 1), (
        "on the 2nd of the following month", "op de 2e van de volgende maand",
        "le 2 du mois suivant", "am 2. des Folgemonats")),
    (DayOfMonth(3, 2), (
        "on the 3rd of the month 2 months ahead", "op de 3e van de maand 2 maanden verder",
        "le 3 du mois 2 mois après", "am 3. des Monats 2 Monate danach")),
    (DayOfMonth(11, -1), (
        "on the 11th of the month 1 month before", "op de 11e van de maand 1 maand terug",
        "le 11 du mois 1 mois avant", "am 11. des Monats 1 Monat davor")),
    (FixedDate(date(2026, 12, 31)), (
        "on 31 December 2026", "op 31 december 2026", "le 31 décembre 2026",
        "am 31. Dezember 2026")),
    (FixedDate(date(2027, 3, 1)), (
        "on 1 March 2027", "op 1 maart 2027", "le 1er mars 2027", "am 1. März 2027")),
    (FixedDate(date(987, 5, 20)), (
        "on 20 May 0987", "op 20 mei 0987", "le 20 mai 0987", "am 20. Mai 0987")),
    (NextDayOfMonth((21,)), (
        "on the next 21st", "op de eerstvolgende 21e", "le prochain 21", "am nächsten 21.")),
    (NextDayOfMonth((31, 1, 12)), (
        "on the next 1st or 12th or 31st", "op de eerstvolgende 1e of 12e of 31e",
        "le prochain 1er ou 12 ou 31", "am nächsten 1. oder 12. oder 31.")),
    (NextDayOfMonth((5, 20), MOVE), (
        "on the next 5th or 20th strictly after", "op de eerstvolgende 5e of 20e daarna",
        "le prochain 5 ou 20 strictement après", "am nächsten 5. oder 20. danach")),
    (Proximo(20, 15), (
        "on the 20th proximo with cutoff on the 15th",
        "op de 20e van de volgende maand met afsluitdag op de 15e",
        "le 20 du mois suivant avec clôture le 15",
        "am 20. des Folgemonats mit Stichtag am 15.")),
    (Proximo(20, 0), (
        "on the 20th proximo with cutoff at the month end",
        "op de 20e van de volgende maand met afsluitdag op het maandeinde",
        "le 20 du mois suivant avec clôture en fin de mois",
        "am 20. des Folgemonats mit Stichtag am Monatsende")),
    (Proximo(1, -1), (
        "on the 1st proximo with cutoff 1 day before the month end",
        "op de 1e van de volgende maand met afsluitdag 1 dag voor het maandeinde",
        "le 1er du mois suivant avec clôture 1 jour avant la fin du mois",
        "am 1. des Folgemonats mit Stichtag 1 Tag vor dem Monatsende")),
    (Proximo(20, -3), (
        "on the 20th proximo with cutoff 3 days before the month end",
        "op de 20e van de volgende maand met afsluitdag 3 dagen voor het maandeinde",
        "le 20 du mois suivant avec clôture 3 jours avant la fin du mois",
        "am 20. des Folgemonats mit Stichtag 3 Tage vor dem Monatsende")),
    (SkipClosedPeriods((Season(8, 1, 8, 31),)), (
        "moved past closed periods if need be", "zo nodig na de sluitingsperioden",
        "reporté si besoin après les périodes de fermeture",
        "bei Bedarf nach den Schließzeiten")),
    (RollToBusinessDay(BusinessCalendar(), RollConvention.FOLLOWING), (
        "moved to the next business day if need be", "zo nodig op de eerstvolgende werkdag",
        "reporté si besoin au jour ouvré suivant", "bei Bedarf am nächsten Geschäftstag")),
    (RollToBusinessDay(BusinessCalendar(), RollConvention.PRECEDING), (
        "moved to the business day before if need be", "zo nodig op de werkdag ervoor",
        "avancé si besoin au jour ouvré précédent", "bei Bedarf am Geschäftstag davor")),
    (RollToBusinessDay(BusinessCalendar(), RollConvention.MODIFIED_FOLLOWING), (
        "moved to a business day of that month, preferably a later one",
        "zo nodig op een werkdag van die maand, liefst een latere",
        "reporté si besoin à un jour ouvré du mois, de préférence suivant",
        "bei Bedarf an einem Geschäftstag des Monats, lieber einem späteren")),
    (RollToBusinessDay(BusinessCalendar(), RollConvention.MODIFIED_PRECEDING), (
        "moved to a business day of that month, preferably an earlier one",
        "zo nodig op een werkdag van die maand, liefst een eerdere",
        "avancé si besoin à un jour ouvré du mois, de préférence précédent",
        "bei Bedarf an einem Geschäftstag des Monats, lieber einem früheren")),
    (RollToBusinessDay(BusinessCalendar(), RollConvention.UNADJUSTED), (
        "business day or not", "werkdag of niet", "jour ouvré ou non", "Geschäftstag oder nicht")),
]  # fmt: skip


@pytest.mark.parametrize(("step", "told"), STEPS, ids=[told[0] for _, told in STEPS])
def test_a_step_reads(step: DueStep, told: tuple[str, str, str, str]):
    assert in_all(step) == told
    assert in_all(DueRule((step,))) == told


@pytest.mark.parametrize(("step", "told"), STEPS, ids=[told[0] for _, told in STEPS])
def test_terms_of_one_step_are_a_sentence(step: DueStep, told: tuple[str, str, str, str]):
    opened = ("Due", "Te betalen", "À payer", "Zahlbar")
    expected = [f"{due} {text.rstrip('.')}." for due, text in zip(opened, told, strict=True)]
    assert list(in_all(PaymentTerms.by(step))) == expected


RULES = [
    ((), ("on receipt", "bij ontvangst", "à réception", "bei Erhalt")),
    ((AddDays(30), EndOfMonth()), (
        "in 30 days, then at the end of the month",
        "binnen 30 dagen, dan aan het einde van de maand",
        "sous 30 jours, puis à la fin du mois", "in 30 Tagen, dann am Monatsende")),
    ((EndOfMonth(), AddDays(1)), (
        "at the end of the month, then 1 day later",
        "aan het einde van de maand, dan 1 dag later",
        "à la fin du mois, puis 1 jour plus tard", "am Monatsende, dann 1 Tag später")),
    ((AddMonths(1), AddMonths(2), AddDays(-3)), (
        "in 1 month, then 2 months later, then 3 days earlier",
        "binnen 1 maand, dan 2 maanden later, dan 3 dagen eerder",
        "sous 1 mois, puis 2 mois plus tard, puis 3 jours plus tôt",
        "in 1 Monat, dann 2 Monate später, dann 3 Tage früher")),
]  # fmt: skip


@pytest.mark.parametrize(("steps", "told"), RULES, ids=[told[0] for _, told in RULES])
def test_a_rule_reads(steps: tuple[DueStep, ...], told: tuple[str, str, str, str]):
    assert in_all(DueRule(steps)) == told
    assert in_all(DueRule(steps, may_precede=True)) == told
