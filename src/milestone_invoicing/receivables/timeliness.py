"""How late open instalments are on a day, and when that changes next; it knows no money."""

from collections.abc import Sequence
from datetime import date
from enum import unique

import attrs

from milestone_invoicing._worded import Worded
from milestone_invoicing.receivables.settlement import DueItem
from milestone_invoicing.timing import DueRule


@unique
class Timeliness(Worded):
    """Where the oldest open instalment is: nothing open, not due, due or overdue."""

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

    def last_day(self, item: DueItem) -> date:
        """Return the last day on which *item* is paid in time, grace left out."""
        return self.pay_by.due_on(item.due_on) if self.pay_by else item.due_on

    @property
    def oldest(self) -> DueItem | None:
        """The open instalment whose last day comes first; the first of several."""
        return min(self.open_items, key=self.last_day, default=None)

    @property
    def overdue_items(self) -> tuple[DueItem, ...]:
        """The open instalments that are overdue."""
        return tuple(item for item in self.open_items if self._days_late(item) > self.grace_days)

    @property
    def days_overdue(self) -> int:
        """The days since the last day of the oldest; zero while it is not overdue."""
        oldest = self.oldest
        days = self._days_late(oldest) if oldest else 0
        return days if days > self.grace_days else 0

    @property
    def timeliness(self) -> Timeliness:
        """Where the oldest open instalment is."""
        oldest = self.oldest
        if oldest is None:
            return Timeliness.NOTHING_OPEN
        days = self._days_late(oldest)
        if days > self.grace_days:
            return Timeliness.OVERDUE
        return Timeliness.DUE if days >= -self.due_within else Timeliness.NOT_DUE

    @property
    def next_change(self) -> date | None:
        """The first later day on which the oldest becomes due, or overdue, by itself."""
        oldest = self.oldest
        if oldest is None:
            return None
        last, today = self.last_day(oldest).toordinal(), self.as_of.toordinal()
        changes = (last - self.due_within, last + self.grace_days + 1)
        later = [day for day in changes if today < day <= date.max.toordinal()]
        return date.fromordinal(later[0]) if later else None

    def _days_late(self, item: DueItem) -> int:
        return (self.as_of - self.last_day(item)).days
