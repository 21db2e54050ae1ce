"""The laws of payment terms as text: what is printed is read back, and nothing else goes wrong."""

import re
from collections.abc import Sequence
from decimal import ROUND_UP, Context, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from milestone_invoicing import (
    AddDays,
    AddMonths,
    Currency,
    DayOfMonth,
    DiscountBase,
    DiscountTax,
    DueRule,
    DueStep,
    EarlyDiscount,
    EndOfMonth,
    FixedDate,
    Installment,
    InstallmentShare,
    Money,
    NextDayOfMonth,
    PaymentTerms,
    Percent,
    PercentOfRest,
    PercentOfUntaxed,
    Proximo,
    Rounding,
    SameDay,
    Weight,
)
from milestone_invoicing.contract.terms.words import EXAMPLES, LANGUAGES
from milestone_invoicing.display import describe
from milestone_invoicing.errors import MilestoneInvoicingError, SharesError
from tests.properties.agreements import any_steps, due_rules
from tests.properties.dates import each_same_day, fixed_dates, payment_days

HOSTILE = Context(prec=1, rounding=ROUND_UP, Emax=1, Emin=-1)
READ_BACK = (
    *LANGUAGES, "en_US", "en_GB", "en-IE", "en_AU", "nl_NL", "nl-BE", "fr_FR", "fr_BE", "fr_CA",
    "fr_CH", "de_DE", "de_AT", "de_CH", "sv", "pl", "zh", "es", "ja_JP", "pt_BR", "en_IN", "tr",
    "ar", "ar_EG", "fa", "hi", "bn", "he", "my", "ne",
)  # fmt: skip
# Basque sets its percent sign first, and apart; that is told, but not read.
EVERYWHERE = (*READ_BACK, "eu")
locales = st.sampled_from(READ_BACK)

small = st.integers(0, 400)
MOST = 10**18 - 1  # the largest number that is read
distances = st.integers(-400, 400) | st.integers(-MOST, MOST)
MOVING = EndOfMonth(same_day=SameDay.MOVE)
# Of a step that moves on and goes ahead two phrases are printed, which read as two steps.
told_steps = st.one_of(
    st.builds(AddDays, distances),
    st.builds(AddMonths, distances),
    st.builds(EndOfMonth, st.integers(-30, 30)) | st.just(MOVING),
    st.builds(DayOfMonth, st.integers(1, 31), st.integers(-30, 30)),
    st.builds(NextDayOfMonth, payment_days(), each_same_day),
    st.builds(Proximo, st.integers(1, 31), st.integers(-30, 31)),
)


def told_rule(steps: Sequence[DueStep]) -> DueRule:
    """Return a rule that leads back if its first step does, as the words of one are read."""
    first = steps[0] if steps else None
    back = (isinstance(first, AddDays) and first.days < 0) or (
        isinstance(first, AddMonths) and first.months < 0
    )
    return DueRule(steps, may_precede=back)


told_rules = st.lists(told_steps, max_size=3).map(told_rule)
dated_rules = st.builds(
    lambda first, more: DueRule([first, *more]), fixed_dates(), st.lists(told_steps, max_size=2)
)
known_events = st.sampled_from(
    ["delivery", "Lieferung", "l'achèvement", "the rest", "dan", "30 days later", "a, b; c", "5 %",
     "a with a 2% discount within 10 days", "a and 50% b", "EUR 1,250", "#0", "l\u2019a"]
)  # fmt: skip
# An event is told between quotation marks, and all in it is kept but such marks.
quiet_events = st.none() | known_events | st.text("abcXYZéß'-;,.%", min_size=1)
any_events = quiet_events | st.text(min_size=1).filter(str.strip).map(
    lambda text: text.replace('"', "'")
)
points = st.builds(Fraction, st.integers(1, 999), st.sampled_from([1, 2, 3, 7, 10, 100]))
percents = points.filter(lambda value: value < 100).map(Percent)
amounts = st.builds(
    Money,
    st.integers(0, 10**9) | st.integers(99_000, 101_000),
    st.sampled_from([Currency.of(code) for code in ("EUR", "CHF", "JPY", "KWD", "CLF", "INR")]),
)


@st.composite
def discounts(draw: st.DrawFn, taxes: Sequence[DiscountTax]) -> list[EarlyDiscount]:
    """Return up to three levels, of which each lasts longer and takes off less."""
    days = sorted(draw(st.sets(small, max_size=2)))
    levels = draw(st.sets(percents, min_size=len(days), max_size=len(days)))
    tax = draw(st.sampled_from(taxes))
    ordered = sorted(levels, reverse=True)
    base = draw(st.sampled_from(DiscountBase))
    return [EarlyDiscount(*level, tax, base=base) for level in zip(ordered, days, strict=True)]


