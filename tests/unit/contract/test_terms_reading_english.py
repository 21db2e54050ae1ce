"""English payment terms as people write them, and the steps that they mean."""

import re
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

ENGLISH = LANGUAGES["en"]
MOVE = SameDay.MOVE
READ: dict[tuple[DueStep, ...], list[str]] = {
    (): [
        "on receipt", "upon receipt", "due on receipt", "due upon receipt", "On Receipt.",
        "on receipt of invoice", "upon receipt of the invoice", "on order", "on invoice",
        "on issue", "now", "due now", "at once", "immediate", "immediately", "due immediately",
        "cash", "in cash", "NOW", "upfront", "up front", "on signing", "upon signing",
    ],
    (AddDays(0),): ["net 0", "0 days"],
    (AddDays(1),): ["in 1 day", "1 day", "net 1 day", "1 day later"],
    (AddDays(14),): ["2 weeks", "in 2 weeks", "within 2 weeks", "net 2 weeks"],
    (AddDays(7),): ["1 week", "net 1 week"],
    (AddDays(30),): [
        "net 30", "net30", "NET 30", "n/30", "net in 30", "net 30 days", "net in 30 days",
        "30 days", "30 days net", "within 30 days", "within 30 days net", "in 30 days",
        "30 days after invoice", "30 days from invoice date", "30 days of the invoice",
        "in 30 days from the invoice date", "within 30 days of issue", "30 days after issue date",
        "within 30 days after the issue date", "30 days later",
    ],
    (AddDays(999_999),): ["net 999999"],
    (AddDays(10**18 - 1),): ["net 999999999999999999", "999999999999999999 days"],
    (AddDays(-5),): ["5 days earlier"],
    (AddDays(-1),): ["1 day earlier"],
    (AddMonths(1),): ["in 1 month", "1 month", "1 month later"],
    (AddMonths(3),): ["3 months", "in 3 months", "within 3 months", "net 3 months"],
    (AddMonths(-1),): ["1 month earlier"],
    (AddMonths(-2),): ["2 months earlier"],
    (EndOfMonth(),): [
        "EOM", "eom", "end of month", "end of the month", "end of this month", "the end of month",
        "at end of month", "at the end of the month", "month end", "at month end",
    ],
    (EndOfMonth(1),): [
        "end of next month", "end of the following month", "at the end of the following month",
        "the end of the next month", "net monthly", "net monthly account",
    ],
    (EndOfMonth(), AddDays(60)): [
        "60 days from EOM", "net 60 from end of month", "net 60 days from the end of the month",
        "60 days from month end",
    ],
    (EndOfMonth(2),): ["at the end of the month 2 months ahead"],
    (EndOfMonth(-1),): ["at the end of the month 1 month before"],
    (EndOfMonth(same_day=MOVE),): ["at the first month end strictly after"],
    # English trade counts the days from the month end.
    (EndOfMonth(), AddDays(30)): [
        "net 30 EOM", "net 30 days EOM", "net 30 end of month", "net 30 days end of the month",
        "EOM+30", "EOM + 30", "eom plus 30", "EOM plus 30 days", "end of month + 30 days",
        "end of the month+30", "30 days after EOM", "30 days after the end of the month",
        "30 days after end of month", "30 days after month end", "30 days after the month end",
        "end of month then 30 days", "EOM, then 30 days later",
    ],
    (AddDays(30), EndOfMonth()): [
        "30 days then end of month", "30 days, then end of month", "in 30 days, then EOM",
        "end of month after 30 days", "EOM after 30 days",
        "in 30 days, then at the end of the month", "30 DAYS THEN END OF MONTH",
        "IN 30 DAYS, THEN AT THE END OF THE MONTH", "30 days Then EOM",
    ],
    (AddDays(30), EndOfMonth(), DayOfMonth(10, 1)): [
        "30 days end of month, the 10th", "30 days end of month, on the 10th",
        "30 days EOM the 10th", "30 days EOM on the 10th", "30 days end of month the 10th",
        "30 days end of the month on the 10",
    ],
    (AddDays(30), NextDayOfMonth((5,))): ["30 days the next 5th", "30 days on the next 5"],
    (AddDays(30), NextDayOfMonth((5, 20))): [
        "30 days on the next 5th or 20th", "30 days, then the next 5th or 20th",
    ],
    (DayOfMonth(15),): ["on the 15th of the month"],
    (DayOfMonth(20, 1),): [
        "20th of the month following", "the 20th of the month following", "20th month following",
        "on the 20th of the following month", "20th of next month", "20 of the next month",
        "20th of the month following invoice", "20th of the month following the invoice date",
        "20th of the following month the invoice", "prox 20", "prox 20th", "proximo 20", "mfi 20",
        "20 prox", "20th proximo", "20th mfi",
    ],
    (DayOfMonth(1, 1),): ["the 1st of the month following", "1st prox"],
    (DayOfMonth(3, 2),): ["on the 3rd of the month 2 months ahead"],
    (DayOfMonth(2, -1),): ["on the 2nd of the month 1 month before"],
    (NextDayOfMonth((31,)),): ["next 31st", "the next 31", "on the next 31st"],
    (NextDayOfMonth((5, 20)),): ["next 5th or 20th", "the next 20 or 5"],
    (NextDayOfMonth((1, 11, 21)),): ["next 1st or 11th or 21st", "on the next 1 or 11 or 21"],
    (NextDayOfMonth((5, 20), MOVE),): ["on the next 5th or 20th strictly after"],
    (Proximo(20, 15),): [
        "prox 20 cutoff 15", "prox 20, cutoff 15", "proximo 20th cutoff 15th", "20 prox cutoff 15",
        "20th proximo, cutoff 15th", "PROX 20 CUTOFF 15", "PROX 20, CUTOFF 15",
        "on the 20th proximo with cutoff on the 15th",
    ],
    (Proximo(20, 0),): [
        "prox 20 cutoff EOM", "proximo 20 cutoff month end", "prox 20, cutoff eom",
        "on the 20th proximo with cutoff at the month end",
    ],
    (Proximo(20, -3),): [
        "prox 20 cutoff -3", "proximo 20th cutoff -3",
        "on the 20th proximo with cutoff 3 days before the month end",
    ],
    (Proximo(20, -1),): ["on the 20th proximo with cutoff 1 day before the month end"],
    (FixedDate(date(2026, 12, 31)),): [
        "on 31 December 2026", "due on 31 December 2026", "by 31 December 2026", "31 December 2026",
        "not later than 31 Dec 2026", "no later than 31st of December 2026", "by 31. Dec. 2026",
        "on or before December 31, 2026", "at the latest on Dec 31st 2026", "DUE DEC. 31, 2026",
        "on 2026-12-31", "2026-12-31", "on 31/12/2026", "on 12/31/2026", "by 12-31-2026",
        "31-12-2026", "payable by 31.12.2026.",
    ],
    (FixedDate(date(2026, 5, 5)),): ["on 5/5/2026", "05-05-2026", "on 5 May 2026", "May 5, 2026"],
    (FixedDate(date(2028, 2, 29)),): ["on 29/2/2028", "on 2/29/2028", "on 29 Feb 2028"],
    (FixedDate(date(2026, 12, 31)), AddDays(30)): ["on 31 December 2026, then 30 days later"],
}  # fmt: skip
ROWS = [(text, steps) for steps, texts in READ.items() for text in texts]
NEEDS_A_CALENDAR = {"closed", *(convention.value for convention in RollConvention)}
FIRST_EARLIER = {(AddDays(-5),), (AddDays(-1),), (AddMonths(-1),), (AddMonths(-2),)}


