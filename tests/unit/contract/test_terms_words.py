"""The tables of words: all languages say the same, and nothing is said that reads as another."""

import re
from datetime import date
from itertools import product

import pytest

from milestone_invoicing import DiscountBase, DiscountTax, RollConvention, Rounding
from milestone_invoicing.contract.terms.language import Language
from milestone_invoicing.contract.terms.phrases import (
    _KINDS,
    Numbers,
    numbers_in,
    pattern,
    phrase_pattern,
    said,
    steps_read,
)
from milestone_invoicing.contract.terms.words import AMBIGUOUS, EXAMPLES, LANGUAGES

ENGLISH = LANGUAGES["en"]
NEEDS_A_CALENDAR = {"closed", *(convention.value for convention in RollConvention)}
every_language = pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)


@every_language
def test_all_languages_say_the_same(language: Language):
    assert language.phrases.keys() == ENGLISH.phrases.keys()
    assert language.shares.keys() == {"rest", "weight", "of rest", "of untaxed"}
    assert language.taxes.keys() == set(DiscountTax) - {DiscountTax.REDUCED_IF_TAKEN}
    assert language.bases.keys() == set(DiscountBase) - {DiscountBase.PAYABLE_NOW}
    assert language.roundings.keys() == set(Rounding) - {Rounding.HALF_UP}
    assert None in language.ordinals
    assert len(language.months) == 12


@every_language
def test_phrases_have_the_same_places_in_all_languages(language: Language):
    for kind, template in ENGLISH.phrases.items():
        assert places(language.phrases[kind]) == places(template), kind
    for kind, template in ENGLISH.shares.items():
        assert places(language.shares[kind]) == places(template), kind
    assert places(language.discount) == ["n", "p"]
    assert places(language.multiples) == ["step"]
    assert language.multiples.endswith("{step}")


def places(template: str) -> list[str]:
    return sorted(re.findall(r"\{([a-z]+)\}", template))


@every_language
def test_what_shorthand_means_exists(language: Language):
    assert {kind for _, kind in language.shorthand} <= _KINDS.keys()


def test_each_phrase_means_something_but_what_needs_a_calendar():
    assert ENGLISH.phrases.keys() - _KINDS.keys() == NEEDS_A_CALENDAR
    shorthand = {kind for each in LANGUAGES.values() for _, kind in each.shorthand}
    assert _KINDS.keys() - ENGLISH.phrases.keys() <= shorthand


@every_language
def test_no_two_words_of_a_language_are_the_same(language: Language):
    known = (language.phrases, language.shares, language.taxes, language.bases, language.roundings)
    for words in known:
        assert len(set(words.values())) == len(words)


# Each place filled twice: with one, of which the words are in the singular, and with more.
FILLED = (
    {"n": "1", "a": "2", "b": "3", "days": "4", "date": "31 December 2026", "us": "12/31/2026"},
    {"n": "12", "a": "21", "b": "13", "days": "5 or 20", "date": "31.12.2026", "us": "12-31-2026"},
)


@every_language
@pytest.mark.parametrize("kind", ENGLISH.phrases.keys() - NEEDS_A_CALENDAR)
@pytest.mark.parametrize("number", [1, 2, 11, 30])
def test_a_phrase_has_one_reading_which_is_its_kind(language: Language, kind: str, number: int):
    on = date(2026, 12, number)
    numbers = Numbers(n=number, a=number, b=number + 1, days=(number, number + 1), on=on)
    text = said(language.phrases[kind], language, numbers)
    found = phrase_pattern(language.phrases[kind]).fullmatch(text)
    assert found is not None
    used = {"on" if name == "date" else name for name in places(language.phrases[kind])}
    read = numbers_in(found)
    assert {name: getattr(read, name) for name in used} == {
        name: getattr(numbers, name) for name in used
    }
    assert steps_read(text) == [_KINDS[kind](numbers)]
    assert steps_read(text.upper()) == steps_read(text)