@st.composite
def shares(draw: st.DrawFn) -> list[InstallmentShare]:
    """Return shares that can make up a payable: percents alone are 100 % of it."""
    parts = draw(st.lists(st.integers(0, 12), max_size=3).filter(lambda some: some != [0]))
    whole = sum(parts) or 1
    whole_untaxed = draw(st.integers(0, 100))
    fixed = [
        *draw(st.lists(amounts, max_size=2)),
        *draw(st.lists(st.builds(PercentOfRest, percents), max_size=2)),
        *([PercentOfUntaxed(whole_untaxed)] if whole_untaxed % 3 == 0 else []),
    ]
    weights = draw(st.lists(st.builds(Weight, st.integers(1, 999_999) | st.just(MOST)), max_size=2))
    cut = [Percent(Fraction(100 * part, whole)) for part in parts if any(parts)]
    told = [*draw(st.permutations([*cut, *fixed])), *weights]
    # One part alone is told as the whole.
    return [Percent(100)] if len(told) < 2 and not fixed else told


@st.composite
def told_terms(draw: st.DrawFn, events: st.SearchStrategy[str | None] = any_events) -> PaymentTerms:
    """Return any terms of which all can be told: no calendar, no note, no policy."""
    for_all = draw(st.booleans())
    of_parts = discounts([DiscountTax.REDUCED_IF_TAKEN, DiscountTax.NOT_REDUCED])
    parts = [
        Installment(
            share,
            rule,
            # What is due on a date waits for no event.
            after=None if rule.steps[:1] and isinstance(rule.steps[0], FixedDate) else draw(events),
            discounts=[] if for_all else draw(of_parts),
        )
        for share in draw(shares())
        for rule in [draw(told_rules | dated_rules)]
    ]
    step = draw(st.none() | amounts)
    step = None if step is None or step.minor == 0 else step
    return PaymentTerms(
        parts,
        draw(discounts(list(DiscountTax))) if for_all else [],
        sequential=len(parts) > 1 and draw(st.booleans()),  # one is no sequence
        step=step,
        step_rounding=Rounding.HALF_UP if step is None else draw(st.sampled_from(Rounding)),
    )


LONGEST = 10_000  # characters that are read


@given(told_terms(), locales)
def test_what_is_printed_is_read_back(terms: PaymentTerms, locale: str):
    sentence = describe(terms, locale=locale)
    assume(len(sentence) <= LONGEST)
    assert PaymentTerms.parse(sentence) == terms


@given(st.text(min_size=1).filter(str.strip), st.sampled_from(tuple(LANGUAGES)))
def test_an_event_is_read_back_with_apostrophes_for_quotation_marks(event: str, language: str):
    terms = PaymentTerms([Installment(Percent(100), after=event)])
    read_back = PaymentTerms.parse(describe(terms, locale=language))
    kept = event.replace('"', "'")
    assert read_back == PaymentTerms([Installment(Percent(100), after=kept)])


@given(told_terms(quiet_events), locales)
def test_a_sentence_ends_once_and_stands_on_one_line(terms: PaymentTerms, locale: str):
    sentence = describe(terms, locale=locale)
    assert sentence.endswith(".")
    assert not sentence.endswith("..")
    assert "\n" not in sentence
    assert "  " not in sentence


@given(st.integers(-30, 30), locales)
def test_a_month_end_that_moves_on_is_read_as_what_it_is(months: int, locale: str):
    moves = PaymentTerms.by(EndOfMonth(months, SameDay.MOVE))
    told = PaymentTerms.parse(describe(moves, locale=locale))
    expected = (MOVING, EndOfMonth(months)) if months else (MOVING,)
    assert told == PaymentTerms.by(*expected)


everything = st.builds(
    PaymentTerms,
    st.lists(
        st.builds(
            Installment,
            st.builds(Weight, st.integers(1, 9)) | amounts,
            due_rules(any_steps()),
            after=st.none() | st.text(min_size=1).filter(str.strip),
        ),
        min_size=1,
        max_size=3,
    ),
    sequential=st.booleans(),
    note=st.text(),
    methods=st.lists(st.text()),
)


@given(everything, st.sampled_from(EVERYWHERE))
def test_all_terms_can_be_described_everywhere(terms: PaymentTerms, locale: str):
    sentence = describe(terms, locale=locale)
    assert sentence.endswith(".")
    for part in terms.installments:
        # What a part says stands in what the whole says, but for a part that is all of it.
        assert len(terms.installments) == 1 or describe(part, locale=locale) in f"{sentence}."
        assert describe(part.due, locale=locale)
        for step in part.due.steps:
            assert describe(step, locale=locale)


def read(text: str) -> PaymentTerms | MilestoneInvoicingError:
    """Return the terms, or the error of ours that says why there are none."""
    try:
        found = PaymentTerms.parse(text)
    except MilestoneInvoicingError as refused:
        return refused
    assert type(found) is PaymentTerms
    return found


