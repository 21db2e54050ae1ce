"""Quoted events: what stands in them says nothing about the terms, and is kept as it is."""

import pytest

from milestone_invoicing import (
    REST,
    AddDays,
    DueRule,
    EarlyDiscount,
    EndOfMonth,
    Installment,
    PaymentTerms,
    Percent,
)
from milestone_invoicing.display import describe

RULE_30 = DueRule((AddDays(30),))


def terms_after(event: str) -> PaymentTerms:
    return PaymentTerms([Installment(Percent(100), after=event)])


EVENTS = {
    "a semicolon": "a; b",
    "a comma": "a, b",
    "a percentage": "at 5 %",
    "percent in a word": "5 Percent of it",
    "a percent sign that comes first": "%5",
    "a discount": "a with 5% b",
    "another discount": "a with 2% discount within 10 days",
    "and a percentage": "a and 50% b",
    "and the rest": "a and the rest",
    "then": "a, then b",
    "after": "30 days after b",
    "a step of amounts": "in multiples of EUR 0.05",
    "an ambiguous amount": "EUR 1,250",
    "a cutoff": "a, cutoff 5",
    "two spaces": "a  b",
    "a space that does not break": "a\u00a0b",
    "a tabulator": "a\tb",
    "a line": "a\nb",
    "a curly apostrophe": "l\u2019a",
    "an apostrophe": "l'a",
    "a dot at the end": "a.",
    "dots": "...",
    "capital letters": "Letter Of Credit",
    "accents in one character": "r\u00e9ception",
    "accents in two characters": "re\u0301ception",
    "full-width letters": "\uff21\uff22",
    "raised digits": "m\u00b2",
    "the number of an event": "#0",
    "the number of another event": "#7",
    "a known event": "delivery",
    "an opening": "Payment terms: due",
    "a sequence": "one after another: a",
    "braces": "{rule} {0}",
    "a backslash": "\\1",
}
MARKS = {
    "straight": '"{}"',
    "curly": "\u201c{}\u201d",
    "German": "\u201e{}\u201c",
    "French": "\u00ab{}\u00bb",
    "French with spaces": "\u00ab {} \u00bb",
    "French with spaces that do not break": "\u00ab\u00a0{}\u00a0\u00bb",
}


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
@pytest.mark.parametrize("marks", MARKS.values(), ids=MARKS)
def test_an_event_is_kept_as_it_is_written(marks: str, event: str):
    quoted = marks.format(event)
    parts = [Installment(Percent(50), RULE_30, after=event), Installment(REST)]
    assert PaymentTerms.parse(f"after {quoted}") == terms_after(event)
    assert PaymentTerms.parse(f"50% 30 days after {quoted}; the rest") == PaymentTerms(parts)
    assert PaymentTerms.parse(f"50% 30 days after {quoted}, the rest") == PaymentTerms(parts)


@pytest.mark.parametrize("locale", ["en", "nl", "fr", "de"])
@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_a_printed_event_is_read_back(event: str, locale: str):
    waits = DueRule((AddDays(30), EndOfMonth()))
    terms = PaymentTerms(
        [
            Installment(Percent(50), after=event),
            Installment(Percent(50), waits, after=event, discounts=[EarlyDiscount(2, 10)]),
        ]
    )
    assert PaymentTerms.parse(describe(terms, locale=locale)) == terms


@pytest.mark.parametrize(
    ("event", "kept"),
    [('a"b', "a'b"), ('the "big" day', "the 'big' day"), ('"', "'"), ("a\u201cb\u201d", None),
     ("a\u201eb", None), ("\u00aba\u00bb", None)],
    ids=ascii,
)  # fmt: skip
def test_a_quotation_mark_in_an_event_is_printed_as_an_apostrophe(event: str, kept: str | None):
    told = describe(terms_after(event), locale="en")
    assert told == f'Due after "{kept or event}".'
    read = PaymentTerms.parse(told)
    assert read == terms_after(kept or event)


@pytest.mark.parametrize(
    ("written", "event"),
    [
        ('\u201ca "b" c\u201d', 'a "b" c'),
        ("\u00aba \u201cb\u201d c\u00bb", "a \u201cb\u201d c"),
        ('"a \u00abb\u00bb c"', "a \u00abb\u00bb c"),
    ],
    ids=["straight in curly", "curly in French", "French in straight"],
)
def test_marks_within_other_marks(written: str, event: str):
    assert PaymentTerms.parse(f"after {written}").installments[0].after == event


def test_each_event_is_its_own():
    first, second, third = '"a, b"', "\u00abc; d\u00bb", "\u201ea, b\u201c"
    text = f"25% after {first}; 25% 5 days after {second}; 25% after {third}; 25% now"
    after = [part.after for part in PaymentTerms.parse(text).installments]
    assert after == ["a, b", "c; d", "a, b", None]
