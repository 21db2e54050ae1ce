"""What a dated fact is: sorting, visibility, reversal, what was known when; it knows no rules.

A fact says what happened. ``on`` is its value date, the day from which it counts; facts sort by
it, and ties keep the order in which they were recorded. ``recorded_on`` may say when it became
known; without it a fact counts as known from its value date.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

import attrs
from attrs import AttrsInstance

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import (
    require_date,
    require_optional_date,
    require_text,
    require_type,
)
from milestone_invoicing.errors import ImpossibleFactError, NothingToReverseError, WrongTypeError


@attrs.frozen(kw_only=True)
class Fact:
    """Something that happened, on a day.

    Args:
        on: the value date, from which the fact counts; that day is included.
        recorded_on: the day it became known; None means the value date.

    Raises:
        DateTypeError: a date is not a plain date.

    Example:
        >>> str(Fact(on=date(2026, 5, 4)).known_on)
        '2026-05-04'

    Source: the two dates of bitemporal records; their names are a convention of this library.
    """

    on: date
    recorded_on: date | None = None

    def __attrs_post_init__(self) -> None:
        """Check the dates, then the payload."""
        require_date(self.on, "on")
        require_optional_date(self.recorded_on, "recorded_on")
        self._check()

    def _check(self) -> None:
        """Check what a kind of fact carries; a bare fact carries nothing."""

    def __str__(self) -> str:
        """Return what happened and when: ``Delivered on 2026-05-04``."""
        return f"{type(self).__name__} on {self.on}"

    @property
    def known_on(self) -> date:
        """The first day on which this fact was known."""
        return self.on if self.recorded_on is None else self.recorded_on


@attrs.frozen
class Reversed(Fact):
    """An earlier fact does not stand: bounced, charged back, entered by mistake.

    It hides one equal earlier fact from its own date on, that day included; asked about a day
    before, the fact is still there. Equal means equal in all, ``recorded_on`` too. On one day the
    order of recording says what is earlier. A reversal cannot be reversed: record the fact again.

    Args:
        fact: the fact that is reversed.
        reason: why, for people.

    Raises:
        WrongTypeError: *fact* is no fact.
        ImpossibleFactError: *fact* is itself a reversal.
        BlankTextError: *reason* is blank.
        DateTypeError: a date is not a plain date.

    Example:
        >>> delivered = Fact(on=date(2026, 5, 4))
        >>> Reversed(delivered, "entered by mistake", on=date(2026, 5, 6)).fact == delivered
        True

    Source: convention of this library.
    """

    fact: Fact
    reason: str

    def _check(self) -> None:
        require_type(self.fact, Fact, "the reversed fact")
        if isinstance(self.fact, Reversed):
            raise ImpossibleFactError(
                "a reversal cannot be reversed",
                expected="a fact other than a reversal",
                got=self.fact,
                hint="record the fact again",
                refused=self,
            )
        require_text(self.reason, "reason")

    @property
    def known_on(self) -> date:
        """The first day on which both the reversal and its fact were known."""
        own = self.on if self.recorded_on is None else self.recorded_on
        return max(own, self.fact.known_on)


@attrs.frozen
class Reason(Answer):
    """Why a derived answer is what it is: the rule in words, and the facts that made it.

    Example:
        >>> Reason("due on 2026-05-31, 10 days before", ()).rule
        'due on 2026-05-31, 10 days before'
    """

    rule: str
    facts: tuple[Fact, ...] = ()

    def __str__(self) -> str:
        """Return the rule."""
        return self.rule


_F = TypeVar("_F", bound=Fact)


def in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return *facts* by value date; ties keep their order."""
    return tuple(sorted(facts, key=lambda fact: fact.on))


def standing(facts: Iterable[Fact], as_of: date) -> tuple[Fact, ...]:
    """Return the facts that count on *as_of*, by value date.

    Facts dated *as_of* count, those dated after it are invisible; a reversed fact and its
    reversal are both gone.

    Raises:
        NothingToReverseError: a reversal finds no equal earlier fact that stands.

    Example:
        >>> begun = Fact(on=date(2026, 5, 4))
        >>> facts = (begun, Reversed(begun, "entered by mistake", on=date(2026, 5, 6)))
        >>> len(standing(facts, date(2026, 5, 5))), len(standing(facts, date(2026, 5, 6)))
        (1, 0)
    """
    stands: list[Fact] = []
    for fact in in_order(facts):
        if fact.on > as_of:
            break
        if isinstance(fact, Reversed):
            take_back(stands, fact)
        else:
            stands.append(fact)
    return tuple(stands)


def take_back(stands: list[Fact], reversal: Reversed) -> int:
    """Remove the last equal fact from those that stand, and return where it was.

    Raises:
        NothingToReverseError: there is none.
    """
    for index in range(len(stands) - 1, -1, -1):
        if stands[index] == reversal.fact:
            del stands[index]
            return index
    raise NothingToReverseError(
        "there is nothing to reverse",
        expected=f"an equal fact that stands on {reversal.on}",
        got=reversal.fact,
    )


def of_kind(facts: Sequence[Fact], kind: type[_F]) -> tuple[_F, ...]:
    """Return those of *facts* that are of *kind*, in their order."""
    return tuple(fact for fact in facts if isinstance(fact, kind))


# Any attrs class with facts: pyright finds that a field with a converter fits no protocol.
_V = TypeVar("_V", bound=AttrsInstance)


def as_known_on(value: _V, day: date) -> _V:
    """Return a schedule or an invoice without what was recorded after *day*.

    That is facts, and the change orders of a schedule.

    With it a report printed last month can be made again, even after late entries. Value dates
    are untouched: ask with ``as_of`` as before.

    Args:
        value: a schedule or an invoice.
        day: the last day whose records count; a fact recorded on that day stays.

    Raises:
        DateTypeError: *day* is not a plain date.
        WrongTypeError: *value* carries no facts.
        ImpossibleFactError, UnknownMilestoneError: what was known by then does not fit together,
            such as a fact about a milestone whose change order was recorded later.

    Example:
        >>> schedule = Schedule(Money.of(900, "EUR"), [Milestone("a", "Audit", REST)])
        >>> late_entry = Delivered(on=date(2026, 4, 28), recorded_on=date(2026, 5, 6))
        >>> len(as_known_on(schedule.record("a", late_entry), date(2026, 4, 30)).facts)
        0

    Source: the two dates of bitemporal records; their names are a convention of this library.
    """
    require_date(day, "day")
    facts = getattr(value, "facts", None) if attrs.has(type(value)) else None
    if facts is None:
        raise WrongTypeError(
            "this value carries no facts", expected="a schedule or an invoice", got=value
        )
    changed: dict[str, Any] = {"facts": tuple(fact for fact in facts if fact.known_on <= day)}
    orders: Iterable[Any] | None = getattr(value, "change_orders", None)
    if orders is not None:
        changed["change_orders"] = tuple(each for each in orders if each.known_on <= day)
    return attrs.evolve(value, **changed)  # type: ignore[misc]  # any attrs class with facts
