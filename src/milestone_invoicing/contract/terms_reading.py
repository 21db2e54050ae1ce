"""How payment terms are read from what people write, clause by clause, in four languages.

What can be read in one way is taken. What can be read in several ways, or in none, is refused with
the nearest texts that can be read.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from typing import Final
from unicodedata import normalize

import attrs

from milestone_invoicing._checks import require_text
from milestone_invoicing.contract.discounts import DiscountTax, EarlyDiscount
from milestone_invoicing.contract.installments import (
    Installment,
    InstallmentShare,
    PercentOfRest,
    PercentOfUntaxed,
)
from milestone_invoicing.contract.shares import REST, Weight
from milestone_invoicing.contract.terms_phrases import (
    Steps,
    numbers_in,
    pattern,
    phrase_pattern,
    steps_read,
)
from milestone_invoicing.contract.terms_words import AMBIGUOUS, EXAMPLES, LANGUAGES, Language
from milestone_invoicing.errors import AmbiguousTermsError, TermsTextError, UnknownCurrencyError
from milestone_invoicing.money import Currency, Money, Percent, Rounding
from milestone_invoicing.timing import AddDays, AddMonths, DueRule

_EVERY: Final = tuple(LANGUAGES.values())
_AMOUNT: Final = r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
_MONEY: Final = re.compile(
    rf"(?:(?P<before>[A-Z]{{3}}) ?(?P<x>{_AMOUNT})|(?P<y>{_AMOUNT}) ?(?P<behind>[A-Z]{{3}}))"
    r"(?: (?P<rule>.+))?"
)
_OPENING: Final = re.compile(
    r"(?:(?:payment terms|terms|payment|due|payable|betaling|te betalen"
    r"|paiement|[àa] payer|zahlung|zahlbar)(?: ?: ?| )(?=\S))*",
    re.IGNORECASE,
)
_SLASHED: Final = re.compile(
    r"(?P<p>\d+(?:[.,]\d+)?)/(?P<n>\d+)(?: days)?[,;]? +(?=\S)"
    r"|(?P<q>\d+(?:[.,]\d+)?)% (?P<m>\d+)(?: days)?[,;]? +(?=net|n/)",
    re.IGNORECASE,
)
_LONGEST: Final = 1000
_NEAREST: Final = 3
_GROUP: Final = 3  # digits between two marks of thousands


@attrs.frozen
class ReadTerms:
    """What a text says about payment terms."""

    installments: tuple[Installment, ...]
    discounts: tuple[EarlyDiscount, ...]
    sequential: bool
    step: Money | None
    step_rounding: Rounding


@attrs.frozen
class _Clause:
    """One clause of a text: a rule or an instalment, discounts, or a step; never all."""

    share: InstallmentShare | None = None
    rule: DueRule | None = None
    after: str | None = None
    discounts: tuple[EarlyDiscount, ...] = ()
    step: tuple[Money, Rounding] | None = None


def read_terms(text: str) -> ReadTerms:
    """Return what *text* says about payment terms.

    Raises:
        TermsTextError: it reads as no payment terms.
        AmbiguousTermsError: it reads as several.
        BlankTextError, WrongTypeError: no text.
    """
    require_text(text, "the text of payment terms")
    if len(text) > _LONGEST:
        raise TermsTextError(
            "this text is too long for payment terms",
            expected=f"at most {_LONGEST} characters",
            got=len(text),
            nearest=(),
        )
    written = _cleaned(text)
    sequential, written = _without_sequence(_OPENING.sub("", written, count=1))
    offered, written = _slashed(written)
    clauses = [_clause(clause, text) for clause in _split(written)]
    rules = [each for each in clauses if each.rule is not None]
    steps = [each.step for each in clauses if each.step is not None]
    shared = [each for each in rules if each.share is not None]
    if len(steps) > 1 or not rules or (len(shared) < len(rules) and len(rules) > 1):
        raise _unreadable(text)
    for each in clauses:
        offered += each.discounts if each.share is None else ()
    step, rounding = steps[0] if steps else (None, Rounding.HALF_UP)
    return ReadTerms(
        installments=tuple(map(_installment, rules)),
        discounts=tuple(offered),
        sequential=sequential,
        step=step,
        step_rounding=rounding,
    )


def _cleaned(text: str) -> str:
    """Return *text* on one line, with plain quotation marks and percentages in one piece."""
    plain = " ".join(normalize("NFKC", text).split()).rstrip(" .")
    plain = re.sub("[“”„«»]", '"', plain.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    plain = re.sub('" ?(.+?) ?"', r'"\1"', plain)
    plain = re.sub(r"(?<=\d) ?(?:%|percent|per cent|procent|pour cent|prozent)", "%", plain)
    return re.sub(r", (?=cutoff)", " ", plain, flags=re.IGNORECASE)


def _without_sequence(written: str) -> tuple[bool, str]:
    """Return whether the instalments count from one another, and what follows."""
    words = "|".join(re.escape(language.one_by_one) for language in _EVERY)
    found = pattern(rf"(?:{words}) ?: ").match(written)
    return found is not None, written[found.end() :] if found else written


def _slashed(written: str) -> tuple[list[EarlyDiscount], str]:
    """Return the discounts written as "2/10" that a text begins with, and the rest of it."""
    offered: list[EarlyDiscount] = []
    while match := _SLASHED.match(written):
        percent, days = match["p"] or match["q"], match["n"] or match["m"]
        offered.append(EarlyDiscount(percent.replace(",", "."), int(days)))
        written = written[match.end() :]
    return offered, written


def _split(written: str) -> list[str]:
    """Return the clauses; commas part them only where no semicolon does."""
    if ";" in written:
        return re.split(r" ?; ?", written)
    thens = "|".join(language.then for language in _EVERY)
    return re.split(rf", (?!(?:{thens}) )| (?:and|en|et|und) (?=\d[\d.,]*%)", written)


def _clause(written: str, text: str) -> _Clause:
    """Return what one clause says.

    Raises:
        TermsTextError, AmbiguousTermsError: nothing, or several things.
    """
    step = _multiples(written)
    if step is not None:
        return _Clause(step=step)
    discount = _discount(written)
    if discount is not None:
        return _Clause(discounts=(discount,))
    share, rest = _share(written)
    given = "|".join(language.given for language in _EVERY)
    rule, *offers = re.split(rf" (?:{given}) (?=\d[\d.,/]*%)", rest)
    discounts = [_discount(offer) for offer in offers]
    readings = dict.fromkeys(_rules(rule))
    if len(readings) != 1 or None in discounts:
        raise _unreadable(text, written)
    ((steps, after),) = readings
    return _Clause(
        share=share,
        rule=DueRule(steps, may_precede=_leads_back(steps)),
        after=after,
        discounts=tuple(discount for discount in discounts if discount is not None),
    )


def _leads_back(steps: Steps) -> bool:
    """Say whether the first step is an earlier day, so that the rule is meant to lead back."""
    match steps[:1]:
        case (AddDays(number) | AddMonths(number),):
            return number < 0
        case _:
            return False


def _installment(clause: _Clause) -> Installment:
    """Return a clause as an instalment; without a share it is the whole."""
    if clause.share is None:
        return Installment(Percent(100), clause.rule or DueRule(), after=clause.after)
    return Installment(
        clause.share, clause.rule or DueRule(), after=clause.after, discounts=clause.discounts
    )


def _rules(written: str) -> Iterator[tuple[Steps, str | None]]:
    """Yield each way to read a rule, with the event that it counts from."""
    before, after = written, None
    words = "|".join(language.after for language in _EVERY)
    if quoted := pattern(rf'(.*?) ?(?:{words}) "([^"]+)"').fullmatch(written):
        before, after = quoted[1], quoted[2]
    for steps in steps_read(before):
        yield steps, after
    for found in _events():
        match = found.fullmatch(written)
        if match:
            for steps in steps_read(match.groupdict().get("rule") or ""):
                yield steps, match["event"]


@lru_cache(maxsize=1)
def _events() -> tuple[re.Pattern[str], ...]:
    return tuple(
        pattern(written, event=rf"(?P<event>{language.happenings})")
        for language in _EVERY
        for written in language.events
    )


def _share(written: str) -> tuple[InstallmentShare | None, str]:
    """Return the share that a clause begins with, if it does, and its rule."""
    for found, kind in _shares():
        if match := found.fullmatch(written):
            return _share_of(kind, match), match["rule"] or ""
    if match := _MONEY.fullmatch(written):
        amount = _money(match)
        if amount is not None:
            return amount, match["rule"] or ""
    return None, written


def _share_of(kind: str, match: re.Match[str]) -> InstallmentShare:
    if kind == "weight":
        return Weight(numbers_in(match).n)
    if kind == "rest":
        return REST
    percent = _percent(match["p"])
    if kind == "of rest":
        return PercentOfRest(percent)
    return PercentOfUntaxed(percent) if kind == "of untaxed" else percent


@lru_cache(maxsize=1)
def _shares() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what a share can be; made when a text is first read, not on import."""
    tail = "(?: {rule})?"
    found = [
        (phrase_pattern(f"{template}@").pattern, kind)
        for language in _EVERY
        for kind, template in language.shares.items()
    ]
    patterns = [
        (re.compile(each.replace("@", pattern(tail).pattern), re.IGNORECASE), kind)
        for each, kind in found
    ]
    rest = r"(?:(?:the |het |le )?(?:rest|balance|remainder|restant|reste|solde|restbetrag))"
    patterns.append((pattern(rest + tail), "rest"))
    patterns.append((pattern("{p}" + tail), "percent"))
    return tuple(patterns)


