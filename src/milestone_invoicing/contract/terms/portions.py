"""What a clause says about amounts: the share it begins with, and the step of all amounts."""

import re
from functools import lru_cache
from typing import Final

from milestone_invoicing.contract.shares import REST, Weight
from milestone_invoicing.contract.terms.amounts import (
    MONEY,
    fraction_read,
    money_read,
    percent_read,
)
from milestone_invoicing.contract.terms.installments import (
    InstallmentShare,
    PercentOfRest,
    PercentOfUntaxed,
)
from milestone_invoicing.contract.terms.language import Language
from milestone_invoicing.contract.terms.phrases import numbers_in, pattern, phrase_pattern
from milestone_invoicing.contract.terms.words import LANGUAGES
from milestone_invoicing.money import Money, Rounding

REST_WORDS: Final = (
    r"(?:the |het |de |le |der )?(?:rest|balance|remainder|restant|reste|solde|restbetrag)\b"
)
FRACTION: Final = pattern("{f} {rule}")


def share_read(written: str) -> tuple[InstallmentShare | None, str]:
    """Return the share that a clause begins with, if it does, and its rule."""
    for found, kind in _shares():
        if match := found.fullmatch(written):
            share = _share_of(kind, match)
            return (None, written) if share is None else (share, match["rule"] or "")
    if match := MONEY.fullmatch(written):
        amount = money_read(match)
        if amount is not None:
            return amount, match["rule"] or ""
    return None, written


def _share_of(kind: str, match: re.Match[str]) -> InstallmentShare | None:
    if kind == "fraction":
        return fraction_read(match["f"])
    if kind == "weight":
        return Weight(numbers_in(match).n)
    if kind == "rest":
        return REST
    percent = percent_read(match["p"])
    if kind == "of rest":
        return PercentOfRest(percent)
    return PercentOfUntaxed(percent) if kind == "of untaxed" else percent


@lru_cache(maxsize=1)
def _shares() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return what a share can be; made when a text is first read, not on import."""
    tail = pattern("(?: {rule})?").pattern
    patterns = [
        (re.compile(phrase_pattern(template).pattern + tail, re.IGNORECASE), kind)
        for language in LANGUAGES.values()
        for kind, template in language.shares.items()
    ]
    patterns.append((pattern(REST_WORDS + "(?: {rule})?"), "rest"))
    patterns.append((pattern("{p}(?: {rule})?"), "percent"))
    patterns.append((FRACTION, "fraction"))
    return tuple(patterns)


def multiples_read(written: str) -> tuple[Money, Rounding] | None:
    """Return the step of which amounts are multiples, and which multiple."""
    for language in LANGUAGES.values():
        begun = pattern(language.multiples.removesuffix("{step}")).match(written)
        if begun:
            return _step(written[begun.end() :], language)
    return None


def _step(written: str, language: Language) -> tuple[Money, Rounding] | None:
    match = MONEY.fullmatch(written)
    amount = money_read(match) if match else None
    if match is None or amount is None:
        return None
    said = match["rule"]
    if said is None:
        return amount, Rounding.HALF_UP
    named = language.roundings.items()
    found = [rounding for rounding, words in named if pattern(words).fullmatch(said)]
    return (amount, found[0]) if found else None
