"""The events that a contract waits for, as facts, and which of them came; it knows no schedule."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final, TypeAlias

import attrs

from milestone_invoicing._checks import require_text
from milestone_invoicing.errors import ImpossibleFactError
from milestone_invoicing.facts import Fact, Reversed, standing


@attrs.frozen
class EventOccurred(Fact):
    """An event came that an instalment, or a step of a retainage, waits for.

    It counts from this fact's date, that day included.

    Args:
        event: its name, as the terms or the step have it in ``after``.

    Raises:
        BlankTextError: *event* is blank.
        DateTypeError: a date is not a plain date.

    Example:
        >>> EventOccurred("letter of credit", on=date(2026, 5, 20)).event
        'letter of credit'

    Source: convention of this library.
    """

    event: str

    def _check(self) -> None:
        require_text(self.event, "the event")


ContractFact: TypeAlias = EventOccurred | Reversed
CONTRACT_FACTS: Final = (EventOccurred, Reversed)


def event_of(fact: Fact) -> str | None:
    """Return the event that a fact is about, itself or as what it reverses; None of any other."""
    about = fact.fact if isinstance(fact, Reversed) else fact
    return about.event if isinstance(about, EventOccurred) else None


def events_among(facts: Iterable[Fact]) -> dict[str, date]:
    """Return the dates of the events among *facts* that stand."""
    return {fact.event: fact.on for fact in facts if isinstance(fact, EventOccurred)}


def check_events(facts: Sequence[ContractFact], awaited: Collection[str]) -> None:
    """Refuse an event that nothing waits for, or that came already, and a reversal of none.

    Args:
        facts: in the order they were recorded.
        awaited: the events that somebody waits for.

    Raises:
        ImpossibleFactError: nothing waits for an event, or it came before.
        NothingToReverseError: a reversal finds no equal earlier event.
    """
    for index, fact in enumerate(facts):
        came = events_among(standing(facts[:index], date.max))
        if isinstance(fact, EventOccurred) and (fact.event not in awaited or fact.event in came):
            expected = " or ".join(map(repr, awaited)) or "none at all"
            raise ImpossibleFactError(
                f"{type(fact).__name__} on {fact.on} is impossible",
                expected="an event that has not happened yet"
                if fact.event in awaited
                else f"an event that something waits for, {expected}",
                got=fact.event,
                refused=fact,
            )
    standing(facts, date.max)
