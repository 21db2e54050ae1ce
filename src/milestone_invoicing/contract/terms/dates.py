"""How dates stand in texts about payment terms, in four languages; it knows no terms."""

import re
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import Final
from unicodedata import normalize

from milestone_invoicing.contract.terms.language import Language
from milestone_invoicing.contract.terms.words import LANGUAGES

_MONTHS: Final = "|".join(
    sorted(
        {name for language in LANGUAGES.values() for names in language.months for name in names},
        key=lambda name: (-len(name), name),
    )
)
_ISO: Final = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
_NAMED: Final = rf"[0-9]{{1,2}}(?:st|nd|rd|th|er|e|\.)? (?:of |de )?(?:{_MONTHS})\.?,? [0-9]{{4}}"
_NUMBERED: Final = "|".join(
    f"[0-9]{{1,2}}{mark}[0-9]{{1,2}}{mark}[0-9]{{4}}" for mark in (r"\.", "/", "-")
)

# What may be a date with the day first, and what one with the month first, as Americans write it.
DATE: Final = f"{_ISO}|{_NAMED}|{_NUMBERED}"
MONTH_FIRST: Final = r"[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}"
_AMERICAN: Final = rf"\b({_MONTHS})\.? ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}})\b"


def date_said(day: date, language: Language) -> str:
    """Return a date as a language says it, with the month as a word.

    Example:
        >>> date_said(date(2027, 1, 1), LANGUAGES["fr"])
        '1er janvier 2027'
    """
    ending = language.ordinals.get(day.day, language.ordinals[None])
    return language.date.format(
        day=day.day,
        nth=f"{day.day}{ending}",
        month=language.months[day.month - 1][0],
        year=f"{day.year:04}",
    )


def date_read(text: str, *, month_first: bool = False) -> date | None:
    """Return the date that a text means; None if the calendar has no such date.

    Example:
        >>> str(date_read("31. Dez. 2026")), str(date_read("12/31/2026", month_first=True))
        ('2026-12-31', '2026-12-31')
        >>> print(date_read("12/31/2026"))
        None
    """
    numbers = [int(number) for number in re.findall("[0-9]+", text)]
    if re.fullmatch(_ISO, text):
        year, month, day = numbers
    elif len(numbers) > 2:  # noqa: PLR2004  # day, month, year
        month, day, year = numbers if month_first else (numbers[1], numbers[0], numbers[2])
    else:
        day, year = numbers
        words = re.findall("[a-z]+", _plain(text))
        month = next(number for word in words if (number := _month_numbers().get(word)))
    with suppress(ValueError):
        return date(year, month, day)
    return None


def month_second(text: str) -> str:
    """Return a text with its American dates, such as "December 31, 2026", told day first.

    Example:
        >>> month_second("due Dec 31, 2026")
        'due 31 Dec 2026'
    """
    return re.sub(_AMERICAN, r"\2 \1 \3", text, flags=re.IGNORECASE)


@lru_cache(maxsize=1)
def _month_numbers() -> dict[str, int]:
    """Return which month each name means, in any of the languages."""
    return {
        _plain(name): number
        for language in LANGUAGES.values()
        for number, names in enumerate(language.months, start=1)
        for name in names
    }


def _plain(name: str) -> str:
    """Return a name without case and accents."""
    return re.sub("[^ -~]", "", normalize("NFD", name.casefold()))
