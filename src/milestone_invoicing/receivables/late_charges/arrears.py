"""Which instalments of an invoice were late when, and how much of each; it knows no rates."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

import attrs

from milestone_invoicing.billing import Invoice
from milestone_invoicing.receivables.settlement import DueItem, due_items
from milestone_invoicing.timing import DueRule


@attrs.frozen
class Stretch:
    """Days on which so much of one instalment was late; the first is excluded, the last included.

    Attributes:
        installment: its number.
        since: the last day in time, or the day on which the amount became this.
        until: the day on which it became another, or the day asked about.
        minor: what was open, in minor units.
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
    late = sorted(_stretches(invoice, as_of, pay_by), key=lambda one: (one.installment, one.since))
    run: list[Stretch] = []
    for stretch in late:
        if run and (run[-1].installment, run[-1].until) != (stretch.installment, stretch.since):
            yield from _past_grace(run, grace_days)
            run = []
        run.append(stretch)
    yield from _past_grace(run, grace_days)


def _past_grace(run: Sequence[Stretch], grace_days: int) -> Iterator[tuple[Stretch, ...]]:
    """Yield the run, equal amounts joined, if it ever was later than the grace."""
    if any((stretch.until - stretch.last_day).days > grace_days for stretch in run):
        yield tuple(_joined(run))


def _joined(run: Sequence[Stretch]) -> Iterator[Stretch]:
    held = run[0]
    for stretch in run[1:]:
        if stretch.minor != held.minor:
            yield held
            held = stretch
        held = attrs.evolve(held, until=stretch.until)
    yield held


def _stretches(invoice: Invoice, as_of: date, pay_by: DueRule | None) -> Iterator[Stretch]:
    """Yield what was late between two days on which something happened."""
    # Nothing is asked of what claims nothing today: a void has no past that costs.
    if invoice.issued_on is None or not due_items(invoice, as_of=as_of):
        return
    happened = {fact.on for fact in invoice.facts if invoice.issued_on < fact.on < as_of}
    for since, until in pairwise(sorted({invoice.issued_on, as_of, *happened})):
        for item in due_items(invoice, as_of=since):
            if item.open and item.due_on:
                yield from _late_part(item, item.due_on, (since, until), pay_by)


def _late_part(
    item: DueItem, due_on: date, days: tuple[date, date], pay_by: DueRule | None
) -> Iterator[Stretch]:
    last_day = pay_by.due_on(due_on) if pay_by else due_on
    since = max(days[0], last_day)
    if since < days[1]:
        yield Stretch(item.installment, since, days[1], item.open.minor, last_day)
