"""What a bill of a milestone shows: its work, or all work to date less each earlier bill.

A bill to date is taxed on all work of the contract so far, less the tax of the bills before it. So
their taxes add up to that of the whole, whichever milestones they bill.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

import attrs

from milestone_invoicing.billing.deliveries import delivery_of
from milestone_invoicing.billing.document.apportioning import line_taxes, parts_by_weight
from milestone_invoicing.billing.document.entries import UNTAXED
from milestone_invoicing.billing.document.kinds import InvoiceKind
from milestone_invoicing.billing.document.line import Line
from milestone_invoicing.billing.document.tax import Tax
from milestone_invoicing.billing.invoice import Invoice
from milestone_invoicing.billing.retainage.kept_back import left_off_by_tax
from milestone_invoicing.contract import Milestone, Schedule
from milestone_invoicing.contract.terms.discounts import always_reduced
from milestone_invoicing.money import Money

# Net and tax in minor units.
_Part: TypeAlias = tuple[int, int]


def lines_of_work(
    schedule: Schedule,
    milestone: Milestone,
    amount: Money,
    tax: Tax,
    earlier: Sequence[Invoice],
    *,
    as_of: date,
) -> tuple[Line, ...]:
    """Return the lines of a bill that adds so much net of a milestone.

    Without earlier bills it is one line. Else that line is of all work of the milestone to date; a
    line for each other milestone that was billed follows, and then each earlier bill with exactly
    its own net and tax of the work. What is billed of the other milestones adds up to nothing.

    Args:
        schedule: the contract.
        milestone: that is billed.
        amount: what is added of it.
        tax: of all work of it to date.
        earlier: issued bills and credit notes that are taken off.
        as_of: the day on which it is drafted.
    """
    keys = schedule.keys if earlier else ()
    less = [line for bill in earlier for line in _less(bill, set(keys))]
    own = sum((line.net for line in less if line.milestone == milestone.key), amount - amount)
    line = _work(schedule, milestone, amount - own, tax, as_of)
    others = [
        _work(
            schedule, schedule.milestone(key, as_of=as_of), Money(net, amount.currency), rate, as_of
        )
        for key in keys
        if key != milestone.key
        for rate, net in _to_date(earlier, less, key).items()
        if net
    ]
    return (line, *others, *less)


def as_bill_to_date(draft: Invoice, earlier: Sequence[Invoice], *, final: bool) -> Invoice:
    """Return a draft as a bill to date, whose retainage is left off with the tax to date.

    All bills then carry the tax of all work so far, less what is left off of it, rounded once.
    Where an early discount always reduces the tax, that of what is left off is that of the bill.

    Args:
        draft: its work to date, less each earlier bill, and what it leaves off.
        earlier: issued bills, releases and credit notes.
        final: whether nothing is left to bill after it.
    """
    kind = InvoiceKind.FINAL_CONSTRUCTION if final else InvoiceKind.PARTIAL_CONSTRUCTION
    left = left_off_by_tax(earlier)
    lines = list[Line]()
    for line in draft.lines:
        if not line.retainage:
            lines.append(line)
            continue
        before = left.pop(line.tax, (0, 0))
        lines.append(_left_off_to_date(line, draft, before))
    # What was released by ordinary bills may have left a unit of tax, and nothing to release.
    for tax, (net, taxed) in left.items():
        if taxed and not net:
            none, unit = Money(0, draft.currency), Money(taxed, draft.currency)
            title = f"Retainage: {draft.lines[0].description}"
            lines.append(Line(title, 1, none, tax=tax, tax_amount=unit, retainage=True))
    return attrs.evolve(draft, lines=lines, kind=kind)


def _left_off_to_date(line: Line, draft: Invoice, before: _Part) -> Line:
    """Return the line that leaves retainage off with the tax on all that is, less that *before*."""
    if not line.tax.has_rate or always_reduced(draft.terms.discounts) is not None:
        return line
    work = sum(
        each.net_minor
        for each in draft.lines
        if each.tax == line.tax and each.milestone is not None and each.deducts is None
    )
    net, taxed = before
    to_date = line.tax.on(work) - line.tax.on(work - net + line.net_minor)
    # Where earlier bills left off more tax than that, the next one takes it up.
    return attrs.evolve(line, tax_amount=Money(min(taxed - to_date, 0), draft.currency))


def _work(schedule: Schedule, milestone: Milestone, net: Money, tax: Tax, as_of: date) -> Line:
    return Line(
        milestone.title,
        -1 if net.minor < 0 else 1,
        abs(net),
        tax=tax,
        milestone=milestone.key,
        delivery=delivery_of(schedule, milestone.key, as_of=as_of),
    )


def _to_date(earlier: Sequence[Invoice], less: Sequence[Line], key: str) -> dict[Tax, int]:
    """Return what earlier bills billed of a milestone, by its taxes.

    What an early discount left untaxed of it belongs to these again: this bill may leave its own
    part of all work to date untaxed.
    """
    billed = (line for bill in earlier for line in bill.lines if line.milestone == key)
    nets = dict.fromkeys((line.tax for line in billed if line.tax.has_rate), 0)
    for line in less:
        if line.milestone == key:
            nets[line.tax] = nets.get(line.tax, 0) - line.net_minor
    untaxed = nets.pop(UNTAXED, 0)
    taxed = {tax: net for tax, net in nets.items() if tax.has_rate}
    for tax, part in zip(taxed, parts_by_weight(untaxed, taxed.values()), strict=True):
        nets[tax] += part
        untaxed -= part
    rest = next(iter(taxed), UNTAXED)
    return nets | {rest: nets.get(rest, 0) + untaxed}


def _less(bill: Invoice, keys: Collection[str]) -> Iterator[Line]:
    """Yield lines that take off what an earlier bill billed of the work, tax by tax."""
    work = [
        (line, taxed)
        for line, taxed in line_taxes(bill.entries, bill.totals.breakdown)
        if line.milestone in keys
    ]
    for tax in dict.fromkeys(line.tax for line, _ in work):
        for key, net, taxed in _parts([each for each in work if each[0].tax == tax]):
            yield Line(
                f"Less {bill.number}",
                -1 if net > 0 else 1,
                Money(abs(net), bill.currency),
                tax=tax,
                tax_amount=Money(-taxed, bill.currency) if tax.has_rate else None,
                milestone=key,
                deducts=bill.number,
            )


_Key: TypeAlias = tuple[str | None, bool | None]


def _parts(work: Sequence[tuple[Line, int]]) -> Iterator[tuple[str | None, int, int]]:
    """Yield net and tax of each milestone of one tax, in minor units, as lines can say them.

    Earlier bills of a few cents may have been taxed above the tax of their sum. Then a bill of more
    net takes off tax, which no line says; so what it adds and what it takes off stand apart.
    """
    parts = _with_drift(_sums(work, apart=False))
    if any(net * taxed < 0 for net, taxed in parts.values()):
        parts = _sums(work, apart=True)
    for (key, _), (net, taxed) in parts.items():
        if net or taxed:
            yield key, net, taxed


def _sums(work: Sequence[tuple[Line, int]], *, apart: bool) -> dict[_Key, _Part]:
    """Return net and tax of each milestone, or of what is added and taken off of it apart."""
    sums: dict[_Key, _Part] = {}
    for line, taxed in work:
        key = line.milestone, line.net_minor > 0 if apart else None
        net, before = sums.get(key, (0, 0))
        sums[key] = net + line.net_minor, before + taxed
    return sums


def _with_drift(sums: Mapping[_Key, _Part]) -> dict[_Key, _Part]:
    """Return *sums* with the tax of milestones that add up to no net at the first that has one.

    It is a unit or two: the tax of a bill to date is that of all work, whichever line shows it.
    """
    billed = {key: part for key, part in sums.items() if part[0]}
    if not billed:
        return dict(sums)
    first, (net, taxed) = next(iter(billed.items()))
    drift = sum(taxed for net, taxed in sums.values() if not net)
    return billed | {first: (net, taxed + drift)}
