"""What was late of an invoice, by the instalments of each day asked for anew: slow, and plain."""

from collections.abc import Iterator
from datetime import date
from itertools import accumulate, pairwise

import attrs

from milestone_invoicing import DueItem, Invoice, due_items
from milestone_invoicing.billing.account.position import items_of
from milestone_invoicing.receivables.late_charges.arrears import Stretch


def slow_runs(invoice: Invoice, as_of: date, grace_days: int) -> list[list[Stretch]]:
    """Return what was late without a break, equal amounts joined, by instalment and day."""
    late: dict[tuple[date | None, int], list[Stretch]] = {}
    for days in _between_facts(invoice, as_of):
        items = due_items(invoice, as_of=days[0])
        own = sum(item.plan is None for item in items)
        for item, stretch in _late(items, days):
            place = item.installment - own if item.plan else item.installment
            late.setdefault((item.plan.on if item.plan else None, place), []).append(stretch)
    found: list[list[Stretch]] = []
    for stretches in sorted(late.values(), key=lambda one: (one[-1].installment, one[0].since)):
        numbered = [attrs.evolve(each, installment=stretches[-1].installment) for each in stretches]
        found += [_joined(run) for run in _past_grace(numbered, grace_days)]
    return found


def slow_first_late(invoice: Invoice, as_of: date, grace_days: int) -> list[Stretch]:
    """Return, by instalment as first agreed, when it was late first, and all its debt."""
    late: dict[int, list[Stretch]] = {}
    for days in _between_facts(invoice, as_of):
        items = due_items(invoice, as_of=days[0])
        agreed = list(items_of(attrs.evolve(invoice.reading(days[0]), planned=False)))
        found: dict[int, Stretch] = {}
        for number, stretch in _late_as_agreed(items, agreed, days):
            if number not in found or stretch.since < found[number].since:
                debt = agreed[number - 1].cash.minor
                found[number] = attrs.evolve(stretch, installment=number, minor=debt)
        for number, stretch in found.items():
            late.setdefault(number, []).append(stretch)
    runs = (_past_grace(late[number], grace_days) for number in sorted(late))
    return [found[0][0] for found in runs if found]


def _between_facts(invoice: Invoice, as_of: date) -> list[tuple[date, date]]:
    if not due_items(invoice, as_of=as_of):
        return []
    happened = {fact.on for fact in invoice.facts if invoice.issued_on < fact.on < as_of}
    return list(pairwise(sorted({invoice.issued_on, as_of, *happened})))


def _late(items: tuple[DueItem, ...], days: tuple[date, date]) -> Iterator[tuple[DueItem, Stretch]]:
    for item in items:
        if item.cash and item.due_on and max(days[0], item.due_on) < days[1]:
            since = max(days[0], item.due_on)
            yield item, Stretch(item.installment, since, days[1], item.cash.minor, item.due_on)


def _late_as_agreed(items, agreed, days) -> Iterator[tuple[int, Stretch]]:
    """Yield what was late by the numbers first agreed: what a plan holds, where both are late."""
    by_terms = {item.installment: stretch for item, stretch in _late(agreed, days)}
    planned = _units([item for item in items if item.plan])
    left = [
        attrs.evolve(each, open=each.open - own.open)
        for each, own in zip(agreed, items, strict=False)
    ]
    for item, stretch in _late(items, days):
        if item.plan is None:
            yield item.installment, stretch
            continue
        for number, share in _units(left).items():
            if number in by_terms and planned[item.installment] & share:
                since = max(stretch.since, by_terms[number].since)
                in_time = max(stretch.last_day, by_terms[number].last_day)
                yield number, attrs.evolve(stretch, since=since, last_day=in_time)


def _units(items: list[DueItem]) -> dict[int, set[int]]:
    """Return which minor units of all that is open are whose, by the due dates first agreed."""
    order = sorted(items, key=lambda item: item.agreed_on or date.max)
    edges = accumulate((item.open.minor for item in order), initial=0)
    return {
        item.installment: set(range(*edge))
        for item, edge in zip(order, pairwise(edges), strict=True)
    }


def _past_grace(late: list[Stretch], grace_days: int) -> list[list[Stretch]]:
    runs: list[list[Stretch]] = []
    for stretch in late:
        if not runs or runs[-1][-1].until != stretch.since:
            runs.append([])
        runs[-1].append(stretch)
    return [run for run in runs if max((one.until - one.last_day).days for one in run) > grace_days]


def _joined(run: list[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for stretch in run:
        if joined and joined[-1].minor == stretch.minor:
            joined[-1] = attrs.evolve(joined[-1], until=stretch.until)
        else:
            joined.append(stretch)
    return joined