@pytest.mark.parametrize(("text", "steps"), ROWS, ids=[text for text, _ in ROWS])
def test_a_rule_is_read(text: str, steps: tuple[DueStep, ...]):
    rule = DueRule(steps, may_precede=steps in FIRST_EARLIER)
    assert PaymentTerms.parse(text) == PaymentTerms([Installment(Percent(100), rule)])


@pytest.mark.parametrize(
    "written", [written for written, _ in ENGLISH.shorthand], ids=lambda written: written[:40]
)
def test_each_shorthand_has_a_row(written: str):
    found = pattern(written)
    assert any(found.fullmatch(text.replace(", cutoff", " cutoff")) for text, _ in ROWS)


@pytest.mark.parametrize("kind", ENGLISH.phrases)
def test_each_phrase_has_a_row_but_what_needs_a_calendar(kind: str):
    found = phrase_pattern(ENGLISH.phrases[kind])
    assert any(found.fullmatch(text) for text, _ in ROWS) is (kind not in NEEDS_A_CALENDAR)


def test_the_two_readings_of_30_days_end_of_month_differ():
    assert PaymentTerms.parse("net 30 EOM") == PaymentTerms.end_of_month(then_days=30)
    assert PaymentTerms.parse("30 days then EOM") == PaymentTerms.end_of_month(first_days=30)


