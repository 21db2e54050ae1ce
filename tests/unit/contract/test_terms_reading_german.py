"""German payment terms as people write them, and the steps that they mean."""

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

GERMAN = LANGUAGES["de"]
MOVE = SameDay.MOVE
READ: dict[tuple[DueStep, ...], list[str]] = {
    (): [
        "sofort", "sofort fällig", "sofort fallig", "sofort netto", "bar", "bei Rechnungserhalt",
        "bei Auftrag", "bei Auftragserteilung", "bei Bestellung", "nach Erhalt",
        "nach Erhalt der Rechnung", "bei Erhalt", "SOFORT FÄLLIG", "Sofort.",
    ],
    (AddDays(1),): ["in 1 Tag", "1 Tag später"],
    (AddDays(7),): ["1 Woche", "in 1 Woche"],
    (AddDays(14),): ["2 Wochen", "in 2 Wochen", "binnen 2 Wochen"],
    (AddDays(30),): [
        "netto 30", "30 Tage", "netto 30 Tage", "30 Tage netto", "30 Tage rein netto",
        "in 30 Tagen", "innerhalb 30 Tagen", "innerhalb von 30 Tagen", "binnen 30 Tagen",
        "30 Tage nach Rechnungsdatum", "binnen 30 Tagen ab Rechnungsdatum",
        "30 Tage ab Rechnungsdatum", "30 TAGE NETTO", "30 Tage später", "30 Tage spater",
    ],
    (AddDays(-1),): ["1 Tag früher"],
    (AddDays(-5),): ["5 Tage früher", "5 Tage fruher"],
    (AddMonths(1),): ["1 Monat", "in 1 Monat", "1 Monat später"],
    (AddMonths(3),): ["3 Monate", "3 Monaten", "in 3 Monaten", "3 Monate später"],
    (AddMonths(-1),): ["1 Monat früher"],
    (AddMonths(-2),): ["2 Monate früher"],
    (EndOfMonth(),): [
        "Monatsende", "zum Monatsende", "am Monatsende", "Ende des Monats", "zum Ende des Monats",
        "Ultimo", "zum Ultimo", "am Ultimo", "ultimo",
    ],
    (EndOfMonth(1),): [
        "Ende des Folgemonats", "zum Ende des Folgemonats", "am Ende des nächsten Monats",
        "Ende des nachsten Monats", "am Ende des Folgemonats",
    ],
    (EndOfMonth(2),): ["am Ende des Monats 2 Monate danach"],
    (EndOfMonth(-1),): ["am Ende des Monats 1 Monat davor"],
    (EndOfMonth(same_day=MOVE),): ["am ersten Monatsende danach"],
    (AddDays(30), EndOfMonth()): [
        "30 Tage zum Monatsende", "30 Tage Monatsende", "30 Tage zum Ende des Monats",
        "30 Tage Ultimo", "30 Tage dann Monatsende", "in 30 Tagen, dann am Monatsende",
    ],
    (EndOfMonth(), AddDays(30)): [
        "Monatsende + 30", "Monatsende+30", "Monatsende + 30 Tage", "Ultimo plus 30 Tage",
        "30 Tage nach Monatsende", "30 Tage nach dem Monatsende",
        "Monatsende, dann 30 Tage später",
    ],
    (DayOfMonth(15),): ["am 15. des Monats"],
    (DayOfMonth(1, 1),): ["am 1. des Folgemonats", "1. des nächsten Monats"],
    (DayOfMonth(10, 1),): [
        "10. des Folgemonats", "zum 10. des Folgemonats", "am 10. des nachsten Monats",
        "10 des Folgemonats",
    ],
    (DayOfMonth(3, 2),): ["am 3. des Monats 2 Monate danach"],
    (DayOfMonth(2, -1),): ["am 2. des Monats 1 Monat davor"],
    (NextDayOfMonth((31,)),): ["am nächsten 31.", "am nachsten 31"],
    (NextDayOfMonth((5, 20)),): ["am nächsten 5. oder 20.", "am nächsten 20 oder 5"],
    (NextDayOfMonth((5, 20), MOVE),): ["am nächsten 5. oder 20. danach"],
    (Proximo(20, 15),): ["am 20. des Folgemonats mit Stichtag am 15."],
    (Proximo(20, 0),): ["am 20. des Folgemonats mit Stichtag am Monatsende"],
    (Proximo(20, -1),): ["am 20. des Folgemonats mit Stichtag 1 Tag vor dem Monatsende"],
    (Proximo(20, -3),): ["am 20. des Folgemonats mit Stichtag 3 Tage vor dem Monatsende"],
    (FixedDate(date(2026, 12, 31)),): [
        "am 31. Dezember 2026", "am 31.12.2026", "fällig am 31.12.2026", "fallig am 31.12.2026",
        "zahlbar bis 31.12.2026", "bis zum 31. Dez. 2026", "spätestens bis zum 31.12.2026",
        "spätestens am 31.12.2026", "zum 31.12.2026", "AM 31. DEZEMBER 2026.", "bis am 31.12.2026",
    ],
    (FixedDate(date(2026, 6, 5)),): ["am 05.06.2026", "am 5.6.2026", "am 5. Juni 2026"],
    (FixedDate(date(2026, 3, 1)),): ["am 1. März 2026", "am 1. Marz 2026", "am 1. Mrz 2026"],
    (FixedDate(date(2026, 1, 1)),): ["am 1. Jänner 2026", "am 1. Jan. 2026"],
}  # fmt: skip
ROWS = [(text, steps) for steps, texts in READ.items() for text in texts]
NEEDS_A_CALENDAR = {"closed", *(convention.value for convention in RollConvention)}
FIRST_EARLIER = {(AddDays(-5),), (AddDays(-1),), (AddMonths(-1),), (AddMonths(-2),)}


