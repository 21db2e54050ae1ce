"""Payment terms as a sentence in English, Dutch, French or German; it knows no due dates."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias, assert_never

from milestone_invoicing._checks import require_type
from milestone_invoicing.contract import (
    EarlyDiscount,
    Installment,
    PaymentTerms,
    PercentOfRest,
    PercentOfUntaxed,
    Weight,
)
from milestone_invoicing.contract.terms.language import Language
from milestone_invoicing.contract.terms.phrases import Numbers, phrases_of, said
from milestone_invoicing.contract.terms.words import LANGUAGES
from milestone_invoicing.display.formats import format_number, format_percent, known_locale
from milestone_invoicing.money import Money, Percent
from milestone_invoicing.timing import AddDays, AddMonths, DueRule, DueStep
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
    if terms.sequential and len(parts) > 1:
        opening.append(language.one_by_one)
    told = " ".join(opening) + (colon if len(parts) > 1 else "")
    return f"{told} {f'{semicolon} '.join(clauses)}".rstrip(".") + "."


def _is_whole(part: Installment) -> bool:
    """Say whether an instalment that stands alone is all there is to pay."""
    return isinstance(part.share, Weight) or part.share == Percent(100)


def _installment(part: Installment, language: Language, locale: str, *, alone: bool) -> str:
    return " ".join(_words(part, language, locale, alone=alone))


def _words(part: Installment, language: Language, locale: str, *, alone: bool) -> Iterator[str]:
    if not alone:
        yield _share(part, language, locale)
    yield _counted(part.due.steps, part.after, language)
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
        case _:
            assert_never(part.share)


def _counted(steps: Sequence[DueStep], event: str | None, language: Language) -> str:
    """Return a rule, with the event that it counts from."""
    if event is None:
        return _rule(steps, language)
    named = event.replace('"', "'")
    after = f'{language.after} "{named}"'
    match steps:
        case ():
            return after
        case (AddDays(number),) if number >= 0:
            return f"{said(language.phrases['days after'], language, Numbers(n=number))} {after}"
        case (AddMonths(number),) if number >= 0:
            return f"{said(language.phrases['months after'], language, Numbers(n=number))} {after}"
        case _:
            return f", {language.then} ".join([after, *_phrases(steps, language, first=False)])


def _rule(steps: Sequence[DueStep], language: Language) -> str:
    """Return the phrases of a rule, one after the other."""
    phrases = _phrases(steps, language, first=True) or [language.phrases["receipt"]]
    return f", {language.then} ".join(phrases)


def _phrases(steps: Sequence[DueStep], language: Language, *, first: bool) -> list[str]:
    return [
        said(language.phrases[kind], language, numbers)
        for index, step in enumerate(steps)
        for kind, numbers in phrases_of(step, first=first and index == 0)
    ]


def _discount(level: EarlyDiscount, language: Language, locale: str) -> str:
    percent = _percent(level.percent, locale)
    offer = said(language.discount, language, Numbers(n=level.days), p=percent)
    more = (language.taxes.get(level.tax), language.bases.get(level.base))
    return " ".join(each for each in (offer, *more) if each)


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
