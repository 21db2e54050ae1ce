"""Dutch payment terms as people write them, and the steps that they mean."""

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

DUTCH = LANGUAGES["nl"]
MOVE = SameDay.MOVE
READ: dict[tuple[DueStep, ...], list[str]] = {
    (): [
        "bij ontvangst", "bij opdracht", "bij bestelling", "Bij Ontvangst.",
        "betaling bij ontvangst van factuur", "bij ontvangst van de factuur", "direct",
        "onmiddellijk", "contant", "per omgaande", "CONTANT",
    ],
    (AddDays(1),): ["binnen 1 dag", "1 dag later"],
    (AddDays(7),): ["1 week", "binnen 1 week"],
    (AddDays(14),): ["2 weken", "binnen 2 weken"],
    (AddDays(30),): [
        "netto 30", "30 dagen", "netto 30 dagen", "30 dagen netto", "binnen 30 dagen",
        "30 dagen factuurdatum", "30 dagen na factuurdatum", "binnen 30 dagen na de factuurdatum",
        "30 DAGEN NETTO", "30 dagen later",
    ],
    (AddDays(-1),): ["1 dag eerder"],
    (AddDays(-5),): ["5 dagen eerder"],
    (AddMonths(1),): ["1 maand", "binnen 1 maand", "1 maand later"],
    (AddMonths(3),): ["3 maanden", "binnen 3 maanden", "3 maanden later"],
    (AddMonths(-1),): ["1 maand eerder"],
    (AddMonths(-2),): ["2 maanden eerder"],
    (EndOfMonth(),): [
        "einde maand", "eind maand", "einde van de maand", "eind van de maand",
        "aan het einde van de maand",
    ],
    (EndOfMonth(1),): [
        "einde volgende maand", "eind volgende maand", "einde van de volgende maand",
        "aan het einde van de volgende maand",
    ],
    (EndOfMonth(2),): ["aan het einde van de maand 2 maanden verder"],
    (EndOfMonth(-1),): ["aan het einde van de maand 1 maand terug"],
    (EndOfMonth(same_day=MOVE),): ["op het eerste maandeinde daarna"],
    (AddDays(30), EndOfMonth()): [
        "30 dagen einde maand", "30 dagen eind maand", "30 dagen netto einde maand",
        "30 dagen einde van de maand", "30 dagen dan einde maand",
        "binnen 30 dagen, dan aan het einde van de maand", "30 DAGEN DAN EINDE MAAND",
    ],
    (EndOfMonth(), AddDays(30)): [
        "einde maand + 30", "einde maand+30", "eind maand + 30 dagen",
        "einde van de maand plus 30 dagen", "30 dagen na einde maand",
        "30 dagen na het einde van de maand", "einde maand, dan 30 dagen later",
    ],
    (DayOfMonth(15),): ["op de 15e van de maand"],
    (DayOfMonth(1, 1),): ["de 1e van de volgende maand", "op de 1e van de volgende maand"],
    (DayOfMonth(10, 1),): ["10 van de volgende maand", "de 10e van de volgende maand"],
    (DayOfMonth(3, 2),): ["op de 3e van de maand 2 maanden verder"],
    (DayOfMonth(2, -1),): ["op de 2e van de maand 1 maand terug"],
    (NextDayOfMonth((31,)),): ["de eerstvolgende 31e", "op de eerstvolgende 31e"],
    (NextDayOfMonth((5, 20)),): ["eerstvolgende 5e of 20e", "de eerstvolgende 5 of 20"],
    (NextDayOfMonth((5, 20), MOVE),): ["op de eerstvolgende 5e of 20e daarna"],
    (Proximo(20, 15),): ["op de 20e van de volgende maand met afsluitdag op de 15e"],
    (Proximo(20, 0),): ["op de 20e van de volgende maand met afsluitdag op het maandeinde"],
    (Proximo(20, -1),): [
        "op de 20e van de volgende maand met afsluitdag 1 dag voor het maandeinde"],
    (Proximo(20, -3),): [
        "op de 20e van de volgende maand met afsluitdag 3 dagen voor het maandeinde"],
    (FixedDate(date(2026, 12, 31)),): [
        "op 31 december 2026", "uiterlijk 31-12-2026", "uiterlijk op 31/12/2026", "op 31 dec 2026",
        "te betalen op 31-12-2026", "verschuldigd op 31 dec. 2026", "vervaldatum 31-12-2026",
        "OP 31 DECEMBER 2026",
    ],
    # The words say which comes first, the day or the month.
    (FixedDate(date(2026, 6, 5)),): ["op 05-06-2026", "uiterlijk 5/6/2026"],
    (FixedDate(date(2027, 3, 1)),): ["op 1 maart 2027", "op 1 mrt 2027"],
}  # fmt: skip
ROWS = [(text, steps) for steps, texts in READ.items() for text in texts]
NEEDS_A_CALENDAR = {"closed", *(convention.value for convention in RollConvention)}
FIRST_EARLIER = {(AddDays(-5),), (AddDays(-1),), (AddMonths(-1),), (AddMonths(-2),)}


