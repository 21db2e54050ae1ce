"""Between the steps of due rules and the phrases that say them; it knows no whole sentences."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache
from itertools import product
from typing import Final, TypeAlias, assert_never
from unicodedata import normalize

import attrs

from milestone_invoicing.contract.terms.amounts import whole_read
from milestone_invoicing.contract.terms.dates import DATE, MONTH_FIRST, date_read, date_said
from milestone_invoicing.contract.terms.language import Language
from milestone_invoicing.contract.terms.words import LANGUAGES
from milestone_invoicing.timing import (
    AddDays,
    AddMonths,
    DayOfMonth,
    DueStep,
    EndOfMonth,
    FixedDate,
    NextDayOfMonth,
    Proximo,
    RollToBusinessDay,
    SameDay,
    SkipClosedPeriods,
)

Steps: TypeAlias = tuple[DueStep, ...]

_WEEK: Final = 7
_ORDINAL: Final = r"[0-9]{1,6}(?:st|nd|rd|th|er|e|\.)?"
PLACES: Final = {
    "n": r"(?P<n>[0-9]{1,18})",
    "a": rf"(?P<a>{_ORDINAL})",
    "b": rf"(?P<b>{_ORDINAL})",
    "days": rf"(?P<days>{_ORDINAL}(?: (?:or|of|ou|oder) {_ORDINAL})*)",
    "date": f"(?P<date>{DATE})",
    "us": f"(?P<us>{MONTH_FIRST})",
    "f": r"(?P<f>[0-9]{1,9}/[0-9]{1,9})",
    "p": r"(?P<p>[0-9]+(?:[.,][0-9]+|/[0-9]+)?%)",
    "rule": r"(?P<rule>.+)",
}


@attrs.frozen
class Numbers:
    """The numbers in a phrase, by the places where they stand, and its date if it has one."""

    n: int = 0
    a: int = 0
    b: int = 0
    days: tuple[int, ...] = ()
    on: date | None = None


Phrase: TypeAlias = tuple[str, Numbers]

# None where the numbers make no steps: the calendar has no 31 November.
_KINDS: Final[dict[str, Callable[[Numbers], Steps | None]]] = {
    "receipt": lambda _: (),
    "days": lambda at: (AddDays(at.n),),
    "days later": lambda at: (AddDays(at.n),),
    "days after": lambda at: (AddDays(at.n),),
    "days earlier": lambda at: (AddDays(-at.n),),
    "weeks": lambda at: (AddDays(_WEEK * at.n),),
    "months": lambda at: (AddMonths(at.n),),
    "months later": lambda at: (AddMonths(at.n),),
    "months after": lambda at: (AddMonths(at.n),),
    "months earlier": lambda at: (AddMonths(-at.n),),
    "month end": lambda _: (EndOfMonth(),),
    "next month end": lambda _: (EndOfMonth(1),),
    "month end ahead": lambda at: (EndOfMonth(at.n),),
    "month end before": lambda at: (EndOfMonth(-at.n),),
    "month end after": lambda _: (EndOfMonth(same_day=SameDay.MOVE),),
    "day": lambda at: (DayOfMonth(at.a),),
    "day of next month": lambda at: (DayOfMonth(at.a, 1),),
    "day ahead": lambda at: (DayOfMonth(at.a, at.n),),
    "day before": lambda at: (DayOfMonth(at.a, -at.n),),
    "date": lambda at: None if at.on is None else (FixedDate(at.on),),
    "date, month first": lambda at: None if at.on is None else (FixedDate(at.on),),
    "next day": lambda at: (NextDayOfMonth(at.days),),
    "next day after": lambda at: (NextDayOfMonth(at.days, SameDay.MOVE),),
    "proximo": lambda at: (Proximo(at.a, at.b),),
    "proximo, month end": lambda at: (Proximo(at.a, 0),),
    "proximo, before month end": lambda at: (Proximo(at.a, -at.n),),
    "days, month end": lambda at: (AddDays(at.n), EndOfMonth()),
    "month end, days": lambda at: (EndOfMonth(), AddDays(at.n)),
    "days, month end, day": lambda at: (AddDays(at.n), EndOfMonth(), DayOfMonth(at.a, 1)),
    "days, next day": lambda at: (AddDays(at.n), NextDayOfMonth(at.days)),
}


def phrases_of(step: DueStep, *, first: bool) -> tuple[Phrase, ...]:
    """Return the phrases that say *step*, one or two; *first* says whether it counts by itself.

    Example:
        >>> phrases_of(AddDays(30), first=True)
        (('days', Numbers(n=30, a=0, b=0, days=(), on=None)),)
    """
    match step:
        case EndOfMonth(months, SameDay.MOVE):
            ahead = (_month_end(months),) if months else ()
            return (("month end after", Numbers()), *ahead)
        case _:
            return (_phrase_of(step, first=first),)


def _phrase_of(step: DueStep, *, first: bool) -> Phrase:
    match step:
        case AddDays(number) | AddMonths(number):
            unit = "days" if isinstance(step, AddDays) else "months"
            return _distance(unit, number, first=first)
        case EndOfMonth(months):
            return _month_end(months)
        case DayOfMonth() | FixedDate() | NextDayOfMonth() | Proximo():
            return _named_day(step)
        case RollToBusinessDay(_, convention):
            return convention.value, Numbers()
        case SkipClosedPeriods():
            return "closed", Numbers()
        case _:
            assert_never(step)


def _named_day(step: DayOfMonth | FixedDate | NextDayOfMonth | Proximo) -> Phrase:
    match step:
        case DayOfMonth(day, months):
            return _day(day, months)
        case FixedDate(on):
            return "date", Numbers(on=on)
        case NextDayOfMonth(days, same_day):
            return "next day" if same_day is SameDay.STAY else "next day after", Numbers(days=days)
        case Proximo(day, cutoff):
            return _proximo(day, cutoff)
        case _:
            assert_never(step)


def _distance(unit: str, number: int, *, first: bool) -> Phrase:
    if number < 0:
        return f"{unit} earlier", Numbers(n=-number)
    return (unit if first else f"{unit} later"), Numbers(n=number)


def _month_end(months: int) -> Phrase:
    named = {0: "month end", 1: "next month end"}
    if months in named:
        return named[months], Numbers()
    kind = "month end ahead" if months > 0 else "month end before"
    return kind, Numbers(n=abs(months))


def _day(day: int, months: int) -> Phrase:
    named = {0: "day", 1: "day of next month"}
    if months in named:
        return named[months], Numbers(a=day)
    return ("day ahead" if months > 0 else "day before"), Numbers(a=day, n=abs(months))


def _proximo(day: int, cutoff: int) -> Phrase:
    if cutoff > 0:
        return "proximo", Numbers(a=day, b=cutoff)
    if cutoff == 0:
        return "proximo, month end", Numbers(a=day)
    return "proximo, before month end", Numbers(a=day, n=-cutoff)


def said(template: str, language: Language, numbers: Numbers, **texts: str) -> str:
    """Return a phrase with its numbers and texts in place.

    Example:
        >>> said("in {n} [day|days]", LANGUAGES["en"], Numbers(n=1))
        'in 1 day'
    """
    chosen = re.sub(r"\[(.*?)\|(.*?)\]", r"\1" if numbers.n == 1 else r"\2", template)
    alternatives = f" {language.alternative} ".join(ordinal(day, language) for day in numbers.days)
    return chosen.format(
        n=numbers.n,
        a=ordinal(numbers.a, language),
        b=ordinal(numbers.b, language),
        days=alternatives,
        date="" if numbers.on is None else date_said(numbers.on, language),
        **texts,
    )


def ordinal(number: int, language: Language) -> str:
    """Return ``1st``, ``1e``, ``1er`` or ``1.``."""
    return f"{number}{language.ordinals.get(number, language.ordinals[None])}"


def steps_read(text: str) -> list[Steps]:
    """Return the different steps as which *text* can be read, in any of the languages.

    An empty text is no steps at all: at once.

    Example:
        >>> steps_read("30 days then end of month")
        [(AddDays(days=30), EndOfMonth(months=0, same_day=<SameDay.STAY: 'stay'>))]
    """
    if not text:
        return [()]
    words = "|".join(language.then for language in LANGUAGES.values())
    parts = re.split(rf",? (?:{words}) ", text, flags=re.IGNORECASE)
    found = [_part_read(part) for part in parts]
    walks = (tuple(step for steps in walk for step in steps) for walk in product(*found))
    return [walk for walk in dict.fromkeys(walks) if not _ends_at_a_date(walk)]


def _ends_at_a_date(steps: Steps) -> bool:
    """Say whether a step stands before a fixed date, which makes no rule."""
    return any(isinstance(step, FixedDate) for step in steps[1:])


def _part_read(text: str) -> list[Steps]:
    """Return what one part between two "then" can mean."""
    found = (
        _KINDS[kind](numbers_in(match))
        for pattern, kind in _patterns()
        if (match := pattern.fullmatch(text))
    )
    return list(dict.fromkeys(steps for steps in found if steps is not None))


def numbers_in(match: re.Match[str]) -> Numbers:
    """Return the numbers that stand in the places of a phrase."""
    texts = {name: text for name, text in match.groupdict().items() if text is not None}
    one = {name: whole_read(texts[name]) for name in ("n", "a", "b") if name in texts}
    days = tuple(whole_read(day) for day in re.findall(r"[0-9]+", texts.get("days", "")))
    on = date_read(texts["date"]) if "date" in texts else None
    if "us" in texts:
        on = date_read(texts["us"], month_first=True)
    return Numbers(days=days, on=on, **one)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return all that can be read as steps; made when a text is first read, not on import."""
    found: list[tuple[re.Pattern[str], str]] = []
    for language in LANGUAGES.values():
        found += [
            (phrase_pattern(template), kind)
            for kind, template in language.phrases.items()
            if kind in _KINDS
        ]
        found += [(pattern(written), kind) for written, kind in language.shorthand]
    return tuple(found)


def phrase_pattern(template: str) -> re.Pattern[str]:
    """Return the pattern of a phrase that is also printed."""
    text = re.sub(r"[().+?°]", lambda match: re.escape(match[0]), template)
    return pattern(re.sub(r"\[(.*?)\|(.*?)\]", r"(?:\1|\2)", text))


@cache
def pattern(written: str, **places: str) -> re.Pattern[str]:
    """Return a pattern with its places for numbers; case and accents do not matter in it."""
    known = {**PLACES, **places}
    filled = re.sub(r"\{([a-z]+)\}", lambda match: known[match[1]], written)
    return re.compile(_tolerant(filled), re.IGNORECASE)


def _tolerant(written: str) -> str:
    """Let each letter with an accent also stand without it."""
    return re.sub(
        r"[^\x00-\x7f]", lambda match: f"[{match[0]}{normalize('NFD', match[0])[0]}]", written
    )