def _percent(written: str) -> Percent:
    return Percent(written.rstrip("%").replace(",", "."))


def _money(match: re.Match[str]) -> Money | None:
    """Return an amount such as ``EUR 1.250,00``; None in no currency.

    Raises:
        AmbiguousTermsError: "EUR 1,250" could be either of two amounts.
    """
    try:
        currency = Currency.of(match["before"] or match["behind"])
    except UnknownCurrencyError:
        return None
    written = re.sub("[ ']", "", match["x"] or match["y"])
    number = _number(written, currency.digits)
    if number is None:
        both = re.sub("[.,]", "", written), written.replace(",", ".")
        raise _ambiguous(written, [f"{currency} {each}" for each in both])
    return Money.of(number, currency)


def _number(written: str, digits: int) -> str | None:
    """Return a number with a decimal point; None if a mark in it may stand for something else."""
    has_decimals = digits > 0 and re.fullmatch(rf".+[.,]\d{{{digits}}}", written) is not None
    whole = written[: -digits - 1] if has_decimals else written
    point = written[len(whole) :].replace(",", ".")
    first, *groups = re.split("[.,]", whole)
    marks = set(re.findall("[.,]", written))
    apart = len(marks) == 1 + has_decimals and (has_decimals or digits == 0)
    thousands = all(len(group) == _GROUP for group in groups) and len(first) <= _GROUP
    if groups and not (apart and thousands):
        return None
    return f"{first}{''.join(groups)}{point}"


