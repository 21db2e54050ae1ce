"""How payment terms are read from what people write, clause by clause, in four languages.

What can be read in one way is taken. What can be read in several ways, or in none, is refused with
the nearest texts that can be read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeVar
from unicodedata import normalize

import attrs

from milestone_invoicing._checks import LONGEST_TEXT, is_a, require_text
from milestone_invoicing.contract.terms.amounts import percent_read, whole_read
from milestone_invoicing.contract.terms.dates import month_second
from milestone_invoicing.contract.terms.discounts import (
    DiscountBase,
    DiscountTax,
    EarlyDiscount,
    discounts_in_order,
)
from milestone_invoicing.contract.terms.installments import (
    Installment,
    InstallmentShare,
    check_shares,
)
from milestone_invoicing.contract.terms.phrases import (
    Steps,
    pattern,
    phrase_pattern,
    steps_read,
)
from milestone_invoicing.contract.terms.portions import (
    FRACTION,
    REST_WORDS,
    multiples_read,
    share_read,
)
from milestone_invoicing.contract.terms.refusing import refusal
from milestone_invoicing.contract.terms.words import LANGUAGES
from milestone_invoicing.errors import TermsTextError
from milestone_invoicing.money import Money, Percent, Rounding
from milestone_invoicing.timing import AddDays, AddMonths, DueRule

_Said = TypeVar("_Said", DiscountBase, DiscountTax)

_EVERY: Final = tuple(LANGUAGES.values())
_THEN: Final = "|".join(language.then for language in _EVERY)
_AFTER: Final = "|".join(language.after for language in _EVERY)
_GIVEN: Final = "|".join([*(language.given for language in _EVERY), "with"])
_AND: Final = "|".join(language.together for language in _EVERY)
_PERCENT_WORDS: Final = "%|percent|per cent|procent|pour cent|prozent"
_OPENING: Final = pattern(
    r"(?:(?:payment terms|terms|payment|due|payable|betaling|te betalen"
    r"|paiement|à payer|zahlung|zahlbar)(?: ?: ?| )(?=\S))*"
)
_SLASHED: Final = pattern(
    r"(?P<p>[0-9]+(?:[.,][0-9]+)?)/(?P<n>[0-9]+)(?: days)?[,;]? +(?=\S)"
    r"|(?P<q>[0-9]+(?:[.,][0-9]+)?)% (?P<m>[0-9]+)(?: days)?[,;]? +(?=net|n/)"
)
_MONTH_END: Final = r"\b(?:eom|end of (?:the )?month)\b"


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
    as_fraction: bool = False
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
    if is_a(text, str) and len(text) > LONGEST_TEXT:
        raise TermsTextError(
            "this text is too long for payment terms",
            expected=f"at most {LONGEST_TEXT} characters",
            got=len(text),
            nearest=(),
        )
    require_text(text, "the text of payment terms")
    read, unread = _read(text)
    if read is None:
        raise refusal(text, unread, _require_read)
    return read


def _require_read(text: str) -> None:
    """Refuse a text that could not be suggested, because it reads as nothing or as nonsense."""
    read, _ = _read(text)
    if read is None:
        raise TermsTextError(
            "this text reads as no payment terms", expected="payment terms", got=text, nearest=()
        )
    check_shares([part.share for part in read.installments])
    discounts_in_order(read.discounts)


def _read(text: str) -> tuple[ReadTerms | None, list[str]]:
    """Return what a text says; and if that is nothing, which of its clauses are to blame."""
    written, events = _cleaned(text)
    sequential, written = _without_sequence(_OPENING.sub("", written, count=1))
    read, unread = _read_clauses(written, events, (), sequential=sequential)
    if read is None:
        offered, rest = _slashed(written)
        read, unread = _read_clauses(rest, events, tuple(offered), sequential=sequential)
    return read, [*unread, written]


def _read_clauses(
    written: str, events: list[str], offered: tuple[EarlyDiscount, ...], *, sequential: bool
) -> tuple[ReadTerms | None, list[str]]:
    """Return what the clauses say behind discounts *offered*, and those that say nothing."""
    parts = _split(written)
    clauses = {part: _clause(part, events) for part in dict.fromkeys(parts)}
    unread = [part for part, clause in clauses.items() if clause is None]
    known = [clause for part in parts if (clause := clauses[part]) is not None]
    rules = [each for each in known if each.rule is not None]
    steps = [each.step for each in known if each.step is not None]
    mixed = len(rules) > 1 and any(each.share is None for each in rules)
    if unread or mixed or not rules or len(steps) > 1:
        return None, unread
    if len(rules) == 1 and not _is_said(rules[0], offered):
        return None, unread
    for each in known:
        offered += each.discounts if each.share is None else ()
    step, rounding = steps[0] if steps else (None, Rounding.HALF_UP)
    return ReadTerms(tuple(map(_installment, rules)), offered, sequential, step, rounding), []


def _is_said(only: _Clause, offered: Sequence[EarlyDiscount]) -> bool:
    """Say whether two numbers with a slash before the only rule are meant as they were read.

    Before an event, and before what is due at once, they are a share and no discount: "1/3 on
    order". Before any other rule they are a discount: "2/10 net 30".
    """
    waits = only.after is not None or (only.rule is not None and not only.rule.steps)
    return waits if only.as_fraction else not (waits and offered and only.share is None)


def _cleaned(text: str) -> tuple[str, list[str]]:
    """Return *text* on one line, with percentages in one piece, and the events quoted in it.

    In its place an event leaves its number, so that nothing in it is taken for a clause.
    """
    events: list[str] = []

    def kept(match: re.Match[str]) -> str:
        events.append(next(event for event in match.groups() if event is not None))
        return f'"#{len(events) - 1}"'

    quoted = re.sub('"([^"]*)"|[“„]([^“”]*)[“”]|«\\s?([^«»]*?)\\s?»', kept, text)
    no_break = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
    grouped = re.sub(f"(?<=[0-9])[{no_break}](?=[0-9]{{3}})", "'", quoted)
    plain = " ".join(normalize("NFC", grouped).split()).rstrip(" .")
    plain = month_second(plain.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    plain = re.sub(rf"(?<=[0-9]) ?(?:{_PERCENT_WORDS})", "%", plain, flags=re.IGNORECASE)
    plain = re.sub(r"(?<![0-9])% ?([0-9]+(?:[.,][0-9]+)?)", r"\1%", plain)
    plain = re.sub(" (?:ohne abzug|without deduction)", "", plain, flags=re.IGNORECASE)
    plain = re.sub(r", (?=cutoff|(?:on )?the [0-9]|le [0-9])", " ", plain, flags=re.IGNORECASE)
    return plain, events


def _without_sequence(written: str) -> tuple[bool, str]:
    """Return whether the instalments count from one another, and what follows."""
    words = "|".join(re.escape(language.one_by_one) for language in _EVERY)
    found = pattern(rf"(?:{words}) ?: ").match(written)
    return found is not None, written[found.end() :] if found else written


def _slashed(written: str) -> tuple[list[EarlyDiscount], str]:
    """Return the discounts written as "2/10" that a text begins with, and the rest of it."""
    offered: list[EarlyDiscount] = []
    if pattern(_MONTH_END).search(written):
        return offered, written  # "2/10 EOM" is also the 10th of the next month
    while match := _SLASHED.match(written):
        percent, days = match["p"] or match["q"], match["n"] or match["m"]
        offered.append(EarlyDiscount(percent_read(percent), whole_read(days)))
        written = written[match.end() :]
    return offered, written


def _split(written: str) -> list[str]:
    """Return the clauses; commas part them only where no semicolon does."""
    if ";" in written:
        return re.split(r" ?; ?", written)
    return re.split(
        rf", (?!(?:{_THEN}) )| (?:{_AND}) (?=[0-9][0-9.,]*%|[0-9]+/[0-9]|{REST_WORDS})",
        written,
        flags=re.IGNORECASE,
    )


def _clause(written: str, events: list[str]) -> _Clause | None:
    """Return what one clause says; None if that is nothing, or several things."""
    step = multiples_read(written)
    if step is not None:
        return _Clause(step=step)
    discount = _discount(written)
    if discount is not None:
        return _Clause(discounts=(discount,))
    share, rest = share_read(written)
    as_fraction = FRACTION.match(written) is not None
    rule, *offers = re.split(rf" (?:{_GIVEN}) (?=[0-9][0-9.,/]*%)", rest, flags=re.IGNORECASE)
    discounts = [_discount(offer) for offer in offers]
    readings = dict.fromkeys(_rules(rule)) if share is not None or rule else {}
    if len(readings) != 1 or None in discounts:
        return None
    ((steps, after),) = readings
    if after is not None and after.startswith("#"):
        after = events[int(after[1:])]
    return _Clause(
        share=share,
        as_fraction=as_fraction,
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
    rule = clause.rule or DueRule()
    if clause.share is None:
        return Installment(Percent(100), rule, after=clause.after)
    return Installment(clause.share, rule, after=clause.after, discounts=clause.discounts)


def _rules(written: str) -> Iterator[tuple[Steps, str | None]]:
    """Yield each way to read a rule, with the event that it counts from."""
    for steps in steps_read(written):
        yield steps, None
    for found in _events():
        if match := found.fullmatch(written):
            parts = match.groupdict()
            for steps in steps_read(parts.get("rule") or ""):
                yield steps, parts["event"]


@lru_cache(maxsize=1)
def _events() -> tuple[re.Pattern[str], ...]:
    """Return how an event stands before or behind its rule; made when a text is first read."""
    quoted = r'"(?P<event>#[0-9]+)"'
    return (
        pattern(rf"(?:{_AFTER}) {quoted}(?:,? (?:{_THEN}) {{rule}})?"),
        pattern(rf"{{rule}} (?:{_AFTER}) {quoted}"),
        *(
            pattern(written, event=rf"(?P<event>{language.happenings})")
            for language in _EVERY
            for written in language.events
        ),
    )


def _discount(written: str) -> EarlyDiscount | None:
    """Return the early discount that a clause is."""
    base, treatment = DiscountBase.PAYABLE_NOW, DiscountTax.REDUCED_IF_TAKEN
    for language in _EVERY:
        written, base = _said_last(written, language.bases, base)
    for language in _EVERY:
        written, treatment = _said_last(written, language.taxes, treatment)
    for found in _offers():
        if match := found.fullmatch(written):
            percent = percent_read(match["p"])
            return EarlyDiscount(percent, whole_read(match["n"]), treatment, base=base)
    return None


def _said_last(written: str, known: Mapping[_Said, str], default: _Said) -> tuple[str, _Said]:
    """Return what a text ends with of what is known in words, and the text before it."""
    for said, words in known.items():
        if ended := pattern(rf"(.*) {re.escape(words)}").fullmatch(written):
            return ended[1], said
    return written, default


@lru_cache(maxsize=1)
def _offers() -> tuple[re.Pattern[str], ...]:
    """Return what a discount can be; made when a text is first read, not on import."""
    return tuple(
        each
        for language in _EVERY
        for each in (phrase_pattern(language.discount), *map(pattern, language.offers))
    )
