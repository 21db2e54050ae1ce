"""Days that come back by any rule of RFC 5545, with days left out and days more."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import takewhile
from typing import Final, Self, TypeAlias

import attrs

from milestone_invoicing._checks import require_date, require_text
from milestone_invoicing.errors import DateRangeError, RecurrenceError, Words
from milestone_invoicing.timing.date_sets import dates_of, sorted_text
from milestone_invoicing.timing.periods import Period
from milestone_invoicing.timing.recurrences import Recurrence
from milestone_invoicing.timing.rule_engine import days_from, ever_comes
from milestone_invoicing.timing.rule_parts import (
    RuleParts,
    read_date,
    read_rule,
    written_date,
)
from milestone_invoicing.timing.short_months import ShortMonths, require_said, to_last_days

_EXCLUDED: Final = "EXDATE"
_ADDED: Final = "RDATE"


def _normal(rule: str) -> str:
    return str(read_rule(rule))


def _excluded(days: Iterable[date]) -> frozenset[date]:
    return dates_of(days, "excluded", "an excluded day")


def _added(days: Iterable[date]) -> frozenset[date]:
    return dates_of(days, "added", "an added day")


@attrs.frozen
class RecurrenceRule:
    """Days by a rule of RFC 5545, such as the last business day of each month.

    What comes back at one distance is better a ``Recurrence``, which needs no rule.

    Args:
        rule: of whole days; kept with its parts in one order.
        start: the day from which it counts, and before which it has none. It is one of the days
            only if the rule has it, as ``dateutil`` reads it, and only then does COUNT count it.
        short_months: what months do that lack the day of the rule, if there are any.
        excluded: days that are left out, whether the rule has them or not: EXDATE.
        added: days more, whatever the rule and its end say: RDATE.

    Raises:
        RecurrenceError: no rule of whole days, one of which *short_months* has to be said, one
            that no rule says as it is said, one that has no day, an added day before *start*, or
            one that is excluded too.
        DateTypeError: a date is not a plain date.
        BlankTextError, TextTooLongError, WrongTypeError: the rule is no text or too long,
            *short_months* no member, or the days are no collection that lists them.

    Example:
        >>> last = RecurrenceRule("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", date(2026, 1, 1))
        >>> [str(day) for day in last.between(date(2026, 1, 1), date(2026, 3, 31))]
        ['2026-01-30', '2026-02-27', '2026-03-31']

    Source: RFC 5545, sections 3.3.10, 3.8.5.1 and 3.8.5.2, as ``dateutil.rrule`` reads them.
    """

    rule: str = attrs.field(converter=_normal)
    start: date
    short_months: ShortMonths | None = attrs.field(default=None, kw_only=True)
    excluded: frozenset[date] = attrs.field(
        default=frozenset[date](), converter=_excluded, repr=sorted_text, kw_only=True
    )
    added: frozenset[date] = attrs.field(
        default=frozenset[date](), converter=_added, repr=sorted_text, kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        """Check that the parts fit together, and that a day comes of them."""
        require_date(self.start, "the start of a rule")
        parts = read_rule(self.rule)
        require_said(parts.from_start(self.start), self.start, self.short_months)
        self._check_end(parts)
        self._check_added()
        if not ever_comes(self._parts(), self.start) or next(self._days(), None) is None:
            raise RecurrenceError(
                "a rule has no day", expected="one day or more", got=Words(self.to_rrule())
            )

    def _check_end(self, parts: RuleParts) -> None:
        if parts.until is not None and parts.until < self.start:
            raise RecurrenceError(
                "a recurrence ends before it starts",
                expected=f"{self.start} or later",
                got=parts.until,
            )

    def _check_added(self) -> None:
        for day in sorted(self.added):
            if day < self.start or day in self.excluded:
                raise RecurrenceError(
                    "an added day is before the start or excluded",
                    expected=f"days from {self.start} on that are not excluded",
                    got=day,
                )

    @classmethod
    def from_rrule(cls, rule: str, *, start: date, short_months: ShortMonths | None = None) -> Self:
        r"""Return the days of a rule, with those of EXDATE and RDATE on lines of their own.

        Args:
            rule: the parts of a rule alone, or a line with RRULE and lines with EXDATE and RDATE.
            start: as for the value itself; a line with DTSTART is refused.
            short_months: as for the value itself.

        Raises:
            RecurrenceError: as the value itself, or another line, a time or a zone.
            DateTypeError, BlankTextError, TextTooLongError, WrongTypeError: as the value itself.

        Example:
            >>> easter_left_out = RecurrenceRule.from_rrule(
            ...     "RRULE:FREQ=WEEKLY;BYDAY=FR\nEXDATE;VALUE=DATE:20260403",
            ...     start=date(2026, 3, 27),
            ... )
            >>> str(easter_left_out.next_after(date(2026, 3, 27)))
            '2026-04-10'

        Source: RFC 5545, sections 3.8.5.1 to 3.8.5.3.
        """
        require_text(rule, "a recurrence rule")
        days: dict[str, set[date]] = {_EXCLUDED: set(), _ADDED: set()}
        rules: list[str] = []
        for line in re.sub(r"\r?\n[ \t]", "", rule).split():
            name, colon, value = line.upper().partition(":")
            if not colon or name == "RRULE":
                rules.append(value or line)
                continue
            kind = name.removesuffix(";VALUE=DATE")
            if kind not in days:
                raise RecurrenceError(
                    "a line of a recurrence rule is unknown, or has a zone",
                    expected="RRULE, EXDATE;VALUE=DATE or RDATE;VALUE=DATE",
                    got=Words(line),
                    hint="the first day goes into start=" if kind.startswith("DTSTART") else "",
                )
            days[kind].update(read_date(each, kind) for each in value.split(","))
        if len(rules) != 1:
            raise RecurrenceError(
                "a recurrence has one rule", expected="one line with RRULE", got=Words(rule)
            )
        return cls(
            rules[0],
            start,
            short_months=short_months,
            excluded=days[_EXCLUDED],
            added=days[_ADDED],
        )

    def to_rrule(self) -> str:
        """Return the rule as RFC 5545 writes it, with EXDATE and RDATE on lines of their own.

        It says of itself where the last day of short months is meant, so that every engine reads
        it alike.

        Example:
            >>> rule = RecurrenceRule(
            ...     "FREQ=MONTHLY;BYMONTHDAY=15,31",
            ...     date(2026, 1, 1),
            ...     short_months=ShortMonths.LAST_DAY,
            ... )
            >>> rule.to_rrule()
            'FREQ=MONTHLY;BYMONTHDAY=-1,15'

        Source: RFC 5545, sections 3.8.5.1 to 3.8.5.3.
        """
        rule = str(self._parts())
        if not self.excluded and not self.added:
            return rule
        lines = [f"RRULE:{rule}"]
        for name, days in ((_EXCLUDED, self.excluded), (_ADDED, self.added)):
            if days:
                lines.append(f"{name};VALUE=DATE:{','.join(map(written_date, sorted(days)))}")
        return "\n".join(lines)

    def dates(self) -> tuple[date, ...]:
        """Return all the days, in order.

        Raises:
            RecurrenceError: it is endless.
            DateRangeError: they go beyond year 9999.

        Example:
            >>> tuesdays = RecurrenceRule("FREQ=MONTHLY;BYDAY=2TU;COUNT=2", date(2026, 5, 1))
            >>> [str(day) for day in tuesdays.dates()]
            ['2026-05-12', '2026-06-09']
        """
        parts = self._parts()
        if parts.count is None and parts.until is None:
            raise RecurrenceError(
                "an endless recurrence has no last day",
                expected="a rule with COUNT or UNTIL",
                got=Words(self.to_rrule()),
                hint="ask for a stretch of it with between(first, last)",
            )
        ruled = list(days_from(parts, self.start))
        if parts.count is not None and len(ruled) < parts.count:
            raise self._beyond(ruled[-1])
        return tuple(sorted({*ruled} - self.excluded | self.added))

    def between(self, first: date, last: date) -> tuple[date, ...]:
        """Return the days from *first* to *last*, both counted in; none where they cross.

        Raises:
            DateTypeError: a date is not a plain date.

        Example:
            >>> tuesdays = RecurrenceRule("FREQ=MONTHLY;BYDAY=2TU", date(2026, 5, 1))
            >>> [str(day) for day in tuesdays.between(date(2026, 5, 1), date(2026, 6, 9))]
            ['2026-05-12', '2026-06-09']
        """
        require_date(first, "first")
        require_date(last, "last")
        found = takewhile(lambda day: day <= last, self._days())
        return tuple(day for day in found if day >= first)

    def next_after(self, day: date) -> date | None:
        """Return the first of its days after *day*; None if there is none.

        Raises:
            DateTypeError: *day* is not a plain date.

        Example:
            >>> leap_days = RecurrenceRule("FREQ=YEARLY;BYYEARDAY=366", date(2026, 1, 1))
            >>> str(leap_days.next_after(date(2028, 12, 31)))
            '2032-12-31'
        """
        require_date(day, "the day")
        return next((found for found in self._days() if found > day), None)

    def periods(self) -> tuple[Period, ...]:
        """Return the stretch that each of the days begins: up to where the next would be.

        Raises:
            RecurrenceError: it is endless.
            DateRangeError: they go beyond year 9999.

        Example:
            >>> tuesdays = RecurrenceRule("FREQ=MONTHLY;BYDAY=2TU;COUNT=2", date(2026, 5, 1))
            >>> [str(period) for period in tuesdays.periods()]
            ['2026-05-12 to 2026-06-08', '2026-06-09 to 2026-07-13']
        """
        starts = self.dates()
        return tuple(map(Period, starts, (*starts[1:], self._end_of(starts[-1]))))

    def period_of(self, day: date) -> Period | None:
        """Return the stretch in which *day* lies; None if none of the days begins one.

        Raises:
            DateTypeError: *day* is not a plain date.
            DateRangeError: its end lies after year 9999.

        Example:
            >>> tuesdays = RecurrenceRule("FREQ=MONTHLY;BYDAY=2TU", date(2026, 5, 1))
            >>> str(tuesdays.period_of(date(2026, 6, 1)))
            '2026-05-12 to 2026-06-08'
        """
        require_date(day, "the day")
        started = self.between(self.start, day)
        if not started:
            return None
        found = Period(started[-1], self._end_of(started[-1]))
        return found if day in found else None

    def _parts(self) -> RuleParts:
        """Return the parts that every engine reads alike, whatever months lack."""
        parts = read_rule(self.rule)
        if self.short_months is ShortMonths.LAST_DAY:
            return to_last_days(parts.from_start(self.start), self.start)
        return parts

    def _days(self, *, endless: bool = False) -> Iterator[date]:
        """Yield the days in order; *endless*, as if the rule had no end."""
        parts = self._parts()
        if endless:
            parts = attrs.evolve(parts, count=None, until=None)
        more = sorted(self.added)
        for day in days_from(parts, self.start):
            while more and more[0] <= day:
                yield more.pop(0)
            if day not in self.excluded and day not in self.added:
                yield day
        yield from more

    def _end_of(self, first: date) -> date:
        """Return the day on which the next stretch begins, or would begin if the rule went on."""
        end = self.next_after(first)
        if end is None:
            end = next((day for day in self._days(endless=True) if day > first), None)
        if end is None:
            raise self._beyond(first)
        return end

    def _beyond(self, last: date) -> DateRangeError:
        return DateRangeError(
            "a recurrence goes beyond the last date",
            expected="days within the years 1 to 9999",
            got=Words(f"a day after {last}"),
        )


Recurring: TypeAlias = Recurrence | RecurrenceRule
RECURRING: Final = (Recurrence, RecurrenceRule)


def first_day_of(every: Recurring) -> date:
    """Return the first of the days.

    Example:
        >>> str(first_day_of(RecurrenceRule("FREQ=MONTHLY;BYDAY=2TU", date(2026, 5, 1))))
        '2026-05-12'
    """
    return every.start if isinstance(every, Recurrence) else next(every._days())  # noqa: SLF001  # of this module
