"""How long finished work waited for its bill, and what still waits; it knows no payments."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

import attrs

from milestone_invoicing._answers import Answer
from milestone_invoicing._checks import require_date, require_optional_date, require_type
from milestone_invoicing.billing import CreditEffect, Invoice
from milestone_invoicing.billing.account.books import books_of
from milestone_invoicing.billing.taken_back import bills_again, not_void
from milestone_invoicing.contract import Schedule, work_status
from milestone_invoicing.money import Money
from milestone_invoicing.receivables.metrics.formulas import mean_days
from milestone_invoicing.receivables.worklists import unbilled_work


@attrs.frozen
class BillingLag(Answer):
    """How long work waits between the day it may be billed and the day it is; add up with ``+``.

    Attributes:
        billed: net, of milestones that were ready when they were billed.
        days_to_bill: from ready to issued, weighted by amount; None if nothing was billed.
        waiting: net, what is ready and not billed.
        days_waiting: since it is ready, weighted by amount; None if nothing waits.
    """

    billed: Money
    days_to_bill: Fraction | None
    waiting: Money
    days_waiting: Fraction | None

    def __add__(self, other: "BillingLag") -> "BillingLag":
        """Return the figures of the contracts of both.

        Raises:
            CurrencyMismatchError: they are in different currencies.
        """
        if not isinstance(other, BillingLag):
            return NotImplemented
        pairs = [(self.billed, self.days_to_bill), (other.billed, other.days_to_bill)]
        queue = [(self.waiting, self.days_waiting), (other.waiting, other.days_waiting)]
        return BillingLag(
            self.billed + other.billed, _mean(pairs), self.waiting + other.waiting, _mean(queue)
        )

    def __radd__(self, other: object) -> "BillingLag":
        """Let ``sum()`` start from its own zero."""
        return self if type(other) is int and other == 0 else NotImplemented


def _mean(parts: Sequence[tuple[Money, Fraction | None]]) -> Fraction | None:
    """Return the mean of means, weighted by amount."""
    known = [(amount.minor, days) for amount, days in parts if days is not None]
    whole = sum(minor for minor, _ in known)
    return sum((days * minor for minor, days in known), Fraction(0)) / whole if whole else None


def billing_lag(
    schedule: Schedule, invoices: Iterable[Invoice], *, as_of: date, since: date | None = None
) -> BillingLag:
    """Return how long the work of a contract waited for its bills, and what waits today.

    Days count from the day since which a milestone may be invoiced, as known on the issue date, to
    that date; a bill of the same day waited zero days. Credit notes, voids and drafts are left out,
    and so is what was billed before it was ready. What waits is ``unbilled_work``.
    Work that was billed again after a credit counts with its first bill.

    Args:
        schedule: the contract.
        invoices: all its invoices, and no others.
        as_of: the last day on which a bill counts, and the day on which work waits.
        since: the first day on which a bill counts; None counts all.

    Raises:
        UnknownMilestoneError: a line bills a milestone that the schedule does not have.
        OverbillingError, NumberRangeError, DuplicateNumberError, CurrencyMismatchError: as
            ``unbilled_work``.
        WrongTypeError, DateTypeError: an argument of another type.

    Example:
        >>> schedule = Schedule(
        ...     Money.of(900, "EUR"),
        ...     [
        ...         Milestone("a", "Audit", Percent(40), trigger=ON_SIGNING),
        ...         Milestone("b", "B", REST),
        ...     ],
        ...     signed_on=date(2026, 5, 4),
        ... )
        >>> line = Line("Audit", 1, Money.of(360, "EUR"), milestone="a")
        >>> bill = Invoice("1", date(2026, 5, 11), Party("acme", "Acme"), [line])
        >>> str(billing_lag(schedule, [bill], as_of=date(2026, 5, 31)).days_to_bill)
        '7'

    Source: billing lag as agencies measure it; the weights are a convention of this library.
    """
    require_type(schedule, Schedule, "the schedule")
    require_date(as_of, "as_of")
    require_optional_date(since, "since")
    known = books_of(invoices)
    currency = schedule.total.currency
    billed = list(_billed(schedule, known, as_of, since))
    ready = unbilled_work(schedule, known, as_of=as_of)
    queue = [(each.amount.minor, each.days_waiting) for each in ready]
    return BillingLag(
        billed=Money(sum(minor for minor, _ in billed), currency),
        days_to_bill=mean_days(billed),
        waiting=Money(sum(minor for minor, _ in queue), currency),
        days_waiting=mean_days(queue),
    )


def _billed(
    schedule: Schedule, invoices: Sequence[Invoice], as_of: date, since: date | None
) -> Iterator[tuple[int, int]]:
    """Yield minor units billed, and the days for which they had been ready."""
    issued = [bill for bill in not_void(invoices, as_of) if bill.is_issued(as_of)]
    # What was credited to be billed again has waited already, until its first bill.
    notes = {
        bill.number: bill.issued_on
        for bill in issued
        if bill.effect is CreditEffect.REBILL and bill.number and bill.issued_on
    }
    for bill in issued:
        on = bill.issued_on
        if on is None or bill.kind.is_credit_note or (since is not None and on < since):
            continue
        if bills_again(bill, notes):
            continue
        for key in dict.fromkeys(line.milestone for line in bill.lines if line.milestone):
            ready = work_status(schedule, key, as_of=on).ready_since
            net = bill.net_of(key).minor
            if ready is not None and net > 0:
                yield net, (on - ready).days