WORDS = sorted({word for example in EXAMPLES for word in example.split()})
pieces = st.sampled_from(
    [*WORDS, "EUR", "1,250", "1.250,00", "12,34,567", "1,2.3", "%", "%50", "/", ";", ",", ".", ":",
     '"', "\u00ab", "\u00bb", "\u201e", "after", "nach", "with", "then", "THEN", "and", "the rest",
     "in multiples of", "one after another:", "of the rest", "0", "10", "-1", "\u0663", "\u00b2",
     "\uff12", "31.12.2026", "on", "05/06/2026", "Dec", "(tax not reduced)",
     "2% discount within 10 days"]
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Return an example with a stretch of it replaced."""
    text = draw(st.sampled_from(EXAMPLES))
    first, last = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
    return text[:first] + draw(st.text(max_size=3) | pieces) + text[last:]


@given(st.text() | st.text("0123456789 %,./;:-+\"'()EURnetdays") | mutated())
def test_any_text_is_read_or_refused_by_an_error_of_ours(text: str):
    read(text)


@given(st.lists(pieces, max_size=9), st.sampled_from([" ", " ", ""]))
def test_any_words_are_read_or_refused_by_an_error_of_ours(words: list[str], between: str):
    read(between.join(words))


spaces = st.text(" \t\n\u00a0\u202f", max_size=3)


@given(told_terms(quiet_events) | st.sampled_from(EXAMPLES), locales, spaces, spaces, spaces)
def test_spaces_change_nothing(found, locale: str, before: str, behind: str, more: str):
    text = found if isinstance(found, str) else describe(found, locale=locale)
    # Between quotation marks, which are those of events, each space is kept.
    parts = text.split('"')
    parts[::2] = [part.replace(" ", f" {more}") for part in parts[::2]]
    wider = before + '"'.join(parts) + behind
    assume(len(wider) <= LONGEST)
    assert PaymentTerms.parse(wider) == PaymentTerms.parse(text)


one_rule = (told_steps | fixed_dates()).map(
    lambda step: PaymentTerms([Installment(Percent(100), told_rule([step]))])
)


@given(one_rule, locales)
def test_a_sequence_of_one_is_told_as_one(terms: PaymentTerms, locale: str):
    sequence = PaymentTerms(terms.installments, sequential=True)
    assert describe(sequence, locale=locale) == describe(terms, locale=locale)


@given(one_rule, st.sampled_from(tuple(LANGUAGES)))
def test_case_changes_nothing_of_a_step(terms: PaymentTerms, language: str):
    text = describe(terms, locale=language)
    for written in (text.upper(), text.lower(), text.title(), text.swapcase()):
        assert PaymentTerms.parse(written) == terms


CODES = re.compile(r"\b(?:EUR|CHF|JPY|KWD|CLF|INR)\b", re.IGNORECASE)


@given(told_terms(st.none()), locales)
def test_case_changes_nothing_but_of_codes_and_events(terms: PaymentTerms, locale: str):
    text = describe(terms, locale=locale)
    for written in (text.upper(), text.lower(), text.title(), text.swapcase()):
        told = CODES.sub(lambda code: code[0].upper(), written)
        assert PaymentTerms.parse(told) == terms


@given(told_terms(), st.sampled_from(EVERYWHERE))
def test_the_ambient_decimal_context_changes_nothing(terms: PaymentTerms, locale: str):
    sentence = describe(terms, locale=locale)
    again = read(sentence)
    with localcontext(HOSTILE):
        assert describe(terms, locale=locale) == sentence
        hostile = read(sentence)
    assert str(hostile) == str(again)
    assert type(hostile) is type(again)


EVENTS = {"on delivery": "delivery", "bij levering": "levering", "à la livraison": "livraison"}
EVENTS["nach Abnahme"] = "Abnahme"
AT_ONCE = ("on order", "now", "bij opdracht", "à la commande", "bei Auftrag")
parted = st.integers(2, 400).flatmap(
    lambda whole: st.tuples(st.integers(1, whole - 1), st.just(whole))
)


@given(parted, st.sampled_from(AT_ONCE), st.sampled_from(sorted(EVENTS)), st.sampled_from(",;"))
def test_a_fraction_before_an_event_is_an_exact_share_and_never_a_discount(
    fraction: tuple[int, int], first: str, event: str, mark: str
):
    part, whole = fraction
    terms = PaymentTerms.parse(f"{part}/{whole} {first}{mark} {whole - part}/{whole} {event}")
    shares = [Percent(Fraction(100 * each, whole)) for each in (part, whole - part)]
    assert terms == PaymentTerms(
        [Installment(shares[0]), Installment(shares[1], after=EVENTS[event])]
    )
    for alone in (f"{part}/{whole} {first}", f"{part}/{whole} {event}"):
        with pytest.raises(SharesError, match=r"^the instalments leave .* of the payable over"):
            PaymentTerms.parse(alone)
