"""Which instalments of an invoice were late when, and how much of each; it knows no rates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, islice, pairwise
from typing import TypeAlias

import attrs

from milestone_invoicing.billing import Invoice
from milestone_invoicing.billing.account.due_item import DueItem
from milestone_invoicing.billing.account.position import due_items, items_of
from milestone_invoicing.timing import DueRule
from milestone_invoicing.timing.order import undated_last

_Owner: TypeAlias = tuple[date | None, int]
"""The day of a plan and the place in it, since a release moves the numbers of a plan's parts; or
none and the number."""


@attrs.frozen
class Stretch:
    """Days on which so much of one instalment was late; the first is excluded, the last included.

    Attributes:
        installment: its number.
        since: the last day in time, or the day on which the amount became this.
        until: the day on which it became another, or the day asked about.
        minor: what was open of it, and to come as cash, in minor units.
        last_day: the last day to pay in time, as known then.
    """

    installment: int
    since: date
    until: date
    minor: int
    last_day: date


def runs(
    invoice: Invoice, as_of: date, *, grace_days: int, pay_by: DueRule | None
) -> Iterator[tuple[Stretch, ...]]:
    """Yield what was late without a break, by instalment, then by day; only runs past the grace.

    The amount of a day is what was open at the end of the day before, so that the day of a payment
    still counts, and so does the day on which an extension is agreed. An instalment that is paid or
    extended, and late again later, has a run for each time.
    """
    late: dict[_Owner, list[Stretch]] = {}
    for days, items in _between_facts(invoice, as_of):
        own = sum(item.plan is None for item in items)
        for item, stretch in _late(items, days, pay_by):
            owner = (
                (item.plan.on, item.installment - own) if item.plan else (None, item.installment)
            )
            late.setdefault(owner, []).append(stretch)
    for found in sorted(late.values(), key=lambda one: (one[-1].installment, one[0].since)):
        number = found[-1].installment
        for run in _past_grace(found, grace_days):
            yield tuple(_joined([attrs.evolve(one, installment=number) for one in run]))


def first_late(
    invoice: Invoice, as_of: date, *, grace_days: int, pay_by: DueRule | None
) -> Iterator[Stretch]:
    """Yield, by instalment as first agreed, the first days on which it was late, and all its debt.

    A plan makes no instalment late that is not late without it. Where one is, it is late in the
    plan as soon as a part is that holds some of it: both are filled by their due dates.
    """
    late: dict[int, list[Stretch]] = {}
    for days, items in _between_facts(invoice, as_of):
        agreed = items
        if any(item.plan for item in items):
            agreed = tuple(items_of(attrs.evolve(invoice.reading(days[0]), planned=False)))
        found: dict[int, Stretch] = {}
        for number, stretch in _late_as_agreed(items, agreed, days, pay_by):
            debt = agreed[number - 1].cash.minor
            if number not in found or stretch.since < found[number].since:
                found[number] = attrs.evolve(stretch, installment=number, minor=debt)
        for number, stretch in found.items():
            late.setdefault(number, []).append(stretch)
    for _, stretches in sorted(late.items()):
        yield from islice((run[0] for run in _past_grace(stretches, grace_days)), 1)


def _between_facts(
    invoice: Invoice, as_of: date
) -> Iterator[tuple[tuple[date, date], tuple[DueItem, ...]]]:
    """Yield each two days between which nothing happened, and the instalments in between."""
    # Nothing is asked of what claims nothing today: a void has no past that costs.
    if invoice.issued_on is None or not invoice.reading(as_of).due_days:
        return
    happened = {fact.on for fact in invoice.facts if invoice.issued_on < fact.on < as_of}
    for days in pairwise(sorted({invoice.issued_on, as_of, *happened})):
        yield days, due_items(invoice, as_of=days[0])


def _late(
    items: Iterable[DueItem], days: tuple[date, date], pay_by: DueRule | None
) -> Iterator[tuple[DueItem, Stretch]]:
    """Yield what was late between two days."""
    for item in items:
        if item.cash and item.due_on:
            last_day = pay_by.due_on(item.due_on) if pay_by else item.due_on
            since = max(days[0], last_day)
            if since < days[1]:
                late = Stretch(item.installment, since, days[1], item.cash.minor, last_day)
                yield item, late


def _late_as_agreed(
    items: Sequence[DueItem],
    agreed: Sequence[DueItem],
    days: tuple[date, date],
    pay_by: DueRule | None,
) -> Iterator[tuple[int, Stretch]]:
    """Yield what was late between two days by the numbers of the instalments as first agreed."""
    by_terms = {item.installment: stretch for item, stretch in _late(agreed, days, pay_by)}
    planned = _places([item for item in items if item.plan])
    covered = _left_to_the_plan(items, agreed)
    for item, stretch in _late(items, days, pay_by):
        if item.plan is None:
            yield item.installment, stretch
            continue
        part = planned[item.installment]
        for number, share in covered.items():
            if number in by_terms and max(part.start, share.start) < min(part.stop, share.stop):
                since = max(stretch.since, by_terms[number].since)
                last_day = max(stretch.last_day, by_terms[number].last_day)
                yield number, attrs.evolve(stretch, since=since, last_day=last_day)


def _left_to_the_plan(items: Sequence[DueItem], agreed: Sequence[DueItem]) -> Mapping[int, range]:
    """Return which minor units of a plan are left of which instalment as first agreed."""
    return _places(
        [
            attrs.evolve(each, open=each.open - item.open)
            for each, item in zip(agreed, items, strict=False)
        ]
    )


def _places(items: Sequence[DueItem]) -> dict[int, range]:
    """Return which minor units of all that is open are whose, by the due dates first agreed."""
    order = sorted(items, key=lambda item: undated_last(item.agreed_on))
    edges = accumulate((item.open.minor for item in order), initial=0)
    return {
        item.installment: range(*edge) for item, edge in zip(order, pairwise(edges), strict=True)
    }


def _past_grace(late: Sequence[Stretch], grace_days: int) -> Iterator[tuple[Stretch, ...]]:
    """Yield what followed without a break, if it ever was later than the grace."""
    breaks = [place for place in range(1, len(late)) if late[place - 1].until != late[place].since]
    for start, end in pairwise((0, *breaks, len(late))):
        run = tuple(late[start:end])
        if any((stretch.until - stretch.last_day).days > grace_days for stretch in run):
            yield run


def _joined(run: Sequence[Stretch]) -> Iterator[Stretch]:
    """Yield the run, equal amounts joined."""
    held = run[0]
    for stretch in run[1:]:
        if stretch.minor != held.minor:
            yield held
            held = stretch
        held = attrs.evolve(held, until=stretch.until)
    yield held
