"""The events that a contract waits for, as facts, and which of them came; it knows no schedule."""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from datetime import date
from typing import Final, Self, TypeAlias

import attrs

from milestone_invoicing._checks import require_text
from milestone_invoicing.errors import ImpossibleFactError
from milestone_invoicing.facts import Fact, Reversed, standing, take_back


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

    Raises: as ``Occurred.record``.
    """
    NO_EVENTS.record(facts, awaited)


@attrs.frozen(eq=False)
class Occurred:
    """The facts about events, checked so that one more costs no look at those before it.

    Attributes:
        facts: in the order they were recorded.
        last: the last day of a fact.
        stands: the facts that stand on it, by value date.
        came: the events among them.
    """

    facts: tuple[ContractFact, ...] = ()
    last: date = date.min
    stands: tuple[Fact, ...] = ()
    came: Mapping[str, date] = attrs.field(factory=dict[str, date])

    def record(self, facts: Sequence[ContractFact], awaited: Collection[str]) -> Self:
        """Return what occurred, with more facts.

        Raises:
            ImpossibleFactError: nothing waits for an event, or it came before.
            NothingToReverseError: a reversal finds no equal earlier event.
        """
        known, last = list(self.facts), self.last
        stands, came = list(self.stands), dict(self.came)
        for fact in facts:
            if isinstance(fact, EventOccurred):
                _require_new(fact, awaited, came)
            known.append(fact)
            if fact.on < last:
                stands = list(standing(known, date.max))
                came = events_among(stands)
            elif isinstance(fact, Reversed):
                take_back(stands, fact)
                came = events_among(stands)
            else:
                stands.append(fact)
                came[fact.event] = fact.on
            last = max(last, fact.on)
        return type(self)(tuple(known), last, tuple(stands), came)


NO_EVENTS: Final = Occurred()


def _require_new(fact: EventOccurred, awaited: Collection[str], came: Container[str]) -> None:
    if fact.event not in awaited:
        expected = (
            f"an event that something waits for, {' or '.join(map(repr, awaited)) or 'none at all'}"
        )
    elif fact.event in came:
        expected = "an event that has not happened yet"
    else:
        return
    raise ImpossibleFactError(
        f"{type(fact).__name__} on {fact.on} is impossible",
        expected=expected,
        got=fact.event,
        refused=fact,
    )
