"""What was recorded of the work, checked as it comes, with what each fact made of a milestone."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Final, Self

import attrs

from milestone_invoicing._checks import require_text, require_type
from milestone_invoicing.contract.agreement import Definition, defined_on
from milestone_invoicing.contract.events import CONTRACT_FACTS, EventOccurred
from milestone_invoicing.contract.milestones import Milestone
from milestone_invoicing.contract.work_facts import WORK_FACTS, WorkFact
from milestone_invoicing.contract.work_state import (
    WorkHistory,
    after_fact,
    after_silence,
    require_awaited,
    work_history,
    works_alike,
)
from milestone_invoicing.facts import Fact, Reversed, in_order, take_back


@attrs.frozen
class WorkRecord:
    """A fact and the key of the milestone it belongs to; None: the contract itself.

    Raises:
        BlankTextError: the key is blank.
        WrongTypeError: the key is no text, or the fact is none of the facts about work; under None,
            none of the facts about a contract.

    Example:
        >>> WorkRecord("a", Started(on=date(2026, 5, 4))).fact
        Started(on=datetime.date(2026, 5, 4), recorded_on=None)
    """

    key: str | None
    fact: WorkFact | EventOccurred

    def __attrs_post_init__(self) -> None:
        """Check both."""
        if self.key is None:
            require_type(self.fact, CONTRACT_FACTS, "the fact for the contract")
            return
        require_text(self.key, "the key of a record")
        require_type(self.fact, WORK_FACTS, f"the fact for milestone {self.key!r}")

    @property
    def known_on(self) -> date:
        """The first day on which the fact was known."""
        return self.fact.known_on


_BY_DAY: Final = attrgetter("on")


@attrs.frozen(eq=False)
class Replay:
    """The facts of one milestone, replayed, so that one more is checked against the last alone.

    Attributes:
        facts: in the order they were recorded.
        milestone: what it is agreed to be on the last day of a fact; None without facts.
        day: that day.
        stands: the facts that stand on it, by value date.
        histories: what they amount to after each of them.
        reversed_on: the day of the last reversal.
    """

    facts: tuple[WorkFact, ...] = ()
    milestone: Milestone | None = None
    day: date = date.min
    stands: tuple[Fact, ...] = ()
    histories: tuple[WorkHistory, ...] = ()
    reversed_on: date = date.min

    def record(self, definitions: Sequence[Definition], facts: Sequence[WorkFact]) -> Self:
        """Return the replay with more facts, and refuse such as could not have happened.

        That is seen on each day on which one of them counts. A fact of an earlier day than those
        there are changes what follows, which is checked again.

        Args:
            definitions: what the milestone was agreed to be, and from which day on.
            facts: in the order they are recorded.

        Raises: as ``work_history``; ImpossibleFactError also for a clearance of a milestone that
            waits for none on its day.
        """
        if any(fact.on < self.day for fact in facts):
            return type(self)().record(definitions, (*self.facts, *facts))
        milestone, day, reversed_on = self.milestone, self.day, self.reversed_on
        stands, histories = list(self.stands), list(self.histories)
        for day, group in groupby(in_order(facts), key=_BY_DAY):
            found, agreed = tuple(group), defined_on(definitions, day)
            require_awaited(agreed, found)
            if not works_alike(agreed, milestone):
                histories.clear()
            milestone = agreed
            for fact in found:
                if isinstance(fact, Reversed):
                    reversed_on = day
                    # What a fact amounts to depends on those before it, so later ones come again.
                    del histories[take_back(stands, fact) :]
                else:
                    stands.append(fact)
            for fact in stands[len(histories) :]:
                before = histories[-1] if histories else WorkHistory()
                histories.append(after_fact(agreed, before, fact))
        return type(self)(
            (*self.facts, *facts), milestone, day, tuple(stands), tuple(histories), reversed_on
        )

    def history(self, milestone: Milestone, as_of: date) -> WorkHistory:
        """Return what the facts that stand on a day, and silence after them, amount to."""
        if not works_alike(milestone, self.milestone) or as_of < self.reversed_on:
            return work_history(milestone, self.facts, as_of)
        past = bisect_right(self.stands, as_of, key=_BY_DAY)
        return after_silence(milestone, self.histories[past - 1] if past else WorkHistory(), as_of)


NO_WORK: Final = Replay()
