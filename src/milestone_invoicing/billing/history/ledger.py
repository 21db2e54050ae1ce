"""What the instalments of one invoice got so far, by kind; it knows no days, terms or discounts.

An instalment has a place: first those of the terms in definition order, then what is held, then
what was released of that. All is in minor units.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence
from copy import copy
from datetime import date
from typing import Final, TypeAlias

import attrs

from milestone_invoicing.money.waterfall import waterfall
from milestone_invoicing.timing.order import undated_last

COLUMNS: Final = ("paid", "discounts", "credited", "withheld", "written_off")
"""How an instalment is settled, by the names that a filling has for it."""
PAID, DISCOUNTS, CREDITED, WITHHELD, WRITTEN_OFF = range(len(COLUMNS))

_Key: TypeAlias = tuple[tuple[bool, date], int]


@attrs.define
class Ledger:
    """The instalments of one invoice while its money is laid out.

    Attributes:
        amounts: how large each place is.
        held: the place of what is held; those before it are of the terms.
        left: what of each is not settled.
        columns: what each got, by kind.
        totals: what all got, by kind.
        of_terms: what those of the terms got, by kind.
    """

    amounts: list[int]
    held: int
    left: list[int]
    columns: list[list[int]]
    totals: list[int]
    of_terms: list[int]
    _whole: int
    _amount_of_terms: int
    _order: list[_Key]
    _settled: int = 0  # so many of the order, from its start, have nothing left
    _arrivals: list[tuple[int, int]] = attrs.field(factory=list[tuple[int, int]])

    @classmethod
    def opened(cls, amounts: Sequence[int], dues: Sequence[date | None], held: int) -> "Ledger":
        """Return the ledger of instalments that got nothing: those of the terms, and what is held.

        Args:
            amounts: of the instalments of the terms.
            dues: their due dates, as far as they are known.
            held: what waits for its release.
        """
        each, of_terms = [*amounts, held], sum(amounts)
        ledger = cls(
            each,
            len(amounts),
            [*each],
            [[0] * len(each) for _ in COLUMNS],
            [0] * len(COLUMNS),
            [0] * len(COLUMNS),
            of_terms + held,
            of_terms,
            [(undated_last(None), len(amounts))],
        )
        ledger.date_terms(dues)
        return ledger

    def date_terms(self, dues: Sequence[date | None]) -> None:
        """Put the instalments of the terms in the order of their due dates, undated ones last.

        What is released stays where its own date puts it, and what is held behind them all.
        """
        others = [key for key in self._order if key[1] >= self.held]
        order = [(undated_last(due), place) for place, due in enumerate(dues)]
        self._order, self._settled = sorted([*order, *others]), 0

    @property
    def outstanding(self) -> int:
        """What of all is not settled."""
        return self._whole - sum(self.totals)

    def amount_of(self, place: int | None) -> int:
        """Return how large a place is; None is all instalments of the terms."""
        return self._amount_of_terms if place is None else self.amounts[place]

    def got(self, column: int, place: int | None) -> int:
        """Return what a place got by one kind; None is all instalments of the terms."""
        return self.of_terms[column] if place is None else self.columns[column][place]

    def left_of(self, place: int | None) -> int:
        """Return what of a place is not settled; None is all instalments of the terms."""
        return self._amount_of_terms - sum(self.of_terms) if place is None else self.left[place]

    def open_places(self) -> Iterator[int]:
        """Yield the places with something left, as they are due."""
        order, left = self._order, self.left
        while self._settled < len(order) and left[order[self._settled][1]] <= 0:
            self._settled += 1
        for index in range(self._settled, len(order)):
            place = order[index][1]
            if left[place] > 0:
                yield place

    def last_first(self) -> Iterator[int]:
        """Yield all places, what is due last first."""
        return (place for _, place in reversed(self._order))

    def places(self) -> Iterator[int]:
        """Yield all places as they are due."""
        return (place for _, place in self._order)

    def settle(self, column: int, place: int, minor: int) -> None:
        """Settle so much of what is left of a place."""
        self._add(column, place, minor)
        self.left[place] -= minor
        if place == self.held:
            self._arrivals.append((column, minor))

    def reopen(self, column: int, place: int, minor: int) -> None:
        """Take back so much of what settled an instalment of the terms."""
        self._add(column, place, -minor)
        self.left[place] += minor
        self._settled = 0

    def exchange(self, source: int, target: int, place: int, minor: int) -> None:
        """Let so much of one column of a place go to another."""
        self._add(source, place, -minor)
        self._add(target, place, minor)
        if place == self.held:
            self._exchange_arrivals(source, target, minor)

    def _add(self, column: int, place: int, minor: int) -> None:
        self.columns[column][place] += minor
        self.totals[column] += minor
        if place < self.held:
            self.of_terms[column] += minor

    def _exchange_arrivals(self, source: int, target: int, minor: int) -> None:
        """Exchange what came last; but of what was written off what came first is recovered."""
        first = source == WRITTEN_OFF
        told = list(enumerate(self._arrivals))
        found = ((index, came) for index, (column, came) in told if column == source)
        gone = dict(waterfall(minor, found if first else reversed([*found])))
        self._arrivals = []
        for index, (column, came) in told:
            part = gone.get(index, 0)
            pieces = [(column, came - part), (target, part)]
            self._arrivals += [each for each in (pieces[::-1] if first else pieces) if each[1]]

    def release(self, minor: int, due_on: date) -> None:
        """Give so much of what is held a place and a due date of its own.

        Money that came before it settles what is held beyond it first, so it has of that what came
        last.
        """
        place, held = len(self.left), self.held
        part = min(self.left[held], minor)
        self.amounts.append(minor)
        self.amounts[held] -= minor
        self.left.append(part)
        self.left[held] -= part
        for column in self.columns:
            column.append(0)
        while part < minor:
            kind, came = self._arrivals.pop()
            taken = min(came, minor - part)
            if came > taken:
                self._arrivals.append((kind, came - taken))
            self.columns[kind][held] -= taken
            self.columns[kind][place] += taken
            part += taken
        key = undated_last(due_on), place
        self._settled = min(self._settled, bisect_left(self._order, key))
        insort(self._order, key)

    def copied(self) -> "Ledger":
        """Return a ledger of its own, to see what would follow."""
        return attrs.evolve(
            self,
            amounts=[*self.amounts],
            left=[*self.left],
            columns=[*map(copy, self.columns)],
            totals=[*self.totals],
            of_terms=[*self.of_terms],
            order=[*self._order],
            arrivals=[*self._arrivals],
        )

    def by_parts(self, values: Sequence[int]) -> tuple[int, ...]:
        """Return values of places as those of parts: by the terms, released, held if any is."""
        held = self.held
        rest = values[held : held + 1] if self.amounts[held] else ()
        return (*values[:held], *values[held + 1 :], *rest)