@pytest.mark.parametrize(("text", "steps"), ROWS, ids=[text for text, _ in ROWS])
def test_a_rule_is_read(text: str, steps: tuple[DueStep, ...]):
    rule = DueRule(steps, may_precede=steps in FIRST_EARLIER)
    assert PaymentTerms.parse(text) == PaymentTerms([Installment(Percent(100), rule)])


@pytest.mark.parametrize(
    "written", [written for written, _ in GERMAN.shorthand], ids=lambda written: written[:40]
)
def test_each_shorthand_has_a_row(written: str):
    found = pattern(written)
    assert any(found.fullmatch(text) for text, _ in ROWS)


@pytest.mark.parametrize("kind", GERMAN.phrases)
def test_each_phrase_has_a_row_but_what_needs_a_calendar(kind: str):
    found = phrase_pattern(GERMAN.phrases[kind])
    assert any(found.fullmatch(text) for text, _ in ROWS) is (kind not in NEEDS_A_CALENDAR)


def test_the_month_end_follows_the_days():
    assert PaymentTerms.parse("30 Tage zum Monatsende") == PaymentTerms.end_of_month(first_days=30)
    assert PaymentTerms.parse("Monatsende + 30 Tage") == PaymentTerms.end_of_month(then_days=30)


OFFERS = [
    "2 % Skonto innerhalb von 10 Tagen",
    "2% Skonto 10 Tage",
    "2 prozent Skonto 10 Tage",
    "2 Prozent Skonto 10 Tage",
    "2 % Skonto in 10 Tagen",
    "2 % Skonto binnen 10 Tagen",
    "2 % Skonto innerhalb 10 Tagen",
    "2 % Skonto bei Zahlung innerhalb von 10 Tagen",
    "2 % Skonto bei Zahlung binnen 10 Tagen",
    "10 Tage 2 % Skonto",
    "10 Tage mit 2 % Skonto",
    "innerhalb von 10 Tagen 2 % Skonto",
    "in 10 Tagen mit 2 % Skonto",
    "binnen 10 Tagen mit 2 % Skonto",
    "2\u00a0% SKONTO 10 TAGE",
]


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize("given", ["{}, 30 Tage netto", "30 Tage netto, {}", "in 30 Tagen; {}"])
def test_a_discount_is_read(offer: str, given: str):
    expected = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
    assert PaymentTerms.parse(given.format(offer)) == expected


@pytest.mark.parametrize("written", GERMAN.offers)
def test_each_way_to_write_a_discount_has_a_row(written: str):
    found = pattern(written)
    assert any(found.fullmatch(offer.replace(" %", "%")) for offer in OFFERS)


EVENTS = [
    ("bei Lieferung", (), "Lieferung"),
    ("bei der Abnahme", (), "Abnahme"),
    ("nach Fertigstellung", (), "Fertigstellung"),
    ("nach der Freigabe", (), "Freigabe"),
    ("nach der freigabe", (), "freigabe"),
    ("30 Tage nach Lieferung", (AddDays(30),), "Lieferung"),
    ("in 30 Tagen nach der Abnahme", (AddDays(30),), "Abnahme"),
    ("30 Tage zum Monatsende nach Lieferung", (AddDays(30), EndOfMonth()), "Lieferung"),
    ('nach "erster Nutzung"', (), "erster Nutzung"),
    ('NACH "erster Nutzung", DANN 30 TAGE SPÄTER', (AddDays(30),), "erster Nutzung"),
    ('1 Tag nach "erster Nutzung"', (AddDays(1),), "erster Nutzung"),
    ('1 Monat nach "erster Nutzung"', (AddMonths(1),), "erster Nutzung"),
    ('3 Monate nach "erster Nutzung"', (AddMonths(3),), "erster Nutzung"),
    ("30 Tage nach \u201eErster Nutzung\u201c", (AddDays(30),), "Erster Nutzung"),
]


@pytest.mark.parametrize(("text", "steps", "event"), EVENTS, ids=[text for text, *_ in EVENTS])
def test_an_event_is_read_as_it_is_written(text: str, steps: tuple[DueStep, ...], event: str):
    expected = Installment(Percent(100), DueRule(steps), after=event)
    assert PaymentTerms.parse(text) == PaymentTerms([expected])
    assert PaymentTerms.parse(f"100 % {text}") == PaymentTerms([expected])
