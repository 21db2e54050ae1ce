"""How late open instalments are on a day, and when that changes next; it knows no money."""

from collections.abc import Sequence
from datetime import date
from enum import unique
from operator import itemgetter

import attrs

from milestone_invoicing._worded import Worded
from milestone_invoicing.receivables.settlement import DueItem
from milestone_invoicing.timing import DueRule


@unique
class Timeliness(Worded):
    """Where the oldest open instalment is: nothing open, not due, due or overdue.

    An instalment that waits for its event is not due.
    """

    NOTHING_OPEN = "nothing open"
    NOT_DUE = "not due"
    DUE = "due"
    OVERDUE = "overdue"


@attrs.frozen
class Lateness:
    """How the days of one question are counted, and what is open on it.

    Attributes:
        as_of: the day asked about.
        open_items: the open instalments.
        due_within: so many days before the last day to pay count as due already.
        grace_days: so many days after it are not overdue yet.
        pay_by: from a due date to the last day to pay in time; None is the due date itself.
    """

    as_of: date
    open_items: Sequence[DueItem]
    due_within: int
    grace_days: int
    pay_by: DueRule | None

    @property
    def _dated(self) -> list[tuple[date, DueItem]]:
        """The open instalments that have a due date, by their last day, and that day."""
        dated = [(self._last_day(item.due_on), item) for item in self.open_items if item.due_on]
        return sorted(dated, key=itemgetter(0))

    def _last_day(self, due_on: date) -> date:
        """Return the last day on which what is due on a day is paid in time, grace left out."""
        return self.pay_by.due_on(due_on) if self.pay_by else due_on

    @property
    def oldest(self) -> tuple[date, DueItem] | None:
        """The open instalment whose last day comes first, with that day; None if none has one."""
        return next(iter(self._dated), None)

    @property
    def overdue_items(self) -> tuple[DueItem, ...]:
        """The open instalments that are overdue."""
        late = self.as_of.toordinal() - self.grace_days
        return tuple(item for last_day, item in self._dated if last_day.toordinal() < late)

    @property
    def days_overdue(self) -> int:
        """The days since the last day of the oldest; zero while it is not overdue."""
        days = self._days_late
        return 0 if days is None or days <= self.grace_days else days

    @property
    def timeliness(self) -> Timeliness:
        """Where the oldest open instalment is."""
        if not self.open_items:
            return Timeliness.NOTHING_OPEN
        days = self._days_late
        if days is None or days < -self.due_within:
            return Timeliness.NOT_DUE
        return Timeliness.OVERDUE if days > self.grace_days else Timeliness.DUE

    @property
    def next_change(self) -> date | None:
        """The first later day on which the oldest becomes due, or overdue, by itself."""
        days = self._days_late
        if days is None:
            return None
        today = self.as_of.toordinal()
        changes = (today - days - self.due_within, today - days + self.grace_days + 1)
        later = [day for day in changes if today < day <= date.max.toordinal()]
        return date.fromordinal(later[0]) if later else None

    @property
    def _days_late(self) -> int | None:
        """The days since the last day of the oldest, negative before it; None without one."""
        oldest = self.oldest
        return None if oldest is None else (self.as_of - oldest[0]).days