def _multiples(written: str) -> tuple[Money, Rounding] | None:
    """Return the step of which amounts are multiples, and which multiple."""
    for language in _EVERY:
        opening = pattern(language.multiples.removesuffix("{step}"))
        begun = opening.match(written)
        if begun:
            return _step(written[begun.end() :], language)
    return None


def _step(written: str, language: Language) -> tuple[Money, Rounding] | None:
    match = _MONEY.fullmatch(written)
    amount = _money(match) if match else None
    if match is None or amount is None:
        return None
    named: dict[str | None, Rounding] = {None: Rounding.HALF_UP}
    named |= {words: rounding for rounding, words in language.roundings.items()}
    rounding = named.get(match["rule"])
    return None if rounding is None else (amount, rounding)


def _discount(written: str) -> EarlyDiscount | None:
    """Return the early discount that a clause is."""
    treatment = DiscountTax.REDUCED_IF_TAKEN
    for language in _EVERY:
        for tax, words in language.taxes.items():
            if ended := pattern(rf"(.*) {re.escape(words)}").fullmatch(written):
                written, treatment = ended[1], tax
    for found in _offers():
        if match := found.fullmatch(written):
            return EarlyDiscount(_percent(match["p"]), int(match["n"]), treatment)
    return None


@lru_cache(maxsize=1)
def _offers() -> tuple[re.Pattern[str], ...]:
    """Return what a discount can be; made when a text is first read, not on import."""
    return tuple(
        each
        for language in _EVERY
        for each in (phrase_pattern(language.discount), *map(pattern, language.offers))
    )


def _unreadable(text: str, clause: str = "") -> TermsTextError:
    """Return the error for a text that reads as nothing; what is wrong is one clause of it."""
    for written in (clause, _cleaned(text)):
        for ambiguous, readings in AMBIGUOUS:
            if match := re.fullmatch(ambiguous, written, re.IGNORECASE):
                return _ambiguous(text, [reading.format(*match.groups()) for reading in readings])
    nearest = _nearest(_cleaned(text))
    return TermsTextError(
        "this text reads as no payment terms",
        expected=" or ".join(f'"{each}"' for each in nearest),
        got=text,
        hint="build other rules with PaymentTerms.by(...)",
        nearest=nearest,
    )


def _ambiguous(text: str, readings: Iterable[str]) -> AmbiguousTermsError:
    nearest = tuple(readings)
    return AmbiguousTermsError(
        "this text is read in several ways",
        expected=" or ".join(f'"{each}"' for each in nearest),
        got=text,
        nearest=nearest,
    )


def _nearest(written: str) -> tuple[str, ...]:
    """Return the readable texts that look most like *written*, with its numbers where they fit."""
    shapes = {re.sub(r"\d+", "#", example).casefold(): example for example in EXAMPLES}
    close = get_close_matches(re.sub(r"\d+", "#", written).casefold(), shapes, n=_NEAREST, cutoff=0)
    numbers = re.findall(r"\d+", written)
    return tuple(_renumbered(shapes[shape], numbers) for shape in close)


def _renumbered(example: str, numbers: list[str]) -> str:
    places = re.findall(r"\d+", example)
    if len(places) != len(numbers):
        return example
    given = iter(numbers)
    return re.sub(r"\d+", lambda _: next(given), example)
