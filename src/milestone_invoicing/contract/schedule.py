"""What was agreed in all: a total, its milestones, and the facts recorded about them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Self

import attrs

from milestone_invoicing._checks import (
    require_date,
    require_optional_date,
    require_text,
    require_type,
    tuple_of,
)
from milestone_invoicing.contract.milestones import Milestone
from milestone_invoicing.contract.shares import resolve_shares
from milestone_invoicing.contract.terms import PaymentTerms
from milestone_invoicing.contract.work_facts import WORK_FACTS, WorkFact
from milestone_invoicing.contract.work_state import check_work_facts
from milestone_invoicing.errors import (
    DependencyError,
    DuplicateKeyError,
    ScheduleError,
    UnknownMilestoneError,
)
from milestone_invoicing.money import Money, Remainder


@attrs.frozen
class WorkRecord:
    """A fact and the key of the milestone it belongs to.

    Raises:
        BlankTextError: the key is blank.
        WrongTypeError: the key is no text, or the fact is none of the facts about work.

    Example:
        >>> WorkRecord("a", Started(on=date(2026, 5, 4))).fact
        Started(on=datetime.date(2026, 5, 4), recorded_on=None)
    """

    key: str
    fact: WorkFact

    def __attrs_post_init__(self) -> None:
        """Check both."""
        require_text(self.key, "the key of a record")
        require_type(self.fact, WORK_FACTS, f"the fact for milestone {self.key!r}")

    @property
    def known_on(self) -> date:
        """The first day on which the fact was known."""
        return self.fact.known_on


def _milestones(values: Iterable[Milestone]) -> tuple[Milestone, ...]:
    return tuple_of(values, Milestone, "milestones")


def _records(values: Iterable[WorkRecord]) -> tuple[WorkRecord, ...]:
    return tuple_of(values, WorkRecord, "facts")


@attrs.frozen
class Schedule:
    """A contract's total, net of tax, and the milestones that share it out exactly.

    Args:
        total: what was agreed in all, net of tax, zero or more.
        milestones: in the order of the contract; their keys are unique.
        signed_on: the day of signing, for milestones that may be invoiced from then on.
        remainder: who gets the units that are left over when the total does not divide.
        terms: payment terms of its invoices, where a milestone has none of its own.
        facts: what happened, as ``record`` keeps it.

    Raises:
        ScheduleError: no milestones, or a total below zero.
        SharesError: the shares leave some of the total over or ask for more; says how much.
        DuplicateKeyError: two milestones of one key.
        DependencyError: a milestone depends on an unknown key, or in a circle on itself; the
            circle is shown.
        UnknownMilestoneError: a fact for a key that is not there.
        ImpossibleFactError, NothingToReverseError: facts that cannot have happened.
        CurrencyMismatchError: a fixed share in another currency.
        RemainderSignError: under BALANCE the last part would have the wrong sign.
        WrongTypeError, DateTypeError: a part of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(5000, "USD"),
        ...     [
        ...         Milestone("sign", "On signing", Percent(40)),
        ...         Milestone("test", "After user testing", Percent(30)),
        ...         Milestone("ship", "On delivery", Percent(30)),
        ...     ],
        ... )
        >>> [str(amount) for amount in schedule.amounts(as_of=date(2026, 5, 1))]
        ['USD 2000.00', 'USD 1500.00', 'USD 1500.00']

    Source: milestone billing plans and schedules of values; convention of this library.
    """

    total: Money
    milestones: tuple[Milestone, ...] = attrs.field(converter=_milestones)
    signed_on: date | None = attrs.field(default=None, kw_only=True)
    remainder: Remainder = attrs.field(default=Remainder.LARGEST, kw_only=True)
    terms: PaymentTerms | None = attrs.field(default=None, kw_only=True)
    facts: tuple[WorkRecord, ...] = attrs.field(default=(), converter=_records, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part, then whether they fit together."""
        require_type(self.total, Money, "the total")
        require_optional_date(self.signed_on, "signed_on")
        require_type(self.remainder, Remainder, "remainder")
        require_type(self.terms, (PaymentTerms, type(None)), "the terms of the schedule")
        if self.total.minor < 0:
            raise ScheduleError(
                "a contract's total is below zero", expected="zero or more", got=self.total
            )
        if not self.milestones:
            raise ScheduleError(
                "a schedule has no milestones",
                expected="at least one Milestone",
                got=self.milestones,
                hint="one bill for all is a single milestone with share=REST",
            )
        _check_keys(self.milestones)
        _check_dependencies(self.milestones)
        self._amounts  # noqa: B018  # resolving the shares checks them
        for key in dict.fromkeys(record.key for record in self.facts):
            check_work_facts(self.milestone(key), self.facts_of(key))

    def __str__(self) -> str:
        """Return ``3 milestones over EUR 5000.00``."""
        number = len(self.milestones)
        return f"{number} milestone{'' if number == 1 else 's'} over {self.total}"

    def amounts(self, *, as_of: date) -> tuple[Money, ...]:
        """Return what each milestone is worth on a day, in their order; they sum to the total.

        Raises:
            DateTypeError: *as_of* is not a plain date.
        """
        require_date(as_of, "as_of")
        return self._amounts

    def amount(self, key: str, *, as_of: date) -> Money:
        """Return what the milestone *key* is worth on a day.

        Raises:
            UnknownMilestoneError: no milestone has that key.
            DateTypeError: *as_of* is not a plain date.
        """
        return self.amounts(as_of=as_of)[self.milestones.index(self.milestone(key))]

    def milestone(self, key: str) -> Milestone:
        """Return the milestone of that key.

        Raises:
            UnknownMilestoneError: no milestone has it.
        """
        require_type(key, str, "the key of a milestone")
        for milestone in self.milestones:
            if milestone.key == key:
                return milestone
        keys = ", ".join(milestone.key for milestone in self.milestones)
        raise UnknownMilestoneError("no milestone has this key", expected=f"one of {keys}", got=key)

    def facts_of(self, key: str) -> tuple[WorkFact, ...]:
        """Return the facts of one milestone, in the order they were recorded.

        Raises:
            UnknownMilestoneError: no milestone has that key.
        """
        self.milestone(key)
        return tuple(record.fact for record in self.facts if record.key == key)

    def record(self, key: str, *facts: WorkFact) -> Self:
        """Return the schedule with *facts* recorded for the milestone *key*.

        Facts may be recorded late: they count from their own date on, that day included, and
        among facts of one day the one recorded first is the earlier one.

        Raises:
            UnknownMilestoneError: no milestone has that key.
            ImpossibleFactError: a fact cannot have happened; says what is missing.
            NothingToReverseError: a reversal finds no equal earlier fact.
            WrongTypeError: a value is no fact about work.

        Example:
            >>> schedule = Schedule(Money.of(900, "EUR"), [Milestone("a", "Audit", REST)])
            >>> schedule.record("a", Delivered(on=date(2026, 5, 4))).facts[0].key
            'a'
        """
        self.milestone(key)
        added = tuple(WorkRecord(key, fact) for fact in facts)
        return attrs.evolve(self, facts=self.facts + added)

    @cached_property
    def _amounts(self) -> tuple[Money, ...]:
        """The amounts of the milestones; resolved once per value."""
        shares = [milestone.share for milestone in self.milestones]
        return resolve_shares(self.total, shares, self.remainder)