OFFERS = [
    "2% discount within 10 days",
    "2 % discount within 10 days",
    "2 percent discount in 10 days",
    "2 per cent discount 10 days",
    "2 Percent discount within 10 days",
    "2 PER CENT DISCOUNT 10 DAYS",
    "%2 discount within 10 days",
    "2% off 10 days",
    "2% off in 10 days",
    "2% off within 10 day",
    "2% if paid within 10 days",
    "2% if paid in 10 days",
    "2% discount if paid within 10 days",
    "2% off if paid in 10 days",
    "2% DISCOUNT WITHIN 10 DAYS",
]


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize(
    "given",
    [
        "{}, 30 days net",
        "30 days, {}",
        "net 30; {}",
        "net 30 with {}",
        "net 30 with a {}",
        "NET 30 WITH {}",
    ],
)
def test_a_discount_is_read(offer: str, given: str):
    expected = PaymentTerms.net(30, discounts=[EarlyDiscount(2, 10)])
    assert PaymentTerms.parse(given.format(offer)) == expected


@pytest.mark.parametrize("written", ENGLISH.offers)
def test_each_way_to_write_a_discount_has_a_row(written: str):
    found = pattern(written)
    assert any(found.fullmatch(re.sub(r" (%|per ?cent)", "%", offer)) for offer in OFFERS)


EVENTS = [
    ("on delivery", (), "delivery"),
    ("upon completion", (), "completion"),
    ("on the approval", (), "approval"),
    ("after acceptance", (), "acceptance"),
    ("after the Delivery", (), "Delivery"),
    ("30 days after delivery", (AddDays(30),), "delivery"),
    ("in 30 days after the completion", (AddDays(30),), "completion"),
    ("net 30 after approval", (AddDays(30),), "approval"),
    ("30 days then end of month after delivery", (AddDays(30), EndOfMonth()), "delivery"),
    ('after "letter of credit"', (), "letter of credit"),
    ('30 days after "Letter of Credit"', (AddDays(30),), "Letter of Credit"),
    ("EOM after \u201cletter of credit\u201d", (EndOfMonth(),), "letter of credit"),
    ('on receipt after "delivery"', (), "delivery"),
    ('after "the client\u2019s approval"', (), "the client\u2019s approval"),
    ('3 months after "delivery"', (AddMonths(3),), "delivery"),
    ('1 month after "delivery"', (AddMonths(1),), "delivery"),
    ('0 days after "delivery"', (AddDays(0),), "delivery"),
    ('after "delivery", then 30 days later', (AddDays(30),), "delivery"),
    ('AFTER "delivery" THEN 30 DAYS, THEN EOM', (AddDays(30), EndOfMonth()), "delivery"),
    ("NET 30 AFTER DELIVERY", (AddDays(30),), "DELIVERY"),
]


@pytest.mark.parametrize(("text", "steps", "event"), EVENTS, ids=[text for text, *_ in EVENTS])
def test_an_event_is_read_as_it_is_written(text: str, steps: tuple[DueStep, ...], event: str):
    expected = Installment(Percent(100), DueRule(steps), after=event)
    assert PaymentTerms.parse(text) == PaymentTerms([expected])
    assert PaymentTerms.parse(f"100% {text}") == PaymentTerms([expected])
