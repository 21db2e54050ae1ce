"""What states are called in a language; the words of each stand in a module of their own."""

from collections.abc import Hashable, Mapping
from typing import Any, Final, TypeAlias

from milestone_invoicing._checks import require_type
from milestone_invoicing.contract import AnyTrigger, AtProgress, OnDate, Trigger, WorkState
from milestone_invoicing.display import dutch, french, german
from milestone_invoicing.display.formats import format_date, format_percent, known_locale
from milestone_invoicing.errors import WrongTypeError
from milestone_invoicing.receivables import (
    Audience,
    BillingState,
    DiscountStage,
    DocumentState,
    Flag,
    MilestoneLabel,
    MovementKind,
    Outside,
    SettlementState,
    StatusLabel,
    Timeliness,
)

Labelled: TypeAlias = (
    Audience
    | BillingState
    | DiscountStage
    | DocumentState
    | Flag
    | MilestoneLabel
    | MovementKind
    | Outside
    | SettlementState
    | StatusLabel
    | Timeliness
    | Trigger
    | WorkState
)

# What rows are called, by key. Any, since a mapping of Hashable takes no mapping of texts alone.
Names: TypeAlias = Mapping[Any, str]

_ENGLISH: Final = "en"
# English is the text of the member itself.
_LANGUAGES: Final = {"nl": dutch.LABELS, "fr": french.LABELS, "de": german.LABELS}
_WORDS: Final = {"nl": dutch.WORDS, "fr": french.WORDS, "de": german.WORDS}
# French sets a no-break space before a colon.
_COLONS: Final = {"fr": "\N{NO-BREAK SPACE}:"}


def label(member: Labelled, *, locale: str) -> str:
    """Return what a state is called in the language of *locale*.

    There are labels in English, Dutch, French and German; every other locale reads English.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError: not a state that has a label.

    Example:
        >>> [label(StatusLabel.OVERDUE, locale=locale) for locale in ("en", "nl_BE", "fr", "de")]
        ['overdue', 'achterstallig', 'en retard', 'überfällig']

    Source: convention of this library.
    """
    if not issubclass(type(member), Labelled):
        raise WrongTypeError(
            "a value has no label", expected="a state, label, flag or trigger", got=member
        )
    language = language_of_labels(locale)
    return str(member.value) if language == _ENGLISH else _LANGUAGES[language][member]


def trigger_label(trigger: AnyTrigger, *, locale: str) -> str:
    """Return what makes a milestone billable, in the language of *locale*.

    Raises:
        UnknownLocaleError: CLDR has no such locale.
        WrongTypeError: not a trigger.

    Example:
        >>> trigger_label(AtProgress(Percent(50)), locale="nl")
        'bij 50% voortgang'
    """
    require_type(trigger, (Trigger, OnDate, AtProgress), "the trigger")
    if isinstance(trigger, OnDate):
        return f"{word('on', locale)} {format_date(trigger.date, locale=locale)}"
    if isinstance(trigger, AtProgress):
        share = format_percent(trigger.percent, locale=locale)
        return f"{word('at', locale)} {share} {word('progress', locale)}"
    return label(trigger, locale=locale)


def word(english: str, locale: str) -> str:
    """Return a title or word of the tables; English in a language that has no words here."""
    language = language_of_labels(locale)
    return english if language == _ENGLISH else _WORDS[language][english]


def row_name(key: Hashable, names: Names | None, locale: str) -> str:
    """Return what a row goes by: its name, or else its key, or that it has none."""
    if names and key in names:
        require_type(names[key], str, f"the name of {key!r}")
        return names[key]
    return word("unassigned", locale) if key is None else str(key)


def headed(title: str, text: str, locale: str) -> str:
    """Return ``title: text`` with the colon as the language sets it."""
    return f"{title}{_COLONS.get(language_of_labels(locale), ':')} {text}"


def language_of_labels(locale: str) -> str:
    """Return the language in which *locale* reads labels, so that what stands beside them fits."""
    language = known_locale(locale).language
    return language if language in _LANGUAGES else _ENGLISH