def samples(written: str) -> list[str]:
    """Return all texts that an expression of the shorthand matches, with some numbers in place."""
    branches = expand(re.sub(r"\{([a-z]+)\}", r"<\1>", written))
    texts = []
    for index, branch in enumerate(branches):
        values = FILLED[index % 2]
        texts.append(re.sub(r"<([a-z]+)>", lambda at, values=values: values[at[1]], branch))
    return texts


def expand(written: str) -> list[str]:
    """Return the texts of an expression made of groups, choices and "?"."""
    texts, position = alternatives(written, 0)
    assert position == len(written)
    return texts


def alternatives(written: str, position: int) -> tuple[list[str], int]:
    found: list[str] = []
    while True:
        texts, position = sequence(written, position)
        found += texts
        if position == len(written) or written[position] == ")":
            return found, position
        position += 1


def sequence(written: str, position: int) -> tuple[list[str], int]:
    texts = [""]
    while position < len(written) and written[position] not in "|)":
        if written.startswith("(?:", position):
            options, position = alternatives(written, position + 3)
            position += 1
        else:
            position += written[position] == "\\"
            options, position = [written[position]], position + 1
        if position < len(written) and written[position] == "?":
            options, position = [*options, ""], position + 1
        texts = [before + after for before, after in product(texts, options)]
    return texts, position


def test_the_samples_of_an_expression_are_all_its_texts():
    assert expand(r"a(?:b|c)?d?|\+") == ["abd", "ab", "acd", "ac", "ad", "a", "+"]


@every_language
def test_each_text_of_a_shorthand_has_one_reading_which_is_its_kind(language: Language):
    for written, kind in language.shorthand:
        found = pattern(written)
        for text in samples(written):
            match = found.fullmatch(text)
            assert match is not None, text
            assert steps_read(text) == [_KINDS[kind](numbers_in(match))], text


@every_language
def test_no_text_of_a_shorthand_is_ambiguous(language: Language):
    for written, _ in language.shorthand:
        for text in samples(written):
            assert not any(re.fullmatch(each, text, re.IGNORECASE) for each, _ in AMBIGUOUS), text


def test_no_two_examples_differ_in_their_numbers_only():
    assert len(set(EXAMPLES)) == len(EXAMPLES)
    shapes = [re.sub(r"\d+", "#", example).casefold() for example in EXAMPLES]
    assert len(set(shapes)) == len(EXAMPLES)


ORDINALS = {
    "en": {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th",
           21: "21st", 22: "22nd", 23: "23rd", 30: "30th", 31: "31st"},
    "nl": {1: "1e", 2: "2e", 8: "8e", 31: "31e"},
    "fr": {1: "1er", 2: "2", 21: "21", 31: "31"},
    "de": {1: "1.", 2: "2.", 31: "31."},
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [(code, day, text) for code, days in ORDINALS.items() for day, text in days.items()],
)
def test_a_day_is_said_as_an_ordinal(code: str, day: int, expected: str):
    assert said("{a}", LANGUAGES[code], Numbers(a=day)) == expected
    assert said("{b}", LANGUAGES[code], Numbers(b=day)) == expected
    assert said("{days}", LANGUAGES[code], Numbers(days=(day,))) == expected


def test_english_has_an_ordinal_for_each_day_of_a_month():
    told = [said("{a}", ENGLISH, Numbers(a=day)) for day in range(1, 32)]
    assert [text for text in told if not text.endswith("th")] == [
        "1st", "2nd", "3rd", "21st", "22nd", "23rd", "31st",
    ]  # fmt: skip


def test_beyond_the_month_english_ordinals_go_on():
    told = [said("{a}", ENGLISH, Numbers(a=day)) for day in (101, 111, 112, 113, 122)]
    assert told == ["101st", "111th", "112th", "113th", "122nd"]


@every_language
def test_the_words_between_clauses_steps_and_events_differ(language: Language):
    words = (language.then, language.after, language.given, language.together)
    assert len({*words, language.alternative}) == 5
    assert all(words)
