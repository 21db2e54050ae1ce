"""How late open instalments are on a day, and when that changes next; it knows no money."""

from datetime import date
from enum import unique
from functools import cached_property

import attrs

from milestone_invoicing._worded import Worded
from milestone_invoicing.billing.history.reading import Reading
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


@attrs.frozen(eq=False)
class Lateness:
    """How the days of one question are counted, and what of an invoice is late by that.

    What only lacks the certificate of a withheld tax is late for nobody.

    Attributes:
        reading: the invoice on the day asked about.
        due_within: so many days before the last day to pay count as due already.
        grace_days: so many days after it are not overdue yet.
        pay_by: from a due date to the last day to pay in time; None is the due date itself.
    """

    reading: Reading
    due_within: int = 0
    grace_days: int = 0
    pay_by: DueRule | None = None

    @cached_property
    def pending(self) -> tuple[int, ...]:
        """The places of the instalments for which cash is to come."""
        return tuple(place for place, cash in enumerate(self.reading.cash_by_item) if cash)

    @cached_property
    def dated(self) -> list[tuple[date, int]]:
        """The last day to pay of those that have a due date, and their places, by day."""
        days, pay_by = self.reading.due_days, self.pay_by
        due = [(day, place) for place in self.pending if (day := days[place]) is not None]
        if pay_by is not None:
            due = [(pay_by.due_on(day), place) for day, place in due]
        return sorted(due)

    @property
    def overdue(self) -> int:
        """The cash that is overdue, in minor units."""
        late = self.reading.as_of.toordinal() - self.grace_days
        cash = self.reading.cash_by_item
        return sum(cash[place] for last_day, place in self.dated if last_day.toordinal() < late)

    @property
    def days_overdue(self) -> int:
        """The days since the last day of the oldest; zero while it is not overdue."""
        days = self._days_late
        return 0 if days is None or days <= self.grace_days else days

    @property
    def timeliness(self) -> Timeliness:
        """Where the oldest open instalment is."""
        if not self.pending:
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
        today = self.reading.as_of.toordinal()
        changes = (today - days - self.due_within, today - days + self.grace_days + 1)
        later = [day for day in changes if today < day <= date.max.toordinal()]
        return date.fromordinal(later[0]) if later else None

    @property
    def _days_late(self) -> int | None:
        """The days since the last day of the oldest, negative before it; None without one."""
        return (self.reading.as_of - self.dated[0][0]).days if self.dated else None
