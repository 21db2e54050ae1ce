"""Which instalments of an invoice were late when, and how much of each; it knows no rates."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate, islice, pairwise
from typing import NamedTuple, TypeAlias

import attrs

from milestone_invoicing.billing import Invoice
from milestone_invoicing.billing.history.daily import daily_readings
from milestone_invoicing.billing.history.reading import Reading
from milestone_invoicing.timing.order import undated_last

LastDay: TypeAlias = Callable[[date], date]
"""Leads from a due date to the last day to pay in time."""

_Owner: TypeAlias = tuple[date | None, int]
"""The day of a plan and the place in it, since a release moves the numbers of a plan's parts; or
none and the number."""


class Part(NamedTuple):
    """An instalment as it stands at the end of a day, in minor units.

    Attributes:
        number: its number, as in ``due_items``.
        agreed_on: the due date first agreed.
        due_on: the due date as extended.
        open: what is open of it.
        cash: what of that is to come as cash.
    """

    number: int
    agreed_on: date | None
    due_on: date | None
    open: int
    cash: int


@attrs.frozen
class Owed:
    """The instalments from the end of a day to that of another, between which nothing happened.

    Attributes:
        since: the first day.
        until: the second.
        by_terms: what stands beside a plan; all there is without one.
        by_plan: what a payment plan divides anew.
        planned_on: the day of the plan; None without one.
        agreed: all there would be without the plan.
    """

    since: date
    until: date
    by_terms: Sequence[Part]
    by_plan: Sequence[Part]
    planned_on: date | None
    agreed: Sequence[Part]


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


def owed_by_day(invoice: Invoice, as_of: date) -> Iterator[Owed]:
    """Yield the instalments of all days up to one, in one pass."""
    # Nothing is asked of what claims nothing today: a void has no past that costs.
    if invoice.issued_on is None or not invoice.reading(as_of).due_days:
        return
    happened = {fact.on for fact in invoice.facts if invoice.issued_on < fact.on < as_of}
    days = sorted({invoice.issued_on, as_of, *happened})
    told = daily_readings(invoice.reading(days[0]), days[1:])
    for (since, until), reading in zip(pairwise(days), told, strict=False):
        parts, own = _parts(reading), len(reading.filling.parts)
        plan, agreed = reading.plan, parts
        if plan is not None:
            agreed = _parts(attrs.evolve(reading, planned=False))
        planned_on = None if plan is None else plan[0].on
        yield Owed(since, until, parts[:own], parts[own:], planned_on, agreed)


def _parts(reading: Reading) -> Sequence[Part]:
    parts, dues = reading.divided.parts, reading.due_days
    agreed = [part.due_on for part in parts]
    numbers = range(1, len(parts) + 1)
    return [*map(Part, numbers, agreed, dues, reading.open_by_item, reading.cash_by_item)]


def known_by(owed: Iterable[Owed], day: date) -> list[Owed]:
    """Return what was owed up to an earlier day."""
    earlier = (each for each in owed if each.since < day)
    return [attrs.evolve(each, until=min(each.until, day)) for each in earlier]


def runs(
    owed: Iterable[Owed], *, grace_days: int, last_day: LastDay
) -> Iterator[tuple[Stretch, ...]]:
    """Yield what was late without a break, by instalment, then by day; only runs past the grace.

    The amount of a day is what was open at the end of the day before, so that the day of a payment
    still counts, and so does the day on which an extension is agreed. An instalment that is paid or
    extended, and late again later, has a run for each time.
    """
    late: dict[_Owner, list[Stretch]] = {}
    for each in owed:
        own = len(each.by_terms)
        for stretch in _late(each.by_terms, each, last_day):
            late.setdefault((None, stretch.installment), []).append(stretch)
        for stretch in _late(each.by_plan, each, last_day):
            owner = each.planned_on, stretch.installment - own
            late.setdefault(owner, []).append(stretch)
    for found in sorted(late.values(), key=lambda one: (one[-1].installment, one[0].since)):
        number = found[-1].installment
        for run in _past_grace(found, grace_days):
            yield tuple(_joined([attrs.evolve(one, installment=number) for one in run]))


def first_late(owed: Iterable[Owed], *, grace_days: int, last_day: LastDay) -> Iterator[Stretch]:
    """Yield, by instalment as first agreed, the first days on which it was late, and all its debt.

    A plan makes no instalment late that is not late without it. Where one is, it is late in the
    plan as soon as a part is that holds some of it: both are filled by their due dates.
    """
    late: dict[int, list[Stretch]] = {}
    for each in owed:
        found: dict[int, Stretch] = {}
        for stretch in _late_as_agreed(each, last_day):
            number = stretch.installment
            if number not in found or stretch.since < found[number].since:
                found[number] = attrs.evolve(stretch, minor=each.agreed[number - 1].cash)
        for number, stretch in found.items():
            late.setdefault(number, []).append(stretch)
    for _, stretches in sorted(late.items()):
        yield from islice((run[0] for run in _past_grace(stretches, grace_days)), 1)


def _late(parts: Iterable[Part], owed: Owed, last_day: LastDay) -> Iterator[Stretch]:
    """Yield what of some parts was late between two days."""
    for part in parts:
        if part.cash and part.due_on:
            in_time = last_day(part.due_on)
            since = max(owed.since, in_time)
            if since < owed.until:
                yield Stretch(part.number, since, owed.until, part.cash, in_time)


def _late_as_agreed(owed: Owed, last_day: LastDay) -> Iterator[Stretch]:
    """Yield what was late between two days by the numbers of the instalments as first agreed."""
    yield from _late(owed.by_terms, owed, last_day)
    if not owed.by_plan:
        return
    by_terms = {each.installment: each for each in _late(owed.agreed, owed, last_day)}
    planned = _places(owed.by_plan)
    # What of an instalment is open beside the plan is not left to it.
    pairs = zip(owed.agreed, owed.by_terms, strict=True)
    covered = _places([each._replace(open=each.open - own.open) for each, own in pairs])
    for stretch in _late(owed.by_plan, owed, last_day):
        part = planned[stretch.installment]
        for number, share in covered.items():
            agreed = by_terms.get(number)
            if agreed and max(part.start, share.start) < min(part.stop, share.stop):
                since = max(stretch.since, agreed.since)
                in_time = max(stretch.last_day, agreed.last_day)
                yield attrs.evolve(stretch, installment=number, since=since, last_day=in_time)


def _places(parts: Sequence[Part]) -> Mapping[int, range]:
    """Return which minor units of all that is open are whose, by the due dates first agreed."""
    order = sorted(parts, key=lambda part: undated_last(part.agreed_on))
    edges = accumulate((part.open for part in order), initial=0)
    return {part.number: range(*edge) for part, edge in zip(order, pairwise(edges), strict=True)}


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