def _check_keys(milestones: Sequence[Milestone]) -> None:
    seen: set[str] = set()
    for milestone in milestones:
        if milestone.key in seen:
            raise DuplicateKeyError(
                "two milestones have one key", expected="unique keys", got=milestone.key
            )
        seen.add(milestone.key)


def _check_dependencies(milestones: Sequence[Milestone]) -> None:
    """Refuse unknown keys and circles, by taking away milestones whose predecessors are gone."""
    waiting = {milestone.key: set(milestone.depends_on) for milestone in milestones}
    for key, needed in waiting.items():
        unknown = sorted(needed - waiting.keys())
        if unknown:
            raise DependencyError(
                f"milestone {key!r} depends on a key that is not there",
                expected=f"one of {', '.join(waiting)}",
                got=unknown[0],
            )
    while waiting:
        free = [key for key, needed in waiting.items() if not needed & waiting.keys()]
        if not free:
            raise DependencyError(
                "milestones depend on each other in a circle",
                expected="an order in which each comes after those it depends on",
                got=_circle(waiting),
            )
        for key in free:
            del waiting[key]


def _circle(waiting: Mapping[str, set[str]]) -> str:
    """Return one circle of *waiting*, of which each milestone needs another, as ``a -> b -> a``."""
    path: list[str] = []
    key = next(iter(waiting))
    while key not in path:
        path.append(key)
        # In the order of the schedule: that of a set would change from run to run.
        key = next(other for other in waiting if other in waiting[key])
    return " -> ".join([*path[path.index(key) :], key])
