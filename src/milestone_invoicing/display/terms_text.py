"""Payment terms as a sentence in English, Dutch, French or German; it knows no due dates."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from milestone_invoicing._checks import require_type
from milestone_invoicing.contract import (
    EarlyDiscount,
    Installment,
    PaymentTerms,
    PercentOfRest,
    PercentOfUntaxed,
    Weight,
)
from milestone_invoicing.contract.terms_phrases import Numbers, phrases_of, said
from milestone_invoicing.contract.terms_words import LANGUAGES, Language
from milestone_invoicing.display.formats import format_number, format_percent, known_locale
from milestone_invoicing.money import Money, Percent
from milestone_invoicing.timing import DueRule, DueStep
from milestone_invoicing.timing.due_steps import DUE_STEPS

Describable: TypeAlias = PaymentTerms | Installment | EarlyDiscount | DueRule | DueStep

_ENGLISH: Final = "en"


def describe(terms: Describable, *, locale: str) -> str:
    """Return payment terms as a sentence, or a part of them as a phrase.

    In the language of *locale* if that is English, Dutch, French or German, else in English;
    numbers follow *locale*. ``PaymentTerms.parse`` reads the sentence back, but for business days
    and closed periods, which need a calendar. Note, ways of payment and remainder policy are not
    told.

    Args:
        terms: the terms, or an instalment, discount, due rule or step of them.
        locale: a CLDR locale.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError: none of these.

    Example:
        >>> terms = PaymentTerms.parse("2/10 net 30")
        >>> for locale in ("en", "nl"):
        ...     print(describe(terms, locale=locale))
        Due in 30 days; 2% discount within 10 days.
        Te betalen binnen 30 dagen; 2% korting binnen 10 dagen.

    Source: convention of this library.
    """
    require_type(terms, (PaymentTerms, Installment, EarlyDiscount, DueRule, *DUE_STEPS), "terms")
    language = LANGUAGES.get(known_locale(locale).language, LANGUAGES[_ENGLISH])
    match terms:
        case PaymentTerms():
            return _sentence(terms, language, locale)
        case Installment():
            return _installment(terms, language, locale, alone=False)
        case EarlyDiscount():
            return _discount(terms, language, locale)
        case DueRule(steps):
            return _rule(steps, language)
        case _:
            return _rule((terms,), language)


def _sentence(terms: PaymentTerms, language: Language, locale: str) -> str:
    parts = terms.installments
    one = len(parts) == 1 and not parts[0].discounts and _is_whole(parts[0])
    clauses = [_installment(part, language, locale, alone=one) for part in parts]
    clauses += [_discount(level, language, locale) for level in terms.discounts]
    if terms.step is not None:
        clauses.append(_multiples(terms.step, terms, language, locale))
    colon, semicolon = language.marks
    opening = [language.due]
    if terms.sequential:
        opening.append(language.one_by_one)
    told = " ".join(opening) + (colon if terms.sequential or len(parts) > 1 else "")
    return f"{told} {f'{semicolon} '.join(clauses)}".rstrip(".") + "."


def _is_whole(part: Installment) -> bool:
    """Say whether an instalment that stands alone is all there is to pay."""
    return isinstance(part.share, Weight) or part.share == Percent(100)


def _installment(part: Installment, language: Language, locale: str, *, alone: bool) -> str:
    return " ".join(_words(part, language, locale, alone=alone))


def _words(part: Installment, language: Language, locale: str, *, alone: bool) -> Iterator[str]:
    if not alone:
        yield _share(part, language, locale)
    if part.due.steps or part.after is None:
        yield _rule(part.due.steps, language)
    if part.after is not None:
        event = part.after.replace('"', "'")
        yield f'{language.after} "{event}"'
    for level in part.discounts:
        yield f"{language.given} {_discount(level, language, locale)}"


def _share(part: Installment, language: Language, locale: str) -> str:
    shares = language.shares
    match part.share:
        case Percent():
            return _percent(part.share, locale)
        case Money():
            return _money(part.share, locale)
        case Weight(1):
            return shares["rest"]
        case Weight(parts):
            return said(shares["weight"], language, Numbers(n=parts))
        case PercentOfRest(percent):
            return said(shares["of rest"], language, Numbers(), p=_percent(percent, locale))
        case PercentOfUntaxed(percent):
            return said(shares["of untaxed"], language, Numbers(), p=_percent(percent, locale))


def _rule(steps: Sequence[DueStep], language: Language) -> str:
    """Return the phrases of a rule, one after the other."""
    phrases = [
        phrase for index, step in enumerate(steps) for phrase in phrases_of(step, first=index == 0)
    ] or [("receipt", Numbers())]
    said_in_order = (said(language.phrases[kind], language, numbers) for kind, numbers in phrases)
    return f", {language.then} ".join(said_in_order)


def _discount(level: EarlyDiscount, language: Language, locale: str) -> str:
    percent = _percent(level.percent, locale)
    offer = said(language.discount, language, Numbers(n=level.days), p=percent)
    return f"{offer} {language.taxes.get(level.tax, '')}".rstrip()


def _multiples(step: Money, terms: PaymentTerms, language: Language, locale: str) -> str:
    told = said(language.multiples, language, Numbers(), step=_money(step, locale))
    return f"{told} {language.roundings.get(terms.step_rounding, '')}".rstrip()


def _percent(percent: Percent, locale: str) -> str:
    """Return a percentage with all its decimals; one without an end as a fraction."""
    told = str(percent)
    if "/" in told:
        return told
    _, _, decimals = told.rstrip("%").partition(".")
    return format_percent(percent, locale=locale, digits=len(decimals))


def _money(amount: Money, locale: str) -> str:
    """Return an amount with the code of its currency, which reads alike everywhere."""
    return f"{amount.currency} {format_number(amount.amount, locale=locale)}"
