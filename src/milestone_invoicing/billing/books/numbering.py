"""How the numbers of invoices are read, and what a caller states of them; it knows no invoices.

A number is prefix, digits and suffix. Those with one prefix and one suffix are a series; where the
counter runs on whatever the digits beside it, so are those that differ in nothing but these.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

import attrs

from milestone_invoicing._checks import require_text, require_type, tuple_of
from milestone_invoicing.errors import (
    DuplicateNumberError,
    NumberFormatError,
    NumberRangeError,
    Words,
    WrongTypeError,
)

_DIGITS: Final = re.compile("[0-9]+")
_MOST_DIGITS: Final = 100

SeriesName: TypeAlias = tuple[str, str]


@attrs.frozen
class Count:
    """A number as read: its text and series, what stands around the count, and how wide it is."""

    text: str
    series: SeriesName
    around: tuple[str, str]
    count: int
    width: int

    def other(self, count: int) -> str:
        """Return the text of another count of the series, written as wide."""
        prefix, suffix = self.series
        return f"{prefix}{count:0{self.width}}{suffix}"


@attrs.frozen
class Reader:
    """How numbers are read: which digits count, and whether they start anew beside other digits."""

    counter: int
    restarts: bool = attrs.field(kw_only=True)

    def read(self, number: str) -> Count | None:
        """Read a number, unless it has no such digits, or absurdly many."""
        runs = list(_DIGITS.finditer(number))
        if not -len(runs) <= self.counter < len(runs):
            return None
        start, end = runs[self.counter].span()
        if end - start > _MOST_DIGITS:
            return None
        around = series = number[:start], number[end:]
        if not self.restarts:
            series = _DIGITS.sub("*", around[0]), _DIGITS.sub("*", around[1])
        return Count(number, series, around, int(number[start:end]), end - start)

    def must_read(self, number: str) -> Count:
        """Read a number that the caller states."""
        require_type(number, str, "a number of a series")
        require_text(number, "a number of a series")
        count = self.read(number)
        if count is None:
            raise NumberFormatError(
                "a number has no digits to count",
                expected=f"at most {_MOST_DIGITS} digits in the place {self.counter}",
                got=number,
            )
        return count


@attrs.frozen
class Run:
    """Counts of one series, both ends included; the text of the first shows how to write them."""

    first: Count
    last: int


@attrs.frozen
class Stated:
    """What the caller knows of the series: where they start, and which numbers are missing."""

    starts: Mapping[SeriesName, Count]
    missing: Mapping[SeriesName, list[Run]]

    @classmethod
    def of(
        cls, starts: Iterable[str], missing: Iterable[str | tuple[str, str]], reader: Reader
    ) -> "Stated":
        """Read what the caller states."""
        runs: dict[SeriesName, list[Run]] = {}
        for each in tuple_of(missing, (str, tuple), "missing"):
            run = _run(each, reader)
            runs.setdefault(run.first.series, []).append(run)
        return cls(_starts(starts, reader), runs)


def _starts(starts: Iterable[str], reader: Reader) -> dict[SeriesName, Count]:
    found: dict[SeriesName, Count] = {}
    for number in tuple_of(starts, str, "starts"):
        count = reader.must_read(number)
        if count.series in found:
            raise DuplicateNumberError(
                "two starts are of one series",
                expected="one start for each series",
                got=Words(f"{found[count.series].text} and {number}"),
            )
        found[count.series] = count
    return found


def _run(stated: str | tuple[str, ...], reader: Reader) -> Run:
    pair = (stated, stated) if isinstance(stated, str) else stated
    if len(pair) != 2:  # noqa: PLR2004  # the first and the last
        raise WrongTypeError(
            "a run of numbers is no pair", expected="the first and the last number", got=stated
        )
    first, last = (reader.must_read(number) for number in pair)
    if last.series != first.series or last.count < first.count:
        raise NumberRangeError(
            "a run of missing numbers has no end",
            expected=f"a number of the series of {first.text}, from that one on",
            got=last.text,
        )
    return Run(first, last.count)
