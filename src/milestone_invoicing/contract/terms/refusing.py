"""Why a text reads as no payment terms, and what is near to it; it reads nothing itself."""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from difflib import SequenceMatcher, get_close_matches
from fractions import Fraction
from itertools import pairwise
from typing import Final

from milestone_invoicing.contract.terms.amounts import AMOUNT, money_read, whole_read
from milestone_invoicing.contract.terms.english import ENGLISH
from milestone_invoicing.contract.terms.phrases import ordinal
from milestone_invoicing.contract.terms.words import AMBIGUOUS, EXAMPLES
from milestone_invoicing.errors import (
    AmbiguousTermsError,
    MilestoneInvoicingError,
    TermsTextError,
)
from milestone_invoicing.money.exact import fraction_text

_NEAREST: Final = 3
_ALIKE: Final = 85  # percent
_LOOKED_AT: Final = 200  # characters of a long text, enough to say what it looks like


def refusal(text: str, clauses: Sequence[str], read: Callable[[str], object]) -> TermsTextError:
    """Return the error for a text that reads as nothing.

    Args:
        text: the text, as it was given.
        clauses: what may be at fault: clauses of it and, last, all of it, cleaned.
        read: reads a text, or raises one of our errors; what is suggested has passed it.
    """
    readings = _kept(_readings(text, clauses), read)
    if readings:
        return AmbiguousTermsError(
            "this text is read in several ways",
            expected=_told(readings),
            got=text,
            nearest=readings,
        )
    nearest = tuple(_kept(near, read)[0] for near in _nearest(text))
    return TermsTextError(
        "this text reads as no payment terms",
        expected=f"a text such as {_told(nearest)}",
        got=text,
        hint="other terms are built from PaymentTerms and Installment",
        nearest=nearest,
    )


def _told(texts: Iterable[str]) -> str:
    return " or ".join(f'"{text}"' for text in texts)


def _kept(texts: Iterable[str], read: Callable[[str], object]) -> tuple[str, ...]:
    """Return those of *texts* that can be read."""
    kept: list[str] = []
    for text in dict.fromkeys(texts):
        with suppress(MilestoneInvoicingError):
            read(text)
            kept.append(text)
    return tuple(kept)


def _readings(text: str, clauses: Sequence[str]) -> Iterable[str]:
    """Yield what people may mean by a text that they read in several ways."""
    *parts, whole = clauses
    yield from _ambiguous(whole)
    for part in parts:
        yield from (whole.replace(part, reading, 1) for reading in _ambiguous(part))
    plain = " ".join(text.split())
    doubtful = [match.span("x" if match["x"] else "y") for match in _doubtful(plain)]
    for shown in (_as_thousands, _as_decimals):
        reading = plain
        for start, end in reversed(doubtful):
            reading = f"{reading[:start]}{shown(plain[start:end])}{reading[end:]}"
        if doubtful:
            yield reading


def _ambiguous(clause: str) -> Iterable[str]:
    """Yield what people may mean by a clause."""
    if (match := re.fullmatch("([0-9]{1,3})/([0-9]{1,3})", clause)) and sum(
        map(int, match.groups())
    ) == 100:  # noqa: PLR2004  # percent
        yield f"{match[1]}% on receipt, {match[2]}% on delivery"
    for ambiguous, readings in AMBIGUOUS:
        match = re.fullmatch(ambiguous, clause, re.IGNORECASE)
        if match and _rise(match):
            yield from (_with_ordinals(each.format(*match.groups())) for each in readings)


def _rise(match: re.Match[str]) -> bool:
    """Say whether three numbers or more could be days in their order; any other match will do."""
    if len(match.groups()) < 3 or not all(map(str.isdigit, match.groups())):  # noqa: PLR2004  # first, second, third
        return True
    days = [whole_read(day) for day in match.groups()]
    return all(one < later for one, later in pairwise(days))


def _doubtful(text: str) -> Iterable[re.Match[str]]:
    """Yield the amounts outside of quoted events in which one mark may be of either kind."""
    unquoted = re.sub('"[^"]*"', lambda match: " " * len(match[0]), text)
    for match in AMOUNT.finditer(unquoted):
        one_mark = re.fullmatch(r"[0-9]{1,3}[.,][0-9]{3}", match["x"] or match["y"])
        if one_mark and money_read(match) is None:
            yield match


def _as_thousands(amount: str) -> str:
    return re.sub("[.,]", "", amount)


def _as_decimals(amount: str) -> str:
    return fraction_text(Fraction(amount.replace(",", ".")))


def _nearest(text: str) -> Iterable[tuple[str, str]]:
    """Yield readable texts that look like *text*, each with its numbers and as it stands."""
    looked_at = " ".join(text[:_LOOKED_AT].split())
    shapes = {_shape(example): example for example in EXAMPLES}
    numbers = re.findall(r"[0-9]+", looked_at)
    for shape in get_close_matches(_shape(looked_at), shapes, n=_NEAREST, cutoff=0):
        # Only a slip of the pen is mended with its numbers; what looks less alike means something
        # else, and would mean that with the same numbers.
        alike = SequenceMatcher(None, _shape(looked_at), shape).ratio() * 100 >= _ALIKE
        example = shapes[shape]
        yield (_renumbered(example, numbers) if alike else example), example


def _shape(text: str) -> str:
    return re.sub(r"[0-9]+", "#", text).casefold()


def _renumbered(example: str, numbers: list[str]) -> str:
    places = re.findall(r"[0-9]+", example)
    if len(places) != len(numbers):
        return example
    given = iter(numbers)
    return _with_ordinals(re.sub(r"[0-9]+", lambda _: next(given), example))


def _with_ordinals(text: str) -> str:
    """Give the English ordinals of *text* the endings that belong to their numbers."""
    ordinals = r"(?<![0-9])([0-9]+)(?:st|nd|rd|th)\b"
    return re.sub(ordinals, lambda match: ordinal(whole_read(match[1]), ENGLISH), text)