@pytest.mark.parametrize(("text", "steps"), ROWS, ids=[text for text, _ in ROWS])
def test_a_rule_is_read(text: str, steps: tuple[DueStep, ...]):
    rule = DueRule(steps, may_precede=steps in FIRST_EARLIER)
    assert PaymentTerms.parse(text) == PaymentTerms([Installment(Percent(100), rule)])


@pytest.mark.parametrize(
    "written", [written for written, _ in DUTCH.shorthand], ids=lambda written: written[:40]
)
def test_each_shorthand_has_a_row(written: str):
    found = pattern(written)
    assert any(found.fullmatch(text) for text, _ in ROWS)


@pytest.mark.parametrize("kind", DUTCH.phrases)
def test_each_phrase_has_a_row_but_what_needs_a_calendar(kind: str):
    found = phrase_pattern(DUTCH.phrases[kind])
    assert any(found.fullmatch(text) for text, _ in ROWS) is (kind not in NEEDS_A_CALENDAR)


def test_the_month_end_follows_the_days():
    assert PaymentTerms.parse("30 dagen einde maand") == PaymentTerms.end_of_month(first_days=30)
    assert PaymentTerms.parse("einde maand + 30 dagen") == PaymentTerms.end_of_month(then_days=30)


OFFERS = [
    "2% korting binnen 10 dagen",
    "2 % korting binnen 10 dagen",
    "2 procent korting 10 dagen",
    "2 Procent korting 10 dagen",
    "2% korting 10 dagen",
    "2% betalingskorting binnen 10 dagen",
    "2% korting bij betaling binnen 10 dagen",
    "2% betalingskorting bij betaling 10 dagen",
    "10 dagen 2% korting",
    "binnen 10 dagen 2% korting",
    "binnen 10 dagen 2% betalingskorting",
    "2% KORTING BINNEN 10 DAGEN",
]


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize("given", ["{}, 30 dagen netto", "30 dagen netto, {}", "30 dagen; {}"])
def test_a_discount_is_read(offer: str, given: str):
    expected = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
    assert PaymentTerms.parse(given.format(offer)) == expected


@pytest.mark.parametrize("written", DUTCH.offers)
def test_each_way_to_write_a_discount_has_a_row(written: str):
    found = pattern(written)
    assert any(found.fullmatch(offer.replace(" %", "%")) for offer in OFFERS)


EVENTS = [
    ("bij oplevering", (), "oplevering"),
    ("bij de levering", (), "levering"),
    ("na goedkeuring", (), "goedkeuring"),
    ("na de Acceptatie", (), "Acceptatie"),
    ("30 dagen na oplevering", (AddDays(30),), "oplevering"),
    ("binnen 30 dagen na de levering", (AddDays(30),), "levering"),
    ("30 dagen einde maand na levering", (AddDays(30), EndOfMonth()), "levering"),
    ('na "eerste gebruik"', (), "eerste gebruik"),
    ('NA "eerste gebruik", DAN 30 DAGEN LATER', (AddDays(30),), "eerste gebruik"),
    ('1 dag na "eerste gebruik"', (AddDays(1),), "eerste gebruik"),
    ('1 maand na "eerste gebruik"', (AddMonths(1),), "eerste gebruik"),
    ('3 maanden na "eerste gebruik"', (AddMonths(3),), "eerste gebruik"),
    ('binnen 30 dagen na "Eerste Gebruik"', (AddDays(30),), "Eerste Gebruik"),
]


@pytest.mark.parametrize(("text", "steps", "event"), EVENTS, ids=[text for text, *_ in EVENTS])
def test_an_event_is_read_as_it_is_written(text: str, steps: tuple[DueStep, ...], event: str):
    expected = Installment(Percent(100), DueRule(steps), after=event)
    assert PaymentTerms.parse(text) == PaymentTerms([expected])
    assert PaymentTerms.parse(f"100 % {text}") == PaymentTerms([expected])
